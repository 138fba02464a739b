//! Rosters as a whole: rules kept, hours that add up, load followed.
#![allow(clippy::unwrap_used)]

use super::testing::Sketch;
use super::*;
use crate::time::{HOUR, MINUTE, seconds};

fn placed(sketch: &Sketch) -> (Scenario, Roster) {
    let scenario = sketch.scenario();
    let roster = place(&scenario).unwrap();
    (scenario, roster)
}

#[test]
fn smoke() {
    let (s, r) = placed(&Sketch::default());
    let found = check(&s, &r);
    assert!(found.is_empty(), "{found:#?}");
    eprintln!("{:#?}", hours(&s, &r));
    for d in &r.teams[0].positions[0].duties {
        eprintln!(
            "{} {} {:?}",
            seconds(d.start) / 3600.0,
            seconds(d.end) / 3600.0,
            d.offs.len()
        );
    }
    let _ = (HOUR, MINUTE);
}
