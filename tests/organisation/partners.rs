//! Vendors' contracts, sites that open and close, automation: what they cost, each against its formula.

use super::case::{SEED, close, line, play, vendor};
use staffwright::experiment::{Case, Outcome, Settings, replicate};
use staffwright::measure::{self, CostKind};

fn hours(ticks: u64) -> f64 {
    ticks as f64 / 3.6e9
}

#[test]
fn each_unit_is_billed_as_the_contract_counts_it() {
    let billed = |price: &str, per: &str| {
        let case = vendor(&format!("price = \"{price}\"\nper = \"{per}\""), &[]);
        let ledger = play(&case, 0);
        (line(&case, &ledger, CostKind::Vendor), ledger.teams[0])
    };
    let (money, team) = billed("EUR 14/h", "logged-in hour");
    close(money, 14.0 * hours(team.on_queue + team.paid_break), 1e-9);
    let (money, team) = billed("EUR 14/h", "scheduled hour");
    close(money, 14.0 * hours(team.scheduled), 1e-9);
    let (money, team) = billed("EUR 0.50/minute", "handled minute");
    close(money, 0.5 * 60.0 * hours(team.handling), 1e-9);
    let (money, team) = billed("EUR 3/contact", "contact");
    assert!(team.items > 5_000);
    close(money, 3.0 * team.items as f64, 1e-9);
    let (money, team) = billed("EUR 4/contact", "resolved contact");
    close(money, 4.0 * team.resolved as f64, 1e-9);
    let (money, _) = billed("EUR 2_000/month", "FTE month");
    close(money, 2_000.0 * 10.0 * 28.0 / (365.25 / 12.0), 1e-9);
}

#[test]
fn bands_price_the_units_above_them_or_all_units() {
    let bands = "price = \"EUR 3/contact\"\nper = \"contact\"\nbands = [{ above = 2_000, price = \"EUR 2.50/contact\" }, { above = 5_000, price = \"EUR 2/contact\" }]";
    let above = vendor(bands, &[]);
    let ledger = play(&above, 0);
    let units = ledger.teams[0].items as f64;
    assert!(units > 5_000.0);
    close(
        line(&above, &ledger, CostKind::Vendor),
        3.0 * 2_000.0 + 2.5 * 3_000.0 + 2.0 * (units - 5_000.0),
        1e-9,
    );
    let all = vendor(&format!("{bands}\nbands_price = \"all units\""), &[]);
    close(
        line(&all, &play(&all, 0), CostKind::Vendor),
        2.0 * units,
        1e-9,
    );
}

#[test]
fn a_minimum_is_due_by_the_month_even_if_idle() {
    // Half the horizon lies in a month of its own: what one has too much the other does not get.
    let idle = [
        (
            "heads = 10",
            "heads = 10\nramp = { from = 0, begins = \"14 days\" }",
        ),
        ("2027-02-01", "2027-02-15"),
    ];
    let case = vendor(
        "price = \"EUR 14/h\"\nper = \"scheduled hour\"\nminimum = { seats = 5, hours = \"40h/week\" }",
        &idle,
    );
    let ledger = play(&case, 0);
    let scheduled = hours(ledger.teams[0].scheduled);
    assert!(scheduled > 5.0 * 40.0 * 2.0);
    close(
        line(&case, &ledger, CostKind::Vendor),
        14.0 * (5.0 * 40.0 * 2.0 + scheduled),
        1e-9,
    );
    let units = vendor(
        "price = \"EUR 3/contact\"\nper = \"contact\"\nminimum = { units = 9_000 }",
        &[],
    );
    close(
        line(&units, &play(&units, 0), CostKind::Vendor),
        3.0 * 9_000.0,
        1e-9,
    );
}

#[test]
fn a_missed_promise_is_paid_for_unless_the_forecast_was_left() {
    let paid = |promise: &str, forecast: &str| {
        let case = vendor(
            &format!(
                "price = \"EUR 3/contact\"\nper = \"contact\"\npromise = {{ target = \"{promise}\", pays = \"10%\" }}\n{forecast}"
            ),
            &[],
        );
        let ledger = play(&case, 0);
        let bill = measure::bill(&case.scenario, &case.roster, &ledger, 0).unwrap();
        let answered: u64 = ledger
            .vendor_promises
            .iter()
            .map(|k| u64::from(k.total))
            .sum();
        assert_eq!(answered, ledger.streams[0].answered);
        close(
            line(&case, &ledger, CostKind::VendorPenalties),
            -bill.paid_back,
            1e-9,
        );
        (bill.paid_back / bill.amount, bill.judged, bill.void)
    };
    assert_eq!(paid("99.99% within 1s", ""), (0.1, 1, 0));
    assert_eq!(paid("10% within 10m", ""), (0.0, 1, 0));
    // 6,000 contacts come within 5 % of what is expected; never within a hundredth of a percent.
    let band = |band: &str| format!("forecast = {{ lock = \"1 day\", band = \"{band}\" }}");
    assert_eq!(paid("99.99% within 1s", &band("5%")), (0.1, 1, 0));
    assert_eq!(paid("99.99% within 1s", &band("0.001%")), (0.0, 0, 1));
}

#[test]
fn newcomers_are_trained_at_a_price_and_a_new_vendor_is_set_up() {
    let case = vendor(
        "price = \"EUR 14/h\"\nper = \"logged-in hour\"\nsetup = \"EUR 45_000\"\ntraining = { length = \"1 week\", price = \"EUR 10/h\" }\nmanage = \"EUR 6_500/month\"",
        &[("heads = 10", "heads = 10\nramp = { from = 0 }")],
    );
    let ledger = play(&case, 0);
    close(
        line(&case, &ledger, CostKind::Training),
        10.0 * 40.0 * 10.0,
        1e-9,
    );
    close(line(&case, &ledger, CostKind::Setup), 45_000.0, 1e-9);
    close(
        line(&case, &ledger, CostKind::VendorManagement),
        6_500.0 * 28.0 / (365.25 / 12.0),
        1e-9,
    );
    let running = vendor(
        "price = \"EUR 14/h\"\nper = \"logged-in hour\"\nsetup = \"EUR 45_000\"",
        &[],
    );
    close(
        line(&running, &play(&running, 0), CostKind::Setup),
        0.0,
        1e-9,
    );
}

#[test]
fn a_site_costs_its_opening_its_closing_and_its_rent_in_between() {
    let site = "manila = { zone = \"Europe/Berlin\", holidays = \"none\", seats = 20, rent_per_seat = \"EUR 100/month\", management = \"EUR 3_000/month\", lead_time = \"7 days\", setup = \"EUR 20_000\", closes = 2027-02-22, closing = \"EUR 5_000\" }";
    let case = vendor(
        "price = \"EUR 14/h\"\nper = \"logged-in hour\"",
        &[(
            "manila = { zone = \"Europe/Berlin\", holidays = \"none\" }",
            site,
        )],
    );
    let ledger = play(&case, 0);
    let month = 365.25 / 12.0;
    close(line(&case, &ledger, CostKind::Setup), 25_000.0, 1e-9);
    close(
        line(&case, &ledger, CostKind::Rent),
        20.0 * 100.0 * 14.0 / month,
        1e-9,
    );
    close(
        line(&case, &ledger, CostKind::SiteManagement),
        3_000.0 * 21.0 / month,
        1e-9,
    );
    let day = 24 * 3_600_000_000;
    for duty in case.roster.teams[0]
        .positions
        .iter()
        .flat_map(|p| &p.duties)
    {
        assert!((7 * day..21 * day).contains(&duty.start));
    }
}

/// Automation before a team of our own.
fn bot(route: &str, ends: &str) -> Case {
    vendor(
        "price = \"EUR 1/contact\"\nper = \"resolved contact\"\ncapacity = \"unlimited\"",
        &[
            (
                "[team.far]\nvendor = \"bpo\"\nheads = 10\nshifts = [\"day\"]",
                &format!(
                    "[team.bot]\nvendor = \"bpo\"\nfactor = {{ handle = \"50%\" }}\n[contract.full]\nhours = \"40h/week\"\npay = \"EUR 20/h\"\n[team.people]\nheads = 2\nshifts = [\"day\"]\nroster = \"fit\"\nshrinkage = \"none\"\n[route.all]\nto = {route}"
                ),
            ),
            ("{ resolved = \"80%\", returns = \"20%\" }", ends),
        ],
    )
}

#[test]
fn automation_answers_everything_at_once_and_is_paid_by_what_it_resolves() {
    let case = bot("[\"bot\"]", "{ resolved = \"80%\", returns = \"20%\" }");
    let ledger = play(&case, 0);
    let (sums, team) = (&ledger.streams[0], &ledger.teams[0]);
    assert_eq!((sums.abandoned, sums.delayed, sums.wait), (0, 0, 0));
    assert_eq!(sums.answered, sums.offered);
    assert_eq!((team.items, ledger.teams[1].items), (sums.items, 0));
    close(
        line(&case, &ledger, CostKind::Vendor),
        team.resolved as f64,
        1e-9,
    );
    // Half of five minutes on average, 7,000 lognormal draws with a standard deviation of about 0.9 of the mean.
    let mean = sums.handled as f64 / 1e6 / sums.items as f64;
    assert!((mean / 150.0 - 1.0).abs() < 0.04, "{mean}");
}

#[test]
fn automation_takes_what_people_do_not_take_in_time() {
    let overflow = bot(
        "[{ team = \"people\" }, { team = \"bot\", after = \"30s\" }]",
        "{ resolved = \"80%\", returns = \"20%\" }",
    );
    let ledger = play(&overflow, 0);
    let sums = &ledger.streams[0];
    assert!(ledger.teams[1].items > 500 && ledger.teams[0].items > 500);
    // Nobody waits longer than half a minute.
    assert!(ledger.waits[0].quantile(1.0).unwrap() <= 31_000_000.0);
    assert_eq!(sums.answered + sums.abandoned, sums.offered);
    // Named first it leaves nothing to those named after it.
    let first = bot(
        "[\"bot\", \"people\"]",
        "{ resolved = \"80%\", returns = \"20%\" }",
    );
    assert_eq!(play(&first, 0).teams[1].items, 0);
}

#[test]
fn what_automation_hands_on_goes_to_people() {
    let case = bot("[\"bot\"]", "{ resolved = \"70%\", people = \"30%\" }");
    let ledger = play(&case, 0);
    let (bot, people) = (&ledger.teams[0], &ledger.teams[1]);
    let handed = ledger.streams[0].hand_offs as f64;
    // Every hand-off is worked by people or given up while it waits; people hand on to themselves, too.
    assert!((bot.items as f64 * 0.3 / (handed - 0.3 * people.items as f64) - 1.0).abs() < 0.06);
    assert!(people.items > 100);
}

#[test]
fn penalties_and_lost_customers_cost_what_is_said_and_all_lines_add_up() {
    let case = vendor(
        "price = \"EUR 3/contact\"\nper = \"contact\"",
        &[
            ("every = \"day\"", "every = \"day\"\npenalty = \"EUR 250\""),
            (
                "handle = \"5m\"",
                "handle = \"9m\"\nlost_value = \"EUR 12/contact\"",
            ),
        ],
    );
    let settings = Settings {
        seed: SEED,
        replications: 2,
        ..Settings::default()
    };
    let outcome: Outcome = replicate(&case, &settings, &());
    let ledgers = [play(&case, 0), play(&case, 1)];
    for ledger in &ledgers {
        // Without redials everybody who gives up is lost.
        let sums = &ledger.streams[0];
        assert!(sums.lost > 100);
        assert_eq!(sums.lost, sums.abandoned + sums.turned_away);
        close(
            line(&case, ledger, CostKind::ValueLost),
            12.0 * sums.lost as f64,
            1e-9,
        );
        let missed = line(&case, ledger, CostKind::Penalties) / 250.0;
        assert!((1.0..=20.0).contains(&missed) && missed.fract() == 0.0);
    }
    let lines: f64 = outcome
        .cost
        .by_kind
        .iter()
        .map(|l| l.amount.unwrap().value)
        .sum();
    close(lines, outcome.cost.total.unwrap().value, 1e-9);
    let hours = outcome.staff.get("handling_h").unwrap().value;
    close(
        outcome.cost.per_handled_hour.unwrap().value,
        lines / hours,
        1e-9,
    );
}

#[test]
fn what_hangs_on_few_is_told_and_a_lost_team_breaks_what_only_it_kept() {
    let case = bot(
        "[\"people\", \"bot\"]",
        "{ resolved = \"80%\", returns = \"20%\" }",
    );
    let settings = Settings {
        replications: 2,
        ..Settings::default()
    };
    let outcome = replicate(&case, &settings, &());
    // Two teams share the work: one of people, one of automation.
    assert_eq!(outcome.resilience.one_team_share, Some(0.0));
    let index = outcome.resilience.concentration.unwrap().value;
    assert!((0.5..1.0).contains(&index), "{index}");
    let lost = staffwright::experiment::without_each_team(&case, &settings, &());
    let level = |team: &str| {
        let found = lost.iter().find(|l| l.team == team).unwrap();
        found.service_level.unwrap().value
    };
    // Without people automation answers at once; without automation two people are far too few.
    assert_eq!(level("people"), 1.0);
    assert!(level("bot") < 0.5);
    assert!(lost.iter().all(|l| l.promises.len() == 1));
    let alone = vendor(
        "price = \"EUR 3/contact\"\nper = \"contact\"",
        &[("heads = 10", "heads = 1")],
    );
    let outcome = replicate(&alone, &settings, &());
    assert_eq!(outcome.resilience.one_person_share, Some(1.0));
    assert_eq!(outcome.resilience.concentration.unwrap().value, 1.0);
}
