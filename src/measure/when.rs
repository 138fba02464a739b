//! When money is spent, so that a day gets its part of it.

use crate::sim::TeamSums;
use crate::time::Tick;

/// When an amount is spent.
#[derive(Debug, Clone, Copy)]
pub(super) enum When<'w> {
    /// Evenly from a tick until another.
    Evenly(Tick, Tick),
    /// All of it at a tick.
    At(Tick),
    /// As a team has heads; where its roster gives agents rather than heads, as they are on duty.
    Heads(usize),
    /// As something of a team is counted.
    Team(usize, fn(&TeamSums) -> u64),
    /// As a team has heads, at their pay on the day.
    Wages(usize),
    /// As a team has heads, at the price of its tools on the day.
    Tools(usize),
    /// As a team's leads are on duty.
    LeadsOnDuty(usize),
    /// As people of a team are on call.
    Standby(usize),
    /// As people of a team are retrained.
    Retraining(usize),
    /// As people of a team go who were given notice.
    Severance(usize),
    /// As a team's duties earn premiums.
    Premiums(usize),
    /// As a vendor's units are used, month by month.
    Billed(usize),
    /// At the end of the months whose promise a vendor missed.
    PaidBack(usize),
    /// As a vendor's newcomers are trained.
    VendorTraining(usize),
    /// At the end of the periods in which a promise was missed.
    Missed(usize),
    /// As a deflection takes contacts.
    Deflected(usize),
    /// As a stream loses customers.
    Lost(usize),
    /// In parts, each with its amount.
    Parts(&'w [(f64, When<'w>)]),
}
