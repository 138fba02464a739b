//! The compiled tables.

use super::deflection::DeflectionPlan;
use super::equipment::EquipmentPlan;
use super::era::EraPlan;
use super::habits::HabitsPlan;
use super::hand_off::{HandOffPlan, SecondPlan};
use super::life_cycle::NextPlan;
use super::outage::OutagePlan;
use super::route_hours::TimedLots;
use super::satisfaction::SatisfactionPlan;
use super::vendors::VendorPromisePlan;
use crate::random::{Busyness, Sampler};
use crate::scenario::model::{
    AtClose, AtShiftEnd, ChannelKind, End, Owner, Population, PromiseEvent, Takes,
};
use crate::time::{OpenHours, Periods, Tick};

/// Most queue classes a world may have.
pub const MAX_CLASSES: usize = 512;
/// Most teams a world may have.
pub const MAX_TEAMS: usize = 64;
/// No class: nobody can take such a contact.
pub const NO_CLASS: u16 = u16::MAX;
/// A mean that does not move over the week.
pub const NO_COURSE: u16 = u16::MAX;
/// A class whose queue nobody measures.
pub const NO_GAUGE: u16 = u16::MAX;

/// Everything a replication needs besides the roster.
#[derive(Debug, Clone)]
pub struct World {
    /// Length of the horizon.
    pub length: Tick,
    /// Results count from here on.
    pub warm_up: Tick,
    /// Planning interval.
    pub interval: Tick,
    /// Number of planning intervals.
    pub intervals: usize,
    /// Kind of each channel.
    pub channels: Vec<ChannelKind>,
    /// Per channel: what becomes of those who wait at closing time.
    pub at_close: Vec<AtClose>,
    /// Streams of demand.
    pub streams: Vec<StreamPlan>,
    /// Contacts that events add as exact numbers.
    pub batches: Vec<BatchPlan>,
    /// Queue classes.
    pub classes: Vec<ClassPlan>,
    /// Teams.
    pub teams: Vec<TeamPlan>,
    /// All channels in the order of their names, in which ties between them fall.
    pub channels_by_name: Vec<usize>,
    /// All teams in the order in which ties between them fall.
    pub standing: Vec<u8>,
    /// Number of tiers.
    pub tiers: usize,
    /// Opening hours, shared by streams.
    pub open: Vec<OpenHours>,
    /// When the routes hold that hold at some hours only.
    pub route_hours: Vec<OpenHours>,
    /// Factors per planning interval of means that move over the week.
    pub courses: Vec<Vec<f64>>,
    /// Seconds of work a hand-over to another site costs.
    pub handover_costs: f64,
    /// The delay station of work handed to engineering.
    pub engineering: Option<EngineeringPlan>,
    /// Number of queues that are measured for overflow by length or expected wait.
    pub gauges: usize,
    /// Promises.
    pub promises: Vec<PromisePlan>,
    /// What vendors promised us.
    pub vendor_promises: Vec<VendorPromisePlan>,
    /// Ends of the calendar months before the horizon's last, where vendors bill; empty where none does.
    pub month_ends: Vec<Tick>,
    /// Day index of each planning interval, one table per zone in use.
    pub day_tables: Vec<Vec<u32>>,
    /// Day index of each planning interval in the zone that results are reported in.
    pub report_days: Vec<u32>,
    /// Day-level busyness, if any.
    pub busyness: Option<Busyness>,
    /// Weights of the satisfaction score.
    pub satisfaction: SatisfactionPlan,
    /// Inverse distribution functions, shared by everything that draws durations of the same shape.
    pub samplers: Vec<Sampler>,
    /// Self-service.
    pub deflections: Vec<DeflectionPlan>,
    /// Tools that break down.
    pub outages: Vec<OutagePlan>,
}

/// A duration to draw: a shape and its scale, so that streams that differ in their mean share one table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DrawPlan {
    /// Index into [`World::samplers`].
    pub sampler: u16,
    /// Factor on what the sampler gives, seconds.
    pub scale: f64,
}

impl World {
    /// The duration at quantile `u`, in seconds.
    #[inline]
    #[must_use]
    pub fn draw(&self, plan: DrawPlan, u: f64) -> f64 {
        self.samplers[usize::from(plan.sampler)].scaled(u, plan.scale)
    }
}

/// One stream of demand.
#[derive(Debug, Clone)]
pub struct StreamPlan {
    /// Key of its draws: a hash of its full name.
    pub key: u64,
    /// Channel (index).
    pub channel: usize,
    /// Language (index).
    pub language: usize,
    /// How it queues.
    pub kind: ChannelKind,
    /// When first contacts arrive.
    pub arrivals: ArrivalPlan,
    /// Index into [`World::day_tables`].
    pub days: usize,
    /// Opening hours (index into [`World::open`]).
    pub open: usize,
    /// `(cumulative share, stream)` for contacts that arrive while closed; beyond the last they are lost.
    pub closed: Vec<(f64, u32)>,
    /// Cumulative share up to which those come again after the opening that `closed` sends nowhere.
    pub later_below: f64,
    /// How long after the opening.
    pub closed_later: DrawPlan,
    /// `(cumulative share, stream)` for contacts that are not served here; beyond the last they are lost. `None`: served.
    pub moves: Option<Vec<(f64, u32)>>,
    /// Share of first contacts that do not come because their cause is gone, by planning interval; empty: all come.
    pub prevented: Vec<f64>,
    /// Self-service that takes from it (indexes into [`World::deflections`]).
    pub deflections: Vec<u16>,
    /// Patience; `None`: never leaves.
    pub patience: Option<DrawPlan>,
    /// Its course (index into [`World::courses`]), or [`NO_COURSE`].
    pub patience_course: u16,
    /// Probability of leaving at once when all are busy.
    pub balk: f64,
    /// Redial after an abandonment.
    pub redial: Option<ComebackPlan>,
    /// Return after unresolved work.
    pub returns_after: DrawPlan,
    /// Whether redials and returns are generated at all (not where counts contain them already).
    pub comes_back: bool,
    /// Replies per ticket.
    pub touches: TouchPlan,
    /// Per tier: work and routing.
    pub tiers: Vec<TierPlan>,
    /// Promises that cover it (indexes); the first is the contact's own.
    pub promises: Vec<u32>,
    /// Whether one of them is about resolution.
    pub promises_resolution: bool,
    /// Vendors' promises (bit set) whose forecast it is part of.
    pub forecasts: u64,
    /// Speed with n conversations open, index n - 1; length = slots.
    pub speeds: Vec<f64>,
    /// Extra work when put-down work is resumed, ticks.
    pub resume_cost: f64,
    /// Extra work when another agent takes the next touch, seconds.
    pub reread: f64,
    /// `(cumulative share, how long)` of tickets that wait once for somebody else.
    pub pending: Vec<(f64, DrawPlan)>,
    /// What happens to its tickets at the end of a shift, where anything is said.
    pub at_shift_end: Option<AtShiftEnd>,
    /// Work that second persons do on its contacts.
    pub seconds: Vec<SecondPlan>,
    /// Opening backlog: tickets and age of the oldest in ticks.
    pub backlog: (u32, Tick),
    /// What its customers do beside waiting.
    pub habits: HabitsPlan,
    /// What its customers come with next; shares are cumulative.
    pub leads_to: Vec<NextPlan>,
    /// What holds instead for contacts that arrive from later dates on, ascending.
    pub eras: Vec<EraPlan>,
}

/// When first contacts arrive.
#[derive(Debug, Clone)]
pub enum ArrivalPlan {
    /// Poisson given the day's busyness: expected contacts per planning interval.
    Poisson {
        /// Expected contacts per planning interval.
        expected: Vec<f64>,
        /// Whether the day's busyness multiplies them.
        busy: bool,
    },
    /// Exact counts, each spread uniformly over its own stretch of time: `(start, end, contacts)`.
    Exact(Vec<(Tick, Tick, u32)>),
    /// Exactly at these ticks, ascending.
    Times(Vec<Tick>),
}

/// Contacts of one stream that an event adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchPlan {
    /// Stream (index).
    pub stream: usize,
    /// Key of their draws.
    pub key: u64,
    /// They arrive at even chances from here,
    pub from: Tick,
    /// until here,
    pub until: Tick,
    /// so many.
    pub contacts: u32,
}

/// Coming back with a probability after a delay.
#[derive(Debug, Clone)]
pub struct ComebackPlan {
    /// Probability.
    pub share: f64,
    /// Delay.
    pub after: DrawPlan,
}

/// Replies per ticket.
#[derive(Debug, Clone)]
pub struct TouchPlan {
    /// Probability that one more reply follows (geometric); 0 means one touch.
    pub again: f64,
    /// The customer's time to answer.
    pub customer_takes: DrawPlan,
    /// Who takes the next.
    pub owner: Owner,
}

/// One stream's work at one tier.
#[derive(Debug, Clone)]
pub struct TierPlan {
    /// Undivided effort.
    pub handle: DrawPlan,
    /// Its course (index into [`World::courses`]), or [`NO_COURSE`].
    pub handle_course: u16,
    /// `(cumulative share, end)`; the last is 1.
    pub ends: Vec<(f64, EndPlan)>,
    /// `(cumulative lot, class)`; the last is 1.
    pub classes: Vec<(f64, u16)>,
    /// Before these: lots of routes that hold at some hours only; the first whose hours it is holds.
    pub timed: Vec<TimedLots>,
    /// Per team: the class of follow-up touches kept inside that team; empty where anyone takes them.
    pub team_classes: Vec<u16>,
    /// Per team: index of the class for hand-offs straight to that team.
    pub handed_to: Vec<u16>,
    /// Extra seconds of triage when handed into this tier.
    pub triage: f64,
    /// How contacts come into this tier.
    pub hand_off: HandOffPlan,
    /// Per team: the class of tickets that pass to other sites; empty where none do.
    pub next_site: Vec<u16>,
}

/// The delay station outside support.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EngineeringPlan {
    /// How long it takes.
    pub takes: DrawPlan,
    /// Probability of coming back to the tier it came from.
    pub back: f64,
}

/// What comes of a piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndPlan {
    /// Done.
    Resolved,
    /// The customer comes back.
    Returns,
    /// Queues again at this tier.
    Tier(u8),
    /// Queues again for this team at its own tier.
    Team(u8),
    /// Outside support for a while.
    Engineering,
}

impl EndPlan {
    /// The compiled outcome. Teams and tiers are at most 64 (checked on the way here), so the casts keep their value.
    #[must_use]
    pub fn of(end: End) -> EndPlan {
        match end {
            End::Resolved => EndPlan::Resolved,
            End::Returns => EndPlan::Returns,
            End::Tier(t) => EndPlan::Tier(t as u8),
            End::Team(t) => EndPlan::Team(t as u8),
            End::Engineering => EndPlan::Engineering,
        }
    }
}

/// A queue: contacts that the same teams may take after the same delays, at the same rank.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassPlan {
    /// Lower is served first.
    pub rank: u32,
    /// Contacts count as if they had waited this much already.
    pub credit: Tick,
    /// How it queues.
    pub kind: ChannelKind,
    /// Channel (index).
    pub channel: usize,
    /// Teams in order of preference.
    pub choices: Vec<Choice>,
    /// Whether some choices tie, so that the longest idle agent over these teams is taken rather than the first team's.
    pub longest_idle: bool,
    /// Ticks of waiting after which a contact counts as one priority class more urgent; 0: it does not age.
    pub ages: Tick,
    /// Weight of the time waited, where some team takes by it; else 1.
    pub weight: f64,
    /// When its work falls due, where some team takes the earliest due.
    pub due: Option<DuePlan>,
    /// The queue it is counted in for overflow by length; [`NO_GAUGE`]: none.
    pub gauge: u16,
    /// Mean agent-ticks that a contact ahead in that queue takes.
    pub per_contact: f64,
    /// Distinct positive delays at which more agents may take a waiting contact, ascending.
    pub stages: Vec<Tick>,
    /// Teams (bit set) whose people on call its contacts call as soon as they wait.
    pub calls: u64,
    /// Teams (bit set) whose people on call they call once the route lets them reach the team.
    pub calls_later: u64,
    /// Teams (bit set) whose people on call they call while the queue is as long as the route wants it for the team.
    pub calls_long: u64,
    /// Whether its contacts go elsewhere at other hours.
    pub by_hours: bool,
    /// Automation that takes what no agent before it takes; choices it would leave nothing to are left out.
    pub automation: Option<Choice>,
}

/// When deferred work falls due: its own promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DuePlan {
    /// Limit, ticks.
    pub within: Tick,
    /// Whether it runs from the journey's start, the customer's own time apart, rather than from arrival.
    pub resolution: bool,
    /// The opening hours it runs on (index into [`World::open`]); `None`: the wall clock.
    pub open: Option<usize>,
}

/// How long a queue must be before a team may take from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitPlan {
    /// However short.
    None,
    /// More contacts than this wait.
    Waiting(u32),
    /// The expected wait is longer, ticks.
    Expected(Tick),
}

/// One team that may take a class's contacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Team (index).
    pub team: u8,
    /// It may take a contact on arrival if 0, else once the contact has waited this long.
    pub after: Tick,
    /// It may take a contact out of the queue once that has waited this long (at least `after`).
    pub pick_up: Tick,
    /// Teams with the same number stand together: of these the longest idle agent is taken.
    pub tie: u8,
    /// How long the queue must be.
    pub limit: LimitPlan,
}

/// One team's way of working.
#[derive(Debug, Clone)]
pub struct TeamPlan {
    /// Key of its agents' draws.
    pub key: u64,
    /// Tier it works at (0-based).
    pub tier: u8,
    /// Whether it is a vendor's.
    pub vendor: bool,
    /// The vendor's promise (index) that its answers count for.
    pub promise: Option<u8>,
    /// Classes it may take.
    pub classes: ClassSet,
    /// Of these, classes whose contacts call its people on call.
    pub calls: ClassSet,
    /// Teams (bit set) of which it is a skill group: itself, where it is a whole team.
    pub mates: u64,
    /// Per class: how long a contact must have waited; [`crate::time::NEVER`] where it may not.
    pub pick_up: Vec<Tick>,
    /// Per class: how long the queue must be; empty where the team has no such limit.
    pub limits: Vec<LimitPlan>,
    /// Whom its agents take first.
    pub takes: Takes,
    /// Per stream: factor on handle time.
    pub handle_factor: Vec<f64>,
    /// Per stream: seconds that each piece of work waits for tools.
    pub lag: Vec<f64>,
    /// How these change over time.
    pub equipment: EquipmentPlan,
    /// Per stream: added to the probability of `resolved`.
    pub resolved_delta: Vec<f64>,
    /// Per stream: added to the score of contacts it resolves, in thousandths of a point.
    pub satisfaction: Vec<i64>,
    /// Per stream: money per contact.
    pub fee: Vec<f64>,
    /// Seconds of work when an agent goes on to another channel.
    pub switch: f64,
    /// Turn-round after every contact.
    pub turn_round: Option<DrawPlan>,
    /// Pauses.
    pub pause: Option<PausePlan>,
    /// Channels (bit set) for which work in hand on a channel is put down, by channel of the work.
    pub yields: Vec<u64>,
    /// Whether agents stay past the end of a duty at closing time until the queue is empty.
    pub drains: bool,
}

/// Pauses between contacts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PausePlan {
    /// Probability after a contact.
    pub share: f64,
    /// Mean in ticks while calm.
    pub calm: f64,
    /// Mean in ticks once recalled.
    pub recalled: f64,
    /// Wait of the head customer that recalls, ticks.
    pub recall_after: Tick,
}

/// One promise.
#[derive(Debug, Clone)]
pub struct PromisePlan {
    /// What is timed.
    pub event: PromiseEvent,
    /// Limit, ticks.
    pub within: Tick,
    /// Business hours on which the limit runs (index into [`World::open`]), per channel of the stream; `None`: wall clock.
    pub business: bool,
    /// Who counts.
    pub of: Population,
    /// Judging periods.
    pub periods: Periods,
}

impl ClassPlan {
    /// Teams (bit set) whose people on call its contacts may call, now or in time.
    #[inline]
    #[must_use]
    pub fn may_call(&self) -> u64 {
        self.calls | self.calls_later | self.calls_long
    }
}

/// A set of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClassSet(pub [u64; MAX_CLASSES / 64]);

impl ClassSet {
    /// Adds a class.
    #[inline]
    pub fn insert(&mut self, class: u16) {
        self.0[usize::from(class) / 64] |= 1 << (class % 64);
    }

    /// Takes a class out.
    #[inline]
    pub fn remove(&mut self, class: u16) {
        self.0[usize::from(class) / 64] &= !(1 << (class % 64));
    }

    /// Whether a class is in.
    #[inline]
    #[must_use]
    pub fn contains(&self, class: u16) -> bool {
        self.0[usize::from(class) / 64] >> (class % 64) & 1 == 1
    }
}
