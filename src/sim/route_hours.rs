//! Routes that change with the hour: nights and weekends go elsewhere.
//!
//! A route whose `when` names `hours` (of the week, in the scenario's zone) holds at these; at others the next route that
//! covers the contacts does, and where none is left every team with the skill may take them. Who is taken is decided
//! when a contact begins to wait. When the hours begin or end, those who still wait go over to the teams that may take
//! them from now on; their wait and their patience run on, and their lot stays theirs. What is in hand stays there; so do
//! tickets that belong to one team or agent.
//!
//! ```
//! let text = r#"
//! remove = ["route.live", "route.mail", "route.romance", "route.romance-mail"]   # the first that holds is taken
//! [route.night]
//! when = { hours = "Mon-Sun 20:00-06:00" }
//! to = ["polyglots"]
//! [route.day]
//! to = ["pool", { team = "polyglots", after = "40s" }]
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let night = scenario.routes.iter().find(|r| r.name == "night").ok_or("no route")?;
//! let hours = night.holds(&scenario.horizon, scenario.horizon.length()).ok_or("always")?;
//! // The horizon begins at midnight: the route holds until six, and again from eight in the evening.
//! assert_eq!(hours.spans()[0].1, 6 * staffwright::time::HOUR);
//! assert_eq!(hours.next_open(6 * staffwright::time::HOUR), 20 * staffwright::time::HOUR);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::contact::Standing;
use super::draws;
use super::engine::Engine;
use super::event::Kind;
use crate::world::NO_CLASS;

impl Engine<'_> {
    /// Waits for the next begin or end of a route's hours.
    pub(super) fn await_change(&mut self, hours: usize) {
        let spans = &self.world.route_hours[hours];
        let next = if spans.is_open(self.now) {
            spans.closes_at(self.now)
        } else {
            spans.next_open(self.now)
        };
        if next < self.world.length {
            self.events.push(next, Kind::Route, hours as u32);
        }
    }

    /// Some routes begin or cease to hold: who waits goes where the routes of this hour lead, first come first.
    #[cold]
    pub(super) fn routes_change(&mut self, hours: usize) {
        self.await_change(hours);
        let classes = (0u16..).zip(&self.world.classes);
        let by_hours = classes.filter(|c| c.1.by_hours).map(|c| c.0);
        for slot in self.queues.all_in(&self.contacts, by_hours) {
            // Who makes room for one may take another in the same instant.
            if self.contacts[slot].standing == Standing::Waiting {
                self.goes_over(slot);
            }
        }
    }

    /// The class a contact waits in by the routes of this hour; its own where these do not change with the hour.
    #[inline]
    pub(super) fn class_now(&self, slot: u32) -> u16 {
        let class = self.contacts[slot].class;
        if class == NO_CLASS || !self.world.classes[usize::from(class)].by_hours {
            return class;
        }
        self.class_of_hour(slot)
    }

    #[cold]
    fn class_of_hour(&self, slot: u32) -> u16 {
        let contact = &self.contacts[slot];
        let tier = usize::from(contact.tier);
        let stream = &self.world.streams[usize::from(contact.stream)];
        let plan = &stream.tiers[tier];
        let lot = || contact.customer.uniform(draws::ROUTE + tier as u32);
        let class = plan.class_at(&self.world.route_hours, self.now, lot);
        if class == NO_CLASS || plan.all_lots().any(|l| l.1 == contact.class) {
            return class;
        }
        self.class_of_call(slot, class)
    }

    fn goes_over(&mut self, slot: u32) {
        let class = self.class_now(slot);
        if class == self.contacts[slot].class {
            return;
        }
        self.leave_queue(slot);
        self.contacts[slot].class = class;
        if class == NO_CLASS {
            return self.nobody(slot);
        }
        let plan = &self.world.classes[usize::from(class)];
        let due = plan.due.is_some().then(|| self.falls_due(slot, class));
        let contact = &mut self.contacts[slot];
        let waited = self.now - contact.since;
        contact.stage = plan.stages.partition_point(|d| *d <= waited) as u8;
        if let Some(due) = due {
            contact.order = due;
        }
        self.queues.insert(self.world, &mut self.contacts, slot);
        self.joins_queue(slot);
        self.queue_changed(slot);
        if !self.taken(slot) {
            self.schedule_waiting(slot);
            let calls = plan.may_call();
            if calls != 0 {
                self.contact_calls(calls);
            }
        }
    }
}
