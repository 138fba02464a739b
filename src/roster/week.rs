//! The shifts a team may work in one week, laid out in ticks.

use super::calendar::{Span, lay, works_on};
use crate::scenario::model::{Contract, Scenario, ShiftTemplate, Team};
use crate::time::{Tick, seconds};
use jiff::civil::Date;

/// A start and a length of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Template (index into the scenario's).
    pub template: usize,
    /// Minutes after local midnight.
    pub start_min: u32,
    /// Minutes by the clock.
    pub length_min: u32,
}

/// Every slot of a team's templates, in the order of its templates, starts and lengths.
pub fn slots(scenario: &Scenario, team: &Team) -> Vec<Slot> {
    let mut out = Vec::new();
    for &template in &team.shifts {
        let shift = &scenario.shifts[template];
        for &start_min in &shift.starts_min {
            out.extend(shift.lengths_min.iter().map(|&length_min| Slot {
                template,
                start_min,
                length_min,
            }));
        }
    }
    out
}

/// Paid hours of a template's shift of a length in minutes.
#[must_use]
pub fn paid_hours(shift: &ShiftTemplate, length_min: u32) -> f64 {
    let unpaid = break_minutes(shift, |paid| !paid);
    f64::from(length_min.saturating_sub(unpaid)) / 60.0
}

/// Hours of a template's shift of a length that are not breaks.
#[must_use]
pub fn working_hours(shift: &ShiftTemplate, length_min: u32) -> f64 {
    f64::from(length_min.saturating_sub(break_minutes(shift, |_| true))) / 60.0
}

fn break_minutes(shift: &ShiftTemplate, which: impl Fn(bool) -> bool) -> u32 {
    let breaks = shift.breaks.iter().filter(|b| which(b.paid));
    breaks.map(|b| b.length_min).sum()
}

/// One week's dates and what may be worked on them.
pub struct Week {
    /// The dates, at most eight: the first week has the day before the horizon, too.
    pub dates: Vec<Date>,
    /// `[slot][day]`: where the slot lies, `None` where it may not be worked.
    pub spans: Vec<Vec<Option<Span>>>,
    /// First and last tick anything touches.
    pub window: (Tick, Tick),
}

impl Week {
    /// Lays every slot on every date.
    pub fn new(scenario: &Scenario, team: &Team, slots: &[Slot], dates: Vec<Date>) -> Self {
        let on = |slot: &Slot, date: Date| {
            let shift = &scenario.shifts[slot.template];
            works_on(scenario, team, shift, date)
                .then(|| lay(scenario, &team.clock, date, slot.start_min, slot.length_min))
                .flatten()
        };
        let spans: Vec<Vec<Option<Span>>> = slots
            .iter()
            .map(|slot| dates.iter().map(|&date| on(slot, date)).collect())
            .collect();
        let all = || spans.iter().flatten().flatten();
        let window = (
            all().map(|s| s.start).min().unwrap_or(0),
            all().map(|s| s.end).max().unwrap_or(0),
        );
        Self {
            dates,
            spans,
            window,
        }
    }
}

/// The slots that the rules of a contract allow: inside the daily maximum.
pub fn legal_slots(scenario: &Scenario, contract: Option<&Contract>, slots: &[Slot]) -> Vec<usize> {
    let legal = |&i: &usize| {
        contract.is_none_or(|c| {
            let slot = &slots[i];
            let shift = &scenario.shifts[slot.template];
            working_hours(shift, slot.length_min) * 3600.0 <= c.rules.day_max_s + 1.0
        })
    };
    (0..slots.len()).filter(legal).collect()
}

/// The slots somebody of a contract may work all week: legal ones, long enough that the working days of a week hold the
/// contract's hours. Where none is long enough, the longest are left.
pub fn usable_slots(
    scenario: &Scenario,
    contract: Option<&Contract>,
    slots: &[Slot],
) -> Vec<usize> {
    let paid = |i: usize| paid_hours(&scenario.shifts[slots[i].template], slots[i].length_min);
    let legal = legal_slots(scenario, contract, slots);
    let Some(contract) = contract else {
        return legal;
    };
    let days = f64::from(contract.rules.days_per_week.min(7));
    let longest = legal.iter().map(|&i| paid(i)).fold(0.0, f64::max);
    let least = (contract.hours_per_week / days).min(longest);
    legal
        .into_iter()
        .filter(|&i| paid(i) >= least - 1e-9)
        .collect()
}

/// The templates of which somebody of a contract may work a start and a length.
#[must_use]
pub fn usable(scenario: &Scenario, team: &Team, contract: Option<&Contract>) -> Vec<usize> {
    let slots = slots(scenario, team);
    let mut templates: Vec<usize> = legal_slots(scenario, contract, &slots)
        .into_iter()
        .map(|i| slots[i].template)
        .collect();
    templates.dedup();
    templates
}

/// Paid hours of a slot as laid: the part before the horizon is not counted.
pub fn paid_of(scenario: &Scenario, slot: &Slot, span: &Span) -> f64 {
    let shift = &scenario.shifts[slot.template];
    let unpaid = f64::from(break_minutes(shift, |paid| !paid)) / 60.0;
    let elapsed = seconds(span.end - span.start) / 3600.0;
    let whole = elapsed + seconds(span.cut) / 3600.0;
    ((whole - unpaid) * elapsed / whole).max(0.0)
}
