//! Keys that the language does not know.

use super::walk::meant;
use super::{Kind, TableKeys, table, tables};
use crate::scenario::diagnostic::Diagnostics;
use crate::scenario::node::{Entry, Node, Table, Value};
use crate::scenario::suggest::nearest;

/// Notes an error at every key of a composed document that the language does not know, with what was probably meant.
pub fn check(document: &Table, diagnostics: &mut Diagnostics) {
    check_table(document, table("scenario"), "", diagnostics);
}

fn check_table(written: &Table, keys: &TableKeys, path: &str, diagnostics: &mut Diagnostics) {
    for entry in &written.entries {
        let below = if path.is_empty() {
            entry.key.clone()
        } else {
            format!("{path}.{}", entry.key)
        };
        match keys.kind_of(&entry.key) {
            Some(kind) => check_node(&entry.node, kind, &below, diagnostics),
            None => unknown(entry, keys, path, diagnostics),
        }
    }
}

fn check_node(node: &Node, kind: Kind, path: &str, diagnostics: &mut Diagnostics) {
    match (&node.value, meant(node, kind)) {
        (Value::Table(inner), Kind::Table(name)) => {
            check_table(inner, table(name), path, diagnostics)
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

fn unknown(entry: &Entry, keys: &TableKeys, path: &str, diagnostics: &mut Diagnostics) {
    let place = if path.is_empty() {
        "at the top of a scenario".to_string()
    } else {
        format!("in `{path}`")
    };
    let known: Vec<&str> = keys.keys.iter().map(|k| k.name).collect();
    let help = match (
        nearest(&entry.key, known.iter().copied()),
        elsewhere(&entry.key, keys),
    ) {
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
