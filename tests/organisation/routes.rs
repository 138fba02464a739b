//! Routes that lead elsewhere from a date on.

use super::case::{own, play};
use staffwright::experiment::Case;

fn two(later: &str) -> Case {
    let teams = format!(
        "{later}[route.all]\nto = [\"all\"]\n[team.other]\nlike = \"all\"\n[team.all]\nheads = 12"
    );
    own(&[("10 weeks", "8 weeks"), ("[team.all]\nheads = 12", &teams)])
}

#[test]
fn contacts_go_where_the_route_of_their_date_leads() {
    let case = two("[[from]]\ndate = 2027-03-01\nset = { \"route.all.to\" = [\"other\"] }\n");
    let names: Vec<&str> = case
        .scenario
        .teams
        .iter()
        .map(|t| t.name.as_str())
        .collect();
    let [other, all] = ["other", "all"].map(|n| names.iter().position(|m| *m == n).unwrap());
    let ledger = play(&case, 0);
    // By the end of the last Sunday before it, and at the end.
    let teams = ledger.teams.len();
    let before = &ledger.daily.teams[27 * teams..28 * teams];
    assert!(before[all].answered > 3_000 && before[other].answered == 0);
    assert!(ledger.teams[other].answered > 3_000);
    assert_eq!(ledger.teams[all].answered, before[all].answered);
    // People are placed where the work is: those who have none are placed over the opening hours alone.
    let load = |team: usize, from: usize| {
        let all = staffwright::roster::team_load(
            &case.scenario,
            &staffwright::roster::load::load(&case.scenario),
        );
        let half = all[team].len() / 2;
        all[team][from * half..(from + 1) * half]
            .iter()
            .sum::<f64>()
    };
    assert!(load(all, 0) > 1.0 && load(all, 1) == 0.0);
    assert!(load(other, 0) == 0.0 && load(other, 1) > 1.0);
}

#[test]
fn a_route_that_is_repeated_on_a_date_changes_nothing() {
    let told = |later: &str| {
        let case = two(later);
        format!("{:?} {:?}", case.roster, play(&case, 0))
    };
    let repeated = "[[from]]\ndate = 2027-03-01\nset = { \"route.all.to\" = [\"all\"] }\n";
    assert_eq!(told(""), told(repeated));
}

#[test]
fn waits_are_estimated_at_the_pace_of_those_who_are_there() {
    let overflow = |keys: &str, wait: &str| {
        let teams = format!(
            "[route.all]\nto = [\"all\", {{ team = \"other\", wait_over = \"{wait}\" }}]\n[team.other]\nheads = 6\nshifts = [\"day\"]\nroster = \"fit\"\nshrinkage = {{ leave = \"10%\" }}\n[team.all]\n{keys}\nheads = 6"
        );
        let case = own(&[("10 weeks", "8 weeks"), ("[team.all]\nheads = 12", &teams)]);
        let other = case
            .scenario
            .teams
            .iter()
            .position(|t| t.name == "other")
            .unwrap();
        let answered = |r| play(&case, r).teams[other].answered as f64;
        (0..4).map(answered).sum::<f64>()
    };
    // Newcomers at half the pace, who learn next to nothing in eight weeks, are like people who take twice as long.
    let slow = "learning = { start = \"50%\", contacts = 1_000_000_000 }\ntenure = [{ heads = 6, tenure = \"0 days\" }]";
    let twice = "factor = { handle = \"200%\" }";
    let (new, old) = (overflow(slow, "2m"), overflow(twice, "2m"));
    assert!((new / old - 1.0).abs() < 0.01, "{new} and {old}");
    // An estimate by what the experienced take would be half as long.
    let half = overflow(twice, "4m");
    assert!((old / half - 1.0).abs() > 0.03, "{old} and {half}");
}
