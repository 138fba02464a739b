//! Why this number: from the planner's spreadsheet to the plan, step by step.

use super::WIDTH;
use super::axes::{Frame, round_up, tick_label};
use super::canvas::{Anchor, Canvas, SMALL, words_width};
use super::look::{GREY, Paint};
use super::picture::Picture;
use crate::optimize::BridgeStep;
use crate::report::figure;
use crate::report::words::Words;

const ROW: f64 = 28.0;
/// Changes below this are none at the digits shown.
const NOTHING: f64 = 0.05;

/// What a step is called.
#[must_use]
pub fn step_name(step: &str) -> Words {
    match step {
        "erlang_c" => Words::of(
            "Erlang C per interval, with shrinkage",
            "Erlang C je Intervall, mit Schwund",
        ),
        "abandonment" => Words::of("some hang up (Erlang A)", "manche legen auf (Erlang A)"),
        "concurrency" => Words::of("chats side by side", "Chats nebeneinander"),
        "deferred_in_valleys" => Words::of("e-mail fills the valleys", "E-Mail füllt die Täler"),
        "pooling" => Words::of("teams share one queue", "Teams teilen eine Schlange"),
        "busyness" => Words::of("busy days", "volle Tage"),
        "shift_fit" => Words::of(
            "whole people on whole shifts",
            "ganze Menschen, ganze Schichten",
        ),
        "proof" => Words::of("what the proof asks for", "was der Beweis verlangt"),
        other => Words::same(other.replace('_', " ")),
    }
}

/// The steps as falling and rising bars; `None` without steps.
#[must_use]
pub fn bridge(steps: &[BridgeStep]) -> Option<Picture> {
    let (first, last) = (steps.first()?, steps.last()?);
    let most = steps.iter().map(|s| s.fte).fold(0.0, f64::max);
    if most <= 0.0 {
        return None;
    }
    let names: Vec<Words> = steps.iter().map(|s| step_name(s.step)).collect();
    let widths = names.iter().map(|n| words_width(n, SMALL));
    let left = widths.fold(0.0, f64::max) + 14.0;
    let rows = steps.len() + 1;
    let mut canvas = Canvas::new(WIDTH, 8.0 + ROW * rows as f64 + 42.0);
    let frame = Frame::inside(&canvas, left, 6.0, 44.0, 40.0);
    let across = frame.across(0.0, round_up(most));
    frame.bottom_axis(
        &mut canvas,
        &across,
        Words::of("full-time equivalents", "Vollzeitkräfte"),
        tick_label,
    );
    let mut before = 0.0;
    for (i, (step, name)) in steps.iter().zip(&names).enumerate() {
        let change = step.fte - before;
        let y = frame.top + ROW * i as f64 + 5.0;
        let (low, high) = (before.min(step.fte), before.max(step.fte));
        let (paint, text) = if i == 0 {
            (Paint::Series(GREY), figure::fixed(step.fte, 1))
        } else {
            let paint = match change {
                c if c.abs() < NOTHING => GREY,
                c if c > 0.0 => 1,
                _ => 2,
            };
            (Paint::Series(paint), changed(change))
        };
        let (x, end) = (across.at(low), across.at(high));
        label(&mut canvas, left, y, name.clone());
        canvas
            .rect(x, y, (end - x).max(1.5), ROW - 10.0, paint)
            .tip(name.clone().then(&Words::of(
                format!(": {}, then {:.1} FTE", text.en, step.fte),
                format!(": {}, dann {} VZÄ", text.de, figure::fixed(step.fte, 1).de),
            )));
        canvas
            .text(end + 5.0, y + 9.0, text, Anchor::Start, Paint::Ink)
            .small();
        let at = across.at(step.fte);
        canvas.line(vec![(at, y), (at, y + ROW + 2.0)], 0.75, Paint::Soft);
        before = step.fte;
    }
    let ends = (figure::fixed(first.fte, 1), figure::fixed(last.fte, 1));
    let y = frame.top + ROW * steps.len() as f64 + 5.0;
    label(&mut canvas, left, y, Words::of("the plan", "der Plan"));
    let (x, end) = (across.at(0.0), across.at(last.fte));
    canvas
        .rect(x, y, (end - x).max(1.5), ROW - 10.0, Paint::Series(0))
        .tip(Words::of(
            format!("the plan: {} FTE", ends.1.en),
            format!("der Plan: {} VZÄ", ends.1.de),
        ));
    canvas
        .text(
            end + 5.0,
            y + 9.0,
            ends.1.clone(),
            Anchor::Start,
            Paint::Ink,
        )
        .bold();
    let (from, to) = ends;
    Some(Picture {
        name: "bridge".into(),
        title: Words::of(
            format!(
                "A spreadsheet would ask for {} full-time equivalents, the plan needs {}",
                from.en, to.en
            ),
            format!(
                "Eine Tabelle würde {} Vollzeitkräfte verlangen, der Plan braucht {}",
                from.de, to.de
            ),
        ),
        about: Words::of(
            "Each step is the requirement worked out anew with one more effect in it; a row names the effect and what it changes.",
            "Jede Zeile rechnet den Bedarf mit einem Effekt mehr neu; sie nennt den Effekt und was er ändert.",
        ),
        canvas,
    })
}

/// What a step changes; what no digit shows is no change.
#[must_use]
pub fn changed(fte: f64) -> Words {
    if fte.abs() < NOTHING {
        Words::same("0")
    } else {
        figure::signed(fte, 1)
    }
}

fn label(canvas: &mut Canvas, left: f64, y: f64, name: Words) {
    canvas
        .text(left - 8.0, y + 9.0, name, Anchor::End, Paint::Ink)
        .small();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_say_what_they_change_and_the_title_both_ends() {
        let step = |step, fte| BridgeStep { step, fte };
        let steps = [
            step("erlang_c", 40.0),
            step("abandonment", 36.5),
            step("busyness", 38.0),
            step("proof", 38.0),
        ];
        let picture = bridge(&steps).expect("there are steps");
        assert!(picture.title.en.contains("40.0") && picture.title.en.contains("38.0"));
        let svg = picture.inline();
        assert!(svg.contains("−3.5") && svg.contains("+1.5"), "{svg}");
        assert!(bridge(&[]).is_none());
    }
}
