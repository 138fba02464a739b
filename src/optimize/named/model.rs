//! Who works what, as an integer model of some weeks and the people of one contract.
//!
//! `y[m, s]` says that person `m` works slot `s`, `u[s]` how many of its shifts stay open:
//!
//! ```text
//! min  open * sum u  +  sum over burdens b of  w_b * ((high_b - low_b) + sum_m dev_bm / people)
//!      +  wish * (sum of weights of avoided shifts worked - sum of weights of wanted shifts worked)
//! sum_m y[m, s] + u[s] = people of s
//! ```
//!
//! with, for each person: one shift a day; of a day's shifts that end at `e` or later and those that start less than the
//! contract's rest after `e`, one; days in a row, days a week, weekends, starts near each other, hours. A burden is what
//! somebody ends with on the hour account, or late, weekend or holiday shifts divided by the share of days without
//! absence; `high` and `low` enclose everybody's, `dev` is the distance from a middle that is free. The price of an
//! open shift is larger than all that covering it could cost elsewhere.

use super::crew::Member;
use super::slot::Slot;
use super::tally::{BURDENS, Burden, Tally};
use crate::scenario::model::{Fairness, Scenario};
use crate::solve::{self, Fault, Model, Options, Sense, Solution, Var};
use crate::time::ticks;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Some weeks of a contract's hand-out.
pub struct Block<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Weights.
    pub weigh: &'a Fairness,
    /// People of one contract.
    pub crew: &'a [Member<'a>],
    /// All slots of the team.
    pub slots: &'a [Slot],
    /// Those of the contract in these weeks (indexes, in order of time).
    pub open: Vec<usize>,
    /// What everybody works in earlier weeks (indexes into `slots`).
    pub given: &'a [Vec<usize>],
    /// What is counted, up to the last of these weeks.
    pub tally: Tally<'a>,
    /// Saturdays of the horizon up to the last of these weeks.
    pub saturdays: u32,
}

/// A choice variable: person, slot, variable.
type Choice = (usize, usize, Var);

impl Block<'_> {
    /// Solves; gives the slots of each person (indexes into `slots`).
    ///
    /// # Errors
    /// When the solver fails in itself.
    pub fn solve(&self, options: &Options) -> Result<(Vec<Vec<usize>>, Solution), Fault> {
        let mut model = Model::new();
        let mut choices: Vec<Choice> = Vec::new();
        for (m, member) in self.crew.iter().enumerate() {
            let before: Vec<&Slot> = self.given[m].iter().map(|&s| &self.slots[s]).collect();
            for &s in &self.open {
                let slot = &self.slots[s];
                if self.after(member, &before, slot) {
                    choices.push((m, s, model.binary(self.tally.wish_cost(member, slot))));
                }
            }
        }
        let price = self.price();
        for &s in &self.open {
            let people = self.slots[s].duties.len() as f64;
            let short = model.integer(price * self.slots[s].paid_h.max(1.0), 0.0, people);
            let mine = choices.iter().filter(|c| c.1 == s).map(|c| (c.2, 1.0));
            model.row(mine.chain([(short, 1.0)]), Sense::Equal, people);
        }
        for m in 0..self.crew.len() {
            let mine: Vec<Choice> = choices.iter().copied().filter(|c| c.0 == m).collect();
            self.person(&mut model, m, &mine);
        }
        for burden in BURDENS {
            self.even(&mut model, burden, &choices);
        }
        let solution = solve::solve(&model, options)?;
        let mut work = vec![Vec::new(); self.crew.len()];
        if solution.found() {
            for (m, s, var) in choices {
                if solution.value(var) > 0.5 {
                    work[m].push(s);
                }
            }
        }
        Ok((work, solution))
    }

    /// Whether somebody can work a slot after what was worked in the weeks before.
    fn after(&self, member: &Member<'_>, before: &[&Slot], slot: &Slot) -> bool {
        let rest = member.rules.map_or(0, |r| ticks(r.rest_s));
        member.cannot(self.scenario, slot).is_none()
            && before
                .iter()
                .all(|b| b.end + rest <= slot.start && b.date != slot.date)
    }

    /// Price of an hour that stays open: covering a shift moves burdens by no more than this.
    fn price(&self) -> f64 {
        let w = self.weigh;
        let longest = self.open.iter().map(|&s| self.slots[s].paid_h);
        let longest = longest.fold(1.0, f64::max);
        let wishes = self
            .crew
            .iter()
            .filter_map(|m| m.person)
            .flat_map(|p| &p.wishes);
        let wishes: f64 = wishes.map(|w| w.weight).fold(0.0, f64::max);
        10.0 * (1.0
            + w.account * longest
            + 5.0 * (w.late + w.weekend + w.holiday)
            + 4.0 * w.wish * wishes)
    }

    /// The rules of one person's contract.
    fn person(&self, model: &mut Model, m: usize, mine: &[Choice]) {
        let slot = |c: &Choice| &self.slots[c.1];
        let mut by_date: BTreeMap<Date, Vec<Choice>> = BTreeMap::new();
        for choice in mine {
            by_date.entry(slot(choice).date).or_default().push(*choice);
        }
        let member = &self.crew[m];
        let rest = member.rules.map_or(0, |r| ticks(r.rest_s));
        for (date, today) in &by_date {
            if today.len() > 1 {
                model.row(today.iter().map(|c| (c.2, 1.0)), Sense::AtMost, 1.0);
            }
            let ends: BTreeSet<u64> = today.iter().map(|c| slot(c).end).collect();
            let (next, after) = (date.tomorrow(), date.tomorrow().and_then(Date::tomorrow));
            for later in [next, after].into_iter().flatten() {
                let Some(later) = by_date.get(&later) else {
                    continue;
                };
                for &end in &ends {
                    let soon: Vec<&Choice> = later
                        .iter()
                        .filter(|c| slot(c).start < end + rest)
                        .collect();
                    if !soon.is_empty() {
                        let late = today.iter().filter(|c| slot(c).end >= end);
                        model.row(late.chain(soon).map(|c| (c.2, 1.0)), Sense::AtMost, 1.0);
                    }
                }
            }
        }
        let Some(rules) = member.rules else { return };
        self.days(model, m, &by_date, rules.days_in_a_row);
        let weeks: BTreeSet<u32> = mine.iter().map(|c| slot(c).week).collect();
        for week in weeks {
            let these: Vec<Choice> = mine
                .iter()
                .copied()
                .filter(|c| slot(c).week == week)
                .collect();
            model.row(
                these.iter().map(|c| (c.2, 1.0)),
                Sense::AtMost,
                f64::from(rules.days_per_week),
            );
            if rules.start_band_s.is_some() {
                self.starts(model, m, &these);
            }
        }
        if rules.weekend_share < 1.0 {
            self.weekends(model, m, mine);
        }
        let worked: f64 = self.given[m].iter().map(|&s| self.slots[s].paid_h).sum();
        let hours = mine.iter().map(|c| (c.2, slot(c).paid_h));
        model.row(hours, Sense::AtMost, (member.most_h - worked).max(0.0));
    }

    /// At most so many days in a row, those of earlier weeks counted.
    fn days(&self, model: &mut Model, m: usize, by_date: &BTreeMap<Date, Vec<Choice>>, most: u32) {
        let (Some((&first, _)), Some((&last, _))) =
            (by_date.first_key_value(), by_date.last_key_value())
        else {
            return;
        };
        let earlier: BTreeSet<Date> = self.given[m].iter().map(|&s| self.slots[s].date).collect();
        let span = jiff::Span::new().days(i64::from(most));
        let Ok(mut from) = first.checked_sub(span) else {
            return;
        };
        while from <= last {
            let Ok(to) = from.checked_add(span) else {
                return;
            };
            let before = earlier.range(from..=to).count() as f64;
            let these: Vec<(Var, f64)> = by_date
                .range(from..=to)
                .flat_map(|d| d.1)
                .map(|c| (c.2, 1.0))
                .collect();
            if !these.is_empty() {
                model.row(these, Sense::AtMost, (f64::from(most) - before).max(0.0));
            }
            let Ok(next) = from.tomorrow() else { return };
            from = next;
        }
    }

    /// Of starts that are too far from each other only one is worked in a week.
    fn starts(&self, model: &mut Model, m: usize, these: &[Choice]) {
        let Some(rules) = self.crew[m].rules else {
            return;
        };
        let mut used: BTreeMap<u32, Var> = BTreeMap::new();
        for &(_, s, var) in these {
            let start = *used
                .entry(self.slots[s].clock_min)
                .or_insert_with(|| model.binary(0.0));
            model.row([(var, 1.0), (start, -1.0)], Sense::AtMost, 0.0);
        }
        for (&a, &first) in &used {
            for (&b, &second) in used.range(a + 1..) {
                if !rules.near(a, b) {
                    model.row([(first, 1.0), (second, 1.0)], Sense::AtMost, 1.0);
                }
            }
        }
    }

    /// Weekends on which somebody works; the share holds at the end of each block.
    fn weekends(&self, model: &mut Model, m: usize, mine: &[Choice]) {
        let Some(rules) = self.crew[m].rules else {
            return;
        };
        let known: BTreeSet<Date> = self.given[m]
            .iter()
            .filter_map(|&s| self.slots[s].saturday)
            .collect();
        let mut worked: BTreeMap<Date, Var> = BTreeMap::new();
        for &(_, s, var) in mine {
            let Some(saturday) = self.slots[s].saturday.filter(|d| !known.contains(d)) else {
                continue;
            };
            let weekend = *worked.entry(saturday).or_insert_with(|| model.binary(0.0));
            model.row([(var, 1.0), (weekend, -1.0)], Sense::AtMost, 0.0);
        }
        let left = f64::from(
            rules
                .weekends(self.saturdays)
                .saturating_sub(known.len() as u32),
        );
        if !worked.is_empty() {
            model.row(worked.into_values().map(|v| (v, 1.0)), Sense::AtMost, left);
        }
    }

    /// What one burden costs where it is uneven.
    fn even(&self, model: &mut Model, burden: Burden, choices: &[Choice]) {
        let weight = burden.weight(self.weigh);
        let counted: Vec<usize> = (0..self.crew.len())
            .filter(|&m| self.crew[m].counts())
            .collect();
        let moves = |s: usize| burden.of(&self.slots[s]) > 0.0;
        let concerned =
            self.open.iter().any(|&s| moves(s)) || self.given.iter().flatten().any(|&s| moves(s));
        if weight <= 0.0 || counted.len() < 2 || !concerned {
            return;
        }
        const FAR: f64 = 1e5;
        let high = model.continuous(weight, -FAR, FAR);
        let low = model.continuous(-weight, -FAR, FAR);
        let middle = model.continuous(0.0, -FAR, FAR);
        let people = counted.len() as f64;
        for m in counted {
            let before: Vec<&Slot> = self.given[m].iter().map(|&s| &self.slots[s]).collect();
            let base = self.tally.burden(burden, &self.crew[m], &before);
            let share = burden.share(&self.crew[m]);
            let mine = choices.iter().filter(|c| c.0 == m && moves(c.1));
            let value: Vec<(Var, f64)> = mine
                .map(|c| (c.2, burden.of(&self.slots[c.1]) / share))
                .collect();
            let less = |var: Var, sign: f64| {
                let terms = value.iter().map(move |&(v, c)| (v, sign * c));
                terms.chain([(var, -sign)]).collect::<Vec<_>>()
            };
            model.row(less(high, 1.0), Sense::AtMost, -base);
            model.row(less(low, 1.0), Sense::AtLeast, -base);
            let away = model.continuous(weight / people, 0.0, 2.0 * FAR);
            let above = less(middle, 1.0).into_iter().chain([(away, -1.0)]);
            model.row(above, Sense::AtMost, -base);
            let below = less(middle, 1.0).into_iter().chain([(away, 1.0)]);
            model.row(below, Sense::AtLeast, -base);
        }
    }
}
