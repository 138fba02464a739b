//! What comparisons claim, held against organisations whose true differences are known.
//!
//! The pair differs in handle time by exactly 30 seconds: a call's handle time is independent of whether it is answered,
//! so the ratio of expectations is the mean of its distribution. All other true differences are taken from so many other
//! replications that their own error is a fortieth of an experiment's.
//!
//! Figures that rest on a handful of contacts are the hard ones. The cost in all varies by overtime only: the last call of a
//! morning, whose handle time may be long. Of one morning of two people its skewness is 6 and that of the difference, at a
//! kurtosis of 137, hangs on cases that 20 replications do not show; a plain t interval holds 88 % of the cost and 93 % of the
//! difference there, and 80 replications hardly help. So intervals count in skewness, and a replication here is a week of busy
//! mornings.

use rayon::prelude::*;
use staffwright::experiment::{
    Case, Collected, Comparing, Comparison, Settings, StoppedBy, collect, compare, values,
};
use std::fs;

/// Mornings of one team on one line, from a Monday on.
fn mornings(days: u32, heads: u32, handle: &str, wage: f64, promise: &str) -> Case {
    let text = format!(
        r#"
start  = 2027-01-11
length = "{days} days"
zone   = "Europe/Berlin"
[demand]
counted  = "first contacts"
busyness = {{ cv = "15%" }}
[channel.phone]
kind     = "live"
open     = "Mon-Fri 09:00-13:00"
patience = {{ mean = "3m" }}
redial   = "none"
[topic.orders]
per_week = 300
handle   = "{handle}"
ends     = {{ resolved = "100%" }}
{promise}
[site]
berlin = {{ zone = "Europe/Berlin", holidays = "none" }}
[contract.hourly]
hours = "20h/week"
pay   = {{ wage = "EUR {wage:.4}/h", on_cost = "20%" }}
[shift.morning]
start  = "09:00"
length = "4h"
days   = "Mon-Fri"
[team.desk]
site      = "berlin"
heads     = {{ hourly = {heads} }}
skills    = "all"
shifts    = ["morning"]
roster    = "even"
shrinkage = "none"
"#
    );
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(format!("with-{heads}.toml"));
    fs::write(&path, text).unwrap();
    let scenario = staffwright::scenario::load(&path).unwrap_or_else(|d| panic!("{:?}", d.items));
    Case::new(scenario).unwrap()
}

const PROMISE: &str = "[promise.phone]\ntarget = \"50% of phone within 20s\"\nevery = \"day\"";

/// Fewer where nothing is optimised; the bounds below widen with it.
const EXPERIMENTS: u64 = if cfg!(debug_assertions) { 100 } else { 2_000 };
/// Of a choice among five.
const CHOICES: u64 = if cfg!(debug_assertions) { 100 } else { 1_000 };
const REPLICATIONS: u64 = 20;
/// Most replications of an experiment that goes on until the best is separated.
const BUDGET: u64 = 80;
/// First replication of what is taken for the truth.
const TRUTH: u64 = 100_000_000;

fn truth(case: &Case) -> Collected {
    let settings = Settings {
        first: TRUTH,
        replications: REPLICATIONS * if cfg!(debug_assertions) { 200 } else { 1_600 },
        ..Settings::default()
    };
    collect(case, &settings, &()).0
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn experiments<T: Send>(
    count: u64,
    cases: &[Case],
    comparing: &Comparing,
    read: impl Fn(&Comparison) -> T + Sync,
) -> Vec<T> {
    let one = |e: u64| {
        // No replication is in two experiments.
        let settings = Settings {
            first: e * comparing.settings.replications,
            ..comparing.settings
        };
        let comparing = Comparing {
            settings,
            ..comparing.clone()
        };
        read(&compare(cases, &comparing, &()).unwrap())
    };
    (0..count).into_par_iter().map(one).collect()
}

/// So many standard deviations of a binomial share may chance explain: 3.2 of them are 1.1 points of 95 % at 4,000
/// experiments, so that 93 % is found out; 1.6 at 2,000.
fn slack(share: f64, experiments: u64) -> f64 {
    3.2 * (share * (1.0 - share) / experiments as f64).sqrt()
}

#[test]
fn intervals_cover_true_differences_at_their_stated_rate() {
    const METRICS: [&str; 6] = [
        "handle_time_s",
        "service_level",
        "abandoned_share",
        "mean_wait_s",
        "cost_per_resolved",
        "cost",
    ];
    let cases = [
        mornings(5, 2, "5m30s", 20.0, PROMISE),
        mornings(5, 3, "5m", 21.0, PROMISE),
    ];
    let truths = [truth(&cases[0]), truth(&cases[1])];
    let apart = |metric: &str| {
        let of = |c: &Collected| mean(&values(c, metric).unwrap());
        of(&truths[0]) - of(&truths[1])
    };
    assert!((apart("handle_time_s") - 30.0).abs() < if cfg!(debug_assertions) { 2.0 } else { 0.7 });
    let comparing = Comparing {
        settings: Settings {
            replications: REPLICATIONS,
            ..Settings::default()
        },
        separate: false,
        ..Comparing::default()
    };
    let true_value = METRICS.map(|m| if m == "handle_time_s" { 30.0 } else { apart(m) });
    let covered = experiments(EXPERIMENTS, &cases, &comparing, |comparison| {
        let mut held = [false; METRICS.len()];
        for (i, metric) in METRICS.iter().enumerate() {
            let of = |d: &&staffwright::experiment::Difference| d.metric == *metric;
            let d = comparison.differences.iter().find(of).unwrap();
            held[i] = d.low <= true_value[i] && true_value[i] <= d.high;
        }
        held
    });
    let mut report = String::new();
    let mut bad = false;
    for (i, metric) in METRICS.iter().enumerate() {
        let held = covered.iter().filter(|c| c[i]).count() as f64 / EXPERIMENTS as f64;
        report.push_str(&format!(
            "{metric}: true {:.4}, covered {:.2} %\n",
            true_value[i],
            100.0 * held
        ));
        // Counting in skewness they may hold a little more than they say.
        let slack = slack(0.95, EXPERIMENTS);
        bad |= held < 0.95 - slack || held > 0.965 + slack;
    }
    println!("{report}");
    assert!(!bad, "{report}");
}

#[test]
fn the_best_of_five_is_chosen_with_at_least_the_stated_probability() {
    // Five sizes of the team, at wages that make them close: cost is in proportion to the wage, customers do not see it.
    const APART: [f64; 5] = [1.04, 1.02, 1.0, 1.03, 1.06];
    const WAGE: f64 = 20.0;
    const BASE: f64 = 6.0;
    let cost = |case: &Case| mean(&values(&truth(case), "cost_per_resolved").unwrap());
    let sized = |n: u32, wage: f64| mornings(1, n, "5m", wage, "");
    let with = |apart: [f64; 5]| -> Vec<Case> {
        let close = (2..=6).zip(apart).map(|(n, apart)| {
            let wage = WAGE * BASE / cost(&sized(n, WAGE)) * apart;
            sized(n, wage)
        });
        close.collect()
    };
    let cases = with(APART);
    let costs: Vec<f64> = cases.iter().map(cost).collect();
    let best = (0..5)
        .min_by(|&a, &b| costs[a].total_cmp(&costs[b]))
        .unwrap();
    let name = format!("with-{}", 2 + best);
    // A fixed number of replications: the probability that is stated holds on average.
    let fixed = Comparing {
        settings: Settings {
            replications: 10,
            ..Settings::default()
        },
        separate: false,
        ..Comparing::default()
    };
    let said = experiments(CHOICES, &cases, &fixed, |comparison| {
        let best = comparison.best.as_ref().unwrap();
        (best.name == name, best.probability)
    });
    let right = said.iter().filter(|s| s.0).count() as f64;
    let stated: f64 = said.iter().map(|s| s.1).sum();
    let doubt: f64 = said.iter().map(|s| s.1 * (1.0 - s.1)).sum::<f64>().sqrt();
    println!("costs {costs:.3?}; right in {right} of {CHOICES}, stated {stated:.0}");
    assert!(
        right >= stated - 3.0 * doubt,
        "{right} of {CHOICES}, stated {stated:.0}"
    );
    // Going on until it is separated: the choice is then right as often as the confidence says.
    let until = Comparing {
        settings: Settings {
            replications: BUDGET,
            ..Settings::default()
        },
        practical: 0.0,
        ..Comparing::default()
    };
    // Three times as far apart, so that the budget separates most of them.
    let cases = with(APART.map(|a| 1.0 + 3.0 * (a - 1.0)));
    let said = experiments(CHOICES, &cases, &until, |comparison| {
        let best = comparison.best.as_ref().unwrap();
        let separated = comparison.method.stopped_by == StoppedBy::Separated;
        (separated, best.name == name, comparison.method.replications)
    });
    let separated: Vec<_> = said.iter().filter(|s| s.0).collect();
    let right = separated.iter().filter(|s| s.1).count() as f64 / separated.len() as f64;
    let early = separated.iter().filter(|s| s.2 < BUDGET).count();
    println!(
        "{} separated, {early} of them early, right in {:.2} %",
        separated.len(),
        100.0 * right
    );
    assert!(separated.len() as f64 > 0.2 * CHOICES as f64 && early > 0);
    assert!(right >= 0.95 - slack(0.95, CHOICES), "right in {right}");
}
