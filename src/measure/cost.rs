//! What a replication cost, by kind.

use super::billing::Bill;
use super::leads;
use super::wages;
use super::when::When;
use crate::roster::{self, FTE_HOURS, Roster, head_s};
use crate::scenario::model::{Scenario, spans};
use crate::sim::{Ledger, TeamSums};
use crate::stats::unordered_sum;
use crate::time::{self, HOUR, MONTH_S, Tick};
use serde::Serialize;

/// Seconds of a week.
pub(super) const WEEK_S: f64 = 7.0 * 86_400.0;

/// What money is spent on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CostKind {
    /// Pay of own staff, on-cost included.
    Wages,
    /// Night, weekend and holiday premiums, on the time of calls too.
    Premiums,
    /// Work beyond the end of duties.
    Overtime,
    /// Being reachable on call.
    Standby,
    /// Calls of people on call.
    CallOuts,
    /// Those who lead teams.
    Leads,
    /// Tools per head.
    Tools,
    /// Rent of seats while a site is open.
    Rent,
    /// Those who run sites.
    SiteManagement,
    /// Finding newcomers and replacing leavers.
    Hiring,
    /// Training of newcomers: pay without work, and what courses cost.
    Training,
    /// What people get who are given notice.
    Severance,
    /// Opening and closing: what vendors and sites cost once, where that falls into the horizon.
    Setup,
    /// Fees per contact.
    Fees,
    /// What vendors bill, minimum included.
    Vendor,
    /// What vendors pay back for missed promises: negative.
    VendorPenalties,
    /// The client's own cost of managing vendors.
    VendorManagement,
    /// What we pay for missed promises.
    Penalties,
    /// Overheads that do not depend on who is on duty.
    Overhead,
    /// Value lost with customers who left for good.
    ValueLost,
    /// Self-service: its price, and its fees per contact taken.
    SelfService,
}

impl CostKind {
    /// What is counted under it, for `explain`.
    #[must_use]
    pub fn definition(self) -> &'static str {
        match self {
            Self::Wages => "Pay of own staff, on-cost included.",
            Self::Premiums => "Night, weekend and holiday premiums, on the time of calls too.",
            Self::Overtime => "Work beyond the end of duties.",
            Self::Standby => "Being reachable on call, calls or none.",
            Self::CallOuts => {
                "Time of people on call from a call until they go back, at least the minimum."
            }
            Self::Leads => "Those who lead teams.",
            Self::Tools => "Tools per head.",
            Self::Rent => "Rent of seats while a site is open.",
            Self::SiteManagement => "Those who run sites.",
            Self::Hiring => "Finding newcomers and replacing leavers.",
            Self::Training => {
                "Training of newcomers and of those from another team: pay without work, and what courses cost."
            }
            Self::Severance => "What people get who are given notice.",
            Self::Setup => {
                "Opening and closing: what vendors and sites cost once, where that falls into the horizon."
            }
            Self::Fees => "Fees per contact.",
            Self::Vendor => "What vendors bill, minimum included.",
            Self::VendorPenalties => "What vendors pay back for missed promises: negative.",
            Self::VendorManagement => "The client's own cost of managing vendors.",
            Self::Penalties => "What we pay for missed promises.",
            Self::Overhead => "Overheads that do not depend on who is on duty.",
            Self::ValueLost => "Value lost with customers who left for good.",
            Self::SelfService => "Self-service: its price, and its fees per contact taken.",
        }
    }
}

/// Every kind, in the order of reports.
pub const KINDS: [CostKind; 21] = [
    CostKind::Wages,
    CostKind::Premiums,
    CostKind::Overtime,
    CostKind::Standby,
    CostKind::CallOuts,
    CostKind::Leads,
    CostKind::Tools,
    CostKind::Rent,
    CostKind::SiteManagement,
    CostKind::Hiring,
    CostKind::Training,
    CostKind::Severance,
    CostKind::Setup,
    CostKind::Fees,
    CostKind::Vendor,
    CostKind::VendorPenalties,
    CostKind::VendorManagement,
    CostKind::Penalties,
    CostKind::Overhead,
    CostKind::ValueLost,
    CostKind::SelfService,
];

/// An amount of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CostLine {
    /// What for.
    pub kind: CostKind,
    /// Money over the horizon (the warm-up left out).
    pub amount: f64,
}

/// The span of a horizon that results count: the warm-up is left out.
pub(super) struct Counted {
    /// Its first tick.
    pub from: Tick,
    /// Its end.
    pub to: Tick,
    /// Of the whole horizon.
    pub part: f64,
    months: f64,
}

impl Counted {
    pub(super) fn of(scenario: &Scenario) -> Self {
        let length = scenario.horizon.length();
        let counted_s = time::seconds(length) - scenario.warm_up_s;
        Self {
            from: time::ticks(scenario.warm_up_s),
            to: length,
            part: counted_s / time::seconds(length),
            months: counted_s / MONTH_S,
        }
    }
}

/// What a replication cost over the horizon, one line per kind in the order of [`KINDS`]; the lines add up to the total.
///
/// What is paid once counts where the change it is paid for lies inside the horizon: a site that opens after its lead
/// time or closes, a vendor that begins with no heads. Setting up what is there from the start belongs to a change
/// before, not to a running organisation, and is left out. `bills` are the vendors', in the scenario's order.
#[must_use]
pub fn cost(
    scenario: &Scenario,
    roster: &Roster,
    ledger: &Ledger,
    bills: &[Option<Bill>],
) -> Vec<CostLine> {
    let mut amounts = [const { Vec::new() }; KINDS.len()];
    spend(scenario, roster, ledger, bills, &mut |kind, amount, _| {
        amounts[kind as usize].push(amount);
    });
    KINDS
        .iter()
        .map(|&kind| CostLine {
            kind,
            amount: unordered_sum(amounts[kind as usize].iter().copied()),
        })
        .collect()
}

/// Every amount of a replication, with when it is spent.
pub(super) fn spend(
    scenario: &Scenario,
    roster: &Roster,
    ledger: &Ledger,
    bills: &[Option<Bill>],
    add: &mut impl FnMut(CostKind, f64, When<'_>),
) {
    let counted = Counted::of(scenario);
    for (t, sums) in ledger.teams.iter().enumerate() {
        people(scenario, roster, t, sums, &counted, add);
    }
    sites(scenario, &counted, add);
    vendors(scenario, bills, &counted, add);
    let always = When::Evenly(counted.from, counted.to);
    for overhead in &scenario.overheads {
        add(
            CostKind::Overhead,
            overhead.per_month * counted.months,
            always,
        );
    }
    let periods = super::promise::periods(scenario, ledger);
    for (p, (promise, periods)) in scenario.promises.iter().zip(&periods).enumerate() {
        let (kept, judged) = super::promise::kept_periods(promise, &[periods])[0];
        add(
            CostKind::Penalties,
            promise.penalty * (judged - kept) as f64,
            When::Missed(p),
        );
    }
    for (d, (deflection, taken)) in scenario
        .deflections
        .iter()
        .zip(&ledger.deflected)
        .enumerate()
    {
        let length = scenario.horizon.length() as f64;
        let warm_up = crate::time::ticks(scenario.warm_up_s) as f64;
        let in_force = (length - (deflection.from as f64).max(warm_up)).max(0.0);
        let months = counted.months * in_force / (length - warm_up);
        let (price, fees) = (
            deflection.per_month * months,
            deflection.per_contact * *taken as f64,
        );
        add(
            CostKind::SelfService,
            price + fees,
            When::Parts(&[
                (
                    price,
                    When::Evenly(deflection.from.max(0) as Tick, counted.to),
                ),
                (fees, When::Deflected(d)),
            ]),
        );
    }
    for (s, (stream, sums)) in scenario.streams.iter().zip(&ledger.streams).enumerate() {
        let value = scenario.topics[stream.topic].lost_value;
        add(CostKind::ValueLost, value * sums.lost as f64, When::Lost(s));
    }
}

/// What a team costs by itself.
pub(super) fn people(
    scenario: &Scenario,
    roster: &Roster,
    t: usize,
    sums: &TeamSums,
    counted: &Counted,
    add: &mut impl FnMut(CostKind, f64, When<'_>),
) {
    let team = &scenario.teams[t];
    let by = |sums: fn(&TeamSums) -> u64| When::Team(t, sums);
    let moves = roster.teams[t].moves();
    let head_months = if moves {
        time::seconds(sums.working + sums.in_class) / MONTH_S
    } else {
        roster.teams[t].heads * counted.months
    };
    let heads = if moves {
        by(|s| s.working + s.in_class)
    } else {
        When::Heads(t)
    };
    add(
        CostKind::Hiring,
        team.workforce.hiring.cost * (sums.hires + sums.lead_hires) as f64,
        by(|s| s.hires + s.lead_hires),
    );
    let replacement = team.workforce.attrition.map_or(0.0, |a| a.replacement);
    let leavers = sums.leavers + sums.lead_leavers;
    add(
        CostKind::Hiring,
        replacement * leavers as f64,
        by(|s| s.leavers + s.lead_leavers),
    );
    let course = team.workforce.class.map_or(0.0, |c| c.cost) * sums.hires as f64;
    let in_class = sums.class_pay as f64 / 1e6;
    add(
        CostKind::Training,
        course + in_class,
        When::Parts(&[(course, by(|s| s.hires)), (in_class, by(|s| s.class_pay))]),
    );
    add(CostKind::Fees, sums.fees as f64 / 1e6, by(|s| s.fees));
    let promoted = team.lead.filter(|l| moves && l.promotes.is_some());
    match promoted {
        Some(lead) => add(
            CostKind::Leads,
            lead.per_month * time::seconds(sums.leading) / MONTH_S,
            by(|s| s.leading),
        ),
        None => {
            let by_hour = leads::by_staffed_hour(scenario, roster, t, counted.from);
            let by_heads = team.lead_per_head_month() * head_months;
            add(
                CostKind::Leads,
                by_heads + by_hour,
                When::Parts(&[(by_heads, heads), (by_hour, When::LeadsOnDuty(t))]),
            );
        }
    }
    add(
        CostKind::Standby,
        sums.standby_pay as f64 / 1e6,
        When::Standby(t),
    );
    let (tools, when) = match scenario.tool_prices(t)[..] {
        [(_, always)] => (always * head_months, heads),
        _ if moves => (sums.tools_pay as f64 / 1e6, by(|s| s.tools_pay)),
        ref prices => (
            spans(prices, counted.to)
                .map(|(from, to, price)| {
                    let from = from.max(counted.from);
                    price * head_s(scenario, t, &roster.teams[t], from, to) / MONTH_S
                })
                .sum(),
            When::Tools(t),
        ),
    };
    add(CostKind::Tools, tools, when);
    if team.vendor.is_none() {
        wages::people(scenario, roster, t, sums, counted, add);
    }
}

/// Rent while a site is open, those who run it until it closes, opening and closing inside the horizon.
fn sites(scenario: &Scenario, counted: &Counted, add: &mut impl FnMut(CostKind, f64, When<'_>)) {
    for site in &scenario.sites {
        let opens = time::ticks(site.lead_time_s).min(counted.to);
        let closes = site.closes.unwrap_or(counted.to);
        let months =
            |from: Tick| time::seconds(closes.saturating_sub(from.max(counted.from))) / MONTH_S;
        let rent = f64::from(site.seats.unwrap_or(0)) * site.rent_per_seat_month;
        add(
            CostKind::Rent,
            rent * months(opens),
            When::Evenly(opens, closes),
        );
        add(
            CostKind::SiteManagement,
            site.management_per_month * months(0),
            When::Evenly(counted.from, closes),
        );
        if site.lead_time_s > 0.0 {
            add(CostKind::Setup, site.setup, When::At(opens));
        }
        if site.closes.is_some() {
            add(CostKind::Setup, site.closing, When::At(closes));
        }
    }
}

fn vendors(
    scenario: &Scenario,
    bills: &[Option<Bill>],
    counted: &Counted,
    add: &mut impl FnMut(CostKind, f64, When<'_>),
) {
    for (v, vendor) in scenario.vendors.iter().enumerate() {
        let Some(bill) = bills.get(v).copied().flatten() else {
            continue;
        };
        add(CostKind::Vendor, bill.amount, When::Billed(v));
        add(
            CostKind::VendorPenalties,
            -bill.paid_back,
            When::PaidBack(v),
        );
        add(
            CostKind::VendorManagement,
            vendor.manage_per_month * counted.months,
            When::Evenly(counted.from, counted.to),
        );
        let teams = || scenario.teams.iter().filter(|t| t.vendor == Some(v));
        if let Some((_, per_hour)) = vendor.training {
            let trained: f64 = teams()
                .map(|t| roster::training_s(scenario, t, counted.from, counted.to))
                .sum();
            add(
                CostKind::Training,
                trained / WEEK_S * FTE_HOURS * per_hour,
                When::VendorTraining(v),
            );
        }
        if teams().all(|t| t.ramp.is_some_and(|r| r.from == 0)) {
            let begins = teams().filter_map(|t| Some(time::ticks(t.ramp?.begins_s)));
            let begins = begins.min().unwrap_or(counted.from);
            add(CostKind::Setup, vendor.setup, When::At(begins));
        }
    }
}

/// Ticks as hours.
pub(super) fn hours(ticks: Tick) -> f64 {
    ticks as f64 / HOUR as f64
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{CostKind, cost};
    use crate::random::Seed;
    use crate::scenario::Scenario;
    use crate::{roster, scenario, sim, world};

    /// Two weeks of the startup with a tool of the pool, and what it costs when played.
    fn tools(price: &str, from: &str, people: &str) -> (Scenario, f64) {
        let mut sets = vec![
            ("length", "2 weeks".to_string()),
            ("people", people.to_string()),
            ("team.pool.attrition", "{ rate = \"200%\" }".to_string()),
            (
                "tool.crm",
                format!("{{ price = \"EUR {price}/month\", teams = [\"pool\"] }}"),
            ),
        ];
        if !from.is_empty() {
            let entry = format!(
                "[{{ date = 2027-01-16, set = {{ tool.crm.price = \"EUR {from}/month\" }} }}]"
            );
            sets.push(("from", entry));
        }
        let sets: Vec<(String, String)> = sets.into_iter().map(|(k, v)| (k.into(), v)).collect();
        let scenario = scenario::load_with("scenarios/startup/scenario.toml".as_ref(), &sets)
            .unwrap_or_else(|d| panic!("{}", d.render(false)));
        let roster = roster::place(&scenario).unwrap();
        let compiled = world::compile(&scenario).unwrap();
        let seed = Seed {
            seed: 5,
            replication: 0,
        };
        let ledger = sim::play(&compiled, &roster, seed);
        let lines = cost(&scenario, &roster, &ledger, &[]);
        let line = lines.iter().find(|l| l.kind == CostKind::Tools).unwrap();
        (scenario, line.amount)
    }

    #[test]
    fn tools_cost_what_they_cost_on_the_day() {
        let bare = tools("0", "", "frozen").1;
        let rises = tools("60", "90", "frozen").1 - bare;
        // 60 heads: 5 of 14 days at EUR 60 a month, 9 at EUR 90.
        let month = 365.25 / 12.0;
        assert!(
            (rises - 60.0 * (5.0 * 60.0 + 9.0 * 90.0) / month).abs() < 1e-6,
            "{rises}"
        );
    }

    #[test]
    fn who_comes_and_goes_has_tools_at_the_price_of_the_day() {
        let all = |price: &str, from: &str| tools(price, from, "change").1;
        let (bare, sixty, ninety) = (all("0", ""), all("60", ""), all("90", ""));
        let (rises, falls) = (all("60", "90"), all("90", "60"));
        // The same people: what one saves before the date the other saves after.
        assert!(
            (rises + falls - sixty - ninety).abs() < 1e-3,
            "{rises} {falls}"
        );
        let share = (rises - sixty) / (ninety - sixty);
        // Heads fall from the first day on, by 2 a year of everybody there and some are in class; 9 of 14 days are dearer.
        assert!(share < 9.0 / 14.0 && share > 0.6, "{share}");
        assert!(sixty - bare < 60.0 * 60.0 * 14.0 / (365.25 / 12.0));
    }
}
