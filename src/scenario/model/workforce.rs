//! People over time: how newcomers learn, why people leave, and who follows them.

/// How the people of a team change over time; nothing of it where it is not stated.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Workforce {
    /// How newcomers become as good as the experienced.
    pub learning: Option<Learning>,
    /// Why and how fast people leave.
    pub attrition: Option<Attrition>,
    /// How places are filled again.
    pub hiring: Hiring,
    /// What newcomers go through before they work.
    pub class: Option<TrainingClass>,
    /// Tenures at the start: heads and seconds each, in order; the rest follows the stationary law of the hazard.
    pub tenure: Vec<(u32, f64)>,
    /// Courses that everybody has again and again.
    pub further_training: Option<FurtherTraining>,
    /// What the experienced do for newcomers.
    pub mentoring: Option<Mentoring>,
    /// Who of our own may come to it from another tier.
    pub promotes: Option<Promotes>,
}

/// Courses that take hours, make people better, and are forgotten.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FurtherTraining {
    /// Seconds between two courses of each.
    pub every_s: f64,
    /// Seconds of a course.
    pub hours_s: f64,
    /// Factor on handle times right after it.
    pub handle: f64,
    /// Added to the probability of `resolved` right after it.
    pub resolved: f64,
    /// Seconds after which `1 / e` of both is left.
    pub fades_s: f64,
}

/// What the experienced do for newcomers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mentoring {
    /// Seconds a week that a newcomer takes from somebody experienced.
    pub weekly_s: f64,
    /// Tenure in seconds up to which somebody is mentored, and from which on they may be a mentor.
    pub until_s: f64,
    /// Factor on the contacts that learning takes while mentored.
    pub ramp: f64,
    /// Factor on the hazard of leaving while mentored.
    pub attrition: f64,
}

/// Who of our own may come to a team from another tier.
#[derive(Debug, Clone, PartialEq)]
pub struct Promotes {
    /// Teams (indexes) they come from.
    pub from: Vec<usize>,
    /// Tenure in seconds after which they may.
    pub after_s: f64,
    /// Share of the contacts they have learnt from that helps them in the new work.
    pub keeps: f64,
    /// Factor on the hazard of leaving in the teams they come from.
    pub attrition: f64,
}

/// Efficiency `e(n) = 1 - (1 - start) exp(-n / scale)` after `n` contacts worked, 1 being the topic's own handle times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Learning {
    /// Efficiency of a newcomer against an experienced agent.
    pub start: f64,
    /// Scale in contacts.
    pub scale: LearningScale,
    /// Added to the probability of `resolved` by a newcomer; it fades like the rest.
    pub resolved_delta: f64,
}

/// How long learning takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LearningScale {
    /// Contacts.
    Contacts(f64),
    /// Months of the contacts that a full-timer of the team works at 80 % occupancy.
    Months(f64),
}

/// Why and how fast people leave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Attrition {
    /// Leavers per year and head, averaged over tenures.
    pub per_year: f64,
    /// Factor on the hazard of newcomers.
    pub early_factor: f64,
    /// Tenure in seconds up to which somebody is a newcomer.
    pub early_s: f64,
    /// Occupancy of the last 28 days above which more people leave.
    pub occupancy_above: f64,
    /// What each point above it adds to the hazard, as a share of it.
    pub per_point: f64,
    /// Money per leaver: knowledge lost, equipment, administration.
    pub replacement: f64,
}

/// How places are filled again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hiring {
    /// Seconds from the resignation to the newcomer's first day.
    pub lead_s: f64,
    /// Money per hire.
    pub cost: f64,
    /// Most hires per week.
    pub most_per_week: f64,
}

impl Default for Hiring {
    fn default() -> Self {
        Self {
            lead_s: 0.0,
            cost: 0.0,
            most_per_week: f64::INFINITY,
        }
    }
}

/// What newcomers go through before they work.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrainingClass {
    /// Seconds of the course: paid, without work.
    pub length_s: f64,
    /// Seconds between two classes; 0: one begins whenever somebody comes.
    pub every_s: f64,
    /// Most people in a class.
    pub size: u32,
    /// Share that leaves before the course ends.
    pub drop_out: f64,
    /// Money per newcomer, beside the pay.
    pub cost: f64,
    /// Seconds of nesting after the course: on queue, under supervision.
    pub nesting_s: f64,
    /// Factor on handle times while nesting.
    pub nesting_handle: f64,
}
