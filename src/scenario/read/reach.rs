//! Whether every contact can be worked by somebody, and every team by anything.

use super::cursor::Cursor;
use super::names::Names;
use crate::scenario::model::{
    Covering, Decide, End, Era, LeverTarget, RosterSource, Route, Stream, Team,
};
use std::collections::BTreeMap;

/// What was read so far.
pub struct Organisation<'a> {
    /// Names of everything.
    pub names: &'a Names,
    /// Streams of demand.
    pub streams: &'a [Stream],
    /// Teams.
    pub teams: &'a [Team],
    /// Routes, as they are from the start or from a date on.
    pub routes: &'a [Route],
    /// What changes on dates.
    pub eras: &'a [Era],
    /// What may move.
    pub decide: &'a Decide,
}

/// Notes streams that no team can work on, and teams that nothing can ever occupy or staff; of the organisation by the routes
/// of the start, and of each date that changes them.
pub fn check(document: &Cursor<'_>, versions: &[Organisation<'_>]) {
    for version in versions.iter().filter(|v| !v.teams.is_empty()) {
        unreachable_streams(document, version);
        lost_hand_overs(document, version);
    }
    if let Some(first) = versions.first() {
        idle_teams(document, first, versions);
    }
}

/// The teams that may work on a stream at a tier by a route: those it names; by none, all with the skill.
fn able<'o>(
    stream: usize,
    tier: usize,
    route: Option<usize>,
    o: &'o Organisation<'_>,
) -> impl Iterator<Item = usize> + use<'o> {
    let route = route.map(|r| &o.routes[r]);
    (0..o.teams.len()).filter(move |t| {
        let team = &o.teams[*t];
        let named = route.is_none_or(|r| r.to.iter().any(|e| e.team == team.unit));
        named && team.tier == tier && team.skills[stream].is_some()
    })
}

/// The first route (or `None`: no route) of a stream at a tier by which nobody can work on it.
fn closed_way(stream: usize, tier: usize, o: &Organisation<'_>) -> Option<Option<usize>> {
    let covering = Covering::of(o.routes, stream, tier);
    covering
        .all()
        .find(|&route| able(stream, tier, route, o).next().is_none())
}

fn unreachable_streams(document: &Cursor<'_>, o: &Organisation<'_>) {
    // One mistake for each tier and language, not one for each stream.
    let mut lost: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (index, stream) in o.streams.iter().enumerate() {
        for (tier, work) in stream.work.iter().enumerate() {
            // A tier that work reaches only by a team's name has that team; see `lost_hand_overs`.
            let comes = tier == 0
                || stream
                    .work
                    .iter()
                    .flat_map(|w| &w.ends)
                    .any(|(_, e)| *e == End::Tier(tier));
            let gone = tier == 0
                && stream
                    .moves
                    .as_ref()
                    .is_some_and(|m| m.iter().all(|m| m.1 != index));
            if comes && !gone && !work.ends.is_empty() && closed_way(index, tier, o).is_some() {
                lost.entry((tier, stream.language)).or_default().push(index);
            }
        }
    }
    let topics = document.sub("topic");
    for ((tier, language), streams) in lost {
        let first = &o.streams[streams[0]];
        let topic = o.names.topics.name(first.topic);
        let span = topics.as_ref().map_or(document.span, |t| t.key_span(topic));
        let shown: Vec<&str> = streams
            .iter()
            .take(3)
            .map(|s| o.streams[*s].name.as_str())
            .collect();
        let more = if streams.len() > 3 {
            format!(" and {} more", streams.len() - 3)
        } else {
            String::new()
        };
        document.notes.error(
            "unreachable-stream",
            span,
            format!(
                "nobody can work on {}{more} at tier {}",
                shown.join(", "),
                tier + 1
            ),
            format!(
                "no team of tier {} has the skill, or its route names none that has",
                tier + 1
            ),
            remedy(tier, language, streams[0], o),
        );
    }
}

fn remedy(tier: usize, language: usize, index: usize, o: &Organisation<'_>) -> String {
    let stream = &o.streams[index];
    let at_tier: Vec<&Team> = o.teams.iter().filter(|t| t.tier == tier).collect();
    let (level, language) = (tier + 1, o.names.languages.name(language));
    if at_tier.is_empty() {
        return format!("add a team with `tier = {level}`, or let no work end in tier {level}");
    }
    if let Some(Some(route)) = closed_way(index, tier, o) {
        return format!(
            "name a team with the skill in `route.{}.to`, or narrow its `when`",
            o.routes[route].name
        );
    }
    format!(
        "add channel `{}`, topic `{}` and language `{language}` to the `skills` of a team such as `{}`",
        o.names.channels.name(stream.channel),
        o.names.topics.name(stream.topic),
        at_tier[0].name,
    )
}

/// Work handed to a team by name that has not the skill for it.
fn lost_hand_overs(document: &Cursor<'_>, o: &Organisation<'_>) {
    let topics = document.sub("topic");
    for (index, stream) in o.streams.iter().enumerate() {
        for (_, end) in stream.work.iter().flat_map(|w| &w.ends) {
            let End::Team(team) = *end else { continue };
            if o.teams[team].skills[index].is_none() {
                let (topic, name) = (o.names.topics.name(stream.topic), &o.teams[team].name);
                document.notes.error(
                    "unreachable-stream",
                    topics.as_ref().map_or(document.span, |t| t.key_span(topic)),
                    format!(
                        "`{}` is handed to `{name}`, which has not the skill for it",
                        stream.name
                    ),
                    format!("`{name}` cannot work on this"),
                    format!("widen the `skills` of `{name}`, or hand the work elsewhere"),
                );
            }
        }
    }
}

fn idle_teams(document: &Cursor<'_>, o: &Organisation<'_>, versions: &[Organisation<'_>]) {
    let tables = document.sub("team");
    for (index, team) in o.teams.iter().enumerate() {
        let span = tables
            .as_ref()
            .map_or(document.span, |t| t.key_span(&team.name));
        let occupied = (0..o.streams.len())
            .any(|s| team.skills[s].is_some() && versions.iter().any(|v| is_asked(s, index, v)));
        if !occupied && !o.streams.is_empty() {
            document.notes.warning(
                "idle-team",
                span,
                format!("no contact can ever reach `{}`", team.name),
                "its skills and tier match no work",
                "correct `skills` or `tier`, or remove the team",
            );
        }
        let levers = |l: &crate::scenario::model::Lever| matches!(l.target, LeverTarget::Heads(t, _) if t == index);
        let heads: u32 = team.heads.iter().map(|h| h.count).sum();
        let agents = matches!(
            team.roster,
            RosterSource::Levels(_) | RosterSource::Spells(_)
        );
        let later = |e: &Era| e.heads.get(index).is_some_and(Option::is_some);
        let none = heads == 0 && !o.eras.iter().any(later);
        if none && !agents && !team.heads.is_empty() && !o.decide.levers.iter().any(levers) {
            document.notes.warning(
                "never-staffed",
                span,
                format!("nothing can ever staff `{}`: it has no heads, and `[decide]` does not move them", team.name),
                "no heads, and none to come",
                format!("give it heads, or write `\"team.{}.heads\" = {{ from = 0, to = 20 }}` in `[decide]`", team.name),
            );
        }
    }
}

/// Whether a stream may be sent to a team: by a route that names it, by a hand-over, or freely.
fn is_asked(stream: usize, team: usize, o: &Organisation<'_>) -> bool {
    let handed = o.streams[stream]
        .work
        .iter()
        .flat_map(|w| &w.ends)
        .any(|(_, e)| *e == End::Team(team));
    let tier = o.teams[team].tier;
    let covering = Covering::of(o.routes, stream, tier);
    handed
        || covering
            .all()
            .any(|route| able(stream, tier, route, o).any(|t| t == team))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, read};

    #[test]
    fn contacts_nobody_can_work_on_are_named_with_the_remedy() {
        let text = changed(&[
            (
                "handle = \"5m\"",
                "languages = { en = \"90%\", fr = \"10%\" }\nhandle = \"5m\"",
            ),
            (
                "heads = 12",
                "heads = 12\nskills = { languages = [\"en\"] }",
            ),
        ]);
        let (_, items) = read(&text);
        assert_eq!(items.len(), 1);
        assert_eq!(
            items[0].message,
            "nobody can work on help/phone/fr at tier 1"
        );
        let help = items[0].help.as_deref();
        assert_eq!(
            help,
            Some(
                "add channel `phone`, topic `help` and language `fr` to the `skills` of a team such as `all`"
            )
        );
    }

    #[test]
    fn a_route_may_cut_off_contacts() {
        let text = changed(&[
            (
                "handle = \"5m\"",
                "languages = { en = \"90%\", fr = \"10%\" }\nhandle = \"5m\"",
            ),
            (
                "[shift.day]",
                "[team.english]\nheads = 2\nskills = { languages = [\"en\"] }\nshifts = [\"day\"]\nroster = \"fit\"\nshrinkage = \"none\"\n[route.r]\nto = [\"english\"]\n[shift.day]",
            ),
        ]);
        assert!(codes(&text).contains(&"unreachable-stream"));
    }

    #[test]
    fn no_heads_and_no_lever_is_a_warning() {
        assert_eq!(
            codes(&changed(&[("heads = 12", "heads = 0")])),
            ["never-staffed"]
        );
        let moved = changed(&[
            ("heads = 12", "heads = 0"),
            (
                "[shift.day]",
                "[decide]\n\"team.all.heads\" = { from = 0, to = 20 }\n[shift.day]",
            ),
        ]);
        assert!(codes(&moved).is_empty());
    }
}
