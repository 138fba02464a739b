//! Keys of outsourcing partners and of how heads grow and shrink.

use super::{Kind, PER_MONTH, TableKeys, default, fixed, optional, required};

const PRICE: Kind = Kind::Money(&["h", "minute", "contact", "month"]);

pub(super) const TABLES: &[TableKeys] = &[
    fixed(
        "vendor",
        "an outsourcing partner",
        &[
            required("price", PRICE, "per unit, as `per` says"),
            required("per", Kind::Word(&["logged-in hour", "scheduled hour", "handled minute", "contact", "resolved contact", "FTE month"]), "what is billed"),
            optional("bands", Kind::List(&Kind::Table("band")), "other prices from volumes on, in ascending order"),
            default("bands_price", Kind::Word(&["units above", "all units"]), "units above", "", "judgement; as most contracts have it", "what a band's price is paid for"),
            optional("minimum", Kind::Table("minimum"), "billed even if idle, once the vendor is used"),
            optional("setup", Kind::Money(&[]), "once, when the vendor is used"),
            optional("ramp", Kind::Table("ramp"), "how fast its heads may change"),
            optional("training", Kind::Table("training"), "of its people"),
            optional("forecast", Kind::Table("forecast"), "what its promise depends on"),
            optional("promise", Kind::Table("vendor-promise"), "what it promised us, and what it pays when it misses it"),
            optional("capacity", Kind::Word(&["heads", "unlimited"]), "\"unlimited\" for automation: its teams have no agents and answer at once; \"heads\" unless stated"),
            optional("manage", PER_MONTH, "our own cost: vendor manager, reviews, travel"),
        ],
    ),
    fixed(
        "band",
        "a price from a monthly volume on",
        &[required("above", Kind::Number, "units a month, as `per` counts them"), required("price", PRICE, "per unit, as `per` says")],
    ),
    fixed(
        "minimum",
        "billed even if idle, once the vendor is used: seats and their hours, or units",
        &[
            optional("seats", Kind::Count, "how many"),
            optional("hours", Kind::HoursPerWeek, "of each seat"),
            optional("units", Kind::Number, "a month, as `per` counts them"),
        ],
    ),
    fixed(
        "ramp",
        "how fast a vendor's heads may change",
        &[
            required("up", Kind::HeadsPer, "upwards"),
            required("down", Kind::HeadsPer, "downwards"),
            optional("notice", Kind::Duration, "before heads go down"),
        ],
    ),
    fixed(
        "training",
        "of a vendor's people",
        &[required("length", Kind::Duration, "of the course"), required("price", Kind::Money(&["h"]), "per head")],
    ),
    fixed(
        "forecast",
        "what a vendor's promise depends on",
        &[
            required("lock", Kind::Duration, "how long before the forecast is fixed; heads cannot change sooner"),
            required("band", Kind::Percent, "around it; in a month in which more or less comes the vendor's promise is void"),
        ],
    ),
    fixed(
        "vendor-promise",
        "what a vendor promised us, judged by calendar month over the contacts its people answered",
        &[
            required("target", Kind::Target, "like \"80% within 30s\", from arrival to answer"),
            required("pays", Kind::Share, "of the month's bill when it misses it"),
        ],
    ),
    fixed(
        "team-ramp",
        "heads that change inside the horizon, from `from` to what `heads` says",
        &[
            required("from", Kind::Count, "heads at the scenario's start"),
            optional("begins", Kind::Duration, "after the scenario's start; at once unless stated"),
            optional("over", Kind::Duration, "until the change is complete; as fast as the vendor's `ramp` allows, else at once"),
        ],
    ),
];
