//! People on call in a whole scenario: what they cost, and what the report says of them.

use super::case::{close, line, own, play};
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
