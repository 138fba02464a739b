//! Keys of what moves demand over time.

use super::{JUDGEMENT, Kind, LAW, PER_MONTH, TableKeys, default, fixed, optional, required};

pub(super) const TABLES: &[TableKeys] = &[
    fixed(
        "customers",
        "a weekly volume as customers times how often each asks",
        &[
            required("count", Kind::Number, "customers there are"),
            required("ask", Kind::TimesPer, "contacts of each, like \"0.4/month\", counted as `counted` says"),
        ],
    ),
    fixed(
        "trace",
        "time stamps of contacts, replayed exactly; redials and returns are in them",
        &[
            required("file", Kind::File, "columns time, and channel, topic, language, priority where there are several; one row a contact"),
            optional("zone", Kind::Zone, "zone of the file's local times; else the scenario's"),
        ],
    ),
    fixed(
        "event",
        "more or fewer contacts for a while: a launch, an outage, a campaign",
        &[
            optional("when", Kind::Table("when"), "the contacts it touches; all unless stated"),
            required("date", Kind::Date, "first day"),
            optional("time", Kind::TimeOfDay, "of the first day, in the scenario's zone; midnight unless stated"),
            required("lasts", Kind::Duration, "how long it goes on in full"),
            optional("factor", Kind::Percent, "on the volume while it lasts: \"180%\" is 80% more"),
            optional("decay", Kind::Duration, "afterwards what it added fades exponentially, with this mean"),
            optional("contacts", Kind::Number, "instead of a factor: so many contacts more, at even chances while it lasts"),
            optional("planned", Kind::Flag, "whether people are placed for it; true unless stated"),
        ],
    ),
    fixed(
        "deflection",
        "self-service that takes contacts away: a portal, a bot, a knowledge base",
        &[
            optional("when", Kind::Table("when"), "the contacts it takes from; all unless stated"),
            optional("date", Kind::Date, "first day; in force from the start unless stated"),
            optional("ramp", Kind::Duration, "until it takes its full share, rising evenly; at once unless stated"),
            required("share", Kind::Share, "of first contacts, in the end"),
            required("returns", Kind::Share, "of those it took, come to people after all"),
            default("after", LAW, "2h", "10m to 1 day", JUDGEMENT, "how long after"),
            optional("harder", Kind::Percent, "handle time of what remains, once it takes its full share"),
            optional("price", PER_MONTH, "while it is in force"),
            optional("fee", Kind::Money(&["contact"]), "for each contact it takes"),
        ],
    ),
    fixed(
        "translation",
        "terms of a translation tool",
        &[
            default("handle", Kind::Percent, "130%", "110% to 170%", JUDGEMENT, "handle time against agents' own language"),
            default("resolved", Kind::Points, "-5 points", "-10 to 0 points", JUDGEMENT, "against agents' own language"),
            optional("fee", Kind::Money(&["contact"]), "for each contact"),
        ],
    ),
];
