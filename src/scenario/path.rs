//! Dotted paths: the one way to name a value of a scenario, in `[set]`, `[[from]]`, `[decide]`, sweeps and messages.
//!
//! `team.berlin.heads.full-time` walks through tables by their keys; a key with dots or blanks is quoted. An entry of a
//! list is named by its team (`route.english.to.manila.share`) or by its place from 1 (`shift.day.breaks.2.length`).

use super::node::{Entry, Node, Span, Table, Value};
use super::suggest::did_you_mean;

/// A parsed dotted path: its segments in order, never empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(pub Vec<String>);

/// Why a path leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathError {
    /// What is wrong, as a sentence.
    pub why: String,
    /// What to write instead.
    pub help: String,
}

impl std::fmt::Display for PathError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}; {}", self.why, self.help)
    }
}

impl std::error::Error for PathError {}

impl Path {
    /// Splits a path at its dots; a segment in quotation marks may hold dots.
    ///
    /// ```
    /// use staffwright::scenario::path::Path;
    /// let path = Path::parse("contract.full-time.premium.\"20:00-23:00\"").unwrap();
    /// assert_eq!(path.0[3], "20:00-23:00");
    /// assert_eq!(path.to_string(), "contract.full-time.premium.\"20:00-23:00\"");
    /// ```
    ///
    /// # Errors
    /// An empty segment or a quotation mark that is not closed.
    pub fn parse(text: &str) -> Result<Path, PathError> {
        let bad = |why: String| PathError {
            why,
            help: "write a path like `team.berlin.heads.full-time`".into(),
        };
        let mut segments = Vec::new();
        let mut rest = text.trim();
        loop {
            let (segment, after) = match rest.strip_prefix('"') {
                Some(quoted) => quoted
                    .split_once('"')
                    .ok_or_else(|| bad(format!("a quotation mark of `{text}` is not closed")))?,
                None => rest.split_at(rest.find('.').unwrap_or(rest.len())),
            };
            if segment.is_empty() {
                return Err(bad(format!("`{text}` has an empty part")));
            }
            segments.push(segment.trim().to_string());
            rest = match after.strip_prefix('.') {
                Some(rest) => rest,
                None if after.is_empty() => return Ok(Path(segments)),
                None => return Err(bad(format!("`{text}` goes on after a quotation mark"))),
            };
        }
    }

    /// The path one segment longer.
    #[must_use]
    pub fn join(&self, segment: &str) -> Path {
        let mut segments = self.0.clone();
        segments.push(segment.to_string());
        Path(segments)
    }
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, segment) in self.0.iter().enumerate() {
            let dot = if i == 0 { "" } else { "." };
            let plain = !segment.is_empty()
                && segment
                    .chars()
                    .all(|c| c.is_alphanumeric() || "-_*".contains(c));
            if plain {
                write!(f, "{dot}{segment}")?
            } else {
                write!(f, "{dot}\"{segment}\"")?
            }
        }
        Ok(())
    }
}

/// The value at a path.
///
/// # Errors
/// The first segment that leads nowhere, with what is there instead.
pub fn get<'t>(table: &'t Table, path: &Path) -> Result<&'t Node, PathError> {
    let mut at = Step::Table(table);
    for (depth, segment) in path.0.iter().enumerate() {
        let node = at
            .child(segment, path.0.get(depth + 1).map(String::as_str))
            .ok_or_else(|| nowhere(&at, path, depth))?;
        at = Step::Node(node);
    }
    match at {
        Step::Node(node) => Ok(node),
        Step::Table(_) => Err(PathError {
            why: "the path is empty".into(),
            help: "write a path like `team.berlin.heads.full-time`".into(),
        }),
    }
}

/// Puts a value at a path and gives the value that was there. The last segment may be new; everything before it must
/// be there, except that an empty table is made where `may_create` allows a path.
///
/// # Errors
/// A segment that leads nowhere, or a list entry that is not there.
pub fn set_leaf(table: &mut Table, path: &Path, value: Node) -> Result<Option<Node>, PathError> {
    let (last, parents) = path.0.split_last().ok_or_else(|| PathError {
        why: "the path is empty".into(),
        help: "name a value".into(),
    })?;
    let mut at: &mut Table = table;
    let mut depth = 0;
    while depth < parents.len() {
        let error = nowhere(&Step::Table(at), path, depth);
        let entry = at
            .entries
            .iter_mut()
            .find(|e| e.key == parents[depth])
            .ok_or(error)?;
        depth += 1;
        // Entries of a list take one more segment; a list at the end of the path is replaced entry by entry.
        at = match &mut entry.node.value {
            Value::Table(table) => table,
            Value::Array(nodes) => {
                let segment = path.0.get(depth).map_or("", String::as_str);
                let after = path.0.get(depth + 1).map(String::as_str);
                let index = element(nodes, segment, after)
                    .ok_or_else(|| nowhere_in_list(nodes, path, depth))?;
                if depth == parents.len() {
                    return Ok(Some(std::mem::replace(&mut nodes[index], value)));
                }
                depth += 1;
                let kind = nodes[index].value.kind();
                match &mut nodes[index].value {
                    Value::Table(table) => table,
                    _ => return Err(not_a_table(path, depth, kind)),
                }
            }
            other => return Err(not_a_table(path, depth, other.kind())),
        };
    }
    match at.entries.iter_mut().find(|e| e.key == *last) {
        Some(entry) => Ok(Some(std::mem::replace(&mut entry.node, value))),
        None => {
            at.entries.push(Entry {
                key: last.clone(),
                key_span: value.span,
                node: value,
            });
            Ok(None)
        }
    }
}

/// Makes the tables on the way to a path that are not there yet, as far as they are tables.
pub fn make_parents(table: &mut Table, path: &Path, span: Span) {
    let Some((_, parents)) = path.0.split_last() else {
        return;
    };
    let mut at = table;
    for segment in parents {
        if at.get(segment).is_none() {
            let node = Node {
                value: Value::Table(Table::default()),
                span,
            };
            at.entries.push(Entry {
                key: segment.clone(),
                key_span: span,
                node,
            });
        }
        match at
            .entries
            .iter_mut()
            .find(|e| e.key == *segment)
            .map(|e| &mut e.node.value)
        {
            Some(Value::Table(inner)) => at = inner,
            _ => return,
        }
    }
}

enum Step<'t> {
    Table(&'t Table),
    Node(&'t Node),
}

impl<'t> Step<'t> {
    fn child(&self, segment: &str, after: Option<&str>) -> Option<&'t Node> {
        match self {
            Step::Table(table) => table.get(segment).map(|e| &e.node),
            Step::Node(node) => match &node.value {
                Value::Table(table) => table.get(segment).map(|e| &e.node),
                Value::Array(nodes) => element(nodes, segment, after).map(|i| &nodes[i]),
                _ => None,
            },
        }
    }
}

/// The place of a list's entry: the table whose `team` it is, where several are the one that has the key `after`; or
/// the number from 1.
fn element(nodes: &[Node], segment: &str, after: Option<&str>) -> Option<usize> {
    let team = |node: &Node| match &node.value {
        Value::Table(table) => {
            matches!(table.get("team").map(|e| &e.node.value), Some(Value::String(name)) if name == segment)
        }
        _ => false,
    };
    let has = |node: &Node| match (&node.value, after) {
        (Value::Table(table), Some(key)) => table.get(key).is_some(),
        _ => false,
    };
    nodes
        .iter()
        .position(|n| team(n) && has(n))
        .or_else(|| nodes.iter().position(team))
        .or_else(|| {
            segment
                .parse::<usize>()
                .ok()
                .filter(|i| (1..=nodes.len()).contains(i))
                .map(|i| i - 1)
        })
}

fn nowhere(at: &Step<'_>, path: &Path, depth: usize) -> PathError {
    let table = match at {
        Step::Table(table) => table,
        Step::Node(Node {
            value: Value::Table(table),
            ..
        }) => table,
        Step::Node(Node {
            value: Value::Array(nodes),
            ..
        }) => return nowhere_in_list(nodes, path, depth),
        Step::Node(node) => return not_a_table(path, depth, node.value.kind()),
    };
    let segment = &path.0[depth];
    let known: Vec<&str> = table.entries.iter().map(|e| e.key.as_str()).collect();
    let place = if depth == 0 {
        "at the top".to_string()
    } else {
        format!("in `{}`", Path(path.0[..depth].to_vec()))
    };
    PathError {
        why: format!("`{path}` leads nowhere: there is no `{segment}` {place}"),
        help: did_you_mean(segment, &known),
    }
}

fn nowhere_in_list(nodes: &[Node], path: &Path, depth: usize) -> PathError {
    let segment = path.0.get(depth).map_or("", String::as_str);
    let place = Path(path.0[..depth].to_vec());
    PathError {
        why: format!("`{path}` leads nowhere: the list `{place}` has no entry `{segment}`"),
        help: format!(
            "name an entry by its team, or by its place from 1 to {}",
            nodes.len()
        ),
    }
}

fn not_a_table(path: &Path, depth: usize, kind: &str) -> PathError {
    let place = Path(path.0[..depth].to_vec());
    PathError {
        why: format!("`{path}` leads nowhere: `{place}` is {kind}"),
        help: format!("set `{place}` itself"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::scenario::diagnostic::Diagnostics;
    use crate::scenario::parse::parse;

    const DOCUMENT: &str = "[team.a]\nheads = { \"full.time\" = 3 }\n[shift.day]\nbreaks = [{ length = \"30m\" }, { length = \"15m\" }]\n[route.r]\nto = [{ team = \"m\" }, { team = \"m\", share = \"5%\" }]\n";

    fn document() -> Table {
        parse(DOCUMENT, 0, &mut Diagnostics::default())
    }

    fn number(value: i64) -> Node {
        Node {
            value: Value::Integer(value),
            span: Span::default(),
        }
    }

    #[test]
    fn paths_print_as_they_are_written() {
        for text in [
            "a",
            "team.a.heads.\"full.time\"",
            "contract.x.premium.\"20:00-23:00\"",
        ] {
            assert_eq!(Path::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "a..b", ".a", "a.", "\"a", "\"a\"b"] {
            assert!(Path::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn entries_of_lists_are_found_by_team_and_key_or_by_place() {
        let mut document = document();
        let second = Path::parse("shift.day.breaks.2.length").unwrap();
        assert_eq!(
            get(&document, &second).unwrap().value,
            Value::String("15m".into())
        );
        for (path, there) in [
            ("route.r.to.m.share", true),
            ("route.r.to.m.after", false),
            ("team.a.heads.\"full.time\"", true),
        ] {
            let path = Path::parse(path).unwrap();
            assert_eq!(
                set_leaf(&mut document, &path, number(7)).unwrap().is_some(),
                there
            );
            assert_eq!(get(&document, &path).unwrap().value, Value::Integer(7));
        }
        let entry = Path::parse("shift.day.breaks.1").unwrap();
        set_leaf(&mut document, &entry, number(1)).unwrap();
        assert_eq!(get(&document, &entry).unwrap().value, Value::Integer(1));
    }

    #[test]
    fn paths_that_lead_nowhere_say_where_they_end() {
        let mut document = document();
        for (path, end) in [
            ("tem.a", "there is no `tem` at the top"),
            ("team.b.site", "there is no `b` in `team`"),
            ("shift.day.breaks.3.length", "has no entry `3`"),
            ("shift.day.breaks.1.length.x", "is a string"),
            ("shift.day.breaks", ""),
        ] {
            let path = Path::parse(path).unwrap();
            match set_leaf(&mut document, &path, number(1)) {
                Err(error) => assert!(!end.is_empty() && error.why.contains(end), "{error}"),
                Ok(_) => assert_eq!(end, ""),
            }
        }
    }
}
