//! Sites, contracts, shifts, and the people who work them.

use super::{Named, OnCall, OnCallTerms, Published, RampPlaces, TeamRamp, TeamRelease, Workforce};
use crate::random::Law;
use crate::time::{Holidays, WeekHours};
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

/// A place of work.
#[derive(Debug, Clone)]
pub struct Site {
    /// Its name.
    pub name: String,
    /// Its zone.
    pub zone: TimeZone,
    /// Days without shifts.
    pub holidays: Holidays,
    /// People who fit in at once, if bounded.
    pub seats: Option<u32>,
    /// Money per month for each seat (0 where not stated).
    pub rent_per_seat_month: f64,
    /// Hours during which work is done there; `None`: whenever shifts say.
    pub open: Option<WeekHours>,
    /// Seconds from the scenario's start until the first shift there; 0: it is open already.
    pub lead_time_s: f64,
    /// First tick without shifts there, if it closes inside the horizon.
    pub closes: Option<u64>,
    /// Money, once, to open it.
    pub setup: f64,
    /// Money, once, to close it.
    pub closing: f64,
    /// Most hires a week of all its teams together.
    pub hires_per_week: f64,
    /// Of these, most who speak a language (index): heads a week each.
    pub hires_speaking: Vec<(usize, f64)>,
    /// Money per month for those who run it.
    pub management_per_month: f64,
}

/// A shift template in site-local time.
#[derive(Debug, Clone, PartialEq)]
pub struct ShiftTemplate {
    /// Its name.
    pub name: String,
    /// Possible starts, minutes after local midnight, ascending.
    pub starts_min: Vec<u32>,
    /// Elapsed lengths offered, in minutes, ascending (usually one).
    pub lengths_min: Vec<u32>,
    /// Breaks, in order.
    pub breaks: Vec<BreakTemplate>,
    /// Weekdays it may start on; empty: the days on which a channel of the team is open.
    pub days: Vec<Weekday>,
    /// What it is paid where people are on call in it, rather than at work.
    pub on_call: Option<OnCallTerms>,
}

impl ShiftTemplate {
    /// When it is worked, in words: the same for templates that differ in name alone.
    #[must_use]
    pub fn in_words(&self) -> String {
        let (starts, lengths) = (&self.starts_min, &self.lengths_min);
        format!("{starts:?}{lengths:?}{:?}{:?}", self.days, self.breaks)
    }
}

/// A break inside a shift.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BreakTemplate {
    /// Length in minutes.
    pub length_min: u32,
    /// Earliest start after the shift's start, minutes.
    pub from_min: u32,
    /// Latest start after the shift's start, minutes.
    pub to_min: u32,
    /// Whether its time is paid.
    pub paid: bool,
}

/// People with the same skills.
#[derive(Debug, Clone)]
pub struct Team {
    /// Its name.
    pub name: String,
    /// Tier it works at (0-based index).
    pub tier: usize,
    /// Site (index).
    pub site: usize,
    /// Vendor (index), or `None` for own staff.
    pub vendor: Option<usize>,
    /// People on the payroll by contract `(contract, heads)`. A vendor's team has one entry with `contract = None`.
    pub heads: Vec<Heads>,
    /// The team it is part of (index): its own, unless it is a skill group. A team whose people differ in skill is split
    /// into groups that know the same; they are placed and routed to one by one, named and reported together.
    pub unit: usize,
    /// Name of the team it is a skill group of, if it is one.
    pub whole: Option<String>,
    /// Per stream: whether this team can work on it (skills and tier checked) and how well.
    pub skills: Vec<Option<Proficiency>>,
    /// Templates it may be rostered on (indexes).
    pub shifts: Vec<usize>,
    /// Who of it can be called while not at work.
    pub on_call: Vec<OnCall>,
    /// Whom its people take first.
    pub takes: Takes,
    /// How its people are placed.
    pub roster: RosterSource,
    /// Zone its shifts follow: the site's, unless `clock` says otherwise.
    pub clock: TimeZone,
    /// Shares of paid hours not worked.
    pub shrinkage: Shrinkage,
    /// Turn-round and pauses between contacts.
    pub availability: Availability,
    /// Seconds of work when an agent goes on to another channel than the contact before.
    pub switch_s: f64,
    /// Who leads them.
    pub lead: Option<Lead>,
    /// Money for tools per head and month, at the start.
    pub tools_per_head_month: f64,
    /// How its heads come to be what `heads` says, where they are not from the start.
    pub ramp: Option<TeamRamp>,
    /// Of a skill group of a team whose heads ramp: which of them are its own.
    pub ramp_places: Option<RampPlaces>,
    /// What becomes of heads that a date takes away; `None`: they are gone on it.
    pub release: Option<TeamRelease>,
    /// How its people change over time.
    pub workforce: Workforce,
    /// Its people by name, where they are named.
    pub named: Option<Named>,
    /// A roster that they know already, and what changing it costs.
    pub published: Option<Published>,
}

impl Team {
    /// Money for leads per head and month, where they are counted by heads.
    #[must_use]
    pub fn lead_per_head_month(&self) -> f64 {
        let by_heads = self.lead.filter(|l| !l.by_staffed_hour);
        by_heads.map_or(0.0, |l| l.per_month / l.span)
    }
}

/// Who leads a team.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lead {
    /// Heads, or people on duty, per lead.
    pub span: f64,
    /// Money per month of a lead, on-cost included.
    pub per_month: f64,
    /// Whether leads are counted by people on duty, hour by hour, rather than by heads.
    pub by_staffed_hour: bool,
    /// Span at which newcomers learn as the team's curve says.
    pub usual: f64,
    /// What each head more (or less) than that adds to (or takes from) the contacts that learning takes, as a share.
    pub slower: f64,
    /// How people of the team become leads, where leads are people who come and go.
    pub promotes: Option<LeadPromotes>,
}

/// How people of a team become its leads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeadPromotes {
    /// Tenure in seconds after which they may.
    pub after_s: f64,
    /// Leads who leave a year, per lead.
    pub per_year: f64,
    /// Factor on the hazard of leaving the team.
    pub attrition: f64,
    /// Whose leads take over the span of a vacant post; `None`: a vacant post slows nothing.
    pub deputies: Option<Deputise>,
}

/// Whose leads deputise for each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deputise {
    /// The team's own.
    Team,
    /// Those of all teams at the site.
    Site,
    /// Those of all teams of the tier.
    Tier,
}

/// Whom a free agent of a team takes of those who wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Takes {
    /// The most urgent class, then the longest wait.
    #[default]
    Priority,
    /// The largest product of the class's weight and the time waited, whatever the class's rank.
    WeightedWait,
    /// Customers on the line as by priority; then deferred work by the date its own promise falls due.
    EarliestDue,
}

/// Some heads of one contract.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heads {
    /// Contract (index), `None` for a vendor's people.
    pub contract: Option<usize>,
    /// People.
    pub count: u32,
}

/// How well a team works on a stream.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proficiency {
    /// Factor on handle time.
    pub handle_factor: f64,
    /// Added to the probability of `resolved` (in points of one; taken from or given to `returns`).
    pub resolved_delta: f64,
    /// Added to the satisfaction score of contacts it resolves (points of 100).
    pub satisfaction_delta: f64,
    /// Seconds that each piece of work waits for tools.
    pub lag_s: f64,
    /// Money per contact, e.g. a translation tool's fee.
    pub fee_per_contact: f64,
}

/// How a team's people are placed.
#[derive(Debug, Clone)]
pub enum RosterSource {
    /// Placed to the load under the contracts' rules.
    Fit,
    /// Spread evenly over the possible shifts.
    Even,
    /// Nobody is placed.
    None,
    /// Duties: how many heads work which shift on which day.
    Duties(Vec<DutyRow>),
    /// Agents on queue per stretch of time: `(start, agents)` in ticks, a step function; zero after the last row's end.
    Levels(Vec<(u64, u32)>),
    /// Spells on queue of single agents: `(agent number, start, end)` in ticks.
    Spells(Vec<(u32, u64, u64)>),
    /// The leads of these teams (indexes), there as their people are.
    Leads(Vec<usize>),
}

/// One row of a duty roster.
#[derive(Debug, Clone, PartialEq)]
pub struct DutyRow {
    /// Week of the horizon from 1, or `None` for every week.
    pub week: Option<u32>,
    /// Weekday in the team's clock.
    pub day: Weekday,
    /// Shift template (index).
    pub shift: usize,
    /// Start in minutes after local midnight; the template's first where not said.
    pub start_min: u32,
    /// Elapsed length in minutes.
    pub length_min: u32,
    /// Start of each break after the shift's start, minutes; one per break of the template.
    pub breaks_min: Vec<u32>,
    /// Heads on it.
    pub heads: u32,
    /// Contract of these heads, where the team has several.
    pub contract: Option<usize>,
}

/// Shares of paid hours that are not worked on queue. They add up.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Shrinkage {
    /// Planned whole days: leave.
    pub leave: f64,
    /// Planned hours inside shifts: training.
    pub training: f64,
    /// Planned hours inside shifts: meetings, coaching, reviews.
    pub meetings: f64,
    /// Unplanned whole days: sickness.
    pub sick: f64,
    /// Mean length of a spell of sickness in days.
    pub sick_spell_days: f64,
    /// Swing of sickness over the year: at its peak this much more than its mean, half a year later less.
    pub sick_swing: f64,
    /// Day of the year of its peak.
    pub sick_peak: f64,
    /// Coefficient of variation of weekly waves of sickness that everybody of a zone shares.
    pub sick_waves: f64,
    /// Unplanned: late starts.
    pub late: f64,
    /// Hours given to other work than tickets.
    pub other_work: f64,
    /// Planned hours inside shifts that end with `for_now_until`, beyond all others: content that is being written.
    pub for_now: f64,
    /// The tick until which they are worked.
    pub for_now_until: u64,
}

impl Shrinkage {
    /// Share of paid hours that are on queue.
    ///
    /// A required head is `needed / on_queue_share`, never `needed * (1 + shrinkage)`.
    #[must_use]
    pub fn on_queue_share(&self) -> f64 {
        1.0 - self.leave - self.training - self.meetings - self.sick - self.late - self.other_work
    }
}

/// What an agent does between two contacts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Availability {
    /// Time to turn round after every contact.
    pub turn_round: Option<Law>,
    /// A pause after some contacts.
    pub pause: Option<PauseRule>,
    /// A queued contact is not picked up before it has waited this many seconds.
    pub pick_up_s: f64,
}

/// Pauses that end sooner when customers wait.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PauseRule {
    /// Probability of a pause after a contact.
    pub share: f64,
    /// Mean length in seconds while nobody has waited long.
    pub calm_s: f64,
    /// Mean remaining length in seconds once the head customer has waited `recall_after_s`.
    pub recalled_s: f64,
    /// Wait of the head customer that recalls.
    pub recall_after_s: f64,
}
