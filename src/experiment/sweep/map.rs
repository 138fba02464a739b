//! Which contender wins each cell of two dimensions, how sure, and where the borders run.
//!
//! A contender is a scenario, or a level of the dimension `between` (of every scenario, where there are several). In each
//! cell it takes the levels of `choose` at which it keeps the promised quality at least cost. Among the contenders of a
//! cell that more likely than not keep every promise that counts, the one with the least value of `least` wins: that one
//! which costs twice as much is quite certain to keep them does not make it the better choice. Where there is none, those
//! that may keep them contend; where all break one, nobody wins.
//!
//! *How sure* is a lower bound (Bonferroni) of the probability that the winner is the right choice: 1 less the probabilities
//! that it breaks a promise and that another contender keeps its own and is better. Runs of one cell met the same
//! customers, so differences are paired.
//!
//! A border lies between two neighbouring cells with different winners. Where both keep their promises in both cells, the
//! place where their values cross is interpolated (on a logarithmic scale between positive levels). How far that
//! hangs on judgements is in [`Shift`].

use super::judgement::Judgement;
use super::layout::Layout;
use super::merge::Merged;
use super::record::Record;
use super::row::{KEPT_CHANCE, PROMISE_KEPT, Row};
use super::sensitivity::Shift;
use crate::experiment::{Standing, chance_of_best};
use crate::stats::Better;
use std::io;

/// One side of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// The dimension.
    pub name: String,
    /// Unit of its numbers, where all levels have one of the same unit.
    pub unit: Option<String>,
    /// Its levels, in the order of the sweep file.
    pub levels: Vec<AxisLevel>,
}

/// A level of an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct AxisLevel {
    /// As the sweep file says it.
    pub label: String,
    /// Its number.
    pub number: Option<f64>,
}

/// A contender in a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Value, lower and upper limit of the metric.
    pub value: [f64; 3],
    /// How it stands with its promises.
    pub standing: Standing,
    /// The levels it chose, as `name level`.
    pub chosen: Vec<String>,
    /// People on the payroll, all teams together.
    pub heads: f64,
    /// The probability that each promise is kept.
    chances: Vec<f64>,
    series: Option<Vec<f64>>,
}

impl Entry {
    /// An entry with a value that says nothing of its replications.
    #[must_use]
    pub fn of(value: [f64; 3], standing: Standing) -> Self {
        Self {
            value,
            standing,
            chosen: Vec::new(),
            heads: 0.0,
            chances: Vec::new(),
            series: None,
        }
    }

    /// Whether it keeps every promise that counts: more likely than not, perhaps, or surely not.
    fn class(&self) -> Class {
        match self.standing {
            Standing::Misses => Class::Fails,
            Standing::Open if self.chances.iter().any(|&chance| chance < 0.5) => Class::May,
            Standing::Open | Standing::Keeps => Class::Likely,
        }
    }
}

/// How far an entry may contend, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Likely,
    May,
    Fails,
}

/// Who won a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Victory {
    /// The contender.
    pub contender: usize,
    /// At least how probable it is that this is the right choice.
    pub sure: f64,
    /// The next best that keeps or may keep the promises, and by how much it is worse, as a share of the winner's value.
    pub next: Option<(usize, f64)>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Per contender; `None` where it could not be played, or no heads keep its promises.
    pub entries: Vec<Option<Entry>>,
    /// The winner; `None` where no contender may keep the promises.
    pub victory: Option<Victory>,
}

/// A border between two neighbouring cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Border {
    /// Whether it is crossed by going across; else by going up.
    pub across: bool,
    /// Level of the axis along which it is crossed, before the border.
    pub from: usize,
    /// Level of the other axis.
    pub at: usize,
    /// Winner before; `None` where nobody keeps the promises.
    pub before: Option<usize>,
    /// Winner behind.
    pub behind: Option<usize>,
    /// Number of the axis at which both cost the same, where it can be told.
    pub crossing: Option<f64>,
    /// Per judgement of the map: where it lies once that is moved. Empty where nobody wins on one side.
    pub shifts: Vec<Shift>,
}

/// A crossover map.
#[derive(Debug, Clone, PartialEq)]
pub struct CrossoverMap {
    /// Title of the sweep.
    pub title: String,
    /// Along the bottom.
    pub across: Axis,
    /// Up the side.
    pub up: Axis,
    /// Names of the contenders.
    pub contenders: Vec<String>,
    /// Key of the metric that is least.
    pub least: String,
    /// Currency of amounts.
    pub currency: String,
    /// Whether heads were found for every run rather than taken as written.
    pub staffed: bool,
    /// Promises that count; empty: all.
    pub promises: Vec<String>,
    /// `[up][across]`.
    pub cells: Vec<Vec<Cell>>,
    /// All borders.
    pub borders: Vec<Border>,
    /// Judgements that were moved to see how far the borders follow.
    pub judgements: Vec<Judgement>,
}

impl CrossoverMap {
    /// Reads the map off the results of a sweep; `None` where its file asks for none.
    ///
    /// # Errors
    /// When results cannot be read.
    pub fn new(merged: &Merged) -> io::Result<Option<Self>> {
        let header = &merged.manifest.header;
        let Some(view) = &header.views.map else {
            return Ok(None);
        };
        let Some(layout) = Layout::of(header) else {
            return Ok(None);
        };
        let levels = |d: usize| header.dimensions[d].levels.len();
        let mut map = Self {
            title: header.title.clone(),
            across: axis(merged, layout.across),
            up: axis(merged, layout.up),
            contenders: contenders(merged, layout.between),
            least: view.least.clone(),
            currency: header
                .scenarios
                .first()
                .map_or_else(String::new, |s| s.currency.clone()),
            staffed: header.protocol.staff.is_some(),
            promises: header.protocol.promises.clone(),
            cells: Vec::new(),
            borders: Vec::new(),
            judgements: Vec::new(),
        };
        let empty = Cell {
            entries: vec![None; map.contenders.len()],
            victory: None,
        };
        map.cells = vec![vec![empty; levels(layout.across)]; levels(layout.up)];
        for pair in merged.records() {
            let (run, record) = pair?;
            let Some((x, y, contender)) = layout.place(run) else {
                continue;
            };
            let chosen = layout.choose.iter().filter_map(|&d| {
                let level = merged.manifest.level(run, d)?;
                Some(format!("{} {}", header.dimensions[d].name, level.label))
            });
            let entry = entry(&record, &map.least, &map.promises, chosen.collect());
            let slot = &mut map.cells[y][x].entries[contender];
            if entry
                .as_ref()
                .is_some_and(|e| slot.as_ref().is_none_or(|s| better(e, s)))
            {
                *slot = entry;
            }
        }
        for cell in map.cells.iter_mut().flatten() {
            cell.victory = victory(&cell.entries);
        }
        map.borders = borders(&map);
        Ok(Some(map))
    }
}

fn axis(merged: &Merged, dimension: usize) -> Axis {
    let dimension = &merged.manifest.header.dimensions[dimension];
    let level = |l: &super::manifest::PlannedLevel| AxisLevel {
        label: l.label.clone(),
        number: l.number,
    };
    Axis {
        name: dimension.name.clone(),
        unit: dimension.unit.clone(),
        levels: dimension.levels.iter().map(level).collect(),
    }
}

fn contenders(merged: &Merged, between: Option<usize>) -> Vec<String> {
    let header = &merged.manifest.header;
    let scenarios = header.scenarios.iter().map(|s| s.name.clone());
    let Some(between) = between else {
        return scenarios.collect();
    };
    let labels = || {
        header.dimensions[between]
            .levels
            .iter()
            .map(|l| l.label.clone())
    };
    if header.scenarios.len() == 1 {
        return labels().collect();
    }
    scenarios
        .flat_map(|s| labels().map(move |l| format!("{s}, {l}")))
        .collect()
}

/// What a run says of its contender; `None` where it could not be played.
pub fn entry(
    record: &Record,
    metric: &str,
    promises: &[String],
    chosen: Vec<String>,
) -> Option<Entry> {
    let of = |set: &'static str| record.rows.iter().filter(move |r| r.set == set);
    // A promise about contacts that never came is neither kept nor broken.
    let counts = |row: &&Row| {
        let named = promises.is_empty() || promises.contains(&row.name);
        named && row.estimate(PROMISE_KEPT).is_some()
    };
    let promised: Vec<&Row> = of("promise").filter(counts).collect();
    let some = |verdict: &str| {
        promised
            .iter()
            .any(|r| r.verdict.as_deref() == Some(verdict))
    };
    let standing = if some("missed") {
        Standing::Misses
    } else if some("undecided") {
        Standing::Open
    } else {
        Standing::Keeps
    };
    Some(Entry {
        value: of("overall").next()?.estimate(metric)?,
        standing,
        chosen,
        heads: of("team").filter_map(|r| r.plain("heads")).sum(),
        chances: promised
            .iter()
            .map(|r| r.plain(KEPT_CHANCE).unwrap_or(0.5))
            .collect(),
        series: record.series(metric),
    })
}

/// Whether a contender would rather choose `a` than `b`.
pub fn better(a: &Entry, b: &Entry) -> bool {
    (a.class(), a.value[0]) < (b.class(), b.value[0])
}

pub fn victory(entries: &[Option<Entry>]) -> Option<Victory> {
    // A contender that misses a promise does not contend; one that may keep them contends with those that do.
    let contend: Vec<(usize, &Entry)> = entries
        .iter()
        .enumerate()
        .filter_map(|(i, e)| Some((i, e.as_ref().filter(|e| e.standing != Standing::Misses)?)))
        .collect();
    let class = contend.iter().map(|(_, e)| e.class()).min()?;
    let value = |place: usize| contend[place].1.value[0];
    let least = |places: &mut dyn Iterator<Item = usize>| {
        places.min_by(|&a, &b| value(a).total_cmp(&value(b)))
    };
    let best = least(&mut (0..contend.len()).filter(|&p| contend[p].1.class() == class))?;
    let next = least(&mut (0..contend.len()).filter(|&p| p != best));
    // Values are paired replication by replication; where one stopped early, as far as both went.
    let played = contend
        .iter()
        .filter_map(|(_, e)| e.series.as_ref().map(Vec::len))
        .min();
    let series: Vec<Option<Vec<f64>>> = contend
        .iter()
        .map(|(_, e)| Some(e.series.as_ref()?[..played?].to_vec()))
        .collect();
    let chances: Vec<Vec<f64>> = contend.iter().map(|(_, e)| e.chances.clone()).collect();
    Some(Victory {
        contender: contend[best].0,
        sure: chance_of_best(best, Some(&chances), Better::Lower, &series),
        next: next.map(|p| (contend[p].0, value(p) / value(best) - 1.0)),
    })
}

fn borders(map: &CrossoverMap) -> Vec<Border> {
    let (width, height) = (map.across.levels.len(), map.up.levels.len());
    let winner = |y: usize, x: usize| map.cells[y][x].victory.map(|v| v.contender);
    let mut out = Vec::new();
    for y in 0..height {
        for x in 0..width {
            for across in [true, false] {
                let (y2, x2) = if across { (y, x + 1) } else { (y + 1, x) };
                if y2 >= height || x2 >= width {
                    continue;
                }
                let (before, behind) = (winner(y, x), winner(y2, x2));
                if before == behind {
                    continue;
                }
                let (axis, from, at) = if across {
                    (&map.across, x, y)
                } else {
                    (&map.up, y, x)
                };
                out.push(Border {
                    across,
                    from,
                    at,
                    before,
                    behind,
                    crossing: crossing(
                        axis,
                        from,
                        [&map.cells[y][x], &map.cells[y2][x2]],
                        before,
                        behind,
                    ),
                    shifts: Vec::new(),
                });
            }
        }
    }
    out
}

/// Where the values of two winners cross between a level of an axis and the next.
pub fn crossing(
    axis: &Axis,
    from: usize,
    cells: [&Cell; 2],
    before: Option<usize>,
    behind: Option<usize>,
) -> Option<f64> {
    let (before, behind) = (before?, behind?);
    // How much dearer the later winner is than the earlier one; only where both may keep their promises.
    let dearer = |cell: &Cell| {
        let value = |i: usize| {
            let entry = cell.entries[i].as_ref()?;
            (entry.standing != Standing::Misses).then_some(entry.value[0])
        };
        Some(value(behind)? - value(before)?)
    };
    let (first, second) = (dearer(cells[0])?, dearer(cells[1])?);
    let part = first / (first - second);
    let number = |level: usize| axis.levels.get(level)?.number;
    let (a, b) = (number(from)?, number(from + 1)?);
    if !(0.0..=1.0).contains(&part) {
        return None;
    }
    if a > 0.0 && b > 0.0 {
        return Some(a * libm::pow(b / a, part));
    }
    Some(a + part * (b - a))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(value: f64, standing: Standing, chance: f64) -> Option<Entry> {
        let wobble = [0.01, -0.01, 0.02, -0.02, 0.0, 0.0];
        Some(Entry {
            value: [value, value - 0.02, value + 0.02],
            standing,
            chosen: Vec::new(),
            heads: 1.0,
            chances: vec![chance],
            series: Some(wobble.iter().map(|w| value + w * value).collect()),
        })
    }

    #[test]
    fn the_cheapest_that_keeps_its_promises_wins() {
        let cheap = entry(1.0, Standing::Misses, 0.0);
        let fair = entry(2.0, Standing::Keeps, 0.99);
        let dear = entry(3.0, Standing::Keeps, 1.0);
        let won = victory(&[cheap.clone(), fair.clone(), dear.clone()]);
        assert_eq!(won.map(|v| v.contender), Some(1));
        assert_eq!(won.and_then(|v| v.next), Some((2, 0.5)));
        assert!(won.is_some_and(|v| (0.985..0.991).contains(&v.sure)));
        assert_eq!(victory(&[cheap, None]), None);
        // One that may keep them and is cheaper is a doubt, as far as it may.
        let open = entry(1.5, Standing::Open, 0.4);
        let won = victory(&[open.clone(), dear]);
        assert_eq!(won.map(|v| v.contender), Some(1));
        assert!(won.is_some_and(|v| (0.59..0.61).contains(&v.sure)));
        assert_eq!(victory(&[open, None]).map(|v| v.contender), Some(0));
        // One that probably keeps them wins if it is cheaper than one that certainly does.
        let likely = entry(1.5, Standing::Open, 0.8);
        let won = victory(&[likely, entry(3.0, Standing::Keeps, 1.0)]);
        assert_eq!(won.map(|v| v.contender), Some(0));
        assert!(won.is_some_and(|v| (0.79..0.81).contains(&v.sure)));
    }

    #[test]
    fn borders_run_where_values_cross() {
        let level = |n: f64| AxisLevel {
            label: n.to_string(),
            number: Some(n),
        };
        let axis = Axis {
            name: "volume".into(),
            unit: None,
            levels: vec![level(100.0), level(400.0)],
        };
        let cell = |a: f64, b: f64| {
            let entries = vec![
                entry(a, Standing::Keeps, 1.0),
                entry(b, Standing::Keeps, 1.0),
            ];
            Cell {
                victory: victory(&entries),
                entries,
            }
        };
        let (first, second) = (cell(1.0, 2.0), cell(2.0, 1.0));
        let at = crossing(&axis, 0, [&first, &second], Some(0), Some(1));
        assert!(at.is_some_and(|x| (x - 200.0).abs() < 1e-9), "{at:?}");
        let misses = Cell {
            entries: vec![
                entry(1.0, Standing::Misses, 0.0),
                entry(1.0, Standing::Keeps, 1.0),
            ],
            victory: None,
        };
        assert_eq!(
            crossing(&axis, 0, [&first, &misses], Some(0), Some(1)),
            None
        );
    }
}
