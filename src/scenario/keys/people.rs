//! Keys of sites, contracts, shifts and teams.

use super::{Kind, LAW, PER_MONTH, TableKeys, default, fixed, optional, required};

const SALARY: Kind = Kind::Money(&["year", "month", "h"]);

pub(super) const TABLES: &[TableKeys] = &[
    fixed(
        "site",
        "a place of work",
        &[
            required("zone", Kind::Zone, "zone of its shifts and contracts"),
            default("holidays", Kind::Holidays, "none", "", "no days off where none are stated", "days without shifts, like \"DE-BE\""),
            optional("seats", Kind::Count, "people who fit in at once"),
            optional("rent_per_seat", PER_MONTH, "money for each seat"),
            optional("open", Kind::WeekHours, "hours in which work is done there; else whenever shifts say"),
            optional("lead_time", Kind::Duration, "from the scenario's start until the first shift there; nothing unless stated"),
            optional("setup", Kind::Money(&[]), "once, to open it"),
            optional("closes", Kind::Date, "first day without shifts there"),
            optional("closing", Kind::Money(&[]), "once, to close it"),
            optional("management", PER_MONTH, "money for those who run it"),
            optional("hires", Kind::HeadsPer, "most hires of all its teams together"),
        ],
    ),
    fixed(
        "contract",
        "a kind of employment",
        &[
            required("hours", Kind::HoursPerWeek, "paid hours per head"),
            required("pay", Kind::Either(&[SALARY, Kind::Table("pay")]), "never defaulted"),
            optional("attrition", Kind::Percent, "leavers a year per head, where it differs from the team's"),
            optional("notice", Kind::Duration, "from a resignation to the last day; hiring begins meanwhile"),
            optional("premium", Kind::By("hours", &Kind::Percent), "extra pay by hours (\"20:00-23:00\"), days (\"Sat\") or \"holidays\""),
            default("rules", Kind::Word(&["de-arbzg", "eu-wtd", "us-none", "ph", "il", "none"]), "none", "", "no rules of work where none are named", "named rules of work; each may be overridden beside it"),
            optional("rest", Kind::Duration, "least rest between two shifts"),
            optional("day_max", Kind::Duration, "most work in a day, breaks apart"),
            optional("days_in_a_row", Kind::Count, "most working days in a row"),
            optional("days_per_week", Kind::Count, "most working days in a week"),
        ],
    ),
    fixed(
        "pay",
        "what an hour of a head costs",
        &[
            optional("salary", SALARY, "per year or month, for the contract's hours; leave, sickness and paid breaks are in it"),
            optional("wage", SALARY, "per paid hour"),
            optional("on_cost", Kind::Percent, "on top of pay: social security and the like"),
            optional("overtime", Kind::Percent, "of the hour's pay, for hours beyond the contract's"),
            optional("at", Kind::HoursPerWeek, "the weekly hours the salary is meant for"),
        ],
    ),
    fixed(
        "shift",
        "a shift template in the site's local time; breaks are never part of shrinkage",
        &[
            optional("start", Kind::Either(&[Kind::List(&Kind::TimeOfDay), Kind::Table("starts")]), "possible starts"),
            optional("length", Kind::Either(&[Kind::List(&Kind::Duration), Kind::Table("lengths")]), "from start to end, breaks included"),
            optional("breaks", Kind::List(&Kind::Table("break")), "in order"),
            optional("days", Kind::Weekdays, "weekdays it may start on; else the open days"),
            optional("standby", Kind::Money(&["night", "day", "h"]), "on call: for being reachable"),
            optional("call_out", Kind::Money(&["h"]), "on call: for work"),
            optional("responds", Kind::Duration, "on call: until work begins"),
        ],
    ),
    fixed(
        "starts",
        "possible starts; the last is included",
        &[required("from", Kind::TimeOfDay, "first start"), required("to", Kind::TimeOfDay, "last start"), required("step", Kind::Duration, "between two starts")],
    ),
    fixed(
        "lengths",
        "possible lengths; the last is included",
        &[required("from", Kind::Duration, "shortest"), required("to", Kind::Duration, "longest"), required("step", Kind::Duration, "between two lengths")],
    ),
    fixed(
        "break",
        "a break inside a shift",
        &[
            required("length", Kind::Duration, "how long"),
            required("from", Kind::Duration, "earliest start after the shift's start"),
            optional("to", Kind::Duration, "latest start after the shift's start; else `from`"),
            optional("paid", Kind::Flag, "whether its time is paid; true unless stated"),
        ],
    ),
    fixed(
        "team",
        "people with the same skills",
        &[
            optional("site", Kind::Name("site"), "where they work; may be left out where there is one site"),
            optional("vendor", Kind::Name("vendor"), "the partner who employs them; else they are our own"),
            optional("tier", Kind::Count, "support level; 1 unless stated"),
            required("heads", Kind::Either(&[Kind::Count, Kind::By("contract", &Kind::Count)]), "people on the payroll; not seats, not FTE"),
            optional("contract", Kind::Name("contract"), "of all heads, where `heads` is one number"),
            default("skills", Kind::Either(&[Kind::Word(&["all"]), Kind::List(&Kind::Table("when"))]), "all", "", "everyone can do everything where nothing is stated", "contacts they can work on"),
            optional("languages", Kind::By("language", &Kind::Count), "how many of the heads speak each"),
            optional("takes", Kind::Word(super::TAKES), "whom a free agent takes first: by \"priority\" (and then first in, first out) unless stated, by the largest \"weight x wait\", or deferred work by \"earliest due\" date"),
            optional("shifts", Kind::List(&Kind::Name("shift")), "templates they may be rostered on"),
            default("roster", Kind::Either(&[Kind::Word(&["fit", "even", "none"]), Kind::File, Kind::Table("roster")]), "fit", "", "a vendor places its own people; assumed to the load", "how they are placed: \"fit\", \"even\", \"none\" or a file; never defaulted for our own people"),
            optional("clock", Kind::Zone, "zone their shifts follow; else the site's"),
            default("shrinkage", Kind::Either(&[Kind::Word(&["none"]), Kind::Table("shrinkage")]), "none", "", "a vendor bears its own; hours are billed as worked", "shares of paid hours not worked; never defaulted for our own people"),
            optional("other_work", Kind::Share, "of paid hours, given to other work than contacts"),
            default("availability", Kind::Either(&[Kind::Word(&["none"]), Kind::Table("availability")]), "none", "", "judgement; pauses between contacts, where they are taken, lengthen waits by half or more", "what agents do between two contacts"),
            optional("factor", Kind::List(&Kind::Table("factor")), "how well they work, against the topic's own values"),
            optional("tools", PER_MONTH, "money per head"),
            optional("lead", Kind::Table("lead"), "who leads them"),
            optional("learning", Kind::Table("learning"), "how newcomers become as good as the experienced"),
            optional("attrition", Kind::Table("attrition"), "why and how fast people leave"),
            optional("hiring", Kind::Table("hiring"), "how places are filled again"),
            optional("class", Kind::Table("class"), "what newcomers go through before they work"),
            optional("tenure", Kind::Either(&[Kind::Duration, Kind::List(&Kind::Table("tenured"))]), "how long people have been here at the start; else as attrition leaves it in the long run"),
            optional("ramp", Kind::Table("team-ramp"), "how its heads come to be what `heads` says; else they are from the start"),
        ],
    ),
    fixed(
        "roster",
        "a data file that says who works when",
        &[
            required("file", Kind::File, "columns week, day, shift, heads; or start, agents; or agent, start, end"),
            optional("zone", Kind::Zone, "zone of its local times; else the team's clock"),
        ],
    ),
    fixed(
        "shrinkage",
        "shares of paid hours that are not worked on queue; they add up",
        &[
            optional("leave", Kind::Share, "holidays and other planned days off"),
            optional("sick", Kind::Either(&[Kind::Share, Kind::Table("sick")]), "sickness"),
            optional("training", Kind::Share, "inside shifts"),
            optional("meetings", Kind::Share, "inside shifts"),
            optional("coaching", Kind::Share, "inside shifts"),
            optional("reviews", Kind::Share, "inside shifts"),
            optional("late", Kind::Share, "late starts"),
            optional("other_work", Kind::Share, "other work than contacts"),
        ],
    ),
    fixed(
        "sick",
        "sickness comes in spells",
        &[required("share", Kind::Share, "of paid hours"), required("spell", Kind::Duration, "mean length of a spell")],
    ),
    fixed(
        "availability",
        "what agents do between two contacts",
        &[
            optional("turn_round", LAW, "until they are ready again, after every contact"),
            optional("pause", Kind::Table("pause"), "after some contacts"),
            optional("pick_up", Kind::Duration, "a queued contact is not picked up before it has waited so long"),
        ],
    ),
    fixed(
        "pause",
        "pauses that end sooner when customers wait",
        &[
            required("share", Kind::Share, "of contacts that a pause follows"),
            required("calm", Kind::Duration, "mean length while nobody has waited long"),
            required("recalled", Kind::Duration, "mean length once somebody has"),
            required("recall_after", Kind::Duration, "wait of the first in the queue that recalls"),
        ],
    ),
    fixed(
        "factor",
        "against the topic's own values",
        &[
            optional("handle", Kind::Percent, "of the handle time"),
            optional("resolved", Kind::Points, "added to the share resolved"),
            optional("fee", Kind::Money(&[]), "per contact, like that of a translation tool"),
            optional("when", Kind::Table("when"), "the contacts it holds for"),
        ],
    ),
    fixed(
        "lead",
        "who leads a team",
        &[
            required("span", Kind::Number, "heads per lead"),
            required("salary", PER_MONTH, "of a lead"),
            optional("on_cost", Kind::Percent, "on top of it"),
        ],
    ),
];
