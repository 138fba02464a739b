//! One HTML file that stands alone: verdicts first, tables, charts, what was assumed, where it came from.
//!
//! The page needs no network and no second file: its style sheet, its script and all charts are inside. It follows the
//! reader's light or dark theme, switches between English and German, and prints. Figures in tables carry the place
//! they stand at in the result's JSON (`data-json`), so that a program can hold one against the other.

mod against;
mod assumptions;
mod compare;
mod escalation;
mod mix;
mod optimize;
mod page;
mod run;
mod sweep;
mod table;

pub use compare::compare;
pub use optimize::optimize;
pub use page::{Block, Report, Section, VerdictCard};
pub use run::run;
pub use sweep::sweep;
pub use table::{Cell, Table, Tone};

use super::chart::declarations;
use super::words::{Language, Words};
use serde::Serialize;

const TEMPLATE: &str = include_str!("report.html");
const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// A picture as the template sees it.
#[derive(Serialize)]
struct PictureView<'a> {
    name: &'a str,
    title: &'a Words,
    about: &'a Words,
    svg: String,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum BlockView<'a> {
    Text { words: &'a Words },
    Heading { words: &'a Words },
    Note { words: &'a Words },
    Table { table: &'a Table },
    Verdicts { verdicts: &'a [VerdictCard] },
    Pictures { pictures: Vec<PictureView<'a>> },
}

impl<'a> BlockView<'a> {
    fn of(block: &'a Block) -> Self {
        match block {
            Block::Text(words) => Self::Text { words },
            Block::Heading(words) => Self::Heading { words },
            Block::Note(words) => Self::Note { words },
            Block::Table(table) => Self::Table { table },
            Block::Verdicts(verdicts) => Self::Verdicts { verdicts },
            Block::Pictures(pictures) => Self::Pictures {
                pictures: pictures
                    .iter()
                    .map(|p| PictureView {
                        name: &p.name,
                        title: &p.title,
                        about: &p.about,
                        svg: p.inline(),
                    })
                    .collect(),
            },
        }
    }
}

#[derive(Serialize)]
struct SectionView<'a> {
    id: &'a str,
    title: &'a Words,
    folded: bool,
    blocks: Vec<BlockView<'a>>,
}

impl<'a> SectionView<'a> {
    fn of(section: &'a Section) -> Self {
        Self {
            id: &section.id,
            title: &section.title,
            folded: section.folded,
            blocks: section.blocks.iter().map(BlockView::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct PageView<'a> {
    title: &'a str,
    kind: &'a Words,
    lead: &'a Words,
    sections: Vec<SectionView<'a>>,
    style: &'a str,
    light: String,
    dark: String,
    script: &'a str,
    version: &'a str,
    language: &'a str,
}

/// The whole text of the file. It opens in `language`, or in the browser's where none is given.
///
/// # Errors
/// None in practice: the template is part of the program and its fields are those of [`Report`].
pub fn render(report: &Report, language: Option<Language>) -> Result<String, minijinja::Error> {
    let mut environment = minijinja::Environment::new();
    // The name's ending switches escaping on.
    environment.add_template("report.html", TEMPLATE)?;
    let page = PageView {
        title: &report.title,
        kind: &report.kind,
        lead: &report.lead,
        sections: report.sections.iter().map(SectionView::of).collect(),
        style: STYLE,
        light: declarations(false),
        dark: declarations(true),
        script: SCRIPT,
        version: env!("CARGO_PKG_VERSION"),
        language: language.map_or("", Language::code),
    };
    environment
        .get_template("report.html")?
        .render(minijinja::value::Serde(page))
}
