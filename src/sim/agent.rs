//! Agents, and the lists a team keeps of them.

use super::contact::NONE;
use crate::roster::Roster;
use crate::time::Tick;

/// Most conversations an agent can have open.
pub const MAX_SLOTS: usize = 8;
/// List of a team's idle agents, longest idle first. Lists 1..MAX_SLOTS hold agents with that many conversations open
/// and room for more; [`DEFERRED`] those on work they may put down; [`PAUSED`] those on a pause.
pub const IDLE: u8 = 0;
/// See [`IDLE`].
pub const DEFERRED: u8 = MAX_SLOTS as u8;
/// See [`IDLE`].
pub const PAUSED: u8 = MAX_SLOTS as u8 + 1;
const LISTS: usize = MAX_SLOTS + 2;
const NO_LIST: u8 = u8::MAX;
/// No channel worked on yet.
pub const NO_CHANNEL: u8 = u8::MAX;

/// What an agent does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not on duty.
    Away,
    /// On duty, off queue: a break, a meeting.
    Off,
    /// Waiting for work.
    Idle,
    /// On one contact.
    Single,
    /// Hands a contact over: waits for the other agent, or works together with it.
    Holding,
    /// On one or more conversations.
    Chatting,
    /// Turning round after a contact.
    TurnRound,
    /// On a pause.
    Pause,
}

/// What an agent will do when the work in hand is finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Go on.
    Stay,
    /// Take the next time off queue of the roster.
    GoOff,
    /// Go home.
    Leave,
}

/// What an agent's next roster event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The next duty is due, for whoever occupies the position then.
    Due,
    /// The next duty begins.
    Start,
    /// Called; work begins soon.
    Called,
    /// The next time off queue is due.
    Off,
    /// Back from it.
    Back,
    /// The duty ends.
    End,
}

/// One position while it is played.
#[derive(Debug, Clone, Copy)]
pub struct Agent {
    /// Team.
    pub team: u8,
    /// What it does.
    pub state: State,
    /// What comes after the work in hand.
    pub then: Then,
    /// What its next roster event is.
    pub step: Step,
    /// The list it is in.
    list: u8,
    /// Conversations open.
    pub open: u8,
    /// Channel of the last contact; [`NO_CHANNEL`]: none yet.
    pub channel: u8,
    /// Whether it is on call rather than at work: without a position, there only when called.
    pub on_call: bool,
    /// Whether today's duty is lost to sickness (also: yesterday's, for spells).
    pub sick: bool,
    /// Number within the team.
    pub number: u32,
    /// The contact in hand.
    pub contact: u32,
    /// Conversations in hand.
    pub chats: [u32; MAX_SLOTS],
    /// Sequence number of its pending work event; 0: none.
    pub event: u64,
    /// Start of the present state (for idle: since when).
    pub began: Tick,
    /// On queue since.
    pub on_queue: Tick,
    /// Last update of the conversation clock or of the pause; on one contact: when it will be done.
    pub updated: Tick,
    /// Conversation clock: seconds of work each open conversation has got since the agent took the first of them;
    /// on a pause: what is left of a unit-exponential.
    pub clock: f64,
    /// Contacts finished: ordinal for draws.
    pub finished: u32,
    /// Present duty.
    pub duty: u32,
    /// Next time off queue within the duty.
    pub off: u32,
    /// Own follow-ups waiting: first and last.
    pub inbox: (u32, u32),
    next: u32,
    previous: u32,
}

/// All agents and the teams' lists.
pub struct Agents {
    all: Vec<Agent>,
    lists: Vec<[(u32, u32); LISTS]>,
}

impl Agents {
    /// One agent per position and per place on call, all away; teams in their `standing`, so that ties between agents
    /// fall by it.
    pub fn new(standing: &[u8], roster: &Roster) -> Self {
        let mut all = Vec::with_capacity(roster.teams.iter().map(|t| t.positions.len()).sum());
        for &team in standing {
            let numbers = 0..roster.teams[usize::from(team)].positions.len();
            all.extend(numbers.map(|number| Agent::away(team, number as u32)));
        }
        // Those on call come last, so that nobody else's number depends on them.
        for &team in standing {
            let placed = &roster.teams[usize::from(team)];
            let numbers = (placed.positions.len()..).take(placed.on_call.len());
            all.extend(numbers.map(|number| Agent {
                on_call: true,
                step: Step::Due,
                ..Agent::away(team, number as u32)
            }));
        }
        Self {
            all,
            lists: vec![[(NONE, NONE); LISTS]; roster.teams.len()],
        }
    }

    /// Number of agents.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// First agent of a team's list, if any.
    #[inline]
    pub fn first(&self, team: usize, list: u8) -> Option<u32> {
        let head = self.lists[team][usize::from(list)].0;
        (head != NONE).then_some(head)
    }

    /// Last agent of a team's list, if any.
    #[inline]
    pub fn last(&self, team: usize, list: u8) -> Option<u32> {
        let tail = self.lists[team][usize::from(list)].1;
        (tail != NONE).then_some(tail)
    }

    /// The agent after this one in its list.
    #[inline]
    pub fn after(&self, agent: u32) -> Option<u32> {
        let next = self[agent].next;
        (next != NONE).then_some(next)
    }

    /// Puts an agent last into a list of its team, out of the one it is in.
    #[inline]
    pub fn enlist(&mut self, agent: u32, list: u8) {
        self.delist(agent);
        let team = usize::from(self[agent].team);
        let ends = &mut self.lists[team][usize::from(list)];
        let tail = ends.1;
        ends.1 = agent;
        if tail == NONE {
            ends.0 = agent;
        } else {
            self.all[tail as usize].next = agent;
        }
        let a = &mut self.all[agent as usize];
        a.list = list;
        a.previous = tail;
        a.next = NONE;
    }

    /// Takes an agent out of the list it is in, if any.
    #[inline]
    pub fn delist(&mut self, agent: u32) {
        let a = self.all[agent as usize];
        if a.list == NO_LIST {
            return;
        }
        let ends = &mut self.lists[usize::from(a.team)][usize::from(a.list)];
        if a.previous == NONE {
            ends.0 = a.next;
        }
        if a.next == NONE {
            ends.1 = a.previous;
        }
        if a.previous != NONE {
            self.all[a.previous as usize].next = a.next;
        }
        if a.next != NONE {
            self.all[a.next as usize].previous = a.previous;
        }
        self.all[agent as usize].list = NO_LIST;
    }
}

impl Agent {
    fn away(team: u8, number: u32) -> Self {
        Self {
            team,
            state: State::Away,
            then: Then::Stay,
            step: Step::Start,
            list: NO_LIST,
            open: 0,
            channel: NO_CHANNEL,
            on_call: false,
            sick: false,
            number,
            contact: NONE,
            chats: [NONE; MAX_SLOTS],
            event: 0,
            began: 0,
            on_queue: 0,
            updated: 0,
            clock: 0.0,
            finished: 0,
            duty: 0,
            off: 0,
            inbox: (NONE, NONE),
            next: NONE,
            previous: NONE,
        }
    }
}

impl std::ops::Index<u32> for Agents {
    type Output = Agent;
    #[inline]
    fn index(&self, agent: u32) -> &Agent {
        &self.all[agent as usize]
    }
}

impl std::ops::IndexMut<u32> for Agents {
    #[inline]
    fn index_mut(&mut self, agent: u32) -> &mut Agent {
        &mut self.all[agent as usize]
    }
}
