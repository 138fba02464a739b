//! What `optimize` says where the rules cannot all hold: each rule with its place and what it would have to become.

use crate::experiment::FORMAT_VERSION;
use crate::optimize::{Infeasible, Rule};
use serde::Serialize;
use std::fmt::Write as _;

/// That there is no plan, and why: the JSON object of `optimize` then.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Clash {
    /// Version of this object.
    pub format_version: u32,
    /// Name of the scenario.
    pub scenario: String,
    /// Why.
    pub infeasible: Reason,
}

/// A reason and its rules.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reason {
    /// What is the matter, in a sentence.
    pub reason: String,
    /// Rules that cannot all hold; to relax any one of them is enough.
    pub rules: Vec<PlacedRule>,
}

/// A rule and where it is written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlacedRule {
    /// The rule.
    #[serde(flatten)]
    pub rule: Rule,
    /// Where it is written; `None` where a rule set or a default says it.
    pub place: Option<RulePlace>,
}

/// A place in a file, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RulePlace {
    /// The file, as it was named.
    pub file: String,
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

impl Clash {
    /// Puts a clash together; `place` says where the value at a dotted path is written.
    #[must_use]
    pub fn new(
        scenario: &str,
        infeasible: &Infeasible,
        place: impl Fn(&str) -> Option<RulePlace>,
    ) -> Self {
        let rule = |rule: &Rule| PlacedRule {
            place: place(&rule.path),
            rule: rule.clone(),
        };
        Self {
            format_version: FORMAT_VERSION,
            scenario: scenario.to_owned(),
            infeasible: Reason {
                reason: infeasible.reason.clone(),
                rules: infeasible.rules.iter().map(rule).collect(),
            },
        }
    }

    /// The reason, and two lines for every rule.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = self.infeasible.reason.clone();
        for PlacedRule { rule, place } in &self.infeasible.rules {
            let place = place.as_ref().map_or_else(String::new, |p| {
                format!("{}:{}:{} ", p.file, p.line, p.column)
            });
            // Writing to a string cannot fail.
            let _ = write!(
                text,
                "\n  {place}{}\n      {}: {}",
                rule.path, rule.text, rule.relaxation
            );
        }
        text
    }
}
