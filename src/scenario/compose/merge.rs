//! Laying one table over another.

use crate::scenario::diagnostic::Diagnostics;
use crate::scenario::node::{Entry, Node, Table, Value};
use crate::scenario::path::Path;
use crate::scenario::print::value_text;
use crate::scenario::source::Sources;

/// Lays `own` over `below`. A table under a header adds to the one that is there; anything else replaces the key whole,
/// and a note says what is lost by that.
pub(super) fn merge(
    below: &mut Table,
    own: Table,
    path: &str,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    for entry in own.entries {
        let inner = join(path, &entry.key);
        let Some(old) = below.entries.iter_mut().find(|e| e.key == entry.key) else {
            below.entries.push(entry);
            continue;
        };
        let opened = is_opened(&entry.node, sources);
        match (&mut old.node.value, entry.node.value) {
            (Value::Table(old), Value::Table(own)) if opened => {
                merge(old, own, &inner, sources, diagnostics)
            }
            (_, value) => {
                let new = Entry {
                    node: Node {
                        value,
                        span: entry.node.span,
                    },
                    ..entry
                };
                note_loss(&old.node, &new, &inner, diagnostics);
                *old = new;
            }
        }
    }
}

/// Whether a table was opened by a header or by dotted keys, rather than written whole between braces.
pub(super) fn is_opened(node: &Node, sources: &Sources) -> bool {
    matches!(node.value, Value::Table(_)) && !sources.text(node.span).starts_with('{')
}

fn join(path: &str, key: &str) -> String {
    let key = Path(vec![key.to_string()]).to_string();
    if path.is_empty() {
        key
    } else {
        format!("{path}.{key}")
    }
}

fn note_loss(old: &Node, new: &Entry, path: &str, diagnostics: &mut Diagnostics) {
    let mut lost = Vec::new();
    collect_lost(old, &new.node, "", &mut lost);
    if lost.is_empty() {
        return;
    }
    let message = format!(
        "`{path}` is replaced whole, so this is lost: {}",
        lost.join(", ")
    );
    let help = format!(
        "to change a single value and keep the rest, write it under `[{path}]` or in `[set]`"
    );
    diagnostics.note(
        "lost-keys",
        new.key_span,
        message,
        "replaces all that was said before",
        help,
    );
}

/// Keys of a table that its replacement does not have.
fn collect_lost(old: &Node, new: &Node, path: &str, lost: &mut Vec<String>) {
    let Value::Table(old) = &old.value else {
        return;
    };
    for entry in &old.entries {
        let inner = join(path, &entry.key);
        let kept = match &new.value {
            Value::Table(new) => new.get(&entry.key),
            _ => None,
        };
        match kept {
            Some(kept) => collect_lost(&entry.node, &kept.node, &inner, lost),
            None => lost.push(format!("`{inner} = {}`", value_text(&entry.node.value))),
        }
    }
}
