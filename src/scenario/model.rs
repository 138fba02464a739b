//! The checked scenario: what every later room reads.
//!
//! Everything is a plain table in file order. References between tables are indexes into these vectors (`usize`),
//! resolved and checked when the file was read, so no later room meets an unknown name. Shares are fractions of one,
//! durations are seconds, money is in [`Scenario::currency`], civil times stay civil until a horizon lays them out.

use crate::random::Law;
use crate::time::{Holidays, Horizon, WeekHours};
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use std::path::PathBuf;

/// A whole organisation and its customers, checked, with defaults filled in.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// What the planner calls it.
    pub title: String,
    /// The simulated span of time and the reporting zone.
    pub horizon: Horizon,
    /// Seconds at the start that are played but left out of every result.
    pub warm_up_s: f64,
    /// ISO 4217 code of every amount of money.
    pub currency: String,
    /// Name of the set of defaults in force, e.g. `staffwright-2026`.
    pub defaults: String,
    /// Every default that was used, for the reports.
    pub assumptions: Vec<Assumption>,
    /// Day-level busyness of the demand.
    pub busyness: Busyness,
    /// How and where customers write or call.
    pub channels: Vec<Channel>,
    /// What they ask about.
    pub topics: Vec<Topic>,
    /// The languages they speak.
    pub languages: Vec<Language>,
    /// Priority classes; always at least one.
    pub priorities: Vec<Priority>,
    /// Channel x topic x language x priority, crossed; only those with demand.
    pub streams: Vec<Stream>,
    /// Support levels; index 0 is tier 1. Always at least one.
    pub tiers: Vec<Tier>,
    /// What customers were promised.
    pub promises: Vec<Promise>,
    /// Places of work.
    pub sites: Vec<Site>,
    /// Kinds of employment.
    pub contracts: Vec<Contract>,
    /// Shift templates.
    pub shifts: Vec<ShiftTemplate>,
    /// Groups of people with the same skills.
    pub teams: Vec<Team>,
    /// Outsourcing partners.
    pub vendors: Vec<Vendor>,
    /// Routing rules, in file order; the first that matches a stream and tier holds.
    pub routes: Vec<Route>,
    /// Overheads that do not depend on who is on duty.
    pub overheads: Vec<Overhead>,
    /// Weights of the satisfaction score.
    pub satisfaction: Satisfaction,
    /// What an optimizer may move.
    pub decide: Decide,
    /// Where it came from.
    pub origin: Origin,
}

/// One default that was used, as every report lists it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Assumption {
    /// Dotted path of the key that was not said, e.g. `channel.phone.patience`.
    pub path: String,
    /// The value taken, as it would be written.
    pub value: String,
    /// The range it may honestly lie in, as written, where known.
    pub range: Option<String>,
    /// Where the default comes from, or `judgement`.
    pub source: String,
}

/// Where a scenario came from.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The file given by the user.
    pub path: PathBuf,
    /// A name for tables: the file's stem (or its folder's name for `scenario.toml`).
    pub name: String,
    /// Hash (blake3, hex) of the resolved document and of every data file, apart from paths and comments.
    pub hash: String,
    /// The resolved document (after base, include, like, set, remove) as TOML, for variants and sweeps.
    pub resolved: String,
}

/// Day-level busyness: a factor of mean one on each stream's day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Busyness {
    /// Coefficient of variation of the day factor; 0 switches it off.
    pub cv: f64,
    /// Lag-one autocorrelation from day to day.
    pub day_to_day: f64,
    /// Correlation across streams on one day.
    pub across_streams: f64,
}

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
    /// Probability that a customer who would have to wait leaves at once.
    pub balk: f64,
    /// What abandoners do.
    pub redial: Option<Comeback>,
    /// Where contacts go that arrive while it is closed: `(share, channel)`; the rest is lost.
    pub closed: Vec<(f64, usize)>,
    /// What remains queued at closing time is played on (`true`) or, `false`, turned away as abandoned.
    pub drains: bool,
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

/// What customers ask about.
#[derive(Debug, Clone)]
pub struct Topic {
    /// Its name.
    pub name: String,
    /// Delay of a contact that returns because it was not resolved.
    pub returns_after: Law,
}

/// A language and the zone its customers live in.
#[derive(Debug, Clone)]
pub struct Language {
    /// Its name, usually the two-letter code.
    pub name: String,
    /// Zone of its customers.
    pub zone: TimeZone,
}

/// A priority class.
#[derive(Debug, Clone, PartialEq)]
pub struct Priority {
    /// Its name.
    pub name: String,
    /// Rank: lower is served first.
    pub rank: u8,
    /// Seconds a contact is treated as if it had waited already.
    pub credit_s: f64,
}

/// One stream of demand.
#[derive(Debug, Clone)]
pub struct Stream {
    /// `topic/channel/language` (and `/priority` where there are several): the key of its random draws.
    pub name: String,
    /// Index into [`Scenario::channels`].
    pub channel: usize,
    /// Index into [`Scenario::topics`].
    pub topic: usize,
    /// Index into [`Scenario::languages`].
    pub language: usize,
    /// Index into [`Scenario::priorities`].
    pub priority: usize,
    /// Zone of its customers: profile and busyness follow it.
    pub zone: TimeZone,
    /// How many first contacts arrive when.
    pub volume: Volume,
    /// Whether redials and returns are generated (not where measured counts contain them already).
    pub comes_back: bool,
    /// Patience of its customers, if it differs from the channel's.
    pub patience: Option<Law>,
    /// Per tier: handle time of one work item and what comes of it. Same length as [`Scenario::tiers`].
    pub work: Vec<Work>,
}

/// How many contacts arrive when.
#[derive(Debug, Clone)]
pub enum Volume {
    /// A weekly mean, spread by a profile in the customers' local time.
    Weekly {
        /// First contacts per week on average (redials and returns taken out where `counted` said "every contact").
        first_per_week: f64,
        /// The figure as the file counted it, for the reports.
        as_counted_per_week: f64,
        /// Local weekly profile: fractions of the week that sum to 1.
        profile: Profile,
    },
    /// Measured counts, replayed.
    Counts(Replay),
}

/// Fractions of a week's volume per local interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Length of an interval in minutes; divides 1440.
    pub interval_min: u32,
    /// `7 * 1440 / interval_min` fractions from Monday 00:00, summing to 1.
    pub weights: Vec<f64>,
}

/// Measured counts per interval.
#[derive(Debug, Clone)]
pub struct Replay {
    /// `(start, end, contacts)` in ticks of the horizon, ascending, without overlap.
    pub counts: Vec<(u64, u64, f64)>,
    /// `true`: exactly these counts, uniform inside the interval; `false`: Poisson with these means.
    pub exact: bool,
}

/// Work of one stream at one tier.
#[derive(Debug, Clone)]
pub struct Work {
    /// Handle time per work item in seconds of one agent's undivided effort, wrap included.
    pub handle: Law,
    /// What comes of it; shares sum to 1. Empty where the stream never reaches this tier.
    pub ends: Vec<(f64, End)>,
}

/// What comes of a finished piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Done.
    Resolved,
    /// Not done, and nobody noticed: the customer comes back.
    Returns,
    /// Handed to a tier (0-based index), queues again.
    Tier(usize),
    /// Handed to a team, queues again at that team's tier.
    Team(usize),
}

/// A support level.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// Level, 1 is the first.
    pub number: u32,
    /// Extra seconds of triage work each hand-off into this tier costs.
    pub triage_s: f64,
}

/// A service promise.
#[derive(Debug, Clone)]
pub struct Promise {
    /// Its name.
    pub name: String,
    /// The sentence as written, e.g. `80% of phone within 20s`.
    pub text: String,
    /// Share that must be kept.
    pub share: f64,
    /// What is timed.
    pub event: PromiseEvent,
    /// Limit in seconds.
    pub within_s: f64,
    /// Whether the limit runs on the channel's business hours only.
    pub business_hours: bool,
    /// The streams it covers (indexes).
    pub streams: Vec<usize>,
    /// Who counts.
    pub of: Population,
    /// Judging period.
    pub every: Every,
    /// Share of periods in which it must be kept; `None`: judged on the value over the horizon.
    pub hold: Option<f64>,
    /// Zone of the judging periods.
    pub zone: TimeZone,
}

/// What a promise times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseEvent {
    /// Wait until an agent answers (live, concurrent).
    Answer,
    /// The first reply (deferred; equals the answer elsewhere).
    FirstReply,
    /// Resolution, the customer's own time apart.
    Resolution,
}

/// Who counts for a promise (model: four named definitions).
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Population {
    /// Answered in T / offered.
    Offered,
    /// Answered in T / answered.
    Answered,
    /// Answered in T / (offered - abandoned within `short_s`).
    LessShort {
        /// Abandonments up to this many seconds are left out.
        short_s: f64,
    },
    /// (Answered + abandoned in T) / offered.
    Credited,
}

/// A judging period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Every {
    /// Planning interval.
    Interval,
    /// Local day.
    Day,
    /// Seven days from the horizon's start.
    Week,
    /// Calendar month.
    Month,
}

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
}

/// A kind of employment.
#[derive(Debug, Clone)]
pub struct Contract {
    /// Its name.
    pub name: String,
    /// Paid hours per week and head.
    pub hours_per_week: f64,
    /// Pay.
    pub pay: Pay,
    /// Extra pay: share of the hourly wage in a window of the site's week.
    pub premiums: Vec<Premium>,
    /// Rules of work.
    pub rules: Rules,
}

/// What an hour of a head costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pay {
    /// Money per paid hour, on-cost included.
    pub per_paid_hour: f64,
    /// `true` where hours beyond the contract's are paid (hourly pay) at `overtime` times the hour.
    pub overtime_factor: f64,
}

/// A wage premium.
#[derive(Debug, Clone, PartialEq)]
pub struct Premium {
    /// When, in the site's local time.
    pub hours: WeekHours,
    /// Only on the site's holidays.
    pub holidays_only: bool,
    /// Extra share of the hourly wage.
    pub share: f64,
}

/// Rules a roster must keep; from a named rule set, each may be overridden.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// Name of the rule set, `none` where there is none.
    pub name: String,
    /// Least rest between two shifts, in seconds.
    pub rest_s: f64,
    /// Most working seconds (breaks apart) in a day.
    pub day_max_s: f64,
    /// Most working days in a row.
    pub days_in_a_row: u32,
    /// Most working days in a week.
    pub days_per_week: u32,
    /// Breaks by law: after more than this many working seconds, at least that many seconds of break.
    pub breaks: Vec<(f64, f64)>,
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
    /// Per stream: whether this team can work on it (skills and tier checked) and how well.
    pub skills: Vec<Option<Proficiency>>,
    /// Templates it may be rostered on (indexes).
    pub shifts: Vec<usize>,
    /// How its people are placed.
    pub roster: RosterSource,
    /// Zone its shifts follow: the site's, unless `clock` says otherwise.
    pub clock: TimeZone,
    /// Shares of paid hours not worked.
    pub shrinkage: Shrinkage,
    /// Turn-round and pauses between contacts.
    pub availability: Availability,
    /// Extra hourly lead, tools and other costs per head and month.
    pub cost_per_head_month: f64,
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
    /// Unplanned: late starts.
    pub late: f64,
    /// Hours given to other work than tickets.
    pub other_work: f64,
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

/// An outsourcing partner.
#[derive(Debug, Clone)]
pub struct Vendor {
    /// Its name.
    pub name: String,
    /// Price per unit.
    pub price: f64,
    /// What a unit is.
    pub per: PriceUnit,
    /// Billed even if idle, once the vendor is used: seats and hours per seat and week.
    pub minimum: Option<(f64, f64)>,
    /// One-off set-up fee, once the vendor is used.
    pub setup: f64,
    /// Training: weeks per head and price per hour.
    pub training: Option<(f64, f64)>,
    /// Heads that can be added per week and taken away per week; notice in days.
    pub ramp: Option<Ramp>,
    /// Weeks ahead the forecast is locked, and the band around it beyond which the vendor's promise is void.
    pub forecast: Option<(f64, f64)>,
    /// The client's own cost per month.
    pub manage_per_month: f64,
}

/// How fast a vendor's heads may change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ramp {
    /// Heads per week upwards.
    pub up_per_week: f64,
    /// Heads per week downwards.
    pub down_per_week: f64,
    /// Notice in days.
    pub notice_days: f64,
}

/// What a vendor bills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceUnit {
    /// Hours logged in, breaks apart.
    LoggedInHour,
    /// Hours of shifts as planned.
    ScheduledHour,
    /// Minutes of handling.
    HandledMinute,
    /// Contacts worked.
    Contact,
    /// Contacts resolved.
    ResolvedContact,
    /// Months of full-time heads.
    FteMonth,
}

/// A routing rule.
#[derive(Debug, Clone)]
pub struct Route {
    /// Its name.
    pub name: String,
    /// The streams it covers (indexes).
    pub streams: Vec<usize>,
    /// The tier it covers (0-based).
    pub tier: usize,
    /// Where contacts may go.
    pub to: Vec<RouteEntry>,
}

/// One choice of a route.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RouteEntry {
    /// Team (index).
    pub team: usize,
    /// A lot keyed on the customer: this share goes to this team first.
    pub share: Option<f64>,
    /// Also to this team after this many seconds in queue.
    pub after_s: f64,
}

/// Money that does not depend on who is on duty.
#[derive(Debug, Clone, PartialEq)]
pub struct Overhead {
    /// What for.
    pub name: String,
    /// Money per month.
    pub per_month: f64,
}

/// Weights of the satisfaction score (points of 100 lost).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Satisfaction {
    /// Score of a contact that is resolved inside its promise without hand-off.
    pub base: f64,
    /// Lost when the promise was missed.
    pub late: f64,
    /// Lost for each hand-off.
    pub hand_off: f64,
    /// Lost when the contact returns.
    pub unresolved: f64,
    /// Lost when the customer abandoned.
    pub abandoned: f64,
}

/// What an optimizer may move.
#[derive(Debug, Clone, Default)]
pub struct Decide {
    /// Levers with their ranges.
    pub levers: Vec<Lever>,
    /// Hard bounds, as written and parsed.
    pub keep: Vec<Keep>,
}

/// One thing an optimizer may move.
#[derive(Debug, Clone, PartialEq)]
pub struct Lever {
    /// Dotted path as written.
    pub path: String,
    /// What it is.
    pub target: LeverTarget,
    /// Least value (heads, or a share as a fraction).
    pub from: f64,
    /// Greatest value.
    pub to: f64,
    /// Step, if any.
    pub step: Option<f64>,
    /// One more value allowed outside the range (e.g. 0).
    pub or: Option<f64>,
}

/// What a lever moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeverTarget {
    /// Heads of a team: `(team, index into heads)`.
    Heads(usize, usize),
    /// Share of a route's entry: `(route, index into to)`.
    Share(usize, usize),
}

/// A hard bound of `[decide] keep`.
#[derive(Debug, Clone, PartialEq)]
pub struct Keep {
    /// As written.
    pub text: String,
    /// What is bounded.
    pub measure: KeepMeasure,
    /// Greatest value allowed (share, or money).
    pub at_most: f64,
}

/// What a `keep` bounds.
#[derive(Debug, Clone, PartialEq)]
pub enum KeepMeasure {
    /// Share of contacts worked by vendors (or by one, by index).
    VendorShare(Option<usize>),
    /// Occupancy of a team, judged over each period.
    Occupancy(usize, Every),
    /// Total cost per month.
    Budget,
}

impl Channel {
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
