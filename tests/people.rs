//! Learning and turnover in whole scenarios, each against its formula.

#![allow(clippy::unwrap_used)]

use staffwright::experiment::{Case, Settings, replicate};
use staffwright::measure::{self, CostKind};
use staffwright::random::Seed;
use staffwright::scenario;
use staffwright::sim;

const TEXT: &str = r#"
start  = 2027-02-01
length = "10 weeks"
zone   = "Europe/Berlin"
[demand]
counted = "first contacts"
busyness = "none"
[channel.phone]
kind = "live"
open = "Mon-Fri 08:00-18:00"
patience = "10m"
redial = "none"
[topic.help]
per_week = 1_500
handle = "5m"
ends = { resolved = "80%", returns = "20%" }
[promise.phone]
target = "80% of phone within 20s"
[contract.full]
hours = "40h/week"
pay = "EUR 20/h"
[shift.day]
start = { from = "08:00", to = "10:00", step = "1h" }
length = "8h"
[team.all]
heads = 12
shifts = ["day"]
roster = "fit"
shrinkage = { leave = "10%", sick = "5%" }
"#;

fn case(changes: &[(&str, &str)]) -> Case {
    let text = changes.iter().fold(TEXT.to_string(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.toml");
    std::fs::write(&path, &text).unwrap();
    let scenario = scenario::load(&path).unwrap_or_else(|d| panic!("{text}\n{}", d.render(false)));
    Case::new(scenario).unwrap()
}

fn play(case: &Case, replication: u64) -> sim::Ledger {
    sim::play(
        &case.world,
        &case.roster,
        Seed {
            seed: 3,
            replication,
        },
    )
}

fn line(case: &Case, ledger: &sim::Ledger, kind: CostKind) -> f64 {
    let lines = measure::cost(&case.scenario, &case.roster, ledger, &[]);
    lines.iter().find(|l| l.kind == kind).unwrap().amount
}

fn with(more: &str) -> Case {
    case(&[("heads = 12", &format!("heads = 12\n{more}"))])
}

#[test]
fn newcomers_work_slower_by_what_the_curve_says() {
    let scale = 600.0;
    let start = 0.5;
    let team = with("learning = { start = \"50%\", contacts = 600 }\ntenure = \"0 days\"");
    let plain = with("");
    // Everybody begins at nothing and works about as many contacts as the others.
    let (mut efficiency, mut slower, mut theory) = ((0.0, 0.0), (0.0, 0.0), (0.0, 0.0));
    for replication in 0..4 {
        let (new, old) = (play(&team, replication), play(&plain, replication));
        let sums = &new.teams[0];
        efficiency.0 += sums.efficiency as f64 / 1e6;
        efficiency.1 += sums.begun as f64;
        let mean = |l: &sim::Ledger| l.teams[0].session as f64 / l.teams[0].items as f64;
        slower.0 += mean(&new) / mean(&old);
        slower.1 += 1.0;
        let each = (sums.begun / 12) as usize;
        for n in 0..each {
            let e = 1.0 - (1.0 - start) * (-(n as f64) / scale).exp();
            theory.0 += e / each as f64;
            theory.1 += 1.0 / e / each as f64;
        }
    }
    let (efficiency, slower) = (efficiency.0 / efficiency.1, slower.0 / slower.1);
    let theory = (theory.0 / 4.0, theory.1 / 4.0);
    assert!(
        (efficiency - theory.0).abs() < 0.005,
        "{efficiency} is not {}",
        theory.0
    );
    // The harmonic mean: what handle times are multiplied by; 15,000 contacts tell it to about one per cent.
    assert!(
        (slower / theory.1 - 1.0).abs() < 0.015,
        "{slower} is not {}",
        theory.1
    );
}

#[test]
fn half_the_hours_learn_half_as_fast() {
    let mixed = case(&[
        (
            "heads = 12",
            "heads = { full = 6, student = 6 }\nlearning = { start = \"50%\" }\ntenure = \"90 days\"",
        ),
        (
            "[shift.day]",
            "[contract.student]\nhours = \"20h/week\"\npay = \"EUR 15/h\"\n[shift.day]",
        ),
    ]);
    let people = mixed.roster.teams[0].people.as_ref().unwrap();
    let curve = people.curve.unwrap();
    let after = |place: usize, days: f64| {
        curve.efficiency(curve.to_learn(days * people.places[place].contacts_per_day))
    };
    assert!((after(0, 100.0) - after(6, 200.0)).abs() < 1e-12);
    // 9.2 months of a full-timer's contacts are the scale.
    let months = curve.scale / people.places[0].contacts_per_day / (365.25 / 12.0);
    assert!((months - 9.2).abs() < 1e-9);
}

#[test]
fn newcomers_resolve_less_by_what_is_still_to_be_learnt() {
    // So slow a curve that nobody learns anything: 10 points fewer are resolved, at unchanged handle times.
    let team = with(
        "learning = { start = \"100%\", contacts = 1e9, resolved = \"-10 points\" }\ntenure = \"0 days\"",
    );
    let (mut resolved, mut items) = (0, 0);
    for replication in 0..4 {
        let sums = play(&team, replication).teams[0];
        resolved += sums.resolved;
        items += sums.items;
    }
    let share = resolved as f64 / items as f64;
    // 60,000 draws have a standard error of 0.2 points.
    assert!((share - 0.70).abs() < 0.006, "{share}");
}

#[test]
fn learning_that_is_complete_changes_no_byte() {
    let (plain, learnt) = (
        with(""),
        with("learning = { start = \"100%\", contacts = 10 }\ntenure = \"0 days\""),
    );
    let (a, b) = (play(&plain, 0), play(&learnt, 0));
    assert_eq!(
        (a.streams, a.staff, a.promises),
        (b.streams, b.staff, b.promises)
    );
}

#[test]
fn frozen_people_stay_and_cost_what_they_did() {
    let frozen = case(&[
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
fn students_work_more_outside_of_term() {
    let student = |hours_in: &str| {
        case(&[
            ("heads = 12", "heads = { full = 6, student = 6 }"),
            (
                "[shift.day]",
                &format!(
                    "[contract.student]\nhours = \"16h/week\"\nstudent = true\npay = \"EUR 15/h\"\n{hours_in}\n[shift.day]"
                ),
            ),
        ])
    };
    let (term, more) = (
        student(""),
        student("hours_in = [{ from = 2027-02-01, to = 2027-03-07, hours = \"32h/week\" }]"),
    );
    let paid = |c: &Case| c.roster.teams[0].paid_s / 3600.0;
    // Five of ten weeks with 16 hours more, for six students.
    close(paid(&more) - paid(&term), 5.0 * 16.0 * 6.0, 1e-6);
    let scheduled = |c: &Case, from: u64, to: u64| {
        let week = 7 * 24 * 3_600_000_000u64;
        let students = c.roster.teams[0]
            .positions
            .iter()
            .filter(|p| p.contract == Some(1));
        let duties = students.flat_map(|p| &p.duties);
        duties
            .filter(|d| (from * week..to * week).contains(&d.start))
            .count() as f64
    };
    let ratio = scheduled(&more, 0, 5) / scheduled(&term, 0, 5);
    assert!((ratio - 2.0).abs() < 0.15, "{ratio}");
    assert!((scheduled(&more, 5, 10) / scheduled(&term, 5, 10) - 1.0).abs() < 0.15);
}

#[test]
fn freelancers_are_paid_for_what_they_turn_up_for() {
    let freelance = |call_out: &str| {
        case(&[
            ("heads = 12", "heads = { full = 6, free = 6 }"),
            (
                "[shift.day]",
                &format!(
                    "[contract.free]\nhours = \"40h/week\"\npay = {{ wage = \"EUR 30/h\" }}\nfreelance = {{ shows_up = \"80%\"{call_out} }}\n[shift.day]"
                ),
            ),
        ])
    };
    let case = freelance("");
    let mut shares = (0.0, 0.0);
    for replication in 0..20 {
        let ledger = play(&case, replication);
        let team = &ledger.teams[0];
        let free = case.roster.teams[0]
            .positions
            .iter()
            .filter(|p| p.contract == Some(1));
        let planned: u64 = free.flat_map(|p| &p.duties).map(|d| d.end - d.start).sum();
        shares.0 += team.no_show as f64;
        shares.1 += planned as f64;
        assert_eq!(team.by_the_duty, planned - team.no_show);
        let salaried = 20.0 * (team.paid - team.by_the_duty) as f64 / 3.6e9;
        close(
            line(&case, &ledger, CostKind::Wages),
            salaried + 30.0 * team.by_the_duty as f64 / 3.6e9,
            1e-6,
        );
        close(
            (team.paid - team.by_the_duty) as f64 / 3.6e9,
            6.0 * 400.0,
            1e-6,
        );
    }
    // 6,000 duties: a standard error of half a point.
    assert!(
        (shares.0 / shares.1 - 0.2).abs() < 0.02,
        "{}",
        shares.0 / shares.1
    );
    // Ten hours are paid for duties of eight.
    let longer = freelance(", call_out = \"10h\"");
    let (a, b) = (play(&case, 0).teams[0], play(&longer, 0).teams[0]);
    close(b.by_the_duty as f64 / a.by_the_duty as f64, 1.25, 1e-9);
}

#[test]
fn a_contract_has_a_quality_of_its_own() {
    let slow = case(&[(
        "pay = \"EUR 20/h\"",
        "pay = \"EUR 20/h\"\nfactor = { handle = \"125%\", resolved = \"-10 points\" }",
    )]);
    let plain = with("");
    let (mut ratio, mut resolved, mut items) = (0.0, 0, 0);
    for replication in 0..4 {
        let (a, b) = (
            play(&slow, replication).teams[0],
            play(&plain, replication).teams[0],
        );
        ratio += (a.session as f64 / a.items as f64) / (b.session as f64 / b.items as f64) / 4.0;
        resolved += a.resolved;
        items += a.items;
    }
    assert!((ratio / 1.25 - 1.0).abs() < 0.01, "{ratio}");
    assert!((resolved as f64 / items as f64 - 0.7).abs() < 0.006);
}

#[test]
fn leads_are_counted_by_the_hour_where_it_says_so() {
    let lead = |more: &str| {
        with(&format!(
            "lead = {{ span = 5, salary = \"EUR 4_000/month\"{more} }}"
        ))
    };
    let (heads, hours) = (lead(""), lead(", counted = \"staffed hour\""));
    // Ten weeks in which the clock goes forward.
    let days = heads.scenario.horizon.length() as f64 / 86_400e6;
    let month = 365.25 / 12.0;
    close(
        line(&heads, &play(&heads, 0), CostKind::Leads),
        12.0 / 5.0 * 4_000.0 * days / month,
        1e-6,
    );
    // By hand, minute by minute of the first horizon's duties.
    let minute = 60_000_000u64;
    let minutes = hours.scenario.horizon.length() / minute;
    let mut on_duty = vec![0u32; minutes as usize];
    for duty in hours.roster.teams[0]
        .positions
        .iter()
        .flat_map(|p| &p.duties)
    {
        for m in duty.start / minute..duty.end / minute {
            on_duty[m as usize] += 1;
        }
    }
    let lead_hours: f64 = on_duty
        .iter()
        .map(|&n| f64::from(n.div_ceil(5)) / 60.0)
        .sum();
    let per_hour = 4_000.0 / (40.0 * 365.2425 / 7.0 / 12.0);
    close(
        line(&hours, &play(&hours, 0), CostKind::Leads),
        lead_hours / 0.85 * per_hour,
        1e-6,
    );
}

#[test]
fn fewer_leads_make_learning_slower_by_their_formula() {
    let scale = |span: u32| {
        let case = with(&format!(
            "learning = {{ contacts = 1000 }}\nlead = {{ span = {span}, salary = \"EUR 4_000/month\", slower = \"4%\" }}"
        ));
        case.roster.teams[0]
            .people
            .as_ref()
            .unwrap()
            .curve
            .unwrap()
            .scale
    };
    close(scale(10), 1_000.0, 1e-9);
    close(scale(20), 1_400.0, 1e-9);
    close(scale(5), 800.0, 1e-9);
}

fn close(a: f64, b: f64, relative: f64) {
    assert!(
        (a - b).abs() <= relative * b.abs().max(1.0),
        "{a} is not {b}"
    );
}

#[test]
fn mentors_give_the_hours_that_newcomers_take() {
    let case = case(&[
        (
            "heads = 12",
            "heads = 12\nmentoring = { hours = \"4h/week\", until = \"90 days\" }\ntenure = [{ heads = 3, tenure = \"0 days\" }, { heads = 9, tenure = \"400 days\" }]",
        ),
        (
            "shrinkage = { leave = \"10%\", sick = \"5%\" }",
            "shrinkage = \"none\"",
        ),
        ("\"10 weeks\"", "\"4 weeks\""),
    ]);
    let ledger = play(&case, 0);
    let positions = &case.roster.teams[0].positions;
    let scheduled: u64 = positions[3..]
        .iter()
        .flat_map(|p| &p.duties)
        .map(|d| d.end - d.start)
        .sum();
    // Three take four hours each from nine who are paid forty.
    let share = ledger.teams[0].mentoring as f64 / scheduled as f64;
    close(share, 3.0 * 4.0 / (9.0 * 40.0), 1e-6);
    assert!(ledger.teams[0].planned_off >= ledger.teams[0].mentoring);
}

#[test]
fn a_mentored_newcomer_learns_from_fewer_contacts() {
    let efficiency = |mentoring: &str| {
        let case = case(&[
            (
                "heads = 12",
                &format!(
                    "heads = 12\nlearning = {{ start = \"50%\", contacts = 100 }}\n{mentoring}\ntenure = [{{ heads = 11, tenure = \"0 days\" }}, {{ heads = 1, tenure = \"900 days\" }}]"
                ),
            ),
            ("\"10 weeks\"", "\"4 weeks\""),
            // So few calls that the longest idle is nearly always one of many: everybody works as many.
            ("per_week = 1_500", "per_week = 400"),
        ]);
        let sums = play(&case, 0).teams[0];
        sums.efficiency as f64 / 1e6 / sums.begun as f64
    };
    let alone = efficiency("");
    let helped =
        efficiency("mentoring = { hours = \"0.5h/week\", until = \"200 days\", ramp = \"50%\" }");
    // Some 150 contacts each: the mean of 1 - 0.5 exp(-n / scale) over them, at scales of 100 and 50.
    let gained = helped - alone;
    assert!((0.05..0.15).contains(&gained), "{gained}");
}

#[test]
fn strain_lets_more_people_leave_by_its_formula() {
    // Far too few people for the calls: they are busy nearly all the time. Who leaves is followed at once.
    let case = case(&[
        (
            "heads = 12",
            "heads = 8\nattrition = { rate = \"300%\", occupancy = { above = \"60%\", per_point = \"10%\" } }\nhiring = { lead = \"0 days\" }",
        ),
        ("per_week = 1_500", "per_week = 4_000"),
    ]);
    let (mut leavers, mut expected) = (0.0, 0.0);
    for replication in 0..60 {
        let team = play(&case, replication).teams[0];
        let occupancy = team.handling as f64 / team.on_queue as f64;
        let years = team.working as f64 / 3.6e9 / 24.0 / 365.25;
        // In the first of ten weeks there is too little to look back on.
        let strain = 1.0 + 10.0 * (occupancy - 0.6);
        leavers += team.leavers as f64;
        expected += 3.0 * years * (0.1 + 0.9 * strain);
    }
    // Some 1,000 leavers have a standard error of about three per cent.
    assert!(expected > 900.0, "{expected}");
    assert!(
        (leavers / expected - 1.0).abs() < 0.1,
        "{leavers} are not {expected}"
    );
}

#[test]
fn vacancies_above_go_to_those_who_have_served_below() {
    let case = case(&[
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
