//! The organisation as boxes: tiers from the top, teams with their full-time equivalents and cost.

use super::axes::tick_label;
use super::canvas::{Anchor, Canvas, SMALL, fitted};
use super::look::Paint;
use super::picture::Picture;
use super::{WIDTH, slug};
use crate::experiment::series::OrganisationBox;
use crate::measure::Unit;
use crate::report::figure::{fixed, plain};
use crate::report::words::{Words, counted};

const BOX: f64 = 68.0;
const GAP: f64 = 8.0;
/// Boxes side by side.
const COLUMNS: usize = 3;
const HEAD: f64 = 24.0;

/// An organisation's teams by tier; customers reach the lowest tier first, at the foot.
#[must_use]
pub fn organisation(name: &str, boxes: &[OrganisationBox], currency: &str) -> Option<Picture> {
    let mut tiers: Vec<u32> = boxes.iter().map(|b| b.tier).collect();
    tiers.sort_unstable();
    tiers.dedup();
    let fte: f64 = boxes.iter().map(|b| b.fte).sum();
    let cost: f64 = boxes.iter().map(|b| b.cost).sum();
    let rows = |tier: u32| {
        boxes
            .iter()
            .filter(|b| b.tier == tier)
            .count()
            .div_ceil(COLUMNS)
    };
    let high: f64 = tiers
        .iter()
        .map(|&t| HEAD + rows(t) as f64 * (BOX + GAP) + 10.0)
        .sum();
    if tiers.is_empty() {
        return None;
    }
    let mut canvas = Canvas::new(WIDTH, high + 4.0);
    let wide = (WIDTH - 2.0 * GAP - (COLUMNS as f64 - 1.0) * GAP) / COLUMNS as f64;
    let mut y = 0.0;
    for (k, &tier) in tiers.iter().rev().enumerate() {
        let members: Vec<&OrganisationBox> = boxes.iter().filter(|b| b.tier == tier).collect();
        let sum = |of: fn(&OrganisationBox) -> f64| members.iter().map(|b| of(b)).sum::<f64>();
        if k > 0 {
            // Work climbs from the tier below.
            let x = WIDTH / 2.0;
            canvas.line(vec![(x, y - 10.0), (x, y + 4.0)], 1.5, Paint::Soft);
            canvas.area(
                vec![(x - 4.0, y - 6.0), (x + 4.0, y - 6.0), (x, y - 12.0)],
                Paint::Soft,
            );
        }
        let (tier_fte, money) = (
            fixed(sum(|b| b.fte), 1),
            plain(Unit::Money, sum(|b| b.cost), currency),
        );
        canvas
            .text(
                GAP,
                y + HEAD / 2.0,
                Words::of(
                    format!("tier {tier}: {} FTE, {}", tier_fte.en, money.en),
                    format!("Stufe {tier}: {} VZÄ, {}", tier_fte.de, money.de),
                ),
                Anchor::Start,
                Paint::Ink,
            )
            .bold();
        y += HEAD;
        for (i, team) in members.iter().enumerate() {
            let x = GAP + (i % COLUMNS) as f64 * (wide + GAP);
            one(
                &mut canvas,
                team,
                x,
                y + (i / COLUMNS) as f64 * (BOX + GAP),
                wide,
                currency,
            );
        }
        y += rows(tier) as f64 * (BOX + GAP) + 10.0;
    }
    let (fte, total) = (fixed(fte, 1), plain(Unit::Money, cost, currency));
    let teams = boxes.len();
    Some(Picture {
        name: format!("organisation-{}", slug(name)),
        title: Words::of(
            format!(
                "{name}: {} in {}, {} full-time equivalents, {} for the teams",
                counted(teams, "team", "teams"),
                counted(tiers.len(), "tier", "tiers"),
                fte.en,
                total.en
            ),
            format!(
                "{name}: {} auf {}, {} Vollzeitkräfte, {} für die Teams",
                counted(teams, "Team", "Teams"),
                counted(tiers.len(), "Stufe", "Stufen"),
                fte.de,
                total.de
            ),
        ),
        about: Words::of(
            "Teams by tier with heads, full-time equivalents and their cost over the horizon; rent, overheads and the client's cost of managing vendors belong to no team. Orange boxes are vendors'.",
            "Teams nach Stufe mit Köpfen, Vollzeitkräften und ihren Kosten im Zeitraum; Miete, Gemeinkosten und Steuerung der Dienstleister gehören zu keinem Team. Orange sind Dienstleister.",
        ),
        canvas,
    })
}

fn one(canvas: &mut Canvas, team: &OrganisationBox, x: f64, y: f64, wide: f64, currency: &str) {
    let paint = Paint::Series(if team.vendor.is_some() { 1 } else { 0 });
    let employer = team.vendor.as_ref().unwrap_or(&team.site);
    let heads = tick_label(team.heads);
    let fte = fixed(team.fte, 1);
    let money = plain(Unit::Money, team.cost, currency);
    let people = Words::of(
        format!("{} heads, {} FTE", heads.en, fte.en),
        format!("{} Köpfe, {} VZÄ", heads.de, fte.de),
    );
    let tip = [
        Words::same(format!("{}, {employer}: ", team.name)),
        people.clone(),
        Words::same(", "),
        money.clone(),
    ];
    canvas
        .rect(x, y, wide, BOX, paint)
        .alpha(0.16)
        .tip(tip.iter().fold(Words::default(), |a, b| a.then(b)));
    canvas.rect(x, y, 3.0, BOX, paint);
    let cut = |text: &str| fitted(text, SMALL, wide - 14.0);
    let mut line = |dy: f64, text: Words, paint: Paint| {
        canvas
            .text(x + 9.0, y + dy, text, Anchor::Start, paint)
            .small();
    };
    line(12.0, cut(&team.name).into(), Paint::Ink);
    line(27.0, cut(employer).into(), Paint::Soft);
    line(
        43.0,
        Words::of(cut(&people.en), cut(&people.de)),
        Paint::Ink,
    );
    line(58.0, money, Paint::Soft);
}
