//! Named rule sets of working time. Each is a short dated table with its source; a contract may override any figure.

use super::cursor::{Cursor, Item};
use crate::scenario::model::Rules;

/// A rule set as it stood at a date.
struct RuleSet {
    name: &'static str,
    /// State of the law and where it is written.
    source: &'static str,
    rest_h: f64,
    day_max_h: f64,
    days_in_a_row: u32,
    days_per_week: u32,
    /// `(after more than hours, minutes)`.
    breaks: &'static [(f64, f64)],
}

/// All rule sets. They bound a roster; wages and premiums are the contract's own.
const RULE_SETS: [RuleSet; 6] = [
    RuleSet {
        name: "de-arbzg",
        source: "Germany, Arbeitszeitgesetz sections 3 to 5 and 9, as of 2024",
        rest_h: 11.0,
        day_max_h: 10.0,
        days_in_a_row: 6,
        days_per_week: 6,
        breaks: &[(6.0, 30.0), (9.0, 45.0)],
    },
    RuleSet {
        name: "eu-wtd",
        source: "Directive 2003/88/EC articles 3 to 6; 11 h rest leave 13 h a day; length of breaks is left to states, 20 min taken",
        rest_h: 11.0,
        day_max_h: 13.0,
        days_in_a_row: 6,
        days_per_week: 6,
        breaks: &[(6.0, 20.0)],
    },
    RuleSet {
        name: "us-none",
        source: "United States, Fair Labor Standards Act: no federal limit for adults, no breaks; 8 h between shifts and 6 days are custom, not law",
        rest_h: 8.0,
        day_max_h: 16.0,
        days_in_a_row: 6,
        days_per_week: 6,
        breaks: &[],
    },
    RuleSet {
        name: "ph",
        source: "Philippines, Labor Code articles 83, 85 and 91: 8 h and overtime at a premium, a meal of 60 min, a rest day after six; 12 h a day and 11 h rest taken",
        rest_h: 11.0,
        day_max_h: 12.0,
        days_in_a_row: 6,
        days_per_week: 6,
        breaks: &[(5.0, 60.0)],
    },
    RuleSet {
        name: "il",
        source: "Israel, Hours of Work and Rest Law 5711-1951: sections 20 and 21, overtime by permit up to 12 h a day",
        rest_h: 8.0,
        day_max_h: 12.0,
        days_in_a_row: 6,
        days_per_week: 6,
        breaks: &[(6.0, 45.0)],
    },
    RuleSet {
        name: "none",
        source: "no rules",
        rest_h: 0.0,
        day_max_h: 24.0,
        days_in_a_row: 7,
        days_per_week: 7,
        breaks: &[],
    },
];

/// No rules at all.
pub fn none() -> Rules {
    // The last of the constant list.
    laid(&RULE_SETS[RULE_SETS.len() - 1])
}

fn laid(set: &RuleSet) -> Rules {
    Rules {
        name: set.name.to_string(),
        rest_s: set.rest_h * 3600.0,
        day_max_s: set.day_max_h * 3600.0,
        days_in_a_row: set.days_in_a_row,
        days_per_week: set.days_per_week,
        start_band_s: None,
        weekend_share: 1.0,
        breaks: set
            .breaks
            .iter()
            .map(|(hours, minutes)| (hours * 3600.0, minutes * 60.0))
            .collect(),
    }
}

/// The rules of a contract: `rules = "de-arbzg"`, and `rest`, `day_max`, `days_in_a_row`, `days_per_week` beside it; and
/// what no law asks for: `start_band`, `weekend_share`.
pub fn read(contract: &Cursor<'_>) -> Rules {
    let names: Vec<&str> = RULE_SETS.iter().map(|s| s.name).collect();
    let word = contract.or_default("rules", |i| i.word(&names));
    let mut rules = word.map_or_else(none, |w| {
        let set = &RULE_SETS[w];
        if contract.get("rules").is_some() && set.name != "none" {
            contract.notes.assume_value(
                &super::cursor::join(&contract.path, "rules"),
                set.name,
                None,
                set.source,
            );
        }
        laid(set)
    });
    let duration = |key: &str| contract.get(key).and_then(|i: Item<'_>| i.duration());
    let days = |key: &str| {
        let item = contract.get(key)?;
        item.count()
            .filter(|n| item.within(f64::from(*n), 1.0, 7.0, "a number of days from 1 to 7"))
    };
    rules.rest_s = duration("rest").unwrap_or(rules.rest_s);
    rules.day_max_s = duration("day_max").unwrap_or(rules.day_max_s);
    rules.days_in_a_row = days("days_in_a_row").unwrap_or(rules.days_in_a_row);
    rules.days_per_week = days("days_per_week").unwrap_or(rules.days_per_week);
    rules.start_band_s = duration("start_band");
    if let (Some(band), Some(item)) = (rules.start_band_s, contract.get("start_band")) {
        item.within(band / 3600.0, 0.0, 12.0, "at most 12 hours");
    }
    rules.weekend_share = contract
        .get("weekend_share")
        .and_then(|i| i.share())
        .unwrap_or(1.0);
    rules
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, good, read};

    #[test]
    fn a_rule_set_may_be_overridden() {
        let text = changed(&[
            (
                "hours = \"40h/week\"",
                "hours = \"40h/week\"\nrules = \"de-arbzg\"\nrest = \"10h\"\ndays_in_a_row = 5",
            ),
            (
                "length = \"8h\"",
                "length = \"8h\"\nbreaks = { length = \"30m\", from = \"3h\", paid = false }",
            ),
        ]);
        let rules = &good(&text).contracts[0].rules;
        assert_eq!((rules.rest_s, rules.day_max_s), (36_000.0, 36_000.0));
        assert_eq!((rules.days_in_a_row, rules.days_per_week), (5, 6));
        assert_eq!((rules.start_band_s, rules.weekend_share), (None, 1.0));
        assert_eq!(rules.breaks, [(21_600.0, 1_800.0), (32_400.0, 2_700.0)]);
    }

    #[test]
    fn starts_and_weekends_are_bounded_where_the_contract_says() {
        let text = changed(&[(
            "hours = \"40h/week\"",
            "hours = \"40h/week\"\nstart_band = \"2h\"\nweekend_share = \"50%\"",
        )]);
        let rules = &good(&text).contracts[0].rules;
        assert_eq!([0, 1, 2, 3, 12].map(|n| rules.weekends(n)), [0, 1, 1, 2, 6]);
        assert!(rules.near(8 * 60, 10 * 60) && !rules.near(8 * 60, 10 * 60 + 15));
        assert!(rules.near(23 * 60, 30), "over midnight");
        let (_, items) = read(&text.replace("\"2h\"", "\"13h\""));
        assert_eq!(items.len(), 1);
    }

    #[test]
    fn an_unknown_set_lists_the_known() {
        let (_, items) = read(&changed(&[(
            "hours = \"40h/week\"",
            "hours = \"40h/week\"\nrules = \"fr\"",
        )]));
        assert!(items[0].help.as_ref().unwrap().contains("\"de-arbzg\""));
    }
}
