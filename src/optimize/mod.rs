//! From how it would run to what should be done: heads, shifts and shares at least cost, proved by simulation.
//!
//! [`recommend`] goes round: a *requirement* from formulas ([`demand`](self), service curves) becomes *shifts* by linear
//! and integer models, becomes *heads*; the plan is *simulated* on common random numbers; what the simulation says
//! corrects the requirement; and so on until nothing is broken. The plan that results is *proved* on replications the
//! search never used: it counts as proved when every promise is met beyond the doubt of that simulation.
//!
//! # Life of a plan
//! 0. Where a vendor's part may move, the [`mix`] of own people and vendors is decided over cases of demand; its shares and
//!    commitments hold for what follows. How many people the proved plan has comes back into the mix, which is told, and where
//!    need be decided and planned for, again.
//!    Where the forecast may be wrong, the level of demand that is planned for follows from the chance asked for.
//! 1. The horizon's weeks are laid on a grid of cells; alike weeks are planned once. Where every distinct shift has a fee
//!    (`decide.distinct_shift`), the starts and lengths that are worth it are chosen.
//! 2. Teams that take contacts side by side are a pool: their agents are counted together, never once per skill.
//!    A pool's live work gets service curves (Erlang A on the modified offered load, averaged over busy and quiet
//!    days); its deferred work is a flow with due dates that fills what live work leaves free, at first for a week as busy as its
//!    promise has to bear.
//! 3. One linear model covers the cells with shifts so that each promise is kept on the whole, wherever that is
//!    cheapest. Its duals price what couples days and teams, and each day becomes whole shifts by an integer model;
//!    adding, dropping and swapping single shifts tidies up. Its bound says what no roster can undercut.
//! 4. Heads follow from hours, days and rest. Whoever is paid anyway is put to work where most work meets fewest people.
//! 5. What was simulated corrects the formulas, hour by hour. Where skills overlap, work overflows or tiers share people, a
//!    promise that is broken adds *cuts* instead: how much each team's agents help it at each hour, by simulation.
//! 6. As many people as there are [`today`](self), on shifts by formula or on their own, are tried, too, where they cost less than
//!    the plan.
//!    At the end people are given up and exchanged, as far as the simulation says that everything is still kept.
//! 7. Where a team's people are [`named`], its shifts are handed out to them; where some stay open, the roster by name is
//!    simulated as it would be worked.
//!
//! Where the rules cannot all hold there is no plan, but the smallest set of them that clash and the smallest relaxation
//! of each ([`Infeasible`]); on request also a plan that is short where it hurts least ([`Understaffed`]).

mod assumed;
mod baseline;
mod bridge;
mod busy_week;
mod by_name;
#[cfg(test)]
mod calendar_tests;
mod columns;
mod conclude;
mod conflict;
#[cfg(test)]
mod contract_tests;
mod coverage;
mod crossed;
mod curve;
mod cuts;
mod demand;
mod describe;
pub mod design;
mod distinct;
mod employment;
mod files;
mod fill;
mod finish;
mod flows;
mod forecast;
mod formula;
mod generate;
mod goal;
mod gradient;
mod grid;
mod hand_out;
mod heads;
mod infeasible;
mod integer;
mod keep;
mod leave;
mod levers;
mod minimum;
pub mod mix;
mod model;
pub mod named;
mod one_more;
mod outlook;
mod overdue;
mod plan;
mod played;
mod polish;
mod problem;
mod proof;
mod published;
mod recommendation;
mod refine;
mod round;
#[cfg(test)]
mod rules_tests;
mod search;
mod seats;
mod shares;
mod shortage;
pub mod support;
mod taken;
#[cfg(test)]
mod testing;
mod today;
mod tours;
mod tune;
mod understaffed;
mod why;
mod words;

pub use baseline::baseline;
pub use bridge::BridgeStep;
pub use files::write;
pub use forecast::{Forecast, PromiseForecast, TeamForecast};
pub use goal::{Goal, Phase, Progress};
pub use heads::Staff;
pub use infeasible::{Infeasible, Rule};
pub use leave::{LeaveTeam, LeaveWeek};
pub use plan::{
    Baseline, BreakPlan, ByName, Decided, Delta, DistinctShifts, HeadsPlan, Kept, Plan, Round,
    RoundPromise, SharePlan, ShiftPlan, Staffed, TeamPlan, TodayPromise, Why, WhyPromise, WhyTeam,
};
pub use published::{Change, Changed, Times};
pub use recommendation::Recommendation;
pub use search::recommend;
pub use understaffed::{ShortHour, ShortPromise, Understaffed};
