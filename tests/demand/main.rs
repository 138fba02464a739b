//! Every mechanism of demand and of customers, switched on: the figure it should move, by the amount its formula says.
#![allow(clippy::unwrap_used)]

mod availability;
mod effects;
mod habits;
mod life_cycle;
mod problem;
mod support;
mod tools;
mod unchanged;
mod volume;

use staffwright::experiment::Case;
use staffwright::measure::{CostKind, Sample};
use staffwright::scenario::arrivals;
use staffwright::sim::ContactSums;
use staffwright::time::{HOUR, SECOND};
use support::{
    MAIL, PHONE, REPLICATIONS, case, case_of, changed, counts_to, near, played, share_is, stream,
};

#[test]
fn an_event_multiplies_and_fades() {
    let case = case(&[(
        "",
        "[event.launch]\nwhen = { channels = \"phone\" }\ndate = 2027-01-11\ntime = \"06:00\"\nlasts = \"12h\"\nfactor = \"300%\"\ndecay = \"1 day\"",
    )]);
    // 3,000 calls a week evenly spread; (3 - 1) x (12 h + 24 h of tail) more, but for what lies beyond the end.
    let tail = 24.0 * (1.0 - (-(7.0 * 3.0 - 0.75_f64)).exp());
    let more = 3000.0 / 168.0 * 2.0 * (12.0 + tail);
    let sums = stream(&case, "shop/phone", REPLICATIONS);
    counts_to(
        "calls",
        sums.offered,
        REPLICATIONS as f64 * (12_000.0 + more),
    );
    let mail = stream(&case, "shop/mail", 1);
    assert_eq!(mail, stream(&self::case(&[]), "shop/mail", 1));
}

#[test]
fn a_batch_is_exactly_so_many_and_moves_nobody_else() {
    let batch = "[event.mailing]\nwhen = { channels = \"phone\" }\ndate = 2027-01-13\ntime = \"10:00\"\nlasts = \"30m\"\ncontacts = 61";
    let (with, without) = (case(&[("", batch)]), case(&[]));
    for replication in 0..3 {
        let (a, b) = (played(&with, replication), played(&without, replication));
        assert_eq!(a.streams[PHONE].offered, b.streams[PHONE].offered + 61);
        assert_eq!(a.streams[MAIL], b.streams[MAIL]);
        // A hundred agents: nobody waits, so the only intervals that differ are the batch's.
        let first = 9 * 96 + 40;
        for (i, (x, y)) in a.intervals.iter().zip(&b.intervals).enumerate() {
            let extra = x.offered - y.offered;
            assert_eq!(extra > 0, i == first || i == first + 1, "interval {i}");
        }
    }
}

#[test]
fn a_time_stamp_is_played_at_its_second() {
    let text = changed(&[
        (
            "per_week = 4_000\nchannels = { phone = \"75%\", mail = \"25%\" }",
            "trace = \"tickets.csv\"\nchannels = { phone = \"75%\", mail = \"25%\" }",
        ),
        (
            "ends     = { resolved = \"100%\" }",
            "ends = { resolved = \"50%\", returns = \"50%\" }",
        ),
        (
            "family = \"exponential\" }, mail",
            "family = \"fixed\" }, mail",
        ),
        ("patience = \"5m\"", "patience = \"never\""),
    ]);
    let mut rows = "time,channel\n".to_string();
    for second in [0, 1, 14, 15, 59] {
        rows += &format!("2027-01-05 08:{second:02}:00,phone\n");
    }
    rows += "2027-01-05 12:00:00,mail\n2027-01-05 08:00:00,phone\n2027-02-05 08:00:00,phone\n";
    let case = case_of(&text, 1, Some(("tickets.csv", &rows)));
    let ledger = played(&case, 5);
    let phone = &ledger.streams[PHONE];
    // Returns are among the contacts: none is generated.
    assert_eq!((phone.offered, phone.returns, phone.redials), (6, 0, 0));
    let eight = 96 + 32;
    let offered: Vec<u64> = (eight..eight + 4)
        .map(|i| ledger.intervals[i].offered)
        .collect();
    assert_eq!(offered, [4, 1, 0, 1]);
    // One agent and calls of exactly four minutes: two at 8:00 and one at 8:01 queue up, 8:14 and 8:15 again.
    assert_eq!(phone.abandoned, 0);
    let waits = (4 + 7 + 3) * 60;
    assert_eq!(phone.wait, waits * SECOND);
}

#[test]
fn values_change_on_their_day() {
    let case = case(&[(
        "",
        "[[from]]\ndate = 2027-01-18\nset = { topic.shop.per_week = 8_000, topic.shop.handle = { phone = { mean = \"6m\", family = \"exponential\" }, mail = { mean = \"5m\", family = \"exponential\" } }, topic.shop.ends = { resolved = \"60%\", returns = \"40%\" } }",
    )]);
    let without = self::case(&[]);
    let half = case.world.intervals / 2;
    let mut later = 0;
    for replication in 0..REPLICATIONS {
        let (a, b) = (played(&case, replication), played(&without, replication));
        // The first half is the same to the byte; nobody waits, so a change leaves no trace before its day.
        assert_eq!(a.intervals[..half], b.intervals[..half]);
        later += a.intervals[half..2 * half]
            .iter()
            .map(|c| c.offered)
            .sum::<u64>();
    }
    assert!(
        later as f64 > 1.2 * REPLICATIONS as f64 * 12_000.0,
        "{later}"
    );
    let sums = stream(&case, "shop/phone", REPLICATIONS);
    // First contacts: 6,000 at 4 minutes without returns, then 12,000 of which 40% return, and again.
    counts_to(
        "first contacts",
        sums.first_contacts,
        REPLICATIONS as f64 * 18_000.0,
    );
    let handle = |n: u64, s: &ContactSums| s.handled as f64 / n as f64 / SECOND as f64;
    let late = (sums.items - REPLICATIONS * 6_000) as f64;
    let expected = (REPLICATIONS as f64 * 6_000.0 * 240.0 + late * 360.0) / sums.items as f64;
    assert!((handle(sums.items, &sums) / expected - 1.0).abs() < 0.01);
    assert!(sums.unresolved > 0);
}

#[test]
fn heads_change_on_their_day() {
    let shift = "[shift.day]\nstart = { from = \"08:00\", to = \"12:00\", step = \"1h\" }\nlength = \"8h\"\n[[from]]\ndate = 2027-01-18\nset = { team.all.heads.full = 30 }\n[[from]]\ndate = 2027-01-25\nset = { team.all.heads.full = 10 }";
    let case = case(&[
        (
            "contract  = \"full\"\nroster    = { file = \"agents.csv\" }",
            "heads = { full = 20 }\nshifts = [\"day\"]\nroster = \"even\"",
        ),
        ("", shift),
    ]);
    let team = &case.roster.teams[0];
    assert_eq!(team.positions.len(), 30);
    assert!((team.heads - (20.0 + 20.0 + 30.0 + 10.0) / 4.0).abs() < 1e-9);
    let week = 7 * 24 * HOUR;
    let hours = |w: u64| -> f64 {
        let duties = team.positions.iter().flat_map(|p| &p.duties);
        let inside = duties.filter(|d| d.start / week == w);
        inside.map(|d| (d.end - d.start) as f64 / HOUR as f64).sum()
    };
    for (w, heads) in [(0, 20.0), (1, 20.0), (2, 30.0), (3, 10.0)] {
        assert!(
            (hours(w) / (heads * 40.0) - 1.0).abs() < 0.03,
            "week {w}: {} hours",
            hours(w)
        );
    }
    for position in &team.positions {
        assert!(position.duties.windows(2).all(|d| d[0].end <= d[1].start));
    }
}

#[test]
fn what_is_switched_off_changes_no_byte() {
    let plain = case(&[]);
    let off = [
        "[event.a]\ndate = 2027-03-01\nlasts = \"1h\"\nfactor = \"900%\"",
        "[event.b]\ndate = 2027-01-10\nlasts = \"1h\"\nfactor = \"100%\"\ndecay = \"2 days\"",
        "[event.c]\ndate = 2026-01-10\nlasts = \"1h\"\ncontacts = 500",
        "[[from]]\ndate = 2027-01-18\nset = { topic.shop.per_week = 4_000 }",
        "[deflection.d]\nshare = \"0%\"\nreturns = \"0%\"",
        "[deflection.d]\ndate = 2027-03-01\nramp = \"1 week\"\nshare = \"80%\"\nreturns = \"0%\"",
        "[[from]]\ndate = 2027-03-18\nset = { topic.shop.per_week = 9_000 }",
    ];
    let ledger = played(&plain, 3);
    for text in off {
        let mut other = played(&case(&[("", text)]), 3);
        // A deflection has counts of its own, over the horizon and by day, of nobody.
        assert!(other.deflected.drain(..).all(|n| n == 0));
        assert!(other.daily.deflected.drain(..).all(|n| n == 0));
        assert_eq!(other, ledger, "{text}");
    }
    for s in 0..2 {
        assert_eq!(
            arrivals::expected(&plain.scenario, s),
            arrivals::means(&plain.scenario, s)
        );
    }
}

fn index(case: &Case, name: &str) -> usize {
    let at = case.scenario.streams.iter().position(|s| s.name == name);
    at.unwrap_or_else(|| panic!("no stream {name}"))
}

/// Mean handle time in seconds.
fn handle_s(sums: &ContactSums) -> f64 {
    sums.handled as f64 / SECOND as f64 / sums.items as f64
}

#[test]
fn self_service_takes_its_share_and_leaves_harder_contacts() {
    let case = case(&[(
        "",
        "[deflection.bot]\nwhen = { channels = \"phone\" }\nshare = \"40%\"\nreturns = \"25%\"\nharder = \"120%\"\nprice = \"EUR 1_000/month\"\nfee = \"EUR 0.50/contact\"",
    )]);
    let sums = stream(&case, "shop/phone", REPLICATIONS);
    let coming = (sums.deflected - sums.deflected_back) + sums.offered;
    counts_to("customers", coming, REPLICATIONS as f64 * 12_000.0);
    // N (1 - d + d r), but for those whose two hours reach beyond the end.
    share_is("taken", sums.deflected, coming, 0.4);
    share_is("came after all", sums.deflected_back, sums.deflected, 0.25);
    share_is("offered", sums.offered, coming, 1.0 - 0.4 * 0.75);
    assert!(
        (handle_s(&sums) / (240.0 * 1.2) - 1.0).abs() < 0.02,
        "{}",
        handle_s(&sums)
    );
    assert_eq!(sums.first_contacts, sums.offered);
    let ledger = played(&case, 0);
    let cost = Sample::new(&case.scenario, &case.roster, &ledger).cost;
    let line = cost.iter().find(|c| c.kind == CostKind::SelfService);
    let expected = 1_000.0 * 28.0 / (365.25 / 12.0) + 0.5 * ledger.deflected[0] as f64;
    assert!((line.unwrap().amount - expected).abs() < 1e-6 * expected);
}

#[test]
fn self_service_takes_more_and_more_over_its_ramp() {
    let case = case(&[
        (
            "phone = { mean = \"4m\", family = \"exponential\" }",
            "phone = { mean = \"4m\", family = \"fixed\" }",
        ),
        (
            "",
            "[deflection.bot]\nwhen = { channels = \"phone\" }\ndate = 2027-01-11\nramp = \"2 weeks\"\nshare = \"40%\"\nreturns = \"0%\"\nharder = \"120%\"",
        ),
    ]);
    let sums = stream(&case, "shop/phone", 96);
    // Nothing in the first week, half of its share on average in the next two, all of it in the fourth.
    share_is(
        "taken",
        sums.deflected,
        sums.deflected + sums.offered,
        0.4 * 0.5,
    );
    // Of r risen, 1 - 0.4 r come, at 1 + 0.2 r of the time: over weeks 1, 2 x (1 - 0.4 / 2) and 0.6 of them.
    let harder = 2.0 * 0.2 * (1.0 / 2.0 - 0.4 / 3.0) + 0.2 * 0.6;
    near(
        "handle time",
        handle_s(&sums),
        240.0 * (1.0 + harder / (1.0 + 1.6 + 0.6)),
        0.002,
    );
}

#[test]
fn nobody_is_placed_for_an_event_that_is_not_planned() {
    let event = |planned: &str| {
        case(&[(
            "",
            &format!(
                "[event.outage]\nwhen = {{ channels = \"phone\" }}\ndate = 2027-01-13\nlasts = \"12h\"\nfactor = \"300%\"\nplanned = {planned}"
            ),
        )])
    };
    let (plain, known, unknown) = (case(&[]), event("true"), event("false"));
    let forecast = |case: &Case| arrivals::forecast(&case.scenario, PHONE);
    assert_eq!(forecast(&unknown), forecast(&plain));
    let more: f64 = forecast(&known).iter().sum::<f64>() - forecast(&plain).iter().sum::<f64>();
    assert!((more - 2.0 * 3_000.0 / 14.0).abs() < 1e-6, "{more}");
    // The same customers come.
    assert_eq!(played(&known, 0).streams, played(&unknown, 0).streams);
}

#[test]
fn what_nobody_speaks_moves_is_translated_or_lost() {
    let speakers = [
        (
            "[team.all]",
            "[team.all]\nskills = { languages = [\"en\"] }",
        ),
        (
            "per_week = 4_000",
            "per_week = 4_000\nlost_value = \"EUR 10/contact\"\nlanguages = { en = \"60%\", fr = \"40%\" }",
        ),
        (
            "",
            "[language.fr]\nunserved = { en = \"50%\", tool = \"30%\", lost = \"20%\" }\ntranslation = { handle = \"150%\", resolved = \"-20 points\", fee = \"EUR 0.30/contact\" }\nlatent = \"+100%\"",
        ),
    ];
    let case = case(&speakers);
    let n = REPLICATIONS as f64 * 16_000.0;
    let phone = stream(&case, "shop/phone/fr", REPLICATIONS);
    let came = phone.moved + phone.unserved;
    counts_to("French calls", came, n * 0.75 * 0.4);
    // No tool translates live voice: its share is lost.
    share_is("in English", phone.moved, came, 0.5);
    assert_eq!(
        (phone.offered, phone.translated, phone.lost),
        (0, 0, phone.unserved)
    );
    let mail = stream(&case, "shop/mail/fr", REPLICATIONS);
    // Some of the translated return, and are translated again.
    let came = mail.moved + mail.first_contacts + mail.unserved;
    counts_to("French mails", came, n * 0.25 * 0.4);
    share_is("translated", mail.first_contacts, came, 0.3);
    share_is("lost", mail.unserved, came, 0.2);
    assert_eq!(mail.offered, mail.translated);
    // 24 replications hold some 14,000 items: four standard errors are 3.4%.
    let handle = handle_s(&stream(&case, "shop/mail/fr", 24));
    assert!((handle / (300.0 * 1.5) - 1.0).abs() < 0.034, "{handle}");
    share_is(
        "resolved",
        mail.resolved,
        mail.resolved + mail.unresolved,
        0.8,
    );
    let english = stream(&case, "shop/phone/en", REPLICATIONS);
    counts_to("in English", english.offered, n * 0.75 * (0.6 + 0.4 * 0.5));
    let ledger = played(&case, 0);
    let cost = Sample::new(&case.scenario, &case.roster, &ledger).cost;
    let lost: u64 = ledger.streams.iter().map(|s| s.lost).sum();
    let line = cost.iter().find(|c| c.kind == CostKind::ValueLost);
    assert_eq!(line.unwrap().amount, 10.0 * lost as f64);
    // Spoken, twice as many ask, and all of them are offered.
    let spoken = self::case(&speakers[1..]);
    let phone = stream(&spoken, "shop/phone/fr", 2);
    counts_to("spoken", phone.offered, 2.0 * 16_000.0 * 0.75 * 0.4 * 2.0);
    assert_eq!(phone.unserved + phone.moved, 0);
}

#[test]
fn a_channel_that_is_dropped_is_the_same_customers_elsewhere() {
    let dropped = case(&[(
        "kind = \"deferred\"",
        "kind = \"deferred\"\noffered = false\nunserved = { phone = \"60%\", lost = \"40%\" }",
    )]);
    let plain = case(&[]);
    for replication in 0..3 {
        let (a, b) = (played(&dropped, replication), played(&plain, replication));
        let (phone, mail) = (index(&plain, "shop/phone"), index(&plain, "shop/mail"));
        assert_eq!(a.streams[mail].offered, 0);
        assert_eq!(
            a.streams[mail].moved + a.streams[mail].unserved,
            b.streams[mail].offered
        );
        share_is("moved", a.streams[mail].moved, b.streams[mail].offered, 0.6);
        assert_eq!(
            a.streams[phone].offered,
            b.streams[phone].offered + a.streams[mail].moved
        );
    }
}

#[test]
fn who_finds_it_closed_may_come_again_after_the_opening() {
    let hours = "open     = \"Mon-Sun 08:00-20:00\"\nclosed = { mail = \"20%\", later = \"50%\", lost = \"30%\" }\nlater_after = { mean = \"10m\", family = \"fixed\" }\npatience";
    let hourly: String = std::iter::once("weekday,start,weight\n".to_string())
        .chain(
            ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
                .iter()
                .flat_map(|d| (0..24).map(move |h| format!("{d},{h:02}:00,1\n"))),
        )
        .collect();
    let text = changed(&[
        ("open     = \"24/7\"\npatience", hours),
        (
            "per_week = 4_000",
            "per_week = 4_000\nprofile = \"profile.csv\"",
        ),
    ]);
    let case = case_of(&text, 100, Some(("profile.csv", &hourly)));
    let sums = stream(&case, "shop/phone", REPLICATIONS);
    // Half the day is closed; four nights of the 28 days' last evening do not see another opening.
    let night = 12.0 * 12_000.0 / (28.0 * 24.0);
    let closed = REPLICATIONS as f64 * (28.0 * night - night / 3.0);
    let met = sums.offered as f64 - REPLICATIONS as f64 * 6_000.0;
    assert!((met / (0.5 * closed) - 1.0).abs() < 0.03, "{met} {closed}");
    let ledger = played(&case, 0);
    // They come ten minutes after eight.
    let at = |h: usize, q: usize| ledger.intervals[24 * 4 + h * 4 + q].offered;
    assert!(
        at(8, 0) > 20 * at(8, 2).max(1) || at(8, 0) > 60,
        "{} {}",
        at(8, 0),
        at(8, 2)
    );
}
