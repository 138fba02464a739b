//! Kinds of employment: students, freelancers, quality.

use super::case::{close, line, own, play, with};
use staffwright::experiment::Case;
use staffwright::measure::CostKind;

#[test]
fn students_work_more_outside_of_term() {
    let student = |hours_in: &str| {
        own(&[
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
        own(&[
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
    let slow = own(&[(
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
