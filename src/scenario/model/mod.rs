//! The checked scenario: what every later room reads.
//!
//! Everything is a plain table, in file order unless said. References between tables are indexes into these vectors (`usize`),
//! resolved and checked when the file was read, so no later room meets an unknown name. Shares are fractions of one,
//! durations are seconds, money is in [`Scenario::currency`], civil times stay civil until a horizon lays them out.

mod channel;
mod contract;
mod course;
mod decide;
mod deflection;
mod demand;
mod era;
mod event;
mod habits;
mod hand_off;
mod life_cycle;
mod on_call;
mod opening;
mod partner;
mod pay;
mod people;
mod person;
mod problem;
mod promise;
mod published;
mod rate;
mod route_hours;
mod second;
mod standing;
mod ticket;
mod tool;
mod workforce;

pub use channel::{AtClose, Backlog, Channel, ChannelKind, Comeback, Owner, Touches};
pub use contract::{Contract, Freelance, HoursIn, Pay, Premium, Rules};
pub use course::Course;
pub use decide::{
    Decide, DemandCase, Floor, Keep, KeepMeasure, Lever, LeverTarget, Minimum, Outlook, Release,
    Risk, TeamRelease,
};
pub use deflection::Deflection;
pub use demand::{
    Busyness, End, Language, Priority, Profile, Replay, Segment, Stream, Topic, Volume, Work,
};
pub use era::{Equipment, Era, OtherWork, spans};
pub use event::Event;
pub use habits::{CallBack, CallTime, Elsewhere, Habits};
pub use hand_off::{Engineering, HandOff, Misrouting, Tier};
pub use life_cycle::NextStage;
pub use on_call::{CallPremiums, CallRest, OnCall, OnCallTerms};
pub use partner::{
    Band, BandsPrice, Limit, Overhead, Pick, PriceUnit, Ramp, RampPlaces, Route, RouteEntry,
    TeamRamp, Vendor, VendorPromise,
};
pub use people::{
    Availability, BreakTemplate, Deputise, DutyRow, Heads, Lead, LeadPromotes, PauseRule,
    Proficiency, RosterSource, ShiftTemplate, Shrinkage, Site, Takes, Team,
};
pub use person::{Fairness, Named, Person, Wish, WishDay};
pub use problem::Problem;
pub use promise::{Every, Population, Promise, PromiseEvent, Satisfaction};
pub use published::Published;
pub use rate::Rate;
pub use route_hours::Covering;
pub use second::{Second, SecondKind};
pub use ticket::{AtShiftEnd, Handover, Pending, Swarm};
pub use tool::{Outages, PARTS, Part, Tool};

pub use workforce::{
    Attrition, FurtherTraining, Hiring, Learning, LearningScale, Mentoring, Promotes,
    TrainingClass, Workforce,
};

use crate::time::Horizon;
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
    /// Factor on every volume that is not replayed exactly; 1: as written.
    pub level: f64,
    /// How and where customers write or call.
    pub channels: Vec<Channel>,
    /// What they ask about.
    pub topics: Vec<Topic>,
    /// The languages they speak.
    pub languages: Vec<Language>,
    /// Priority classes; always at least one.
    pub priorities: Vec<Priority>,
    /// Kinds of customers; one where none is named.
    pub segments: Vec<Segment>,
    /// Channel x topic x language x priority x segment, crossed; only those with demand. In the order of their names, which
    /// that of the file does not change.
    pub streams: Vec<Stream>,
    /// What moves demand for a while, by name.
    pub events: Vec<Event>,
    /// Self-service that takes contacts away, by name.
    pub deflections: Vec<Deflection>,
    /// Work on the causes of contacts, by name.
    pub problems: Vec<Problem>,
    /// Tools that agents work with, by name.
    pub tools: Vec<Tool>,
    /// What holds from later dates on, ascending.
    pub eras: Vec<Era>,
    /// Support levels; index 0 is tier 1. Always at least one.
    pub tiers: Vec<Tier>,
    /// What tickets wait for after their first reply.
    pub pending: Vec<Pending>,
    /// What happens to tickets at the end of a shift; `None`: an agent finishes the one in hand, the team takes the rest.
    pub handover: Option<Handover>,
    /// Work that second persons do on contacts.
    pub seconds: Vec<Second>,
    /// The delay station of work handed to engineering, where some is.
    pub engineering: Option<Engineering>,
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
    /// Whether people come and go inside the horizon, where teams say how.
    pub people_change: bool,
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
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
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
