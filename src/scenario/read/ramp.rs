//! `ramp` of a team: heads that change inside the horizon, within what the vendor's contract allows.

use super::cursor::Cursor;
use crate::scenario::model::{Heads, RosterSource, TeamRamp, Vendor};

const DAY_S: f64 = 86_400.0;
const WEEK_S: f64 = 7.0 * DAY_S;

/// Notes a key that speaks of something that does not exist here.
pub fn meaningless(table: &Cursor<'_>, key: &str, why: &str) {
    if let Some(item) = table.get(key) {
        item.error_at_key(
            "meaningless-key",
            format!("`{}` means nothing here: {why}", item.path),
            "would be ignored",
            "remove it",
        );
    }
}

/// `ramp = { from = 20, begins = "3 months", over = "6 weeks" }`.
///
/// Heads go from `from` to what `heads` says, one after the other at an even pace. A vendor's contract bounds the pace
/// (`ramp.up`, `ramp.down`), asks for notice before heads go, and for its forecast's lock before any change; notice is
/// given at the scenario's start at the earliest.
pub fn read(
    table: &Cursor<'_>,
    heads: &[Heads],
    roster: &RosterSource,
    vendor: Option<&Vendor>,
) -> Option<TeamRamp> {
    let own = table.sub("ramp")?;
    if !matches!(roster, RosterSource::Fit | RosterSource::Even) {
        meaningless(table, "ramp", "the roster says who works when");
        return None;
    }
    let from = own.need("from", "20").and_then(|i| i.count());
    let begins = own.get("begins").map_or(Some(0.0), |i| i.duration());
    let over = own.get("over").map(|i| i.duration());
    let (from, begins_s) = (from?, begins?);
    let to: u32 = heads.iter().map(|h| h.count).sum();
    let change = f64::from(from.abs_diff(to));
    let limits = vendor.and_then(|v| v.ramp);
    let (per_week, way) = if to > from {
        (limits.map(|l| l.up_per_week), "up")
    } else {
        (limits.map(|l| l.down_per_week), "down")
    };
    let least_s = per_week.map_or(0.0, |rate| change / rate.max(1e-9) * WEEK_S);
    let over_s = match over {
        Some(over) => over?,
        None => least_s,
    };
    if over_s < least_s - 1.0 {
        own.get("over")?.error(
            "ramp-too-fast",
            format!(
                "`{}` changes {change} heads faster than the vendor's `ramp.{way}` allows",
                own.path
            ),
            "too short",
            format!(
                "take at least {} weeks, or leave `over` out",
                (least_s / WEEK_S * 10.0).ceil() / 10.0
            ),
        );
    }
    let notice_s = match limits {
        Some(limits) if to < from => limits.notice_days * DAY_S,
        _ => 0.0,
    };
    let lock_s = vendor
        .and_then(|v| v.forecast)
        .map_or(0.0, |(weeks, _)| weeks * WEEK_S);
    let sooner = |wanted: f64| change > 0.0 && begins_s < wanted - 1.0;
    if sooner(notice_s) {
        refuse(&own, "its notice before heads go down", notice_s);
    } else if sooner(lock_s) {
        refuse(&own, "the lock of its forecast before heads change", lock_s);
    }
    Some(TeamRamp {
        from,
        begins_s,
        over_s,
        training_s: vendor
            .and_then(|v| v.training)
            .map_or(0.0, |(weeks, _)| weeks * WEEK_S),
    })
}

fn refuse(ramp: &Cursor<'_>, what: &str, least_s: f64) {
    let days = (least_s / DAY_S).ceil();
    ramp.notes.error(
        "ramp-before-notice",
        ramp.key_span("begins"),
        format!(
            "`{}` begins sooner than the vendor's contract allows: {what}",
            ramp.path
        ),
        "too soon",
        format!(
            "write `begins = \"{days} days\"` or later; notice is given at the scenario's start"
        ),
    );
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good};

    fn text(ramp: &str, heads: u32) -> String {
        let vendor = format!(
            "[vendor.bpo]\nprice = \"EUR 14/h\"\nper = \"logged-in hour\"\nramp = {{ up = \"6 heads/week\", down = \"4 heads/week\", notice = \"90 days\" }}\nforecast = {{ lock = \"2 weeks\", band = \"10%\" }}\n[team.far]\nvendor = \"bpo\"\nheads = {heads}\nshifts = [\"day\"]\nramp = {ramp}\n[shift.day]"
        );
        changed(&[("[shift.day]", &vendor)])
    }

    #[test]
    fn the_pace_is_the_contracts_where_none_is_stated() {
        let scenario = good(&text("{ from = 6, begins = \"3 weeks\" }", 24));
        let ramp = scenario.teams[0].ramp.unwrap();
        assert_eq!((ramp.from, ramp.over_s), (6, 3.0 * 7.0 * 86_400.0));
    }

    #[test]
    fn faster_than_the_contract_or_sooner_than_its_notice_is_refused() {
        assert_eq!(
            codes(&text(
                "{ from = 6, begins = \"3 weeks\", over = \"2 weeks\" }",
                24
            )),
            ["ramp-too-fast"]
        );
        assert_eq!(
            codes(&text("{ from = 6, begins = \"1 week\" }", 24)),
            ["ramp-before-notice"]
        );
        assert_eq!(
            codes(&text("{ from = 26, begins = \"30 days\" }", 24)),
            ["ramp-before-notice"]
        );
        assert!(
            good(&text("{ from = 26, begins = \"90 days\" }", 24)).teams[0]
                .ramp
                .is_some()
        );
    }
}
