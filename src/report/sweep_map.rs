//! A crossover map as text: who wins where, how sure, what everybody costs, and where the borders run.

use super::crossovers::sensitivity_sentences;
use super::grid::Grid;
use super::number::{at_least, plain};
use super::page::{Page, Tone};
use super::sweep_metric::described;
use super::words::Words;
use crate::experiment::Standing;
use crate::experiment::sweep::{Axis, Border, Cell, CrossoverMap};

/// From this probability on a winner is not in doubt.
pub const SURE: f64 = 0.95;

/// Everything a map says, as text.
#[must_use]
pub fn text(map: &CrossoverMap, page: &Page) -> String {
    let (unit, title) = described(&map.least);
    let value = |v: f64| plain(unit, v, &map.currency);
    let mut parts = vec![heading(map, &title, page)];
    let mut winners = grid(map);
    rows(map, &mut winners, |cell| {
        let Some(won) = cell.victory else {
            return ("none".into(), Tone::Bad);
        };
        let Some(entry) = &cell.entries[won.contender] else {
            return (String::new(), Tone::Plain);
        };
        let sure = at_least(won.sure);
        let tone = if won.sure >= SURE {
            Tone::Good
        } else {
            Tone::Doubt
        };
        let name = &map.contenders[won.contender];
        (format!("{name} {} ({sure})", value(entry.value[0])), tone)
    });
    parts.push(winners.render(page));
    for (c, name) in map.contenders.iter().enumerate() {
        let mut grid = grid(map);
        rows(map, &mut grid, |cell| match &cell.entries[c] {
            None => ("no heads keep it".into(), Tone::Faint),
            Some(entry) => {
                let wins = cell.victory.is_some_and(|v| v.contender == c);
                let (mark, tone) = match entry.standing {
                    Standing::Misses => (" misses", Tone::Bad),
                    Standing::Open => (" open", Tone::Doubt),
                    Standing::Keeps if wins => ("", Tone::Good),
                    Standing::Keeps => ("", Tone::Plain),
                };
                let heads = if map.staffed {
                    format!(", {:.0} heads", entry.heads)
                } else {
                    String::new()
                };
                let chosen: String = entry.chosen.iter().map(|c| format!(", {c}")).collect();
                (
                    format!("{}{heads}{chosen}{mark}", value(entry.value[0])),
                    tone,
                )
            }
        });
        parts.push(format!(
            "{}\n{}",
            page.paint(Tone::Strong, name),
            grid.render(page)
        ));
    }
    let sentences: String = border_sentences(map)
        .iter()
        .map(|s| page.wrap(&s.en, 2).replacen("  ", "- ", 1))
        .collect();
    if !sentences.is_empty() {
        parts.push(format!("where the borders run\n{sentences}"));
    }
    let moved: String = sensitivity_sentences(map)
        .iter()
        .map(|s| page.wrap(&s.en, 2).replacen("  ", "- ", 1))
        .collect();
    if !moved.is_empty() {
        parts.push(format!("how far judgements move them\n{moved}"));
    }
    parts.join("\n")
}

/// Who wins how many cells, and in how many that is in doubt: what a map says in one sentence.
#[must_use]
pub fn finding(map: &CrossoverMap) -> Words {
    let cells = || map.cells.iter().flatten();
    let won = |c: usize| cells().filter(move |cell| cell.victory.is_some_and(|v| v.contender == c));
    let mut winners: Vec<(usize, usize)> = (0..map.contenders.len())
        .map(|c| (c, won(c).count()))
        .filter(|w| w.1 > 0)
        .collect();
    winners.sort_by_key(|w| std::cmp::Reverse(w.1));
    let mut en = Vec::new();
    let mut de = Vec::new();
    for (c, won) in winners {
        let name = &map.contenders[c];
        en.push(format!("{name} wins {won}"));
        de.push(format!("{name} gewinnt {won}"));
    }
    let none = cells().filter(|cell| cell.victory.is_none()).count();
    if none > 0 {
        en.push(format!("in {none} nobody keeps the promises"));
        de.push(format!("in {none} hält niemand die Zusagen"));
    }
    let doubt = cells()
        .filter(|cell| cell.victory.is_some_and(|v| v.sure < SURE))
        .count();
    let all = cells().count();
    let (mut en, mut de) = (
        format!("Of {all} cells {}", en.join(", ")),
        format!("Von {all} Feldern: {}", de.join(", ")),
    );
    if doubt > 0 {
        en.push_str(&format!("; {doubt} are in doubt"));
        de.push_str(&format!("; {doubt} sind unsicher"));
    }
    Words::of(en, de)
}

fn heading(map: &CrossoverMap, title: &str, page: &Page) -> String {
    let promises = if map.promises.is_empty() {
        "all promises".into()
    } else {
        map.promises.join(", ")
    };
    let heads = if map.staffed {
        "; every cell has the least heads that keep them, found by simulation and judged on other replications"
    } else {
        "; heads as written"
    };
    let said = format!(
        "{} across, {} up; the least {title} of those that keep {promises}{heads}. In brackets: how sure, at \
         least, that the winner keeps them and nobody who does is cheaper",
        map.across.name, map.up.name
    );
    format!(
        "{}\n{}{}",
        page.paint(Tone::Strong, &map.title),
        page.wrap(&finding(map).en, 0),
        page.wrap(&said, 0)
    )
}

fn grid(map: &CrossoverMap) -> Grid {
    let mut head = vec![map.up.name.clone()];
    head.extend(map.across.levels.iter().map(|l| l.label.clone()));
    Grid::new(head)
}

/// A row per level up the side, the last one on top, as in the picture.
fn rows(map: &CrossoverMap, grid: &mut Grid, cell: impl Fn(&Cell) -> (String, Tone)) {
    for (level, cells) in map.up.levels.iter().zip(&map.cells).rev() {
        let mut row = vec![(level.label.clone(), Tone::Plain)];
        row.extend(cells.iter().map(&cell));
        grid.row(row);
    }
}

/// Each border in a sentence, going across first.
#[must_use]
pub fn border_sentences(map: &CrossoverMap) -> Vec<Words> {
    let mut out = Vec::new();
    for across in [true, false] {
        let (along, other) = if across {
            (&map.across, &map.up)
        } else {
            (&map.up, &map.across)
        };
        for at in 0..other.levels.len() {
            let mut here = map
                .borders
                .iter()
                .filter(|b| b.across == across && b.at == at)
                .peekable();
            if here.peek().is_none() {
                continue;
            }
            let steps: Vec<Words> = here.map(|b| step(map, along, b)).collect();
            let list = |of: fn(&Words) -> &str| steps.iter().map(of).collect::<Vec<_>>().join("; ");
            let place = format!("{} {}: ", other.name, other.levels[at].label);
            out.push(Words::same(place).then(&Words::of(list(|w| &w.en), list(|w| &w.de))));
        }
    }
    out
}

pub(super) fn step(map: &CrossoverMap, axis: &Axis, border: &Border) -> Words {
    let name = |winner: Option<usize>, none| winner.map_or(none, |w| map.contenders[w].as_str());
    let level = |i: usize| axis.levels[i].label.as_str();
    let place = match border.crossing {
        Some(x) => {
            let at = format!("{} {}", axis.name, numbered(axis, x));
            Words::of(format!("at about {at}"), format!("bei etwa {at}"))
        }
        None => {
            let (from, to) = (level(border.from), level(border.from + 1));
            Words::of(
                format!("between {} {from} and {to}", axis.name),
                format!("zwischen {} {from} und {to}", axis.name),
            )
        }
    };
    Words::of(
        format!(
            "{} gives way to {} {}",
            name(border.before, "none"),
            name(border.behind, "none"),
            place.en
        ),
        format!(
            "{} weicht {} {}",
            name(border.before, "niemand"),
            name(border.behind, "niemandem"),
            place.de
        ),
    )
}

/// A number of an axis with its unit, to three digits.
#[must_use]
pub fn numbered(axis: &Axis, x: f64) -> String {
    let size = x.abs();
    let decimals = if size >= 100.0 || size == 0.0 {
        0
    } else if size >= 10.0 {
        1
    } else {
        2
    };
    let number = format!("{x:.decimals$}");
    match axis.unit.as_deref().unwrap_or("") {
        "" => number,
        unit if unit.starts_with(|c: char| c.is_ascii_uppercase()) => {
            let (currency, per) = unit.split_at(unit.find(['/', ' ']).unwrap_or(unit.len()));
            format!("{currency} {number}{}", per.trim())
        }
        unit => format!("{number}{unit}"),
    }
}
