//! A difference in plain words.

use super::number;
use crate::experiment::{COST_PER_RESOLVED, Difference};

/// What the better option does in one figure: `{option} {verb} {size} {rest} than {other}`.
struct Phrase {
    metric: &'static str,
    verb: &'static str,
    rest: &'static str,
}

const fn phrase(metric: &'static str, verb: &'static str, rest: &'static str) -> Phrase {
    Phrase { metric, verb, rest }
}

const PHRASES: [Phrase; 14] = [
    phrase("cost_per_resolved", "costs", "less per resolved contact"),
    phrase("cost", "costs", "less in all"),
    phrase("service_level", "answers", "more within its promises"),
    phrase("abandoned_share", "loses", "fewer to abandonment"),
    phrase("delayed_share", "lets", "fewer wait at all"),
    phrase("mean_wait_s", "lets customers wait", "less"),
    phrase("asa_s", "answers", "sooner"),
    phrase("first_reply_s", "replies", "sooner"),
    phrase("resolution_s", "resolves", "sooner"),
    phrase("handle_time_s", "spends", "less on a piece of work"),
    phrase("fcr", "resolves", "more at the first contact"),
    phrase("repeat_share", "sees", "fewer come back"),
    phrase("escalated_share", "escalates", "fewer"),
    phrase("satisfaction", "scores", "more in satisfaction"),
];

/// A difference as a sentence, the better option first; with what it costs, where `cost` says so.
///
/// For example: "enterprise answers 11.2 points more within its promises than startup, at EUR 0.84 more per resolved
/// contact; the difference is real".
#[must_use]
pub fn sentence(difference: &Difference, cost: Option<&Difference>, currency: &str) -> String {
    let Some(better) = &difference.better else {
        return match difference.value {
            0.0 => format!(
                "{} and {} do not differ in {}",
                difference.a, difference.b, difference.title
            ),
            _ => format!(
                "{} in {} is {} {} than in {}; {}",
                difference.title,
                difference.a,
                number::difference(difference.unit, difference.value, currency),
                if difference.value > 0.0 {
                    "higher"
                } else {
                    "lower"
                },
                difference.b,
                standing(difference)
            ),
        };
    };
    let other = if *better == difference.a {
        &difference.b
    } else {
        &difference.a
    };
    let size = number::difference(difference.unit, difference.value, currency);
    let said = match PHRASES.iter().find(|p| p.metric == difference.metric) {
        Some(p) => format!("{better} {} {size} {} than {other}", p.verb, p.rest),
        None => other_phrase(difference, better, other, &size),
    };
    let price = cost.and_then(|c| price(difference, c, better, currency));
    format!(
        "{said}{}; {}",
        price.unwrap_or_default(),
        standing(difference)
    )
}

fn other_phrase(difference: &Difference, better: &str, other: &str, size: &str) -> String {
    if let Some(promise) = difference.metric.strip_prefix("promise.") {
        return match promise.strip_suffix(".met") {
            Some(promise) => format!(
                "{better} keeps promise `{promise}` in {size} more of its periods than {other}"
            ),
            None => format!("{better} keeps promise `{promise}` for {size} more than {other}"),
        };
    }
    let more = (difference.value > 0.0) == (*better == difference.a);
    let title = &difference.title;
    format!(
        "{better} has {size} {} {title} than {other}",
        if more { "more" } else { "less" }
    )
}

/// What being better costs per resolved contact.
fn price(
    difference: &Difference,
    cost: &Difference,
    better: &str,
    currency: &str,
) -> Option<String> {
    let same = cost.a == difference.a && cost.b == difference.b;
    if !same || cost.metric != COST_PER_RESOLVED || difference.metric.starts_with("cost") {
        return None;
    }
    let dearer = (cost.value > 0.0) == (better == cost.a);
    let size = number::difference(cost.unit, cost.value, currency);
    let word = if dearer { "more" } else { "less" };
    Some(format!(", at {size} {word} per resolved contact"))
}

fn standing(difference: &Difference) -> &'static str {
    match (difference.real, difference.matters) {
        (true, true) => "the difference is real",
        (true, false) => "the difference is real but too small to matter",
        (false, _) => "the difference may be chance",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Unit;

    fn difference(metric: &str, unit: Unit, value: f64, better: Option<&str>) -> Difference {
        Difference {
            metric: metric.into(),
            title: metric.replace('_', " "),
            unit,
            a: "startup".into(),
            b: "enterprise".into(),
            value,
            low: value - 0.1,
            high: value + 0.1,
            real: true,
            matters: true,
            better: better.map(str::to_owned),
        }
    }

    #[test]
    fn the_better_option_comes_first_with_its_price() {
        let level = difference("service_level", Unit::Share, -0.112, Some("enterprise"));
        let cost = difference("cost_per_resolved", Unit::Money, -0.84, Some("startup"));
        assert_eq!(
            sentence(&level, Some(&cost), "EUR"),
            "enterprise answers 11.2 points more within its promises than startup, at EUR 0.84 more per resolved \
             contact; the difference is real"
        );
        assert_eq!(
            sentence(&cost, Some(&cost), "EUR"),
            "startup costs EUR 0.84 less per resolved contact than enterprise; the difference is real"
        );
    }

    #[test]
    fn figures_without_a_phrase_of_their_own_are_named() {
        let wait = difference("wait_p90_s", Unit::Seconds, 12.0, Some("enterprise"));
        assert_eq!(
            sentence(&wait, None, "EUR"),
            "enterprise has 12.0 s less wait p90 s than startup; the difference is real"
        );
        let met = difference("promise.phone.met", Unit::Share, 0.05, Some("startup"));
        assert!(
            sentence(&met, None, "EUR")
                .starts_with("startup keeps promise `phone` in 5.0 points more")
        );
        let occupancy = Difference {
            real: false,
            ..difference("occupancy", Unit::Share, 0.05, None)
        };
        assert_eq!(
            sentence(&occupancy, None, "EUR"),
            "occupancy in startup is 5.0 points higher than in enterprise; the difference may be chance"
        );
    }
}
