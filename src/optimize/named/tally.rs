//! What people have worked and how evenly: burdens, wishes, and the sum that a hand-out makes least.

use super::crew::{Member, working_day};
use super::slot::Slot;
use crate::scenario::model::{Fairness, Scenario, Wish};
use jiff::civil::Date;

/// What is to be even between people of a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Burden {
    /// Hours on the hour account.
    Account,
    /// Late shifts.
    Late,
    /// Shifts on a weekend.
    Weekend,
    /// Shifts on a holiday.
    Holiday,
}

/// All of them.
pub const BURDENS: [Burden; 4] = [
    Burden::Account,
    Burden::Late,
    Burden::Weekend,
    Burden::Holiday,
];

impl Burden {
    /// Its weight.
    pub fn weight(self, weigh: &Fairness) -> f64 {
        match self {
            Self::Account => weigh.account,
            Self::Late => weigh.late,
            Self::Weekend => weigh.weekend,
            Self::Holiday => weigh.holiday,
        }
    }

    /// What one shift adds.
    pub fn of(self, slot: &Slot) -> f64 {
        let one = |yes: bool| f64::from(u8::from(yes));
        match self {
            Self::Account => slot.paid_h,
            Self::Late => one(slot.late),
            Self::Weekend => one(slot.saturday.is_some()),
            Self::Holiday => one(slot.holiday),
        }
    }

    /// Share of the time by which shifts are divided; accounts are in hours.
    pub fn share(self, member: &Member<'_>) -> f64 {
        match self {
            Self::Account => 1.0,
            Self::Late | Self::Weekend | Self::Holiday => member.there,
        }
    }
}

/// Burdens over the first days of the horizon.
#[derive(Clone)]
pub struct Tally<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Weights.
    pub weigh: &'a Fairness,
    /// These days.
    pub days: &'a [Date],
    /// All days of the horizon.
    pub all: usize,
    /// Site of the team.
    pub site: usize,
}

impl Tally<'_> {
    /// What somebody bears after working some slots.
    pub fn burden(&self, burden: Burden, member: &Member<'_>, work: &[&Slot]) -> f64 {
        let worked: f64 = work.iter().map(|s| burden.of(s)).sum();
        if burden == Burden::Account {
            self.account(member, worked)
        } else {
            worked / burden.share(member)
        }
    }

    /// Hours on the account after these days: what was there, what was worked, days of absence and holidays that count,
    /// less the contract's hours.
    fn account(&self, member: &Member<'_>, worked_h: f64) -> f64 {
        let holidays = &self.scenario.sites[self.site].holidays;
        let free = |d: &&Date| working_day(**d) && holidays.on(**d).is_some();
        let absent = member.absent_days(self.days);
        let absent = absent.filter(|d| holidays.on(*d).is_none()).count();
        let days = absent + self.days.iter().filter(free).count();
        let owed = member.owed_h * self.days.len() as f64 / self.all.max(1) as f64;
        let start = member.person.map_or(0.0, |p| p.account_h);
        start + worked_h + days as f64 * member.day_h - owed
    }

    /// Distance between the most and the least burdened, and the mean distance from the middle one.
    pub fn uneven(&self, burden: Burden, crew: &[Member<'_>], work: &[Vec<&Slot>]) -> (f64, f64) {
        let pairs = crew.iter().zip(work).filter(|(m, _)| m.counts());
        let mut values: Vec<f64> = pairs.map(|(m, w)| self.burden(burden, m, w)).collect();
        if values.len() < 2 {
            return (0.0, 0.0);
        }
        values.sort_by(f64::total_cmp);
        let middle = values[values.len() / 2];
        let away: f64 = values.iter().map(|v| (v - middle).abs()).sum();
        let people = values.len();
        (values[people - 1] - values[0], away / people as f64)
    }

    /// What working a slot costs in wishes: below zero where it is wanted.
    pub fn wish_cost(&self, member: &Member<'_>, slot: &Slot) -> f64 {
        let wishes = member.person.into_iter().flat_map(|p| &p.wishes);
        let cost = |w: &Wish| if w.wanted { -w.weight } else { w.weight };
        self.weigh.wish * wishes.filter(|w| about(w, slot)).map(cost).sum::<f64>()
    }

    /// What a hand-out to the people of a contract makes least, open shifts apart.
    #[cfg(test)]
    pub fn objective(&self, crew: &[Member<'_>], work: &[Vec<&Slot>]) -> f64 {
        let uneven = BURDENS.iter().map(|&b| {
            let (spread, away) = self.uneven(b, crew, work);
            b.weight(self.weigh) * (spread + away)
        });
        let wishes = crew.iter().zip(work);
        let wishes = wishes.flat_map(|(m, w)| w.iter().map(|s| self.wish_cost(m, s)));
        uneven.sum::<f64>() + wishes.sum::<f64>()
    }
}

/// Whether a wish is about a slot.
pub fn about(wish: &Wish, slot: &Slot) -> bool {
    wish.day.covers(slot.date) && wish.shift.is_none_or(|s| slot.shift == Some(s))
}

/// Weight of somebody's wishes that could be granted and that are: a wish counts once for each day on which there is a
/// shift it is about (a shift wanted on no day in particular: once for each day worked), unless the day is one of an absence.
pub fn wishes(
    scenario: &Scenario,
    member: &Member<'_>,
    slots: &[Slot],
    work: &[&Slot],
) -> (f64, f64) {
    use crate::scenario::model::WishDay;
    let (mut asked, mut granted) = (0.0, 0.0);
    for wish in member.person.into_iter().flat_map(|p| &p.wishes) {
        let could = |s: &&Slot| {
            s.contract == member.contract && about(wish, s) && member.cannot(scenario, s).is_none()
        };
        let mut days: Vec<Date> = if wish.wanted && wish.day == WishDay::Any {
            work.iter().map(|s| s.date).collect()
        } else {
            slots.iter().filter(could).map(|s| s.date).collect()
        };
        days.sort_unstable();
        days.dedup();
        let worked = |d: &&Date| work.iter().any(|s| s.date == **d && about(wish, s));
        let hits = days.iter().filter(worked).count();
        let kept = if wish.wanted { hits } else { days.len() - hits };
        asked += wish.weight * days.len() as f64;
        granted += wish.weight * kept as f64;
    }
    (asked, granted)
}
