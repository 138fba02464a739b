//! Hours a week that are stated and taken from a team's time on queue: work on the causes of contacts, writing and upkeep
//! of content.
//!
//! Hours that are written are hours: they are a share of the paid hours of the heads that the team has, so that from a date on
//! which `[[from]]` changes these heads, or the hours, the share is worked out anew: 24 hours a week are 5 % of 12 heads who work 40
//! hours and 10 % of 6. Within that share everybody does a part; who is ill, has left or, where heads `ramp`, is not there yet
//! does none. A share that is written (`other_work = "10%"` of a team, meetings, coaching) follows the heads instead. Where
//! a roster file gives agents on queue, they are not on the hours already, and nothing is taken.

use super::cursor::Item;
use super::workforce;
use crate::scenario::model::{Heads, OtherWork, RosterSource, Scenario, Team};
use crate::time::Tick;

/// Hours that something takes from a team's time on queue.
pub struct Claim<'a> {
    /// Path of what takes them.
    pub by: String,
    /// Where the team is named.
    pub item: Item<'a>,
    /// The team (index).
    pub team: usize,
    /// Hours a week, from the start.
    pub weekly: f64,
    /// Hours a week from later ticks on, ascending.
    pub later: Vec<(Tick, f64)>,
    /// When they end; the scenario's end unless stated. Of several on one team, the last end holds for all.
    pub until: Option<Tick>,
}

impl Claim<'_> {
    fn weekly_at(&self, tick: Tick) -> f64 {
        let began = self.later.iter().rev().find(|l| l.0 <= tick);
        began.map_or(self.weekly, |l| l.1)
    }

    /// Not enough is left of so many hours a week on queue, `since` when.
    fn nothing_left(&self, team: &str, left: f64, weekly: f64, since: &str) {
        self.item.error(
            "nothing-left",
            format!(
                "`{team}` has {:.0} hours a week on queue{since}, fewer than the {weekly} that `{}` takes",
                left.max(0.0),
                self.by
            ),
            "no time is left for contacts",
            "lower the hours, or name a team with more people",
        );
    }
}

/// All hours that are taken.
#[derive(Default)]
pub struct Claims<'a>(Vec<Claim<'a>>);

impl<'a> Claims<'a> {
    /// Takes hours from a team's time on queue, from the start on.
    pub fn take(&mut self, claim: Claim<'a>, scenario: &mut Scenario) {
        let team = &scenario.teams[claim.team];
        if is_on_queue_already(team) {
            return;
        }
        let hours = paid_hours(scenario, &team.heads);
        let share = claim.weekly / hours;
        let left = team.shrinkage.on_queue_share() - team.shrinkage.for_now;
        if left - share <= 0.0 {
            claim.nothing_left(&team.name, hours * left, claim.weekly, "");
            return;
        }
        let shrinkage = &mut scenario.teams[claim.team].shrinkage;
        match claim.until {
            None => shrinkage.other_work += share,
            Some(until) => {
                shrinkage.for_now += share;
                shrinkage.for_now_until = shrinkage.for_now_until.max(until);
            }
        }
        self.0.push(claim);
    }

    /// Takes the hours from the later dates on: once all are known, because each date has one share per team.
    pub fn take_later(&self, scenario: &mut Scenario) {
        for e in 0..scenario.eras.len() {
            let shares = self.in_era(scenario, e);
            if let Some(shares) = shares {
                scenario.eras[e].other_work = shares;
            }
        }
    }

    /// Other work per team from a later date on; `None` where it is as at the start.
    fn in_era(&self, scenario: &Scenario, e: usize) -> Option<Vec<OtherWork>> {
        let era = &scenario.eras[e];
        let heads = |team: usize| era.heads.get(team).and_then(Option::as_deref);
        let first = |team: &Team| OtherWork {
            always: team.shrinkage.other_work,
            for_now: team.shrinkage.for_now,
        };
        let mut shares: Vec<OtherWork> = scenario.teams.iter().map(first).collect();
        let mut differs = false;
        for (t, share) in shares.iter_mut().enumerate() {
            // What the team itself writes is another share from then on; hours that are taken from it stay.
            let Some(own) = era.shrinkage.get(t).and_then(Option::as_ref) else {
                continue;
            };
            let taken = self.0.iter().filter(|c| c.team == t && c.until.is_none());
            let hours: f64 = taken.map(|c| c.weekly).sum();
            share.always = own.other_work + hours / paid_hours(scenario, &scenario.teams[t].heads);
            differs |= self.0.iter().any(|c| c.team == t);
        }
        for claim in &self.0 {
            let weekly = claim.weekly_at(era.from);
            let later = heads(claim.team);
            if weekly == claim.weekly && later.is_none() {
                continue;
            }
            let at_first = &scenario.teams[claim.team].heads;
            let now = paid_hours(scenario, later.unwrap_or(at_first));
            let more = weekly / now - claim.weekly / paid_hours(scenario, at_first);
            let share = &mut shares[claim.team];
            match claim.until {
                None => share.always += more,
                Some(_) => share.for_now += more,
            }
            differs = true;
        }
        for (t, (team, share)) in scenario.teams.iter().zip(&shares).enumerate() {
            let later = era.shrinkage.get(t).and_then(Option::as_ref);
            let shrinkage = later.unwrap_or(&team.shrinkage);
            let ended = team.shrinkage.for_now_until <= era.from;
            let for_now = if ended { 0.0 } else { share.for_now };
            let left = shrinkage.on_queue_share() + shrinkage.other_work - share.always - for_now;
            let under_way = |c: &&Claim| c.team == t && c.until.is_none_or(|u| u > era.from);
            let claims = self.0.iter().filter(under_way);
            let most = claims.max_by(|a, b| {
                let hours = |c: &Claim| c.weekly_at(era.from);
                hours(a).total_cmp(&hours(b))
            });
            if let Some(most) = most.filter(|_| differs && left <= 0.0) {
                let hours = paid_hours(scenario, heads(t).unwrap_or(&team.heads));
                let weekly = most.weekly_at(era.from);
                let horizon = &scenario.horizon;
                let date = horizon.zoned_in(era.from, horizon.zone()).date();
                let since = format!(" from {date} on");
                most.nothing_left(&team.name, hours * left + weekly, weekly, &since);
            }
        }
        differs.then_some(shares)
    }
}

/// Whether a file gives a team's agents on queue.
fn is_on_queue_already(team: &Team) -> bool {
    matches!(
        team.roster,
        RosterSource::Levels(_) | RosterSource::Spells(_) | RosterSource::Leads(_)
    )
}

/// Paid hours a week of some heads; never nothing.
fn paid_hours(scenario: &Scenario, heads: &[Heads]) -> f64 {
    workforce::paid_hours(heads, &scenario.contracts).max(1e-9)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good};

    /// Half the heads from the third week on; causes take 24 hours, writing 36 for three weeks, upkeep 6.
    fn halved(causes: &str) -> String {
        let tables = format!(
            "[problem.login]\nteam = \"all\"\nhours = \"{causes}\"\nhalves_after = \"80h\"\nat_most = \"50%\"\n\
             [tool.book]\npart = \"search\"\nscales = \"60%\"\n\
             authoring = {{ team = \"all\", hours = \"108h\", per_week = \"36h/week\", upkeep = \"6h/week\" }}\n\
             [[from]]\ndate = 2027-01-25\nset = {{ team.all.heads = 6 }}\n[shift.day]"
        );
        changed(&[
            (
                "handle = \"5m\"",
                "parts = { conversation = \"75%\", search = \"25%\" }\nhandle = \"5m\"",
            ),
            ("[shift.day]", &tables),
        ])
    }

    #[test]
    fn stated_hours_stay_hours_where_heads_change() {
        let scenario = good(&halved("24h/week"));
        let own = good(&changed(&[])).teams[0].shrinkage.other_work;
        let (first, later) = (&scenario.teams[0].shrinkage, scenario.eras[0].other_work[0]);
        // 30 and 36 of 12 heads' 480 hours, then of 6 heads' 240.
        assert!((first.other_work - own - 30.0 / 480.0).abs() < 1e-12);
        assert!((first.for_now - 36.0 / 480.0).abs() < 1e-12);
        assert!((later.always - own - 30.0 / 240.0).abs() < 1e-12);
        assert!((later.for_now - 36.0 / 240.0).abs() < 1e-12);
    }

    #[test]
    fn a_share_that_changes_leaves_the_hours_that_are_taken() {
        let text =
            halved("24h/week").replace("team.all.heads = 6", "team.all.other_work = \"20%\"");
        let scenario = good(&text);
        let later = scenario.teams[0].shrinkage_in(&scenario.eras[0]);
        // 30 hours of 12 heads beside the share, and 36 of writing.
        assert!((later.other_work - 0.2 - 30.0 / 480.0).abs() < 1e-12);
        assert!((later.for_now - 36.0 / 480.0).abs() < 1e-12);
        // The same where it is another share that changes.
        let text = text.replace("other_work = \"20%\"", "shrinkage.sick = \"8%\"");
        let scenario = good(&text);
        let later = scenario.teams[0].shrinkage_in(&scenario.eras[0]);
        let first = scenario.teams[0].shrinkage;
        assert!((later.other_work - first.other_work).abs() < 1e-12);
        assert_eq!(
            (later.sick, later.for_now_until),
            (0.08, first.for_now_until)
        );
    }

    #[test]
    fn hours_that_fewer_heads_cannot_give_are_an_error() {
        assert_eq!(codes(&halved("180h/week")), ["nothing-left"]);
    }
}
