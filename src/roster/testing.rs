//! Scenarios to test rosters with.
#![allow(clippy::unwrap_used)]

use crate::scenario::Scenario;
use crate::scenario::testing::{load, try_load};
use std::fmt::Write;

/// One team on the phone; every test says what differs.
#[derive(Debug, Clone)]
pub struct Sketch {
    pub start: &'static str,
    pub length: &'static str,
    pub open: &'static str,
    pub starts: &'static str,
    /// Minutes, with a half-hour unpaid break after three hours and a paid quarter after six where it is long enough.
    pub shift_min: u32,
    /// Hours per week and heads of each contract.
    pub contracts: Vec<(f64, u32)>,
    pub rules: &'static str,
    pub holidays: &'static str,
    pub seats: Option<u32>,
    pub shrinkage: &'static str,
    pub other_work: &'static str,
    pub roster: &'static str,
    pub per_week: u32,
    pub more: String,
}

impl Default for Sketch {
    fn default() -> Self {
        Self {
            start: "2027-01-11",
            length: "4 weeks",
            open: "Mon-Fri 08:00-20:00, Sat 09:00-17:00",
            starts: "{ from = \"07:30\", to = \"11:30\", step = \"30m\" }",
            shift_min: 510,
            contracts: vec![(40.0, 12)],
            rules: "de-arbzg",
            holidays: "none",
            seats: None,
            shrinkage: "leave = \"10%\", sick = \"6%\"",
            other_work: "0%",
            roster: "fit",
            per_week: 3000,
            more: String::new(),
        }
    }
}

impl Sketch {
    /// The scenario as text.
    pub fn text(&self) -> String {
        let mut text = format!(
            r#"
start  = {}
length = "{}"
zone   = "Europe/Berlin"
[demand]
counted = "first contacts"
busyness = "none"
[channel.phone]
kind = "live"
open = "{}"
[topic.help]
per_week = {}
handle = "5m"
ends = {{ resolved = "100%" }}
[promise.phone]
target = "80% of phone within 20s"
"#,
            self.start, self.length, self.open, self.per_week
        );
        let mut heads = Vec::new();
        for (i, (hours, count)) in self.contracts.iter().enumerate() {
            let rules = self.rules;
            write!(
                text,
                "[contract.c{i}]\nhours = \"{hours}h/week\"\npay = \"EUR 20/h\"\nrules = \"{rules}\"\npremium = {{ \"20:00-23:00\" = \"10%\", \"Sat\" = \"15%\" }}\n"
            )
            .unwrap();
            heads.push(format!("c{i} = {count}"));
        }
        let breaks = match self.shift_min {
            0..=300 => "",
            301..=420 => {
                "breaks = [{ length = \"30m\", from = \"2h\", to = \"4h\", paid = false }]"
            }
            _ => {
                "breaks = [{ length = \"30m\", from = \"3h\", to = \"5h\", paid = false }, { length = \"15m\", from = \"6h\", to = \"7h\" }]"
            }
        };
        let seats = self
            .seats
            .map_or(String::new(), |n| format!(", seats = {n}"));
        write!(
            text,
            r#"
[site]
berlin = {{ zone = "Europe/Berlin", holidays = "{}"{seats} }}
[shift.day]
start = {}
length = "{}m"
{breaks}
[team.all]
site = "berlin"
heads = {{ {} }}
shifts = ["day"]
roster = "{}"
other_work = "{}"
shrinkage = {{ {} }}
{}
"#,
            self.holidays,
            self.starts,
            self.shift_min,
            heads.join(", "),
            self.roster,
            self.other_work,
            self.shrinkage,
            self.more
        )
        .unwrap();
        text
    }

    /// The scenario, with data files beside it.
    pub fn with(&self, files: &[(&str, &str)]) -> Scenario {
        load(&self.text(), files)
    }

    /// The scenario, unless its shifts are not allowed under its contracts.
    pub fn try_scenario(&self) -> Option<Scenario> {
        try_load(&self.text(), &[]).ok()
    }

    /// The scenario.
    pub fn scenario(&self) -> Scenario {
        self.with(&[])
    }
}
