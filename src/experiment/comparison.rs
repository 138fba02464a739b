//! Several organisations before the same customers.

use super::best::{Best, Contest, OptionStanding, Winner, mark_dominated, winners};
use super::case::Case;
use super::collected::Collected;
use super::criterion::{COST_PER_RESOLVED, Criterion, criteria};
use super::difference::{Difference, differences};
use super::outcome::{FORMAT_VERSION, Outcome};
use super::replicate::{FIRST_LOOK, Progress, Settings, StoppedBy, play_up_to, widest};
use crate::stats::{Look, Looks};
use serde::Serialize;
use std::fmt;

/// How to compare.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparing {
    /// Replications, seed, precision, confidence: the same for every option.
    pub settings: Settings,
    /// Go on until the best is separated from the others; [`Settings::replications`] is the budget.
    pub separate: bool,
    /// From which size on a difference matters: points for shares, relative otherwise.
    pub practical: f64,
    /// Key of the figure to choose by among those that keep their promises.
    pub objective: String,
}

impl Default for Comparing {
    fn default() -> Self {
        Self {
            settings: Settings::default(),
            separate: true,
            practical: 0.01,
            objective: COST_PER_RESOLVED.to_owned(),
        }
    }
}

/// Several organisations, side by side: the JSON object of `compare`.
#[derive(Debug, Clone, Serialize)]
pub struct Comparison {
    /// Version of this object.
    pub format_version: u32,
    /// What a run says of each; their names are unique.
    pub options: Vec<Outcome>,
    /// All paired differences.
    pub differences: Vec<Difference>,
    /// The option to choose.
    pub best: Option<Best>,
    /// How each option stands, in the order of the options.
    pub standings: Vec<OptionStanding>,
    /// Who would have been chosen by each figure alone.
    pub winners: Vec<Winner>,
    /// How it was done.
    pub method: Method,
    /// What to know when reading it, in sentences.
    pub notes: Vec<String>,
}

/// How a comparison was done.
#[derive(Debug, Clone, Serialize)]
pub struct Method {
    /// Confidence asked for.
    pub confidence: f64,
    /// Confidence of each option's own intervals, after the correction for looking more than once.
    pub interval_confidence: f64,
    /// Replications of every option.
    pub replications: u64,
    /// Why it ended.
    pub stopped_by: StoppedBy,
    /// From which size on a difference matters.
    pub practical: f64,
    /// What the intervals of differences are.
    pub intervals: &'static str,
    /// What `real` says.
    pub real: &'static str,
    /// How the best was judged.
    pub best: &'static str,
    /// How looking more than once was corrected for, where it was done.
    pub looks: Option<&'static str>,
}

/// Why scenarios cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotComparable {
    /// Fewer than two.
    TooFew,
    /// Amounts in different currencies.
    Currencies(String, String),
    /// Different spans of time.
    Horizons(String, String),
    /// No such figure to choose by; with those there are.
    Objective(String, Vec<String>),
}

impl fmt::Display for NotComparable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew => f.write_str("there must be at least two scenarios to compare"),
            Self::Currencies(a, b) => write!(
                f,
                "the scenarios count money in {a} and in {b}; write all amounts in one currency"
            ),
            Self::Horizons(a, b) => write!(
                f,
                "`{a}` and `{b}` do not cover the same time; give them the same `start`, `length` and warm-up"
            ),
            Self::Objective(key, keys) => write!(
                f,
                "nothing to choose by is called `{key}`; there is {}",
                keys.join(", ")
            ),
        }
    }
}

impl std::error::Error for NotComparable {}

/// Plays every case on the same seeds and compares them.
///
/// # Errors
/// When the cases cannot be compared: see [`NotComparable`].
pub fn compare(
    cases: &[Case],
    comparing: &Comparing,
    progress: &dyn Progress,
) -> Result<Comparison, NotComparable> {
    comparable(cases)?;
    let names = unique_names(cases);
    let new = |c: &Case| Collected::of(c, comparing.settings.series);
    let mut table = Table {
        cases,
        names,
        comparing,
        collected: cases.iter().map(new).collect(),
    };
    table.objective(&table.criteria_now())?;
    let settings = &comparing.settings;
    let most = settings.replications.max(1);
    if settings.precision.is_none() && !comparing.separate {
        let look = Look {
            replications: most,
            confidence: settings.confidence,
        };
        let whole = table.play_to(most, most, progress);
        let stopped_by = if whole {
            StoppedBy::Replications
        } else {
            StoppedBy::Interrupt
        };
        return table.comparison(look.confidence, stopped_by, None);
    }
    let mut confidence = settings.confidence;
    let mut stopped_by = StoppedBy::Replications;
    for look in Looks::new(settings.confidence, FIRST_LOOK, most.max(FIRST_LOOK)) {
        confidence = look.confidence;
        if !table.play_to(look.replications, most, progress) {
            stopped_by = StoppedBy::Interrupt;
            break;
        }
        if table.enough(confidence)? {
            stopped_by = if comparing.separate {
                StoppedBy::Separated
            } else {
                StoppedBy::Precision
            };
            break;
        }
    }
    table.comparison(confidence, stopped_by, Some(Looks::NAME))
}

/// The options while they are played.
struct Table<'a> {
    cases: &'a [Case],
    names: Vec<String>,
    comparing: &'a Comparing,
    collected: Vec<Collected>,
}

impl Table<'_> {
    /// Plays on to `target` replications of every option, a few of each in turn so that all have as many when the
    /// user interrupts; `false` when asked to stop before.
    fn play_to(&mut self, target: u64, most: u64, progress: &dyn Progress) -> bool {
        let batch = rayon::current_num_threads().max(1) as u64;
        let options = self.cases.len() as u64;
        loop {
            let done = self.collected[0].replications() as u64;
            if done >= target {
                return true;
            }
            if done > 0 && progress.stop() {
                return false;
            }
            let next = target.min(done + batch);
            for (i, (case, collected)) in self.cases.iter().zip(&mut self.collected).enumerate() {
                play_up_to(
                    case,
                    &self.comparing.settings,
                    next,
                    collected,
                    &(),
                    &mut |_| (),
                );
                let i = i as u64;
                progress.done((options - i - 1) * done + (i + 1) * next, options * most);
            }
        }
    }

    fn criteria_now(&self) -> Vec<Criterion> {
        criteria(self.cases, &self.collected)
    }

    fn objective(&self, criteria: &[Criterion]) -> Result<Criterion, NotComparable> {
        let key = &self.comparing.objective;
        let of = |c: &&Criterion| c.better.is_some();
        let found = criteria.iter().filter(of).find(|c| c.key == *key).cloned();
        found.ok_or_else(|| {
            let keys = criteria.iter().filter(of).map(|c| c.key.clone()).collect();
            NotComparable::Objective(key.clone(), keys)
        })
    }

    fn outcomes(&self, confidence: f64, stopped_by: StoppedBy) -> Vec<Outcome> {
        let settings = &self.comparing.settings;
        let one = |((case, collected), name): ((&Case, &Collected), &String)| Outcome {
            scenario: name.clone(),
            ..Outcome::new(case, collected, settings, confidence, stopped_by)
        };
        let both = self.cases.iter().zip(&self.collected);
        both.zip(&self.names).map(one).collect()
    }

    /// Whether everything asked for is reached.
    fn enough(&self, confidence: f64) -> Result<bool, NotComparable> {
        if let Some(precision) = self.comparing.settings.precision {
            let mut both = self.cases.iter().zip(&self.collected);
            if both.any(|(case, collected)| widest(case, collected, confidence) > precision) {
                return Ok(false);
            }
        }
        if !self.comparing.separate {
            return Ok(true);
        }
        let objective = self.objective(&self.criteria_now())?;
        let outcomes = self.outcomes(confidence, StoppedBy::Replications);
        let decided = self.contest(&objective, &outcomes, confidence).decide();
        Ok(decided.is_some_and(|(best, _)| best.separated))
    }

    fn contest<'b>(
        &'b self,
        objective: &'b Criterion,
        outcomes: &'b [Outcome],
        confidence: f64,
    ) -> Contest<'b> {
        Contest {
            cases: self.cases,
            collected: &self.collected,
            outcomes,
            objective,
            practical: self.comparing.practical,
            confidence,
        }
    }

    fn comparison(
        &self,
        confidence: f64,
        stopped_by: StoppedBy,
        looks: Option<&'static str>,
    ) -> Result<Comparison, NotComparable> {
        let criteria = self.criteria_now();
        let objective = self.objective(&criteria)?;
        let outcomes = self.outcomes(confidence, stopped_by);
        let practical = self.comparing.practical;
        let differences = differences(&criteria, &self.names, practical, confidence);
        let decided = self.contest(&objective, &outcomes, confidence).decide();
        let (best, mut standings) = decided.map_or((None, Vec::new()), |(b, s)| (Some(b), s));
        mark_dominated(&mut standings, &differences);
        Ok(Comparison {
            format_version: FORMAT_VERSION,
            winners: winners(&criteria, &self.names, best.as_ref()),
            best,
            standings,
            differences,
            method: Method {
                confidence: self.comparing.settings.confidence,
                interval_confidence: confidence,
                replications: self.collected[0].replications() as u64,
                stopped_by,
                practical,
                intervals: "paired on common random numbers; together for all pairs of options in one figure (Bonferroni)",
                real: "the interval excludes nought and the difference stands in Holm's procedure over all differences at once",
                best: "multiple comparisons with the best (Hsu), paired, Bonferroni's t",
                looks,
            },
            notes: notes(self.cases, &self.names),
            options: outcomes,
        })
    }
}

/// Whether all cases can be set side by side.
fn comparable(cases: &[Case]) -> Result<(), NotComparable> {
    let [first, rest @ ..] = cases else {
        return Err(NotComparable::TooFew);
    };
    if rest.is_empty() {
        return Err(NotComparable::TooFew);
    }
    let first = &first.scenario;
    for other in rest.iter().map(|c| &c.scenario) {
        if other.currency != first.currency {
            let (a, b) = (first.currency.clone(), other.currency.clone());
            return Err(NotComparable::Currencies(a, b));
        }
        let span = |s: &crate::scenario::model::Scenario| {
            (s.horizon.start(), s.horizon.end(), s.warm_up_s.to_bits())
        };
        if span(other) != span(first) {
            let (a, b) = (first.origin.name.clone(), other.origin.name.clone());
            return Err(NotComparable::Horizons(a, b));
        }
    }
    Ok(())
}

/// The scenarios' names, numbered where two are the same.
fn unique_names(cases: &[Case]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for case in cases {
        let name = &case.scenario.origin.name;
        let numbered = (2..).map(|n| format!("{name} ({n})"));
        let free = std::iter::once(name.clone())
            .chain(numbered)
            .find(|n| !names.contains(n));
        names.extend(free);
    }
    names
}

/// What makes options differ beside their organisation.
fn notes(cases: &[Case], names: &[String]) -> Vec<String> {
    let mut notes = Vec::new();
    let streams =
        |c: &Case| -> Vec<String> { c.scenario.streams.iter().map(|s| s.name.clone()).collect() };
    let first = streams(&cases[0]);
    for (case, name) in cases.iter().zip(names).skip(1) {
        let here = streams(case);
        let (only_first, only_here) = (missing(&first, &here), missing(&here, &first));
        if only_first + only_here > 0 {
            notes.push(format!(
                "`{}` and `{name}` do not have the same demand: {only_first} of {} streams are only in the one, {only_here} of {} only in the other",
                names[0],
                first.len(),
                here.len(),
            ));
        }
        let text = |c: &Case, n: &str| {
            let promise = c.scenario.promises.iter().find(|p| p.name == n);
            promise.map(|p| p.text.clone())
        };
        for promise in &case.scenario.promises {
            if text(&cases[0], &promise.name).is_some_and(|t| t != promise.text) {
                notes.push(format!(
                    "promise `{}` is not the same in `{}` and `{name}`",
                    promise.name, names[0]
                ));
            }
        }
    }
    notes
}

fn missing(from: &[String], others: &[String]) -> usize {
    from.iter().filter(|name| !others.contains(name)).count()
}
