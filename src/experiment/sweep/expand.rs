//! The changes of a level, written out for one scenario: every path without `*`, every factor as a value.

use super::dimension::{Change, Level};
use super::quantity::scale_text;
use crate::scenario::node::{Node, Table, Value};
use crate::scenario::path::{self, Path};

/// A value to be put at a path, as the loader takes it.
pub type Setting = (String, String);

/// Writes a level out for the scenario with this resolved document.
///
/// # Errors
/// A path that leads nowhere, or to something that cannot be multiplied.
pub fn expand(level: &Level, document: &Table) -> Result<Vec<Setting>, String> {
    let mut out = Vec::new();
    match &level.change {
        Change::Set(values) => {
            for (pattern, value) in values {
                for path in paths(pattern, document)? {
                    out.push((path, value.to_string()));
                }
            }
        }
        Change::Scale(patterns, factor) => {
            for pattern in patterns {
                out.extend(scaled(pattern, *factor, document)?);
            }
        }
    }
    Ok(out)
}

/// The paths that a pattern stands for; one without `*` stands for itself.
fn paths(pattern: &str, document: &Table) -> Result<Vec<String>, String> {
    if !pattern.contains('*') {
        return Ok(vec![pattern.to_string()]);
    }
    let found = matches(pattern, document)?;
    if found.is_empty() {
        return Err(format!("`{pattern}` matches nothing"));
    }
    Ok(found
        .into_iter()
        .map(|(path, _)| path.to_string())
        .collect())
}

fn scaled(pattern: &str, factor: f64, document: &Table) -> Result<Vec<Setting>, String> {
    let found = matches(pattern, document)?;
    let many = pattern.contains('*');
    let mut out = Vec::new();
    for (path, node) in &found {
        let value = match &node.value {
            // Whole numbers are counts and stay whole; a count that was not nothing stays at least one.
            Value::Integer(n) => {
                let product = (*n as f64 * factor).round() as i64;
                let kept = if *n > 0 && factor > 0.0 {
                    product.max(1)
                } else {
                    product
                };
                Some(kept.to_string())
            }
            Value::Float(x) => Some(format!("{:?}", x * factor)),
            Value::String(text) => {
                scale_text(text, factor).map(|t| toml::Value::String(t).to_string())
            }
            _ => None,
        };
        match value {
            Some(value) => out.push((path.to_string(), value)),
            None if many => {}
            None => {
                return Err(format!(
                    "`{path}` is {}, which cannot be multiplied; name a number in it",
                    node.value.kind()
                ));
            }
        }
    }
    if out.is_empty() {
        return Err(format!("`{pattern}` matches no number"));
    }
    Ok(out)
}

/// Everything a pattern matches, in the order of the document.
fn matches<'d>(pattern: &str, document: &'d Table) -> Result<Vec<(Path, &'d Node)>, String> {
    let parsed = Path::parse(pattern).map_err(|e| e.to_string())?;
    if !pattern.contains('*') {
        let node = path::get(document, &parsed).map_err(|e| e.to_string())?;
        return Ok(vec![(parsed, node)]);
    }
    let mut found = Vec::new();
    walk(&parsed.0, Vec::new(), document, &mut found);
    Ok(found)
}

fn walk<'d>(
    pattern: &[String],
    before: Vec<String>,
    table: &'d Table,
    found: &mut Vec<(Path, &'d Node)>,
) {
    let Some((segment, rest)) = pattern.split_first() else {
        return;
    };
    for entry in table.entries.iter().filter(|e| fits(segment, &e.key)) {
        let mut here = before.clone();
        here.push(entry.key.clone());
        match &entry.node.value {
            _ if rest.is_empty() => found.push((Path(here), &entry.node)),
            Value::Table(inner) => walk(rest, here, inner, found),
            _ => {}
        }
    }
}

/// Whether a name fits a segment in which one `*` stands for any letters, also none.
fn fits(segment: &str, name: &str) -> bool {
    match segment.split_once('*') {
        None => segment == name,
        Some((head, tail)) => {
            name.len() >= head.len() + tail.len() && name.starts_with(head) && name.ends_with(tail)
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::scenario::diagnostic::Diagnostics;
    use crate::scenario::parse::parse;

    const DOCUMENT: &str = r#"
        [topic.shop]
        per_week = 5_300
        handle = { phone = "5m30s" }
        [topic.pay]
        per_week = 3
        [team.berlin]
        heads = { full-time = 60 }
        roster = "fit"
        [team.manila]
        heads = 20
    "#;

    fn expanded(change: Change) -> Result<Vec<Setting>, String> {
        let mut diagnostics = Diagnostics::default();
        let document = parse(DOCUMENT, 0, &mut diagnostics);
        assert!(!diagnostics.has_errors());
        let level = Level {
            label: String::new(),
            number: None,
            change,
        };
        expand(&level, &document)
    }

    fn scale(paths: &[&str], factor: f64) -> Result<Vec<Setting>, String> {
        expanded(Change::Scale(
            paths.iter().map(|p| (*p).to_string()).collect(),
            factor,
        ))
    }

    fn pair(path: &str, value: &str) -> Setting {
        (path.into(), value.into())
    }

    #[test]
    fn factors_multiply_what_is_written() {
        assert_eq!(
            scale(&["topic.*.per_week", "topic.shop.handle.phone"], 0.1).unwrap(),
            [
                pair("topic.shop.per_week", "530"),
                pair("topic.pay.per_week", "1"),
                pair("topic.shop.handle.phone", "\"0.5m3s\""),
            ]
        );
        assert_eq!(
            scale(&["team.*.heads", "team.*.heads.*"], 1.5).unwrap(),
            [
                pair("team.manila.heads", "30"),
                pair("team.berlin.heads.full-time", "90")
            ]
        );
    }

    #[test]
    fn what_cannot_be_multiplied_is_refused() {
        for (path, part) in [
            ("team.berlin.heads", "is a table"),
            ("team.berlin.roster", "cannot be multiplied"),
            ("team.*.roster", "matches no number"),
            ("team.hamburg.heads", "hamburg"),
        ] {
            let error = scale(&[path], 2.0).unwrap_err();
            assert!(error.contains(part), "{path}: {error}");
        }
    }

    #[test]
    fn values_are_put_wherever_the_pattern_fits() {
        let value = toml::Value::String("none".into());
        let set = |path: &str| expanded(Change::Set(vec![(path.into(), value.clone())]));
        assert_eq!(
            set("team.*.roster").unwrap(),
            [pair("team.berlin.roster", "\"none\"")]
        );
        assert_eq!(set("team.x.y").unwrap(), [pair("team.x.y", "\"none\"")]);
        assert!(set("site.*.zone").unwrap_err().contains("matches nothing"));
    }
}
