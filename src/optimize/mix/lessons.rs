//! What proved plans teach a mix about its teams.
//!
//! A mix counts hours: what live work needs beside its own hours is a straight line, and shifts fit as the linear model of
//! the roster says. Whole people on whole shifts, tiers that hand work on, nights and promises that have to hold in most
//! weeks take more. So the numbers of people that a proved plan has are held against those that the mix reckons with for the
//! same demand; the mix is then decided again with hours of a head that count for so much less, and its money, payback and
//! regret are told for people who do the work. Where that decides otherwise, a plan is sought for the new mix.

use super::Chosen;
use super::instance::Instance;
use crate::optimize::Recommendation;
use crate::scenario::model::{LeverTarget, Scenario};

/// Lessons lie between these.
const FACTORS: (f64, f64) = (0.5, 4.0);

/// Per team: on-queue hours that a proved plan has for each hour that the mix reckons with.
#[derive(Debug, Clone, PartialEq)]
pub struct Lessons {
    factors: Vec<f64>,
}

impl Lessons {
    /// Nothing is learnt yet.
    #[must_use]
    pub fn none(scenario: &Scenario) -> Self {
        Self {
            factors: vec![1.0; scenario.teams.len()],
        }
    }

    /// Hours of a head count for so much less.
    pub fn apply(&self, instance: &mut Instance) {
        for (party, factor) in instance.parties.iter_mut().zip(&self.factors) {
            party.entries.iter_mut().for_each(|e| e.hours /= factor);
        }
    }

    /// Learns from the plan that was found for a mix. Where the plan has no more people than the mix commits to, it says
    /// nothing about how many are needed.
    pub fn learn(&mut self, chosen: &Chosen, found: &Recommendation) {
        let demand = chosen.horizon / chosen.mean_demand() * found.scenario.level;
        for (p, party) in chosen.instance.parties.iter().enumerate() {
            let heads = found.staff.heads[p].iter().zip(&party.entries);
            let there: f64 = heads.map(|(&n, e)| f64::from(n) * e.hours).sum();
            let needed = chosen.needed_h(p) * demand;
            if needed > 0.0 && there > 0.0 && !committed(chosen, found, p) {
                let factor = self.factors[p] * there / needed;
                self.factors[p] = factor.clamp(FACTORS.0, FACTORS.1);
            }
        }
    }
}

/// Whether every number of people of a team in a plan is the least that the mix allows.
fn committed(chosen: &Chosen, found: &Recommendation, team: usize) -> bool {
    let levers = chosen.case.scenario.decide.levers.iter();
    let mut heads = levers.filter_map(|lever| match lever.target {
        LeverTarget::Heads(t, entry) if t == team => {
            Some(f64::from(found.staff.heads[t][entry]) <= lever.from)
        }
        _ => None,
    });
    heads.all(|least| least)
}

impl Chosen {
    /// Whether a plan keeps to what the mix decides: shares, and numbers of people it commits to.
    #[must_use]
    pub fn fits(&self, found: &Recommendation) -> bool {
        let levers = self.case.scenario.decide.levers.iter();
        let mut kept = levers.map(|lever| match lever.target {
            LeverTarget::Heads(team, entry) => {
                let heads = f64::from(found.staff.heads[team][entry]);
                lever.from <= heads && heads <= lever.to || lever.or == Some(heads)
            }
            LeverTarget::Share(route, entry) => {
                let share = found.scenario.routes[route].to[entry].share;
                let share = share.unwrap_or(0.0);
                // Shares inside the house are the search's own.
                lever.from < lever.to || (share - lever.from).abs() < 1e-6
            }
        });
        kept.all(|kept| kept)
    }

    /// Customers' own contacts a month in the mean of cases and months.
    fn mean_demand(&self) -> f64 {
        let months = self.instance.months as f64;
        let case = |case: &super::instance::Case| {
            case.chance * case.demand.iter().flatten().sum::<f64>() / months
        };
        let mean: f64 = self.instance.cases.iter().map(case).sum();
        mean.max(f64::MIN_POSITIVE)
    }

    /// On-queue hours a month that a party needs in the mean of cases, once ramps are over.
    fn needed_h(&self, party: usize) -> f64 {
        let instance = &self.instance;
        let from = instance.months / 2;
        let case = |w: usize| -> f64 {
            let months = from..instance.months;
            let needed = months.map(|m| self.answer.needed_h(instance, w, m, party));
            instance.cases[w].chance * needed.sum::<f64>() / (instance.months - from) as f64
        };
        (0..instance.cases.len()).map(case).sum()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::scenario_tests::TEXT;
    use crate::optimize::testing::{planned, quick};
    use crate::scenario::testing::load;

    #[test]
    fn a_mix_tells_of_the_people_that_its_proved_plan_has() {
        // Mostly letters at a cheap vendor; the phone needs more people at home than hours say.
        let text = TEXT.replace(
            "phone = \"50%\", mail = \"50%\"",
            "phone = \"10%\", mail = \"90%\"",
        );
        let cheap = load(&text.replace("EUR 12/h", "EUR 8/h"), &[]);
        let found = planned(cheap, &quick(5, 6, 12));
        let plan = &found.plan;
        assert!(plan.proved, "{:?}", plan.keep);
        let mix = plan.mix.as_ref().unwrap();
        for (t, party) in mix.parties.iter().enumerate() {
            let heads: u32 = found.staff.heads[t].iter().sum();
            assert!((f64::from(heads) - party.heads).abs() < 1e-6, "{party:?}");
        }
        // Money a month of the plan as simulated, against the mix's own figure; hours alone said less than half of it.
        let horizon = &found.scenario.horizon;
        let months = crate::time::seconds(horizon.length()) / crate::time::MONTH_S;
        let simulated = plan.proof.cost.total.unwrap().value / months;
        assert!(
            (mix.run_rate / simulated - 1.0).abs() < 0.1,
            "{} {simulated}",
            mix.run_rate
        );
        let share = found.scenario.routes[0].to[0].share.unwrap();
        assert!((share > 0.0) == mix.vendors[0].used);
    }
}
