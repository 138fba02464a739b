//! Waiting contacts: one list per class, in order of entry.

use super::contact::{Contacts, NONE};
use crate::scenario::model::ChannelKind;
use crate::time::Tick;
use crate::world::{ClassSet, World};

/// All queues.
pub struct Queues {
    lists: Vec<List>,
    /// Classes with somebody waiting.
    waiting: ClassSet,
    /// Words of a class set that are in use.
    words: usize,
}

#[derive(Clone, Copy)]
struct List {
    head: u32,
    tail: u32,
}

impl Queues {
    /// Empty queues for a world.
    pub fn new(world: &World) -> Self {
        Self {
            lists: vec![
                List {
                    head: NONE,
                    tail: NONE
                };
                world.classes.len()
            ],
            waiting: ClassSet::default(),
            words: world.classes.len().div_ceil(64),
        }
    }

    /// The contact that has waited longest in a class.
    #[inline]
    pub fn head(&self, class: u16) -> u32 {
        self.lists[usize::from(class)].head
    }

    /// Queues a contact; `since` orders it: usually last, before others if it had been in the queue earlier.
    #[inline]
    pub fn insert(&mut self, contacts: &mut Contacts, slot: u32) {
        let (class, since) = (contacts[slot].class, contacts[slot].since);
        let list = &mut self.lists[usize::from(class)];
        let mut after = list.tail;
        while after != NONE && contacts[after].since > since {
            after = contacts[after].previous;
        }
        let before = if after == NONE {
            list.head
        } else {
            contacts[after].next
        };
        contacts[slot].previous = after;
        contacts[slot].next = before;
        if after == NONE {
            list.head = slot;
        } else {
            contacts[after].next = slot;
        }
        if before == NONE {
            list.tail = slot;
        } else {
            contacts[before].previous = slot;
        }
        self.waiting.insert(class);
    }

    /// Takes a contact out, wherever it stands.
    #[inline]
    pub fn remove(&mut self, contacts: &mut Contacts, slot: u32) {
        let contact = contacts[slot];
        let list = &mut self.lists[usize::from(contact.class)];
        if contact.previous == NONE {
            list.head = contact.next;
        } else {
            contacts[contact.previous].next = contact.next;
        }
        if contact.next == NONE {
            list.tail = contact.previous;
        } else {
            contacts[contact.next].previous = contact.previous;
        }
        if list.head == NONE {
            self.waiting.remove(contact.class);
        }
    }

    /// The class whose head a free agent of `team` takes next: least rank, then longest wait (credit included), among
    /// those whose head has waited long enough for this team.
    #[inline]
    pub fn best(&self, world: &World, contacts: &Contacts, team: usize, now: Tick) -> Option<u16> {
        let plan = &world.teams[team];
        let mut best: Option<(u32, i64, u16)> = None;
        for (word, (&waiting, &allowed)) in self.waiting.0[..self.words]
            .iter()
            .zip(&plan.classes.0)
            .enumerate()
        {
            let mut bits = waiting & allowed;
            while bits != 0 {
                let class = (word * 64) as u16 + bits.trailing_zeros() as u16;
                bits &= bits - 1;
                let head = &contacts[self.head(class)];
                if now - head.since < plan.pick_up[usize::from(class)] {
                    continue;
                }
                let queue = &world.classes[usize::from(class)];
                let key = (queue.rank, head.since as i64 - queue.credit as i64, class);
                if best.is_none_or(|b| key < b) {
                    best = Some(key);
                }
            }
        }
        best.map(|(_, _, class)| class)
    }

    /// Entry time of the customer on the line whom a team would take next, however short the wait.
    pub fn head_since(&self, world: &World, contacts: &Contacts, team: usize) -> Option<Tick> {
        let allowed = &world.teams[team].classes;
        let mut best: Option<(u32, i64, Tick)> = None;
        for (word, (&waiting, &allowed)) in self.waiting.0[..self.words]
            .iter()
            .zip(&allowed.0)
            .enumerate()
        {
            let mut bits = waiting & allowed;
            while bits != 0 {
                let class = word * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let queue = &world.classes[class];
                if queue.kind == ChannelKind::Deferred {
                    continue;
                }
                let since = contacts[self.head(class as u16)].since;
                let key = (queue.rank, since as i64 - queue.credit as i64, since);
                if best.is_none_or(|b| key < b) {
                    best = Some(key);
                }
            }
        }
        best.map(|(_, _, since)| since)
    }
}
