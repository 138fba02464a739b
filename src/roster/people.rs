//! The people behind a team's positions: how they learn, when they may leave, who follows them.
//!
//! A roster has positions; people occupy them and change only at the local midnights of the team's site. A position
//! without somebody who works is vacant and works no shift. Contacts are what is learnt from: a full-timer of the team
//! works `40 h x on-queue share x 80 % / mean handle time` of them a week, which also turns months of learning and
//! tenures at the start into contacts.
//!
//! `learning = { start, contacts | months, resolved }`: efficiency `e(n) = 1 - (1 - start) exp(-n / scale)` after `n`
//! contacts. Unless stated `start` is 41 % and the scale 9.2 months, which fits what was measured: month 1 at 53 % of
//! month 12, first-year mean 67 %.
//!
//! ```
//! let text = r#"
//! [team.pool]
//! learning = {}
//! tenure   = [{ heads = 10, tenure = "30 days" }]
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let team = |name: &str| scenario.teams.iter().find(|t| t.name == name);
//! let roster = staffwright::roster::place(&scenario)?;
//! let pool = scenario.teams.iter().position(|t| t.name == "pool").ok_or("no pool")?;
//! let curve = roster.teams[pool].people.as_ref().and_then(|p| p.curve).ok_or("nobody learns")?;
//! // Unless stated a newcomer works at 41 % of the efficiency of somebody experienced.
//! assert!((curve.efficiency(curve.to_learn(0.0)) - 0.41).abs() < 1e-12);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::escalations;
use super::hazard::{Hazard, hazard, later};
use super::leads::{self, Deputies};
use super::{DAY_S, FTE_HOURS, Roster, TeamRoster, WEEK_S, mean_hours};
use crate::scenario::arrivals;
use crate::scenario::model::{Lead, LearningScale, Rate, Scenario, Team};
use crate::stats::unordered_sum;
use crate::time::{self, Tick};

const YEAR_DAYS: f64 = 365.25;
/// Days of an average month.
const MONTH_DAYS: f64 = 365.25 / 12.0;
/// Occupancy at which tenures are turned into contacts.
const OCCUPANCY: f64 = 0.8;
/// Handle time of a team that no work is expected for, seconds.
const SOME_S: f64 = 300.0;

/// A team's people over time.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamPeople {
    /// One per position.
    pub places: Vec<Place>,
    /// How newcomers learn, if they do.
    pub curve: Option<Curve>,
    /// The site's local midnights at which people change, after the warm-up; empty: they do not.
    pub midnights: Vec<Tick>,
    /// Whether what is counted begins, and ends, inside a day of the site instead of at a midnight.
    pub cuts_days: (bool, bool),
    /// The team and the other skill groups of its unit (indexes), in order.
    pub unit: Vec<usize>,
    /// Site (index), whose ceiling on hires its teams share.
    pub site: usize,
    /// What each point of occupancy above the threshold adds to the hazard: `(threshold, per point)`.
    pub strain: (f64, f64),
    /// Days from a resignation to the newcomer's first day.
    pub lead_days: u32,
    /// Most hires a day, on average.
    pub most_per_day: f64,
    /// Most hires a day of all teams at the site, on average.
    pub site_most_per_day: f64,
    /// Ceilings on hires by language that hold for its newcomers: number over all sites, and most hires a day.
    pub speaking: Vec<(usize, f64)>,
    /// The training class, if there is one.
    pub class: Option<Class>,
    /// Courses that everybody has again and again.
    pub courses: Option<Courses>,
    /// What the experienced do for newcomers.
    pub mentors: Option<Mentors>,
    /// Who may come from other teams before anybody is hired.
    pub promotes: Option<Promotion>,
    /// Its posts of leads, where leads are people who come and go.
    pub leads: Option<LeadPosts>,
    /// Where its leads take escalations: the team (index) they are of then, and what they help to learn.
    pub coached: Option<(usize, Lead)>,
    /// Whose leads deputise for its own, where vacant posts slow learning.
    pub deputies: Option<Deputies>,
    /// Posts that its people may be promoted to; one that people of several teams may come to counts in part for each, by
    /// heads.
    pub posts_above: f64,
    /// Factor on the hazard of leaving: prospects keep people.
    pub prospects: f64,
}

/// Courses that everybody has again and again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Courses {
    /// Ticks between two courses of each.
    pub every: Tick,
    /// Factor on handle times right after one.
    pub handle: f64,
    /// Added to the probability of `resolved` right after one.
    pub resolved: f64,
    /// Ticks after which `1 / e` of both is left.
    pub fades: f64,
}

/// Posts of leads, filled from the team.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeadPosts {
    /// How many.
    pub posts: u32,
    /// Days of tenure after which somebody of the team may be promoted to one.
    pub after: f64,
    /// Probability that a lead leaves on a day.
    pub leaves: f64,
}

/// What the experienced do for newcomers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mentors {
    /// Seconds per second that a newcomer takes from somebody experienced, counted over the whole week.
    pub takes: f64,
    /// Days of tenure up to which somebody is mentored, and from which on they may be a mentor.
    pub until: f64,
    /// Factor on the contacts that learning takes while mentored.
    pub ramp: f64,
    /// Factor on the hazard of leaving while mentored.
    pub attrition: f64,
}

/// Who may come from other teams.
#[derive(Debug, Clone, PartialEq)]
pub struct Promotion {
    /// Teams.
    pub from: Vec<usize>,
    /// Days of tenure after which they may.
    pub after: f64,
    /// Share of what they have learnt that helps them.
    pub keeps: f64,
}

/// A position's place on the payroll.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Paid seconds per second on the payroll.
    pub paid: f64,
    /// Money per second on the payroll.
    pub pay: Rate,
    /// Factor on the handle times of whoever has it.
    pub handle_factor: f64,
    /// Added to their probability of `resolved`.
    pub resolved_delta: f64,
    /// Contacts that whoever has it works in a day, leave and weekends included.
    pub contacts_per_day: f64,
    /// When who has it leaves.
    pub hazard: Hazard,
    /// The same from ticks on, ascending, where it changes.
    pub later_hazards: Vec<(Tick, Hazard)>,
    /// Notice in days.
    pub notice_days: u32,
    /// Days that who has it at the start has been here; `None`: drawn from the stationary law.
    pub tenure_days: Option<f64>,
}

/// Efficiency after `n` contacts: `1 - (1 - start) exp(-n / scale)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curve {
    /// Of a newcomer.
    pub start: f64,
    /// Contacts.
    pub scale: f64,
    /// Added to the probability of `resolved` by a newcomer.
    pub resolved_delta: f64,
}

/// A training class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Class {
    /// Days of the course.
    pub days: u32,
    /// Days between two classes; 1: one may begin every day.
    pub every: u32,
    /// Most people in it.
    pub size: u32,
    /// Share who leave before it ends.
    pub drop_out: f64,
    /// Days of nesting after it.
    pub nesting_days: u32,
    /// Factor on handle times while nesting.
    pub nesting_handle: f64,
}

impl Curve {
    /// What is still to be learnt after `n` contacts, 1 at the start.
    #[inline]
    #[must_use]
    pub fn to_learn(&self, n: f64) -> f64 {
        libm::exp(-n.max(0.0) / self.scale)
    }

    /// Efficiency of somebody who has so much still to learn.
    #[inline]
    #[must_use]
    pub fn efficiency(&self, to_learn: f64) -> f64 {
        1.0 - (1.0 - self.start) * to_learn
    }
}

/// The people of a placed team; `None` where nothing about them is stated.
pub fn people(scenario: &Scenario, team: &Team, roster: &TeamRoster) -> Option<TeamPeople> {
    let workforce = &team.workforce;
    let contracts = || team.heads.iter().filter_map(|h| h.contract);
    let factored = |c: usize| {
        let contract = &scenario.contracts[c];
        contract.handle_factor != 1.0 || contract.resolved_delta != 0.0
    };
    if workforce.learning.is_none()
        && workforce.attrition.is_none()
        && workforce.mentoring.is_none()
        && workforce.further_training.is_none()
        && !contracts().any(factored)
    {
        return None;
    }
    let full_timer = FTE_HOURS * 3600.0 / 7.0 * team.shrinkage.on_queue_share() * OCCUPANCY
        / mean_handle_s(scenario, team);
    let curve = workforce.learning.map(|l| Curve {
        start: l.start,
        scale: match l.scale {
            LearningScale::Contacts(n) => n,
            LearningScale::Months(months) => months * MONTH_DAYS * full_timer,
        } * team.lead.map_or(1.0, |l| leads::guided(&l, l.span)),
        resolved_delta: l.resolved_delta,
    });
    let days = |s: f64| (s / DAY_S).round() as u32;
    let mut tenures = workforce
        .tenure
        .iter()
        .flat_map(|&(heads, s)| std::iter::repeat_n(s / DAY_S, heads as usize));
    let place = |contract: Option<usize>| {
        let paid_hours = paid_hours(scenario, contract);
        let pay = contract.map_or(Rate::always(0.0), |c| scenario.pay(c));
        let contract = contract.map(|c| &scenario.contracts[c]);
        let hours = contract.map_or(FTE_HOURS, |c| mean_hours(scenario, c));
        let hazard = workforce.attrition.map_or(Hazard::new(0.0, 1.0, 0.0), |a| {
            hazard(contract, a.per_year, &a)
        });
        Place {
            paid: paid_hours * 3600.0 / WEEK_S,
            pay: pay.map(|per_hour| per_hour * paid_hours / WEEK_S),
            handle_factor: contract.map_or(1.0, |c| c.handle_factor),
            resolved_delta: contract.map_or(0.0, |c| c.resolved_delta),
            contacts_per_day: full_timer * hours / FTE_HOURS,
            hazard,
            later_hazards: later(scenario, team, contract),
            notice_days: contract.map_or(0, |c| days(c.notice_s)),
            tenure_days: None,
        }
    };
    let places = roster.positions.iter().map(|p| Place {
        tenure_days: tenures.next(),
        ..place(p.contract)
    });
    let attrition = workforce.attrition;
    let coached = escalations::coached(scenario, team);
    // Where nobody leaves, midnights matter to those alone whose leads have less time for them on some days.
    let days_count = match attrition {
        Some(_) => scenario.people_change,
        None => coached.is_some() && curve.is_some(),
    };
    Some(TeamPeople {
        places: places.collect(),
        curve,
        midnights: if days_count {
            midnights(scenario, team)
        } else {
            Vec::new()
        },
        cuts_days: cuts_days(scenario, team),
        unit: scenario.members(team.unit).collect(),
        site: team.site,
        strain: attrition.map_or((1.0, 0.0), |a| (a.occupancy_above, a.per_point)),
        lead_days: days(workforce.hiring.lead_s),
        most_per_day: workforce.hiring.most_per_week / 7.0,
        site_most_per_day: scenario.sites[team.site].hires_per_week / 7.0,
        speaking: speaking(scenario, team),
        courses: workforce.further_training.map(|c| Courses {
            every: time::ticks(c.every_s).max(1),
            handle: c.handle,
            resolved: c.resolved,
            fades: time::ticks(c.fades_s) as f64,
        }),
        mentors: workforce.mentoring.map(|m| Mentors {
            takes: m.weekly_s / WEEK_S,
            until: m.until_s / DAY_S,
            ramp: m.ramp,
            attrition: m.attrition,
        }),
        promotes: workforce.promotes.as_ref().map(|p| Promotion {
            from: p.from.iter().flat_map(|&f| scenario.members(f)).collect(),
            after: p.after_s / DAY_S,
            keeps: p.keeps,
        }),
        leads: team.lead.and_then(|lead| {
            let promotes = lead.promotes?;
            Some(LeadPosts {
                posts: 0,
                after: promotes.after_s / DAY_S,
                leaves: -libm::expm1(-promotes.per_year / YEAR_DAYS),
            })
        }),
        deputies: None,
        coached,
        posts_above: 0.0,
        prospects: prospects(scenario, team),
        class: workforce.class.map(|c| Class {
            days: days(c.length_s),
            every: days(c.every_s).max(1),
            size: c.size,
            drop_out: c.drop_out,
            nesting_days: days(c.nesting_s),
            nesting_handle: c.nesting_handle,
        }),
    })
}

/// Ceilings on hires at a team's site for the languages it works in, numbered over all sites.
fn speaking(scenario: &Scenario, team: &Team) -> Vec<(usize, f64)> {
    let before = &scenario.sites[..team.site];
    let first: usize = before.iter().map(|s| s.hires_speaking.len()).sum();
    let own = scenario.sites[team.site].hires_speaking.iter().enumerate();
    own.filter(|(_, (language, _))| scenario.works_in(team, *language))
        .map(|(i, &(_, per_week))| (first + i, per_week / 7.0))
        .collect()
}

/// Factor on the hazard of leaving a team, by the teams that promote from it.
fn prospects(scenario: &Scenario, team: &Team) -> f64 {
    let above = scenario
        .teams
        .iter()
        .filter_map(|t| t.workforce.promotes.as_ref());
    let from_here = above.filter(|p| p.from.contains(&team.unit));
    let own = team.lead.and_then(|l| l.promotes);
    let own = own.map_or(1.0, |p| p.attrition);
    from_here.fold(own, |factor, p| factor * p.attrition)
}

/// Posts that a team's people may be promoted to: those of its leads, and its part of the places of teams that promote
/// from it.
pub fn posts_above(scenario: &Scenario, roster: &Roster, team: usize) -> f64 {
    let places = |t: usize| roster.teams[t].positions.len() as f64;
    let unit = scenario.teams[team].unit;
    let leads = roster.teams[unit].people.as_ref().and_then(|p| p.leads);
    let whole: f64 = scenario.members(unit).map(places).sum();
    // The groups of a team share its posts of leads.
    let own = leads.map_or(0.0, |l| f64::from(l.posts) * places(team) / whole.max(1.0));
    let above = scenario.teams.iter().enumerate().filter_map(|(t, above)| {
        let from = &above.workforce.promotes.as_ref()?.from;
        let groups = from.iter().flat_map(|&f| scenario.members(f));
        let all: f64 = groups.map(places).sum();
        from.contains(&unit)
            .then(|| places(t) * places(team) / all.max(1.0))
    });
    own + unordered_sum(above)
}

/// Mean handle time of a team's expected contacts, at its tier and proficiency.
fn mean_handle_s(scenario: &Scenario, team: &Team) -> f64 {
    let mut sum = (0.0, 0.0);
    for (index, skill) in team.skills.iter().enumerate() {
        let stream = &scenario.streams[index];
        let work = &stream.work[team.tier];
        let Some(skill) = skill.filter(|_| !work.ends.is_empty()) else {
            continue;
        };
        let contacts: f64 = arrivals::expected(scenario, index).iter().sum();
        let per_logged = scenario.channels[stream.channel].effort_per_logged_second();
        sum.0 += contacts * work.handle.mean() * per_logged * skill.handle_factor;
        sum.1 += contacts;
    }
    if sum.1 > 0.0 { sum.0 / sum.1 } else { SOME_S }
}

/// Local midnights of the team's site inside the counted horizon, the start apart.
fn midnights(scenario: &Scenario, team: &Team) -> Vec<Tick> {
    let horizon = &scenario.horizon;
    let days = time::days(horizon, &scenario.sites[team.site].zone);
    let warm_up = time::ticks(scenario.warm_up_s);
    let inside = |&t: &Tick| t > warm_up && t < horizon.length();
    days.starts.into_iter().filter(inside).collect()
}

/// Hours a week that a place on the payroll is paid; none where that is by the duty.
fn paid_hours(scenario: &Scenario, contract: Option<usize>) -> f64 {
    match contract.map(|c| &scenario.contracts[c]) {
        Some(c) if c.freelance.is_some() => 0.0,
        Some(c) => mean_hours(scenario, c),
        None => FTE_HOURS,
    }
}

/// Whether the counted horizon begins and ends between two local midnights of the team's site.
fn cuts_days(scenario: &Scenario, team: &Team) -> (bool, bool) {
    let horizon = &scenario.horizon;
    let zone = &scenario.sites[team.site].zone;
    let cuts = |at: Tick| {
        let date = horizon.zoned_in(at, zone).date();
        time::start_of_day(date, zone) != Some(horizon.timestamp_of(at))
    };
    (
        cuts(time::ticks(scenario.warm_up_s)),
        cuts(horizon.length()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_curve_is_what_was_measured() {
        // Contacts grow evenly with time for a full-timer: the scale is 9.2 months of them.
        let curve = Curve {
            start: 0.41,
            scale: 9.2,
            resolved_delta: 0.0,
        };
        let mean = |from: f64, to: f64| {
            let steps = 10_000;
            let at = |i: i32| from + (to - from) * (f64::from(i) + 0.5) / f64::from(steps);
            let sum: f64 = (0..steps)
                .map(|i| curve.efficiency(curve.to_learn(at(i))))
                .sum();
            sum / f64::from(steps)
        };
        assert!((mean(0.0, 1.0) / mean(11.0, 12.0) - 0.53).abs() < 0.005);
        assert!((mean(0.0, 12.0) - 0.67).abs() < 0.005);
    }
}
