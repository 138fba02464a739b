//! `[decide]` on demand: what it may become, with what chance the promises are to hold, and what is thought of bad cases.

use super::cursor::{Cursor, Item};
use super::names::Names;
use super::shares::percent;
use crate::scenario::model::{DemandCase, Outlook, Release, Risk};

/// Most cases that are drawn: each is a recourse of its own in one model.
const MOST_CASES: u32 = 200;
/// Cases where nothing is said of demand: they differ by busyness alone.
const UNSTATED: u32 = 8;
/// Most months that are planned for.
const MOST_MONTHS: u32 = 60;

/// Reads what `[decide]` says of `demand`, `risk`, `late`, `overtime` and `release`.
pub fn read(decide: &Cursor<'_>, names: &Names) -> Outlook {
    let mut outlook = Outlook::default();
    if let Some(demand) = decide.sub("demand") {
        outlook.stated = true;
        demand_of(&demand, names, &mut outlook);
    }
    if let Some(table) = decide.sub("risk") {
        outlook.stated = true;
        outlook.risk = risk(&table);
    }
    if !outlook.stated {
        outlook.draws = UNSTATED;
    }
    if let Some(release) = decide.sub("release") {
        outlook.release = release_of(&release, outlook.release);
    }
    outlook.late = decide
        .get("late")
        .and_then(|i| Some(i.money_per(&["contact"])?.0));
    if let Some(share) = decide.get("overtime").and_then(|i| i.share()) {
        outlook.overtime = share;
    }
    outlook
}

fn demand_of(demand: &Cursor<'_>, names: &Names, outlook: &mut Outlook) {
    let counted = |item: &Item<'_>, most: u32, what: &str| {
        let count = item.count()?;
        item.within(
            f64::from(count),
            1.0,
            f64::from(most),
            &format!("1 to {most} {what}"),
        )
        .then_some(count)
    };
    if let Some(months) = demand
        .get("months")
        .and_then(|i| counted(&i, MOST_MONTHS, "months"))
    {
        outlook.months = months;
    }
    if let Some(item) = demand.get("error")
        && let Some(error) = item.percent()
        && item.within(error, 0.0, 1.0, "0% to 100%")
    {
        outlook.error = error;
    }
    if let Some(item) = demand.get("meet")
        && let Some(meet) = item.share()
        && item.within(meet, 0.5, 0.999, "50% to 99.9%")
    {
        if outlook.error > 0.0 {
            outlook.meet = Some(meet);
        } else {
            item.error_at_key(
                "meaningless-key",
                format!(
                    "`{}` means nothing without an error of the forecast",
                    item.path
                ),
                "demand is taken to be as forecast",
                "state it, like error = \"8%\"",
            );
        }
    }
    let Some(item) = demand.get("cases") else {
        return;
    };
    if matches!(item.node.value, crate::scenario::node::Value::Array(_))
        || item.as_table().is_some()
    {
        let cases = item.list();
        let read = cases.iter().enumerate().map(|(i, c)| case(c, i, names));
        outlook.cases = read
            .collect::<Option<Vec<DemandCase>>>()
            .unwrap_or_default();
        let sum: f64 = outlook.cases.iter().map(|c| c.chance).sum();
        if !outlook.cases.is_empty() && (sum - 1.0).abs() > 1e-6 {
            item.error(
                "not-a-whole",
                format!("the chances of the cases sum to {}, not 100%", percent(sum)),
                "these are all the cases there are",
                "write every case there is; their chances sum to 100%",
            );
        }
    } else if let Some(draws) = counted(&item, MOST_CASES, "cases") {
        outlook.draws = draws;
    }
}

fn case(item: &Item<'_>, index: usize, names: &Names) -> Option<DemandCase> {
    let table = item.table()?;
    let chance = table.need("chance", "\"25%\"").and_then(|i| i.share());
    let volume = table.get("volume").map_or(Some(1.0), |i| i.percent());
    let mut topics = Vec::new();
    if let Some(by_topic) = table.sub("topics") {
        for (name, factor) in by_topic.items() {
            topics.push((names.topics.resolve_name(name, &factor)?, factor.percent()?));
        }
    }
    let name = table.get("name").and_then(|i| Some(i.text()?.to_string()));
    Some(DemandCase {
        name: name.unwrap_or_else(|| format!("case {}", index + 1)),
        chance: chance?,
        volume: volume?,
        topics,
    })
}

fn risk(table: &Cursor<'_>) -> Option<Risk> {
    let item = table.need("cvar", "\"90%\"");
    let cvar = item.as_ref().and_then(|i| i.share());
    let weight = table.need("weight", "\"30%\"").and_then(|i| i.share());
    let (item, cvar) = (item?, cvar?);
    item.within(cvar, 0.0, 0.999, "0% to 99.9%").then_some(())?;
    Some(Risk {
        cvar,
        weight: weight?,
    })
}

/// How people leave who are not needed any more.
pub fn release_of(table: &Cursor<'_>, otherwise: Release) -> Release {
    Release {
        attrition: table
            .get("attrition")
            .and_then(|i| i.percent())
            .unwrap_or(otherwise.attrition),
        notice_days: table
            .get("notice")
            .and_then(|i| i.duration())
            .map_or(otherwise.notice_days, |s| s / 86_400.0),
        severance: table.get("severance").and_then(|i| i.money()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good, only};

    fn decided(text: &str) -> String {
        changed(&[("[shift.day]", &format!("[decide]\n{text}\n[shift.day]"))])
    }

    #[test]
    fn an_outlook_is_read_in_base_units() {
        let decide = good(&decided(
            "demand = { error = \"10%\", cases = 30, months = 18 }\nrisk = { cvar = \"90%\", weight = \"30%\" }\nlate = \"EUR 12/contact\"\novertime = \"5%\"\nrelease = { attrition = \"25%\", notice = \"90 days\", severance = \"EUR 8_000\" }\nkeep = [\"resolved at least 75%\"]",
        ))
        .decide;
        let outlook = decide.outlook;
        assert!(outlook.stated);
        assert_eq!(
            (outlook.error, outlook.draws, outlook.months),
            (0.1, 30, 18)
        );
        let risk = outlook.risk.unwrap();
        assert_eq!((risk.cvar, risk.weight), (0.9, 0.3));
        assert_eq!((outlook.late, outlook.overtime), (Some(12.0), 0.05));
        assert_eq!(outlook.release.notice_days, 90.0);
        assert_eq!(outlook.release.severance, Some(8_000.0));
        assert_eq!(decide.floors[0].resolved, 0.75);
    }

    #[test]
    fn stated_cases_are_a_whole() {
        let two = |other: &str| {
            decided(&format!(
                "demand = {{ cases = [{{ name = \"weak\", chance = \"40%\", volume = \"80%\" }}, {{ chance = \"{other}\", topics = {{ help = \"120%\" }} }}] }}"
            ))
        };
        let cases = good(&two("60%")).decide.outlook.cases;
        assert_eq!((cases[0].volume, cases[1].volume), (0.8, 1.0));
        assert_eq!(cases[1].topics, [(0, 1.2)]);
        assert_eq!(
            only(&two("50%")),
            "the chances of the cases sum to 90%, not 100%"
        );
        assert_eq!(codes(&decided("demand = { cases = 0 }")), ["out-of-range"]);
        assert_eq!(
            codes(&decided("risk = { cvar = \"100%\", weight = \"30%\" }")),
            ["out-of-range"]
        );
    }
}
