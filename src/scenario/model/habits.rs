//! What customers of a channel do beside waiting, and how it is looked after.

use crate::random::Law;

/// Customers' habits on a channel; by default none.
///
/// ```
/// let callback = ("channel.phone.callback".into(), r#"{ share = "40%", when = "idle", within = "2h" }"#.into());
/// let startup = "scenarios/startup/scenario.toml".as_ref();
/// let scenario = staffwright::scenario::load_with(startup, &[callback]).map_err(|d| d.render(false))?;
/// let phone = scenario.channels.iter().find(|c| c.name == "phone").ok_or("no phone")?;
/// let callback = phone.habits.call_back.as_ref().ok_or("no call-backs")?;
/// assert_eq!((callback.share, callback.within_s, callback.tries), (0.4, 7200.0, 3));
/// // How many answer when called was not said: it is assumed, and every report lists it.
/// assert!(scenario.assumptions.iter().any(|a| a.path == "channel.phone.callback.reached"));
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Habits {
    /// What those do who gave up and do not call again: leave for another channel.
    pub leaves_for: Vec<Elsewhere>,
    /// Customers who write on another channel as well, before they hear anything.
    pub also: Vec<Elsewhere>,
    /// Reminders after a long silence.
    pub chaser: Option<Elsewhere>,
    /// A call-back that is offered to those who wait.
    pub call_back: Option<CallBack>,
    /// Whether we make the calls: its contacts are all call-backs, as `call_back` says.
    pub outbound: bool,
    /// Nobody owns the channel: it is looked at only every so many seconds.
    pub looked_at_s: Option<f64>,
}

/// Customers who turn to a channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Elsewhere {
    /// The channel (index).
    pub channel: usize,
    /// Of the customers in question.
    pub share: f64,
    /// After this delay, in seconds.
    pub after: Law,
    /// Work on it as a share of the topic's handle time on that channel.
    pub handle: f64,
}

/// Virtual hold: the customer hangs up and is called.
#[derive(Debug, Clone, PartialEq)]
pub struct CallBack {
    /// Of those asked, accept.
    pub share: f64,
    /// Asked once they have waited so many seconds.
    pub after_s: f64,
    /// When they are called.
    pub when: CallTime,
    /// The promise: called within so many seconds of hanging up, or of the promised time.
    pub within_s: f64,
    /// Answer when called.
    pub reached: f64,
    /// Calls at most.
    pub tries: u8,
    /// Between two calls.
    pub again_after: Law,
    /// An agent's time on a call that nobody answers, seconds.
    pub attempt_s: f64,
}

/// When customers are called back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CallTime {
    /// In the order in which they would have been answered: the queue keeps their place.
    Turn,
    /// When an agent would else be idle.
    Idle,
    /// So many seconds after hanging up, before all others.
    Promised(f64),
}
