//! The sweep file: which scenarios, what varies, by which design, how each run is played, and what is drawn from it.
//!
//! ```toml
//! title        = "From what size on does a vendor pay?"
//! scenarios    = ["../scale-up/scenario.toml", "../enterprise/scenario.toml"]  # each plays every point
//! replications = 20
//! seed         = 1                     # the same for all runs: the same customers
//! [design]
//! kind   = "sobol"                     # "grid" | "latin-hypercube" | "sobol" | "one-at-a-time"
//! points = 64
//! [dimension.volume]
//! scale = { from = "50%", to = "200%" }          # multiplies what stands at the paths
//! paths = ["topic.*.per_week"]                   # `*` stands for any name
//! [dimension.price]
//! values = ["EUR 12/h", "EUR 14/h"]              # put at the path
//! path   = "vendor.bpo.price"
//! [dimension.hours]
//! choices = [
//!     { name = "as written" },
//!     { name = "always", set = { "channel.*.open" = "24/7" }, only = { startup = { "team.pool.shifts" = ["day", "night"] } } },
//! ]
//! [set]                                # holds for every run; dimensions change it further
//! length = "4 weeks"
//! [staff]                              # heads are not as written: every run finds the least that keep its promises
//! replications = 8
//! ```
//!
//! # Heads that follow
//! Structures of different sizes are comparable only at the same promised quality. With `[staff]`, each run first looks
//! for the least heads that keep the promises (of all, or of those in `promises`), see
//! [`least_heads`](crate::experiment::least_heads), and is then played with them on replications the search never saw.
//! The heads it took are in the rows of its teams. A run whose promises no number of heads keeps says so.

use super::design::Design;
use super::dimension::Dimension;
use super::identity::Protocol;
use super::read_dimension::{RawDimension, dimension};
use super::row::MetricSet;
use super::views::{MapView, TornadoView, Views};
use crate::experiment::Staffing;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::{Spanned, Value};

/// A sweep as its file says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Spec {
    /// Its title.
    pub title: String,
    /// Scenario files, as found from where the sweep file lies.
    pub scenarios: Vec<PathBuf>,
    /// How every run is played.
    pub protocol: Protocol,
    /// How points are chosen.
    pub design: Design,
    /// Values at paths that hold for every run.
    pub set: Vec<(String, Value)>,
    /// What varies.
    pub dimensions: Vec<Dimension>,
    /// What is drawn from the results.
    pub views: Views,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSpec {
    #[serde(default)]
    title: String,
    scenarios: Vec<String>,
    #[serde(default = "usual_replications")]
    replications: u64,
    #[serde(default = "usual_seed")]
    seed: u64,
    precision: Option<String>,
    #[serde(default = "usual_sets")]
    sets: Vec<MetricSet>,
    #[serde(default)]
    promises: Vec<String>,
    staff: Option<Staffing>,
    #[serde(default)]
    set: BTreeMap<String, Value>,
    design: RawDesign,
    #[serde(default)]
    dimension: BTreeMap<String, Spanned<RawDimension>>,
    map: Option<MapView>,
    tornado: Option<TornadoView>,
}

fn usual_replications() -> u64 {
    20
}

fn usual_seed() -> u64 {
    1
}

fn usual_sets() -> Vec<MetricSet> {
    MetricSet::USUAL.to_vec()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDesign {
    kind: Kind,
    points: Option<u32>,
    seed: Option<u64>,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Grid,
    LatinHypercube,
    Sobol,
    OneAtATime,
}

impl Spec {
    /// Reads a sweep file.
    ///
    /// # Errors
    /// All mistakes, each with file, line and remedy.
    pub fn load(path: &Path) -> Result<Self, Vec<String>> {
        let text = std::fs::read_to_string(path)
            .map_err(|e| vec![format!("cannot read {}: {e}", path.display())])?;
        Self::parse(&text, path)
    }

    /// Reads a sweep from a text that was found at a path.
    ///
    /// # Errors
    /// As [`Spec::load`].
    pub fn parse(text: &str, path: &Path) -> Result<Self, Vec<String>> {
        let file = path.display();
        let raw: RawSpec = toml::from_str(text).map_err(|e| vec![format!("{file}: {e}")])?;
        let mut errors = Vec::new();
        let views = Views {
            map: raw.map.clone(),
            tornado: raw.tornado.clone(),
        };
        let protocol = protocol(&raw, &views, &mut errors);
        let design = design(&raw.design, &mut errors);
        let folder = path.parent().unwrap_or(Path::new(""));
        if raw.scenarios.is_empty() {
            errors.push("scenarios: name at least one scenario file".into());
        }
        let scenarios = raw.scenarios.iter().map(|s| folder.join(s)).collect();
        let mut dimensions: Vec<_> = raw.dimension.into_iter().collect();
        // In the order in which they are written.
        dimensions.sort_by_key(|(_, d)| d.span().start);
        let dimensions = dimensions.into_iter().filter_map(|(name, raw)| {
            let line = text[..raw.span().start].matches('\n').count() + 1;
            dimension(&name, raw.into_inner())
                .map_err(|why| errors.push(format!("line {line}: dimension.{name}: {why}")))
                .ok()
        });
        let dimensions: Vec<Dimension> = dimensions.collect();
        if let Err(why) = views.check(&dimensions, design, &raw.sets) {
            errors.push(why);
        }
        if !errors.is_empty() {
            return Err(errors.iter().map(|e| format!("{file}: {e}")).collect());
        }
        Ok(Self {
            title: raw.title,
            scenarios,
            protocol,
            design,
            set: raw.set.into_iter().collect(),
            dimensions,
            views,
        })
    }
}

fn protocol(raw: &RawSpec, views: &Views, errors: &mut Vec<String>) -> Protocol {
    if raw.replications == 0 {
        errors.push("replications: write at least 1".into());
    }
    let precision = raw.precision.as_ref().and_then(|text| {
        let share = text.trim().strip_suffix('%').map(str::trim);
        let number = share.and_then(|t| t.parse::<f64>().ok());
        let good = number.filter(|n| *n > 0.0 && *n < 100.0);
        if good.is_none() {
            errors.push(format!(
                "precision: `{text}` is no share; write it like \"1%\""
            ));
        }
        good.map(|n| n / 100.0)
    });
    if raw.staff.is_some_and(|staff| staff.replications == 0) {
        errors.push("staff.replications: write at least 1".into());
    }
    Protocol {
        seed: raw.seed,
        replications: raw.replications,
        precision,
        confidence: 0.95,
        sets: raw.sets.clone(),
        promises: raw.promises.clone(),
        staff: raw.staff,
        series: views.metrics(),
    }
}

fn design(raw: &RawDesign, errors: &mut Vec<String>) -> Design {
    let sampled = matches!(raw.kind, Kind::LatinHypercube | Kind::Sobol);
    if !sampled && raw.points.is_some() {
        errors.push("design.points: this kind of design makes its own points; leave it out".into());
    }
    if sampled && raw.points.is_none() {
        errors.push("design.points: say how many, for instance points = 64".into());
    }
    let points = raw.points.unwrap_or(1);
    let seed = raw.seed.unwrap_or(1);
    match raw.kind {
        Kind::Grid => Design::Grid,
        Kind::LatinHypercube => Design::LatinHypercube { points, seed },
        Kind::Sobol => Design::Sobol { points, seed },
        Kind::OneAtATime => Design::OneAtATime,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::experiment::sweep::dimension::Change;

    fn parse(text: &str) -> Result<Spec, Vec<String>> {
        Spec::parse(text, Path::new("sweeps/size.toml"))
    }

    const GOOD: &str = r#"
        scenarios = ["../a/scenario.toml"]
        replications = 8
        precision = "2%"
        [design]
        kind = "grid"
        [dimension.zeta]
        path = "team.berlin.heads"
        values = { from = 10, to = 20, step = 5 }
        [dimension.alpha]
        scale = ["50%", 2]
        paths = ["topic.*.per_week"]
        [dimension.hours]
        choices = [{ name = "as written" }, { name = "always", set = { "channel.*.open" = "24/7" } }]
        [set]
        length = "4 weeks"
        [staff]
        replications = 6
    "#;

    #[test]
    fn a_sweep_is_read_in_written_order() {
        let spec = parse(GOOD).unwrap();
        let names: Vec<&str> = spec.dimensions.iter().map(|d| d.name.as_str()).collect();
        assert_eq!(names, ["zeta", "alpha", "hours"]);
        assert_eq!(spec.scenarios, [Path::new("sweeps/../a/scenario.toml")]);
        assert_eq!(spec.protocol.precision, Some(0.02));
        assert_eq!(spec.protocol.staff.map(|s| s.replications), Some(6));
        assert_eq!(spec.set.len(), 1);
        let points = spec.design.points(&spec.dimensions).unwrap();
        assert_eq!(points.points.len(), 3 * 2 * 2);
        let Change::Set(sets) = &points.levels[0][1].change else {
            panic!("heads are set");
        };
        assert_eq!(sets[..], [("team.berlin.heads".into(), Value::Integer(15))]);
    }

    #[test]
    fn every_mistake_says_what_to_write() {
        for (was, becomes, part) in [
            ("kind = \"grid\"", "kind = \"gird\"", "grid"),
            ("kind = \"grid\"", "kind = \"sobol\"", "points = 64"),
            (
                "kind = \"grid\"",
                "kind = \"grid\"\npoints = 3",
                "leave it out",
            ),
            ("replications = 8", "replications = 0", "at least 1"),
            ("replications = 8", "replication = 8", "replication"),
            ("replications = 6", "replications = 0", "staff.replications"),
            ("\"2%\"", "\"two\"", "like \"1%\""),
            ("[\"../a/scenario.toml\"]", "[]", "at least one"),
            ("path = \"team.berlin.heads\"", "", "which value varies"),
            ("to = 20", "to = \"20s\"", "one unit"),
            ("to = 20", "to = 5", "above `from` (10)"),
            ("to = 20", "till = 20", "not `till`"),
            ("step = 5", "step = 0", "above 0"),
            ("from = 10", "from = \"ten\"", "no single number"),
            ("[\"50%\", 2]", "[\"50%\", \"20s\"]", "write factors"),
            ("[\"50%\", 2]", "[\"50%\", \"50%\"]", "there twice"),
            ("[\"50%\", 2]", "[]", "the list is empty"),
            ("[\"50%\", 2]", "3", "is no range"),
            ("scale = [", "values = [1]\nscale = [", "write one of"),
            ("\"channel.*.open\"", "channel", "in quotation marks"),
            (
                "dimension.zeta",
                "dimension.offered",
                "column of every result",
            ),
        ] {
            assert!(GOOD.contains(was), "{was}");
            let errors = parse(&GOOD.replacen(was, becomes, 1)).unwrap_err();
            let text = errors.join("\n");
            assert!(
                text.contains(part) && text.contains("size.toml"),
                "{becomes}: {text}"
            );
        }
    }

    #[test]
    fn mistakes_in_dimensions_name_their_lines() {
        let errors = parse(
            &GOOD
                .replace("to = 20", "to = 5")
                .replace("[\"50%\", 2]", "[]"),
        );
        let text = errors.unwrap_err().join("\n");
        assert!(text.contains("line 7: dimension.zeta"), "{text}");
        assert!(text.contains("line 10: dimension.alpha"), "{text}");
    }
}
