//! The sentences of `[decide] keep`.

use super::{FormError, money, share};
use crate::scenario::model::Every;

/// A hard bound on a plan, with names still as words.
#[derive(Debug, Clone, PartialEq)]
pub enum Bound {
    /// Share of contacts worked by vendors.
    VendorShare {
        /// One vendor's name, or `None` for all together.
        vendor: Option<String>,
        /// Greatest share, as a fraction.
        at_most: f64,
    },
    /// Share of contacts worked by each single vendor.
    EachVendorShare {
        /// Greatest share, as a fraction.
        at_most: f64,
    },
    /// First contacts resolved without a redial or return.
    Resolved {
        /// Least share, as a fraction.
        at_least: f64,
    },
    /// People of a team at work while one of its channels is open.
    AtWork {
        /// The team's name.
        team: String,
        /// Fewest people.
        at_least: u32,
    },
    /// Occupancy of a team.
    Occupancy {
        /// The team's name.
        team: String,
        /// The period over which it is judged, where said.
        every: Option<Every>,
        /// Greatest occupancy, as a fraction.
        at_most: f64,
    },
    /// Money per month.
    Cost {
        /// ISO 4217 code.
        currency: String,
        /// Greatest amount per month.
        at_most: f64,
    },
}

const EXAMPLES: &str = "write it like \"vendor share of contacts at most 50%\", \"share of contacts of each vendor at most 40%\", \
    \"monthly occupancy of berlin at most 86%\", \"never alone in berlin\", \"resolved at least 75%\" or \"cost at most EUR 200_000/month\"";

/// Reads `vendor share of contacts at most 50%`, `share of contacts of bpo at most 30%` (or `of each vendor`), `[daily |
/// weekly | monthly] occupancy of TEAM at most 86%`, `resolved at least 75%`, `cost at most EUR 200_000/month`, `at least 3 at
/// work in TEAM` or `never alone in TEAM`, which means two.
///
/// # Errors
/// Any other sentence.
pub fn keep(text: &str) -> Result<Bound, FormError> {
    let clean = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(limit) = clean.strip_prefix("resolved at least ") {
        return Ok(Bound::Resolved {
            at_least: share(limit)?,
        });
    }
    if let Some(team) = clean.strip_prefix("never alone in ") {
        return Ok(Bound::AtWork {
            team: team.to_string(),
            at_least: 2,
        });
    }
    if let Some((people, team)) = clean
        .strip_prefix("at least ")
        .and_then(|rest| rest.split_once(" at work in "))
    {
        let count = people.parse().ok().filter(|n| (1..=10_000).contains(n));
        return Ok(Bound::AtWork {
            team: team.to_string(),
            at_least: count.ok_or_else(|| {
                FormError::new(
                    format!("\"{people}\" is not a number of people"),
                    "write it like \"at least 3 at work in berlin\"",
                )
            })?,
        });
    }
    let Some((subject, limit)) = clean.split_once(" at most ") else {
        return Err(FormError::new(
            format!("\"{clean}\" does not say `at most`"),
            EXAMPLES,
        ));
    };
    if subject == "cost" {
        return cost(limit);
    }
    if subject == "vendor share of contacts" {
        return Ok(Bound::VendorShare {
            vendor: None,
            at_most: share(limit)?,
        });
    }
    if subject == "share of contacts of each vendor" {
        return Ok(Bound::EachVendorShare {
            at_most: share(limit)?,
        });
    }
    if let Some(vendor) = subject.strip_prefix("share of contacts of ") {
        return Ok(Bound::VendorShare {
            vendor: Some(vendor.to_string()),
            at_most: share(limit)?,
        });
    }
    let (every, rest) = match subject.split_once(' ') {
        Some(("daily", rest)) => (Some(Every::Day), rest),
        Some(("weekly", rest)) => (Some(Every::Week), rest),
        Some(("monthly", rest)) => (Some(Every::Month), rest),
        _ => (None, subject),
    };
    match rest.strip_prefix("occupancy of ") {
        Some(team) => Ok(Bound::Occupancy {
            team: team.to_string(),
            every,
            at_most: share(limit)?,
        }),
        None => Err(FormError::new(
            format!("\"{subject}\" cannot be bounded"),
            EXAMPLES,
        )),
    }
}

fn cost(limit: &str) -> Result<Bound, FormError> {
    let money = money(limit)?;
    let per_month = match money.per.as_deref() {
        Some("month") => 1.0,
        Some("year") => 1.0 / 12.0,
        Some("week") => 365.2425 / 7.0 / 12.0,
        _ => {
            return Err(FormError::new(
                format!("\"{limit}\" is not per month"),
                "write it like \"cost at most EUR 200_000/month\"",
            ));
        }
    };
    Ok(Bound::Cost {
        currency: money.currency,
        at_most: money.amount * per_month,
    })
}
