//! Load that the demand does not say: what customers do beside waiting, and the time that tools are down.
//!
//! - **Second contacts** (`also`): of the first contacts, by share and delay, each the stated part of a piece of work there.
//! - **Reminders** (`chaser`): replies are taken to lie evenly over the open time between a ticket's arrival and its promise.
//!   Of tickets still silent after `k` times the mean silence, `share^k` have reminded `k` times.
//! - **Changes of channel** (`leaves_for`): of those who give up. How many do is not known before people are placed; they are
//!   placed so that a share `p` is answered within `T`, and with waits that fall off exponentially,
//!   `P(W > t) = (1 - p)^(t / T)`, it is the mean of that over the patience `t`. With exponential patience of mean `m` that
//!   is `1 / (1 + r m)`, `r = -ln(1 - p) / T`.
//! - **Outages**: work at speed `v` while a tool is down takes `(up + down) / (up + v down)` times as long in the long run,
//!   `up` and `down` being the mean times to failure and repair.

use super::deferred::window;
use super::flow;
use super::load::{open_shares, piece_s};
use crate::scenario::arrivals;
use crate::scenario::model::{ChannelKind, Elsewhere, PromiseEvent, Scenario};
use crate::time::{OpenHours, Tick, ticks};

/// Equally likely patiences that stand for their law.
const PATIENCES: usize = 64;
/// Reminders of one ticket that are followed.
const REMINDERS: i32 = 20;

/// The stream that the same customer's contact on another channel comes on; none where measured counts contain it already.
fn stream_on(scenario: &Scenario, stream: usize, channel: usize) -> Option<usize> {
    let of = &scenario.streams[stream];
    let to = of.on_channel(scenario, channel)?;
    (of.comes_back && scenario.streams[to].comes_back).then_some(to)
}

/// Adds the work of second contacts and reminders; `contacts` are those let in.
pub fn add(
    scenario: &Scenario,
    open: &[OpenHours],
    contacts: &[Vec<f64>],
    work: &mut [Vec<Vec<f64>>],
) {
    for (s, stream) in scenario.streams.iter().enumerate() {
        let habits = &scenario.channels[stream.channel].habits;
        for also in &habits.also {
            second_contacts(scenario, open, s, also, work);
        }
        if let Some(chaser) = &habits.chaser {
            reminders(scenario, open, (s, chaser), &contacts[s], work);
        }
    }
}

fn second_contacts(
    scenario: &Scenario,
    open: &[OpenHours],
    s: usize,
    also: &Elsewhere,
    work: &mut [Vec<Vec<f64>>],
) {
    let Some(to) = stream_on(scenario, s, also.channel) else {
        return;
    };
    let there = match scenario.channels[also.channel].kind {
        ChannelKind::Deferred => vec![1.0; scenario.horizon.intervals()],
        _ => open_shares(scenario, &open[also.channel]),
    };
    let each = also.handle * piece_s(scenario, to);
    let first = arrivals::forecast(scenario, s);
    for (after, share) in flow::atoms(scenario, &also.after, also.share) {
        for (i, n) in first.iter().enumerate() {
            if let Some(cell) = work[to][0].get_mut(i + after) {
                *cell += n * share * each * there[i + after];
            }
        }
    }
}

fn reminders(
    scenario: &Scenario,
    open: &[OpenHours],
    (s, chaser): (usize, &Elsewhere),
    contacts: &[f64],
    work: &mut [Vec<Vec<f64>>],
) {
    let Some(to) = stream_on(scenario, s, chaser.channel) else {
        return;
    };
    let step = scenario.horizon.interval();
    let silence = ticks(chaser.after.mean()).max(1);
    let open = &open[scenario.streams[s].channel];
    let each = chaser.handle * piece_s(scenario, to);
    for (i, n) in contacts.iter().enumerate() {
        let arrival = i as Tick * step + step / 2;
        let window = window(scenario, s, open, arrival);
        let whole = open.open_between(window.from, window.to) as f64;
        for k in 1..=REMINDERS {
            let at = arrival.saturating_add(silence.saturating_mul(k as Tick));
            if at >= window.to || whole <= 0.0 {
                break;
            }
            let silent = open.open_between(window.from.max(at), window.to) as f64 / whole;
            if let Some(cell) = work[to][0].get_mut((at / step) as usize) {
                *cell += n * chaser.share.powi(k) * silent * each;
            }
        }
    }
}

/// Contacts on other channels, `(stream, planning intervals until then, per contact met)`.
pub fn changes_of_channel(scenario: &Scenario, stream: usize) -> Vec<(usize, usize, f64)> {
    let habits = &scenario.channels[scenario.streams[stream].channel].habits;
    if habits.leaves_for.is_empty() {
        return Vec::new();
    }
    let given_up = given_up(scenario, stream);
    let mut all = Vec::new();
    for other in &habits.leaves_for {
        if let Some(to) = stream_on(scenario, stream, other.channel) {
            let atoms = flow::atoms(scenario, &other.after, given_up * other.share);
            all.extend(atoms.into_iter().map(|(after, share)| (to, after, share)));
        }
    }
    all
}

/// Share of a stream's customers who give up, if its promise of an answer is just kept; 0 where there is none, or where
/// nobody leaves.
fn given_up(scenario: &Scenario, stream: usize) -> f64 {
    let of = &scenario.streams[stream];
    let channel = &scenario.channels[of.channel];
    let promise = scenario.promises.iter().find(|p| {
        p.event != PromiseEvent::Resolution && !p.business_hours && p.streams.contains(&stream)
    });
    let patience = of.patience.as_ref().or(channel.patience.as_ref());
    let (Some(promise), Some(patience)) = (promise, patience) else {
        return 0.0;
    };
    if promise.within_s <= 0.0 || promise.share >= 1.0 {
        return 0.0;
    }
    let rate = -libm::log(1.0 - promise.share) / promise.within_s;
    let waits_longer = |i: usize| {
        let quantile = patience.quantile((i as f64 + 0.5) / PATIENCES as f64);
        libm::exp(-rate * quantile)
    };
    (0..PATIENCES).map(waits_longer).sum::<f64>() / PATIENCES as f64
}

/// How much longer a team's work on a stream takes in the long run because tools are down.
pub fn held_up(scenario: &Scenario, team: usize, stream: usize) -> f64 {
    let unit = scenario.teams[team].unit;
    let tools = scenario.tools.iter();
    let used = tools.filter(|t| t.teams.contains(&unit) && t.streams.contains(&stream));
    used.filter_map(|t| t.outages.as_ref())
        .map(|o| {
            let (up, down) = (o.every.mean(), o.lasts.mean());
            (up + down) / (up + o.speed * down)
        })
        .product()
}
