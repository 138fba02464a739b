//! Instances small enough to be solved by hand.
#![allow(clippy::unwrap_used)]

use super::answer::{Answer, NoAnswer, decide};
use super::check::check;
use super::instance::{Case, Entry, Instance, Party, Tariff, VendorTerms, Way, Work};
use super::newcomers::Hire;
use super::{summary::summary, worth};
use crate::scenario::model::{PriceUnit, Release, Risk};
use crate::solve::{Options, Solver};

pub(super) const EXACT: Options = Options {
    solver: Solver::ALL[0],
    time_limit: None,
    gap_limit: 0.0,
    absolute_gap: 0.0,
    node_limit: None,
    start: None,
    lp_method: crate::solve::LpMethod::Choose,
    brief: false,
};

pub(super) fn own(to: f64, today: f64) -> Party {
    Party {
        name: "berlin".into(),
        vendor: None,
        entries: vec![Entry {
            from: 0.0,
            to,
            or_none: true,
            today,
            hours: 100.0,
            cost: 3_000.0,
            overtime: 45.0,
            hire: Hire::AT_ONCE,
        }],
        base_h: 0.0,
        slope: 1.0,
        own_promise: (0.0, 0.0),
        occupancy: 1.0,
        unlimited: false,
    }
}

pub(super) fn far(from: f64, to: f64) -> Party {
    Party {
        name: "manila".into(),
        vendor: Some(0),
        entries: vec![Entry {
            from,
            to,
            or_none: true,
            today: 0.0,
            hours: 100.0,
            cost: 0.0,
            overtime: 0.0,
            hire: Hire::AT_ONCE,
        }],
        ..own(to, 0.0)
    }
}

fn way(party: usize, fee: f64) -> Way {
    Way {
        work: 0,
        party,
        hours: 1.0,
        units: 0.0,
        fee,
        resolved: 1.0,
        follow: Vec::new(),
        least: 0.0,
        most: 1.0,
    }
}

pub(super) fn case(name: &str, chance: f64, months: usize, contacts: f64) -> Case {
    Case {
        name: name.into(),
        chance,
        demand: vec![vec![contacts]; months],
    }
}

/// One work of one hour a contact; ten heads at 3,000 against a vendor at 10 an hour, half of the contacts at most.
pub(super) fn two_parties() -> Instance {
    Instance {
        months: 1,
        works: vec![Work {
            name: "help".into(),
            first_tier: true,
            deferred: true,
            late: 100.0,
        }],
        parties: vec![own(10.0, 0.0), far(1.0, 10.0)],
        vendors: vec![VendorTerms {
            name: "bpo".into(),
            tariff: vec![Tariff {
                above: 0.0,
                price: 10.0,
            }],
            all_units: false,
            per: PriceUnit::LoggedInHour,
            minimum: 500.0,
            head_h: 100.0,
            setup: 0.0,
            training: (0.0, 0.0),
            ramp: None,
            fixed: (0.0, 0.0),
            band: None,
            manage: 1_000.0,
            penalty: None,
            used_today: false,
        }],
        ways: vec![way(0, 0.1), way(1, 0.0)],
        cases: vec![case("strong", 0.5, 1, 1_000.0), case("weak", 0.5, 1, 600.0)],
        risk: None,
        overtime: 0.0,
        release: Release {
            attrition: 0.3,
            notice_days: 0.0,
            severance: None,
        },
        caps: vec![(Some(0), 0.5)],
        resolved: None,
        budget: None,
    }
}

/// The answer of every solver, which must agree.
pub(super) fn all_solvers(instance: &Instance) -> Answer {
    let answers: Vec<Answer> = Solver::ALL
        .iter()
        .map(|&solver| decide(instance, &Options { solver, ..EXACT }).unwrap())
        .collect();
    for other in &answers[1..] {
        let apart = (answers[0].objective - other.objective).abs();
        assert!(apart < 1e-4 * answers[0].objective, "{apart}");
    }
    answers.into_iter().next().unwrap()
}

pub(super) fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-5 * b.abs().max(1.0), "{a} is not {b}");
}

#[test]
fn five_at_home_and_five_abroad() {
    // Strong: 500 contacts each, so 5 x 3,000 + 500 h x 10 + 1,000, and 0.1 for each contact at home. Weak: 300 each,
    // the minimum of 500 hours is billed all the same. At home alone 10 x 3,000.
    let instance = two_parties();
    let answer = all_solvers(&instance);
    assert_eq!(answer.heads, [[5.0], [5.0]]);
    close(answer.cost[0], 21_050.0);
    close(answer.cost[1], 21_030.0);
    close(answer.objective, 21_040.0);

    // Knowing that demand is weak: three at home and the minimum abroad, 15,030.
    let regret = worth::regret(&instance, &answer, &EXACT).unwrap();
    close(regret[0], 0.0);
    close(regret[1], 6_000.0);

    // Without the vendor 30,080 in the mean; with it 16,040 and 500 hours.
    let even = worth::break_even(&instance, 0, &EXACT).unwrap().unwrap();
    close(even, (30_080.0 - 16_040.0) / 500.0);

    // Planned for 800: four at home, so 200 of the strong case are late at 100 each: (38,040 + 18,030) / 2.
    let hedging = worth::hedging(&instance, &answer, &EXACT).unwrap().unwrap();
    close(hedging, 28_035.0 - 21_040.0);

    let said = summary(&instance, &answer, None);
    close(said.cases[0].stranded, 0.0);
    close(said.cases[1].stranded, 200.0 * 10.0);
    close(said.vendors[0].stranded, 1_000.0);
    close(said.vendors[0].share, 0.5);
}

#[test]
fn a_break_even_price_is_one_number_or_none() {
    // Ten at home, paid and enough in any case: nobody can save anything with a vendor, not even for nothing.
    let mut instance = two_parties();
    instance.parties[0].entries[0].from = 10.0;
    instance.parties[0].entries[0].or_none = false;
    instance.caps.clear();
    instance.ways[0].fee = 0.0;
    instance.vendors[0].manage = 0.0;
    for price in [7.0, 10.0, 13.0] {
        instance.vendors[0].tariff[0].price = price;
        for options in [EXACT, EXACT.gap(1e-3)] {
            let even = worth::break_even(&instance, 0, &options).unwrap();
            assert_eq!(even, None, "{price}");
        }
    }
    // A dear vendor that could replace all ten: 5,000 to manage it and 1,000 hours against 30,000, whatever it asks for
    // today. One head at 1,000 an hour costs so much that a line through it says less than nothing.
    let mut instance = two_parties();
    instance.caps.clear();
    instance.cases = vec![case("sure", 1.0, 1, 1_000.0)];
    instance.ways[0].fee = 0.0;
    instance.vendors[0].minimum = 0.0;
    instance.vendors[0].manage = 5_000.0;
    for price in [10.0, 40.0, 1_000.0] {
        instance.vendors[0].tariff[0].price = price;
        let even = worth::break_even(&instance, 0, &EXACT).unwrap();
        close(even.unwrap(), 25.0);
    }
}

#[test]
fn the_worst_tenth_keeps_more_people_ready() {
    // 1,000 contacts once in ten, else 600. A head more costs 3,000 and saves 10,000 once in ten: not worth it in the
    // mean, but when the worst tenth counts half.
    let mut instance = two_parties();
    instance.parties[1] = far(0.0, 0.0);
    instance.cases = vec![
        case("strong", 0.1, 1, 1_000.0),
        case("usual", 0.9, 1, 600.0),
    ];
    let mean = all_solvers(&instance);
    assert_eq!(mean.heads[0], [6.0]);
    close(mean.cost[0], 18_060.0 + 400.0 * 100.0);
    instance.risk = Some(Risk {
        cvar: 0.9,
        weight: 0.5,
    });
    let careful = all_solvers(&instance);
    assert_eq!(careful.heads[0], [10.0]);
    close(
        careful.objective,
        0.5 * (0.1 * 30_100.0 + 0.9 * 30_060.0) + 0.5 * 30_100.0,
    );
}

#[test]
fn people_leave_as_the_vendor_grows() {
    // Two heads a month after a month of training: 0, 1, 3, 5 heads; at home 5, 4, 2, 0 are still needed and paid, and
    // ten leave with 1,000 each. 11 x 3,000 + 10,000 + 9 x 100 h x 10 + 1,000 + 5 x 100.
    let mut instance = two_parties();
    instance.months = 4;
    instance.parties[0] = own(10.0, 10.0);
    instance.parties[1] = far(5.0, 5.0);
    instance.cases = vec![case("sure", 1.0, 4, 500.0)];
    instance.caps.clear();
    instance.ways[0].fee = 0.0;
    instance.works[0].late = 1_000.0;
    instance.release = Release {
        attrition: 0.0,
        notice_days: 0.0,
        severance: Some(1_000.0),
    };
    let vendor = &mut instance.vendors[0];
    vendor.minimum = 0.0;
    vendor.manage = 0.0;
    vendor.setup = 1_000.0;
    vendor.training = (100.0, 1.0);
    vendor.ramp = Some((2.0, 2.0));
    let answer = all_solvers(&instance);
    assert_eq!(answer.heads, [[0.0], [5.0]]);
    close(answer.objective, 53_500.0);
    let staffed: Vec<f64> = answer.months[0].iter().map(|m| m.staffed[1]).collect();
    for (had, wanted) in staffed.iter().zip([0.0, 1.0, 3.0, 5.0]) {
        close(*had, wanted);
    }
    // Today's ten at home cost 120,000; the first month costs 21,500 with what is paid once.
    let heads = vec![vec![10.0], vec![0.0]];
    let today = decide(&worth::committed(&instance, &heads), &EXACT).unwrap();
    let said = summary(&instance, &answer, Some(&today));
    close(said.path[0].cost, 5.0 * 3_000.0 + 5.0 * 1_000.0 + 1_500.0);
    close(said.path[3].saved.unwrap(), 120_000.0 - 53_500.0);
    assert_eq!((said.trough, said.payback), (None, Some(1)));
}

#[test]
fn what_is_not_resolved_comes_back() {
    // A fifth of the vendor's contacts returns: 500 become 625, so the same work costs a quarter more.
    let mut instance = two_parties();
    instance.parties[0] = own(0.0, 0.0);
    instance.parties[1] = far(1.0, 20.0);
    instance.caps.clear();
    instance.cases = vec![case("sure", 1.0, 1, 500.0)];
    instance.ways[1].follow = vec![(0, 0.2)];
    instance.ways[1].resolved = 0.8;
    let answer = all_solvers(&instance);
    close(answer.months[0][0].sent[1], 625.0);
    assert_eq!(answer.heads[1], [7.0]);
    instance.resolved = Some(0.85);
    // Nobody resolves enough: rather late than badly.
    close(all_solvers(&instance).objective, 500.0 * 100.0);
    instance.parties[1].entries[0].or_none = false;
    instance.budget = Some(5_500.0);
    assert_eq!(decide(&instance, &EXACT), Err(NoAnswer::Infeasible));
    // A vendor that must be used bills its minimum of 5,000 and 1,000 to manage it.
    instance.budget = Some(6_000.0);
    assert!(decide(&instance, &EXACT).is_ok());
}

#[test]
fn live_work_needs_people_who_wait() {
    // 100 hours to be there at all, and 1.2 hours for each hour of work: 800 for 583.3 contacts.
    let mut instance = two_parties();
    instance.works[0].deferred = false;
    instance.parties[0].base_h = 100.0;
    instance.parties[0].slope = 1.2;
    instance.parties[1] = far(0.0, 0.0);
    instance.cases = vec![case("sure", 1.0, 1, 580.0)];
    assert_eq!(all_solvers(&instance).heads[0], [8.0]);
    instance.parties[0].slope = 1.0;
    assert_eq!(all_solvers(&instance).heads[0], [7.0]);
}

#[test]
fn prices_follow_volume() {
    // 1,000 hours: 500 at 10 and 500 at 6, whichever way the lines are written down.
    let mut instance = two_parties();
    instance.parties[0] = own(0.0, 0.0);
    instance.caps.clear();
    instance.cases = vec![case("sure", 1.0, 1, 1_000.0)];
    let line = |above: f64, price: f64| Tariff { above, price };
    instance.vendors[0].tariff = vec![line(0.0, 10.0), line(500.0, 6.0)];
    close(all_solvers(&instance).objective, 8_000.0 + 1_000.0);
    // Dearer above: 500 at 10 and 500 at 14.
    instance.vendors[0].tariff = vec![line(0.0, 10.0), line(500.0, 14.0)];
    close(all_solvers(&instance).objective, 12_000.0 + 1_000.0);
    // All units at the price that the volume reaches; 900 contacts buy the thousandth hour to reach it.
    instance.vendors[0].tariff = vec![line(0.0, 10.0), line(950.0, 6.0)];
    instance.vendors[0].all_units = true;
    instance.cases = vec![case("sure", 1.0, 1, 900.0)];
    close(all_solvers(&instance).objective, 6.0 * 950.0 + 1_000.0);
}

#[test]
fn no_plan_counts_on_more_than_the_band_of_what_was_committed() {
    // 800 contacts in the mean, at most a tenth more: 880 in the strong case, the rest at home.
    let mut instance = two_parties();
    instance.caps.clear();
    instance.vendors[0].band = Some(0.1);
    let answer = all_solvers(&instance);
    let sent = |case: usize| answer.months[case][0].sent[1];
    assert!(sent(0) <= 1.1 * 0.5 * (sent(0) + sent(1)) + 1e-6);
    assert!(answer.months[0][0].sent[0] > 250.0);
}

#[test]
fn automation_needs_no_heads() {
    // 3 per contact against 30 at home; half of the contacts at most.
    let mut instance = two_parties();
    instance.parties[1].entries.clear();
    instance.parties[1].unlimited = true;
    let vendor = &mut instance.vendors[0];
    vendor.per = PriceUnit::Contact;
    vendor.tariff[0].price = 3.0;
    vendor.minimum = 0.0;
    instance.ways[1].units = 1.0;
    let answer = all_solvers(&instance);
    assert_eq!(answer.heads[0], [5.0]);
    close(answer.cost[0], 15_000.0 + 50.0 + 1_500.0 + 1_000.0);
}

#[test]
fn every_rule_is_checked() {
    let instance = two_parties();
    let answer = decide(&instance, &EXACT).unwrap();
    assert_eq!(check(&instance, &answer), []);
    let spoilt: [fn(&mut Answer); 8] = [
        |a| a.heads[0][0] = 11.0,
        |a| a.heads[0][0] = 3.0,
        |a| a.months[0][0].sent[0] += 50.0,
        |a| a.months[0][0].sent[0] -= 50.0,
        |a| a.months[1][0].billed[0] = 400.0,
        |a| a.months[0][0].staffed[1] = 4.0,
        |a| a.used[0] = false,
        |a| a.beyond[0][0][0] = -6.0,
    ];
    for (i, spoil) in spoilt.iter().enumerate() {
        let mut other = answer.clone();
        spoil(&mut other);
        assert!(!check(&instance, &other).is_empty(), "{i}");
    }
    let mut capped = instance.clone();
    capped.caps[0].1 = 0.4;
    assert!(!check(&capped, &answer).is_empty());
}
