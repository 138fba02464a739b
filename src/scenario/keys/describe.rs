//! The language in words: what a key takes, whether it must be written, and what is taken otherwise.

use super::{Key, Kind, Need, key_in, kind_at, known_at, table};
use crate::scenario::path::Path;
use std::fmt::Write;

/// What the language says about a dotted path such as `channel.phone.patience`; names may be any, also `NAME`.
/// `None` where no key can be.
///
/// ```
/// let text = staffwright::scenario::keys::describe("channel.NAME.redial.share").unwrap();
/// assert!(text.contains("default 35%, range 31% to 46%") && text.contains("a share like \"80%\""));
/// ```
#[must_use]
pub fn describe(path: &str) -> Option<String> {
    let mut parent = Path::parse(path).ok()?;
    let whole = parent.clone();
    let last = parent.0.pop()?;
    let kind = kind_at(&whole)?;
    let key = kind_at(&parent).and_then(|at| key_in(at, &last));
    let mut out = match key {
        Some(key) => format!("{whole}: {}\n  {}\n", key.doc, need(key)),
        None => format!("{whole}\n"),
    };
    // Writing to a string cannot fail.
    let _ = writeln!(out, "  takes {}", takes(kind));
    let inner = known_at(&whole);
    if !inner.is_empty() {
        let _ = writeln!(out, "  keys: {}", inner.join(", "));
    }
    Some(out)
}

fn need(key: &Key) -> String {
    match key.need {
        Need::Required => "must be written".to_string(),
        Need::Optional => "may be left out".to_string(),
        Need::Default(default) => {
            let range = default
                .range
                .map_or_else(String::new, |range| format!(", range {range}"));
            format!("default {}{range} ({})", default.value, default.source)
        }
    }
}

/// What a value of this kind is, with an example.
fn takes(kind: Kind) -> String {
    let all = |kinds: &[Kind]| {
        let words: Vec<String> = kinds.iter().map(|k| takes(*k)).collect();
        words.join(", or ")
    };
    match kind {
        Kind::Text => "text".into(),
        Kind::Count => "a whole number like 60".into(),
        Kind::Number => "a number like 1.8".into(),
        Kind::Flag => "true or false".into(),
        Kind::Date => "a date like 2027-01-11".into(),
        Kind::Duration => "a duration like \"5m30s\"".into(),
        Kind::Length => "a length like \"12 weeks\"".into(),
        Kind::Share => "a share like \"80%\"".into(),
        Kind::Percent => "a percentage like \"112%\"".into(),
        Kind::Points => "a difference like \"-4 points\"".into(),
        Kind::Change => "a change like \"+180%\"".into(),
        Kind::Growth => "growth like \"3%/month\" or \"-10%/year\"".into(),
        Kind::TimesPer => "a rate like \"0.4/month\"".into(),
        Kind::Money([]) => "an amount like \"EUR 45_000\"".into(),
        Kind::Money(units) => format!("an amount like \"EUR 14/h\", per {}", units.join(" or ")),
        Kind::HoursPerWeek => "hours like \"40h/week\"".into(),
        Kind::HeadsPer => "heads like \"6 heads/week\"".into(),
        Kind::WeekHours => "hours like \"Mon-Fri 08:00-20:00, Sat 09:00-17:00\"".into(),
        Kind::TimeOfDay => "a time like \"07:30\"".into(),
        Kind::Weekdays => "days like \"Mon-Fri\"".into(),
        Kind::Zone => "a time zone like \"Europe/Berlin\"".into(),
        Kind::Holidays => "a calendar like \"DE-BE\", or \"none\"".into(),
        Kind::Target => "a promise like \"80% of phone within 20s\"".into(),
        Kind::Population => "words like \"offered less abandoned within 5s\"".into(),
        Kind::Hold => "words like \"90% of weeks\"".into(),
        Kind::Bound => "a bound like \"vendor share of contacts at most 50%\"".into(),
        Kind::File => "the path of a file, relative to this one".into(),
        Kind::Word(words) => format!("\"{}\"", words.join("\", \"")),
        Kind::Name(of) => format!("the name of a {of}"),
        Kind::List(inner) => format!("a list, each {}", takes(*inner)),
        Kind::By(names, inner) => format!("a table by {names}, each {}", takes(*inner)),
        Kind::Table(name) => format!("a table: {}", table(name).doc),
        Kind::Either(kinds) => all(kinds),
    }
}
