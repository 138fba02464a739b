//! Work that second persons do on contacts: quality reviews, four-eyes approval, work done twice.
//!
//! When a contact is resolved, each rule that is about it draws its `share`:
//! - `[review.NAME] share, takes, by, when`: somebody of the team `by` reviews it for `takes` (a duration, always the same
//!   unless a distribution is written); the customer does not notice;
//! - `[approval.NAME]`, with the same keys: the contact is resolved only when somebody of `by` has approved; the clock of
//!   its promise runs on. Who approves never does the work (`check` refuses it);
//! - `[overlap.NAME] share, by, when`: where nobody knows whose a contact is, the team `by` does it as well, for a handle
//!   time of its own.
//!
//! The work queues for `by` like a ticket, at the contact's own priority. A team's `switch` is what it costs an agent to go
//! on to another channel than that of the contact before. Nothing of this has a default but none.
//!
//! ```
//! use staffwright::scenario::model::SecondKind;
//! let text = r#"
//! [review.quality]
//! share = "3%"                 # of the contacts that are resolved
//! takes = "8m"
//! by    = "founders"
//! when  = { channels = ["mail"] }
//! [approval.goodwill]
//! share = "2%"                 # wait for a second person's yes
//! takes = "3m"
//! by    = "quality"
//! when  = { channels = ["mail"] }
//! [overlap.unclear]
//! share = "4%"                 # worked by two teams, because nobody knows whose they are
//! by    = "quality"
//! when  = { channels = ["mail"] }
//! [team.quality]               # does not do this work itself
//! like   = "pool"
//! heads  = { full-time = 4 }
//! skills = { channels = ["social"], languages = ["en"] }
//! [team.founders]
//! switch     = "20s"           # on going on to another channel
//! other_work = "50%"           # of their hours, for the company itself
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let team = |name: &str| scenario.teams.iter().find(|t| t.name == name);
//! let mut seconds: Vec<_> = scenario.seconds.iter().map(|s| (s.share, s.kind)).collect();
//! seconds.sort_by(|a, b| a.0.total_cmp(&b.0));
//! assert_eq!(seconds, [(0.02, SecondKind::Approval), (0.03, SecondKind::Review), (0.04, SecondKind::Overlap)]);
//! assert_eq!(team("founders").ok_or("no founders")?.switch_s, 20.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::contact::{Contact, NONE, Side, Standing};
use super::draws;
use super::engine::Engine;
use crate::world::EndPlan;

impl Engine<'_> {
    /// A contact is resolved: perhaps second persons work on it. Gives whether it waits for an approval.
    pub(super) fn seconds(&mut self, slot: u32, team: usize) -> bool {
        let world = self.world;
        let contact = self.contacts[slot];
        let plan = &world.streams[usize::from(contact.stream)];
        let mut approvals = 0;
        for (rule, second) in (0..).zip(&plan.seconds) {
            if contact.key.uniform(draws::SECOND + rule) >= second.share {
                continue;
            }
            let u = contact.key.uniform(draws::SECOND_TAKES + rule);
            let work = match second.takes {
                Some(law) => world.draw(law, u),
                None => world.draw(
                    plan.handle_at(usize::from(contact.tier), contact.interval),
                    u,
                ),
            };
            approvals += u8::from(second.approval);
            self.book_second(slot, second.approval);
            let request = self.contacts.insert(Contact {
                side: Side::Second,
                link: if second.approval { slot } else { NONE },
                left: work,
                counted: false,
                answered: true,
                replied: true,
                away: true,
                agent: NONE,
                // A review may outlast the customer's journey.
                life: if second.approval { contact.life } else { NONE },
                ..contact
            });
            if second.approval {
                let contact = &mut self.contacts[slot];
                contact.standing = Standing::Approving;
                contact.stage = approvals;
                // The team that resolved it.
                contact.swarm = team as u8;
            }
            self.offer(request, second.class);
        }
        approvals > 0
    }

    /// A second person has done its work.
    pub(super) fn seconded(&mut self, request: u32) {
        let slot = self.contacts[request].link;
        self.contacts.remove(request);
        if slot == NONE {
            return;
        }
        let contact = &mut self.contacts[slot];
        contact.stage -= 1;
        if contact.stage == 0 {
            let team = usize::from(contact.swarm);
            self.book_outcome(slot, team, EndPlan::Resolved);
            self.settled(slot);
        }
    }
}
