//! Heads placed to the load, week by week.
//!
//! Each head is entitled to its contract's paid hours less leave, which is taken as single days spread evenly. For
//! every week the shifts these hours buy are chosen one at a time where the load, scaled to the hours there are, is
//! covered least; breaks go where it is covered most. `assign` then says who works them.

use super::assign::Staff;
use super::duties::dates;
use super::types::{Duty, Off, OffKind, Position};
use crate::scenario::model::{Contract, Scenario, ShiftTemplate, Team};
use crate::time::{self, Tick};
use jiff::civil::Date;

/// Safety staffing on top of the load, in square roots of it: what makes a peak deserve more than its share.
const SAFETY: f64 = 0.5;
/// Grid on which breaks and meetings are placed, minutes.
const GRID_MIN: u32 = 15;

/// A shift that somebody of a contract could work on a date.
struct Candidate {
    /// Day of the week's dates it starts on.
    day: usize,
    start: Tick,
    end: Tick,
    /// First planning interval and one past the last.
    cells: (usize, usize),
    template: usize,
    paid_h: f64,
}

/// Places a team's people to a load in erlangs per planning interval, or evenly over the open hours.
pub fn positions(scenario: &Scenario, team: &Team, load: Option<&[f64]>) -> Vec<Position> {
    let target = target(scenario, team, load);
    let mut staff = Staff::new(scenario, team);
    let mut cover = Cover {
        target: vec![0.0; target.len()],
        people: vec![0.0; target.len()],
    };
    let all: Vec<(Date, u32)> = dates(scenario, &team.clock).collect();
    for week in all.chunk_by(|a, b| a.1 == b.1) {
        let dates: Vec<Date> = week.iter().map(|d| d.0).collect();
        staff.entitle(scenario, team, &dates);
        place_week(scenario, team, &dates, &target, &mut cover, &mut staff);
    }
    add_planned(scenario, team, &mut staff.positions, &mut cover);
    staff.positions
}

/// People against what is wanted, per planning interval.
struct Cover {
    target: Vec<f64>,
    people: Vec<f64>,
}

impl Cover {
    fn missing(&self, from: usize, to: usize) -> f64 {
        let to = to.min(self.people.len());
        (from.min(to)..to)
            .map(|i| self.target[i] - self.people[i])
            .sum()
    }

    fn add(&mut self, from: usize, to: usize, people: f64) {
        let to = to.min(self.people.len());
        let from = from.min(to);
        self.people[from..to].iter_mut().for_each(|p| *p += people);
    }
}

/// What is wanted: the load with some safety, or the open hours of the channels served.
fn target(scenario: &Scenario, team: &Team, load: Option<&[f64]>) -> Vec<f64> {
    let wanted: Vec<f64> = load
        .unwrap_or_default()
        .iter()
        .map(|m| m + SAFETY * m.sqrt())
        .collect();
    if wanted.iter().any(|&w| w > 0.0) {
        wanted
    } else {
        open_cells(scenario, team)
    }
}

/// 1 in every planning interval in which a channel the team serves is open.
fn open_cells(scenario: &Scenario, team: &Team) -> Vec<f64> {
    let horizon = &scenario.horizon;
    let mut cells = vec![0.0; horizon.intervals()];
    for (c, channel) in scenario.channels.iter().enumerate() {
        let serves = team
            .skills
            .iter()
            .zip(&scenario.streams)
            .any(|(skill, s)| skill.is_some() && s.channel == c);
        if serves {
            let open = time::OpenHours::lay(
                &channel.open,
                horizon.zone(),
                &channel.holidays,
                horizon,
                horizon.length(),
            );
            for (i, cell) in cells.iter_mut().enumerate() {
                if open.is_open(i as Tick * horizon.interval()) {
                    *cell = 1.0;
                }
            }
        }
    }
    cells
}

fn place_week(
    scenario: &Scenario,
    team: &Team,
    dates: &[Date],
    wanted: &[f64],
    cover: &mut Cover,
    staff: &mut Staff,
) {
    let contracts: Vec<Option<usize>> = staff.contracts();
    let candidates: Vec<Vec<Candidate>> = contracts
        .iter()
        .map(|&c| candidates(scenario, team, dates, c))
        .collect();
    let mut budget: Vec<f64> = contracts.iter().map(|&c| staff.hours(c)).collect();
    let Some((first, last)) = window(&candidates) else {
        return;
    };
    let hours: f64 = budget.iter().sum();
    let per_cell = hours * 3600.0 / time::seconds(scenario.horizon.interval());
    let total: f64 = wanted[first.min(wanted.len())..last.min(wanted.len())]
        .iter()
        .sum();
    let scale = if total > 0.0 { per_cell / total } else { 0.0 };
    let cells = first..last.min(wanted.len());
    for (target, w) in cover.target[cells.clone()].iter_mut().zip(&wanted[cells]) {
        *target = w * scale;
    }
    let mut chosen: Vec<Vec<(usize, usize)>> = vec![Vec::new(); dates.len()];
    let mut people: Vec<Vec<u32>> = contracts
        .iter()
        .map(|&c| vec![staff.count(c); dates.len()])
        .collect();
    while let Some((group, pick)) = best(&candidates, &budget, &people, cover) {
        let shift = &candidates[group][pick];
        budget[group] -= shift.paid_h;
        people[group][shift.day] -= 1;
        cover.add(shift.cells.0, shift.cells.1, 1.0);
        chosen[shift.day].push((group, pick));
    }
    for day in &mut chosen {
        day.sort_by_key(|&(g, p)| (candidates[g][p].start, candidates[g][p].end, g));
        for &(group, pick) in day.iter() {
            let shift = &candidates[group][pick];
            let template = &scenario.shifts[shift.template];
            let placed = staff.assign(scenario, contracts[group], shift.start, shift.paid_h);
            if let Some(position) = placed {
                let offs = breaks(scenario, template, shift, cover);
                position.duties.push(Duty {
                    start: shift.start,
                    end: shift.end,
                    offs,
                });
            } else {
                cover.add(shift.cells.0, shift.cells.1, -1.0);
            }
        }
    }
}

/// First and last planning interval any candidate touches.
fn window(candidates: &[Vec<Candidate>]) -> Option<(usize, usize)> {
    let all = || candidates.iter().flatten();
    Some((
        all().map(|c| c.cells.0).min()?,
        all().map(|c| c.cells.1).max()?,
    ))
}

/// The affordable shift that covers most of what is missing per paid hour.
fn best(
    candidates: &[Vec<Candidate>],
    budget: &[f64],
    people: &[Vec<u32>],
    cover: &Cover,
) -> Option<(usize, usize)> {
    // Sums of what is missing up to each interval make every candidate one subtraction.
    let mut sums = Vec::with_capacity(cover.people.len() + 1);
    let (first, last) = window(candidates)?;
    let mut sum = 0.0;
    sums.push(0.0);
    for i in first..last {
        sum += if i < cover.people.len() {
            cover.target[i] - cover.people[i]
        } else {
            -cover.people.last().copied().unwrap_or(0.0)
        };
        sums.push(sum);
    }
    let mut top: Option<(f64, usize, usize)> = None;
    for (g, group) in candidates.iter().enumerate() {
        for (i, c) in group.iter().enumerate() {
            if c.paid_h > budget[g] + 1e-9 || people[g][c.day] == 0 {
                continue;
            }
            let gain = (sums[c.cells.1 - first] - sums[c.cells.0 - first]) / c.paid_h;
            if top.is_none_or(|t| gain > t.0 + 1e-12) {
                top = Some((gain, g, i));
            }
        }
    }
    top.map(|(_, g, i)| (g, i))
}

/// Every shift somebody of a contract could work on these dates.
fn candidates(
    scenario: &Scenario,
    team: &Team,
    dates: &[Date],
    contract: Option<usize>,
) -> Vec<Candidate> {
    let contract = contract.map(|c| &scenario.contracts[c]);
    let site = &scenario.sites[team.site];
    let step = scenario.horizon.interval();
    let mut out = Vec::new();
    for template in usable(scenario, team, contract) {
        let shift = &scenario.shifts[template];
        for (day, date) in dates.iter().enumerate().filter(|(_, d)| {
            site.holidays.on(**d).is_none() && works_on(scenario, team, shift, **d)
        }) {
            for (&start, &length) in shift
                .starts_min
                .iter()
                .flat_map(|s| shift.lengths_min.iter().map(move |l| (s, l)))
            {
                let at = |minute| {
                    time::instant(*date, minute, &team.clock)
                        .map(|t| scenario.horizon.tick_of_clamped(t))
                };
                let (Some(from), Some(to)) = (at(start), at(start + length)) else {
                    continue;
                };
                if from < to {
                    let cells = ((from / step) as usize, to.div_ceil(step) as usize);
                    out.push(Candidate {
                        day,
                        start: from,
                        end: to,
                        cells,
                        template,
                        paid_h: paid_hours(shift, length),
                    });
                }
            }
        }
    }
    out
}

/// Paid hours of a shift.
fn paid_hours(shift: &ShiftTemplate, length_min: u32) -> f64 {
    let unpaid: u32 = shift
        .breaks
        .iter()
        .filter(|b| !b.paid)
        .map(|b| b.length_min)
        .sum();
    f64::from(length_min.saturating_sub(unpaid)) / 60.0
}

/// The templates with which a contract's hours fit into its working days; all of them where none does.
fn usable(scenario: &Scenario, team: &Team, contract: Option<&Contract>) -> Vec<usize> {
    let fits = |&t: &usize| {
        let shift = &scenario.shifts[t];
        let longest = shift
            .lengths_min
            .iter()
            .map(|&l| paid_hours(shift, l))
            .fold(0.0, f64::max);
        contract.is_none_or(|c| {
            c.hours_per_week <= longest * (f64::from(c.rules.days_per_week) + 0.5)
                && longest * 3600.0 <= c.rules.day_max_s + 1.0
        })
    };
    let some: Vec<usize> = team.shifts.iter().copied().filter(fits).collect();
    if some.is_empty() {
        team.shifts.clone()
    } else {
        some
    }
}

/// Whether a template may start on a date: its own days, or else the open days of a channel the team serves.
fn works_on(scenario: &Scenario, team: &Team, shift: &ShiftTemplate, date: Date) -> bool {
    if !shift.days.is_empty() {
        return shift.days.contains(&date.weekday());
    }
    scenario.channels.iter().enumerate().any(|(c, channel)| {
        channel.open.of(date.weekday()).next().is_some()
            && team
                .skills
                .iter()
                .zip(&scenario.streams)
                .any(|(skill, s)| skill.is_some() && s.channel == c)
    })
}

/// Breaks inside their windows, where there are most people for what is wanted.
fn breaks(
    scenario: &Scenario,
    template: &ShiftTemplate,
    shift: &Candidate,
    cover: &mut Cover,
) -> Vec<Off> {
    let step = scenario.horizon.interval();
    let mut offs: Vec<Off> = Vec::new();
    for pause in &template.breaks {
        let length = Tick::from(pause.length_min) * time::MINUTE;
        let free_from = offs.last().map_or(0, |o| o.end);
        let spots = (pause.from_min..=pause.to_min)
            .step_by(GRID_MIN as usize)
            .map(|m| shift.start + Tick::from(m) * time::MINUTE);
        let spot = spots
            .filter(|&at| at >= free_from && at + length < shift.end)
            .min_by(|&a, &b| {
                let missing = |at: Tick| {
                    cover.missing((at / step) as usize, (at + length).div_ceil(step) as usize)
                };
                missing(a).total_cmp(&missing(b))
            });
        if let Some(at) = spot {
            let kind = if pause.paid {
                OffKind::PaidBreak
            } else {
                OffKind::UnpaidBreak
            };
            cover.add(
                (at / step) as usize,
                (at + length).div_ceil(step) as usize,
                -1.0,
            );
            offs.push(Off {
                start: at,
                end: at + length,
                kind,
            });
        }
    }
    offs
}

/// Meetings, training and other work: the planned share of each duty's paid time, in one block where it hurts least.
fn add_planned(scenario: &Scenario, team: &Team, positions: &mut [Position], cover: &mut Cover) {
    let s = &team.shrinkage;
    let share = (s.training + s.meetings + s.other_work) / (1.0 - s.leave - s.sick).max(1e-9);
    if share <= 0.0 {
        return;
    }
    let step = scenario.horizon.interval();
    let grid = Tick::from(GRID_MIN) * time::MINUTE;
    for duty in positions.iter_mut().flat_map(|p| &mut p.duties) {
        let unpaid: Tick = duty
            .offs
            .iter()
            .filter(|o| o.kind == OffKind::UnpaidBreak)
            .map(|o| o.end - o.start)
            .sum();
        let length = ((duty.end - duty.start - unpaid) as f64 * share).round() as Tick;
        let spots = (duty.start..duty.end.saturating_sub(length)).step_by(grid as usize);
        let free = |at: &Tick| {
            duty.offs
                .iter()
                .all(|o| at + length <= o.start || *at >= o.end)
        };
        let missing =
            |at: Tick| cover.missing((at / step) as usize, (at + length).div_ceil(step) as usize);
        if let Some(at) = spots
            .filter(free)
            .min_by(|&a, &b| missing(a).total_cmp(&missing(b)))
        {
            cover.add(
                (at / step) as usize,
                (at + length).div_ceil(step) as usize,
                -1.0,
            );
            duty.offs.push(Off {
                start: at,
                end: at + length,
                kind: OffKind::Planned,
            });
            duty.offs.sort_by_key(|o| o.start);
        }
    }
}
