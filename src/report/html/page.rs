//! What a report consists of.

use super::table::{Cell, Table, Tone};
use crate::report::chart::Picture;
use crate::report::words::Words;
use serde::Serialize;

/// A report.
#[derive(Debug, Clone)]
pub struct Report {
    /// What it is about.
    pub title: String,
    /// What kind of report it is: "simulation", "comparison".
    pub kind: Words,
    /// What it says, in a sentence or two.
    pub lead: Words,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// A section with a heading.
#[derive(Debug, Clone)]
pub struct Section {
    /// Anchor.
    pub id: String,
    /// Heading.
    pub title: Words,
    /// What is in it.
    pub blocks: Vec<Block>,
    /// Whether it is closed until the reader opens it.
    pub folded: bool,
}

/// A part of a section.
#[derive(Debug, Clone)]
pub enum Block {
    /// A paragraph.
    Text(Words),
    /// A heading inside a section.
    Heading(Words),
    /// A remark in small print.
    Note(Words),
    /// A table.
    Table(Table),
    /// Verdicts, one card each.
    Verdicts(Vec<VerdictCard>),
    /// Charts, beside one another where there is room.
    Pictures(Vec<Picture>),
}

/// The verdict on a promise.
#[derive(Debug, Clone, Serialize)]
pub struct VerdictCard {
    /// Met, missed, undecided.
    pub verdict: Words,
    /// Its colour.
    pub tone: Tone,
    /// Name of the promise.
    pub name: String,
    /// What it says.
    pub target: Words,
    /// Figures, each with its name.
    pub figures: Vec<(Words, Cell)>,
}

impl Block {
    /// A table without what is switched off, and a remark that names what was left out.
    #[must_use]
    pub fn sparse(mut table: Table) -> [Self; 2] {
        let names = table.take_idle();
        if names.is_empty() {
            return [Self::Table(table), Self::Note(Words::default())];
        }
        let list = |of: fn(&Words) -> &str| names.iter().map(of).collect::<Vec<_>>().join(", ");
        let note = Words::of(
            format!("Nought or undefined, and left out: {}.", list(|w| &w.en)),
            format!(
                "Null oder nicht bestimmt und weggelassen: {}.",
                list(|w| &w.de)
            ),
        );
        [Self::Table(table), Self::Note(note)]
    }
}

impl Section {
    /// A section without what it turned out to lack: empty pictures and tables are left out.
    #[must_use]
    pub fn new(id: impl Into<String>, title: Words, mut blocks: Vec<Block>) -> Self {
        blocks.retain(|block| match block {
            Block::Text(words) | Block::Note(words) | Block::Heading(words) => {
                *words != Words::default()
            }
            Block::Table(table) => !table.rows.is_empty(),
            Block::Verdicts(cards) => !cards.is_empty(),
            Block::Pictures(pictures) => !pictures.is_empty(),
        });
        Self {
            id: id.into(),
            title,
            blocks,
            folded: false,
        }
    }

    /// Several sections as one that the reader opens, their titles as headings inside.
    #[must_use]
    pub fn fold(id: impl Into<String>, title: Words, parts: Vec<Self>) -> Self {
        let parts = parts.into_iter().filter(|p| !p.blocks.is_empty());
        let blocks =
            parts.flat_map(|part| std::iter::once(Block::Heading(part.title)).chain(part.blocks));
        Self {
            folded: true,
            ..Self::new(id, title, blocks.collect())
        }
    }

    /// Its pictures.
    pub fn pictures(&self) -> impl Iterator<Item = &Picture> {
        let blocks = self.blocks.iter().filter_map(|block| match block {
            Block::Pictures(pictures) => Some(pictures),
            _ => None,
        });
        blocks.flatten()
    }

    /// Its pictures, to be renamed or left out.
    pub fn pictures_mut(&mut self) -> impl Iterator<Item = &mut Vec<Picture>> {
        self.blocks.iter_mut().filter_map(|block| match block {
            Block::Pictures(pictures) => Some(pictures),
            _ => None,
        })
    }
}

impl Report {
    /// A report without empty sections, every picture under a name of its own.
    #[must_use]
    pub fn new(title: String, kind: Words, lead: Words, mut sections: Vec<Section>) -> Self {
        sections.retain(|s| !s.blocks.is_empty());
        let mut taken = std::collections::BTreeSet::new();
        for block in sections.iter_mut().flat_map(|s| &mut s.blocks) {
            let Block::Pictures(pictures) = block else {
                continue;
            };
            for picture in pictures {
                let base = picture.name.clone();
                let mut number = 2;
                while !taken.insert(picture.name.clone()) {
                    picture.name = format!("{base}-{number}");
                    number += 1;
                }
            }
        }
        Self {
            title,
            kind,
            lead,
            sections,
        }
    }

    /// Every picture in order.
    pub fn pictures(&self) -> impl Iterator<Item = &Picture> {
        self.sections.iter().flat_map(Section::pictures)
    }
}
