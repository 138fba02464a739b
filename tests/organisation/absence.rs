//! Late starts, sickness and who does not turn up: the stated shares of the time on duty.

use super::case::{own, play};
use staffwright::experiment::Case;
use staffwright::sim::TeamSums;

/// 40 heads who have little to do, with other shrinkage and contracts.
fn people(shrinkage: &str, contract: &str) -> Case {
    own(&[
        ("per_week = 1_500", "per_week = 60"),
        ("heads = 12", "heads = 40"),
        (
            "shrinkage = { leave = \"10%\", sick = \"5%\" }",
            &format!("shrinkage = {shrinkage}"),
        ),
        (
            "pay = \"EUR 20/h\"",
            &format!("pay = {{ wage = \"EUR 20/h\" }}\n{contract}"),
        ),
    ])
}

/// A part of what is scheduled, over 100 replications of ten weeks: 200,000 duties.
fn part(case: &Case, of: fn(&TeamSums) -> u64) -> f64 {
    let sums = (0..100).map(|r| play(case, r).teams[0]);
    let sums = sums.fold((0.0, 0.0), |s, t| {
        (s.0 + of(&t) as f64, s.1 + t.scheduled as f64)
    });
    sums.0 / sums.1
}

fn is(what: &str, value: f64, expected: f64, within: f64) {
    assert!(
        (value / expected - 1.0).abs() < within,
        "{what}: {value} is not {expected}"
    );
}

#[test]
fn late_starts_take_their_share_of_paid_hours() {
    // Delays are exponential: 200,000 of them are told to 0.2 %.
    is(
        "late",
        part(&people("{ late = \"2%\" }", ""), |t| t.late),
        0.02,
        0.008,
    );
    // Of those who are not on leave, of paid hours that are a tenth leave.
    let with_leave = people("{ leave = \"10%\", late = \"1.8%\" }", "");
    is(
        "late beside leave",
        part(&with_leave, |t| t.late),
        0.02,
        0.008,
    );
}

#[test]
fn other_work_takes_its_share_of_time_on_duty() {
    let others = people("\"none\"\nother_work = \"40%\"", "");
    is("on queue", part(&others, |t| t.on_queue), 0.6, 0.002);
    is(
        "apart",
        part(&people("\"none\"", ""), |t| t.on_queue),
        1.0,
        0.001,
    );
}

#[test]
fn sickness_takes_its_share_of_paid_hours_in_spells() {
    // Single duties: a standard error of 0.8 %.
    is(
        "sick",
        part(&people("{ sick = \"6%\" }", ""), |t| t.sick),
        0.06,
        0.03,
    );
    let with_leave = people("{ leave = \"10%\", sick = \"5.4%\" }", "");
    is(
        "sick beside leave",
        part(&with_leave, |t| t.sick),
        0.06,
        0.03,
    );
    // Spells of four duties: the variance of a share grows by about seven, and so its error to two per cent.
    let spells = people("{ sick = { share = \"6%\", spell = \"4 days\" } }", "");
    is("spells", part(&spells, |t| t.sick), 0.06, 0.07);
}

#[test]
fn freelancers_turn_up_for_their_share_of_duties() {
    let free = people("\"none\"", "freelance = { shows_up = \"80%\" }");
    is("no show", part(&free, |t| t.no_show), 0.2, 0.016);
    is("paid", part(&free, |t| t.by_the_duty), 0.8, 0.004);
}
