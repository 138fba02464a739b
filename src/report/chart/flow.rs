//! Where work goes, tier by tier: a Sankey diagram.

use super::WIDTH;
use super::canvas::{Anchor, Canvas, SMALL, words_width};
use super::look::{GREY, Paint};
use super::picture::Picture;
use crate::experiment::series::Flow;
use crate::measure::Unit;
use crate::report::figure;
use crate::report::words::Words;

/// Points of a bent band on either side.
const BENDS: usize = 20;
const NODE: f64 = 14.0;
const GAP: f64 = 16.0;

/// A place that work comes to.
struct Node {
    x: f64,
    y: f64,
    size: f64,
    taken_in: f64,
    taken_out: f64,
}

/// Pieces of work by the tier they ended at and what came of them; `None` where nothing was worked on.
#[must_use]
pub fn flow(flow: &Flow) -> Option<Picture> {
    let tiers = flow.tiers.len();
    let moves = &flow.moves;
    let ended = |i: usize| moves[i].iter().sum::<f64>();
    let used: Vec<usize> = (0..tiers).filter(|&i| ended(i) > 0.0).collect();
    let first = *used.first()?;
    let names: Vec<Words> = flow.tiers.iter().map(|t| tier_name(t)).collect();
    let (top, high) = (26.0, 240.0);
    let mut canvas = Canvas::new(WIDTH, top + high + 20.0);
    // Pieces handed down again end at their own place: a diagram cannot run backwards.
    let up = |i: usize| (i + 1..tiers).map(|j| moves[i][j]).sum::<f64>();
    let back = |i: usize| (0..=i).map(|j| moves[i][j]).sum::<f64>();
    let ends: [(Words, f64, Paint); 4] = [
        (
            Words::of("resolved", "gelöst"),
            used.iter().map(|&i| moves[i][tiers]).sum(),
            Paint::Series(2),
        ),
        (
            Words::of("comes back", "kommt wieder"),
            used.iter().map(|&i| moves[i][tiers + 1]).sum(),
            Paint::Series(1),
        ),
        (
            Words::of("to engineering", "an die Entwicklung"),
            used.iter().map(|&i| moves[i][tiers + 2]).sum(),
            Paint::Series(4),
        ),
        (
            Words::of("handed back", "zurückgegeben"),
            used.iter().map(|&i| back(i)).sum(),
            Paint::Series(GREY),
        ),
    ];
    // Where all ends alike, there is nothing to see.
    let total: f64 = ends.iter().map(|e| e.1).sum();
    if used.len() == 1 && ends.iter().any(|e| e.1 >= total) {
        return None;
    }
    let largest: f64 = used.iter().map(|&i| ended(i)).fold(0.0, f64::max);
    let room = high - 2.0 * GAP;
    let unit = room / total.max(largest);
    let widest_end = ends
        .iter()
        .map(|e| words_width(&e.0, SMALL) + super::text_width(" 100.0 %", SMALL))
        .fold(0.0, f64::max);
    let last_x = WIDTH - NODE - 12.0 - widest_end;
    let column = |k: usize| 6.0 + k as f64 * (last_x - 6.0) / used.len() as f64;
    let mut nodes: Vec<Option<Node>> = (0..tiers).map(|_| None).collect();
    for (k, &i) in used.iter().enumerate() {
        nodes[i] = Some(Node {
            x: column(k),
            y: top + 24.0 * k as f64,
            size: ended(i) * unit,
            taken_in: 0.0,
            taken_out: 0.0,
        });
    }
    let mut y = top;
    let mut sinks: Vec<Node> = Vec::new();
    for (_, amount, _) in &ends {
        sinks.push(Node {
            x: last_x,
            y,
            size: amount * unit,
            taken_in: 0.0,
            taken_out: 0.0,
        });
        y += amount * unit + GAP;
    }
    for &i in &used {
        let name = &names[i];
        let mut from = nodes[i].take()?;
        for j in i + 1..tiers {
            if let Some(to) = &mut nodes[j] {
                let tip = said(name, &names[j], moves[i][j], ended(i));
                band(
                    &mut canvas,
                    &mut from,
                    to,
                    moves[i][j] * unit,
                    Paint::Series(0),
                    tip,
                );
            }
        }
        for (amount, (end, sink)) in [
            moves[i][tiers],
            moves[i][tiers + 1],
            moves[i][tiers + 2],
            back(i),
        ]
        .into_iter()
        .zip(ends.iter().zip(&mut sinks))
        {
            let tip = said(name, &end.0, amount, ended(i));
            band(&mut canvas, &mut from, sink, amount * unit, end.2, tip);
        }
        nodes[i] = Some(from);
    }
    for &i in &used {
        let Some(node) = &nodes[i] else { continue };
        canvas
            .rect(node.x, node.y, NODE, node.size, Paint::Ink)
            .tip(said_of(&names[i], ": ", ended(i)));
        let label = said_of(&names[i], " ", ended(i));
        canvas
            .text(node.x, node.y - 9.0, label, Anchor::Start, Paint::Ink)
            .small();
    }
    for ((name, amount, paint), node) in ends.iter().zip(&sinks).filter(|(e, _)| e.1 > 0.0) {
        canvas.rect(node.x, node.y, NODE, node.size.max(1.0), *paint);
        let text = Words::same(" ").then(&figure::plain(Unit::Share, amount / total, ""));
        canvas
            .text(
                node.x + NODE + 6.0,
                node.y + node.size.max(8.0) / 2.0,
                name.clone().then(&text),
                Anchor::Start,
                Paint::Ink,
            )
            .small();
    }
    let share = |amount: f64| figure::plain(Unit::Share, amount / ended(first), "");
    let (name, solved) = (&names[first], share(moves[first][tiers]));
    let title = if used.len() > 1 {
        let on = share(up(first));
        Words::of(
            format!(
                "{} resolves {} of its work and hands {} on",
                name.en, solved.en, on.en
            ),
            format!(
                "{} löst {} ihrer Vorgänge und gibt {} weiter",
                name.de, solved.de, on.de
            ),
        )
    } else {
        let again = share(moves[first][tiers + 1]);
        Words::of(
            format!(
                "{} of the work is resolved, {} comes back",
                solved.en, again.en
            ),
            format!(
                "{} der Vorgänge sind gelöst, {} kommen wieder",
                solved.de, again.de
            ),
        )
    };
    Some(Picture {
        name: "tier-flow".into(),
        title,
        about: Words::of(
            "Pieces of work by the tier they ended at and what came of them, over the horizon; shares at the right are of all that left the tiers.",
            "Vorgänge nach der Stufe, auf der sie endeten, und was aus ihnen wurde, über den Zeitraum; rechts Anteile an allem, was die Stufen verließ.",
        ),
        canvas,
    })
}

fn tier_name(tier: &str) -> Words {
    Words::of(tier, tier.replace("tier", "Stufe"))
}

/// A name and a number of pieces of work.
fn said_of(name: &Words, between: &str, amount: f64) -> Words {
    let amount = figure::plain(Unit::Count, amount, "");
    name.clone().then(&Words::same(between)).then(&amount)
}

fn said(from: &Words, to: &Words, amount: f64, of: f64) -> Words {
    let (n, share) = (
        figure::plain(Unit::Count, amount, ""),
        figure::plain(Unit::Share, amount / of, ""),
    );
    Words::of(
        format!("{} → {}: {}, {}", from.en, to.en, n.en, share.en),
        format!("{} → {}: {}, {}", from.de, to.de, n.de, share.de),
    )
}

/// A bent band from the next free place of one node to that of another.
fn band(canvas: &mut Canvas, from: &mut Node, to: &mut Node, thick: f64, paint: Paint, tip: Words) {
    if thick <= 0.0 {
        return;
    }
    let (x0, x1) = (from.x + NODE, to.x);
    let (y0, y1) = (from.y + from.taken_out, to.y + to.taken_in);
    from.taken_out += thick;
    to.taken_in += thick;
    let at = |k: usize| {
        let t = k as f64 / BENDS as f64;
        // Smoothstep: level at both ends.
        let s = t * t * (3.0 - 2.0 * t);
        (x0 + t * (x1 - x0), y0 + s * (y1 - y0))
    };
    let upper = (0..=BENDS).map(at);
    let lower = (0..=BENDS)
        .rev()
        .map(at)
        .map(|(x, y)| (x, y + thick.max(0.75)));
    let outline: Vec<(f64, f64)> = upper.chain(lower).collect();
    canvas.area(outline, paint).alpha(0.45).tip(tip);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_move_is_a_band_and_the_title_says_what_is_resolved() {
        let tiers = vec!["tier 1".to_owned(), "tier 2".to_owned()];
        let moves = vec![
            vec![0.0, 20.0, 70.0, 10.0, 0.0],
            vec![5.0, 0.0, 12.0, 0.0, 3.0],
        ];
        let picture = super::flow(&Flow { tiers, moves }).expect("there is work");
        assert_eq!(
            picture.title.en,
            "tier 1 resolves 70.0% of its work and hands 20.0% on"
        );
        let svg = picture.inline();
        assert_eq!(svg.matches("<polygon").count(), 6);
        assert!(svg.contains("tier 2 → handed back: 5, 25.0%"), "{svg}");
    }
}
