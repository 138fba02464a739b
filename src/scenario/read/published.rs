//! `published` of a team: a roster that people know already, and the price of changing it.

use super::cursor::Cursor;
use super::roster;
use super::team::Company;
use crate::scenario::model::{Published, RosterSource};
use jiff::tz::TimeZone;

/// Reads the published roster of a team that may work `shifts`.
pub fn read(
    table: &Cursor<'_>,
    shifts: &[usize],
    clock: &TimeZone,
    company: &Company<'_>,
) -> Option<Published> {
    let own = table.sub("published")?;
    let price = own
        .need("price", "\"EUR 15/shift\"")
        .and_then(|i| i.money_per(&["shift"]));
    let file = own.need("roster", "\"published.csv\"")?;
    if file.as_text().is_some_and(|text| !text.contains('.')) {
        return file.wrong_kind("the name of a CSV file", "\"published.csv\"");
    }
    let rows = match roster::read(&file, shifts, clock, company) {
        RosterSource::Duties(rows) => rows,
        RosterSource::None => return None,
        _ => {
            file.error(
                "published-without-shifts",
                format!("`{}` does not say who works which shift", file.path),
                "agents and times, but no shifts",
                "use a file with the columns `day, shift, heads`, and `week` where weeks differ",
            );
            return None;
        }
    };
    Some(Published {
        rows,
        price: price?.0,
    })
}
