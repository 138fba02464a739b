//! Schema of the escalation matrix and of the shares of contacts.

use super::{estimate, list, object, said, text};
use crate::measure::{ESCALATION_MATRIX, SHARES};
use serde_json::Value;

/// Where work goes when it ends.
pub(super) fn matrix() -> Value {
    let row = || {
        list(object(vec![
            ("from", text("the tier or team that work comes from")),
            ("to", list(share_of())),
        ]))
    };
    let rows = object(vec![("tiers", row()), ("teams", row())]);
    said(rows, ESCALATION_MATRIX)
}

/// Contacts by tier, vendor and language.
pub(super) fn shares() -> Value {
    let rows = object(vec![
        ("tiers", list(share_of())),
        ("vendors", list(share_of())),
        ("languages", list(share_of())),
    ]);
    said(rows, SHARES)
}

fn share_of() -> Value {
    object(vec![
        (
            "name",
            text("a tier, a team, a vendor, a language, or what came of work"),
        ),
        ("share", estimate("share of contacts or of pieces of work")),
    ])
}
