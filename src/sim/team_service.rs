//! Service of the contacts that a team answered, and its part in those that nobody did.
//!
//! A contact counts for the team that was the first to work on it. One that nobody answered (its customer left, or it still
//! waits at the end, past its promise) belongs to the teams that might have taken it when it left: those its queue names that
//! have anybody at all, whose delay was over, and that no length of the queue kept away. They share it equally, so that a team's
//! service level has the field's four denominators, and the teams' parts of a service add up to the whole.
//!
//! | figure | T: the threshold of the contact's own promise; s: the promise's limit for short abandons, else T |
//! |---|---|
//! | `service_level` | answered in T / (answered + unanswered) |
//! | `service_level_answered` | answered in T / answered |
//! | `service_level_less_short` | answered in T / (answered + unanswered - left within s) |
//! | `service_level_credited` | (answered in T + left within T) / (answered + unanswered) |
//!
//! `wait_p50_s` to `wait_p99_s` are percentiles of the waits of the contacts that the team was the first to work on.
//!
//! ```
//! use staffwright::experiment::{Case, Settings, replicate};
//! let scenario = staffwright::scenario::load("scenarios/bank/scenario.toml".as_ref()).map_err(|d| format!("{d:?}"))?;
//! let settings = Settings { replications: 1, ..Settings::default() };
//! let outcome = replicate(&Case::new(scenario)?, &settings, &());
//! // The only team answers for everybody: its service is that of the whole.
//! let of_team = |key: &str| outcome.teams[0].metrics.get(key).map(|e| e.value).ok_or("nobody called");
//! let overall = outcome.overall.get("service_level").ok_or("nobody called")?;
//! assert!((of_team("service_level")? - overall.value).abs() < 1e-9);
//! assert!(of_team("service_level_answered")? > overall.value);
//! assert!(of_team("wait_p50_s")? < of_team("wait_p95_s")?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::engine::Engine;
use super::ledger::PART;
use crate::roster::Roster;
use crate::scenario::model::Population;
use crate::stats::Histogram;
use crate::time::{Tick, ticks};
use crate::world::{LimitPlan, NO_CLASS, PromisePlan};

/// Why nobody answered a contact with a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    /// The customer left after this wait.
    Left(Tick),
    /// It is still open at the end, past its promise.
    Open,
}

/// Teams that have anybody at all, those on call included.
pub fn manned(roster: &Roster) -> u64 {
    let teams = roster.teams.iter().enumerate();
    teams
        .filter(|(_, t)| !t.positions.is_empty() || !t.on_call.is_empty())
        .fold(0, |set, (t, _)| set | 1 << t)
}

/// Adds to waits those of the contacts that did not wait, of so many in all.
fn add_none(waits: &mut Histogram, all: u64) {
    let none = all - waits.count();
    if none > 0 {
        waits.record_many(0, none);
    }
}

impl Engine<'_> {
    /// The own promise of a contact that was answered is decided.
    pub(super) fn book_team_promise(&mut self, slot: u32, kept: bool) {
        let sums = &mut self.book.teams[usize::from(self.contacts[slot].answered_by)];
        sums.promised += 1;
        sums.promise_kept += u64::from(kept);
    }

    /// One of the promises of a contact that was answered is decided.
    pub(super) fn book_first_by(&mut self, slot: u32, promise: usize, kept: bool) {
        let contact = &self.contacts[slot];
        let (team, stream) = (
            usize::from(contact.answered_by),
            usize::from(contact.stream),
        );
        let row = promise * self.world.teams.len() + team;
        let sums = &mut self.book.first_by[row * self.world.streams.len() + stream];
        sums.total += 1;
        sums.good += u32::from(kept);
    }

    /// A contact with a promise went without an answer, or (open at the end) without what was promised.
    pub(super) fn book_unanswered(&mut self, slot: u32, promise: &PromisePlan, why: Unanswered) {
        if self.contacts[slot].answered {
            return self.book_team_promise(slot, false);
        }
        let teams = self.might_answer(slot);
        if teams == 0 {
            return;
        }
        let part = PART / u64::from(teams.count_ones());
        let (short, in_time) = match why {
            Unanswered::Open => (false, false),
            Unanswered::Left(wait) => {
                let short = match promise.of {
                    Population::LessShort { short_s } => ticks(short_s),
                    _ => promise.within,
                };
                (wait <= short, wait <= promise.within)
            }
        };
        let mut left = teams;
        while left != 0 {
            let sums = &mut self.book.teams[left.trailing_zeros() as usize];
            sums.unanswered += part;
            sums.unanswered_short += part * u64::from(short);
            sums.left_in_time += part * u64::from(in_time);
            left &= left - 1;
        }
    }

    /// Teams (bit set) with people that might take a waiting contact now.
    fn might_answer(&self, slot: u32) -> u64 {
        let contact = &self.contacts[slot];
        if contact.class == NO_CLASS || self.manned == 0 {
            return 0;
        }
        let waited = self.now - contact.since;
        let choices = self.world.classes[usize::from(contact.class)]
            .choices
            .iter();
        choices
            .filter(|c| c.after <= waited && c.limit == LimitPlan::None)
            .fold(0, |set, c| set | 1 << c.team)
            & self.manned
    }

    /// Counts the contacts that did not wait among the waits.
    pub(super) fn close_waits(&mut self) {
        for (sums, waits) in self.book.streams.iter().zip(&mut self.book.waits) {
            add_none(waits, sums.answered + sums.abandoned);
        }
        for (sums, waits) in self.book.teams.iter().zip(&mut self.book.team_waits) {
            add_none(waits, sums.answered);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{HEAD, played, scenario, team};
    use super::super::{Ledger, PART};
    use crate::measure::TEAM_METRICS;

    const TOPIC: &str = "[topic.help]\nper_week = 4_000\nhandle = \"5m\"\nchannels = { phone = \"100%\" }\nends = { resolved = \"100%\" }\n";

    fn head(of: &str) -> String {
        let promise =
            format!("[promise.phone]\ntarget = \"80% of phone within 20s\"\nof = \"{of}\"\n");
        HEAD.replace("patience = \"never\"", "patience = { mean = \"1m\" }") + &promise + TOPIC
    }

    fn ratio(ledger: &Ledger, team: usize, key: &str) -> (f64, f64) {
        let metric = TEAM_METRICS.iter().find(|m| m.key == key);
        metric
            .and_then(|m| m.ratio(&ledger.teams[team]))
            .unwrap_or_default()
    }

    #[test]
    fn one_team_has_the_service_level_of_a_promise_by_each_formula() {
        for (of, key) in [
            ("offered", "service_level"),
            ("answered", "service_level_answered"),
            (
                "offered less abandoned within 5s",
                "service_level_less_short",
            ),
            ("credited", "service_level_credited"),
        ] {
            let ledgers = played(&scenario(&(head(of) + &team("all", 2, ""))), 2);
            for ledger in &ledgers {
                let (good, total) = ledger
                    .promises
                    .iter()
                    .fold((0, 0), |(good, total), k| (good + k.good, total + k.total));
                assert!(ledger.streams[0].abandoned > 1000);
                assert_eq!(
                    ratio(ledger, 0, key),
                    (f64::from(good), f64::from(total)),
                    "{of}"
                );
                // Everybody waits for the one team: its waits are those of the stream's answered.
                assert_eq!(ledger.team_waits[0].count(), ledger.streams[0].answered);
            }
        }
    }

    #[test]
    fn teams_share_what_nobody_answers_among_those_who_might_have() {
        // The second team may take who has waited half a minute, the third has nobody.
        let text = head("offered")
            + &team("a", 1, "")
            + &team("b", 1, "")
            + &team("c", 1, "").replace("\"1.csv\"", "\"none\"")
            + "[route.all]\nto = [\"a\", { team = \"b\", after = \"30s\" }, \"c\"]\n";
        for ledger in &played(&scenario(&text), 2) {
            let stream = &ledger.streams[0];
            let [a, b, c] = [0, 1, 2].map(|t| &ledger.teams[t]);
            assert_eq!(a.promised + b.promised, stream.answered);
            assert_eq!(a.unanswered + b.unanswered, stream.abandoned * PART);
            assert_eq!(c.unanswered, 0);
            // Those who left within half a minute waited for the first team alone, the rest for both.
            let late = b.unanswered * 2 / PART;
            assert_eq!(
                a.unanswered,
                (stream.abandoned - late) * PART + b.unanswered
            );
            assert!(late > 100 && b.unanswered_short == 0 && b.left_in_time == 0);
            assert!(a.left_in_time == a.unanswered_short && a.left_in_time > 0);
        }
    }

    #[test]
    fn automation_stands_in_the_matrix_of_teams() {
        let bot = "[vendor.bot]\nprice = \"EUR 1/contact\"\nper = \"resolved contact\"\ncapacity = \"unlimited\"\n[team.bot]\nvendor = \"bot\"\n";
        let ends = "ends = { resolved = \"60%\", people = \"40%\" }";
        let text = head("offered").replace("ends = { resolved = \"100%\" }", ends)
            + bot
            + &team("people", 8, "tier = 2")
            + "[tier.2]\nhandle = \"4m\"\nends = { resolved = \"70%\", bot = \"30%\" }\n[route.all]\nto = [\"bot\"]\n";
        for ledger in &played(&scenario(&text), 2) {
            let (bot, people) = (0, 1);
            let cell = |from: usize, to: usize| ledger.passes[from * 2 + to];
            let stream = &ledger.streams[0];
            let back = stream.sent_back;
            assert!(cell(bot, people) > 1000 && cell(people, bot) > 300);
            // What is handed on in the last minutes has not been taken yet, what left while waiting never is.
            let on = stream.hand_offs - back;
            assert!(on - cell(bot, people) <= stream.lost_later + 20);
            assert!(back - cell(people, bot) <= 20);
            assert_eq!(cell(bot, bot) + cell(people, people), 0);
        }
    }
}
