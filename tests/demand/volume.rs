//! How many come, of whom, and who comes again, as played.

use crate::support::{
    PHONE, REPLICATIONS, case, case_of, changed, counts_to, near, played, share_is, stream,
};
use staffwright::experiment::Case;
use staffwright::time::{HOUR, MINUTE, SECOND};

/// Volume compounds: `v ((1 + g)^T - 1) / ln(1 + g)` over `T` months.
#[test]
fn growth_compounds_from_the_start() {
    let case = case(&[(
        "per_week = 4_000",
        "per_week = 4_000\ngrowth = \"+30%/month\"",
    )]);
    let months: f64 = 28.0 / (365.2425 / 12.0);
    let mean_factor = (1.3_f64.powf(months) - 1.0) / 1.3_f64.ln() / months;
    let sums = stream(&case, "shop/phone", 4 * REPLICATIONS);
    counts_to(
        "calls",
        sums.offered,
        4.0 * REPLICATIONS as f64 * 12_000.0 * mean_factor,
    );
}

/// Half of the hours in which others would come are open: half of the share comes, in those hours alone.
#[test]
fn who_would_come_at_other_hours_comes_as_far_as_it_is_open() {
    let open = |latent: &str| {
        let hours = format!("kind = \"live\"\nopen = \"Mon-Sat 08:00-20:00\"\n{latent}");
        case(&[("kind     = \"live\"\nopen     = \"24/7\"", &hours)])
    };
    let weeks = 4.0 * REPLICATIONS as f64;
    let calls = |case: &Case| stream(case, "shop/phone", REPLICATIONS).offered;
    counts_to("as measured", calls(&open("")), weeks * 3_000.0);
    let latent = open("latent_hours = { \"Mon-Sat 16:00-24:00\" = \"+90%\" }");
    counts_to("with others", calls(&latent), weeks * 3_000.0 * 1.45);
}

#[test]
fn customers_ask_as_often_as_stated() {
    let case = case(&[(
        "per_week = 4_000",
        "customers = { count = 20_000, ask = \"0.2/week\" }",
    )]);
    let sums = stream(&case, "shop/phone", REPLICATIONS);
    counts_to("calls", sums.offered, REPLICATIONS as f64 * 12_000.0);
}

/// Segments and classes of urgency have their shares, and the more urgent wait as Cobham (1954) says.
#[test]
fn segments_have_their_share_and_wait_by_their_urgency() {
    let case = case_of(
        &changed(&[
            (
                "channels = { phone = \"75%\", mail = \"25%\" }",
                "channels = { phone = \"100%\" }",
            ),
            ("patience = \"5m\"", "patience = \"never\""),
            (
                "",
                "[priority.p1]\nrank = 1\nshare = \"50%\"\n[priority.p2]\nrank = 2\nshare = \"50%\"\n[segment.gold]\nshare = \"30%\"\npriority = \"p1\"\n[segment.basic]\nshare = \"70%\"\npriority = \"p2\"",
            ),
        ]),
        2,
        None,
    );
    let theory = staffwright::queueing::Station::new(2, 4_000.0 / 604_800.0, 240.0, 0.0);
    let theory = theory.unwrap().steady();
    let load = 4_000.0 / 604_800.0 * 240.0 / 2.0;
    let gold = theory.wait_share * 120.0 / (1.0 - 0.3 * load);
    let replications = 80;
    let of = |segment: &str| {
        let named = case
            .scenario
            .segments
            .iter()
            .position(|s| s.name == segment);
        let streams = case.scenario.streams.iter();
        let own = streams
            .filter(|s| Some(s.segment) == named)
            .map(|s| s.name.clone());
        let mut sums = staffwright::sim::ContactSums::default();
        own.for_each(|name| sums += &stream(&case, &name, replications));
        (
            sums.offered,
            sums.wait as f64 / SECOND as f64 / sums.offered as f64,
        )
    };
    let ((first, quick), (second, slow)) = (of("gold"), of("basic"));
    share_is("gold", first, first + second, 0.3);
    near("gold waits", quick, gold, 0.015);
    near("basic waits", slow, gold / (1.0 - load), 0.04);
}

/// Of what is answered the stated share comes back, after its time, again and again.
#[test]
fn unresolved_contacts_return_after_their_time() {
    let case = case(&[
        (
            "per_week = 4_000",
            "per_week = 0\nreturns_after = { mean = \"6h\", family = \"fixed\" }",
        ),
        (
            "ends     = { resolved = \"100%\" }",
            "ends = { resolved = \"60%\", returns = \"40%\" }",
        ),
        (
            "phone = { mean = \"4m\", family = \"exponential\" }",
            "phone = { mean = \"4m\", family = \"fixed\" }",
        ),
        (
            "",
            "[event.mailing]\nwhen = { channels = \"phone\" }\ndate = 2027-01-05\ntime = \"08:00\"\nlasts = \"1s\"\ncontacts = 90",
        ),
    ]);
    let mut came = [0; 4];
    for replication in 0..2_000 {
        let ledger = played(&case, replication);
        // At eight, and six hours and four minutes later each time.
        let at = |n: u64| ((32 * HOUR + n * (6 * HOUR + 4 * MINUTE)) / ledger.interval) as usize;
        let found = [0, 1, 2, 3].map(|n| ledger.intervals[at(n)].offered);
        found.iter().zip(&mut came).for_each(|(n, sum)| *sum += n);
        let sums = &ledger.streams[PHONE];
        assert_eq!((sums.first_contacts, found[0]), (90, 90));
        assert_eq!((sums.offered, sums.delayed), (90 + sums.returns, 0));
        assert!(sums.returns >= found[1] + found[2] + found[3]);
    }
    for n in 1..4 {
        share_is("come back", came[n], came[n - 1], 0.4);
    }
}
