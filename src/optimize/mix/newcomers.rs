//! Own people who are hired for a mix: they come after the time it takes to hire, and work after their class.
//!
//! Who is hired when the plan begins is on the payroll `lead` months later and at work another `class` months later, all at
//! once; where hires have a ceiling they come one after the other, as fast as it lets them or slower, and no later than
//! the most that may be hired would at an even pace. Until then planned heads are *unpaid* (not on the payroll) or
//! *absent* (not at work). With `share(m, d) = clamp(m + 1 - d, 0, 1)`, the part of month `m` that lies after `d` months:
//!
//! ```text
//! hired      = max(0, heads - today)
//! unpaid(m)  = hired x (1 - share(m, lead))           without a ceiling
//! absent(m)  = hired x (1 - share(m, lead + class))
//! joined(m) <= min(hired, ceiling x max(0, m + 1 - lead)) at the end of month m, with one
//! ```
//!
//! | of | key | unit | default |
//! |---|---|---|---|
//! | time to hire | `team.*.hiring.lead` | months here | 34 days where `hiring` is stated, else none |
//! | ceiling | `team.*.hiring.most` | heads a month | none |
//! | class | `team.*.class.length` | months, paid | none |
//! | money | `hiring.cost` and `class.cost`, over `1 - class.drop_out` | once per newcomer | 0 |

use super::instance::{Entry, Instance};
use super::model::{Terms, Writer};
use crate::solve::{Sense, Var};

/// Points of a month that people coming one after the other are counted at.
const POINTS: usize = 12;

/// How own people come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hire {
    /// Months from the decision to the first day.
    pub lead: f64,
    /// Months of class after it, paid without work.
    pub class: f64,
    /// Most newcomers a month; infinite where all may come at once.
    pub most: f64,
    /// Money once for each.
    pub once: f64,
}

impl Hire {
    /// There at once, for nothing.
    pub const AT_ONCE: Self = Self {
        lead: 0.0,
        class: 0.0,
        most: f64::INFINITY,
        once: 0.0,
    };
}

/// Part of a month that lies after some months.
#[must_use]
pub fn share(month: usize, after: f64) -> f64 {
    (month as f64 + 1.0 - after).clamp(0.0, 1.0)
}

/// Planned heads of an entry that are not there yet, as terms by month.
#[derive(Debug, Clone, Default)]
pub struct Missing {
    /// Not on the payroll.
    pub unpaid: Vec<Terms>,
    /// Not at work.
    pub absent: Vec<Terms>,
}

impl Writer<'_> {
    /// The heads of an entry that are hired, and until when they are missing; `grows` says that the plan has more than today.
    pub(super) fn newcomers(&mut self, entry: &Entry, heads: Var, grows: Option<Var>) -> Missing {
        let months = self.instance.months;
        let nobody = || vec![Terms::new(); months];
        let (Some(grows), true) = (grows, entry.hire != Hire::AT_ONCE) else {
            return Missing {
                unpaid: nobody(),
                absent: nobody(),
            };
        };
        let hired = self.built.model.continuous(0.0, 0.0, f64::INFINITY);
        // Just what the plan has more than today, and nobody where it has not.
        let more = vec![(hired, 1.0), (heads, -1.0)];
        self.row(more.clone(), Sense::AtLeast, -entry.today);
        let most = [more, vec![(grows, entry.today)]].concat();
        self.row(most, Sense::AtMost, 0.0);
        self.row(vec![(hired, 1.0), (grows, -entry.to)], Sense::AtMost, 0.0);
        self.first.push((hired, entry.hire.once));
        let (lead, class) = (entry.hire.lead, entry.hire.class);
        if entry.hire.most.is_infinite() {
            let of = |after: f64| {
                let month = |m: usize| vec![(hired, 1.0 - share(m, after))];
                (0..months).map(month).collect()
            };
            return Missing {
                unpaid: of(lead),
                absent: of(lead + class),
            };
        }
        let joined = self.joined(entry, hired);
        let of = |after: f64| {
            let month = |m: usize| {
                let there = mean_of(m, after)
                    .into_iter()
                    .map(|(k, part)| (joined[k], -part));
                std::iter::once((hired, 1.0)).chain(there).collect()
            };
            (0..months).map(month).collect()
        };
        Missing {
            unpaid: of(0.0),
            absent: of(class),
        }
    }

    /// Newcomers on the payroll at the end of each month, under a ceiling.
    fn joined(&mut self, entry: &Entry, hired: Var) -> Vec<Var> {
        let most = (entry.to - entry.today).max(1.0);
        let mut joined: Vec<Var> = Vec::new();
        for month in 0..self.instance.months {
            let may = may_have_joined(entry, month);
            let now = self.built.model.continuous(0.0, 0.0, may);
            self.row(vec![(now, 1.0), (hired, -1.0)], Sense::AtMost, 0.0);
            let even = vec![(now, 1.0), (hired, -(may / most).min(1.0))];
            self.row(even, Sense::AtLeast, 0.0);
            if let Some(&before) = joined.last() {
                self.row(vec![(now, 1.0), (before, -1.0)], Sense::AtLeast, 0.0);
            }
            joined.push(now);
        }
        joined
    }
}

/// Most newcomers of an entry on the payroll at the end of a month.
#[must_use]
pub fn may_have_joined(entry: &Entry, month: usize) -> f64 {
    let time = (month as f64 + 1.0 - entry.hire.lead).max(0.0);
    if time > 0.0 {
        entry.hire.most * time
    } else {
        0.0
    }
}

/// The mean over a month of what grows in straight lines from month's end to month's end, some months before: parts of the
/// ends.
fn mean_of(month: usize, before: f64) -> Vec<(usize, f64)> {
    let mut parts: Vec<(usize, f64)> = Vec::new();
    let mut add = |end: usize, part: f64| match parts.iter_mut().find(|p| p.0 == end) {
        Some(known) => known.1 += part,
        None => parts.push((end, part)),
    };
    for point in 0..POINTS {
        let at = month as f64 + (point as f64 + 0.5) / POINTS as f64 - before;
        if at <= 0.0 {
            continue;
        }
        let (whole, part) = (at.floor(), at.fract());
        let weight = 1.0 / POINTS as f64;
        add(whole as usize, weight * part);
        if whole >= 1.0 {
            add(whole as usize - 1, weight * (1.0 - part));
        }
    }
    parts
}

impl Instance {
    /// Newcomers of an entry's plan: heads beyond today's, of own people who do not come at once.
    #[must_use]
    pub fn newcomers(&self, entry: &Entry, heads: f64) -> f64 {
        if entry.hire == Hire::AT_ONCE {
            0.0
        } else {
            (heads - entry.today).max(0.0)
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::answer::{Answer, decide};
    use super::super::check::check;
    use super::super::summary::summary;
    use super::super::tests::{EXACT, all_solvers, case, close, far, own, two_parties};
    use super::*;

    #[test]
    fn a_straight_line_has_its_middle_as_mean() {
        // What grows by 1 a month stands at m + 1 at the end of month m, and at m + 0.5 in the mean.
        let line = |month, before| -> f64 {
            let parts = mean_of(month, before).into_iter();
            parts.map(|(k, part)| part * (k as f64 + 1.0)).sum()
        };
        assert!((line(0, 0.0) - 0.5).abs() < 1e-12);
        assert!((line(4, 0.0) - 4.5).abs() < 1e-12);
        assert!((line(4, 1.5) - 3.0).abs() < 1e-12);
        assert_eq!(line(1, 2.0), 0.0);
    }

    #[test]
    fn the_share_of_a_month_is_what_lies_after() {
        assert_eq!(share(0, 0.25), 0.75);
        assert_eq!(
            (share(0, 1.5), share(1, 1.5), share(2, 1.5)),
            (0.0, 0.5, 1.0)
        );
    }

    /// Four months of 1,000 contacts that are sure to come, ten at home needed, four of them there today.
    fn growing(hire: Hire) -> Instance {
        let mut instance = two_parties();
        instance.months = 4;
        instance.parties[0] = own(10.0, 4.0);
        instance.parties[0].entries[0].hire = hire;
        instance.parties[1] = far(0.0, 0.0);
        instance.cases = vec![case("sure", 1.0, 4, 1_000.0)];
        instance.ways[0].fee = 0.0;
        instance
    }

    #[test]
    fn newcomers_are_paid_and_at_work_when_they_have_come() {
        // Six are hired: on the payroll after half a month, at work after one and a half; EUR 500 each.
        let hire = Hire {
            lead: 0.5,
            class: 1.0,
            once: 500.0,
            ..Hire::AT_ONCE
        };
        let answer = all_solvers(&growing(hire));
        assert_eq!(answer.heads[0], [10.0]);
        // Nobody new at work in the first month, half of the second: 600 and 300 contacts are late at 100.
        for (month, (unpaid, absent)) in [(3.0, 6.0), (0.0, 3.0), (0.0, 0.0), (0.0, 0.0)]
            .iter()
            .enumerate()
        {
            close(answer.unpaid[0][0][month], *unpaid);
            close(answer.absent[0][0][month], *absent);
        }
        let late: Vec<f64> = answer.months[0].iter().map(|m| m.late[0]).collect();
        for (late, by_hand) in late.iter().zip([600.0, 300.0, 0.0, 0.0]) {
            close(*late, by_hand);
        }
        let pay = 4.0 * 10.0 * 3_000.0 - 3.0 * 3_000.0;
        close(answer.objective, pay + 6.0 * 500.0 + 900.0 * 100.0);
        let said = summary(&growing(hire), &answer, None);
        close(said.path[0].own_heads, 7.0);
        close(said.path[3].own_heads, 10.0);
        // There at once, nothing is late and everybody is paid from the start.
        let at_once = all_solvers(&growing(Hire::AT_ONCE));
        close(at_once.objective, 4.0 * 10.0 * 3_000.0);
    }

    #[test]
    fn newcomers_come_no_faster_than_the_ceiling_lets_them() {
        // Two a month without a delay: 1, 3, 5 and 6 of the six are there in the mean of a month (the last two by half-way).
        let hire = Hire {
            most: 2.0,
            ..Hire::AT_ONCE
        };
        let answer = all_solvers(&growing(hire));
        assert_eq!(answer.heads[0], [10.0]);
        let there: Vec<f64> = answer.absent[0][0].iter().map(|a| 6.0 - a).collect();
        for (there, by_hand) in there.iter().zip([1.0, 3.0, 5.0, 6.0]) {
            close(*there, by_hand);
        }
        close(
            answer.objective,
            (5.0 + 7.0 + 9.0 + 10.0) * 3_000.0 + 900.0 * 100.0,
        );
    }

    #[test]
    fn an_answer_with_newcomers_too_early_is_found_out() {
        let hire = Hire {
            lead: 0.5,
            class: 1.0,
            ..Hire::AT_ONCE
        };
        let instance = growing(hire);
        let answer = decide(&instance, &EXACT).unwrap();
        let spoilt: [fn(&mut Answer); 3] = [
            |a| a.absent[0][0][0] = 0.0,
            |a| a.unpaid[0][0][1] = 1.0,
            |a| a.unpaid[0][0][0] = 7.0,
        ];
        for (i, spoil) in spoilt.iter().enumerate() {
            let mut other = answer.clone();
            spoil(&mut other);
            assert!(!check(&instance, &other).is_empty(), "{i}");
        }
    }
}
