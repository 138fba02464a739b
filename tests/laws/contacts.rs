//! Contacts: every one is accounted for.

use crate::mechanisms::{Mechanism, Mechanism::*, mechanisms, organisation, some_of};
use crate::organisation::{Shape, case, over, played, played_case, shapes, tables, text};
use crate::station::stations;
use proptest::prelude::*;
use staffwright::scenario::model::{AtClose, ChannelKind};
use staffwright::stats::ratio_estimate;

proptest! {
    #![proptest_config(crate::law(60, 40))]

    /// Every contact let in is abandoned, resolved, unresolved, lost between tiers, or still open.
    #[test]
    fn every_contact_is_accounted_for(shape in shapes(), replication in 0u64..50) {
        let ledger = played(&text(&tables(&shape)), replication);
        for (i, s) in ledger.streams.iter().enumerate() {
            prop_assert_eq!(s.offered, s.abandoned + s.resolved + s.unresolved + s.lost_later + s.backlog, "stream {}: {:?}", i, s);
            prop_assert!(s.answered + s.abandoned <= s.offered);
            prop_assert!(s.offered <= s.answered + s.abandoned + s.backlog);
        }
        // Who comes again is offered again, or finds the channel closed.
        let sum = |of: fn(&staffwright::sim::ContactSums) -> u64| ledger.streams.iter().map(of).sum::<u64>();
        let (again, came) = (sum(|s| s.offered - s.first_contacts), sum(|s| s.redials + s.returns));
        prop_assert!(again <= came && came <= again + sum(|s| s.turned_away), "{} came again, {} were let in", came, again);
        let cells: u64 = ledger.intervals.iter().map(|c| c.offered).sum();
        prop_assert_eq!(cells, ledger.streams.iter().map(|s| s.offered).sum::<u64>());
    }
}

proptest! {
    #![proptest_config(crate::law(60, 40))]

    /// So it is with any set of mechanisms. What waited at the start is no demand of the horizon, but backlog while it is
    /// open.
    #[test]
    fn every_contact_of_a_larger_organisation_is_accounted_for(shape in shapes(), more in mechanisms(), replication in 0u64..50) {
        let case = case(&text(&organisation(&shape, &more)));
        let ledger = played_case(&case, replication);
        for (i, s) in ledger.streams.iter().enumerate() {
            let ended = s.abandoned + s.resolved + s.unresolved + s.lost_later;
            let from_before = u64::from(case.world.streams[i].backlog.0);
            prop_assert!((s.offered..=s.offered + from_before).contains(&(ended + s.backlog)), "stream {}: {:?}", i, s);
            prop_assert!(s.answered + s.abandoned <= s.offered);
            prop_assert!(s.offered <= s.answered + s.abandoned + s.backlog);
        }
        let cells: u64 = ledger.intervals.iter().map(|c| c.offered).sum();
        prop_assert_eq!(cells, ledger.streams.iter().map(|s| s.offered).sum::<u64>());
    }
}

/// What customers do beside waiting, in per cent.
#[derive(Debug, Clone)]
struct Habits {
    leaves_for_mail: u32,
    leaves_for_chat: u32,
    called_back: u32,
    chase: u32,
    chase_by: &'static str,
    also: u32,
    looked_at: bool,
}

fn habits() -> impl Strategy<Value = Habits> {
    let shares = (0u32..25, 0u32..15, 0u32..60, 0u32..90, 0u32..30);
    let ways = (
        prop::sample::select(vec!["phone", "mail", "chat"]),
        any::<bool>(),
    );
    (shares, ways).prop_map(|(s, w)| Habits {
        leaves_for_mail: s.0,
        leaves_for_chat: s.1,
        called_back: s.2,
        chase: s.3,
        also: s.4,
        chase_by: w.0,
        looked_at: w.1,
    })
}

/// The tables of an organisation whose customers have habits.
fn with_habits(tables: Vec<String>, h: &Habits) -> Vec<String> {
    let more = |table: &str| {
        if table.starts_with("[channel.phone]") {
            format!(
                "leaves_for = {{ mail = {{ share = \"{}%\", after = \"30m\" }}, chat = {{ share = \"{}%\", after = \"5m\" }} }}\ncallback = {{ share = \"{}%\", after = \"2m\", when = \"idle\", within = \"2h\", reached = \"70%\" }}\n",
                h.leaves_for_mail, h.leaves_for_chat, h.called_back
            )
        } else if table.starts_with("[channel.chat]") {
            format!(
                "also = {{ mail = {{ share = \"{}%\", after = \"1h\" }} }}\n",
                h.also
            )
        } else if table.starts_with("[channel.mail]") {
            format!(
                "chaser = {{ share = \"{}%\", after = \"6h\", by = \"{}\", handle = \"40%\" }}\nalso = {{ phone = {{ share = \"{}%\", after = \"2h\" }} }}\n{}",
                h.chase,
                h.chase_by,
                h.also,
                if h.looked_at {
                    "looked_at = \"2h\"\n"
                } else {
                    ""
                }
            )
        } else {
            String::new()
        }
    };
    tables
        .into_iter()
        .map(|t| {
            let more = more(&t);
            t + &more
        })
        .collect()
}

proptest! {
    #![proptest_config(crate::law(40, 40))]

    /// With reminders, second channels, changes of channel and call-backs every contact let in is accounted for as well;
    /// a further contact about a matter that another one decides is resolved once it is answered.
    #[test]
    fn every_contact_of_customers_with_habits_is_accounted_for(shape in shapes(), habits in habits(), replication in 0u64..50) {
        let ledger = played(&text(&with_habits(tables(&shape), &habits)), replication);
        let sum = |of: fn(&staffwright::sim::ContactSums) -> u64| ledger.streams.iter().map(of).sum::<u64>();
        for (i, s) in ledger.streams.iter().enumerate() {
            let ended = s.abandoned + s.resolved + s.unresolved + s.lost_later + s.backlog;
            prop_assert_eq!(ended, s.offered, "stream {}: {:?}", i, s);
            prop_assert!(s.answered + s.abandoned <= s.offered);
            prop_assert!(s.offered <= s.answered + s.abandoned + s.backlog);
            prop_assert!(s.call_backs_kept.max(s.call_backs_unreached) <= s.call_backs);
            prop_assert!(s.call_backs_unreached <= s.abandoned && s.lost <= s.offered + s.turned_away);
        }
        let further = sum(|s| s.chasers + s.duplicates);
        if habits.chase == 0 && habits.also == 0 {
            prop_assert_eq!(further, 0);
        }
        // Who comes again is offered again, or finds the channel closed.
        let again = sum(|s| s.offered - s.first_contacts);
        let came = further + sum(|s| s.redials + s.returns + s.switched);
        prop_assert!(again <= came && came <= again + sum(|s| s.turned_away), "{} came again, {} were let in", came, again);
        // Only who gave up redials or leaves for another channel; some are still to come at the end.
        let gave_up = sum(|s| s.abandoned + s.lost_later);
        prop_assert!(sum(|s| s.redials + s.switched) <= gave_up);
        let cells: u64 = ledger.intervals.iter().map(|c| c.offered).sum();
        prop_assert_eq!(cells, sum(|s| s.offered));
    }
}

proptest! {
    #![proptest_config(crate::law(60, 40))]

    /// Little's law, path by path, in any organisation: the number waiting, summed over time, is the time waited by all who
    /// came, stream by stream and to the tick; whatever hours, people, priorities, overflow and hand-offs there are.
    ///
    /// It is an identity once everybody is counted: those who are answered, those who give up, and those who still wait at
    /// the end, of whom none has waited longer than the oldest that is open; on the line there is none of them.
    #[test]
    fn waiting_customers_follow_littles_law_in_any_organisation(shape in shapes(), more in mechanisms(), replication in 0u64..50) {
        let case = case(&text(&organisation(&shape, &more)));
        let ledger = played_case(&case, replication);
        for (s, sums) in case.scenario.streams.iter().zip(&ledger.streams) {
            let unanswered = sums.offered - sums.answered - sums.abandoned;
            let still = i128::from(sums.queued) - i128::from(sums.wait);
            let most = i128::from(unanswered) * i128::from(sums.backlog_oldest);
            prop_assert!((0..=most).contains(&still), "{}: {} in {:?}", s.name, still, sums);
            let channel = &case.scenario.channels[s.channel];
            if channel.kind != ChannelKind::Deferred && channel.at_close == AtClose::Serve {
                prop_assert_eq!(unanswered, 0, "{}: {:?}", s.name, sums);
            }
        }
    }
}

/// What keeps customers who wait on the line to one wait each: no second tiers, no requests of people to each other.
const WAITED_ONCE: [Mechanism; 15] = [
    Attrition,
    Causes,
    Contracts,
    EarliestDue,
    Events,
    Languages,
    Learning,
    OnCall,
    Outages,
    Overheads,
    Promises,
    SecondVendor,
    Segments,
    SelfService,
    Web,
];

proptest! {
    #![proptest_config(crate::law(24, 10))]

    /// What is seen of the queues at the end of every minute is what they are: the customers seen waiting on the line make up
    /// the time they waited.
    ///
    /// Path by path a wait of `w` is seen `w` / 1 minute times, give or take one; arrivals come at even chances within the
    /// minute, so that the errors of `n` waits add up like `sqrt(n)` half minutes at most, but for those that end when
    /// somebody comes on queue, on the minute.
    #[test]
    fn queues_seen_by_the_minute_make_up_the_waits(shape in shapes(), on in some_of(&WAITED_ONCE), replication in 0u64..50) {
        let shape = Shape { up: 0, touches: 1.0, ..shape };
        let case = case(&over("length = \"1 week\"\ninterval = \"1m\"", &organisation(&shape, &on)));
        let ledger = played_case(&case, replication);
        let n = ledger.interval_count;
        let minute = ledger.interval as f64;
        let (mut here, mut waits, mut delayed) = (0.0, 0.0, 0.0);
        for (c, channel) in case.scenario.channels.iter().enumerate() {
            if channel.kind == ChannelKind::Deferred {
                continue;
            }
            let seen = ledger.waiting[c * n..(c + 1) * n].iter();
            here += seen.map(|&w| f64::from(w)).sum::<f64>() * minute;
            let streams = case.scenario.streams.iter().zip(&ledger.streams);
            for (_, sums) in streams.filter(|(s, _)| s.channel == c) {
                waits += sums.wait as f64;
                delayed += sums.delayed as f64;
            }
        }
        let positions = case.roster.teams.iter().flat_map(|t| &t.positions);
        let comes: usize = positions.flat_map(|p| &p.duties).map(|d| 1 + d.offs.len()).sum();
        let error = 4.5 * 0.5 * minute * delayed.sqrt() + 0.5 * minute * comes as f64;
        prop_assert!((here - waits).abs() <= error, "{} seen, {} waited, {}", here, waits, error);
    }
}

proptest! {
    #![proptest_config(crate::law(6, 4))]

    /// Little's law in a stationary queue, whatever the laws of work and patience: customers waiting on average = arrivals
    /// per second x mean wait.
    #[test]
    fn waiting_customers_of_any_station_follow_littles_law(station in stations(0.8..1.2, true)) {
        let text = station.text(0, "2 weeks");
        let pairs: Vec<(f64, f64)> = (0..24)
            .map(|replication| {
                let ledger = played(&text, replication);
                // The queue begins empty; nothing else about the first day differs.
                let seen = ledger.waiting.iter().map(|&w| f64::from(w)).sum::<f64>();
                let waited = ledger.streams.iter().map(|s| s.wait).sum::<u64>();
                (seen * ledger.interval as f64, waited as f64)
            })
            .collect();
        let ratio = ratio_estimate(&pairs, 0.9999).unwrap();
        prop_assert!(!ratio.excludes(1.0), "{:?}", ratio);
        prop_assert!(ratio.half_width() < 0.03, "too wide to tell: {:?}", ratio);
    }
}
