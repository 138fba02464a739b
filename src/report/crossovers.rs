//! Crossovers of a map, and how far judgements nobody has measured move them: in sentences and as JSON.

use super::sweep_map::{numbered, step};
use super::words::Words;
use crate::experiment::FORMAT_VERSION;
use crate::experiment::sweep::{Axis, Border, CrossoverMap, Judged, Judgement, Move, Shift};
use serde_json::{Value, json};

/// For each crossover a sentence: where it lies, and where once each judgement is moved.
#[must_use]
pub fn sensitivity_sentences(map: &CrossoverMap) -> Vec<Words> {
    let crossovers = map.borders.iter().filter(|b| !b.shifts.is_empty());
    let said = crossovers.map(|border| {
        let (along, other) = sides(map, border);
        let place = format!("{} {}: ", other.name, other.levels[border.at].label);
        let moved = map.judgements.iter().zip(&border.shifts);
        moved.fold(
            Words::same(place).then(&step(map, along, border)),
            |said, (judgement, shift)| {
                said.then(&Words::same("; "))
                    .then(&judged(*judgement))
                    .then(&Words::same(" "))
                    .then(&lies(along, border, *shift))
            },
        )
    });
    said.collect()
}

/// The axis along which a border is crossed, and the other.
fn sides<'m>(map: &'m CrossoverMap, border: &Border) -> (&'m Axis, &'m Axis) {
    if border.across {
        (&map.across, &map.up)
    } else {
        (&map.up, &map.across)
    }
}

fn judged(judgement: Judgement) -> Words {
    let (en, de) = match (judgement.what, judgement.moved) {
        (Judged::Coordination, Move::Halved) => (
            "with half the hours of coordination",
            "mit halb so viel Abstimmung",
        ),
        (Judged::Coordination, Move::Doubled) => (
            "with twice the hours of coordination",
            "mit doppelt so viel Abstimmung",
        ),
        (Judged::Coordination, Move::Added) => (
            "with the usual hours of coordination, which no scenario states,",
            "mit der üblichen Abstimmung, die kein Szenario nennt,",
        ),
        (Judged::KnowledgeCap, Move::Halved) => (
            "with half as many topics known to an agent",
            "mit halb so vielen Themen je Person",
        ),
        (Judged::KnowledgeCap, Move::Doubled) => (
            "with twice as many topics known to an agent",
            "mit doppelt so vielen Themen je Person",
        ),
        (Judged::KnowledgeCap, Move::Added) => (
            "with half of the topics known to an agent, a cap that no scenario states,",
            "mit der Hälfte der Themen je Person, einer Grenze, die kein Szenario nennt,",
        ),
    };
    Words::of(en, de)
}

fn lies(axis: &Axis, border: &Border, shift: Shift) -> Words {
    let level = |i: usize| format!("{} {}", axis.name, axis.levels[i].label);
    match shift {
        Shift::At(x) => {
            let was = border.crossing.filter(|was| *was != 0.0);
            let by = was.map_or_else(String::new, |was| {
                format!(" ({:+.0}%)", 100.0 * (x / was - 1.0))
            });
            let at = format!("{} {}{by}", axis.name, numbered(axis, x));
            Words::of(format!("at about {at}"), format!("bei etwa {at}"))
        }
        Shift::Stays => Words::of("between the same two", "zwischen denselben beiden"),
        Shift::Before => {
            let at = level(border.from);
            Words::of(format!("before {at}"), format!("vor {at}"))
        }
        Shift::Behind => {
            let at = level(border.from + 1);
            Words::of(
                format!("behind {at}, if at all"),
                format!("hinter {at}, wenn überhaupt"),
            )
        }
        Shift::Reversed => Words::of("the other way round", "umgekehrt"),
        Shift::Untold => Words::of("it cannot be told", "lässt es sich nicht sagen"),
    }
}

/// The crossovers of a map as a JSON object; its schema is [`crossovers`](super::schema::crossovers).
#[must_use]
pub fn json(map: &CrossoverMap) -> Value {
    let borders: Vec<Value> = map.borders.iter().map(|b| crossover(map, b)).collect();
    json!({
        "format_version": FORMAT_VERSION,
        "title": map.title,
        "least": map.least,
        "contenders": map.contenders,
        "judgements": map.judgements,
        "crossovers": borders,
    })
}

fn crossover(map: &CrossoverMap, border: &Border) -> Value {
    let (along, other) = sides(map, border);
    let name = |winner: Option<usize>| winner.map(|w| &map.contenders[w]);
    let shifts = map.judgements.iter().zip(&border.shifts);
    let shifts: Vec<Value> = shifts
        .map(|(judgement, shift)| {
            let (lies, crossing) = match *shift {
                Shift::At(x) => ("between", Some(x)),
                Shift::Stays => ("between", None),
                Shift::Before => ("before", None),
                Shift::Behind => ("behind", None),
                Shift::Reversed => ("reversed", None),
                Shift::Untold => ("untold", None),
            };
            json!({ "what": judgement.what, "moved": judgement.moved, "lies": lies, "crossing": crossing })
        })
        .collect();
    json!({
        "along": along.name,
        "from": along.levels[border.from].label,
        "to": along.levels[border.from + 1].label,
        "at": { "dimension": other.name, "level": other.levels[border.at].label },
        "before": name(border.before),
        "behind": name(border.behind),
        "crossing": border.crossing,
        "shifts": shifts,
    })
}

#[cfg(test)]
mod tests {
    use super::super::chart::sweep_samples::map;
    use super::*;

    #[test]
    fn a_crossover_says_how_far_each_judgement_moves_it() {
        let said = sensitivity_sentences(&map());
        let said: Vec<&str> = said.iter().map(|w| w.en.as_str()).collect();
        assert_eq!(
            said,
            [
                "languages two: startup gives way to enterprise at about volume 50.0%; with twice the hours of coordination at \
              about volume 40.0% (-20%); with half of the topics known to an agent, a cap that no scenario states, behind \
              volume 100%, if at all"
            ]
        );
    }

    #[test]
    fn the_object_keeps_to_its_schema() {
        let validator = jsonschema::validator_for(&super::super::schema::crossovers());
        let object = json(&map());
        assert!(validator.is_ok_and(|v| v.is_valid(&object)), "{object}");
        assert_eq!(object["crossovers"][0]["shifts"][0]["crossing"], 40.0);
        assert_eq!(object["crossovers"][0]["shifts"][1]["lies"], "behind");
    }
}
