//! Colours: one fixed table, safe for colour-blind readers, each with a value on light and on dark paper.
//!
//! The series are Okabe and Ito's (2008, "Color Universal Design"), lifted a little on dark paper; levels run from
//! vermilion over grey to blue, which all common kinds of colour blindness tell apart. plotters draws the light value;
//! a picture inside a report gets the CSS variable of the same row instead, so that one drawing serves both themes.

use plotters::style::RGBColor;

/// What something is painted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// Text and strong lines.
    Ink,
    /// Less important text.
    Soft,
    /// Axes and grids.
    Rule,
    /// The paper.
    Paper,
    /// Nothing that is seen, but that the pointer finds.
    Clear,
    /// One of several series; numbers beyond the table begin anew.
    Series(usize),
    /// From 0 (far too little) over 4 (as promised) to 8 (far more).
    Level(usize),
}

/// A row of the table.
struct Row {
    light: (u8, u8, u8),
    dark: (u8, u8, u8),
    variable: &'static str,
}

const fn row(variable: &'static str, light: (u8, u8, u8), dark: (u8, u8, u8)) -> Row {
    Row {
        light,
        dark,
        variable,
    }
}

const INK: Row = row("--ink", (0x1b, 0x1f, 0x24), (0xe8, 0xea, 0xed));
const SOFT: Row = row("--soft", (0x57, 0x5f, 0x69), (0xa8, 0xaf, 0xb8));
const RULE: Row = row("--rule", (0xd6, 0xda, 0xdf), (0x3c, 0x42, 0x4a));
const PAPER: Row = row("--paper", (0xff, 0xff, 0xff), (0x16, 0x19, 0x1d));
/// Painted white a shade off, and replaced by `transparent`.
const CLEAR: Row = row("transparent", (0xfe, 0xfe, 0xfd), (0xfe, 0xfe, 0xfd));

const SERIES: [Row; 8] = [
    row("--s0", (0x00, 0x72, 0xb2), (0x4d, 0xa3, 0xdb)),
    row("--s1", (0xd5, 0x5e, 0x00), (0xee, 0x84, 0x33)),
    row("--s2", (0x00, 0x9e, 0x73), (0x2f, 0xbd, 0x94)),
    row("--s3", (0xcc, 0x79, 0xa7), (0xdb, 0x95, 0xbd)),
    row("--s4", (0xe6, 0x9f, 0x00), (0xf0, 0xb4, 0x32)),
    row("--s5", (0x56, 0xb4, 0xe9), (0x8c, 0xcd, 0xf2)),
    row("--s6", (0x6b, 0x5b, 0x95), (0xa0, 0x93, 0xc4)),
    row("--s7", (0x8a, 0x91, 0x99), (0x7d, 0x85, 0x8e)),
];

const LEVELS: [Row; 9] = [
    row("--l0", (0xa6, 0x36, 0x03), (0xf5, 0x9a, 0x4f)),
    row("--l1", (0xcf, 0x5a, 0x12), (0xdb, 0x75, 0x2a)),
    row("--l2", (0xee, 0x8f, 0x4f), (0xab, 0x55, 0x1b)),
    row("--l3", (0xf8, 0xc4, 0x9b), (0x70, 0x3e, 0x1c)),
    row("--l4", (0xec, 0xec, 0xea), (0x36, 0x3b, 0x41)),
    row("--l5", (0xbb, 0xd9, 0xec), (0x21, 0x48, 0x63)),
    row("--l6", (0x7d, 0xb8, 0xdd), (0x23, 0x66, 0x94)),
    row("--l7", (0x34, 0x89, 0xc0), (0x35, 0x8d, 0xc8)),
    row("--l8", (0x0a, 0x5a, 0x93), (0x74, 0xbd, 0xf0)),
];

/// Number of the grey series, for what is left out of account.
pub const GREY: usize = 7;
/// Number of levels.
pub const LEVEL_COUNT: usize = LEVELS.len();

impl Paint {
    fn row(self) -> &'static Row {
        match self {
            Self::Ink => &INK,
            Self::Soft => &SOFT,
            Self::Rule => &RULE,
            Self::Paper => &PAPER,
            Self::Clear => &CLEAR,
            Self::Series(n) => &SERIES[n % SERIES.len()],
            Self::Level(n) => &LEVELS[n.min(LEVELS.len() - 1)],
        }
    }

    /// The colour that plotters draws with.
    #[must_use]
    pub fn rgb(self) -> RGBColor {
        let (r, g, b) = self.row().light;
        RGBColor(r, g, b)
    }
}

fn rows() -> impl Iterator<Item = &'static Row> {
    [&INK, &SOFT, &RULE, &PAPER, &CLEAR]
        .into_iter()
        .chain(&SERIES)
        .chain(&LEVELS)
}

fn hex((r, g, b): (u8, u8, u8)) -> String {
    format!("#{r:02X}{g:02X}{b:02X}")
}

/// Puts the table's CSS variables in the place of its colours in one SVG element.
#[must_use]
pub fn with_variables(element: &str) -> String {
    let mut out = element.to_owned();
    for row in rows().filter(|r| element.contains(&hex(r.light))) {
        let name = match row.variable {
            "transparent" => row.variable.to_owned(),
            variable => format!("var({variable})"),
        };
        out = out.replace(&hex(row.light), &name);
    }
    out
}

/// The same for a file of its own: only what is not to be seen is replaced.
#[must_use]
pub fn with_colours(element: &str) -> String {
    element.replace(&hex(CLEAR.light), "transparent")
}

/// The variables' values as CSS declarations, on light or dark paper.
#[must_use]
pub fn declarations(dark: bool) -> String {
    rows()
        .filter(|r| r.variable.starts_with("--"))
        .map(|r| {
            let value = if dark { r.dark } else { r.light };
            format!("{}:{};", r.variable, hex(value))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_stands_for_one_thing() {
        let mut seen: Vec<String> = rows().map(|r| hex(r.light)).collect();
        let all = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), all);
    }

    #[test]
    fn colours_become_variables() {
        let red = hex(SERIES[1].light);
        let element = format!("<rect fill=\"{red}\" stroke=\"none\"/>");
        assert_eq!(
            with_variables(&element),
            "<rect fill=\"var(--s1)\" stroke=\"none\"/>"
        );
        assert!(declarations(true).contains("--ink:#E8EAED;"));
    }

    /// Relative luminance by WCAG 2.1.
    fn luminance((r, g, b): (u8, u8, u8)) -> f64 {
        let part = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }

    fn contrast(a: (u8, u8, u8), b: (u8, u8, u8)) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_and_marks_be_seen_in_both_themes() {
        for text in [&INK, &SOFT] {
            assert!(contrast(text.light, PAPER.light) > 4.5);
            assert!(contrast(text.dark, PAPER.dark) > 4.5);
        }
        for series in &SERIES {
            assert!(
                contrast(series.light, PAPER.light) > 2.0,
                "{}",
                series.variable
            );
            assert!(
                contrast(series.dark, PAPER.dark) > 3.0,
                "{}",
                series.variable
            );
        }
    }
}
