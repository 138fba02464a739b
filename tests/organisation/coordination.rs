//! Meetings by the size of a team and what it knows, planned and played; and where its heads change on a date.

use super::case::{close, own, play};
use staffwright::experiment::Case;
use staffwright::roster::Duty;

/// Twelve heads, or others, who meet for six minutes a week with each colleague.
fn heads(count: &str, later: &str) -> Case {
    let tables = format!("{later}[coordination]\ncolleague = \"6m\"\ntopic = \"0s\"\n[shift.day]");
    own(&[
        ("heads = 12", &format!("heads = {count}")),
        ("[shift.day]", &tables),
    ])
}

/// Duties of the team that begin from a tick on, and their part in meetings.
fn duties(case: &Case, from: u64) -> (Vec<&Duty>, f64) {
    let all = case.roster.teams[0]
        .positions
        .iter()
        .flat_map(|p| &p.duties);
    let own: Vec<&Duty> = all.filter(|d| d.start >= from).collect();
    let planned: u64 = own.iter().map(|d| d.planned()).sum();
    let length: u64 = own.iter().map(|d| d.end - d.start).sum();
    (own, planned as f64 / length as f64)
}

#[test]
fn meetings_follow_the_heads_of_the_date() {
    let dated = heads(
        "12",
        "[[from]]\ndate = 2027-03-01\nset = { team.all.heads = 24 }\n",
    );
    let from = dated.scenario.eras[0].from;
    let (small, large) = (heads("12", ""), heads("24", ""));
    // From the date on everybody works as in a team that always had as many heads, meetings included.
    let ((now, share), (always, as_large)) = (duties(&dated, from), duties(&large, from));
    assert_eq!(now, always);
    assert_eq!(share, as_large);
    // 23 colleagues instead of eleven: about twice the part of every duty, of six minutes for each a week.
    let (_, as_small) = duties(&small, from);
    close(as_large / as_small, 23.0 / 11.0, 0.05);
    // Shares of paid hours, of which a tenth is leave and a twentieth sickness.
    close(as_large, 23.0 * 6.0 / 2_400.0 / 0.9, 0.1);
    // Before it nothing has changed.
    let before = |case: &Case| -> u64 {
        let all = case.roster.teams[0]
            .positions
            .iter()
            .flat_map(|p| &p.duties);
        let own = all.filter(|d| d.start < from);
        own.map(|d| d.planned()).sum()
    };
    assert_eq!(before(&dated), before(&small));
}

/// A team of so many heads who serve so many topics: hours in meetings over what is scheduled, as played.
fn in_meetings(heads: u32, topics: u32) -> f64 {
    let more: String = (1..topics)
        .map(|t| {
            format!(
                "[topic.t{t}]\nper_week = 60\nhandle = \"5m\"\nends = {{ resolved = \"100%\" }}\n"
            )
        })
        .collect();
    let case = own(&[
        ("per_week = 1_500", "per_week = 60"),
        ("heads = 12", &format!("heads = {heads}")),
        (
            "shrinkage = { leave = \"10%\", sick = \"5%\" }",
            "shrinkage = \"none\"",
        ),
        (
            "[shift.day]",
            &format!("[coordination]\ncolleague = \"6m\"\ntopic = \"12m\"\n{more}[shift.day]"),
        ),
    ]);
    let ledger = play(&case, 0);
    let team = &ledger.teams[0];
    // What is planned is played, late by the call in hand at the most.
    let planned: u64 = duties(&case, 0).0.iter().map(|d| d.planned()).sum();
    assert!(team.planned_off <= planned && team.planned_off as f64 > 0.99 * planned as f64);
    assert_eq!(
        team.on_queue + team.planned_off,
        team.scheduled + team.overtime
    );
    planned as f64 / team.scheduled as f64
}

/// Each head meets for `colleague (heads - 1) + topic (topics - 1)` of 40 hours a week.
#[test]
fn meetings_take_their_hours_from_the_time_on_queue() {
    for (heads, topics) in [(6, 1), (24, 1), (24, 4), (40, 3)] {
        let minutes = 6.0 * f64::from(heads - 1) + 12.0 * f64::from(topics - 1);
        // Blocks of half an hour: what each head is owed in ten weeks is met to a part of one.
        let part = in_meetings(heads, topics) / (minutes / 2_400.0);
        assert!(
            (part - 1.0).abs() < 0.008,
            "{heads} heads, {topics} topics: {part}"
        );
    }
}
