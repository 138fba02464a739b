//! Erlang B, C and A against figures computed elsewhere.
#![allow(clippy::unwrap_used)]

use staffwright::queueing::{ServiceLevel, Station, erlang_b};

/// Relative agreement asked of every figure.
const WITHIN: f64 = 1e-9;

struct Row {
    fields: Vec<String>,
    line: u64,
}

impl Row {
    fn number(&self, column: usize) -> Option<f64> {
        let text = &self.fields[column];
        (!text.is_empty()).then(|| text.parse().unwrap())
    }

    /// Compares a figure with a column; says whether there was anything to compare.
    fn check(&self, column: usize, name: &str, value: Option<f64>) -> usize {
        let Some(expected) = self.number(column) else {
            return 0;
        };
        let value = value.unwrap();
        let good = if expected == 0.0 {
            value == 0.0
        } else {
            (value / expected - 1.0).abs() <= WITHIN
        };
        assert!(
            good,
            "line {}: {name} is {value:e}, not {expected:e}",
            self.line
        );
        1
    }
}

fn rows() -> Vec<Row> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/erlang.csv");
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_path(path)
        .unwrap();
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            Row {
                line: record.position().unwrap().line(),
                fields: record.iter().map(str::to_owned).collect(),
            }
        })
        .collect()
}

#[test]
fn every_row_is_reproduced_to_nine_digits() {
    let mut figures = 0;
    let rows = rows();
    for row in &rows {
        let agents = row.fields[1].parse().unwrap();
        let (rate, service) = (row.number(2).unwrap(), row.number(3).unwrap());
        if row.fields[0] == "B" {
            figures += row.check(6, "blocking", Some(erlang_b(agents, rate / service)));
            continue;
        }
        let theta = row.number(4).unwrap_or(0.0);
        let within = row.number(5).unwrap();
        let steady = Station::new(agents, rate, 1.0 / service, theta)
            .unwrap()
            .steady();
        let level = |definition| steady.service_level(within, definition);
        figures += row.check(6, "wait share", Some(steady.wait_share));
        figures += row.check(7, "abandoned share", Some(steady.abandoned_share));
        figures += row.check(8, "queue", Some(steady.queue));
        figures += row.check(9, "mean wait", Some(steady.mean_wait));
        figures += row.check(10, "offered", level(ServiceLevel::Offered));
        let less_short = ServiceLevel::LessShort { short: None };
        figures += row.check(11, "less short", level(less_short));
        figures += row.check(12, "answered", level(ServiceLevel::Answered));
        figures += row.check(13, "occupancy", steady.occupancy);
        let credited = level(ServiceLevel::Credited).unwrap();
        let parts = steady.answered_within(within) + steady.abandoned_within(within);
        assert!((credited - parts).abs() < 1e-15);
    }
    assert_eq!(rows.len(), 247);
    assert_eq!(figures, 63 + 44 * 6 + 140 * 8);
}

#[test]
fn planners_example_by_each_definition() {
    // 100 calls in 30 min, AHT 3 min, mean patience 5 min, 14 agents, 20 s; in seconds.
    let station = Station::new(14, 100.0 / 1800.0, 180.0, 1.0 / 300.0).unwrap();
    let steady = station.steady();
    let level = |definition| format!("{:.4}", steady.service_level(20.0, definition).unwrap());
    assert_eq!(level(ServiceLevel::Offered), "0.9168");
    assert_eq!(level(ServiceLevel::Answered), "0.9298");
    assert_eq!(level(ServiceLevel::LessShort { short: None }), "0.9234");
}
