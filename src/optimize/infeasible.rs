//! That there is no plan, and why: the rules that clash, and what each would have to become for the others to hold.

use crate::experiment::CaseError;
use crate::solve::Fault;
use std::fmt;

/// No plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Infeasible {
    /// What is the matter, in a sentence.
    pub reason: String,
    /// Rules that cannot all hold; leave out or relax any one of them and the others can.
    pub rules: Vec<Rule>,
    /// Whether the program, not the scenario, is at fault.
    pub internal: bool,
}

/// A rule of the scenario that is part of a clash.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Rule {
    /// Dotted path of the value that says it.
    pub path: String,
    /// What it says.
    pub text: String,
    /// What it would have to become, the others unchanged.
    pub relaxation: String,
}

impl Infeasible {
    fn because(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            rules: Vec::new(),
            internal: false,
        }
    }

    /// There is no team to plan.
    #[must_use]
    pub fn nothing_to_decide() -> Self {
        Self::because(
            "there is nothing to decide: no team with shift templates may move; list levers under [decide] or give a \
             team `shifts`",
        )
    }

    /// A plan cannot be played.
    #[must_use]
    pub fn no_case(error: &CaseError) -> Self {
        Self::because(error.to_string())
    }

    /// No round was asked for.
    #[must_use]
    pub fn no_round() -> Self {
        Self::because("no plan was tried; ask for at least one round")
    }

    /// No mix of own people and vendors keeps its bounds.
    #[must_use]
    pub fn no_mix() -> Self {
        Self::because("no mix of own people and vendors keeps these rules together")
    }

    /// A solver failed.
    #[must_use]
    pub fn fault(fault: &Fault) -> Self {
        Self {
            internal: true,
            ..Self::because(format!("the solver failed: {fault}"))
        }
    }
}

impl fmt::Display for Infeasible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Infeasible {}
