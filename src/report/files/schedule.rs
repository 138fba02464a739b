//! The roster as a list of duties by name, for tables, calendars and spreadsheets.

use crate::experiment::Case;
use crate::roster::{Duty, OffKind};
use crate::time::Tick;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A duty of one position of a team.
pub struct Planned<'a> {
    /// Team.
    pub team: &'a str,
    /// Its site's zone.
    pub zone: &'a TimeZone,
    /// Number of the position in its team, from 1.
    pub position: usize,
    /// Contract; empty where there is none.
    pub contract: &'a str,
    /// The duty.
    pub duty: &'a Duty,
    /// Who works it, where people are named.
    pub person: Option<&'a str>,
    case: &'a Case,
}

impl Planned<'_> {
    /// What a position is called: by its name, else by the team and a number.
    pub fn name(&self) -> String {
        if let Some(name) = self.person {
            return name.to_owned();
        }
        format!("{} {:02}", self.team, self.position)
    }

    /// The instant of a tick.
    pub fn at(&self, tick: Tick) -> Timestamp {
        self.case.scenario.horizon.timestamp_of(tick)
    }
}

/// All duties of a team, position by position, each in order of time.
pub fn duties(case: &Case, team: usize) -> impl Iterator<Item = Planned<'_>> {
    let scenario = &case.scenario;
    let of = &scenario.teams[team];
    let names = &case.roster.teams[team].names;
    let positions = case.roster.teams[team].positions.iter().enumerate();
    positions.flat_map(move |(p, position)| {
        let contract = position
            .contract
            .map_or("", |c| scenario.contracts[c].name.as_str());
        position.duties.iter().map(move |duty| Planned {
            team: &of.name,
            zone: &scenario.sites[of.site].zone,
            position: p + 1,
            contract,
            duty,
            person: names.get(p).map(String::as_str),
            case,
        })
    })
}

/// The words for time off queue, in tables and in calendars.
pub fn off_words(kind: OffKind) -> (&'static str, &'static str) {
    match kind {
        OffKind::PaidBreak => ("paid_break", "break (paid)"),
        OffKind::UnpaidBreak => ("unpaid_break", "break (unpaid)"),
        OffKind::Planned => ("planned", "off queue: meeting, training or other work"),
    }
}
