//! The three-site problem as a linear and as an integer model.

use crate::three_sites::{BOTH, INTERVALS, PROFILES, SITES, Shift, demand, shifts};
use staffwright::solve::{Model, Sense, Var};

/// Which rows carry the coverage.
#[derive(Clone, Copy, PartialEq)]
pub enum Form {
    /// Variables for the agents on duty, tied to the shifts by differences: sparse.
    Differences,
    /// The shifts themselves in every row: dense.
    Full,
}

/// Terms that add up to the agents on duty: per site, profile and interval.
type OnDuty = Vec<Vec<Vec<Vec<(Var, f64)>>>>;

/// The model, with the 18,144 shift variables first in either form.
pub fn build(form: Form) -> Model {
    let shifts = shifts();
    let mut model = Model::new();
    let staff: Vec<Vec<Vec<Var>>> = SITES
        .iter()
        .map(|(site, cap)| {
            let of_profile = |profile: &f64| {
                shifts
                    .iter()
                    .map(|shift| model.integer(shift.price * site * profile, 0.0, *cap))
                    .collect()
            };
            PROFILES.iter().map(of_profile).collect()
        })
        .collect();
    let on_duty: OnDuty = staff
        .iter()
        .map(|profiles| {
            profiles
                .iter()
                .map(|staff| match form {
                    Form::Full => full(&shifts, staff),
                    Form::Differences => differences(&shifts, staff, &mut model),
                })
                .collect()
        })
        .collect();
    requirements(&on_duty, &mut model);
    model
}

/// Number of shift variables.
pub fn shift_variables() -> usize {
    SITES.len() * PROFILES.len() * shifts().len()
}

fn full(shifts: &[Shift], staff: &[Var]) -> Vec<Vec<(Var, f64)>> {
    let mut terms = vec![Vec::new(); INTERVALS];
    for (shift, &var) in shifts.iter().zip(staff) {
        for t in shift.pieces.iter().flat_map(|&(from, to)| from..to) {
            terms[t % INTERVALS].push((var, 1.0));
        }
    }
    terms
}

fn differences(shifts: &[Shift], staff: &[Var], model: &mut Model) -> Vec<Vec<(Var, f64)>> {
    let duty: Vec<Var> = (0..INTERVALS)
        .map(|_| model.continuous(0.0, 0.0, f64::INFINITY))
        .collect();
    let mut changes = vec![Vec::new(); INTERVALS];
    for (shift, &var) in shifts.iter().zip(staff) {
        for (from, to) in shift.pieces {
            changes[from % INTERVALS].push((var, -1.0));
            changes[to % INTERVALS].push((var, 1.0));
        }
    }
    for (t, mut row) in changes.into_iter().enumerate().skip(1) {
        row.extend([(duty[t], 1.0), (duty[t - 1], -1.0)]);
        model.row(row, Sense::Equal, 0.0);
    }
    let first = full(shifts, staff)
        .swap_remove(0)
        .into_iter()
        .map(|(var, _)| (var, -1.0));
    model.row(first.chain([(duty[0], 1.0)]), Sense::Equal, 0.0);
    duty.into_iter().map(|var| vec![(var, 1.0)]).collect()
}

/// Demand of both types with "both" agents freely split, and the room at every site.
fn requirements(on_duty: &OnDuty, model: &mut Model) {
    let [demand_a, demand_b] = demand();
    for t in 0..INTERVALS {
        let present = |profile: usize, weight: f64| {
            on_duty.iter().flat_map(move |site| {
                site[profile][t]
                    .iter()
                    .map(move |&(var, c)| (var, c * weight))
            })
        };
        let both = || present(2, BOTH);
        model.row(present(0, 1.0).chain(both()), Sense::AtLeast, demand_a[t]);
        model.row(present(1, 1.0).chain(both()), Sense::AtLeast, demand_b[t]);
        let all = present(0, 1.0).chain(present(1, 1.0)).chain(both());
        model.row(all, Sense::AtLeast, demand_a[t] + demand_b[t]);
        for (site, (_, cap)) in on_duty.iter().zip(SITES) {
            let here = site.iter().flat_map(|profile| profile[t].iter().copied());
            model.row(here, Sense::AtMost, cap);
        }
    }
}
