//! Heads placed to the load, or evenly, week by week.
//!
//! Each head is owed its contract's paid hours, less leave (single days, spread evenly over heads and weeks) and less
//! the site's holidays; what does not make a whole shift is carried into the next week. A week is filled person by
//! person: everybody gets one slot (template, start, length) for the week and the days on which it covers most of what
//! is missing, so that starts stay the same (a little apart on a day that needs it, and of another template on days that
//! have shifts of their own, such as Saturday) and the rules are kept by construction, a contract's `start_band` and
//! `weekend_share` among them. A second round lets everybody move
//! once more now that the others stand. Then `offs` places breaks and planned work off queue.

use super::calendar::{Span, dates, eve, saturdays};
use super::cover::{Cover, Sums};
use super::offs;
use super::person::{Person, part_of_week, people};
use super::seats::Seats;
use super::tour::{Days, MOST_DAYS, best_days};
use super::types::{Duty, Infeasible, Position};
use super::wanted;
use super::week::{Slot, Week, paid_of, slots};
use super::window;
use crate::scenario::model::{Scenario, Team};
use crate::time::seconds;
use jiff::civil::Date;

/// A single day may start this much earlier or later than the others of a week, minutes.
const BAND_MIN: u32 = 120;
/// What that must be worth: hours of missing people.
const DEVIATION_H: f64 = 2.0;
/// A day that the week's own template does not know may be this much shorter, as a share.
const SHORTER: f64 = 0.5;
/// Times everybody's week is looked at again once all are placed.
const ROUNDS: usize = 2;

/// Places a team's people; `load` in erlangs per planning interval is what they follow, `None`: evenly.
pub fn positions(
    scenario: &Scenario,
    team: &Team,
    load: Option<&[f64]>,
    seats: &mut Seats,
) -> Result<Vec<Position>, Infeasible> {
    let slots = slots(scenario, team);
    let mut people = people(scenario, team, &slots);
    if people.iter().any(|p| p.usable.is_empty()) {
        return Err(nothing_to_work(team));
    }
    let horizon = &scenario.horizon;
    let mut cover = Cover::new(horizon.interval(), horizon.intervals());
    let load = load.map_or_else(Vec::new, |load| wanted::wanted(scenario, team, load));
    let windows = window::windows(scenario, team);
    let all: Vec<(Date, u32)> = dates(scenario, &team.clock).collect();
    for block in all.chunk_by(|a, b| a.1 == b.1) {
        let mut dates: Vec<Date> = block.iter().map(|d| d.0).collect();
        let part = part_of_week(scenario, team, &dates);
        let before = eve(scenario, &team.clock).filter(|_| block[0].1 == 1);
        dates.splice(0..0, before);
        let monday = dates[0];
        let week = Week::new(scenario, team, &slots, dates);
        for (i, person) in people.iter_mut().enumerate() {
            let (from, to) = week.window;
            let there = windows.as_ref().map_or(1.0, |w| {
                w[i].inside(from, to) as f64 / (to - from).max(1) as f64
            });
            let contract = person.position.contract.map(|c| &scenario.contracts[c]);
            let weekly = contract.map_or(super::FTE_HOURS, |c| {
                c.mean_hours(week.dates.iter().copied())
            });
            // Who is paid by the duty has no leave.
            let paid_leave = contract.is_none_or(|c| c.freelance.is_none());
            let leave = if paid_leave {
                team.shrinkage.leave
            } else {
                0.0
            };
            person.entitle(monday, weekly, part * there, leave);
        }
        let mut filling = Filling::new(scenario, team, &slots, &week, &load, &mut people);
        filling.place(&mut cover, seats);
        filling.close(&mut cover);
    }
    Ok(people.into_iter().map(|p| p.position).collect())
}

fn nothing_to_work(team: &Team) -> Infeasible {
    Infeasible {
        reason: format!(
            "team {}: there is no shift that everybody of the team may work under their contract",
            team.name
        ),
        remedy: "give the team a shift inside the contract's daily maximum".into(),
    }
}

/// One person's week: the days, and the slot of each.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Tour {
    days: Days,
    slots: [u16; MOST_DAYS],
}

/// One week being filled.
struct Filling<'a> {
    scenario: &'a Scenario,
    team: &'a Team,
    slots: &'a [Slot],
    week: &'a Week,
    /// Erlangs per interval; empty: heads are spread evenly.
    load: &'a [f64],
    people: &'a mut [Person],
    chosen: Vec<Option<Tour>>,
    /// Per slot: people on queue that one duty of it gives on average over its length.
    presence: Vec<f64>,
    /// Per slot: those of the same template and length that start at a similar time.
    near: Vec<Vec<usize>>,
    /// Saturdays of the horizon's weekends.
    saturdays: Vec<Date>,
    /// `[slot][day]`: what a duty is worth, as of the last look.
    worth: Vec<[Option<f64>; MOST_DAYS]>,
    /// Duties per slot and day, and per day.
    count: Vec<[u32; MOST_DAYS]>,
    count_day: [u32; MOST_DAYS],
}

impl<'a> Filling<'a> {
    fn new(
        scenario: &'a Scenario,
        team: &'a Team,
        slots: &'a [Slot],
        week: &'a Week,
        load: &'a [f64],
        people: &'a mut [Person],
    ) -> Self {
        let presence = slots
            .iter()
            .map(|slot| offs::presence(scenario, team, slot))
            .collect();
        Self {
            chosen: vec![None; people.len()],
            count: vec![[0; MOST_DAYS]; slots.len()],
            count_day: [0; MOST_DAYS],
            worth: vec![[None; MOST_DAYS]; slots.len()],
            near: (0..slots.len()).map(|i| near(slots, i)).collect(),
            saturdays: saturdays(scenario, &team.clock),
            presence,
            scenario,
            team,
            slots,
            week,
            load,
            people,
        }
    }

    /// Chooses everybody's slot and days.
    fn place(&mut self, cover: &mut Cover, seats: &mut Seats) {
        if self.week.window.0 >= self.week.window.1 {
            return;
        }
        let interval_h = seconds(self.scenario.horizon.interval()) / 3600.0;
        let mean_presence = self.presence.iter().sum::<f64>() / self.presence.len().max(1) as f64;
        let owed: f64 = self.people.iter().map(|p| p.hours.max(0.0)).sum();
        let there = owed / interval_h * mean_presence;
        wanted::scale(self.load, self.week.window, there, cover);
        let mut sums = Sums::default();
        for round in 0..=ROUNDS {
            let mut moved = false;
            for index in 0..self.people.len() {
                let before = self.chosen[index];
                self.put(before, cover, seats, -1.0);
                cover.sums(self.week.window, &mut sums);
                seats.count(self.week.window);
                let after = self.choose(index, &sums, seats);
                self.put(after, cover, seats, 1.0);
                self.chosen[index] = after;
                moved |= before != after;
            }
            if !moved || self.load.is_empty() && round == 0 {
                break;
            }
        }
    }

    /// Adds a tour to the cover, the seats and the counts (`sign` 1), or takes it away again (-1).
    fn put(&mut self, tour: Option<Tour>, cover: &mut Cover, seats: &mut Seats, sign: f64) {
        let Some(tour) = tour else { return };
        for (day, slot, span) in laid(self.week, tour) {
            cover.add(span.start, span.end, sign * self.presence[slot]);
            if sign > 0.0 {
                seats.take(span.start, span.end);
                self.count[slot][day] += 1;
                self.count_day[day] += 1;
            } else {
                seats.give_back(span.start, span.end);
                self.count[slot][day] -= 1;
                self.count_day[day] -= 1;
            }
        }
    }

    /// The tour that is worth most, among those that work off most of the hours owed.
    fn choose(&mut self, index: usize, sums: &Sums, seats: &Seats) -> Option<Tour> {
        let person = &self.people[index];
        let weekends = person.weekends_free(&self.week.dates, &self.saturdays);
        for &slot in &person.legal {
            for (day, span) in self.week.spans[slot].iter().enumerate() {
                let free = span.as_ref().filter(|s| seats.free(s));
                self.worth[slot][day] = free.map(|span| self.worth_of(slot, day, span, sums));
            }
            for day in (0..self.week.dates.len()).filter(|&day| !weekends[day]) {
                self.worth[slot][day] = None;
            }
        }
        let days = self.week.dates.len();
        let mut best: Option<(f64, f64, Tour)> = None;
        for &slot in &person.usable {
            let paid = person.paid[slot];
            let (slots, worth) = self.nearby(slot, person);
            let mut spans = [None; MOST_DAYS];
            for day in 0..days {
                spans[day] = self.week.spans[usize::from(slots[day])][day];
            }
            let found = best_days(&worth[..days], &spans[..days], &person.limits(paid));
            let Some((value, days)) = found else { continue };
            let hours = f64::from(days.count_ones()) * paid;
            let better = best.as_ref().is_none_or(|(h, v, _)| {
                hours > h + 0.5 * paid || (hours > h - 0.5 * paid && value > v + 1e-9)
            });
            if better {
                best = Some((hours, value, Tour { days, slots }));
            }
        }
        best.map(|(.., tour)| tour)
    }

    /// For a week on one slot: the slot worked on each day, which is another near it where that is worth it or one of
    /// another template on days that this one does not know, and its worth.
    fn nearby(&self, slot: usize, person: &Person) -> ([u16; MOST_DAYS], [Option<f64>; MOST_DAYS]) {
        let mut slots = [slot as u16; MOST_DAYS];
        let mut worth = self.worth[slot];
        if self.load.is_empty() {
            return (slots, worth);
        }
        let interval_h = seconds(self.scenario.horizon.interval()) / 3600.0;
        let deviation = DEVIATION_H / interval_h * self.presence[slot];
        let near = |other: &&usize| self.follows(slot, **other, person);
        for &other in self.near[slot].iter().filter(near) {
            for (day, value) in self.worth[other].iter().enumerate() {
                let Some(value) = value.map(|v| v - deviation) else {
                    continue;
                };
                if worth[day].is_none_or(|w| value > w) {
                    worth[day] = Some(value);
                    slots[day] = other as u16;
                }
            }
        }
        let unknown = |day: &usize| self.week.spans[slot][*day].is_none();
        for day in (0..self.week.dates.len()).filter(unknown) {
            let as_long = |other: &&usize| {
                let (own, other) = (person.paid[slot], person.paid[**other]);
                other <= own + 1e-9 && other >= SHORTER * own
            };
            for &other in person.legal.iter().filter(as_long).filter(near) {
                let Some(value) = self.worth[other][day] else {
                    continue;
                };
                if worth[day].is_none_or(|w| value > w) {
                    worth[day] = Some(value);
                    slots[day] = other as u16;
                }
            }
        }
        (slots, worth)
    }

    /// Whether a slot may be worked in a week on another: it starts no earlier, and as near as the contract asks for.
    fn follows(&self, slot: usize, other: usize, person: &Person) -> bool {
        let (own, other) = (self.slots[slot].start_min, self.slots[other].start_min);
        person.rules.as_ref().is_none_or(|rules| {
            rules.start_band_s.is_none()
                || rules.near(own, other) && (other + 1440 - own % 1440) % 1440 <= 720
        })
    }

    fn worth_of(&self, slot: usize, day: usize, span: &Span, sums: &Sums) -> f64 {
        if self.load.is_empty() {
            return -f64::from(self.count_day[day]) - f64::from(self.count[slot][day]);
        }
        sums.gain(span.start, span.end, self.presence[slot])
    }

    /// Turns tours into duties, closes the accounts, and places breaks and planned work.
    fn close(&mut self, cover: &mut Cover) {
        let there = offs::attendance(self.team);
        for (person, tour) in self.people.iter_mut().zip(&self.chosen) {
            for (day, slot, span) in tour.iter().flat_map(|&tour| laid(self.week, tour)) {
                // The average gives way to the duty as it is.
                cover.add(span.start, span.end, there - self.presence[slot]);
                let paid = paid_of(self.scenario, &self.slots[slot], &span);
                person.work(self.week.dates[day], &span, paid);
                person.count_weekend(self.week.dates[day], &self.saturdays);
                person.position.duties.push(Duty {
                    start: span.start,
                    end: span.end,
                    cut: span.cut,
                    offs: Vec::new(),
                });
            }
        }
        for (person, tour) in self.people.iter_mut().zip(&self.chosen) {
            let duties = &mut person.position.duties[person.new_duties..];
            let laid = tour.iter().flat_map(|&tour| laid(self.week, tour));
            for (duty, (_, slot, _)) in duties.iter_mut().zip(laid) {
                let shift = &self.scenario.shifts[self.slots[slot].template];
                offs::place_breaks(shift, duty, there, cover);
            }
        }
        for person in self.people.iter_mut() {
            let duties = &mut person.position.duties[person.new_duties..];
            offs::place_planned(self.team, duties, &mut person.planned_s, cover);
        }
    }
}

/// Days, slots and spans of a tour.
fn laid(week: &Week, tour: Tour) -> impl Iterator<Item = (usize, usize, Span)> {
    (0..week.dates.len())
        .filter(move |day| tour.days & 1 << day != 0)
        .filter_map(move |day| {
            let slot = usize::from(tour.slots[day]);
            Some((day, slot, week.spans[slot][day]?))
        })
}

/// Other slots of the same template and length that start within the band, around midnight, too.
fn near(slots: &[Slot], i: usize) -> Vec<usize> {
    let own = slots[i];
    let close = |s: &Slot| {
        let away = s.start_min.abs_diff(own.start_min);
        away.min(1440 - away.min(1440)) <= BAND_MIN
    };
    (0..slots.len())
        .filter(|&j| j != i && slots[j].template == own.template)
        .filter(|&j| slots[j].length_min == own.length_min && close(&slots[j]))
        .collect()
}
