//! Duties that are not worked: sickness in spells, seasons and waves; freelancers who do not turn up.
//!
//! `sick = { share, spell, season = { peak, swing }, waves }`: the share of paid hours over the year, the mean length of a
//! spell, a yearly cosine with its peak in a month, and the coefficient of variation of weekly waves that everybody of a zone
//! shares (Gamma, mean 1). A plain `sick = "5%"` comes by single days. `freelance = { shows_up, call_out }` of a contract
//! says how often somebody turns up who is paid by the duty.
//!
//! ```
//! let text = r#"
//! [team.pool]
//! shrinkage = { leave = "11%", sick = { share = "5%", spell = "4 days", season = { peak = "Jan", swing = "40%" }, waves = "30%" } }
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let team = |name: &str| scenario.teams.iter().find(|t| t.name == name);
//! let shrinkage = team("pool").map(|t| t.shrinkage).ok_or("no pool")?;
//! assert_eq!((shrinkage.sick, shrinkage.sick_spell_days, shrinkage.sick_swing), (0.05, 4.0, 0.4));
//! // A required head is what is needed over this share.
//! assert!((shrinkage.on_queue_share() - 0.84).abs() < 1e-12);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::agent::Agent;
use super::draws;
use super::engine::Engine;
use crate::random::{Key, Law, Seed};
use crate::roster::{Roster, WEEK};
use crate::time::Tick;

/// Why a duty is not worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// It is.
    None,
    /// Sickness.
    Sick,
    /// Somebody who is paid by the duty did not turn up.
    NoShow,
}

/// Per team and week: what the season and the week's wave multiply falling ill by; empty where it is the same always.
pub fn waves(roster: &Roster, seed: Seed) -> Vec<Vec<f64>> {
    let factor = |key: u64, week: u64, season: f64, cv: f64| {
        if cv <= 0.0 {
            return season;
        }
        let u = Key::agent(seed, key, week, 0).uniform(draws::WAVE);
        season * Law::Gamma { mean: 1.0, cv }.quantile(u)
    };
    let team = |t: &crate::roster::TeamRoster| {
        let Some(s) = &t.sickness else {
            return Vec::new();
        };
        let weeks = s.season.iter().zip(&s.waves).zip(0..);
        weeks
            .map(|((&season, &waves), week)| factor(s.key, week, season, waves))
            .collect()
    };
    roster.teams.iter().map(team).collect()
}

impl Engine<'_> {
    /// Whether and why a duty is not worked.
    pub(super) fn absence(&self, a: &Agent, key: Key, start: Tick) -> Absence {
        let team = &self.roster.teams[usize::from(a.team)];
        if let Some(Some(terms)) = team.terms.get(a.number as usize) {
            return if key.uniform(draws::SHOWS_UP) < terms.shows_up {
                Absence::None
            } else {
                Absence::NoShow
            };
        }
        if self.is_sick(a, key, start) {
            Absence::Sick
        } else {
            Absence::None
        }
    }

    /// Sickness as a two-state chain over duties: the share of duties lost is `sick`, the mean spell `sick_spell`.
    fn is_sick(&self, a: &Agent, key: Key, start: Tick) -> bool {
        // Leads fall ill as their people do; who is counted by people on duty is replaced.
        let mut whose = usize::from(a.team);
        if let Some(place) = self.roster.teams[whose].leads.get(a.number as usize) {
            if place.covered {
                return false;
            }
            whose = place.team;
        }
        let team = self.roster.teams[whose].absences(start);
        if team.sick <= 0.0 {
            return false;
        }
        let well_again = 1.0 / team.sick_spell.max(1.0);
        let mut p = if a.duty == 0 || team.sick_spell <= 1.0 {
            team.sick
        } else if a.sick {
            1.0 - well_again
        } else {
            team.sick * well_again / (1.0 - team.sick).max(1e-9)
        };
        let waves = &self.waves[whose];
        if !waves.is_empty() && (!a.sick || team.sick_spell <= 1.0) {
            p *= waves[((start / WEEK) as usize).min(waves.len() - 1)];
        }
        key.uniform(draws::SICK) < p
    }
}

#[cfg(test)]
mod tests {
    use super::super::people_tests::quiet;
    use super::super::play;
    use super::super::theory::always_on;
    use crate::random::{Seed, stream_key};
    use crate::roster::{Duty, Roster, Sickness};
    use crate::time::{DAY, HOUR};
    use rayon::prelude::*;

    /// 100 positions with a duty of eight hours every day.
    fn daily(days: u64, spell: f64, season: f64, waves: f64) -> Roster {
        let mut roster = always_on(100);
        let team = &mut roster.teams[0];
        for position in &mut team.positions {
            position.duties = (0..days)
                .map(|d| Duty {
                    start: d * DAY + 8 * HOUR,
                    end: d * DAY + 16 * HOUR,
                    cut: 0,
                    offs: vec![],
                })
                .collect();
        }
        team.sick = 0.05;
        team.sick_spell = spell;
        team.sickness = Some(Sickness {
            season: vec![season; days.div_ceil(7) as usize],
            waves: vec![waves; days.div_ceil(7) as usize],
            key: stream_key("sickness|UTC"),
        });
        roster
    }

    /// Share of duties lost in each of 400 replications.
    fn lost(days: u64, spell: f64, season: f64, waves: f64) -> Vec<f64> {
        lost_in(400, days, spell, season, waves)
    }

    /// Share of duties lost in each of so many replications.
    fn lost_in(replications: u64, days: u64, spell: f64, season: f64, waves: f64) -> Vec<f64> {
        let (world, roster) = (quiet(days), daily(days, spell, season, waves));
        let share = |replication| {
            let ledger = play(
                &world,
                &roster,
                Seed {
                    seed: 5,
                    replication,
                },
            );
            ledger.teams[0].sick as f64 / ledger.teams[0].scheduled as f64
        };
        (0..replications).into_par_iter().map(share).collect()
    }

    fn moments(x: &[f64]) -> (f64, f64) {
        let mean = x.iter().sum::<f64>() / x.len() as f64;
        let squares = x.iter().map(|v| (v - mean).powi(2)).sum::<f64>();
        (mean, squares / (x.len() - 1) as f64)
    }

    /// Within three and a half standard errors, and these within a per cent.
    fn agrees(x: &[f64], theory: f64) {
        let (mean, variance) = moments(x);
        let error = (variance / x.len() as f64).sqrt();
        assert!(
            (mean - theory).abs() <= 3.5 * error && error <= 0.01 * theory,
            "{mean} +- {error} is not {theory}"
        );
    }

    #[test]
    fn the_season_multiplies_falling_ill() {
        for season in [0.6, 1.4] {
            agrees(&lost(28, 1.0, season, 0.0), 0.05 * season);
            // Spells of four days: of those who are well `p = 0.05 / 4 / 0.95` times the season fall ill a day. The chain
            // begins at the season's share of single days and comes to its own, `s`, at the rate of its second eigenvalue.
            let (days, ill) = (70.0, 0.05 / 4.0 / 0.95 * season);
            let share = ill / (ill + 0.25);
            let stays = 1.0 - 0.25 - ill;
            let begins = 0.05 * season - share;
            let theory = share + begins * (1.0 - stays.powf(days)) / (days * (1.0 - stays));
            agrees(&lost(70, 4.0, season, 0.0), theory);
        }
    }

    #[test]
    fn waves_correlate_absences_of_a_week_and_leave_their_mean() {
        let cv = 0.5;
        let weeks = lost_in(6_400, 7, 1.0, 1.0, cv);
        let (mean, variance) = moments(&weeks);
        assert!((mean / 0.05 - 1.0).abs() < 0.025, "{mean}");
        // A week's 700 duties share one Gamma factor g of mean 1: Var = p^2 cv^2 + E[pg (1 - pg)] / 700.
        let (p, n) = (0.05, 700.0);
        let theory = p * p * cv * cv + (p - p * p * (1.0 + cv * cv)) / n;
        // 6,400 variances of a skew law tell it to about three per cent.
        assert!(
            (variance / theory - 1.0).abs() < 0.09,
            "{variance} is not {theory}"
        );
        let (_, alone) = moments(&lost(7, 1.0, 1.0, 0.0));
        assert!((alone / (p * (1.0 - p) / n) - 1.0).abs() < 0.25);
    }
}
