//! What customers do beside waiting, compiled.

use super::plan::{ClassPlan, DrawPlan, NO_CLASS};
use super::routing::Classes;
use super::samplers::Samplers;
use crate::scenario::model::{CallTime, ChannelKind, Elsewhere, Habits, Scenario};
use crate::time::{Tick, ticks};

/// Habits of a stream's customers.
#[derive(Debug, Clone, Default)]
pub struct HabitsPlan {
    /// What those do who gave up and do not call again; shares are cumulative.
    pub leaves_for: Vec<ElsewherePlan>,
    /// Contacts about the same matter on other channels.
    pub also: Vec<ElsewherePlan>,
    /// Reminders after a silence.
    pub chaser: Option<ElsewherePlan>,
    /// Call-backs.
    pub call_back: Option<CallBackPlan>,
    /// Whether we make the calls: every contact is a call-back from the start.
    pub outbound: bool,
    /// Ticks between two looks at the channel; 0: it is always looked at.
    pub looked_at: Tick,
}

impl HabitsPlan {
    /// Whether there are any.
    #[must_use]
    pub fn are_any(&self) -> bool {
        !self.leaves_for.is_empty()
            || !self.also.is_empty()
            || self.chaser.is_some()
            || self.call_back.is_some()
            || self.looked_at > 0
    }
}

/// Customers who turn to another stream.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ElsewherePlan {
    /// Share of the customers.
    pub share: f64,
    /// Stream (index).
    pub stream: u32,
    /// Delay.
    pub after: DrawPlan,
    /// Factor on the work there.
    pub handle: f64,
}

/// Call-backs.
#[derive(Debug, Clone, PartialEq)]
pub struct CallBackPlan {
    /// Of those asked, accept.
    pub share: f64,
    /// Asked after this wait.
    pub after: Tick,
    /// Ticks from hanging up until they are called; 0: as soon as their class is served.
    pub promised: Tick,
    /// The promise beyond that.
    pub within: Tick,
    /// Answer when called.
    pub reached: f64,
    /// Calls at most.
    pub tries: u8,
    /// Between two calls.
    pub again_after: DrawPlan,
    /// An agent's time on a call that nobody answers, seconds.
    pub attempt: f64,
    /// The class a call-back waits in, by the class in which the caller waited; empty: the same.
    pub classes: Vec<(u16, u16)>,
}

impl CallBackPlan {
    /// The class a call-back waits in.
    #[must_use]
    pub fn class(&self, waited_in: u16) -> u16 {
        let found = self.classes.iter().find(|c| c.0 == waited_in);
        found.map_or(waited_in, |c| c.1)
    }
}

/// The habits of a stream's customers, as its channel says at some time; `lots` are the classes in which they wait at tier 1.
pub fn plan(
    scenario: &Scenario,
    habits: &Habits,
    stream: usize,
    lots: &[(f64, u16)],
    classes: &mut Classes,
    samplers: &mut Samplers,
) -> HabitsPlan {
    let of = &scenario.streams[stream];
    let mut turn = |e: &Elsewhere| {
        let stream = of.on_channel(scenario, e.channel)?;
        // Measured counts contain them already.
        if !of.comes_back || !scenario.streams[stream].comes_back {
            return None;
        }
        Some(ElsewherePlan {
            share: e.share,
            stream: stream as u32,
            after: samplers.plan(&e.after),
            handle: e.handle,
        })
    };
    let mut leaves_for: Vec<ElsewherePlan> =
        habits.leaves_for.iter().filter_map(&mut turn).collect();
    let mut sum = 0.0;
    for plan in &mut leaves_for {
        sum += plan.share;
        plan.share = sum;
    }
    let also = habits.also.iter().filter_map(&mut turn).collect();
    let chaser = habits.chaser.as_ref().and_then(&mut turn);
    let call_back = habits.call_back.as_ref().map(|c| CallBackPlan {
        share: c.share,
        after: ticks(c.after_s),
        promised: match c.when {
            CallTime::Promised(after) => ticks(after),
            CallTime::Turn | CallTime::Idle => 0,
        },
        within: ticks(c.within_s),
        reached: c.reached,
        tries: c.tries,
        again_after: samplers.plan(&c.again_after),
        attempt: c.attempt_s,
        classes: called_in(c.when, lots, classes),
    });
    HabitsPlan {
        leaves_for,
        also,
        chaser,
        call_back,
        outbound: habits.outbound,
        looked_at: habits.looked_at_s.map_or(0, ticks),
    }
}

/// Behind everybody for idle time, where no work in hand is put down for it; before everybody at a promised time.
fn called_in(when: CallTime, lots: &[(f64, u16)], classes: &mut Classes) -> Vec<(u16, u16)> {
    let rank = |plan: &ClassPlan| match when {
        CallTime::Idle => Some((
            u32::MAX / 2 + plan.rank.min(u32::MAX / 4),
            ChannelKind::Deferred,
        )),
        CallTime::Promised(_) => Some((0, plan.kind)),
        CallTime::Turn => None,
    };
    let mut out = Vec::new();
    for &(_, class) in lots.iter().filter(|l| l.1 != NO_CLASS) {
        let plan = classes.plans[usize::from(class)].clone();
        if let Some((rank, kind)) = rank(&plan) {
            let other = ClassPlan { rank, kind, ..plan };
            out.push((class, classes.index(other)));
        }
    }
    out
}
