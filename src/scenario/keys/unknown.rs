//! Keys that the language does not know.

use super::walk::meant;
use super::{Kind, TableKeys, table, tables};
use crate::scenario::diagnostic::Diagnostics;
use crate::scenario::node::{Entry, Node, Span, Table, Value};
use crate::scenario::suggest::nearest;

/// Notes an error at every key of a composed document that the language does not know, with what was probably meant.
pub fn check(document: &Table, diagnostics: &mut Diagnostics) {
    check_table(
        document,
        Span::default(),
        table("scenario"),
        "",
        diagnostics,
    );
}

fn check_table(
    written: &Table,
    span: Span,
    keys: &TableKeys,
    path: &str,
    diagnostics: &mut Diagnostics,
) {
    for entry in &written.entries {
        let below = if path.is_empty() {
            entry.key.clone()
        } else {
            format!("{path}.{}", entry.key)
        };
        match keys.kind_of(&entry.key) {
            Some(kind) => check_node(&entry.node, kind, &below, diagnostics),
            None => {
                let near = unknown(entry, keys, path, diagnostics);
                // The key that was meant is not missing as well.
                if let Some(near) = near.filter(|near| written.get(near).is_none()) {
                    diagnostics.gaps.push((span, Some(near.to_string())));
                }
            }
        }
    }
}

fn check_node(node: &Node, kind: Kind, path: &str, diagnostics: &mut Diagnostics) {
    match (&node.value, meant(node, kind)) {
        (Value::Table(inner), Kind::Table(name)) => {
            check_table(inner, node.span, table(name), path, diagnostics)
        }
        (Value::Table(inner), Kind::By(_, kind)) => {
            for entry in &inner.entries {
                check_node(
                    &entry.node,
                    *kind,
                    &format!("{path}.{}", entry.key),
                    diagnostics,
                );
            }
        }
        (Value::Array(nodes), Kind::List(kind)) => nodes
            .iter()
            .for_each(|n| check_node(n, *kind, path, diagnostics)),
        (_, Kind::List(kind)) => check_node(node, *kind, path, diagnostics),
        _ => {}
    }
}

/// Reports an unknown key and gives the key that was probably meant.
fn unknown(
    entry: &Entry,
    keys: &TableKeys,
    path: &str,
    diagnostics: &mut Diagnostics,
) -> Option<&'static str> {
    let place = if path.is_empty() {
        "at the top of a scenario".to_string()
    } else {
        format!("in `{path}`")
    };
    let known: Vec<&'static str> = keys.keys.iter().map(|k| k.name).collect();
    let near = nearest(&entry.key, known.iter().copied());
    let help = match (near, elsewhere(&entry.key, keys)) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, Some(other)) => format!(
            "`{}` belongs into {other}; keys here are {}",
            entry.key,
            known.join(", ")
        ),
        (None, None) => format!("keys here are {}", known.join(", ")),
    };
    diagnostics.error(
        "unknown-key",
        entry.key_span,
        format!("there is no key `{}` {place}", entry.key),
        "unknown key",
        help,
    );
    near
}

/// The named table that knows a key which stands in the wrong one: quite often a header was forgotten.
fn elsewhere(key: &str, here: &TableKeys) -> Option<String> {
    let top = table("scenario");
    let homes = tables().filter(|t| t.kind != here.kind && t.key(key).is_some());
    let mut homes = homes.filter_map(|t| match top.key(t.kind).map(|k| k.kind) {
        Some(Kind::By(..)) => Some(format!("`[{}.NAME]`", t.kind)),
        Some(Kind::Table(_)) => Some(format!("`[{}]`", t.kind)),
        _ => None,
    });
    homes.next()
}
