//! What a roster by name keeps where it leaves shifts of the plan open: it is simulated as it would be worked.
//!
//! With every shift handed out the same people are on queue at every moment as in the plan, so the plan's proof is the
//! roster's. With shifts open it is not: then what is on the roster is played on the proof's replications and held against
//! every promise and bound once more.

use super::keep;
use super::named::Handed;
use super::plan::{ByName, TodayPromise};
use super::proof::{Tried, broken};
use crate::experiment::{Case, collect};

/// Plays the roster by name; `None` where nothing is open.
#[must_use]
pub fn played(tried: &Tried, handed: &Handed) -> Option<ByName> {
    let shifts = handed.teams.iter().flat_map(|team| &team.open);
    let open: u32 = shifts.map(|shift| shift.people).sum();
    let roster = handed.roster.as_ref().filter(|_| open > 0)?;
    let case = Case {
        roster: roster.clone(),
        ..tried.case.clone()
    };
    let (seen, outcome) = collect(&case, &tried.proof.provenance.again(), &());
    let keep = keep::kept(&case, &seen, &outcome, tried.proof.provenance.replications);
    Some(ByName {
        open,
        broken: broken(&outcome, &keep),
        keep,
        promises: TodayPromise::of(&outcome),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::experiment::{Case, collect};
    use crate::optimize::Recommendation;
    use crate::optimize::testing::{calls, planned as recommended, quick, team};
    use crate::scenario::testing::{load, replaced};

    const DAY: &str = "[shift.day]\ndays = \"Mon-Fri\"\nstart = \"08:00\"\nlength = \"8h\"";

    fn planned(people: &str) -> Recommendation {
        let four = team(4, "\"day\"", (4, 4));
        let named = ("roster ", "people = { file = \"people.csv\" }\nroster ");
        let team = replaced(&four, &[named]);
        let text = calls("1 week", "Mon-Fri 08:00-16:00", "900") + DAY + &team;
        let scenario = load(&text, &[("people.csv", people)]);
        recommended(scenario, &quick(8, 4, 10))
    }

    #[test]
    fn the_proof_speaks_for_a_roster_by_name_that_leaves_nothing_open() {
        let found = planned("name\nAda\nBen\nCem\nDoa\n");
        assert!(found.plan.proved && found.plan.by_name.is_none());
        let case = Case {
            roster: found.named.unwrap(),
            ..Case::new(found.scenario).unwrap()
        };
        let again = collect(&case, &found.plan.proof.provenance.again(), &()).1;
        for (by_name, proof) in again.promises.iter().zip(&found.plan.proof.promises) {
            assert_eq!(by_name.value, proof.value);
        }
    }

    /// One of four is away all week: what three keep is told, not what four would.
    #[test]
    fn shifts_that_stay_open_are_missing_from_the_play() {
        let found = planned("name,absent\nAda,2027-01-11..2027-01-17\nBen,\nCem,\nDoa,\n");
        assert!(found.plan.proved);
        let by_name = found.plan.by_name.unwrap();
        assert_eq!(by_name.open, 5);
        assert_eq!(by_name.broken, ["phone"]);
        let three = by_name.promises[0].value.unwrap();
        let four = found.plan.proof.promises[0].value.unwrap().low;
        assert!(three < four - 0.05, "{three} {four}");
    }
}
