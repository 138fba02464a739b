//! Learning and what helps it, each against its formula.

use super::case::{close, own, play, with};
use staffwright::sim;

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
    let mixed = own(&[
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

#[test]
fn mentors_give_the_hours_that_newcomers_take() {
    let case = own(&[
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
    // Eleven newcomers and one who has learnt all; so few calls that the longest idle takes each and everybody works as many.
    let played = |mentoring: &str| {
        let case = own(&[
            (
                "heads = 12",
                &format!(
                    "heads = 12\nlearning = {{ start = \"50%\", contacts = 100 }}\n{mentoring}\ntenure = [{{ heads = 11, tenure = \"0 days\" }}, {{ heads = 1, tenure = \"900 days\" }}]"
                ),
            ),
            ("\"10 weeks\"", "\"4 weeks\""),
            ("per_week = 1_500", "per_week = 400"),
        ]);
        let ledgers = (0..8).map(|r| play(&case, r).teams[0]);
        let sums: Vec<(f64, f64)> = ledgers
            .map(|t| (t.efficiency as f64 / 1e6, t.begun as f64))
            .collect();
        let sum = |of: fn(&(f64, f64)) -> f64| sums.iter().map(of).sum::<f64>();
        (
            sum(|s| s.0) / sum(|s| s.1),
            sum(|s| s.1) / sums.len() as f64,
        )
    };
    // The mean of 1 - 0.5 exp(-n / scale) over the contacts of each.
    let theory = |begun: f64, scale: f64| {
        let each = begun / 12.0;
        let mean = 1.0 - 0.5 * scale / each * (1.0 - (-each / scale).exp());
        (11.0 * mean + 1.0) / 12.0
    };
    for (mentoring, scale) in [
        ("", 100.0),
        (
            "mentoring = { hours = \"0.1h/week\", until = \"200 days\", ramp = \"50%\" }",
            50.0,
        ),
        (
            "mentoring = { hours = \"0.1h/week\", until = \"200 days\", ramp = \"80%\" }",
            80.0,
        ),
    ] {
        let (efficiency, begun) = played(mentoring);
        let theory = theory(begun, scale);
        assert!(
            (efficiency - theory).abs() < 0.003,
            "{mentoring}: {efficiency} is not {theory}"
        );
    }
}

#[test]
fn what_courses_give_fades_by_its_formula() {
    // Two hours every 40 days: what they take from time on queue is 2 / (40 / 7 x 40) of it.
    let courses = "further_training = { every = \"40 days\", hours = \"2h\", handle = \"50%\", resolved = \"15 points\", fades = \"20 days\" }";
    let (trained, plain) = (with(courses), with(""));
    // Averaged over courses spread evenly: 20 / 40 x (1 - exp(-2)).
    let known = 0.5 * (1.0 - (-2.0f64).exp());
    let (mut ratio, mut resolved, mut items) = (0.0, 0, 0);
    for replication in 0..6 {
        let (new, old) = (play(&trained, replication), play(&plain, replication));
        let mean = |l: &sim::Ledger| l.teams[0].session as f64 / l.teams[0].items as f64;
        ratio += mean(&new) / mean(&old) / 6.0;
        resolved += new.teams[0].resolved;
        items += new.teams[0].items;
    }
    let theory = 1.0 - 0.5 * known;
    assert!(
        (ratio / theory - 1.0).abs() < 0.01,
        "{ratio} is not {theory}"
    );
    // 90,000 draws have a standard error of 0.1 points.
    let (share, theory) = (resolved as f64 / items as f64, 0.8 + 0.15 * known);
    assert!((share - theory).abs() < 0.006, "{share} is not {theory}");
}
