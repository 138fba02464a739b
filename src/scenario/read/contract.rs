//! `[contract.*]`: kinds of employment, their hours, pay, premiums and rules.

use super::cursor::{Cursor, Item, WEEKS_PER_YEAR};
use super::{horizon, rules, workforce};
use crate::scenario::forms;
use crate::scenario::model::{Contract, Freelance, HoursIn, Pay, Premium};
use crate::scenario::node::{Entry, Node, Span, Table, Value};
use crate::time::WeekHours;

/// Writes into every copied salary for which hours it is meant.
///
/// A salary taken over by `like` belongs to the hours of the contract it was written in. A copy has the same place in the
/// source as its original, which is lost when the document is printed; `at` keeps what it meant.
pub fn state_hours(document: &mut Table) {
    let Some(Value::Table(contracts)) = entry_mut(document, "contract") else {
        return;
    };
    let salaries: Vec<(Span, Span, Option<Node>)> = contracts
        .entries
        .iter()
        .filter_map(|contract| {
            let Value::Table(table) = &contract.node.value else {
                return None;
            };
            let hours = table.get("hours").map(|e| e.node.clone());
            Some((salary(table)?, contract.key_span, hours))
        })
        .collect();
    for contract in &mut contracts.entries {
        let Value::Table(table) = &mut contract.node.value else {
            continue;
        };
        let Some(place) = salary(table) else { continue };
        // The original stands behind the header of its own contract.
        let original = salaries
            .iter()
            .filter(|(span, header, _)| {
                *span == place && header.file == place.file && header.start < place.start
            })
            .max_by_key(|(_, header, _)| header.start);
        if let Some((_, header, Some(hours))) = original
            && *header != contract.key_span
        {
            put_at(table, hours.clone());
        }
    }
}

/// Where the salary of a contract is written, if it has one and does not say for which hours.
fn salary(contract: &Table) -> Option<Span> {
    let pay = &contract.get("pay")?.node;
    match &pay.value {
        Value::Table(details) if details.get("at").is_none() => {
            Some(details.get("salary")?.node.span)
        }
        Value::String(_) => Some(pay.span),
        _ => None,
    }
}

fn put_at(contract: &mut Table, hours: Node) {
    let Some(pay) = contract.entries.iter_mut().find(|e| e.key == "pay") else {
        return;
    };
    let entry = |key: &str, node: Node| Entry {
        key: key.to_string(),
        key_span: node.span,
        node,
    };
    match &mut pay.node.value {
        Value::Table(details) => details.entries.push(entry("at", hours)),
        amount => {
            let span = pay.node.span;
            let amount = std::mem::replace(amount, Value::Bool(false));
            let salary = entry(
                "salary",
                Node {
                    value: amount,
                    span,
                },
            );
            pay.node.value = Value::Table(Table {
                entries: vec![salary, entry("at", hours)],
            });
        }
    }
}

fn entry_mut<'t>(table: &'t mut Table, key: &str) -> Option<&'t mut Value> {
    let entry = table.entries.iter_mut().find(|e| e.key == key)?;
    Some(&mut entry.node.value)
}

/// Reads all contracts.
pub fn read_all(document: &Cursor<'_>) -> Vec<Contract> {
    let tables = document.named("contract");
    tables
        .iter()
        .map(|(name, table)| read(name, table))
        .collect()
}

fn read(name: &str, table: &Cursor<'_>) -> Contract {
    let hours = table.need("hours", "\"40h/week\"").and_then(|i| hours(&i));
    let own_factor = table.sub("factor");
    let factor = |key: &str, read: fn(&Item<'_>) -> Option<f64>| {
        let item = own_factor.as_ref().and_then(|f| f.get(key));
        item.and_then(|i| read(&i))
    };
    student(table, hours);
    Contract {
        name: name.to_string(),
        hours_per_week: hours.unwrap_or(40.0),
        pay: pay(table, hours.unwrap_or(40.0)).unwrap_or(Pay {
            per_paid_hour: 0.0,
            overtime_factor: 1.0,
        }),
        premiums: table.sub("premium").map_or_else(Vec::new, |t| premiums(&t)),
        rules: rules::read(table),
        attrition: table.get("attrition").and_then(|i| workforce::rate(&i)),
        hours_in: hours_in(table),
        freelance: freelance(table),
        handle_factor: factor("handle", |i| i.percent()).unwrap_or(1.0),
        resolved_delta: factor("resolved", |i| i.points()).unwrap_or(0.0),
        notice_s: table
            .get("notice")
            .and_then(|i| i.duration())
            .unwrap_or(0.0),
    }
}

/// Working students keep their social insurance status with at most 20 hours a week in term (SGB V section 6 (1) no. 3).
const STUDENT_HOURS: f64 = 20.0;

fn student(table: &Cursor<'_>, hours: Option<f64>) {
    let is = table.get("student").and_then(|i| i.flag()) == Some(true);
    if is && hours.is_some_and(|h| h > STUDENT_HOURS) {
        table.notes.error(
            "student-hours",
            table.key_span("hours"),
            format!(
                "`{}` lets students work more than 20 hours a week in term",
                table.path
            ),
            "more than 20 hours",
            "write at most `hours = \"20h/week\"`, and what holds outside of term in `hours_in`",
        );
    }
}

/// `hours_in = [{ from = 2027-02-15, to = 2027-04-11, hours = "40h/week" }]`.
fn hours_in(table: &Cursor<'_>) -> Vec<HoursIn> {
    let Some(item) = table.get("hours_in") else {
        return Vec::new();
    };
    let mut out: Vec<HoursIn> = Vec::new();
    for entry in item.list() {
        let Some(own) = entry.table() else { continue };
        let date = |key: &str| own.need(key, "2027-02-15").and_then(|i| horizon::date(&i));
        let (from, to) = (date("from"), date("to"));
        let hours = own.need("hours", "\"40h/week\"").and_then(|i| {
            let hours = i.form("hours per week", "\"40h/week\"", forms::hours_per_week)?;
            i.within(hours, 0.0, 100.0, "at most 100 hours a week")
                .then_some(hours)
        });
        let (Some(from), Some(to), Some(hours)) = (from, to, hours) else {
            continue;
        };
        if to < from || out.iter().any(|h| from <= h.to && h.from <= to) {
            entry.error(
                "hours-in-order",
                format!("`{}`: {from} to {to} is no span of its own", item.path),
                "ends before it begins, or overlaps another",
                "state each span once, from its first to its last day",
            );
        }
        out.push(HoursIn { from, to, hours });
    }
    out
}

/// `freelance = { shows_up = "85%", call_out = "4h" }`; pay is then per hour.
fn freelance(table: &Cursor<'_>) -> Option<Freelance> {
    let own = table.sub("freelance")?;
    let pay = table.get("pay");
    let wage = pay
        .as_ref()
        .and_then(|p| p.as_table()?.get("wage"))
        .is_some();
    let hourly = pay
        .as_ref()
        .and_then(|p| p.as_text())
        .is_some_and(|t| t.ends_with("/h"));
    if let (Some(pay), false) = (&pay, wage || hourly) {
        pay.error(
            "freelance-pay",
            format!(
                "`{}` is a salary, but freelancers are paid by the hour",
                pay.path
            ),
            "not per hour",
            "write for example `pay = { wage = \"EUR 28/h\" }`",
        );
    }
    let shows_up = own.need("shows_up", "\"90%\"").and_then(|i| i.share());
    let call_out = own.get("call_out").map_or(Some(0.0), |i| i.duration());
    Some(Freelance {
        shows_up: shows_up?,
        call_out_s: call_out?,
    })
}

fn hours(item: &Item<'_>) -> Option<f64> {
    let hours = item.form("hours per week", "\"40h/week\"", forms::hours_per_week)?;
    item.within(hours, 0.5, 100.0, "between 0.5 and 100 hours a week")
        .then_some(hours)
}

/// `pay = { salary = "EUR 42_000/year", on_cost = "22%" }` or `{ wage = "EUR 15/h" }`, or either amount alone.
///
/// A salary is spread over the paid hours: a year has 365.2425 / 7 = 52.1775 weeks of the contract's hours, leave and
/// sickness included.
fn pay(table: &Cursor<'_>, hours: f64) -> Option<Pay> {
    let item = table.need("pay", "{ salary = \"EUR 42_000/year\", on_cost = \"22%\" }")?;
    let details = item.as_table();
    let amount = match &details {
        Some(details) => match (details.get("salary"), details.get("wage")) {
            (Some(salary), None) => salary,
            (None, Some(wage)) => wage,
            (None, None) => details.need("salary", "\"EUR 42_000/year\"")?,
            (Some(_), Some(wage)) => {
                wage.error(
                    "two-pays",
                    "`pay` has both a salary and a wage",
                    "one of them only",
                    "remove one of them",
                );
                return None;
            }
        },
        None => item.clone(),
    };
    let get = |key: &str| details.as_ref().and_then(|d| d.get(key));
    let on_cost = get("on_cost").map_or(Some(0.0), |i| i.percent());
    let overtime = get("overtime").map_or(Some(1.0), |i| i.percent());
    // `at` says for which hours a salary is meant, where these are not the contract's own.
    let basis = get("at").map_or(Some(hours), |i| self::hours(&i));
    let (money, unit) = amount.money_per(&["year", "month", "h"])?;
    let hour = match unit {
        0 => money / (WEEKS_PER_YEAR * basis?),
        1 => money * 12.0 / (WEEKS_PER_YEAR * basis?),
        _ => money,
    };
    Some(Pay {
        per_paid_hour: hour * (1.0 + on_cost?),
        overtime_factor: overtime?,
    })
}

/// Extra pay by hours, days or holidays.
pub fn premiums(table: &Cursor<'_>) -> Vec<Premium> {
    table
        .items()
        .filter_map(|(key, i)| premium(key, &i))
        .collect()
}

/// `"20:00-23:00" = "10%"`, `"Sat" = "15%"`, `"Sat 18:00-24:00" = ...`, `"holidays" = "100%"`.
fn premium(key: &str, item: &Item<'_>) -> Option<Premium> {
    let share = item.percent();
    if key == "holidays" {
        return Some(Premium {
            hours: WeekHours::always(),
            holidays_only: true,
            share: share?,
        });
    }
    let has_times = key.contains(':');
    let has_days = key.starts_with(|c: char| c.is_alphabetic());
    let text = match (has_days, has_times) {
        (true, true) => key.to_string(),
        (false, _) => format!("daily {key}"),
        (true, false) => format!("{key} 00:00-24:00"),
    };
    match WeekHours::parse(&text) {
        Ok(hours) => Some(Premium {
            hours,
            holidays_only: false,
            share: share?,
        }),
        Err(why) => {
            item.error(
                "wrong-form",
                format!("`{}`: {why}", item.path),
                "when is this premium paid?",
                "write for example `\"20:00-23:00\" = \"10%\"`, `\"Sat\" = \"15%\"` or `\"holidays\" = \"100%\"`",
            );
            None
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good, only};
    use crate::scenario::model::Pay;

    fn pay(text: &str) -> Pay {
        good(&changed(&[("{ salary = \"EUR 41_742/year\" }", text)])).contracts[0].pay
    }

    #[test]
    fn pay_is_per_paid_hour_with_on_cost() {
        // 52.1775 weeks of 40 h are 2087.1 h.
        assert!((pay("{ salary = \"EUR 41_742/year\" }").per_paid_hour - 20.0).abs() < 1e-9);
        assert!((pay("\"EUR 41_742/year\"").per_paid_hour - 20.0).abs() < 1e-9);
        assert!(
            (pay("{ salary = \"EUR 3_478.50/month\", on_cost = \"25%\" }").per_paid_hour - 25.0)
                .abs()
                < 1e-9
        );
        assert!(
            (pay("{ wage = \"EUR 15/h\", on_cost = \"20%\", overtime = \"150%\" }").per_paid_hour
                - 18.0)
                .abs()
                < 1e-9
        );
        // A salary stated for full time, at half the hours.
        assert!(
            (pay("{ salary = \"EUR 83_484/year\", at = \"80h/week\" }").per_paid_hour - 20.0).abs()
                < 1e-9
        );
    }

    #[test]
    fn pay_per_contact_is_refused() {
        assert_eq!(
            codes(&changed(&[("EUR 41_742/year", "EUR 3/contact")])),
            ["wrong-unit"]
        );
        assert!(
            only(&changed(&[("pay = { salary = \"EUR 41_742/year\" }", "")]))
                .contains("`contract.full.pay` is missing")
        );
    }

    #[test]
    fn premiums_are_read_from_their_keys() {
        let text = changed(&[(
            "hours = \"40h/week\"",
            "hours = \"40h/week\"\npremium = { \"22:00-06:00\" = \"25%\", \"Sun\" = \"50%\", \"Sat 18:00-24:00\" = \"10%\", holidays = \"100%\" }",
        )]);
        let premiums = &good(&text).contracts[0].premiums;
        let written: Vec<String> = premiums
            .iter()
            .map(|p| format!("{} {} {}", p.hours, p.share, p.holidays_only))
            .collect();
        assert_eq!(
            written,
            [
                "daily 22:00-06:00 0.25 false",
                "Sun 00:00-24:00 0.5 false",
                "Sat 18:00-24:00 0.1 false",
                "24/7 1 true"
            ]
        );
        assert_eq!(codes(&text.replace("Sun", "Someday")), ["wrong-form"]);
    }
}
