//! Shares of a whole: they are written as the whole and must sum to 100 %.

use super::cursor::{Cursor, Item};
use super::names::NameList;

/// Reads a table of shares; a sum other than 100 % is an error that prints it.
pub fn whole<'a>(table: &Cursor<'a>) -> Vec<(&'a str, f64, Item<'a>)> {
    let written: Vec<_> = table
        .items()
        .map(|(key, item)| (key, item.share(), item))
        .collect();
    let sum: f64 = written.iter().filter_map(|(_, share, _)| *share).sum();
    let all_read = written.iter().all(|(_, share, _)| share.is_some());
    // Thirds written with two decimals are meant as a whole.
    if all_read && (sum - 1.0).abs() > 5.1e-4 {
        table.notes.error(
            "not-a-whole",
            table.span,
            format!(
                "the shares of `{}` sum to {}, not to 100%",
                table.path,
                percent(sum)
            ),
            format!("these sum to {}", percent(sum)),
            difference(sum),
        );
    }
    let scale = if sum > 0.0 { 1.0 / sum } else { 0.0 };
    written
        .into_iter()
        .map(|(key, share, item)| (key, share.unwrap_or(0.0) * scale, item))
        .collect()
}

/// Reads shares whose keys are names of a list; the result has one share per name, 0 where it is not written.
pub fn by_name(table: &Cursor<'_>, list: &NameList) -> Vec<f64> {
    let mut shares = vec![0.0; list.len()];
    for (key, share, item) in whole(table) {
        if let Some(index) = list.resolve_name(key, &item) {
            shares[index] = share;
        }
    }
    shares
}

/// A share as text, with as many decimals as it needs (at most two).
pub fn percent(share: f64) -> String {
    // Adding zero makes a negative zero, the sum of nothing, a plain one.
    let text = format!("{:.2}", share * 100.0 + 0.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

fn difference(sum: f64) -> String {
    let missing = percent((1.0 - sum).abs());
    if sum < 1.0 {
        format!("add the {missing} that are missing")
    } else {
        format!("take away the {missing} above 100%")
    }
}

/// Shares of demand of the classes that a table names, `[priority]` or `[segment]`. They sum to 100%, and are needed, unless
/// `[demand]` states them under `key` or something else decides.
pub fn of_classes(document: &Cursor<'_>, what: &str, key: &str, decided: bool) -> Vec<f64> {
    let tables = document.named(what);
    let elsewhere = decided || document.sub("demand").is_some_and(|d| d.get(key).is_some());
    let stated: Vec<Option<f64>> = tables
        .iter()
        .map(|(_, t)| match t.get("share") {
            Some(item) => item.share(),
            None if elsewhere => Some(0.0),
            None => t.need("share", "\"3%\"").and(None),
        })
        .collect();
    let sum: f64 = stated.iter().flatten().sum();
    if !elsewhere && stated.iter().all(Option::is_some) && (sum - 1.0).abs() > 5.1e-4 {
        document.notes.error(
            "not-a-whole",
            document.key_span(what),
            format!(
                "the shares of `{what}` sum to {}, not to 100%",
                percent(sum)
            ),
            format!("these classes sum to {}", percent(sum)),
            "let the shares of all classes sum to 100%",
        );
    }
    stated.into_iter().map(|s| s.unwrap_or(0.0)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, only, read};

    #[test]
    fn a_sum_other_than_a_whole_is_printed() {
        let text = changed(&[("returns = \"20%\"", "returns = \"17.5%\"")]);
        assert_eq!(
            only(&text),
            "the shares of `topic.help.ends` sum to 97.5%, not to 100%"
        );
        let help = read(&text).1[0].help.clone();
        assert_eq!(help.as_deref(), Some("add the 2.5% that are missing"));
    }

    #[test]
    fn thirds_are_a_whole() {
        let text = changed(&[(
            "{ resolved = \"80%\", returns = \"20%\" }",
            "{ resolved = \"66.67%\", returns = \"33.33%\" }",
        )]);
        assert!(read(&text).1.is_empty());
    }
}
