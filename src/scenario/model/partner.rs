//! Vendors, routes between teams, and overheads.

use crate::time::WeekHours;

/// An outsourcing partner.
#[derive(Debug, Clone)]
pub struct Vendor {
    /// Its name.
    pub name: String,
    /// Price per unit.
    pub price: f64,
    /// What a unit is.
    pub per: PriceUnit,
    /// Other prices from volumes on, ascending.
    pub bands: Vec<Band>,
    /// What a band's price is paid for.
    pub bands_price: BandsPrice,
    /// Billed even if idle, once the vendor is used: seats and hours per seat and week.
    pub minimum: Option<(f64, f64)>,
    /// Billed even if idle, once the vendor is used: units a month.
    pub minimum_units: f64,
    /// One-off set-up fee, once the vendor is used.
    pub setup: f64,
    /// Training: weeks per head and price per hour.
    pub training: Option<(f64, f64)>,
    /// Heads that can be added per week and taken away per week; notice in days.
    pub ramp: Option<Ramp>,
    /// Weeks ahead the forecast is locked, and the band around it beyond which the vendor's promise is void.
    pub forecast: Option<(f64, f64)>,
    /// What it promised us.
    pub promise: Option<VendorPromise>,
    /// Automation: its teams have no agents and answer everything at once.
    pub unlimited: bool,
    /// The client's own cost per month.
    pub manage_per_month: f64,
}

/// A price from a monthly volume on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Units a month from which on it holds.
    pub above: f64,
    /// Price per unit.
    pub price: f64,
}

/// What a band's price is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BandsPrice {
    /// The units above its threshold.
    UnitsAbove,
    /// Every unit of the month.
    AllUnits,
}

/// What a vendor promised, judged by calendar month over the contacts its people answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VendorPromise {
    /// Share that must be answered in time.
    pub share: f64,
    /// Seconds from arrival to answer.
    pub within_s: f64,
    /// Share of the month's bill it pays when it misses.
    pub pays: f64,
}

/// Heads that change inside the horizon, one after the other at an even pace.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TeamRamp {
    /// Heads at the scenario's start.
    pub from: u32,
    /// When the change begins, seconds after the scenario's start.
    pub begins_s: f64,
    /// Seconds it takes; 0: all at once.
    pub over_s: f64,
    /// Seconds newcomers are trained before they work.
    pub training_s: f64,
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

/// Where the heads of a skill group come in, of a team whose heads grow by `ramp`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RampPlaces {
    /// Their places among the team's heads, ascending.
    pub places: Vec<u32>,
    /// Heads of the team.
    pub of: u32,
}

/// A routing rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Its name.
    pub name: String,
    /// The streams it covers (indexes).
    pub streams: Vec<usize>,
    /// The tier it covers (0-based).
    pub tier: usize,
    /// Where contacts may go.
    pub to: Vec<RouteEntry>,
    /// Which of the teams that may take a contact at the same time gets it.
    pub pick: Pick,
    /// Hours of the week, in the scenario's zone, in which it holds; `None`: always.
    pub hours: Option<WeekHours>,
}

/// Which of several free teams gets a contact. Among equals, whose agent has been idle longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pick {
    /// The one written first.
    #[default]
    Written,
    /// Whose agent has been idle longest.
    LongestIdle,
    /// The one with the skill for the fewest streams: generalists are kept free.
    FewestSkills,
    /// The one whose hour, times its handle time, costs least, fees included.
    LowestCost,
    /// The one that resolves most; of these, the fastest.
    BestProficiency,
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
    /// Only while the route's queue is long.
    pub limit: Limit,
}

impl RouteEntry {
    /// A team that may take contacts at once and always.
    #[must_use]
    pub fn at_once(team: usize) -> Self {
        Self {
            team,
            share: None,
            after_s: 0.0,
            limit: Limit::None,
        }
    }
}

/// How long the queue must be before a team may take contacts.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Limit {
    /// However short.
    #[default]
    None,
    /// More contacts than this wait, the one in question included.
    Waiting(u32),
    /// The expected wait is longer than this many seconds: contacts waiting x mean handle time / agents on queue in the
    /// teams that may take the contact without such a limit.
    Expected(f64),
}

/// Money that does not depend on who is on duty.
#[derive(Debug, Clone, PartialEq)]
pub struct Overhead {
    /// What for.
    pub name: String,
    /// Money per month.
    pub per_month: f64,
}
