//! Waiting contacts: one list per class, in order of entry.

use super::contact::{Contact, Contacts, NONE};
use crate::scenario::model::{ChannelKind, Takes};
use crate::time::Tick;
use crate::world::{ClassPlan, ClassSet, LimitPlan, NO_GAUGE, TeamPlan, World};

/// All queues.
pub struct Queues {
    lists: Vec<List>,
    /// Classes with somebody waiting.
    waiting: ClassSet,
    /// Words of a class set that are in use.
    words: usize,
    /// Contacts waiting per measured queue.
    gauges: Vec<u32>,
    /// Classes from which nobody takes while their channel is closed.
    held: ClassSet,
    /// Agents on queue per team.
    pub staffed: Vec<u32>,
    /// Sum of their factors on handle times; nothing where nobody learns.
    pub pace: Vec<f64>,
    /// Contacts waiting per team that call its people on call as soon as they wait.
    pub calling: Vec<u32>,
}

/// A free agent.
#[derive(Clone, Copy)]
pub struct Taker<'a> {
    /// Its team.
    pub team: usize,
    /// The classes it may take.
    pub classes: &'a ClassSet,
    /// Whether it was called for those who wait, so that none has to wait any longer.
    pub called: bool,
}

#[derive(Clone, Copy)]
struct List {
    head: u32,
    tail: u32,
}

/// The contacts between which one of this order belongs: behind all of the same order. Looked for from both ends at
/// once: new contacts stand last, those that were put down stand first.
#[inline]
fn neighbours(list: &List, contacts: &Contacts, order: Tick) -> (u32, u32) {
    let (mut after, mut before) = (list.tail, list.head);
    loop {
        if after == NONE || contacts[after].order <= order {
            let before = if after == NONE {
                list.head
            } else {
                contacts[after].next
            };
            return (after, before);
        }
        if contacts[before].order > order {
            return (contacts[before].previous, before);
        }
        after = contacts[after].previous;
        before = contacts[before].next;
    }
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
            held: ClassSet::default(),
            words: world.classes.len().div_ceil(64),
            gauges: vec![0; world.gauges],
            staffed: vec![0; world.teams.len()],
            pace: vec![0.0; world.teams.len()],
            calling: vec![0; world.teams.len()],
        }
    }

    /// Contacts of a class that have waited for a time.
    pub fn waited(&self, contacts: &Contacts, class: u16, least: Tick, now: Tick) -> u32 {
        let (mut slot, mut count) = (self.head(class), 0);
        while slot != NONE {
            count += u32::from(now - contacts[slot].since >= least);
            slot = contacts[slot].next;
        }
        count
    }

    /// Who waits in some classes, first come first.
    pub fn all_in(&self, contacts: &Contacts, classes: impl Iterator<Item = u16>) -> Vec<u32> {
        let mut slots = Vec::new();
        for class in classes {
            let mut slot = self.head(class);
            while slot != NONE {
                slots.push(slot);
                slot = contacts[slot].next;
            }
        }
        slots.sort_by_key(|&slot| (contacts[slot].order, slot));
        slots
    }

    /// The contact that has waited longest in a class.
    #[inline]
    pub fn head(&self, class: u16) -> u32 {
        self.lists[usize::from(class)].head
    }

    /// Queues a contact; `order` says where: usually last, before others if it had been in the queue earlier.
    #[inline]
    pub fn insert(&mut self, world: &World, contacts: &mut Contacts, slot: u32) {
        let (class, order) = (contacts[slot].class, contacts[slot].order);
        let list = &mut self.lists[usize::from(class)];
        let (after, before) = neighbours(list, contacts, order);
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
        let gauge = world.classes[usize::from(class)].gauge;
        if gauge != NO_GAUGE {
            self.gauges[usize::from(gauge)] += 1;
        }
        if !self.held.contains(class) {
            self.calls(world, class, 1);
        }
    }

    /// Takes a contact out, wherever it stands.
    #[inline]
    pub fn remove(&mut self, world: &World, contacts: &mut Contacts, slot: u32) {
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
        let gauge = world.classes[usize::from(contact.class)].gauge;
        if gauge != NO_GAUGE {
            self.gauges[usize::from(gauge)] -= 1;
        }
        if !self.held.contains(contact.class) {
            self.calls(world, contact.class, -1);
        }
    }

    /// So many contacts more of a class call people on call.
    #[inline]
    fn calls(&mut self, world: &World, class: u16, more: i32) {
        let mut calls = world.classes[usize::from(class)].calls;
        while calls != 0 {
            let calling = &mut self.calling[calls.trailing_zeros() as usize];
            *calling = calling.wrapping_add_signed(more);
            calls &= calls - 1;
        }
    }

    /// From now on nobody takes from a class, or (`false`) everybody who may does.
    pub fn hold(&mut self, world: &World, contacts: &Contacts, class: u16, held: bool) {
        if self.held.contains(class) == held {
            return;
        }
        let waiting = self.waited(contacts, class, 0, Tick::MAX) as i32;
        if held {
            self.held.insert(class);
            self.calls(world, class, -waiting);
        } else {
            self.held.remove(class);
            self.calls(world, class, waiting);
        }
    }

    /// Whether nobody takes from a class now.
    #[inline]
    pub fn is_held(&self, class: u16) -> bool {
        self.held.contains(class)
    }

    /// Whether the queue of a class is longer than a limit, with so many contacts more than are in it.
    ///
    /// The expected wait is what the contacts waiting take, shared by the agents on queue in the teams that may take
    /// them without a limit and without a delay: (contacts x mean handle time) / agents, the usual estimate of an ACD. The
    /// handle time is that of the route's first team on the date, at the pace of those of it who are on queue.
    pub fn exceeds(&self, plan: &ClassPlan, limit: LimitPlan, more: u32) -> bool {
        if plan.gauge == NO_GAUGE {
            return true;
        }
        let waiting = self.gauges[usize::from(plan.gauge)] + more;
        match limit {
            LimitPlan::None => true,
            LimitPlan::Waiting(n) => waiting > n,
            LimitPlan::Expected(wait) => {
                let own = plan
                    .choices
                    .iter()
                    .filter(|c| c.limit == LimitPlan::None && c.after == 0);
                let agents: u32 = own.map(|c| self.staffed[usize::from(c.team)]).sum();
                f64::from(waiting) * (plan.per_contact * self.mean_pace(plan))
                    > wait as f64 * f64::from(agents)
            }
        }
    }

    /// Where a team's rule puts the head of a class: lower is taken first.
    #[inline]
    fn urgency(team: &TeamPlan, queue: &ClassPlan, head: &Contact, now: Tick) -> (u32, i64) {
        let waited = now - head.since;
        match team.takes {
            Takes::WeightedWait => (0, -((queue.weight * waited as f64) as i64)),
            Takes::EarliestDue if queue.kind == ChannelKind::Deferred => {
                let due = if queue.due.is_some() {
                    head.order as i64
                } else {
                    i64::MAX
                };
                (u32::MAX, due)
            }
            Takes::Priority | Takes::EarliestDue => {
                let mut rank = queue.rank;
                if let Some(classes) = waited.checked_div(queue.ages) {
                    let classes = classes.min(0xFF) as u32;
                    // The class is the rank's high part, the channel's own rank the low byte.
                    rank = rank.saturating_sub(classes << 8).max(1 << 8 | rank & 0xFF);
                }
                (rank, head.since as i64 - queue.credit as i64)
            }
        }
    }

    /// The class whose head a free agent of `team` takes next, by the team's rule (usually least rank, then longest wait,
    /// credit included), among those whose head has waited long enough for this team.
    #[inline]
    pub fn best(
        &self,
        world: &World,
        contacts: &Contacts,
        taker: Taker<'_>,
        now: Tick,
    ) -> Option<u16> {
        let plan = &world.teams[taker.team];
        let mut best: Option<(u32, i64, u16)> = None;
        for (word, (&waiting, &allowed)) in self.waiting.0[..self.words]
            .iter()
            .zip(&taker.classes.0)
            .enumerate()
        {
            let mut bits = waiting & allowed & !self.held.0[word];
            while bits != 0 {
                let class = (word * 64) as u16 + bits.trailing_zeros() as u16;
                bits &= bits - 1;
                let head = &contacts[self.head(class)];
                let queue = &world.classes[usize::from(class)];
                let waits = (queue.calls_later | queue.calls_long) >> taker.team & 1 == 1;
                let at_once = taker.called && !waits;
                if !at_once && now - head.since < plan.pick_up[usize::from(class)] {
                    continue;
                }
                if !plan.limits.is_empty()
                    && plan.limits[usize::from(class)] != LimitPlan::None
                    && !self.exceeds(queue, plan.limits[usize::from(class)], 0)
                {
                    continue;
                }
                let (rank, since) = Self::urgency(plan, queue, head, now);
                let key = (rank, since, class);
                if best.is_none_or(|b| key < b) {
                    best = Some(key);
                }
            }
        }
        best.map(|(_, _, class)| class)
    }

    /// Entry time of the customer on the line whom a team would take next, however short the wait.
    pub fn head_since(
        &self,
        world: &World,
        contacts: &Contacts,
        team: usize,
        now: Tick,
    ) -> Option<Tick> {
        let plan = &world.teams[team];
        let allowed = &plan.classes;
        let mut best: Option<(u32, i64, Tick)> = None;
        for (word, (&waiting, &allowed)) in self.waiting.0[..self.words]
            .iter()
            .zip(&allowed.0)
            .enumerate()
        {
            let mut bits = waiting & allowed & !self.held.0[word];
            while bits != 0 {
                let class = word * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let queue = &world.classes[class];
                if queue.kind == ChannelKind::Deferred {
                    continue;
                }
                let head = &contacts[self.head(class as u16)];
                let (rank, order) = Self::urgency(plan, queue, head, now);
                let key = (rank, order, head.since);
                if best.is_none_or(|b| key < b) {
                    best = Some(key);
                }
            }
        }
        best.map(|(_, _, since)| since)
    }
}
