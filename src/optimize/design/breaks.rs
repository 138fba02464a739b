//! Breaks placed implicitly: who is on a break when, without saying which agent.
//!
//! Shifts that start together and offer the same breaks form a group (Aykin 1996). Groups whose
//! windows follow each other, both first and last break in the same order, form a relay (after
//! Bechtold & Jacobs 1990): they share one variable per break position, and two rows per position
//! keep the books of agents waiting for their break:
//!
//! - waiting(p) = waiting(p-1) + agents whose window opens at p - breaks that begin at p;
//! - waiting(p) is at most the number of agents whose window is open before and after p.
//!
//! First come, first served then gives everybody a break within the window. The relaxation is as
//! tight as one variable per shift and break.

use super::instance::Problem;
use super::layout::{Block, Group, Placement, groups};
use super::unit::in_units;
use crate::solve::{Model, Sense, Var};

/// Groups that share break positions, and the variables that speak of them.
#[derive(Clone, Debug)]
pub(super) struct Relay {
    /// In the order of their windows.
    groups: Vec<Group>,
    /// All break positions in order.
    positions: Vec<(usize, usize)>,
    /// Breaks that begin at each position.
    begun: Vec<Var>,
    /// Agents of each group.
    agents: Vec<Var>,
    /// Agents waiting for their break after each position.
    waiting: Vec<Var>,
}

/// Groups that may share positions, with the positions.
fn chains(groups: Vec<Group>) -> Vec<Vec<Group>> {
    let mut chains: Vec<Vec<Group>> = Vec::new();
    let mut sorted = groups;
    sorted.sort_by_key(|group| (group.first(), group.last()));
    for group in sorted {
        let home = chains.iter().position(|chain| {
            chain.last().is_some_and(|last| last.last() <= group.last()) && may_join(chain, &group)
        });
        match home {
            Some(home) => chains[home].push(group),
            None => chains.push(vec![group]),
        }
    }
    chains
}

/// Whether a group's breaks are exactly the shared positions within its window, for it and for the
/// groups already there.
fn may_join(chain: &[Group], group: &Group) -> bool {
    let same_kind = |other: &Group| {
        let kind = |group: &Group| {
            let ((from, to), paid) = group.pauses[0];
            (to - from, paid)
        };
        kind(other) == kind(group)
    };
    let uniform = |group: &Group| {
        let ((from, to), paid) = group.pauses[0];
        group
            .pauses
            .iter()
            .all(|((a, b), p)| (b - a, *p) == (to - from, paid))
            && group
                .pauses
                .windows(2)
                .all(|pair| pair[0].0.0 < pair[1].0.0)
    };
    let agrees = |a: &Group, b: &Group| {
        let inside = |position: usize, of: &Group| (of.first()..=of.last()).contains(&position);
        let from_b = b
            .pauses
            .iter()
            .map(|((from, _), _)| *from)
            .filter(|&from| inside(from, a));
        let from_a = a
            .pauses
            .iter()
            .map(|((from, _), _)| *from)
            .filter(|&from| inside(from, b));
        from_a.eq(from_b)
    };
    uniform(group)
        && chain
            .iter()
            .all(|other| uniform(other) && same_kind(other) && agrees(other, group))
}

/// Adds the break variables of all blocks; `heads` are the blocks with their staff.
pub(super) fn add(
    problem: &Problem,
    heads: &[(Block, Var)],
    unit: f64,
    model: &mut Model,
) -> Vec<Relay> {
    chains(groups(problem, heads.iter().map(|(block, _)| block)))
        .into_iter()
        .map(|groups| Relay::add(problem, groups, heads, unit, model))
        .collect()
}

impl Relay {
    fn add(
        problem: &Problem,
        groups: Vec<Group>,
        heads: &[(Block, Var)],
        unit: f64,
        model: &mut Model,
    ) -> Self {
        let limits: Vec<f64> = groups
            .iter()
            .map(|group| {
                group
                    .blocks
                    .iter()
                    .map(|&block| model.columns()[heads[block].1.index()].upper)
                    .sum()
            })
            .collect();
        let mut positions: Vec<Placement> = groups
            .iter()
            .flat_map(|group| group.pauses.iter().copied())
            .collect();
        if groups.len() > 1 {
            positions.sort_unstable();
            positions.dedup();
        }
        let all: f64 = limits.iter().sum();
        let begun: Vec<Var> = positions
            .iter()
            .map(|&((from, to), paid)| {
                let unpaid = if paid { 0 } else { to - from };
                model.integer(
                    -in_units(problem.instance.presence_price(unpaid), unit),
                    0.0,
                    all,
                )
            })
            .collect();
        let mut relay = Self {
            groups,
            positions: positions
                .into_iter()
                .map(|(position, _)| position)
                .collect(),
            begun,
            agents: Vec::new(),
            waiting: Vec::new(),
        };
        if relay.groups.len() == 1 {
            relay.everybody_breaks(heads, model);
        } else {
            relay.keep_books(heads, &limits, model);
        }
        relay
    }

    /// One group alone: as many breaks as agents.
    fn everybody_breaks(&self, heads: &[(Block, Var)], model: &mut Model) {
        let breaks = self.begun.iter().map(|&var| (var, -1.0));
        let agents = self.groups[0]
            .blocks
            .iter()
            .map(|&block| (heads[block].1, 1.0));
        model.row(agents.chain(breaks), Sense::Equal, 0.0);
    }

    fn keep_books(&mut self, heads: &[(Block, Var)], limits: &[f64], model: &mut Model) {
        for (group, limit) in self.groups.iter().zip(limits) {
            let agents = model.continuous(0.0, 0.0, *limit);
            let members = group.blocks.iter().map(|&block| (heads[block].1, -1.0));
            model.row(members.chain([(agents, 1.0)]), Sense::Equal, 0.0);
            self.agents.push(agents);
        }
        for index in 0..self.positions.len() {
            let (position, _) = self.positions[index];
            let waiting = model.continuous(0.0, 0.0, f64::INFINITY);
            let mut books = vec![(waiting, 1.0), (self.begun[index], 1.0)];
            books.extend(self.waiting.last().map(|&before| (before, -1.0)));
            let mut open = vec![(waiting, 1.0)];
            for (group, &agents) in self.groups.iter().zip(&self.agents) {
                if group.first() == position {
                    books.push((agents, -1.0));
                }
                if group.first() <= position && position < group.last() {
                    open.push((agents, -1.0));
                }
            }
            model.row(books, Sense::Equal, 0.0);
            model.row(open, Sense::AtMost, 0.0);
            self.waiting.push(waiting);
        }
    }

    /// Every break position with its variable.
    pub(super) fn breaks(&self) -> impl Iterator<Item = ((usize, usize), Var)> + '_ {
        self.positions
            .iter()
            .copied()
            .zip(self.begun.iter().copied())
    }

    /// Fills in the values of a known plan.
    pub(super) fn fill(&self, heads: &[(Block, Var)], staff: &[u32], values: &mut [f64]) {
        let mut opened = vec![0.0; self.positions.len()];
        for (number, group) in self.groups.iter().enumerate() {
            let offset = self.offset(group);
            for &block in &group.blocks {
                for (way, duty) in heads[block].0.duties.clone().enumerate() {
                    let agents = f64::from(staff[duty]);
                    values[self.begun[offset + way].index()] += agents;
                    opened[offset] += agents;
                    if let Some(var) = self.agents.get(number) {
                        values[var.index()] += agents;
                    }
                }
            }
        }
        let mut level = 0.0;
        for (index, var) in self.waiting.iter().enumerate() {
            level += opened[index] - values[self.begun[index].index()];
            values[var.index()] = level;
        }
    }

    /// Gives agents their breaks, first come, first served.
    pub(super) fn hand_out(
        &self,
        heads: &[(Block, Var)],
        whole: impl Fn(Var) -> u32,
        staff: &mut [u32],
    ) {
        let mut left: Vec<u32> = self.begun.iter().map(|&var| whole(var)).collect();
        for group in &self.groups {
            let offset = self.offset(group);
            for &index in &group.blocks {
                let (block, var) = &heads[index];
                let mut agents = whole(*var);
                for (duty, left) in block.duties.clone().zip(&mut left[offset..]) {
                    let taken = agents.min(*left);
                    staff[duty] = taken;
                    *left -= taken;
                    agents -= taken;
                }
            }
        }
    }

    /// Index of a group's first break among the positions.
    fn offset(&self, group: &Group) -> usize {
        if self.groups.len() == 1 {
            return 0;
        }
        self.positions
            .partition_point(|(from, _)| *from < group.first())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::instance::{Instance, Pause, Prices, Shift, Variant};
    use super::super::plan::evaluate;
    use super::super::rows::{Fee, build};
    use super::*;
    use crate::solve::{Options, solve};

    /// One day of 24 intervals, shifts of 8 or 10 with a break of one after 3 to 5, at every start.
    fn with_breaks(paid: bool) -> Instance {
        let variants: Vec<Variant> = (3..=5)
            .map(|offset| Variant {
                pause: Some(Pause {
                    offset,
                    length: 1,
                    paid,
                }),
                days: vec![true],
            })
            .collect();
        let shifts = (0..=14)
            .flat_map(|start| {
                [8, 10].map(|length| Shift {
                    start,
                    length,
                    variants: variants.clone(),
                })
            })
            .collect();
        let required = (0..24_u32)
            .map(|position| position * 7 % 5 + 3 * u32::from(position > 6))
            .collect();
        let prices = Prices {
            understaffing: 3.0,
            overstaffing: 1.0,
            distinct_shift: 0.0,
            paid_minute: 0.25,
        };
        Instance {
            interval_min: 60,
            per_day: 24,
            days: 1,
            cyclic: false,
            required,
            prices,
            shifts,
        }
    }

    /// The same with every break a shift of its own, so that nothing is implicit.
    fn spelled_out(instance: &Instance) -> Instance {
        let shifts = instance
            .shifts
            .iter()
            .flat_map(|shift| {
                let alone = |variant: &Variant| Shift {
                    variants: vec![variant.clone()],
                    ..shift.clone()
                };
                shift.variants.iter().map(alone).collect::<Vec<_>>()
            })
            .collect();
        Instance {
            shifts,
            ..instance.clone()
        }
    }

    fn optimum(instance: Instance) -> (f64, Vec<u32>) {
        let problem = Problem::new(instance);
        let rows = build(
            &problem,
            &vec![true; problem.instance.shifts.len()],
            &Fee::Exact,
        );
        let answer = solve(&rows.model, &Options::default()).unwrap();
        let staff = rows.staff_of(&problem, &answer);
        let objective = evaluate(&problem, &staff).objective;
        assert!(
            (objective - answer.objective * rows.unit).abs() < 1e-6,
            "as the model says"
        );
        let start = rows.values_of(&problem, &staff);
        assert!(
            crate::solve::check(&rows.model, &start).is_empty(),
            "a plan can be a start"
        );
        (objective, staff)
    }

    #[test]
    fn implicit_breaks_cost_the_same_as_explicit_ones() {
        for paid in [false, true] {
            let implicit = optimum(with_breaks(paid));
            let explicit = optimum(spelled_out(&with_breaks(paid)));
            assert!((implicit.0 - explicit.0).abs() < 1e-6);
            assert!(implicit.1.iter().any(|staff| *staff > 0));
        }
    }

    #[test]
    fn equal_windows_in_a_row_share_their_breaks() {
        let problem = Problem::new(with_breaks(true));
        let blocks = super::super::layout::blocks(&problem);
        assert_eq!(chains(groups(&problem, blocks.iter())).len(), 1);
        let mut nested = with_breaks(true);
        for shift in &mut nested.shifts {
            if shift.start == 3 {
                shift.variants.truncate(1);
            }
        }
        let problem = Problem::new(nested);
        let blocks = super::super::layout::blocks(&problem);
        let chains = chains(groups(&problem, blocks.iter()));
        assert_eq!(chains.len(), 2, "a window inside another stands alone");
        let total: usize = chains
            .iter()
            .flatten()
            .map(|group| group.blocks.len())
            .sum();
        assert_eq!(total, blocks.len());
    }

    #[test]
    fn nested_windows_are_kept_apart_and_still_exact() {
        let mut nested = with_breaks(false);
        for shift in &mut nested.shifts {
            if shift.start % 3 == 0 {
                shift.variants.truncate(1);
            }
        }
        assert!((optimum(nested.clone()).0 - optimum(spelled_out(&nested)).0).abs() < 1e-6);
    }
}
