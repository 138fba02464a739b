//! The table of metrics of teams.

use super::metric::{Ratio, Unit, count, mean_s, share};
use crate::sim::{PART, TeamSums};
use crate::time::SECOND;

/// A metric of a team.
#[derive(Debug, Clone, Copy)]
pub struct TeamMetric {
    /// Key in JSON, CSV and sweeps.
    pub key: &'static str,
    /// Title in tables.
    pub title: &'static str,
    /// Unit.
    pub unit: Unit,
    /// How it is computed.
    pub value: TeamValue,
    /// Its definition, for `explain`.
    pub definition: &'static str,
}

/// How a metric of a team is computed.
#[derive(Debug, Clone, Copy)]
pub enum TeamValue {
    /// From one replication's sums.
    Ratio(fn(&TeamSums) -> Ratio),
    /// A percentile of the waits of the contacts it was the first to work on.
    WaitPercentile(f64),
}

impl TeamMetric {
    /// Numerator and denominator in one replication; `None` for a percentile.
    #[must_use]
    pub fn ratio(&self, sums: &TeamSums) -> Option<Ratio> {
        match self.value {
            TeamValue::Ratio(ratio) => Some(ratio(sums)),
            TeamValue::WaitPercentile(_) => None,
        }
    }
}

/// Ticks of a year.
const YEAR: f64 = 365.25 * 86_400.0 * SECOND as f64;

fn hours(ticks: u64) -> Ratio {
    (ticks as f64 / (3600.0 * SECOND as f64), 1.0)
}

macro_rules! team_metric {
    ($key:literal, $title:literal, $unit:ident, $ratio:expr, $definition:literal) => {
        TeamMetric {
            key: $key,
            title: $title,
            unit: Unit::$unit,
            value: TeamValue::Ratio($ratio),
            definition: $definition,
        }
    };
}

/// A percentile of the waits of the contacts that a team was the first to work on.
const fn wait(
    share: f64,
    key: &'static str,
    title: &'static str,
    definition: &'static str,
) -> TeamMetric {
    TeamMetric {
        key,
        title,
        unit: Unit::Seconds,
        value: TeamValue::WaitPercentile(share),
        definition,
    }
}

/// Contacts with a promise that a team answered or might have, and those of them that count as kept.
fn service(t: &TeamSums, less: u64, credit: u64) -> Ratio {
    let whole = |parts: u64| parts as f64 / PART as f64;
    (
        t.promise_kept as f64 + whole(credit),
        t.promised as f64 + whole(t.unanswered - less),
    )
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
        "call_rest_h",
        "rest after calls",
        Hours,
        |t| hours(t.call_rest),
        "Hours of duties lost because who was called in the time before has to rest first; paid."
    ),
    team_metric!(
        "tool_down_h",
        "tool outage hours",
        Hours,
        |t| hours(t.tool_down),
        "Hours in which a tool the team works with was down, each tool by itself, whether people were at work or not."
    ),
    team_metric!(
        "vacant_share",
        "vacant",
        Share,
        |t| share(t.vacant, t.working + t.vacant + t.in_class),
        "Time in which positions had nobody / all positions' time; where people over time are stated."
    ),
    team_metric!(
        "held_back_share",
        "held back",
        Share,
        |t| share(t.held_back, t.working + t.vacant + t.in_class),
        "Time in which positions had nobody only because a ceiling on hires was reached: the team's `most`, the site's `hires` or `hires_speaking` / all positions' time."
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
        "surplus_h",
        "surplus hours",
        Hours,
        |t| hours(t.surplus),
        "Hours paid for heads that a date took away, until they have left; part of the paid hours."
    ),
    team_metric!(
        "severed",
        "given notice",
        Count,
        |t| count(t.severed),
        "Heads that a date took away and that left with severance at the end of their notice."
    ),
    team_metric!(
        "redeployed",
        "redeployed",
        Count,
        |t| count(t.redeployed),
        "Heads that came from a team whose heads fell on a date."
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
        "lead_span",
        "span of control",
        Count,
        |t| (t.led_by as f64 / 100.0, t.led as f64),
        "Heads per lead who is there, over time: the stated span times posts / filled posts of all who deputise for each other, and divided by the share of their time that escalations left them in the last 28 days; where `deputies` are stated or leads take escalations."
    ),
    team_metric!(
        "coaching_share",
        "time left to coach",
        Share,
        |t| share(t.leads_on_duty - t.escalations, t.leads_on_duty),
        "Part of their time on queue that escalations left the leads of this team, with those whom they pool escalations with; where its leads take escalations (`leads_of`)."
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
    wait(
        0.5,
        "wait_p50_s",
        "wait P50",
        "Median wait of the contacts that this team was the first to work on; of deferred ones too.",
    ),
    wait(
        0.9,
        "wait_p90_s",
        "wait P90",
        "Wait that nine in ten of the contacts this team was the first to work on stay under.",
    ),
    wait(
        0.95,
        "wait_p95_s",
        "wait P95",
        "Wait that 19 in 20 of the contacts this team was the first to work on stay under.",
    ),
    wait(
        0.99,
        "wait_p99_s",
        "wait P99",
        "Wait that 99 in 100 of the contacts this team was the first to work on stay under.",
    ),
    team_metric!(
        "service_level",
        "service level",
        Share,
        |t| service(t, 0, 0),
        "Contacts this team was the first to work on and that kept their own promise's threshold / those it was the first to work on whose promise is decided, and its part of those that nobody answered. Contacts that nobody answered (their customer left, or they still wait past their promise at the end) are shared equally by the teams that might have taken them then; contacts without a promise do not count. The field's formula `offered`."
    ),
    team_metric!(
        "service_level_answered",
        "service level, answered",
        Share,
        |t| (t.promise_kept as f64, t.promised as f64),
        "As the team's `service_level`, of the answered only: contacts that kept their promise's threshold / contacts this team was the first to work on. The field's formula `answered`."
    ),
    team_metric!(
        "service_level_less_short",
        "service level less short",
        Share,
        |t| service(t, t.unanswered_short, 0),
        "As the team's `service_level`, without the customers who left within the promise's limit for short abandons, or within its threshold where it has none. The field's formula `less_short`."
    ),
    team_metric!(
        "service_level_credited",
        "service level, credited",
        Share,
        |t| service(t, 0, t.left_in_time),
        "As the team's `service_level`, with customers who left within the threshold counted as kept. The field's formula `credited`."
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
        let mut keys: Vec<&str> = TEAM_METRICS.iter().map(|m| m.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), TEAM_METRICS.len());
    }
}
