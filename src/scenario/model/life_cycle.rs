//! The life cycle of a customer: topics that follow each other.

use crate::random::Law;

/// What a customer comes with next, once the matter before is resolved.
///
/// ```
/// let next = r#"{ technical = { share = "40%", after = "2 weeks", contacts = 2.5 } }"#;
/// let sets = [("topic.onboarding.leads_to".into(), next.into())];
/// let startup = "scenarios/startup/scenario.toml".as_ref();
/// let scenario = staffwright::scenario::load_with(startup, &sets).map_err(|d| d.render(false))?;
/// let onboarding = scenario.topics.iter().find(|t| t.name == "onboarding").ok_or("no such topic")?;
/// // Each customer whose matter is resolved comes with one more on average.
/// let more: f64 = onboarding.leads_to.iter().map(|n| n.share * n.contacts).sum();
/// assert!((more - 1.0).abs() < 1e-12);
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct NextStage {
    /// The next topic (index).
    pub topic: usize,
    /// Of the customers whose matter is resolved, come to it.
    pub share: f64,
    /// From the end of one to the first contact of the next, seconds.
    pub after: Law,
    /// Matters of each customer about it, on average; at least 1.
    pub contacts: f64,
    /// Between two of them, seconds.
    pub apart: Law,
    /// Seconds of work when another team takes the customer on.
    pub rework_s: f64,
    /// Probability that it then does not know what the team before did.
    pub lost: f64,
    /// Seconds in which the customer explains again.
    pub explains_s: f64,
}
