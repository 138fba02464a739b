//! Data files: CSV with a fixed set of columns, in whatever dialect a spreadsheet saved it.
//!
//! Encoding, delimiter, decimal comma and the order of dates are detected and reported. Every cell knows its place, so
//! that a mistake in row 4 711 is shown like one in the scenario.

use super::diagnostic::Diagnostics;
use super::node::Span;
use super::source::Sources;
use super::suggest::did_you_mean;
use std::path::Path;

/// Most rows of a data file.
pub const ROW_LIMIT: usize = 5_000_000;

/// A data file as it was read.
#[derive(Debug, Clone)]
pub struct CsvTable {
    /// Index of the file in [`Sources`].
    pub file: u32,
    /// What was detected.
    pub dialect: Dialect,
    columns: Vec<String>,
    records: Vec<csv::StringRecord>,
}

/// How a data file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// `UTF-8`, `windows-1252`, ...
    pub encoding: &'static str,
    /// `,`, `;` or a tab.
    pub delimiter: u8,
    /// Whether numbers have a decimal comma.
    pub decimal_comma: bool,
    /// Whether dates are written dd.mm.yyyy.
    pub dotted_dates: bool,
}

impl Dialect {
    /// Whether it is plain: UTF-8, commas, decimal points, ISO dates.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.encoding == "UTF-8"
            && self.delimiter == b','
            && !self.decimal_comma
            && !self.dotted_dates
    }
}

impl std::fmt::Display for Dialect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let delimiter = match self.delimiter {
            b'\t' => "tabs".to_string(),
            other => format!("`{}`", char::from(other)),
        };
        write!(f, "{}, {delimiter} between columns", self.encoding)?;
        f.write_str(if self.decimal_comma {
            ", decimal comma"
        } else {
            ", decimal point"
        })?;
        f.write_str(if self.dotted_dates {
            ", dates as dd.mm.yyyy"
        } else {
            ""
        })
    }
}

/// Reads a data file whose header must have all `required` columns and may have the `optional` ones; others are left
/// alone with a note. `at` is the place in the scenario that names the file.
///
/// Column names are compared without regard to case, blanks or `_`. Lines that begin with `#` are comments. Mistakes
/// are noted; `None` means that the table is of no use.
pub fn read(
    path: &Path,
    at: Option<Span>,
    required: &[&str],
    optional: &[&str],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<CsvTable> {
    let file = sources.read_data(path, at, diagnostics)?;
    let source = sources.get(file)?;
    let delimiter = delimiter(&source.text);
    let (columns, records) = split(&source.text, file, delimiter, diagnostics)?;
    let mut table = CsvTable {
        file,
        dialect: Dialect {
            encoding: source.encoding,
            delimiter,
            decimal_comma: has_decimal_comma(&records, delimiter),
            dotted_dates: records
                .iter()
                .take(1000)
                .any(|r| r.iter().any(|f| super::csv_cell::dotted_date(f).is_some())),
        },
        columns,
        records,
    };
    table.check_columns(required, optional, sources, diagnostics)?;
    if !table.dialect.is_plain() {
        diagnostics.note(
            "data-file-format",
            at.unwrap_or(Span {
                file,
                start: 0,
                end: 0,
            }),
            format!("`{}` was read as: {}", source.name, table.dialect),
            "this data file",
            "",
        );
    }
    Some(table)
}

/// The delimiter that comes most often in the header.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().find(|line| !is_skipped(line)).unwrap_or("");
    let count = |d: u8| header.bytes().filter(|b| *b == d).count();
    [b',', b';', b'\t']
        .into_iter()
        .rev()
        .max_by_key(|d| count(*d))
        .unwrap_or(b',')
}

fn is_skipped(line: &str) -> bool {
    line.starts_with('#') || line.trim_end_matches('\r').is_empty()
}

fn split(
    text: &str,
    file: u32,
    delimiter: u8,
    diagnostics: &mut Diagnostics,
) -> Option<(Vec<String>, Vec<csv::StringRecord>)> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .comment(Some(b'#'))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    // Reading from memory, flexibly and as valid UTF-8, cannot fail; the result is checked all the same.
    let columns: Vec<String> = reader.headers().ok()?.iter().map(plain).collect();
    if columns.iter().all(String::is_empty) {
        diagnostics.error(
            "empty-file",
            Span {
                file,
                start: 0,
                end: 0,
            },
            "this data file is empty",
            "no header",
            "begin with a line that names the columns",
        );
        return None;
    }
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.ok()?;
        if records.len() == ROW_LIMIT {
            let start = record.position().map_or(0, |p| p.byte() as u32);
            diagnostics.error(
                "file-too-large",
                Span {
                    file,
                    start,
                    end: start,
                },
                format!("this data file has more than {ROW_LIMIT} rows"),
                "the first row too many",
                "sum the rows per interval",
            );
            return None;
        }
        if record.len() == columns.len() {
            records.push(record);
        } else if record.iter().any(|f| !f.is_empty()) {
            let message = format!(
                "this row has {} fields, the header has {}",
                record.len(),
                columns.len()
            );
            diagnostics.error("ragged-row", row_span(text, file, &record), message, "another number of fields", "give every row one field per column; put text with the delimiter in it into quotation marks");
        }
    }
    Some((columns, records))
}

/// A column's name as it is compared.
fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

/// Decimal commas show themselves where a comma cannot be a delimiter.
fn has_decimal_comma(records: &[csv::StringRecord], delimiter: u8) -> bool {
    records
        .iter()
        .take(10_000)
        .flat_map(csv::StringRecord::iter)
        .any(|field| {
            let Some((whole, decimals)) = field.trim_end_matches('%').rsplit_once(',') else {
                return false;
            };
            let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
            digits(&whole.replace(['.', '-'], ""))
                && digits(decimals)
                && (delimiter != b',' || decimals.len() != 3)
        })
}

/// Bytes of a record's text, without comments and blank lines before it.
fn row_start(text: &str, record: &csv::StringRecord) -> usize {
    let mut start = record
        .position()
        .map_or(0, |p| p.byte() as usize)
        .min(text.len());
    while let Some(end) = text[start..].find('\n') {
        if !is_skipped(&text[start..start + end]) {
            break;
        }
        start += end + 1;
    }
    start
}

fn row_span(text: &str, file: u32, record: &csv::StringRecord) -> Span {
    let start = row_start(text, record);
    let end = text[start..]
        .find(['\r', '\n'])
        .map_or(text.len(), |i| start + i);
    Span {
        file,
        start: start as u32,
        end: end as u32,
    }
}

/// Bytes of one field of a record that starts at `start`.
fn field_range(text: &str, start: usize, column: usize, delimiter: u8) -> (usize, usize) {
    let mut at = start;
    let mut quoted = false;
    let mut field = 0;
    let mut from = start;
    for byte in text[start..].bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\r' | b'\n' if !quoted => break,
            d if d == delimiter && !quoted => {
                if field == column {
                    break;
                }
                field += 1;
                from = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    let written = &text[from..at.max(from)];
    let lead = written.len() - written.trim_start().len();
    (from + lead, from + lead + written.trim().len())
}

impl CsvTable {
    fn check_columns(
        &mut self,
        required: &[&str],
        optional: &[&str],
        sources: &Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<()> {
        let text = &sources.get(self.file)?.text;
        let mut start = 0;
        for line in text
            .split_inclusive('\n')
            .take_while(|line| is_skipped(line.trim_end()))
        {
            start += line.len();
        }
        let end = text[start..]
            .find(['\r', '\n'])
            .map_or(text.len(), |i| start + i);
        let header = Span {
            file: self.file,
            start: start as u32,
            end: end as u32,
        };
        let missing: Vec<&&str> = required.iter().filter(|c| !self.has(c)).collect();
        for column in &missing {
            let near = super::suggest::nearest(column, self.columns.iter().map(String::as_str));
            let help = match near {
                Some(near) => format!("did you mean the column `{near}`? name it `{column}`"),
                None => format!(
                    "the columns of this file are {}",
                    listed(required, optional)
                ),
            };
            diagnostics.error(
                "missing-column",
                header,
                format!("the column `{column}` is missing"),
                format!("no column `{column}`"),
                help,
            );
        }
        let unknown =
            self.columns.iter().enumerate().filter(|(_, c)| {
                !required.contains(&c.as_str()) && !optional.contains(&c.as_str())
            });
        let known: Vec<&str> = required.iter().chain(optional).copied().collect();
        for (index, column) in unknown.filter(|_| missing.is_empty()) {
            let (from, to) = field_range(text, start, index, self.dialect.delimiter);
            let span = Span {
                file: self.file,
                start: from as u32,
                end: to as u32,
            };
            diagnostics.note(
                "unused-column",
                span,
                format!("the column `{column}` is not used"),
                "not known here",
                did_you_mean(column, &known),
            );
        }
        missing.is_empty().then_some(())
    }

    /// Whether the file has a column.
    #[must_use]
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|c| c == column)
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The rows in written order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.records.iter().map(|record| Row {
            table: self,
            record,
        })
    }
}

fn listed(required: &[&str], optional: &[&str]) -> String {
    let mut all: Vec<String> = required.iter().map(|c| format!("`{c}`")).collect();
    all.extend(optional.iter().map(|c| format!("`{c}` (optional)")));
    all.join(", ")
}

/// One row of a data file.
#[derive(Clone, Copy)]
pub struct Row<'t> {
    /// The file it belongs to.
    pub table: &'t CsvTable,
    record: &'t csv::StringRecord,
}

impl<'t> Row<'t> {
    /// The text of a cell, without blanks around it; `None` where the file has no such column.
    #[must_use]
    pub fn text(&self, column: &str) -> Option<&'t str> {
        let index = self.table.columns.iter().position(|c| c == column)?;
        self.record.get(index)
    }

    /// The place of a cell; of the row where the file has no such column.
    #[must_use]
    pub fn span(&self, column: &str, sources: &Sources) -> Span {
        let file = self.table.file;
        let text = sources.get(file).map_or("", |s| s.text.as_str());
        match self.table.columns.iter().position(|c| c == column) {
            None => row_span(text, file, self.record),
            Some(index) => {
                let (start, end) = field_range(
                    text,
                    row_start(text, self.record),
                    index,
                    self.table.dialect.delimiter,
                );
                Span {
                    file,
                    start: start as u32,
                    end: end as u32,
                }
            }
        }
    }
}
