//! Where a pool's curve draws the wrong picture: skills that overlap, overflow between pools, shared tiers.
//!
//! A curve counts a pool's agents together, as if each could take everything. That is right where every team of a pool can
//! take all its live work and nobody outside helps. Elsewhere it is an upper view of the service: what an agent is
//! worth depends on which team and when, and only the simulation knows ([`gradient`](super::gradient)).

use super::demand::Demand;
use crate::scenario::model::ChannelKind;
use crate::world::World;

/// Per promise: the teams whose agents can change how it is kept; empty where curves are enough.
///
/// Teams hang together when some live contact may go to either, at once or after a wait.
#[must_use]
pub fn crossed(world: &World, demand: &Demand, promises: usize) -> Vec<Vec<usize>> {
    let root = together(world);
    let teams_of = |promise: usize| -> Vec<usize> {
        let mine = |p: &&super::demand::Pool| p.queues.iter().any(|q| q.promise == promise);
        let pools: Vec<_> = demand.pools.iter().filter(mine).collect();
        let roots: Vec<usize> = pools
            .iter()
            .flat_map(|p| &p.teams)
            .map(|&t| root[t])
            .collect();
        let teams: Vec<usize> = (0..root.len())
            .filter(|&t| roots.contains(&root[t]))
            .collect();
        let inside: usize = pools.iter().map(|p| p.teams.len()).sum();
        // Alike teams of one pool, and nobody from outside: the curve is right.
        let plain = pools.iter().all(|p| p.confined.is_empty()) && teams.len() == inside;
        let apart = pools
            .iter()
            .all(|p| p.teams.iter().all(|&t| root[t] == root[p.teams[0]]));
        if plain && apart { Vec::new() } else { teams }
    };
    (0..promises).map(teams_of).collect()
}

/// Per team: the first team that it hangs together with.
fn together(world: &World) -> Vec<usize> {
    let mut root: Vec<usize> = (0..world.teams.len()).collect();
    for class in world
        .classes
        .iter()
        .filter(|c| c.kind != ChannelKind::Deferred)
    {
        for pair in class.choices.windows(2) {
            let (a, b) = (
                root[usize::from(pair[0].team)],
                root[usize::from(pair[1].team)],
            );
            let (keep, drop) = (a.min(b), a.max(b));
            root.iter_mut()
                .filter(|r| **r == drop)
                .for_each(|r| *r = keep);
        }
    }
    root
}
