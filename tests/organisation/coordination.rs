//! Meetings that grow with a team whose heads change on a date.

use super::case::{close, own};
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
