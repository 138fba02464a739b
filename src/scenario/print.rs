//! A resolved document as TOML again, and its data files named from another folder.

use super::keys::visit_files;
use super::node::{Table, Value};
use super::source::Sources;
use std::fmt::Write;
use std::path::{Component, Path, PathBuf};

/// Writes a document as TOML that parses to the same tree (with plain values before tables at the top).
///
/// Data-file paths stay as they are written; see [`relocate`].
#[must_use]
pub fn to_toml(document: &Table) -> String {
    let mut out = String::new();
    let is_table = |value: &Value| matches!(value, Value::Table(_));
    for entry in document.entries.iter().filter(|e| !is_table(&e.node.value)) {
        line(&mut out, &entry.key, &entry.node.value);
    }
    for entry in &document.entries {
        let Value::Table(table) = &entry.node.value else {
            continue;
        };
        let named =
            !table.entries.is_empty() && table.entries.iter().all(|e| is_table(&e.node.value));
        if !named {
            header(&mut out, &[&entry.key], table);
            continue;
        }
        for inner in &table.entries {
            if let Value::Table(table) = &inner.node.value {
                header(&mut out, &[&entry.key, &inner.key], table);
            }
        }
    }
    out
}

fn header(out: &mut String, path: &[&str], table: &Table) {
    let path: Vec<String> = path.iter().map(|p| key_text(p)).collect();
    if !out.is_empty() {
        out.push('\n');
    }
    // Writing to a string cannot fail.
    let _ = writeln!(out, "[{}]", path.join("."));
    for entry in &table.entries {
        line(out, &entry.key, &entry.node.value);
    }
}

fn line(out: &mut String, key: &str, value: &Value) {
    let _ = writeln!(out, "{} = {}", key_text(key), value_text(value));
}

fn key_text(key: &str) -> String {
    let plain = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if plain {
        key.to_string()
    } else {
        string_text(key)
    }
}

fn string_text(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A value as TOML on one line.
#[must_use]
pub fn value_text(value: &Value) -> String {
    match value {
        Value::String(text) => string_text(text),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => toml::Value::Float(*number).to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Date(date) => date.clone(),
        Value::Array(nodes) => {
            let all: Vec<String> = nodes.iter().map(|n| value_text(&n.value)).collect();
            format!("[{}]", all.join(", "))
        }
        Value::Table(table) if table.entries.is_empty() => "{}".to_string(),
        Value::Table(table) => {
            let all: Vec<String> = table
                .entries
                .iter()
                .map(|e| format!("{} = {}", key_text(&e.key), value_text(&e.node.value)))
                .collect();
            format!("{{ {} }}", all.join(", "))
        }
    }
}

/// Rewrites the paths of all data files so that the document can be read from a file in `folder`. To be done once, on a
/// copy: paths are taken as relative to the files in which they were written.
pub fn relocate(document: &mut Table, sources: &Sources, folder: &Path) {
    visit_files(document, &mut |node| {
        if let Value::String(text) = &mut node.value {
            let file = sources.resolve(node.span.file, text);
            *text = from_folder(folder, &file);
        }
    });
}

/// A file's path as seen from a folder, with `/` between its parts; absolute where the two have nothing in common.
fn from_folder(folder: &Path, file: &Path) -> String {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let (folder, file) = (absolute(folder), absolute(file));
    let common = folder
        .components()
        .zip(file.components())
        .take_while(|(a, b)| a == b)
        .count();
    if common == 0 {
        return file.display().to_string();
    }
    let up = folder
        .components()
        .skip(common)
        .filter(|c| matches!(c, Component::Normal(_)))
        .map(|_| Component::ParentDir);
    let path: PathBuf = up.chain(file.components().skip(common)).collect();
    let parts: Vec<String> = path
        .components()
        .map(|c| c.as_os_str().to_string_lossy().into_owned())
        .collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::scenario::diagnostic::Diagnostics;
    use crate::scenario::node::{Entry, Node, Span};
    use crate::scenario::parse::parse;
    use proptest::prelude::*;

    fn node(value: Value) -> Node {
        Node {
            value,
            span: Span::default(),
        }
    }

    fn table(entries: Vec<(String, Node)>) -> Table {
        let mut table = Table::default();
        for (key, node) in entries {
            if table.get(&key).is_none() {
                table.entries.push(Entry {
                    key,
                    key_span: Span::default(),
                    node,
                });
            }
        }
        table
    }

    /// The tree without places, plain values before tables at the top.
    fn bare(table: &Table, top: bool) -> Table {
        let strip = |value: &Value| match value {
            Value::Table(inner) => Value::Table(bare(inner, false)),
            Value::Array(nodes) => {
                Value::Array(nodes.iter().map(|n| node(bare_value(&n.value))).collect())
            }
            other => other.clone(),
        };
        let mut out = self::table(
            table
                .entries
                .iter()
                .map(|e| (e.key.clone(), node(strip(&e.node.value))))
                .collect(),
        );
        if top {
            out.entries
                .sort_by_key(|e| matches!(e.node.value, Value::Table(_)));
        }
        out
    }

    fn bare_value(value: &Value) -> Value {
        match value {
            Value::Table(inner) => Value::Table(bare(inner, false)),
            Value::Array(nodes) => {
                Value::Array(nodes.iter().map(|n| node(bare_value(&n.value))).collect())
            }
            other => other.clone(),
        }
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<String>().prop_map(Value::String),
            any::<i64>().prop_map(Value::Integer),
            (-1e300..1e300).prop_map(Value::Float),
            any::<bool>().prop_map(Value::Bool),
            Just(Value::Date("2027-01-11".into())),
        ];
        leaf.prop_recursive(4, 24, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4)
                    .prop_map(|v| Value::Array(v.into_iter().map(node).collect())),
                prop::collection::vec((key(), inner), 0..5).prop_map(|v| Value::Table(table(
                    v.into_iter().map(|(k, v)| (k, node(v))).collect()
                ))),
            ]
        })
    }

    fn key() -> impl Strategy<Value = String> {
        prop_oneof!["[a-z][a-z0-9-]{0,6}", any::<String>()]
    }

    proptest! {
        #[test]
        fn what_is_printed_parses_to_the_same_tree(entries in prop::collection::vec((key(), any_value()), 0..6)) {
            let document = table(entries.into_iter().map(|(k, v)| (k, node(v))).collect());
            let text = to_toml(&document);
            let mut diagnostics = Diagnostics::default();
            let again = parse(&text, 0, &mut diagnostics);
            prop_assert!(diagnostics.items.is_empty(), "{:?}\n{}", diagnostics.items, text);
            prop_assert_eq!(bare(&again, true), bare(&document, true), "{}", text);
        }
    }
}
