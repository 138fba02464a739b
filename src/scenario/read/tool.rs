//! `[tool.*]` and a topic's `parts`: what agents work with, what it saves, what it costs, and when it is down.
//!
//! ```toml
//! [topic.shop]
//! parts = { conversation = "50%", search = "25%", system = "15%", repeated = "10%" }   # of its handle time
//! [tool.crm]
//! part      = "system"                 # the part it changes,
//! scales    = "80%"                    # to this share of it
//! lag       = "4s"                     # each piece of work waits for it
//! price     = "EUR 60/month"           # per head of the teams that have it
//! attrition = "95%"                    # of the rate of leaving: good tools keep people
//! outages   = { every = "20 days", lasts = "45m", work = "stops" }    # or "160%": handle time meanwhile
//! [tool.macros]
//! part   = "repeated"                  # automation takes 70% of the repeated steps
//! scales = "30%"
//! teams  = ["berlin"]                  # all unless stated
//! when   = { topics = "shop" }
//! [tool.knowledge-base]
//! part      = "search"
//! scales    = "60%"
//! authoring = { team = "experts", hours = "240h", per_week = "20h/week", upkeep = "4h/week" }   # nothing is saved before
//! ```
//!
//! Handle time is `conversation + search + system + repeated`; tools of different parts add up, of one part multiply, and
//! what content saves once it is written multiplies with them. Failures and repairs are exponential unless a distribution
//! is written, and go on whether people work or not; every tool works when the scenario starts.

use super::cursor::{Cursor, Item};
use super::demand::TopicTable;
use super::law::{self, Usual};
use super::names::Names;
use super::problem;
use super::selector;
use crate::scenario::forms;
use crate::scenario::model::{Outages, PARTS, Part, Scenario, Tool};
use crate::time::{Tick, ticks};

/// Shares of a topic's handle time by part, in the order of [`PARTS`].
pub fn parts(topic: &TopicTable<'_>) -> Option<[f64; 4]> {
    let table = topic.get("parts")?.table()?;
    let mut parts = [0.0; 4];
    for (name, share, item) in super::shares::whole(&table) {
        match PARTS.iter().position(|p| p.1 == name) {
            Some(place) => parts[place] = share,
            None => item.error_at_key(
                "unknown-part",
                format!("`{name}` is no part of handle time"),
                "no such part",
                "write conversation, search, system or repeated",
            ),
        }
    }
    Some(parts)
}

/// Reads all tools, and takes the hours in which content is written from its team.
pub fn read_all(document: &Cursor<'_>, names: &Names, scenario: &mut Scenario) {
    for (name, table) in document.named("tool") {
        if let Some(tool) = read(name, &table, names, scenario) {
            check(&table, &tool, scenario);
            scenario.tools.push(tool);
        }
    }
}

fn read(name: &str, table: &Cursor<'_>, names: &Names, scenario: &mut Scenario) -> Option<Tool> {
    let streams = selector::chosen(table, names, &scenario.streams);
    let teams = match table.get("teams") {
        Some(item) => names.teams.resolve_all(&item),
        None => (0..scenario.teams.len()).collect(),
    };
    let factor = |i: &Item<'_>| {
        i.percent()
            .filter(|f| i.within(*f, 0.0, 3.0, "between 0% and 300%"))
    };
    let scales = scales(table);
    let lag = table.get("lag").map_or(Some(0.0), |i| i.duration());
    let price = table.get("price").map_or(Some(0.0), |i| i.per_month());
    let attrition = table.get("attrition").map_or(Some(1.0), |i| factor(&i));
    let outages = match table.sub("outages") {
        Some(table) => Some(outages(&table)?),
        None => None,
    };
    let ready = match table.sub("authoring") {
        Some(written) => authoring(&written, table, names, scenario)?,
        None => 0,
    };
    Some(Tool {
        name: name.to_string(),
        streams,
        teams,
        scales: scales?,
        lag_s: lag?,
        per_head_month: price?,
        attrition: attrition?,
        outages,
        ready,
    })
}

fn scales(table: &Cursor<'_>) -> Option<Option<(Part, f64)>> {
    let words = PARTS.map(|p| p.1);
    match (table.get("part"), table.get("scales")) {
        (None, None) => Some(None),
        (part, None) => {
            part?;
            table.missing("scales", "\"80%\"");
            None
        }
        (None, Some(_)) => {
            table.missing("part", "\"system\"");
            None
        }
        (Some(part), Some(scale)) => {
            let part = part.word(&words);
            let factor = scale
                .percent()
                .filter(|f| scale.within(*f, 0.0, 3.0, "between 0% and 300%"));
            Some(Some((PARTS[part?].0, factor?)))
        }
    }
}

fn outages(table: &Cursor<'_>) -> Option<Outages> {
    let law = |i: &Item<'_>| {
        let law = law::read(i, Usual::Delay)?;
        if law.mean() <= 0.0 {
            i.out_of_range("0", "a duration longer than nothing");
            return None;
        }
        Some(law)
    };
    let every = table.need("every", "\"20 days\"").and_then(|i| law(&i));
    let lasts = table.need("lasts", "\"45m\"").and_then(|i| law(&i));
    let speed = match table.get("work") {
        None => Some(0.0),
        Some(item) if item.is("stops") => Some(0.0),
        Some(item) => item
            .percent()
            .filter(|f| item.within(*f, 1.0, 100.0, "from 100% on, or `stops`"))
            .map(|f| 1.0 / f),
    };
    Some(Outages {
        every: every?,
        lasts: lasts?,
        speed: speed?,
    })
}

/// Takes the hours of writing from a team and gives the tick at which the content is written.
fn authoring(
    written: &Cursor<'_>,
    tool: &Cursor<'_>,
    names: &Names,
    scenario: &mut Scenario,
) -> Option<Tick> {
    if tool.get("teams").is_some() || tool.get("scales").is_none() {
        let (what, remedy) = if tool.get("scales").is_none() {
            ("saves nothing", "write `part` and `scales`")
        } else {
            ("is there for everybody", "remove `teams`")
        };
        tool.notes.error(
            "meaningless-key",
            tool.key_span("authoring"),
            format!("content that is written {what}"),
            format!("`{}` has `authoring`", tool.path),
            remedy,
        );
    }
    let per_week = |key: &str| {
        written
            .get(key)
            .map(|i| i.form("hours per week", "\"20h/week\"", forms::hours_per_week))
    };
    let team = written
        .need("team", "\"experts\"")
        .and_then(|i| Some((names.teams.resolve(&i)?, i)));
    let hours = written.need("hours", "\"240h\"").and_then(|i| i.duration());
    if written.get("per_week").is_none() {
        written.missing("per_week", "\"20h/week\"");
    }
    let weekly = per_week("per_week")??;
    let upkeep = per_week("upkeep").unwrap_or(Some(0.0))?;
    let ((team, item), hours_s) = (team?, hours?);
    if weekly <= 0.0 {
        return None;
    }
    // At least one tick: content that takes no hours is not written before the start.
    let ready = ticks(hours_s / (weekly * 3600.0) * 7.0 * 86_400.0).max(1);
    problem::take_hours(&item, &tool.path, upkeep, team, scenario);
    problem::take_hours_until(&item, &tool.path, weekly, team, ready, scenario);
    Some(ready)
}

/// A tool that changes a part of handle times that nothing is known about.
fn check(table: &Cursor<'_>, tool: &Tool, scenario: &Scenario) {
    let Some((_, item)) = tool.scales.and(table.get("part").map(|i| ((), i))) else {
        return;
    };
    let topics = tool.streams.iter().map(|&s| scenario.streams[s].topic);
    let unknown = topics
        .map(|t| &scenario.topics[t])
        .find(|t| t.parts.is_none());
    if let Some(topic) = unknown {
        item.error_at_key(
            "missing-key",
            format!("`topic.{}.parts` is missing, and it has no default", topic.name),
            format!("`{}` changes a part of its handle time", table.path),
            "write for example `parts = { conversation = \"60%\", search = \"25%\", system = \"15%\" }`",
        );
    }
}

/// Lets the teams, in their skill groups, work as their tools make them: once all tools are known, because parts add up.
pub fn equip(scenario: &mut Scenario) {
    for team in &mut scenario.teams {
        let unit = team.unit;
        let own = || scenario.tools.iter().filter(|t| t.teams.contains(&unit));
        team.tools_per_head_month += own().map(|t| t.per_head_month).sum::<f64>();
        if let Some(attrition) = &mut team.workforce.attrition {
            attrition.per_year *= own().map(|t| t.attrition).product::<f64>();
        }
        for (s, skill) in team.skills.iter_mut().enumerate() {
            let Some(skill) = skill else { continue };
            let used = || own().filter(|t| t.streams.contains(&s));
            skill.lag_s += used().map(|t| t.lag_s).sum::<f64>();
            let Some(parts) = scenario.topics[scenario.streams[s].topic].parts else {
                continue;
            };
            let mut left = parts;
            for tool in used().filter(|t| t.ready == 0) {
                for (place, (part, _)) in PARTS.iter().enumerate() {
                    if let Some((own, scale)) = tool.scales
                        && own == *part
                    {
                        left[place] *= scale;
                    }
                }
            }
            if left != parts {
                skill.handle_factor *= left.iter().sum::<f64>();
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good, only};
    use crate::scenario::arrivals;

    const PARTS: (&str, &str) = (
        "handle = \"5m\"",
        "parts = { conversation = \"50%\", search = \"25%\", system = \"15%\", repeated = \"10%\" }\nhandle = \"5m\"",
    );

    fn with(tools: &str) -> String {
        changed(&[PARTS, ("[shift.day]", &format!("{tools}\n[shift.day]"))])
    }

    #[test]
    fn tools_scale_their_parts() {
        let scenario = good(&with(
            "[tool.crm]\npart = \"system\"\nscales = \"80%\"\nlag = \"4s\"\nprice = \"EUR 60/month\"\n[tool.macros]\npart = \"repeated\"\nscales = \"30%\"\n[tool.more]\npart = \"system\"\nscales = \"50%\"",
        ));
        let skill = scenario.teams[0].skills[0].unwrap();
        // 50 + 25 + 15 x 0.8 x 0.5 + 10 x 0.3.
        assert!((skill.handle_factor - 0.84).abs() < 1e-12);
        assert_eq!(
            (skill.lag_s, scenario.teams[0].tools_per_head_month),
            (4.0, 60.0)
        );
    }

    #[test]
    fn content_saves_once_it_is_written_and_costs_hours_until_then() {
        let scenario = good(&with(
            "[tool.book]\npart = \"search\"\nscales = \"60%\"\nauthoring = { team = \"all\", hours = \"48h\", per_week = \"24h/week\", upkeep = \"4.8h/week\" }",
        ));
        let factors = arrivals::of_work(&scenario, 0, None).unwrap();
        assert_eq!((factors[2 * 672 - 1], factors[2 * 672]), (1.0, 0.9));
        // 24 and 4.8 of 12 heads' 480 hours.
        let shrinkage = &scenario.teams[0].shrinkage;
        assert!((shrinkage.other_work - 0.01).abs() < 1e-12);
        assert!((shrinkage.for_now - 0.05).abs() < 1e-12);
        assert_eq!(scenario.teams[0].skills[0].unwrap().handle_factor, 1.0);
    }

    #[test]
    fn a_tool_keeps_people() {
        let scenario = good(
            &with("[tool.crm]\nattrition = \"90%\"")
                .replace("heads = 12", "heads = 12\nattrition = { rate = \"30%\" }"),
        );
        let attrition = scenario.teams[0].workforce.attrition.unwrap();
        assert!((attrition.per_year - 0.27).abs() < 1e-12);
    }

    #[test]
    fn mistakes_of_tools_are_named() {
        let part = changed(&[(
            "[shift.day]",
            "[tool.crm]\npart = \"system\"\nscales = \"80%\"\n[shift.day]",
        )]);
        assert_eq!(
            only(&part),
            "`topic.help.parts` is missing, and it has no default"
        );
        assert_eq!(
            codes(&with("[tool.crm]\npart = \"system\"")),
            ["missing-key"]
        );
        let fast =
            with("[tool.crm]\noutages = { every = \"2 days\", lasts = \"1h\", work = \"50%\" }");
        assert_eq!(codes(&fast), ["out-of-range"]);
    }
}
