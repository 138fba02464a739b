//! The table of metrics.

use super::sample::Scope;
use crate::sim::TeamSums;
use crate::stats;
use crate::time::SECOND;

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

/// A metric of a team.
#[derive(Debug, Clone, Copy)]
pub struct TeamMetric {
    /// Key in JSON, CSV and sweeps.
    pub key: &'static str,
    /// Title in tables.
    pub title: &'static str,
    /// Unit.
    pub unit: Unit,
    /// How it is computed from one replication's sums.
    pub ratio: fn(&TeamSums) -> Ratio,
    /// Its definition, for `explain`.
    pub definition: &'static str,
}

fn count(n: u64) -> Ratio {
    (n as f64, 1.0)
}

fn share(n: u64, of: u64) -> Ratio {
    (n as f64, of as f64)
}

fn mean_s(ticks: u64, of: u64) -> Ratio {
    (ticks as f64 / SECOND as f64, of as f64)
}

/// Ticks of a year.
const YEAR: f64 = 365.25 * 86_400.0 * SECOND as f64;

fn hours(ticks: u64) -> Ratio {
    (ticks as f64 / (3600.0 * SECOND as f64), 1.0)
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
        "Share of offered contacts that are redials or returns."
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
        "Mean score of contacts at their end: the base less the scenario's weights for a missed promise, each hand-off, an unresolved end, an abandonment."
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

macro_rules! team_metric {
    ($key:literal, $title:literal, $unit:ident, $ratio:expr, $definition:literal) => {
        TeamMetric {
            key: $key,
            title: $title,
            unit: Unit::$unit,
            ratio: $ratio,
            definition: $definition,
        }
    };
}

/// Every metric of teams, in the order of reports.
pub const TEAM_METRICS: &[TeamMetric] = &[
    team_metric!(
        "occupancy",
        "occupancy",
        Share,
        |t| share(t.handling, t.on_queue),
        "Time with a contact in hand / time on queue."
    ),
    team_metric!(
        "utilisation",
        "utilisation",
        Share,
        |t| share(t.handling, t.paid),
        "Time with a contact in hand / paid time."
    ),
    team_metric!(
        "paid_h",
        "paid hours",
        Hours,
        |t| hours(t.paid),
        "Hours paid by contract, leave and sickness included."
    ),
    team_metric!(
        "scheduled_h",
        "scheduled hours",
        Hours,
        |t| hours(t.scheduled),
        "Hours of duties as planned, breaks included."
    ),
    team_metric!(
        "on_queue_h",
        "on-queue hours",
        Hours,
        |t| hours(t.on_queue),
        "Hours logged in and free or working, overtime included."
    ),
    team_metric!(
        "handling_h",
        "handling hours",
        Hours,
        |t| hours(t.handling),
        "Hours with at least one contact in hand."
    ),
    team_metric!(
        "turn_round_h",
        "turn-round hours",
        Hours,
        |t| hours(t.turn_round),
        "Hours of turn-round after contacts."
    ),
    team_metric!(
        "pause_h",
        "pause hours",
        Hours,
        |t| hours(t.pause),
        "Hours of pauses between contacts."
    ),
    team_metric!(
        "idle_h",
        "idle hours",
        Hours,
        |t| hours(
            t.on_queue
                .saturating_sub(t.handling + t.turn_round + t.pause)
        ),
        "Hours on queue without anything to do."
    ),
    team_metric!(
        "break_h",
        "break hours",
        Hours,
        |t| hours(t.paid_break + t.unpaid_break),
        "Hours of breaks taken, paid and unpaid."
    ),
    team_metric!(
        "planned_off_h",
        "off-queue hours",
        Hours,
        |t| hours(t.planned_off),
        "Hours of meetings, training and other planned work off queue."
    ),
    team_metric!(
        "shrunk_h",
        "shrunk hours",
        Hours,
        |t| hours((t.paid + t.overtime).saturating_sub(t.on_queue)),
        "Paid hours not on queue: leave, sickness, late starts, paid breaks, meetings, training and other planned work."
    ),
    team_metric!(
        "sick_h",
        "sick hours",
        Hours,
        |t| hours(t.sick),
        "Hours of duties lost to sickness."
    ),
    team_metric!(
        "no_show_h",
        "no-show hours",
        Hours,
        |t| hours(t.no_show),
        "Hours of duties that freelancers did not turn up for."
    ),
    team_metric!(
        "late_h",
        "late hours",
        Hours,
        |t| hours(t.late),
        "Hours lost to late starts."
    ),
    team_metric!(
        "overtime_h",
        "overtime hours",
        Hours,
        |t| hours(t.overtime),
        "Hours worked beyond the end of duties."
    ),
    team_metric!(
        "standby_h",
        "standby hours",
        Hours,
        |t| hours(t.standby),
        "Hours in which people are reachable on call, as planned; not paid hours."
    ),
    team_metric!(
        "calls",
        "calls",
        Count,
        |t| count(t.calls),
        "Times somebody on call was called."
    ),
    team_metric!(
        "called_h",
        "called hours",
        Hours,
        |t| hours(t.called),
        "Hours paid for calls, from the call until going back, at least the minimum; part of the paid hours."
    ),
    team_metric!(
        "vacant_share",
        "vacant",
        Share,
        |t| share(t.vacant, t.working + t.vacant + t.in_class),
        "Time in which positions had nobody / all positions' time; where people over time are stated."
    ),
    team_metric!(
        "in_class_share",
        "in class",
        Share,
        |t| share(t.in_class, t.working + t.vacant + t.in_class),
        "Time of newcomers in training classes / all positions' time."
    ),
    team_metric!(
        "hires",
        "hires",
        Count,
        |t| count(t.hires),
        "Newcomers who came."
    ),
    team_metric!(
        "leavers",
        "leavers",
        Count,
        |t| count(t.leavers),
        "People who left, drop-outs of classes apart."
    ),
    team_metric!(
        "drop_outs",
        "drop-outs",
        Count,
        |t| count(t.drop_outs),
        "Newcomers who left before their training class ended."
    ),
    team_metric!(
        "attrition",
        "attrition",
        Count,
        |t| (t.leavers as f64, t.working as f64 / YEAR),
        "Leavers a year per head at work: leavers / average headcount, a hazard per head-year."
    ),
    team_metric!(
        "promotions",
        "promotions",
        Count,
        |t| count(t.promoted),
        "People of this team who were promoted: to a team that promotes from it, or to lead it."
    ),
    team_metric!(
        "promotion_odds",
        "odds of promotion",
        Count,
        |t| (t.promoted as f64, t.working as f64 / YEAR),
        "Promotions a year per head at work."
    ),
    team_metric!(
        "first_promotion_months",
        "months to promotion",
        Count,
        |t| (
            t.promoted_after as f64 / 1e3 / (365.25 / 12.0),
            t.promoted_first as f64
        ),
        "Mean tenure in months of those promoted for the first time."
    ),
    team_metric!(
        "posts_per_100_heads",
        "posts above per 100",
        Count,
        |t| (
            100.0 * t.posts_above as f64,
            (t.working + t.vacant + t.in_class) as f64
        ),
        "Posts that people of this team may be promoted to, per 100 of its positions: leads, and the places of teams that promote from it; a post open to several teams counts in part for each, by heads."
    ),
    team_metric!(
        "lead_promotions",
        "promoted to lead",
        Count,
        |t| count(t.lead_promotions),
        "Vacant posts of leads that went to somebody of the team."
    ),
    team_metric!(
        "lead_hires",
        "leads hired",
        Count,
        |t| count(t.lead_hires),
        "Vacant posts of leads that went to somebody from outside because nobody of the team had the tenure."
    ),
    team_metric!(
        "leads_vacant_share",
        "leads vacant",
        Share,
        |t| share(t.lead_posts - t.leading, t.lead_posts),
        "Time in which posts of leads had nobody / all their time; where leads come from the team."
    ),
    team_metric!(
        "mentoring_h",
        "mentoring hours",
        Hours,
        |t| hours(t.mentoring),
        "Hours that the experienced gave to newcomers; part of the off-queue hours."
    ),
    team_metric!(
        "efficiency",
        "efficiency",
        Share,
        |t| (t.efficiency as f64 / 1e6, t.begun as f64),
        "Mean efficiency of who begins a piece of work, against an experienced agent; where learning is stated."
    ),
    team_metric!(
        "answered",
        "answered",
        Count,
        |t| count(t.answered),
        "Contacts that somebody of this team was the first to work on."
    ),
    team_metric!(
        "asa_s",
        "ASA",
        Seconds,
        |t| mean_s(t.wait_answered, t.answered),
        "Mean wait of the contacts that this team was the first to work on; of deferred ones too."
    ),
    team_metric!(
        "resolved",
        "resolved",
        Count,
        |t| count(t.resolved),
        "Contacts whose last piece of work was this team's, and resolved them."
    ),
    team_metric!(
        "items",
        "pieces of work",
        Count,
        |t| count(t.items),
        "Pieces of work finished: one per tier and touch."
    ),
    team_metric!(
        "handle_time_s",
        "handle time",
        Seconds,
        |t| mean_s(t.session, t.items),
        "Mean time per piece of work."
    ),
    team_metric!(
        "concurrency",
        "concurrency",
        Count,
        |t| share(t.session, t.handling),
        "Mean number of contacts in hand while any is."
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
        let mut keys: Vec<&str> = TEAM_METRICS.iter().map(|m| m.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), TEAM_METRICS.len());
    }
}
