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
//!
//! `[[from]]` may change what a tool scales its part to, its lag, price, teams, contacts and outages: a roll-out, team by team.
//!
//! ```toml
//! [[from]]
//! date = 2027-04-01
//! set  = { tool.macros.scales = "20%", tool.macros.teams = ["berlin", "porto"], tool.crm.price = "EUR 75/month" }
//! ```

use super::cursor::{Cursor, Item};
use super::demand::TopicTable;
use super::law::{self, Usual};
use super::names::Names;
use super::other_work::{Claim, Claims};
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

/// Reads all tools of all versions of the document, and claims the hours in which content is written.
pub fn read_all<'a>(
    versions: &[Cursor<'a>],
    names: &Names,
    claims: &mut Claims<'a>,
    scenario: &mut Scenario,
) {
    for (name, table) in versions[0].by_name("tool") {
        let tool = read(name, &table, names, scenario);
        let ready = match table.sub("authoring") {
            Some(written) => authoring(&written, &table, names, claims, scenario),
            None => Some(0),
        };
        if let (Some(tool), Some(ready)) = (tool, ready) {
            check(&table, &tool, scenario);
            scenario.tools.push(Tool { ready, ..tool });
        }
    }
    for (e, version) in versions.iter().skip(1).enumerate() {
        let tools = version.by_name("tool").into_iter();
        let tools = tools.filter_map(|(name, table)| {
            let tool = read(name, &table, names, scenario)?;
            check(&table, &tool, scenario);
            if table.get("authoring").is_some() {
                check_content(&table);
            }
            let first = scenario.tools.iter().find(|t| t.name == name)?;
            Some(Tool {
                ready: first.ready,
                ..tool
            })
        });
        scenario.eras[e].tools = tools.collect();
    }
}

fn read(name: &str, table: &Cursor<'_>, names: &Names, scenario: &Scenario) -> Option<Tool> {
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
    Some(Tool {
        name: name.to_string(),
        streams,
        teams,
        scales: scales?,
        lag_s: lag?,
        per_head_month: price?,
        attrition: attrition?,
        outages,
        ready: 0,
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
fn authoring<'a>(
    written: &Cursor<'a>,
    tool: &Cursor<'a>,
    names: &Names,
    claims: &mut Claims<'a>,
    scenario: &mut Scenario,
) -> Option<Tick> {
    check_content(tool);
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
    for (weekly, until) in [(upkeep, None), (weekly, Some(ready))] {
        let claim = Claim {
            by: tool.path.clone(),
            item: item.clone(),
            team,
            weekly,
            later: Vec::new(),
            until,
        };
        claims.take(claim, scenario);
    }
    Some(ready)
}

/// Content that saves nothing, or is there for some only.
fn check_content(tool: &Cursor<'_>) {
    if tool.get("teams").is_some() || tool.get("scales").is_none() {
        let (key, what, remedy) = if tool.get("scales").is_none() {
            ("authoring", "saves nothing", "write `part` and `scales`")
        } else {
            ("teams", "is there for everybody", "remove `teams`")
        };
        tool.notes.error(
            "meaningless-key",
            tool.key_span(key),
            format!("content that is written {what}"),
            format!("`{}` has `authoring`", tool.path),
            remedy,
        );
    }
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good, only, with_tools as with};
    use crate::scenario::arrivals;

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

    #[test]
    fn what_of_a_tool_cannot_change_is_refused() {
        let text = with(
            "[tool.crm]\nattrition = \"95%\"\n[[from]]\ndate = 2027-01-25\nset = { tool.crm.attrition = \"90%\" }",
        );
        assert_eq!(
            only(&text),
            "`tool.crm.attrition` cannot change from a date on"
        );
    }
}
