//! `[problem.*]`: hours spent on the causes of contacts.
//!
//! ```toml
//! [problem.login]
//! when         = { topics = "shop" }   # all unless stated
//! team         = "experts"             # whose hours they are
//! hours        = "10h/week"
//! done         = "40h"                 # before the start; nothing unless stated
//! halves_after = "200h"                # half of what can be prevented is
//! at_most      = "40%"                 # of the contacts can be prevented at all
//! ```
//!
//! After `h` hours `1 - at_most (1 - 2^(-h / halves_after))` of the first contacts still come. The hours are taken from the
//! team's time on queue, as other work; where a roster file gives agents on queue, they are not on it already.

use super::cursor::{Cursor, Item};
use super::names::Names;
use super::selector;
use crate::scenario::forms;
use crate::scenario::model::{Problem, RosterSource, Scenario, Stream, Team};
use crate::time::Tick;

/// Reads all problems and takes their hours from the teams.
pub fn read_all(document: &Cursor<'_>, names: &Names, scenario: &mut Scenario) {
    for (name, table) in document.named("problem") {
        let problem = read(name, &table, names, &scenario.streams);
        let team = table
            .need("team", "\"experts\"")
            .and_then(|i| Some((names.teams.resolve(&i)?, i)));
        let (Some(problem), Some((team, item))) = (problem, team) else {
            continue;
        };
        take_hours(&item, &table.path, problem.hours_per_week, team, scenario);
        scenario.problems.push(problem);
    }
}

fn read(name: &str, table: &Cursor<'_>, names: &Names, streams: &[Stream]) -> Option<Problem> {
    let picked = selector::chosen(table, names, streams);
    let hours = table
        .need("hours", "\"10h/week\"")
        .and_then(|i| i.form("hours per week", "\"10h/week\"", forms::hours_per_week));
    let halves = table.need("halves_after", "\"200h\"").and_then(|i| {
        let seconds = i.duration()?;
        if seconds <= 0.0 {
            i.out_of_range("0", "a duration longer than nothing");
        }
        (seconds > 0.0).then_some(seconds)
    });
    let most = table.need("at_most", "\"40%\"").and_then(|i| i.share());
    let done = table.get("done").map_or(Some(0.0), |i| i.duration());
    Some(Problem {
        name: name.to_string(),
        streams: picked,
        hours_per_week: hours?,
        done_h: done? / 3600.0,
        halves_after_h: halves? / 3600.0,
        at_most: most?,
    })
}

/// Takes so many hours a week from a team's time on queue, all through the scenario.
pub fn take_hours(item: &Item<'_>, by: &str, weekly: f64, team: usize, scenario: &mut Scenario) {
    if let Some(share) = share_of(item, by, weekly, team, scenario) {
        scenario.teams[team].shrinkage.other_work += share;
    }
}

/// As [`take_hours`], until a tick. Of several, the last end holds for all.
pub fn take_hours_until(
    item: &Item<'_>,
    by: &str,
    weekly: f64,
    team: usize,
    until: Tick,
    scenario: &mut Scenario,
) {
    if let Some(share) = share_of(item, by, weekly, team, scenario) {
        let shrinkage = &mut scenario.teams[team].shrinkage;
        shrinkage.for_now += share;
        shrinkage.for_now_until = shrinkage.for_now_until.max(until);
    }
}

/// So many hours a week as a share of a team's paid hours; `None` where a file gives agents on queue, who are not on them
/// already.
fn share_of(
    item: &Item<'_>,
    by: &str,
    weekly: f64,
    team: usize,
    scenario: &Scenario,
) -> Option<f64> {
    let team = &scenario.teams[team];
    if matches!(
        team.roster,
        RosterSource::Levels(_) | RosterSource::Spells(_)
    ) {
        return None;
    }
    let hours = weekly_hours(scenario, team);
    let share = weekly / hours.max(1e-9);
    let left = team.shrinkage.on_queue_share() - team.shrinkage.for_now;
    if left - share <= 0.0 {
        item.error(
            "nothing-left",
            format!(
                "`{}` has {:.0} hours a week on queue, fewer than the {weekly} that `{by}` takes",
                team.name,
                hours * left.max(0.0),
            ),
            "no time is left for contacts",
            "lower the hours, or name a team with more people",
        );
        return None;
    }
    Some(share)
}

/// Paid hours a week of a team; a vendor's people work 40.
fn weekly_hours(scenario: &Scenario, team: &Team) -> f64 {
    let each =
        |contract: Option<usize>| contract.map_or(40.0, |c| scenario.contracts[c].hours_per_week);
    let heads = team.heads.iter();
    heads.map(|h| f64::from(h.count) * each(h.contract)).sum()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good};
    use crate::scenario::arrivals;

    fn with(hours: &str) -> String {
        changed(&[(
            "[shift.day]",
            &format!(
                "[problem.login]\nteam = \"all\"\nhours = \"{hours}\"\ndone = \"40h\"\nhalves_after = \"80h\"\nat_most = \"50%\"\n[shift.day]"
            ),
        )])
    }

    #[test]
    fn hours_on_causes_prevent_contacts_and_cost_time_on_queue() {
        let scenario = good(&with("24h/week"));
        let (plain, prevented) = (good(&changed(&[])), &scenario);
        let week = |s, w: usize| {
            arrivals::forecast(s, 0)[w * 672..(w + 1) * 672]
                .iter()
                .sum::<f64>()
        };
        // 40 hours before the start, and 24 a week: at the middle of the open hours of week 1 some 50.
        let first = week(prevented, 0) / week(&plain, 0);
        let expected = 1.0 - 0.5 * (1.0 - (-(40.0 + 24.0 * 2.46 / 7.0) / 80.0_f64).exp2());
        assert!((first - expected).abs() < 2e-3, "{first} {expected}");
        assert!(week(prevented, 3) < week(prevented, 0));
        // 24 of 12 heads' 480 hours.
        let more = scenario.teams[0].shrinkage.other_work - plain.teams[0].shrinkage.other_work;
        assert!((more - 0.05).abs() < 1e-12);
    }

    #[test]
    fn more_hours_than_there_are_is_an_error() {
        assert_eq!(codes(&with("700h/week")), ["nothing-left"]);
    }
}
