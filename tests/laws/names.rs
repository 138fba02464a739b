//! Names, order and files: they change nothing.

use crate::organisation::{Shape, played, round_the_clock, shapes, tables, text};
use proptest::prelude::*;
use staffwright::experiment::Case;
use staffwright::random::Seed;
use staffwright::scenario;
use staffwright::sim::{ContactSums, Ledger, play};
use staffwright::stats::ratio_estimate;

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Names of teams and vendors, and the order of tables, change no figure.
    #[test]
    fn names_and_order_change_nothing(shape in shapes(), turn in 1usize..14) {
        let first = played(&text(&tables(&shape)), 0);
        let renamed = Shape { names: ["zulu", "alpha", "mike", "kilo"], ..shape.clone() };
        let moved = text(&tables(&renamed)).replace("there", "far").replace("here", "yonder");
        prop_assert_eq!(&played(&moved, 0), &first);
        let mut turned = tables(&shape);
        // Teams keep their order among themselves, or else ties between idle agents fall differently.
        turned[..10].rotate_left(turn.min(9));
        let other = played(&text(&turned), 0);
        let sum = |l: &Ledger| l.streams.iter().map(|s| (s.offered, s.answered, s.resolved, s.wait)).fold((0, 0, 0, 0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2, a.3 + b.3));
        prop_assert_eq!(sum(&first), sum(&other));
    }

    /// A team without heads behaves as if it were not there.
    #[test]
    fn a_team_without_heads_is_absent(shape in shapes()) {
        let empty = Shape { specialists: 0, ..shape };
        let mut without = tables(&empty);
        without.remove(14);
        without.remove(13);
        without.remove(11);
        let (with, without) = (played(&text(&tables(&empty)), 1), played(&text(&without), 1));
        for (w, o) in with.streams.iter().zip(&without.streams) {
            prop_assert_eq!(w, o);
        }
    }

    /// What is split over included files is the same document.
    #[test]
    fn includes_change_nothing(shape in shapes(), at in 1usize..14) {
        let whole = tables(&shape);
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("part.toml"), whole[at..].concat()).unwrap();
        let path = dir.path().join("scenario.toml");
        std::fs::write(&path, format!("include = [\"part.toml\"]\n{}", text(&whole[..at]))).unwrap();
        let scenario = scenario::load(&path).unwrap_or_else(|d| panic!("{:#?}", d.items));
        let case = Case::new(scenario).unwrap();
        let split = play(&case.world, &case.roster, Seed { seed: 3, replication: 0 });
        let first = played(&text(&whole), 0);
        let sum = |l: &Ledger| l.streams.iter().map(|s| (s.offered, s.answered, s.resolved, s.wait)).fold((0, 0, 0, 0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2, a.3 + b.3));
        prop_assert_eq!(sum(&split), sum(&first));
    }
}

/// Renaming a stream changes its customers' draws, not what is to be expected of them.
#[test]
fn a_streams_name_changes_no_expectation() {
    let levels = |topic: &str| {
        let renamed = round_the_clock(8, "2 weeks").replace("topic.all", &format!("topic.{topic}"));
        let played: Vec<_> = (0..40)
            .map(|replication| played(&renamed, replication).streams[0])
            .collect();
        let of = |above: fn(&ContactSums) -> u64| {
            let pairs: Vec<(f64, f64)> = played
                .iter()
                .map(|s| (above(s) as f64, s.offered as f64))
                .collect();
            ratio_estimate(&pairs, 0.99).unwrap()
        };
        [of(|s| s.wait), of(|s| s.abandoned), of(|s| s.handled)]
    };
    for (one, other) in levels("all").iter().zip(&levels("zebra")) {
        let apart = (one.value - other.value).abs();
        assert!(one.value != other.value, "the draws are the same");
        assert!(
            apart < one.half_width().hypot(other.half_width()),
            "{one:?} {other:?}"
        );
        assert!(
            one.half_width() < 0.05 * one.value,
            "too wide to tell: {one:?}"
        );
    }
}
