//! A small sweep for tests, without scenarios.

use super::identity::{Identity, Protocol};
use super::manifest::{Header, Manifest, PlannedDimension, PlannedLevel, Run, ScenarioFile};
use super::play::Played;
use super::record::Record;
use super::row::{MetricSet, Row, number_columns};
use super::views::Views;
use std::time::Duration;

/// A manifest of so many runs along one dimension.
pub fn manifest(runs: usize) -> Manifest {
    let protocol = Protocol {
        seed: 1,
        replications: 5,
        precision: None,
        confidence: 0.95,
        sets: vec![MetricSet::Overall],
        promises: Vec::new(),
        staff: None,
        series: Vec::new(),
    };
    let level = |i: usize| PlannedLevel {
        label: i.to_string(),
        number: Some(i as f64),
        settings: vec![vec![("a.b".into(), i.to_string())]],
    };
    let run = |i: usize| Run {
        id: Identity::of(&i.to_string(), &protocol, "test"),
        scenario: 0,
        levels: Box::new([Some(i as u32)]),
    };
    Manifest {
        runs: (0..runs).map(run).collect(),
        header: Header {
            version: env!("CARGO_PKG_VERSION").into(),
            sweep: "../sweep.toml".into(),
            title: "a test".into(),
            scenarios: vec![ScenarioFile {
                name: "small".into(),
                file: "../small.toml".into(),
                currency: "EUR".into(),
                settings: Vec::new(),
                assumptions: Vec::new(),
            }],
            dimensions: vec![PlannedDimension {
                name: "load".into(),
                unit: Some(String::new()),
                levels: (0..runs).map(level).collect(),
            }],
            protocol: protocol.clone(),
            views: Views::default(),
            runs,
        },
    }
}

/// A result of a run that depends on nothing but the run.
pub fn played(run: &Run) -> Played {
    let first = f64::from(run.levels[0].unwrap_or_default());
    let columns = 0..number_columns().len();
    Played {
        record: Record {
            id: run.id,
            infeasible: None,
            replications: 0,
            series: Vec::new(),
            rows: vec![Row {
                set: "overall".into(),
                name: String::new(),
                verdict: None,
                numbers: columns
                    .map(|c| (c % 3 != 1).then(|| first + c as f64 / 7.0))
                    .collect(),
            }],
        },
        simulating: Duration::from_millis(1),
    }
}
