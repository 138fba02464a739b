//! `[vendor.*]`: outsourcing partners and their contracts.

use super::cursor::{Cursor, Item};
use super::workforce;
use crate::scenario::forms;
use crate::scenario::model::{
    Band, BandsPrice, PriceUnit, PromiseEvent, Ramp, Vendor, VendorPromise,
};

const WEEK_S: f64 = 7.0 * 86_400.0;

/// Units a vendor may bill, and how its price may be written for each.
const UNITS: [(&str, PriceUnit, &[&str]); 6] = [
    ("logged-in hour", PriceUnit::LoggedInHour, &["h"]),
    ("scheduled hour", PriceUnit::ScheduledHour, &["h"]),
    ("handled minute", PriceUnit::HandledMinute, &["minute"]),
    ("contact", PriceUnit::Contact, &["contact"]),
    ("resolved contact", PriceUnit::ResolvedContact, &["contact"]),
    ("FTE month", PriceUnit::FteMonth, &["month"]),
];

/// Reads all vendors.
pub fn read_all(document: &Cursor<'_>) -> Vec<Vendor> {
    document
        .named("vendor")
        .iter()
        .map(|(name, table)| read(name, table))
        .collect()
}

fn read(name: &str, table: &Cursor<'_>) -> Vendor {
    let words: Vec<&str> = UNITS.iter().map(|u| u.0).collect();
    let unit = table
        .need("per", "\"logged-in hour\"")
        .and_then(|i| i.word(&words));
    let price = table.need("price", "\"EUR 14/h\"");
    let (_, per, written) = UNITS[unit.unwrap_or(0)];
    // Without a unit there is nothing to hold the price against.
    let price = price
        .filter(|_| unit.is_some())
        .and_then(|i| Some(i.money_per(written)?.0));
    let unlimited = table
        .get("capacity")
        .and_then(|i| i.word(&["heads", "unlimited"]))
        == Some(1);
    if unlimited && unit.is_some_and(|_| counts_people(per)) {
        let item = table.need("per", "\"resolved contact\"");
        if let Some(item) = item {
            item.error(
                "no-people-to-bill",
                format!("`{}` bills people, but `capacity` is unlimited", item.path),
                "automation has no hours and no heads",
                "write `per = \"resolved contact\"`, `\"contact\"` or `\"handled minute\"`",
            );
        }
    }
    if unlimited {
        for key in ["ramp", "training"] {
            super::ramp::meaningless(table, key, "automation has no people");
        }
    }
    let bands = table
        .get("bands")
        .map_or_else(Vec::new, |i| bands(&i, written));
    let bands_price = if bands.is_empty() {
        None
    } else {
        table.or_default("bands_price", |i| i.word(&["units above", "all units"]))
    };
    let (minimum, minimum_units) = table
        .sub("minimum")
        .map_or((None, 0.0), |t| minimum(&t, per));
    Vendor {
        name: name.to_string(),
        price: price.unwrap_or(0.0),
        per,
        bands,
        bands_price: match bands_price {
            Some(1) => BandsPrice::AllUnits,
            _ => BandsPrice::UnitsAbove,
        },
        minimum,
        minimum_units,
        setup: table.get("setup").and_then(|i| i.money()).unwrap_or(0.0),
        training: table.sub("training").and_then(|t| training(&t)),
        ramp: table.sub("ramp").and_then(|t| ramp(&t)),
        forecast: table.sub("forecast").and_then(|t| forecast(&t)),
        promise: table.sub("promise").and_then(|t| promise(&t)),
        unlimited,
        manage_per_month: table
            .get("manage")
            .and_then(|i| i.per_month())
            .unwrap_or(0.0),
    }
}

/// Whether a unit is time of people rather than work done.
fn counts_people(per: PriceUnit) -> bool {
    matches!(
        per,
        PriceUnit::LoggedInHour | PriceUnit::ScheduledHour | PriceUnit::FteMonth
    )
}

/// `minimum = { seats = 20, hours = "40h/week" }` where people's time is billed, `{ units = 2_000 }` for every unit.
fn minimum(table: &Cursor<'_>, per: PriceUnit) -> (Option<(f64, f64)>, f64) {
    let units = table.get("units");
    let seats = table.get("seats").or_else(|| table.get("hours"));
    if let (Some(item), false) = (&seats, counts_people(per)) {
        item.error_at_key(
            "minimum-unit",
            format!(
                "`{}` is time of people, but `per` bills work done",
                item.path
            ),
            "seats and hours do not say how many units",
            "write the least units a month: `minimum = { units = 2_000 }`",
        );
        return (None, 0.0);
    }
    if let (Some(item), Some(_)) = (&units, &seats) {
        item.error_at_key(
            "minimum-unit",
            format!("`{}` is stated beside seats and hours", item.path),
            "two minimums",
            "state either seats and hours or units",
        );
        return (None, 0.0);
    }
    if let Some(item) = units {
        return (None, item.number().unwrap_or(0.0));
    }
    let seats = table.need("seats", "20").and_then(|i| i.count());
    let hours = table
        .need("hours", "\"40h/week\"")
        .and_then(|i| i.form("hours per week", "\"40h/week\"", forms::hours_per_week));
    (seats.zip(hours).map(|(s, h)| (f64::from(s), h)), 0.0)
}

/// `bands = [{ above = 8_000, price = "EUR 13/h" }]`, ascending.
fn bands(item: &Item<'_>, written: &[&str]) -> Vec<Band> {
    let mut out: Vec<Band> = Vec::new();
    for entry in item.list() {
        let Some(table) = entry.table() else { continue };
        let above = table.need("above", "8_000").and_then(|i| i.number());
        let price = table
            .need("price", "\"EUR 13/h\"")
            .and_then(|i| i.money_per(written));
        let (Some(above), Some((price, _))) = (above, price) else {
            continue;
        };
        if out.last().is_some_and(|last| above <= last.above) {
            entry.error(
                "bands-not-ascending",
                format!(
                    "`{}`: this band does not begin above the one before it",
                    item.path
                ),
                "not above the last",
                "order the bands by `above`, each once",
            );
        }
        out.push(Band { above, price });
    }
    out
}

/// `promise = { target = "80% within 30s", pays = "10%" }`.
fn promise(table: &Cursor<'_>) -> Option<VendorPromise> {
    let item = table.need("target", "\"80% within 30s\"")?;
    let target = item.form("a promise", "\"80% within 30s\"", forms::target);
    let pays = table.need("pays", "\"10%\"").and_then(|i| i.share());
    let target = target?;
    if !target.of.is_empty() || target.event != PromiseEvent::Answer || target.business_hours {
        item.error(
            "vendor-promise",
            format!(
                "`{}` is about the contacts the vendor answers, from arrival to answer",
                item.path
            ),
            "more than a share and a limit",
            "write for example `\"80% within 30s\"`",
        );
        return None;
    }
    Some(VendorPromise {
        share: target.share,
        within_s: target.within_s,
        pays: pays?,
    })
}

fn training(table: &Cursor<'_>) -> Option<(f64, f64)> {
    let length = table
        .need("length", "\"4 weeks\"")
        .and_then(|i| i.duration());
    let price = table
        .need("price", "\"EUR 10/h\"")
        .and_then(|i| i.money_per(&["h"]));
    Some((length? / WEEK_S, price?.0))
}

fn ramp(table: &Cursor<'_>) -> Option<Ramp> {
    let up = table
        .need("up", "\"6 heads/week\"")
        .and_then(|i| workforce::per_week(&i));
    let down = table
        .need("down", "\"4 heads/month\"")
        .and_then(|i| workforce::per_week(&i));
    let notice = table.get("notice").map_or(Some(0.0), |i| i.duration());
    Some(Ramp {
        up_per_week: up?,
        down_per_week: down?,
        notice_days: notice? / 86_400.0,
    })
}

fn forecast(table: &Cursor<'_>) -> Option<(f64, f64)> {
    let lock = table.need("lock", "\"6 weeks\"").and_then(|i| i.duration());
    let band = table.need("band", "\"10%\"").and_then(|i| i.percent());
    Some((lock? / WEEK_S, band?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, read};
    use crate::scenario::model::PriceUnit;

    const BPO: (&str, &str) = (
        "[shift.day]",
        "[vendor.bpo]\nprice = \"EUR 14/h\"\nper = \"logged-in hour\"\nminimum = { seats = 20, hours = \"40h/week\" }\nsetup = \"EUR 45_000\"\nramp = { up = \"6 heads/week\", down = \"4 heads/month\", notice = \"90 days\" }\ntraining = { length = \"4 weeks\", price = \"EUR 10/h\" }\nforecast = { lock = \"6 weeks\", band = \"10%\" }\nmanage = \"EUR 6_500/month\"\n[team.far]\nvendor = \"bpo\"\nheads = 0\nshifts = [\"day\"]\n[shift.day]",
    );

    #[test]
    fn a_contract_is_read_in_base_units() {
        let (scenario, items) = read(&changed(&[BPO]));
        // Without people and without a lever the team can never work.
        assert_eq!(
            items.iter().map(|d| d.code).collect::<Vec<_>>(),
            ["never-staffed"]
        );
        let vendor = &scenario.vendors[0];
        assert_eq!((vendor.price, vendor.per), (14.0, PriceUnit::LoggedInHour));
        assert_eq!(vendor.minimum, Some((20.0, 40.0)));
        assert_eq!(vendor.training, Some((4.0, 10.0)));
        assert_eq!(vendor.forecast, Some((6.0, 0.1)));
        let ramp = vendor.ramp.unwrap();
        assert_eq!((ramp.up_per_week, ramp.notice_days), (6.0, 90.0));
        assert!((ramp.down_per_week - 4.0 * 12.0 / 52.1775).abs() < 1e-12);
        assert_eq!(vendor.manage_per_month, 6_500.0);
        assert_eq!(scenario.teams[0].vendor, Some(0));
    }

    #[test]
    fn price_and_unit_must_agree() {
        let text = changed(&[BPO]).replace("per = \"logged-in hour\"", "per = \"handled minute\"");
        assert_eq!(codes(&text)[0], "wrong-unit");
    }
}
