//! How far judgements move the crossovers of a map.
//!
//! A crossover is where one contender gives way to another, between two neighbouring cells. For each, both contenders are
//! played again in both cells with every [`Judgement`] moved, by the sweep's own protocol and on the same customers, heads
//! found anew where the sweep finds them. Where the values cross then says how far the crossover hangs on a judgement.
//!
//! 1. [`Sensitivity::plan`] lists these runs as a manifest of their own, once all others are finished.
//! 2. They are played like any other ([`run_share`](super::run_share)) and kept beside them.
//! 3. [`Sensitivity::read`] writes the shifts onto the map's borders.

use super::identity::Identity;
use super::judgement::{self, Judgement};
use super::layout::Layout;
use super::manifest::{Manifest, PlannedDimension, PlannedLevel, Run, last_of_each};
use super::map::{Border, Cell, CrossoverMap, Entry, better, crossing, entry, victory};
use super::merge::Merged;
use super::play::Changed;
use crate::scenario::{load_checked, load_with};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// Where a crossover lies once a judgement is moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shift {
    /// Between the same two levels, at this number of the axis.
    At(f64),
    /// Between the same two levels.
    Stays,
    /// Before both: the later winner wins in both cells.
    Before,
    /// Behind both: the earlier winner wins in both cells.
    Behind,
    /// The winners have changed places.
    Reversed,
    /// It cannot be told: neither may keep the promises in some cell, or a run cannot be played.
    Untold,
}

/// The runs that say how far judgements move a map's crossovers.
#[derive(Debug, Clone)]
pub struct Sensitivity {
    /// The runs, with the judgement that is moved as their last dimension.
    pub manifest: Manifest,
    judgements: Vec<Judgement>,
    /// Per run: which judgement is moved in it.
    moved: Vec<usize>,
}

/// A cell and a contender in it.
type Place = (usize, usize, usize);

impl Sensitivity {
    /// The runs for a map's crossovers; `None` where it has none.
    ///
    /// A run whose scenario is wrong once a judgement is moved (say, as no time is left on queue) is left out.
    ///
    /// # Errors
    /// When a scenario changed since the sweep was planned.
    pub fn plan(
        merged: &Merged,
        map: &CrossoverMap,
        folder: &Path,
    ) -> Result<Option<Self>, Changed> {
        let (manifest, header) = (&merged.manifest, &merged.manifest.header);
        let Some(layout) = Layout::of(header) else {
            return Ok(None);
        };
        let wanted: BTreeSet<Place> = map.borders.iter().flat_map(places).collect();
        let place = |run: &Run| layout.place(run);
        let runs = manifest.runs.iter();
        let runs: Vec<&Run> = runs
            .filter(|run| place(run).is_some_and(|p| wanted.contains(&p)))
            .collect();
        if runs.is_empty() {
            return Ok(None);
        }
        let file = |run: &Run| folder.join(&header.scenarios[run.scenario].file);
        let identity = |hash: &str| Identity::of(hash, &header.protocol, &header.version);
        let documents = runs.par_iter().map(|run| {
            load_checked(&file(run), &manifest.settings(run))
                .ok()
                .filter(|l| identity(&l.scenario.origin.hash) == run.id)
                .map(|l| l.document)
                .ok_or_else(|| Changed {
                    run: manifest.describe(run),
                    sweep: folder.join(&header.sweep),
                    folder: folder.to_path_buf(),
                })
        });
        let documents = documents.collect::<Result<Vec<_>, _>>()?;
        let judgements = judgement::over(documents.iter());
        let pairs: Vec<(usize, usize)> = (0..runs.len())
            .flat_map(|r| (0..judgements.len()).map(move |j| (r, j)))
            .collect();
        let named = pairs.par_iter().map(|&(r, j)| {
            let moved = judgements[j].settings(&documents[r]);
            let settings = manifest.settings(runs[r]).into_iter();
            let settings = last_of_each(settings.chain(moved.clone()));
            let scenario = load_with(&file(runs[r]), &settings).ok()?;
            Some((identity(&scenario.origin.hash), moved))
        });
        let named: Vec<_> = named.collect();
        let mut header = header.clone();
        let mut levels = Vec::new();
        let (mut list, mut moved) = (Vec::new(), Vec::new());
        for (&(r, j), named) in pairs.iter().zip(named) {
            let Some((id, settings)) = named else {
                continue;
            };
            let run = runs[r];
            let mut by_scenario = vec![Vec::new(); header.scenarios.len()];
            by_scenario[run.scenario] = settings;
            let mut at = run.levels.to_vec();
            at.push(Some(levels.len() as u32));
            levels.push(PlannedLevel {
                label: format!("{:?} {:?}", judgements[j].what, judgements[j].moved),
                number: None,
                settings: by_scenario,
            });
            list.push(Run {
                id,
                scenario: run.scenario,
                levels: at.into_boxed_slice(),
            });
            moved.push(j);
        }
        header.dimensions.push(PlannedDimension {
            name: "judgement".into(),
            unit: None,
            levels,
        });
        header.runs = list.len();
        Ok(Some(Self {
            manifest: Manifest { header, runs: list },
            judgements,
            moved,
        }))
    }

    /// Writes onto a map how far its crossovers move; `merged` holds the results of [`Sensitivity::manifest`].
    ///
    /// # Errors
    /// When results cannot be read.
    pub fn read(&self, merged: &Merged, map: &mut CrossoverMap) -> io::Result<()> {
        let Some(layout) = Layout::of(&merged.manifest.header) else {
            return Ok(());
        };
        let mut entries: BTreeMap<(usize, Place), Entry> = BTreeMap::new();
        for (pair, &judgement) in merged.records().zip(&self.moved) {
            let (run, record) = pair?;
            let Some(place) = layout.place(run) else {
                continue;
            };
            let Some(entry) = entry(&record, &map.least, &map.promises, Vec::new()) else {
                continue;
            };
            let known = entries.get(&(judgement, place));
            if known.is_none_or(|known| better(&entry, known)) {
                entries.insert((judgement, place), entry);
            }
        }
        let shifts = map.borders.iter().map(|border| {
            let places = places(border);
            let shift = |judgement| {
                let entry = |p: &Place| entries.get(&(judgement, *p)).cloned();
                shift(map, border, places.iter().map(entry).collect())
            };
            if places.is_empty() {
                Vec::new()
            } else {
                (0..self.judgements.len()).map(shift).collect()
            }
        });
        let shifts: Vec<Vec<Shift>> = shifts.collect();
        for (border, shifts) in map.borders.iter_mut().zip(shifts) {
            border.shifts = shifts;
        }
        map.judgements.clone_from(&self.judgements);
        Ok(())
    }
}

/// Both contenders of a crossover in both cells: those before it, then those behind. None where nobody wins on one side.
fn places(border: &Border) -> Vec<Place> {
    let (Some(before), Some(behind)) = (border.before, border.behind) else {
        return Vec::new();
    };
    let cells = match border.across {
        true => [(border.from, border.at), (border.from + 1, border.at)],
        false => [(border.at, border.from), (border.at, border.from + 1)],
    };
    let both = cells
        .iter()
        .flat_map(|&(x, y)| [(x, y, before), (x, y, behind)]);
    both.collect()
}

/// Where a crossover lies, by the entries of [`places`].
fn shift(map: &CrossoverMap, border: &Border, mut entries: Vec<Option<Entry>>) -> Shift {
    let second = entries.split_off(2);
    let [first, second] = [entries, second].map(|entries| Cell {
        victory: victory(&entries),
        entries,
    });
    let (Some(won), Some(then)) = (first.victory, second.victory) else {
        return Shift::Untold;
    };
    match (won.contender, then.contender) {
        (0, 0) => Shift::Behind,
        (1, 1) => Shift::Before,
        (1, 0) => Shift::Reversed,
        _ => {
            let axis = if border.across { &map.across } else { &map.up };
            let at = crossing(axis, border.from, [&first, &second], Some(0), Some(1));
            at.map_or(Shift::Stays, Shift::At)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::map::{Axis, AxisLevel};
    use super::*;
    use crate::experiment::Standing;

    fn map() -> CrossoverMap {
        let axis = |name: &str, numbers: &[f64]| Axis {
            name: name.into(),
            unit: None,
            levels: numbers
                .iter()
                .map(|&n| AxisLevel {
                    label: n.to_string(),
                    number: Some(n),
                })
                .collect(),
        };
        CrossoverMap {
            title: String::new(),
            across: axis("volume", &[100.0, 400.0]),
            up: axis("languages", &[1.0]),
            contenders: vec!["a".into(), "b".into()],
            least: "cost".into(),
            currency: "EUR".into(),
            staffed: false,
            promises: Vec::new(),
            cells: Vec::new(),
            borders: Vec::new(),
            judgements: Vec::new(),
        }
    }

    const BORDER: Border = Border {
        across: true,
        from: 0,
        at: 0,
        before: Some(0),
        behind: Some(1),
        crossing: Some(200.0),
        shifts: Vec::new(),
    };

    /// By the values of a and b in the first cell, and in the second.
    fn shifted(values: [f64; 4]) -> Shift {
        let of =
            |value: f64| (value > 0.0).then(|| Entry::of([value, value, value], Standing::Keeps));
        shift(&map(), &BORDER, values.map(of).to_vec())
    }

    #[test]
    fn a_moved_crossover_lies_where_the_values_cross_then() {
        assert_eq!(
            places(&BORDER),
            [(0, 0, 0), (0, 0, 1), (1, 0, 0), (1, 0, 1)]
        );
        // On a logarithmic scale: half way where the differences are the same, a quarter where they are one to three.
        assert_eq!(shifted([1.0, 2.0, 2.0, 1.0]), Shift::At(200.0));
        let Shift::At(x) = shifted([1.0, 2.0, 4.0, 1.0]) else {
            panic!("it crosses");
        };
        assert!((x - 100.0 * 4f64.powf(0.25)).abs() < 1e-9, "{x}");
        assert_eq!(shifted([1.0, 2.0, 1.0, 2.0]), Shift::Behind);
        assert_eq!(shifted([2.0, 1.0, 2.0, 1.0]), Shift::Before);
        assert_eq!(shifted([2.0, 1.0, 1.0, 2.0]), Shift::Reversed);
        // Without the later one in the first cell the earlier one wins it, and no number says where.
        assert_eq!(shifted([1.0, 0.0, 2.0, 1.0]), Shift::Stays);
        assert_eq!(shifted([0.0, 0.0, 2.0, 1.0]), Shift::Untold);
    }
}
