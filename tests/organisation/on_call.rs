//! People on call in a whole scenario: what they cost, and what the report says of them.

use super::case::{close, line, own, play, vendor};
use staffwright::experiment::{Settings, replicate};
use staffwright::measure::CostKind;

#[test]
fn nights_are_answered_by_those_on_call_at_their_price() {
    let night = own(&[
        ("Mon-Fri 08:00-18:00", "24/7"),
        ("patience = \"10m\"", "patience = \"2h\""),
        (
            "[shift.day]",
            "[shift.night]\nstart = \"18:00\"\nlength = \"14h\"\nstandby = \"EUR 28/night\"\nresponds = \"15m\"\ncall_out = \"EUR 45/h\"\nat_least = \"1h\"\n[shift.day]\ndays = \"Mon-Fri\"",
        ),
        (
            "heads = 12",
            "heads = 12\non_call = [{ shift = \"night\", heads = 2, queue = 3 }]",
        ),
        ("per_week = 1_500", "per_week = 700"),
    ]);
    let ledger = play(&night, 0);
    let team = &ledger.teams[0];
    assert!(team.calls > 100);
    let hours = |ticks: u64| ticks as f64 / 3.6e9;
    // Two people, 70 nights of 14 hours; the horizon begins and ends inside one, in which the clock does not change.
    close(hours(team.standby), 2.0 * 70.0 * 14.0 - 2.0, 1e-9);
    close(
        line(&night, &ledger, CostKind::Standby),
        2.0 * hours(team.standby),
        1e-6,
    );
    close(
        line(&night, &ledger, CostKind::CallOuts),
        45.0 * hours(team.called),
        1e-5,
    );
    // Calls are paid beside the payroll.
    close(
        line(&night, &ledger, CostKind::Wages),
        20.0 * hours(team.paid - team.called),
        1e-6,
    );
    let settings = Settings {
        replications: 2,
        ..Settings::default()
    };
    let outcome = replicate(&night, &settings, &());
    assert!(outcome.teams[0].metrics.get("called_h").unwrap().value > 50.0);
    assert_eq!(outcome.shares.vendors[0].share.unwrap().value, 1.0);
}

#[test]
fn rest_by_contract_costs_paid_hours_of_the_next_day() {
    let played = |rest: &str| {
        let shift = format!(
            "[shift.night]\nstart = \"18:00\"\nlength = \"14h\"\nstandby = \"EUR 28/night\"\nresponds = \"15m\"\n{rest}[shift.day]\ndays = \"Mon-Fri\""
        );
        let night = own(&[
            ("Mon-Fri 08:00-18:00", "24/7"),
            ("[shift.day]", &shift),
            (
                "heads = 12",
                "heads = 12\non_call = [{ shift = \"night\" }]",
            ),
            ("per_week = 1_500", "per_week = 300"),
            (
                "pay = \"EUR 20/h\"",
                "pay = \"EUR 20/h\"\nrest = \"11h\"\npremium = { \"20:00-06:00\" = \"25%\" }",
            ),
        ]);
        let ledger = play(&night, 0);
        (ledger.teams[0], line(&night, &ledger, CostKind::Premiums))
    };
    let (without, none) = played("");
    let (with, premiums) = played("rest = \"contract\"\npremium = \"contract\"\n");
    assert_eq!((without.call_rest, none), (0, 0.0));
    let hours = |ticks: u64| ticks as f64 / 3.6e9;
    // Somebody is called nearly every night, and begins two to eight hours late.
    assert!(
        (100.0..500.0).contains(&hours(with.call_rest)),
        "{}",
        hours(with.call_rest)
    );
    close(
        hours(with.paid - with.called),
        hours(without.paid - without.called),
        1e-9,
    );
    assert!(with.on_queue < without.on_queue);
    // Ten of the fourteen hours earn a quarter more of EUR 20.
    let per_hour = premiums / hours(with.called);
    assert!((0.5 * 5.0..5.0).contains(&per_hour), "{per_hour}");
}

#[test]
fn a_vendor_bills_calls_by_its_unit() {
    let billed = |price: &str, per: &str| {
        let case = vendor(
            &format!("price = \"{price}\"\nper = \"{per}\""),
            &[
                ("Mon-Fri 08:00-18:00", "24/7"),
                (
                    "[shift.day]",
                    "[shift.night]\nstart = \"18:00\"\nlength = \"14h\"\nstandby = \"EUR 2/h\"\nresponds = \"1m\"\nat_least = \"30m\"\n[shift.day]\ndays = \"Mon-Fri\"",
                ),
                (
                    "heads = 10",
                    "heads = 10\non_call = [{ shift = \"night\", heads = 2, queue = 1 }]",
                ),
                ("per_week = 1_500", "per_week = 700"),
            ],
        );
        let ledger = play(&case, 0);
        let team = ledger.teams[0];
        assert!(team.calls > 50 && team.call_pay == 0);
        close(
            line(&case, &ledger, CostKind::Standby),
            2.0 * (team.standby as f64 / 3.6e9),
            1e-6,
        );
        assert_eq!(line(&case, &ledger, CostKind::CallOuts), 0.0);
        (line(&case, &ledger, CostKind::Vendor), team)
    };
    let hours = |ticks: u64| ticks as f64 / 3.6e9;
    let (money, team) = billed("EUR 14/h", "scheduled hour");
    close(money, 14.0 * hours(team.scheduled + team.called), 1e-9);
    let (money, team) = billed("EUR 14/h", "logged-in hour");
    close(money, 14.0 * hours(team.on_queue + team.paid_break), 1e-9);
    let (money, team) = billed("EUR 3/contact", "contact");
    close(money, 3.0 * team.items as f64, 1e-9);
    let (money, team) = billed("EUR 2_000/month", "FTE month");
    let ftes = 10.0 * 28.0 + hours(team.called) / 40.0 * 7.0;
    close(money, 2_000.0 * ftes / (365.25 / 12.0), 1e-9);
}
