//! `[deflection.*]`: self-service that takes contacts away from people.
//!
//! ```
//! use staffwright::scenario::arrivals;
//! let text = r#"
//! [deflection.portal]
//! when    = { topics = "how-to" }   # all unless stated
//! date    = 2027-02-01              # first day; in force from the start unless stated
//! ramp    = "4 weeks"               # until it takes its full share, rising evenly
//! share   = "20%"                   # of first contacts
//! returns = "30%"                   # of those it took, come to people after all,
//! after   = "2h"                    # after this delay (exponential)
//! harder  = "108%"                  # handle time of what remains, once it takes its full share
//! price   = "EUR 900/month"
//! fee     = "EUR 0.35/contact"      # for each contact it takes
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let stream = scenario.deflections[0].streams[0];
//! let last_day = |means: Vec<f64>| means.iter().rev().take(96).sum::<f64>();
//! let (comes, through) = (arrivals::expected(&scenario, stream), arrivals::forecast(&scenario, stream));
//! assert!((last_day(through) / last_day(comes) - (1.0 - 0.2 + 0.2 * 0.3)).abs() < 1e-9);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Of `N` first contacts, `N (1 - d + d r)` come to people, where `d` is the share at the time of each.

use super::cursor::{Cursor, Item};
use super::horizon;
use super::law::{self, Usual};
use super::names::Names;
use super::selector;
use crate::random::Law;
use crate::scenario::model::{Deflection, Stream};
use crate::time::{Horizon, SECOND, start_of_day};

/// Reads all deflections.
pub fn read_all(
    document: &Cursor<'_>,
    names: &Names,
    streams: &[Stream],
    horizon: &Horizon,
) -> Vec<Deflection> {
    document
        .by_name("deflection")
        .iter()
        .filter_map(|(name, table)| read(name, table, names, streams, horizon))
        .collect()
}

fn read(
    name: &str,
    table: &Cursor<'_>,
    names: &Names,
    streams: &[Stream],
    horizon: &Horizon,
) -> Option<Deflection> {
    let picked = selector::chosen(table, names, streams);
    let share = |key: &str, example: &str| table.need(key, example).and_then(|i| i.share());
    let from = match table.get("date") {
        // Long ago: fully risen.
        None => Some(i64::MIN / 4),
        Some(item) => horizon::date(&item)
            .and_then(|d| start_of_day(d, horizon.zone()))
            .map(|t| t.as_microsecond() - horizon.start().as_microsecond()),
    };
    if let (None, Some(ramp)) = (table.get("date"), table.get("ramp")) {
        ramp.error_at_key(
            "meaningless-key",
            format!("`{}` needs a `date` to rise from", ramp.path),
            "in force since long before the start",
            "write the first day, for example `date = 2027-03-01`",
        );
    }
    let harder = |i: &Item<'_>| {
        i.percent()
            .filter(|f| i.within(*f, 0.2, 5.0, "between 20% and 500%"))
    };
    let returns = share("returns", "\"30%\"");
    let after = |i: &Item<'_>| law::read(i, Usual::Delay);
    Some(Deflection {
        name: name.to_string(),
        streams: picked,
        from: from?,
        ramp: table.get("ramp").map_or(Some(0.0), |i| i.duration())? * SECOND as f64,
        share: share("share", "\"20%\"")?,
        returns: returns?,
        after: if returns == Some(0.0) {
            Law::Deterministic { mean: 0.0 }
        } else {
            table.or_default("after", after)?
        },
        harder: table.get("harder").map_or(Some(1.0), |i| harder(&i))?,
        per_month: table.get("price").map_or(Some(0.0), |i| i.per_month())?,
        per_contact: table
            .get("fee")
            .map_or(Some((0.0, 0)), |i| i.money_per(&["contact"]))?
            .0,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good};
    use crate::scenario::arrivals;

    #[test]
    fn what_comes_through_rises_and_settles() {
        let text = changed(&[(
            "[shift.day]",
            "[deflection.bot]\ndate = 2027-01-18\nramp = \"1 week\"\nshare = \"40%\"\nreturns = \"25%\"\nharder = \"110%\"\n[shift.day]",
        )]);
        let scenario = good(&text);
        let all = arrivals::expected(&scenario, 0);
        let through = arrivals::forecast(&scenario, 0);
        let weeks: Vec<f64> = (0..4)
            .map(|w| {
                let sum = |v: &[f64]| v[w * 672..(w + 1) * 672].iter().sum::<f64>();
                sum(&through) / sum(&all)
            })
            .collect();
        // 1 - d (1 - r): nothing, half of the way up on average over open hours, all.
        assert!((weeks[0] - 1.0).abs() < 1e-12 && (weeks[2] - 0.7).abs() < 1e-12);
        assert!(weeks[1] > 0.8 && weeks[1] < 0.92, "{weeks:?}");
        let harder = arrivals::of_work(&scenario, 0, None).unwrap();
        assert_eq!(harder[0], 1.0);
        assert!((harder[672 * 3] - 1.1).abs() < 1e-12);
    }

    #[test]
    fn a_ramp_needs_a_first_day() {
        let text = changed(&[(
            "[shift.day]",
            "[deflection.bot]\nramp = \"1 week\"\nshare = \"40%\"\nreturns = \"0%\"\n[shift.day]",
        )]);
        assert_eq!(codes(&text), ["meaningless-key"]);
    }
}
