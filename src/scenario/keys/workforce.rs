//! Keys of people over time: learning, attrition, hiring, training classes.

use super::{JUDGEMENT, Kind, TableKeys, default, fixed, optional, required};

pub(super) const TABLES: &[TableKeys] = &[
    fixed(
        "learning",
        "how newcomers become as good as the experienced, for whom handle times are stated",
        &[
            default("start", Kind::Share, "41%", "30% to 60%", "fits what was measured: month 1 at 53% of month 12, first-year mean 67%", "efficiency of a newcomer"),
            optional("contacts", Kind::Number, "contacts after which 63% of the rest is learnt"),
            default("months", Kind::Number, "9.2", "3 to 12", "fits what was measured: month 1 at 53% of month 12, first-year mean 67%", "the same in months of a full-timer at 80% occupancy, where `contacts` is not said"),
            optional("resolved", Kind::Points, "added to the share resolved by a newcomer; fades like the rest"),
        ],
    ),
    fixed(
        "attrition",
        "why and how fast people leave",
        &[
            required("rate", Kind::Percent, "leavers a year per head, averaged over tenures; 35% is 2.92% a month"),
            optional("early", Kind::Table("early"), "newcomers leave more often"),
            optional("occupancy", Kind::Table("strain"), "more people leave where too much is asked of them"),
            optional("replacement", Kind::Money(&[]), "per leaver: knowledge lost, equipment, administration"),
        ],
    ),
    fixed(
        "early",
        "newcomers leave more often",
        &[required("factor", Kind::Number, "times the rate of the others"), required("until", Kind::Duration, "tenure from which on people stay as others do")],
    ),
    fixed(
        "strain",
        "more people leave where too much is asked of them",
        &[
            required("above", Kind::Share, "occupancy of the last 28 days"),
            default("per_point", Kind::Percent, "5%", "2% to 10%", JUDGEMENT, "what each point above it adds to the hazard"),
        ],
    ),
    fixed(
        "hiring",
        "how places are filled again",
        &[
            default("lead", Kind::Duration, "34 days", "20 days to 60 days", "usual time to hire", "from a resignation to the newcomer's first day"),
            optional("cost", Kind::Money(&[]), "per hire: advertisements, interviews, agencies"),
            optional("most", Kind::HeadsPer, "hires at most"),
        ],
    ),
    fixed(
        "class",
        "what newcomers go through before they work; they are paid",
        &[
            default("length", Kind::Duration, "40 days", "10 days to 90 days", "usual length of a training class", "of the course, in calendar days"),
            optional("every", Kind::Duration, "between two classes; else one begins whenever somebody comes"),
            optional("size", Kind::Count, "most people in a class"),
            optional("drop_out", Kind::Share, "who leaves before it ends"),
            optional("cost", Kind::Money(&[]), "per newcomer, beside the pay"),
            optional("nesting", Kind::Table("nesting"), "on queue under supervision after the course"),
        ],
    ),
    fixed(
        "nesting",
        "on queue under supervision after the course",
        &[required("length", Kind::Duration, "how long"), required("handle", Kind::Percent, "of the handle time")],
    ),
    fixed(
        "further-training",
        "courses that take hours, make people better, and are forgotten",
        &[
            required("every", Kind::Duration, "between two courses of each; they are spread evenly over the team"),
            required("hours", Kind::Duration, "of a course, from everybody's paid time"),
            optional("handle", Kind::Percent, "of the handle time right after it; 100% unless stated"),
            optional("resolved", Kind::Points, "added to the share resolved right after it"),
            required("fades", Kind::Duration, "time after which 37% of it is left"),
        ],
    ),
    fixed(
        "mentoring",
        "what the experienced do for newcomers",
        &[
            required("hours", Kind::HoursPerWeek, "that a newcomer takes from somebody experienced"),
            required("until", Kind::Duration, "tenure up to which somebody is mentored, and from which on they may be a mentor"),
            default("ramp", Kind::Percent, "64%", "50% to 90%", "36% shorter with experienced teammates, as measured", "of the contacts that learning takes while mentored"),
            default("attrition", Kind::Percent, "80%", "60% to 100%", JUDGEMENT, "of the hazard of leaving while mentored"),
        ],
    ),
    fixed(
        "promotes",
        "who of our own may come to a team from another tier",
        &[
            required("from_tier", Kind::Count, "tier they come from"),
            required("after", Kind::Duration, "tenure after which they may"),
            default("keeps", Kind::Share, "50%", "0% to 100%", JUDGEMENT, "of the contacts they have learnt from that helps in the new work"),
            default("attrition", Kind::Percent, "90%", "70% to 100%", JUDGEMENT, "of the hazard of leaving in the teams they come from: prospects keep people"),
        ],
    ),
    fixed(
        "lead-promotes",
        "how people of a team become its leads",
        &[
            required("after", Kind::Duration, "tenure after which they may"),
            optional("rate", Kind::Percent, "leads who leave a year; as the team's `attrition` unless stated"),
            default("attrition", Kind::Percent, "90%", "70% to 100%", JUDGEMENT, "of the hazard of leaving the team: prospects keep people"),
            optional("deputies", Kind::Word(&["team", "site", "tier"]), "who takes over from a lead who left: the other leads of the team, of the site or of the tier, whose longer span slows learning; unless stated a vacant post slows nothing"),
        ],
    ),
    fixed(
        "tenured",
        "heads who have been here for some time when the scenario starts",
        &[required("heads", Kind::Count, "how many"), required("tenure", Kind::Duration, "how long each")],
    ),
];
