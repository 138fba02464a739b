//! Cost against service: today, the plan and the spreadsheet, and the rounds that led to the plan.

use super::beside::spreadsheet_cost;
use crate::measure::Unit;
use crate::optimize::{Plan, TodayPromise};
use crate::report::chart::{self, Choice, Plane};
use crate::report::html::page::{Block, Section};
use crate::report::words::Words;
use crate::stats::Estimate;

/// Both pictures of cost and service.
pub(super) fn choice(plan: &Plan) -> Section {
    let plane = Plane {
        name: "cost-and-service",
        currency: &plan.currency,
        paid_for: Words::of("over the horizon, everything", "im Zeitraum, alles"),
        service: Words::of(
            "points above the promise kept worst",
            "Punkte über der am schlechtesten gehaltenen Zusage",
        ),
        unit: Unit::Points,
        things: Words::of("rosters", "Dienstplänen"),
    };
    let search = Plane {
        name: "rounds-of-the-search",
        paid_for: Words::of(
            "over the horizon, planned people",
            "im Zeitraum, geplante Menschen",
        ),
        things: Words::of("rounds of the search", "Runden der Suche"),
        ..plane.clone()
    };
    let pictures = [
        chart::pareto(&rosters(plan), &plane),
        chart::pareto(&rounds(plan), &search),
    ];
    Section::new(
        "choice",
        Words::of("Cost and service", "Kosten und Service"),
        vec![Block::Pictures(pictures.into_iter().flatten().collect())],
    )
}

/// Today, the spreadsheet and the plan, as far as they were played.
fn rosters(plan: &Plan) -> Vec<Choice> {
    let listed = |list: &[TodayPromise]| {
        margin(plan, list.iter().map(|t| (t.name.as_str(), t.value))).map(|m| m.1)
    };
    let mut rosters = Vec::new();
    if let Some(delta) = &plan.delta
        && let Some(service) = listed(&delta.today)
    {
        let cost = Estimate::exact(delta.cost_today);
        rosters.push(choose(
            &delta.scenario_today,
            cost,
            Estimate::exact(service),
        ));
    }
    let sheet = plan.baseline.as_ref().and_then(|b| listed(&b.promises));
    if let Some((service, cost)) = sheet.zip(spreadsheet_cost(plan)) {
        rosters.push(choose("spreadsheet", cost, Estimate::exact(service)));
    }
    let proved = plan.proof.promises.iter();
    let worst = margin(
        plan,
        proved.map(|p| (p.name.as_str(), p.value.as_ref().map(|v| v.value))),
    );
    if let Some(((p, _), cost)) = worst.zip(plan.proof.cost.total) {
        let promise = &plan.proof.promises[p];
        let above = |v: f64| 100.0 * (v - promise.share);
        if let Some(value) = promise.value {
            let service = Estimate {
                value: above(value.value),
                low: above(value.low),
                high: above(value.high),
                periods: None,
            };
            rosters.push(choose("plan", cost, service));
        }
    }
    chart::judge(&mut rosters);
    rosters
}

/// The plan of every round of the search.
fn rounds(plan: &Plan) -> Vec<Choice> {
    let mut rounds: Vec<Choice> = plan
        .rounds
        .iter()
        .filter_map(|round| {
            let values = round
                .promises
                .iter()
                .map(|p| (p.name.as_str(), Some(p.value)));
            let (_, service) = margin(plan, values)?;
            let name = format!("round {}", round.round);
            let cost = Estimate::exact(round.cost);
            Some(choose(&name, cost, Estimate::exact(service)))
        })
        .collect();
    chart::judge(&mut rounds);
    rounds
}

fn choose(name: &str, cost: Estimate, service: Estimate) -> Choice {
    Choice {
        name: name.to_owned(),
        cost,
        service,
        dominated_by: None,
    }
}

/// Points of a hundred by which the promise that is kept worst stands above what was promised.
fn margin<'a>(
    plan: &Plan,
    values: impl Iterator<Item = (&'a str, Option<f64>)>,
) -> Option<(usize, f64)> {
    let above = values.filter_map(|(name, value)| {
        let found = plan.proof.promises.iter().position(|p| p.name == name)?;
        Some((found, 100.0 * (value? - plan.proof.promises[found].share)))
    });
    above.min_by(|a, b| a.1.total_cmp(&b.1))
}
