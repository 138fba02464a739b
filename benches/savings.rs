//! What a proved plan costs less than the usual spreadsheet (Erlang C for every skill alone, shifts that cover the sum),
//! on the three bundled structures and the bank, both simulated on the same fresh replications.
//!
//! Then the bundled mixes of own people and vendors, decided alone: how much the vendor does, what a month costs beside today's,
//! and up to which price the vendor is worth it.
//!
//! `cargo bench --bench savings [-- NAME...]`; names are `startup`, `scale-up`, `enterprise`, `bank`, `scale-up-mix`,
//! `enterprise-mix`.

use staffwright::experiment::Case;
use staffwright::optimize::{Goal, baseline, mix, recommend};
use staffwright::scenario::load;
use std::path::Path;
use std::time::Instant;

/// Names and scenarios. A structure that closes for the weekend is held to its own opening hours: nobody could keep the
/// promise by the customer's watch.
const CASES: [(&str, &str); 4] = [
    ("startup", "scenarios/startup/by-office-hours.toml"),
    ("scale-up", "scenarios/scale-up/by-office-hours.toml"),
    ("enterprise", "scenarios/enterprise/scenario.toml"),
    ("bank", "scenarios/bank/optimize.toml"),
];

/// Names and scenarios of the mixes.
const MIXES: [(&str, &str); 2] = [
    ("scale-up-mix", "scenarios/scale-up/mix.toml"),
    ("enterprise-mix", "scenarios/enterprise/mix.toml"),
];

fn main() -> Result<(), String> {
    let asked: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with('-'))
        .collect();
    let wanted = |name: &str| asked.is_empty() || asked.iter().any(|a| a == name);
    mixes(&wanted)?;
    println!(
        "| case | proved | plan: heads | cost of everything | as it is | Erlang C per skill: heads | saved over the horizon | share | seconds |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let mut cheaper = true;
    for (name, file) in CASES {
        if !wanted(name) {
            continue;
        }
        let clock = Instant::now();
        let scenario = load(Path::new(file)).map_err(|d| d.render(false))?;
        let case = Case::new(scenario).map_err(|e| format!("{name}: {e}"))?;
        let goal = Goal::default();
        let plan = recommend(&case, None, &goal, &()).map_err(|e| format!("{name}: {e}"))?;
        let theirs = baseline(&case, &plan, &goal).map_err(|e| format!("{name}: {e}"))?;
        let heads: u32 = plan
            .plan
            .plan
            .teams
            .iter()
            .chain(&plan.plan.plan.vendors)
            .map(|t| t.heads)
            .sum();
        let (Some(saving), Some(share)) = (theirs.saving, theirs.saving_share) else {
            return Err(format!("{name}: nothing was simulated"));
        };
        println!(
            "| {name} | {} | {heads} | {:.0} | {:.0} | {} | {} {:.0} ({:.0} to {:.0}) | {:.2} % ({:.2} to {:.2}) | {:.0} |",
            plan.plan.proved,
            plan.plan.delta.as_ref().map_or(f64::NAN, |d| d.cost),
            plan.plan.delta.as_ref().map_or(f64::NAN, |d| d.cost_today),
            theirs.heads,
            plan.plan.currency,
            saving.value,
            saving.low,
            saving.high,
            100.0 * share.value,
            100.0 * share.low,
            100.0 * share.high,
            clock.elapsed().as_secs_f64()
        );
        cheaper &= plan.plan.proved && saving.low > 0.0;
        if let Some(delta) = &plan.plan.delta {
            // Nobody is told to pay more for what is kept already, work that nobody is promised included.
            cheaper &= !delta.kept_today || delta.cost <= delta.cost_today;
        }
    }
    if cheaper {
        Ok(())
    } else {
        Err("a plan was not proved, does not surely cost less, or costs more than today".to_owned())
    }
}

/// Decides the mixes and holds them against today.
fn mixes(wanted: &dyn Fn(&str) -> bool) -> Result<(), String> {
    println!(
        "| mix | vendor: heads | of contacts | a month, settled | today | above the bound | price | break-even | seconds |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for (name, file) in MIXES.iter().filter(|(name, _)| wanted(name)) {
        let clock = Instant::now();
        let scenario = load(Path::new(file)).map_err(|d| d.render(false))?;
        let case = Case::new(scenario).map_err(|e| format!("{name}: {e}"))?;
        let chosen = mix::choose(
            &case,
            &Goal::default(),
            &mix::Lessons::none(&case.scenario),
            &(),
        )
        .map_err(|e| format!("{name}: {e}"))?;
        let mix = chosen.mix;
        for vendor in &mix.vendors {
            let money = |v: Option<f64>| v.map_or_else(|| "-".to_owned(), |v| format!("{v:.2}"));
            println!(
                "| {name} | {:.0} | {:.1} % | {:.0} | {} | {:.2} % | {:.2} | {} | {:.0} |",
                vendor.heads,
                100.0 * vendor.share,
                mix.run_rate,
                money(mix.run_rate_today),
                100.0 * (mix.objective / mix.bound - 1.0),
                vendor.price,
                money(vendor.break_even),
                clock.elapsed().as_secs_f64()
            );
        }
    }
    Ok(())
}
