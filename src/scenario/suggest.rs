//! What a misspelt word probably meant.

/// The nearest known name, if it is near enough to be meant: an edit distance of at most 3, and less than half of the
/// word changed, so that short names are not answered with strangers.
///
/// ```
/// use staffwright::scenario::suggest::nearest;
/// assert_eq!(nearest("shrinkge", ["shifts", "shrinkage"].into_iter()), Some("shrinkage"));
/// assert_eq!(nearest("xy", ["ab", "cd"].into_iter()), None);
/// ```
pub fn nearest<'n>(word: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let length = word.chars().count();
    let lower = word.to_lowercase();
    known
        .filter_map(|name| {
            let distance = strsim::osa_distance(&lower, &name.to_lowercase());
            let longest = length.max(name.chars().count());
            (distance <= 3 && distance * 2 <= longest).then_some((distance, name))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// "did you mean `x`?", or the known names where none is near.
#[must_use]
pub fn did_you_mean(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "remove it".to_string(),
        None => format!("known here: {}", known.join(", ")),
    }
}
