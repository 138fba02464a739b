//! Tables whose columns are spread over as many blocks as the page's width asks for.

use super::page::{Page, Tone};
use comfy_table::{Attribute, Cell, CellAlignment, ContentArrangement, Table, presets};

/// Blanks between columns.
const GAP: u16 = 2;

/// A table: the first column names its rows and is repeated in every block.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    head: Vec<String>,
    rows: Vec<Vec<(String, Tone)>>,
    left: Vec<usize>,
}

impl Grid {
    /// A table with these column heads.
    #[must_use]
    pub fn new(head: Vec<String>) -> Self {
        Self {
            head,
            rows: Vec::new(),
            left: vec![0],
        }
    }

    /// Aligns a column to the left, as words are; figures stand to the right.
    #[must_use]
    pub fn words(mut self, column: usize) -> Self {
        self.left.push(column);
        self
    }

    /// Adds a row of as many cells as there are heads.
    pub fn row(&mut self, cells: Vec<(String, Tone)>) {
        debug_assert_eq!(cells.len(), self.head.len());
        self.rows.push(cells);
    }

    /// Adds a row without colours.
    pub fn plain(&mut self, cells: Vec<String>) {
        self.row(cells.into_iter().map(|text| (text, Tone::Plain)).collect());
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table as text that fits the page.
    #[must_use]
    pub fn render(&self, page: &Page) -> String {
        let blocks = self.blocks(page.width);
        let texts: Vec<String> = blocks.iter().map(|b| self.block(b, page)).collect();
        texts.join("\n")
    }

    /// Columns of each block, the first column in all of them.
    fn blocks(&self, width: usize) -> Vec<Vec<usize>> {
        let wide = |c: usize| {
            let cells = self.rows.iter().map(|row| row[c].0.chars().count());
            cells.fold(self.head[c].chars().count(), usize::max) + usize::from(GAP)
        };
        let first = wide(0);
        let mut blocks = vec![vec![0]];
        let mut used = first;
        for c in 1..self.head.len() {
            let more = wide(c);
            let last = blocks.len() - 1;
            if used + more > width && blocks[last].len() > 1 {
                blocks.push(vec![0, c]);
                used = first + more;
            } else {
                blocks[last].push(c);
                used += more;
            }
        }
        blocks
    }

    fn block(&self, columns: &[usize], page: &Page) -> String {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(page.width).unwrap_or(u16::MAX));
        if page.color {
            table.enforce_styling();
        } else {
            table.force_no_tty();
        }
        let head = columns.iter().map(|&c| {
            let cell = Cell::new(&self.head[c]).set_alignment(self.alignment(c));
            cell.add_attribute(Attribute::Bold)
        });
        table.set_header(head);
        for row in &self.rows {
            table.add_row(columns.iter().map(|&c| {
                let (text, tone) = &row[c];
                let cell = Cell::new(text).set_alignment(self.alignment(c));
                match tone.color() {
                    Some(color) => cell.fg(color),
                    None => cell,
                }
            }));
        }
        for (place, column) in table.column_iter_mut().enumerate() {
            let last = place + 1 == columns.len();
            column.set_padding((0, if last { 0 } else { GAP }));
        }
        let text = table.to_string();
        text.lines()
            .map(|line| format!("{}\n", line.trim_end()))
            .collect()
    }

    fn alignment(&self, column: usize) -> CellAlignment {
        if self.left.contains(&column) {
            CellAlignment::Left
        } else {
            CellAlignment::Right
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_tables_are_spread_over_blocks_that_repeat_the_first_column() {
        let head = (0..9).map(|c| format!("column {c}")).collect();
        let mut grid = Grid::new(head);
        grid.plain((0..9).map(|c| format!("{c}{c}{c}.0% ±0.{c}")).collect());
        let page = Page {
            width: 60,
            ..Page::piped()
        };
        let text = grid.render(&page);
        assert!(
            text.lines().all(|line| line.chars().count() <= 60),
            "{text}"
        );
        assert_eq!(
            text.matches("column 0").count(),
            text.matches("000.0%").count()
        );
        assert!(text.matches("column 0").count() >= 3, "{text}");
        assert!((0..9).all(|c| text.contains(&format!("{c}{c}{c}.0% ±0.{c}"))));
        assert!(!text.contains('\x1b'));
    }
}
