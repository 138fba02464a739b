//! What customers of a channel do beside waiting, and how it is looked after.
//!
//! ```toml
//! [channel.phone]
//! leaves_for = { voicemail = "25%", mail = { share = "10%", after = "30m" } }   # of those who gave up, redials apart
//! callback   = { share = "40%", after = "2m", when = "idle", within = "2h", reached = "85%" }
//! [channel.voicemail]            # left after giving up, or by `closed = { voicemail = "40%", lost = "60%" }`
//! kind = "deferred"
//! open = "Mon-Fri 08:00-18:00"
//! [channel.mail]
//! chaser = { share = "30%", after = "1 day", by = "phone", handle = "40%" }     # after each such silence
//! also   = { chat = { share = "8%", after = "1h" } }                            # the same matter, worked twice
//! [channel.social]
//! looked_at = "2h"               # nobody owns it
//! [channel.after-sales]          # calls that we make, in idle time: behind customers on the line, put down for them
//! kind      = "deferred"
//! open      = "Mon-Fri 10:00-18:00"                        # when we may call
//! yields_to = ["phone"]
//! outbound  = { within = "2 days", reached = "40%", tries = 4, again_after = "1 day" }
//! ```

use super::cursor::{Cursor, Item};
use super::law::{self, Usual};
use super::names::Names;
use crate::random::Law;
use crate::scenario::model::{CallBack, CallTime, Elsewhere, Habits};

/// Reads the habits of a channel, of whose customers `redials` of those who gave up call again.
pub fn read(name: &str, table: &Cursor<'_>, names: &Names, redials: f64) -> Habits {
    let own = names.channels.find(name).unwrap_or(usize::MAX);
    let habits = Habits {
        leaves_for: elsewhere(table, "leaves_for", own, names),
        also: elsewhere(table, "also", own, names),
        chaser: table.get("chaser").and_then(|i| chaser(&i, own, names)),
        call_back: match (table.get("callback"), table.get("outbound")) {
            (_, Some(item)) => outbound(&item),
            (Some(item), None) => call_back(&item),
            (None, None) => None,
        },
        outbound: table.get("outbound").is_some(),
        looked_at_s: table.get("looked_at").and_then(|i| longer(&i)),
    };
    let leaving: f64 = habits.leaves_for.iter().map(|e| e.share).sum();
    if leaving + redials > 1.0 + 1e-9
        && let Some(item) = table.get("leaves_for")
    {
        item.error(
            "not-a-whole",
            format!(
                "`{}` and redials take {} of those who gave up",
                item.path,
                super::shares::percent(leaving + redials)
            ),
            "more than all of them",
            "lower a share; what is left over goes for good",
        );
    }
    habits
}

fn longer(item: &Item<'_>) -> Option<f64> {
    let seconds = item.duration()?;
    if seconds <= 0.0 {
        item.out_of_range("0", "a duration longer than nothing");
        return None;
    }
    Some(seconds)
}

/// Shares by channel, or tables that say when as well.
fn elsewhere(table: &Cursor<'_>, key: &str, own: usize, names: &Names) -> Vec<Elsewhere> {
    let Some(all) = table.sub(key) else {
        return Vec::new();
    };
    let entry = |(name, item): (&str, Item<'_>)| {
        let channel = names.channels.resolve_name(name, &item)?;
        if channel == own {
            item.error_at_key(
                "names-itself",
                format!("`{}` leads to the same channel", item.path),
                "not another channel",
                "name another one; `redial` is for those who come again on the same",
            );
            return None;
        }
        let turn = match item.as_table() {
            Some(more) => turn(&more, channel),
            None => Some(Elsewhere {
                channel,
                share: item.share()?,
                after: delay(&all.nothing_at(name))?,
                handle: 1.0,
            }),
        };
        turn.filter(|t| t.share > 0.0)
    };
    let mut found: Vec<Elsewhere> = all.items().filter_map(entry).collect();
    // One lot decides among them, whatever the order in which they are written.
    found.sort_by_key(|e| names.channels.name(e.channel));
    found
}

fn turn(table: &Cursor<'_>, channel: usize) -> Option<Elsewhere> {
    let share = table.need("share", "\"10%\"").and_then(|i| i.share());
    let after = delay(table);
    Some(Elsewhere {
        channel,
        share: share?,
        after: after?,
        handle: handle(table)?,
    })
}

fn delay(table: &Cursor<'_>) -> Option<Law> {
    table.or_default("after", |i| match i.as_text() {
        // At once: a voice-mail is left on the same call.
        Some("0s" | "0m" | "0h") => Some(Law::Deterministic { mean: 0.0 }),
        _ => law::read(i, Usual::Delay),
    })
}

fn handle(table: &Cursor<'_>) -> Option<f64> {
    table.get("handle").map_or(Some(1.0), |i| {
        i.percent()
            .filter(|f| i.within(*f, 0.01, 10.0, "between 1% and 1000%"))
    })
}

fn chaser(item: &Item<'_>, own: usize, names: &Names) -> Option<Elsewhere> {
    let table = item.table()?;
    let channel = match table.get("by") {
        Some(by) => names.channels.resolve(&by),
        None => Some(own),
    };
    let share = table.need("share", "\"30%\"").and_then(|i| i.share());
    let after = table.need("after", "\"1 day\"").and_then(|i| silence(&i));
    let handle = handle(&table);
    Some(Elsewhere {
        channel: channel?,
        share: share?,
        after: after?,
        handle: handle?,
    })
}

/// A silence: always the same unless a distribution is written. One of nothing would be chased without end.
fn silence(item: &Item<'_>) -> Option<Law> {
    let law = law::read(item, Usual::Fixed)?;
    if law.mean() < 60.0 {
        let place = item.as_text().unwrap_or("its mean");
        item.out_of_range(place, "at least a minute");
        return None;
    }
    Some(law)
}

fn call_back(item: &Item<'_>) -> Option<CallBack> {
    let table = item.table()?;
    let share = table.need("share", "\"40%\"").and_then(|i| i.share());
    let within = table.need("within", "\"2h\"").and_then(|i| i.duration());
    let when = call_time(&table);
    let after = table.get("after").map_or(Some(0.0), |i| i.duration());
    let calls = calls(&table);
    Some(CallBack {
        share: share?,
        after_s: after?,
        when: when?,
        within_s: within?,
        ..calls?
    })
}

/// Calls that we make ourselves.
fn outbound(item: &Item<'_>) -> Option<CallBack> {
    let table = item.table()?;
    let within = table
        .need("within", "\"2 days\"")
        .and_then(|i| i.duration());
    let when = call_time(&table);
    let calls = calls(&table);
    Some(CallBack {
        when: when?,
        within_s: within?,
        ..calls?
    })
}

/// How often a customer is called, and how long it takes where nobody answers.
fn calls(table: &Cursor<'_>) -> Option<CallBack> {
    let tries = table.get("tries").map_or(Some(3), |i| {
        i.count()
            .filter(|n| i.within(f64::from(*n), 1.0, 20.0, "from 1 to 20 calls"))
    });
    let reached = table.or_default("reached", |i| i.share());
    let again = table.or_default("again_after", |i| law::read(i, Usual::Fixed));
    let attempt = table.or_default("attempt", |i| i.duration());
    Some(CallBack {
        share: 1.0,
        after_s: 0.0,
        when: CallTime::Turn,
        within_s: 0.0,
        reached: reached?,
        tries: tries? as u8,
        again_after: again?,
        attempt_s: attempt?,
    })
}

fn call_time(table: &Cursor<'_>) -> Option<CallTime> {
    let word = table
        .get("when")
        .map_or(Some(0), |i| i.word(&["turn", "idle", "promised"]))?;
    match (word, table.get("promised")) {
        (2, None) => {
            table.missing("promised", "\"1h\"");
            None
        }
        (2, Some(promised)) => promised.duration().map(CallTime::Promised),
        (word, Some(promised)) => {
            promised.error_at_key(
                "meaningless-key",
                format!("`{}` is of calls at a promised time", promised.path),
                format!("called back {}", ["in turn", "in idle time"][word]),
                "write `when = \"promised\"`, or remove it",
            );
            None
        }
        (0, None) => Some(CallTime::Turn),
        (_, None) => Some(CallTime::Idle),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good, only};
    use crate::scenario::model::CallTime;

    const MAIL: &str = "[channel.mail]\nkind = \"deferred\"\nopen = \"24/7\"\n";

    fn with(phone: &str, mail: &str) -> String {
        changed(&[
            (
                "[channel.phone]",
                &format!("{MAIL}{mail}\n[channel.phone]\n{phone}"),
            ),
            (
                "handle = \"5m\"",
                "channels = { phone = \"60%\", mail = \"40%\" }\nhandle = \"5m\"",
            ),
        ])
    }

    #[test]
    fn habits_are_read_with_their_delays() {
        let scenario = good(&with(
            "leaves_for = { mail = { share = \"20%\", after = \"0s\" } }\ncallback = { share = \"40%\", after = \"2m\", when = \"promised\", promised = \"1h\", within = \"10m\" }",
            "chaser = { share = \"30%\", after = \"1 day\", by = \"phone\", handle = \"40%\" }\nlooked_at = \"2h\"",
        ));
        let (mail, phone) = (&scenario.channels[0].habits, &scenario.channels[1].habits);
        assert_eq!(phone.leaves_for[0].after.mean(), 0.0);
        let back = phone.call_back.as_ref().unwrap();
        assert_eq!((back.when, back.tries), (CallTime::Promised(3600.0), 3));
        assert_eq!(mail.looked_at_s, Some(7200.0));
        let chaser = mail.chaser.as_ref().unwrap();
        assert_eq!((chaser.channel, chaser.handle), (1, 0.4));
    }

    #[test]
    fn mistakes_of_habits_are_named() {
        let to_itself = with("leaves_for = { phone = \"20%\" }", "");
        assert_eq!(codes(&to_itself), ["names-itself"]);
        let too_many = with(
            "redial = { share = \"60%\", after = \"20m\" }\nleaves_for = { mail = \"50%\" }",
            "",
        );
        assert!(only(&too_many).contains("110%"));
        assert_eq!(
            only(&with("chaser = { share = \"30%\", after = \"1 day\" }", "")),
            "`chaser` means nothing on a live channel"
        );
        assert_eq!(
            codes(&with("", "chaser = { share = \"30%\", after = \"1s\" }")),
            ["out-of-range"]
        );
        let promised = with(
            "callback = { share = \"40%\", within = \"1h\", promised = \"1h\" }",
            "",
        );
        assert_eq!(codes(&promised), ["meaningless-key"]);
    }
}
