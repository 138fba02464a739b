//! A crossover map as a picture: each cell in the colour of its winner, paler where the winner is in doubt.
//!
//! Cells stand for the levels of two dimensions. Along the bottom a border is drawn where the costs of both winners cross, as
//! far as that can be told, and half-way between two levels otherwise; up the side always half-way.

use super::{Anchor, Canvas, Frame, GREY, Key, Paint, Picture, WIDTH, fitted, legend, text_width};
use crate::experiment::sweep::{Axis, Border, Cell, CrossoverMap};
use crate::report::described;
use crate::report::figure::{at_least, fixed, plain};
use crate::report::sweep_map::{SURE, finding};
use crate::report::words::Words;

/// Height of a row of cells.
const ROW: f64 = 46.0;
/// How strongly a winner's colour is laid on: certain, in doubt.
const STRONG: f64 = 0.55;
const PALE: f64 = 0.22;

/// The map as a picture.
#[must_use]
pub fn crossover(map: &CrossoverMap) -> Picture {
    let (across, up) = (map.across.levels.len(), map.up.levels.len());
    let longest = map
        .up
        .levels
        .iter()
        .map(|l| text_width(&l.label, super::SMALL));
    let left = longest.fold(40.0_f64, f64::max).min(150.0) + 12.0;
    let height = 30.0 + ROW * up as f64 + 44.0 + 34.0;
    let mut canvas = Canvas::new(WIDTH, height);
    let frame = Frame::inside(&canvas, left, 30.0, 8.0, 78.0);
    let wide = frame.width() / across as f64;
    let top = |y: usize| frame.bottom - ROW * (y + 1) as f64;
    for (y, cells) in map.cells.iter().enumerate() {
        let edges = edges(map, y, wide);
        for (x, cell) in cells.iter().enumerate() {
            let (from, to) = (edges[x], edges[x + 1]);
            let (paint, alpha) = paint(cell);
            canvas
                .rect(frame.left + from, top(y), to - from, ROW, paint)
                .alpha(alpha)
                .tip(said(map, cell, x, y));
        }
        for (x, cell) in cells.iter().enumerate() {
            let middle = f64::midpoint(edges[x], edges[x + 1]);
            let room = edges[x + 1] - edges[x];
            label(&mut canvas, map, cell, (frame.left + middle, top(y)), room);
        }
        for border in map.borders.iter().filter(|b| b.across && b.at == y) {
            let x = frame.left + edges[border.from + 1];
            canvas.line(vec![(x, top(y)), (x, top(y) + ROW)], 2.0, Paint::Ink);
        }
    }
    for border in map.borders.iter().filter(|b| !b.across) {
        let (y, x) = (top(border.from), frame.left + wide * border.at as f64);
        canvas.line(vec![(x, y), (x + wide, y)], 2.0, Paint::Ink);
    }
    axes(&mut canvas, map, &frame, wide);
    let mut entries: Vec<(Key, Paint, f64, Words)> = map
        .contenders
        .iter()
        .enumerate()
        .map(|(c, name)| {
            (
                Key::Area,
                Paint::Series(c),
                STRONG,
                Words::same(name.clone()),
            )
        })
        .collect();
    entries.push((
        Key::Area,
        Paint::Series(GREY),
        PALE,
        Words::of("nobody keeps the promises", "niemand hält die Zusagen"),
    ));
    legend(&mut canvas, left, frame.bottom + 40.0, &entries);
    Picture {
        name: "map".into(),
        title: finding(map),
        about: about(map),
        canvas,
    }
}

/// Edges of the cells of a row from the left; a border moves the edge to where both cost the same.
fn edges(map: &CrossoverMap, row: usize, wide: f64) -> Vec<f64> {
    let mut edges: Vec<f64> = (0..=map.across.levels.len())
        .map(|x| wide * x as f64)
        .collect();
    for border in map.borders.iter().filter(|b| b.across && b.at == row) {
        if let Some(part) = part(&map.across, border) {
            edges[border.from + 1] = wide * (border.from as f64 + 0.5 + part);
        }
    }
    edges
}

/// How far on the way from one level to the next a border runs.
fn part(axis: &Axis, border: &Border) -> Option<f64> {
    let x = border.crossing?;
    let number = |i: usize| axis.levels.get(i)?.number;
    let (a, b) = (number(border.from)?, number(border.from + 1)?);
    let part = if a > 0.0 && b > 0.0 {
        libm::log(x / a) / libm::log(b / a)
    } else {
        (x - a) / (b - a)
    };
    Some(part.clamp(0.0, 1.0))
}

fn paint(cell: &Cell) -> (Paint, f64) {
    match cell.victory {
        None => (Paint::Series(GREY), PALE),
        Some(won) => {
            let alpha = if won.sure >= SURE { STRONG } else { PALE };
            (Paint::Series(won.contender), alpha)
        }
    }
}

/// The winner's name, value and certainty inside a cell; where it is narrow the value goes without its unit.
fn label(canvas: &mut Canvas, map: &CrossoverMap, cell: &Cell, at: (f64, f64), room: f64) {
    let Some((won, entry)) = cell
        .victory
        .and_then(|v| Some((v, cell.entries[v.contender].as_ref()?)))
    else {
        return;
    };
    let (unit, _) = described(&map.least);
    let inside = room - 4.0;
    let mut value = plain(unit, entry.value[0], &map.currency);
    if text_width(&value.en, super::SMALL) > inside {
        value = fixed(entry.value[0], 2);
    }
    let name = Words::same(map.contenders[won.contender].clone());
    let lines = [name, value, at_least(won.sure)];
    for (i, line) in lines.into_iter().enumerate() {
        let y = at.1 + 9.0 + 14.0 * i as f64;
        let cut = |text: &str| fitted(text, super::SMALL, inside);
        let line = Words::of(cut(&line.en), cut(&line.de));
        canvas
            .text(at.0, y, line, Anchor::Middle, Paint::Ink)
            .small();
    }
}

/// What the pointer is told of a cell: everybody in it.
fn said(map: &CrossoverMap, cell: &Cell, x: usize, y: usize) -> Words {
    let (unit, _) = described(&map.least);
    let mut text = Words::same(format!(
        "{} {}, {} {}",
        map.across.name, map.across.levels[x].label, map.up.name, map.up.levels[y].label
    ));
    for (name, entry) in map.contenders.iter().zip(&cell.entries) {
        let value = entry.as_ref().map_or(f64::NAN, |e| e.value[0]);
        text =
            text.then(&Words::same(format!("; {name} ")))
                .then(&plain(unit, value, &map.currency));
    }
    text
}

fn axes(canvas: &mut Canvas, map: &CrossoverMap, frame: &Frame, wide: f64) {
    for (x, level) in map.across.levels.iter().enumerate() {
        let at = frame.left + wide * (x as f64 + 0.5);
        let text = fitted(&level.label, super::SMALL, wide - 4.0);
        canvas
            .text(at, frame.bottom + 10.0, text, Anchor::Middle, Paint::Soft)
            .small();
    }
    for (y, level) in map.up.levels.iter().enumerate() {
        let at = frame.bottom - ROW * (y as f64 + 0.5);
        let text = fitted(&level.label, super::SMALL, frame.left - 10.0);
        canvas
            .text(frame.left - 6.0, at, text, Anchor::End, Paint::Soft)
            .small();
    }
    let middle = f64::midpoint(frame.left, frame.right);
    let (bottom, side) = (map.across.name.clone(), map.up.name.clone());
    canvas
        .text(
            middle,
            frame.bottom + 26.0,
            bottom,
            Anchor::Middle,
            Paint::Soft,
        )
        .small();
    canvas
        .text(4.0, frame.top - 14.0, side, Anchor::Start, Paint::Soft)
        .small();
}

fn about(map: &CrossoverMap) -> Words {
    let (_, title) = described(&map.least);
    Words::of(
        format!(
            "Winner of each cell by the least {title} at the promised quality; pale where less than 95% sure"
        ),
        format!(
            "Sieger jedes Feldes nach {} bei zugesagter Güte; blass, wo weniger als 95 % sicher",
            Words::term(&title).de
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::super::sweep_samples::map;
    use super::*;
    use crate::report::words::Language;

    #[test]
    fn every_cell_shows_its_winner_and_borders_their_crossing() {
        let map = map();
        let picture = crossover(&map);
        let svg = picture.file(Language::English);
        assert!(svg.contains("Of 4 cells startup wins 2, enterprise wins 1, in 1 nobody keeps"));
        assert!(svg.contains("volume 100%, languages two; startup EUR 2.00; enterprise EUR 1.00"));
        // Costs cross at 50 %, half-way between 25 % and 100 % on a logarithmic scale.
        let edges = edges(&map, 1, 100.0);
        assert!((edges[1] - 100.0).abs() < 1e-9, "{edges:?}");
    }
}
