//! Going through a document along the table of the language.

use super::{Kind, TableKeys, table};
use crate::scenario::node::{Node, Table, Value};

/// Calls `seen` for every value that the language knows, with the kind that is meant: where a key takes one of several
/// kinds, the one that fits what was written.
pub fn visit(document: &mut Table, seen: &mut impl FnMut(&mut Node, Kind)) {
    visit_table(document, table("scenario"), seen);
}

/// Calls `seen` for the text of every path of a data file.
pub fn visit_files(document: &mut Table, seen: &mut impl FnMut(&mut Node)) {
    visit(document, &mut |node, kind| {
        if kind == Kind::File && matches!(node.value, Value::String(_)) {
            seen(node);
        }
    });
}

fn visit_table(written: &mut Table, keys: &TableKeys, seen: &mut impl FnMut(&mut Node, Kind)) {
    for entry in &mut written.entries {
        if let Some(kind) = keys.kind_of(&entry.key) {
            visit_node(&mut entry.node, kind, seen);
        }
    }
}

fn visit_node(node: &mut Node, kind: Kind, seen: &mut impl FnMut(&mut Node, Kind)) {
    let kind = meant(node, kind);
    seen(node, kind);
    match (&mut node.value, kind) {
        (Value::Table(inner), Kind::Table(name)) => visit_table(inner, table(name), seen),
        (Value::Table(inner), Kind::By(_, kind)) => inner
            .entries
            .iter_mut()
            .for_each(|e| visit_node(&mut e.node, *kind, seen)),
        (Value::Array(nodes), Kind::List(kind)) => {
            nodes.iter_mut().for_each(|n| visit_node(n, *kind, seen))
        }
        // A single value counts as a list of one.
        (_, Kind::List(kind)) => visit_node(node, *kind, seen),
        _ => {}
    }
}

/// Of several kinds the one that fits what was written.
pub(super) fn meant(node: &Node, kind: Kind) -> Kind {
    let Kind::Either(kinds) = kind else {
        return kind;
    };
    let fits = |kind: &&Kind| match (&node.value, kind) {
        (Value::Table(written), Kind::Table(name)) => written
            .entries
            .iter()
            .any(|e| table(name).key(&e.key).is_some()),
        (Value::Table(_), Kind::By(..)) => true,
        (Value::Table(_) | Value::Array(_), Kind::List(_)) => true,
        (Value::String(text), Kind::Word(words)) => words.contains(&text.as_str()),
        (Value::String(text), Kind::File) => text.contains('.'),
        (Value::String(_), other) => !matches!(
            other,
            Kind::Count | Kind::Number | Kind::Table(_) | Kind::By(..) | Kind::Word(_)
        ),
        (Value::Integer(_) | Value::Float(_), other) => matches!(other, Kind::Count | Kind::Number),
        _ => false,
    };
    let is_table = |kind: &&Kind| matches!((&node.value, kind), (Value::Table(_), Kind::Table(_)));
    let found = kinds
        .iter()
        .find(fits)
        .or_else(|| kinds.iter().find(is_table));
    found.or(kinds.first()).copied().unwrap_or(Kind::Text)
}
