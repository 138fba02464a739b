//! Mentoring and promotion against their formulas, on positions without work.

#![allow(clippy::unwrap_used)]

use super::people_tests::{agrees, mean, play_all, quiet, staff, year};
use super::theory::always_on;
use crate::random::stream_key;
use crate::roster::{Curve, Deputies, Hazard, LeadPosts, Mentors, Promotion, Roster};
use crate::scenario::model::Lead;
use crate::time::{DAY, HOUR, MINUTE};
use crate::world::{ArrivalPlan, TeamPlan, World};

#[test]
fn mentored_newcomers_leave_less_by_the_stated_factor() {
    let days = 5 * 365;
    let world = quiet(days);
    let mut roster = staff(days, Hazard::new(0.5, 1.0, 0.0), 0, None);
    let people = roster.teams[0].people.as_mut().unwrap();
    people.mentors = Some(Mentors {
        takes: 4.0 / 168.0,
        until: 10_000.0,
        ramp: 0.64,
        attrition: 0.8,
    });
    // One has been here for ever and stays; everybody else is new and is mentored all year.
    for place in &mut people.places {
        place.tenure_days = Some(0.0);
    }
    people.places[0].tenure_days = Some(20_000.0);
    people.places[0].hazard = Hazard::new(0.0, 1.0, 0.0);
    let ledgers = play_all(&world, &roster);
    let others = |ticks: u64| year(ticks) * 199.0 / 200.0;
    let rate = mean(&ledgers, |l| {
        l.teams[0].leavers as f64 / others(l.teams[0].working)
    });
    agrees("attrition", rate, 0.5 * 0.8);
    // Without anybody experienced nobody is mentored.
    let people = roster.teams[0].people.as_mut().unwrap();
    people.places[0] = people.places[1].clone();
    let ledgers = play_all(&world, &roster);
    let rate = mean(&ledgers, |l| {
        l.teams[0].leavers as f64 / year(l.teams[0].working)
    });
    agrees("attrition", rate, 0.5);
}

/// Two skill groups of one team, of 200 people each.
fn two_groups(days: u64, hazard: f64) -> (World, Roster) {
    let mut world = quiet(days);
    let other = TeamPlan {
        key: stream_key("other"),
        ..world.teams[0].clone()
    };
    world.teams.push(other);
    world.standing.push(1);
    let mut roster = staff(days, Hazard::new(hazard, 1.0, 0.0), 0, None);
    let mut group = staff(days, Hazard::new(hazard, 1.0, 0.0), 0, None);
    roster.teams.append(&mut group.teams);
    for team in &mut roster.teams {
        team.people.as_mut().unwrap().unit = vec![0, 1];
    }
    (world, roster)
}

#[test]
fn the_experienced_of_one_group_mentor_the_newcomers_of_another() {
    let days = 5 * 365;
    let (world, mut roster) = two_groups(days, 0.5);
    for (team, tenure) in [(0, 20_000.0), (1, 0.0)] {
        let people = roster.teams[team].people.as_mut().unwrap();
        people.mentors = Some(Mentors {
            takes: 4.0 / 168.0,
            until: 10_000.0,
            ramp: 0.64,
            attrition: 0.8,
        });
        for place in &mut people.places {
            place.tenure_days = Some(tenure);
        }
    }
    for place in &mut roster.teams[0].people.as_mut().unwrap().places {
        place.hazard = Hazard::new(0.0, 1.0, 0.0);
    }
    // The experienced are at work for 2000 hours.
    let at_work = always_on(1).teams.remove(0).positions.remove(0);
    roster.teams[0]
        .positions
        .iter_mut()
        .for_each(|p| *p = at_work.clone());
    let ledgers = play_all(&world, &roster);
    let rate = mean(&ledgers, |l| {
        l.teams[1].leavers as f64 / year(l.teams[1].working)
    });
    agrees("attrition", rate, 0.5 * 0.8);
    // As many newcomers as mentors: each gives four hours of forty.
    for ledger in &ledgers {
        assert_eq!(ledger.teams[0].mentoring, 200 * 200 * HOUR);
        assert_eq!(ledger.teams[1].mentoring, 0);
    }
}

#[test]
fn groups_of_one_team_share_its_ceiling_and_keep_what_each_knows() {
    let days = 4 * 365;
    let (world, mut roster) = two_groups(days, 1.0);
    for team in &mut roster.teams {
        team.people.as_mut().unwrap().most_per_day = 2.0 / 7.0;
    }
    let ledgers = play_all(&world, &roster);
    let hires = mean(&ledgers, |l| {
        (l.teams[0].hires + l.teams[1].hires) as f64 / days as f64 * 7.0
    });
    assert!((hires.0 - 2.0).abs() < 0.05, "{hires:?}");
    // Whoever has been missed longest is followed first: both groups get their part.
    let part = mean(&ledgers, |l| {
        l.teams[0].hires as f64 / (l.teams[0].hires + l.teams[1].hires) as f64
    });
    assert!((part.0 - 0.5).abs() <= 3.5 * part.1, "{part:?}");
}

#[test]
fn vacancies_above_are_filled_from_below_by_those_who_have_served() {
    let days = 8 * 365;
    let mut world = quiet(days);
    let experts = TeamPlan {
        key: stream_key("experts"),
        ..world.teams[0].clone()
    };
    world.teams.push(experts);
    world.standing.push(1);
    // 200 below, 200 above: those above leave at 30 % a year, those below at 50 %.
    let mut roster = staff(days, Hazard::new(0.5, 1.0, 0.0), 0, None);
    let mut above = staff(days, Hazard::new(0.3, 1.0, 0.0), 0, None);
    let after = 365.0;
    above.teams[0].people.as_mut().unwrap().unit = vec![1];
    above.teams[0].people.as_mut().unwrap().promotes = Some(Promotion {
        from: vec![0],
        after,
        keeps: 0.5,
    });
    roster.teams.append(&mut above.teams);
    let ledgers = play_all(&world, &roster);
    for ledger in &ledgers {
        let (below, above) = (&ledger.teams[0], &ledger.teams[1]);
        // Every vacancy above is filled from below, at once, and every one below by a hire.
        assert_eq!(below.promoted + above.hires, above.leavers);
        // Below, who leaves is followed at once and who is promoted a day later.
        assert!(below.leavers + below.promoted - below.hires <= 3);
        assert_eq!(above.vacant, 0);
        assert!(below.vacant <= below.promoted * DAY);
        assert!(below.promoted_after as f64 / 1e3 / below.promoted as f64 >= after);
    }
    // The odds: as many posts fall vacant above as there are people above times their rate.
    let odds = |l: &super::Ledger| l.teams[0].promoted as f64 / year(l.teams[0].working);
    let promoted = mean(&ledgers, |l| {
        (l.teams[0].promoted + l.teams[1].hires) as f64 / year(l.teams[0].working)
    });
    agrees("odds", promoted, 0.3);
    assert!(mean(&ledgers, odds).0 > 0.2);
    // It drains the tier below: people there leave it at both rates, so that tenures are shorter.
    let left = mean(&ledgers, |l| {
        (l.teams[0].leavers + l.teams[0].promoted) as f64 / year(l.teams[0].working)
    });
    assert!(left.0 > 0.7, "{left:?}");
}

#[test]
fn prospects_keep_people() {
    let days = 5 * 365;
    let world = quiet(days);
    let mut roster = staff(days, Hazard::new(0.5, 1.0, 0.0), 0, None);
    roster.teams[0].people.as_mut().unwrap().prospects = 0.9;
    let ledgers = play_all(&world, &roster);
    let rate = mean(&ledgers, |l| {
        l.teams[0].leavers as f64 / year(l.teams[0].working)
    });
    agrees("attrition", rate, 0.45);
}

#[test]
fn fewer_leads_teach_more_slowly() {
    // One agent; two posts fall vacant at the first midnight, two leads of other teams stay: a span of 8 becomes 16.
    let days = 6;
    let mut world = quiet(days);
    // Every ten minutes but in the last hour of a day.
    let calls = (0..days * 138).map(|k| k / 138 * DAY + (k % 138) * 10 * MINUTE);
    world.streams[0].arrivals = ArrivalPlan::Times(calls.collect());
    let mut roster = staff(days, Hazard::new(0.0, 1.0, 0.0), 100_000, None);
    let team = &mut roster.teams[0];
    team.positions = always_on(1).teams[0].positions.clone();
    team.positions[0].duties[0].end = days * DAY;
    let people = team.people.as_mut().unwrap();
    people.places.truncate(1);
    people.places[0].tenure_days = Some(0.0);
    let (start, scale) = (0.4, 300.0);
    people.curve = Some(Curve {
        start,
        scale,
        resolved_delta: 0.0,
    });
    people.leads = Some(LeadPosts {
        posts: 2,
        after: 1e9,
        leaves: 1.0,
    });
    people.deputies = Some(Deputies {
        teams: vec![0],
        others: 2.0,
        lead: Lead {
            span: 8.0,
            per_month: 0.0,
            by_staffed_hour: false,
            usual: 10.0,
            slower: 0.04,
            promotes: None,
        },
    });
    let mean = |pace: f64| {
        let learnt = |k: u64| k.min(138) as f64 + pace * k.saturating_sub(138) as f64;
        let known = |k: u64| 1.0 - (1.0 - start) * (-learnt(k) / scale).exp();
        (0..days * 138).map(known).sum::<f64>() / (days * 138) as f64
    };
    let played = play_all(&world, &roster)[0].teams[0];
    let found = played.efficiency as f64 / 1e6 / played.begun as f64;
    let theory = mean(0.92 / 1.24);
    assert!((found - theory).abs() < 1e-6, "{found} is not {theory}");
    let span = played.led_by as f64 / 100.0 / played.led as f64;
    assert!((span - (8.0 + 16.0 * 5.0) / 6.0).abs() < 1e-9, "{span}");
    // Without deputies nothing is slower.
    roster.teams[0].people.as_mut().unwrap().deputies = None;
    let played = play_all(&world, &roster)[0].teams[0];
    let found = played.efficiency as f64 / 1e6 / played.begun as f64;
    assert!((found - mean(1.0)).abs() < 1e-6 && played.led == 0);
}

/// 200 people under 120 leads, so that a per cent can be told; leads leave at 30 % a year, the others at 50 %.
fn led(after: f64, days: u64) -> Vec<super::Ledger> {
    let mut roster = staff(days, Hazard::new(0.5, 1.0, 0.0), 34, None);
    roster.teams[0].people.as_mut().unwrap().leads = Some(LeadPosts {
        posts: 120,
        after,
        leaves: -(-0.3 / 365.25f64).exp_m1(),
    });
    play_all(&quiet(days), &roster)
}

#[test]
fn posts_of_leads_go_to_those_who_have_served() {
    let after = 540.0;
    let ledgers = led(after, 8 * 365);
    let team = |l: &super::Ledger| l.teams[0];
    for ledger in &ledgers {
        let t = team(ledger);
        // Of 200 there is always one with the tenure: every vacancy is filled at once, from within.
        assert_eq!((t.lead_hires, t.leading), (0, t.lead_posts));
        assert_eq!(t.lead_promotions, t.lead_leavers);
        assert_eq!(
            (t.promoted, t.promoted_first),
            (t.lead_promotions, t.lead_promotions)
        );
        assert!(t.promoted_after as f64 / 1e3 / t.promoted_first as f64 >= after);
    }
    // It drains the team: people go up as leads leave.
    let posts = mean(&ledgers, |l| {
        team(l).lead_leavers as f64 / year(team(l).lead_posts)
    });
    agrees("leads' attrition", posts, 0.3);
    let odds = mean(&ledgers, |l| {
        team(l).promoted as f64 / year(team(l).working)
    });
    let heads = mean(&ledgers, |l| {
        year(team(l).lead_posts) / year(team(l).working)
    });
    assert!((odds.0 - 0.3 * heads.0).abs() <= 3.5 * odds.1, "{odds:?}");
}

#[test]
fn without_anybody_who_has_served_leads_come_from_outside_after_the_hiring_lead_time() {
    let ledgers = led(1e5, 8 * 365);
    let p = -(-0.3 / 365.25f64).exp_m1();
    // A post is filled for 1 / p days on average, then vacant for 34.
    let vacant = mean(&ledgers, |l| {
        1.0 - l.teams[0].leading as f64 / l.teams[0].lead_posts as f64
    });
    let theory = 34.0 / (34.0 + 1.0 / p);
    // The horizon begins with all posts filled: less of it is vacant by half a cycle's share, below a per cent.
    assert!(
        (vacant.0 / theory - 1.0).abs() < 0.03,
        "{vacant:?} against {theory}"
    );
    let none = |l: &super::Ledger| l.teams[0].promoted == 0 && l.teams[0].lead_hires > 0;
    assert!(ledgers.iter().all(none));
}
