//! Who leaves and who follows, each against its formula.

use super::case::{close, line, own, play, with};
use staffwright::experiment::{Settings, replicate};
use staffwright::measure::CostKind;

#[test]
fn frozen_people_stay_and_cost_what_they_did() {
    let frozen = own(&[
        ("[demand]", "people = \"frozen\"\n[demand]"),
        ("heads = 12", "heads = 12\nattrition = { rate = \"90%\" }"),
    ]);
    let (a, b) = (play(&with(""), 0), play(&frozen, 0));
    assert_eq!((&a.streams, &a.staff), (&b.streams, &b.staff));
    assert_eq!(a.teams[0].paid, b.teams[0].paid);
    assert_eq!((b.teams[0].leavers, b.teams[0].vacant), (0, 0));
}

#[test]
fn leavers_leave_shifts_unworked_and_newcomers_cost_money_before_they_work() {
    let more = "attrition = { rate = \"300%\", replacement = \"EUR 1_000\" }\nhiring = { lead = \"10 days\", cost = \"EUR 2_000\" }\nclass = { length = \"14 days\", cost = \"EUR 500\" }";
    let case = with(more);
    let steady = with("");
    let ledger = play(&case, 1);
    let team = &ledger.teams[0];
    assert!(team.leavers >= 3, "{}", team.leavers);
    // Nobody's shifts are worked by nobody: duties fall out in proportion to the time nobody works.
    let there = team.working as f64 / (team.working + team.vacant + team.in_class) as f64;
    let scheduled = team.scheduled as f64 / play(&steady, 1).teams[0].scheduled as f64;
    assert!(
        (scheduled - there).abs() < 0.03,
        "{scheduled} is not {there}"
    );
    assert_eq!(
        line(&case, &ledger, CostKind::Hiring),
        2_000.0 * team.hires as f64 + 1_000.0 * team.leavers as f64
    );
    let class_hours = team.in_class as f64 / 3.6e9 * 40.0 / 168.0;
    let training = line(&case, &ledger, CostKind::Training) - 500.0 * team.hires as f64;
    assert!(
        (training / (20.0 * class_hours) - 1.0).abs() < 0.01,
        "{training}"
    );
    let wages = line(&case, &ledger, CostKind::Wages);
    let hours = team.working as f64 / 3.6e9 * 40.0 / 168.0;
    assert!((wages / (20.0 * hours) - 1.0).abs() < 0.01, "{wages}");
}

#[test]
fn the_outcome_tells_people_by_week() {
    let case = with("attrition = { rate = \"100%\" }\nhiring = { lead = \"10 days\" }");
    let settings = Settings {
        replications: 3,
        ..Settings::default()
    };
    let outcome = replicate(&case, &settings, &());
    let weeks = &outcome.teams[0].people;
    assert_eq!(weeks.len(), 10);
    assert_eq!(weeks[0].week, "2027-02-01");
    for week in weeks {
        let all =
            week.working.unwrap().value + week.vacant.unwrap().value + week.in_class.unwrap().value;
        assert!((all - 12.0).abs() < 1e-9);
    }
    assert!(outcome.teams[0].metrics.get("leavers").unwrap().value > 0.0);
    // The default for so long a horizon is said.
    assert!(
        outcome
            .assumptions
            .iter()
            .any(|a| a.path == "people" && a.value == "change")
    );
}

#[test]
fn strain_lets_more_people_leave_by_its_formula() {
    // Far too few people for the calls, of an hour each: they are busy nearly all the time. Who leaves is followed at once.
    let case = own(&[
        (
            "heads = 12",
            "heads = 8\nattrition = { rate = \"500%\", occupancy = { above = \"50%\", per_point = \"10%\" } }\nhiring = { lead = \"0 days\" }",
        ),
        ("handle = \"5m\"", "handle = \"60m\""),
        ("per_week = 1_500", "per_week = 600"),
    ]);
    let (mut leavers, mut expected) = (0.0, 0.0);
    for replication in 0..300 {
        let team = play(&case, replication).teams[0];
        let occupancy = team.handling as f64 / team.on_queue as f64;
        // Day by day; before the eighth midnight there is too little to look back on.
        let leaves = |strain: f64| 1.0 - (-5.0 / 365.25 * strain).exp();
        let strain = 1.0 + 10.0 * (occupancy - 0.5);
        leavers += team.leavers as f64;
        expected += 8.0 * (6.0 * leaves(1.0) + 63.0 * leaves(strain));
    }
    // More than 10,000 leavers have a standard error of less than one per cent.
    assert!(expected > 10_000.0, "{expected}");
    assert!(
        (leavers / expected - 1.0).abs() < 0.025,
        "{leavers} are not {expected}"
    );
}

#[test]
fn vacancies_above_go_to_those_who_have_served_below() {
    let case = own(&[
        (
            "ends = { resolved = \"80%\", returns = \"20%\" }",
            "ends = { resolved = \"60%\", tier2 = \"20%\", returns = \"20%\" }",
        ),
        (
            "[promise.phone]",
            "[tier.2]\nhandle = \"10m\"\nends = { resolved = \"100%\" }\n[promise.phone]",
        ),
        (
            "heads = 12",
            "heads = 16\nattrition = { rate = \"40%\" }\nhiring = { lead = \"0 days\" }",
        ),
        (
            "[contract.full]",
            "[team.experts]\ntier = 2\nheads = 8\nshifts = [\"day\"]\nroster = \"fit\"\nshrinkage = { leave = \"10%\" }\nattrition = { rate = \"200%\" }\nhiring = { lead = \"0 days\" }\npromotes = { from_tier = 1, after = \"200 days\", attrition = \"100%\" }\n[contract.full]",
        ),
    ]);
    let below = case
        .scenario
        .teams
        .iter()
        .position(|t| t.name == "all")
        .unwrap();
    let above = 1 - below;
    let (mut promoted, mut left, mut after) = (0, 0, 0.0);
    for replication in 0..20 {
        let ledger = play(&case, replication);
        let (b, a) = (ledger.teams[below], ledger.teams[above]);
        // Every vacancy above goes to somebody from below while anybody there has served long enough, else to a newcomer.
        assert_eq!(b.promoted + a.hires, a.leavers);
        // Below, who leaves is followed at once and who is promoted a day later.
        assert!(b.leavers + b.promoted - b.hires <= 3);
        assert_eq!(a.vacant, 0);
        assert!(b.vacant <= b.promoted * 24 * 3_600_000_000);
        promoted += b.promoted;
        left += a.leavers;
        after += b.promoted_after as f64 / 1e3;
    }
    assert!(promoted > 30 && promoted <= left);
    assert!(after / promoted as f64 > 200.0);
}

#[test]
fn heads_that_a_date_takes_away_leave_with_severance_or_go_to_another_team() {
    let case = |release: &str| {
        own(&[
            ("heads = 12\n", &format!("heads = 12\n{release}")),
            (
                "sick = \"5%\" }\n",
                "sick = \"5%\" }\n[team.other]\nheads = 4\nshifts = [\"day\"]\nroster = \"fit\"\nshrinkage = { leave = \"10%\", sick = \"5%\" }\n",
            ),
            (
                "[promise.phone]",
                "[[from]]\ndate = 2027-03-01\nset = { team.all.heads = 7, team.other.heads = 6 }\n[promise.phone]",
            ),
        ])
    };
    let played = |release: &str| {
        let case = case(release);
        let ledger = play(&case, 0);
        let cost = |kind| line(&case, &ledger, kind);
        let kinds = [CostKind::Wages, CostKind::Severance, CostKind::Training].map(cost);
        (ledger, kinds)
    };
    let (_, [wages, none, _]) = played("");
    assert_eq!(none, 0.0);
    // Two go to the other team; three are given notice, which comes before the first would leave by itself.
    let (ledger, [more, severance, training]) = played(
        "release = { attrition = \"10%\", notice = \"14 days\", severance = \"EUR 8_000\", to = \"other\", retraining = \"7 days\" }\n",
    );
    let (all, other) = (ledger.teams[0], ledger.teams[1]);
    assert_eq!((all.severed, all.redeployed, other.redeployed), (3, 0, 2));
    close(severance, 24_000.0, 1e-9);
    // Forty hours a week at EUR 20: three for two weeks, and two for one.
    close(training, 2.0 * 40.0 * 20.0, 1e-6);
    close(more - wages, 3.0 * 2.0 * 800.0 - training, 1e-3);
    // Waiting for attrition: the j-th of ten leaves after ln(10 / (10 - j)) years at 100 % a year, or stays to the end.
    let (ledger, [waited, severance, _]) =
        played("release = { attrition = \"100%\", to = \"other\" }\n");
    let days = |j: f64| ((10.0 / (10.0 - j)).ln() * 365.25).ceil().min(42.0);
    assert_eq!((severance, ledger.teams[0].severed), (0.0, 0));
    let there: f64 = [1.0, 2.0, 3.0].map(days).iter().sum();
    // The clock goes forward in the time: one hour less is paid by those who are there.
    let hours = ledger.teams[0].surplus as f64 / 3.6e9;
    close(hours, there * 40.0 / 7.0, 0.01);
    close(waited - wages, 20.0 * hours, 1e-3);
}

#[test]
fn good_tools_keep_people_by_their_factors() {
    // What stays of the rate is what tools leave of it: the same people leave on the same days as where that is stated.
    let tools = |all: &str, tools: &str| {
        own(&[
            ("[demand]", "people = \"change\"\n[demand]"),
            ("per_week = 1_500", "per_week = 60"),
            (
                "heads = 12",
                &format!(
                    "heads = 40\nattrition = {{ rate = \"{all}\" }}\nhiring = {{ lead = \"5 days\" }}"
                ),
            ),
            ("[shift.day]", &format!("{tools}[shift.day]")),
        ])
    };
    let with = tools(
        "300%",
        "[tool.crm]\nattrition = \"90%\"\n[tool.desk]\nattrition = \"80%\"\nteams = [\"all\"]\n",
    );
    let (stated, others) = (tools("216%", ""), tools("219%", ""));
    let (mut leavers, mut years, mut more) = (0, 0.0, 0);
    for replication in 0..40 {
        let (a, b) = (play(&with, replication), play(&stated, replication));
        assert_eq!((&a.teams, &a.streams), (&b.teams, &b.streams));
        leavers += a.teams[0].leavers;
        years += a.teams[0].working as f64 / 3.6e9 / 24.0 / 365.25;
        more += play(&others, replication).teams[0].leavers;
    }
    // Some 600 leavers at 216 % of those who are there: a standard error of four per cent.
    let rate = leavers as f64 / years;
    assert!(
        (rate / 2.16 - 1.0).abs() < 0.14 && leavers > 500,
        "{leavers}: {rate}"
    );
    assert!(more > leavers, "{more} {leavers}");
}
