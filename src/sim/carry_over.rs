//! Those who wait on the line at closing time and are neither served nor sent away: they wait for the next opening.
//!
//! `at_close = "carry over"` of a channel: from closing time on nobody takes from its queue, agents on duty included, and
//! nobody stays for it. Whoever waits keeps the place in the queue; patience runs on through the night, so that callers
//! mostly leave and patient chats stay. At the opening the queue is served on, first come first. What is handed on by an
//! agent after closing is taken at once where the next team has somebody free, else it waits for the opening, too. Waits
//! count by the clock, the closed hours included. What waits at the horizon's end is backlog.
//!
//! ```
//! use staffwright::scenario::model::AtClose;
//! let text = "[channel.chat]\nat_close = \"carry over\"\n";
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let of = |name: &str| scenario.channels.iter().find(|c| c.name == name).map(|c| c.at_close);
//! assert_eq!((of("chat"), of("phone")), (Some(AtClose::CarryOver), Some(AtClose::Serve)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::contact::Standing;
use super::engine::Engine;
use crate::scenario::model::ChannelKind;
use crate::world::ClassPlan;

impl Engine<'_> {
    /// A channel that carries its queue over has closed, or opens again.
    #[cold]
    pub(super) fn carry_over(&mut self, channel: usize) {
        let closed = !self.open[channel];
        let world = self.world;
        let live = |plan: &ClassPlan| plan.channel == channel && plan.kind != ChannelKind::Deferred;
        let classes = || {
            (0u16..)
                .zip(&world.classes)
                .filter(|c| live(c.1))
                .map(|c| c.0)
        };
        for class in classes() {
            self.queues.hold(world, &self.contacts, class, closed);
        }
        for slot in self.queues.all_in(&self.contacts, classes()) {
            // Who makes room for one may take another in the same instant.
            if self.contacts[slot].standing != Standing::Waiting {
                continue;
            }
            self.queue_changed(slot);
            if closed || self.taken(slot) {
                continue;
            }
            let plan = &self.world.classes[usize::from(self.contacts[slot].class)];
            let calls = plan.may_call();
            if calls != 0 {
                self.contact_calls(calls);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::Ledger;
    use super::super::testing::{from_the_start, played, scenario, team};
    use crate::time::{HOUR, SECOND};

    /// A single agent around the clock, a line from 00:00 to 12:00, calls of an hour each that begin in the order they come.
    fn closing(at_close: &str, patience: &str, keys: &str) -> Vec<Ledger> {
        let open = format!(
            "open = \"Mon-Sun 00:00-12:00\"\npatience = {patience}\nredial = \"none\"\nclosed = {{ lost = \"100%\" }}\nat_close = \"{at_close}\""
        );
        let head = from_the_start().replacen("open = \"24/7\"\npatience = \"never\"", &open, 1);
        let text = format!(
            "{head}[topic.help]\nper_week = 60\nchannels = {{ phone = \"100%\" }}\nhandle = {{ phone = {{ mean = \"1h\", family = \"fixed\" }} }}\nends = {{ resolved = \"100%\" }}\n{}{keys}",
            team("own", 1, "")
        );
        played(&scenario(&text), 8)
    }

    #[test]
    fn nobody_takes_from_the_queue_before_the_opening() {
        for (carried, served) in
            closing("carry over", "\"never\"", "")
                .iter()
                .zip(closing("serve", "\"never\"", ""))
        {
            let (s, all) = (&carried.streams[0], &served.streams[0]);
            assert_eq!(s.offered, all.offered);
            // Sixty hours a week of work in 84 open ones: what is carried is worked off, but what the last night holds.
            assert_eq!(s.offered, s.answered + s.backlog);
            // Twelve hours a day of one agent and the call in hand at closing time: 13 starts a day at the most.
            assert!(s.answered <= 28 * 13);
            assert!(s.wait > all.wait + 12 * HOUR, "{} {}", s.wait, all.wait);
            assert_eq!(s.abandoned, 0);
        }
    }

    #[test]
    fn patience_runs_through_the_night() {
        // Everybody waits an hour at the most: none of them sees the opening, and none is sent away before.
        for l in closing("carry over", "{ mean = \"1h\", family = \"fixed\" }", "") {
            let s = &l.streams[0];
            assert!(s.abandoned > 10, "{}", s.abandoned);
            assert_eq!(s.offered, s.answered + s.abandoned + s.backlog);
            assert!(s.wait <= HOUR * s.offered + SECOND);
        }
    }
}
