//! Tools that break down: work that needs them slows or stops until they are repaired.
//!
//! A tool fails `every` so long after its last repair and is down as long as it `lasts`, whether people work or not (both
//! exponential unless stated; every tool works at the start). Meanwhile the work of the teams that have it, on the contacts
//! it is used for, goes on at `1 / work` of its speed (`work = "160%"`) or stops. What was done is kept: a piece of work of
//! `x` seconds that stops `n` times is through after `x` and `n` repairs, so with failures at rate `f` and repairs of mean
//! `r` it takes `x (1 + f r)` on average if the tool works when it begins (preemptive resume; Gaver 1962). Several tools that
//! are down slow by their product. Automation stops and slows as people do. Conversations side by side are slowed together; what two agents do together is not.
//!
//! ```
//! let text = r#"
//! [tool.crm]
//! outages = { every = "20 days", lasts = "45m", work = "160%" }
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let tool = scenario.tools.iter().find(|t| t.name == "crm").ok_or("no tool")?;
//! assert_eq!(tool.outages.as_ref().map(|o| o.speed), Some(1.0 / 1.6));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `[[from]]` may change all of this, and who has the tool. The time to a failure stays one draw: a tool that would fail `L`
//! after its repair as it was, and `L'` as it is from the date on (the same quantile of both laws), has used up `a / L` of its
//! life at age `a` and fails `(1 - a / L) L'` after the date; where several dates pass, what they use up adds (linear damage, Miner
//! 1945). With laws of one form this is cumulative exposure (Nelson 1980), and with exponential ones the new rate holds
//! from the date on. An outage under way keeps its terms: how long, how slow, and whose work it holds up.
//!
//! ```toml
//! [[from]]
//! date = 2027-04-01
//! set  = { tool.crm.outages = { every = "60 days", lasts = "30m", work = "160%" } }
//! ```

use super::agent::State;
use super::contact::{NONE, Side};
use super::engine::Engine;
use super::event::Kind;
use crate::random::Key;
use crate::time::{NEVER, Tick, seconds, ticks};
use crate::world::OutageTerms;

/// Purpose of a tool's draws: when it fails.
const FAILS: u32 = 0;
/// How long it is down.
const DOWN: u32 = 1;

/// A tool while it is played.
#[derive(Debug, Clone, Copy, Default)]
pub struct ToolState {
    /// Whether it is down.
    down: bool,
    /// Since when.
    since: Tick,
    /// Failures so far.
    failures: u64,
    /// The terms of the next failure, or of the outage under way (index).
    terms: usize,
}

impl Engine<'_> {
    /// Schedules every tool's first failure.
    pub(super) fn begin_outages(&mut self) {
        for tool in 0..self.tools.len() {
            self.schedule_failure(tool);
        }
    }

    fn tool_key(&self, tool: usize) -> Key {
        Key::stream(self.seed, self.world.outages[tool].key).ordinal(self.tools[tool].failures)
    }

    fn schedule_failure(&mut self, tool: usize) {
        let Some((at, terms)) = self.next_failure(tool) else {
            return;
        };
        if at < self.world.length {
            self.tools[tool].terms = terms;
            self.events.push(at, Kind::Tool, tool as u32);
        }
    }

    /// When a tool that is up since now fails, and on which terms; `None` if it never does.
    fn next_failure(&self, tool: usize) -> Option<(Tick, usize)> {
        let u = self.tool_key(tool).uniform(FAILS);
        let all = &self.world.outages[tool].terms;
        let (mut since, mut left) = (self.now, 1.0);
        for (index, (_, terms)) in all.iter().enumerate() {
            let end = all.get(index + 1).map_or(NEVER, |next| next.0);
            if end <= since {
                continue;
            }
            if let Some(terms) = terms {
                let life = self.world.draw(terms.every, u);
                let at = since.saturating_add(ticks(left * life));
                if at < end {
                    return Some((at, index));
                }
                left = (left - seconds(end - since) / life).max(0.0);
            }
            since = end;
        }
        None
    }

    /// The terms of a tool's next failure, or of its outage under way.
    pub(super) fn outage_terms(&self, tool: usize) -> Option<&OutageTerms> {
        let (_, terms) = self.world.outages[tool].terms.get(self.tools[tool].terms)?;
        terms.as_ref()
    }

    /// A tool fails, or is repaired.
    pub(super) fn tool_changes(&mut self, tool: usize) {
        let world = self.world;
        let (_, terms) = &world.outages[tool].terms[self.tools[tool].terms];
        let Some(plan) = terms else { return };
        // What is left of all work that it touches, at the speed so far.
        let mut touched = Vec::new();
        for agent in 0..self.agents.len() as u32 {
            let a = &self.agents[agent];
            if !plan.has(a.team) {
                continue;
            }
            match a.state {
                State::Single if self.uses(plan, a.contact) => {
                    touched.push((agent, self.left_in_hand(agent)));
                }
                State::Chatting if plan.channels[self.chat_channel(agent)] => {
                    self.move_clock(agent);
                    touched.push((agent, 0.0));
                }
                _ => {}
            }
        }
        let automated = self.automated_with(plan);
        let state = &mut self.tools[tool];
        state.down = !state.down;
        if state.down {
            state.since = self.now;
            let key = self.tool_key(tool);
            let lasts = ticks(world.draw(plan.lasts, key.uniform(DOWN)));
            let at = self.now.saturating_add(lasts);
            self.events.push(at, Kind::Tool, tool as u32);
            self.tools[tool].failures += 1;
        } else {
            self.book_outage(tool);
            self.schedule_failure(tool);
        }
        for (agent, left) in touched {
            if self.agents[agent].state == State::Chatting {
                self.schedule_chats(agent);
            } else {
                self.work_on(agent, left);
            }
        }
        self.automate_again(automated);
    }

    /// Whether work on a contact needs a tool with such terms.
    pub(super) fn uses(&self, terms: &OutageTerms, slot: u32) -> bool {
        if slot == NONE {
            return false;
        }
        let contact = &self.contacts[slot];
        contact.side != Side::Request && terms.streams[usize::from(contact.stream)]
    }

    /// The terms of the outages under way that hold up a team.
    fn outages(&self, team: u8) -> impl Iterator<Item = &OutageTerms> {
        let down = (0..self.tools.len()).filter(|&tool| self.tools[tool].down);
        let terms = down.filter_map(|tool| self.outage_terms(tool));
        terms.filter(move |terms| terms.has(team))
    }

    /// Speed of an agent's work on a contact.
    fn speed_on(&self, agent: u32, slot: u32) -> f64 {
        self.speed_of(self.agents[agent].team, slot)
    }

    /// Speed of a team's work on a contact.
    pub(super) fn speed_of(&self, team: u8, slot: u32) -> f64 {
        let own = self.outages(team).filter(|terms| self.uses(terms, slot));
        own.map(|terms| terms.speed).product()
    }

    /// Speed of an agent's conversations on a channel, beside that of their number.
    pub(super) fn chat_speed(&self, team: u8, channel: usize) -> f64 {
        let own = self.outages(team).filter(|terms| terms.channels[channel]);
        own.map(|terms| terms.speed).product()
    }

    /// Seconds of work left on the contact in hand.
    pub(super) fn left_in_hand(&self, agent: u32) -> f64 {
        let a = &self.agents[agent];
        if self.tools.is_empty() {
            return seconds(a.updated.saturating_sub(self.now));
        }
        if a.updated == NEVER {
            return a.clock;
        }
        seconds(a.updated.saturating_sub(self.now)) * self.speed_on(agent, a.contact)
    }

    /// An agent has so many seconds of work left on the contact in hand: schedules when it is done.
    pub(super) fn work_on(&mut self, agent: u32, left: f64) {
        let speed = if self.tools.is_empty() {
            1.0
        } else {
            self.speed_on(agent, self.agents[agent].contact)
        };
        if speed <= 0.0 {
            let a = &mut self.agents[agent];
            (a.clock, a.updated, a.event) = (left, NEVER, 0);
            return;
        }
        let until = self.now + ticks(left / speed);
        let event = self.events.push(until, Kind::Work, agent);
        let a = &mut self.agents[agent];
        (a.updated, a.event) = (until, event);
    }

    /// A tool's time down is over, or the horizon is.
    fn book_outage(&mut self, tool: usize) {
        let Some(teams) = self.outage_terms(tool).map(|terms| terms.teams) else {
            return;
        };
        let from = self.tools[tool].since.max(self.world.warm_up);
        let took = self.now.min(self.world.length).saturating_sub(from);
        for (team, sums) in self.book.teams.iter_mut().enumerate() {
            if teams >> team & 1 == 1 {
                sums.tool_down += took;
            }
        }
    }

    /// Outages under way at the horizon's end are counted up to it.
    pub(super) fn close_outages(&mut self) {
        for tool in 0..self.tools.len() {
            if self.tools[tool].down {
                self.book_outage(tool);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{from_the_start, played, scenario, team};
    use crate::time::HOUR;

    #[test]
    fn a_tool_that_changes_on_a_date_paces_the_work_from_then_on() {
        // Calls of 10 minutes, half of them in the system: 600 s at first; then 0.5 x 600 + 0.4 x 300 + 30 = 450 s.
        let text = from_the_start()
            + "[topic.help]\nper_week = 2_000\nhandle = { mean = \"10m\", family = \"fixed\" }\nchannels = { phone = \"100%\" }\nends = { resolved = \"100%\" }\nparts = { conversation = \"50%\", system = \"50%\" }\n"
            + &team("all", 40, "")
            + "[tool.crm]\npart = \"system\"\nscales = \"100%\"\n"
            + "[[from]]\ndate = 2027-01-18\nset = { tool.crm.scales = \"40%\", tool.crm.lag = \"30s\" }\n";
        for ledger in &played(&scenario(&text), 4) {
            let calls =
                |days: &[super::super::DaySums]| days.iter().map(|d| d.offered).sum::<u64>();
            let (before, after) = (calls(&ledger.days[..14]), calls(&ledger.days[14..]));
            let theory = 600.0 * before as f64 + 450.0 * after as f64;
            let worked = ledger.teams[0].session as f64 / 1e6;
            // Some calls are under way at the end.
            assert!(
                worked <= theory && theory - worked < 20.0 * 450.0,
                "{worked} {theory}"
            );
            assert!(before > 3_500 && after > 3_500);
        }
    }

    /// Hours that the teams' tools are down: one call a week, and tools that fail as stated, until day 10 and from then on.
    fn down(teams: &str, tool: &str, from: &str, replications: u64) -> Vec<Vec<f64>> {
        let text = from_the_start()
            + "[topic.help]\nper_week = 1\nhandle = { mean = \"10m\", family = \"fixed\" }\nchannels = { phone = \"100%\" }\nends = { resolved = \"100%\" }\n"
            + teams
            + &format!("[tool.crm]\n{tool}\n[[from]]\ndate = 2027-01-14\nset = {{ {from} }}\n");
        let hours = |ledger: &super::super::Ledger| {
            let teams = ledger.teams.iter();
            teams.map(|t| t.tool_down as f64 / HOUR as f64).collect()
        };
        played(&scenario(&text), replications)
            .iter()
            .map(hours)
            .collect()
    }

    /// Outages at fixed times.
    fn fixed(every: &str, lasts: &str) -> String {
        let law = |mean: &str| format!("{{ mean = \"{mean}\", family = \"fixed\" }}");
        format!("{{ every = {}, lasts = {} }}", law(every), law(lasts))
    }

    #[test]
    fn what_is_used_up_of_a_tools_life_is_carried_over_the_date() {
        let all = |first: &str, later: &str| {
            let first = if first.is_empty() {
                "lag = \"1s\"".into()
            } else {
                format!("outages = {first}")
            };
            let from = format!("tool.crm.outages = {later}");
            down(&team("all", 1, ""), &first, &from, 1)[0][0]
        };
        // Half of 20 days are over, half of 10 are left: days 15 and 25, two hours each.
        assert_eq!(all(&fixed("20 days", "1h"), &fixed("10 days", "2h")), 4.0);
        // Nothing is used up before it can fail: day 20 alone.
        assert_eq!(all("", &fixed("10 days", "1h")), 1.0);
        // Down from hour 239 on, for the two hours that were to come; from hour 241 on every 200 hours (441 and 644).
        assert_eq!(all(&fixed("239h", "2h"), &fixed("200h", "3h")), 8.0);
    }

    #[test]
    fn an_outage_holds_up_those_who_have_the_tool_when_it_begins() {
        // Every 8 days an hour: day 8 those who have it first, days 16 and 24 the others.
        let outages = fixed("8 days", "1h");
        let tool = format!("outages = {outages}\nteams = [\"a\"]");
        let teams = team("a", 1, "") + &team("b", 1, "");
        assert_eq!(
            down(&teams, &tool, "tool.crm.teams = [\"b\"]", 1),
            [[1.0, 2.0]]
        );
    }

    #[test]
    fn exponential_failures_have_the_new_rate_from_the_date_on() {
        let outages =
            |every: &str, lasts: &str| format!("{{ every = \"{every}\", lasts = \"{lasts}\" }}");
        let tool = format!("outages = {}", outages("400h", "6h"));
        let from = format!("tool.crm.outages = {}", outages("50h", "4h"));
        let hours: Vec<f64> = down(&team("all", 1, ""), &tool, &from, 1_200)
            .iter()
            .map(|t| t[0])
            .collect();
        // P(down) is f / (f + r) (1 - exp(-(f + r) t)) at first: p at the date. From then on those who were down leave at their
        // own rate r, exp(-r t) p, and D' = F (1 - D - p exp(-r t)) - R D, D(0) = 0, those who go down on the new terms.
        let (f, r, before) = (1.0 / 400.0, 1.0 / 6.0, 240.0);
        let gone = |rate: f64, t: f64| -(-rate * t).exp_m1();
        let first = f / (f + r) * (before - gone(f + r, before) / (f + r));
        let p = f / (f + r) * gone(f + r, before);
        let (fails, repaired, after) = (1.0 / 50.0, 1.0 / 4.0, 432.0);
        let s: f64 = fails + repaired;
        let fresh = fails / s * (after - gone(s, after) / s);
        let late = fails * p / (s - r) * (gone(r, after) / r - gone(s, after) / s);
        let theory = first + p * gone(r, after) / r + fresh - late;
        let n = hours.len() as f64;
        let mean = hours.iter().sum::<f64>() / n;
        let variance = hours.iter().map(|h| (h - mean).powi(2)).sum::<f64>() / (n - 1.0);
        let error = (variance / n).sqrt();
        assert!(
            (mean - theory).abs() < 3.0 * error && error < 0.02 * theory,
            "{mean} +-{error} {theory}"
        );
    }
}
