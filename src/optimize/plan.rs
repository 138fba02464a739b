//! What is recommended: the JSON object of `optimize`.

use crate::experiment::{Outcome, Undone};
use crate::stats::Estimate;
use serde::Serialize;

/// A recommendation, and how it was reached and proved.
#[derive(Debug, Clone, Serialize)]
pub struct Plan {
    /// Version of this object.
    pub format_version: u32,
    /// Name of the scenario it is for.
    pub scenario: String,
    /// Whether every promise and bound was met on fresh random numbers, beyond the doubt of the simulation.
    pub proved: bool,
    /// What may move: as `[decide]` says, or heads of in-house teams where it is silent.
    pub decided: Decided,
    /// Level of demand that is planned for, of the forecast: above 1 where promises are to hold with a stated chance over
    /// the forecast's error.
    pub level: f64,
    /// Who works when.
    pub plan: Staffed,
    /// Money over the horizon for the people that were planned: heads' pay, premiums, vendors' hours.
    pub cost: f64,
    /// No roster that meets the same requirement costs less than this.
    pub bound: f64,
    /// `(cost - bound) / cost`.
    pub gap: f64,
    /// Currency of both.
    pub currency: String,
    /// Starts and lengths in use, where each has a fee.
    pub distinct_shifts: Option<DistinctShifts>,
    /// How the search went.
    pub rounds: Vec<Round>,
    /// Why these numbers.
    pub why: Why,
    /// What the plan assumes of demand and patience, beyond what its proof assumes.
    pub assumptions: Vec<crate::scenario::model::Assumption>,
    /// Bounds of `[decide] keep`, as the proof found them.
    pub keep: Vec<Kept>,
    /// What is left undone, where the rules cannot all hold and a plan was asked for all the same.
    pub understaffed: Option<super::understaffed::Understaffed>,
    /// Own people and vendors, decided over cases of demand; only where a vendor's part may move.
    pub mix: Option<super::mix::Mix>,
    /// Today's organisation on the same customers, where it can be played.
    pub delta: Option<Delta>,
    /// What the usual spreadsheet would have asked for, where that was wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Baseline>,
    /// What changes of published rosters, and for how much of the cost.
    pub published: Vec<super::published::Changed>,
    /// How many people can be on leave, team by team and week by week.
    pub leave: Vec<super::leave::LeaveTeam>,
    /// Who works what, in teams whose people are named.
    pub people: Vec<super::named::HandOut>,
    /// What the roster by name keeps; null where every shift is handed out, for which the proof speaks.
    pub by_name: Option<ByName>,
    /// The plan simulated on random numbers that the search never used.
    pub proof: Outcome,
}

/// Distinct shifts and their fees (`decide.distinct_shift`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DistinctShifts {
    /// Starts by the clock and lengths that teams use, counted team by team.
    pub count: u32,
    /// Money for each.
    pub fee: f64,
    /// Money for all of them, a part of the plan's cost.
    pub cost: f64,
}

/// What the search was allowed to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Decided {
    /// What `[decide]` lists.
    Decide,
    /// Heads of in-house teams, as the scenario does not say.
    HeadsOfInHouseTeams,
}

/// People and shares.
#[derive(Debug, Clone, Serialize)]
pub struct Staffed {
    /// Planned teams of own staff.
    pub teams: Vec<TeamPlan>,
    /// Planned teams of vendors.
    pub vendors: Vec<TeamPlan>,
    /// Shares of routes that were decided.
    pub shares: Vec<SharePlan>,
}

/// A team's people and shifts.
#[derive(Debug, Clone, Serialize)]
pub struct TeamPlan {
    /// Name.
    pub name: String,
    /// People on the payroll.
    pub heads: u32,
    /// By contract.
    pub contracts: Vec<HeadsPlan>,
    /// Heads today.
    pub heads_today: u32,
    /// Paid hours of shifts in an average week.
    pub shift_hours_per_week: f64,
    /// Shifts.
    pub shifts: Vec<ShiftPlan>,
}

/// Heads of one contract.
#[derive(Debug, Clone, Serialize)]
pub struct HeadsPlan {
    /// Contract; `None` for a vendor's people.
    pub contract: Option<String>,
    /// People.
    pub heads: u32,
}

/// People on one shift.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShiftPlan {
    /// Week of the horizon from 1; `None` for every week.
    pub week: Option<u32>,
    /// Day of the week in the team's clock, `Mon` to `Sun`.
    pub day: &'static str,
    /// Template.
    pub shift: String,
    /// Contract, where the team has any.
    pub contract: Option<String>,
    /// Start, `08:30`, in the team's clock.
    pub start: String,
    /// Length in minutes, breaks included.
    pub length_min: u32,
    /// Breaks.
    pub breaks: Vec<BreakPlan>,
    /// People on it.
    pub staff: u32,
}

/// A break inside a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BreakPlan {
    /// Start after the shift's start, minutes.
    pub offset_min: u32,
    /// Length in minutes.
    pub length_min: u32,
}

/// A decided share of a route.
#[derive(Debug, Clone, Serialize)]
pub struct SharePlan {
    /// Dotted path of the lever.
    pub path: String,
    /// Share, a fraction.
    pub share: f64,
    /// Today's.
    pub today: f64,
}

/// One round of the search.
#[derive(Debug, Clone, Serialize)]
pub struct Round {
    /// Number from 1.
    pub round: u32,
    /// Least cost of any roster for this round's requirement.
    pub bound: f64,
    /// Cost of its plan.
    pub cost: f64,
    /// Heads of its plan, over planned teams.
    pub heads: u32,
    /// Their full-time equivalents.
    pub fte: f64,
    /// Where each promise stood in the search's simulation.
    pub promises: Vec<RoundPromise>,
    /// Cuts by simulation that its plan had to keep, and those its simulation added.
    pub cuts: u32,
    /// Added.
    pub cuts_added: u32,
    /// Whether it was put to the proof, and how that ended.
    pub proof: Option<bool>,
    /// Promises and bounds broken in the round's simulation or proof.
    pub broken: Vec<String>,
}

/// A promise in one round.
#[derive(Debug, Clone, Serialize)]
pub struct RoundPromise {
    /// Name.
    pub name: String,
    /// Mean share that the requirement aimed at.
    pub aim: f64,
    /// Mean share simulated.
    pub value: f64,
    /// Share in the period that decides, or the mean less the proof's doubt.
    pub telling: f64,
}

/// A bound of `[decide] keep`.
#[derive(Debug, Clone, Serialize)]
pub struct Kept {
    /// As written.
    pub text: String,
    /// Value in the proof.
    pub value: Option<f64>,
    /// The end of its interval that has to keep the bound.
    pub judged: Option<f64>,
    /// Whether it is kept.
    pub met: bool,
    /// Whether it bounds money, of which the search seeks the least in any case.
    #[serde(skip)]
    pub money: bool,
}

/// Why these numbers, from load to heads.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Why {
    /// Per planned team.
    pub teams: Vec<WhyTeam>,
    /// Per promise: what it costs at the margin.
    pub promises: Vec<WhyPromise>,
    /// What holds the plan up: bounds of heads, occupancy and the like that are reached.
    pub binding: Vec<String>,
    /// What could not be planned for, in words.
    pub notes: Vec<String>,
    /// From the planner's spreadsheet to the plan, in full-time equivalents.
    pub bridge: Vec<super::bridge::BridgeStep>,
    /// What the plan expects of the average week.
    pub forecast: super::forecast::Forecast,
}

/// A team's way from load to heads; hours are agent-hours of an average week.
#[derive(Debug, Clone, Serialize)]
pub struct WhyTeam {
    /// Name.
    pub name: String,
    /// Teams it works side by side with.
    pub beside: Vec<String>,
    /// Work to be done: live and deferred, turn-round included.
    pub load_h: f64,
    /// Agents by formula, cell by cell, for each promise on its own.
    pub erlang_h: f64,
    /// Factor on the live load that the simulation asked for; 1 is the formula as it stands.
    pub simulation_factor: f64,
    /// Agents on queue in the plan.
    pub on_queue_h: f64,
    /// Share of scheduled time, breaks apart, on queue.
    pub on_queue_share: f64,
    /// Paid hours of shifts in the plan.
    pub scheduled_h: f64,
    /// Share of paid hours not taken as leave.
    pub at_work_share: f64,
    /// Heads.
    pub heads: u32,
    /// Points (of one) by which each promise would rise with one more head, `(promise, rise)`.
    pub one_more: Vec<(String, f64)>,
}

/// What a promise costs.
#[derive(Debug, Clone, Serialize)]
pub struct WhyPromise {
    /// Name.
    pub name: String,
    /// Mean share aimed at, above the promised one where it has to hold in most periods.
    pub aim: f64,
    /// Money over the horizon that one more point (0.01) costs at the margin; `None` without duals.
    pub per_point: Option<f64>,
}

/// The plan against today, on the same customers.
#[derive(Debug, Clone, Serialize)]
pub struct Delta {
    /// Name of the scenario that is today's.
    pub scenario_today: String,
    /// Heads of planned teams today.
    pub heads_today: u32,
    /// Heads planned.
    pub heads: u32,
    /// Paid hours of shifts over the horizon: today (hours on queue where there are no shifts), planned.
    pub hours_today: f64,
    /// Planned.
    pub hours: f64,
    /// Hours paid by contract over the horizon, leave and what is not scheduled included, today.
    pub paid_hours_today: f64,
    /// With the plan.
    pub paid_hours: f64,
    /// Cost of everything over the horizon, today.
    pub cost_today: f64,
    /// With the plan.
    pub cost: f64,
    /// Promises kept today, by name.
    pub today: Vec<TodayPromise>,
    /// Work without a promise that is not kept up with today; a plan does it.
    pub undone_today: Option<Undone>,
    /// Whether today's roster keeps every promise and bound beyond doubt and does all work; not known,
    /// and so false, where it is not held to the plan's bounds.
    pub kept_today: bool,
}

/// Erlang C for every skill on its own and shifts that cover the sum, on the proof's replications.
#[derive(Debug, Clone, Serialize)]
pub struct Baseline {
    /// Factor its loads were raised by until its promises held; 1: as the spreadsheet says.
    pub uplift: f64,
    /// Heads of the planned teams.
    pub heads: u32,
    /// Money over the horizon for the planned people.
    pub cost: f64,
    /// Money over the horizon, of everything, that the plan costs less.
    pub saving: Option<Estimate>,
    /// The same as a share of what the spreadsheet's roster costs.
    pub saving_share: Option<Estimate>,
    /// How it keeps the promises.
    pub promises: Vec<TodayPromise>,
}

/// A promise today.
#[derive(Debug, Clone, Serialize)]
pub struct TodayPromise {
    /// Name.
    pub name: String,
    /// Share kept.
    pub value: Option<f64>,
    /// Verdict.
    pub verdict: crate::measure::Verdict,
}

/// What a roster by name keeps that leaves shifts of the plan open, on the proof's replications.
#[derive(Debug, Clone, Serialize)]
pub struct ByName {
    /// Shifts that nobody works.
    pub open: u32,
    /// How it keeps the promises.
    pub promises: Vec<TodayPromise>,
    /// What `[decide] keep` says of it.
    pub keep: Vec<Kept>,
    /// Promises and bounds that it breaks, by name.
    #[serde(skip)]
    pub broken: Vec<String>,
}

impl TodayPromise {
    /// The promises of something that was played.
    #[must_use]
    pub fn of(outcome: &Outcome) -> Vec<Self> {
        let one = |p: &crate::experiment::PromiseOutcome| Self {
            name: p.name.clone(),
            value: p.value.map(|e| e.value),
            verdict: p.verdict,
        };
        outcome.promises.iter().map(one).collect()
    }
}
