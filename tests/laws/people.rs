//! People's time and money: they add up.

use crate::mechanisms::{Mechanism, Mechanism::*, mechanisms, organisation};
use crate::organisation::{case, over, played, played_case, shapes, tables, text};
use proptest::prelude::*;
use staffwright::roster::Duty;
use staffwright::time::{HOUR, seconds};

proptest! {
    #![proptest_config(crate::law(60, 40))]

    /// Agents' time adds up: what they handle, turn round and pause fits into their time on queue, interval by interval,
    /// and what contacts took is what agents gave.
    #[test]
    fn time_adds_up(shape in shapes(), replication in 0u64..50) {
        let ledger = played(&text(&tables(&shape)), replication);
        let n = ledger.interval_count;
        for (t, team) in ledger.teams.iter().enumerate() {
            prop_assert!(team.handling + team.turn_round + team.pause <= team.on_queue, "{:?}", team);
            prop_assert!(team.handling <= team.session);
            let cells = &ledger.staff[t * n..(t + 1) * n];
            prop_assert_eq!(cells.iter().map(|c| c.on_queue).sum::<u64>(), team.on_queue);
            prop_assert_eq!(cells.iter().map(|c| c.handling).sum::<u64>(), team.handling);
            prop_assert!(team.overtime <= team.on_queue);
            prop_assert_eq!(
                team.scheduled + team.overtime,
                team.on_queue + team.sick + team.late + team.paid_break + team.unpaid_break + team.planned_off,
                "{:?}", team
            );
        }
        let given: u64 = ledger.teams.iter().map(|t| t.session).sum();
        let taken: u64 = ledger.streams.iter().map(|s| s.handled).sum();
        prop_assert_eq!(given, taken);
    }
}

proptest! {
    #![proptest_config(crate::law(60, 40))]

    /// So it does with leave and other shrinkage, turnover, on-call, outages and all that people do together.
    #[test]
    fn time_of_a_larger_organisation_adds_up(shape in shapes(), more in mechanisms(), replication in 0u64..50) {
        let ledger = played(&text(&organisation(&shape, &more)), replication);
        let n = ledger.interval_count;
        for (t, team) in ledger.teams.iter().enumerate() {
            prop_assert!(team.handling + team.turn_round + team.pause <= team.on_queue, "{:?}", team);
            prop_assert!(team.handling <= team.session);
            let cells = &ledger.staff[t * n..(t + 1) * n];
            prop_assert_eq!(cells.iter().map(|c| c.on_queue).sum::<u64>(), team.on_queue);
            prop_assert_eq!(cells.iter().map(|c| c.handling).sum::<u64>(), team.handling);
        }
    }
}

proptest! {
    #![proptest_config(crate::law(30, 40))]

    /// Paid hours = handling + turning round + pauses + idle + paid breaks + planned work off queue + paid absence.
    ///
    /// What a payroll is paid for is its contracts' hours. Leave takes its share of them; the rest is worked off in duties, to
    /// within one shift a head, as duties are whole. Duties are what they are planned as, and what people did in them, sick and
    /// late time included, adds up to them to the tick; unpaid breaks apart. So no paid hour is lost or counted twice.
    #[test]
    fn paid_hours_are_all_accounted_for(shape in shapes(), replication in 0u64..50) {
        let case = case(&over("length = \"6 weeks\"", &tables(&shape)));
        let ledger = played_case(&case, replication);
        let scenario = &case.scenario;
        for (t, team) in scenario.teams.iter().enumerate() {
            // Who can do nothing that ever comes has no open days to work on; `check` says so.
            if team.skills.iter().all(Option::is_none) {
                continue;
            }
            let (sums, roster) = (&ledger.teams[t], &case.roster.teams[t]);
            let heads = f64::from(team.heads.iter().map(|h| h.count).sum::<u32>());
            let paid_h = |ticks: u64| ticks as f64 / HOUR as f64;
            // Forty hours a week by the calendar: the week in which the clocks change, too. Vendors' people work as long.
            prop_assert!((paid_h(sums.paid) - heads * 40.0 * 6.0).abs() < 1e-6, "{} {}", team.name, paid_h(sums.paid));
            let duties = || roster.positions.iter().flat_map(|p| &p.duties);
            let planned: u64 = duties().map(|d| d.end - d.start).sum();
            prop_assert_eq!(sums.scheduled, planned);
            prop_assert_eq!(
                sums.scheduled + sums.overtime,
                sums.handling + sums.turn_round + sums.pause + idle(sums) + sums.paid_break + sums.planned_off + sums.sick + sums.late + sums.unpaid_break,
                "{:?}", sums
            );
            let worked_h = duties().map(Duty::paid_s).sum::<f64>() / 3600.0;
            let unpaid_h = seconds(planned) / 3600.0 - worked_h;
            // Duties cut by the horizon's ends are counted by what lies inside.
            prop_assert!((unpaid_h - 0.5 * duties().count() as f64).abs() < 0.5 + 0.1 * unpaid_h, "{}", unpaid_h);
            let leave = if team.vendor.is_some() { 0.0 } else { f64::from(shape.leave) / 100.0 };
            // Five late shifts of seven and a half hours do not make up forty: what cannot be worked off is not owed for ever.
            let most_h = if team.name == shape.names[4] { heads * 37.5 * 6.0 } else { f64::INFINITY };
            let owed_h = (heads * 240.0 * (1.0 - leave)).min(most_h);
            prop_assert!((worked_h - owed_h).abs() <= 8.0 * heads * 1.01, "{}: {} worked, {} owed", team.name, worked_h, owed_h);
        }
    }
}

proptest! {
    #![proptest_config(crate::law(30, 40))]

    /// So they are where people come and go: every hour of a head is that of somebody at work or in class, who is paid for it,
    /// or of nobody, who is not; and duties that nobody is there for are the only ones that are not worked.
    #[test]
    fn paid_hours_of_those_who_come_and_go_are_all_accounted_for(shape in shapes(), learns in any::<bool>(), leads in any::<bool>(), replication in 0u64..50) {
        let more = [(true, Attrition), (learns, Learning), (leads, Leads)];
        let on: Vec<Mechanism> = more.iter().filter(|m| m.0).map(|m| m.1).collect();
        let case = case(&over("length = \"6 weeks\"", &organisation(&shape, &on)));
        let ledger = played_case(&case, replication);
        let horizon = case.scenario.horizon.length();
        for (t, team) in case.scenario.teams.iter().enumerate() {
            let (sums, roster) = (&ledger.teams[t], &case.roster.teams[t]);
            if roster.people.is_none() {
                continue;
            }
            let heads = u64::from(team.heads.iter().map(|h| h.count).sum::<u32>());
            prop_assert_eq!(roster.positions.len() as u64, heads);
            prop_assert_eq!(sums.working + sums.vacant + sums.in_class, heads * horizon);
            let weeks = &ledger.heads[t * ledger.weeks..(t + 1) * ledger.weeks];
            let by_week: u64 = weeks.iter().map(|w| w.working + w.in_class).sum();
            prop_assert_eq!(by_week, sums.working + sums.in_class);
            // Forty hours a week, by the calendar; the day on which the clocks change has an hour less and is paid as any
            // other, so that each who is there on it is paid for an hour of being there more.
            let there_h = (sums.working + sums.in_class) as f64 / HOUR as f64;
            let paid_h = sums.paid as f64 / HOUR as f64;
            let more = paid_h * 7.0 * 24.0 / 40.0 - there_h;
            prop_assert!((more - more.round()).abs() < 1e-4 && (-1e-4..heads as f64 + 1e-4).contains(&more), "{} {} {}", paid_h, there_h, more);
            // Whoever is gone has left, or risen.
            prop_assert!(sums.vacant + sums.in_class == 0 || sums.leavers + sums.promoted + sums.lead_promotions > 0);
            prop_assert!(sums.hires >= sums.drop_outs);
            // Duties are worked by those who are there, in full or with time lost as booked.
            let duties = roster.positions.iter().flat_map(|p| &p.duties);
            let planned: u64 = duties.map(|d| d.end - d.start).sum();
            prop_assert!(sums.scheduled <= planned);
            prop_assert!(sums.scheduled == planned || sums.vacant + sums.in_class > 0);
            prop_assert_eq!(
                sums.scheduled + sums.overtime,
                sums.handling + sums.turn_round + sums.pause + idle(sums) + sums.paid_break + sums.planned_off + sums.sick + sums.late + sums.unpaid_break,
                "{:?}", sums
            );
        }
    }
}

/// Ticks on queue without anything to do.
fn idle(sums: &staffwright::sim::TeamSums) -> u64 {
    sums.on_queue - sums.handling - sums.turn_round - sums.pause
}
