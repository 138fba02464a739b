//! What a roster is: for every position, when it is meant to be on queue.

use super::escalations::LeadPlace;
use super::on_call::OnCallPlace;
use super::people::TeamPeople;
use super::release::{Joining, Leaving};
use super::sickness::Sickness;
use super::terms::Terms;
use crate::scenario::model::Rate;
use crate::time::{Tick, seconds};

/// Everybody's duties over the horizon.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Roster {
    /// One per team, in the scenario's order.
    pub teams: Vec<TeamRoster>,
}

/// One team's duties.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TeamRoster {
    /// Positions, each filled by one person at a time.
    pub positions: Vec<Position>,
    /// Heads on the payroll (people, not seats, not FTE); 0 where the roster gives agents rather than heads.
    pub heads: f64,
    /// Full-time equivalents of these heads (their paid weekly hours over 40).
    pub fte: f64,
    /// Paid time of the heads over the horizon in seconds, leave and sickness included.
    pub paid_s: f64,
    /// Probability that a duty is lost to sickness.
    pub sick: f64,
    /// Mean length of a spell of sickness in duties; 1 means days fall out independently.
    pub sick_spell: f64,
    /// Share of a duty lost to a late start, on average (exponentially spread).
    pub late: f64,
    /// The same from ticks on, ascending, where shrinkage changes over time.
    pub later: Vec<(Tick, Absences)>,
    /// How sickness varies over the horizon, where it does.
    pub sickness: Option<Sickness>,
    /// Per position: how it is paid where that is by the duty; empty where nobody is.
    pub terms: Vec<Option<Terms>>,
    /// Money per hour of overtime, where pay changes over time.
    pub overtime: Option<Rate>,
    /// Heads that are not needed any more and leave later.
    pub leaving: Vec<Leaving>,
    /// Heads that came from another team and are retrained first.
    pub joining: Vec<Joining>,
    /// Its places on call.
    pub on_call: Vec<OnCallPlace>,
    /// Its people over time, where something is stated about them.
    pub people: Option<TeamPeople>,
    /// Per position: whose lead it is, where its people are leads of other teams.
    pub leads: Vec<LeadPlace>,
    /// Names of the positions, where shifts were handed out by name; else empty.
    pub names: Vec<String>,
}

/// Shares of duties that are lost to sickness and lateness, as [`TeamRoster`] has them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Absences {
    /// As [`TeamRoster::sick`].
    pub sick: f64,
    /// As [`TeamRoster::sick_spell`].
    pub sick_spell: f64,
    /// As [`TeamRoster::late`].
    pub late: f64,
}

/// A place on the roster.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Position {
    /// Contract (index into the scenario's), `None` for vendors' people and bare agent counts.
    pub contract: Option<usize>,
    /// Duties in order of time, without overlap.
    pub duties: Vec<Duty>,
}

/// One shift of one position.
#[derive(Debug, Clone, PartialEq)]
pub struct Duty {
    /// Start, ticks.
    pub start: Tick,
    /// End, ticks.
    pub end: Tick,
    /// Ticks of the shift that lie before the horizon, whose start cuts them off; 0 for a whole shift.
    pub cut: Tick,
    /// Time off queue inside the duty, in order, without overlap.
    pub offs: Vec<Off>,
}

/// Time off queue inside a duty; it begins when the contact in hand is finished and keeps its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Off {
    /// Planned start, ticks.
    pub start: Tick,
    /// Planned end, ticks.
    pub end: Tick,
    /// What for.
    pub kind: OffKind,
}

/// Why somebody is off queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OffKind {
    /// A break that is paid.
    PaidBreak,
    /// A break that is not.
    UnpaidBreak,
    /// Planned work off queue: meetings, training, other work.
    Planned,
}

impl TeamRoster {
    /// What is lost of a duty that begins at a tick.
    #[inline]
    #[must_use]
    pub fn absences(&self, tick: Tick) -> Absences {
        let first = Absences {
            sick: self.sick,
            sick_spell: self.sick_spell,
            late: self.late,
        };
        let begun = self.later.iter().rev().find(|l| l.0 <= tick);
        begun.map_or(first, |l| l.1)
    }

    /// Whether its people come and go inside the horizon.
    #[must_use]
    pub fn moves(&self) -> bool {
        self.people
            .as_ref()
            .is_some_and(|p| !p.midnights.is_empty())
    }
}

impl Duty {
    /// Ticks on queue as planned.
    #[must_use]
    pub fn on_queue(&self) -> Tick {
        (self.end - self.start) - self.offs.iter().map(|o| o.end - o.start).sum::<Tick>()
    }

    /// Seconds that are paid: all but the unpaid breaks.
    #[must_use]
    pub fn paid_s(&self) -> f64 {
        seconds(self.end - self.start - self.time_off(|kind| kind == OffKind::UnpaidBreak))
    }

    /// Seconds that are not breaks.
    #[must_use]
    pub fn worked_s(&self) -> f64 {
        seconds(self.end - self.start - self.time_off(|kind| kind != OffKind::Planned))
    }

    /// Ticks of planned work off queue.
    #[must_use]
    pub fn planned(&self) -> Tick {
        self.time_off(|kind| kind == OffKind::Planned)
    }

    fn time_off(&self, which: impl Fn(OffKind) -> bool) -> Tick {
        let offs = self.offs.iter().filter(|o| which(o.kind));
        offs.map(|o| o.end - o.start).sum()
    }
}

/// Why people cannot be placed, in the planner's words, and what to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Infeasible {
    /// What does not fit.
    pub reason: String,
    /// What to change.
    pub remedy: String,
}

impl std::fmt::Display for Infeasible {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}; {}", self.reason, self.remedy)
    }
}

impl std::error::Error for Infeasible {}
