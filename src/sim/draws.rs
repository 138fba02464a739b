//! Purposes of a contact's draws; one number each, so that no mechanism moves another's draws.

/// Leaves at once when it would have to wait.
pub const BALK: u32 = 0;
/// Lot of a route; tier added.
pub const ROUTE: u32 = 1 << 8;
/// Calls again after giving up, and when.
pub const REDIAL: u32 = 2;
/// See [`REDIAL`].
pub const REDIAL_AFTER: u32 = 3;
/// When it comes back unresolved.
pub const RETURN_AFTER: u32 = 4;
/// Where it goes when the channel is closed.
pub const CLOSED: u32 = 5;
/// Whether a caller who is asked accepts a call-back.
pub const CALL_BACK: u32 = 7;
/// Whether a customer answers when called; calls so far added.
pub const CALL_BACK_REACHED: u32 = 8 << 8;
/// When it is called again; calls so far added.
pub const CALL_BACK_AGAIN: u32 = 9 << 8;
/// Whether it also comes on another channel, and the key of that contact; number of the channel added.
pub const ALSO: u32 = 10 << 8;
/// When it does; as [`ALSO`].
pub const ALSO_AFTER: u32 = 11 << 8;
/// Customer's key: what the next matter is, and the key of its draws.
pub const STAGE: u32 = 9;
/// See [`STAGE`].
pub const NEXT_STAGE: u32 = 9 << 8;
/// Customer's key: whether one more matter of the present stage comes first.
pub const STAGE_AGAIN: u32 = 10;
/// Customer's key: when the next matter comes.
pub const STAGE_AFTER: u32 = 11;
/// Customer's key: on which channel.
pub const STAGE_CHANNEL: u32 = 12;
/// Customer's key: whether what the team before knew is lost.
pub const STAGE_LOST: u32 = 13;
/// Whether it does not come because its cause is gone.
pub const PREVENT: u32 = 8;
/// Whether a silent ticket is chased, and the key of the reminder; reminders so far added.
pub const CHASE: u32 = 12 << 8;
/// How long a silence is chased; reminders so far added.
pub const CHASE_AFTER: u32 = 13 << 8;
/// What it does where its channel is not offered or nobody speaks its language.
pub const MOVE: u32 = 6;
/// Whether self-service takes it; number of the deflection on its stream added.
pub const DEFLECT: u32 = 5 << 8;
/// Whether it comes to people after all; as [`DEFLECT`].
pub const DEFLECT_BACK: u32 = 6 << 8;
/// When it does; as [`DEFLECT`].
pub const DEFLECT_AFTER: u32 = 7 << 8;
/// How long after the opening it comes again; hours since the start added.
pub const LATER: u32 = 5 << 16;
/// Goes to the wrong team first; hand-offs so far added.
pub const ASTRAY: u32 = 40 << 16;
/// To which wrong team; hand-offs so far added.
pub const ASTRAY_TO: u32 = 41 << 16;
/// How long engineering takes; pieces of work so far added.
pub const ENGINEERING: u32 = 42 << 16;
/// Whether, and for whom, a ticket waits after its first reply.
pub const PENDING: u32 = 46 << 16;
/// How long it waits.
pub const PENDING_TAKES: u32 = 47 << 16;
/// Whether a specialist joins; pieces of work so far added.
pub const SWARM: u32 = 44 << 16;
/// Until one is found; pieces of work so far added.
pub const SWARM_FINDS: u32 = 45 << 16;
/// Whether a second person works on it; number of the rule added.
pub const SECOND: u32 = 48 << 16;
/// How long that takes; number of the rule added.
pub const SECOND_TAKES: u32 = 49 << 16;
/// Whether engineering sends it back; pieces of work so far added.
pub const SENT_BACK: u32 = 43 << 16;
/// Patience; hand-offs so far added.
pub const PATIENCE: u32 = 1 << 9;
/// Quantile of the work; touches so far added, so it is the same in every tier, team and vendor.
pub const HANDLE: u32 = 1 << 16;
/// Whether one more touch follows; touches added.
pub const AGAIN: u32 = 2 << 16;
/// The customer's time to answer; touches added.
pub const CUSTOMER: u32 = 3 << 16;
/// What comes of the work; pieces of work so far added.
pub const OUTCOME: u32 = 4 << 16;

/// An agent's draws: sickness and lateness of a duty.
pub const SICK: u32 = 0;
/// See [`SICK`].
pub const LATE: u32 = 1;
/// Turn-round after a contact.
pub const TURN_ROUND: u32 = 2;
/// Whether a pause follows, and its length.
pub const PAUSE: u32 = 3;
/// See [`PAUSE`].
pub const PAUSE_LENGTH: u32 = 4;
/// Whether somebody who is paid by the duty turns up for it.
pub const SHOWS_UP: u32 = 9;
/// A week's wave of sickness.
pub const WAVE: u32 = 10;
/// How long somebody has been here at the start.
pub const TENURE: u32 = 5;
/// Whether somebody leaves on a day.
pub const LEAVE: u32 = 6;
/// Whether a newcomer drops out of the class, and on which day of it.
pub const DROP_OUT: u32 = 7;
/// See [`DROP_OUT`].
pub const DROP_DAY: u32 = 8;
