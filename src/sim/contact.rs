//! Contacts in play, in a slab; a slot is used again when its contact is gone.

use crate::random::Key;
use crate::time::Tick;

/// No contact, no agent.
pub const NONE: u32 = u32::MAX;

/// One contact in play: waiting, being worked on, or outside (the customer's turn, or on the way back).
#[derive(Debug, Clone, Copy)]
pub struct Contact {
    /// Draws of this customer's contact.
    pub key: Key,
    /// Draws of the customer, whatever the contact.
    pub customer: Key,
    /// Arrival of this contact.
    pub arrival: Tick,
    /// Arrival of the customer's first contact about the matter.
    pub journey: Tick,
    /// Entered its present queue.
    pub since: Tick,
    /// Its place in the queue: since when it waits, or when it falls due.
    pub order: Tick,
    /// Time the customer took between touches, and waits that do not count for resolution.
    pub pending: Tick,
    /// End of its patience while it waits; for an open conversation, when it began.
    pub gives_up: Tick,
    /// Sequence number of the event it waits for; 0: none.
    pub event: u64,
    /// Work left in seconds when put down or (a chat) virtual finish; 0: not begun.
    pub left: f64,
    /// Next in the queue, or in the free list.
    pub next: u32,
    /// Previous in the queue.
    pub previous: u32,
    /// Planning interval of its arrival.
    pub interval: u32,
    /// The agent who touched it last.
    pub agent: u32,
    /// What its [`Side`] refers to.
    pub link: u32,
    /// Its customer's journey; [`NONE`]: not followed.
    pub life: u32,
    /// Stream.
    pub stream: u16,
    /// Queue class.
    pub class: u16,
    /// Number of the customer's contact about the matter, from 0.
    pub number: u16,
    /// Touches done.
    pub touches: u16,
    /// Work items done (tiers and touches), for draws.
    pub items: u16,
    /// Hand-offs so far.
    pub hand_offs: u8,
    /// Tier it is at.
    pub tier: u8,
    /// Stages of its class passed.
    pub stage: u8,
    /// How it stands.
    pub standing: Standing,
    /// What is going on beside its own work.
    pub side: Side,
    /// Whether the customer is not on the line (any more): has no patience to lose.
    pub away: bool,
    /// Whether results count it (it arrived after the warm-up and inside the horizon).
    pub counted: bool,
    /// Whether it was answered (its first work item began).
    pub answered: bool,
    /// The team that was the first to work on it.
    pub answered_by: u8,
    /// Whether it has waited for somebody else already.
    pub waited_for: bool,
    /// The tier whose work a specialist joins its owner for.
    pub swarm: u8,
    /// Whether it got its first reply.
    pub replied: bool,
    /// Whether it kept its own promise so far as it is decided.
    pub in_promise: bool,
    /// Whether a call-back was offered.
    pub asked: bool,
    /// Why it is there.
    pub role: Role,
    /// In whose language it is.
    pub tongue: Tongue,
    /// Reminders sent, or calls that nobody answered.
    pub tries: u8,
    /// Work on it as a share of the handle time, where it is a second one about a matter.
    pub effort: f32,
    /// When the promise of its call-back begins to run.
    pub accepted: Tick,
}

/// Why a contact is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The customer's own matter.
    Own,
    /// As [`Role::Own`], and the customer hung up to be called back.
    CalledBack,
    /// A reminder of a ticket that is silent.
    Chaser,
    /// A second contact about a matter, on another channel.
    Twin,
}

/// In whose language a contact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// The customer's own.
    Own,
    /// The customer's own, through a translation tool.
    Translated,
    /// Another one that the customer speaks, too.
    Other,
}

impl Role {
    /// Whether it is a second contact about a matter, of which nothing comes but work.
    #[inline]
    pub fn is_second(self) -> bool {
        matches!(self, Role::Chaser | Role::Twin)
    }
}

/// How a contact stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// In a queue.
    Waiting,
    /// In an agent's hands.
    Working,
    /// With automation, a team without agents.
    Automated(u8),
    /// Outside: calling again after giving up.
    Redialing,
    /// Outside: coming back because the matter was not resolved.
    Returning,
    /// Outside: taken by self-service, on the way to people after all.
    Deflected,
    /// Outside: found the channel closed and comes again.
    Later,
    /// Outside: left for another channel after giving up.
    Switching,
    /// Outside: will come on a second channel as well.
    Extra,
    /// Outside: will come with another matter.
    NextStage,
    /// Outside: will be called back.
    ToBeCalled,
    /// Arrived on a channel that nobody owns, and not seen yet.
    Unseen,
    /// Outside: the customer is writing back, the ticket stays open.
    Pending,
    /// Done but for a second person's approval.
    Approving,
    /// Outside: with engineering.
    Engineering,
    /// Outside: back from engineering as soon as its channel opens.
    Reopening,
    /// Slot is free.
    Free,
}

/// What is going on beside a contact's own work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Nothing.
    None,
    /// It is with the wrong team, which only sends it on.
    Astray,
    /// The agent it comes from (`link`) stays on the line until another takes over.
    Held,
    /// It passed to another site, where taking it on costs work.
    HandedOver,
    /// Its owner wants a specialist (`link`: the request, once it is made).
    Swarming,
    /// A specialist has joined its owner.
    Swarmed,
    /// A conversation that another agent has taken over, `left` seconds of work to begin; the one it comes from explains it.
    Joint,
    /// Not a contact: a slot that its agent keeps open for the conversation `link`, or (`link` is [`NONE`]) for a part of the
    /// work on one.
    Kept,
    /// Not a contact: a request for a specialist to join the contact `link`.
    Request,
    /// Not a contact: a second person's work on one, `left` seconds; an approval that the contact `link` waits for.
    Second,
}

impl Contact {
    /// Where its agent's conversation clock ends an open conversation.
    #[inline]
    pub fn ends_at(&self) -> f64 {
        if self.side == Side::Joint {
            f64::INFINITY
        } else {
            self.left
        }
    }

    /// Whether it is a contact of a customer, rather than work beside one.
    #[inline]
    pub fn is_own(&self) -> bool {
        !matches!(self.side, Side::Request | Side::Second | Side::Kept)
    }
}

/// The slab.
pub struct Contacts {
    slots: Vec<Contact>,
    free: u32,
}

impl Contacts {
    /// An empty slab.
    pub fn new() -> Self {
        Self {
            slots: Vec::new(),
            free: NONE,
        }
    }

    /// Takes a contact in.
    #[inline]
    pub fn insert(&mut self, contact: Contact) -> u32 {
        if self.free == NONE {
            self.slots.push(contact);
            return self.slots.len() as u32 - 1;
        }
        let slot = self.free;
        self.free = self.slots[slot as usize].next;
        self.slots[slot as usize] = contact;
        slot
    }

    /// Lets a contact go.
    #[inline]
    pub fn remove(&mut self, slot: u32) {
        let contact = &mut self.slots[slot as usize];
        contact.event = 0;
        contact.standing = Standing::Free;
        contact.next = self.free;
        self.free = slot;
    }

    /// All slots, free ones included.
    pub fn slots(&self) -> &[Contact] {
        &self.slots
    }
}

impl std::ops::Index<u32> for Contacts {
    type Output = Contact;
    #[inline]
    fn index(&self, slot: u32) -> &Contact {
        &self.slots[slot as usize]
    }
}

impl std::ops::IndexMut<u32> for Contacts {
    #[inline]
    fn index_mut(&mut self, slot: u32) -> &mut Contact {
        &mut self.slots[slot as usize]
    }
}
