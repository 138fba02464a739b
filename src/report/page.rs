//! What is printed on: how wide it is and whether it shows colours.

use comfy_table::Color;

/// A page to print on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Columns.
    pub width: usize,
    /// Whether colours show.
    pub color: bool,
    /// Whether to say everything.
    pub verbose: bool,
}

/// What a colour means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Nothing: no colour.
    Plain,
    /// As promised, or the best.
    Good,
    /// Not as promised.
    Bad,
    /// Not decided.
    Doubt,
    /// Less important.
    Faint,
    /// A heading.
    Strong,
}

impl Tone {
    /// The colour of a table's cell.
    #[must_use]
    pub fn color(self) -> Option<Color> {
        match self {
            Self::Plain | Self::Strong => None,
            Self::Good => Some(Color::Green),
            Self::Bad => Some(Color::Red),
            Self::Doubt => Some(Color::Yellow),
            Self::Faint => Some(Color::DarkGrey),
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Good => "\x1b[32m",
            Self::Bad => "\x1b[31m",
            Self::Doubt => "\x1b[33m",
            Self::Faint => "\x1b[90m",
            Self::Strong => "\x1b[1m",
        }
    }
}

impl Page {
    /// A page without a terminal behind it.
    #[must_use]
    pub fn piped() -> Self {
        Self {
            width: 100,
            color: false,
            verbose: false,
        }
    }

    /// Text in a tone.
    #[must_use]
    pub fn paint(&self, tone: Tone, text: &str) -> String {
        if self.color && tone != Tone::Plain {
            format!("{}{text}\x1b[0m", tone.code())
        } else {
            text.to_owned()
        }
    }

    /// Says how many lines of a list are left out; nothing where all are shown.
    #[must_use]
    pub fn and_more(&self, left_out: usize) -> String {
        if left_out == 0 {
            return String::new();
        }
        self.wrap(&format!("and {left_out} more, all with --verbose"), 2)
    }

    /// A text broken into lines that fit, each after `indent` spaces.
    #[must_use]
    pub fn wrap(&self, text: &str, indent: usize) -> String {
        let room = self.width.saturating_sub(indent).max(20);
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            let used = line.chars().count();
            if used > 0 && used + 1 + word.chars().count() > room {
                lines.push(std::mem::take(&mut line));
            } else if used > 0 {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
        let pad = " ".repeat(indent);
        lines.iter().map(|line| format!("{pad}{line}\n")).collect()
    }
}
