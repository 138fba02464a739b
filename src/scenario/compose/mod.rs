//! One document out of several files.
//!
//! In this order, and what comes later wins:
//!
//! 1. `base`: another scenario, composed on its own first (its `like`, `[set]` and `remove` are done).
//! 2. `include`: files whose tables are taken over as if they stood here, in the order listed.
//! 3. The file's own tables. A header (`[team.berlin]`, `[topic.shop.handle]`) opens a table that is there and adds to
//!    it; `key = value` replaces the key whole, also where the value is an inline table. What that loses is noted.
//! 4. `like`: a table takes over a sibling's keys, then its own replace them by the same rule. A copied table is
//!    independent afterwards.
//! 5. `remove`: tables or keys by their path, `*` for any letters.
//! 6. `[set]`: single values by their path.
//!
//! An included file's own `remove` and `[set]` are done before the including file's.

mod change;
mod like;
mod merge;

pub use change::{Setting, apply_one, settings};

use super::diagnostic::Diagnostics;
use super::node::{Node, Span, Table, Value};
use super::parse::parse;
use super::print::value_text;
use super::source::Sources;
use std::path::{Path, PathBuf};

/// Most files of one scenario: beyond it they include each other in ever more ways.
const MOST_FILES: usize = 200;

/// Reads a scenario file and everything it is made of, and gives the resolved document without `base`, `include`,
/// `like`, `set` and `remove`. Mistakes are noted; `None` means that the file itself cannot be read.
///
/// Paths are relative to the file they are written in.
pub fn compose(path: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Table> {
    let mut composer = Composer {
        sources,
        diagnostics,
        open: Vec::new(),
        files: 0,
    };
    composer.whole(path, None)
}

/// Changes single values of a resolved document, each by its dotted path and its value as TOML or, where it is not TOML,
/// as text: `("team.berlin.heads", "40")`, `("demand.busyness.cv", "10%")`. Mistakes are noted at a file named `--set`.
pub fn apply(
    document: &mut Table,
    sets: &[(String, String)],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) {
    if sets.is_empty() {
        return;
    }
    let lines = sets.iter().map(|(path, value)| {
        let is_toml = toml::de::DeValue::parse(value).is_ok() && !value.contains('\n');
        let value = if is_toml {
            value.clone()
        } else {
            value_text(&Value::String(value.clone()))
        };
        format!("{} = {value}\n", value_text(&Value::String(path.clone())))
    });
    let text: String = lines.collect();
    let file = sources.add("--set", text.clone());
    let table = parse(&text, file, diagnostics);
    change::set(document, &table, sources, diagnostics);
}

struct Composer<'c> {
    sources: &'c mut Sources,
    diagnostics: &'c mut Diagnostics,
    /// The files being read, outermost first.
    open: Vec<PathBuf>,
    files: usize,
}

/// A file without its base: its tables, and what is to be changed in the end.
struct Part {
    table: Table,
    base: Option<(String, Span)>,
    remove: Vec<Node>,
    set: Vec<Table>,
}

impl Composer<'_> {
    fn whole(&mut self, path: &Path, at: Option<Span>) -> Option<Table> {
        let part = self.part(path, at)?;
        let mut document = match &part.base {
            Some((base, span)) => self.inner(base, *span, Composer::whole).unwrap_or_default(),
            None => Table::default(),
        };
        self.open.pop();
        merge::merge(
            &mut document,
            part.table,
            "",
            self.sources,
            self.diagnostics,
        );
        like::resolve(&mut document, self.sources, self.diagnostics);
        change::remove(&mut document, &part.remove, self.diagnostics);
        for set in &part.set {
            change::set(&mut document, set, self.sources, self.diagnostics);
        }
        Some(document)
    }

    /// Reads one file with its includes. It stays open until the caller has read its base.
    fn part(&mut self, path: &Path, at: Option<Span>) -> Option<Part> {
        if self.is_cycle(path, at) {
            return None;
        }
        self.files += 1;
        if self.files > MOST_FILES {
            let help = "files that include each other in many ways are read anew each time";
            self.diagnostics.error(
                "too-many-files",
                at.unwrap_or_default(),
                format!("this scenario is made of more than {MOST_FILES} files"),
                "one too many",
                help,
            );
            return None;
        }
        let file = self.sources.read_document(path, at, self.diagnostics)?;
        self.open.push(path.to_path_buf());
        let text = self
            .sources
            .get(file)
            .map(|s| s.text.clone())
            .unwrap_or_default();
        let mut own = parse(&text, file, self.diagnostics);
        let base = self.take(&mut own, "base").and_then(|node| self.text(node));
        let include = self.take_list(&mut own, "include");
        let remove = self.take_list(&mut own, "remove");
        let set = self.take(&mut own, "set").and_then(|node| self.table(node));
        let mut part = Part {
            table: Table::default(),
            base,
            remove: Vec::new(),
            set: Vec::new(),
        };
        for (name, span) in include
            .into_iter()
            .filter_map(|node| self.text(node))
            .collect::<Vec<_>>()
        {
            if let Some(included) = self.inner(&name, span, Composer::included) {
                merge::merge(
                    &mut part.table,
                    included.table,
                    "",
                    self.sources,
                    self.diagnostics,
                );
                part.remove.extend(included.remove);
                part.set.extend(included.set);
            }
        }
        merge::merge(&mut part.table, own, "", self.sources, self.diagnostics);
        part.remove.extend(remove);
        part.set.extend(set);
        Some(part)
    }

    fn included(&mut self, path: &Path, at: Option<Span>) -> Option<Part> {
        let part = self.part(path, at)?;
        self.open.pop();
        if let Some((_, span)) = part.base {
            self.diagnostics.incomplete = true;
            self.diagnostics.error(
                "base-in-include",
                span,
                "a file that is included has no base of its own",
                "not possible here",
                "let the including file state the `base`",
            );
        }
        Some(part)
    }

    /// Reads a file that this one names; where it cannot be read, what it would have said is not reported as missing.
    fn inner<T>(
        &mut self,
        name: &str,
        span: Span,
        read: fn(&mut Self, &Path, Option<Span>) -> Option<T>,
    ) -> Option<T> {
        let path = self.sources.resolve(span.file, name);
        let found = read(self, &path, Some(span));
        self.diagnostics.incomplete |= found.is_none();
        found
    }

    fn is_cycle(&mut self, path: &Path, at: Option<Span>) -> bool {
        let same = |a: &Path| {
            a == path || matches!((a.canonicalize(), path.canonicalize()), (Ok(a), Ok(b)) if a == b)
        };
        let Some(first) = self.open.iter().position(|open| same(open)) else {
            return false;
        };
        let round: Vec<String> = self.open[first..]
            .iter()
            .map(|p| p.as_path())
            .chain([path])
            .map(|p| p.display().to_string())
            .collect();
        let message = format!("these files are made of each other: {}", round.join(" -> "));
        self.diagnostics.error(
            "include-cycle",
            at.unwrap_or_default(),
            message,
            "leads back to a file that is being read",
            "remove one of these `base` or `include` lines",
        );
        true
    }

    fn take(&mut self, table: &mut Table, key: &str) -> Option<Node> {
        let index = table.entries.iter().position(|e| e.key == key)?;
        Some(table.entries.remove(index).node)
    }

    fn take_list(&mut self, table: &mut Table, key: &str) -> Vec<Node> {
        match self.take(table, key) {
            Some(Node {
                value: Value::Array(nodes),
                ..
            }) => nodes,
            Some(single) => vec![single],
            None => Vec::new(),
        }
    }

    fn text(&mut self, node: Node) -> Option<(String, Span)> {
        match node.value {
            Value::String(text) => Some((text, node.span)),
            other => {
                let message = format!("the path of a file is expected, not {}", other.kind());
                self.diagnostics.error(
                    "wrong-type",
                    node.span,
                    message,
                    "not text",
                    "write it like \"scenario.toml\"",
                );
                None
            }
        }
    }

    fn table(&mut self, node: Node) -> Option<Table> {
        match node.value {
            Value::Table(table) => Some(table),
            other => {
                let message = format!("`set` is a table of paths and values, not {}", other.kind());
                self.diagnostics.error(
                    "wrong-type",
                    node.span,
                    message,
                    "not a table",
                    "write `[set]`, then lines like `\"team.berlin.heads.full-time\" = 50`",
                );
                None
            }
        }
    }
}

#[cfg(test)]
mod tests;
