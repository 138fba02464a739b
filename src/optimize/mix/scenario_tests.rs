//! A small scenario all the way: from the file to the mix, and what it hands to the search for shifts.
#![allow(clippy::unwrap_used)]

use super::newcomers::Hire;
use super::{Chosen, Lessons, planned, read};
use crate::experiment::Case;
use crate::optimize::{Goal, Infeasible};
use crate::scenario::model::{LeverTarget, Scenario};
use crate::scenario::testing::{load, replaced};
use crate::solve::Options;

pub const TEXT: &str = r#"
start  = 2027-01-11
length = "2 weeks"
zone   = "Europe/Berlin"
[demand]
counted  = "first contacts"
busyness = { cv = "10%", day_to_day = "40%", across_streams = "60%" }
[channel.phone]
kind   = "live"
open   = "Mon-Fri 08:00-18:00"
redial = "none"
[channel.mail]
kind = "deferred"
open = "Mon-Fri 08:00-18:00"
[topic.help]
per_week      = 2_000
channels      = { phone = "50%", mail = "50%" }
handle        = { phone = "5m", mail = "6m" }
ends          = { resolved = "85%", returns = "15%" }
returns_after = "1 day"
[promise.phone]
target = "80% of phone within 20s"
[promise.mail]
target = "90% of mail first reply within 8 business hours"
[site]
berlin = { zone = "Europe/Berlin" }
manila = { zone = "Asia/Manila" }
[contract.full]
hours = "40h/week"
pay   = { salary = "EUR 42_000/year", on_cost = "20%" }
[shift.day]
start  = { from = "08:00", to = "09:30", step = "30m" }
length = "8h30m"
breaks = [{ length = "30m", from = "3h", to = "5h", paid = false }]
[team.berlin]
site      = "berlin"
heads     = { full = 12 }
shifts    = ["day"]
roster    = "fit"
shrinkage = { leave = "10%", sick = "5%" }
[team.manila]
vendor = "bpo"
site   = "manila"
heads  = 0
skills = { channels = ["mail"] }
shifts = ["day"]
clock  = "Europe/Berlin"
factor = { handle = "110%", resolved = "-5 points" }
[vendor.bpo]
price    = "EUR 12/h"
per      = "logged-in hour"
setup    = "EUR 5_000"
manage   = "EUR 500/month"
ramp     = { up = "2 heads/week", down = "2 heads/month", notice = "30 days" }
training = { length = "2 weeks", price = "EUR 8/h" }
forecast = { lock = "4 weeks", band = "20%" }
[route.mail]
when = { channels = ["mail"] }
to   = [{ team = "manila", share = "0%" }, { team = "berlin" }]
[decide]
"team.berlin.heads.full" = { from = 4, to = 20 }
"team.manila.heads" = { from = 2, to = 8, or = 0 }
"route.mail.to.manila.share" = { from = "0%", to = "90%", step = "10%" }
demand  = { error = "10%", cases = 6, months = 8 }
risk    = { cvar = "80%", weight = "30%" }
release = { attrition = "30%", notice = "30 days", severance = "EUR 3_000" }
keep    = ["vendor share of contacts at most 40%"]
"#;

fn choose(case: &Case, goal: &Goal) -> Result<Chosen, Infeasible> {
    super::choose(case, goal, &Lessons::none(&case.scenario), &())
}

fn scenario(text: &str) -> Scenario {
    load(text, &[])
}

#[test]
fn a_scenario_becomes_works_ways_and_terms() {
    let scenario = scenario(TEXT);
    let (instance, works) = read(&scenario, 1, &Options::default()).unwrap();
    assert_eq!(instance.works.len(), 2);
    assert_eq!(instance.ways.len(), 3);
    let manila = instance.ways.iter().position(|w| w.party == 1).unwrap();
    let way = &instance.ways[manila];
    let home = instance
        .ways
        .iter()
        .find(|w| w.party == 0 && w.work == way.work)
        .unwrap();
    // A tenth slower, and 20 % instead of 15 % come back.
    assert!((way.hours / home.hours - 1.1).abs() < 1e-9);
    assert_eq!(way.follow.len(), 1);
    assert!((way.follow[0].1 - 0.20).abs() < 1e-9);
    assert!((home.follow[0].1 - 0.15).abs() < 1e-9);
    assert_eq!((way.least, way.most), (0.0, 0.9));
    assert!(works.levers[manila].is_some());
    assert!(instance.works[way.work].deferred);
    // 1,000 mails a week, 52.18 weeks in twelve months, and the mean of the levels is 1.
    let mails: f64 = instance
        .mean()
        .cases
        .iter()
        .flat_map(|c| &c.demand)
        .map(|m| m[way.work])
        .sum();
    assert!(
        (mails / 8.0 / (1_000.0 * 52.1786 / 12.0) - 1.0).abs() < 0.03,
        "{mails}"
    );
    // Agents on the phone wait: more than an hour on queue for an hour of calls.
    assert!(instance.parties[0].slope >= 1.0 && instance.parties[0].base_h > 0.0);
    assert_eq!(instance.caps, [(None, 0.4)]);
}

#[test]
fn students_freelancers_and_newcomers_come_by_their_contracts() {
    let text = replaced(
        TEXT,
        &[
            (
                "[shift.day]",
                "[contract.student]\nhours = \"20h/week\"\nstudent = true\npay = \"EUR 12/h\"\nhours_in = [{ from = 2027-01-18, to = 2027-01-24, hours = \"40h/week\" }]\n[contract.free]\nhours = \"40h/week\"\npay = { wage = \"EUR 30/h\" }\nfreelance = { shows_up = \"80%\" }\n[shift.day]",
            ),
            (
                "heads     = { full = 12 }",
                "heads     = { full = 12, student = 2, free = 2 }\nattrition = { rate = \"20%\" }\nhiring    = { lead = \"30 days\", most = \"2 heads/month\", cost = \"EUR 2_000\" }\nclass     = { length = \"15 days\", drop_out = \"20%\", cost = \"EUR 400\" }",
            ),
        ],
    );
    let (instance, _) = read(&scenario(&text), 1, &Options::default()).unwrap();
    let [full, student, free] = &instance.parties[0].entries[..] else {
        panic!("{:?}", instance.parties[0]);
    };
    let month = 365.25 / 7.0 / 12.0;
    let close = |a: f64, b: f64| assert!((a / b - 1.0).abs() < 1e-6, "{a} {b}");
    // One of the two weeks has 40 hours, so 30 in the mean.
    close(student.hours / full.hours, 30.0 / 40.0);
    close(student.cost, 30.0 * month * 12.0);
    // A freelancer has no leave, of which others take a tenth, and is paid for the four duties in five they turn up for.
    close(free.hours / full.hours, 0.8 / 0.9);
    close(free.cost, 40.0 * month * 30.0 * 0.8);
    // Thirty days to hire, fifteen of class; of five newcomers one leaves, so each costs a quarter more.
    let days = 365.25 / 12.0;
    close(full.hire.lead, 30.0 / days);
    close(full.hire.class, 15.0 / days);
    close(full.hire.once, 2_400.0 / 0.8);
    assert!((1.9..2.1).contains(&full.hire.most), "{}", full.hire.most);
    // A vendor's people come by its ramp.
    assert_eq!(instance.parties[1].entries[0].hire, Hire::AT_ONCE);
}

#[test]
fn a_vendors_promise_is_void_in_months_outside_its_band() {
    let promise = "forecast = { lock = \"4 weeks\", band = \"5%\" }\npromise  = { target = \"95% within 10s\", pays = \"10%\" }";
    // By phone and by letter, side by side with Berlin; nobody has to come again.
    let text = replaced(
        TEXT,
        &[
            (
                "ends          = { resolved = \"85%\", returns = \"15%\" }\nreturns_after = \"1 day\"\n",
                "ends = { resolved = \"100%\" }\n",
            ),
            ("forecast = { lock = \"4 weeks\", band = \"20%\" }", promise),
            (
                "skills = { channels = [\"mail\"] }",
                "skills = { channels = [\"mail\", \"phone\"] }",
            ),
        ],
    );
    let (instance, _) = read(&scenario(&text), 1, &Options::default()).unwrap();
    let penalty = instance.vendors[0].penalty.as_ref().unwrap();
    assert_eq!(penalty.pays, 0.1);
    let expected = 2_000.0 * 365.25 / 7.0 / 12.0;
    let mut void = 0;
    for (c, case) in instance.cases.iter().enumerate() {
        for (m, demand) in case.demand.iter().enumerate() {
            let outside = (demand.iter().sum::<f64>() / expected - 1.0).abs() > 0.05;
            assert_eq!(penalty.void[c][m], outside, "case {c}, month {m}");
            assert_eq!(instance.owes(0, c, m).is_none(), outside);
            void += usize::from(outside);
        }
    }
    assert!((1..6 * 8).contains(&void), "{void}");
    // What it promised takes more people than ours: 95 % in ten seconds, not 80 in twenty.
    let party = &instance.parties[1];
    let hours = |line: (f64, f64)| line.0 + line.1 * 100.0;
    assert!(hours(party.own_promise) > hours((party.base_h, party.slope)));
}

#[test]
fn what_is_decided_goes_on_into_the_search() {
    // Letters fill what the phone leaves free; there have to be many more before a vendor is worth its fees.
    let text = TEXT.replace(
        "phone = \"50%\", mail = \"50%\"",
        "phone = \"10%\", mail = \"90%\"",
    );
    let text = text.replace("EUR 12/h", "EUR 8/h");
    let case = Case::new(scenario(&text)).unwrap();
    let goal = Goal::default();
    let chosen = choose(&case, &goal).unwrap();
    let mix = &chosen.mix;
    assert_eq!(mix, &choose(&case, &goal).unwrap().mix);
    assert_eq!((mix.cases.len(), mix.path.len()), (6, 8));
    assert!(mix.bound <= mix.objective && mix.objective < mix.bound * 1.002);
    assert!(mix.cvar.unwrap() >= mix.mean_cost);
    assert!(mix.cases.iter().all(|c| c.regret >= 0.0));
    // At EUR 8 against more than EUR 30 an hour at home, the vendor is worth its two heads and more.
    let vendor = &mix.vendors[0];
    assert!(
        vendor.used && vendor.heads >= 2.0 && vendor.share > 0.1 && vendor.share <= 0.4 + 1e-6,
        "{vendor:?}"
    );
    assert!(vendor.break_even.unwrap() > vendor.price);
    // Shares and commitments are fixed for the search, the rest of the levers stays.
    let levers = &chosen.case.scenario.decide.levers;
    let share = levers
        .iter()
        .find(|l| matches!(l.target, LeverTarget::Share(..)))
        .unwrap();
    assert_eq!(share.from, share.to);
    assert!((share.from * 10.0 - (share.from * 10.0).round()).abs() < 1e-9);
    let committed = levers
        .iter()
        .find(|l| l.target == LeverTarget::Heads(1, 0))
        .unwrap();
    assert_eq!((committed.from, committed.or), (vendor.heads, None));

    // A vendor too dear to be worth it is shut out.
    let dear = scenario(&text.replace("EUR 8/h", "EUR 90/h"));
    let chosen = choose(&Case::new(dear).unwrap(), &goal).unwrap();
    let vendor = &chosen.mix.vendors[0];
    assert!(!vendor.used);
    assert!(vendor.break_even.is_none_or(|price| price < 90.0));
    let shut = chosen
        .case
        .scenario
        .decide
        .levers
        .iter()
        .find(|l| l.target == LeverTarget::Heads(1, 0))
        .unwrap();
    assert_eq!((shut.from, shut.to), (0.0, 0.0));
}

#[test]
fn a_budget_that_cannot_be_kept_names_itself() {
    let text = TEXT.replace(
        "at most 40%\"]",
        "at most 40%\", \"cost at most EUR 3_000/month\"]",
    );
    let case = Case::new(scenario(&text)).unwrap();
    let Err(infeasible) = choose(&case, &Goal::default()) else {
        panic!("four heads cost more than 3,000 a month");
    };
    // The heads that must be are the other half of the clash.
    let [heads, budget] = &infeasible.rules[..] else {
        panic!("{:?}", infeasible.rules);
    };
    assert_eq!(heads.text, "team.berlin.heads.full at least 4");
    assert_eq!(heads.relaxation, "4 would have to become about 0");
    assert_eq!(budget.text, "cost at most EUR 3_000/month");
    // Four people at EUR 50,400 a year are 16,800 a month.
    let relaxation = &budget.relaxation;
    assert!(relaxation.starts_with("EUR 1380"), "{relaxation}");
}

#[test]
fn heads_that_are_too_few_to_wait_for_calls_name_their_bound() {
    let scenario = scenario(TEXT);
    let (mut instance, _) = read(&scenario, 1, &Options::default()).unwrap();
    let party = &mut instance.parties[0];
    // Waiting alone takes 24.5 people, and 20 may be.
    party.base_h = 24.5 * party.entries[0].hours;
    let options = Options::default();
    let why = super::answer::decide(&instance, &options).unwrap_err();
    let infeasible = super::conflict::explain(&scenario, &instance, why, &options);
    let [rule] = &infeasible.rules[..] else {
        panic!("{infeasible:?}");
    };
    assert_eq!(rule.path, "decide.\"team.berlin.heads.full\".to");
    assert_eq!(rule.text, "team.berlin.heads.full at most 20");
    assert_eq!(rule.relaxation, "20 would have to become about 25");
}

#[test]
fn shares_stand_on_the_levers_grid() {
    let scenario = scenario(TEXT);
    let (instance, works) = read(&scenario, 1, &Options::default()).unwrap();
    let answer = super::answer::decide(&instance, &Options::default().gap(1e-3)).unwrap();
    let planned = planned(&scenario, &instance, &works, &answer);
    let share = planned.routes[0].to[0].share.unwrap();
    assert!(
        [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
            .iter()
            .any(|s| (s - share).abs() < 1e-9)
    );
}
