//! The sums of one replication. Everything a metric needs, nothing that grows with the number of contacts.
//!
//! Times are ticks in `u64`, so sums are exact and independent of order. A contact is booked under the planning
//! interval of its **arrival**; only contacts that arrive after the warm-up and inside the horizon are booked.

use crate::roster::Roster;
use crate::stats::Histogram;
use crate::time::{DAY, Tick, seconds, ticks, whole};
use crate::world::World;

/// Declares a table of sums: a struct of `u64` fields that add.
macro_rules! sums {
    ($(#[$outer:meta])* $name:ident { $($(#[$doc:meta])* $field:ident),+ $(,)? }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub struct $name { $($(#[$doc])* pub $field: u64),+ }

        impl std::ops::AddAssign<&$name> for $name {
            fn add_assign(&mut self, other: &$name) { $(self.$field += other.$field;)+ }
        }
    };
}

sums! {
    /// What happened to the contacts of a stream.
    ContactSums {
        /// Contacts that arrived and were let in: first ones, redials and returns.
        offered,
        /// Of these, a customer's first contact about a matter.
        first_contacts,
        /// Contacts that came again after an abandonment.
        redials,
        /// Contacts that came again because the matter was not resolved.
        returns,
        /// Contacts of customers who left another channel after giving up there.
        switched,
        /// Reminders of tickets that were silent for long, on any channel.
        chasers,
        /// Contacts about a matter that came on another channel as well.
        duplicates,
        /// Callers who hung up to be called back.
        call_backs,
        /// Of these, first called in time.
        call_backs_kept,
        /// Of these, never reached.
        call_backs_unreached,
        /// First contacts that begin a later matter of the same customer.
        next_stages,
        /// Of these, taken on by another team than the one before.
        taken_on,
        /// Of these, the customer had to explain again.
        explained,
        /// Journeys that began here and ended.
        journeys,
        /// Contacts of these.
        journey_contacts,
        /// Their stages.
        journey_stages,
        /// Their hand-offs between tiers and teams.
        journey_hand_offs,
        /// Ticks from their first contact to their end.
        journey_time,
        /// Ticks of agents' time in them.
        journey_work,
        /// Arrived while the channel was closed and lost.
        turned_away,
        /// Arrived while the channel was closed and went to another one (booked there as offered).
        diverted,
        /// First contacts that did not come because their cause was gone.
        prevented,
        /// First contacts that self-service took.
        deflected,
        /// Of these, came to people after all.
        deflected_back,
        /// Not served here and gone to another channel or language (booked there as offered).
        moved,
        /// Not served and lost: the channel is not offered, or nobody speaks the language.
        unserved,
        /// Came by a translation tool because nobody speaks the language.
        translated,
        /// Of those gone elsewhere, to another language.
        other_language,
        /// Answered: the first piece of work began.
        answered,
        /// Left before an answer.
        abandoned,
        /// Of these, at once because they would have had to wait.
        balked,
        /// Of these, within 5 s: too soon to say that they did not want to wait.
        abandoned_short,
        /// Left for good: gave up without calling again, or turned away.
        lost,
        /// Left while waiting for another tier, after an answer.
        lost_later,
        /// Waited at all.
        delayed,
        /// Ticks waited by all offered, abandoners up to leaving.
        wait,
        /// Ticks waited by the answered.
        wait_answered,
        /// Deferred tickets that got a first reply; elsewhere the answered.
        replied,
        /// Ticks from arrival to first reply.
        first_reply,
        /// Contacts whose own promise was decided.
        promised,
        /// Of these, kept.
        promise_kept,
        /// Contacts resolved.
        resolved,
        /// Of these, first contacts: resolved without coming back.
        resolved_first,
        /// Ticks from the journey's start to resolution, the customer's own time apart.
        resolution,
        /// Contacts that ended unresolved and unnoticed.
        unresolved,
        /// Hand-offs to another tier or team.
        hand_offs,
        /// Of these, warm: both agents were busy together.
        warm_hand_offs,
        /// Of these, to a lower tier.
        sent_back,
        /// Of these, by a wrong team that the contact had gone to.
        misrouted,
        /// Pieces of work handed to engineering.
        engineering,
        /// Times a second person was to review, approve or do a contact as well.
        seconded,
        /// Of these, approvals.
        approvals,
        /// Contacts in which a specialist joined the owner.
        swarmed,
        /// Tickets that passed to another site at the end of a shift.
        handed_over,
        /// Tickets that waited for somebody else after their first reply.
        waited_for,
        /// Ticks they waited.
        waited_for_time,
        /// Contacts that left tier 1 upwards.
        escalated,
        /// Pieces of work finished: one per tier and touch.
        items,
        /// Ticks of agents' time in these pieces; for conversations the time open.
        handled,
        /// Of the answered, those first worked on by a vendor's team.
        by_vendor,
        /// Sum of satisfaction scores, in thousandths of a point.
        satisfaction,
        /// Contacts scored.
        scored,
        /// Open at the horizon's end.
        backlog,
        /// Age of the oldest open contact in ticks, at the horizon's end (does not add: largest).
        backlog_oldest,
    }
}

sums! {
    /// What the people of a team did, in ticks unless said otherwise.
    TeamSums {
        /// Paid by contract, leave and sickness included.
        paid,
        /// Duties as planned.
        scheduled,
        /// Duties lost to sickness.
        sick,
        /// Duties that nobody turned up for who is paid by the duty.
        no_show,
        /// Lost to late starts.
        late,
        /// On queue: logged in and either free or working, overtime included.
        on_queue,
        /// With at least one contact in hand.
        handling,
        /// Turning round after contacts.
        turn_round,
        /// Pauses between contacts.
        pause,
        /// Paid breaks taken.
        paid_break,
        /// Unpaid breaks taken.
        unpaid_break,
        /// Meetings, training and other planned work off queue.
        planned_off,
        /// Work after the end of a duty.
        overtime,
        /// A tool of the team was down, each tool by itself.
        tool_down,
        /// Pieces of work finished (a count).
        items,
        /// Contacts resolved (a count).
        resolved,
        /// Contacts answered: first worked on (a count).
        answered,
        /// Ticks these waited.
        wait_answered,
        /// Of the answered, those whose own promise was decided (a count).
        promised,
        /// Of these, inside its threshold (a count).
        promise_kept,
        /// Contacts with a promise that nobody answered, in parts of [`PART`] of a contact: the teams that might have taken
        /// one share it equally.
        unanswered,
        /// Of these, short abandons by the promise's own limit.
        unanswered_short,
        /// Of these, left inside the threshold.
        left_in_time,
        /// Sum over conversations of time open; equals `handling` where agents do one thing at a time.
        session,
        /// Fees per contact in millionths of the currency.
        fees,
        /// Paid by the duty.
        by_the_duty,
        /// Pay by the duty, in millionths of the currency.
        duty_pay,
        /// Duties lost to rest after calls.
        call_rest,
        /// Premiums on calls, in millionths of the currency.
        call_premium,
        /// Being reachable on call, as planned.
        standby,
        /// Pay for it, in millionths of the currency.
        standby_pay,
        /// Calls of people on call (a count).
        calls,
        /// Paid for calls.
        called,
        /// Pay for calls, in millionths of the currency.
        call_pay,
        /// Paid for heads that are not needed any more, until they leave.
        surplus,
        /// Of these, given notice and gone (a count).
        severed,
        /// What these got, in millionths of the currency.
        severance,
        /// Heads that came from another team (a count).
        redeployed,
        /// Paid while these were retrained.
        retraining,
        /// People at work or on leave, summed over positions; this and what follows where people over time are stated.
        working,
        /// Positions with nobody.
        vacant,
        /// Newcomers in training classes.
        in_class,
        /// Money for the tools of all these, where their price changes over time, in millionths of the currency.
        tools_pay,
        /// Of the time of positions with nobody, that in which only ceilings on hires kept newcomers away.
        held_back,
        /// Newcomers who came (a count).
        hires,
        /// People who left (a count).
        leavers,
        /// Newcomers who dropped out of their class (a count).
        drop_outs,
        /// People who were promoted to a post above (a count).
        promoted,
        /// Of these, those who were not before.
        promoted_first,
        /// Their tenures, in thousandths of a day.
        promoted_after,
        /// Posts above, summed over time.
        posts_above,
        /// Posts of leads, summed over time; where leads are people who come and go.
        lead_posts,
        /// Of these, filled.
        leading,
        /// Seconds in which leads deputise for each other where posts are vacant.
        led,
        /// Heads per lead who is there, in hundredths, summed over these.
        led_by,
        /// Leads who left (a count).
        lead_leavers,
        /// Posts of leads that went to somebody of the team (a count).
        lead_promotions,
        /// Posts of leads that went to somebody from outside (a count).
        lead_hires,
        /// Time that the experienced gave to newcomers; part of `planned_off`.
        mentoring,
        /// Pay of those who work, in millionths of the currency; where people come and go.
        wages,
        /// Pay of those in class, in millionths of the currency.
        class_pay,
        /// Sum over pieces of work begun of the efficiency of who began them, in millionths.
        efficiency,
        /// Pieces of work begun (a count).
        begun,
    }
}

sums! {
    /// What happened to the contacts of a channel that arrived in one planning interval.
    IntervalSums {
        /// Contacts offered.
        offered,
        /// Answered.
        answered,
        /// Abandoned.
        abandoned,
        /// Contacts whose own promise was decided.
        promised,
        /// Of these, kept.
        promise_kept,
        /// Ticks waited by all offered.
        wait,
        /// Answered within 20 s, the field's usual yardstick.
        within_20s,
    }
}

sums! {
    /// A team's time in one planning interval.
    StaffSums {
        /// Ticks on queue.
        on_queue,
        /// Ticks with a contact in hand.
        handling,
    }
}

sums! {
    /// A team's people in one week, in ticks summed over positions.
    HeadSums {
        /// At work or on leave.
        working,
        /// Positions with nobody.
        vacant,
        /// In training classes.
        in_class,
    }
}

/// One promise's count in one planning interval.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    /// Contacts that kept it.
    pub good: u32,
    /// Contacts that count.
    pub total: u32,
}

sums! {
    /// What happened to the contacts of a stream that arrived on one day of the reporting zone.
    DaySums {
        /// Contacts offered.
        offered,
        /// Of these, a customer's first contact about a matter.
        first_contacts,
        /// Answered.
        answered,
        /// Abandoned.
        abandoned,
        /// Contacts whose own promise was decided.
        promised,
        /// Of these, kept.
        promise_kept,
        /// Ticks waited by all offered.
        wait,
        /// Contacts resolved.
        resolved,
    }
}

/// Parts that a contact which nobody answered is cut into, so that up to 16 teams share it without a rest.
pub const PART: u64 = 720_720;

/// Ends of work beside the tiers: resolved, returned, with engineering.
pub const FLOW_ENDS: usize = 3;

/// The sums of one replication.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    /// Per stream.
    pub streams: Vec<ContactSums>,
    /// Per team.
    pub teams: Vec<TeamSums>,
    /// Per tier x (tiers + [`FLOW_ENDS`]): pieces of work that ended at each tier, resolved, returned, and with engineering. Work of a
    /// wrong team ends at the tier itself.
    pub flow: Vec<u64>,
    /// Contacts that passed from somebody of one team to somebody of another, `[from * teams + to]`.
    pub passes: Vec<u64>,
    /// Per channel and planning interval, `[channel * intervals + interval]`.
    pub intervals: Vec<IntervalSums>,
    /// Per team and planning interval, `[team * intervals + interval]`.
    pub staff: Vec<StaffSums>,
    /// Contacts waiting per channel at the end of each planning interval, `[channel * intervals + interval]`.
    pub waiting: Vec<u32>,
    /// Age in ticks of the contact that has waited longest in each channel at the end of each planning interval; 0 where
    /// none waits.
    pub oldest: Vec<Tick>,
    /// Per promise and planning interval, `[promise * intervals + interval]`.
    pub promises: Vec<Kept>,
    /// Answered contacts per promise on them, by the team that was the first to work on them,
    /// `[(promise * teams + team) * streams + stream]`.
    pub first_by: Vec<Kept>,
    /// Answers by what a vendor promised, `[promise * intervals + interval of arrival]`.
    pub vendor_promises: Vec<Kept>,
    /// First contacts of the streams a vendor serves, `[promise * intervals + interval]`.
    pub forecasts: Vec<u32>,
    /// The teams' sums as they stood at the end of each calendar month but the last, `[month * teams + team]`; empty
    /// where no vendor bills by the month.
    pub months: Vec<TeamSums>,
    /// People per team and week of the horizon, `[team * weeks + week]`, where something about people is stated.
    pub heads: Vec<HeadSums>,
    /// Number of weeks in `heads`.
    pub weeks: usize,
    /// Waits in ticks of all offered contacts (abandoners up to leaving), per stream.
    pub waits: Vec<Histogram>,
    /// Time to first reply in ticks, per stream.
    pub replies: Vec<Histogram>,
    /// Waits in ticks of the contacts that each team was the first to work on.
    pub team_waits: Vec<Histogram>,
    /// Per stream and day of the reporting zone, `[stream * day_count + day]`.
    pub days: Vec<DaySums>,
    /// Number of days.
    pub day_count: usize,
    /// Contacts taken by each deflection.
    pub deflected: Vec<u64>,
    /// Number of planning intervals.
    pub interval_count: usize,
    /// Length of a planning interval.
    pub interval: Tick,
    /// Events played, for benchmarks.
    pub events: u64,
}

impl Ledger {
    /// An empty ledger for a world, with the roster's planned hours booked.
    #[must_use]
    pub fn open(world: &World, roster: &Roster) -> Self {
        let n = world.intervals;
        let mut teams = vec![TeamSums::default(); world.teams.len()];
        for (sums, team) in teams.iter_mut().zip(&roster.teams) {
            let counted = (world.length - world.warm_up) as f64 / world.length as f64;
            // Where people come and go, pay follows those who are there.
            if team.people.as_ref().is_none_or(|p| p.midnights.is_empty()) {
                sums.paid = ticks(team.paid_s * counted);
            }
            for leaving in &team.leaving {
                let there = leaving
                    .until
                    .saturating_sub(leaving.from.max(world.warm_up));
                sums.surplus += ticks(leaving.paid * seconds(there));
                let gone = (world.warm_up..world.length).contains(&leaving.until);
                if let Some(money) = leaving.severance.filter(|_| gone) {
                    sums.severed += 1;
                    sums.severance += whole(money * 1e6);
                }
            }
            for joining in &team.joining {
                let works = joining.works.min(world.length);
                let learns = works.saturating_sub(joining.from.max(world.warm_up));
                sums.redeployed += u64::from(joining.from >= world.warm_up);
                sums.retraining += ticks(joining.paid * seconds(learns));
            }
            for place in &team.on_call {
                let turns = place.turns.iter();
                let time: Tick = turns
                    .map(|&(from, to)| to.saturating_sub(from.max(world.warm_up)))
                    .sum();
                let pay = seconds(time) * place.standby_per_s * 1e6;
                sums.standby += time;
                sums.standby_pay += whole(pay);
            }
        }
        let tiers = world.tiers;
        let day_count = world.report_days.last().map_or(0, |&d| d as usize + 1);
        let weeks = if roster.teams.iter().any(|t| t.people.is_some()) {
            world.length.div_ceil(7 * DAY) as usize
        } else {
            0
        };
        Self {
            streams: vec![ContactSums::default(); world.streams.len()],
            teams,
            flow: vec![0; tiers * (tiers + FLOW_ENDS)],
            passes: vec![0; world.teams.len() * world.teams.len()],
            intervals: vec![IntervalSums::default(); world.channels.len() * n],
            staff: vec![StaffSums::default(); world.teams.len() * n],
            waiting: vec![0; world.channels.len() * n],
            oldest: vec![0; world.channels.len() * n],
            promises: vec![Kept::default(); world.promises.len() * n],
            first_by: vec![
                Kept::default();
                world.promises.len() * world.teams.len() * world.streams.len()
            ],
            heads: vec![HeadSums::default(); world.teams.len() * weeks],
            weeks,
            vendor_promises: vec![Kept::default(); world.vendor_promises.len() * n],
            forecasts: vec![0; world.vendor_promises.len() * n],
            months: Vec::new(),
            waits: vec![Histogram::default(); world.streams.len()],
            replies: vec![Histogram::default(); world.streams.len()],
            team_waits: vec![Histogram::default(); world.teams.len()],
            days: vec![DaySums::default(); world.streams.len() * day_count],
            day_count,
            deflected: vec![0; world.deflections.len()],
            interval_count: n,
            interval: world.interval,
            events: 0,
        }
    }
}
