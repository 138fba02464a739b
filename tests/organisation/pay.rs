//! Pay that changes on a date.

use super::case::{Changes, close, own, play, vendor};
use staffwright::experiment::Case;
use staffwright::measure::{CostKind, KINDS, cost, day_costs};

const DATE: &str = "2027-02-22";
/// Days before it.
const BEFORE: usize = 21;
/// Six weeks in which the clocks do not change.
const SIX: (&str, &str) = ("10 weeks", "6 weeks");

/// Twelve people at EUR 20 an hour, from the date on at what is said.
fn paid(set: Option<&str>, changes: Changes<'_>) -> Case {
    let later = set.map_or(String::new(), |set| {
        format!("[[from]]\ndate = {DATE}\nset = {{ {set} }}\n")
    });
    let tables = format!("{later}[shift.day]");
    let mut all = vec![SIX, ("[shift.day]", tables.as_str())];
    all.extend(changes);
    own(&all)
}

const RAISE: &str = "contract.full.pay = \"EUR 30/h\"";

/// Money of a kind on every day, and over the horizon.
fn spent(case: &Case, replication: u64, kind: CostKind) -> (Vec<f64>, f64) {
    let ledger = play(case, replication);
    let days = day_costs(&case.scenario, &case.roster, &ledger, &[]);
    let at = KINDS.iter().position(|k| *k == kind).unwrap();
    let lines = cost(&case.scenario, &case.roster, &ledger, &[]);
    (days.iter().map(|d| d[at]).collect(), lines[at].amount)
}

#[test]
fn wages_follow_the_raise_from_its_day_on() {
    let (days, all) = spent(&paid(Some(RAISE), &[]), 0, CostKind::Wages);
    // Twelve heads of forty hours: three weeks at 20, three at 30.
    close(all, 480.0 * 3.0 * (20.0 + 30.0), 1e-9);
    for (day, wages) in days.iter().enumerate() {
        let rate = if day < BEFORE { 20.0 } else { 30.0 };
        close(*wages, 480.0 / 7.0 * rate, 1e-9);
    }
}

#[test]
fn contracts_are_paid_by_the_heads_of_the_date() {
    let two: Changes<'_> = &[
        ("heads = 12", "heads = { full = 8, half = 4 }"),
        (
            "[shift.day]",
            "[contract.half]\nhours = \"20h/week\"\npay = \"EUR 12/h\"\n[shift.day]",
        ),
    ];
    let set = format!("{RAISE}, team.all.heads.half = 10");
    let (days, all) = spent(&paid(Some(&set), two), 0, CostKind::Wages);
    let (before, after) = (
        8.0 * 40.0 * 20.0 + 4.0 * 20.0 * 12.0,
        8.0 * 40.0 * 30.0 + 10.0 * 20.0 * 12.0,
    );
    close(all, 3.0 * (before + after), 1e-9);
    close(days[0], before / 7.0, 1e-9);
    close(days[BEFORE], after / 7.0, 1e-9);
}

/// Every kind of pay is half as much again from the date on, and what it was before it, at every replication.
fn raised(kind: CostKind, changes: Changes<'_>) {
    let (plain, more) = (paid(None, changes), paid(Some(RAISE), changes));
    for replication in 0..3 {
        let (was, sum) = spent(&plain, replication, kind);
        let (is, in_all) = spent(&more, replication, kind);
        assert!(was[..BEFORE].iter().any(|m| *m > 0.0) && was[BEFORE..].iter().any(|m| *m > 0.0));
        for (day, (was, is)) in was.iter().zip(&is).enumerate() {
            // A call that is under way at midnight is booked after it, and paid by both.
            if kind == CostKind::CallOuts && day == BEFORE {
                continue;
            }
            close(*is, was * if day < BEFORE { 1.0 } else { 1.5 }, 1e-6);
        }
        assert!(sum < in_all && in_all < 1.5 * sum);
        close(is.iter().sum(), in_all, 1e-9);
    }
}

#[test]
fn premiums_and_overtime_follow_the_raise() {
    raised(
        CostKind::Premiums,
        &[(
            "pay = \"EUR 20/h\"",
            "pay = \"EUR 20/h\"\npremium = { \"16:00-18:00\" = \"10%\" }",
        )],
    );
    raised(CostKind::Overtime, &[]);
}

#[test]
fn freelancers_are_paid_by_the_rate_of_the_duty() {
    let case = paid(
        Some(RAISE),
        &[(
            "pay = \"EUR 20/h\"",
            "pay = { wage = \"EUR 20/h\" }\nfreelance = { shows_up = \"100%\", call_out = \"4h\" }",
        )],
    );
    let date = case.scenario.eras[0].from;
    let hours = |later: bool| {
        let positions = case.roster.teams[0].positions.iter();
        let duties = positions.flat_map(|p| &p.duties);
        let own = duties.filter(|d| (d.start >= date) == later);
        own.map(|d| d.paid_s() / 3600.0).sum::<f64>()
    };
    let (before, after) = (hours(false), hours(true));
    assert!(before > 1_000.0 && after > 1_000.0);
    // Everybody turns up: a freelancer is paid for duties alone.
    let expected = 20.0 * before + 30.0 * after;
    close(spent(&case, 0, CostKind::Wages).1, expected, 1e-6);
}

#[test]
fn people_who_come_and_go_are_paid_by_the_raise() {
    let leave: Changes<'_> = &[
        ("zone   = ", "people = \"change\"\nzone   = "),
        (
            "heads = 12",
            "heads = 12\nattrition = { rate = \"300%\" }\nhiring = { lead = \"7 days\" }\nclass = { length = \"5 days\" }",
        ),
    ];
    raised(CostKind::Wages, leave);
    let (_, in_class) = spent(&paid(Some(RAISE), leave), 0, CostKind::Training);
    assert!(in_class > 0.0);
}

#[test]
fn calls_are_paid_like_work() {
    let on_call: Changes<'_> = &[
        ("Mon-Fri 08:00-18:00", "24/7"),
        (
            "[shift.day]",
            "[shift.night]\nstart = \"18:00\"\nlength = \"14h\"\nstandby = \"EUR 25/night\"\nresponds = \"15m\"\n[shift.day]\ndays = \"Mon-Fri\"",
        ),
        (
            "heads = 12",
            "heads = 12\non_call = [{ shift = \"night\" }]",
        ),
        ("per_week = 1_500", "per_week = 300"),
    ];
    raised(CostKind::CallOuts, on_call);
}

#[test]
fn pay_that_is_repeated_on_a_date_changes_nothing() {
    let (plain, repeated) = (
        paid(None, &[]),
        paid(Some("contract.full.pay = \"EUR 20/h\""), &[]),
    );
    assert_eq!(
        format!("{:?}", plain.roster),
        format!("{:?}", repeated.roster)
    );
    let told = |case: &Case| {
        let ledger = play(case, 0);
        let lines = cost(&case.scenario, &case.roster, &ledger, &[]);
        format!("{lines:?} {ledger:?}")
    };
    assert_eq!(told(&plain), told(&repeated));
}

#[test]
fn a_vendor_bills_by_the_price_of_the_date() {
    let billed = |from: &str, price: u32| {
        let later = match price {
            0 => String::new(),
            _ => format!(
                "[[from]]\ndate = {from}\nset = {{ vendor.bpo.price = \"EUR {price}/h\" }}\n"
            ),
        };
        let terms = format!("price = \"EUR 14/h\"\nper = \"scheduled hour\"\n{later}");
        let case = vendor(&terms, &[("4 weeks", "8 weeks")]);
        let ledger = play(&case, 0);
        let bills: Vec<_> = vec![staffwright::measure::bill(
            &case.scenario,
            &case.roster,
            &ledger,
            0,
        )];
        let at = KINDS.iter().position(|k| *k == CostKind::Vendor).unwrap();
        let days = day_costs(&case.scenario, &case.roster, &ledger, &bills);
        days.iter().map(|d| d[at]).collect::<Vec<f64>>()
    };
    let sum = |days: &[f64]| days.iter().sum::<f64>();
    // February has four weeks.
    let (plain, march) = (billed("2027-03-01", 0), billed("2027-03-01", 21));
    close(sum(&march[..28]), sum(&plain[..28]), 1e-9);
    close(sum(&march[28..]), 1.5 * sum(&plain[28..]), 1e-9);
    let middle = billed("2027-02-15", 21);
    close(sum(&middle[..28]), 1.25 * sum(&plain[..28]), 1e-9);
    close(sum(&middle[28..]), 1.5 * sum(&plain[28..]), 1e-9);
}
