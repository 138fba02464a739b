//! Shifts of a day as bars, breaks left open.

use super::axes::Frame;
use super::canvas::{Anchor, Canvas};
use super::clock::clock;
use super::look::{GREY, Paint};
use super::picture::Picture;
use super::{WIDTH, slug};
use crate::experiment::series::{DutyLine, OffLine, TeamDuties};
use crate::report::figure;
use crate::report::words::{Words, weekday};

/// Most rows of a picture; further shifts are counted below.
const MOST: usize = 40;

/// A team's shifts on a day, alike ones in one row with their number.
#[must_use]
pub fn gantt(team: &TeamDuties, weekday_number: usize, date: &str) -> Option<Picture> {
    let first = team.lines.iter().map(|l| l.start_min).min()?;
    let last = team.lines.iter().map(|l| l.end_min).max()?;
    let shown = &team.lines[..team.lines.len().min(MOST)];
    let row = (400.0 / shown.len() as f64).clamp(13.0, 20.0);
    let more = team.lines.len() - shown.len();
    let foot = if more > 0 { 58.0 } else { 42.0 };
    let mut canvas = Canvas::new(WIDTH, 8.0 + row * shown.len() as f64 + foot);
    let frame = Frame::inside(&canvas, 38.0, 6.0, 10.0, foot - 4.0);
    let hour = |m: i64, up: bool| {
        let h = if up { m + 59 } else { m }.div_euclid(60);
        h as f64 * 60.0
    };
    let (from, to) = (hour(first, false), hour(last, true));
    let across = frame.across(from, to);
    let step = if to - from > 16.0 * 60.0 {
        180.0
    } else {
        120.0
    };
    let begin = (from / step).ceil() as i64;
    let marks: Vec<(f64, Words)> = (begin..)
        .map(|k| k as f64 * step)
        .take_while(|m| *m <= to)
        .map(|m| (m, clock(m).into()))
        .collect();
    frame.named_axis(
        &mut canvas,
        &across,
        Words::of("time of day", "Uhrzeit"),
        &marks,
    );
    for (i, line) in shown.iter().enumerate() {
        let y = frame.top + row * i as f64 + 1.0;
        bar(&mut canvas, &across, line, y, row - 2.0);
        canvas
            .text(
                frame.left - 6.0,
                y + row / 2.0 - 1.0,
                format!("{} ×", line.staff),
                Anchor::End,
                Paint::Ink,
            )
            .small();
    }
    if more > 0 {
        let text = Words::of(
            format!("and {more} further kinds of shift"),
            format!("und {more} weitere Schichten"),
        );
        canvas
            .text(
                frame.left,
                canvas.height - 8.0,
                text,
                Anchor::Start,
                Paint::Soft,
            )
            .small();
    }
    let people: u32 = team.lines.iter().map(|l| l.staff).sum();
    let (day, name) = (weekday(weekday_number), &team.name);
    let begin = clock(first as f64);
    let end = Words::same(clock(last as f64));
    let end = if last > 24 * 60 {
        end.then(&Words::of(" the next day", " am nächsten Tag"))
    } else {
        end
    };
    let iso = slug(date);
    let date = figure::date(date);
    Some(Picture {
        name: format!("shifts-{}-{iso}", slug(name)),
        title: Words::of(
            format!(
                "{name}: {people} on shift {} {}, from {begin} to {}",
                day.en, date.en, end.en
            ),
            format!(
                "{name}: {people} im Dienst {} {}, von {begin} bis {}",
                day.de, date.de, end.de
            ),
        ),
        about: Words::of(
            "Shifts by start, the number of people before each; breaks are open, planned work off queue is grey.",
            "Schichten nach Beginn, davor die Zahl der Personen; Pausen sind offen, geplante andere Arbeit ist grau.",
        ),
        canvas,
    })
}

fn bar(canvas: &mut Canvas, across: &super::Scale, line: &DutyLine, y: f64, high: f64) {
    let at = |m: i64| across.at(m as f64);
    let (from, to) = (clock(line.start_min as f64), clock(line.end_min as f64));
    let pauses: Vec<String> = line
        .offs
        .iter()
        .filter(|o| o.is_break)
        .map(|o| {
            format!(
                "{} ({} min)",
                clock(o.from_min as f64),
                o.to_min - o.from_min
            )
        })
        .collect();
    let list = pauses.join(", ");
    let duty = format!("{} × {from}–{to}", line.staff);
    let tip = if pauses.is_empty() {
        Words::of(format!("{duty}, no breaks"), format!("{duty}, ohne Pause"))
    } else {
        Words::of(
            format!("{duty}, breaks {list}"),
            format!("{duty}, Pausen {list}"),
        )
    };
    canvas
        .rect(
            at(line.start_min),
            y,
            at(line.end_min) - at(line.start_min),
            high,
            Paint::Series(0),
        )
        .tip(tip);
    for OffLine {
        from_min,
        to_min,
        is_break,
    } in &line.offs
    {
        let paint = if *is_break {
            Paint::Paper
        } else {
            Paint::Series(GREY)
        };
        let wide = (at(*to_min) - at(*from_min)).max(1.0);
        canvas.rect(at(*from_min), y, wide, high, paint);
    }
}
