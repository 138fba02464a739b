//! Tables of sums: of contacts, teams, intervals, people and days.
//!
//! Times are ticks in `u64`, so sums are exact and independent of order.

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
        /// Ticks in queues before an answer: the number waiting, summed over time; of tickets still open, up to the
        /// horizon's end.
        queued,
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
        /// Pay for it, where pay changes over time, in millionths of the currency.
        overtime_pay,
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
        /// Contacts with a promise that nobody answered, in parts of [`PART`](super::PART) of a contact: the teams that might have taken
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
        /// Time on queue of those leads who take escalations, their pool's as a whole.
        leads_on_duty,
        /// Of this, with an escalation in hand.
        escalations,
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
        /// Of these, first contacts.
        resolved_first,
        /// Sum of satisfaction scores, in thousandths of a point.
        satisfaction,
        /// Contacts that were scored.
        scored,
    }
}
