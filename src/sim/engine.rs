//! The loop: takes the earliest event and lets the mechanism it belongs to act.

use super::absence;
use super::agent::Agents;
use super::arrivals::{Source, sources};
use super::batch::{self, Added};
use super::contact::{Contact, Contacts, NONE, Role, Side, Standing, Tongue};
use super::draws;
use super::event::{Event, Kind};
use super::event_list::Events;
use super::ledger::Ledger;
use super::life_cycle::Lives;
use super::on_call::OnCall;
use super::outage::ToolState;
use super::people::People;
use super::queue::Queues;
use super::team_service;
use crate::random::{Key, Seed};
use crate::roster::Roster;
use crate::scenario::model::{AtClose, ChannelKind};
use crate::time::{NEVER, Tick};
use crate::world::{HabitsPlan, NO_CLASS, World};

/// Customers of an opening backlog draw from ordinals that arrivals never reach.
const BACKLOG_ORDINAL: u64 = 1 << 40;

/// Everything that moves during a replication.
pub struct Engine<'a> {
    pub(super) world: &'a World,
    pub(super) roster: &'a Roster,
    pub(super) seed: Seed,
    pub(super) now: Tick,
    /// Planning interval of `now`, and where it ends.
    pub(super) interval: usize,
    pub(super) boundary: Tick,
    pub(super) events: Events,
    pub(super) contacts: Contacts,
    pub(super) queues: Queues,
    pub(super) agents: Agents,
    pub(super) sources: Vec<Source>,
    /// Contacts that events add, in order of arrival.
    pub(super) added: Vec<Added>,
    stream_keys: Vec<Key>,
    /// Whether each channel is open now.
    pub(super) open: Vec<bool>,
    /// Contacts waiting per channel.
    pub(super) waiting: Vec<u32>,
    /// Teams (bit set) that have anybody at all.
    pub(super) manned: u64,
    /// Per team: whether pausing agents are recalled, and when the next look is scheduled.
    pub(super) recall: Vec<(bool, Tick)>,
    /// Whether any team pauses at all.
    pub(super) pauses: bool,
    /// Whether any customers do something beside waiting.
    pub(super) habits: bool,
    /// Whether customers' journeys are followed: some topic leads to another.
    pub(super) life_cycle: bool,
    pub(super) lives: Lives,
    /// Tools that break down.
    pub(super) tools: Vec<ToolState>,
    /// Whether any channel holds conversations side by side.
    pub(super) converses: bool,
    /// Per team and week: what falling ill is multiplied by; empty where it is the same always.
    pub(super) waves: Vec<Vec<f64>>,
    /// Who occupies which position.
    pub(super) people: People,
    /// Who can be called.
    pub(super) on_call: OnCall,
    pub(super) book: Ledger,
}

impl<'a> Engine<'a> {
    /// Everything at rest at the start of the horizon.
    pub fn new(world: &'a World, roster: &'a Roster, seed: Seed) -> Self {
        Self {
            world,
            roster,
            seed,
            now: 0,
            interval: 0,
            boundary: world.interval,
            events: Events::new(),
            contacts: Contacts::new(),
            queues: Queues::new(world),
            agents: Agents::new(&world.standing, roster),
            sources: sources(world, seed),
            added: batch::added(world, seed),
            stream_keys: world
                .streams
                .iter()
                .map(|s| Key::stream(seed, s.key))
                .collect(),
            open: vec![false; world.channels.len()],
            waiting: vec![0; world.channels.len()],
            manned: team_service::manned(roster),
            recall: vec![(false, NEVER); world.teams.len()],
            pauses: world.teams.iter().any(|t| t.pause.is_some()),
            habits: world.streams.iter().any(|s| {
                let eras = s.eras.iter().map(|e| &e.habits);
                eras.chain([&s.habits]).any(HabitsPlan::are_any)
            }),
            life_cycle: world.streams.iter().any(|s| {
                let eras = s.eras.iter().map(|e| &e.leads_to);
                eras.chain([&s.leads_to]).any(|next| !next.is_empty())
            }),
            lives: Lives::new(),
            tools: vec![ToolState::default(); world.outages.len()],
            converses: world.channels.contains(&ChannelKind::Concurrent),
            waves: absence::waves(roster, seed),
            people: People::new(world, roster, seed),
            on_call: OnCall::new(&world.standing, roster),
            book: Ledger::open(world, roster),
        }
    }

    /// Plays to the end: arrivals stop at the horizon's end, and customers who wait on the line then are still served.
    pub fn run(mut self) -> Ledger {
        self.begin();
        while let Some(event) = self.events.pop() {
            if event.tick() >= self.boundary {
                self.next_intervals(event.tick());
            }
            self.now = event.tick();
            self.act(event);
        }
        self.close_book();
        self.book
    }

    fn begin(&mut self) {
        if self.people.moves || self.people.mentored {
            self.begin_people();
        }
        for &channel in &self.world.channels_by_name {
            self.change_hours(channel);
        }
        self.begin_outages();
        for hours in 0..self.world.route_hours.len() {
            self.await_change(hours);
        }
        for agent in 0..self.agents.len() as u32 {
            self.schedule_duty(agent);
        }
        self.place_backlog();
        for stream in 0..self.world.streams.len() {
            self.schedule_arrival(stream);
        }
        self.schedule_added(0);
    }

    #[inline]
    fn act(&mut self, event: Event) {
        let slot = event.slot();
        self.book.events += 1;
        match event.kind() {
            Kind::Arrival => self.first_contact(slot as usize),
            Kind::Waiting => {
                if self.contacts[slot].event == event.sequence() {
                    self.waited(slot);
                }
            }
            Kind::Work => {
                if self.agents[slot].event == event.sequence() {
                    self.work_done(slot);
                }
            }
            Kind::Comeback => self.comes_back(slot),
            Kind::Roster => self.roster_step(slot),
            Kind::Recall => self.recall_due(slot as usize),
            Kind::Close => self.change_hours(slot as usize),
            Kind::Added => self.added_contact(slot as usize),
            Kind::Midnight => self.midnight(slot),
            Kind::Tool => self.tool_changes(slot as usize),
            Kind::Route => self.routes_change(slot as usize),
        }
    }

    /// Moves on to the planning interval of `tick`, noting the queues at each interval's end.
    #[cold]
    fn next_intervals(&mut self, tick: Tick) {
        let n = self.world.intervals;
        while tick >= self.boundary {
            for (channel, &count) in self.waiting.iter().enumerate() {
                self.book.waiting[channel * n + self.interval] = count;
            }
            for class in 0..self.world.classes.len() {
                let head = self.queues.head(class as u16);
                if head != NONE {
                    let age = self.boundary.saturating_sub(self.contacts[head].arrival);
                    let cell = self.world.classes[class].channel * n + self.interval;
                    self.book.oldest[cell] = self.book.oldest[cell].max(age);
                }
            }
            let month = self.book.months.len() / self.world.teams.len().max(1);
            if self
                .world
                .month_ends
                .get(month)
                .is_some_and(|&end| end <= self.boundary)
            {
                self.book_month();
            }
            if self.interval + 1 == n {
                self.boundary = NEVER;
            } else {
                self.book_day_end();
                self.interval += 1;
                self.boundary += self.world.interval;
            }
        }
    }

    fn schedule_arrival(&mut self, stream: usize) {
        let at = self.sources[stream].next(self.world, stream);
        if at < self.world.length {
            self.events.push(at, Kind::Arrival, stream as u32);
        }
    }

    fn first_contact(&mut self, stream: usize) {
        let ordinal = self.sources[stream].ordinal;
        self.sources[stream].ordinal += 1;
        self.schedule_arrival(stream);
        let customer = self.stream_keys[stream].ordinal(ordinal);
        self.customer_comes(stream, customer);
    }

    /// A customer's first contact about a matter.
    pub(super) fn customer_comes(&mut self, stream: usize, customer: Key) {
        let forecasts = self.world.streams[stream].forecasts;
        if forecasts != 0 && self.now >= self.world.warm_up {
            self.book_forecast(forecasts);
        }
        if self.is_prevented(stream, customer) {
            return;
        }
        let slot = self.contacts.insert(self.new_contact(stream, customer));
        if self.life_cycle {
            self.contacts[slot].life = self.begin_life(stream);
        }
        self.come(slot);
        if self.habits {
            self.also_writes(stream, customer);
        }
    }

    pub(super) fn new_contact(&self, stream: usize, customer: Key) -> Contact {
        Contact {
            key: customer.contact(0),
            customer,
            arrival: self.now,
            journey: self.now,
            since: self.now,
            order: self.now,
            pending: 0,
            gives_up: NEVER,
            event: 0,
            left: 0.0,
            next: NONE,
            previous: NONE,
            interval: self.interval as u32,
            agent: NONE,
            link: NONE,
            life: NONE,
            stream: stream as u16,
            class: NO_CLASS,
            number: 0,
            touches: 0,
            items: 0,
            hand_offs: 0,
            tier: 0,
            stage: 0,
            standing: Standing::Waiting,
            side: Side::None,
            away: false,
            counted: self.now >= self.world.warm_up,
            answered: false,
            answered_by: 0,
            replied: false,
            waited_for: false,
            swarm: 0,
            in_promise: true,
            asked: false,
            role: Role::Own,
            tongue: Tongue::Own,
            tries: 0,
            effort: 1.0,
            accepted: NEVER,
        }
    }

    /// Tickets that wait when the horizon begins; they are work, but not this horizon's demand.
    fn place_backlog(&mut self) {
        for stream in 0..self.world.streams.len() {
            for i in 0..u64::from(self.world.streams[stream].backlog.0) {
                let customer = self.stream_keys[stream].ordinal(BACKLOG_ORDINAL + i);
                let contact = Contact {
                    counted: false,
                    ..self.new_contact(stream, customer)
                };
                let slot = self.contacts.insert(contact);
                self.enter(slot);
            }
        }
    }

    /// A contact reaches its channel: let in, or sent elsewhere or away because the channel is closed.
    pub(super) fn arrive(&mut self, slot: u32) {
        if !self.moved(slot) {
            return;
        }
        let contact = &self.contacts[slot];
        let stream = usize::from(contact.stream);
        let plan = &self.world.streams[stream];
        if plan.kind != ChannelKind::Deferred && !self.open[plan.channel] {
            let u = contact.key.uniform(draws::CLOSED);
            let (counted, second) = (contact.counted, contact.role.is_second());
            let target = plan
                .closed
                .iter()
                .find(|(sum, _)| u < *sum)
                .map(|&(_, to)| to as usize);
            let target = target.filter(|&to| {
                let other = &self.world.streams[to];
                other.moves.is_none()
                    && (other.kind == ChannelKind::Deferred || self.open[other.channel])
            });
            let beyond = plan.closed.last().is_none_or(|(sum, _)| u >= *sum);
            if beyond && u < plan.later_below && self.after_opening(slot) {
                return;
            }
            let sums = &mut self.book.streams[stream];
            let Some(to) = target else {
                sums.turned_away += u64::from(counted);
                sums.lost += u64::from(counted && !second);
                self.gone(slot);
                return;
            };
            sums.diverted += u64::from(counted);
            self.contacts[slot].stream = to as u16;
        }
        self.book_offered(slot);
        if !self.habits || !(self.unseen(slot) || self.awaits_call(slot)) {
            self.come_in(slot);
        }
    }

    /// A contact enters its tier's queue class, chosen by a lot keyed on the customer.
    pub(super) fn enter(&mut self, slot: u32) {
        let contact = &self.contacts[slot];
        let tier = usize::from(contact.tier);
        let plan = &self.world.streams[usize::from(contact.stream)].tiers[tier];
        let lot = || contact.customer.uniform(draws::ROUTE + tier as u32);
        let mut class = plan.class_at(&self.world.route_hours, self.now, lot);
        if self.habits {
            class = self.class_of_call(slot, class);
        }
        self.offer(slot, class);
    }

    /// A customer comes (back) from outside.
    #[inline(never)]
    fn comes_back(&mut self, slot: u32) {
        let standing = self.contacts[slot].standing;
        match standing {
            Standing::Pending if self.habits && self.unseen(slot) => return,
            Standing::Pending => return self.customer_replied(slot),
            Standing::Engineering => return self.engineered(slot),
            Standing::Reopening => return self.reopen(slot),
            Standing::Unseen => return self.seen(slot),
            Standing::ToBeCalled => return self.call_back(slot),
            _ => {}
        }
        if self.now >= self.world.length {
            self.contacts.remove(slot);
            return;
        }
        let old = self.contacts[slot];
        if matches!(standing, Standing::Deflected | Standing::Later) {
            self.comes_first(slot, standing);
            return;
        }
        if standing == Standing::NextStage {
            return self.next_stage(slot);
        }
        if standing == Standing::Extra {
            self.second_arrives(slot);
            return;
        }
        let number = old.number + 1;
        self.contacts[slot] = Contact {
            key: old.customer.contact(u32::from(number)),
            journey: old.journey,
            pending: old.pending,
            number,
            life: old.life,
            tongue: old.tongue,
            ..self.new_contact(usize::from(old.stream), old.customer)
        };
        self.book_comeback(slot, standing);
        self.arrive(slot);
    }

    /// A channel opens or closes; at closing, what waits on the line is served, turned away, or waits for the opening.
    fn change_hours(&mut self, channel: usize) {
        let hours = &self.world.open[channel];
        let open = hours.is_open(self.now);
        self.open[channel] = open;
        let next = if open {
            hours.closes_at(self.now)
        } else {
            hours.next_open(self.now)
        };
        if next < self.world.length {
            self.events.push(next, Kind::Close, channel as u32);
        }
        if !open && self.habits {
            self.call_after_opening(channel);
        }
        if self.world.channels[channel] == ChannelKind::Deferred {
            return;
        }
        match self.world.at_close[channel] {
            AtClose::Serve => {}
            AtClose::TurnAway if open => {}
            AtClose::TurnAway => self.turn_away_waiting(channel),
            AtClose::CarryOver => self.carry_over(channel),
        }
    }

    fn turn_away_waiting(&mut self, channel: usize) {
        for class in 0..self.world.classes.len() {
            while self.world.classes[class].channel == channel
                && self.world.classes[class].kind != ChannelKind::Deferred
                && self.queues.head(class as u16) != NONE
            {
                let slot = self.queues.head(class as u16);
                if self.contacts[slot].away {
                    self.leave_queue(slot);
                    if self.contacts[slot].side == Side::Request {
                        // Whoever asked hands its contact on when it has waited.
                        self.contacts[slot].standing = Standing::Reopening;
                    } else {
                        self.reopen(slot);
                    }
                } else {
                    self.give_up(slot);
                }
            }
        }
    }
}
