//! A mean that moves over the week.

/// Factors of a mean per interval of the local week: handle times that are longer at night, patience that is shorter at
/// noon. The interval is the one the contact arrived in.
///
/// ```
/// use staffwright::scenario::model::Course;
/// let course = Course { interval_min: 720, factors: [[1.0, 1.5]; 7].concat() };
/// assert_eq!(course.at(0), 1.0);
/// assert_eq!(course.at(13 * 60), 1.5);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Length of an interval in minutes; divides 1440.
    pub interval_min: u32,
    /// `7 * 1440 / interval_min` factors from Monday 00:00, each above 0.
    pub factors: Vec<f64>,
}

impl Course {
    /// The factor at a minute of the local week, from Monday 00:00.
    #[must_use]
    pub fn at(&self, minute: u32) -> f64 {
        self.factors[(minute / self.interval_min) as usize % self.factors.len()]
    }
}
