//! Keys of the document itself and of everything about customers: demand, channels, topics, promises.

use super::{AT_CLOSE, CHANNELS, JUDGEMENT, Kind, LANGUAGES, LAW, PRIORITIES, SEGMENTS, TOPICS, TableKeys, default, fixed, optional, required};

const SHARES_BY_CHANNEL: Kind = Kind::By("channel", &Kind::Share);
const SHARES_BY_LANGUAGE: Kind = Kind::By("language", &Kind::Share);
const SHARES_BY_PRIORITY: Kind = Kind::By("priority", &Kind::Share);
const SHARES_BY_SEGMENT: Kind = Kind::By("segment", &Kind::Share);
/// One law for all, or by channel; `tier2` and so on for later tiers.
const HANDLE: Kind = Kind::Either(&[Kind::Duration, Kind::Table("law"), Kind::By("channel or tier", &TIER_HANDLE)]);
const TIER_HANDLE: Kind = Kind::Either(&[Kind::Duration, Kind::Table("law"), Kind::By("channel", &LAW)]);
const PATIENCE: Kind = Kind::Either(&[Kind::Duration, Kind::Table("law"), Kind::By("channel", &LAW)]);
const ENDS: Kind = Kind::By("outcome", &Kind::Share);
const ZONES: Kind = Kind::Either(&[Kind::Zone, Kind::By("language", &Kind::Zone)]);
const HISTORY: Kind = Kind::Either(&[Kind::File, Kind::Table("history")]);
const TRACE: Kind = Kind::Either(&[Kind::File, Kind::Table("trace")]);
const ELSEWHERE: Kind = Kind::By("channel", &Kind::Either(&[Kind::Share, Kind::Table("elsewhere")]));
const PARTS: Kind = Kind::By("part", &Kind::Share);
const NEXT: Kind = Kind::By("topic", &Kind::Either(&[Kind::Share, Kind::Table("next-stage")]));
const COUNTED: Kind = Kind::Word(&["every contact", "first contacts"]);
const EVERY: Kind = Kind::Word(&["interval", "day", "week", "month"]);
const BANK_1999: &str = "calls of a bank's call centre, January 1999 (data of Brown et al. 2005, JASA 100)";

pub(super) const TABLES: &[TableKeys] = &[
    fixed(
        "scenario",
        "a scenario: demand, channels, topics, promises, sites, contracts, shifts, people, partners, routes, and what may change",
        &[
            optional("base", Kind::File, "the scenario this one changes"),
            optional("include", Kind::List(&Kind::File), "files whose tables are taken over as if they stood here"),
            optional("title", Kind::Text, "what the planner calls it"),
            required("start", Kind::Date, "first day; the scenario opens at local midnight in `zone`"),
            required("length", Kind::Length, "how long it lasts, in days, weeks or months"),
            required("zone", Kind::Zone, "zone of every time of day that is not inside a site's shift or contract"),
            optional("interval", Kind::Duration, "planning interval; 15m unless stated"),
            optional("warm_up", Kind::Duration, "played at the start but left out of every result"),
            optional("currency", Kind::Text, "ISO 4217 code of every amount; else that of the first amount"),
            optional("defaults", Kind::Word(&[super::DEFAULTS]), "the named set of defaults"),
            optional("demand", Kind::Table("demand"), "holds for every topic that does not say otherwise"),
            optional("channel", Kind::By("channel", &Kind::Table("channel")), "how customers reach support"),
            optional("topic", Kind::By("topic", &Kind::Table("topic")), "what they ask about"),
            optional("event", Kind::By("event", &Kind::Table("event")), "launches, outages, campaigns: more or fewer contacts for a while"),
            optional("problem", Kind::By("problem", &Kind::Table("problem")), "hours spent on the causes of contacts"),
            optional("deflection", Kind::By("deflection", &Kind::Table("deflection")), "self-service that takes contacts away"),
            optional("tier", Kind::By("tier", &Kind::Table("tier")), "support levels from 1"),
            optional("language", Kind::By("language", &Kind::Table("language")), "the languages they speak"),
            optional("priority", Kind::By("priority", &Kind::Table("priority")), "classes of urgency, most urgent first"),
            optional("segment", Kind::By("segment", &Kind::Table("segment")), "kinds of customers: contract classes, regions, products, marketing channels"),
            optional("promise", Kind::By("promise", &Kind::Table("promise")), "what customers were promised; of several that cover a contact the first is its own"),
            optional("site", Kind::By("site", &Kind::Table("site")), "places of work"),
            optional("contract", Kind::By("contract", &Kind::Table("contract")), "kinds of employment"),
            optional("shift", Kind::By("shift", &Kind::Table("shift")), "shift templates"),
            optional("team", Kind::By("team", &Kind::Table("team")), "people with the same skills"),
            optional("tool", Kind::By("tool", &Kind::Table("tool")), "tools that agents work with, and content they look up"),
            optional("vendor", Kind::By("vendor", &Kind::Table("vendor")), "outsourcing partners"),
            optional("route", Kind::By("route", &Kind::Table("route")), "to which teams contacts go, first match first"),
            optional("breadth", Kind::Table("breadth"), "what it costs to serve many channels and topics"),
            optional("coordination", Kind::Table("coordination"), "meetings and alignment by team size and topics"),
            optional("people", Kind::Word(&["frozen", "change"]), "whether people come and go; \"change\" from 8 weeks on, unless stated"),
            optional("engineering", Kind::Table("engineering"), "the delay of work that support hands to engineering"),
            optional("automation", Kind::By("automation", &Kind::Table("automation")), "software that routes"),
            optional("review", Kind::By("review", &Kind::Table("second")), "contacts whose quality a second person reviews"),
            optional("approval", Kind::By("approval", &Kind::Table("second")), "contacts that are resolved only when a second person has approved"),
            optional("overlap", Kind::By("overlap", &Kind::Table("overlap")), "contacts that two teams work on because nobody knows whose they are"),
            optional("handover", Kind::Table("handover"), "hand-over between sites at the end of a shift"),
            optional("pending", Kind::By("third party", &Kind::Table("pending")), "clocks that stop while others are waited for"),
            optional("overhead", Kind::By("overhead", &super::PER_MONTH), "money per month that depends on nobody"),
            optional("satisfaction", Kind::Table("satisfaction"), "weights of the satisfaction score"),
            optional("decide", Kind::Table("decide"), "what an optimizer may move"),
            optional("from", Kind::List(&Kind::Table("from")), "values that change from a date on"),
            optional("set", Kind::By("path", &Kind::Text), "single values by their dotted path"),
            optional("remove", Kind::List(&Kind::Text), "tables to leave out, by dotted path; * stands for any letters"),
        ],
    ),
    fixed(
        "demand",
        "holds for every topic that does not say otherwise",
        &[
            optional("counted", COUNTED, "whether volumes include redials and returns; never defaulted where there is a volume"),
            optional("measured", Kind::Table("measured"), "what part of the counted contacts were redials and returns"),
            optional("zone", ZONES, "zone of the customers, one for all or by language; else the scenario's"),
            default("profile", Kind::File, "flat", "", "flat over the opening hours, where no profile was measured", "file of channel, weekday, start, weight: how a week's volume spreads"),
            optional("history", HISTORY, "measured counts, replayed instead of a weekly volume"),
            optional("trace", TRACE, "time stamps of contacts, replayed exactly"),
            optional("customers", Kind::Table("customers"), "a weekly volume as customers times how often each asks"),
            optional("growth", Kind::Growth, "of the weekly volume from the start on, compounding"),
            optional("level", Kind::Percent, "of every volume against what is written (100% unless stated); what is replayed exactly stays as it was"),
            optional("busyness", Kind::Either(&[Kind::Word(&["none"]), Kind::Table("busyness")]), "how much days differ from what was expected of them"),
            optional("per_week", Kind::Number, "contacts per week"),
            optional("channels", SHARES_BY_CHANNEL, "share of each channel; sums to 100%"),
            optional("languages", SHARES_BY_LANGUAGE, "share of each language; sums to 100%"),
            optional("priorities", SHARES_BY_PRIORITY, "share of each priority class; sums to 100%"),
            optional("segments", SHARES_BY_SEGMENT, "share of each segment; sums to 100%"),
            optional("handle", HANDLE, "handle time per work item, wrap included, by channel or tier"),
            optional("ends", ENDS, "outcomes of tier-1 work; sums to 100%"),
            optional("parts", PARTS, "what handle time is made of; sums to 100%"),
            optional("patience", PATIENCE, "how long its customers wait, where they differ from the channel's"),
            optional("returns_after", LAW, "when an unresolved contact comes back"),
        ],
    ),
    fixed(
        "measured",
        "what was measured where the volume was counted",
        &[
            required("abandoned", Kind::Share, "of the offered contacts"),
            required("redial", Kind::Share, "of those who abandoned"),
            required("returns", Kind::Share, "of the answered contacts"),
        ],
    ),
    fixed(
        "busyness",
        "a factor of mean one on each day",
        &[
            default("cv", Kind::Percent, "12%", "6% to 25%", "day factors of real centres after weekday effects are removed", "coefficient of variation of the day's factor"),
            default("day_to_day", Kind::Percent, "40%", "20% to 60%", JUDGEMENT, "correlation of a day with the next"),
            default("across_streams", Kind::Percent, "60%", "30% to 90%", JUDGEMENT, "correlation across streams on one day"),
        ],
    ),
    fixed(
        "history",
        "measured counts per interval, replayed; redials and returns are in them",
        &[
            required("file", Kind::File, "columns start, contacts, and channel, topic, language, priority, segment where it splits by them"),
            optional("zone", Kind::Zone, "zone of the file's local times; else the scenario's"),
            optional("replay", Kind::Word(&["exact", "poisson"]), "exactly the counts, or Poisson counts with these means"),
            optional("interval", Kind::Duration, "length of the counted intervals; else the shortest step between two starts"),
        ],
    ),
    fixed(
        "channel",
        "one way to reach support",
        &[
            required("kind", Kind::Word(&["live", "concurrent", "deferred"]), "phone; chat; e-mail and the like"),
            required("open", Kind::WeekHours, "when it is open, in the scenario's zone; the business hours of its promises"),
            default("holidays", Kind::Holidays, "none", "", "no closed days where none are stated", "days on which it stays closed"),
            default("patience", Kind::Either(&[Kind::Word(&["never"]), Kind::Duration, Kind::Table("law")]), "369s", "2m to 10m", BANK_1999, "how long customers wait before they leave; \"never\": they do not leave"),
            optional("balk", Kind::Share, "of those who would have to wait, leave at once"),
            optional("redial", Kind::Either(&[Kind::Word(&["none"]), Kind::Table("redial")]), "what those do who left"),
            default("closed", Kind::By("channel", &Kind::Share), "lost", "", "contacts outside opening hours are lost where nothing else is stated", "where contacts outside opening hours go: shares by channel, `later` for those who come again, and `lost`; sums to 100%"),
            default("later_after", LAW, "1h", "15m to 4h", JUDGEMENT, "when those come again who found it closed and will come `later`: so long after the next opening"),
            optional("offered", Kind::Flag, "false: it does not exist, and `unserved` says where its customers go"),
            optional("unserved", Kind::By("channel", &Kind::Share), "where customers go of a channel that is not offered: shares by channel, and `lost`; sums to 100%"),
            optional("latent", Kind::Change, "volume it would have beyond what is written, if it is offered"),
            optional("latent_hours", Kind::By("opening hours", &Kind::Change), "more contacts a week that come in hours it is not open in today, if it opens in them: by hours like \"Sat 09:00-17:00\""),
            optional("leaves_for", ELSEWHERE, "of those who gave up and do not call again, leave for another channel: a voice-mail, a mail"),
            optional("also", ELSEWHERE, "of its customers, write on another channel as well about the same matter, which is worked twice"),
            optional("chaser", Kind::Table("chaser"), "reminders of those who hear nothing for long"),
            optional("callback", Kind::Table("callback"), "a call-back offered to those who wait"),
            optional("outbound", Kind::Table("outbound"), "we call its customers, rather than they us"),
            optional("looked_at", Kind::Duration, "nobody owns the channel: it is looked at only every so often"),
            optional("at_close", Kind::Word(AT_CLOSE), "what becomes of those on the line who wait at closing time: they are served (unless stated), sent away, or wait for the next opening"),
            optional("speed", Kind::List(&Kind::Percent), "of each conversation with 1, 2, ... open; as many entries as slots"),
            optional("measured_at", Kind::Number, "conversations open on average when handle times were logged"),
            default("touches", Kind::Table("touches"), "1", "1 to 3", "one reply per ticket where nothing is stated", "agent replies per ticket, and the customer's time between them"),
            default("owner", Kind::Word(&["agent", "team", "anyone"]), "team", "", JUDGEMENT, "who takes a ticket's next touch"),
            optional("yields_to", Kind::List(&Kind::Name("channel")), "channels for which work in hand is put down"),
            optional("resume_cost", Kind::Duration, "extra work each time it is taken up again"),
            optional("reread", Kind::Duration, "extra work when somebody else takes the next touch"),
            optional("backlog", Kind::Table("backlog"), "waiting at the start"),
            optional("rank", Kind::Count, "between channels where priorities tie: lower is served first"),
        ],
    ),
    fixed(
        "redial",
        "customers who left and come back",
        &[
            default("share", Kind::Share, "35%", "31% to 46%", "abandoners who called again within the hour, measured", "of those who left"),
            default("after", LAW, "20m", "5m to 1h", JUDGEMENT, "delay"),
        ],
    ),
    fixed(
        "touches",
        "a ticket is a conversation",
        &[
            required("mean", Kind::Number, "agent replies per ticket, at least 1"),
            default("customer_takes", LAW, "9h", "2h to 24h", JUDGEMENT, "the customer's time to answer; our clock stops meanwhile"),
        ],
    ),
    fixed(
        "backlog",
        "work waiting at the start",
        &[required("tickets", Kind::Number, "how many"), required("oldest", Kind::Duration, "age of the oldest; ages are spread evenly")],
    ),
    fixed(
        "topic",
        "what customers ask about: it decides handle time, resolution and skill",
        &[
            optional("per_week", Kind::Number, "contacts per week, as `counted` says; never defaulted"),
            optional("history", HISTORY, "measured counts, replayed instead of a weekly volume"),
            optional("trace", TRACE, "time stamps of contacts, replayed exactly"),
            optional("customers", Kind::Table("customers"), "a weekly volume as customers times how often each asks"),
            optional("growth", Kind::Growth, "of the weekly volume from the start on, compounding"),
            optional("channels", SHARES_BY_CHANNEL, "share of each channel; sums to 100%"),
            optional("languages", SHARES_BY_LANGUAGE, "share of each language; sums to 100%"),
            optional("priorities", SHARES_BY_PRIORITY, "share of each priority class; sums to 100%"),
            optional("segments", SHARES_BY_SEGMENT, "share of each segment; sums to 100%"),
            optional("handle", HANDLE, "handle time per work item, wrap included, by channel; `tier2` for tier 2; never defaulted"),
            optional("ends", ENDS, "outcomes of tier-1 work: resolved, tier2, returns, or a team; sums to 100%; never defaulted"),
            optional("parts", PARTS, "what its handle time is made of; sums to 100%"),
            optional("counted", COUNTED, "whether its volume includes redials and returns"),
            optional("measured", Kind::Table("measured"), "what part of its counted contacts were redials and returns"),
            optional("zone", ZONES, "zone of its customers"),
            optional("profile", Kind::File, "how its week's volume spreads"),
            optional("patience", PATIENCE, "how long its customers wait, where they differ from the channel's"),
            optional("lost_value", Kind::Money(&["contact"]), "value of a contact that leaves for good: given up without calling again, or turned away"),
            optional("leads_to", NEXT, "the topics its customers come with next, once the matter is resolved; shares sum to at most 100%"),
            default("returns_after", LAW, "1 day", "4h to 7 days", JUDGEMENT, "when an unresolved contact comes back"),
        ],
    ),
    fixed(
        "law",
        "a distribution of durations",
        &[
            optional("mean", Kind::Duration, "its mean"),
            optional("family", Kind::Word(&["exponential", "lognormal", "gamma", "erlang", "weibull", "fixed", "uniform"]), "its form; each place has a usual one"),
            optional("cv", Kind::Either(&[Kind::Number, Kind::Percent]), "standard deviation over mean, of lognormal and gamma"),
            optional("phases", Kind::Count, "of erlang"),
            optional("shape", Kind::Number, "of weibull"),
            optional("from", Kind::Duration, "least, of uniform"),
            optional("to", Kind::Duration, "greatest, of uniform"),
            optional("table", Kind::File, "measured quantiles: columns p, seconds"),
            optional("tail", Kind::Either(&[Kind::Word(&["never"]), Kind::Duration]), "beyond the table: never, or the mean of what is left"),
            optional("hazard", Kind::File, "patience: measured rates at which those leave who still wait: columns seconds, per_minute; each holds from its time to the next, the last for ever"),
            optional("by_time", Kind::File, "handle time and patience: columns start, factor, and weekday where days differ; factors of the mean by the local time of arrival"),
        ],
    ),
    fixed(
        "tier",
        "a support level",
        &[
            optional("handle", HANDLE, "handle time at this tier, where a topic does not say otherwise"),
            optional("ends", ENDS, "outcomes of work at this tier; sums to 100%"),
            optional("triage", Kind::Duration, "extra work each hand-off into this tier costs"),
            optional("hand_off", Kind::Either(&[Kind::Word(&["cold"]), Kind::Table("warm")]), "how calls and chats are handed into it: cold (they queue again) unless stated"),
            optional("misrouted", Kind::Table("misrouted"), "contacts for it that go to the wrong team first"),
            optional("swarm", Kind::Table("swarm"), "specialists pulled in instead of handing on"),
        ],
    ),
    fixed(
        "warm",
        "the first agent stays on the line (in a chat: keeps its slot) until the second has taken over",
        &[
            required("together", Kind::Duration, "both agents are busy together"),
            default("waits", Kind::Duration, "3m", "1m to 10m", JUDGEMENT, "longest the first agent waits for the second; then the customer queues alone"),
        ],
    ),
    fixed(
        "misrouted",
        "contacts that go to the wrong team first, are looked at there and sent on",
        &[
            required("share", Kind::Share, "of the contacts that come into the tier; a warm hand-off never goes astray"),
            optional("to", Kind::Name("team"), "the wrong team; else each team of the tier without the skill alike"),
            optional("costs", Kind::Duration, "work there until it is sent on; else the tier's triage"),
        ],
    ),
    fixed(
        "engineering",
        "outside support: work handed there with `engineering` among the ends comes back after a while",
        &[
            required("takes", LAW, "how long"),
            optional("ends", Kind::Table("engineering-ends"), "what comes of it; all resolved unless stated; sums to 100%"),
        ],
    ),
    fixed(
        "engineering-ends",
        "what comes of work handed to engineering",
        &[
            optional("resolved", Kind::Share, "done with it"),
            optional("back", Kind::Share, "back to the tier it came from, for one more piece of work"),
        ],
    ),
    fixed(
        "automation",
        "software that routes: fewer contacts go astray, triage is shorter",
        &[
            optional("misrouted", Kind::Percent, "of the contacts that went astray without it"),
            optional("triage", Kind::Percent, "of the triage time without it"),
            required("price", super::PER_MONTH, "what it costs"),
        ],
    ),
    fixed(
        "swarm",
        "specialists pulled in instead of handing on",
        &[
            required("share", Kind::Share, "of the contacts"),
            required("helper", Kind::Text, "one of which team, like \"1 of experts\""),
            default("helper_time", Kind::Share, "35%", "20% to 60%", JUDGEMENT, "of the tier's handle time, both work together"),
            default("finds_after", LAW, "20m", "5m to 2h", JUDGEMENT, "until the helper is found"),
            optional("owner", Kind::Word(&["keeps", "passes"]), "who goes on with the contact; the owner keeps it unless stated"),
            default("waits", Kind::Duration, "10m", "2m to 1h", JUDGEMENT, "longest the owner waits for a helper who is busy; then the contact is handed on"),
        ],
    ),
    fixed(
        "promise",
        "what customers were promised",
        &[
            required("target", Kind::Target, "like \"80% of phone within 20s\""),
            optional("of", Kind::Population, "who counts; \"offered\" unless stated"),
            optional("every", EVERY, "judging period; week unless stated"),
            optional("hold", Kind::Hold, "share of periods in which it must be kept, like \"90% of weeks\""),
            optional("zone", Kind::Zone, "zone of the judging periods; else the scenario's"),
            optional("when", Kind::Table("when"), "the contacts it covers, beside the words of the target"),
            optional("penalty", Kind::Money(&[]), "what we pay for each judging period in which it is missed"),
        ],
    ),
    fixed(
        "when",
        "a choice of contacts; what is not said is not restricted",
        &[
            optional("channels", CHANNELS, "on these channels"),
            optional("topics", TOPICS, "about these topics"),
            optional("languages", LANGUAGES, "in these languages"),
            optional("priorities", PRIORITIES, "of these priority classes"),
            optional("segments", SEGMENTS, "of these segments"),
        ],
    ),
    fixed(
        "route-when",
        "a choice of contacts and of the hours at which a route holds; what is not said is not restricted",
        &[
            optional("channels", CHANNELS, "on these channels"),
            optional("topics", TOPICS, "about these topics"),
            optional("languages", LANGUAGES, "in these languages"),
            optional("priorities", PRIORITIES, "of these priority classes"),
            optional("segments", SEGMENTS, "of these segments"),
            optional("hours", Kind::WeekHours, "only at these hours of the week, in the scenario's zone; at others the next route that covers the contacts holds"),
        ],
    ),
    fixed(
        "segment",
        "a kind of customers: a contract class, a region, a product, a marketing channel",
        &[
            optional("share", Kind::Share, "of the demand; the segments sum to 100%"),
            optional("priority", Kind::Name("priority"), "class of urgency of its contacts; by the classes' own shares unless stated"),
            optional("promise", Kind::Either(&[Kind::Target, Kind::Table("promise")]), "what its customers were promised"),
        ],
    ),
    fixed(
        "priority",
        "a class of urgency",
        &[
            optional("share", Kind::Share, "of the demand; the classes sum to 100%"),
            optional("promise", Kind::Either(&[Kind::Target, Kind::Table("promise")]), "what its customers were promised"),
            optional("credit", Kind::Duration, "treated as if it had waited so long already"),
            optional("rank", Kind::Count, "lower is served first; else the written order"),
            optional("ages", Kind::Duration, "after each such time of waiting a contact counts as one class more urgent"),
            optional("weight", Kind::Number, "of its waiting time, for teams with takes = \"weight x wait\"; 1 unless stated"),
        ],
    ),
    fixed(
        "language",
        "a language and its customers",
        &[
            optional("zone", Kind::Zone, "where they live"),
            optional("unserved", Kind::By("alternative", &Kind::Share), "what they do where nobody speaks it: ask in another language, write through the translation `tool`, or are `lost`; sums to 100%"),
            optional("translation", Kind::Table("translation"), "terms of the translation tool, on agents' own in their best language"),
            optional("latent", Kind::Change, "volume it would have if it were offered"),
        ],
    ),
    fixed(
        "second",
        "work that a second person does on contacts, when they are resolved",
        &[
            required("share", Kind::Share, "of the contacts"),
            required("takes", LAW, "how long"),
            required("by", Kind::Name("team"), "who does it; an approval is another team's than the work"),
            optional("when", Kind::Table("when"), "the contacts it is about; all unless stated"),
        ],
    ),
    fixed(
        "overlap",
        "contacts that another team works on as well, for as long as their own work takes",
        &[
            required("share", Kind::Share, "of the contacts"),
            required("by", Kind::Name("team"), "the other team"),
            optional("when", Kind::Table("when"), "the contacts it is about; all unless stated"),
        ],
    ),
    fixed(
        "pending",
        "a clock that stops while somebody else is waited for",
        &[required("share", Kind::Share, "of the tickets"), required("takes", LAW, "how long on average")],
    ),
];
