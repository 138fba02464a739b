//! A sheet being filled: cells by column, formulas with their results, formats, colours.

use super::super::Part;
use rust_xlsxwriter::{
    Color, ConditionalFormat3ColorScale, ConditionalFormatCell, ConditionalFormatCellRule,
    ConditionalFormatDataBar, ConditionalFormatType, Format, FormatAlign, Formula, Worksheet,
    XlsxError,
};

/// Formats of cells.
pub struct Styles {
    title: Format,
    head: Format,
    head_of_numbers: Format,
    head_indented: Format,
    faint: Format,
    words: Format,
    indented: Format,
    right: Format,
    shapes: Vec<(Shape, Format)>,
}

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A mean count: two decimals.
    Count,
    /// A whole number.
    Whole,
    /// A share.
    Share,
    /// Seconds.
    Seconds,
    /// Hours.
    Hours,
    /// Money with cents.
    Money,
    /// A date with time of day.
    Moment,
    /// A date with its weekday.
    Day,
    /// A time of day.
    Clock,
}

impl Styles {
    /// In the currency of the first part.
    pub fn new(parts: &[Part<'_>]) -> Self {
        let currency = parts.first().map_or("", |p| &p.outcome.cost.currency);
        let money = format!("[$ {currency}] #,##0.00");
        let shapes = [
            (Shape::Count, "#,##0.00"),
            (Shape::Whole, "#,##0"),
            (Shape::Share, "0.0%"),
            (Shape::Seconds, "#,##0.0"),
            (Shape::Hours, "#,##0.0"),
            (Shape::Money, money.as_str()),
            (Shape::Moment, "yyyy-mm-dd hh:mm"),
            (Shape::Day, "ddd yyyy-mm-dd"),
            (Shape::Clock, "hh:mm"),
        ];
        let head = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_background_color(Color::RGB(0x00D9_E2EC));
        Self {
            title: Format::new().set_bold().set_font_size(14),
            head_of_numbers: head.clone().set_align(FormatAlign::Right),
            head_indented: head.clone().set_indent(1),
            head,
            faint: Format::new().set_font_color(Color::RGB(0x0060_6060)),
            words: Format::new(),
            indented: Format::new().set_indent(1),
            right: Format::new().set_align(FormatAlign::Right),
            shapes: shapes
                .into_iter()
                .map(|(shape, code)| {
                    let format = Format::new().set_num_format(code);
                    match shape {
                        Shape::Moment | Shape::Day | Shape::Clock => {
                            (shape, format.set_align(FormatAlign::Left))
                        }
                        _ => (shape, format),
                    }
                })
                .collect(),
        }
    }

    fn of(&self, shape: Shape) -> &Format {
        let found = self.shapes.iter().find(|(s, _)| *s == shape);
        found.map_or(&self.words, |(_, format)| format)
    }
}

/// The head of a column: its text, its width in characters, and whether numbers stand below.
#[derive(Clone, Copy)]
pub struct Head(&'static str, f64, bool);

/// The head of a column of words or moments, which stand left.
pub const fn words(text: &'static str, width: f64) -> Head {
    Head(text, width, false)
}

/// The head of a column of numbers, which stand right.
pub const fn numbers(text: &'static str, width: f64) -> Head {
    Head(text, width, true)
}

impl Head {
    /// Lines it takes when it is wrapped at its width; bold letters are wider than the plain ones widths count.
    fn lines(self) -> u32 {
        let (mut lines, mut used) = (1, 0.0);
        for word in self.0.split(' ') {
            let length = 1.15 * word.chars().count() as f64;
            if used > 0.0 && used + 1.0 + length > self.1 {
                lines += 1;
                used = length;
            } else {
                used += 1.0 + length;
            }
        }
        lines
    }
}

/// Points a line of a head takes.
const LINE: f64 = 15.0;
/// A4 as the format numbers papers.
const A4: u8 = 9;

/// A sheet and its formats; rows and columns count from nought.
pub struct Sheet<'a> {
    /// The sheet itself.
    pub inner: &'a mut Worksheet,
    styles: &'a Styles,
    /// Columns of words right of a column of numbers: they keep a distance.
    indented: Vec<u16>,
}

impl<'a> Sheet<'a> {
    /// A named sheet.
    pub fn new(
        inner: &'a mut Worksheet,
        styles: &'a Styles,
        name: &str,
    ) -> Result<Self, XlsxError> {
        inner.set_name(name)?;
        // On paper as wide as a page, however long.
        inner
            .set_landscape()
            .set_paper_size(A4)
            .set_print_fit_to_pages(1, 0);
        Ok(Self {
            inner,
            styles,
            indented: Vec::new(),
        })
    }

    /// Column heads in a row, with widths in characters; everything above and on it stays in view.
    pub fn heads(&mut self, row: u32, heads: &[Head]) -> Result<(), XlsxError> {
        let mut after_numbers = false;
        for (column, &Head(text, width, numbers)) in (0..).zip(heads) {
            if after_numbers && !numbers {
                self.indented.push(column);
            }
            self.head(row, column, text, numbers)?;
            self.inner.set_column_width(column, width)?;
            after_numbers = numbers;
        }
        let lines = heads.iter().map(|head| head.lines()).max().unwrap_or(1);
        self.inner.set_row_height(row, LINE * f64::from(lines))?;
        self.inner.set_freeze_panes(row + 1, 0)?;
        self.inner.set_repeat_rows(row, row)?;
        Ok(())
    }

    /// One head; right, where numbers stand below.
    pub fn head(
        &mut self,
        row: u32,
        column: u16,
        text: &str,
        numbers: bool,
    ) -> Result<(), XlsxError> {
        let format = if numbers {
            &self.styles.head_of_numbers
        } else if self.indented.contains(&column) {
            &self.styles.head_indented
        } else {
            &self.styles.head
        };
        self.inner
            .write_string_with_format(row, column, text, format)?;
        Ok(())
    }

    /// The sheet's title.
    pub fn title(&mut self, row: u32, text: &str) -> Result<(), XlsxError> {
        self.inner
            .write_string_with_format(row, 0, text, &self.styles.title)?;
        Ok(())
    }

    /// A remark.
    pub fn remark(&mut self, row: u32, text: &str) -> Result<(), XlsxError> {
        self.inner
            .write_string_with_format(row, 0, text, &self.styles.faint)?;
        Ok(())
    }

    /// Words.
    pub fn words(&mut self, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
        if self.indented.contains(&column) {
            self.inner
                .write_string_with_format(row, column, text, &self.styles.indented)?;
        } else {
            self.inner.write_string(row, column, text)?;
        }
        Ok(())
    }

    /// A word in a column of numbers.
    pub fn word(&mut self, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
        self.inner
            .write_string_with_format(row, column, text, &self.styles.right)?;
        Ok(())
    }

    /// A number; nothing where it is undefined.
    pub fn number(
        &mut self,
        (row, column): (u32, u16),
        number: impl Into<Option<f64>>,
        shape: Shape,
    ) -> Result<(), XlsxError> {
        if let Some(number) = number.into().filter(|n| n.is_finite()) {
            let format = self.styles.of(shape);
            self.inner
                .write_number_with_format(row, column, number, format)?;
        }
        Ok(())
    }

    /// A formula and its result; nothing where it is undefined.
    pub fn formula(
        &mut self,
        (row, column): (u32, u16),
        formula: &str,
        result: f64,
        shape: Shape,
    ) -> Result<(), XlsxError> {
        if result.is_finite() {
            let formula = Formula::new(formula).set_result(result.to_string());
            let format = self.styles.of(shape);
            self.inner
                .write_formula_with_format(row, column, formula, format)?;
        }
        Ok(())
    }

    /// Red where small, yellow in the middle, green where large.
    pub fn scale(&mut self, column: u16, first: u32, last: u32) -> Result<(), XlsxError> {
        let scale = ConditionalFormat3ColorScale::new()
            .set_minimum(ConditionalFormatType::Number, 0)
            .set_midpoint(ConditionalFormatType::Number, 0.6)
            .set_maximum(ConditionalFormatType::Number, 1)
            .set_minimum_color(Color::RGB(0x00E6_9F91))
            .set_midpoint_color(Color::RGB(0x00FB_E7A1))
            .set_maximum_color(Color::RGB(0x009F_CFB0));
        self.inner
            .add_conditional_format(first, column, last.max(first), column, &scale)?;
        Ok(())
    }

    /// Bars as long as the numbers.
    pub fn bars(&mut self, column: u16, first: u32, last: u32) -> Result<(), XlsxError> {
        let bars = ConditionalFormatDataBar::new().set_fill_color(Color::RGB(0x009A_B8D6));
        self.inner
            .add_conditional_format(first, column, last.max(first), column, &bars)?;
        Ok(())
    }

    /// Verdicts in their colours.
    pub fn verdicts(&mut self, row: u32, first: u16, last: u16) -> Result<(), XlsxError> {
        for (word, color) in [
            ("met", 0x009F_CFB0),
            ("missed", 0x00E6_9F91),
            ("undecided", 0x00FB_E7A1),
        ] {
            let rule = ConditionalFormatCell::new()
                .set_rule(ConditionalFormatCellRule::EqualTo(word.to_owned()))
                .set_format(Format::new().set_background_color(Color::RGB(color)));
            self.inner
                .add_conditional_format(row, first, row, last.max(first), &rule)?;
        }
        Ok(())
    }
}

/// A cell or range as formulas name it: rows and columns from nought.
pub fn cell(row: u32, column: u16) -> String {
    format!("{}{}", letters(column), row + 1)
}

/// A column's letters.
pub fn letters(column: u16) -> String {
    rust_xlsxwriter::utility::column_number_to_name(column)
}

/// A column of a sheet from one row to another, in absolute terms.
pub fn range(sheet: &str, column: u16, first: u32, rows: usize) -> String {
    let (letters, last) = (letters(column), first as usize + rows.max(1));
    format!("{sheet}!${letters}${}:${letters}${last}", first + 1)
}
