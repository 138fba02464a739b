//! Further training: what people learnt on their last course, as far as they still know it.
//!
//! Courses come `every` so often to each place, spread evenly over the team. What they give fades as `exp(-t / fades)`
//! with the time `t` since the last: handle times are `1 - (1 - handle) exp(-t / fades)` of what they are, and `resolved
//! exp(-t / fades)` is added to the probability that a contact is resolved. Averaged over a team whose courses are spread
//! evenly, `exp(-t / fades)` is `fades / every (1 - exp(-every / fades))`.
//!
//! ```
//! let text = r#"
//! [team.pool]
//! further_training = { every = "180 days", hours = "16h", handle = "95%", resolved = "2 points", fades = "120 days" }
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let team = |name: &str| scenario.teams.iter().find(|t| t.name == name);
//! let pool = team("pool").ok_or("no pool")?;
//! assert_eq!(pool.workforce.further_training.map(|c| (c.handle, c.resolved)), Some((0.95, 0.02)));
//! // Sixteen hours of 180 days of forty hours a week, beside the 1 % that the file states.
//! assert!((pool.shrinkage.training - 0.01 - 16.0 / (180.0 / 7.0 * 40.0)).abs() < 1e-12);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::engine::Engine;
use super::people::Status;
use crate::roster::TeamPeople;
use crate::time::DAY;

impl Engine<'_> {
    /// What an agent still knows of the last course, 1 right after it; 0 for who came since, or where there are none.
    pub(super) fn still_known(&self, agent: u32, people: &TeamPeople) -> f64 {
        let Some(courses) = people.courses else {
            return 0.0;
        };
        let a = &self.agents[agent];
        let part = (f64::from(a.number) + 0.5) / people.places.len() as f64;
        let phase = (part * courses.every as f64) as u64;
        let since = (self.now + phase) % courses.every;
        let day = f64::from(self.people.days[usize::from(a.team)].0);
        let here = match self.people.persons[agent as usize].status {
            Status::Works(tenure) => tenure + day,
            Status::Vacant(_) | Status::Class(..) => f64::INFINITY,
        };
        if here < since as f64 / DAY as f64 {
            return 0.0;
        }
        libm::exp(-(since as f64) / courses.fades)
    }
}
