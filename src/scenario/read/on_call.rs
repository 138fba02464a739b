//! On-call shifts, and a team's `on_call`.
//!
//! A shift with `standby` and `responds` is one in which people are reachable and not at work; `on_call = [{ shift =
//! "night", heads = 1, queue = 5, when = { priorities = ["p1"] } }]` says who of a team is.

use super::contract;
use super::cursor::{Cursor, Item};
use super::ramp::meaningless;
use super::selector::Selector;
use super::team::Company;
use crate::scenario::model::{
    CallPremiums, CallRest, ChannelKind, Heads, OnCall, OnCallTerms, Proficiency, RosterSource,
    ShiftTemplate,
};

const KEYS: [&str; 6] = [
    "standby", "call_out", "responds", "at_least", "premium", "rest",
];

/// What being on call in a shift is paid; `None` for a shift of work.
pub fn terms(table: &Cursor<'_>, starts: &[u32], lengths: &[u32]) -> Option<OnCallTerms> {
    KEYS.iter().find(|key| table.get(key).is_some())?;
    meaningless(table, "breaks", "who is on call is not at work");
    for (key, several) in [("start", starts.len() > 1), ("length", lengths.len() > 1)] {
        if let Some(item) = table.get(key).filter(|_| several) {
            item.error(
                "on-call-times",
                format!(
                    "`{}` has several values, but somebody is on call from one time to another",
                    item.path
                ),
                "nobody chooses among times on call",
                "state one; other times are a shift of their own",
            );
        }
    }
    let hours = f64::from(*lengths.first()?) / 60.0;
    let standby = table.need("standby", "\"EUR 25/night\"").and_then(|i| {
        let (amount, unit) = i.money_per(&["night", "day", "h"])?;
        Some(if unit == 2 { amount } else { amount / hours })
    });
    let call_out = table
        .get("call_out")
        .map(|i| i.money_per(&["h"]).map(|m| m.0));
    let responds = table.need("responds", "\"15m\"").and_then(|i| i.duration());
    let at_least = table.get("at_least").map_or(Some(0.0), |i| i.duration());
    // What could not be read is noted; it is a shift on call all the same.
    Some(OnCallTerms {
        standby_per_s: standby.unwrap_or(0.0) / 3600.0,
        per_hour: call_out.flatten(),
        responds_s: responds.unwrap_or(0.0),
        at_least_s: at_least.unwrap_or(0.0),
        premiums: premiums(table),
        rest: rest(table).unwrap_or_default(),
    })
}

/// `premium = "contract"` or `{ "20:00-06:00" = "25%", "Sun" = "50%" }`.
fn premiums(table: &Cursor<'_>) -> CallPremiums {
    let Some(item) = table.get("premium") else {
        return CallPremiums::None;
    };
    if item.as_text().is_some() {
        return match item.word(&["contract"]) {
            Some(_) => CallPremiums::Contract,
            None => CallPremiums::None,
        };
    }
    item.table().map_or(CallPremiums::None, |t| {
        CallPremiums::Own(contract::premiums(&t))
    })
}

/// `rest = "contract"` or `"11h"`.
fn rest(table: &Cursor<'_>) -> Option<CallRest> {
    let item = table.get("rest")?;
    if item.is("contract") {
        return Some(CallRest::Contract);
    }
    item.duration().map(CallRest::Seconds)
}

/// Notes shifts on call among those that a team works, and leaves them out.
pub fn refuse_as_work(table: &Cursor<'_>, shifts: &mut Vec<usize>, templates: &[ShiftTemplate]) {
    let on_call = |shift: &usize| templates[*shift].on_call.is_some();
    let first = shifts.iter().copied().find(on_call);
    shifts.retain(|shift| !on_call(shift));
    if let (Some(item), Some(shift)) = (table.get("shifts"), first) {
        item.error(
            "on-call-shift",
            format!(
                "in `{}` people are on call, not at work",
                templates[shift].name
            ),
            "nobody is rostered on it",
            "name it in `on_call` instead",
        );
    }
}

/// Who of a team is on call.
pub fn read(
    table: &Cursor<'_>,
    outside: bool,
    heads: &[Heads],
    roster: &RosterSource,
    skills: &[Option<Proficiency>],
    company: &Company<'_>,
) -> Vec<OnCall> {
    let Some(item) = table.get("on_call") else {
        return Vec::new();
    };
    let people = match roster {
        RosterSource::Fit | RosterSource::Even | RosterSource::Duties(_) => true,
        RosterSource::Spells(_) => !outside,
        RosterSource::None | RosterSource::Levels(_) | RosterSource::Leads(_) => false,
    };
    let entries = item.list();
    let read = |entry: &Item<'_>| {
        let read = entry_of(entry, skills, company)?;
        terms_hold(entry, &company.shifts[read.shift], outside, people);
        Some(read)
    };
    let all: Vec<OnCall> = entries.iter().filter_map(read).collect();
    let people: u32 = heads.iter().map(|h| h.count).sum();
    let most = all.iter().map(|o| o.heads).max().unwrap_or(0);
    if people > 0 && most > people {
        item.error(
            "too-many-on-call",
            format!(
                "{most} of `{}` are on call at once, but it has {people} heads",
                table.path
            ),
            "more than the team has",
            format!("let {people} be on call at most"),
        );
    }
    all
}

/// Notes terms of a shift that say nothing about those who are on call in it.
fn terms_hold(entry: &Item<'_>, shift: &ShiftTemplate, outside: bool, people: bool) {
    let Some(terms) = &shift.on_call else { return };
    let pay = terms.per_hour.is_some() || terms.premiums != CallPremiums::None;
    if outside && (pay || terms.rest == CallRest::Contract) {
        let key = match (terms.per_hour, &terms.premiums) {
            (Some(_), _) => "call_out",
            (None, CallPremiums::None) => "rest = \"contract\"",
            _ => "premium",
        };
        entry.error(
            "vendor-on-call",
            format!("`{}` is a shift of our own people: it has `{key}`, and a vendor bills calls by the unit of its price", shift.name),
            "people of a vendor are on call here",
            "name a shift without `call_out` and `premium`, whose `rest`, if any, is a duration",
        );
    } else if terms.rest != CallRest::None && !people {
        entry.error(
            "rest-of-nobody",
            format!(
                "`{}` has `rest`, but this roster does not say who works when",
                shift.name
            ),
            "nobody's next duty can begin later",
            "remove `rest`, or place people with \"fit\", \"even\" or a roster of duties",
        );
    }
}

fn entry_of(
    item: &Item<'_>,
    skills: &[Option<Proficiency>],
    company: &Company<'_>,
) -> Option<OnCall> {
    let own = item.table()?;
    let named = own.need("shift", "\"on-call\"")?;
    let shift = company.names.shifts.resolve(&named)?;
    if company.shifts[shift].on_call.is_none() {
        named.error(
            "no-on-call-shift",
            format!("`{}` is a shift of work", company.shifts[shift].name),
            "nothing says what being on call is paid, nor how soon work begins",
            "name a shift with `standby` and `responds`",
        );
    }
    let heads = own.get("heads").map_or(Some(1), |i| {
        let heads = i.count()?;
        i.within(
            f64::from(heads),
            1.0,
            1000.0,
            "a number of people from 1 to 1000",
        )
        .then_some(heads)
    })?;
    let queue = match own.get("queue") {
        None => None,
        Some(i) => Some(i.count()?),
    };
    let when = own.sub("when");
    let stated = when.as_ref().map(|w| Selector::read(w, company.names));
    let calls = |s: &usize| {
        let stream = &company.streams[*s];
        match &stated {
            Some(when) => when.matches(stream),
            None => company.channels[stream.channel].kind != ChannelKind::Deferred,
        }
    };
    let streams: Vec<usize> = (0..company.streams.len()).filter(calls).collect();
    let known = |s: &usize| skills[*s].is_some();
    if !streams.iter().any(known) {
        item.error(
            "nobody-calls",
            format!("no contact would ever call those on call by `{}`", own.path),
            match stated {
                Some(_) => "the team works on none of the contacts that `when` chooses",
                None => "no customer on the line reaches this team",
            },
            "choose contacts of the team by `when`, such as `when = { priorities = [\"p1\"] }`",
        );
    }
    Some(OnCall {
        shift,
        heads,
        queue,
        streams,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good};

    fn text(shift: &str, team: &str) -> String {
        changed(&[
            (
                "[shift.day]",
                &format!(
                    "[shift.night]\nstart = \"18:00\"\nlength = \"10h\"\n{shift}\n[shift.day]"
                ),
            ),
            ("heads = 12", &format!("heads = 12\non_call = [{team}]")),
        ])
    }

    #[test]
    fn a_night_is_paid_for_its_hours() {
        let scenario = good(&text(
            "standby = \"EUR 25/night\"\nresponds = \"15m\"\nat_least = \"1h\"",
            "{ shift = \"night\", queue = 5 }",
        ));
        let terms = scenario
            .shifts
            .iter()
            .find_map(|s| s.on_call.as_ref())
            .unwrap();
        assert!((terms.standby_per_s * 36_000.0 - 25.0).abs() < 1e-12);
        assert_eq!((terms.per_hour, terms.responds_s), (None, 900.0));
        let on_call = &scenario.teams[0].on_call[0];
        assert_eq!((on_call.heads, on_call.queue), (1, Some(5)));
        assert_eq!(on_call.streams, [0]);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let terms = "standby = \"EUR 2/h\"\nresponds = \"15m\"";
        assert_eq!(
            codes(&text(terms, "{ shift = \"day\" }")),
            ["no-on-call-shift"]
        );
        assert_eq!(
            codes(&text(terms, "{ shift = \"night\", heads = 13 }")),
            ["too-many-on-call"]
        );
        assert_eq!(
            codes(&text("standby = \"EUR 2/h\"", "{ shift = \"night\" }")),
            ["missing-key"]
        );
    }
}
