//! In which order free teams get a contact: the rule of its route.

use crate::scenario::model::{Pick, PriceUnit, RouteEntry, Scenario};

/// Puts the teams of a route in the order of its rule and says which of them stand together: `(entry, tie)`, ties
/// ascending. Among teams that stand together, and among agents of one, the longest idle is taken.
pub fn ordered(
    scenario: &Scenario,
    stream: usize,
    entries: &[RouteEntry],
    pick: Pick,
) -> Vec<(RouteEntry, u8)> {
    let key = |entry: &RouteEntry| -> [f64; 2] {
        let team = &scenario.teams[entry.team];
        let skill = team.skills[stream];
        match pick {
            Pick::Written | Pick::LongestIdle => [0.0, 0.0],
            Pick::FewestSkills => [team.skills.iter().flatten().count() as f64, 0.0],
            Pick::LowestCost => [cost_per_contact(scenario, stream, entry.team), 0.0],
            Pick::BestProficiency => [
                skill.map_or(0.0, |s| -s.resolved_delta),
                skill.map_or(1.0, |s| s.handle_factor),
            ],
        }
    };
    let mut keyed: Vec<([f64; 2], RouteEntry)> = entries.iter().map(|e| (key(e), *e)).collect();
    // The written order stands between equals where it is the rule.
    keyed.sort_by(|(a, _), (b, _)| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    let mut tie = 0;
    let mut out = Vec::with_capacity(keyed.len());
    for (i, (key, entry)) in keyed.iter().enumerate() {
        let before = &keyed[i.saturating_sub(1)];
        // Skill groups of one team stand together.
        let unit = |e: &RouteEntry| scenario.teams[e.team].unit;
        let alone = if pick == Pick::Written {
            unit(&before.1) != unit(entry)
        } else {
            before.0 != *key
        };
        // A route names at most 64 teams.
        tie += u8::from(i > 0 && alone);
        out.push((*entry, tie));
    }
    out
}

/// Money for one contact of a stream worked by a team: its hour times its handle time, or its price per contact; fees
/// come on top. Own people cost their pay, on-cost included.
fn cost_per_contact(scenario: &Scenario, stream: usize, index: usize) -> f64 {
    let team = &scenario.teams[index];
    let skill = team.skills[stream];
    let handle_h = scenario.streams[stream].work[team.tier].handle.mean() / 3600.0
        * skill.map_or(1.0, |s| s.handle_factor);
    let per_hour = |money: f64| money * handle_h;
    let work = match team.vendor.map(|v| &scenario.vendors[v]) {
        None => per_hour(scenario.team_pay(index).0.at(0)),
        Some(vendor) => match vendor.per {
            PriceUnit::LoggedInHour | PriceUnit::ScheduledHour => per_hour(vendor.price),
            PriceUnit::HandledMinute => per_hour(vendor.price * 60.0),
            PriceUnit::Contact | PriceUnit::ResolvedContact => vendor.price,
            // A month of a full-time head has 173.3 hours, 40 a week.
            PriceUnit::FteMonth => per_hour(vendor.price / (40.0 * 52.0 / 12.0)),
        },
    };
    work + skill.map_or(0.0, |s| s.fee_per_contact)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::scenario::testing::load;

    fn teams() -> Scenario {
        let text = r#"
start = 2027-01-04
length = "1 week"
zone = "UTC"
[demand]
counted = "first contacts"
busyness = "none"
[channel.phone]
kind = "live"
open = "24/7"
[channel.mail]
kind = "deferred"
open = "24/7"
[topic.help]
per_week = 100
channels = { phone = "50%", mail = "50%" }
handle = "10m"
ends = { resolved = "100%" }
[contract.cheap]
hours = "40h/week"
pay = { wage = "EUR 15/h" }
[contract.dear]
hours = "40h/week"
pay = { wage = "EUR 30/h" }
[team.broad]
heads = { cheap = 1 }
roster = "none"
shrinkage = "none"
factor = { handle = "130%" }
[team.narrow]
heads = { dear = 1 }
skills = { channels = ["phone"] }
roster = "none"
shrinkage = "none"
[team.twin]
heads = { dear = 1 }
skills = { channels = ["phone"] }
roster = "none"
shrinkage = "none"
factor = { resolved = "-2 points" }
"#;
        load(text, &[])
    }

    #[test]
    fn each_rule_puts_the_teams_in_its_order() {
        let scenario = teams();
        let phone = scenario
            .streams
            .iter()
            .position(|s| s.name == "help/phone")
            .unwrap();
        let all: Vec<RouteEntry> = (0..3).map(RouteEntry::at_once).collect();
        let order = |pick| -> Vec<(usize, u8)> {
            ordered(&scenario, phone, &all, pick)
                .iter()
                .map(|(e, tie)| (e.team, *tie))
                .collect()
        };
        assert_eq!(order(Pick::Written), [(0, 0), (1, 1), (2, 2)]);
        assert_eq!(order(Pick::LongestIdle), [(0, 0), (1, 0), (2, 0)]);
        assert_eq!(order(Pick::FewestSkills), [(1, 0), (2, 0), (0, 1)]);
        // 10 minutes at EUR 30/h cost 5, 13 minutes at EUR 15/h cost 3.25.
        assert_eq!(order(Pick::LowestCost), [(0, 0), (1, 1), (2, 1)]);
        assert_eq!(order(Pick::BestProficiency), [(1, 0), (0, 1), (2, 2)]);
    }
}
