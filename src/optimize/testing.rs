//! What scenarios that plans are tested with have in common.

/// Calls of five minutes at one site; the test says for how long, when, and how many a week. It ends inside the
/// contract, so that tests add rules to it, then shifts, teams and what is to be decided.
pub fn calls(length: &str, open: &str, per_week: &str) -> String {
    format!(
        r#"
start  = 2027-01-11
length = "{length}"
zone   = "Europe/Berlin"
[demand]
counted  = "first contacts"
busyness = "none"
[channel.phone]
kind   = "live"
open   = "{open}"
redial = "none"
[topic.help]
per_week = {per_week}
handle   = "5m"
ends     = {{ resolved = "100%" }}
[promise.phone]
target = "80% of phone within 20s"
[site]
berlin = {{ zone = "Europe/Berlin" }}
[contract.full]
hours = "40h/week"
pay   = "EUR 20/h"
rest  = "11h"
"#
    )
}
