//! `[pending]` and `[handover]`: what happens to tickets beside the work on them.

use super::cursor::Cursor;
use super::law::{self, Usual};
use super::names::Names;
use super::shares::percent;
use crate::scenario::keys;
use crate::scenario::model::{AtShiftEnd, ChannelKind, Handover, Pending, Scenario};

/// Reads whom tickets wait for. Each waits for one at most, so the shares sum to 100 % at most.
pub fn pending(document: &Cursor<'_>) -> Vec<Pending> {
    let read = |(name, table): &(&str, Cursor<'_>)| {
        let share = table.need("share", "\"45%\"").and_then(|i| i.share());
        let takes = table
            .need("takes", "\"11h\"")
            .and_then(|i| law::read(&i, Usual::Delay));
        Some(Pending {
            name: (*name).to_string(),
            share: share?,
            takes: takes?,
        })
    };
    let all: Vec<Pending> = document
        .by_name("pending")
        .iter()
        .filter_map(read)
        .collect();
    let sum: f64 = all.iter().map(|p| p.share).sum();
    if sum > 1.0 + 1e-9 {
        document.notes.error(
            "over-a-whole",
            document.key_span("pending"),
            format!(
                "the shares of `pending` sum to {}, above 100%",
                percent(sum)
            ),
            "a ticket waits for one of them",
            "lower them to 100% together",
        );
    }
    all
}

/// Reads what happens to tickets at the end of a shift.
pub fn handover(document: &Cursor<'_>, names: &Names) -> Option<Handover> {
    let table = document.sub("handover")?;
    let rules = table.need("at_shift_end", "{ p1 = \"next site\", else = \"stays\" }");
    let costs = table.or_default("costs", |i| i.duration());
    let rules = rules?.table()?;
    let word = |item: &super::cursor::Item<'_>| {
        let rules = [AtShiftEnd::NextSite, AtShiftEnd::Stays, AtShiftEnd::Pool];
        item.word(keys::AT_SHIFT_END).map(|w| rules[w])
    };
    let rest = rules.get("else").and_then(|i| word(&i));
    let mut at_shift_end = vec![rest; names.priorities.len()];
    for (key, item) in rules.items().filter(|(key, _)| *key != "else") {
        if let Some(class) = names.priorities.resolve_name(key, &item) {
            at_shift_end[class] = word(&item);
        }
    }
    if rules.get("else").is_none() && at_shift_end.iter().any(Option::is_none) {
        rules.missing("else", "\"stays\"");
    }
    Some(Handover {
        at_shift_end: at_shift_end
            .into_iter()
            .map(|rule| rule.unwrap_or(AtShiftEnd::Stays))
            .collect(),
        costs_s: costs?,
    })
}

/// Notes rules that can hold for nothing: no tickets at all, or no other site to pass them to.
pub fn check(document: &Cursor<'_>, scenario: &Scenario) {
    let deferred = |c: usize| scenario.channels[c].kind == ChannelKind::Deferred;
    let tickets = (0..scenario.channels.len()).any(deferred);
    for key in ["pending", "handover"] {
        if document.get(key).is_some() && !tickets {
            document.notes.error(
                "no-tickets",
                document.key_span(key),
                format!("`{key}` is about tickets, but no channel is deferred"),
                "nothing here can wait",
                format!("remove `{key}`, or add a channel of `kind = \"deferred\"`"),
            );
        }
    }
    let Some(handover) = &scenario.handover else {
        return;
    };
    let next = handover.at_shift_end.contains(&AtShiftEnd::NextSite);
    let sites: Vec<usize> = scenario.teams.iter().map(|t| t.site).collect();
    if next && tickets && sites.windows(2).all(|w| w[0] == w[1]) {
        document.notes.error(
            "no-next-site",
            document
                .sub("handover")
                .map_or(document.span, |t| t.key_span("at_shift_end")),
            "tickets pass to the next site, but all teams are at one site",
            "there is no other site",
            "write \"pool\" or \"stays\", or give a team another `site`",
        );
    }
}
