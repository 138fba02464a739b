//! Leads who take escalations: when they are there.
//!
//! `leads_of = ["english", "german"]` makes the leads of these teams a team of its own, a pool where it names several. An
//! outcome hands contacts to it by its name, a route names it, a swarm calls one of it, like any other team; its `tier` says
//! how long such work takes and how it ends. It has no heads: who leads is paid by `lead` of the teams, and coaches between
//! two escalations.
//!
//! - Leads counted by heads: `ceil(heads / span)` of each team, each on the shifts, breaks, leave and meetings of one of its
//!   people, these spread evenly over the team. They fall ill as their people do and nobody stands in for them.
//! - Leads counted by people on duty (`counted = "staffed hour"`): `ceil(on duty / span)` at any time, without breaks of their
//!   own; who is absent is replaced, as the pay for these hours already says.
//!
//! A post that nobody has (`lead.promotes`) takes nothing. Time on escalations is time that is not spent on coaching: see
//! `lead_span` and `coaching_share`, and the occupancy of the pool.
//!
//! ```
//! let text = r#"
//! [topic.technical]
//! ends = { resolved = "67%", tier2 = "14%", duty-leads = "2%", returns = "17%" }
//! [team.duty-leads]
//! leads_of = ["english", "german"]     # several superiors pool what is escalated
//! site     = "lisbon"
//! tier     = 3
//! [tier.3]
//! handle   = "12m"
//! ends     = { resolved = "97%", returns = "3%" }
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/scale-up/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled scale-up.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let roster = staffwright::roster::place(&scenario)?;
//! let pool = scenario.teams.iter().position(|t| t.name == "duty-leads").ok_or("no pool")?;
//! // Twenty heads of one team and twelve of the other, one lead for ten.
//! assert_eq!(roster.teams[pool].leads.len(), 2 + 2);
//! assert!(roster.teams[pool].positions.iter().all(|p| !p.duties.is_empty()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::given;
use super::leads;
use super::types::{Duty, Position, Roster};
use crate::scenario::model::{Lead, RosterSource, Scenario, Team};

/// Whose lead somebody is who takes escalations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeadPlace {
    /// The team they lead (its first skill group).
    pub team: usize,
    /// Their number among its leads.
    pub number: u32,
    /// Its leads.
    pub of: u32,
    /// Whether somebody stands in for who is absent.
    pub covered: bool,
}

/// Places leads who take escalations, once their people are placed.
pub fn place(scenario: &Scenario, roster: &mut Roster) {
    for (t, team) in scenario.teams.iter().enumerate() {
        let RosterSource::Leads(led) = &team.roster else {
            continue;
        };
        let (mut positions, mut places) = (Vec::new(), Vec::new());
        for &of in led {
            let Some(lead) = scenario.teams[of].lead else {
                continue;
            };
            let own = positions_of(scenario, roster, of, &lead);
            places.extend((0..own.len()).map(|number| LeadPlace {
                team: of,
                number: number as u32,
                of: own.len() as u32,
                covered: lead.by_staffed_hour,
            }));
            positions.extend(own);
        }
        let placed = &mut roster.teams[t];
        let duties = positions.iter().flat_map(|p| &p.duties);
        placed.paid_s = duties.map(Duty::paid_s).sum();
        placed.positions = positions;
        placed.leads = places;
    }
}

/// A team's leads.
fn positions_of(scenario: &Scenario, roster: &Roster, team: usize, lead: &Lead) -> Vec<Position> {
    let groups = || scenario.members(team).map(|t| &roster.teams[t]);
    let people: Vec<&Position> = groups().flat_map(|g| &g.positions).collect();
    if lead.by_staffed_hour {
        let levels = leads::levels(lead, people.iter().copied(), 0);
        return given::levels(scenario, &levels);
    }
    let heads: f64 = groups().map(|g| g.heads).sum();
    // A roster of bare agents has no heads to count.
    let heads = if heads > 0.0 {
        heads
    } else {
        people.len() as f64
    };
    let posts = ((heads / lead.span).ceil() as usize).min(people.len());
    let every = |post: usize| (2 * post + 1) * people.len() / (2 * posts);
    let one = |post| Position {
        contract: None,
        duties: people[every(post)].duties.clone(),
    };
    (0..posts).map(one).collect()
}

/// The team that a team's leads are of when they take escalations, and what they help its people to learn.
pub fn coached(scenario: &Scenario, team: &Team) -> Option<(usize, Lead)> {
    let lead = scenario.teams[team.unit].lead?;
    let pool = scenario
        .teams
        .iter()
        .position(|t| matches!(&t.roster, RosterSource::Leads(led) if led.contains(&team.unit)));
    Some((pool?, lead))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::Sketch;
    use super::super::{Roster, lead_s};
    use crate::scenario::Scenario;
    use crate::scenario::testing::{load, replaced};
    use crate::time::{Tick, seconds};

    /// Twenty-three people, and a pool of those who lead them, one for five; and which team that pool is.
    fn placed(counted: &str) -> (Scenario, Roster, usize) {
        let sketch = Sketch {
            contracts: vec![(40.0, 23)],
            more: format!(
                "lead = {{ span = 5, salary = \"EUR 58_000/year\"{counted} }}\n[team.bosses]\nleads_of = [\"all\"]\ntier = 2\n[tier.2]\nhandle = \"9m\"\nends = {{ resolved = \"100%\" }}\n"
            ),
            ..Sketch::default()
        };
        let ends = (
            "ends = { resolved = \"100%\" }\n[promise",
            "ends = { resolved = \"96%\", bosses = \"4%\" }\n[promise",
        );
        let scenario = load(&replaced(&sketch.text(), &[ends]), &[]);
        let roster = super::super::place(&scenario).unwrap();
        let bosses = |t: &crate::scenario::model::Team| t.name == "bosses";
        let pool = scenario.teams.iter().position(bosses).unwrap();
        (scenario, roster, pool)
    }

    fn on_duty(roster: &Roster, team: usize, at: Tick) -> usize {
        let duties = roster.teams[team].positions.iter().flat_map(|p| &p.duties);
        duties.filter(|d| d.start <= at && at < d.end).count()
    }

    #[test]
    fn leads_by_staffed_hour_are_there_as_the_span_says_at_any_time() {
        let (scenario, roster, pool) = placed(", counted = \"staffed hour\"");
        let mut seen = std::collections::BTreeSet::new();
        for at in (0..scenario.horizon.length()).step_by(7 * 60 * 1_000_000) {
            let people = on_duty(&roster, 1 - pool, at);
            assert_eq!(
                on_duty(&roster, pool, at),
                people.div_ceil(5),
                "{people} at {at}"
            );
            seen.insert(people.div_ceil(5));
        }
        assert!(seen.len() > 3, "{seen:?}");
        // Their hours are those that are paid.
        let team = &roster.teams[pool];
        let duties = team.positions.iter().flat_map(|p| &p.duties);
        let hours: f64 = duties.map(|d| seconds(d.end - d.start)).sum();
        let lead = scenario.teams[1 - pool].lead.unwrap();
        let paid = lead_s(&lead, roster.teams[1 - pool].positions.iter(), 0);
        assert!((hours - paid).abs() < 1e-3 && (hours - team.paid_s).abs() < 1e-3);
        assert!(team.leads.iter().all(|p| p.covered));
    }

    #[test]
    fn leads_by_heads_work_the_shifts_of_every_nth_of_their_people() {
        let (_, roster, pool) = placed("");
        let (people, leads) = (&roster.teams[1 - pool], &roster.teams[pool]);
        // 23 / 5, rounded up; of 23 people the third, the seventh, ...
        assert_eq!(leads.positions.len(), 5);
        for (post, position) in leads.positions.iter().enumerate() {
            let whose = [2, 6, 11, 16, 20][post];
            assert_eq!(position.duties, people.positions[whose].duties);
            assert!(!position.duties.is_empty());
        }
        assert!(leads.leads.iter().all(|p| !p.covered && p.of == 5));
        assert_eq!(leads.heads, 0.0);
    }
}
