//! What readers note while they read: mistakes, defaults used, the currency, the data files.

use crate::scenario::compose::{self, Setting};
use crate::scenario::csv_table::{self, CsvTable};
use crate::scenario::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::scenario::keys;
use crate::scenario::model::Assumption;
use crate::scenario::node::{Span, Table};
use crate::scenario::source::Sources;
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

/// A data file that was asked for, and its rows if it could be read.
#[derive(Debug)]
struct DataTable {
    path: PathBuf,
    needed: Vec<String>,
    rows: Option<Rc<CsvTable>>,
}

/// The common notebook of all readers.
#[derive(Debug, Default)]
pub struct Notes {
    diagnostics: RefCell<Diagnostics>,
    assumptions: RefCell<Vec<Assumption>>,
    currency: RefCell<Option<(String, Span)>>,
    sources: RefCell<Sources>,
    tables: RefCell<Vec<DataTable>>,
    /// Where the document begins, for what belongs to no table.
    pub top: Span,
}

impl Notes {
    /// A notebook that goes on with what was found while the document was composed.
    pub fn new(diagnostics: Diagnostics, sources: Sources, top: Span) -> Notes {
        Notes {
            diagnostics: RefCell::new(diagnostics),
            sources: RefCell::new(sources),
            top,
            ..Notes::default()
        }
    }

    /// Notes an error. The same error at the same place is noted once, however often a shared value is read.
    pub fn error(
        &self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics
            .borrow_mut()
            .error(code, span, message, label, help);
    }

    /// Notes a warning.
    pub fn warning(
        &self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics
            .borrow_mut()
            .warning(code, span, message, label, help);
    }

    /// Notes a ready diagnostic.
    pub fn add(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// The lines of a table of settings by path.
    pub fn settings(&self, table: &Table) -> Vec<Setting> {
        compose::settings(
            table,
            &self.sources.borrow(),
            &mut self.diagnostics.borrow_mut(),
        )
    }

    /// Whether an error was noted so far.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.borrow().has_errors()
    }

    /// Lists the default of a key among the assumptions and gives it as it would be written.
    pub fn assume(&self, path: &str) -> &'static str {
        let default = keys::default_of(path);
        self.assume_value(path, default.value, default.range, default.source);
        default.value
    }

    /// Lists an assumption that is not a plain default.
    pub fn assume_value(&self, path: &str, value: &str, range: Option<&str>, source: &str) {
        let mut all = self.assumptions.borrow_mut();
        if !all.iter().any(|a| a.path == path) {
            all.push(Assumption {
                path: path.to_string(),
                value: value.to_string(),
                range: range.map(str::to_string),
                source: source.to_string(),
            });
        }
    }

    /// Whether the value at a path is a default.
    pub fn is_default(&self, path: &str) -> bool {
        self.assumptions.borrow().iter().any(|a| a.path == path)
    }

    /// Takes the first currency met as the scenario's; another one later is an error.
    pub fn currency(&self, code: &str, span: Span) -> Option<()> {
        let mut currency = self.currency.borrow_mut();
        let (first, place) = currency.get_or_insert_with(|| (code.to_string(), span));
        if first == code {
            return Some(());
        }
        self.add(Diagnostic {
            code: "mixed-currencies",
            severity: Severity::Error,
            message: format!(
                "amounts are in {first} and in {code}; a scenario counts in one currency"
            ),
            places: vec![
                (span, format!("in {code}")),
                (*place, format!("the first amount is in {first}")),
            ],
            help: Some(format!("convert this amount to {first}")),
        });
        None
    }

    /// The data file of that name, relative to the file that names it at `span`. Every stream asks for its demand's files,
    /// so they are split into rows once.
    pub fn csv(
        &self,
        name: &str,
        span: Span,
        needed: &[&str],
        optional: &[&str],
    ) -> Option<Rc<CsvTable>> {
        let mut sources = self.sources.borrow_mut();
        let path = sources.resolve(span.file, name);
        let mut tables = self.tables.borrow_mut();
        let known = |t: &&DataTable| t.path == path && t.needed.iter().eq(needed);
        if let Some(table) = tables.iter().find(known) {
            return table.rows.clone();
        }
        let diagnostics = &mut self.diagnostics.borrow_mut();
        let rows = csv_table::read(
            &path,
            Some(span),
            needed,
            optional,
            &mut sources,
            diagnostics,
        );
        let rows = rows.map(Rc::new);
        tables.push(DataTable {
            path,
            needed: needed.iter().map(ToString::to_string).collect(),
            rows: rows.clone(),
        });
        rows
    }

    /// The place of a cell of a data file.
    pub fn cell(&self, row: &csv_table::Row<'_>, column: &str) -> Span {
        row.span(column, &self.sources.borrow())
    }

    /// The assumptions noted so far.
    pub fn assumptions(&self) -> Vec<Assumption> {
        self.assumptions.borrow().clone()
    }

    /// The currency of the amounts met so far.
    pub fn currency_met(&self) -> Option<String> {
        self.currency
            .borrow()
            .as_ref()
            .map(|(code, _)| code.clone())
    }

    /// Everything noted that a planner should correct or know, and all files that were read.
    pub fn finish(self) -> (Diagnostics, Sources) {
        (self.diagnostics.into_inner(), self.sources.into_inner())
    }
}
