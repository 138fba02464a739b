//! A customer's life: topics that follow each other, and what is lost between the teams that serve them.
//!
//! Once a matter is resolved, its customer comes with the next one after a delay, or the journey is over
//! ([`NextStage`](crate::scenario::model::NextStage) has the parameters; the reader of `leads_to` shows how they are written).
//! The next matter is a contact as any other: it may be taken by self-service, find its channel closed, abandon, return.
//! Where another team than the one before takes it, its first piece of work is longer by `rework`; with probability `lost`
//! what the team before knew is not passed on, and the customer `explains` again. A customer who leaves for good, or whose
//! matter ends unresolved, does not go on.
//!
//! A journey is counted when it ends, where it began: contacts, stages, hand-offs, time and work of one customer. With
//! probabilities `p` of going on, `c` matters a stage and returns `r`, it has `1 / (1 - r1) + p1 c2 / (1 - r2) + ...` contacts.

use super::contact::{Contact, NONE, Side, Standing};
use super::draws;
use super::engine::Engine;
use super::event::Kind;
use crate::time::{Tick, ticks};
use crate::world::{NextPlan, World};

/// No team has served the customer yet.
const NO_TEAM: u8 = u8::MAX;

/// What led a customer to the present stage.
#[derive(Debug, Clone, Copy)]
struct Led {
    /// The stream of the matter before.
    stream: u16,
    /// Planning interval of its contact's arrival.
    interval: u32,
    /// Place among what the stream led to then.
    place: u8,
}

impl Led {
    fn plan(self, world: &World) -> &NextPlan {
        &world.streams[usize::from(self.stream)].leads_to_at(self.interval)[usize::from(self.place)]
    }
}

/// One customer's journey.
#[derive(Debug, Clone, Copy)]
pub struct Life {
    began: Tick,
    /// Agents' time.
    pub work: Tick,
    /// Stream on which it began.
    stream: u16,
    /// Contacts let in.
    pub contacts: u16,
    /// Hand-offs between tiers and teams.
    hand_offs: u16,
    /// Stages begun.
    stages: u16,
    /// What led to the present stage.
    by: Option<Led>,
    /// Team that finished the last piece of work.
    team: u8,
    /// Whether the present matter has not been worked on.
    fresh: bool,
    counted: bool,
    /// Next in the free list.
    next: u32,
}

/// The journeys under way, in a slab.
pub struct Lives {
    slots: Vec<Life>,
    free: u32,
}

impl Lives {
    /// An empty slab.
    pub fn new() -> Self {
        Self {
            slots: Vec::new(),
            free: NONE,
        }
    }

    fn begin(&mut self, life: Life) -> u32 {
        if self.free == NONE {
            self.slots.push(life);
            return self.slots.len() as u32 - 1;
        }
        let slot = self.free;
        self.free = self.slots[slot as usize].next;
        self.slots[slot as usize] = life;
        slot
    }

    fn end(&mut self, slot: u32) -> Life {
        let life = self.slots[slot as usize];
        self.slots[slot as usize].next = self.free;
        self.free = slot;
        life
    }

    /// The journey of a contact, where it is followed.
    #[inline]
    pub fn of(&mut self, contact: &Contact) -> Option<&mut Life> {
        self.slots.get_mut(contact.life as usize)
    }
}

impl Engine<'_> {
    /// A customer's first contact of all.
    pub(super) fn begin_life(&mut self, stream: usize) -> u32 {
        self.lives.begin(Life {
            began: self.now,
            work: 0,
            stream: stream as u16,
            contacts: 0,
            hand_offs: 0,
            stages: 1,
            by: None,
            team: NO_TEAM,
            fresh: true,
            counted: self.now >= self.world.warm_up,
            next: NONE,
        })
    }

    /// A contact's matter is resolved: its customer comes with another one, or the journey ends.
    pub(super) fn settled(&mut self, slot: u32) {
        let world = self.world;
        let contact = self.contacts[slot];
        let Some(life) = self.lives.of(&contact) else {
            return self.contacts.remove(slot);
        };
        let u = |purpose| contact.customer.uniform(purpose);
        // Several matters of the present stage first.
        let by = life.by;
        let again = by.map(|by| by.plan(world));
        let again = again.filter(|plan| u(draws::STAGE_AGAIN) < plan.again);
        let (plan, after) = if let Some(plan) = again {
            (plan, plan.apart)
        } else {
            let leads_to = world.streams[usize::from(contact.stream)].leads_to_at(contact.interval);
            let next = leads_to.iter().position(|n| u(draws::STAGE) < n.share);
            let Some(place) = next else {
                return self.gone(slot);
            };
            life.by = Some(Led {
                stream: contact.stream,
                interval: contact.interval,
                place: place as u8,
            });
            life.stages = life.stages.saturating_add(1);
            (&leads_to[place], leads_to[place].after)
        };
        life.fresh = true;
        let channel = u(draws::STAGE_CHANNEL);
        let to = plan.streams.iter().find(|(sum, _)| channel < *sum);
        let after = ticks(world.draw(after, u(draws::STAGE_AFTER)));
        let contact = &mut self.contacts[slot];
        // The last share is 1, so one is found; the matter before would do as well.
        contact.stream = to.map_or(contact.stream, |t| t.1 as u16);
        contact.standing = Standing::NextStage;
        self.events
            .push(self.now.saturating_add(after), Kind::Comeback, slot);
    }

    /// A customer comes with the next matter.
    pub(super) fn next_stage(&mut self, slot: u32) {
        let old = self.contacts[slot];
        let stream = usize::from(old.stream);
        // Every matter has draws of its own.
        let customer = old.customer.contact(draws::NEXT_STAGE);
        if self.is_prevented(stream, customer) {
            return self.gone(slot);
        }
        self.contacts[slot] = Contact {
            life: old.life,
            tongue: old.tongue,
            ..self.new_contact(stream, customer)
        };
        self.book.streams[stream].next_stages += u64::from(self.contacts[slot].counted);
        self.come(slot);
        if self.habits {
            self.also_writes(stream, customer);
        }
    }

    /// Seconds that taking a customer on adds to an agent's first piece of work on a matter.
    pub(super) fn taken_on(&mut self, slot: u32, agent: u32) -> f64 {
        let world = self.world;
        let contact = self.contacts[slot];
        let Some(life) = self.lives.of(&contact) else {
            return 0.0;
        };
        if !life.fresh || contact.side == Side::Astray {
            return 0.0;
        }
        life.fresh = false;
        let (Some(by), true) = (life.by, life.team != self.agents[agent].team) else {
            return 0.0;
        };
        life.hand_offs = life.hand_offs.saturating_add(1);
        let plan = by.plan(world);
        let explains = contact.customer.uniform(draws::STAGE_LOST) < plan.lost;
        let sums = &mut self.book.streams[usize::from(contact.stream)];
        sums.taken_on += u64::from(contact.counted);
        sums.explained += u64::from(contact.counted && explains);
        plan.rework + if explains { plan.explains } else { 0.0 }
    }

    /// Somebody of a team has finished a piece of work on a contact.
    #[inline]
    pub(super) fn served_by(&mut self, slot: u32, team: usize) {
        let contact = self.contacts[slot];
        if let Some(life) = self.lives.of(&contact) {
            life.team = team as u8;
            life.fresh = false;
        }
    }

    /// A contact is handed to another tier or team.
    pub(super) fn handed_on_in_life(&mut self, slot: u32) {
        if let Some(life) = self.lives.of(&self.contacts[slot]) {
            life.hand_offs = life.hand_offs.saturating_add(1);
        }
    }

    /// A contact is gone, and with it its customer's journey.
    pub(super) fn gone(&mut self, slot: u32) {
        let contact = self.contacts[slot];
        self.contacts.remove(slot);
        if contact.life == NONE {
            return;
        }
        let life = self.lives.end(contact.life);
        // Who was never let in had no journey with us.
        if life.counted && life.contacts > 0 && self.now < self.world.length {
            let sums = &mut self.book.streams[usize::from(life.stream)];
            sums.journeys += 1;
            sums.journey_contacts += u64::from(life.contacts);
            sums.journey_stages += u64::from(life.stages);
            sums.journey_hand_offs += u64::from(life.hand_offs);
            sums.journey_time += self.now - life.began;
            sums.journey_work += life.work;
        }
    }
}
