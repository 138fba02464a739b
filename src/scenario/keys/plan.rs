//! Keys of routes, of what may change, and of how results are judged.

use super::{JUDGEMENT, Kind, TableKeys, default, fixed, optional, required};

const NUMBER_OR_SHARE: Kind = Kind::Either(&[Kind::Number, Kind::Share]);

pub(super) const TABLES: &[TableKeys] = &[
    fixed(
        "route",
        "to which teams contacts may go",
        &[
            optional("when", Kind::Table("route-when"), "the contacts that take it, and the hours; all unless stated"),
            optional("tier", Kind::Count, "support level; 1 unless stated"),
            optional("to", Kind::List(&Kind::Either(&[Kind::Name("team"), Kind::Table("entry")])), "teams: a lot by `share` first, the rest to those without, wider `after` a time in queue; with `pick` alone, every team with the skill"),
            optional("pick", Kind::Word(super::PICKS), "which of several free teams gets a contact; \"in order\" as written unless stated"),
        ],
    ),
    fixed(
        "entry",
        "one choice of a route",
        &[
            required("team", Kind::Name("team"), "where contacts may go"),
            optional("share", Kind::Share, "of the customers, by a lot that stays theirs"),
            optional("after", Kind::Duration, "also to this team after so long in queue"),
            optional("queue_over", Kind::Count, "only while more contacts than this wait on the route"),
            optional("wait_over", Kind::Duration, "only while the expected wait on the route is longer"),
        ],
    ),
    fixed(
        "handover",
        "hand-over between sites at the end of a shift",
        &[
            required("at_shift_end", Kind::By("priority", &Kind::Word(super::AT_SHIFT_END)), "what happens to tickets in hand and to those that come back to their owner; `else` for the other classes"),
            default("costs", Kind::Duration, "8m", "2m to 20m", JUDGEMENT, "work each hand-over to another site costs whoever takes it on"),
        ],
    ),
    TableKeys {
        kind: "decide",
        doc: "what an optimizer may move, each by its dotted path",
        keys: &[
            optional("least", Kind::Word(&["cost"]), "what is made least"),
            optional("keep", Kind::List(&Kind::Bound), "hard bounds: occupancy, people at work at least, shares of vendors, quality, money"),
            optional("distinct_shift", Kind::Money(&[]), "fee for each start and length of shift that a team's plan uses, so that it uses few; none unless stated"),
            optional("demand", Kind::Table("outlook"), "what demand the plan must be ready for"),
            optional("risk", Kind::Table("risk"), "how the worst cases of demand count; else their mean alone"),
            optional("late", Kind::Money(&["contact"]), "price of a contact not worked in time; else five times its work at the dearest pay"),
            optional("overtime", Kind::Share, "most overtime, of the hours of people at work; none unless stated"),
            optional("release", Kind::Table("release"), "how people leave who are not needed any more"),
        ],
        others: Some(("path", Kind::Table("lever"))),
    },
    fixed(
        "lever",
        "a range of values",
        &[
            required("from", NUMBER_OR_SHARE, "least"),
            required("to", NUMBER_OR_SHARE, "greatest"),
            optional("step", NUMBER_OR_SHARE, "between two values"),
            optional("or", NUMBER_OR_SHARE, "one more value outside the range, like 0"),
        ],
    ),
    fixed(
        "outlook",
        "what demand a plan must be ready for",
        &[
            optional("error", Kind::Percent, "coefficient of variation of the level of demand around its forecast, beside `busyness`"),
            optional("meet", Kind::Share, "probability over that error with which heads and shifts must keep the promises; else they are planned for the forecast"),
            optional("cases", Kind::Either(&[Kind::Count, Kind::List(&Kind::Table("case"))]), "how many cases are drawn (24 unless stated), or the cases themselves; their chances sum to 100%"),
            optional("months", Kind::Count, "planned for; 12 unless stated"),
        ],
    ),
    fixed(
        "case",
        "a case of demand",
        &[
            optional("name", Kind::Text, "what it is called"),
            required("chance", Kind::Share, "its probability"),
            optional("volume", Kind::Percent, "of the forecast"),
            optional("topics", Kind::By("topic", &Kind::Percent), "of the forecast, for topics of their own"),
        ],
    ),
    fixed(
        "risk",
        "how the worst cases count",
        &[
            required("cvar", Kind::Share, "level: at \"90%\" the worst tenth of the cases"),
            required("weight", Kind::Share, "of their mean cost; the mean of all cases has the rest"),
        ],
    ),
    fixed(
        "release",
        "how people leave who are not needed any more",
        &[
            optional("attrition", Kind::Percent, "of the heads, that leaves in a year by itself; 30% unless stated, as is typical"),
            optional("notice", Kind::Duration, "before somebody goes who is given notice"),
            optional("severance", Kind::Money(&[]), "for each who is given notice; else nobody is"),
        ],
    ),
    fixed(
        "satisfaction",
        "points of 100: a base, less what each mishap loses",
        &[
            default("base", Kind::Number, "90", "80 to 95", JUDGEMENT, "resolved inside its promise without hand-off"),
            default("late", Kind::Number, "15", "5 to 30", JUDGEMENT, "lost when the promise was missed"),
            default("hand_off", Kind::Number, "5", "2 to 10", JUDGEMENT, "lost for each hand-off"),
            default("unresolved", Kind::Number, "25", "10 to 40", JUDGEMENT, "lost when the contact returns"),
            default("abandoned", Kind::Number, "60", "40 to 80", JUDGEMENT, "lost when the customer left"),
            optional("translated", Kind::Number, "lost when the answer came through a translation tool; nothing unless stated"),
            optional("other_language", Kind::Number, "lost when the customer had to ask in another language than theirs; nothing unless stated"),
        ],
    ),
    fixed(
        "from",
        "values that change from a date on",
        &[required("date", Kind::Date, "first day they hold"), required("set", Kind::By("path", &Kind::Text), "single values by their dotted path")],
    ),
];
