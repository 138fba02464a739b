//! Rosters that people know already.
//!
//! `[team.*] published = { roster = "july.csv", price = "EUR 15/shift" }`: a roster of duties (columns week, day, shift,
//! heads, and start, length, contract where needed) and money for every shift of it that `optimize` moves within its day,
//! adds or drops. Neither has a default.
//!
//! ```
//! # let folder = tempfile::tempdir()?;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! std::fs::write(folder.path().join("july.csv"), "day,shift,heads\nMon,day,2\nTue,day,3\n")?;
//! let text = "[team.founders]\npublished = { roster = \"july.csv\", price = \"EUR 15/shift\" }\n";
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let published = scenario.teams.iter().find_map(|t| t.published.as_ref()).ok_or("nothing")?;
//! assert_eq!((published.rows.len(), published.price), (2, 15.0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::DutyRow;

/// A roster that people know already.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// Its duties.
    pub rows: Vec<DutyRow>,
    /// Money for a shift that is moved, added or dropped.
    pub price: f64,
}
