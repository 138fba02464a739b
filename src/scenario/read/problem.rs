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
//! team's time on queue as [`other_work`](super::other_work). `[[from]]` may change them: what is prevented goes by all hours
//! until then.
//!
//! ```toml
//! [[from]]
//! date = 2027-04-01
//! set  = { problem.login.hours = "30h/week" }
//! ```

use super::cursor::Cursor;
use super::names::Names;
use super::other_work::{Claim, Claims};
use super::selector;
use crate::scenario::forms;
use crate::scenario::model::{Problem, Scenario, Stream};
use crate::time::Tick;

/// Reads all problems and claims their hours; `versions` are the document's, the first from the start.
pub fn read_all<'a>(
    versions: &[Cursor<'a>],
    names: &Names,
    claims: &mut Claims<'a>,
    scenario: &mut Scenario,
) {
    for (name, table) in versions[0].by_name("problem") {
        let problem = read(name, &table, names, &scenario.streams);
        let team = table
            .need("team", "\"experts\"")
            .and_then(|i| Some((names.teams.resolve(&i)?, i)));
        let (Some(mut problem), Some((team, item))) = (problem, team) else {
            continue;
        };
        problem.later = later(versions, name, &problem, scenario);
        let claim = Claim {
            by: table.path.clone(),
            item,
            team,
            weekly: problem.hours_per_week,
            later: problem.later.clone(),
            until: None,
        };
        claims.take(claim, scenario);
        scenario.problems.push(problem);
    }
}

/// Hours a week from the later versions' dates on, where they are others than before.
fn later(
    versions: &[Cursor<'_>],
    name: &str,
    problem: &Problem,
    scenario: &Scenario,
) -> Vec<(Tick, f64)> {
    let mut all: Vec<(Tick, f64)> = Vec::new();
    for (era, version) in scenario.eras.iter().zip(versions.iter().skip(1)) {
        let table = version.sub("problem").and_then(|p| p.sub(name));
        let Some(hours) = table.and_then(|t| hours(&t)) else {
            continue;
        };
        if all.last().map_or(problem.hours_per_week, |last| last.1) != hours {
            all.push((era.from, hours));
        }
    }
    all
}

fn read(name: &str, table: &Cursor<'_>, names: &Names, streams: &[Stream]) -> Option<Problem> {
    let picked = selector::chosen(table, names, streams);
    let hours = hours(table);
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
        later: Vec::new(),
        done_h: done? / 3600.0,
        halves_after_h: halves? / 3600.0,
        at_most: most?,
    })
}

fn hours(table: &Cursor<'_>) -> Option<f64> {
    let item = table.need("hours", "\"10h/week\"")?;
    item.form("hours per week", "\"10h/week\"", forms::hours_per_week)
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

    #[test]
    fn hours_that_change_on_a_date_prevent_by_their_integral() {
        let later = "[[from]]\ndate = 2027-01-25\nset = { problem.login.hours = \"72h/week\", team.all.heads = 24 }\n[problem.login]";
        let scenario = good(&with("24h/week").replace("[problem.login]", later));
        let problem = &scenario.problems[0];
        // 40 before the start, two weeks of 24 and one of 72.
        assert!((problem.hours_at(3.0) - (40.0 + 48.0 + 72.0)).abs() < 1e-9);
        assert!((problem.hours_at(2.0) - 88.0).abs() < 1e-9);
        let (plain, prevented) = (
            good(&changed(&[])),
            arrivals::prevented(&scenario, 0).unwrap(),
        );
        for i in [0, 1343, 1344, 2000, 2687] {
            let weeks = (i as f64 + 0.5) / 672.0;
            let hours = 40.0 + 24.0 * weeks.min(2.0) + 72.0 * (weeks - 2.0).max(0.0);
            let expected = 0.5 * (1.0 - (-hours / 80.0_f64).exp2());
            assert!((prevented[i] - expected).abs() < 1e-12, "{i}");
        }
        // 24 of 12 heads' 480 hours, then 72 of 24 heads' 960.
        let own = plain.teams[0].shrinkage.other_work;
        assert!((scenario.teams[0].shrinkage.other_work - own - 0.05).abs() < 1e-12);
        assert!((scenario.eras[0].other_work[0].always - own - 0.075).abs() < 1e-12);
    }

    #[test]
    fn hours_that_a_later_date_does_not_leave_are_an_error() {
        let later = "[[from]]\ndate = 2027-01-25\nset = { problem.login.hours = \"700h/week\" }\n[problem.login]";
        assert_eq!(
            codes(&with("24h/week").replace("[problem.login]", later)),
            ["nothing-left"]
        );
    }
}
