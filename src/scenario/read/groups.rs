//! `languages` and `groups` of a team: people of one team who differ in skill.
//!
//! `languages = { de = 8, en = 10, fr = 1 }` says how many of the heads speak each. `groups = [{ heads = 2, languages = ["fr",
//! "en"], handle = "90%" }]` says it head by head; the rest of the team is as the team. Heads are counted in the order of
//! `heads`, or of the agents of a roster file. `handle` (of the team's handle time) and `resolved` (points added) are 100 %
//! and nothing unless stated. Whoever follows somebody who left knows what they knew; ceilings on hires, seats in class,
//! mentors and leads are those of the whole team. Breadth is counted by what a group knows, coordination by the whole team.
//!
//! Where heads grow by `ramp`, those who come are the last of the heads in this order.
//!
//! Where `[[from]]` changes the heads, it says with them who knows what: groups that know the same are the same people, the
//! heads of each rise or fall on the date, and those whom one group loses and another gains have learnt what that one knows.
//!
//! ```toml
//! [[from]]
//! date = 2027-04-01
//! set  = { team.berlin.heads.full-time = 14, team.berlin.languages = { de = 9, en = 10, fr = 2 } }
//! ```
//!
//! ```
//! let text = r#"
//! remove = ["decide"]          # heads whose skills are said one by one are not decided
//! [team.founders]
//! languages = { en = 3, en-asia = 3, de = 2, fr = 1, es = 1 }
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let team = |name: &str| scenario.teams.iter().find(|t| t.name == name);
//! let founders = scenario.units().find(|&u| scenario.unit_name(u) == "founders").ok_or("no founders")?;
//! // Somebody speaks German as well, somebody French and so on: those who speak the same are a group.
//! assert!(scenario.members(founders).count() > 1);
//! let heads = |t: usize| scenario.teams[t].heads[0].count;
//! assert_eq!(scenario.members(founders).map(heads).sum::<u32>(), 3);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::cursor::{Cursor, Item};
use super::selector::Selector;
use super::skills;
use super::structure::Structure;
use super::team::Company;
use crate::scenario::model::{Proficiency, RosterSource, Team};
use std::collections::BTreeMap;

/// People of one team who know the same.
#[derive(Debug, Clone, PartialEq)]
pub struct SkillGroup {
    /// What they know, for their name.
    pub label: String,
    /// Their places among the team's people, ascending.
    pub people: Vec<usize>,
    /// Per stream, as [`Team::skills`].
    pub skills: Vec<Option<Proficiency>>,
}

/// Per team of the document, its skill groups; none where everybody knows the same.
pub fn read_all(
    document: &Cursor<'_>,
    teams: &[Team],
    company: &Company<'_>,
    structure: &Structure,
) -> Vec<Vec<SkillGroup>> {
    let tables = document.named("team");
    let known = Known { company, structure };
    tables
        .iter()
        .zip(teams)
        .map(|((_, table), team)| known.read(table, team))
        .collect()
}

/// What groups are read against.
struct Known<'a> {
    company: &'a Company<'a>,
    structure: &'a Structure,
}

impl Known<'_> {
    fn read(&self, table: &Cursor<'_>, team: &Team) -> Vec<SkillGroup> {
        let (counts, groups) = (table.get("languages"), table.get("groups"));
        let Some(written) = counts.clone().or(groups.clone()) else {
            return Vec::new();
        };
        if counts.is_some() && groups.is_some() {
            written.error(
                "two-groupings",
                format!("`{}` has both `languages` and `groups`", table.path),
                "who speaks what is said twice",
                "keep one of them",
            );
            return Vec::new();
        }
        let Some(people) = people(team) else {
            written.error(
            "groups-without-people",
            format!(
                "`{}` says what single heads know, but its roster does not say who they are",
                table.path
            ),
            "a roster of duties or of a number of agents names nobody",
            "place them with \"fit\" or \"even\", or give spells of single agents: columns agent, start, end",
        );
            return Vec::new();
        };
        let falls = team.ramp.is_some_and(|r| r.from as usize > people);
        if let Some(changes) = table.get("ramp").filter(|_| falls) {
            changes.error_at_key(
                "groups-over-time",
                format!(
                    "`{}` says what single heads know, and that some of them go",
                    table.path
                ),
                "nobody knows what those who go know",
                "let heads fall on a date of `[[from]]`, or make a team of each group",
            );
        }
        match (counts, groups) {
            (Some(counts), _) => self.by_language(table, &counts, people, team),
            (None, Some(groups)) => self.by_group(table, &groups, people, team),
            (None, None) => Vec::new(),
        }
    }

    fn by_language(
        &self,
        table: &Cursor<'_>,
        item: &Item<'_>,
        people: usize,
        team: &Team,
    ) -> Vec<SkillGroup> {
        let languages = &self.company.names.languages;
        let Some(counts) = item.table() else {
            return Vec::new();
        };
        let mut speaks: Vec<Vec<usize>> = vec![Vec::new(); people];
        for (name, count) in counts.items() {
            let language = languages.resolve_name(name, &count);
            let (Some(language), Some(n)) = (language, count.count()) else {
                return Vec::new();
            };
            if n as usize > people {
                count.error(
                    "too-many-speakers",
                    format!(
                        "{n} of `{}` speak {name}, but it has {people} heads",
                        table.path
                    ),
                    format!("more than the {people} heads"),
                    format!("write {people} at most"),
                );
                return Vec::new();
            }
            // Those who speak fewest first: as few as possible speak several.
            let mut order: Vec<usize> = (0..people).collect();
            order.sort_by_key(|&p| speaks[p].len());
            order[..n as usize]
                .iter()
                .for_each(|&p| speaks[p].push(language));
        }
        let mute = speaks.iter().filter(|s| s.is_empty()).count();
        if mute > 0 {
            item.error(
                "too-few-speakers",
                format!(
                    "{mute} of the {people} heads of `{}` speak none of these languages",
                    table.path
                ),
                "the counts are fewer than the heads",
                "count every head at least once, also in a `[[from]]` that changes the heads",
            );
            return Vec::new();
        }
        table.notes.assume_value(
            &super::cursor::join(&table.path, "groups"),
            "as few as possible speak several languages",
            None,
            "who of the heads speaks what was not said; write `groups` to say it",
        );
        let mut groups: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        for (person, mut spoken) in speaks.into_iter().enumerate() {
            spoken.sort_unstable();
            groups.entry(spoken).or_default().push(person);
        }
        groups
            .into_iter()
            .map(|(spoken, people)| {
                let names: Vec<&str> = spoken.iter().map(|&l| languages.name(l)).collect();
                let over = Selector {
                    languages: Some(spoken.clone()),
                    ..Selector::default()
                };
                SkillGroup {
                    label: names.join(", "),
                    people,
                    skills: self.skills(table, team, &over),
                }
            })
            .collect()
    }

    /// What people know who differ from the team in what `over` states.
    fn skills(&self, table: &Cursor<'_>, team: &Team, over: &Selector) -> Vec<Option<Proficiency>> {
        let Company { streams, names, .. } = *self.company;
        let mut skills = skills::read(table, team.tier, streams, names, over);
        self.structure.broaden(&mut skills, streams);
        skills
    }

    fn by_group(
        &self,
        table: &Cursor<'_>,
        item: &Item<'_>,
        people: usize,
        team: &Team,
    ) -> Vec<SkillGroup> {
        let mut groups = Vec::new();
        let mut taken = 0;
        for (number, entry) in item.list().iter().enumerate() {
            let Some(own) = entry.table() else { continue };
            let Some(heads) = own.need("heads", "2").and_then(|i| i.count()) else {
                continue;
            };
            let handle = own.get("handle").map_or(Some(1.0), |i| {
                i.percent()
                    .filter(|f| i.within(*f, 0.05, 20.0, "between 5% and 2000%"))
            });
            let resolved = own.get("resolved").map_or(Some(0.0), |i| {
                i.points()
                    .filter(|p| i.within(*p, -1.0, 1.0, "between -100 and 100 points"))
            });
            let over = Selector::read(&own, self.company.names);
            let mut skills = self.skills(table, team, &over);
            for skill in skills.iter_mut().flatten() {
                skill.handle_factor *= handle.unwrap_or(1.0);
                skill.resolved_delta += resolved.unwrap_or(0.0);
            }
            groups.push(SkillGroup {
                label: format!("group {}", number + 1),
                people: (taken..taken + heads as usize).collect(),
                skills,
            });
            taken += heads as usize;
        }
        if taken > people {
            item.error(
                "too-many-speakers",
                format!(
                    "the groups of `{}` have {taken} heads, the team has {people}",
                    table.path
                ),
                "more than the team",
                format!("let the groups have {people} heads together at most"),
            );
            return Vec::new();
        }
        if taken < people {
            groups.insert(
                0,
                SkillGroup {
                    label: "rest".to_string(),
                    people: (taken..people).collect(),
                    skills: team.skills.clone(),
                },
            );
        }
        groups.retain(|g| !g.people.is_empty());
        groups
    }
}

/// How many people a team has; `None` where its roster counts agents without saying who they are.
fn people(team: &Team) -> Option<usize> {
    match &team.roster {
        RosterSource::Fit | RosterSource::Even | RosterSource::None => {
            Some(team.heads.iter().map(|h| h.count as usize).sum())
        }
        RosterSource::Spells(spells) => Some(agents(spells).len()),
        RosterSource::Duties(_) | RosterSource::Levels(_) | RosterSource::Leads(_) => None,
    }
}

/// The agents of spells, ascending.
pub fn agents(spells: &[(u32, u64, u64)]) -> Vec<u32> {
    let mut agents: Vec<u32> = spells.iter().map(|s| s.0).collect();
    agents.sort_unstable();
    agents.dedup();
    agents
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good};

    const LANGUAGES: (&str, &str) = (
        "handle = \"5m\"",
        "languages = { de = \"50%\", en = \"40%\", fr = \"10%\" }\nhandle = \"5m\"",
    );

    fn team(keys: &str) -> String {
        changed(&[LANGUAGES, ("heads = 12", &format!("heads = 12\n{keys}"))])
    }

    #[test]
    fn counts_of_speakers_make_groups_that_know_the_same() {
        let scenario = good(&team("languages = { de = 8, en = 5, fr = 1 }"));
        // Eight speak German, the other four and one of the eight English, a German speaker French as well.
        let of = |language: &str| {
            let l = scenario
                .languages
                .iter()
                .position(|x| x.name == language)
                .unwrap();
            let s = scenario
                .streams
                .iter()
                .position(|x| x.language == l)
                .unwrap();
            scenario
                .teams
                .iter()
                .filter(|t| t.skills[s].is_some())
                .map(|t| t.heads[0].count)
                .sum::<u32>()
        };
        assert_eq!((of("de"), of("en"), of("fr")), (8, 5, 1));
        assert!(scenario.teams.iter().all(|t| t.unit == 0));
        assert_eq!(scenario.unit_name(1), "all");
        assert_eq!(scenario.teams[0].name, "all (de)");
        assert_eq!(scenario.members(1).count(), scenario.teams.len());
        let heads: u32 = scenario.teams.iter().map(|t| t.heads[0].count).sum();
        assert_eq!(heads, 12);
        assert!(
            scenario
                .assumptions
                .iter()
                .any(|a| a.path == "team.all.groups")
        );
    }

    #[test]
    fn groups_say_who_is_better_at_what() {
        let scenario = good(&team(
            "groups = [{ heads = 2, languages = [\"fr\", \"en\"], handle = \"90%\", resolved = \"2 points\" }]",
        ));
        assert_eq!(scenario.teams.len(), 2);
        let (rest, two) = (&scenario.teams[0], &scenario.teams[1]);
        assert_eq!((rest.heads[0].count, two.heads[0].count), (10, 2));
        let skill = two.skills.iter().flatten().next().unwrap();
        assert_eq!((skill.handle_factor, skill.resolved_delta), (0.9, 0.02));
        assert_eq!(two.skills.iter().flatten().count(), 2);
        assert_eq!(rest.skills.iter().flatten().count(), 3);
    }

    #[test]
    fn a_team_whose_heads_all_know_the_same_knows_no_more() {
        let german = team("languages = { de = 12 }");
        assert_eq!(codes(&german), ["unreachable-stream"]);
        let scenario = good(&team("groups = [{ heads = 12, handle = \"90%\" }]"));
        let mut skills = scenario.teams[0].skills.iter().flatten();
        assert!(skills.all(|s| s.handle_factor == 0.9));
    }

    #[test]
    fn heads_of_groups_come_and_go() {
        let scenario = good(&team(
            "groups = [{ heads = 4, languages = [\"fr\"] }, { heads = 8, languages = [\"de\", \"en\"] }]\nattrition = { rate = \"30%\" }\ntenure = [{ heads = 5, tenure = \"10 days\" }, { heads = 2, tenure = \"20 days\" }]\nmentoring = { hours = \"4h/week\", until = \"90 days\" }",
        ));
        let tenures = |t: usize| -> Vec<f64> {
            let own = scenario.teams[t].workforce.tenure.iter();
            own.map(|&(heads, s)| f64::from(heads) * s / 86_400.0)
                .collect()
        };
        assert_eq!(tenures(0), [10.0; 4]);
        assert_eq!(tenures(1), [10.0, 20.0, 20.0]);
        let all = |t: &crate::scenario::model::Team| {
            t.workforce.attrition.is_some() && t.workforce.mentoring.is_some()
        };
        assert!(scenario.teams.iter().all(all));
    }

    #[test]
    fn more_or_fewer_speakers_than_heads_are_refused() {
        assert_eq!(
            codes(&team("languages = { de = 13, en = 1, fr = 1 }")),
            ["too-many-speakers"]
        );
        assert_eq!(
            codes(&team("languages = { de = 8, en = 1, fr = 1 }")),
            ["too-few-speakers"]
        );
    }
}
