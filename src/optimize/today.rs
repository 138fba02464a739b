//! What is at work today as plans to try: as many people, and their own shifts.

use super::levers::Staffing;
use super::model::head_cost;
use super::problem::Problem;
use crate::roster::{Duty, OffKind, Position, Roster, TeamRoster};
use crate::time::MINUTE;
use std::collections::BTreeMap;

/// As many people as there are today, where all planned teams may have that many and pay for less than a plan costs.
#[must_use]
pub fn people(problem: &Problem, dearest: f64) -> Option<Staffing> {
    let mut staffing = Staffing {
        hard: true,
        ..problem.staffing.clone()
    };
    let mut cost = 0.0;
    for (t, team) in problem.scenario.teams.iter().enumerate() {
        if !staffing.planned[t] {
            continue;
        }
        for (h, heads) in team.heads.iter().enumerate() {
            let count = f64::from(heads.count);
            let (least, most) = &mut staffing.bounds[t][h];
            if count < *least || count > *most {
                return None;
            }
            (*least, *most) = (count, count);
            cost += count * head_cost(problem, t, h);
        }
    }
    (cost > 0.0 && cost < dearest).then_some(staffing)
}

/// Today's shifts as numbers of columns: of every team the [`usual`] week of those that are planned alike, breaks as near to
/// today's as breaks are planned. `None` where a team has no shifts, or somebody works one that could not be planned.
#[must_use]
pub fn shifts(problem: &Problem, roster: &Roster) -> Option<Vec<f64>> {
    let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (c, column) in problem.columns.iter().enumerate() {
        let who = (column.team, column.heads, column.pattern);
        let when = (column.start, column.end());
        alike.entry((who, when)).or_default().push(c);
    }
    let mut x = vec![0.0; problem.columns.len()];
    let teams = problem.scenario.teams.iter().zip(&roster.teams).enumerate();
    for (t, (team, roster)) in teams.filter(|(t, _)| problem.staffing.planned[*t]) {
        let nobody_works = roster.positions.iter().all(|p| p.duties.is_empty());
        if nobody_works && team.heads.iter().any(|h| h.count > 0) {
            return None;
        }
        for (p, pattern) in problem.grid.patterns.iter().enumerate() {
            let week = usual(problem, &pattern.weeks, roster);
            let from = problem.grid.starts[week] as i64;
            for position in &roster.positions {
                let mut heads = team.heads.iter();
                let entry = heads.position(|h| h.contract == position.contract)?;
                for duty in in_week(problem, week, position) {
                    let when = (duty.start as i64 - from, duty.end as i64 - from);
                    let columns = alike.get(&((t, entry, p), when))?;
                    let moved = |c: &usize| moved_min(&problem.columns[*c].row.breaks_min, duty);
                    x[columns.iter().copied().min_by_key(moved)?] += 1.0;
                }
            }
        }
    }
    Some(x)
}

/// Of weeks that are planned alike the one that people are paid most hours in, as far as that is not above the mean: worked
/// every week it fits their hours.
fn usual(problem: &Problem, weeks: &[usize], roster: &TeamRoster) -> usize {
    let paid = |week: usize| -> f64 {
        let positions = roster.positions.iter();
        let duties = positions.flat_map(|p| in_week(problem, week, p));
        duties.map(Duty::paid_s).sum()
    };
    let paid: Vec<(f64, usize)> = weeks.iter().map(|&week| (paid(week), week)).collect();
    let mean = paid.iter().map(|p| p.0).sum::<f64>() / paid.len() as f64;
    let within = paid.into_iter().filter(|p| p.0 <= mean * (1.0 + 1e-9));
    let most = within.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    most.map_or(weeks[0], |p| p.1)
}

/// Duties that begin in a week of the horizon; what its start cuts off began in the week before.
fn in_week<'a>(
    problem: &Problem,
    week: usize,
    position: &'a Position,
) -> impl Iterator<Item = &'a Duty> {
    let from = problem.grid.starts[week];
    let to = from + problem.grid.week_length(week);
    let duties = position.duties.iter();
    duties.filter(move |d| (from..to).contains(&d.start) && d.cut == 0)
}

/// Minutes by which breaks, given from the start on, differ from those of a duty.
fn moved_min(breaks_min: &[u32], duty: &Duty) -> u64 {
    let breaks = duty.offs.iter().filter(|off| off.kind != OffKind::Planned);
    let at = breaks.map(|off| (off.start - duty.start) / MINUTE);
    let pairs = breaks_min.iter().zip(at);
    pairs
        .map(|(&planned, at)| at.abs_diff(u64::from(planned)))
        .sum()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::experiment::Case;
    use crate::optimize::heads::Staff;
    use crate::optimize::testing::{calls, team};
    use crate::scenario::testing::load;

    /// People of eight-hour shifts with a break, two weeks of phones on weekdays.
    fn organisation(heads: u32) -> Case {
        let shift = r#"
[shift.day]
start  = { from = "08:00", to = "10:00", step = "60m" }
length = "8h30m"
days   = "Mon-Fri"
breaks = [{ length = "30m", from = "3h", to = "5h", paid = false }]
"#;
        let text = calls("2 weeks", "Mon-Fri 08:00-18:00", "2_000")
            + shift
            + &team(heads, "\"day\"", (1, 20));
        Case::new(load(&text, &[])).unwrap()
    }

    #[test]
    fn todays_shifts_are_columns_of_the_plan() {
        let case = organisation(7);
        let problem = Problem::new(&case);
        let x = shifts(&problem, &case.roster).unwrap();
        let week = usual(
            &problem,
            &problem.grid.patterns[0].weeks,
            &case.roster.teams[0],
        );
        let from = problem.grid.starts[week] as i64;
        let positions = case.roster.teams[0].positions.iter();
        let duties = positions.flat_map(|p| in_week(&problem, week, p));
        let mut worked: BTreeMap<(i64, i64), f64> = BTreeMap::new();
        for duty in duties {
            let when = (duty.start as i64 - from, duty.end as i64 - from);
            *worked.entry(when).or_default() += 1.0;
        }
        assert!(worked.values().sum::<f64>() > 30.0, "{worked:?}");
        let mut planned: BTreeMap<(i64, i64), f64> = BTreeMap::new();
        for (column, n) in problem.columns.iter().zip(&x).filter(|(_, n)| **n > 0.0) {
            *planned.entry((column.start, column.end())).or_default() += n;
        }
        assert_eq!(planned, worked);
        // Handed out again they are worked by as many people.
        let staff = Staff {
            heads: vec![vec![7]],
            ..Staff::new(&problem, &x)
        };
        let again = Case::new(staff.apply(&case.scenario)).unwrap();
        let paid = |case: &Case| -> f64 {
            let duties = case.roster.teams[0]
                .positions
                .iter()
                .flat_map(|p| &p.duties);
            duties.map(Duty::paid_s).sum()
        };
        assert!((paid(&again) / paid(&case) - 1.0).abs() < 0.03);
    }

    #[test]
    fn people_without_shifts_are_no_plan() {
        let case = organisation(7);
        let problem = Problem::new(&case);
        let mut roster = case.roster.clone();
        let duties = |roster: &mut Roster, from: usize| {
            let positions = roster.teams[0].positions.iter_mut().skip(from);
            positions.for_each(|p| p.duties.clear());
        };
        duties(&mut roster, 1);
        assert!(shifts(&problem, &roster).is_some_and(|x| x.iter().sum::<f64>() > 0.0));
        duties(&mut roster, 0);
        assert_eq!(shifts(&problem, &roster), None);
        // Nor are shifts that cannot be planned.
        let mut roster = case.roster.clone();
        roster.teams[0].positions[0]
            .duties
            .iter_mut()
            .for_each(|d| d.end += MINUTE);
        assert_eq!(shifts(&problem, &roster), None);
    }

    #[test]
    fn as_many_people_as_today_are_tried_where_they_cost_less() {
        let case = organisation(7);
        let problem = Problem::new(&case);
        let costs = 7.0 * head_cost(&problem, 0, 0);
        assert!(people(&problem, costs).is_none());
        let staffing = people(&problem, costs + 1.0).unwrap();
        assert_eq!(staffing.bounds[0][0], (7.0, 7.0));
        assert!(staffing.hard);
    }

    #[test]
    fn more_people_than_may_be_are_no_plan() {
        let case = organisation(25);
        assert!(people(&Problem::new(&case), f64::INFINITY).is_none());
    }
}
