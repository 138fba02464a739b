//! Which defaults would overturn a verdict somewhere in the range they may honestly lie in, and from where on.
//!
//! Every default with a stated range is put to both ends of it, one at a time. The same people on the same shifts meet
//! the same customers (common random numbers); only what was assumed about them differs. What a promise is judged by
//! (the share of periods in which it is kept, or without `hold` the share kept) then stands on one side of what was
//! asked or on the other.
//!
//! An end *overturns* a promise where two things hold at once, each at the confidence asked for, shared out over all ends
//! and promises (Bonferroni): the figure there is surely on the other side than today's, and it surely differs from
//! today's, in pairs of replications. Then halving says where between today's value and that end the figure passes what
//! was asked.
//!
//! Weights of the satisfaction score are left out: no promise depends on them.

mod amount;

pub use amount::Amount;

use super::case::Case;
use super::collected::Collected;
use super::replicate::{Progress, Settings, play_up_to};
use crate::measure::{Verdict, verdict};
use crate::random::Law;
use crate::scenario::model::{Assumption, Scenario};
use crate::scenario::{HANDLE_SIGMA, load_with};
use crate::stats::{Estimate, linearised, paired_difference};
use crate::world;
use serde::Serialize;

/// Most replications at each end; a run's own number where it is smaller.
pub const MOST_REPLICATIONS: u64 = 20;
/// Halvings of the way between today's value and the end that overturns a promise.
const HALVINGS: u32 = 6;

/// What the defaults of a scenario could overturn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Flips {
    /// Keys of the defaults that were put to the ends of their ranges.
    pub tried: Vec<String>,
    /// Keys of defaults with a range that could not be, with the reason.
    pub not_tried: Vec<NotTried>,
    /// Replications at each end.
    pub replications: u64,
    /// Confidence over all ends and promises together.
    pub confidence: f64,
    /// What would be overturned.
    pub flips: Vec<Flip>,
}

/// A default that was not tried.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NotTried {
    /// Key.
    pub path: String,
    /// Why.
    pub why: String,
}

/// A default that overturns a promise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Flip {
    /// Key of the default.
    pub path: String,
    /// Value that was taken.
    pub value: String,
    /// Range it may lie in.
    pub range: String,
    /// Promise that is overturned.
    pub promise: String,
    /// Its verdict with the value taken.
    pub verdict: Verdict,
    /// Its verdict at the end of the range.
    pub becomes: Verdict,
    /// On which side of the threshold it is overturned.
    pub side: Side,
    /// From where on, as the scenario would write it.
    pub threshold: String,
}

/// A side of a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Smaller values.
    Below,
    /// Larger values.
    Above,
}

/// What is changed.
#[derive(Debug, Clone, PartialEq)]
enum Lever {
    /// A key of the language.
    Key(String),
    /// The spread of handle times whose family was not said.
    HandleSpread,
}

/// A default and the values it may take.
#[derive(Debug)]
struct Trial<'a> {
    assumption: &'a Assumption,
    lever: Lever,
    taken: Amount,
    ends: [Amount; 2],
}

impl Trial<'_> {
    /// An amount the way the default's value is written: `lognormal, sigma 1.05` for `lognormal, sigma 0.9`.
    fn written(&self, amount: Amount) -> String {
        match (&self.lever, self.assumption.value.rsplit_once(' ')) {
            (Lever::HandleSpread, Some((before, _))) => format!("{before} {amount}"),
            _ => amount.to_string(),
        }
    }
}

/// Puts every default with a range to its ends. `sets` are the values that were changed when the case was loaded. `None`
/// where the user interrupted.
#[must_use]
pub fn flips(
    case: &Case,
    sets: &[(String, String)],
    settings: &Settings,
    progress: &dyn Progress,
) -> Option<Flips> {
    let mut out = Flips {
        tried: Vec::new(),
        not_tried: Vec::new(),
        replications: settings.replications.clamp(1, MOST_REPLICATIONS),
        confidence: settings.confidence,
        flips: Vec::new(),
    };
    let trials = trials(&case.scenario, &mut out);
    let promises = case.scenario.promises.len();
    let questions = (2 * trials.len() * promises).max(1);
    let player = Player {
        case,
        sets,
        settings: Settings {
            replications: out.replications,
            series: false,
            ..*settings
        },
        confidence: 1.0 - (1.0 - settings.confidence) / questions as f64,
        progress,
    };
    if trials.is_empty() || promises == 0 {
        return Some(out);
    }
    let today = player.play(case)?;
    let mut asked = 1;
    for trial in &trials {
        let mut reached = false;
        for (end, side) in trial.ends.into_iter().zip([Side::Below, Side::Above]) {
            asked += 1;
            progress.done(asked, 1 + 2 * trials.len() as u64);
            // An end that is the value taken tells nothing.
            if end == trial.taken {
                continue;
            }
            let there = match player.varied(trial, end) {
                Ok(there) => there,
                Err(why) => {
                    let path = trial.assumption.path.clone();
                    out.not_tried.push(NotTried { path, why });
                    break;
                }
            };
            reached = true;
            let seen = player.play(&there)?;
            for p in 0..promises {
                let Some(becomes) = player.overturned(p, &today, &seen) else {
                    continue;
                };
                let threshold = player.threshold(trial, end, p, becomes)?;
                out.flips.push(Flip {
                    path: trial.assumption.path.clone(),
                    value: trial.assumption.value.clone(),
                    range: trial.assumption.range.clone().unwrap_or_default(),
                    promise: case.scenario.promises[p].name.clone(),
                    verdict: player.judged(p, &today, settings.confidence).1,
                    becomes,
                    side,
                    threshold: trial.written(threshold),
                });
            }
        }
        if reached {
            out.tried.push(trial.assumption.path.clone());
        }
    }
    Some(out)
}

/// The defaults that can be varied; those that cannot are noted.
fn trials<'a>(scenario: &'a Scenario, out: &mut Flips) -> Vec<Trial<'a>> {
    let mut trials = Vec::new();
    for assumption in &scenario.assumptions {
        let path = &assumption.path;
        let Some(range) = assumption.range.as_deref() else {
            continue;
        };
        if path.starts_with("satisfaction.") {
            continue;
        }
        match (Amount::read(&assumption.value), Amount::range(range)) {
            (Some(taken), Some((from, to))) => trials.push(Trial {
                assumption,
                lever: lever(path),
                taken,
                ends: [from, to],
            }),
            _ => out.not_tried.push(NotTried {
                path: path.clone(),
                why: format!("its range `{range}` is not of numbers"),
            }),
        }
    }
    trials
}

/// What a default's key moves. Replies per ticket are a table of which the default says only the mean.
fn lever(path: &str) -> Lever {
    if path == "topic.*.handle.family" {
        Lever::HandleSpread
    } else if path.ends_with(".touches") {
        Lever::Key(format!("{path}.mean"))
    } else {
        Lever::Key(path.to_owned())
    }
}

struct Player<'a> {
    case: &'a Case,
    sets: &'a [(String, String)],
    settings: Settings,
    /// Of every single question.
    confidence: f64,
    progress: &'a dyn Progress,
}

impl Player<'_> {
    /// The case with another value of a default, and the people and shifts of today.
    fn varied(&self, trial: &Trial<'_>, amount: Amount) -> Result<Case, String> {
        let scenario = match &trial.lever {
            Lever::HandleSpread => with_spread(&self.case.scenario, amount.number()),
            Lever::Key(path) => {
                let mut sets = self.sets.to_vec();
                sets.push((path.clone(), amount.to_string()));
                let loaded = load_with(&self.case.scenario.origin.path, &sets);
                loaded.map_err(|mistakes| {
                    let first = mistakes.items.first().map(|d| d.message.as_str());
                    format!("{path} = {amount}: {}", first.unwrap_or_default())
                })?
            }
        };
        let world = world::compile(&scenario).map_err(|e| e.to_string())?;
        Ok(Case {
            scenario,
            world,
            roster: self.case.roster.clone(),
        })
    }

    /// All replications; `None` when asked to stop before.
    fn play(&self, case: &Case) -> Option<Collected> {
        let scenario = &case.scenario;
        let mut collected = Collected::new(scenario.channels.len(), scenario.streams.len());
        let most = self.settings.replications;
        let quiet = Quiet(self.progress);
        let whole = play_up_to(
            case,
            &self.settings,
            most,
            &mut collected,
            &quiet,
            &mut |_| {},
        );
        whole.then_some(collected)
    }

    /// What a promise is judged by, and its verdict.
    fn judged(&self, p: usize, seen: &Collected, confidence: f64) -> (Option<Estimate>, Verdict) {
        let promise = &self.case.scenario.promises[p];
        let samples: Vec<&[(u64, u64)]> = seen.promises.iter().map(|r| r[p].as_slice()).collect();
        let (value, met, verdict) = verdict(promise, &samples, confidence);
        let judged = if promise.hold.is_some() { met } else { value };
        (judged, verdict)
    }

    /// Whether the figure is as large as what was asked.
    fn reaches(&self, p: usize, seen: &Collected) -> Option<bool> {
        let promise = &self.case.scenario.promises[p];
        let asked = promise.hold.unwrap_or(promise.share);
        let judged = self.judged(p, seen, self.confidence).0;
        judged.map(|e| e.value >= asked)
    }

    /// The verdict at an end of a range, where it overturns today's.
    fn overturned(&self, p: usize, today: &Collected, there: &Collected) -> Option<Verdict> {
        let becomes = self.judged(p, there, self.confidence).1;
        let other_side = match (self.reaches(p, today)?, becomes) {
            (true, Verdict::Missed) | (false, Verdict::Met) => true,
            (_, Verdict::Met | Verdict::Missed | Verdict::Undecided) => false,
        };
        if !other_side {
            return None;
        }
        let hold = self.case.scenario.promises[p].hold.is_some();
        let values = |seen: &Collected| linearised(&seen.promise_pairs(self.case, p, hold));
        let apart = paired_difference(&values(there)?, &values(today)?, self.confidence)?;
        (apart.low > 0.0 || apart.high < 0.0).then_some(becomes)
    }

    /// Where between the value taken and an end of its range the figure passes what was asked; `None` when asked to stop.
    fn threshold(
        &self,
        trial: &Trial<'_>,
        end: Amount,
        p: usize,
        becomes: Verdict,
    ) -> Option<Amount> {
        let there = becomes == Verdict::Met;
        let (mut near, mut far) = (trial.taken, end);
        for _ in 0..HALVINGS {
            let middle = near.middle(far);
            if middle == near || middle == far {
                break;
            }
            // What can be played at the end can be played before it.
            let Ok(case) = self.varied(trial, middle) else {
                break;
            };
            if self.reaches(p, &self.play(&case)?) == Some(there) {
                far = middle;
            } else {
                near = middle;
            }
        }
        Some(near.middle(far))
    }
}

/// Passes on the wish to stop and nothing else.
struct Quiet<'a>(&'a dyn Progress);

impl Progress for Quiet<'_> {
    fn done(&self, _: u64, _: u64) {}
    fn stop(&self) -> bool {
        self.0.stop()
    }
}

/// The scenario with another spread of the handle times that took the usual one.
fn with_spread(scenario: &Scenario, sigma: f64) -> Scenario {
    let usual = Law::cv_of_sigma(HANDLE_SIGMA);
    let mut scenario = scenario.clone();
    let works = scenario.streams.iter_mut().flat_map(|s| &mut s.work);
    for work in works {
        if let Law::Lognormal { cv, .. } = &mut work.handle
            && *cv == usual
        {
            *cv = Law::cv_of_sigma(sigma);
        }
    }
    scenario
}

#[cfg(test)]
mod tests;
