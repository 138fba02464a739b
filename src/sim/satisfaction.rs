//! How a contact is scored at its end.
//!
//! Points of 100: the scenario's `base`, less its weights (`[satisfaction]`, defaults in every report's assumptions) for a
//! missed promise, each hand-off, an unresolved end, an abandonment, an answer through a translation tool or in another
//! language than the customer's. Teams, a vendor's above all, may please more or less than others by what their promises
//! and hand-offs say already: `factor = { satisfaction = "-4 points" }` (points of 100; nothing unless stated; measure it as
//! the difference in the survey between contacts of one kind) moves the score of every contact that the team resolves. The
//! score stays between 0 and 100. Its mean is the metric `satisfaction`; see `staffwright explain satisfaction`.
//!
//! ```
//! let text = r#"
//! [satisfaction]
//! base = 85
//! [team.polyglots]
//! factor = { handle = "112%", resolved = "-4 points", satisfaction = "-3 points" }
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let team = scenario.teams.iter().find(|t| t.name == "polyglots").ok_or("no team")?;
//! let moved = team.skills.iter().flatten().map(|s| s.satisfaction_delta);
//! assert!(moved.clone().count() > 0 && moved.into_iter().all(|points| (points + 3.0).abs() < 1e-9));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::contact::Tongue;
use super::engine::Engine;
use crate::world::SatisfactionPlan;

impl Engine<'_> {
    /// Scores a contact at its end: the base less what was missed.
    pub(super) fn book_satisfaction(&mut self, slot: u32, lost: i64) {
        let contact = &self.contacts[slot];
        let score = &self.world.satisfaction;
        let late = if contact.in_promise || !contact.answered {
            0
        } else {
            score.late
        };
        let language = match contact.tongue {
            Tongue::Translated if contact.answered => score.translated,
            Tongue::Other if contact.answered => score.other_language,
            _ => 0,
        };
        let hand_offs = i64::from(contact.hand_offs) * score.hand_off;
        let points = score.base - late - hand_offs - lost - language;
        let points = points.clamp(0, SatisfactionPlan::MOST) as u64;
        let stream = usize::from(contact.stream);
        let day = self.day_cell(stream, contact.interval);
        let sums = &mut self.book.streams[stream];
        sums.satisfaction += points;
        sums.scored += 1;
        let sums = &mut self.book.days[day];
        sums.satisfaction += points;
        sums.scored += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::DaySums;
    use super::super::testing::{from_the_start, played, scenario, team};

    #[test]
    fn a_team_moves_the_score_of_what_it_resolves_and_of_nothing_else() {
        let text = from_the_start()
            + "[satisfaction]\nbase = 90\nunresolved = 25\n"
            + "[topic.help]\nper_week = 4_000\nhandle = \"5m\"\nchannels = { phone = \"100%\" }\nends = { resolved = \"70%\", returns = \"30%\" }\n"
            + &team("far", 40, "factor = { satisfaction = \"-4.5 points\" }")
            + &team("near", 40, "")
            + "[route.lot]\nto = [{ team = \"far\", share = \"40%\" }, \"near\"]\n";
        for l in &played(&scenario(&text), 2) {
            let s = &l.streams[0];
            let far = l.teams[0].resolved;
            assert!(far > 3000 && l.teams[1].resolved > 4000 && s.unresolved > 3000);
            let lost = 25_000 * s.unresolved + 4_500 * far;
            assert_eq!(s.satisfaction, 90_000 * s.scored - lost);
            // The days have all of it.
            let days = |of: fn(&DaySums) -> u64| l.days.iter().map(of).sum::<u64>();
            assert_eq!(days(|d| d.satisfaction), s.satisfaction);
            assert_eq!(days(|d| d.scored), s.scored);
            assert_eq!(days(|d| d.resolved_first), s.resolved_first);
        }
    }
}
