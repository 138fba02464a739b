//! The planning grid: weeks of the horizon that are alike are planned once.

use crate::roster::load::Load;
use crate::scenario::model::Scenario;
use crate::time::{self, MINUTE, Tick};
use jiff::civil::Date;

/// Weeks whose load differs by less than this share of it are planned together.
const ALIKE: f64 = 0.03;
/// Planning cells are at least this long, so that models stay small; shifts start on the half-hour in practice.
const CELL: Tick = 30 * MINUTE;

/// Cells of time that plans are made on.
#[derive(Debug, Clone)]
pub struct Grid {
    /// Length of a cell.
    pub step: Tick,
    /// Distinct weeks.
    pub patterns: Vec<Pattern>,
    /// First tick of every week of the horizon.
    pub starts: Vec<Tick>,
    /// Length of the horizon in weeks as contracts count them, by the calendar.
    pub weeks: f64,
    length: Tick,
}

/// A week that stands for all weeks like it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// The weeks of the horizon it stands for, from 0.
    pub weeks: Vec<usize>,
    /// The first of its cells among all cells.
    pub first: usize,
    /// Number of its cells.
    pub cells: usize,
}

impl Pattern {
    /// The week that stands for the others: one in the middle, away from the horizon's edges.
    #[must_use]
    pub fn example(&self) -> usize {
        self.weeks[self.weeks.len() / 2]
    }
}

impl Grid {
    /// Cells of a day.
    #[must_use]
    pub fn per_day(&self) -> usize {
        (time::DAY / self.step).max(1) as usize
    }

    /// Groups the horizon's weeks by load and calendar.
    #[must_use]
    pub fn new(scenario: &Scenario, load: &Load) -> Self {
        let horizon = &scenario.horizon;
        let interval = horizon.interval();
        let step = if CELL.is_multiple_of(interval) {
            CELL
        } else {
            interval
        };
        let starts = time::weeks(horizon, horizon.zone()).starts;
        let mut grid = Self {
            step,
            patterns: Vec::new(),
            weeks: horizon.weeks(),
            length: horizon.length(),
            starts,
        };
        let mut known: Vec<(Vec<f64>, Vec<String>)> = Vec::new();
        for week in 0..grid.starts.len() {
            let shape = grid.shape(scenario, load, week);
            let calendar = calendar(scenario, week);
            let like = known
                .iter()
                .position(|(s, c)| *c == calendar && alike(s, &shape));
            match like {
                Some(at) => grid.patterns[at].weeks.push(week),
                None => {
                    let first = grid.cells();
                    let cells = grid.week_length(week).div_ceil(step) as usize;
                    known.push((shape, calendar));
                    grid.patterns.push(Pattern {
                        weeks: vec![week],
                        first,
                        cells,
                    });
                }
            }
        }
        grid
    }

    /// Number of cells of all patterns.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.patterns.last().map_or(0, |p| p.first + p.cells)
    }

    /// Length of a cell in seconds.
    #[must_use]
    pub fn step_s(&self) -> f64 {
        time::seconds(self.step)
    }

    /// How many weeks of the horizon a cell stands for.
    #[must_use]
    pub fn weight(&self, cell: usize) -> f64 {
        self.patterns[self.pattern_of(cell)].weeks.len() as f64
    }

    /// The pattern a cell belongs to.
    #[must_use]
    pub fn pattern_of(&self, cell: usize) -> usize {
        self.patterns.partition_point(|p| p.first <= cell) - 1
    }

    /// The cell of a tick of the horizon.
    #[must_use]
    pub fn cell_of(&self, tick: Tick) -> usize {
        let week = self.starts.partition_point(|&s| s <= tick) - 1;
        let inside = ((tick - self.starts[week]) / self.step) as usize;
        // Every week of the horizon was put into a pattern.
        let pattern = &self.patterns[self.pattern_of_week(week).unwrap_or(0)];
        pattern.first + inside.min(pattern.cells - 1)
    }

    /// The pattern (index) of a week of the horizon; `None` beyond it.
    #[must_use]
    pub fn pattern_of_week(&self, week: usize) -> Option<usize> {
        self.patterns.iter().position(|p| p.weeks.contains(&week))
    }

    /// Ticks of a week inside the horizon.
    #[must_use]
    pub fn week_length(&self, week: usize) -> Tick {
        let end = self.starts.get(week + 1).copied().unwrap_or(self.length);
        end - self.starts[week]
    }

    /// Amounts per planning interval of the horizon as mean amounts per cell of a week.
    #[must_use]
    pub fn mean(&self, interval: Tick, amounts: &[f64]) -> Vec<f64> {
        let mut out = vec![0.0; self.cells()];
        for (i, &amount) in amounts.iter().enumerate() {
            let cell = self.cell_of(i as Tick * interval);
            out[cell] += amount / self.weight(cell);
        }
        out
    }

    /// The load of a week in agent-seconds per cell, over everything.
    fn shape(&self, scenario: &Scenario, load: &Load, week: usize) -> Vec<f64> {
        let interval = scenario.horizon.interval();
        let (from, to) = (
            self.starts[week],
            self.starts[week] + self.week_length(week),
        );
        let mut shape = vec![0.0; (to - from).div_ceil(self.step) as usize];
        for (s, contacts) in load.contacts.iter().enumerate() {
            let work: f64 = scenario.streams[s]
                .work
                .iter()
                .map(|w| w.handle.mean())
                .sum();
            for (i, n) in contacts.iter().enumerate() {
                let tick = i as Tick * interval;
                if (from..to).contains(&tick) {
                    shape[((tick - from) / self.step) as usize] += n * work;
                }
            }
        }
        shape
    }
}

/// What the calendar says of a week: distances between the zones in use, holidays, contracts and channels whose hours
/// differ by dates.
fn calendar(scenario: &Scenario, week: usize) -> Vec<String> {
    let mut out = Vec::new();
    for team in &scenario.teams {
        let days: Vec<Date> = crate::roster::dates(scenario, &team.clock)
            .map(|d| d.0)
            .skip(week * 7)
            .take(7)
            .collect();
        for date in days {
            let midnight = time::instant(date, 0, &team.clock);
            let home = time::instant(date, 0, scenario.horizon.zone());
            let apart = midnight
                .zip(home)
                .map_or(0, |(a, b)| a.as_second() - b.as_second());
            let free = scenario.sites[team.site].holidays.on(date).is_some();
            out.push(format!("{apart} {free}"));
        }
    }
    let zone = scenario.horizon.zone();
    let days = crate::roster::dates(scenario, zone).skip(week * 7).take(7);
    let monday = days.map(|d| d.0).next();
    for contract in scenario.contracts.iter().filter(|c| !c.hours_in.is_empty()) {
        out.extend(monday.map(|day| format!("{} {}", contract.name, contract.hours_on(day))));
    }
    for c in (0..scenario.channels.len()).filter(|&c| !scenario.keeps_hours(c)) {
        let days = crate::roster::dates(scenario, zone).skip(week * 7).take(7);
        out.extend(days.map(|(day, _)| scenario.channel_on(c, day).open.to_string()));
    }
    out
}

/// Whether two weeks are as good as the same.
fn alike(a: &[f64], b: &[f64]) -> bool {
    let apart: f64 = a.iter().zip(b).map(|(x, y)| (x - y).abs()).sum();
    a.len() == b.len() && apart <= ALIKE * a.iter().sum::<f64>().max(1e-9)
}
