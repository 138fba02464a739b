//! Readers: one file per kind of table, from the composed document to a [`Scenario`].
//!
//! No reader stops at a mistake: it notes it and goes on with a stand-in, so that a planner sees all mistakes of a file at
//! once. The stand-ins are chosen so that one mistake does not bring others along, and are never seen by a later room,
//! because a document with errors gives no scenario.

mod channel;
mod contract;
mod course;
mod cursor;
mod data;
mod decide;
mod deflection;
mod demand;
mod equipment;
mod era;
mod event;
mod further_training;
mod group_teams;
mod groups;
mod habits;
mod horizon;
mod hours;
mod language;
mod latent_hours;
mod law;
mod leads_of;
mod life_cycle;
mod money;
mod names;
mod notes;
mod on_call;
mod other_work;
mod outlook;
mod person;
mod priority;
mod problem;
mod profile;
mod promise;
mod published;
mod ramp;
mod reach;
mod release;
mod replay;
mod roster;
mod route;
mod rules;
mod second;
mod segment;
mod selector;
mod shares;
mod shift;
mod shrinkage;
mod site;
mod skills;
mod stream;
#[cfg(test)]
mod stream_tests;
mod structure;
mod swarm;
mod team;
#[cfg(test)]
mod testing;
mod ticket;
mod tier;
mod tool;
mod trace;
mod unserved;
mod vendor;
mod volume;
mod work;
mod workforce;

pub use contract::state_hours;
pub use demand::{Counted, Measured};
pub use law::HANDLE_SIGMA;
pub use notes::Notes;

use super::arrivals;
use super::model::{Era, Origin, Scenario};
use super::node::Table;
use crate::time::{Horizon, Length};
use cursor::Cursor;
use jiff::civil::date;
use jiff::tz::TimeZone;
use names::Names;

/// Most teams the engine plays.
const MOST_TEAMS: usize = 64;

/// Reads a composed document. The scenario is meaningful only if `notes` holds no error afterwards.
pub fn scenario(document: &Table, origin: Origin, notes: &Notes) -> Scenario {
    let document = Cursor {
        notes,
        table: document,
        path: String::new(),
        span: notes.top,
    };
    if let Some(item) = document.get("currency")
        && let Some(code) = item.text()
    {
        notes.currency(code, item.node.span);
    }
    let (horizon, warm_up_s) = horizon::read(&document).unwrap_or_else(|| (stand_in(), 0.0));
    let names = Names::gather(&document);
    if names.teams.len() > MOST_TEAMS {
        notes.error(
            "too-many-teams",
            document.key_span("team"),
            format!(
                "{} teams are more than the {MOST_TEAMS} that can be played",
                names.teams.len()
            ),
            "too many teams",
            "join teams with the same skills, site and tier",
        );
    }
    let versions = era::lay(&document, &horizon);
    let cursors: Vec<Cursor<'_>> = versions
        .iter()
        .map(|v| Cursor {
            table: &v.document,
            ..document.clone()
        })
        .collect();
    let document = cursors[0].clone();
    let mut scenario = customers(&cursors, &names, horizon, origin);
    scenario.warm_up_s = warm_up_s;
    later_customers(&versions, &cursors, &names, &mut scenario);
    let mut groups = vec![organisation(&document, &names, &mut scenario)];
    groups.extend(later_heads(&cursors, &names, &mut scenario));
    release::check(&document, &scenario);
    let mut claims = other_work::Claims::default();
    problem::read_all(&cursors, &names, &mut claims, &mut scenario);
    tool::read_all(&cursors, &names, &mut claims, &mut scenario);
    if !notes.has_errors() {
        claims.take_later(&mut scenario);
    }
    group_teams::split(&document, &mut scenario, &groups);
    equipment::equip(&mut scenario);
    unserved::settle(&document, &names, &mut scenario);
    if !notes.has_errors() {
        // No volume changes any more.
        let added = |event| arrivals::added(&scenario, event);
        let added: Vec<Vec<f64>> = scenario.events.iter().map(added).collect();
        for (event, added) in scenario.events.iter_mut().zip(added) {
            event.added = added;
        }
    }
    let routes = scenario.route_versions();
    let by_routes = routes.iter().map(|routes| reach::Organisation {
        names: &names,
        streams: &scenario.streams,
        teams: &scenario.teams,
        routes,
        eras: &scenario.eras,
        decide: &scenario.decide,
    });
    let by_routes: Vec<reach::Organisation<'_>> = by_routes.collect();
    reach::check(&document, &by_routes);
    hours::check(&document, &scenario);
    scenario.assumptions = notes.assumptions();
    // XXX is ISO 4217 for "no currency": nothing in the file costs anything.
    scenario.currency = notes.currency_met().unwrap_or_else(|| "XXX".to_string());
    scenario
}

/// The side of the customers: demand, channels, promises. It depends on nothing but the demand.
fn customers(versions: &[Cursor<'_>], names: &Names, horizon: Horizon, origin: Origin) -> Scenario {
    let document = &versions[0];
    let zone = horizon.zone().clone();
    let demand = document
        .sub("demand")
        .unwrap_or_else(|| document.nothing_at("demand"));
    let channels = channel::read_all(document, names);
    let (priorities, shares) = priority::read_all(document, names);
    let (segments, segment_shares) = segment::read_all(document, names);
    let speakers = language::Speakers::read(document, names, &zone);
    let crossing = stream::Crossing {
        document,
        versions,
        names,
        channels: &channels,
        leads: &stream::leads(versions, names),
        speakers: &speakers,
        priorities: &shares,
        segments: &segments,
        segment_shares: &segment_shares,
        horizon: &horizon,
    };
    let (topics, streams) = stream::read_all(&crossing);
    let customers = promise::Customers {
        names,
        channels: &channels,
        streams: &streams,
        zone: &zone,
    };
    let promises = promise::read_all(document, &customers);
    let defaults = document
        .get("defaults")
        .and_then(|i| i.word(&[super::keys::DEFAULTS]));
    Scenario {
        title: document
            .get("title")
            .and_then(|i| i.text())
            .map_or_else(|| origin.name.clone(), str::to_string),
        warm_up_s: 0.0,
        currency: String::new(),
        // There is one set so far; a scenario that names none takes it.
        defaults: defaults
            .map_or(super::keys::DEFAULTS, |_| super::keys::DEFAULTS)
            .to_string(),
        assumptions: Vec::new(),
        busyness: demand::busyness(&demand, &streams),
        level: demand::level(&demand),
        languages: speakers.into_languages(),
        tiers: tier::read_all(document, names),
        pending: ticket::pending(document),
        seconds: second::read_all(document, names, &streams),
        handover: ticket::handover(document, names),
        engineering: tier::engineering(document, &streams),
        satisfaction: money::satisfaction(document),
        events: event::read_all(document, names, &streams, &horizon),
        problems: Vec::new(),
        tools: Vec::new(),
        deflections: deflection::read_all(document, names, &streams, &horizon),
        eras: Vec::new(),
        horizon,
        channels,
        topics,
        priorities,
        segments,
        streams,
        promises,
        sites: Vec::new(),
        contracts: Vec::new(),
        shifts: Vec::new(),
        teams: Vec::new(),
        people_change: false,
        vendors: Vec::new(),
        routes: Vec::new(),
        overheads: Vec::new(),
        decide: super::model::Decide::default(),
        origin,
    }
}

/// What later versions of the document say about channels and streams.
fn later_customers(
    versions: &[era::Version],
    cursors: &[Cursor<'_>],
    names: &Names,
    scenario: &mut Scenario,
) {
    let zone = scenario.horizon.zone().clone();
    let leads = stream::leads(cursors, names);
    for (version, document) in versions.iter().zip(cursors).skip(1) {
        let channels = channel::read_all(document, names);
        let (_, shares) = priority::read_all(document, names);
        let (segments, segment_shares) = segment::read_all(document, names);
        let crossing = stream::Crossing {
            document,
            versions: cursors,
            names,
            channels: &channels,
            leads: &leads,
            speakers: &language::Speakers::read(document, names, &zone),
            priorities: &shares,
            segments: &segments,
            segment_shares: &segment_shares,
            horizon: &scenario.horizon,
        };
        let (topics, mut streams) = stream::read_all(&crossing);
        era::check_replays(document, &scenario.streams, &streams);
        let before = scenario
            .eras
            .last()
            .map_or(&scenario.streams, |e| &e.streams);
        version.keep_since(before, names, &mut streams);
        era::reach_tiers(&mut scenario.streams, &streams);
        scenario.eras.push(Era {
            from: version.from,
            channels,
            streams,
            topics,
            heads: Vec::new(),
            pay: Vec::new(),
            prices: Vec::new(),
            routes: Vec::new(),
            shrinkage: Vec::new(),
            attrition: Vec::new(),
            tools: Vec::new(),
            equipment: Vec::new(),
            other_work: Vec::new(),
        });
    }
}

/// What later versions say about heads, their pay, shrinkage and attrition, and about vendors' prices and routes; gives
/// the skill groups of each.
fn later_heads(
    cursors: &[Cursor<'_>],
    names: &Names,
    scenario: &mut Scenario,
) -> Vec<Vec<Vec<groups::SkillGroup>>> {
    let mut all = Vec::new();
    for (index, document) in cursors.iter().enumerate().skip(1) {
        let company = team::Company {
            names,
            sites: &scenario.sites,
            shifts: &scenario.shifts,
            streams: &scenario.streams,
            channels: &scenario.channels,
            horizon: &scenario.horizon,
            vendors: &scenario.vendors,
        };
        let mut teams = team::read_all(document, &company);
        let structure = structure::read(document);
        for (team, (_, table)) in teams.iter_mut().zip(document.named("team")) {
            structure.apply(team, &scenario.streams, &scenario.contracts, &table);
            further_training::take_hours(team, &scenario.contracts, &table);
        }
        all.push(groups::read_all(document, &teams, &company, &structure));
        let vendors = vendor::read_all(document).into_iter();
        scenario.eras[index - 1].prices = vendors.map(|v| v.price).collect();
        let routes = route::read_all(document, names, &scenario.streams, &teams);
        let routes = routes.into_iter().zip(&scenario.routes);
        let routes = routes.map(|(later, route)| (later != *route).then_some(later));
        scenario.eras[index - 1].routes = routes.collect();
        let attrition = workforce::later(document, &scenario.teams, &teams);
        let shrinkage = teams.iter().zip(&scenario.teams);
        let shrinkage = shrinkage
            .map(|(later, team)| (later.shrinkage != team.shrinkage).then_some(later.shrinkage));
        let shrinkage = shrinkage.collect();
        let heads = teams
            .into_iter()
            .zip(&scenario.teams)
            .map(|(later, team)| era::changed(later.heads, &team.heads));
        scenario.eras[index - 1].heads = heads.collect();
        let contracts = contract::read_all(document).into_iter();
        scenario.eras[index - 1].pay = contracts.map(|c| c.pay).collect();
        scenario.eras[index - 1].shrinkage = shrinkage;
        scenario.eras[index - 1].attrition = attrition;
        era::check_levers(document, scenario, &scenario.eras[index - 1]);
        workforce::check_dates(document, scenario, &scenario.eras[index - 1]);
    }
    all
}

/// The side of the organisation: sites, contracts, people, partners, routes and what may change. Gives the skill groups by
/// which teams are split when everything that names them is read.
fn organisation(
    document: &Cursor<'_>,
    names: &Names,
    scenario: &mut Scenario,
) -> Vec<Vec<groups::SkillGroup>> {
    scenario.sites = site::read_all(document, names, &scenario.horizon);
    scenario.contracts = contract::read_all(document);
    scenario.shifts = shift::read_all(document);
    scenario.vendors = vendor::read_all(document);
    scenario.overheads = money::overheads(document);
    scenario.overheads.extend(tier::prices(document));
    let company = team::Company {
        names,
        sites: &scenario.sites,
        shifts: &scenario.shifts,
        streams: &scenario.streams,
        channels: &scenario.channels,
        horizon: &scenario.horizon,
        vendors: &scenario.vendors,
    };
    let mut teams = team::read_all(document, &company);
    let structure = structure::read(document);
    for (team, (_, table)) in teams.iter_mut().zip(document.named("team")) {
        structure.apply(team, &scenario.streams, &scenario.contracts, &table);
        further_training::take_hours(team, &scenario.contracts, &table);
    }
    let groups = groups::read_all(document, &teams, &company, &structure);
    scenario.routes = route::read_all(document, names, &scenario.streams, &teams);
    scenario.decide = decide::read(document, names, &mut teams, &scenario.routes);
    let any = teams.iter().any(|t| t.workforce.attrition.is_some());
    let length_s = crate::time::seconds(scenario.horizon.length());
    scenario.people_change = workforce::change(document, length_s, any);
    leads_of::check(document, &teams);
    scenario.teams = teams;
    latent_hours::check(document, scenario);
    site::check(document, scenario);
    tier::check(document, scenario);
    ticket::check(document, scenario);
    swarm::check(document, scenario);
    second::check(document, scenario);
    groups
}

/// A week to go on with where the real horizon could not be read.
fn stand_in() -> Horizon {
    let week = Horizon::new(
        date(2027, 1, 4),
        Length::Weeks(1),
        TimeZone::UTC,
        Horizon::INTERVAL,
    );
    week.unwrap_or_else(|_| unreachable!("a week in UTC is always a horizon"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::testing::{MINIMAL, codes, good, read};
    use crate::scenario::diagnostic::Severity;

    #[test]
    fn the_least_scenario_reads_without_a_word() {
        let (scenario, items) = read(MINIMAL);
        assert!(items.is_empty(), "{items:#?}");
        assert_eq!(scenario.title, "test");
        assert_eq!(scenario.currency, "EUR");
        assert_eq!(scenario.streams.len(), 1);
        assert_eq!(scenario.streams[0].name, "help/phone");
        assert_eq!(scenario.sites.len(), 1);
        assert_eq!(scenario.horizon.intervals(), 28 * 96);
        // What was not said is listed.
        let assumed: Vec<&str> = scenario
            .assumptions
            .iter()
            .map(|a| a.path.as_str())
            .collect();
        for path in [
            "channel.phone.patience",
            "channel.phone.redial.share",
            "demand.profile",
            "team.all.skills",
            "site",
        ] {
            assert!(assumed.contains(&path), "{path} in {assumed:?}");
        }
    }

    #[test]
    fn an_empty_scenario_is_told_everything_that_is_missing() {
        let (_, items) = read("");
        let missing: Vec<&str> = items
            .iter()
            .filter(|d| d.severity == Severity::Error)
            .map(|d| d.message.as_str())
            .collect();
        for key in [
            "`zone`",
            "`start`",
            "`length`",
            "no channel",
            "no topic",
            "no team",
        ] {
            assert!(
                missing.iter().any(|m| m.contains(key)),
                "{key} in {missing:?}"
            );
        }
    }

    #[test]
    fn names_do_not_depend_on_the_order_of_tables() {
        let flipped = super::testing::changed(&[(
            "[topic.help]",
            "[topic.a]\nper_week = 5\nhandle = \"1m\"\nends = { resolved = \"100%\" }\n[topic.help]",
        )]);
        let names: Vec<String> = good(&flipped).streams.into_iter().map(|s| s.name).collect();
        assert_eq!(names, ["a/phone", "help/phone"]);
    }

    #[test]
    fn two_currencies_are_one_mistake() {
        let text = super::testing::changed(&[(
            "[shift.day]",
            "[overhead]\nrent = \"USD 900/month\"\n[shift.day]",
        )]);
        assert_eq!(codes(&text), ["mixed-currencies"]);
    }
}
