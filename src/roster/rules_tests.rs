//! Every rule found broken where it is, and only there.
#![allow(clippy::unwrap_used)]

use super::rules::{Rule, check};
use super::testing::Sketch;
use super::types::{Duty, Off, OffKind, Position, Roster, TeamRoster};
use crate::scenario::model::Scenario;
use crate::time::{HOUR, MINUTE, Tick};

/// A shift with half an hour of break in its middle.
fn shift(day: Tick, from: Tick, hours: Tick) -> Duty {
    let start = (24 * day + from) * HOUR;
    let middle = start + hours * HOUR / 2;
    Duty {
        start,
        end: start + hours * HOUR,
        cut: 0,
        offs: vec![Off {
            start: middle,
            end: middle + 30 * MINUTE,
            kind: OffKind::UnpaidBreak,
        }],
    }
}

fn found(duties: Vec<Duty>) -> Vec<(Rule, String)> {
    found_in(&Sketch::default().scenario(), duties)
}

fn found_in(scenario: &Scenario, duties: Vec<Duty>) -> Vec<(Rule, String)> {
    let roster = Roster {
        teams: vec![TeamRoster {
            positions: vec![Position {
                contract: Some(0),
                duties,
            }],
            ..TeamRoster::default()
        }],
    };
    let found = check(scenario, &roster).into_iter();
    let of_person = found.filter(|v| v.position.is_some());
    of_person.map(|v| (v.rule, v.message)).collect()
}

#[test]
fn a_plain_week_breaks_nothing() {
    assert_eq!(found((0..6).map(|d| shift(d, 8, 8)).collect()), []);
}

#[test]
fn starts_and_weekends_are_held_against_the_contract() {
    let mut scenario = Sketch::default().scenario();
    let broken = |scenario: &Scenario, duties| -> Vec<Rule> {
        let found = found_in(scenario, duties);
        found.into_iter().map(|f| f.0).collect()
    };
    // Every Saturday of four weeks, and one start three hours later than the day before.
    let saturdays = |n: Tick| (0..n).map(|w| shift(7 * w + 5, 8, 6)).collect::<Vec<_>>();
    let apart = vec![shift(0, 8, 6), shift(1, 11, 6), shift(8, 11, 6)];
    assert_eq!(broken(&scenario, saturdays(4)), []);
    assert_eq!(broken(&scenario, apart.clone()), []);
    scenario.contracts[0].rules.weekend_share = 0.5;
    scenario.contracts[0].rules.start_band_s = Some(2.0 * 3600.0);
    assert_eq!(broken(&scenario, saturdays(3)), [Rule::Weekends]);
    assert_eq!(broken(&scenario, saturdays(2)), []);
    // Saturday and Sunday are one weekend.
    let both = [saturdays(1), vec![shift(6, 8, 6), shift(12, 8, 6)]].concat();
    assert_eq!(broken(&scenario, both), []);
    assert_eq!(broken(&scenario, apart), [Rule::Starts]);
    let said = found_in(&scenario, saturdays(3)).remove(0).1;
    assert_eq!(
        said,
        "team all, person 1: 3 of 4 weekends, up to Sat 30 Jan 2027 08:00, and the contract allows 2"
    );
}

#[test]
fn each_rule_is_found_broken() {
    let rules = |duties| found(duties).into_iter().map(|v| v.0).collect::<Vec<_>>();
    assert_eq!(
        found(vec![shift(0, 14, 8), shift(1, 6, 8)]),
        [(
            Rule::Rest,
            "team all, person 1: 8h of rest before the shift on Tue 12 Jan 2027 06:00, and the contract asks for 11h"
                .to_string()
        )]
    );
    assert_eq!(
        rules(vec![shift(0, 8, 8), shift(0, 12, 8)]),
        [Rule::Overlap, Rule::Rest]
    );
    assert_eq!(rules(vec![shift(0, 8, 11)]), [Rule::DayMax, Rule::Breaks]);
    assert_eq!(
        rules((1..8).map(|d| shift(d, 8, 6)).collect()),
        [Rule::DaysInARow],
        "Tuesday to Monday are two weeks of six days and one"
    );
    assert_eq!(
        rules((0..7).map(|d| shift(d, 8, 6)).collect()),
        [Rule::DaysInARow, Rule::DaysPerWeek]
    );
    let mut no_break = shift(0, 8, 8);
    no_break.offs.clear();
    assert_eq!(rules(vec![no_break.clone()]), [Rule::Breaks]);
    no_break.offs = vec![Off {
        start: 7 * HOUR,
        end: 8 * HOUR,
        kind: OffKind::PaidBreak,
    }];
    assert_eq!(rules(vec![no_break]), [Rule::Overlap]);
    // What is left of Sunday night's shift counts to Sunday: six days from Monday on are six, not seven.
    let mut night = shift(0, 0, 6);
    (night.cut, night.offs) = (2 * HOUR, Vec::new());
    let with = |first: Duty| {
        [first]
            .into_iter()
            .chain((0..6).map(|d| shift(d, 17, 6)))
            .collect()
    };
    assert_eq!(rules(with(night.clone())), [Rule::DaysInARow]);
    night.cut = 0;
    assert_eq!(rules(with(night)), [], "it began on Monday itself");
    // Six days of 7.5 hours are 45 of 40 hours, four weeks long.
    let much = (0..28)
        .filter(|d| d % 7 != 6)
        .map(|d| shift(d, 8, 8))
        .collect();
    assert_eq!(rules(much), [Rule::Hours]);
}
