//! Keys of what moves demand over time.

use super::{Kind, TableKeys, fixed, optional, required};

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
];
