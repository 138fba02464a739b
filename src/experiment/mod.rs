//! Replications in parallel, when to stop, and what they say together.
//!
//! [`replicate`] plays a [`Case`] (a scenario, its world and a roster) until the asked number of replications or
//! precision is reached and gives an [`Outcome`]: every figure with its interval, verdicts, cost. Replications run
//! side by side on the threads of the caller's pool and are folded in order, so the outcome does not depend on their
//! number. [`replicate_against`] holds it against what happened. [`compare`] plays several cases before the same
//! customers. [`Collected`] keeps what later comparisons need: per-replication sums, not events. [`least_heads`] asks how
//! few people a structure needs, so that structures can be compared at the same promised quality; [`sweep`] does all of it
//! over many values.

mod against;
mod best;
mod case;
mod collected;
mod comparison;
mod criterion;
mod daily;
mod days;
mod difference;
mod escalation;
mod flips;
mod intervals;
mod lost_team;
mod outcome;
mod people;
mod replicate;
pub mod series;
mod staffing;
pub mod sweep;

pub use against::{Against, FigureAgainst, PeriodAgainst, ScopeAgainst};
pub use best::{
    Advantage, Best, OptionStanding, Standing, Winner, chance_of_best, promise_chances, standing,
};
pub use case::{Case, CaseError};
pub use collected::{Collected, ScopeSamples};
pub use comparison::{Comparing, Comparison, Method, NotComparable, compare};
pub use criterion::{COST, COST_PER_RESOLVED, Criterion, criteria, values};
pub use daily::{DailyFigures, DayWaits};
pub use days::{ChannelDay, Days, TeamDay};
pub use difference::{Difference, differences};
pub use escalation::{EscalationMatrix, Escalations, ShareOf, Shares};
pub use flips::{Amount, Flip, Flips, MOST_REPLICATIONS, NotTried, Side, flips};

pub use intervals::{
    ChannelIntervals, ChannelPoint, Intervals, Queue, StreamDay, StreamDays, TeamIntervals,
    TeamPoint,
};
pub use lost_team::{LostTeam, without_each_team};
pub use outcome::{
    ChannelOutcome, CostOutcome, CostOutcomeLine, FORMAT_VERSION, Metrics, Outcome, PromiseOutcome,
    Provenance, Resilience, StreamOutcome, TeamOutcome, VendorOutcome,
};
pub use people::WeekOfPeople;
pub use replicate::{
    Progress, Settings, StoppedBy, collect, collect_with, replicate, replicate_against,
};
pub use staffing::{FRESH, Staffing, StaffingError, Undone, least_heads, left_undone};
