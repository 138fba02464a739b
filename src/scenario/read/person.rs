//! `people` of a team: everybody by name, from a data file.

use super::cursor::{Cursor, Item};
use super::data::{self, Row};
use super::names::NameList;
use super::team::Company;
use crate::scenario::forms;
use crate::scenario::model::{Fairness, Heads, Named, Person, Wish, WishDay};
use jiff::civil::{Date, Weekday};

const OPTIONAL: [&str; 8] = [
    "contract",
    "languages",
    "channels",
    "topics",
    "account",
    "wants",
    "avoids",
    "absent",
];

/// Reads the people of a team who are on its payroll as `heads` says and may work `shifts`.
pub fn read(
    table: &Cursor<'_>,
    outside: bool,
    heads: &[Heads],
    shifts: &[usize],
    company: &Company<'_>,
) -> Option<Named> {
    let item = table.get("people")?;
    if outside {
        item.error(
            "meaningless-key",
            format!("`{}` means nothing here", item.path),
            "a vendor hands its shifts out itself",
            "take the key out, or name people of our own",
        );
        return None;
    }
    let own = if item.as_text().is_some() {
        None
    } else {
        Some(item.table()?)
    };
    let file = match &own {
        Some(own) => own.need("file", "\"people.csv\"")?,
        None => item.clone(),
    };
    let own = own.unwrap_or_else(|| table.nothing_at("people"));
    let weigh = own.sub("weigh").unwrap_or_else(|| own.nothing_at("weigh"));
    let weight = |key: &str| weigh.or_default(key, |i| i.number());
    // All are read, so that every mistake is noted.
    let (account, late) = (weight("account"), weight("late"));
    let (weekend, holiday, wish) = (weight("weekend"), weight("holiday"), weight("wish"));
    let late_min = own.or_default("late", |i| {
        i.form("a time of day", "\"20:00\"", forms::time_of_day)
    });
    let people = people(&file, heads, shifts, company)?;
    Some(Named {
        people,
        late_min: late_min?,
        weigh: Fairness {
            account: account?,
            late: late?,
            weekend: weekend?,
            holiday: holiday?,
            wish: wish?,
        },
    })
}

fn people(
    file: &Item<'_>,
    heads: &[Heads],
    shifts: &[usize],
    company: &Company<'_>,
) -> Option<Vec<Person>> {
    let csv = data::open(file, &["name"], &OPTIONAL)?;
    let mut people: Vec<Person> = Vec::new();
    let mut readable = true;
    for row in csv.rows() {
        let read = person(&row, heads, shifts, company);
        let name = row.text("name").unwrap_or_default();
        let known = people.iter().any(|p| p.name == name);
        readable &= row.must("name", !known && !name.is_empty(), "a name of its own");
        match read {
            Some(person) => people.push(person),
            None => readable = false,
        }
    }
    if readable {
        count(file, &people, heads, company);
    }
    readable.then_some(people)
}

/// As many should be named as are on the payroll; a plan may have more or fewer.
fn count(file: &Item<'_>, people: &[Person], heads: &[Heads], company: &Company<'_>) {
    for entry in heads {
        let named = people.iter().filter(|p| p.contract == entry.contract);
        let named = named.count();
        if named == entry.count as usize {
            continue;
        }
        let contract = entry.contract.map_or_else(String::new, |c| {
            format!(" of contract {}", company.names.contracts.name(c))
        });
        file.notes.warning(
            "people-and-heads",
            file.node.span,
            format!(
                "`{}` names {named} people{contract}, and {} are on the payroll",
                file.path, entry.count
            ),
            "not as many as `heads` says",
            "give each head a row; heads without one are handed shifts as people to be hired",
        );
    }
}

fn person(
    row: &Row<'_>,
    heads: &[Heads],
    shifts: &[usize],
    company: &Company<'_>,
) -> Option<Person> {
    let names = company.names;
    let contract = contract(row, heads, &names.contracts);
    let languages = listed(row, "languages", &names.languages);
    let channels = listed(row, "channels", &names.channels);
    let topics = listed(row, "topics", &names.topics);
    let account = row.optional("account", Row::signed);
    let wants = wishes(row, "wants", true, shifts, &names.shifts);
    let avoids = wishes(row, "avoids", false, shifts, &names.shifts);
    let absent = absences(row);
    Some(Person {
        name: row.text("name")?.to_string(),
        contract: contract?,
        languages: languages?,
        channels: channels?,
        topics: topics?,
        account_h: account?.unwrap_or(0.0),
        wishes: [wants?, avoids?].concat(),
        absent: absent?,
    })
}

/// One of the team's contracts; its only one where the cell is empty.
fn contract(row: &Row<'_>, heads: &[Heads], contracts: &NameList) -> Option<Option<usize>> {
    let name = row.text("contract").unwrap_or_default();
    let found = match (name, heads) {
        ("", [only]) => return Some(only.contract),
        (name, _) => contracts.find(name),
    };
    let ours = found.filter(|c| heads.iter().any(|h| h.contract == Some(*c)));
    row.must("contract", ours.is_some(), "a contract of the team's heads")
        .then_some(ours)
}

/// Names apart by blanks; `Some(None)` where the cell is empty.
fn listed(row: &Row<'_>, column: &str, names: &NameList) -> Option<Option<Vec<usize>>> {
    row.optional(column, |row, column| {
        let text = row.text(column)?;
        let found: Option<Vec<usize>> = text.split_whitespace().map(|n| names.find(n)).collect();
        row.must(
            column,
            found.is_some(),
            "names of the scenario, apart by blanks",
        );
        found
    })
}

/// Wishes apart by blanks: `DAY`, `SHIFT` or `DAY:SHIFT`, each with `*WEIGHT` where it counts other than 1.
fn wishes(
    row: &Row<'_>,
    column: &str,
    wanted: bool,
    shifts: &[usize],
    names: &NameList,
) -> Option<Vec<Wish>> {
    let text = row.text(column).unwrap_or_default();
    let read: Option<Vec<Wish>> = text
        .split_whitespace()
        .map(|wish| one_wish(wish, wanted, shifts, names))
        .collect();
    row.must(
        column,
        read.is_some(),
        "a list of days and shifts of the team apart by blanks, such as `Fri 2027-02-15*5 Mon:early*2`",
    );
    read
}

fn one_wish(text: &str, wanted: bool, shifts: &[usize], names: &NameList) -> Option<Wish> {
    let (what, weight) = match text.rsplit_once('*') {
        Some((what, weight)) => (what, weight.parse().ok()?),
        None => (text, 1.0),
    };
    let shift = |name: &str| names.find(name).filter(|s| shifts.contains(s));
    let (day, shift) = match what.split_once(':') {
        Some((day_text, name)) => (day(day_text)?, Some(shift(name)?)),
        None => match day(what) {
            Some(day) => (day, None),
            None => (WishDay::Any, Some(shift(what)?)),
        },
    };
    (weight > 0.0 && weight <= 1000.0).then_some(Wish {
        day,
        shift,
        wanted,
        weight,
    })
}

fn day(text: &str) -> Option<WishDay> {
    const DAYS: [(&str, Weekday); 7] = [
        ("Mon", Weekday::Monday),
        ("Tue", Weekday::Tuesday),
        ("Wed", Weekday::Wednesday),
        ("Thu", Weekday::Thursday),
        ("Fri", Weekday::Friday),
        ("Sat", Weekday::Saturday),
        ("Sun", Weekday::Sunday),
    ];
    if let Some((_, day)) = DAYS.iter().find(|(name, _)| *name == text) {
        return Some(WishDay::Weekday(*day));
    }
    date(text).map(WishDay::Date)
}

/// `2027-01-18` or `18.01.2027`.
fn date(text: &str) -> Option<Date> {
    text.parse()
        .ok()
        .or_else(|| Date::strptime("%d.%m.%Y", text).ok())
}

/// Days apart by blanks, or first and last day with `..` between them.
fn absences(row: &Row<'_>) -> Option<Vec<(Date, Date)>> {
    let text = row.text("absent").unwrap_or_default();
    let one = |text: &str| match text.split_once("..") {
        Some((from, to)) => Some((date(from)?, date(to)?)).filter(|(from, to)| from <= to),
        None => date(text).map(|day| (day, day)),
    };
    let read: Option<Vec<(Date, Date)>> = text.split_whitespace().map(one).collect();
    row.must(
        "absent",
        read.is_some(),
        "a list of days apart by blanks, such as `2027-01-18..2027-01-22 2027-02-05`",
    );
    read
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, read_in};
    use crate::scenario::model::{Named, WishDay};
    use jiff::civil::{Weekday, date};

    fn named(csv: &str, heads: u32) -> (Option<Named>, Vec<&'static str>) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("people.csv"), csv).unwrap();
        let text = format!("heads = {heads}\npeople = \"people.csv\"");
        let (mut scenario, items) = read_in(folder.path(), &changed(&[("heads = 12", &text)]));
        let errors = items.iter().map(|d| d.code).collect();
        (scenario.teams.remove(0).named, errors)
    }

    #[test]
    fn people_are_read_with_wishes_accounts_and_absences() {
        let (found, codes) = named(
            "name,account,wants,avoids,absent\nAda,\"-3.5\",Mon:day*2,,\nBen,,,2027-01-20*5 day,2027-01-18..2027-01-19 05.02.2027\n",
            2,
        );
        assert!(codes.is_empty(), "{codes:?}");
        let named = found.unwrap();
        assert_eq!((named.late_min, named.weigh.weekend), (1200, 4.0));
        let (ada, ben) = (&named.people[0], &named.people[1]);
        assert_eq!((ada.account_h, ada.contract), (-3.5, Some(0)));
        let wish = ada.wishes[0];
        assert_eq!(
            (wish.day, wish.shift, wish.weight, wish.wanted),
            (WishDay::Weekday(Weekday::Monday), Some(0), 2.0, true)
        );
        assert_eq!(ben.wishes[0].day, WishDay::Date(date(2027, 1, 20)));
        assert_eq!(
            (ben.wishes[1].day, ben.wishes[1].shift),
            (WishDay::Any, Some(0))
        );
        assert!(ben.is_absent(date(2027, 1, 19)) && ben.is_absent(date(2027, 2, 5)));
        assert!(!ben.is_absent(date(2027, 1, 20)) && !ada.is_absent(date(2027, 1, 19)));
    }

    #[test]
    fn every_wrong_cell_and_every_missing_head_is_noted() {
        let wrong = "name,languages,account,wants,absent\nAda,klingon,x,Someday,2027-01-19..2027-01-18\nAda,,,,\n";
        assert_eq!(named(wrong, 2).1, ["bad-cell"; 4]);
        assert_eq!(named("name\nAda\n", 2).1, ["people-and-heads"]);
    }
}
