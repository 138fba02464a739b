//! What a plan assumes beyond what the simulation assumes: how sure its demand is, and the rate that stands for patience.
//!
//! Formulas know patience by one rate alone ([`effective_abandonment_rate`]): where it is no exponential law, the average
//! hazard over twice the promise's limit stands for it (Zeltyn & Mandelbaum 2005), and the simulation, which plays the law as
//! written, corrects what that misses.

use super::outlook::{level, percent};
use crate::queueing::effective_abandonment_rate;
use crate::random::Law;
use crate::scenario::model::{Assumption, PromiseEvent, Scenario};

/// What a plan for a scenario assumes, once each.
#[must_use]
pub fn assumed(scenario: &Scenario) -> Vec<Assumption> {
    let mut out = vec![demand(scenario)];
    for one in scenario.promises.iter().flat_map(|p| patience(scenario, p)) {
        if !out.contains(&one) {
            out.push(one);
        }
    }
    out
}

/// With which chance the promises hold over the forecast's error.
fn demand(scenario: &Scenario) -> Assumption {
    let outlook = &scenario.decide.outlook;
    let share = |s: f64| format!("{}%", (1000.0 * s).round() / 10.0);
    let (path, value, source) = match (outlook.meet, outlook.error > 0.0) {
        (Some(meet), true) => (
            "decide.demand.meet",
            format!(
                "the promises hold with a chance of {} over a forecast error of {}: planned and proved at {} of the forecast",
                share(meet),
                share(outlook.error),
                percent(level(outlook))
            ),
            "quantile of a gamma law of mean 1",
        ),
        (None, true) => (
            "decide.demand.meet",
            format!(
                "none: planned for the forecast itself, which an error of {} exceeds about every second time",
                share(outlook.error)
            ),
            "not stated",
        ),
        (_, false) => (
            "decide.demand.error",
            "0%: the forecast is right in the mean, only its days differ".to_owned(),
            "not stated",
        ),
    };
    Assumption {
        path: path.to_owned(),
        value,
        range: None,
        source: source.to_owned(),
    }
}

/// The rates that stand for the patience of a promise's customers.
fn patience(scenario: &Scenario, promise: &crate::scenario::model::Promise) -> Vec<Assumption> {
    if promise.event == PromiseEvent::Resolution {
        return Vec::new();
    }
    let one = |&stream: &usize| {
        let stream = &scenario.streams[stream];
        let channel = &scenario.channels[stream.channel];
        let law = stream.patience.as_ref().or(channel.patience.as_ref())?;
        if matches!(law, Law::Exponential { .. }) {
            return None;
        }
        let path = match stream.patience {
            Some(_) => format!(
                "topic.{}.patience.{}",
                scenario.topics[stream.topic].name, channel.name
            ),
            None => format!("channel.{}.patience", channel.name),
        };
        let rate = effective_abandonment_rate(|t| law.survival(t), promise.within_s);
        let (value, source) = match rate {
            Some(rate) if rate > 0.0 => (
                format!("a mean of {:.0}s for formulas", 1.0 / rate),
                format!(
                    "average hazard over {:.0}s, twice the limit of promise {} (Zeltyn & Mandelbaum 2005)",
                    2.0 * promise.within_s,
                    promise.name
                ),
            ),
            Some(_) => (
                "without end for formulas".to_owned(),
                format!(
                    "nobody leaves within twice the limit of promise {}",
                    promise.name
                ),
            ),
            None => (
                format!("a mean of {:.0}s for formulas", law.mean().max(1.0)),
                format!(
                    "its mean: nobody waits for twice the limit of promise {}",
                    promise.name
                ),
            ),
        };
        Some(Assumption {
            path,
            value,
            range: None,
            source,
        })
    };
    promise.streams.iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimize::testing::calls;
    use crate::scenario::testing::{load, replaced};

    const TEAM: &str = r#"
[shift.day]
start  = "09:00"
length = "8h"
[team.all]
site      = "berlin"
heads     = { full = 2 }
shifts    = ["day"]
roster    = "fit"
shrinkage = "none"
"#;

    fn of(changes: &[(&str, &str)]) -> Vec<Assumption> {
        let text = calls("2 weeks", "Mon-Fri 09:00-17:00", "300") + TEAM;
        assumed(&load(&replaced(&text, changes), &[]))
    }

    #[test]
    fn patience_that_is_no_exponential_law_is_said_with_its_rate() {
        // Exponential by default: the formulas take it as it is.
        let plain = of(&[]);
        assert_eq!(plain.len(), 1);
        assert_eq!(plain[0].path, "decide.demand.error");
        // Weibull of shape 2 and mean 100 s: (t / b)^2 over t = 40 s, b = 100 / gamma(1.5) = 112.838.
        let law =
            "redial = \"none\"\npatience = { mean = \"100s\", family = \"weibull\", shape = 2 }";
        let weibull = of(&[("redial = \"none\"", law)]);
        assert_eq!(weibull[1].path, "channel.phone.patience");
        let mean = 112.837_916_7_f64.powi(2) / 40.0;
        assert_eq!(
            weibull[1].value,
            format!("a mean of {mean:.0}s for formulas")
        );
        assert!(
            weibull[1].source.contains("over 40s"),
            "{}",
            weibull[1].source
        );
    }

    #[test]
    fn the_chance_that_is_planned_for_is_said() {
        let decide = |demand: &str| {
            let team = format!("shrinkage = \"none\"\n[decide]\ndemand = {demand}");
            of(&[("shrinkage = \"none\"", &team)])[0].clone()
        };
        let stated = decide("{ error = \"10%\", meet = \"90%\" }");
        assert_eq!(stated.path, "decide.demand.meet");
        assert!(
            stated
                .value
                .contains("a chance of 90% over a forecast error of 10%")
        );
        assert!(stated.value.contains("at 113.1% of"), "{}", stated.value);
        assert!(decide("{ error = \"10%\" }").value.starts_with("none"));
    }
}
