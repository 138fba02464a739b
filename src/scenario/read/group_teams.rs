//! A team per skill group: teams whose people differ in what they know, from the start or from a later date on.
//!
//! The first group takes the team's place, the others follow all teams. Groups of different dates that know the same are one
//! group; one that nobody is in before a date is a team without heads until then.

use super::cursor::Cursor;
use super::era;
use super::groups::{SkillGroup, agents};
use crate::scenario::model::{Heads, LeverTarget, RampPlaces, RosterSource, Scenario, Team};

/// Those who know the same, on each date.
struct Kind {
    label: String,
    /// From the start, and from each later date on; nobody's places where they are not there.
    versions: Vec<SkillGroup>,
}

/// Splits every team whose people differ; `versions` are the groups of each team of the document from the start, and from each
/// later date on.
pub fn split(document: &Cursor<'_>, scenario: &mut Scenario, versions: &[Vec<Vec<SkillGroup>>]) {
    for unit in 0..scenario.teams.len() {
        // Groups that could not be read are noted, and stay as they are at the start.
        let read = |v| {
            if document.notes.has_errors() {
                &versions[0]
            } else {
                v
            }
        };
        let own = |v| read(v).get(unit).cloned().unwrap_or_default();
        let stated: Vec<Vec<SkillGroup>> = versions.iter().map(own).collect();
        if stated.iter().all(Vec::is_empty) {
            continue;
        }
        let whole = scenario.teams[unit].clone();
        let later = scenario.eras.iter().map(|era| {
            let heads = era.heads.get(unit).and_then(Option::as_ref);
            heads.unwrap_or(&whole.heads)
        });
        let heads: Vec<Vec<Heads>> = std::iter::once(&whole.heads)
            .chain(later)
            .cloned()
            .collect();
        let changes = stated.iter().any(|groups| *groups != stated[0]);
        let kinds = kinds(scenario, &whole, stated, &heads);
        if let [all] = &kinds[..] {
            scenario.teams[unit]
                .skills
                .clone_from(&all.versions[0].skills);
            continue;
        }
        refuse_levers(document, scenario, unit);
        if whole.published.is_some() {
            refuse_published(document, &whole.name);
        }
        if changes && !document.notes.has_errors() {
            refuse_changes(document, &whole, heads.iter().all(|h| *h == whole.heads));
        }
        for (n, kind) in kinds.iter().enumerate() {
            let part = part(&whole, kind);
            let index = if n == 0 { unit } else { scenario.teams.len() };
            let later = kind.versions.iter().zip(&heads).skip(1);
            for (era, (group, heads)) in scenario.eras.iter_mut().zip(later) {
                let heads = era::changed(heads_of(heads, &group.people), &part.heads);
                era.heads.resize(era.heads.len().max(index + 1), None);
                era.heads[index] = heads;
            }
            match n {
                0 => scenario.teams[unit] = part,
                _ => scenario.teams.push(part),
            }
        }
    }
    if scenario.teams.len() > super::MOST_TEAMS {
        document.notes.error(
            "too-many-teams",
            document.key_span("team"),
            format!(
                "{} teams and skill groups are more than the {} that can be played",
                scenario.teams.len(),
                super::MOST_TEAMS
            ),
            "too many groups",
            "join heads with the same skills",
        );
    }
}

/// The groups of a team over all dates: `stated` and `heads` are those of each.
fn kinds(
    scenario: &Scenario,
    whole: &Team,
    stated: Vec<Vec<SkillGroup>>,
    heads: &[Vec<Heads>],
) -> Vec<Kind> {
    let all = stated.len();
    let mut kinds: Vec<Kind> = Vec::new();
    for (v, mut groups) in stated.into_iter().enumerate() {
        if groups.is_empty() {
            let people: u32 = heads[v].iter().map(|h| h.count).sum();
            groups.push(SkillGroup {
                label: "rest".to_string(),
                people: (0..people as usize).collect(),
                skills: whole.skills.clone(),
            });
        }
        let mut taken = vec![false; kinds.len()];
        for group in groups {
            let same = |&k: &usize| !taken[k] && kinds[k].versions[0].skills == group.skills;
            if let Some(k) = (0..taken.len()).find(same) {
                taken[k] = true;
                kinds[k].versions[v] = group;
                continue;
            }
            let mut label = group.label.clone();
            if v > 0 && kinds.iter().any(|k| k.label == label) {
                let horizon = &scenario.horizon;
                let date = horizon.zoned_in(scenario.eras[v - 1].from, horizon.zone());
                label = format!("{label}, {}", date.date());
            }
            let nobody = SkillGroup {
                people: Vec::new(),
                ..group.clone()
            };
            let mut versions = vec![nobody; all];
            versions[v] = group;
            kinds.push(Kind { label, versions });
        }
    }
    kinds
}

/// The heads of some people, by contract as written.
fn heads_of(heads: &[Heads], people: &[usize]) -> Vec<Heads> {
    let mut first = 0;
    let own = heads.iter().map(|h| {
        let places = first..first + h.count as usize;
        first = places.end;
        Heads {
            count: people.iter().filter(|p| places.contains(p)).count() as u32,
            ..*h
        }
    });
    own.collect()
}

fn part(whole: &Team, kind: &Kind) -> Team {
    let group = &kind.versions[0];
    let roster = match &whole.roster {
        RosterSource::Spells(spells) => {
            let agents = agents(spells);
            let own = |agent: &u32| {
                agents
                    .binary_search(agent)
                    .is_ok_and(|p| group.people.contains(&p))
            };
            RosterSource::Spells(spells.iter().copied().filter(|s| own(&s.0)).collect())
        }
        other => other.clone(),
    };
    let places = group.people.iter().map(|&p| p as u32).collect();
    let of = whole.heads.iter().map(|h| h.count).sum();
    let mut workforce = whole.workforce.clone();
    workforce.tenure = tenures(&whole.workforce.tenure, &group.people);
    Team {
        name: format!("{} ({})", whole.name, kind.label),
        whole: Some(whole.name.clone()),
        heads: heads_of(&whole.heads, &group.people),
        roster,
        ramp_places: whole.ramp.map(|_| RampPlaces { places, of }),
        skills: group.skills.clone(),
        workforce,
        ..whole.clone()
    }
}

fn refuse_published(document: &Cursor<'_>, team: &str) {
    document.notes.error(
        "groups-over-time",
        document.key_span("team"),
        format!("`team.{team}.published` does not say which of its skill groups works which shift"),
        "its people differ in what they know",
        "make a team of each group, with a published roster of its own",
    );
}

/// Notes skills that change on a date where nobody knows whose; `same` says that the heads are the same all the time.
fn refuse_changes(document: &Cursor<'_>, whole: &Team, same: bool) {
    let refuse = |message: String, remedy: &str| {
        document.notes.error(
            "groups-over-time",
            document.key_span("from"),
            message,
            "what single heads know changes",
            remedy,
        );
    };
    let name = &whole.name;
    if whole.ramp.is_some() {
        refuse(
            format!("heads of `team.{name}` change on a date and by `ramp`"),
            "keep one of them",
        );
    }
    if matches!(whole.roster, RosterSource::Spells(_)) {
        refuse(
            format!(
                "the roster file of `team.{name}` does not say who its agents are from a later date on"
            ),
            "place them with \"fit\" or \"even\", or make a team of each group",
        );
    }
    if same && whole.workforce.attrition.is_some() {
        refuse(
            format!(
                "`team.{name}` cannot change what its heads know on a date: `attrition` lets them come and go"
            ),
            "leave it as it is, or remove `attrition`",
        );
    }
}

/// The tenures of some people of a team, in their order; those whom the team says nothing about come last.
fn tenures(whole: &[(u32, f64)], people: &[usize]) -> Vec<(u32, f64)> {
    let each = whole
        .iter()
        .flat_map(|&(n, s)| std::iter::repeat_n(s, n as usize));
    let each: Vec<f64> = each.collect();
    let own = people.iter().filter_map(|&p| each.get(p));
    own.map(|&s| (1, s)).collect()
}

fn refuse_levers(document: &Cursor<'_>, scenario: &Scenario, unit: usize) {
    let moved = |t: &LeverTarget| matches!(t, LeverTarget::Heads(team, _) if *team == unit);
    if scenario.decide.levers.iter().any(|l| moved(&l.target)) {
        document.notes.error(
            "groups-over-time",
            document.key_span("decide"),
            format!(
                "heads of `{}` change, but it says what single heads know",
                scenario.teams[unit].name
            ),
            "nobody knows what those who come will speak",
            "make a team of each group, or leave its heads as they are",
        );
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good, read};

    const SPEAKERS: &str = "heads = 12\nlanguages = { de = 8, en = 4 }";

    fn text(from: &str) -> String {
        spoken("de = \"60%\", en = \"40%\"", from)
    }

    fn spoken(shares: &str, from: &str) -> String {
        let languages = &format!("languages = {{ {shares} }}\nhandle = \"5m\"");
        let from = format!("[[from]]\ndate = 2027-01-25\nset = {{ {from} }}\n[shift.day]");
        changed(&[
            ("handle = \"5m\"", languages),
            ("heads = 12", SPEAKERS),
            ("[shift.day]", &from),
        ])
    }

    #[test]
    fn heads_of_groups_change_on_a_date() {
        let (scenario, items) = read(&spoken(
            "de = \"50%\", en = \"40%\", fr = \"10%\"",
            "team.all.heads = 11, team.all.languages = { de = 6, en = 4, fr = 1 }",
        ));
        assert!(items.is_empty(), "{items:#?}");
        let all: Vec<(&str, u32, u32)> = scenario
            .teams
            .iter()
            .zip(&scenario.eras[0].heads)
            .map(|(team, later)| {
                let now = later.as_ref().map_or(team.heads[0].count, |h| h[0].count);
                (team.name.as_str(), team.heads[0].count, now)
            })
            .collect();
        let expected = [("all (de)", 8, 6), ("all (en)", 4, 4), ("all (fr)", 0, 1)];
        assert_eq!(all, expected);
        assert!(scenario.eras[0].heads[1].is_none());
        assert!(scenario.teams.iter().all(|t| t.unit == 0));
    }

    #[test]
    fn heads_that_change_say_what_they_know() {
        assert_eq!(codes(&text("team.all.heads = 6")), ["too-many-speakers"]);
        assert_eq!(codes(&text("team.all.heads = 14")), ["too-few-speakers"]);
    }

    #[test]
    fn a_team_whose_heads_all_know_the_same_is_one_team() {
        let later = "team.all.heads = 14, team.all.groups = [{ heads = 14, handle = \"90%\" }]";
        let all = text(later).replace(
            "languages = { de = 8, en = 4 }",
            "groups = [{ heads = 12, handle = \"90%\" }]",
        );
        let scenario = good(&all);
        assert_eq!(scenario.teams.len(), 1);
        let mut skills = scenario.teams[0].skills.iter().flatten();
        assert!(skills.all(|s| s.handle_factor == 0.9));
        assert_eq!(scenario.eras[0].heads[0].as_ref().unwrap()[0].count, 14);
    }

    #[test]
    fn what_heads_know_cannot_change_while_they_come_and_go() {
        let text = text("team.all.languages = { de = 7, en = 5 }")
            .replace("heads = 12", "heads = 12\nattrition = { rate = \"30%\" }");
        assert_eq!(codes(&text), ["groups-over-time"]);
    }

    #[test]
    fn groups_that_know_something_else_later_are_other_groups() {
        let scenario = good(&text("team.all.languages = { de = 12, en = 4 }"));
        let heads = |t: usize| {
            let later = scenario.eras[0].heads[t].as_ref();
            later.map_or(scenario.teams[t].heads[0].count, |h| h[0].count)
        };
        let now: u32 = (0..scenario.teams.len()).map(heads).sum();
        assert_eq!((scenario.teams.len(), now), (3, 12));
        // Four have learnt German.
        assert_eq!((heads(0), heads(1), heads(2)), (8, 0, 4));
    }
}
