//! Which of equals comes first, whatever the file's order and the teams' names.
//!
//! Customers come in the order of names: streams stand by their names, and channels act by theirs where several open or
//! close at once. Routes and promises alone are lists in the order of the file: of several that cover a contact the first
//! route holds, and the first promise is its own.
//!
//! Where two teams are equal to a rule, one of them must still be taken: idle agents of the same moment, events of the
//! same instant, the last free seat of a site. Such ties fall
//! 1. to the lower tier, to our own people before a vendor's, to those whose day begins first;
//! 2. to the team that the routes name first, streams taken in the order of their names, and to any they name at all;
//! 3. among the others by the streams a team can work on, how well it does that, its shifts, whom it takes first, its
//!    pauses, shrinkage and zone;
//! 4. between teams alike in all of this by their order in the file, as nothing else tells them apart.
//!
//! Heads, pay and prices have no say, nor has the name of a team, a site or a vendor: renaming them, turning the tables
//! round and splitting a file over includes change no figure.

use super::{Scenario, Team};
use std::cmp::Reverse;

impl Scenario {
    /// All teams, in the order in which ties between them fall.
    #[must_use]
    pub fn by_standing(&self) -> Vec<usize> {
        let named = self.first_named();
        let start = self.horizon.start();
        let mut all: Vec<usize> = (0..self.teams.len()).collect();
        // Stable: what is alike keeps the file's order.
        all.sort_by_cached_key(|&team| {
            let team = &self.teams[team];
            let named = named[team.unit];
            (
                team.tier,
                team.vendor.is_some(),
                Reverse(team.clock.to_offset(start).seconds()),
                named.is_none(),
                named,
                self.ability(team),
                self.manner(team),
            )
        });
        all
    }

    /// All streams, in the order in which the file names their topics, channels, languages, priority classes and
    /// segments: as reports list them.
    #[must_use]
    pub fn streams_as_written(&self) -> Vec<usize> {
        let mut all: Vec<usize> = (0..self.streams.len()).collect();
        all.sort_by_key(|&s| {
            let s = &self.streams[s];
            (s.topic, s.channel, s.language, s.priority, s.segment)
        });
        all
    }

    /// All channels, in the order of their names.
    #[must_use]
    pub fn channels_by_name(&self) -> Vec<usize> {
        let mut all: Vec<usize> = (0..self.channels.len()).collect();
        all.sort_by_key(|&c| &self.channels[c].name);
        all
    }

    /// What a team can do, where and for whom, in words: neither its name nor its place in the file, nor how many it has.
    #[must_use]
    pub fn ability(&self, team: &Team) -> String {
        let streams = self.streams.iter().zip(&team.skills);
        let able = streams.filter(|(_, skill)| skill.is_some());
        let streams: Vec<&str> = able.map(|(s, _)| s.name.as_str()).collect();
        let clock = team.clock.iana_name().unwrap_or_default();
        format!(
            "{}|{clock}|{}|{}",
            team.tier,
            team.vendor.is_some(),
            streams.join("|")
        )
    }

    /// How a team does what it can, in words.
    fn manner(&self, team: &Team) -> String {
        let skills: Vec<_> = team
            .skills
            .iter()
            .map(|skill| skill.map(|p| (p.handle_factor, p.resolved_delta)))
            .collect();
        let shifts = team.shifts.iter().map(|&s| self.shifts[s].in_words());
        let mut shifts: Vec<String> = shifts.collect();
        shifts.sort_unstable();
        let zone = self.sites[team.site].zone.iana_name().unwrap_or_default();
        format!(
            "{skills:?}|{shifts:?}|{zone}|{:?}|{:?}|{:?}|{}",
            team.takes, team.availability, team.shrinkage, team.switch_s
        )
    }

    /// Per team of the document, where the routes name it first: stream in the order of names, tier, place in the route.
    fn first_named(&self) -> Vec<Option<(usize, usize, usize)>> {
        let mut first = vec![None; self.teams.len()];
        for stream in 0..self.streams.len() {
            for tier in 0..self.tiers.len() {
                let mut routes = self.routes.iter();
                let route = routes.find(|r| r.tier == tier && r.streams.contains(&stream));
                for (place, entry) in route.iter().flat_map(|r| r.to.iter().enumerate()) {
                    first[self.teams[entry.team].unit].get_or_insert((stream, tier, place));
                }
            }
        }
        first
    }
}
