//! People over time against their formulas, on positions without work.

#![allow(clippy::unwrap_used)]

use super::theory::{always_on, single_queue};
use super::{Ledger, play};
use crate::random::Seed;
use crate::roster::{Class, Hazard, Place, Roster, TeamPeople};
use crate::scenario::model::Rate;
use crate::time::{DAY, MINUTE, Tick};
use crate::world::{ArrivalPlan, World};
use rayon::prelude::*;

const YEAR: f64 = 365.25;
const POSITIONS: usize = 200;

/// Nobody calls for so many days.
pub fn quiet(days: Tick) -> World {
    let mut world = single_queue(1.0, 60.0, None);
    world.length = days * DAY;
    world.warm_up = 0;
    world.interval = 60 * MINUTE;
    world.intervals = (days * 24) as usize;
    world.day_tables = vec![vec![0; world.intervals]];
    world.report_days = vec![0; world.intervals];
    world.streams[0].arrivals = ArrivalPlan::Exact(vec![]);
    world
}

pub fn staff(days: Tick, hazard: Hazard, lead_days: u32, class: Option<Class>) -> Roster {
    let mut roster = always_on(POSITIONS);
    let team = &mut roster.teams[0];
    team.positions.iter_mut().for_each(|p| p.duties.clear());
    let place = Place {
        paid: 40.0 / 168.0,
        pay: Rate::always(20.0 / 3600.0 * 40.0 / 168.0),
        contacts_per_day: 10.0,
        handle_factor: 1.0,
        resolved_delta: 0.0,
        hazard,
        later_hazards: Vec::new(),
        notice_days: 0,
        tenure_days: None,
    };
    team.people = Some(TeamPeople {
        places: vec![place; POSITIONS],
        curve: None,
        midnights: (1..days).map(|d| d * DAY).collect(),
        cuts_days: (false, false),
        unit: vec![0],
        site: 0,
        strain: (1.0, 0.0),
        lead_days,
        most_per_day: f64::INFINITY,
        site_most_per_day: f64::INFINITY,
        speaking: vec![],
        class,
        courses: None,
        mentors: None,
        promotes: None,
        leads: None,
        deputies: None,
        coached: None,
        posts_above: 0.0,
        prospects: 1.0,
    });
    roster
}

/// Plays 40 replications.
pub fn play_all(world: &World, roster: &Roster) -> Vec<Ledger> {
    (0..40)
        .into_par_iter()
        .map(|replication| {
            play(
                world,
                roster,
                Seed {
                    seed: 11,
                    replication,
                },
            )
        })
        .collect()
}

/// Mean of a figure over the replications, and its standard error.
pub fn mean(ledgers: &[Ledger], figure: impl Fn(&Ledger) -> f64) -> (f64, f64) {
    let x: Vec<f64> = ledgers.iter().map(figure).collect();
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    let var = x.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (mean, (var / n).sqrt())
}

/// Within three and a half standard errors, and these within a per cent.
pub fn agrees(name: &str, (mean, error): (f64, f64), theory: f64) {
    assert!(
        (mean - theory).abs() <= 3.5 * error + 1e-9 * theory,
        "{name}: {mean} +- {error} is not {theory}"
    );
    assert!(
        error <= 0.01 * theory,
        "{name}: {error} of {theory} is too wide to tell"
    );
}

pub fn year(ticks: u64) -> f64 {
    ticks as f64 / DAY as f64 / YEAR
}

#[test]
fn without_newcomers_heads_fall_exponentially() {
    let days = 730;
    let world = quiet(days);
    let roster = staff(days, Hazard::new(0.35, 1.0, 0.0), 100_000, None);
    let ledgers = play_all(&world, &roster);
    // Each week's heads: the integral of N exp(-h t), cut at midnights.
    for week in [0, 26, 52, 103] {
        let at = |w: &Ledger| w.heads[week].working as f64 / (7 * DAY) as f64;
        let day = |d: f64| POSITIONS as f64 * (-0.35 * d / YEAR).exp();
        let theory: f64 = (0..7).map(|d| day((week * 7 + d) as f64)).sum::<f64>() / 7.0;
        let found = mean(&ledgers, at);
        assert!(
            (found.0 - theory).abs() <= 3.5 * found.1 + 1e-9,
            "week {week}: {found:?} is not {theory}"
        );
        assert!(found.1 < 0.015 * theory + 1e-9);
    }
    let ledger = &ledgers[0];
    let team = &ledger.teams[0];
    assert_eq!(team.hires, 0);
    assert_eq!(team.working + team.vacant, POSITIONS as u64 * days * DAY);
}

#[test]
fn leavers_a_year_per_head_are_the_stated_rate_whatever_newcomers_do() {
    let days = 5 * 365;
    let world = quiet(days);
    for early in [1.0, 3.0] {
        let roster = staff(days, Hazard::new(0.6, early, 120.0), 0, None);
        let ledgers = play_all(&world, &roster);
        let rate = mean(&ledgers, |l| {
            l.teams[0].leavers as f64 / year(l.teams[0].working)
        });
        agrees("attrition", rate, 0.6);
        assert!(
            ledgers
                .iter()
                .all(|l| l.teams[0].vacant == 0 && l.teams[0].hires == l.teams[0].leavers)
        );
    }
}

#[test]
fn in_the_long_run_headcount_is_stay_over_stay_and_refill() {
    let days = 12 * 365;
    let world = quiet(days);
    let hazard = Hazard::new(1.0, 1.0, 0.0);
    let class = Class {
        days: 40,
        every: 1,
        size: u32::MAX,
        drop_out: 0.2,
        nesting_days: 0,
        nesting_handle: 1.0,
    };
    let ledgers = play_all(&world, &staff(days, hazard, 34, Some(class)));
    // Each try takes the lead time and the course, or as much of it as who drops out stays: 20.5 days on average.
    let tries = 1.0 / 0.8;
    let vacant = 34.0 * tries;
    let in_class = 40.0 + 0.25 * 20.5;
    // A stay ends at a midnight: 1 / (1 - exp(-h)) days.
    let stay = 1.0 / hazard.leaves(0.0, 1.0);
    let cycle = stay + vacant + in_class;
    // The first two years, in which everybody was there at the start, are left out.
    let share = |l: &Ledger, field: fn(&super::HeadSums) -> u64| {
        let cells = &l.heads[104..];
        let all: u64 = cells
            .iter()
            .map(|c| c.working + c.vacant + c.in_class)
            .sum();
        cells.iter().map(field).sum::<u64>() as f64 / all as f64
    };
    agrees(
        "working",
        mean(&ledgers, |l| share(l, |c| c.working)),
        stay / cycle,
    );
    agrees(
        "vacant",
        mean(&ledgers, |l| share(l, |c| c.vacant)),
        vacant / cycle,
    );
    agrees(
        "in class",
        mean(&ledgers, |l| share(l, |c| c.in_class)),
        in_class / cycle,
    );
    let drops = mean(&ledgers, |l| {
        l.teams[0].drop_outs as f64 / l.teams[0].hires as f64
    });
    agrees("drop-outs", drops, 0.2);
    // Whoever is on the payroll is paid, in class or not; 4/7 of a full-timer's day is 40 hours a week.
    for ledger in &ledgers {
        let team = &ledger.teams[0];
        let paid = (team.working + team.in_class) as f64 * 40.0 / 168.0;
        assert!((team.paid as f64 / paid - 1.0).abs() < 1e-6);
        let money = (team.wages + team.class_pay) as f64 / 1e6;
        assert!((money / (team.paid as f64 / 3.6e9 * 20.0) - 1.0).abs() < 1e-6);
    }
}

#[test]
fn ceilings_and_class_dates_hold_hires_back() {
    let days = 4 * 365;
    let world = quiet(days);
    let mut roster = staff(days, Hazard::new(1.0, 1.0, 0.0), 0, None);
    roster.teams[0].people.as_mut().unwrap().site_most_per_day = 2.0 / 7.0;
    let ledgers = play_all(&world, &roster);
    // Two a week, once there are vacancies enough to use them all.
    let hires = mean(&ledgers, |l| l.teams[0].hires as f64 / days as f64 * 7.0);
    assert!((hires.0 - 2.0).abs() < 0.05, "{hires:?}");
    // Half of the teams' hires at a site speak a language of which there is one a week.
    let mut both = roster.clone();
    let people = both.teams[0].people.as_mut().unwrap();
    people.site_most_per_day = f64::INFINITY;
    people.speaking = vec![(0, 1.0 / 7.0)];
    let mut other = roster.teams[0].clone();
    let people = other.people.as_mut().unwrap();
    people.unit = vec![1];
    people.site_most_per_day = f64::INFINITY;
    people.speaking = vec![(0, 1.0 / 7.0), (1, 10.0 / 7.0)];
    both.teams.push(other);
    let mut world = world;
    world.teams.push(world.teams[0].clone());
    world.standing.push(1);
    let ledgers = play_all(&world, &both);
    let hires = mean(&ledgers, |l| {
        (l.teams[0].hires + l.teams[1].hires) as f64 / days as f64 * 7.0
    });
    assert!((hires.0 - 1.0).abs() < 0.03, "{hires:?}");
    // Nobody waits for anything else, but for the day on which each leaves.
    for team in ledgers.iter().flat_map(|l| &l.teams) {
        assert!(team.held_back <= team.vacant);
        assert!(team.vacant - team.held_back <= team.leavers * DAY);
    }
    world.teams.pop();
    world.standing.pop();
    let class = Class {
        days: 0,
        every: 28,
        size: 5,
        drop_out: 0.0,
        nesting_days: 0,
        nesting_handle: 1.0,
    };
    let ledgers = play_all(
        &world,
        &staff(days, Hazard::new(1.0, 1.0, 0.0), 0, Some(class)),
    );
    assert!(ledgers.iter().all(|l| l.teams[0].hires <= 5 * (days / 28)));
    assert!(
        ledgers
            .iter()
            .all(|l| l.teams[0].hires >= 5 * (days / 28 - 2))
    );
}
