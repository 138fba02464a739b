//! Automation: teams without agents that are always free and take any number of contacts at once.
//!
//! A contact goes to it when no agent of a team named before it is free, at once or after the delay the route says. Its
//! work takes the drawn handle time, longer while a tool it needs is down ([`outage`](super::outage)), and ends like any
//! other; what it hands on is triaged by the agent who takes it. It is a vendor whose `capacity` is `"unlimited"`
//! (`"heads"` unless stated), priced per contact, resolved contact or handled minute.
//!
//! ```
//! let text = r#"
//! [vendor.bot]
//! price    = "EUR 1/contact"
//! per      = "resolved contact"
//! capacity = "unlimited"
//! [team.bot]
//! vendor = "bot"
//! skills = { channels = ["chat"], languages = ["en"] }
//! [route.live]
//! to = [{ team = "pool" }, { team = "polyglots", after = "10s" }, { team = "bot", after = "30s" }]
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let bot = scenario.teams.iter().find(|t| t.name == "bot").ok_or("no bot")?;
//! assert!(bot.vendor.is_some_and(|v| scenario.vendors[v].unlimited));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::contact::{NONE, Side, Standing};
use super::engine::Engine;
use super::event::Kind;
use crate::scenario::model::ChannelKind;
use crate::time::{NEVER, Tick, seconds, ticks};
use crate::world::{LimitPlan, MAX_TEAMS, OutageTerms};

/// In place of the agent who touched a contact last: the least number that stands for a team of automation.
const AUTOMATION: u32 = NONE - MAX_TEAMS as u32;

/// The number that stands for a team of automation where agents have theirs.
pub fn automated_by(team: u8) -> u32 {
    AUTOMATION + u32::from(team)
}

/// The team of automation that an agent's number stands for.
pub fn automation_team(agent: u32) -> Option<u8> {
    (AUTOMATION..NONE)
        .contains(&agent)
        .then(|| (agent - AUTOMATION) as u8)
}

/// Whether a number stands for a team of automation.
pub fn is_automation(agent: u32) -> bool {
    automation_team(agent).is_some()
}

impl Engine<'_> {
    /// The team of automation that takes a contact of this class once it has waited so long.
    pub(super) fn automation(&self, class: u16, waited: Tick) -> Option<u8> {
        let plan = &self.world.classes[usize::from(class)];
        let choice = plan.automation?;
        let may = if waited == 0 {
            choice.after == 0
        } else {
            choice.pick_up <= waited
        };
        let may = may
            && (choice.limit == LimitPlan::None
                || self
                    .queues
                    .exceeds(plan, choice.limit, u32::from(waited == 0)));
        let over = plan.kind == ChannelKind::Deferred && self.now >= self.world.length;
        (may && !over).then_some(choice.team)
    }

    /// Automation begins to work on a contact.
    pub(super) fn automate(&mut self, slot: u32, team: u8) {
        if !self.contacts[slot].answered {
            self.book_answered(slot, usize::from(team));
        }
        if self.contacts[slot].agent != NONE {
            self.book_pass(slot, team);
        }
        let work = self.handle_time(slot, usize::from(team));
        let contact = &mut self.contacts[slot];
        contact.standing = Standing::Automated(team);
        contact.agent = automated_by(team);
        contact.gives_up = self.now;
        let held = contact.side == Side::Held;
        self.automate_on(slot, team, work);
        if held {
            self.let_go(slot);
        }
    }

    /// Automation has so many seconds of work left on a contact: schedules when it is done, which its `order` says.
    fn automate_on(&mut self, slot: u32, team: u8, left: f64) {
        let speed = if self.tools.is_empty() {
            1.0
        } else {
            self.speed_of(team, slot)
        };
        let (until, event) = if speed > 0.0 {
            let until = self.now + ticks(left / speed);
            (until, self.events.push(until, Kind::Waiting, slot))
        } else {
            (NEVER, 0)
        };
        let contact = &mut self.contacts[slot];
        (contact.left, contact.order, contact.event) = (left, until, event);
    }

    /// The contacts that automation works on with a tool, and what is left of them at the speed so far.
    pub(super) fn automated_with(&self, terms: &OutageTerms) -> Vec<(u32, u8, f64)> {
        let teams = terms.teams & !self.manned;
        let touched = |slot: u32| {
            let contact = &self.contacts[slot];
            let Standing::Automated(team) = contact.standing else {
                return None;
            };
            if teams >> team & 1 == 0 || !self.uses(terms, slot) {
                return None;
            }
            let left = if contact.order == NEVER {
                contact.left
            } else {
                seconds(contact.order.saturating_sub(self.now)) * self.speed_of(team, slot)
            };
            Some((slot, team, left))
        };
        let slots = 0..self.contacts.slots().len() as u32;
        slots.filter_map(touched).collect()
    }

    /// A tool has changed: automation goes on with what is left of its work.
    pub(super) fn automate_again(&mut self, touched: Vec<(u32, u8, f64)>) {
        for (slot, team, left) in touched {
            self.automate_on(slot, team, left);
        }
    }

    /// Automation has finished its work on a contact.
    pub(super) fn automation_done(&mut self, slot: u32, team: u8) {
        let team = usize::from(team);
        let contact = &mut self.contacts[slot];
        contact.event = 0;
        contact.left = 0.0;
        let began = contact.gives_up;
        self.book_handling(team, began);
        self.book_piece(slot, team, began);
        self.finish(slot, team);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{agrees, from_the_start, played, scenario};

    #[test]
    fn a_tool_that_stops_holds_automation_up_as_it_does_people() {
        // Work of 10 minutes, up 2 hours and down 20 minutes on average: 1/7 of the contacts begin while it is down and wait
        // for the rest of a repair (20 minutes: it is exponential), and every one takes 10 minutes x (1 + 1/6) (Gaver 1962).
        let text = from_the_start()
            + "[topic.help]\nper_week = 2_000\nhandle = { mean = \"10m\", family = \"fixed\" }\nchannels = { mail = \"100%\" }\nends = { resolved = \"100%\" }\n"
            + "[vendor.bot]\nprice = \"EUR 1/contact\"\nper = \"resolved contact\"\ncapacity = \"unlimited\"\n[team.bot]\nvendor = \"bot\"\n"
            + "[tool.crm]\noutages = { every = \"2h\", lasts = \"20m\", work = \"stops\" }\n";
        let theory = 600.0 * (1.0 + 1.0 / 6.0) + 1200.0 / 7.0;
        let ledgers = played(&scenario(&text), 60);
        agrees(
            "time of automation",
            &ledgers,
            |l| {
                let team = &l.teams[0];
                (team.session as f64 / 1e6, team.items as f64)
            },
            theory,
            0.03 * theory,
        );
    }
}
