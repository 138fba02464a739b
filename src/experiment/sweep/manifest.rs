//! The list of runs of a sweep, as a file that every share reads.
//!
//! One line says how the runs are played and what the levels change, then there is a line per run; every line carries
//! its checksum. The manifest holds paths of scenarios relative to its own folder, so that both can be moved together.

use super::identity::{Identity, Protocol};
use super::record::{seal, unseal};
use super::store::write_whole;
use super::views::Views;
use crate::scenario::model::Assumption;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::{self, BufRead, BufReader};
use std::path::{Component, Path, PathBuf};

/// Version of the file's layout.
const FORMAT: u32 = 2;

/// Everything that all runs of a sweep share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// Version of the program that planned it, and the only one that may play it.
    pub version: String,
    /// The sweep file.
    pub sweep: PathBuf,
    /// Its title.
    pub title: String,
    /// The scenarios.
    pub scenarios: Vec<ScenarioFile>,
    /// What varies.
    pub dimensions: Vec<PlannedDimension>,
    /// How runs are played.
    pub protocol: Protocol,
    /// What is drawn from them.
    pub views: Views,
    /// Number of runs.
    pub runs: usize,
}

/// A scenario of a sweep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScenarioFile {
    /// Its name in results.
    pub name: String,
    /// Where it is, from the sweep's folder.
    pub file: PathBuf,
    /// ISO 4217 code of its amounts.
    pub currency: String,
    /// Values at paths that hold for every run of it.
    pub settings: Vec<(String, String)>,
    /// Defaults that were used where it does not say, before dimensions change it.
    #[serde(default)]
    pub assumptions: Vec<Assumption>,
}

/// A dimension with the levels that occur.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlannedDimension {
    /// Its name: a column of the result.
    pub name: String,
    /// The unit of its numbers; `None` where its levels are no numbers of one unit.
    pub unit: Option<String>,
    /// Its levels.
    pub levels: Vec<PlannedLevel>,
}

/// A level written out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlannedLevel {
    /// As the sweep file says it.
    pub label: String,
    /// Its number, if it has one.
    pub number: Option<f64>,
    /// Per scenario: values at paths.
    pub settings: Vec<Vec<(String, String)>>,
}

/// One run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Its identity.
    pub id: Identity,
    /// Which scenario.
    pub scenario: usize,
    /// Which level of every dimension; `None` leaves it as written.
    pub levels: Box<[Option<u32>]>,
}

/// A sweep's header and runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Manifest {
    /// What all runs share.
    pub header: Header,
    /// The runs, in the order of results.
    pub runs: Vec<Run>,
}

/// Why a manifest cannot be used.
#[derive(Debug)]
pub enum ManifestError {
    /// There is none.
    Missing(PathBuf),
    /// It cannot be read.
    Unreadable(PathBuf, io::Error),
    /// It is torn or corrupted.
    Damaged(PathBuf),
    /// Another version of the program made it.
    OtherVersion {
        /// The version that did.
        theirs: String,
        /// The sweep file.
        sweep: PathBuf,
        /// The sweep's folder.
        folder: PathBuf,
    },
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(folder) => write!(
                f,
                "there is no sweep in {0}; type: staffwright sweep plan SWEEP.toml --out {0}",
                folder.display()
            ),
            Self::Unreadable(path, why) => write!(f, "cannot read {}: {why}", path.display()),
            Self::Damaged(path) => write!(
                f,
                "{} is torn or corrupted; plan again: staffwright sweep plan SWEEP.toml --out {} (finished runs are kept)",
                path.display(),
                path.parent().unwrap_or(Path::new(".")).display()
            ),
            Self::OtherVersion {
                theirs,
                sweep,
                folder,
            } => write!(
                f,
                "the sweep in {0} was planned by staffwright {theirs}, and this is {1}: results of two versions are not \
                 mixed. To go on, use {theirs}; to play it anew with this version, type: staffwright sweep plan {2} --out {0}",
                folder.display(),
                env!("CARGO_PKG_VERSION"),
                sweep.display()
            ),
        }
    }
}

impl std::error::Error for ManifestError {}

/// Where the manifest of a sweep is.
#[must_use]
pub fn manifest_path(folder: &Path) -> PathBuf {
    folder.join("manifest.jsonl")
}

impl Manifest {
    /// Writes it into a sweep's folder, which is made if need be; whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        std::fs::create_dir_all(folder)?;
        write_whole(&manifest_path(folder), &mut |out| {
            let json = serde_json::to_string(&(FORMAT, &self.header.version, &self.header))?;
            out.write_all(seal(&json).as_bytes())?;
            for run in &self.runs {
                let json = serde_json::to_string(&(&run.id, run.scenario, &run.levels))?;
                out.write_all(seal(&json).as_bytes())?;
            }
            Ok(())
        })
    }

    /// Reads the manifest of a sweep's folder.
    ///
    /// # Errors
    /// When it is not there, damaged, or another version's.
    pub fn read(folder: &Path) -> Result<Self, ManifestError> {
        let path = manifest_path(folder);
        let file = match std::fs::File::open(&path) {
            Ok(file) => file,
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                return Err(ManifestError::Missing(folder.to_path_buf()));
            }
            Err(e) => return Err(ManifestError::Unreadable(path, e)),
        };
        let mut lines = BufReader::new(file).split(b'\n');
        let mut line = || match lines.next() {
            Some(Ok(line)) => Ok(Some(line)),
            Some(Err(e)) => Err(ManifestError::Unreadable(path.clone(), e)),
            None => Ok(None),
        };
        let damaged = || ManifestError::Damaged(path.clone());
        let first = line()?.ok_or_else(damaged)?;
        let json = unseal(&first).ok_or_else(damaged)?;
        let header = read_header(json, folder)?.ok_or_else(damaged)?;
        let mut runs = Vec::with_capacity(header.runs);
        while let Some(line) = line()? {
            let json = unseal(&line).ok_or_else(damaged)?;
            let (id, scenario, levels) = serde_json::from_slice(json).map_err(|_| damaged())?;
            runs.push(Run {
                id,
                scenario,
                levels,
            });
        }
        let manifest = Self { header, runs };
        if manifest.is_sound() {
            Ok(manifest)
        } else {
            Err(damaged())
        }
    }

    /// Whether every index leads somewhere.
    fn is_sound(&self) -> bool {
        let header = &self.header;
        let levels = |d: &PlannedDimension| {
            d.levels
                .iter()
                .all(|l| l.settings.len() == header.scenarios.len())
        };
        let run = |run: &Run| {
            run.scenario < header.scenarios.len()
                && run.levels.len() == header.dimensions.len()
                && run
                    .levels
                    .iter()
                    .zip(&header.dimensions)
                    .all(|(l, d)| l.is_none_or(|l| (l as usize) < d.levels.len()))
        };
        self.runs.len() == header.runs
            && header.dimensions.iter().all(levels)
            && self.runs.iter().all(run)
    }

    /// The level of a run in a dimension; `None` where the scenario stays as written.
    #[must_use]
    pub fn level(&self, run: &Run, dimension: usize) -> Option<&PlannedLevel> {
        let level = run.levels[dimension]?;
        Some(&self.header.dimensions[dimension].levels[level as usize])
    }

    /// The values a run puts into its scenario.
    #[must_use]
    pub fn settings(&self, run: &Run) -> Vec<(String, String)> {
        let levels = (0..run.levels.len()).filter_map(|d| self.level(run, d));
        let varied = levels.flat_map(|level| &level.settings[run.scenario]);
        let fixed = &self.header.scenarios[run.scenario].settings;
        last_of_each(fixed.iter().chain(varied).cloned())
    }

    /// A run in words, for messages.
    #[must_use]
    pub fn describe(&self, run: &Run) -> String {
        let mut text = self.header.scenarios[run.scenario].name.clone();
        for (d, dimension) in self.header.dimensions.iter().enumerate() {
            if let Some(level) = self.level(run, d) {
                text.push_str(&format!(", {} {}", dimension.name, level.label));
            }
        }
        text
    }
}

/// Values at paths; of those at the same path the last holds.
pub fn last_of_each(all: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut held: Vec<(String, String)> = Vec::new();
    for (path, value) in all {
        match held.iter_mut().find(|known| known.0 == path) {
            Some(known) => known.1 = value,
            None => held.push((path, value)),
        }
    }
    held
}

/// The header, if this version of the program made it; the layout's version and the program's come first, and never
/// move.
fn read_header(json: &[u8], folder: &Path) -> Result<Option<Header>, ManifestError> {
    let Ok((format, theirs, rest)) =
        serde_json::from_slice::<(u32, String, serde_json::Value)>(json)
    else {
        return Ok(None);
    };
    let header: Option<Header> = serde_json::from_value(rest.clone()).ok();
    if format != FORMAT || theirs != env!("CARGO_PKG_VERSION") {
        let sweep = rest.get("sweep").and_then(|s| s.as_str());
        return Err(ManifestError::OtherVersion {
            theirs,
            sweep: sweep.map_or_else(|| "SWEEP.toml".into(), |s| folder.join(s)),
            folder: folder.to_path_buf(),
        });
    }
    Ok(header)
}

/// The way from a folder to a file, both of which exist.
///
/// # Errors
/// When one of them does not.
pub fn relative(folder: &Path, file: &Path) -> io::Result<PathBuf> {
    let (folder, file) = (folder.canonicalize()?, file.canonicalize()?);
    let from: Vec<Component> = folder.components().collect();
    let to: Vec<Component> = file.components().collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return Ok(file);
    }
    let up = from[shared..].iter().map(|_| Component::ParentDir);
    Ok(up.chain(to[shared..].iter().copied()).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::experiment::sweep::fixtures;

    #[test]
    fn it_comes_back_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = fixtures::manifest(7);
        manifest.write(folder.path()).unwrap();
        assert_eq!(Manifest::read(folder.path()).unwrap(), manifest);
        let run = &manifest.runs[4];
        assert_eq!(manifest.describe(run), "small, load 4");
        assert_eq!(manifest.settings(run), [("a.b".into(), "4".into())]);
    }

    #[test]
    fn of_values_at_one_path_the_last_holds() {
        let pair = |path: &str, value: &str| (path.to_string(), value.to_string());
        let all = [pair("a", "1"), pair("b", "2"), pair("a", "3")];
        let held = last_of_each(all.into_iter());
        assert_eq!(held, [pair("a", "3"), pair("b", "2")]);
    }

    #[test]
    fn a_torn_or_corrupted_one_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fixtures::manifest(7).write(folder.path()).unwrap();
        let path = manifest_path(folder.path());
        let whole = std::fs::read(&path).unwrap();
        let mut corrupted = whole.clone();
        corrupted[whole.len() / 2] ^= 1;
        let last_line = whole[..whole.len() - 1].iter().rposition(|b| *b == b'\n');
        for bytes in [
            &corrupted[..],
            &whole[..whole.len() - 3],
            &whole[..last_line.unwrap() + 1],
            b"",
        ] {
            std::fs::write(&path, bytes).unwrap();
            let error = Manifest::read(folder.path()).unwrap_err();
            assert!(matches!(error, ManifestError::Damaged(_)), "{error}");
        }
    }

    #[test]
    fn another_versions_says_what_to_type() {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = fixtures::manifest(1);
        manifest.header.version = "0.0.9".into();
        manifest.write(folder.path()).unwrap();
        let error = Manifest::read(folder.path()).unwrap_err().to_string();
        assert!(
            error.contains("0.0.9") && error.contains("staffwright sweep plan"),
            "{error}"
        );
        let nowhere = Manifest::read(&folder.path().join("x")).unwrap_err();
        assert!(nowhere.to_string().contains("sweep plan SWEEP.toml"));
    }

    #[test]
    fn ways_between_folders_are_relative() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(root.path().join("a/b")).unwrap();
        std::fs::write(root.path().join("x.toml"), "").unwrap();
        let way = relative(&root.path().join("a/b"), &root.path().join("x.toml")).unwrap();
        assert_eq!(way, Path::new("../../x.toml"));
    }
}
