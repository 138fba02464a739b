//! Who works what, as text: people with their hours and duties, how evenly they lie, wishes, and what stays open.

use super::grid::Grid;
use super::page::Page;
use crate::optimize::named::{HandOut, OpenShift, Person};

/// The hand-outs of a plan; nothing where nobody is named.
#[must_use]
pub fn text(hand_outs: &[HandOut], page: &Page) -> String {
    hand_outs.iter().map(|h| one(h, page)).collect()
}

fn one(hand_out: &HandOut, page: &Page) -> String {
    let mut out = page.wrap(&lead(hand_out), 0);
    let titles = [
        "person",
        "contract",
        "shifts",
        "hours",
        "account",
        "at the end",
        "late",
        "weekend",
        "holiday",
        "wishes",
    ];
    let mut grid = Grid::new(titles.map(str::to_owned).to_vec());
    for person in &hand_out.people {
        grid.plain(row(person));
    }
    out.push_str(&grid.render(page));
    for spread in &hand_out.spread {
        let of = spread.contract.as_deref().unwrap_or("everybody");
        let text = format!(
            "{of}: between the most and the least burdened {:.1} hours on the account, {:.1} late, {:.1} weekend and {:.1} holiday shifts",
            spread.account_h, spread.late, spread.weekend, spread.holiday
        );
        out.push_str(&page.wrap(&text, 2));
    }
    let shown = if page.verbose { usize::MAX } else { 10 };
    for shift in hand_out.open.iter().take(shown) {
        out.push_str(&page.wrap(&open(shift), 2));
    }
    out.push_str(&page.and_more(hand_out.open.len().saturating_sub(shown)));
    for broken in &hand_out.broken {
        out.push_str(&page.wrap(&format!("our own check found: {broken}"), 2));
    }
    out
}

fn lead(hand_out: &HandOut) -> String {
    let open: u32 = hand_out.open.iter().map(|o| o.people).sum();
    let best = if hand_out.best {
        "no hand-out is better"
    } else if hand_out.by_time {
        "handed out some weeks at a time, as far as the clock allowed"
    } else {
        "handed out some weeks at a time"
    };
    let wishes = if hand_out.wishes > 0.0 {
        format!(
            "; wishes granted: {:.0}% by weight",
            100.0 * hand_out.granted / hand_out.wishes
        )
    } else {
        String::new()
    };
    format!(
        "who works what in {}: {} shifts, {open} of them open{wishes}; {best}",
        hand_out.team, hand_out.shifts
    )
}

fn row(person: &Person) -> Vec<String> {
    let wishes = if person.wishes > 0.0 {
        format!("{:.0} of {:.0}", person.granted, person.wishes)
    } else {
        String::new()
    };
    vec![
        person.name.clone(),
        person.contract.clone().unwrap_or_default(),
        person.tours.len().to_string(),
        format!("{:.1}", person.hours),
        format!("{:+.1}", person.account_start_h),
        format!("{:+.1}", person.account_end_h),
        person.late.to_string(),
        person.weekend.to_string(),
        person.holiday.to_string(),
        wishes,
    ]
}

/// `open: 2 on early 07:00, Wed 2027-01-13: absent 3, too little rest 1`.
#[must_use]
pub fn open(shift: &OpenShift) -> String {
    let tour = &shift.tour;
    let reasons: Vec<String> = shift
        .reasons
        .iter()
        .map(|r| format!("{} {}", r.reason.words(), r.people))
        .collect();
    let why = if reasons.is_empty() {
        "nobody has this contract".to_owned()
    } else {
        reasons.join(", ")
    };
    format!(
        "open: {} on {} {}, {} {}: {why}",
        shift.people,
        tour.shift.as_deref().unwrap_or(&tour.team),
        tour.start,
        tour.day,
        tour.date
    )
}
