//! Single days: what they cost by kind, and how long contacts waited on them.

use super::case::{SEED, close, own, play, vendor};
use staffwright::experiment::{Case, Settings, replicate};
use staffwright::measure::{self, CostKind, KINDS};
use staffwright::{scenario, sim};

/// Money per day and kind of a replication, which must add up by kind to what the replication cost.
fn by_day(case: &Case, ledger: &sim::Ledger) -> Vec<[f64; KINDS.len()]> {
    let (scenario, roster) = (&case.scenario, &case.roster);
    let vendors = 0..scenario.vendors.len();
    let bills: Vec<_> = vendors
        .map(|v| measure::bill(scenario, roster, ledger, v))
        .collect();
    let days = measure::day_costs(scenario, roster, ledger, &bills);
    for line in measure::cost(scenario, roster, ledger, &bills) {
        let sum: f64 = days.iter().map(|day| day[line.kind as usize]).sum();
        close(sum, line.amount, 1e-9);
    }
    days
}

fn of(days: &[[f64; KINDS.len()]], kind: CostKind) -> Vec<f64> {
    days.iter().map(|day| day[kind as usize]).collect()
}

#[test]
fn the_days_of_every_bundled_structure_add_up_by_kind() {
    for name in ["startup", "scale-up", "enterprise", "bank"] {
        let path = format!("scenarios/{name}/scenario.toml");
        let case = Case::new(scenario::load(path.as_ref()).unwrap()).unwrap();
        let days = by_day(&case, &play(&case, 0));
        assert!(days.len() > 10, "{name}");
        let spent = of(&days, CostKind::Wages)
            .iter()
            .filter(|w| **w > 0.0)
            .count();
        assert!(spent > 0, "{name}");
    }
}

#[test]
fn the_days_of_everything_that_changes_add_up_by_kind() {
    let scenarios = [
        // People who come and go, leads who are promoted, classes, courses, on call, tools whose price changes.
        own(&[
            (
                "[shift.day]",
                "[shift.night]\nstart = \"20:00\"\nlength = \"8h\"\nstandby = \"EUR 25/night\"\nresponds = \"15m\"\ncall_out = \"EUR 40/h\"\n[tool.crm]\nprice = \"EUR 60/month\"\n[site.here]\nzone = \"Europe/Berlin\"\nseats = 20\nrent_per_seat = \"EUR 200/month\"\ncloses = 2027-04-05\nclosing = \"EUR 9_000\"\n[[from]]\ndate = 2027-03-01\nset = { tool.crm.price = \"EUR 90/month\" }\n[shift.day]",
            ),
            (
                "heads = 12",
                "heads = 12\non_call = [{ shift = \"night\" }]\nattrition = { rate = \"60%\", replacement = \"EUR 1_000\" }\nhiring = { lead = \"10 days\", cost = \"EUR 2_000\" }\nclass = { length = \"10 days\", cost = \"EUR 500\" }\nlead = { span = 5, salary = \"EUR 4_000/month\", promotes = { after = \"10 days\", rate = \"100%\" } }",
            ),
            (
                "within 20s\"",
                "within 20s\"\npenalty = \"EUR 700\"\nhold = \"90% of weeks\"",
            ),
        ]),
        // A vendor by the minute with bands, a minimum, a promise of its own and a ramp.
        vendor(
            "price = \"EUR 0.80/minute\"\nper = \"handled minute\"\nmanage = \"EUR 500/month\"\nbands = [{ above = 6_000, price = \"EUR 0.70/minute\" }]",
            &[],
        ),
        vendor(
            "price = \"EUR 14/h\"\nper = \"logged-in hour\"\nminimum = { seats = 20, hours = \"40h/week\" }",
            &[],
        ),
    ];
    for case in &scenarios {
        for replication in 0..3 {
            by_day(case, &play(case, replication));
        }
    }
    // A tool costs half as much more from the date on, for each head that is there.
    let ledger = play(&scenarios[0], 0);
    let days = by_day(&scenarios[0], &ledger);
    let closing = of(&days, CostKind::Setup);
    let spent: Vec<usize> = (0..days.len()).filter(|&d| closing[d] != 0.0).collect();
    // From the first of February to the fifth of April.
    assert_eq!(spent, [28 + 31 + 4]);
    let rent = of(&days, CostKind::Rent);
    close(rent[0], 20.0 * 200.0 * 12.0 / 365.25, 1e-9);
    assert!(rent[63..].iter().all(|r| *r == 0.0) && rent[62] > 0.0);
    // What a missed promise costs is paid on the last day of its week, a Sunday.
    let penalties = of(&days, CostKind::Penalties);
    assert!((0..days.len()).all(|d| penalties[d] == 0.0 || d % 7 == 6));
}

#[test]
fn salaries_go_by_the_day_and_premiums_by_the_duties_that_earn_them() {
    let case = own(&[
        ("Mon-Fri 08:00", "Mon-Sat 08:00"),
        (
            "pay = \"EUR 20/h\"",
            "pay = \"EUR 20/h\"\npremium = { \"Sat\" = \"50%\" }",
        ),
        (
            "[shift.day]",
            "[overhead]\noffice = \"EUR 3_000/month\"\n[shift.day]",
        ),
    ]);
    let days = by_day(&case, &play(&case, 0));
    assert_eq!(days.len(), 70);
    // Twelve heads, forty hours a week; the clock goes forward on the 28th of March.
    let (wages, overhead) = (of(&days, CostKind::Wages), of(&days, CostKind::Overhead));
    let short = 27 + 28;
    let whole = wages.iter().sum::<f64>() / (69.0 + 23.0 / 24.0);
    for day in 0..70 {
        let part = if day == short { 23.0 / 24.0 } else { 1.0 };
        close(wages[day], whole * part, 1e-9);
        close(overhead[day], 3_000.0 * 12.0 / 365.25 * part, 1e-9);
    }
    close(whole, 12.0 * 40.0 / 7.0 * 20.0, 1e-3);
    let premiums = of(&days, CostKind::Premiums);
    let saturdays: Vec<usize> = (0..70).filter(|d| premiums[*d] > 0.0).collect();
    assert!(
        !saturdays.is_empty() && saturdays.iter().all(|d| d % 7 == 5),
        "{saturdays:?}"
    );
}

#[test]
fn the_waits_of_the_only_day_are_those_of_the_horizon() {
    let case = own(&[
        ("10 weeks", "1 day"),
        ("per_week = 1_500", "per_week = 2_600"),
    ]);
    let settings = Settings {
        seed: SEED,
        replications: 40,
        series: true,
        ..Settings::default()
    };
    let outcome = replicate(&case, &settings, &());
    let daily = &outcome.intervals.daily;
    let same = |day: Option<f64>, horizon: f64| {
        let day = day.unwrap();
        // A day's buckets are 1/32 wide, the horizon's 1/128.
        assert!(
            (day - horizon).abs() <= 0.033 * horizon + 0.07,
            "{day} {horizon}"
        );
    };
    let overall = |key: &str| outcome.overall.get(key).unwrap().value;
    assert!(overall("wait_p90_s") > 20.0);
    for day in [daily.overall[0], daily.channels[0][0], daily.streams[0][0]] {
        same(day.p50, overall("wait_p50_s"));
        same(day.p90, overall("wait_p90_s"));
        same(day.p95, overall("wait_p95_s"));
        same(day.p99, overall("wait_p99_s"));
    }
    let team = |key: &str| outcome.teams[0].metrics.get(key).unwrap().value;
    same(daily.teams[0][0].p50, team("wait_p50_s"));
    same(daily.teams[0][0].p99, team("wait_p99_s"));
    // What it cost is on it, too.
    let total = outcome.cost.total.unwrap().value;
    close(daily.cost[0].iter().sum(), total, 1e-9);
}
