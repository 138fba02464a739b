//! Deferred work as a flow with due dates.
//!
//! Deferred contacts of one rank stand in one line, first come first served, whatever they were promised: a reply due
//! in two hours waits behind every letter that came before it. So a line is on time as long as what is left of it never
//! exceeds what arrived within the shortest promise's time. Where a promise may be missed by some, the contacts due at
//! an instant can be let *slip*: the line may then hold what arrived before it until the next longer promise is due.

use super::grid::Grid;
use crate::scenario::model::{PromiseEvent, Scenario};
use crate::time::{self, HOUR, OpenHours, Tick, ticks};

/// Deferred work without a promise is due within this much open time.
const UNPROMISED: Tick = 8 * HOUR;

/// A line of deferred work in a pool.
#[derive(Debug, Clone)]
pub struct Flow {
    /// Rank among the pool's queues.
    pub rank: u32,
    /// Agents-for-a-cell of work that arrive per cell.
    pub arriving: Vec<f64>,
    /// Cells that the work of each cell may lie without anything being late.
    pub lies: Vec<usize>,
    /// Most work that may be left at the end of each cell without anything being late.
    pub room: Vec<f64>,
    /// What room more there is where some are let slip.
    pub slips: Vec<Slip>,
    /// `(promise, work of a week it covers)`.
    pub promised: Vec<(usize, f64)>,
    /// Streams it stems from.
    pub streams: Vec<usize>,
}

/// Contacts of one promise that fall due in one cell.
#[derive(Debug, Clone)]
pub struct Slip {
    /// Promise (index).
    pub promise: usize,
    /// Their work.
    pub work: f64,
    /// Room gained per cell when all of them are late.
    pub gains: Vec<(usize, f64)>,
}

/// One stream's deferred work at a tier.
pub struct Part {
    /// Stream (index).
    pub stream: usize,
    /// Promises on its first reply.
    pub promises: Vec<usize>,
    /// Work per cell, agents-for-a-cell.
    pub work: Vec<f64>,
}

/// The promises that time a stream's deferred work at a tier.
#[must_use]
pub fn promises_of(scenario: &Scenario, stream: usize, tier: usize) -> Vec<usize> {
    let promises = scenario.promises.iter().enumerate();
    let of = promises.filter(|(_, p)| {
        tier == 0 && p.event != PromiseEvent::Resolution && p.streams.contains(&stream)
    });
    of.map(|p| p.0).collect()
}

/// Puts the parts of one rank into one line.
#[must_use]
pub fn flow(
    scenario: &Scenario,
    grid: &Grid,
    open: &[OpenHours],
    rank: u32,
    parts: &[Part],
) -> Flow {
    let cells = grid.cells();
    let mut arriving = vec![0.0; cells];
    let mut promised: Vec<(usize, f64)> = Vec::new();
    let some = |part: &&Part| part.work.iter().any(|w| *w > 0.0);
    let parts: Vec<&Part> = parts.iter().filter(some).collect();
    for part in &parts {
        arriving
            .iter_mut()
            .zip(&part.work)
            .for_each(|(a, w)| *a += w);
        let total: f64 = part.work.iter().sum();
        for &p in &part.promises {
            match promised.iter_mut().find(|x| x.0 == p) {
                Some(known) => known.1 += total,
                None => promised.push((p, total)),
            }
        }
    }
    // All parts share their channels' opening hours closely enough: the first part's are the line's.
    let hours = parts
        .first()
        .map(|p| &open[scenario.streams[p.stream].channel]);
    let mut limits: Vec<(Tick, bool, Option<usize>)> = promised
        .iter()
        .map(|&(p, _)| {
            let promise = &scenario.promises[p];
            (ticks(promise.within_s), promise.business_hours, Some(p))
        })
        .collect();
    limits.sort_unstable();
    if limits.is_empty() {
        limits.push((UNPROMISED, true, None));
    }
    let mut flow = Flow {
        rank,
        arriving,
        lies: vec![0; cells],
        room: vec![0.0; cells],
        slips: Vec::new(),
        promised,
        streams: parts.iter().map(|p| p.stream).collect(),
    };
    if let Some(hours) = hours {
        lay_due(grid, hours, &limits, &parts, &mut flow);
    }
    flow
}

/// Fills room and slips; weeks repeat.
fn lay_due(
    grid: &Grid,
    hours: &OpenHours,
    limits: &[(Tick, bool, Option<usize>)],
    parts: &[&Part],
    flow: &mut Flow,
) {
    for pattern in &grid.patterns {
        let start = grid.starts[pattern.example()];
        for inside in 0..pattern.cells {
            let cell = pattern.first + inside;
            let amount = flow.arriving[cell];
            if amount <= 0.0 {
                continue;
            }
            let arrives = start + inside as Tick * grid.step;
            let stays = |limit: &(Tick, bool, Option<usize>), times: u64| {
                let within = limit.0 * times;
                let due = if limit.1 {
                    let from = hours.next_open(arrives).min(time::NEVER - within);
                    hours.add(from, within)
                } else {
                    arrives + within
                };
                let cells = due.saturating_sub(arrives) / grid.step;
                (cells as usize).min(pattern.cells - 1)
            };
            let at = |later: usize| pattern.first + (inside + later) % pattern.cells;
            let first = stays(&limits[0], 1);
            flow.lies[cell] = first;
            (0..first).for_each(|later| flow.room[at(later)] += amount);
            for (k, limit) in limits.iter().enumerate() {
                let Some(promise) = limit.2 else { continue };
                let own: f64 = parts
                    .iter()
                    .filter(|p| p.promises.contains(&promise))
                    .map(|p| p.work[cell])
                    .sum();
                if own <= 0.0 {
                    continue;
                }
                let due = stays(limit, 1);
                let until = limits
                    .get(k + 1)
                    .map_or_else(|| stays(limit, 2), |l| stays(l, 1));
                let gains = (due..until.max(due)).map(|later| (at(later), amount));
                slip(&mut flow.slips, promise, at(due), own, gains);
            }
        }
    }
}

/// Adds contacts to those of the same promise that fall due in the same cell.
fn slip(
    slips: &mut Vec<Slip>,
    promise: usize,
    due: usize,
    work: f64,
    gains: impl Iterator<Item = (usize, f64)>,
) {
    let known = slips
        .iter()
        .position(|s| s.promise == promise && s.gains.first().is_some_and(|g| g.0 == due));
    let at = known.unwrap_or_else(|| {
        slips.push(Slip {
            promise,
            work: 0.0,
            gains: vec![(due, 0.0)],
        });
        slips.len() - 1
    });
    slips[at].work += work;
    for (cell, gain) in gains {
        match slips[at].gains.iter_mut().find(|g| g.0 == cell) {
            Some(known) => known.1 += gain,
            None => slips[at].gains.push((cell, gain)),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::experiment::Case;
    use crate::optimize::problem::Problem;
    use crate::scenario::testing::{load, replaced};

    /// Letters that are answered on working days from nine to five, and one promise.
    const LETTERS: &str = r#"
start  = 2027-01-11
length = "2 weeks"
zone   = "Europe/Berlin"
[demand]
counted  = "first contacts"
busyness = "none"
[channel.mail]
kind = "deferred"
open = "Mon-Fri 09:00-17:00"
[topic.letter]
per_week = 480
handle   = "10m"
ends     = { resolved = "100%" }
[promise.mail]
target = "90% of mail first reply within 4 business hours"
[contract.full]
hours = "40h/week"
pay   = "EUR 20/h"
[shift.day]
start  = "09:00"
length = "8h"
[team.all]
heads     = { full = 3 }
shifts    = ["day"]
roster    = "fit"
shrinkage = "none"
"#;

    fn case(changes: &[(&str, &str)]) -> Case {
        Case::new(load(&replaced(LETTERS, changes), &[])).unwrap()
    }

    /// Whether a half-hour of the week from Monday lies inside the opening hours.
    fn open(cell: usize) -> bool {
        let cell = cell % (7 * 48);
        cell / 48 < 5 && (18..34).contains(&(cell % 48))
    }

    /// Half-hours from one until `business` half-hours of opening time are over, counted one by one.
    fn until(cell: usize, business: usize) -> usize {
        let mut left = business;
        let mut at = cell;
        while left > 0 {
            left -= usize::from(open(at));
            at += 1;
        }
        at - cell
    }

    #[test]
    fn work_may_lie_until_its_business_hours_are_over() {
        let case = case(&[]);
        let problem = Problem::new(&case);
        let flow = &problem.demand.pools[0].flows[0];
        // 480 letters of ten minutes are 160 half-hours of work.
        let all: f64 = flow.arriving.iter().sum();
        assert!((all - 160.0).abs() < 1e-6, "{all}");
        assert_eq!(flow.promised, [(0, all)]);
        let mut room = vec![0.0; flow.room.len()];
        for (cell, &work) in flow.arriving.iter().enumerate().filter(|(_, w)| **w > 0.0) {
            let lies = until(cell, 8);
            assert_eq!(flow.lies[cell], lies, "cell {cell}");
            for later in 0..lies {
                room[(cell + later) % (7 * 48)] += work;
            }
        }
        for (cell, (a, b)) in flow.room.iter().zip(&room).enumerate() {
            assert!((a - b).abs() < 1e-9, "cell {cell}: {a} {b}");
        }
        // What comes on Friday at one is due by the clock on Friday at five, an hour later on Monday at ten.
        let friday = |hour: usize| 4 * 48 + 2 * hour;
        assert_eq!(flow.lies[friday(13)], 8);
        assert_eq!(flow.lies[friday(14)], 6 + 2 * (7 + 48 + 9) + 2);
    }

    #[test]
    fn the_late_part_of_a_promise_may_lie_until_the_next_one_is_due() {
        let two = "[promise.mail]\ntarget = \"90% of mail first reply within 4 business hours\"\n[promise.all]\ntarget = \"99% of mail first reply within 8 business hours\"";
        let one = "[promise.mail]\ntarget = \"90% of mail first reply within 4 business hours\"";
        let case = case(&[(one, two)]);
        let problem = Problem::new(&case);
        let flow = &problem.demand.pools[0].flows[0];
        let index = |name: &str| {
            let all = &case.scenario.promises;
            all.iter().position(|p| p.name == name).unwrap()
        };
        for (promise, from, to) in [(index("mail"), 8, 16), (index("all"), 16, 32)] {
            let slips = flow.slips.iter().filter(|s| s.promise == promise);
            let mut gains = vec![0.0; flow.arriving.len()];
            let mut work = 0.0;
            for slip in slips {
                work += slip.work;
                slip.gains.iter().for_each(|g| gains[g.0] += g.1);
            }
            assert!((work - 160.0).abs() < 1e-6, "{work}");
            let mut by_hand = vec![0.0; gains.len()];
            for (cell, &work) in flow.arriving.iter().enumerate().filter(|(_, w)| **w > 0.0) {
                // No letter is planned to lie for a whole week.
                let most = 7 * 48 - 1;
                for later in until(cell, from).min(most)..until(cell, to).min(most) {
                    by_hand[(cell + later) % (7 * 48)] += work;
                }
            }
            for (cell, (a, b)) in gains.iter().zip(&by_hand).enumerate() {
                assert!((a - b).abs() < 1e-9, "{promise}, cell {cell}: {a} {b}");
            }
        }
    }

    #[test]
    fn work_without_a_promise_is_due_within_eight_hours_of_opening_time() {
        let text = replaced(
            LETTERS,
            &[(
                "[promise.mail]\ntarget = \"90% of mail first reply within 4 business hours\"\n",
                "",
            )],
        );
        let case = Case::new(load(&text, &[])).unwrap();
        let problem = Problem::new(&case);
        let flow = &problem.demand.pools[0].flows[0];
        assert!(flow.promised.is_empty() && flow.slips.is_empty());
        let some = flow.arriving.iter().enumerate().filter(|(_, w)| **w > 0.0);
        for (cell, _) in some {
            assert_eq!(flow.lies[cell], until(cell, 16), "cell {cell}");
        }
    }

    #[test]
    fn overdue_is_what_a_line_served_first_come_first_served_cannot_do_in_time() {
        let case = case(&[]);
        let mut problem = Problem::new(&case);
        let tuning = problem.untuned();
        problem.tune(&tuning);
        let flow = problem.demand.pools[0].flows[0].clone();
        let room = crate::optimize::model::plain_room(&problem, &tuning);
        let week = flow.arriving.len();
        // In the afternoons of Tuesday to Friday, and nobody on Monday; or always.
        let afternoons =
            |cell: usize| (48..5 * 48).contains(&cell) && (26..34).contains(&(cell % 48));
        let always = |_: usize| true;
        type There<'a> = &'a dyn Fn(usize) -> bool;
        let cases: [(f64, There, bool); 5] = [
            (0.0, &always, true),
            (2.0, &afternoons, true),
            (6.0, &afternoons, true),
            (50.0, &afternoons, true),
            (5.0, &always, false),
        ];
        for (agents, on, late) in cases {
            let there = |cell: usize| if on(cell % week) { agents } else { 0.0 };
            let mut told = 0.0;
            let tell = |_, _, over| told += over;
            crate::optimize::overdue::overdue(&problem, &tuning, &room[0], (0, 0), there, tell);
            // Letter by letter, over weeks that repeat: whoever has waited longest goes first, what is due is given up.
            let mut line: Vec<(usize, f64)> = Vec::new();
            let mut by_hand = 0.0;
            for at in 0..4 * week {
                line.push((at, flow.arriving[at % week]));
                let mut free = there(at);
                for piece in &mut line {
                    let done = piece.1.min(free);
                    piece.1 -= done;
                    free -= done;
                }
                let due = |p: &(usize, f64)| at - p.0 >= flow.lies[p.0 % week];
                let over: f64 = line.iter().filter(|p| due(p)).map(|p| p.1).sum();
                line.retain(|p| !due(p) && p.1 > 0.0);
                if at >= 3 * week {
                    by_hand += over;
                }
            }
            assert!(
                (told - by_hand).abs() < 1e-6,
                "{agents} agents: {told} {by_hand}"
            );
            assert_eq!(late, told > 1e-6, "{agents} agents: {told}");
        }
    }

    #[test]
    fn letters_with_time_cost_their_work_and_peaks_cost_more() {
        let options = crate::solve::Options::default();
        let bound = |limit: &str| {
            let case = case(&[("4 business hours", limit)]);
            let mut problem = Problem::new(&case);
            let tuning = problem.untuned();
            problem.tune(&tuning);
            crate::optimize::round::lower_bound(&problem, &tuning, &options).unwrap()
        };
        // 80 hours a week by people who are paid 40, over two weeks at EUR 20.
        let work = 80.0 * 2.0 * 20.0;
        let (week, hour) = (bound("40 business hours"), bound("1 business hours"));
        assert!((week / work - 1.0).abs() < 1e-3, "{week} {work}");
        assert!(hour >= week * (1.0 - 1e-9), "{hour} {week}");
    }
}
