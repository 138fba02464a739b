//! How few people can work a week's shifts: tours that keep the rules of a contract.
//!
//! Shifts go in order of time to whoever may take them; more people are tried until all fit. A week repeats: rest and days
//! in a row hold over its end, too.

use super::columns::Column;
use crate::scenario::model::Rules;
use crate::time::{DAY, HOUR, ticks};

/// Days a week of people without a contract, such as a vendor's.
const DAYS: u32 = 5;

/// A shift of a week as its tour sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shift {
    start: i64,
    end: i64,
    day: usize,
    /// Minutes after midnight.
    clock: u32,
    weekend: bool,
}

impl Shift {
    /// A column worked once.
    #[must_use]
    pub fn of(column: &Column) -> Self {
        Self {
            start: column.start,
            end: column.end(),
            day: column.day,
            clock: column.row.start_min % 1440,
            weekend: column.weekend(),
        }
    }
}

/// What a week's shifts ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tours {
    /// Fewest people found.
    pub people: usize,
    /// Those of them who work on Saturday or Sunday.
    pub on_weekend: usize,
}

/// Whom a shift goes to among those who may take it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum By {
    /// Who has fewest days, then the most similar start.
    Days,
    /// Who starts most similarly, then fewest days.
    Start,
    /// Who starts most similarly, then most days.
    Fill,
}

/// Tours for a week's shifts under the rules of a contract.
#[must_use]
pub fn tours(mut shifts: Vec<Shift>, rules: Option<&Rules>) -> Tours {
    shifts.sort_unstable();
    let days = rules.map_or(DAYS, |r| r.days_per_week).max(1) as usize;
    let per_day = (0..7).map(|d| shifts.iter().filter(|s| s.day == d).count());
    let least = per_day.max().unwrap_or(0).max(shifts.len().div_ceil(days));
    for people in least..=shifts.len() {
        let found = [By::Days, By::Start, By::Fill].map(|by| fits(&shifts, people, rules, by));
        if let Some(on_weekend) = found.into_iter().flatten().min() {
            return Tours { people, on_weekend };
        }
    }
    // Whom a shift is too much for even alone gets it all the same; the rules' own check says so.
    Tours {
        people: shifts.len(),
        on_weekend: shifts.iter().filter(|s| s.weekend).count(),
    }
}

/// How many of so many people work on the weekend, if they can work all shifts.
fn fits(shifts: &[Shift], people: usize, rules: Option<&Rules>, by: By) -> Option<usize> {
    let mut work: Vec<Vec<Shift>> = vec![Vec::new(); people];
    let few_weekends = rules.is_some_and(|r| r.weekend_share < 1.0);
    for &shift in shifts {
        let key = |w: &Vec<Shift>| {
            let apart = w.last().map_or(0, |l| {
                let d = (shift.start - l.start).rem_euclid(DAY as i64);
                (d.min(DAY as i64 - d) / (2 * HOUR as i64)) as usize
            });
            let another = few_weekends && shift.weekend && !w.iter().any(|s| s.weekend);
            let (first, second) = match by {
                By::Days => (w.len(), apart),
                By::Start => (apart, w.len()),
                By::Fill => (apart, 7 - w.len().min(7)),
            };
            (another, first, second)
        };
        let chosen = (0..people)
            .filter(|&i| may(&work[i], shift, rules))
            .min_by_key(|&i| (key(&work[i]), i))?;
        work[chosen].push(shift);
    }
    let on_weekend = |w: &&Vec<Shift>| w.iter().any(|s| s.weekend);
    Some(work.iter().filter(on_weekend).count())
}

/// Whether somebody with a week's work so far may take a later shift, too.
fn may(work: &[Shift], shift: Shift, rules: Option<&Rules>) -> bool {
    let week = 7 * DAY as i64;
    let rest = rules.map_or(0, |r| ticks(r.rest_s)) as i64;
    let rested = work.last().is_none_or(|l| l.end + rest <= shift.start)
        && work
            .first()
            .is_none_or(|f| shift.end + rest <= f.start + week);
    let days = work
        .iter()
        .fold(1u32 << shift.day, |set, s| set | 1 << s.day);
    rested
        && work.iter().all(|s| s.day != shift.day)
        && days.count_ones() <= rules.map_or(DAYS, |r| r.days_per_week)
        && rules.is_none_or(|r| in_a_row(days) <= r.days_in_a_row)
        && rules.is_none_or(|r| work.iter().all(|s| r.near(s.clock, shift.clock)))
}

/// Most days in a row of a set of days of a week that repeats; a whole week of them never ends, and counts as seven.
fn in_a_row(days: u32) -> u32 {
    let twice = u64::from(days & 0x7f) | u64::from(days & 0x7f) << 7;
    let run = |from: u32| (twice >> from).trailing_ones();
    (0..7).map(run).max().unwrap_or(0).min(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shift(day: usize, from: u32) -> Shift {
        let start = (day as i64 * 24 + i64::from(from)) * HOUR as i64;
        Shift {
            start,
            end: start + 8 * HOUR as i64,
            day,
            clock: from * 60,
            weekend: day >= 5,
        }
    }

    fn rules() -> Rules {
        Rules {
            name: "test".into(),
            rest_s: 11.0 * 3600.0,
            day_max_s: 36_000.0,
            days_in_a_row: 6,
            days_per_week: 5,
            start_band_s: None,
            weekend_share: 1.0,
            breaks: Vec::new(),
        }
    }

    fn people(shifts: Vec<Shift>, rules: &Rules) -> usize {
        tours(shifts, Some(rules)).people
    }

    #[test]
    fn five_people_work_a_week_of_five_shifts_a_day() {
        let week = (0..5).flat_map(|d| vec![shift(d, 8); 5]).collect();
        assert_eq!(people(week, &rules()), 5);
        // Seven days of one shift need two people who work five days each.
        assert_eq!(people((0..7).map(|d| shift(d, 8)).collect(), &rules()), 2);
        // A late shift and an early one the next morning are not for one person.
        assert_eq!(people(vec![shift(0, 16), shift(1, 6)], &rules()), 2);
        assert_eq!(people(Vec::new(), &rules()), 0);
    }

    #[test]
    fn a_week_that_repeats_has_rest_and_days_off_over_its_end() {
        assert_eq!(people(vec![shift(6, 16), shift(0, 6)], &rules()), 2);
        let mut three = rules();
        three.days_in_a_row = 3;
        // Four days in a row are for two people; four days apart are for one.
        assert_eq!(people((0..4).map(|d| shift(d, 8)).collect(), &three), 2);
        let apart = [0, 1, 3, 4].map(|d| shift(d, 8)).to_vec();
        assert_eq!(people(apart, &three), 1);
        // Saturday, Sunday, Monday, Tuesday follow each other.
        let over = [0, 1, 5, 6].map(|d| shift(d, 8)).to_vec();
        assert_eq!(people(over, &three), 2);
        assert_eq!((in_a_row(0b110_0011), in_a_row(0x7f)), (4, 7));
    }

    #[test]
    fn starts_stay_near_each_other_where_the_contract_says_so() {
        let mixed = vec![shift(0, 8), shift(1, 8), shift(2, 14), shift(3, 14)];
        assert_eq!(people(mixed.clone(), &rules()), 1);
        let mut banded = rules();
        banded.start_band_s = Some(2.0 * 3600.0);
        assert_eq!(people(mixed, &banded), 2);
        let close = vec![shift(0, 8), shift(1, 10), shift(2, 9)];
        assert_eq!(people(close, &banded), 1);
    }

    #[test]
    fn weekends_fall_to_few() {
        let mut half = rules();
        half.weekend_share = 0.5;
        let week = (0..7).flat_map(|d| vec![shift(d, 8); 2]).collect();
        let found = tours(week, Some(&half));
        assert_eq!((found.people, found.on_weekend), (3, 2));
    }
}
