//! `[language.*]` and the zones of the customers.

use super::cursor::{Cursor, Item};
use super::demand::TopicTable;
use super::horizon;
use super::names::Names;
use crate::scenario::model::Language;
use jiff::tz::TimeZone;

/// The languages and the zone each one's customers live in.
pub struct Speakers {
    languages: Vec<Language>,
}

impl Speakers {
    /// Reads the zones: `[language.en] zone`, else `[demand] zone`, else the scenario's own zone.
    pub fn read(document: &Cursor<'_>, names: &Names, own: &TimeZone) -> Speakers {
        let written = document.sub("demand").and_then(|d| d.get("zone"));
        if let Some(table) = written.as_ref().and_then(|z| z.as_table()) {
            for (key, item) in table.items() {
                names.languages.resolve_name(key, &item);
            }
        }
        let languages = names.languages.names.iter().map(|(name, _)| {
            let table = document.sub("language").and_then(|l| l.sub(name));
            let stated = table
                .and_then(|t| t.get("zone"))
                .or_else(|| by_language(written.as_ref()?, name));
            let zone = match stated {
                Some(item) => horizon::zone(&item),
                None => {
                    let path = format!("demand.zone.{name}");
                    let source =
                        "the zone of the scenario, where nothing is said of the customers'";
                    document.notes.assume_value(
                        &path,
                        own.iana_name().unwrap_or("UTC"),
                        None,
                        source,
                    );
                    None
                }
            };
            Language {
                name: name.clone(),
                zone: zone.unwrap_or_else(|| own.clone()),
            }
        });
        Speakers {
            languages: languages.collect(),
        }
    }

    /// Zone of the customers of a topic who speak a language.
    pub fn zone(&self, topic: &TopicTable<'_>, language: usize) -> TimeZone {
        let language = &self.languages[language];
        let own = topic
            .own
            .get("zone")
            .and_then(|z| by_language(&z, &language.name))
            .and_then(|i| horizon::zone(&i));
        own.unwrap_or_else(|| language.zone.clone())
    }

    /// The languages for the scenario.
    pub fn into_languages(self) -> Vec<Language> {
        self.languages
    }
}

/// A zone written once for all, or by language.
fn by_language<'a>(item: &Item<'a>, language: &str) -> Option<Item<'a>> {
    match item.as_table() {
        Some(table) => table.get(language),
        None => Some(item.clone()),
    }
}
