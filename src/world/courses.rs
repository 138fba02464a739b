//! The pool of courses: means that move over the week, as factors per planning interval.

use super::plan::NO_COURSE;
use crate::scenario::arrivals;
use crate::scenario::model::{Course, Scenario, Stream};

/// Courses seen so far; equal ones are one.
#[derive(Default)]
pub struct Courses {
    /// In order of first use, one factor per planning interval.
    pub all: Vec<Vec<f64>>,
}

impl Courses {
    /// The index of a course in the customers' local time of a stream.
    pub fn index(&mut self, scenario: &Scenario, stream: &Stream, course: Option<&Course>) -> u16 {
        let laid = course.map(|c| arrivals::along(&scenario.horizon, stream, c));
        self.pooled(laid)
    }

    /// The index of the factors on a stream's work: of its course, and of self-service that leaves harder contacts.
    pub fn of_work(&mut self, scenario: &Scenario, stream: usize, course: Option<&Course>) -> u16 {
        self.pooled(arrivals::of_work(scenario, stream, course))
    }

    fn pooled(&mut self, laid: Option<Vec<f64>>) -> u16 {
        let Some(laid) = laid else {
            return NO_COURSE;
        };
        let known = self.all.iter().position(|c| *c == laid);
        let at = known.unwrap_or_else(|| {
            self.all.push(laid);
            self.all.len() - 1
        });
        // Streams are fewer than 2^15 and each has few courses, so the cast keeps its value.
        at as u16
    }
}
