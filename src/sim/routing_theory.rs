//! Routing rules against closed forms.
#![allow(clippy::unwrap_used)]

use super::Ledger;
use super::testing::{HEAD, agrees, played, scenario, team};
use crate::time::SECOND;

/// One topic by phone, Poisson arrivals at `rate` an hour, exponential handle time of five minutes.
fn phone(name: &str, rate: f64, keys: &str) -> String {
    format!(
        "[topic.{name}]\nper_week = {}\nchannels = {{ phone = \"100%\" }}\nhandle = {{ phone = {{ mean = \"5m\", family = \"exponential\" }} }}\nends = {{ resolved = \"100%\" }}\n{keys}\n",
        rate * 168.0
    )
}

fn items(team: usize) -> impl Fn(&Ledger) -> (f64, f64) {
    move |l| {
        let all: u64 = l.teams.iter().map(|t| t.items).sum();
        (l.teams[team].items as f64, all as f64)
    }
}

fn mean_wait(stream: usize) -> impl Fn(&Ledger) -> (f64, f64) {
    move |l| {
        let s = &l.streams[stream];
        (s.wait as f64 / SECOND as f64, s.answered as f64)
    }
}

/// Blocking of M/M/1/K: what finds `K` in the system goes elsewhere.
fn blocking(rho: f64, k: i32) -> f64 {
    (1.0 - rho) * rho.powi(k) / (1.0 - rho.powi(k + 1))
}

fn overflow(limit: &str) -> Vec<Ledger> {
    let text = format!(
        "{HEAD}{}{}{}[route.all]\nto = [\"own\", {{ team = \"relief\", {limit} }}]\n",
        phone("help", 9.6, ""),
        team("own", 1, ""),
        team("relief", 40, "")
    );
    played(&scenario(&text), 32)
}

#[test]
fn overflow_by_length_is_the_blocking_of_a_finite_queue() {
    // Whoever would be the fourth to wait goes to the relief: the own agent is M/M/1 with four places.
    let ledgers = overflow("queue_over = 3");
    agrees("relief", &ledgers, items(1), blocking(0.8, 4), 0.004);
    let ledgers = overflow("queue_over = 0");
    agrees("no queue at all", &ledgers, items(1), 0.8 / 1.8, 0.004);
}

#[test]
fn overflow_by_expected_wait_counts_the_queue_by_its_handle_time() {
    // Three waiting take 15 minutes of one agent, four take 20: 18 lie between.
    let ledgers = overflow("wait_over = \"18m\"");
    agrees("relief", &ledgers, items(1), blocking(0.8, 4), 0.004);
}

const CLASSES: &str = "[priority]\na = { share = \"50%\" }\nb = { share = \"50%\", weight = 1 }\n";

/// Two classes at a single agent, each with a load of 0.4: mean waits in seconds by M/M/1.
fn two_classes(classes: &str, keys: &str) -> Vec<Ledger> {
    let text = format!(
        "{HEAD}{classes}{}{}",
        phone("help", 9.6, "priorities = { a = \"50%\", b = \"50%\" }"),
        team("own", 1, keys)
    );
    played(&scenario(&text), 128)
}

const FIFO_WAIT: f64 = 0.8 / 0.2 * 300.0;

#[test]
fn who_ages_at_once_is_served_first_in_first_out() {
    let strict = two_classes(CLASSES, "");
    // Non-preemptive priority (Cobham 1954): W0 / (1 - rho1) and W0 / ((1 - rho1) (1 - rho)), W0 = rho x 300 s.
    agrees("strict a", &strict, mean_wait(0), 240.0 / 0.6, 8.0);
    agrees("strict b", &strict, mean_wait(1), 240.0 / 0.6 / 0.2, 90.0);
    let aged = two_classes(&CLASSES.replace("weight = 1", "ages = \"1s\""), "");
    agrees("aged a", &aged, mean_wait(0), FIFO_WAIT, 60.0);
    agrees("aged b", &aged, mean_wait(1), FIFO_WAIT, 60.0);
}

#[test]
fn weights_of_waiting_time_are_kleinrocks_delay_dependent_priorities() {
    // Kleinrock (1964): with weights b1 > b2 the lower class waits W / (1 - rho1 (1 - b2 / b1)), W the wait first in
    // first out, and the sum of rho x wait is what it is under any rule.
    let ledgers = two_classes(
        &CLASSES.replace("\"50%\" }\nb", "\"50%\", weight = 4 }\nb"),
        "takes = \"weight x wait\"",
    );
    let low = FIFO_WAIT / (1.0 - 0.4 * (1.0 - 1.0 / 4.0));
    agrees("light", &ledgers, mean_wait(1), low, 85.0);
    agrees("heavy", &ledgers, mean_wait(0), 2.0 * FIFO_WAIT - low, 35.0);
}

#[test]
fn earliest_due_is_first_in_first_out_with_the_difference_of_the_promises_as_credit() {
    let mail = |classes: &str, keys: &str| {
        let topic = phone("help", 9.6, "priorities = { a = \"50%\", b = \"50%\" }")
            .replace("phone", "mail");
        let text = format!("{HEAD}{classes}{topic}{}", team("own", 1, keys));
        played(&scenario(&text), 2)
    };
    let promised = "[priority]\na = { share = \"50%\", rank = 1, promise = \"90% first reply within 1h\" }\nb = { share = \"50%\", rank = 1, promise = \"90% first reply within 90m\" }\n";
    let due = mail(promised, "takes = \"earliest due\"");
    let credit = mail(&promised.replace("a = { ", "a = { credit = \"30m\", "), "");
    for (a, b) in due.iter().zip(&credit) {
        assert_eq!(a.streams, b.streams);
    }
    let fifo = mail(promised, "");
    assert!(due[0].streams != fifo[0].streams);
}

/// Twelve agents in the first half of every day and twelve in the second, with too few for the day's load.
fn halves(routes: &str) -> Vec<Ledger> {
    let half = |name: &str| team(name, 1, "").replace("1.csv", &format!("{name}.csv"));
    let text = format!(
        "{HEAD}{}{}{}{routes}",
        phone("help", 155.0, ""),
        half("day"),
        half("night")
    );
    played(&scenario(&text), 2)
}

#[test]
fn those_who_wait_when_hours_end_go_over_as_if_there_were_no_route() {
    // A load of 12.9 on twelve agents: the queue is long whenever the shift changes. Who is on duty may take all.
    let free = halves("");
    let timed = halves(
        "[route.second]\nwhen = { hours = \"Mon-Sun 12:00-24:00\" }\nto = [\"night\"]\n[route.first]\nto = [\"day\"]\n",
    );
    for (free, timed) in free.iter().zip(&timed) {
        assert_eq!(free.streams, timed.streams);
        let items = |l: &Ledger| -> Vec<u64> { l.teams.iter().map(|t| t.items).collect() };
        assert_eq!(items(free), items(timed));
        assert!(free.streams[0].wait > free.streams[0].answered * 600 * SECOND);
    }
}

#[test]
fn a_route_of_hours_takes_its_hours_share_of_even_demand() {
    let text = format!(
        "{HEAD}{}{}{}{}[route.night]\nwhen = {{ hours = \"Mon-Fri 20:00-06:00\" }}\nto = [{{ team = \"far\", share = \"60%\" }}, \"near\"]\n[route.sunday]\nwhen = {{ hours = \"Sun 00:00-24:00\" }}\nto = [\"far\"]\n",
        phone("help", 60.0, ""),
        team("far", 40, ""),
        team("near", 40, ""),
        "[route.else]\nto = [\"near\"]\n"
    );
    // The always route stands first: nothing behind it is asked.
    let hidden = played(&scenario(&text), 2);
    assert!(hidden.iter().all(|l| l.teams[0].items == 0));
    let text =
        text.replace("[route.else]\nto = [\"near\"]\n", "") + "[route.else]\nto = [\"near\"]\n";
    // Five nights a week of ten hours, the last into Saturday, 60 % of them; and Sunday. The first day warms up.
    let share = (4.0 * (0.6 * 50.0 + 24.0) - 0.6 * 4.0) / (672.0 - 24.0);
    let ledgers = played(&scenario(&text), 16);
    agrees("far", &ledgers, items(0), share, 0.004);
}

#[test]
fn the_team_picked_first_carries_what_erlang_says() {
    // The cheap team's single agent is taken whenever free: of offered a = 0.8 it loses a / (1 + a).
    let text = format!(
        "{HEAD}[contract.cheap]\nhours = \"40h/week\"\npay = {{ wage = \"EUR 10/h\" }}\nrules = \"none\"\n{}{}{}[route.all]\npick = \"lowest cost\"\n",
        phone("help", 9.6, ""),
        team("a-dear", 40, ""),
        team("cheap", 1, "").replace("full = 0", "cheap = 0")
    );
    let ledgers = played(&scenario(&text), 16);
    agrees("dear", &ledgers, items(0), 0.8 / 1.8, 0.006);
    // Longest idle, both teams of 40 take half each.
    let text = text
        .replace("1.csv", "40.csv")
        .replace("lowest cost", "longest idle");
    let ledgers = played(&scenario(&text), 16);
    agrees("either", &ledgers, items(0), 0.5, 0.006);
}
