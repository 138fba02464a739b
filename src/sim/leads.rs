//! Leads who are people: they leave, and somebody of the team follows who has been there long enough.
//!
//! `lead = { span = 10, salary = "EUR 58_000/year", promotes = { after = "540 days", rate = "12%", attrition = "90%" } }`
//! makes `ceil(heads / span)` posts, filled at the start. At a local midnight of the site each lead leaves with
//! probability `1 - exp(-rate / 365.25)` (`rate`: the team's own unless stated). A vacant post goes to the longest-serving
//! of the team with the tenure, whose own position falls vacant and is filled like any other; where nobody has it, to
//! somebody from outside once the post has been vacant for the hiring lead time. A post costs its salary while it is
//! filled. `attrition` multiplies the hazard of leaving the team: prospects keep people (90 % unless stated, judgement).
//!
//! # Deputies
//! `deputies = "team" | "site" | "tier"` in `promotes`: who takes over the span of a vacant post: the other leads of the
//! team, or those of all teams of the same employer at the site or of the tier. With `filled` of `posts` posts among them
//! each has `posts / filled` times the span, and a contact teaches `guided(span) / guided(span x posts / filled)` of what
//! it did, where `guided(s) = 1 + slower (s - usual)` is what the span adds to the contacts that learning takes. Where no
//! post is filled somebody leads in half of their time (judgement). Leads of teams whose leads do not come and go are
//! always there. Unless stated, a vacant post slows nothing.
//!
//! # Escalations
//! Leads who take escalations (`leads_of` of a team; see [`LeadPlace`]) coach less: with a share `b` of their time on queue
//! in the last 28 days spent on escalations each has `1 / (1 - b)` times the span, a tenth of their time being left in any
//! case (judgement). A vacant post takes no escalations.
//!
//! ```
//! let text = r#"
//! [team.pool]
//! attrition = { rate = "30%" }
//! lead      = { span = 10, salary = "EUR 58_000/year", promotes = { after = "540 days", rate = "12%", deputies = "site" } }
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let team = |name: &str| scenario.teams.iter().find(|t| t.name == name);
//! let promotes = team("pool").and_then(|t| t.lead?.promotes).ok_or("no leads")?;
//! assert_eq!((promotes.per_year, promotes.attrition), (0.12, 0.9));
//! // Sixty heads have six leads.
//! let roster = staffwright::roster::place(&scenario)?;
//! let pool = scenario.teams.iter().position(|t| t.name == "pool").ok_or("no pool")?;
//! assert_eq!(roster.teams[pool].people.as_ref().and_then(|p| p.leads).map(|l| l.posts), Some(6));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::draws;
use super::engine::Engine;
use super::people::DAYS;
use crate::random::Key;
use crate::roster::{LeadPlace, TeamPeople, pace};
use crate::scenario::model::Lead;
use crate::time::{SECOND, Tick, seconds, whole};

/// Numbers of leads' draws, apart from those of positions.
const LEADS: u64 = 1 << 40;

/// Part of a lead's time that is left for coaching, however much is escalated (*judgement*).
const LEAST_COACHING: f64 = 0.1;

/// A lead's post.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Post {
    /// Somebody has it.
    Filled,
    /// Nobody, since this day.
    Vacant(u32),
}

impl Engine<'_> {
    /// Leads leave at a midnight.
    pub(super) fn leads_leave(&mut self, team: usize, people: &TeamPeople) {
        let Some(leads) = people.leads else { return };
        let day = self.people.days[team].0;
        let team_key = self.world.teams[team].key;
        for number in 0..self.people.leads[team].len() {
            let key = Key::agent(
                self.seed,
                team_key,
                LEADS + number as u64,
                DAYS + u64::from(day),
            );
            let post = &mut self.people.leads[team][number];
            if *post == Post::Filled && key.uniform(draws::LEAVE) < leads.leaves {
                *post = Post::Vacant(day);
                self.book.teams[team].lead_leavers += 1;
            }
        }
    }

    /// Fills vacant posts of leads from the team, or from outside where nobody has the tenure.
    pub(super) fn promote_to_lead(&mut self, team: usize, people: &TeamPeople) {
        let Some(leads) = people.leads else { return };
        let day = self.people.days[team].0;
        for number in 0..self.people.leads[team].len() {
            let Post::Vacant(since) = self.people.leads[team][number] else {
                continue;
            };
            if let Some((from, who, tenure)) = self.longest_serving(&people.unit, leads.after) {
                self.rises(from, who, tenure);
                self.book.teams[team].lead_promotions += 1;
            } else if day >= since + people.lead_days {
                self.book.teams[team].lead_hires += 1;
            } else {
                continue;
            }
            self.people.leads[team][number] = Post::Filled;
        }
    }

    /// Factor on the span of a team's leads, by those who are there of all who deputise for them and by the time that
    /// escalations leave them.
    fn stretch(&self, team: usize) -> Option<(Lead, f64)> {
        let people = self.roster.teams[team].people.as_ref()?;
        let deputies = people.deputies.as_ref();
        let by_posts = deputies.map_or(1.0, |deputies| {
            let posts = deputies.teams.iter().flat_map(|&t| &self.people.leads[t]);
            let (all, filled) = posts.fold((0u32, 0u32), |(all, filled), post| {
                (all + 1, filled + u32::from(*post == Post::Filled))
            });
            deputies.stretch(f64::from(all), f64::from(filled))
        });
        let Some((leads, lead)) = people.coached else {
            return deputies.map(|d| (d.lead, by_posts));
        };
        let escalations = self.recent_occupancy(&[leads]).unwrap_or(0.0);
        Some((lead, by_posts / (1.0 - escalations).max(LEAST_COACHING)))
    }

    /// Whether a lead who takes escalations is there: of posts that are filled in part, the first are.
    pub(super) fn lead_is_there(&self, place: &LeadPlace) -> bool {
        let posts = &self.people.leads[place.team];
        let filled = posts.iter().filter(|p| **p == Post::Filled).count();
        posts.is_empty() || (place.number as usize) * posts.len() < filled * place.of as usize
    }

    /// Sets what a contact teaches from now on; what was worked until now has taught what it has.
    pub(super) fn lead_on(&mut self, team: usize, people: &TeamPeople) {
        let Some((lead, stretch)) = self.stretch(team) else {
            return;
        };
        let slower = self.people.pace[team] - 1.0;
        let first = self.people.first[team];
        for agent in first..first + people.places.len() as u32 {
            let finished = self.agents[agent].finished;
            let person = &mut self.people.persons[agent as usize];
            person.before += slower * f64::from(finished.wrapping_sub(person.seen));
            person.seen = finished;
        }
        self.people.pace[team] = pace(&lead, stretch);
    }

    /// Books what escalations left of the time on duty of those leads who take them, for each team they lead.
    pub(super) fn close_escalations(&mut self) {
        for (leads, placed) in self.roster.teams.iter().enumerate() {
            let (on_duty, escalations) = {
                let own = &self.book.teams[leads];
                (own.on_queue, own.handling)
            };
            let mut booked = usize::MAX;
            for place in &placed.leads {
                if place.team != booked {
                    booked = place.team;
                    let sums = &mut self.book.teams[booked];
                    sums.leads_on_duty += on_duty;
                    sums.escalations += escalations;
                }
            }
        }
    }

    /// Books posts of leads, and those that were filled, over some time that ends now.
    pub(super) fn book_leads(&mut self, team: usize, took: Tick) {
        let stretch = self.stretch(team);
        let posts = &self.people.leads[team];
        let filled = posts.iter().filter(|p| **p == Post::Filled).count() as Tick;
        let sums = &mut self.book.teams[team];
        sums.lead_posts += posts.len() as Tick * took;
        sums.leading += filled * took;
        if let Some((lead, stretch)) = stretch {
            sums.led += took / SECOND;
            sums.led_by += whole(lead.span * stretch * 100.0 * seconds(took));
        }
    }
}
