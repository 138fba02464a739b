//! Money: it adds up.

use crate::mechanisms::{Mechanism::*, mechanisms, organisation};
use crate::organisation::{case, played_case, shapes, text};
use proptest::prelude::*;
use staffwright::experiment::{Case, Settings, replicate};
use staffwright::measure::{CostKind, Sample};
use staffwright::scenario::model::{Heads, Stream, Team};
use staffwright::sim::{ContactSums, Ledger, TeamSums};
use staffwright::time::{HOUR, MONTH_S, seconds};

/// Paid hours of a year of 40 a week, by the calendar.
const YEAR_H: f64 = 40.0 * 365.2425 / 7.0;

proptest! {
    #![proptest_config(crate::law(40, 60))]

    /// Costs add up in any organisation: the kinds make the total, and each kind is what its price says of what was used:
    /// wages of paid hours, overtime and calls at the mean pay, leads, tools per head, hires, bills of hours logged in and of
    /// contacts, fees, self-service, penalties, lost value and prices a month.
    #[test]
    fn costs_add_up(shape in shapes(), on in mechanisms(), replication in 0u64..50) {
        let case = case(&text(&organisation(&shape, &on)));
        let ledger = played_case(&case, replication);
        let sample = Sample::new(&case.scenario, &case.roster, &ledger);
        let total: f64 = sample.cost.iter().map(|line| line.amount).sum();
        prop_assert_eq!(total, sample.total_cost());
        let has = |m| on.contains(&m);
        let months = seconds(case.scenario.horizon.length()) / MONTH_S;
        let team = |name: &str| case.scenario.teams.iter().position(|t| t.name == name);
        let hours = |ticks: u64| ticks as f64 / HOUR as f64;
        let must = |kind: CostKind, amount: f64| -> Result<(), TestCaseError> {
            let line = sample.cost.iter().find(|l| l.kind == kind).unwrap().amount;
            prop_assert!((line - amount).abs() < 1e-6 * amount.abs().max(1.0), "{:?}: {} where {} is due", kind, line, amount);
            Ok(())
        };
        let sum = |of: fn(&ContactSums) -> u64| ledger.streams.iter().map(of).sum::<u64>() as f64;

        let misrouting = has(Astray) && shape.up > 0;
        let overhead = if has(Overheads) { 1_234.56 + 77.7 + 0.1 } else { 0.0 };
        must(CostKind::Overhead, months * (overhead + if misrouting { 570.0 } else { 0.0 }))?;

        let [_, partners, ..] = shape.names;
        let partners = &ledger.teams[team(partners).unwrap()];
        let logged_in = 15.0 * hours(partners.on_queue + partners.paid_break);
        let agency = team("helpers").map_or(0.0, |t| billed(&case, &ledger, t));
        must(CostKind::Vendor, logged_in + agency)?;
        must(CostKind::VendorManagement, if has(SecondVendor) { 333.0 * months } else { 0.0 })?;
        must(CostKind::Fees, if has(Languages) { 0.3 * translated_items(&case, &ledger)? } else { 0.0 })?;
        if has(SelfService) {
            let bot = case.scenario.deflections.iter().position(|d| d.name == "bot").unwrap();
            let from = case.scenario.deflections[bot].from as f64;
            let length = case.scenario.horizon.length() as f64;
            let taken = ledger.deflected[1 - bot] as f64;
            must(CostKind::SelfService, 310.0 * months * (length - from) / length + 0.35 * taken)?;
            prop_assert_eq!(sum(|s| s.deflected), ledger.deflected.iter().sum::<u64>() as f64);
        }
        if has(Topics) {
            let bills = |(s, _): &(&Stream, _)| s.name.starts_with("bills/");
            let lost: u64 = case.scenario.streams.iter().zip(&ledger.streams).filter(bills).map(|(_, s)| s.lost).sum();
            must(CostKind::ValueLost, 7.0 * lost as f64)?;
        } else {
            must(CostKind::ValueLost, 0.0)?;
        }
        let missed = if has(Promises) {
            let solved = case.scenario.promises.iter().position(|p| p.name == "solved").unwrap();
            let days = &sample.promises[solved];
            days.iter().filter(|&&(good, all)| (good as f64) < 0.7 * all as f64 - 1e-9).count()
        } else {
            0
        };
        must(CostKind::Penalties, 30.0 * missed as f64)?;
        if !has(Attrition) {
            // Who comes and goes is paid by the day; here everybody stays.
            let own = |t: &usize| case.scenario.teams[*t].vendor.is_none();
            let per_week = |t: usize| paid_a_week(&case, &case.scenario.teams[t]);
            let wages: f64 = (0..case.scenario.teams.len()).filter(own).map(|t| per_week(t).1 * 2.0).sum();
            must(CostKind::Wages, wages)?;
            let paid: f64 = (0..case.scenario.teams.len()).filter(own).map(|t| hours(ledger.teams[t].paid - ledger.teams[t].called)).sum();
            let owed: f64 = (0..case.scenario.teams.len()).filter(own).map(|t| per_week(t).0 * 2.0).sum();
            prop_assert!((paid - owed).abs() < 1e-6 * owed.max(1.0), "{} hours paid, {} owed", paid, owed);
            must(CostKind::Training, 0.0)?;
        }
        let own = case.scenario.teams.iter().zip(&ledger.teams).filter(|(t, _)| t.vendor.is_none());
        let own_sum = |of: fn(&TeamSums) -> u64| own.clone().map(|(_, sums)| of(sums)).sum::<u64>();
        if has(Attrition) && !has(Contracts) {
            // One pay for all: every hour paid is at work or in class.
            let line = |kind| sample.cost.iter().find(|l| l.kind == kind).unwrap().amount;
            let paid = hours(own_sum(|t| t.paid) - own_sum(|t| t.called)) * 40_000.0 / YEAR_H;
            let spent = line(CostKind::Wages) + line(CostKind::Training);
            prop_assert!((spent - paid).abs() < 1e-6 * paid.max(1.0), "{} spent, {} due", spent, paid);
        }
        must(CostKind::Hiring, 2_000.0 * own_sum(|t| t.hires + t.lead_hires) as f64)?;
        // 4,000 a month for every sixth head, or for every post of theirs that somebody has; who comes and goes is led by
        // people who do.
        let led = |t: &Team, sums: &TeamSums| {
            let heads: u32 = t.heads.iter().map(|h| h.count).sum();
            if has(Attrition) { seconds(sums.leading) / MONTH_S } else { f64::from(heads) / 6.0 * months }
        };
        let leads: f64 = own.clone().filter(|(t, _)| t.lead.is_some()).map(|(t, sums)| led(t, sums)).sum();
        must(CostKind::Leads, 4_000.0 * leads)?;
        prop_assert!(has(Leads) || leads == 0.0);
        must(CostKind::Standby, 2.0 * hours(own_sum(|t| t.standby)))?;
        // All contracts pay for an hour over what they pay for one of theirs.
        let at_mean_pay = |of: fn(&TeamSums) -> u64| {
            let one = |(t, sums): (&Team, &TeamSums)| {
                let (hours_a_week, pay) = paid_a_week(&case, t);
                if hours_a_week > 0.0 { pay / hours_a_week * hours(of(sums)) } else { 0.0 }
            };
            own.clone().map(one).sum::<f64>()
        };
        must(CostKind::Overtime, at_mean_pay(|t| t.overtime))?;
        must(CostKind::CallOuts, at_mean_pay(|t| t.called))?;
        // EUR 61 a month of every head of all teams and EUR 17 of the pool's.
        let heads = |t: &Team, sums: &TeamSums| {
            let heads: u32 = t.heads.iter().map(|h| h.count).sum();
            // Of those who come and go whoever is there.
            if has(Attrition) && t.workforce.attrition.is_some() { seconds(sums.working + sums.in_class) / MONTH_S } else { f64::from(heads) * months }
        };
        let per_head = |name: &str| 61.0 + if name == shape.names[0] { 17.0 } else { 0.0 };
        let tools: f64 = case.scenario.teams.iter().zip(&ledger.teams).map(|(t, sums)| per_head(&t.name) * heads(t, sums)).sum();
        must(CostKind::Tools, if has(Tools) { tools } else { 0.0 })?;
        must(CostKind::Premiums, 0.0)?;
        must(CostKind::Severance, 0.0)?;
        for kind in [CostKind::Rent, CostKind::SiteManagement, CostKind::Setup, CostKind::VendorPenalties] {
            must(kind, 0.0)?;
        }
    }
}

/// Paid hours of a team's heads in a week, and their pay.
fn paid_a_week(case: &Case, team: &Team) -> (f64, f64) {
    let one = |h: &Heads| {
        let (hours, pay) = match &*case.scenario.contracts[h.contract.unwrap()].name {
            "student" => (18.0, 15.0),
            "part" => (25.0, 40_000.0 / YEAR_H),
            _ => (40.0, 40_000.0 / YEAR_H),
        };
        let hours = f64::from(h.count) * hours;
        (hours, hours * pay)
    };
    let heads = team.heads.iter().map(one);
    heads.fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1))
}

/// What the agency bills: contacts at EUR 2.10, at least 500 a month, month by month.
fn billed(case: &Case, ledger: &Ledger, team: usize) -> f64 {
    let horizon = &case.scenario.horizon;
    let months = staffwright::time::months(horizon, horizon.zone());
    let teams = case.scenario.teams.len();
    let items = |m: usize| {
        ledger
            .months
            .get(m * teams + team)
            .unwrap_or(&ledger.teams[team])
            .items as f64
    };
    let one = |m: usize| {
        let (from, to) = months.span(m);
        let before = if m == 0 { 0.0 } else { items(m - 1) };
        let least = 500.0 * seconds(to - from) / MONTH_S;
        2.1 * (items(m) - before).max(least)
    };
    (0..months.len()).map(one).sum()
}

/// Pieces of work that people did by the translation tool.
fn translated_items(case: &Case, ledger: &Ledger) -> Result<f64, TestCaseError> {
    let fees: u64 = ledger.teams.iter().map(|t| t.fees).sum();
    let translated: u64 = ledger.streams.iter().map(|s| s.translated).sum();
    // One fee for each contact that was worked on, of those that came by the tool.
    let pieces = fees as f64 / 1e6 / 0.3;
    prop_assert!((pieces - pieces.round()).abs() < 1e-6);
    let pieces = pieces.round();
    let french = |(s, _): &(&Stream, _)| case.scenario.languages[s.language].name == "fr";
    let items: u64 = case
        .scenario
        .streams
        .iter()
        .zip(&ledger.streams)
        .filter(french)
        .map(|(_, s)| s.items)
        .sum();
    prop_assert!(
        pieces <= items as f64 && (translated > 0 || pieces == 0.0),
        "{} fees, {} pieces of work",
        pieces,
        items
    );
    Ok(pieces)
}

proptest! {
    #![proptest_config(crate::law(6, 4))]

    /// What a report says of all replications adds up as each of them does.
    #[test]
    fn costs_of_an_outcome_add_up(shape in shapes(), on in mechanisms()) {
        let settings = Settings { replications: 4, ..Settings::default() };
        let outcome = replicate(&case(&text(&organisation(&shape, &on))), &settings, &());
        let total = outcome.cost.total.unwrap().value;
        let kinds: f64 = outcome.cost.by_kind.iter().filter_map(|k| k.amount).map(|e| e.value).sum();
        prop_assert!((kinds / total - 1.0).abs() < 1e-12, "{} {}", kinds, total);
        let resolved = outcome.overall.get("resolved").unwrap().value;
        if let Some(per_resolved) = outcome.cost.per_resolved {
            prop_assert!((per_resolved.value * resolved / total - 1.0).abs() < 1e-9);
        }
        let paid: f64 = outcome.teams.iter().map(|t| t.metrics.get("paid_h").unwrap().value).sum();
        prop_assert!((outcome.cost.per_paid_hour.unwrap().value * paid / total - 1.0).abs() < 1e-9);
    }
}
