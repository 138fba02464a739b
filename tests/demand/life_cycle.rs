//! A customer's life from topic to topic, against the chain it is.

use crate::support::{REPLICATIONS, changed, counts_to, share_is};
use staffwright::experiment::Case;
use staffwright::sim::ContactSums;
use staffwright::time::SECOND;

/// Sales lead to set-up and to thanks, set-up leads to two and a half questions on average; nobody comes in the last weeks,
/// so that every journey ends.
fn text(teams: &str) -> String {
    let text = changed(&[
        ("length = \"4 weeks\"", "length = \"20 weeks\""),
        (
            "[topic.shop]\nper_week = 4_000\nchannels = { phone = \"75%\", mail = \"25%\" }",
            "[topic.shop]\nper_week = 4_000\nchannels = { phone = \"75%\", mail = \"25%\" }\nreturns_after = \"6h\"\n\
             leads_to = { setup = { share = \"40%\", after = \"2 days\", rework = \"2m\", lost = \"25%\", explains = \"4m\" }, thanks = { share = \"10%\", after = \"3 days\", rework = \"1m\", lost = \"0%\" } }",
        ),
        (
            "ends     = { resolved = \"100%\" }",
            "ends = { resolved = \"80%\", returns = \"20%\" }",
        ),
        (
            "[contract.full]",
            "[topic.setup]\nper_week = 0\nchannels = { phone = \"50%\", mail = \"50%\" }\nhandle = { mean = \"10m\", family = \"exponential\" }\nends = { resolved = \"100%\" }\n\
             leads_to = { question = { share = \"50%\", after = \"1 day\", contacts = 2.5, apart = \"2 days\", rework = \"30s\", lost = \"0%\" } }\n\
             [topic.question]\nper_week = 0\nchannels = { phone = \"100%\" }\nhandle = { mean = \"3m\", family = \"exponential\" }\nends = { resolved = \"100%\" }\n\
             [topic.thanks]\nper_week = 0\nchannels = { mail = \"100%\" }\nhandle = { mean = \"2m\", family = \"exponential\" }\nends = { resolved = \"100%\" }\n\
             [contract.full]",
        ),
        (
            "",
            "[[from]]\ndate = 2027-02-15\nset = { topic.shop.per_week = 0 }",
        ),
    ]);
    let all = &text[text.find("[team.all]").unwrap()..text.find("[[from]]").unwrap()];
    text.replace(all, teams)
}

const ONE: &str =
    "[team.all]\ncontract = \"full\"\nroster = { file = \"agents.csv\" }\nshrinkage = \"none\"\n";
const TWO: &str = "[team.sales]\ncontract = \"full\"\nroster = { file = \"agents.csv\" }\nshrinkage = \"none\"\nskills = { topics = \"shop\" }\n\
                   [team.service]\ncontract = \"full\"\nroster = { file = \"agents.csv\" }\nshrinkage = \"none\"\nskills = { topics = [\"setup\", \"question\", \"thanks\"] }\n";

fn played(teams: &str) -> (Case, Vec<ContactSums>) {
    let case = crate::support::case_of(&text(teams), 150, None);
    let mut sums = vec![ContactSums::default(); case.scenario.streams.len()];
    for replication in 0..REPLICATIONS {
        let ledger = crate::support::played(&case, replication);
        sums.iter_mut()
            .zip(&ledger.streams)
            .for_each(|(all, one)| *all += one);
    }
    (case, sums)
}

fn of_topic(case: &Case, sums: &[ContactSums], topic: &str) -> ContactSums {
    let mut all = ContactSums::default();
    for (stream, sums) in case.scenario.streams.iter().zip(sums) {
        if case.scenario.topics[stream.topic].name == topic {
            all += sums;
        }
    }
    all
}

#[test]
fn a_journey_is_its_chain() {
    let (case, sums) = played(TWO);
    let of = |topic| of_topic(&case, &sums, topic);
    let (shop, setup, question, thanks) = (of("shop"), of("setup"), of("question"), of("thanks"));
    // Six weeks of 4,000; everybody's journey has ended, and nobody begins later on.
    counts_to("journeys", shop.journeys, REPLICATIONS as f64 * 24_000.0);
    assert_eq!(shop.journeys, shop.first_contacts);
    assert_eq!(setup.journeys + question.journeys + thanks.journeys, 0);
    share_is("set-ups", setup.first_contacts, shop.journeys, 0.4);
    share_is("thanks", thanks.first_contacts, shop.journeys, 0.1);
    assert_eq!(setup.next_stages, setup.first_contacts);
    share_is(
        "by phone",
        sum_on(&case, &sums, "setup/phone"),
        setup.offered,
        0.5,
    );
    // Contacts: 1 / 0.8 of sales, set-up, half of these 2.5 questions, thanks.
    let n = shop.journeys as f64;
    let contacts = 1.25 + 0.4 + 0.4 * 0.5 * 2.5 + 0.1;
    near("contacts", shop.journey_contacts as f64 / n, contacts, 0.01);
    near(
        "stages",
        shop.journey_stages as f64 / n,
        1.0 + 0.4 + 0.2 + 0.1,
        0.01,
    );
    // Sales to service, once for each who goes on; inside service nothing changes hands.
    near("hand-offs", shop.journey_hand_offs as f64 / n, 0.5, 0.01);
    assert_eq!(setup.taken_on, setup.first_contacts);
    assert_eq!((question.taken_on, shop.taken_on), (0, 0));
    share_is("explained", setup.explained, setup.taken_on, 0.25);
    // Agents' time: the work itself, two minutes of rework and four of explaining for a quarter.
    let work = 1.25 * (0.75 * 240.0 + 0.25 * 300.0)
        + 0.4 * (600.0 + 120.0 + 0.25 * 240.0)
        + 0.5 * 180.0
        + 0.1 * (120.0 + 60.0);
    near(
        "work",
        shop.journey_work as f64 / SECOND as f64 / n,
        work,
        0.01,
    );
    near(
        "set-up",
        setup.handled as f64 / SECOND as f64 / setup.items as f64,
        780.0,
        0.02,
    );
    // Time: nobody waits; returns take 6 hours, and 1.5 further questions come 2 days apart.
    let hour = 3600.0;
    let time = work
        + 0.25 * 6.0 * hour
        + 0.4 * 48.0 * hour
        + 0.1 * 72.0 * hour
        + 0.2 * (24.0 + 1.5 * 48.0) * hour;
    near(
        "time",
        shop.journey_time as f64 / SECOND as f64 / n,
        time,
        0.02,
    );
}

#[test]
fn one_team_for_all_loses_nothing_on_the_way() {
    let (one, two) = (played(ONE), played(TWO));
    let of = |played: &(Case, Vec<ContactSums>), topic| of_topic(&played.0, &played.1, topic);
    // The same customers come with the same matters.
    for topic in ["shop", "setup", "question", "thanks"] {
        assert_eq!(
            of(&one, topic).first_contacts,
            of(&two, topic).first_contacts,
            "{topic}"
        );
        assert_eq!(of(&one, topic).taken_on, 0);
    }
    let saved = of(&two, "shop").journey_work - of(&one, "shop").journey_work;
    let setup = of(&two, "setup");
    let rework = 120 * setup.taken_on + 240 * setup.explained + 60 * of(&two, "thanks").taken_on;
    assert_eq!(saved, rework * SECOND);
}

#[test]
fn people_are_placed_for_what_topics_lead_to() {
    let (case, sums) = played(ONE);
    let load = staffwright::roster::load::load(&case.scenario);
    for (i, stream) in case.scenario.streams.iter().enumerate() {
        let expected: f64 = load.contacts[i].iter().sum();
        near(
            &stream.name,
            sums[i].offered as f64 / REPLICATIONS as f64,
            expected,
            0.02,
        );
    }
}

fn sum_on(case: &Case, sums: &[ContactSums], name: &str) -> u64 {
    let streams = case.scenario.streams.iter().zip(sums);
    streams
        .filter(|(s, _)| s.name == name)
        .map(|(_, s)| s.offered)
        .sum()
}

fn near(what: &str, value: f64, expected: f64, within: f64) {
    assert!(
        (value / expected - 1.0).abs() < within,
        "{what}: {value} where {expected} is expected"
    );
}
