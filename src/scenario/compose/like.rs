//! `like`: a table that takes over a sibling's keys.

use super::merge::merge;
use crate::scenario::diagnostic::Diagnostics;
use crate::scenario::keys::{self, Kind};
use crate::scenario::node::{Entry, Table, Value};
use crate::scenario::source::Sources;
use crate::scenario::suggest::did_you_mean;

/// Resolves `like` in all named tables.
pub(super) fn resolve(document: &mut Table, sources: &Sources, diagnostics: &mut Diagnostics) {
    let top = keys::table("scenario");
    for container in &mut document.entries {
        let named = matches!(
            top.kind_of(&container.key),
            Some(Kind::By(_, Kind::Table(_)))
        );
        if let (true, Value::Table(tables)) = (named, &mut container.node.value) {
            let mut siblings = Siblings {
                what: &container.key,
                tables,
                open: Vec::new(),
                lacking: Vec::new(),
                sources,
                diagnostics,
            };
            for index in 0..siblings.tables.entries.len() {
                siblings.resolve(index);
            }
        }
    }
}

struct Siblings<'s> {
    what: &'s str,
    tables: &'s mut Table,
    /// The tables being resolved, outermost first.
    open: Vec<usize>,
    /// The tables whose model could not be found.
    lacking: Vec<usize>,
    sources: &'s Sources,
    diagnostics: &'s mut Diagnostics,
}

impl Siblings<'_> {
    fn resolve(&mut self, index: usize) {
        let Some(like) = self.take_like(index) else {
            return;
        };
        let model = self.model(index, &like);
        if let Some(model) = model {
            self.open.push(index);
            self.resolve(model);
            self.open.pop();
            self.copy(model, index);
        }
        if model.is_none_or(|model| self.lacking.contains(&model)) {
            // What the model would have said is not missing as well.
            self.lacking.push(index);
            self.diagnostics
                .gaps
                .push((self.tables.entries[index].node.span, None));
        }
    }

    /// The sibling that `like` names.
    fn model(&mut self, index: usize, like: &Entry) -> Option<usize> {
        let own = self.tables.entries[index].key.clone();
        let Value::String(model) = &like.node.value else {
            let message = format!(
                "`like` is the name of another {}, not {}",
                self.what,
                like.node.value.kind()
            );
            self.diagnostics.error(
                "wrong-type",
                like.node.span,
                message,
                "not a name",
                format!("write the name of another {} in quotation marks", self.what),
            );
            return None;
        };
        let Some(model_index) = self.tables.entries.iter().position(|e| e.key == *model) else {
            let names: Vec<&str> = self
                .tables
                .entries
                .iter()
                .map(|e| e.key.as_str())
                .filter(|k| *k != own)
                .collect();
            let message = format!(
                "`{}.{own}` is like `{model}`, but there is no {} of that name",
                self.what, self.what
            );
            self.diagnostics.error(
                "unknown-name",
                like.node.span,
                message,
                format!("no such {}", self.what),
                did_you_mean(model, &names),
            );
            return None;
        };
        if model_index == index || self.open.contains(&model_index) {
            let mut round: Vec<&str> = self
                .open
                .iter()
                .chain([&index])
                .map(|i| self.tables.entries[*i].key.as_str())
                .collect();
            round.push(model);
            let message = format!("these are like each other: {}", round.join(" -> "));
            self.diagnostics.error(
                "like-cycle",
                like.node.span,
                message,
                "leads back to itself",
                "let one of them state its keys itself",
            );
            return None;
        }
        Some(model_index)
    }

    /// Takes `like` out, so that a table is resolved once.
    fn take_like(&mut self, index: usize) -> Option<Entry> {
        let Value::Table(table) = &mut self.tables.entries[index].node.value else {
            return None;
        };
        let at = table.entries.iter().position(|e| e.key == "like")?;
        Some(table.entries.remove(at))
    }

    fn copy(&mut self, from: usize, to: usize) {
        let Value::Table(mut copy) = self.tables.entries[from].node.value.clone() else {
            return;
        };
        let path = format!("{}.{}", self.what, self.tables.entries[to].key);
        let Value::Table(table) = &mut self.tables.entries[to].node.value else {
            return;
        };
        let own = std::mem::take(table);
        merge(&mut copy, own, &path, self.sources, self.diagnostics);
        *table = copy;
    }
}
