//! Bounds of `[decide] keep` as the proof found them: what is bounded, the value, kept or not.

use super::figure;
use super::grid::Grid;
use super::number::{UNDEFINED, plain};
use super::page::{Page, Tone};
use super::words::Words;
use crate::measure::Unit;
use crate::optimize::{Kept, Plan};
use crate::scenario::forms::{Bound, keep};

/// A bound as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The bound itself and on which side of it a value has to lie: `at most 50.0%`.
    pub limit: Words,
    /// Unit of value and bound.
    pub unit: Unit,
}

/// Reads what a bound is a bound on; a text that is none is a count without a limit.
#[must_use]
pub fn shown(kept: &Kept, currency: &str) -> Shown {
    let side = |unit, words: Words, value| {
        let limit = words.then(&figure::plain(unit, value, currency));
        (unit, limit)
    };
    let most = |unit, value| side(unit, Words::of("at most ", "höchstens "), value);
    let least = |unit, value| side(unit, Words::of("at least ", "mindestens "), value);
    // A bound on each vendor is told vendor by vendor, with its name behind it.
    let written = kept
        .text
        .split_once(" (")
        .map_or(kept.text.as_str(), |t| t.0);
    let (unit, limit) = match keep(written) {
        Ok(
            Bound::VendorShare { at_most, .. }
            | Bound::EachVendorShare { at_most }
            | Bound::Occupancy { at_most, .. },
        ) => most(Unit::Share, at_most),
        Ok(Bound::Cost { at_most, .. }) => most(Unit::Money, at_most),
        Ok(Bound::Resolved { at_least }) => least(Unit::Share, at_least),
        Ok(Bound::AtWork { at_least, .. }) => least(Unit::Count, f64::from(at_least)),
        Err(_) => (Unit::Count, Words::same(UNDEFINED)),
    };
    Shown { limit, unit }
}

/// What moves where the scenario does not say it.
#[must_use]
pub fn freely() -> Words {
    Words::of(
        "Nothing stands under [decide]: heads of in-house teams move freely, vendors and shares stay as they are.",
        "Unter [decide] steht nichts: Köpfe eigener Teams sind frei, Dienstleister und Anteile bleiben, wie sie sind.",
    )
}

/// The bounds of a plan as a table; nothing where it has none.
#[must_use]
pub fn text(plan: &Plan, page: &Page) -> String {
    if plan.keep.is_empty() {
        return String::new();
    }
    let titles = ["bound", "value", "at worst", "asked for", ""].map(str::to_owned);
    let mut grid = Grid::new(titles.to_vec()).words(4);
    for kept in &plan.keep {
        let Shown { limit, unit } = shown(kept, &plan.currency);
        let figure = |value: Option<f64>| {
            let shown = value.map(|v| plain(unit, v, &plan.currency));
            shown.unwrap_or_else(|| UNDEFINED.to_owned())
        };
        let (word, tone) = verdict(kept);
        grid.row(vec![
            (kept.text.clone(), Tone::Plain),
            (figure(kept.value), Tone::Plain),
            (figure(kept.judged), Tone::Plain),
            (limit.en, Tone::Plain),
            (word.to_owned(), tone),
        ]);
    }
    grid.render(page)
}

fn verdict(kept: &Kept) -> (&'static str, Tone) {
    if kept.met {
        ("kept", Tone::Good)
    } else {
        ("broken", Tone::Bad)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bound_has_its_unit_and_its_side() {
        for (text, unit, limit) in [
            (
                "vendor share of contacts at most 50%",
                Unit::Share,
                "at most 50.0%",
            ),
            (
                "share of contacts of each vendor at most 40% (bpo)",
                Unit::Share,
                "at most 40.0%",
            ),
            (
                "monthly occupancy of berlin at most 86%",
                Unit::Share,
                "at most 86.0%",
            ),
            (
                "cost at most EUR 200_000/month",
                Unit::Money,
                "at most EUR 200,000",
            ),
            ("resolved at least 75%", Unit::Share, "at least 75.0%"),
            ("never alone in berlin", Unit::Count, "at least 2"),
        ] {
            let kept = Kept {
                text: text.to_owned(),
                value: None,
                judged: None,
                met: true,
                money: false,
            };
            let shown = shown(&kept, "EUR");
            assert_eq!((shown.limit.en.as_str(), shown.unit), (limit, unit));
        }
    }
}
