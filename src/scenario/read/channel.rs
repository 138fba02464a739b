//! `[channel.*]`: how customers reach support, and how each way queues.

use super::course;
use super::cursor::{Cursor, Item};
use super::habits;
use super::latent_hours;
use super::law::{self, Usual};
use super::names::Names;
use super::shares;
use super::site::holidays;
use crate::random::Law;
use crate::scenario::forms;
use crate::scenario::keys::AT_CLOSE;
use crate::scenario::model::{AtClose, Backlog, Channel, ChannelKind, Comeback, Owner, Touches};
use crate::time::{Holidays, WeekHours};

const KINDS: [&str; 3] = ["live", "concurrent", "deferred"];

/// Keys that mean something for some kinds only, with the kinds they are for.
const ONLY_FOR: [(&str, &[ChannelKind]); 17] = [
    ("outbound", &[ChannelKind::Deferred]),
    ("leaves_for", &[ChannelKind::Live, ChannelKind::Concurrent]),
    ("callback", &[ChannelKind::Live]),
    ("chaser", &[ChannelKind::Deferred]),
    ("looked_at", &[ChannelKind::Deferred]),
    ("patience", &[ChannelKind::Live, ChannelKind::Concurrent]),
    ("balk", &[ChannelKind::Live, ChannelKind::Concurrent]),
    ("redial", &[ChannelKind::Live, ChannelKind::Concurrent]),
    ("at_close", &[ChannelKind::Live, ChannelKind::Concurrent]),
    ("speed", &[ChannelKind::Concurrent]),
    ("measured_at", &[ChannelKind::Concurrent]),
    ("touches", &[ChannelKind::Deferred]),
    ("owner", &[ChannelKind::Deferred]),
    ("yields_to", &[ChannelKind::Deferred]),
    ("resume_cost", &[ChannelKind::Deferred]),
    ("reread", &[ChannelKind::Deferred]),
    ("backlog", &[ChannelKind::Deferred]),
];

/// Reads all channels.
pub fn read_all(document: &Cursor<'_>, names: &Names) -> Vec<Channel> {
    let channels = document.named("channel");
    if channels.is_empty() {
        document.no_tables("channel", "channel.phone", "`kind` and `open`");
    }
    channels
        .iter()
        .map(|(name, table)| read(name, table, names))
        .collect()
}

fn read(name: &str, table: &Cursor<'_>, names: &Names) -> Channel {
    let kind = table.need("kind", "\"live\"").and_then(|i| i.word(&KINDS));
    if let Some(kind) = kind {
        refuse_meaningless(table, KIND_OF[kind]);
    }
    let kind = KIND_OF[kind.unwrap_or(0)];
    let waits = kind != ChannelKind::Deferred;
    let open = table
        .need("open", "\"Mon-Fri 08:00-20:00\"")
        .and_then(|i| i.week_hours())
        .unwrap_or_else(WeekHours::always);
    let patience = waits
        .then(|| table.or_default("patience", patience))
        .flatten()
        .flatten();
    let (closed, later) = closed(table, names, open.is_always());
    let offered = table.get("offered").and_then(|i| i.flag()).unwrap_or(true);
    // Where nobody leaves, nobody calls again for it; a redial that is written is read all the same.
    let leaves = patience.is_some() || table.get("balk").is_some() || table.get("redial").is_some();
    let redial = if waits && leaves { redial(table) } else { None };
    let redials = redial.as_ref().map_or(0.0, |r| r.share);
    Channel {
        name: name.to_string(),
        kind,
        holidays: table
            .or_default("holidays", holidays)
            .unwrap_or_else(Holidays::none),
        redial,
        closed,
        later,
        later_after: later_after(table, later),
        offered,
        latent: table
            .get("latent")
            .and_then(|i| i.form("a change", "\"+15%\"", forms::change))
            .unwrap_or(0.0),
        latent_hours: latent_hours::read(table),
        unserved: unserved(name, table, names, offered),
        patience,
        patience_course: table.get("patience").and_then(|i| course::read(&i)),
        open,
        balk: table.get("balk").and_then(|i| i.share()).unwrap_or(0.0),
        at_close: table
            .get("at_close")
            .and_then(|i| i.word(AT_CLOSE))
            .map_or(AtClose::Serve, |word| {
                [AtClose::Serve, AtClose::TurnAway, AtClose::CarryOver][word]
            }),
        speeds: if kind == ChannelKind::Concurrent {
            speeds(table)
        } else {
            vec![1.0]
        },
        measured_at: measured_at(table),
        touches: touches(table, kind),
        owner: owner(table, kind),
        yields_to: table
            .get("yields_to")
            .map_or_else(Vec::new, |i| names.channels.resolve_all(&i)),
        resume_cost_s: table
            .get("resume_cost")
            .and_then(|i| i.duration())
            .unwrap_or(0.0),
        reread_s: table
            .get("reread")
            .and_then(|i| i.duration())
            .unwrap_or(0.0),
        backlog: backlog(table, kind),
        habits: habits::read(name, table, names, redials),
        rank: table
            .get("rank")
            .and_then(|i| i.count())
            .map_or(kind as u8, |n| n.min(255) as u8),
    }
}

const KIND_OF: [ChannelKind; 3] = [
    ChannelKind::Live,
    ChannelKind::Concurrent,
    ChannelKind::Deferred,
];

fn refuse_meaningless(table: &Cursor<'_>, kind: ChannelKind) {
    for (key, kinds) in ONLY_FOR {
        if table.get(key).is_some() && !kinds.contains(&kind) {
            let word = KINDS[kind as usize];
            table.notes.error(
                "meaningless-key",
                table.key_span(key),
                format!("`{key}` means nothing on a {word} channel"),
                format!("`{}` is {word}", table.path),
                format!("remove `{key}`, or correct `kind`"),
            );
        }
    }
}

/// `"never"` is patience without end.
fn patience(item: &Item<'_>) -> Option<Option<Law>> {
    if item.is("never") {
        return Some(None);
    }
    law::read(item, Usual::Patience).map(Some)
}

fn redial(table: &Cursor<'_>) -> Option<Comeback> {
    match table.get("redial") {
        Some(item) if item.is("none") => None,
        Some(item) => comeback(&item.table()?),
        None => comeback(&table.nothing_at("redial")),
    }
}

fn comeback(table: &Cursor<'_>) -> Option<Comeback> {
    let share = table.or_default("share", |i| i.share());
    let after = table.or_default("after", |i| law::read(i, Usual::Delay));
    Some(Comeback {
        share: share?,
        after: after?,
    })
}

/// Where contacts go that arrive while the channel is closed: `{ mail = "30%", lost = "70%" }`.
fn closed(table: &Cursor<'_>, names: &Names, never_closes: bool) -> (Vec<(f64, usize)>, f64) {
    let Some(parts) = table.sub("closed") else {
        if !never_closes {
            table
                .notes
                .assume(&super::cursor::join(&table.path, "closed"));
        }
        return (Vec::new(), 0.0);
    };
    let all = shares::whole(&parts);
    let later = all.iter().find(|(key, _, _)| *key == "later");
    let elsewhere = all
        .iter()
        .filter(|(key, _, _)| !["lost", "later"].contains(key))
        .filter_map(|(key, share, item)| Some((*share, names.channels.resolve_name(key, item)?)))
        .filter(|(share, _)| *share > 0.0);
    (elsewhere.collect(), later.map_or(0.0, |l| l.1))
}

/// When those come again who will come later.
fn later_after(table: &Cursor<'_>, later: f64) -> Law {
    let law = (later > 0.0)
        .then(|| table.or_default("later_after", |i| law::read(i, Usual::Delay)))
        .flatten();
    law.unwrap_or(Law::Deterministic { mean: 0.0 })
}

/// Where customers go of a channel that is not offered.
fn unserved(name: &str, table: &Cursor<'_>, names: &Names, offered: bool) -> Vec<(f64, usize)> {
    let own = names.channels.find(name).unwrap_or(usize::MAX);
    match table.get("unserved") {
        Some(item) if offered => {
            item.error_at_key(
                "meaningless-key",
                format!(
                    "`{}` is of a channel that is not offered, and this one is",
                    item.path
                ),
                "nobody has to go elsewhere",
                "write `offered = false`, or `closed = { ... }` for contacts outside opening hours",
            );
            Vec::new()
        }
        Some(item) => super::unserved::alternatives(&item, &names.channels, own, false).others,
        None if !offered => {
            table.missing("unserved", "{ phone = \"60%\", lost = \"40%\" }");
            Vec::new()
        }
        None => Vec::new(),
    }
}

fn speeds(table: &Cursor<'_>) -> Vec<f64> {
    let read = |item: &Item<'_>| {
        let list = item.list();
        let speeds: Option<Vec<f64>> = list.iter().map(|i| i.percent()).collect();
        let speeds = speeds?;
        let ordered = speeds.windows(2).all(|w| w[1] <= w[0]);
        if speeds.first() != Some(&1.0) || !ordered || speeds.iter().any(|s| *s <= 0.0) {
            item.error(
                "bad-speeds",
                format!(
                    "`{}` must begin with 100% and never rise or reach 0%",
                    item.path
                ),
                "the speed of each conversation with 1, 2, 3, ... open",
                "write for example `[\"100%\", \"85%\", \"68%\"]`",
            );
            return None;
        }
        Some(speeds)
    };
    match table.get("speed") {
        Some(item) => read(&item).unwrap_or_else(|| vec![1.0]),
        None => {
            table.missing("speed", "[\"100%\", \"85%\", \"68%\"]");
            vec![1.0]
        }
    }
}

fn measured_at(table: &Cursor<'_>) -> f64 {
    let Some(item) = table.get("measured_at") else {
        return 1.0;
    };
    item.number()
        .filter(|n| item.within(*n, 1.0, 100.0, "a number from 1 on"))
        .unwrap_or(1.0)
}

fn touches(table: &Cursor<'_>, kind: ChannelKind) -> Touches {
    let once = Touches {
        mean: 1.0,
        customer_takes: Law::Deterministic { mean: 0.0 },
    };
    if kind != ChannelKind::Deferred {
        return once;
    }
    let Some(written) = table.sub("touches") else {
        table
            .notes
            .assume(&super::cursor::join(&table.path, "touches"));
        return once;
    };
    let mean = written.need("mean", "1.6").and_then(|i| {
        i.number()
            .filter(|n| i.within(*n, 1.0, 50.0, "a number from 1 on"))
    });
    let takes = written.or_default("customer_takes", |i| law::read(i, Usual::Delay));
    Touches {
        mean: mean.unwrap_or(1.0),
        customer_takes: takes.unwrap_or(once.customer_takes),
    }
}

fn owner(table: &Cursor<'_>, kind: ChannelKind) -> Owner {
    let word = |i: &Item<'_>| i.word(&["agent", "team", "anyone"]);
    let word = if kind == ChannelKind::Deferred {
        table.or_default("owner", word)
    } else {
        None
    };
    [Owner::Agent, Owner::Team, Owner::Anyone][word.unwrap_or(1)]
}

/// Tickets that wait at the start; none is an assumption where tickets can wait.
fn backlog(table: &Cursor<'_>, kind: ChannelKind) -> Option<Backlog> {
    let Some(written) = table.sub("backlog") else {
        if kind == ChannelKind::Deferred {
            let path = super::cursor::join(&table.path, "backlog");
            let source = "nothing waits at the start where nothing is stated";
            table.notes.assume_value(&path, "none", None, source);
        }
        return None;
    };
    let tickets = written.need("tickets", "310").and_then(|i| i.number());
    let oldest = written.need("oldest", "\"14h\"").and_then(|i| i.duration());
    Some(Backlog {
        tickets: tickets?,
        oldest_s: oldest?,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good, only};

    #[test]
    fn patience_and_redial_can_be_switched_off() {
        let scenario = good(&changed(&[(
            "kind = \"live\"",
            "kind = \"live\"\npatience = \"never\"\nredial = \"none\"",
        )]));
        assert!(scenario.channels[0].patience.is_none());
        assert!(scenario.channels[0].redial.is_none());
    }

    #[test]
    fn keys_of_another_kind_are_refused() {
        assert_eq!(
            only(&changed(&[(
                "kind = \"live\"",
                "kind = \"live\"\nowner = \"team\""
            )])),
            "`owner` means nothing on a live channel"
        );
    }

    #[test]
    fn a_chat_needs_speeds_that_fall() {
        assert_eq!(
            codes(&changed(&[("kind = \"live\"", "kind = \"concurrent\"")])),
            ["missing-key"]
        );
        assert_eq!(
            codes(&changed(&[(
                "kind = \"live\"",
                "kind = \"concurrent\"\nspeed = [\"100%\", \"110%\"]"
            )])),
            ["bad-speeds"]
        );
        let scenario = good(&changed(&[(
            "kind = \"live\"",
            "kind = \"concurrent\"\nspeed = [\"100%\", \"80%\"]",
        )]));
        assert_eq!(scenario.channels[0].speeds, [1.0, 0.8]);
    }

    #[test]
    fn where_callers_go_when_closed_sums_to_a_whole() {
        let text = changed(&[(
            "kind = \"live\"",
            "kind = \"live\"\nclosed = { lost = \"70%\" }",
        )]);
        assert!(only(&text).contains("sum to 70%"));
    }
}
