//! From a sweep file to a manifest: every run is written out, checked and named before any is played.

use super::design::Points;
use super::dimension::{Change, Level};
use super::expand::{Expanded, Setting, expand, put};
use super::identity::Identity;
use super::manifest::{
    Header, Manifest, PlannedDimension, PlannedLevel, Run, ScenarioFile, relative,
};
use super::spec::Spec;
use crate::scenario::diagnostic::Diagnostics;
use crate::scenario::model::Scenario;
use crate::scenario::node::Table;
use crate::scenario::{load_checked, load_with};
use rayon::prelude::*;
use std::fmt;
use std::io;
use std::path::Path;

/// Why a sweep cannot be planned.
#[derive(Debug)]
pub enum PlanError {
    /// Mistakes in the sweep file.
    Sweep(Vec<String>),
    /// A scenario, as written or with the values of a run, has mistakes.
    Scenario {
        /// Which run, in words.
        run: String,
        /// The mistakes.
        diagnostics: Box<Diagnostics>,
    },
    /// A file or folder cannot be used.
    Io(String, io::Error),
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sweep(mistakes) => f.write_str(&mistakes.join("\n")),
            Self::Scenario { run, diagnostics } => {
                write!(f, "{run}:")?;
                for item in &diagnostics.items {
                    write!(f, "\n{}", item.message)?;
                    if let Some(help) = &item.help {
                        write!(f, "; {help}")?;
                    }
                }
                Ok(())
            }
            Self::Io(path, why) => write!(f, "cannot use {path}: {why}"),
        }
    }
}

impl std::error::Error for PlanError {}

/// Told of planned runs; may come from several threads.
pub type Planned<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Plans the sweep of a file into a folder, which is made if need be. Nothing is written yet.
///
/// # Errors
/// Mistakes in the sweep file or in the scenario of any run.
pub fn plan(file: &Path, folder: &Path, planned: Planned) -> Result<Manifest, PlanError> {
    let spec = Spec::load(file).map_err(PlanError::Sweep)?;
    let points = spec
        .design
        .points(&spec.dimensions)
        .map_err(|why| PlanError::Sweep(vec![format!("{}: {why}", file.display())]))?;
    let at = |path: &Path, e| PlanError::Io(path.display().to_string(), e);
    std::fs::create_dir_all(folder).map_err(|e| at(folder, e))?;
    let mut documents = Vec::new();
    let mut scenarios = Vec::new();
    for path in &spec.scenarios {
        let read = |settings: &[(String, String)]| {
            load_checked(path, settings).map_err(|diagnostics| PlanError::Scenario {
                run: path.display().to_string(),
                diagnostics: Box::new(diagnostics),
            })
        };
        let settings = fixed(&spec, &read(&[])?.document)
            .map_err(|why| PlanError::Sweep(vec![format!("{}: set: {why}", file.display())]))?;
        let loaded = read(&settings)?;
        promised(&spec, &loaded.scenario)
            .map_err(|why| PlanError::Sweep(vec![format!("{}: {why}", file.display())]))?;
        scenarios.push(ScenarioFile {
            name: loaded.scenario.origin.name.clone(),
            file: relative(folder, path).map_err(|e| at(path, e))?,
            currency: loaded.scenario.currency.clone(),
            settings,
            assumptions: loaded.scenario.assumptions.clone(),
        });
        documents.push(loaded.document);
    }
    distinct_names(&mut scenarios);
    let dimensions = write_out(&spec, &points, &scenarios, &documents).map_err(|all| {
        PlanError::Sweep(
            all.iter()
                .map(|e| format!("{}: {e}", file.display()))
                .collect(),
        )
    })?;
    let header = Header {
        version: env!("CARGO_PKG_VERSION").to_string(),
        sweep: relative(folder, file).map_err(|e| at(file, e))?,
        title: spec.title,
        runs: scenarios.len() * points.points.len(),
        scenarios,
        dimensions,
        protocol: spec.protocol,
        views: spec.views,
    };
    name_runs(header, &points, folder, planned)
}

/// The values that hold for every run, written out for one scenario.
fn fixed(spec: &Spec, document: &Table) -> Result<Vec<Setting>, String> {
    let mut out = Expanded::default();
    put(&spec.set, document, &mut out)?;
    Ok(out.settings)
}

/// Whether a scenario makes all the promises that count.
fn promised(spec: &Spec, scenario: &Scenario) -> Result<(), String> {
    let names: Vec<&str> = scenario.promises.iter().map(|p| p.name.as_str()).collect();
    let mut wanted = spec.protocol.promises.iter();
    match wanted.find(|p| !names.contains(&p.as_str())) {
        None => Ok(()),
        Some(unknown) => Err(format!(
            "promises: {} makes no promise `{unknown}`; there is {}",
            scenario.origin.name,
            names.join(", ")
        )),
    }
}

/// Scenarios of one name are told apart by number.
fn distinct_names(scenarios: &mut [ScenarioFile]) {
    for i in 1..scenarios.len() {
        let name = scenarios[i].name.clone();
        let same = scenarios[..i].iter().filter(|s| s.name == name).count();
        if same > 0 {
            scenarios[i].name = format!("{name}-{}", same + 1);
        }
    }
}

/// Writes every level out for every scenario, and sees that no path is set by two dimensions.
fn write_out(
    spec: &Spec,
    points: &Points,
    scenarios: &[ScenarioFile],
    documents: &[Table],
) -> Result<Vec<PlannedDimension>, Vec<String>> {
    let mut errors = Vec::new();
    // Per scenario: which dimension sets a path.
    let mut owners: Vec<std::collections::BTreeMap<String, usize>> =
        vec![std::collections::BTreeMap::new(); documents.len()];
    let mut dimensions = Vec::new();
    for (d, (dimension, levels)) in spec.dimensions.iter().zip(&points.levels).enumerate() {
        let mut planned = Vec::new();
        for level in levels {
            errors.extend(unknown_names(level, scenarios));
            let mut settings = Vec::new();
            let mut unmet: Option<Vec<String>> = None;
            for (s, document) in documents.iter().enumerate() {
                let expanded = expand(level, &scenarios[s].name, document).unwrap_or_else(|why| {
                    let scenario = &scenarios[s].name;
                    errors.push(format!(
                        "dimension.{}: in {scenario}: {why}",
                        dimension.name
                    ));
                    Expanded::default()
                });
                for (path, _) in &expanded.settings {
                    let owner = *owners[s].entry(path.clone()).or_insert(d);
                    if owner != d {
                        errors.push(format!(
                            "dimensions `{}` and `{}` both change `{path}`; take it out of one",
                            spec.dimensions[owner].name, dimension.name
                        ));
                    }
                }
                settings.push(expanded.settings);
                let nowhere = |p: &String| unmet.as_ref().is_none_or(|before| before.contains(p));
                unmet = Some(expanded.unmet.into_iter().filter(nowhere).collect());
            }
            for pattern in unmet.into_iter().flatten() {
                errors.push(format!(
                    "dimension.{}: `{pattern}` meets nothing in any scenario that it could change",
                    dimension.name
                ));
            }
            planned.push(PlannedLevel {
                label: level.label.clone(),
                number: level.number.as_ref().map(|(n, _)| *n),
                settings,
            });
        }
        let units = levels
            .iter()
            .map(|l| l.number.as_ref().map(|(_, unit)| unit));
        let unit = levels
            .first()
            .and_then(|l| l.number.as_ref())
            .map(|(_, u)| u);
        let one_unit = unit.is_some() && units.into_iter().all(|u| u == unit);
        dimensions.push(PlannedDimension {
            name: dimension.name.clone(),
            unit: unit.filter(|_| one_unit).cloned(),
            levels: planned,
        });
    }
    if errors.is_empty() {
        Ok(dimensions)
    } else {
        errors.sort();
        errors.dedup();
        Err(errors)
    }
}

/// Names in a level's `only` that are no scenario's.
fn unknown_names(level: &Level, scenarios: &[ScenarioFile]) -> Vec<String> {
    let Change::Choice { only, .. } = &level.change else {
        return Vec::new();
    };
    let names: Vec<&str> = scenarios.iter().map(|s| s.name.as_str()).collect();
    let unknown = only.iter().filter(|(n, _)| !names.contains(&n.as_str()));
    unknown
        .map(|(name, _)| {
            format!(
                "choice `{}`: there is no scenario `{name}`; there is {}",
                level.label,
                names.join(", ")
            )
        })
        .collect()
}

/// Loads every run's scenario once, so that mistakes are found now and runs have their identities.
fn name_runs(
    header: Header,
    points: &Points,
    folder: &Path,
    planned: Planned,
) -> Result<Manifest, PlanError> {
    let unnamed = Identity::of("", &header.protocol, "");
    // A point is played by all scenarios, one after the other.
    let runs = points.points.iter().flat_map(|point| {
        (0..header.scenarios.len()).map(move |scenario| Run {
            id: unnamed,
            scenario,
            levels: point.clone().into_boxed_slice(),
        })
    });
    let mut manifest = Manifest {
        runs: runs.collect(),
        header,
    };
    let files: Vec<_> = manifest
        .header
        .scenarios
        .iter()
        .map(|s| folder.join(&s.file))
        .collect();
    let count = std::sync::atomic::AtomicUsize::new(0);
    let name = |run: &Run| {
        let settings = manifest.settings(run);
        let scenario = load_with(&files[run.scenario], &settings).map_err(|diagnostics| {
            PlanError::Scenario {
                run: manifest.describe(run),
                diagnostics: Box::new(diagnostics),
            }
        })?;
        let done = 1 + count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        planned(done, manifest.runs.len());
        let header = &manifest.header;
        Ok(Identity::of(
            &scenario.origin.hash,
            &header.protocol,
            &header.version,
        ))
    };
    // The first mistake in the order of runs is told, whatever the threads.
    let names: Vec<Result<Identity, PlanError>> = manifest.runs.par_iter().map(name).collect();
    let names = names.into_iter().collect::<Result<Vec<_>, _>>()?;
    for (run, id) in manifest.runs.iter_mut().zip(names) {
        run.id = id;
    }
    Ok(manifest)
}
