//! Learning, attrition, hiring and training classes of a team.

use super::cursor::{Cursor, WEEKS_PER_YEAR};
use super::further_training;
use super::names::Names;
use super::ramp::meaningless;
use crate::scenario::forms;
use crate::scenario::model::{
    Attrition, Contract, Era, Heads, Hiring, Learning, LearningScale, Mentoring, Promotes,
    RosterSource, Scenario, Team, TrainingClass, Workforce,
};

/// Horizons shorter than this hold people as they are unless asked.
const SHORT_S: f64 = 8.0 * 7.0 * 86_400.0;

/// Paid hours a week of some heads together; a vendor's people work full time.
pub fn paid_hours(heads: &[Heads], contracts: &[Contract]) -> f64 {
    let each = |contract: Option<usize>| contract.map_or(40.0, |c| contracts[c].hours_per_week);
    heads
        .iter()
        .map(|h| f64::from(h.count) * each(h.contract))
        .sum()
}

/// Their mean. `None` where there are none.
pub fn weekly_hours(heads: &[Heads], contracts: &[Contract]) -> Option<f64> {
    let people: f64 = heads.iter().map(|h| f64::from(h.count)).sum();
    let weekly = paid_hours(heads, contracts);
    (weekly > 0.0).then(|| weekly / people)
}

/// Whether people change inside the horizon: as `people` says, else where it lasts eight weeks or more.
pub fn change(document: &Cursor<'_>, length_s: f64, any: bool) -> bool {
    let stated = document
        .get("people")
        .map(|i| i.word(&["frozen", "change"]) == Some(1));
    stated.unwrap_or_else(|| {
        let change = length_s >= SHORT_S;
        if any {
            document.notes.assume_value(
                "people",
                if change { "change" } else { "frozen" },
                None,
                "in less than 8 weeks few come and go, so that who is there at the start decides",
            );
        }
        change
    })
}

/// Notes heads that change on a date where they come and go already.
pub fn check_dates(document: &Cursor<'_>, scenario: &Scenario, era: &Era) {
    for (team, _) in scenario
        .teams
        .iter()
        .zip(&era.heads)
        .filter(|(t, heads)| heads.is_some() && t.workforce.attrition.is_some())
    {
        document.notes.error(
            "meaningless-key",
            document.key_span("from"),
            format!("`team.{}.heads` cannot change on a date: `attrition` lets heads come and go already", team.name),
            "two ways to change the same heads",
            "leave `heads` as it is, or remove `attrition`",
        );
    }
}

/// Leavers a year of each team whose rate is another from a date on; notes those whose people cannot leave before it.
pub fn later(document: &Cursor<'_>, first: &[Team], later: &[Team]) -> Vec<Option<f64>> {
    let rate = |team: &Team| team.workforce.attrition.map(|a| a.per_year);
    let of = |(before, now): (&Team, &Team)| {
        if before.workforce.attrition.is_none() && now.workforce.attrition.is_some() {
            document.notes.error(
                "not-over-time",
                document.key_span("from"),
                format!(
                    "`team.{}.attrition` has a rate from a date on, but none before",
                    before.name
                ),
                "who is there at the start, and who follows, is not said",
                "write `attrition` in the team too, with `rate = \"0%\"` where nobody leaves",
            );
        }
        rate(now).filter(|_| rate(before) != rate(now))
    };
    first.iter().zip(later).map(of).collect()
}

/// Reads how the people of a team change over time.
pub fn read(
    table: &Cursor<'_>,
    heads: &[Heads],
    roster: &RosterSource,
    names: &Names,
) -> Workforce {
    let places: u32 = heads.iter().map(|h| h.count).sum();
    let people = !matches!(
        roster,
        RosterSource::Levels(_)
            | RosterSource::Spells(_)
            | RosterSource::Leads(_)
            | RosterSource::None
    );
    if !people {
        for key in [
            "learning",
            "attrition",
            "hiring",
            "class",
            "tenure",
            "further_training",
            "mentoring",
            "promotes",
        ] {
            meaningless(table, key, "nobody's heads are on this roster");
        }
        return Workforce::default();
    }
    let learning = table.sub("learning").and_then(|t| learning(&t));
    let attrition = table.sub("attrition").and_then(|t| attrition(&t));
    if table.get("attrition").is_none() {
        for key in ["hiring", "class", "promotes"] {
            meaningless(
                table,
                key,
                "without `attrition` nobody leaves, so nobody follows",
            );
        }
    } else {
        meaningless(table, "ramp", "`attrition` lets heads come and go already");
    }
    Workforce {
        learning,
        hiring: attrition.map_or_else(Hiring::default, |_| {
            let own = table.sub("hiring");
            hiring(&own.unwrap_or_else(|| table.nothing_at("hiring")))
        }),
        class: table.sub("class").and_then(|t| class(&t)),
        tenure: tenure(table, places),
        further_training: table
            .sub("further_training")
            .and_then(|t| further_training::read(&t)),
        mentoring: table.sub("mentoring").and_then(|t| mentoring(&t)),
        promotes: table.sub("promotes").and_then(|t| promotes(&t, names)),
        attrition,
    }
}

/// `learning = { start = "41%", contacts = 4_000, resolved = "-6 points" }`.
fn learning(table: &Cursor<'_>) -> Option<Learning> {
    let start = table.or_default("start", |i| {
        let share = i.share()?;
        i.within(share, 0.05, 1.0, "between 5% and 100%")
            .then_some(share)
    });
    let scale = match table.get("contacts") {
        Some(item) => {
            if let Some(months) = table.get("months") {
                months.error_at_key(
                    "two-scales",
                    format!("`{}` is stated beside `contacts`", months.path),
                    "two scales of the same curve",
                    "state one of them",
                );
            }
            let contacts = item.number()?;
            item.within(contacts, 1.0, 1e9, "a number of contacts from 1 on")
                .then_some(LearningScale::Contacts(contacts))
        }
        None => table
            .or_default("months", |i| {
                let months = i.number()?;
                i.within(months, 0.01, 1_000.0, "a number of months above 0")
                    .then_some(months)
            })
            .map(LearningScale::Months),
    };
    Some(Learning {
        start: start?,
        scale: scale?,
        resolved_delta: table.get("resolved").map_or(Some(0.0), |i| i.points())?,
    })
}

/// `attrition = { rate = "30%", early = { factor = 2, until = "3 months" }, occupancy = { above = "85%" } }`.
fn attrition(table: &Cursor<'_>) -> Option<Attrition> {
    let rate = table.need("rate", "\"30%\"").and_then(|i| rate(&i));
    let (early_factor, early_s) = match table.sub("early") {
        None => (1.0, 0.0),
        Some(early) => {
            let factor = early.need("factor", "2").and_then(|i| i.number());
            let until = early
                .need("until", "\"90 days\"")
                .and_then(|i| i.duration());
            (factor?, until?)
        }
    };
    let (occupancy_above, per_point) = match table.sub("occupancy") {
        None => (1.0, 0.0),
        Some(strain) => {
            let above = strain.need("above", "\"85%\"").and_then(|i| i.share());
            let point = strain.or_default("per_point", |i| i.percent());
            (above?, point?)
        }
    };
    Some(Attrition {
        per_year: rate?,
        early_factor,
        early_s,
        occupancy_above,
        per_point,
        replacement: table.get("replacement").map_or(Some(0.0), |i| i.money())?,
    })
}

/// Leavers a year per head.
pub fn rate(item: &super::cursor::Item<'_>) -> Option<f64> {
    let rate = item.percent()?;
    item.within(rate, 0.0, 5.0, "at most 500% a year")
        .then_some(rate)
}

/// Heads per week, as written per week or month.
pub fn per_week(item: &super::cursor::Item<'_>) -> Option<f64> {
    let example = "\"6 heads/month\"";
    let (heads, unit) = item.form("heads per week or month", example, forms::heads_per)?;
    Some(if unit == "month" {
        heads * 12.0 / WEEKS_PER_YEAR
    } else {
        heads
    })
}

fn hiring(table: &Cursor<'_>) -> Hiring {
    let most = table.get("most").and_then(|i| per_week(&i));
    Hiring {
        lead_s: table.or_default("lead", |i| i.duration()).unwrap_or(0.0),
        cost: table.get("cost").and_then(|i| i.money()).unwrap_or(0.0),
        most_per_week: most.unwrap_or(f64::INFINITY),
    }
}

fn class(table: &Cursor<'_>) -> Option<TrainingClass> {
    let length = table.or_default("length", |i| i.duration());
    let every = table.get("every").map_or(Some(0.0), |i| i.duration());
    let size = table.get("size").map_or(Some(u32::MAX), |i| {
        let size = i.count()?;
        i.within(f64::from(size), 1.0, 1e6, "at least one person")
            .then_some(size)
    });
    let drop_out = table.get("drop_out").map_or(Some(0.0), |i| i.share());
    let cost = table.get("cost").map_or(Some(0.0), |i| i.money());
    let (nesting_s, nesting_handle) = match table.sub("nesting") {
        None => (0.0, 1.0),
        Some(nesting) => {
            let length = nesting
                .need("length", "\"2 weeks\"")
                .and_then(|i| i.duration());
            let handle = nesting.need("handle", "\"130%\"").and_then(|i| i.percent());
            (length?, handle?)
        }
    };
    Some(TrainingClass {
        length_s: length?,
        every_s: every?,
        size: size?,
        drop_out: drop_out?,
        cost: cost?,
        nesting_s,
        nesting_handle,
    })
}

/// `mentoring = { hours = "4h/week", until = "90 days" }`.
fn mentoring(table: &Cursor<'_>) -> Option<Mentoring> {
    let hours = table
        .need("hours", "\"4h/week\"")
        .and_then(|i| i.form("hours per week", "\"4h/week\"", forms::hours_per_week));
    let until = table
        .need("until", "\"90 days\"")
        .and_then(|i| i.duration());
    let ramp = table.or_default("ramp", |i| {
        let ramp = i.percent()?;
        i.within(ramp, 0.05, 2.0, "between 5% and 200%")
            .then_some(ramp)
    });
    let attrition = table.or_default("attrition", |i| i.percent());
    Some(Mentoring {
        weekly_s: hours? * 3600.0,
        until_s: until?,
        ramp: ramp?,
        attrition: attrition?,
    })
}

/// `promotes = { from_tier = 1, after = "365 days" }`.
fn promotes(table: &Cursor<'_>, names: &Names) -> Option<Promotes> {
    let item = table.need("from_tier", "1")?;
    let tier = item.count();
    let after = table
        .need("after", "\"365 days\"")
        .and_then(|i| i.duration());
    let keeps = table.or_default("keeps", |i| i.share());
    let attrition = table.or_default("attrition", |i| i.percent());
    let tier = tier?;
    let own = names
        .teams
        .find(table.path.split('.').nth(1).unwrap_or_default());
    let from: Vec<usize> = (0..names.teams.len())
        .filter(|&t| Some(t) != own && names.team_tiers[t] + 1 == tier as usize)
        .collect();
    if from.is_empty() {
        item.error(
            "no-tier-to-promote",
            format!("`{}`: no other team works at tier {tier}", item.path),
            "nobody to promote",
            format!(
                "name a tier with teams; there are tiers 1 to {}",
                names.tiers
            ),
        );
    }
    Some(Promotes {
        from,
        after_s: after?,
        keeps: keeps?,
        attrition: attrition?,
    })
}

/// `tenure = "2 years"` for everybody, or `[{ heads = 4, tenure = "60 days" }, ...]`; the rest is as attrition leaves it.
fn tenure(table: &Cursor<'_>, places: u32) -> Vec<(u32, f64)> {
    let Some(item) = table.get("tenure") else {
        return Vec::new();
    };
    if item.as_text().is_some() {
        return item.duration().map_or_else(Vec::new, |s| vec![(places, s)]);
    }
    let entries: Vec<(u32, f64)> = item
        .list()
        .iter()
        .filter_map(|entry| {
            let own = entry.table()?;
            let heads = own.need("heads", "4").and_then(|i| i.count());
            let tenure = own.need("tenure", "\"60 days\"").and_then(|i| i.duration());
            Some((heads?, tenure?))
        })
        .collect();
    let stated: u32 = entries.iter().map(|e| e.0).sum();
    if stated > places {
        item.error(
            "too-many-tenures",
            format!(
                "`{}` speaks of {stated} heads, but there are {places}",
                item.path
            ),
            "more than there are",
            "state the tenure of at most as many heads as `heads` has",
        );
    }
    entries
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good};
    use crate::scenario::model::LearningScale;

    fn text(more: &str) -> String {
        changed(&[("heads = 12", &format!("heads = 12\n{more}"))])
    }

    #[test]
    fn what_is_not_said_is_assumed_and_listed() {
        let scenario = good(&text(
            "learning = {}\nattrition = { rate = \"35%\" }\nclass = {}",
        ));
        let team = &scenario.teams[0].workforce;
        assert_eq!(team.learning.unwrap().scale, LearningScale::Months(9.2));
        assert_eq!(team.attrition.unwrap().per_year, 0.35);
        assert_eq!(team.hiring.lead_s, 34.0 * 86_400.0);
        assert_eq!(team.class.unwrap().length_s, 40.0 * 86_400.0);
        // Four weeks hold people as they are.
        assert!(!scenario.people_change);
        for path in [
            "people",
            "team.all.learning.start",
            "team.all.hiring.lead",
            "team.all.class.length",
        ] {
            assert!(
                scenario.assumptions.iter().any(|a| a.path == path),
                "{path}"
            );
        }
    }

    #[test]
    fn eight_weeks_let_people_change_and_asking_does() {
        let long = text("attrition = { rate = \"35%\" }").replace("4 weeks", "8 weeks");
        assert!(good(&long).people_change);
        let asked = text("attrition = { rate = \"35%\" }")
            .replace("[demand]", "people = \"change\"\n[demand]");
        assert!(good(&asked).people_change);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        assert_eq!(
            codes(&text("hiring = { lead = \"30 days\" }")),
            ["meaningless-key"]
        );
        assert_eq!(
            codes(&text("learning = { contacts = 500, months = 3 }")),
            ["two-scales"]
        );
        assert_eq!(
            codes(&text("tenure = [{ heads = 13, tenure = \"1 day\" }]")),
            ["too-many-tenures"]
        );
        assert_eq!(
            codes(&text("attrition = { rate = \"900%\" }")),
            ["out-of-range"]
        );
    }
}
