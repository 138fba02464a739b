//! `[set]` and `remove`: changes by dotted path.

use super::merge::is_opened;
use crate::scenario::diagnostic::Diagnostics;
use crate::scenario::keys::{self, Kind};
use crate::scenario::node::{Node, Span, Table, Value};
use crate::scenario::path::{Path, PathError, make_parents, set_leaf};
use crate::scenario::source::Sources;
use crate::scenario::suggest::did_you_mean;

/// One line of a `[set]` table.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// What is set.
    pub path: Path,
    /// Where the path is written.
    pub span: Span,
    /// The value.
    pub node: Node,
}

/// The lines of a `[set]` table: `"team.berlin.seats" = 3` or `team.berlin.seats = 3`.
pub fn settings(table: &Table, sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<Setting> {
    let mut found = Vec::new();
    collect(table, &[], sources, diagnostics, &mut found);
    found
}

fn collect(
    table: &Table,
    before: &[String],
    sources: &Sources,
    diagnostics: &mut Diagnostics,
    found: &mut Vec<Setting>,
) {
    for entry in &table.entries {
        let mut segments = before.to_vec();
        match Path::parse(&entry.key) {
            Ok(path) => segments.extend(path.0),
            Err(error) => {
                report(&error, entry.key_span, diagnostics);
                continue;
            }
        }
        match &entry.node.value {
            Value::Table(inner) if is_opened(&entry.node, sources) => {
                collect(inner, &segments, sources, diagnostics, found)
            }
            _ => found.push(Setting {
                path: Path(segments),
                span: entry.key_span,
                node: entry.node.clone(),
            }),
        }
    }
}

pub(super) fn set(
    document: &mut Table,
    table: &Table,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    for setting in settings(table, sources, diagnostics) {
        if let Err(error) = apply_one(document, &setting) {
            report(&error, setting.span, diagnostics);
        }
    }
}

/// Sets one value. The path must be one of the language; what it names must exist, though not the last key and the
/// tables inside a named table.
///
/// # Errors
/// A path that leads nowhere, with what to write instead.
pub fn apply_one(document: &mut Table, setting: &Setting) -> Result<(), PathError> {
    let path = &setting.path;
    known_to_the_language(path)?;
    let existing = match keys::table("scenario").kind_of(&path.0[0]) {
        Some(Kind::By(..)) => 2,
        _ => 0,
    };
    if existing > 0 && path.0.len() > existing {
        crate::scenario::path::get(document, &Path(path.0[..existing].to_vec())).map_err(|e| {
            PathError {
                why: e.why,
                help: e.help,
            }
        })?;
    }
    make_parents(document, path, setting.node.span);
    set_leaf(document, path, setting.node.clone()).map(|_| ())
}

fn known_to_the_language(path: &Path) -> Result<(), PathError> {
    for length in 1..=path.0.len() {
        let front = Path(path.0[..length].to_vec());
        if keys::kind_at(&front).is_none() {
            let known = keys::known_at(&Path(path.0[..length - 1].to_vec()));
            let segment = &path.0[length - 1];
            let place = if length == 1 {
                "at the top of a scenario".to_string()
            } else {
                format!("in `{}`", Path(path.0[..length - 1].to_vec()))
            };
            return Err(PathError {
                why: format!("`{path}` leads nowhere: there is no key `{segment}` {place}"),
                help: if known.is_empty() {
                    format!("set `{}` itself", Path(path.0[..length - 1].to_vec()))
                } else {
                    did_you_mean(segment, &known)
                },
            });
        }
    }
    Ok(())
}

fn report(error: &PathError, span: Span, diagnostics: &mut Diagnostics) {
    diagnostics.error(
        "unknown-path",
        span,
        error.why.clone(),
        "leads nowhere",
        error.help.clone(),
    );
}

/// Takes out everything that a pattern matches; one that matches nothing is an error.
pub(super) fn remove(document: &mut Table, patterns: &[Node], diagnostics: &mut Diagnostics) {
    for node in patterns {
        let Value::String(text) = &node.value else {
            let message = format!("`remove` lists paths, not {}", node.value.kind());
            diagnostics.error(
                "wrong-type",
                node.span,
                message,
                "not a path",
                "write it like \"team.l3-*\"",
            );
            continue;
        };
        match Path::parse(text) {
            Err(error) => report(&error, node.span, diagnostics),
            Ok(path) => {
                if remove_matching(document, &path.0) == 0 {
                    let help = nearest_path(document, &path).map_or_else(
                        || "correct the path, or remove this entry".to_string(),
                        |near| format!("did you mean `{near}`?"),
                    );
                    diagnostics.error(
                        "nothing-removed",
                        node.span,
                        format!("`{text}` matches nothing that could be removed"),
                        "matches nothing",
                        help,
                    );
                }
            }
        }
    }
}

fn remove_matching(table: &mut Table, pattern: &[String]) -> usize {
    let Some((first, rest)) = pattern.split_first() else {
        return 0;
    };
    if rest.is_empty() {
        let before = table.entries.len();
        table.entries.retain(|e| !matches(first, &e.key));
        return before - table.entries.len();
    }
    let mut removed = 0;
    for entry in table.entries.iter_mut().filter(|e| matches(first, &e.key)) {
        match &mut entry.node.value {
            Value::Table(inner) => removed += remove_matching(inner, rest),
            Value::Array(nodes) if rest.len() == 1 => {
                let before = nodes.len();
                nodes.retain(|n| !team_of(n).is_some_and(|team| matches(&rest[0], team)));
                removed += before - nodes.len();
            }
            _ => {}
        }
    }
    removed
}

/// The team of an entry of a route.
fn team_of(node: &Node) -> Option<&str> {
    let Value::Table(table) = &node.value else {
        return None;
    };
    match &table.get("team")?.node.value {
        Value::String(team) => Some(team),
        _ => None,
    }
}

/// Whether a name matches a pattern in which `*` stands for any letters, also none.
fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((head, tail)) => match name.strip_prefix(head) {
            None => false,
            Some(rest) => rest
                .char_indices()
                .map(|(i, _)| i)
                .chain([rest.len()])
                .any(|i| matches(tail, &rest[i..])),
        },
    }
}

/// The path with its first wrong segment corrected.
fn nearest_path(document: &Table, path: &Path) -> Option<String> {
    let mut at = document;
    for (depth, segment) in path.0.iter().enumerate() {
        match at.get(segment).map(|e| &e.node.value) {
            Some(Value::Table(inner)) => at = inner,
            Some(_) => return None,
            None => {
                let near = crate::scenario::suggest::nearest(
                    segment,
                    at.entries.iter().map(|e| e.key.as_str()),
                )?;
                let mut segments = path.0.clone();
                segments[depth] = near.to_string();
                return Some(Path(segments).to_string());
            }
        }
    }
    None
}
