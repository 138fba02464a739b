//! Our own re-check that a roster keeps the contracts' rules, whoever made it.

use super::calendar::{dates, saturday, saturdays};
use super::person::part_of_week;
use super::types::{Duty, Off, Position, Roster};
use crate::scenario::model::{Contract, RosterSource, Rules, Scenario, Team};
use crate::time::{Tick, seconds};
use jiff::civil::Date;

/// A rule of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Nobody is in two places at once; breaks lie inside the duty, apart from each other.
    Overlap,
    /// Rest between two shifts.
    Rest,
    /// Working time of a day.
    DayMax,
    /// Working days in a row.
    DaysInARow,
    /// Working days in a week (seven dates from the horizon's first).
    DaysPerWeek,
    /// Starts of a person's shifts in a week (seven dates from the horizon's first) near each other.
    Starts,
    /// Weekends worked, of those in the horizon.
    Weekends,
    /// Paid hours over the horizon against the contract's.
    Hours,
    /// Breaks by law.
    Breaks,
    /// Seats of the site.
    Seats,
    /// Paid hours of a `fit` or `even` team for which there is no shift: too few seats, days or hours.
    Idle,
}

/// A rule that a roster breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The rule.
    pub rule: Rule,
    /// Team (index).
    pub team: usize,
    /// Position in the team (index); `None` where it is everybody's doing.
    pub position: Option<usize>,
    /// When, ticks.
    pub at: Tick,
    /// In the planner's words.
    pub message: String,
}

/// Everything in a roster that breaks a rule, team by team and position by position.
///
/// Positions without a contract (vendors' people, bare agents) are only held against overlaps and seats. Duties cut by
/// the edge of the horizon are not held against breaks by law.
#[must_use]
pub fn check(scenario: &Scenario, roster: &Roster) -> Vec<Violation> {
    let teams = 0..scenario.teams.len();
    let of_team = |t: usize| check_people(scenario, t, &roster.teams[t].positions);
    let mut found: Vec<Violation> = teams.flat_map(of_team).collect();
    seats(scenario, roster, &mut found);
    found.extend((0..scenario.teams.len()).filter_map(|t| idle(scenario, roster, t)));
    found
}

/// What people of one team (index) break, seats and paid hours without a shift apart.
#[must_use]
pub fn check_people(scenario: &Scenario, team: usize, positions: &[Position]) -> Vec<Violation> {
    let of = |(p, position)| check_person(scenario, &scenario.teams[team], (team, p), position);
    positions.iter().enumerate().flat_map(of).collect()
}

/// What one person breaks; `index` is the team's and the position's.
pub fn check_person(
    scenario: &Scenario,
    team: &Team,
    index: (usize, usize),
    position: &Position,
) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut of = Of {
        scenario,
        team,
        index,
        found: &mut found,
    };
    of.overlaps(position);
    if let Some(c) = position.contract {
        let contract = &scenario.contracts[c];
        of.rest(position, &contract.rules);
        of.days(position, &contract.rules);
        of.starts(position, &contract.rules);
        of.weekends(position, &contract.rules);
        of.working_time(position, &contract.rules);
        of.hours(position, contract);
    }
    found
}

/// Heads that are paid and cannot be placed: more than half a shift each, which is rounding, and a fiftieth.
fn idle(scenario: &Scenario, roster: &Roster, index: usize) -> Option<Violation> {
    let (team, placed) = (&scenario.teams[index], &roster.teams[index]);
    if !matches!(team.roster, RosterSource::Fit | RosterSource::Even) {
        return None;
    }
    let dates: Vec<(Date, u32)> = dates(scenario, &team.clock).collect();
    let weeks = dates.chunk_by(|a, b| a.1 == b.1).map(|week| {
        let dates: Vec<Date> = week.iter().map(|d| d.0).collect();
        part_of_week(scenario, team, &dates)
    });
    let owed =
        super::weekly_hours(scenario, team) * (1.0 - team.shrinkage.leave) * weeks.sum::<f64>();
    let duties = placed.positions.iter().flat_map(|p| &p.duties);
    let hours = duties.map(|d| d.paid_s() / 3600.0);
    let longest = hours.clone().fold(0.0, f64::max);
    let scheduled: f64 = hours.sum();
    let rounding = 0.5 * longest * placed.heads + 0.02 * owed;
    (scheduled + rounding < owed).then(|| Violation {
        rule: Rule::Idle,
        team: index,
        position: None,
        at: 0,
        message: format!(
            "team {}: {:.0} of {owed:.0} paid hours have no shift; it lacks seats, days or longer shifts",
            team.name,
            owed - scheduled
        ),
    })
}

/// One position being checked.
struct Of<'a> {
    scenario: &'a Scenario,
    team: &'a Team,
    index: (usize, usize),
    found: &'a mut Vec<Violation>,
}

impl Of<'_> {
    fn add(&mut self, rule: Rule, at: Tick, what: &str) {
        let message = format!(
            "team {}, person {}: {what}",
            self.team.name,
            self.index.1 + 1
        );
        self.found.push(Violation {
            rule,
            team: self.index.0,
            position: Some(self.index.1),
            at,
            message,
        });
    }

    fn when(&self, at: Tick) -> String {
        when(self.scenario, self.team, at)
    }

    fn overlaps(&mut self, position: &Position) {
        for pair in position.duties.windows(2).filter(|p| p[1].start < p[0].end) {
            let what = format!("two shifts at once on {}", self.when(pair[1].start));
            self.add(Rule::Overlap, pair[1].start, &what);
        }
        for duty in &position.duties {
            let outside = |o: &Off| o.start < duty.start || o.end > duty.end || o.start >= o.end;
            let clash = duty.offs.windows(2).any(|o| o[1].start < o[0].end);
            if duty.start >= duty.end || clash || duty.offs.iter().any(outside) {
                let what = format!(
                    "breaks that overlap or leave the shift on {}",
                    self.when(duty.start)
                );
                self.add(Rule::Overlap, duty.start, &what);
            }
        }
    }

    fn rest(&mut self, position: &Position, rules: &Rules) {
        for pair in position.duties.windows(2) {
            let rest = seconds(pair[1].start.saturating_sub(pair[0].end));
            if rest + 0.5 < rules.rest_s {
                let what = format!(
                    "{} of rest before the shift on {}, and the contract asks for {}",
                    hm(rest),
                    self.when(pair[1].start),
                    hm(rules.rest_s)
                );
                self.add(Rule::Rest, pair[1].start, &what);
            }
        }
    }

    fn days(&mut self, position: &Position, rules: &Rules) {
        let date = |d: &Duty| (self.began(d).date(), d.start);
        let mut worked: Vec<(Date, Tick)> = position.duties.iter().map(date).collect();
        worked.dedup_by_key(|d| d.0);
        let mut run = 0;
        for (i, &(day, at)) in worked.iter().enumerate() {
            let follows = i > 0 && worked[i - 1].0.tomorrow().is_ok_and(|next| next == day);
            run = if follows { run + 1 } else { 1 };
            if run == rules.days_in_a_row + 1 {
                let what = format!(
                    "more than {} days in a row up to {}",
                    rules.days_in_a_row,
                    self.when(at)
                );
                self.add(Rule::DaysInARow, at, &what);
            }
        }
        let first = self.first();
        for block in worked.chunk_by(|a, b| week(first, a.0) == week(first, b.0)) {
            if block.len() > rules.days_per_week as usize {
                let what = format!(
                    "{} working days in the week of {}, and the contract allows {}",
                    block.len(),
                    self.when(block[0].1),
                    rules.days_per_week
                );
                self.add(Rule::DaysPerWeek, block[0].1, &what);
            }
        }
    }

    /// When a duty began by the team's clock, also where the horizon's start cuts it.
    fn began(&self, duty: &Duty) -> jiff::ZonedDateTime {
        let start = self.scenario.horizon.timestamp_of(duty.start);
        let cut = jiff::SignedDuration::from_micros(i64::try_from(duty.cut).unwrap_or(i64::MAX));
        let began = start.checked_sub(cut).unwrap_or(start);
        began.to_zoned_datetime(self.team.clock.clone())
    }

    /// The horizon's first date by the team's clock.
    fn first(&self) -> Date {
        self.scenario.horizon.zoned_in(0, &self.team.clock).date()
    }

    fn starts(&mut self, position: &Position, rules: &Rules) {
        if rules.start_band_s.is_none() {
            return;
        }
        let first = self.first();
        let of = |d: &Duty| {
            let began = self.began(d);
            let minute = 60 * u32::from(began.hour().unsigned_abs())
                + u32::from(began.minute().unsigned_abs());
            (week(first, began.date()), minute, d.start)
        };
        let starts: Vec<(i32, u32, Tick)> = position.duties.iter().map(of).collect();
        for block in starts.chunk_by(|a, b| a.0 == b.0) {
            let apart = |b: &&(i32, u32, Tick)| block.iter().any(|a| !rules.near(a.1, b.1));
            if let Some(&(_, _, at)) = block.iter().rev().find(apart) {
                let what = format!(
                    "the shift on {} starts more than {} from another of its week",
                    self.when(at),
                    hm(rules.start_band_s.unwrap_or(0.0))
                );
                self.add(Rule::Starts, at, &what);
            }
        }
    }

    fn weekends(&mut self, position: &Position, rules: &Rules) {
        if rules.weekend_share >= 1.0 {
            return;
        }
        let there = saturdays(self.scenario, &self.team.clock);
        let weekend = |d: &Duty| Some((saturday(self.began(d).date())?, d.start));
        let mut worked: Vec<(Date, Tick)> = position.duties.iter().filter_map(weekend).collect();
        worked.retain(|(day, _)| there.contains(day));
        worked.dedup_by_key(|w| w.0);
        let may = rules.weekends(there.len() as u32);
        if let Some(&(_, at)) = worked.get(may as usize) {
            let what = format!(
                "{} of {} weekends, up to {}, and the contract allows {may}",
                worked.len(),
                there.len(),
                self.when(at)
            );
            self.add(Rule::Weekends, at, &what);
        }
    }

    fn working_time(&mut self, position: &Position, rules: &Rules) {
        for duty in &position.duties {
            let work = duty.worked_s();
            if work > rules.day_max_s + 0.5 {
                let what = format!(
                    "{} of work on {}, and the contract allows {} a day",
                    hm(work),
                    self.when(duty.start),
                    hm(rules.day_max_s)
                );
                self.add(Rule::DayMax, duty.start, &what);
            }
            let cut = duty.cut > 0 || duty.end == self.scenario.horizon.length();
            let due = rules.breaks.iter().filter(|(after, _)| work > after + 0.5);
            let due = due.map(|b| b.1).fold(0.0, f64::max);
            let breaks = seconds(duty.end - duty.start) - work;
            if !cut && breaks + 0.5 < due {
                let what = format!(
                    "{} of breaks on {}, and {} asks for {}",
                    hm(breaks),
                    self.when(duty.start),
                    rules.name,
                    hm(due)
                );
                self.add(Rule::Breaks, duty.start, &what);
            }
        }
    }

    /// Odd hours are carried from week to week, so a balance of one shift is no breach.
    fn hours(&mut self, position: &Position, contract: &Contract) {
        let weeks = self.scenario.horizon.weeks();
        let paid = position.duties.iter().map(Duty::paid_s);
        let longest = paid.clone().fold(0.0, f64::max);
        let worked: f64 = paid.sum();
        let weekly = super::mean_hours(self.scenario, contract) * 3600.0;
        let owed = weekly * weeks;
        if worked > owed + longest + 0.5 {
            let what = format!(
                "{} a week on average, and the contract has {}",
                hm(worked / weeks),
                hm(weekly)
            );
            self.add(Rule::Hours, 0, &what);
        }
    }
}

/// More people at a site at once than fit in; one finding per stretch, laid at the team whose shift makes it so.
fn seats(scenario: &Scenario, roster: &Roster, found: &mut Vec<Violation>) {
    for (s, site) in scenario.sites.iter().enumerate() {
        let Some(there) = site.seats else { continue };
        let mut steps: Vec<(Tick, i32, usize)> = Vec::new();
        for (t, _) in scenario
            .teams
            .iter()
            .enumerate()
            .filter(|(_, team)| team.site == s)
        {
            for duty in roster.teams[t].positions.iter().flat_map(|p| &p.duties) {
                steps.extend([(duty.start, 1, t), (duty.end, -1, t)]);
            }
        }
        // Who leaves makes room for who comes at the same time.
        steps.sort_unstable();
        let mut people = 0;
        for (at, change, team) in steps {
            people += change;
            if change > 0 && people == there as i32 + 1 {
                let message = format!(
                    "site {}: more than {there} people at work from {} on, and it has {there} seats",
                    site.name,
                    when(scenario, &scenario.teams[team], at)
                );
                found.push(Violation {
                    rule: Rule::Seats,
                    team,
                    position: None,
                    at,
                    message,
                });
            }
        }
    }
}

fn when(scenario: &Scenario, team: &Team, at: Tick) -> String {
    let local = scenario.horizon.zoned_in(at, &team.clock);
    local.strftime("%a %d %b %Y %H:%M").to_string()
}

/// Number of the week of a date, in blocks of seven dates from the horizon's first.
fn week(first: Date, day: Date) -> i32 {
    (day - first).get_days().div_euclid(7)
}

/// Seconds as `9h30m`.
#[must_use]
pub fn hm(s: f64) -> String {
    let minutes = (s / 60.0).round() as i64;
    match (minutes / 60, minutes % 60) {
        (0, m) => format!("{m}m"),
        (h, 0) => format!("{h}h"),
        (h, m) => format!("{h}h{m:02}m"),
    }
}
