//! Tidy tables as CSV: one head, one row per thing, numbers as programs or as German spreadsheets read them.

use super::File;
use crate::stats::Estimate;

/// How numbers and columns are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Locale {
    /// Decimal point, columns by `,`.
    #[default]
    En,
    /// Decimal comma, columns by `;`, and a byte-order mark: what spreadsheets on German machines open as columns.
    De,
}

/// A table being filled, row by row and cell by cell.
pub struct Table {
    locale: Locale,
    file: &'static str,
    writer: csv::Writer<Vec<u8>>,
}

impl Table {
    /// With these column heads.
    pub fn new(file: &'static str, locale: Locale, head: &[&str]) -> Self {
        let (delimiter, start) = match locale {
            Locale::En => (b',', ""),
            Locale::De => (b';', "\u{feff}"),
        };
        let writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .from_writer(start.as_bytes().to_vec());
        let mut table = Self {
            locale,
            file,
            writer,
        };
        table.row(head.iter().map(|h| (*h).into()).collect());
        table
    }

    /// Adds a row of as many cells as there are heads.
    pub fn row(&mut self, cells: Vec<Cell>) {
        let texts = cells.into_iter().map(|cell| match cell {
            Cell::Text(text) => text,
            Cell::Number(number) => number_text(self.locale, number),
        });
        // Writing to memory fails only where rows differ in length, which every caller's head and row share.
        let _ = self.writer.write_record(texts.collect::<Vec<String>>());
    }

    /// The whole file.
    pub fn file(self) -> File {
        File {
            name: self.file.to_owned(),
            // Memory takes what is left in the buffer.
            bytes: self.writer.into_inner().unwrap_or_default(),
        }
    }
}

/// A number to its last digit; nothing where it is undefined.
fn number_text(locale: Locale, number: Option<f64>) -> String {
    let Some(number) = number.filter(|n| n.is_finite()) else {
        return String::new();
    };
    let text = number.to_string();
    match locale {
        Locale::En => text,
        Locale::De => text.replace('.', ","),
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number, `None` or not finite where undefined.
    Number(Option<f64>),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(Some(number))
    }
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Self {
        Self::Number(number)
    }
}

/// Value and limits as three cells.
pub fn estimate(estimate: Option<&Estimate>) -> [Cell; 3] {
    [
        estimate.map(|e| e.value).into(),
        estimate.map(|e| e.low).into(),
        estimate.map(|e| e.high).into(),
    ]
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn text(locale: Locale) -> String {
        let mut table = Table::new("a.csv", locale, &["name", "value"]);
        table.row(vec!["a, b; c".into(), 1.5.into()]);
        table.row(vec!["d".into(), Some(f64::INFINITY).into()]);
        String::from_utf8(table.file().bytes).unwrap()
    }

    #[test]
    fn columns_and_decimals_follow_the_locale() {
        assert_eq!(text(Locale::En), "name,value\n\"a, b; c\",1.5\nd,\n");
        assert_eq!(
            text(Locale::De),
            "\u{feff}name;value\n\"a, b; c\";1,5\nd;\n"
        );
    }
}
