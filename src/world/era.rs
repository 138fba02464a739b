//! What holds for contacts that arrive from a date on, compiled.

use super::courses::Courses;
use super::habits::HabitsPlan;
use super::life_cycle::NextPlan;
use super::plan::{ComebackPlan, DrawPlan, EndPlan, StreamPlan};
use super::samplers::Samplers;
use crate::scenario::model::{Channel, ChannelKind, Era, Scenario, Stream};

/// What a stream's customers are like and need, for those who arrive from an interval on.
#[derive(Debug, Clone)]
pub struct EraPlan {
    /// First planning interval.
    pub from: u32,
    /// As [`StreamPlan::patience`].
    pub patience: Option<DrawPlan>,
    /// As [`StreamPlan::patience_course`].
    pub patience_course: u16,
    /// As [`StreamPlan::balk`].
    pub balk: f64,
    /// As [`StreamPlan::redial`].
    pub redial: Option<ComebackPlan>,
    /// Per tier, as [`TierPlan::handle`](super::TierPlan::handle).
    pub handle: Vec<DrawPlan>,
    /// Per tier, as [`TierPlan::handle_course`](super::TierPlan::handle_course).
    pub handle_course: Vec<u16>,
    /// Per tier, as [`TierPlan::ends`](super::TierPlan::ends).
    pub ends: Vec<Vec<(f64, EndPlan)>>,
    /// As [`StreamPlan::habits`].
    pub habits: HabitsPlan,
    /// As [`StreamPlan::leads_to`].
    pub leads_to: Vec<NextPlan>,
}

/// The eras of a stream, ascending; none where nothing changes.
pub fn plans(
    scenario: &Scenario,
    stream: usize,
    samplers: &mut Samplers,
    courses: &mut Courses,
) -> Vec<EraPlan> {
    let mut plan = |era: &Era| {
        let of = &era.streams[stream];
        let channel = &era.channels[of.channel];
        EraPlan {
            from: (era.from / scenario.horizon.interval()) as u32,
            patience: patience(of, channel, samplers),
            patience_course: patience_course(scenario, of, channel, courses),
            balk: channel.balk,
            redial: redial(channel, samplers),
            handle: of
                .work
                .iter()
                .map(|w| samplers.scaled(&w.handle, channel.effort_per_logged_second()))
                .collect(),
            handle_course: of
                .work
                .iter()
                .map(|w| courses.of_work(scenario, stream, w.handle_course.as_ref()))
                .collect(),
            ends: of.work.iter().map(|w| ends(&w.ends)).collect(),
            // Known once the stream's queues are.
            habits: HabitsPlan::default(),
            leads_to: Vec::new(),
        }
    };
    scenario.eras.iter().map(&mut plan).collect()
}

/// The course of a stream's patience on a channel.
pub fn patience_course(
    scenario: &Scenario,
    stream: &Stream,
    channel: &Channel,
    courses: &mut Courses,
) -> u16 {
    let course = match &stream.patience {
        Some(_) => &stream.patience_course,
        None => &channel.patience_course,
    };
    courses.index(scenario, stream, course.as_ref())
}

/// How long a stream's customers wait on a channel; `None`: they never leave.
pub fn patience(stream: &Stream, channel: &Channel, samplers: &mut Samplers) -> Option<DrawPlan> {
    if channel.kind == ChannelKind::Deferred {
        return None;
    }
    let law = stream.patience.as_ref().or(channel.patience.as_ref());
    law.map(|law| samplers.plan(law))
}

/// What those do who left.
pub fn redial(channel: &Channel, samplers: &mut Samplers) -> Option<ComebackPlan> {
    channel.redial.as_ref().map(|r| ComebackPlan {
        share: r.share,
        after: samplers.plan(&r.after),
    })
}

/// Outcomes with cumulative shares; the last is 1.
pub fn ends(ends: &[(f64, crate::scenario::model::End)]) -> Vec<(f64, EndPlan)> {
    let mut sum = 0.0;
    let last = ends.len().saturating_sub(1);
    let cumulated = ends.iter().enumerate().map(|(i, &(share, end))| {
        sum += share;
        (if i == last { 1.0 } else { sum }, EndPlan::of(end))
    });
    cumulated.collect()
}

impl StreamPlan {
    /// The era of contacts that arrive in a planning interval; `None`: as at the start.
    #[inline]
    fn era(&self, interval: u32) -> Option<&EraPlan> {
        if self.eras.is_empty() {
            return None;
        }
        self.eras.iter().rev().find(|e| e.from <= interval)
    }

    /// Patience of contacts that arrive in a planning interval.
    #[inline]
    #[must_use]
    pub fn patience_at(&self, interval: u32) -> Option<DrawPlan> {
        self.era(interval).map_or(self.patience, |e| e.patience)
    }

    /// Course of the patience of contacts that arrive in a planning interval.
    #[inline]
    #[must_use]
    pub fn patience_course_at(&self, interval: u32) -> u16 {
        self.era(interval)
            .map_or(self.patience_course, |e| e.patience_course)
    }

    /// Course of the work at a tier on contacts that arrive in a planning interval.
    #[inline]
    #[must_use]
    pub fn handle_course_at(&self, tier: usize, interval: u32) -> u16 {
        self.era(interval)
            .map_or(self.tiers[tier].handle_course, |e| e.handle_course[tier])
    }

    /// Probability that contacts that arrive in a planning interval leave at once when all are busy.
    #[inline]
    #[must_use]
    pub fn balk_at(&self, interval: u32) -> f64 {
        self.era(interval).map_or(self.balk, |e| e.balk)
    }

    /// What those do who arrived in a planning interval and left.
    #[inline]
    #[must_use]
    pub fn redial_at(&self, interval: u32) -> Option<&ComebackPlan> {
        self.era(interval)
            .map_or(self.redial.as_ref(), |e| e.redial.as_ref())
    }

    /// Habits of customers who arrive in a planning interval.
    #[inline]
    #[must_use]
    pub fn habits_at(&self, interval: u32) -> &HabitsPlan {
        self.era(interval).map_or(&self.habits, |e| &e.habits)
    }

    /// What customers come with next who arrive in a planning interval.
    #[inline]
    #[must_use]
    pub fn leads_to_at(&self, interval: u32) -> &[NextPlan] {
        self.era(interval).map_or(&self.leads_to, |e| &e.leads_to)
    }

    /// Work at a tier on contacts that arrive in a planning interval.
    #[inline]
    #[must_use]
    pub fn handle_at(&self, tier: usize, interval: u32) -> DrawPlan {
        self.era(interval)
            .map_or(self.tiers[tier].handle, |e| e.handle[tier])
    }

    /// What comes of work at a tier on contacts that arrive in a planning interval.
    #[inline]
    #[must_use]
    pub fn ends_at(&self, tier: usize, interval: u32) -> &[(f64, EndPlan)] {
        self.era(interval)
            .map_or(&self.tiers[tier].ends, |e| &e.ends[tier])
    }
}
