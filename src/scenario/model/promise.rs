//! What customers were promised, and how satisfaction is scored.

use jiff::tz::TimeZone;

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
    /// Money we pay for each judging period in which it is missed.
    pub penalty: f64,
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
    /// Lost when it was answered through a translation tool.
    pub translated: f64,
    /// Lost when the customer had to ask in another language.
    pub other_language: f64,
}
