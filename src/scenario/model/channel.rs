//! How customers reach support, and how each channel queues.

use super::{Course, Habits};
use crate::random::Law;
use crate::time::{Holidays, WeekHours};

/// How a channel queues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChannelKind {
    /// One at a time, customers wait on the line: phone.
    Live,
    /// Several side by side, customers wait at the screen: chat.
    Concurrent,
    /// Backlog, nobody waits at the screen: e-mail, social, tickets.
    Deferred,
}

/// One way to reach support.
#[derive(Debug, Clone)]
pub struct Channel {
    /// Its name.
    pub name: String,
    /// How it queues.
    pub kind: ChannelKind,
    /// When it is open, in the scenario's zone; also the business hours of its promises.
    pub open: WeekHours,
    /// Dates on which it stays closed.
    pub holidays: Holidays,
    /// How long customers wait before they leave; `None`: they never leave.
    pub patience: Option<Law>,
    /// How patience moves over the week.
    pub patience_course: Option<Course>,
    /// Probability that a customer who would have to wait leaves at once.
    pub balk: f64,
    /// What abandoners do.
    pub redial: Option<Comeback>,
    /// Where contacts go that arrive while it is closed: `(share, channel)`; the rest is lost.
    pub closed: Vec<(f64, usize)>,
    /// Of those who find it closed, the share that comes again after the next opening.
    pub later: f64,
    /// How long after the opening.
    pub later_after: Law,
    /// Whether it exists at all; a channel that is not offered sends all its customers elsewhere.
    pub offered: bool,
    /// What more would come on it if it is offered, as a share of its volume.
    pub latent: f64,
    /// What more would come in some hours of the week if it is open in them, as a share of its weekly volume.
    pub latent_hours: Vec<(WeekHours, f64)>,
    /// Where they go: `(share, channel)`; the rest is lost.
    pub unserved: Vec<(f64, usize)>,
    /// What becomes of those who wait at closing time.
    pub at_close: AtClose,
    /// Speed of each conversation with 1, 2, ... open side by side; length = slots. `[1.0]` for live and deferred.
    pub speeds: Vec<f64>,
    /// Mean number of open conversations when handle times were logged; 1 means handle time is pure effort.
    pub measured_at: f64,
    /// Agent replies per ticket and the customer's time between them.
    pub touches: Touches,
    /// Who takes the next touch.
    pub owner: Owner,
    /// Channels for which work in hand is put down.
    pub yields_to: Vec<usize>,
    /// Extra seconds of work each time it is resumed after being put down.
    pub resume_cost_s: f64,
    /// Extra seconds of work when somebody else than before takes the next touch.
    pub reread_s: f64,
    /// Tickets waiting at the start of the horizon, and the age of the oldest in seconds (ages spread evenly).
    pub backlog: Option<Backlog>,
    /// What its customers do beside waiting, and how it is looked after.
    pub habits: Habits,
    /// Rank between channels where priority classes tie: lower is served first.
    pub rank: u8,
}

/// A customer who comes back: with probability `share`, after a delay.
#[derive(Debug, Clone, PartialEq)]
pub struct Comeback {
    /// Probability.
    pub share: f64,
    /// Delay in seconds.
    pub after: Law,
}

/// Replies per ticket.
#[derive(Debug, Clone, PartialEq)]
pub struct Touches {
    /// Mean number of agent replies per ticket, at least 1 (1 + geometric).
    pub mean: f64,
    /// The customer's time to answer.
    pub customer_takes: Law,
}

/// What becomes of those who wait on the line at closing time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtClose {
    /// They are served, by those on duty and by those who stay for it.
    Serve,
    /// They are sent away and count as abandoned.
    TurnAway,
    /// They wait for the next opening as long as their patience lasts.
    CarryOver,
}

/// Who takes a ticket's next touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The same agent when on duty, else the team.
    Agent,
    /// Anyone of the same team.
    Team,
    /// Anyone with the skill.
    Anyone,
}

/// Work waiting at the start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backlog {
    /// Tickets, over all streams of the channel in proportion to their volume.
    pub tickets: f64,
    /// Age of the oldest in seconds.
    pub oldest_s: f64,
}

impl Channel {
    /// The channels (indexes) its contacts may go to, or bring contacts to.
    pub fn leads_to(&self) -> impl Iterator<Item = usize> + '_ {
        let habits = &self.habits;
        let turns = habits.leaves_for.iter().chain(&habits.also);
        let turns = turns.chain(&habits.chaser).map(|e| e.channel);
        let sent = self.closed.iter().chain(&self.unserved).map(|c| c.1);
        sent.chain(turns)
    }

    /// Undivided effort per second of logged handle time: the speed at the concurrency the times were logged at,
    /// interpolated between whole numbers of open conversations.
    #[must_use]
    pub fn effort_per_logged_second(&self) -> f64 {
        self.speed_at(self.measured_at)
    }

    /// Effort an agent gets done per second with `open` conversations side by side (not necessarily whole).
    #[must_use]
    pub fn throughput(&self, open: f64) -> f64 {
        open * self.speed_at(open)
    }

    fn speed_at(&self, open: f64) -> f64 {
        let at = (open - 1.0).clamp(0.0, self.speeds.len() as f64 - 1.0);
        let below = at.floor() as usize;
        let above = (below + 1).min(self.speeds.len() - 1);
        let part = at - below as f64;
        self.speeds[below] * (1.0 - part) + self.speeds[above] * part
    }
}
