//! Changes of a published roster, at their price.

use super::super::published::Day;
use crate::solve::{Model, Sense, Var};

/// Counts the changes of each day that has a column in the model; see [`published`](super::super::published).
pub fn published_rows(days: &[Day], columns: &[(usize, Var)], model: &mut Model) {
    // Columns of a model are in order of their index.
    let var = |c: &usize| {
        let at = columns.binary_search_by_key(c, |known| known.0).ok()?;
        Some((columns[at].1, 1.0))
    };
    for day in days {
        let all: Vec<(Var, f64)> = day.columns.iter().filter_map(var).collect();
        if all.is_empty() {
            continue;
        }
        let changes = model.continuous(day.price, 0.0, f64::INFINITY);
        let mut kept = Vec::new();
        for (_, count, same) in &day.shifts {
            let same: Vec<(Var, f64)> = same.iter().filter_map(var).collect();
            if same.is_empty() {
                continue;
            }
            let stays = model.continuous(0.0, 0.0, *count);
            let planned = same.into_iter().map(|(v, _)| (v, -1.0));
            model.row(planned.chain([(stays, 1.0)]), Sense::AtMost, 0.0);
            kept.push((stays, 1.0));
        }
        let less = all.into_iter().map(|(v, _)| (v, -1.0));
        let both = kept.iter().copied().chain([(changes, 1.0)]);
        model.row(both.clone().chain(less), Sense::AtLeast, 0.0);
        model.row(both, Sense::AtLeast, day.published());
    }
}
