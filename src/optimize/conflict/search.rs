//! The smallest conflict: which of many rules cannot all hold, none of them too many.

/// A smallest part of `rules` that cannot hold together, by divide and conquer (QuickXplain, Junker 2004); rules that come
/// first are named rather than later ones. `None` where all can hold.
///
/// `possible` says whether a part can hold while all other rules are let go of.
///
/// # Errors
/// Those of `possible`.
pub fn smallest<R: Copy, E>(
    rules: &[R],
    possible: &mut impl FnMut(&[R]) -> Result<bool, E>,
) -> Result<Option<Vec<R>>, E> {
    if possible(rules)? {
        return Ok(None);
    }
    if !possible(&[])? {
        return Ok(Some(Vec::new()));
    }
    part(&[], false, rules, possible).map(Some)
}

/// What of `rules` it takes beside `held` for a conflict.
fn part<R: Copy, E>(
    held: &[R],
    more: bool,
    rules: &[R],
    possible: &mut impl FnMut(&[R]) -> Result<bool, E>,
) -> Result<Vec<R>, E> {
    if more && !possible(held)? {
        return Ok(Vec::new());
    }
    if rules.len() <= 1 {
        return Ok(rules.to_vec());
    }
    let (first, second) = rules.split_at(rules.len() / 2);
    let late = part(&[held, first].concat(), true, second, possible)?;
    let early = part(&[held, &late].concat(), !late.is_empty(), first, possible)?;
    Ok([early, late].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::convert::Infallible;

    /// Numbers cannot hold together where they contain one of the sets of bits.
    fn found(count: u32, conflicts: &[u32]) -> (Option<Vec<u32>>, usize) {
        let rules: Vec<u32> = (0..count).collect();
        let mut asked = 0;
        let mut possible = |held: &[u32]| {
            asked += 1;
            let set = held.iter().fold(0u32, |s, r| s | 1 << r);
            Ok::<bool, Infallible>(conflicts.iter().all(|c| set & c != *c))
        };
        let Ok(found) = smallest(&rules, &mut possible);
        (found, asked)
    }

    #[test]
    fn a_conflict_is_found_with_few_questions() {
        assert_eq!(found(20, &[]).0, None);
        assert_eq!(found(20, &[0]).0, Some(Vec::new()), "without any rule");
        let (two, asked) = found(30, &[1 << 3 | 1 << 21]);
        assert_eq!(two, Some(vec![3, 21]));
        assert!(asked <= 24, "{asked}");
        // Of two conflicts the one that is there already with the first rules.
        assert_eq!(found(8, &[0b11, 0b1100_0000]).0, Some(vec![0, 1]));
    }

    proptest! {
        #[test]
        fn what_is_found_is_a_conflict_and_none_without_any_one(
            conflicts in proptest::collection::vec(1u32..4096, 1..6)
        ) {
            let (found, _) = found(12, &conflicts);
            let found = found.unwrap_or_default();
            let set = found.iter().fold(0u32, |s, r| s | 1 << r);
            prop_assert!(conflicts.iter().any(|c| set & c == *c));
            for rule in &found {
                let less = set & !(1 << rule);
                prop_assert!(conflicts.iter().all(|c| less & c != *c));
            }
        }
    }
}
