//! The load: nothing is lost on the way, and it lies where people can work on it.
#![allow(clippy::unwrap_used)]

use super::load::{Load, load, per_contact};
use super::{shares, team_load};
use crate::scenario::Scenario;
use crate::scenario::model::{ChannelKind, Stream};
use crate::scenario::testing::load as scenario_of;

/// Three channels, two tiers; contacts come at all hours, weights by the profile.
const TEXT: &str = r#"
start  = 2027-01-11
length = "4 weeks"
zone   = "Europe/Berlin"
[demand]
counted = "first contacts"
busyness = "none"
profile = "profile.csv"
[channel.phone]
kind = "live"
open = "Mon-Fri 08:00-18:00"
closed = { mail = "30%", lost = "70%" }
[channel.chat]
kind = "concurrent"
open = "Mon-Fri 08:00-18:00"
speed = ["100%", "90%", "80%"]
measured_at = 1
closed = { lost = "100%" }
[channel.mail]
kind = "deferred"
open = "Mon-Fri 08:00-18:00"
touches = { mean = 1.5, customer_takes = "9h" }
backlog = { tickets = 100, oldest = "14h" }
[topic.help]
per_week = 1_000
channels = { phone = "50%", chat = "25%", mail = "25%" }
handle = { phone = "5m", chat = "9m", mail = "6m" }
returns_after = { mean = "1 day" }
ends = { resolved = "70%", tier2 = "20%", returns = "10%" }
[tier.2]
handle = "16m"
triage = "2m"
ends = { resolved = "100%" }
[promise.mail]
target = "90% of mail first reply within 4 business hours"
[contract.full]
hours = "40h/week"
pay = "EUR 20/h"
[site]
berlin = { zone = "Europe/Berlin", holidays = "none" }
[shift.day]
start = "08:00"
length = "10h"
[shift.night]
start = "20:00"
length = "12h"
days = "Mon-Fri"
[team.front]
site = "berlin"
heads = 30
shifts = ["day"]
roster = "fit"
shrinkage = { leave = "10%" }
[team.back]
site = "berlin"
tier = 2
heads = 10
shifts = ["day"]
roster = "fit"
shrinkage = { leave = "10%" }
"#;

const WORKING_DAYS: [&str; 5] = ["Mon", "Tue", "Wed", "Thu", "Fri"];

/// A profile with a weight per half-hour on some days.
fn profile_of(days: &[&str], weight: impl Fn(usize) -> f64) -> String {
    let row = |d: &str, half: usize| {
        let weight = weight(half);
        format!("{d},{:02}:{:02},{weight}\n", half / 2, half % 2 * 30)
    };
    let rows = days
        .iter()
        .flat_map(|d| (0..48).map(|half| row(d, half)).collect::<Vec<_>>());
    format!("weekday,start,weight\n{}", rows.collect::<String>())
}

/// Mondays to Fridays, half inside opening hours and half in the hours before.
fn profile() -> String {
    profile_of(&WORKING_DAYS, |half| match half {
        0..16 => 20.0 / 16.0,
        16..36 => 1.0,
        _ => 0.0,
    })
}

fn scenario(changes: &[(&str, &str)]) -> Scenario {
    with_profile(changes, &profile())
}

fn with_profile(changes: &[(&str, &str)], profile: &str) -> Scenario {
    let mut text = TEXT.to_string();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    scenario_of(&text, &[("profile.csv", profile)])
}

/// Hours of work of a channel's stream at a tier over the horizon.
fn hours(scenario: &Scenario, load: &Load, channel: &str, tier: usize) -> f64 {
    let at = scenario
        .streams
        .iter()
        .position(|s| scenario.channels[s.channel].name == channel)
        .unwrap();
    load.work[at][tier].iter().sum::<f64>() / 3600.0
}

const NO_RETURNS: (&str, &str) = (
    "ends = { resolved = \"70%\", tier2 = \"20%\", returns = \"10%\" }",
    "ends = { resolved = \"80%\", tier2 = \"20%\" }",
);
const ONLY_MAIL: (&str, &str) = (
    "channels = { phone = \"50%\", chat = \"25%\", mail = \"25%\" }",
    "channels = { mail = \"100%\" }",
);
const ONLY_MAIL_HANDLE: (&str, &str) = (
    "handle = { phone = \"5m\", chat = \"9m\", mail = \"6m\" }",
    "handle = { mail = \"6m\" }",
);
const NO_BACKLOG: (&str, &str) = ("backlog = { tickets = 100, oldest = \"14h\" }\n", "");

#[test]
fn work_is_contacts_times_handling() {
    let s = scenario(&[NO_RETURNS, NO_BACKLOG]);
    let load = load(&s);
    let close = |a: f64, b: f64| assert!((a / b - 1.0).abs() < 1e-9, "{a} is not {b}");
    // Half of 500 calls a week find the line open; of the others 30 % write.
    close(hours(&s, &load, "phone", 0), 4.0 * 250.0 * 5.0 / 60.0);
    // 20 % go on to tier 2 at 16 minutes and 2 of triage.
    close(
        hours(&s, &load, "phone", 1),
        4.0 * 250.0 * 0.2 * 18.0 / 60.0,
    );
    // Two conversations side by side at 90 % of the speed are 1.8 times as fast.
    close(hours(&s, &load, "chat", 0), 4.0 * 125.0 * 9.0 / 60.0 / 1.8);
    // Everybody's mail counts, whenever it comes, with one and a half replies each; the last hours' lie beyond the end.
    let mail = 4.0 * (250.0 + 0.3 * 250.0) * 6.0 * 1.5 / 60.0;
    close(hours(&s, &load, "mail", 0), mail);
    let laid = team_load(&s, &load).iter().flatten().sum::<f64>() / 4.0;
    let arrived = load.work.iter().flatten().flatten().sum::<f64>() / 3600.0;
    assert!(
        laid < arrived && laid > arrived - 0.015 * mail,
        "{laid} of {arrived}"
    );
}

#[test]
fn deferred_work_lies_in_open_hours_before_its_promise() {
    let s = scenario(&[NO_RETURNS, NO_BACKLOG, ONLY_MAIL, ONLY_MAIL_HANDLE]);
    let front = &team_load(&s, &load(&s))[0];
    let monday = |hour: usize| front[hour * 4..hour * 4 + 4].iter().sum::<f64>();
    assert_eq!(monday(7), 0.0, "closed");
    // The night's mail is due within four open hours, so the morning is busier than the afternoon.
    assert!(monday(9) > 1.2 * monday(14), "{} {}", monday(9), monday(14));
    assert_eq!(monday(18), 0.0, "closed again");
    let with = scenario(&[NO_RETURNS, ONLY_MAIL, ONLY_MAIL_HANDLE]);
    let total = |s: &Scenario| team_load(s, &load(s))[0].iter().sum::<f64>();
    let more = (total(&with) - total(&s)) * 900.0;
    assert!(
        (more / (100.0 * 6.0 * 60.0 * 1.5) - 1.0).abs() < 1e-6,
        "the backlog is worked off, too"
    );
    assert_eq!(load(&with).contacts, load(&s).contacts);
}

#[test]
fn deferred_work_fills_the_valleys_of_live_work() {
    let weights = |half: usize| match half {
        16..26 => 2.0,
        26..36 => 0.5,
        _ => 0.0,
    };
    let s = with_profile(
        &[NO_RETURNS, NO_BACKLOG],
        &profile_of(&WORKING_DAYS, weights),
    );
    let whole = load(&s);
    let mut live = whole.clone();
    for (stream, work) in s.streams.iter().zip(&mut live.work) {
        if s.channels[stream.channel].kind == ChannelKind::Deferred {
            work.iter_mut().flatten().for_each(|w| *w = 0.0);
        }
    }
    let (whole, live) = (&team_load(&s, &whole)[0], &team_load(&s, &live)[0]);
    let afternoon_to_morning = |cells: &[f64]| {
        let hours = |from: usize, to: usize| cells[96 + 4 * from..96 + 4 * to].iter().sum::<f64>();
        hours(13, 18) / hours(8, 13)
    };
    assert!(afternoon_to_morning(live) < 0.3);
    // Work that waits until the last moment would make it 0.79 (only the first hour's letters are due before 13:00),
    // spread evenly over its windows 0.44.
    assert!(
        (0.7..0.79).contains(&afternoon_to_morning(whole)),
        "{}",
        afternoon_to_morning(whole)
    );
    assert!(whole.iter().zip(live).all(|(a, b)| *a > b - 1e-9));
}

#[test]
fn what_falls_due_while_all_is_closed_is_worked_off_over_the_next_day() {
    // A promise by the customer's watch, and people who write at the weekend only.
    let by_the_watch = (
        "first reply within 4 business hours",
        "first reply within 4h",
    );
    let s = with_profile(
        &[
            NO_RETURNS,
            NO_BACKLOG,
            ONLY_MAIL,
            ONLY_MAIL_HANDLE,
            by_the_watch,
        ],
        &profile_of(&["Sat", "Sun"], |_| 1.0),
    );
    let front = &team_load(&s, &load(&s))[0];
    let monday: Vec<f64> = (8 * 4..16 * 4).map(|i| front[7 * 96 + i]).collect();
    let mean = monday.iter().sum::<f64>() / 32.0;
    assert!(mean > 0.0);
    assert!(
        monday.iter().all(|m| (m / mean - 1.0).abs() < 1e-6),
        "eight level hours: {monday:?}"
    );
}

#[test]
fn returns_come_back_after_their_delay() {
    let (with, without) = (scenario(&[]), scenario(&[NO_RETURNS]));
    let (a, b) = (load(&with), load(&without));
    let is_mail = |s: &Stream| with.channels[s.channel].name == "mail";
    let mail = with.streams.iter().position(is_mail).unwrap();
    let day = |l: &Load, d: usize| l.contacts[mail][d * 96..(d + 1) * 96].iter().sum::<f64>();
    assert!(
        day(&a, 0) < 1.08 * day(&b, 0),
        "few are back on the first day"
    );
    assert!(
        day(&a, 17) > 1.09 * day(&b, 17),
        "most of a tenth by the third week"
    );
    assert_eq!(day(&b, 5), 0.0);
    assert!(day(&a, 5) > 0.0, "some come back on Saturday");
    let (tiers, again) = per_contact(&with, mail);
    assert!((again - 1.0 / 0.9).abs() < 1e-9);
    assert!(
        (tiers[0].0 - again * 1.5).abs() < 1e-9 && (tiers[1].0 - again * 0.2 * 1.5).abs() < 1e-9
    );
}

#[test]
fn teams_take_all_the_work_there_is() {
    let s = scenario(&[]);
    let load = load(&s);
    let teams = team_load(&s, &load);
    let erlang_hours = teams.iter().flatten().sum::<f64>() / 4.0;
    let work = load.work.iter().flatten().flatten().sum::<f64>() / 3600.0;
    assert!(
        erlang_hours < work && erlang_hours > 0.99 * work,
        "the last letters are due beyond the end"
    );
    assert_eq!(shares(&s, 0, 0), [(0, 1.0)]);
    assert_eq!(shares(&s, 0, 1), [(1, 1.0)]);
}

#[test]
fn the_night_falls_to_those_who_are_there() {
    let night = "[team.night]\nsite = \"berlin\"\nheads = 10\nshifts = [\"night\"]\nroster = \"fit\"\nshrinkage = { leave = \"10%\" }\n[team.back]";
    let s = scenario(&[
        ("[team.back]", night),
        (
            "kind = \"live\"\nopen = \"Mon-Fri 08:00-18:00\"",
            "kind = \"live\"\nopen = \"24/7\"",
        ),
        ("closed = { mail = \"30%\", lost = \"70%\" }\n", ""),
    ]);
    let load = load(&s);
    let teams = team_load(&s, &load);
    let tuesday = |team: usize, hour: usize| teams[team][96 + hour * 4];
    assert_eq!(tuesday(0, 3), 0.0, "the day team does not work at night");
    assert!(tuesday(1, 3) > 0.3);
    assert_eq!(tuesday(1, 12), 0.0);
    assert!(tuesday(0, 12) > 1.0);
    // By people alone the split is 3 to 1.
    let by_people = shares(&s, 0, 0);
    assert!((by_people[0].1 - 0.75).abs() < 1e-9 && by_people[1].0 == 1);
}

/// Hours of work of all teams.
fn all_hours(s: &Scenario) -> f64 {
    team_load(s, &load(s)).iter().flatten().sum::<f64>() / 4.0
}

#[test]
fn tools_that_are_down_lengthen_work_by_their_formula() {
    let tool = |work: &str| {
        let table = format!(
            "[tool.crm]\noutages = {{ every = \"20h\", lasts = \"2h\", work = \"{work}\" }}\n[team.front]"
        );
        scenario(&[("[team.front]", &table)])
    };
    let without = all_hours(&scenario(&[]));
    for (work, factor) in [("stops", 22.0 / 20.0), ("200%", 22.0 / 21.0)] {
        let with = all_hours(&tool(work));
        assert!(
            (with / without - factor).abs() < 1e-9,
            "{work}: {with} {without}"
        );
    }
}

#[test]
fn tools_that_change_on_a_date_make_the_load_of_each_side_of_it() {
    let tool = |lasts: &str, scales: &str, from: &str| {
        let table = format!(
            "[tool.crm]\npart = \"system\"\nscales = \"{scales}\"\noutages = {{ every = \"20h\", lasts = \"{lasts}\" }}\n{from}\n[team.front]"
        );
        let parts = "parts = { conversation = \"50%\", system = \"50%\" }\nhandle = { phone";
        let s = scenario(&[("[team.front]", &table), ("handle = { phone", parts)]);
        let cut = s.eras.first().map_or(0, |e| e.from / s.horizon.interval());
        (team_load(&s, &load(&s)), cut as usize)
    };
    let (old, new) = (tool("2h", "90%", "").0, tool("5h", "60%", "").0);
    let from = "[[from]]\ndate = 2027-01-18\nset = { tool.crm.scales = \"60%\", tool.crm.outages.lasts = \"5h\" }";
    let (both, cut) = tool("2h", "90%", from);
    assert!(cut > 0);
    for team in 0..both.len() {
        assert_eq!(both[team][..cut], old[team][..cut]);
        assert_eq!(both[team][cut..], new[team][cut..]);
    }
    assert_ne!(old, new);
}

#[test]
fn second_contacts_are_work_on_the_other_channel() {
    let also =
        "[channel.phone]\nalso = { mail = { share = \"20%\", after = \"1h\", handle = \"50%\" } }";
    let with = scenario(&[NO_RETURNS, NO_BACKLOG, ("[channel.phone]", also)]);
    let without = scenario(&[NO_RETURNS, NO_BACKLOG]);
    let mail = |s: &Scenario| hours(s, &load(s), "mail", 0);
    // A fifth of 500 callers a week, half of six minutes each.
    let more = 4.0 * 500.0 * 0.2 * 0.5 * 6.0 / 60.0;
    assert!(((mail(&with) - mail(&without)) / more - 1.0).abs() < 1e-9);
}

#[test]
fn reminders_are_those_of_tickets_silent_so_long() {
    // Around the clock, a reply within ten hours, evenly: after 2, 4, 6 and 8 hours 80, 60, 40 and 20 % are silent still.
    let always = (
        "kind = \"deferred\"\nopen = \"Mon-Fri 08:00-18:00\"",
        "kind = \"deferred\"\nopen = \"24/7\"\nchaser = { share = \"50%\", after = { mean = \"2h\", family = \"fixed\" }, handle = \"40%\" }",
    );
    let ten = (
        "first reply within 4 business hours",
        "first reply within 10h",
    );
    let with = scenario(&[
        NO_RETURNS,
        NO_BACKLOG,
        ONLY_MAIL,
        ONLY_MAIL_HANDLE,
        always,
        ten,
    ]);
    let per_ticket: f64 = [(0.5, 0.8), (0.25, 0.6), (0.125, 0.4), (0.0625, 0.2)]
        .iter()
        .map(|(share, silent)| share * silent)
        .sum();
    let theory = 1.0 + per_ticket * 0.4 / 1.5;
    let plain = 4.0 * 1000.0 * 6.0 * 1.5 / 60.0;
    let found = hours(&with, &load(&with), "mail", 0) / plain;
    assert!((found / theory - 1.0).abs() < 1e-9, "{found} {theory}");
}

#[test]
fn those_who_give_up_come_on_the_other_channel() {
    let leaves =
        "[channel.phone]\npatience = \"4m\"\nredial = \"none\"\nleaves_for = { mail = \"50%\" }";
    let promised = (
        "[promise.mail]",
        "[promise.phone]\ntarget = \"80% of phone within 20s\"\n[promise.mail]",
    );
    let with = scenario(&[
        NO_RETURNS,
        NO_BACKLOG,
        promised,
        ("[channel.phone]", leaves),
    ]);
    let without = scenario(&[NO_RETURNS, NO_BACKLOG, promised]);
    let mail = |s: &Scenario| -> f64 {
        let at = s
            .streams
            .iter()
            .position(|of| s.channels[of.channel].name == "mail");
        load(s).contacts[at.unwrap()].iter().sum()
    };
    // Exponential patience of four minutes: 1 / (1 + r m) of 250 callers a week who find the line open.
    let given_up = 1.0 / (1.0 + 5.0_f64.ln() / 20.0 * 240.0);
    let more = (mail(&with) - mail(&without)) / (4.0 * 250.0 * 0.5);
    assert!((more / given_up - 1.0).abs() < 0.02, "{more} {given_up}");
}
