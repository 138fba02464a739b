//! Who is there: booked at every midnight for the time since the last, with their pay.

use super::engine::Engine;
use super::people::Status;
use super::sums::HeadSums;
use crate::time::{DAY, HOUR, Tick, seconds, ticks, whole};

impl Engine<'_> {
    /// Books who was there since the last midnight, and their pay.
    pub(super) fn book_heads(&mut self, team: usize) {
        self.book_heads_until(team, self.now);
    }

    /// Books what a day that ends now had, for the teams whose midnight is still to come at the same instant.
    pub(super) fn book_heads_of_day(&mut self, end: Tick) {
        for team in 0..self.roster.teams.len() {
            let people = self.roster.teams[team].people.as_ref();
            let next = people.and_then(|p| p.midnights.get(self.people.days[team].0 as usize));
            if next == Some(&end) {
                self.book_heads_until(team, end);
            }
        }
    }

    fn book_heads_until(&mut self, team: usize, now: Tick) {
        let Some(people) = self.roster.teams[team].people.as_ref() else {
            return;
        };
        let (day, from) = self.people.days[team];
        let took = now.saturating_sub(from);
        self.people.days[team].1 = now;
        // Pay goes by civil days, also by those that the clock's change makes shorter or longer; of days that the horizon
        // cuts, by their part inside.
        let cut = from <= self.world.warm_up && people.cuts_days.0
            || now >= self.world.length && people.cuts_days.1;
        let paid_ticks = if took.abs_diff(DAY) <= HOUR && !cut {
            DAY
        } else {
            took
        };
        let moves = !people.midnights.is_empty();
        let (mut paid, mut wages, mut class_pay) = (0.0, 0.0, 0.0);
        let mut heads = HeadSums::default();
        for (number, place) in people.places.iter().enumerate() {
            let agent = self.people.first[team] as usize + number;
            let pay = place.pay.mean(from, now) * seconds(paid_ticks);
            match self.people.persons[agent].status {
                Status::Works(_) => {
                    heads.working += took;
                    paid += place.paid;
                    wages += pay;
                }
                Status::Vacant(_) => heads.vacant += took,
                Status::Class(..) => {
                    heads.in_class += took;
                    paid += place.paid;
                    class_pay += pay;
                }
            }
        }
        let sums = &mut self.book.teams[team];
        sums.working += heads.working;
        sums.vacant += heads.vacant;
        sums.in_class += heads.in_class;
        let tools = self.world.teams[team].equipment.price(from, now);
        if moves && tools > 0.0 && took > 0 {
            let heads = (heads.working + heads.in_class) / took;
            sums.tools_pay += whole(tools * heads as f64 * 1e6);
        }
        sums.posts_above += whole(people.posts_above * took as f64);
        if moves {
            sums.paid += ticks(paid * seconds(paid_ticks));
            sums.wages += whole(wages * 1e6);
            sums.class_pay += whole(class_pay * 1e6);
        }
        self.book_leads(team, took);
        let week = (day / 7) as usize;
        let weeks = self.book.weeks;
        if let Some(cell) = self
            .book
            .heads
            .get_mut(team * weeks + week.min(weeks.saturating_sub(1)))
        {
            *cell += &heads;
        }
    }

    /// Books who was there until the end of the horizon.
    pub(super) fn close_heads(&mut self) {
        for team in 0..self.roster.teams.len() {
            self.book_heads(team);
        }
    }
}
