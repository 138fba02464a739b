//! People who can be called while they are not at work.

use super::Premium;

/// What a shift on call is paid, and how soon who is called begins to work.
#[derive(Debug, Clone, PartialEq)]
pub struct OnCallTerms {
    /// Money per second of being reachable.
    pub standby_per_s: f64,
    /// Money per hour of a call; `None`: the team's mean pay.
    pub per_hour: Option<f64>,
    /// Seconds from a call to the begin of work.
    pub responds_s: f64,
    /// Seconds that are paid at least for each call.
    pub at_least_s: f64,
    /// What the time of a call is paid more, by hours and days.
    pub premiums: CallPremiums,
    /// Rest that who was called has before the next duty.
    pub rest: CallRest,
}

/// Extra pay for the time of calls.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum CallPremiums {
    /// None.
    #[default]
    None,
    /// Those of the team's contracts, each at its part of the team's paid hours.
    Contract,
    /// These, of the pay of a call.
    Own(Vec<Premium>),
}

/// Rest after a call, before the next duty.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum CallRest {
    /// None: a call takes nothing from a duty.
    #[default]
    None,
    /// The rest between two shifts of the contract of who was called.
    Contract,
    /// So many seconds.
    Seconds(f64),
}

/// Some people of a team on call.
#[derive(Debug, Clone, PartialEq)]
pub struct OnCall {
    /// The shift in which they are (index); it has [`OnCallTerms`].
    pub shift: usize,
    /// People on call at once.
    pub heads: u32,
    /// Waiting contacts for each who is there already, above which one more is called; `None`: they are called only when
    /// nobody of the team is on queue.
    pub queue: Option<u32>,
    /// Streams (indexes) whose contacts call those of them who can work on them.
    pub streams: Vec<usize>,
}
