//! Who is meant to be on queue when: the roster of a scenario, laid out in ticks.
//!
//! [`place`] turns each team's roster source into positions with duties: agents on queue per stretch of time
//! (`levels`), spells of single agents (`spells`), duties by week, day and shift (`duties`), or heads placed to the
//! load under their contracts' rules (`fit`) or evenly (`even`). Sickness and lateness are drawn when it is played.

mod assign;
mod duties;
mod fit;
mod given;
pub mod load;
mod premium;
mod types;

pub use premium::premiums;
pub use types::{Duty, Infeasible, Off, OffKind, Position, Roster, TeamRoster};

use crate::scenario::model::{RosterSource, Scenario, Team};

/// Weekly hours of one full-time equivalent.
pub const FTE_HOURS: f64 = 40.0;

/// Places everybody.
///
/// # Errors
/// When a roster asks for more than the rules or the payroll allow, with what to change.
pub fn place(scenario: &Scenario) -> Result<Roster, Infeasible> {
    let fits = scenario
        .teams
        .iter()
        .any(|t| matches!(t.roster, RosterSource::Fit));
    let load = fits.then(|| load::team_load(scenario, &load::load(scenario)));
    let teams = scenario.teams.iter().enumerate();
    let teams =
        teams.map(|(t, team)| place_team(scenario, team, load.as_ref().map(|l| l[t].as_slice())));
    Ok(Roster {
        teams: teams.collect::<Result<_, _>>()?,
    })
}

/// Places a team's people; `load` in erlangs per planning interval is what `fit` follows.
fn place_team(
    scenario: &Scenario,
    team: &Team,
    load: Option<&[f64]>,
) -> Result<TeamRoster, Infeasible> {
    let positions = match &team.roster {
        RosterSource::None => Vec::new(),
        RosterSource::Levels(levels) => given::levels(scenario, levels),
        RosterSource::Spells(spells) => given::spells(spells),
        RosterSource::Duties(rows) => duties::positions(scenario, team, rows),
        RosterSource::Fit => fit::positions(scenario, team, load),
        RosterSource::Even => fit::positions(scenario, team, None),
    };
    Ok(with_payroll(scenario, team, positions))
}

/// Adds heads, paid time and the shares that sickness and lateness take.
fn with_payroll(scenario: &Scenario, team: &Team, positions: Vec<Position>) -> TeamRoster {
    let weeks = crate::time::seconds(scenario.horizon.length()) / (7.0 * 86_400.0);
    let hours = |h: &crate::scenario::model::Heads| {
        h.contract
            .map_or(FTE_HOURS, |c| scenario.contracts[c].hours_per_week)
    };
    let heads: f64 = team.heads.iter().map(|h| f64::from(h.count)).sum();
    let weekly: f64 = team
        .heads
        .iter()
        .map(|h| f64::from(h.count) * hours(h))
        .sum();
    // A roster of bare agents, without a payroll, is paid for the time it asks for.
    let paid_s = if heads > 0.0 {
        weekly * weeks * 3600.0
    } else {
        on_queue_s(&positions)
    };
    let s = &team.shrinkage;
    let at_work = (1.0 - s.leave).max(1e-9);
    TeamRoster {
        positions,
        heads,
        fte: weekly / FTE_HOURS,
        paid_s,
        sick: s.sick / at_work,
        sick_spell: s.sick_spell_days.max(1.0),
        late: s.late / (at_work - s.sick).max(1e-9),
    }
}

fn on_queue_s(positions: &[Position]) -> f64 {
    crate::time::seconds(
        positions
            .iter()
            .flat_map(|p| &p.duties)
            .map(Duty::on_queue)
            .sum(),
    )
}
