//! Who is meant to be on queue when: the roster of a scenario, laid out in ticks.
//!
//! [`place`] turns each team's roster source into positions with duties: agents on queue per stretch of time
//! (`levels`), spells of single agents (`spells`), duties by week, day and shift (`duties`), or heads placed under their
//! contracts' rules to the expected load (`fit`) or evenly (`even`). Sickness and lateness are drawn when it is played.
//!
//! On the way: [`load`] and `flow` say how much work is expected, `split` which team takes it, `deferred` when it is
//! done if it may lie, `wanted` how many people
//! that asks for; `week` and `calendar` lay shifts on dates, `fit` fills weeks by `tour`s, `offs` places breaks and
//! meetings; `on_call` lays out who can be called, `escalations` the leads who take what others cannot solve; `over_time` joins the rosters of teams whose heads or other work change on a date, `release` keeps who is not needed until they leave. [`check`] re-checks any roster against the rules; [`hours`] says what became of the paid hours.

mod beside;
mod calendar;
mod choices;
mod cover;
mod deferred;
mod duties;
mod escalations;
mod even_out;
mod fit;
pub mod flow;
mod given;
mod hazard;
mod hours;
mod leads;
pub mod load;
mod offs;
mod on_call;
mod over_time;
mod payroll;
mod people;
mod person;
mod premium;
mod release;
mod rules;
mod seats;
mod sickness;
mod split;
mod staffed;
mod terms;
mod tour;
mod types;
mod unserved;
mod wages;
mod wanted;
mod week;
mod window;

#[cfg(test)]
mod load_tests;
#[cfg(test)]
mod rules_tests;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tour_tests;

pub use calendar::{dates, saturday, served, weekend, works_on};
pub use duties::people as hand_out;
pub use escalations::LeadPlace;
pub use hazard::Hazard;
pub use hours::{TeamHours, hours};
pub use leads::{Deputies, lead_s, levels as lead_levels, pace, presence};
pub use on_call::OnCallPlace;
pub use over_time::head_s;
pub use people::{Class, Courses, Curve, LeadPosts, Mentors, Place, Promotion, TeamPeople};
pub use premium::{PremiumHours, premium_hours, premium_s, premiums};
pub use release::{Joining, Leaving};
pub use rules::{Rule, Violation, check, check_people, hm};
pub use sickness::{Sickness, WEEK};
pub use split::{shares, takers, team_load};
pub use staffed::staffed;
pub use terms::Terms;
pub use types::{Absences, Duty, Infeasible, Off, OffKind, Position, Roster, TeamRoster};
pub use wages::paid_in;
pub use week::{paid_hours, usable, working_hours};
pub use window::{filled_s, training_s};

use crate::scenario::model::{Contract, Rate, RosterSource, Scenario, Team};
use load::Load;
use seats::Seats;

/// Weekly hours of one full-time equivalent.
pub const FTE_HOURS: f64 = 40.0;
/// Seconds of a day of 24 hours, and of a week of them.
const DAY_S: f64 = 86_400.0;
const WEEK_S: f64 = 7.0 * DAY_S;

/// Places everybody.
///
/// # Errors
/// When a roster asks for more than the payroll has, or people for whom there is no shift, with what to change.
pub fn place(scenario: &Scenario) -> Result<Roster, Infeasible> {
    place_all(scenario, None)
}

/// Places everybody to a load that is known: what [`load::load`] says of a scenario that differs in heads and seats only.
///
/// # Errors
/// As [`place`].
pub fn place_to(scenario: &Scenario, load: &Load) -> Result<Roster, Infeasible> {
    place_all(scenario, Some(load))
}

fn place_all(scenario: &Scenario, load: Option<&Load>) -> Result<Roster, Infeasible> {
    let mut roster = if scenario.eras.is_empty() {
        place_as_it_is(scenario, load)?
    } else {
        let mut placed = Vec::new();
        for (from, version) in over_time::versions(scenario) {
            placed.push((from, place_as_it_is(&version, None)?));
        }
        let mut joined = over_time::spliced(&placed, scenario.horizon.length());
        release::keep(scenario, &placed, &mut joined);
        joined
    };
    escalations::place(scenario, &mut roster);
    for (t, team) in scenario.teams.iter().enumerate() {
        let placed = &mut roster.teams[t];
        placed.people = people::people(scenario, team, placed);
        placed.terms = terms::terms(scenario, placed);
        placed.overtime = Some(scenario.team_pay(t).1).filter(Rate::changes);
        placed.sickness = sickness::sickness(scenario, team);
    }
    on_call::place(scenario, &mut roster);
    for (t, team) in scenario.teams.iter().enumerate() {
        let posts = team
            .lead
            .map_or(0, |lead| leads::posts(scenario, &roster, t, &lead));
        let people = roster.teams[t].people.as_mut();
        if let Some(leads) = people.and_then(|p| p.leads.as_mut()) {
            leads.posts = posts;
        }
    }
    for t in 0..roster.teams.len() {
        let open = people::posts_above(scenario, &roster, t);
        let deputies = leads::deputies(scenario, &roster, t);
        if let Some(people) = &mut roster.teams[t].people {
            people.posts_above = open;
            people.deputies = deputies;
        }
    }
    Ok(roster)
}

/// Places the heads of one version of the payroll.
fn place_as_it_is(scenario: &Scenario, load: Option<&Load>) -> Result<Roster, Infeasible> {
    let follows = |t: &Team| matches!(t.roster, RosterSource::Fit | RosterSource::Duties(_));
    let load = match load {
        _ if !scenario.teams.iter().any(follows) => vec![Vec::new(); scenario.teams.len()],
        Some(load) => team_load(scenario, load),
        None => team_load(scenario, &load::load(scenario)),
    };
    let mut seats = Seats::of(scenario);
    let mut teams = vec![TeamRoster::default(); scenario.teams.len()];
    // Rosters that are given take their seats first; heads are placed on those that are left.
    let placed = |t: &Team| matches!(t.roster, RosterSource::Fit | RosterSource::Even);
    let standing = scenario.by_standing();
    for heads in [false, true] {
        let these = standing.iter().map(|&t| (t, &scenario.teams[t]));
        for (t, team) in these.filter(|(_, team)| placed(team) == heads) {
            let mut positions = positions(scenario, team, &load[t], &mut seats[team.site])?;
            if let Some(windows) = window::windows(scenario, team) {
                window::cut(&windows, &mut positions);
            }
            teams[t] = payroll::on_payroll(scenario, team, positions);
        }
    }
    Ok(Roster { teams })
}

/// A team's positions; `load` in erlangs per planning interval is what `fit` and meetings follow.
fn positions(
    scenario: &Scenario,
    team: &Team,
    load: &[f64],
    seats: &mut Seats,
) -> Result<Vec<Position>, Infeasible> {
    let given = match &team.roster {
        RosterSource::Fit => return fit::positions(scenario, team, Some(load), seats),
        RosterSource::Even => return fit::positions(scenario, team, None, seats),
        RosterSource::None | RosterSource::Leads(_) => Vec::new(),
        RosterSource::Levels(levels) => given::levels(scenario, levels),
        RosterSource::Spells(spells) => given::spells(spells),
        RosterSource::Duties(rows) => duties::positions(scenario, team, rows, load)?,
    };
    for duty in given.iter().flat_map(|p| &p.duties) {
        seats.take(duty.start, duty.end);
    }
    Ok(given)
}

/// Mean weekly hours of a contract over the horizon.
#[must_use]
pub fn mean_hours(scenario: &Scenario, contract: &Contract) -> f64 {
    contract.mean_hours(dates(scenario, scenario.horizon.zone()).map(|d| d.0))
}

/// Paid hours a week of a team's payroll when all its places are filled; a vendor's people work full time.
#[must_use]
pub fn weekly_hours(scenario: &Scenario, team: &Team) -> f64 {
    let hours = |contract: Option<usize>| {
        contract.map_or(FTE_HOURS, |c| mean_hours(scenario, &scenario.contracts[c]))
    };
    let weekly: f64 = team
        .heads
        .iter()
        .map(|h| f64::from(h.count) * hours(h.contract))
        .sum();
    let heads: u32 = team.heads.iter().map(|h| h.count).sum();
    // Heads that are still to go work under the last of the team's contracts.
    let more = window::places(team) - heads;
    if more == 0 {
        return weekly;
    }
    weekly + f64::from(more) * hours(team.heads.last().and_then(|h| h.contract))
}
