//! What `optimize` prints: heads, shifts, cost against the bound and against today, why, and the proof.

use super::grid::Grid;
use super::number::{plain, with_interval};
use super::page::{Page, Tone};
use super::run::{how, promises, verdict};
use super::words::Words;
use crate::measure::{Unit, Verdict};
use crate::optimize::{Decided, Delta, Plan, ShiftPlan, TeamPlan, TodayPromise};
use crate::scenario::model::Assumption;
use crate::stats::Estimate;
use std::fmt::Write as _;

/// Everything a plan says, as text.
#[must_use]
pub fn text(plan: &Plan, page: &Page) -> String {
    let (word, tone) = if plan.proved {
        (
            "proved: every promise is met on random numbers the search never saw",
            Tone::Good,
        )
    } else {
        ("not proved: see the promises below", Tone::Bad)
    };
    let sections = [
        page.paint(tone, word) + "\n",
        promises(&plan.proof, page),
        understaffed(plan, page),
        super::bounds::text(plan, page),
        mix(plan, page),
        decided(plan, page),
        heads(plan, page),
        shifts(plan, page),
        super::published::text(&plan.published, &plan.currency, page),
        super::people::text(&plan.people, page),
        by_name(plan, page),
        super::leave::text(&plan.leave, page),
        money(plan, page),
        beside_today(plan, page),
        beside_spreadsheet(plan, page),
        super::rounds::text(plan, page),
        bridge(plan, page),
        super::why::text(plan, page),
        assumptions(plan, page),
        page.wrap(&format!("proof: {}", how(&plan.proof.provenance)), 0),
    ];
    let filled: Vec<String> = sections.into_iter().filter(|s| !s.is_empty()).collect();
    filled.join("\n")
}

fn all_teams(plan: &Plan) -> impl Iterator<Item = &TeamPlan> {
    plan.plan.teams.iter().chain(&plan.plan.vendors)
}

/// Why the rules cannot all hold, what becomes of the promises, and which hours pay for it.
fn understaffed(plan: &Plan, page: &Page) -> String {
    let Some(short) = &plan.understaffed else {
        return String::new();
    };
    let mut out = page.wrap(&format!("understaffed, as asked: {}", short.reason), 0);
    for rule in &short.rules {
        let text = format!("{} ({}): {}", rule.path, rule.text, rule.relaxation);
        out.push_str(&page.wrap(&text, 2));
    }
    for promise in &short.promises {
        let value = promise.value.map_or_else(
            || "no contacts".to_owned(),
            |e| with_interval(Unit::Share, &e, ""),
        );
        let promised = plain(Unit::Share, promise.promised, "");
        let text = format!("promise {}: {promised} becomes {value}", promise.name);
        out.push_str(&page.wrap(&text, 2));
    }
    let missing = format!(
        "{:.0} agent-hours a week are missing, most of them in these hours:",
        short.missing_h
    );
    out.push_str(&page.wrap(&missing, 0));
    let mut grid = Grid::new(words(&[
        "hour", "teams", "agents", "missing", "contacts", "in time",
    ]));
    for hour in &short.hours {
        let in_time = hour.in_time.map(|s| plain(Unit::Share, s, ""));
        grid.plain(vec![
            format!("{} {}", hour.day, hour.from),
            hour.teams.join(", "),
            format!("{:.1}", hour.agents),
            format!("{:.1}", hour.missing),
            format!("{:.0}", hour.offered),
            in_time.unwrap_or_default(),
        ]);
    }
    out.push_str(&grid.render(page));
    out
}

/// What could move, where the scenario does not say it.
fn decided(plan: &Plan, page: &Page) -> String {
    match plan.decided {
        Decided::Decide => String::new(),
        Decided::HeadsOfInHouseTeams => page.wrap(&super::bounds::freely().en, 0),
    }
}

/// What the plan assumes beside what its proof assumes.
fn assumptions(plan: &Plan, page: &Page) -> String {
    let line = |a: &Assumption| {
        let text = format!("assumed: {} = {} ({})", a.path, a.value, a.source);
        page.wrap(&text, 2)
    };
    plan.assumptions.iter().map(line).collect()
}

fn mix(plan: &Plan, page: &Page) -> String {
    let mix = plan.mix.as_ref();
    mix.map_or_else(String::new, |mix| {
        super::mix::text(mix, &plan.currency, page)
    })
}

fn heads(plan: &Plan, page: &Page) -> String {
    let mut grid = Grid::new(words(&["team", "heads", "today", "shift hours a week"]));
    for team in all_teams(plan) {
        grid.plain(vec![
            team.name.clone(),
            team.heads.to_string(),
            team.heads_today.to_string(),
            format!("{:.0}", team.shift_hours_per_week),
        ]);
    }
    let mut out = grid.render(page);
    for share in &plan.plan.shares {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{} = {:.0}% (today {:.0}%)",
            share.path,
            100.0 * share.share,
            100.0 * share.today
        );
    }
    out
}

/// The shifts of each team; all days with `--verbose`, else those of the first week planned.
fn shifts(plan: &Plan, page: &Page) -> String {
    let mut grid = Grid::new(words(&[
        "team",
        "week",
        "day",
        "shift",
        "length",
        "breaks after",
        "staff",
    ]));
    for team in all_teams(plan) {
        let first = team.shifts.iter().map(|s| s.week).min();
        for shift in team
            .shifts
            .iter()
            .filter(|s| page.verbose || Some(s.week) == first)
        {
            grid.plain(shift_row(&team.name, shift));
        }
    }
    if grid.is_empty() {
        String::new()
    } else {
        grid.render(page)
    }
}

fn shift_row(team: &str, shift: &ShiftPlan) -> Vec<String> {
    let clock = |minutes: u32| format!("{}:{:02}", minutes / 60, minutes % 60);
    let breaks: Vec<String> = shift.breaks.iter().map(|b| clock(b.offset_min)).collect();
    vec![
        team.to_owned(),
        shift
            .week
            .map_or_else(|| "all".to_owned(), |w| w.to_string()),
        shift.day.to_owned(),
        format!("{} {}", shift.shift, shift.start),
        clock(shift.length_min),
        breaks.join(" "),
        shift.staff.to_string(),
    ]
}

fn money(plan: &Plan, page: &Page) -> String {
    let amount = |value: f64| plain(Unit::Money, value, &plan.currency);
    let level = if plan.level == 1.0 {
        String::new()
    } else {
        format!(
            "planned and proved at {:.1}% of the forecast's demand, which leaves the promises the stated chance over its error; ",
            100.0 * plan.level
        )
    };
    let text = format!(
        "{level}cost {} over the horizon; no roster for the same requirement costs less than {} ({:.1}% above the bound)",
        amount(plan.cost),
        amount(plan.bound),
        100.0 * plan.gap
    );
    let mut out = page.wrap(&text, 0);
    if let Some(kinds) = &plan.distinct_shifts {
        let text = format!(
            "{} distinct shifts (start and length, by team) at {} each are {} of the cost",
            kinds.count,
            amount(kinds.fee),
            amount(kinds.cost)
        );
        out.push_str(&page.wrap(&text, 0));
    }
    out
}

/// That today's roster does as well for less money.
#[must_use]
pub fn stay(delta: &Delta, currency: &str) -> Option<Words> {
    let less = delta.cost - delta.cost_today;
    let amount = plain(Unit::Money, less, currency);
    (delta.kept_today && less > 0.0).then(|| {
        Words::of(
            format!("today's people and shifts keep all of this and cost {amount} less: there is nothing to change"),
            format!("die Köpfe und Schichten von heute halten all das ein und kosten {amount} weniger: es gibt nichts zu ändern"),
        )
    })
}

/// What the roster by name keeps, where shifts of the plan stay open.
fn by_name(plan: &Plan, page: &Page) -> String {
    let Some(by_name) = &plan.by_name else {
        return String::new();
    };
    let promises = by_name.promises.iter().map(named);
    let broken = by_name.keep.iter().filter(|k| !k.met);
    let all: Vec<String> = promises
        .chain(broken.map(|k| format!("not kept: {}", k.text)))
        .collect();
    let text = format!(
        "as it would be worked, with {} shifts open, on the proof's customers: {}",
        by_name.open,
        all.join(", ")
    );
    page.wrap(&text, 0)
}

/// Today and the plan side by side, on the same customers.
fn beside_today(plan: &Plan, page: &Page) -> String {
    let Some(delta) = &plan.delta else {
        return String::new();
    };
    let hours = |h: f64| plain(Unit::Hours, h, "");
    let amount = |value: f64| plain(Unit::Money, value, &plan.currency);
    let title = if delta.scenario_today == plan.scenario {
        "today".to_owned()
    } else {
        format!("today ({})", delta.scenario_today)
    };
    let mut grid = Grid::new(vec![
        "the planned teams".to_owned(),
        title,
        "plan".to_owned(),
        "change".to_owned(),
    ]);
    let mut row = |name: &str, today: f64, plan: f64, show: &dyn Fn(f64) -> String| {
        let change = if today > 0.0 {
            format!("{:+.0}%", 100.0 * (plan / today - 1.0))
        } else {
            String::new()
        };
        grid.plain(vec![name.to_owned(), show(today), show(plan), change]);
    };
    let count = |n: f64| format!("{n:.0}");
    row(
        "heads",
        f64::from(delta.heads_today),
        f64::from(delta.heads),
        &count,
    );
    row(
        "hours on duty, unpaid breaks apart",
        delta.hours_today,
        delta.hours,
        &hours,
    );
    row(
        "hours paid by contract",
        delta.paid_hours_today,
        delta.paid_hours,
        &hours,
    );
    row("cost of everything", delta.cost_today, delta.cost, &amount);
    for (today, proof) in delta.today.iter().filter_map(|t| {
        let proof = plan.proof.promises.iter().find(|p| p.name == t.name)?;
        Some((t, proof))
    }) {
        grid.plain(vec![
            format!("promise {}", today.name),
            kept(today.verdict, today.value),
            kept(proof.verdict, proof.value.map(|e| e.value)),
            String::new(),
        ]);
    }
    let mut out = grid.render(page);
    if let Some(stay) = stay(delta, &plan.currency) {
        out.push_str(&page.wrap(&stay.en, 0));
    }
    if let Some(undone) = &delta.undone_today {
        let text = format!("today work is left undone that the plan does: {undone}");
        out.push_str(&page.wrap(&text, 0));
    }
    out
}

/// `phone met 83.8%`.
fn named(promise: &TodayPromise) -> String {
    let kept = kept(promise.verdict, promise.value);
    format!("{} {kept}", promise.name)
}

/// `met 83.8%`.
fn kept(word: Verdict, share: Option<f64>) -> String {
    let share = share.map_or_else(String::new, |v| plain(Unit::Share, v, ""));
    format!("{} {share}", verdict(word).0)
}

/// What the usual spreadsheet would have asked for.
fn beside_spreadsheet(plan: &Plan, page: &Page) -> String {
    let Some(baseline) = &plan.baseline else {
        return String::new();
    };
    let mut text = format!(
        "Erlang C for every skill alone and shifts that cover the sum ask for {} heads, {}; ",
        baseline.heads,
        plain(Unit::Money, baseline.cost, &plan.currency)
    );
    if baseline.uplift > 1.0 {
        let by = plain(Unit::Share, baseline.uplift - 1.0, "");
        let _ = write!(text, "its loads were raised by {by} until promises held; ");
    }
    let kept: Vec<String> = baseline.promises.iter().map(named).collect();
    let _ = write!(text, "simulated: {}", kept.join(", "));
    if let (Some(saving), Some(share)) = (&baseline.saving, &baseline.saving_share) {
        let word = if saving.value < 0.0 { "more" } else { "less" };
        let turned = |e: &Estimate| {
            if e.value < 0.0 {
                Estimate {
                    value: -e.value,
                    low: -e.high,
                    high: -e.low,
                    periods: None,
                }
            } else {
                *e
            }
        };
        let _ = write!(
            text,
            "; the plan costs {} ({}) {word} in all",
            with_interval(Unit::Money, &turned(saving), &plan.currency),
            with_interval(Unit::Share, &turned(share), "")
        );
    }
    page.wrap(&text, 0)
}

/// From the spreadsheet to the plan in one line.
fn bridge(plan: &Plan, page: &Page) -> String {
    let steps = plan.why.bridge.iter();
    let steps: Vec<String> = steps
        .map(|s| format!("{} {:.1}", super::chart::step_name(s.step), s.fte))
        .collect();
    if steps.is_empty() {
        return String::new();
    }
    page.wrap(&format!("full-time equivalents: {}", steps.join(" > ")), 2)
}

fn words(titles: &[&str]) -> Vec<String> {
    titles.iter().map(|t| (*t).to_owned()).collect()
}
