//! `[team.*]`: people with the same skills, at one site, at one tier, under some contracts or a vendor.

use super::cursor::{Cursor, Item};
use super::horizon;
use super::law::{self, Usual};
use super::names::Names;
use super::ramp;
use super::roster;
use super::selector::Selector;
use super::{leads_of, on_call, person, published, release, shrinkage, skills, workforce};
use crate::scenario::keys;
use crate::scenario::model::{
    Availability, Channel, Deputise, Heads, Lead, LeadPromotes, PauseRule, RosterSource,
    ShiftTemplate, Site, Stream, Takes, Team, Vendor, Workforce,
};
use crate::time::Horizon;

/// What teams are read against.
pub struct Company<'a> {
    /// Names of everything.
    pub names: &'a Names,
    /// Sites, read.
    pub sites: &'a [Site],
    /// Shift templates, read.
    pub shifts: &'a [ShiftTemplate],
    /// Streams of demand.
    pub streams: &'a [Stream],
    /// Channels, read.
    pub channels: &'a [Channel],
    /// The horizon.
    pub horizon: &'a Horizon,
    /// Vendors, read.
    pub vendors: &'a [Vendor],
}

/// Reads all teams.
pub fn read_all(document: &Cursor<'_>, company: &Company<'_>) -> Vec<Team> {
    let tables = document.named("team");
    if tables.is_empty() {
        document.no_tables(
            "team",
            "team.support",
            "`heads`, `shifts`, `roster` and `shrinkage`",
        );
    }
    tables
        .iter()
        .enumerate()
        .map(|(index, (name, table))| read(name, index, table, company))
        .collect()
}

fn read(name: &str, index: usize, table: &Cursor<'_>, company: &Company<'_>) -> Team {
    let names = company.names;
    let tier = names.team_tiers[index];
    let vendor_key = table.get("vendor");
    let vendor = vendor_key.as_ref().and_then(|i| names.vendors.resolve(i));
    let outside = vendor_key.is_some();
    let contract = vendor.map(|v| &company.vendors[v]);
    let automated = contract.is_some_and(|v| v.unlimited);
    let site = site(table, names);
    let clock = table.get("clock").and_then(|i| horizon::zone(&i));
    let clock = clock.unwrap_or_else(|| company.sites[site].zone.clone());
    let mut shifts = table
        .get("shifts")
        .map_or_else(Vec::new, |i| chosen_shifts(&i, names, company.shifts));
    on_call::refuse_as_work(table, &mut shifts, company.shifts);
    let roster = if automated {
        for key in ["heads", "shifts", "roster", "shrinkage", "ramp"] {
            ramp::meaningless(table, key, "the vendor's capacity is unlimited");
        }
        RosterSource::None
    } else {
        leads_of::read(table, names)
            .unwrap_or_else(|| roster(table, outside, &shifts, &clock, company))
    };
    // A file may give agents on queue rather than people: nobody is then on a payroll, and nobody is missing.
    let agents = matches!(
        roster,
        RosterSource::Levels(_) | RosterSource::Spells(_) | RosterSource::Leads(_)
    );
    if shifts.is_empty()
        && matches!(
            roster,
            RosterSource::Fit | RosterSource::Even | RosterSource::Duties(_)
        )
        && table.get("shifts").is_none_or(|i| i.list().is_empty())
    {
        table.missing("shifts", "[\"day\"]");
    }
    let heads = if automated {
        Vec::new()
    } else {
        heads(table, outside, agents, names)
    };
    let workforce = workforce::read(table, &heads, &roster, names);
    let lead = table.sub("lead").and_then(|l| lead(&l, &workforce));
    let skills = skills::read(table, tier, company.streams, names, &Selector::default());
    let tools = table.get("tools").and_then(|i| i.per_month());
    Team {
        name: name.to_string(),
        ramp: ramp::read(table, &heads, &roster, contract),
        ramp_places: None,
        release: release::read(table, outside, names),
        workforce,
        tier,
        site,
        vendor,
        unit: index,
        whole: None,
        on_call: on_call::read(table, outside, &heads, &roster, &skills, company),
        named: person::read(table, outside, &heads, &shifts, company),
        published: published::read(table, &shifts, &clock, company),
        heads,
        skills,
        takes: takes(table),
        switch_s: table
            .get("switch")
            .and_then(|i| i.duration())
            .unwrap_or(0.0),
        shifts,
        roster,
        clock,
        shrinkage: shrinkage::read(table, outside || agents || automated),
        availability: availability(table),
        lead,
        tools_per_head_month: tools.unwrap_or(0.0),
    }
}

/// The shifts that a team names, in its order; all of them stand by what they are, which the order of tables does not change.
fn chosen_shifts(item: &Item<'_>, names: &Names, shifts: &[ShiftTemplate]) -> Vec<usize> {
    let mut chosen = names.shifts.resolve_all(item);
    if item.is("all") {
        chosen.sort_by_cached_key(|&s| shifts[s].in_words());
    }
    chosen
}

/// `takes = "weight x wait"`.
fn takes(table: &Cursor<'_>) -> Takes {
    let word = table.get("takes").and_then(|i| i.word(keys::TAKES));
    [Takes::Priority, Takes::WeightedWait, Takes::EarliestDue][word.unwrap_or(0)]
}

fn site(table: &Cursor<'_>, names: &Names) -> usize {
    match table.get("site") {
        Some(item) => names.sites.resolve(&item).unwrap_or(0),
        None if names.sites.len() <= 1 => 0,
        None => {
            table.missing("site", &format!("\"{}\"", names.sites.name(0)));
            0
        }
    }
}

/// Most heads or agents of one entry: more are a slip of the keyboard.
pub const MOST_HEADS: u32 = 100_000;

fn head_count(item: &Item<'_>) -> Option<u32> {
    let most = f64::from(MOST_HEADS);
    item.count()
        .filter(|n| item.within(f64::from(*n), 0.0, most, "at most 100_000 people"))
}

/// `heads = 12` or `heads = { full-time = 60, part-time = 12 }`: people on the payroll.
///
/// Where the roster gives agents, heads may be missing; `contract` then says how the agents' hours are paid.
fn heads(table: &Cursor<'_>, outside: bool, agents: bool, names: &Names) -> Vec<Heads> {
    if agents && table.get("heads").is_none() {
        let contract = table
            .get("contract")
            .and_then(|i| names.contracts.resolve(&i));
        return contract.map_or_else(Vec::new, |c| {
            vec![Heads {
                contract: Some(c),
                count: 0,
            }]
        });
    }
    let Some(item) = table.need("heads", "{ full-time = 60 }") else {
        return Vec::new();
    };
    if let Some(by_contract) = item.as_table() {
        return by_contract
            .items()
            .filter_map(|(key, count)| {
                let contract = names.contracts.resolve_name(key, &count)?;
                Some(Heads {
                    contract: Some(contract),
                    count: head_count(&count)?,
                })
            })
            .collect();
    }
    let Some(count) = head_count(&item) else {
        return Vec::new();
    };
    if outside {
        return vec![Heads {
            contract: None,
            count,
        }];
    }
    let contract = match (table.get("contract"), names.contracts.len()) {
        (Some(named), _) => names.contracts.resolve(&named),
        (None, 1) => Some(0),
        (None, 0) => {
            item.error(
                "no-contract",
                format!("nothing says how the people of `{}` are paid", table.path),
                "people of our own, but no `[contract.*]`",
                "add `[contract.full-time]` with `hours` and `pay`, or name a `vendor`",
            );
            None
        }
        (None, _) => {
            item.error(
                "which-contract",
                format!(
                    "`{}` does not say under which contract these people work",
                    item.path
                ),
                "there are several contracts",
                format!(
                    "write `heads = {{ {} = {count} }}`",
                    names.contracts.name(0)
                ),
            );
            None
        }
    };
    contract.map_or_else(Vec::new, |c| {
        vec![Heads {
            contract: Some(c),
            count,
        }]
    })
}

fn roster(
    table: &Cursor<'_>,
    outside: bool,
    shifts: &[usize],
    clock: &jiff::tz::TimeZone,
    company: &Company<'_>,
) -> RosterSource {
    match table.get("roster") {
        Some(item) => roster::read(&item, shifts, clock, company),
        // A vendor rosters its own people; we see them placed to the load.
        None if outside => {
            table
                .notes
                .assume(&super::cursor::join(&table.path, "roster"));
            RosterSource::Fit
        }
        None => {
            table.missing("roster", "\"fit\"");
            RosterSource::None
        }
    }
}

/// `availability = { turn_round = "5s", pause = { share, calm, recalled, recall_after }, pick_up = "4500ms" }`.
fn availability(table: &Cursor<'_>) -> Availability {
    let Some(item) = table.get("availability") else {
        table
            .notes
            .assume(&super::cursor::join(&table.path, "availability"));
        return Availability::default();
    };
    if item.is("none") {
        return Availability::default();
    }
    let Some(own) = item.table() else {
        return Availability::default();
    };
    Availability {
        turn_round: own
            .get("turn_round")
            .and_then(|i| law::read(&i, Usual::Fixed)),
        pause: own.sub("pause").and_then(|p| pause(&p)),
        pick_up_s: own.get("pick_up").and_then(|i| i.duration()).unwrap_or(0.0),
    }
}

fn pause(table: &Cursor<'_>) -> Option<PauseRule> {
    let share = table.need("share", "\"70%\"").and_then(|i| i.share());
    let calm = table.need("calm", "\"180s\"").and_then(|i| i.duration());
    let recalled = table.need("recalled", "\"25s\"").and_then(|i| i.duration());
    let after = table
        .need("recall_after", "\"15s\"")
        .and_then(|i| i.duration());
    Some(PauseRule {
        share: share?,
        calm_s: calm?,
        recalled_s: recalled?,
        recall_after_s: after?,
    })
}

/// `lead = { span = 10, salary = "EUR 58_000/year", on_cost = "22%", counted = "staffed hour" }`.
fn lead(table: &Cursor<'_>, workforce: &Workforce) -> Option<Lead> {
    let span = table.need("span", "10").and_then(|i| {
        i.number()
            .filter(|n| i.within(*n, 1.0, 1000.0, "a number of heads from 1 on"))
    });
    let salary = table
        .need("salary", "\"EUR 58_000/year\"")
        .and_then(|i| i.per_month());
    let on_cost = table.get("on_cost").map_or(Some(0.0), |i| i.percent());
    let counted = table
        .get("counted")
        .map_or(Some(0), |i| i.word(&["heads", "staffed hour"]));
    // Where nobody learns, the span changes nothing about it.
    let (usual, slower) = if workforce.learning.is_some() {
        (
            table.or_default("usual", |i| i.number())?,
            table.or_default("slower", |i| i.percent())?,
        )
    } else {
        for key in ["usual", "slower"] {
            ramp::meaningless(
                table,
                key,
                "the team has no `learning` that a lead could help with",
            );
        }
        (10.0, 0.0)
    };
    let promotes = match workforce.attrition {
        Some(attrition) => table
            .sub("promotes")
            .and_then(|t| promotes(&t, attrition.per_year)),
        None => {
            let why = "without `attrition` nobody leaves, so no post falls vacant";
            ramp::meaningless(table, "promotes", why);
            None
        }
    };
    Some(Lead {
        promotes,
        span: span?,
        per_month: salary? * (1.0 + on_cost?),
        by_staffed_hour: counted? == 1,
        usual,
        slower,
    })
}

/// `promotes = { after = "18 months", rate = "12%", attrition = "90%" }`.
fn promotes(table: &Cursor<'_>, usual: f64) -> Option<LeadPromotes> {
    let after = table
        .need("after", "\"540 days\"")
        .and_then(|i| i.duration());
    let rate = table
        .get("rate")
        .map_or(Some(usual), |i| workforce::rate(&i));
    let attrition = table.or_default("attrition", |i| i.percent());
    let deputies = table.get("deputies").and_then(|i| {
        let all = [Deputise::Team, Deputise::Site, Deputise::Tier];
        i.word(&["team", "site", "tier"]).map(|w| all[w])
    });
    Some(LeadPromotes {
        deputies,
        after_s: after?,
        per_year: rate?,
        attrition: attrition?,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good, only};
    use crate::random::Law;

    #[test]
    fn heads_by_contract_and_without() {
        assert_eq!(good(&changed(&[])).teams[0].heads[0].count, 12);
        let text = changed(&[("heads = 12", "heads = { full = 7 }")]);
        assert_eq!(good(&text).teams[0].heads[0].count, 7);
        assert_eq!(
            only(&changed(&[("heads = 12", "heads = { ful = 7 }")])),
            "there is no contract named `ful`"
        );
        assert_eq!(
            codes(&changed(&[("heads = 12", "heads = \"12\"")])),
            ["wrong-type"]
        );
        let two = changed(&[(
            "[shift.day]",
            "[contract.half]\nhours = \"20h/week\"\npay = \"EUR 20/h\"\n[shift.day]",
        )]);
        assert_eq!(codes(&two), ["which-contract"]);
    }

    #[test]
    fn roster_and_shrinkage_are_never_assumed_for_own_people() {
        assert!(
            only(&changed(&[("roster = \"fit\"", "")])).contains("`team.all.roster` is missing")
        );
        assert!(
            only(&changed(&[(
                "shrinkage = { leave = \"10%\", sick = \"5%\" }",
                ""
            )]))
            .contains("`team.all.shrinkage` is missing")
        );
    }

    #[test]
    fn availability_and_costs_per_head() {
        let text = changed(&[(
            "heads = 12",
            "heads = 12\navailability = { turn_round = \"5s\", pause = { share = \"70%\", calm = \"180s\", recalled = \"25s\", recall_after = \"15s\" }, pick_up = \"4.5s\" }\ntools = \"EUR 120/month\"\nlead = { span = 10, salary = \"EUR 60_000/year\", on_cost = \"20%\" }",
        )]);
        let scenario = good(&text);
        let team = &scenario.teams[0];
        assert_eq!(
            team.availability.turn_round,
            Some(Law::Deterministic { mean: 5.0 })
        );
        assert_eq!(team.availability.pause.unwrap().recalled_s, 25.0);
        assert_eq!(team.availability.pick_up_s, 4.5);
        // 60000 / 12 * 1.2 / 10 = 600 for the lead.
        assert!((scenario.cost_per_head_month(0) - 720.0).abs() < 1e-9);
    }
}
