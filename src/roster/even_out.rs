//! Hours evened out after duties were handed out day by day.
//!
//! Handing out looks at one day at a time, so where shifts take nearly all of the hours that there are, somebody may end up with
//! all the long ones. Whoever has more than the contract's hours and a shift gives a duty to a colleague of the same contract, or
//! changes it for a shorter one of the same days, as long as no other rule is broken more often than before.

use super::mean_hours;
use super::rules::{Rule, check_person};
use super::types::{Duty, Position};
use crate::scenario::model::{Scenario, Team};
use crate::time::{HOUR, Tick};

/// Duties that begin within this time of each other may be changed.
const NEAR: Tick = 36 * HOUR;

/// Evens the hours of a team's people out.
pub fn even_out(scenario: &Scenario, team: &Team, people: &mut [Position]) {
    for giver in 0..people.len() {
        while ahead_s(scenario, &people[giver]) > 0.0 && relieve(scenario, team, people, giver) {}
    }
}

/// Seconds beyond the contract's hours and a shift, which is what may be carried.
fn ahead_s(scenario: &Scenario, person: &Position) -> f64 {
    let Some(contract) = person.contract.map(|c| &scenario.contracts[c]) else {
        return 0.0;
    };
    let paid = person.duties.iter().map(Duty::paid_s);
    let longest = paid.clone().fold(0.0, f64::max);
    let owed = mean_hours(scenario, contract) * scenario.horizon.weeks() * 3600.0;
    (paid.sum::<f64>() - owed - longest - 0.5).max(0.0)
}

/// Rules broken, hours apart.
fn broken(scenario: &Scenario, team: &Team, person: &Position) -> usize {
    let found = check_person(scenario, team, (0, 0), person);
    found.iter().filter(|v| v.rule != Rule::Hours).count()
}

/// Takes a duty off somebody, or changes it for a shorter one; whether that was possible.
fn relieve(scenario: &Scenario, team: &Team, people: &mut [Position], giver: usize) -> bool {
    let price = |a: &Position, b: &Position| {
        let hours = ahead_s(scenario, a) + ahead_s(scenario, b);
        (broken(scenario, team, a) + broken(scenario, team, b), hours)
    };
    // Who has least goes first.
    let mut takers: Vec<usize> = (0..people.len())
        .filter(|&t| t != giver && people[t].contract == people[giver].contract)
        .collect();
    let hours = |t: &usize| people[*t].duties.iter().map(Duty::paid_s).sum::<f64>();
    takers.sort_by(|a, b| hours(a).total_cmp(&hours(b)).then(a.cmp(b)));
    for taker in takers {
        let before = price(&people[giver], &people[taker]);
        for given in 0..people[giver].duties.len() {
            let duty = &people[giver].duties[given];
            let change =
                |d: &Duty| d.start.abs_diff(duty.start) < NEAR && d.paid_s() < duty.paid_s();
            let theirs = people[taker].duties.iter().enumerate();
            let changed = theirs.filter(|(_, d)| change(d)).map(|(i, _)| Some(i));
            for back in std::iter::once(None).chain(changed) {
                let (a, b) = traded(&people[giver], &people[taker], given, back);
                let after = price(&a, &b);
                if after.0 <= before.0 && after.1 < before.1 - 60.0 {
                    (people[giver], people[taker]) = (a, b);
                    return true;
                }
            }
        }
    }
    false
}

/// Two people after one has given a duty to the other, who may give one back.
fn traded(a: &Position, b: &Position, given: usize, back: Option<usize>) -> (Position, Position) {
    let (mut a, mut b) = (a.clone(), b.clone());
    let duty = a.duties.remove(given);
    if let Some(back) = back {
        a.duties.push(b.duties.remove(back));
        a.duties.sort_by_key(|d| d.start);
    }
    b.duties.push(duty);
    b.duties.sort_by_key(|d| d.start);
    (a, b)
}

#[cfg(test)]
mod tests {
    use super::super::testing::Sketch;
    use super::*;
    use crate::time::{DAY, MINUTE};

    /// A person who works so many minutes from eight on, on some days.
    fn person(days: std::ops::Range<Tick>, minutes: Tick) -> Position {
        let duty = |day: Tick| Duty {
            start: day * DAY + 8 * HOUR,
            end: day * DAY + 8 * HOUR + minutes * MINUTE,
            cut: 0,
            offs: Vec::new(),
        };
        Position {
            contract: Some(0),
            duties: days.map(duty).collect(),
        }
    }

    fn evened(mut people: Vec<Position>) -> Vec<f64> {
        let scenario = Sketch {
            contracts: vec![(40.0, 2)],
            rules: "none",
            length: "1 week",
            ..Sketch::default()
        }
        .scenario();
        even_out(&scenario, &scenario.teams[0], &mut people);
        let hours = |p: &Position| p.duties.iter().map(Duty::paid_s).sum::<f64>() / 3600.0;
        people.iter().map(hours).collect()
    }

    #[test]
    fn who_has_too_much_gives_a_duty_away() {
        // 51 hours are more than 40 and a shift; 42.5 may be carried.
        assert_eq!(
            evened(vec![person(0..6, 510), person(0..0, 510)]),
            [42.5, 8.5]
        );
        // What may be carried stays.
        assert_eq!(
            evened(vec![person(0..5, 510), person(0..0, 510)]),
            [42.5, 0.0]
        );
    }

    #[test]
    fn who_works_at_the_same_time_changes_a_long_duty_for_a_short_one() {
        assert_eq!(
            evened(vec![person(0..6, 510), person(0..6, 300)]),
            [47.5, 33.5]
        );
    }
}
