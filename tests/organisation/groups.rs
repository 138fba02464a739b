//! Skill groups whose heads change on a date, against a team of each group.

use crate::case::{own, play};
use staffwright::experiment::Case;

const RELEASE: &str = "release = { attrition = \"40%\" }";

/// Twelve heads, four of them faster, and others from March on.
fn groups(keys: &str, later: &str) -> Case {
    let team = format!(
        "[[from]]\ndate = 2027-03-01\nset = {{ {later} }}\n[team.all]\n{keys}\ngroups = [{{ heads = 4, handle = \"80%\" }}]\nheads = 12"
    );
    own(&[("[team.all]\nheads = 12", &team)])
}

#[test]
fn groups_that_change_on_a_date_are_placed_like_a_team_of_each() {
    let groups = groups(
        RELEASE,
        "team.all.heads = 10, team.all.groups = [{ heads = 3, handle = \"80%\" }]",
    );
    let teams = own(&[(
        "[team.all]\nheads = 12",
        "[[from]]\ndate = 2027-03-01\nset = { team.a.heads = 7, team.b.heads = 3 }\n[team.b]\nlike = \"a\"\nheads = 4\nfactor = [{ handle = \"80%\" }]\n[team.a]\nrelease = { attrition = \"40%\" }\nheads = 8",
    )]);
    assert_eq!(groups.roster.teams.len(), 2);
    // The others of the team come first, `b` is written first.
    for (group, team) in groups
        .roster
        .teams
        .iter()
        .zip(teams.roster.teams.iter().rev())
    {
        assert_eq!(group.leaving.len(), 1);
        assert_eq!(group, team);
    }
    let answered = |case: &Case| play(case, 0).streams[0].answered as f64;
    assert!((answered(&groups) / answered(&teams) - 1.0).abs() < 0.02);
}

#[test]
fn who_learns_what_another_group_knows_does_not_leave() {
    // Eight and four, then five and six: two of the three have learnt to be fast, one leaves later.
    let case = groups(
        RELEASE,
        "team.all.heads = 11, team.all.groups = [{ heads = 6, handle = \"80%\" }]",
    );
    let leaving = |t: usize| &case.roster.teams[t].leaving;
    assert_eq!((leaving(0).len(), leaving(1).len()), (1, 0));
    assert_eq!(leaving(0)[0].place, 5);
}

#[test]
fn a_group_that_is_new_on_a_date_works_from_then_on() {
    let case = groups(
        "",
        "team.all.heads = 13, team.all.groups = [{ heads = 4, handle = \"80%\" }, { heads = 2, handle = \"60%\" }]",
    );
    let date = case.scenario.eras[0].from;
    let new = &case.roster.teams[2];
    let starts: Vec<_> = new.positions.iter().flat_map(|p| &p.duties).collect();
    assert!(!starts.is_empty() && starts.iter().all(|d| d.start >= date));
    // Two heads for six of ten weeks.
    let length = case.scenario.horizon.length();
    let part = (length - date) as f64 / length as f64;
    assert!((new.heads - 2.0 * part).abs() < 1e-12 && (new.heads - 1.2).abs() < 1e-3);
    assert!(play(&case, 0).teams[2].session > 0);
}

#[test]
fn newcomers_of_a_ramp_are_the_last_of_the_heads() {
    let ramp =
        |from: u32| format!("ramp = {{ from = {from}, begins = \"2 weeks\", over = \"4 weeks\" }}");
    let grows = format!(
        "[team.all]\n{}\ngroups = [{{ heads = 4, handle = \"80%\" }}]\nheads = 12",
        ramp(8)
    );
    let groups = own(&[("[team.all]\nheads = 12", &grows)]);
    let each = format!(
        "[team.b]\nlike = \"a\"\nheads = 4\nramp = {{ from = 4 }}\nfactor = [{{ handle = \"80%\" }}]\n[team.a]\n{}\nheads = 8",
        ramp(4)
    );
    let teams = own(&[("[team.all]\nheads = 12", &each)]);
    for (group, team) in groups
        .roster
        .teams
        .iter()
        .zip(teams.roster.teams.iter().rev())
    {
        assert_eq!(group, team);
    }
    // Four of eight come one by one: after three, four, five and six weeks.
    assert!((groups.roster.teams[0].heads - (8.0 - (3.0 + 4.0 + 5.0 + 6.0) / 10.0)).abs() < 1e-2);
    assert_eq!(groups.roster.teams[1].heads, 4.0);
}

#[test]
fn heads_of_groups_that_are_repeated_on_a_date_change_nothing() {
    let keys = "[team.all]\ngroups = [{ heads = 4, handle = \"80%\" }]\nheads = 12";
    let dated = format!(
        "[[from]]\ndate = 2027-03-01\nset = {{ team.all.heads = 12, team.all.groups = [{{ heads = 4, handle = \"80%\" }}] }}\n{keys}"
    );
    let told = |keys: &str| {
        let case = own(&[("[team.all]\nheads = 12", keys)]);
        format!("{:?} {:?}", case.roster, play(&case, 0))
    };
    assert_eq!(told(keys), told(&dated));
}

#[test]
fn one_group_is_a_team_without_groups_whose_heads_change() {
    let one = |heads: u32| format!("groups = [{{ heads = {heads}, handle = \"100%\" }}]");
    let team = |keys: &str, later: &str| {
        let team = format!(
            "[[from]]\ndate = 2027-03-01\nset = {{ {later} }}\n[team.all]\n{keys}\nheads = 12"
        );
        let case = own(&[("[team.all]\nheads = 12", &team)]);
        assert_eq!(case.roster.teams.len(), 1);
        format!("{:?} {:?}", case.roster, play(&case, 0))
    };
    let groups = team(
        &one(12),
        &format!("team.all.heads = 16, team.all.{}", one(16)),
    );
    assert_eq!(groups, team("", "team.all.heads = 16"));
}
