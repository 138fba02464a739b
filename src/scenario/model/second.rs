//! Work that a second person does on a contact.

use crate::random::Law;

/// Why a second person works on a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondKind {
    /// Its quality is reviewed when it is resolved; the customer does not notice.
    Review,
    /// It is resolved only when a second person has approved.
    Approval,
    /// Nobody knows whose it is, so another team does it as well.
    Overlap,
}

/// A share of some contacts on which a second person works.
#[derive(Debug, Clone, PartialEq)]
pub struct Second {
    /// What the planner calls it.
    pub name: String,
    /// Why.
    pub kind: SecondKind,
    /// The streams it is about (indexes).
    pub streams: Vec<usize>,
    /// Share of their contacts, when they are resolved.
    pub share: f64,
    /// How long it takes; `None`: as long as the contact's own work.
    pub takes: Option<Law>,
    /// The team that does it.
    pub by: usize,
}
