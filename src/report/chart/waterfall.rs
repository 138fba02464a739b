//! Cost by kind, each step on top of the one before.

use super::axes::{Frame, round_up, tick_label};
use super::canvas::{Anchor, Canvas, SMALL, words_width};
use super::look::Paint;
use super::picture::Picture;
use super::{WIDTH, slug};
use crate::experiment::CostOutcome;
use crate::measure::Unit;
use crate::report::figure::{optional, plain};
use crate::report::run::kind_name;
use crate::report::words::Words;

/// Height of a row.
const ROW: f64 = 24.0;

/// What an organisation spent on what over the horizon; `None` where nothing was spent. Lines below nought, such as what
/// vendors pay back, step down.
#[must_use]
pub fn waterfall(scenario: &str, cost: &CostOutcome) -> Option<Picture> {
    let total = cost.total?.value;
    let lines: Vec<(Words, f64, Words)> = cost
        .by_kind
        .iter()
        .filter_map(|line| {
            let shown = optional(Unit::Money, line.amount.as_ref(), &cost.currency);
            Some((
                Words::term(&kind_name(line.kind)),
                line.amount?.value,
                shown,
            ))
        })
        .collect();
    if total <= 0.0 || lines.is_empty() {
        return None;
    }
    let names = lines.iter().map(|l| words_width(&l.0, SMALL));
    let left = names.fold(40.0, f64::max) + 14.0;
    let rows = lines.len() + 1;
    let mut canvas = Canvas::new(WIDTH, 10.0 + ROW * rows as f64 + 42.0);
    let frame = Frame::inside(&canvas, left, 8.0, 54.0, 40.0);
    let mut highest = 0.0;
    let mut so_far = 0.0;
    for line in &lines {
        so_far += line.1;
        highest = f64::max(highest, so_far);
    }
    let across = frame.across(0.0, round_up(highest));
    let currency = &cost.currency;
    frame.bottom_axis(
        &mut canvas,
        &across,
        Words::of(
            format!("{currency} over the horizon"),
            format!("{currency} über den Zeitraum"),
        ),
        tick_label,
    );
    let mut sum: f64 = 0.0;
    for (i, (name, amount, shown)) in lines.iter().enumerate() {
        let y = frame.top + ROW * i as f64 + 3.0;
        let (from, to) = (
            across.at(sum.min(sum + amount)),
            across.at(sum.max(sum + amount)),
        );
        let share = plain(Unit::Share, amount / total, "");
        canvas
            .rect(from, y, (to - from).max(1.0), ROW - 8.0, Paint::Series(i))
            .tip(
                name.clone()
                    .then(&Words::same(": "))
                    .then(shown)
                    .then(&Words::same(", "))
                    .then(&share),
            );
        label(&mut canvas, left, y, name.clone());
        canvas
            .text(to + 5.0, y + 8.0, share, Anchor::Start, Paint::Ink)
            .small();
        sum += amount;
        if i + 1 < rows {
            let next = y + ROW + 1.0;
            canvas.line(
                vec![(across.at(sum), y), (across.at(sum), next)],
                0.75,
                Paint::Soft,
            );
        }
    }
    let y = frame.top + ROW * lines.len() as f64 + 3.0;
    let shown = optional(Unit::Money, cost.total.as_ref(), currency);
    canvas
        .rect(
            across.at(0.0),
            y,
            across.at(total) - across.at(0.0),
            ROW - 8.0,
            Paint::Soft,
        )
        .tip(shown.clone());
    label(&mut canvas, left, y, Words::of("in all", "gesamt"));
    let largest = lines.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let share = plain(Unit::Share, largest.1 / total, "");
    Some(Picture {
        name: format!("cost-{}", slug(scenario)),
        title: Words::of(
            format!(
                "{scenario}: {} are {} of {}",
                largest.0.en, share.en, shown.en
            ),
            format!(
                "{scenario}: {} sind {} von {}",
                largest.0.de, share.de, shown.de
            ),
        ),
        about: Words::of(
            "Cost by kind, adding up from top to bottom.",
            "Kosten nach Art, von oben nach unten addiert.",
        ),
        canvas,
    })
}

fn label(canvas: &mut Canvas, left: f64, y: f64, name: Words) {
    canvas
        .text(left - 8.0, y + 8.0, name, Anchor::End, Paint::Ink)
        .small();
}
