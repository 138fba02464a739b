//! Tools that agents work with, and content they look up.

use crate::random::Law;
use crate::time::Tick;

/// What handle time is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Talking, reading and writing.
    Conversation,
    /// Looking for the answer.
    Search,
    /// Working the system: forms, records, orders.
    System,
    /// Steps that are the same each time, which automation can take.
    Repeated,
}

/// Every part, in the order of [`Topic::parts`](super::Topic::parts), with its name in the language.
pub const PARTS: [(Part, &str); 4] = [
    (Part::Conversation, "conversation"),
    (Part::Search, "search"),
    (Part::System, "system"),
    (Part::Repeated, "repeated"),
];

/// A tool.
///
/// ```
/// let parts = r#"{ conversation = "60%", search = "25%", system = "15%" }"#;
/// let crm = r#"{ part = "system", scales = "80%", price = "EUR 60/month" }"#;
/// let sets = [("demand.parts".into(), parts.into()), ("tool.crm".into(), crm.into())];
/// let startup = "scenarios/startup/scenario.toml".as_ref();
/// let with = staffwright::scenario::load_with(startup, &sets).map_err(|d| d.render(false))?;
/// let without = staffwright::scenario::load(startup).map_err(|d| d.render(false))?;
/// let factor = |s: &staffwright::scenario::Scenario| s.teams[0].skills.iter().flatten().map(|k| k.handle_factor).sum::<f64>();
/// // 60 + 25 + 15 x 0.8 per cent of the time.
/// assert!((factor(&with) / factor(&without) - 0.97).abs() < 1e-12);
/// assert_eq!(with.teams[0].tools_per_head_month - without.teams[0].tools_per_head_month, 60.0);
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// The streams it is used for (indexes).
    pub streams: Vec<usize>,
    /// The teams that have it (indexes, of [`Team::unit`](super::Team::unit)).
    pub teams: Vec<usize>,
    /// The part of handle time it changes, and to which share of it.
    pub scales: Option<(Part, f64)>,
    /// Seconds each piece of work waits for it.
    pub lag_s: f64,
    /// Money per head and month.
    pub per_head_month: f64,
    /// Factor on the rate at which people leave.
    pub attrition: f64,
    /// When it is down.
    pub outages: Option<Outages>,
    /// From when on it saves anything: once its content is written. 0: from the start.
    pub ready: Tick,
}

/// A tool that breaks down and is repaired.
#[derive(Debug, Clone, PartialEq)]
pub struct Outages {
    /// From a repair (or the start) to the next failure, seconds.
    pub every: Law,
    /// Until it is repaired, seconds.
    pub lasts: Law,
    /// Speed of work meanwhile; 0: it stops.
    pub speed: f64,
}
