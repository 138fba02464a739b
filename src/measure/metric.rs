//! The table of metrics of contacts.

use super::sample::Scope;
use crate::stats;
use crate::time::{HOUR, SECOND};

/// Unit of a metric; money is in the scenario's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// A number of things, per replication.
    Count,
    /// A fraction of one.
    Share,
    /// Seconds.
    Seconds,
    /// Hours, per replication.
    Hours,
    /// A score from 0 to 100.
    Points,
    /// Money.
    Money,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither.
    Neither,
}

impl Better {
    /// The direction for comparisons, `None` where neither is better.
    #[must_use]
    pub fn direction(self) -> Option<stats::Better> {
        match self {
            Self::Higher => Some(stats::Better::Higher),
            Self::Lower => Some(stats::Better::Lower),
            Self::Neither => None,
        }
    }
}

/// A numerator and a denominator; the metric is the ratio of their expectations.
pub type Ratio = (f64, f64);

/// How a metric of contacts is computed.
#[derive(Debug, Clone, Copy)]
pub enum Value {
    /// From one replication's sums.
    Ratio(fn(&Scope) -> Ratio),
    /// A percentile of the waits of all offered contacts.
    WaitPercentile(f64),
    /// A percentile of the times to first reply.
    ReplyPercentile(f64),
}

/// A metric of contacts: overall, per channel, per stream.
#[derive(Debug, Clone, Copy)]
pub struct Metric {
    /// Key in JSON, CSV and sweeps.
    pub key: &'static str,
    /// Title in tables.
    pub title: &'static str,
    /// Unit.
    pub unit: Unit,
    /// Which way is better.
    pub better: Better,
    /// How it is computed.
    pub value: Value,
    /// Its definition, for `explain`.
    pub definition: &'static str,
}

pub(super) fn count(n: u64) -> Ratio {
    (n as f64, 1.0)
}

pub(super) fn share(n: u64, of: u64) -> Ratio {
    (n as f64, of as f64)
}

pub(super) fn mean_s(ticks: u64, of: u64) -> Ratio {
    (ticks as f64 / SECOND as f64, of as f64)
}

macro_rules! metric {
    ($key:literal, $title:literal, $unit:ident, $better:ident, $value:expr, $definition:literal) => {
        Metric {
            key: $key,
            title: $title,
            unit: Unit::$unit,
            better: Better::$better,
            value: $value,
            definition: $definition,
        }
    };
}

/// Every metric of contacts, in the order of reports.
pub const METRICS: &[Metric] = &[
    metric!(
        "offered",
        "offered",
        Count,
        Neither,
        Value::Ratio(|s| count(s.sums.offered)),
        "Contacts that arrived while their channel was open (or on a channel that never closes): first contacts, redials and returns."
    ),
    metric!(
        "first_contacts",
        "first contacts",
        Count,
        Neither,
        Value::Ratio(|s| count(s.sums.first_contacts)),
        "Offered contacts that are a customer's first about a matter."
    ),
    metric!(
        "answered",
        "answered",
        Count,
        Higher,
        Value::Ratio(|s| count(s.sums.answered)),
        "Offered contacts on which an agent began to work."
    ),
    metric!(
        "abandoned",
        "abandoned",
        Count,
        Lower,
        Value::Ratio(|s| count(s.sums.abandoned)),
        "Offered contacts whose customer left before an answer, balking included."
    ),
    metric!(
        "abandoned_short",
        "short abandons",
        Count,
        Lower,
        Value::Ratio(|s| count(s.sums.abandoned_short)),
        "Abandoned contacts whose customer left within 5 s; a promise with `of = \"offered less abandoned within ...\"` leaves such contacts out, each with its own limit."
    ),
    metric!(
        "turned_away",
        "turned away",
        Count,
        Lower,
        Value::Ratio(|s| count(s.sums.turned_away)),
        "Contacts that found the channel closed and were lost; they are not offered."
    ),
    metric!(
        "lost",
        "lost for good",
        Count,
        Lower,
        Value::Ratio(|s| count(s.sums.lost)),
        "Contacts whose customer left for good: gave up without calling again, was turned away, or was not served at all."
    ),
    metric!(
        "prevented",
        "prevented",
        Count,
        Neither,
        Value::Ratio(|s| count(s.sums.prevented)),
        "First contacts that did not come because work on their cause had removed it (problem management); they are not offered."
    ),
    metric!(
        "deflected",
        "deflected",
        Count,
        Neither,
        Value::Ratio(|s| count(s.sums.deflected)),
        "First contacts that self-service took, those that came to people after all included; the rest of them are not offered."
    ),
    metric!(
        "deflected_back",
        "deflected, came back",
        Count,
        Lower,
        Value::Ratio(|s| count(s.sums.deflected_back)),
        "Contacts that self-service took and that came to people after all; offered then, as first contacts."
    ),
    metric!(
        "moved",
        "moved elsewhere",
        Count,
        Neither,
        Value::Ratio(|s| count(s.sums.moved)),
        "Contacts that went to another channel or language because theirs is not served; offered there."
    ),
    metric!(
        "unserved",
        "unserved",
        Count,
        Lower,
        Value::Ratio(|s| count(s.sums.unserved)),
        "Contacts lost because their channel is not offered or nobody speaks their language; they are not offered."
    ),
    metric!(
        "translated",
        "by translation",
        Count,
        Neither,
        Value::Ratio(|s| count(s.sums.translated)),
        "Contacts worked on through a translation tool because nobody speaks their language."
    ),
    metric!(
        "other_language",
        "in another language",
        Count,
        Lower,
        Value::Ratio(|s| count(s.sums.other_language)),
        "Contacts whose customer asked in another language because nobody speaks theirs; part of those moved elsewhere, and offered there."
    ),
    metric!(
        "switched",
        "from another channel",
        Count,
        Neither,
        Value::Ratio(|s| count(s.sums.switched)),
        "Offered contacts of customers who gave up on another channel and left for this one, voice-mails included."
    ),
    metric!(
        "chasers",
        "reminders",
        Count,
        Lower,
        Value::Ratio(|s| count(s.sums.chasers)),
        "Offered contacts that remind of a ticket which was silent for long; they count as resolved when they are worked."
    ),
    metric!(
        "duplicates",
        "worked twice",
        Count,
        Lower,
        Value::Ratio(|s| count(s.sums.duplicates)),
        "Contacts about a matter that came on another channel as well; they count as resolved when they are worked."
    ),
    metric!(
        "call_backs",
        "call-backs",
        Count,
        Neither,
        Value::Ratio(|s| count(s.sums.call_backs)),
        "Callers who hung up to be called back, and customers whom we call on an outbound channel. Their wait runs until they are spoken to."
    ),
    metric!(
        "call_backs_kept_share",
        "called in time",
        Share,
        Higher,
        Value::Ratio(|s| share(s.sums.call_backs_kept, s.sums.call_backs)),
        "Share of call-backs whose first call came within the promise, whether it was answered or not."
    ),
    metric!(
        "call_backs_unreached",
        "never reached",
        Count,
        Lower,
        Value::Ratio(|s| count(s.sums.call_backs_unreached)),
        "Call-backs whose customer answered none of the calls; they count as abandoned."
    ),
    metric!(
        "abandoned_share",
        "abandonment",
        Share,
        Lower,
        Value::Ratio(|s| share(s.line.abandoned, s.line.offered)),
        "Abandoned / offered. Overall: of live and concurrent contacts only."
    ),
    metric!(
        "service_level",
        "service level",
        Share,
        Higher,
        Value::Ratio(|s| share(s.sums.promise_kept, s.sums.promised)),
        "Share of contacts inside their own promise (the first promise that covers them), by that promise's definition; contacts without a promise and those still undecided at the end do not count."
    ),
    metric!(
        "delayed_share",
        "had to wait",
        Share,
        Lower,
        Value::Ratio(|s| share(s.line.delayed, s.line.offered)),
        "Share of offered contacts that were not answered at once."
    ),
    metric!(
        "mean_wait_s",
        "mean wait",
        Seconds,
        Lower,
        Value::Ratio(|s| mean_s(s.line.wait, s.line.answered + s.line.abandoned)),
        "Mean wait of all offered contacts, abandoners up to leaving. Overall: of live and concurrent contacts only."
    ),
    metric!(
        "asa_s",
        "ASA",
        Seconds,
        Lower,
        Value::Ratio(|s| mean_s(s.line.wait_answered, s.line.answered)),
        "Average speed of answer: mean wait of the answered."
    ),
    metric!(
        "wait_p50_s",
        "wait P50",
        Seconds,
        Lower,
        Value::WaitPercentile(0.5),
        "Median wait of all offered contacts."
    ),
    metric!(
        "wait_p90_s",
        "wait P90",
        Seconds,
        Lower,
        Value::WaitPercentile(0.9),
        "Wait that nine contacts in ten stay under."
    ),
    metric!(
        "wait_p95_s",
        "wait P95",
        Seconds,
        Lower,
        Value::WaitPercentile(0.95),
        "Wait that 19 contacts in 20 stay under."
    ),
    metric!(
        "wait_p99_s",
        "wait P99",
        Seconds,
        Lower,
        Value::WaitPercentile(0.99),
        "Wait that 99 contacts in 100 stay under."
    ),
    metric!(
        "first_reply_s",
        "first reply",
        Seconds,
        Lower,
        Value::Ratio(|s| mean_s(s.sums.first_reply, s.sums.replied)),
        "Mean time from arrival to the first reply on the wall clock; for live and concurrent contacts, to the answer."
    ),
    metric!(
        "first_reply_p90_s",
        "first reply P90",
        Seconds,
        Lower,
        Value::ReplyPercentile(0.9),
        "Time to first reply that nine contacts in ten stay under."
    ),
    metric!(
        "resolution_s",
        "resolution time",
        Seconds,
        Lower,
        Value::Ratio(|s| mean_s(s.sums.resolution, s.sums.resolved)),
        "Mean time from a matter's first contact to its resolution, without the customer's own time (replies awaited, time until a redial or return)."
    ),
    metric!(
        "handle_time_s",
        "handle time",
        Seconds,
        Lower,
        Value::Ratio(|s| mean_s(s.sums.handled, s.sums.items)),
        "Mean agent time per piece of work, wrap included; for conversations the time they are open."
    ),
    metric!(
        "fcr",
        "FCR",
        Share,
        Higher,
        Value::Ratio(|s| share(s.sums.resolved_first, s.sums.first_contacts)),
        "First-contact resolution: first contacts resolved without a redial or return, of all first contacts; transfers inside the contact are allowed."
    ),
    metric!(
        "repeat_share",
        "repeat contacts",
        Share,
        Lower,
        Value::Ratio(|s| share(s.sums.offered - s.sums.first_contacts, s.sums.offered)),
        "Share of offered contacts that are not a customer's first about a matter: redials, returns, those who come from another channel, reminders."
    ),
    metric!(
        "resolved",
        "resolved",
        Count,
        Higher,
        Value::Ratio(|s| count(s.sums.resolved)),
        "Contacts that ended with the matter resolved."
    ),
    metric!(
        "hand_offs",
        "hand-offs per contact",
        Count,
        Lower,
        Value::Ratio(|s| share(s.sums.hand_offs, s.sums.answered)),
        "Hand-offs to another tier or team per answered contact."
    ),
    metric!(
        "hand_offs_per_journey",
        "hand-offs per journey",
        Count,
        Lower,
        Value::Ratio(|s| share(s.sums.hand_offs, s.sums.first_contacts)),
        "Hand-offs to another tier or team per first contact: over a matter's whole journey, its redials and returns included."
    ),
    metric!(
        "journeys",
        "journeys ended",
        Count,
        Neither,
        Value::Ratio(|s| count(s.sums.journeys)),
        "Customers who began here, were let in at least once, and whose journey ended inside the horizon, where a topic leads to another; a journey is all that one customer comes with. Long journeys are still under way at the end: let the horizon be several times as long."
    ),
    metric!(
        "contacts_per_journey",
        "contacts per journey",
        Count,
        Lower,
        Value::Ratio(|s| share(s.sums.journey_contacts, s.sums.journeys)),
        "Contacts let in per ended journey, over all its topics: first contacts, redials, returns, those on other channels; reminders and second contacts about a matter apart."
    ),
    metric!(
        "stages_per_journey",
        "stages per journey",
        Count,
        Neither,
        Value::Ratio(|s| share(s.sums.journey_stages, s.sums.journeys)),
        "Topics one after the other per ended journey."
    ),
    metric!(
        "team_changes_per_journey",
        "team changes per journey",
        Count,
        Lower,
        Value::Ratio(|s| share(s.sums.journey_hand_offs, s.sums.journeys)),
        "Hand-offs between tiers and teams inside contacts, and hand-overs from one topic's team to the next, per ended journey."
    ),
    metric!(
        "journey_s",
        "journey time",
        Seconds,
        Neither,
        Value::Ratio(|s| mean_s(s.sums.journey_time, s.sums.journeys)),
        "Mean time from a customer's first contact of all to the end of the last matter, the time between matters included; of ended journeys."
    ),
    metric!(
        "journey_work_s",
        "work per journey",
        Seconds,
        Lower,
        Value::Ratio(|s| mean_s(s.sums.journey_work, s.sums.journeys)),
        "Agents' time per ended journey, that of taking customers on from other teams included."
    ),
    metric!(
        "taken_on_share",
        "other team than before",
        Share,
        Lower,
        Value::Ratio(|s| share(s.sums.taken_on, s.sums.next_stages)),
        "Share of customers' later matters that another team took than the one before; each costs rework."
    ),
    metric!(
        "explained_share",
        "explained again",
        Share,
        Lower,
        Value::Ratio(|s| share(s.sums.explained, s.sums.taken_on)),
        "Of the later matters that another team took, the share in which the customer had to explain again."
    ),
    metric!(
        "warm_share",
        "warm hand-offs",
        Share,
        Neither,
        Value::Ratio(|s| share(s.sums.warm_hand_offs, s.sums.hand_offs)),
        "Share of hand-offs in which both agents were busy together."
    ),
    metric!(
        "sent_back_share",
        "sent back",
        Share,
        Lower,
        Value::Ratio(|s| share(s.sums.sent_back, s.sums.hand_offs)),
        "Share of hand-offs that go to a lower tier (ping-pong)."
    ),
    metric!(
        "misrouted_share",
        "misrouted",
        Share,
        Lower,
        Value::Ratio(|s| share(s.sums.misrouted, s.sums.answered)),
        "Times a wrong team had to send a contact on, per answered contact."
    ),
    metric!(
        "engineering_share",
        "to engineering",
        Share,
        Lower,
        Value::Ratio(|s| share(s.sums.engineering, s.sums.answered)),
        "Pieces of work handed to engineering per answered contact."
    ),
    metric!(
        "seconded_share",
        "second persons",
        Share,
        Neither,
        Value::Ratio(|s| share(s.sums.seconded, s.sums.resolved)),
        "Times a second person reviews, approves or does a contact as well, per resolved contact."
    ),
    metric!(
        "approval_share",
        "approved",
        Share,
        Neither,
        Value::Ratio(|s| share(s.sums.approvals, s.sums.resolved)),
        "Approvals by a second person per resolved contact."
    ),
    metric!(
        "swarmed_share",
        "swarmed",
        Share,
        Neither,
        Value::Ratio(|s| share(s.sums.swarmed, s.sums.answered)),
        "Times a specialist joined a contact's owner, per answered contact."
    ),
    metric!(
        "handed_over_share",
        "handed over",
        Share,
        Neither,
        Value::Ratio(|s| share(s.sums.handed_over, s.sums.answered)),
        "Times a ticket passed to another site at the end of a shift, per answered contact."
    ),
    metric!(
        "pending_share",
        "waited for others",
        Share,
        Neither,
        Value::Ratio(|s| share(s.sums.waited_for, s.sums.answered)),
        "Share of answered contacts that waited for the customer or a third party after the first reply; our clock stops meanwhile."
    ),
    metric!(
        "pending_s",
        "wait for others",
        Seconds,
        Neither,
        Value::Ratio(|s| mean_s(s.sums.waited_for_time, s.sums.waited_for)),
        "Mean time a ticket waits for the customer or a third party, where it does."
    ),
    metric!(
        "escalated_share",
        "escalated",
        Share,
        Lower,
        Value::Ratio(|s| share(s.sums.escalated, s.sums.answered)),
        "Share of answered contacts that leave tier 1 upwards."
    ),
    metric!(
        "vendor_share",
        "by vendors",
        Share,
        Neither,
        Value::Ratio(|s| share(s.sums.by_vendor, s.sums.answered)),
        "Share of answered contacts first worked on by a vendor."
    ),
    metric!(
        "satisfaction",
        "satisfaction",
        Points,
        Higher,
        Value::Ratio(|s| (s.sums.satisfaction as f64 / 1000.0, s.sums.scored as f64)),
        "Mean score of contacts at their end: the base less the scenario's weights for a missed promise, each hand-off, an unresolved end, an abandonment, an answer through a translation tool or in another language than the customer's; a solution moves by the `satisfaction` of the `factor` of the team that found it."
    ),
    metric!(
        "queued_h",
        "hours in queue",
        Hours,
        Lower,
        Value::Ratio(|s| (s.sums.queued as f64 / HOUR as f64, 1.0)),
        "Hours that contacts stood in a queue before an answer, up to giving up or, of tickets still open, to the horizon's end. Divided by the hours of the horizon it is the mean number waiting (Little's law)."
    ),
    metric!(
        "backlog",
        "open at the end",
        Count,
        Lower,
        Value::Ratio(|s| count(s.sums.backlog)),
        "Contacts still open at the horizon's end, the opening backlog's included."
    ),
    metric!(
        "backlog_oldest_s",
        "oldest open",
        Seconds,
        Lower,
        Value::Ratio(|s| mean_s(s.sums.backlog_oldest, 1)),
        "Age of the oldest contact still open at the horizon's end."
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique() {
        let mut keys: Vec<&str> = METRICS.iter().map(|m| m.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), METRICS.len());
    }
}
