//! The changes of a level, written out for one scenario: every path without `*`, every factor as a value.

use super::dimension::{Change, Level};
use super::quantity::scale_text;
use crate::scenario::node::{Node, Table, Value};
use crate::scenario::path::{self, Path};

/// A value to be put at a path, as the loader takes it.
pub type Setting = (String, String);

/// A level written out for one scenario.
#[derive(Debug, Default, PartialEq)]
pub struct Expanded {
    /// Values at paths.
    pub settings: Vec<Setting>,
    /// Patterns with `*` that met nothing here; each must meet something in one scenario at least.
    pub unmet: Vec<String>,
}

/// Writes a level out for the scenario of a name with this resolved document.
///
/// # Errors
/// A path that leads nowhere, or to something that cannot be multiplied.
pub fn expand(level: &Level, scenario: &str, document: &Table) -> Result<Expanded, String> {
    let mut out = Expanded::default();
    match &level.change {
        Change::Set(values) => put(values, document, &mut out)?,
        Change::Choice { set, only } => {
            put(set, document, &mut out)?;
            for (_, values) in only.iter().filter(|(name, _)| name == scenario) {
                put(values, document, &mut out)?;
            }
        }
        Change::Scale(patterns, factor) => {
            for pattern in patterns {
                scaled(pattern, *factor, document, &mut out)?;
            }
        }
    }
    Ok(out)
}

/// Values at the paths that their patterns stand for; a path without `*` stands for itself.
pub fn put(
    values: &[(String, toml::Value)],
    document: &Table,
    out: &mut Expanded,
) -> Result<(), String> {
    for (pattern, value) in values {
        if !pattern.contains('*') {
            out.settings.push((pattern.clone(), value.to_string()));
            continue;
        }
        let before = out.settings.len();
        for path in places(pattern, document)? {
            out.settings.push((path.to_string(), value.to_string()));
        }
        if out.settings.len() == before {
            out.unmet.push(pattern.clone());
        }
    }
    Ok(())
}

/// The paths that a pattern with `*` stands for. A key that ends it may be new: it is put into every table that the rest
/// meets.
fn places(pattern: &str, document: &Table) -> Result<Vec<Path>, String> {
    let Some((tables, key)) = pattern
        .rsplit_once('.')
        .filter(|(_, key)| !key.contains('*'))
    else {
        return Ok(matches(pattern, document)?
            .into_iter()
            .map(|(path, _)| path)
            .collect());
    };
    let inside = |(path, node): (Path, &Node)| {
        let mut path = path;
        path.0.push(key.to_string());
        matches!(node.value, Value::Table(_)).then_some(path)
    };
    Ok(matches(tables, document)?
        .into_iter()
        .filter_map(inside)
        .collect())
}

fn scaled(pattern: &str, factor: f64, document: &Table, out: &mut Expanded) -> Result<(), String> {
    let found = matches(pattern, document)?;
    let many = pattern.contains('*');
    let before = out.settings.len();
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
            Some(value) => out.settings.push((path.to_string(), value)),
            None if many => {}
            None => {
                return Err(format!(
                    "`{path}` is {}, which cannot be multiplied; name a number in it",
                    node.value.kind()
                ));
            }
        }
    }
    if out.settings.len() == before {
        out.unmet.push(pattern.to_string());
    }
    Ok(())
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

    fn expanded(change: Change) -> Result<Expanded, String> {
        let mut diagnostics = Diagnostics::default();
        let document = parse(DOCUMENT, 0, &mut diagnostics);
        assert!(!diagnostics.has_errors());
        let level = Level {
            label: String::new(),
            number: None,
            change,
        };
        expand(&level, "startup", &document)
    }

    fn scale(paths: &[&str], factor: f64) -> Result<Expanded, String> {
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
            scale(&["topic.*.per_week", "topic.shop.handle.phone"], 0.1)
                .unwrap()
                .settings,
            [
                pair("topic.shop.per_week", "530"),
                pair("topic.pay.per_week", "1"),
                pair("topic.shop.handle.phone", "\"0.5m3s\""),
            ]
        );
        assert_eq!(
            scale(&["team.*.heads", "team.*.heads.*"], 1.5)
                .unwrap()
                .settings,
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
            ("team.hamburg.heads", "hamburg"),
        ] {
            let error = scale(&[path], 2.0).unwrap_err();
            assert!(error.contains(part), "{path}: {error}");
        }
    }

    #[test]
    fn patterns_that_meet_nothing_are_told() {
        for pattern in ["team.*.roster", "vendor.*.price"] {
            let out = scale(&[pattern], 2.0).unwrap();
            assert_eq!(
                (out.settings.len(), out.unmet),
                (0, vec![pattern.to_string()])
            );
        }
    }

    #[test]
    fn choices_may_say_more_for_one_scenario() {
        let value = |n: i64| toml::Value::Integer(n);
        let only = |name: &str, n| (name.to_string(), vec![("c.d".to_string(), value(n))]);
        let change = Change::Choice {
            set: vec![("a.b".into(), value(1))],
            only: vec![only("startup", 2), only("other", 3)],
        };
        let settings = expanded(change).unwrap().settings;
        assert_eq!(settings, [pair("a.b", "1"), pair("c.d", "2")]);
    }

    #[test]
    fn values_are_put_wherever_the_pattern_fits() {
        let value = toml::Value::String("none".into());
        let set = |path: &str| expanded(Change::Set(vec![(path.into(), value.clone())]));
        assert_eq!(
            set("team.*.roster").unwrap().settings,
            ["berlin", "manila"].map(|t| pair(&format!("team.{t}.roster"), "\"none\""))
        );
        assert_eq!(
            set("team.x.y").unwrap().settings,
            [pair("team.x.y", "\"none\"")]
        );
        assert_eq!(
            set("topic.*.lost_value").unwrap().settings,
            ["shop", "pay"].map(|t| pair(&format!("topic.{t}.lost_value"), "\"none\""))
        );
        assert_eq!(set("site.*.zone").unwrap().unmet, ["site.*.zone"]);
    }
}
