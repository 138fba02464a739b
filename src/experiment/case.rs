//! A scenario made ready to be played.

use crate::roster::{Infeasible, Roster};
use crate::scenario::model::Scenario;
use crate::world::{self, CompileError, World};
use std::fmt;

/// A scenario, its compiled world and a roster.
#[derive(Debug, Clone)]
pub struct Case {
    /// The scenario.
    pub scenario: Scenario,
    /// Its compiled world.
    pub world: World,
    /// Who is on duty when.
    pub roster: Roster,
}

/// Why a scenario cannot be played.
#[derive(Debug)]
pub enum CaseError {
    /// It is larger than the engine's tables.
    TooLarge(CompileError),
    /// Its people cannot be placed under the rules.
    NoRoster(Infeasible),
}

impl fmt::Display for CaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge(e) => e.fmt(f),
            Self::NoRoster(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for CaseError {}

impl Case {
    /// Compiles a scenario and places its people.
    ///
    /// # Errors
    /// When the scenario is too large, or its roster breaks the rules of work.
    pub fn new(scenario: Scenario) -> Result<Self, CaseError> {
        let world = world::compile(&scenario).map_err(CaseError::TooLarge)?;
        let roster = crate::roster::place(&scenario).map_err(CaseError::NoRoster)?;
        Ok(Self {
            scenario,
            world,
            roster,
        })
    }
}
