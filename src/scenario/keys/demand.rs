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
            required("file", Kind::File, "columns time, and channel, topic, language, priority, segment where there are several; one row a contact"),
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
        "next-stage",
        "the next topic in a customer's life: pre-sales, onboarding, support, after-sales",
        &[
            required("share", Kind::Share, "of the customers whose matter is resolved"),
            default("after", LAW, "7 days", "1 day to 90 days", JUDGEMENT, "from the end of one to the first contact of the next"),
            optional("contacts", Kind::Number, "matters about it of each customer who comes to it, on average; 1 unless stated"),
            default("apart", LAW, "14 days", "1 day to 90 days", JUDGEMENT, "between two of them"),
            default("rework", Kind::Duration, "2m", "0s to 10m", JUDGEMENT, "work when another team takes the customer on"),
            default("lost", Kind::Share, "15%", "0% to 40%", JUDGEMENT, "of those, whose information is lost on the way"),
            default("explains", Kind::Duration, "3m", "1m to 10m", JUDGEMENT, "work when a customer explains again"),
        ],
    ),
    fixed(
        "elsewhere",
        "customers who turn to another channel",
        &[
            required("share", Kind::Share, "of the customers"),
            default("after", LAW, "10m", "0s to 1 day", JUDGEMENT, "how long after"),
            optional("handle", Kind::Percent, "work on it, of the topic's handle time there; of contacts about a matter that is worked already"),
        ],
    ),
    fixed(
        "chaser",
        "reminders of those who hear nothing for long",
        &[
            required("share", Kind::Share, "of those who have heard nothing for so long, each time"),
            required("after", LAW, "silence until then, and between two reminders"),
            optional("by", Kind::Name("channel"), "the channel they use; the same unless stated"),
            optional("handle", Kind::Percent, "work on a reminder, of the topic's handle time there"),
        ],
    ),
    fixed(
        "callback",
        "virtual hold: the customer hangs up and is called",
        &[
            required("share", Kind::Share, "of those asked, accept"),
            optional("after", Kind::Duration, "asked once they have waited so long; at once unless stated"),
            optional("when", Kind::Word(&["turn", "idle", "promised"]), "called in their \"turn\"; when an agent is \"idle\", behind everything else, mail included; or at a \"promised\" time, before everything else; turn unless stated"),
            optional("promised", Kind::Duration, "of call-backs at a promised time: so long after hanging up"),
            required("within", Kind::Duration, "the promise: called within so long of hanging up, or of the promised time"),
            default("reached", Kind::Share, "85%", "60% to 95%", JUDGEMENT, "answer when called"),
            optional("tries", Kind::Count, "calls at most; 3 unless stated"),
            default("again_after", LAW, "30m", "10m to 1 day", JUDGEMENT, "between two calls"),
            default("attempt", Kind::Duration, "30s", "20s to 1m", JUDGEMENT, "an agent's time on a call that nobody answers"),
        ],
    ),
    fixed(
        "problem",
        "hours spent on the causes of contacts, which then no longer come",
        &[
            optional("when", Kind::Table("when"), "the contacts it prevents; all unless stated"),
            required("team", Kind::Name("team"), "whose hours they are; they are taken from its time on queue"),
            required("hours", Kind::HoursPerWeek, "spent on it, all through the scenario"),
            optional("done", Kind::Duration, "spent before the start; nothing unless stated"),
            required("halves_after", Kind::Duration, "hours of work that prevent half of what can be prevented"),
            required("at_most", Kind::Share, "of the contacts can be prevented at all"),
        ],
    ),
    fixed(
        "outbound",
        "calls that we make, while the channel is open",
        &[
            optional("when", Kind::Word(&["turn", "idle", "promised"]), "called in their \"turn\", as other work of the channel's rank; when an agent is \"idle\", behind everything else; or at a \"promised\" time, before everything else; turn unless stated"),
            optional("promised", Kind::Duration, "of calls at a promised time: so long after their cause"),
            required("within", Kind::Duration, "the promise: first called within so long of their cause, or of the promised time"),
            default("reached", Kind::Share, "40%", "20% to 70%", JUDGEMENT, "answer when called"),
            optional("tries", Kind::Count, "calls at most; 3 unless stated"),
            default("again_after", LAW, "1 day", "1h to 3 days", JUDGEMENT, "between two calls"),
            default("attempt", Kind::Duration, "30s", "20s to 1m", JUDGEMENT, "an agent's time on a call that nobody answers"),
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
