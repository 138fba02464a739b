//! Small results of sweeps for the tests of their pictures.

use crate::experiment::Standing;
use crate::experiment::sweep::{
    Axis, AxisLevel, Bar, Border, Cell, CrossoverMap, Entry, Judged, Judgement, Move, Shift,
    Tornado, Victory,
};
use crate::stats::Estimate;

fn axis(name: &str, levels: &[(&str, Option<f64>)]) -> Axis {
    let level = |&(label, number): &(&str, Option<f64>)| AxisLevel {
        label: label.into(),
        number,
    };
    Axis {
        name: name.into(),
        unit: Some("%".into()),
        levels: levels.iter().map(level).collect(),
    }
}

/// Two structures over two volumes and two numbers of languages.
pub fn map() -> CrossoverMap {
    let cell = |values: [f64; 2], winner: Option<usize>, sure: f64| Cell {
        entries: values
            .map(|v| Some(Entry::of([v, v - 0.1, v + 0.1], Standing::Keeps)))
            .into(),
        victory: winner.map(|contender| Victory {
            contender,
            sure,
            next: None,
        }),
    };
    let border = |at, across, before, behind, crossing| Border {
        across,
        from: 0,
        at,
        before,
        behind,
        crossing,
        shifts: match crossing {
            Some(_) => vec![Shift::At(40.0), Shift::Behind],
            None => Vec::new(),
        },
    };
    CrossoverMap {
        title: "Which wins?".into(),
        across: axis("volume", &[("25%", Some(25.0)), ("100%", Some(100.0))]),
        up: axis("languages", &[("one", None), ("two", None)]),
        contenders: vec!["startup".into(), "enterprise".into()],
        least: "cost_per_resolved".into(),
        currency: "EUR".into(),
        staffed: true,
        promises: vec!["phone".into()],
        cells: vec![
            vec![cell([1.0, 2.0], Some(0), 0.99), cell([1.0, 2.0], None, 0.0)],
            vec![
                cell([1.0, 2.0], Some(0), 0.5),
                cell([2.0, 1.0], Some(1), 0.99),
            ],
        ],
        borders: vec![
            border(1, true, Some(0), Some(1), Some(50.0)),
            border(0, true, Some(0), None, None),
            border(1, false, None, Some(1), None),
        ],
        judgements: vec![
            Judgement {
                what: Judged::Coordination,
                moved: Move::Doubled,
            },
            Judgement {
                what: Judged::KnowledgeCap,
                moved: Move::Added,
            },
        ],
    }
}

/// Two dimensions of the bank.
pub fn tornado() -> Tornado {
    let bar = |dimension: &str, level: &str, value: f64, half: f64| Bar {
        dimension: dimension.into(),
        level: level.into(),
        change: Ok(Estimate::around(value, half)),
    };
    Tornado {
        title: "What moves the bank".into(),
        scenario: "bank".into(),
        metric: "service_level".into(),
        currency: "ILS".into(),
        written: [0.553, 0.551, 0.555],
        dimensions: vec![
            vec![
                bar("pauses", "50%", 0.06, 0.01),
                bar("pauses", "90%", -0.08, 0.01),
            ],
            vec![bar("credit", "60s", 0.001, 0.002)],
        ],
    }
}
