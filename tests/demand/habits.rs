//! What customers do beside waiting.

use crate::support::{
    MAIL, PHONE, REPLICATIONS, case, case_of, changed, near, played, share_is, stream,
};
use staffwright::experiment::Case;
use staffwright::sim::ContactSums;
use staffwright::time::{HOUR, SECOND, Tick};

#[test]
fn who_gave_up_calls_again_leaves_for_another_channel_or_goes() {
    let case = case_of(
        &changed(&[(
            "redial   = \"none\"",
            "redial   = { share = \"30%\", after = \"10m\" }\nleaves_for = { mail = { share = \"20%\", after = \"1m\" } }",
        )]),
        0,
        None,
    );
    let (phone, mail) = (
        stream(&case, "shop/phone", REPLICATIONS),
        stream(&case, "shop/mail", REPLICATIONS),
    );
    // Nobody answers: all give up, and of them 30% call again, 20% write, half go.
    assert_eq!(phone.answered, 0);
    share_is("redials", phone.redials, phone.abandoned, 0.3);
    share_is("mails", mail.switched, phone.abandoned, 0.2);
    share_is("gone", phone.lost, phone.abandoned, 0.5);
    assert_eq!(mail.offered, mail.first_contacts + mail.switched);
}

#[test]
fn a_voice_mail_is_a_deferred_channel_that_callers_leave_for() {
    let case = case_of(
        &changed(&[
            (
                "redial   = \"none\"",
                "redial   = \"none\"\nleaves_for = { voicemail = { share = \"40%\", after = \"0s\" } }",
            ),
            (
                "[topic.shop]",
                "[channel.voicemail]\nkind = \"deferred\"\nopen = \"24/7\"\n[topic.shop]",
            ),
            (
                "mail = { mean",
                "voicemail = { mean = \"3m\", family = \"exponential\" }, mail = { mean",
            ),
        ]),
        2,
        None,
    );
    let (phone, voice) = (
        stream(&case, "shop/phone", REPLICATIONS),
        stream(&case, "shop/voicemail", REPLICATIONS),
    );
    share_is("voice-mails", voice.switched, phone.abandoned, 0.4);
    assert_eq!((voice.offered, voice.first_contacts), (voice.switched, 0));
    assert!(voice.resolved > 0);
}

/// Phone alone, two agents: all who would wait are asked at once and accept.
fn called_back(callback: &str) -> Case {
    let text = changed(&[
        (
            "channels = { phone = \"75%\", mail = \"25%\" }",
            "channels = { phone = \"100%\" }",
        ),
        (
            "patience = \"5m\"",
            &format!("patience = \"5m\"\ncallback = {callback}"),
        ),
    ]);
    case_of(&text, 2, None)
}

#[test]
fn call_backs_in_turn_make_a_queue_without_impatience() {
    let case = called_back("{ share = \"100%\", within = \"1h\", reached = \"100%\" }");
    let theory = staffwright::queueing::Station::new(2, 4_000.0 / 604_800.0, 240.0, 0.0)
        .unwrap()
        .steady();
    let sums = stream(&case, "shop/phone", 40);
    assert_eq!((sums.abandoned, sums.delayed), (0, sums.call_backs));
    let waits = sums.call_backs as f64 / sums.offered as f64;
    assert!(
        (waits / theory.wait_share - 1.0).abs() < 0.01,
        "{waits} {}",
        theory.wait_share
    );
    let wait = sums.wait as f64 / SECOND as f64 / sums.offered as f64;
    assert!(
        (wait / theory.mean_wait - 1.0).abs() < 0.03,
        "{wait} {}",
        theory.mean_wait
    );
    // The wait of those who wait is exponential: within an hour with 1 - exp(-3600 / mean).
    let mean = theory.mean_wait / theory.wait_share;
    let kept = sums.call_backs_kept as f64 / sums.call_backs as f64;
    assert!(
        (kept - (1.0 - (-3600.0 / mean).exp())).abs() < 0.01,
        "{kept} {mean}"
    );
}

#[test]
fn who_does_not_answer_is_called_again_and_then_lost() {
    let case = called_back(
        "{ share = \"100%\", within = \"1h\", reached = \"60%\", tries = 2, again_after = \"30m\", attempt = \"1s\" }",
    );
    let sums = stream(&case, "shop/phone", REPLICATIONS);
    share_is(
        "never reached",
        sums.call_backs_unreached,
        sums.call_backs,
        0.4 * 0.4,
    );
    assert_eq!(sums.abandoned, sums.call_backs_unreached);
    assert_eq!(sums.lost, sums.abandoned);
    assert_eq!(sums.offered, sums.answered + sums.abandoned + sums.backlog);
}

#[test]
fn promised_call_backs_come_at_their_time_and_idle_ones_behind_everybody() {
    let case = called_back(
        "{ share = \"100%\", when = \"promised\", promised = \"1h\", within = \"15m\", reached = \"100%\" }",
    );
    let sums = stream(&case, "shop/phone", REPLICATIONS);
    let mean = sums.wait as f64 / SECOND as f64 / sums.delayed as f64;
    assert!((3_600.0..4_000.0).contains(&mean), "{mean}");
    // Before all others: of a tenth who accept, next to nobody waits a quarter of an hour for one of two agents, where those
    // who stay on the line for ever wait so long in P(wait) exp(-(2 / 240 - arrivals) 900), one case in seven.
    let few = changed(&[
        (
            "channels = { phone = \"75%\", mail = \"25%\" }",
            "channels = { phone = \"100%\" }",
        ),
        (
            "patience = \"5m\"",
            "patience = \"never\"\ncallback = { share = \"10%\", when = \"promised\", promised = \"1h\", within = \"15m\", reached = \"100%\" }",
        ),
    ]);
    let few = stream(&case_of(&few, 2, None), "shop/phone", REPLICATIONS);
    let kept = few.call_backs_kept as f64 / few.call_backs as f64;
    assert!(kept > 0.99, "{kept}");
    // In idle time: whoever stays on the line is answered before all who hung up, so that fewer give up.
    let half = |when: &str| {
        let case = called_back(&format!(
            "{{ share = \"50%\", when = \"{when}\", within = \"5m\", reached = \"100%\" }}"
        ));
        stream(&case, "shop/phone", REPLICATIONS)
    };
    let (turn, idle) = (half("turn"), half("idle"));
    assert!(
        idle.abandoned < turn.abandoned,
        "{} {}",
        idle.abandoned,
        turn.abandoned
    );
    let kept = |s: &ContactSums| s.call_backs_kept as f64 / s.call_backs as f64;
    assert!(kept(&idle) < kept(&turn), "{} {}", kept(&idle), kept(&turn));
}

#[test]
fn call_backs_in_idle_time_are_the_lower_of_two_priorities() {
    // A quarter of the calls come on a second line, on which all who would wait are called back when somebody is idle.
    let text = changed(&[
        ("patience = \"5m\"", "patience = \"never\""),
        (
            "kind = \"deferred\"",
            "kind = \"live\"\npatience = \"never\"\nredial = \"none\"\ncallback = { share = \"100%\", when = \"idle\", within = \"1h\", reached = \"100%\" }",
        ),
        (
            "mail = { mean = \"5m\", family",
            "mail = { mean = \"4m\", family",
        ),
    ]);
    let case = case_of(&text, 2, None);
    let theory = staffwright::queueing::Station::new(2, 4_000.0 / 604_800.0, 240.0, 0.0);
    let theory = theory.unwrap().steady();
    // Cobham (1954): W_k = C s / n / ((1 - load before k) (1 - load up to k)).
    let load = 4_000.0 / 604_800.0 * 240.0 / 2.0;
    let first = theory.wait_share * 120.0 / (1.0 - 0.75 * load);
    let second = first / (1.0 - load);
    let replications = 80;
    let wait = |name: &str| {
        let sums = stream(&case, name, replications);
        assert_eq!(sums.abandoned, 0);
        sums.wait as f64 / SECOND as f64 / sums.offered as f64
    };
    near("on the line", wait("shop/phone"), first, 0.015);
    near("called back", wait("shop/mail"), second, 0.04);
}

#[test]
fn silent_tickets_are_chased_after_each_silence() {
    let mail = "kind = \"deferred\"\nchaser = { share = \"50%\", after = \"1 day\", by = \"phone\", handle = \"40%\" }";
    let case = case_of(&changed(&[("kind = \"deferred\"", mail)]), 0, None);
    let (phone, mail) = (
        stream(&case, "shop/phone", REPLICATIONS),
        stream(&case, "shop/mail", REPLICATIONS),
    );
    // A ticket of d whole days has been chased (1/2 + 1/4 + ...) = 1 - 2^-d times; d is even over 0 to 27.
    let mean = mail.offered as f64 * (28.0 - 2.0) / 28.0;
    let off = (phone.chasers as f64 - mean) / (2.0 * mean).sqrt();
    assert!(off.abs() < 4.0, "{} {mean}", phone.chasers);
    assert_eq!(phone.offered, phone.first_contacts + phone.chasers);
    assert_eq!(mail.chasers, 0);
}

#[test]
fn a_channel_nobody_owns_waits_for_the_next_look() {
    let mail = "kind = \"deferred\"\nlooked_at = \"2h\"";
    let case = case(&[("kind = \"deferred\"", mail)]);
    let sums = stream(&case, "shop/mail", REPLICATIONS);
    // Half the time between two looks on average, and the work itself.
    let reply = sums.first_reply as f64 / SECOND as f64 / sums.replied as f64;
    assert!((reply / (3_600.0 + 300.0) - 1.0).abs() < 0.015, "{reply}");
    assert_eq!(sums.offered, sums.resolved + sums.backlog);
}

#[test]
fn who_writes_on_two_channels_is_worked_twice() {
    let mail = "kind = \"deferred\"\nalso = { phone = { share = \"10%\", after = \"10m\", handle = \"50%\" } }";
    let (twice, once) = (case(&[("kind = \"deferred\"", mail)]), case(&[]));
    let mut more = 0;
    for replication in 0..REPLICATIONS {
        let (a, b) = (played(&twice, replication), played(&once, replication));
        assert_eq!(a.streams[MAIL], b.streams[MAIL]);
        assert_eq!(
            a.streams[PHONE].offered,
            b.streams[PHONE].offered + a.streams[PHONE].duplicates
        );
        more += a.streams[PHONE].handled - b.streams[PHONE].handled;
    }
    let (phone, mail) = (
        stream(&twice, "shop/phone", REPLICATIONS),
        stream(&twice, "shop/mail", REPLICATIONS),
    );
    share_is("on the phone as well", phone.duplicates, mail.offered, 0.1);
    let each = more as f64 / SECOND as f64 / phone.duplicates as f64;
    assert!((each / 120.0 - 1.0).abs() < 0.08, "{each}");
}

/// Calls come at these times of one Tuesday on which the line is open from 8 to 10 and the next day again.
fn at_closing(callback: &str, at_close: &str, agents: u32) -> ContactSums {
    let text = changed(&[
        (
            "per_week = 4_000\nchannels = { phone = \"75%\", mail = \"25%\" }",
            "trace = \"tickets.csv\"\nchannels = { phone = \"75%\", mail = \"25%\" }",
        ),
        (
            "kind     = \"live\"\nopen     = \"24/7\"",
            &format!(
                "kind = \"live\"\nopen = \"Mon-Fri 08:00-10:00\"\nat_close = \"{at_close}\"\nclosed = {{ lost = \"100%\" }}"
            ),
        ),
        (
            "patience = \"5m\"",
            &format!("patience = \"never\"\ncallback = {callback}"),
        ),
        (
            "mean = \"4m\", family = \"exponential\"",
            "mean = \"40m\", family = \"fixed\"",
        ),
    ]);
    // One agent, 40 minutes each: the first is done at 9:40, the second at 10:20; the others wait at closing.
    let mut rows = "time,channel\n".to_string();
    for time in ["09:00", "09:01", "09:50", "09:51"] {
        rows += &format!("2027-01-05 {time}:00,phone\n");
    }
    let case = case_of(&text, agents, Some(("tickets.csv", &rows)));
    stream(&case, "shop/phone", 1)
}

#[test]
fn call_backs_that_wait_at_closing_are_called_after_the_next_opening() {
    let day: Tick = 24 * HOUR;
    let minute: Tick = 60 * SECOND;
    for at_close in ["serve", "turn away"] {
        for when in ["turn", "idle"] {
            let sums = at_closing(
                &format!(
                    "{{ share = \"100%\", when = \"{when}\", within = \"1h\", reached = \"100%\" }}"
                ),
                at_close,
                1,
            );
            assert_eq!((sums.offered, sums.answered, sums.call_backs), (4, 4, 3));
            // 9:00 at once; 9:01 at 9:40; 9:50 at 8:00 the next day, 9:51 at 8:40.
            let opening = day - (HOUR + 50 * minute);
            let waits = 39 * minute + opening + (opening - minute + 40 * minute);
            assert!(
                sums.wait - waits <= 2,
                "{at_close} {when}: {} {waits}",
                sums.wait
            );
            assert_eq!(sums.call_backs_kept, 1);
            assert_eq!((sums.abandoned, sums.lost, sums.backlog), (0, 0, 0));
        }
    }
    // Whoever stays on the line is served or turned away.
    let none = "{ share = \"0%\", within = \"1h\", reached = \"100%\" }";
    assert_eq!(at_closing(none, "serve", 1).answered, 4);
    let away = at_closing(none, "turn away", 1);
    assert_eq!((away.answered, away.abandoned), (2, 2));
}

#[test]
fn a_ticket_in_its_owners_hands_is_chased_too() {
    // One agent and two tickets of ten hours a reply, at 8:00 and 8:30.
    let mail = "kind = \"deferred\"\nowner = \"agent\"\ntouches = { mean = 50, customer_takes = { mean = \"1h\", family = \"fixed\" } }\nchaser = { share = \"100%\", after = \"3h\", by = \"phone\", handle = \"1%\" }";
    let at = |name: &str, time: &str| {
        format!(
            "[event.{name}]\nwhen = {{ channels = \"mail\" }}\ndate = 2027-01-05\ntime = \"{time}\"\nlasts = \"1s\"\ncontacts = 1\n"
        )
    };
    let text = changed(&[
        ("kind = \"deferred\"", mail),
        ("length = \"4 weeks\"", "length = \"2 days\""),
        ("per_week = 4_000", "per_week = 0"),
        (
            "mail = { mean = \"5m\", family = \"exponential\" }",
            "mail = { mean = \"10h\", family = \"fixed\" }",
        ),
        ("", &(at("first", "08:00") + &at("second", "08:30"))),
    ]);
    let phone = stream(&case_of(&text, 1, None), "shop/phone", 1);
    // The second waits from 8:30 to 18:00: reminders at 11:30, 14:30, 17:30. The first is back with its owner, who is
    // busy, at 19:00: a reminder at 22:00.
    assert_eq!((phone.chasers, phone.offered), (4, 4));
}

#[test]
fn habits_without_share_change_nothing() {
    let off = changed(&[
        (
            "redial   = \"none\"",
            "redial = \"none\"\nleaves_for = { mail = \"0%\" }\ncallback = { share = \"0%\", within = \"1h\" }\nalso = { mail = \"0%\" }",
        ),
        (
            "kind = \"deferred\"",
            "kind = \"deferred\"\nchaser = { share = \"0%\", after = \"1h\" }",
        ),
    ]);
    let (with, without) = (case_of(&off, 6, None), case_of(&changed(&[]), 6, None));
    let (a, b) = (played(&with, 0), played(&without, 0));
    assert_eq!(
        (a.streams, a.teams, a.intervals),
        (b.streams, b.teams, b.intervals)
    );
}

#[test]
fn calls_that_we_make_are_tried_again_while_we_may_call() {
    let text = changed(&[(
        "[channel.mail]\nkind = \"deferred\"\nopen = \"24/7\"",
        "[channel.mail]\nkind = \"deferred\"\nopen = \"Mon-Sun 10:00-18:00\"\noutbound = { within = \"3h\", reached = \"40%\", tries = 3, again_after = \"1 day\", attempt = \"1s\" }",
    )]);
    let sums = stream(&case_of(&text, 100, None), "shop/mail", REPLICATIONS);
    // They fall due while we may call, and there are agents enough: each is called at once, and again a day later.
    assert_eq!(sums.call_backs, sums.offered);
    assert_eq!(sums.call_backs_kept, sums.offered);
    let ended = sums.answered + sums.abandoned;
    share_is(
        "never reached",
        sums.call_backs_unreached,
        ended,
        0.6_f64.powi(3),
    );
    assert_eq!(
        (sums.abandoned, sums.lost),
        (sums.call_backs_unreached, sums.abandoned)
    );
    assert_eq!(sums.offered, ended + sums.backlog);
}
