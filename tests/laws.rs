//! Laws that hold for every scenario, on scenarios made at random.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use staffwright::experiment::Case;
use staffwright::random::Seed;
use staffwright::scenario;
use staffwright::sim::{Ledger, play};
use staffwright::time::SECOND;
use std::fmt::Write;

/// A small organisation with everything that can interact: closing hours, redials, returns, tiers, overflow,
/// conversations, put-down work, touches, breaks, sickness, pauses.
#[derive(Debug, Clone)]
struct Shape {
    per_week: u32,
    phone: u32,
    chat: u32,
    generalists: u32,
    specialists: u32,
    experts: u32,
    redial: u32,
    returns: u32,
    up: u32,
    touches: f64,
    owner: &'static str,
    sick: u32,
    pauses: bool,
    vendor_share: u32,
    overflow_s: u32,
    names: [&'static str; 4],
}

fn shapes() -> impl Strategy<Value = Shape> {
    let demand = (
        200u32..3000,
        10u32..60,
        0u32..30,
        0u32..60,
        0u32..30,
        0u32..30,
    );
    let people = (
        1u32..25,
        0u32..10,
        1u32..6,
        0u32..20,
        any::<bool>(),
        0u32..60,
        0u32..300,
    );
    let work = (
        1.0f64..2.5,
        prop::sample::select(vec!["agent", "team", "anyone"]),
    );
    (demand, people, work).prop_map(|(d, p, w)| Shape {
        per_week: d.0,
        phone: d.1,
        chat: d.2,
        redial: d.3,
        returns: d.4,
        up: d.5,
        generalists: p.0,
        specialists: p.1,
        experts: p.2,
        sick: p.3,
        pauses: p.4,
        vendor_share: p.5,
        overflow_s: p.6,
        touches: w.0,
        owner: w.1,
        names: ["pool", "partners", "experts", "bpo"],
    })
}

/// The scenario's tables, in file order.
fn tables(s: &Shape) -> Vec<String> {
    let [pool, partners, experts, vendor] = s.names;
    let mail = 100 - s.phone - s.chat;
    let pause = if s.pauses {
        r#"availability = { turn_round = { family = "uniform", from = "4s", to = "6s" }, pause = { share = "50%", calm = "120s", recalled = "20s", recall_after = "15s" }, pick_up = "4s" }"#
    } else {
        ""
    };
    vec![
        format!(
            "[demand]\ncounted = \"first contacts\"\nlanguages = {{ en = \"70%\", de = \"30%\" }}\nbusyness = {{ cv = \"15%\", day_to_day = \"40%\", across_streams = \"60%\" }}\n"
        ),
        format!(
            "[channel.phone]\nkind = \"live\"\nopen = \"Mon-Fri 08:00-18:00\"\npatience = {{ mean = \"3m\" }}\nbalk = \"5%\"\nredial = {{ share = \"{}%\", after = \"20m\" }}\nclosed = {{ mail = \"40%\", lost = \"60%\" }}\n",
            s.redial
        ),
        "[channel.chat]\nkind = \"concurrent\"\nopen = \"Mon-Fri 08:00-18:00\"\npatience = { mean = \"5m\" }\nspeed = [\"100%\", \"80%\", \"65%\"]\nmeasured_at = 1.5\n".into(),
        format!(
            "[channel.mail]\nkind = \"deferred\"\nopen = \"Mon-Fri 08:00-18:00\"\ntouches = {{ mean = {:.3}, customer_takes = \"5h\" }}\nowner = \"{}\"\nyields_to = [\"phone\", \"chat\"]\n",
            s.touches, s.owner
        ),
        format!(
            "[topic.all]\nper_week = {}\nchannels = {{ phone = \"{}%\", chat = \"{}%\", mail = \"{mail}%\" }}\nhandle = {{ phone = \"5m\", chat = \"8m\", mail = \"6m\" }}\nends = {{ resolved = \"{}%\", tier2 = \"{}%\", returns = \"{}%\" }}\n",
            s.per_week, s.phone, s.chat, 100 - s.up - s.returns, s.up, s.returns
        ),
        "[tier.2]\nhandle = \"12m\"\nends = { resolved = \"90%\", tier1 = \"5%\", returns = \"5%\" }\n".into(),
        "[promise.phone]\ntarget = \"80% of phone within 20s\"\nevery = \"week\"\nhold = \"90% of weeks\"\n[promise.mail]\ntarget = \"90% of mail first reply within 4 business hours\"\nevery = \"week\"\n".into(),
        "[site]\nhere = { zone = \"Europe/Berlin\" }\nthere = { zone = \"Asia/Manila\" }\n".into(),
        "[contract.full]\nhours = \"40h/week\"\npay = { salary = \"EUR 40_000/year\" }\nrules = \"de-arbzg\"\n".into(),
        "[shift.day]\nstart = { from = \"08:00\", to = \"09:30\", step = \"30m\" }\nlength = \"8h30m\"\nbreaks = [{ length = \"30m\", from = \"3h\", to = \"5h\", paid = false }]\n".into(),
        format!(
            "[team.{pool}]\nsite = \"here\"\nheads = {{ full = {} }}\nskills = \"all\"\nshifts = [\"day\"]\nroster = \"fit\"\nshrinkage = {{ leave = \"10%\", sick = \"{}%\", meetings = \"3%\", late = \"1%\" }}\n{pause}\n",
            s.generalists, s.sick
        ),
        format!(
            "[team.{partners}]\nvendor = \"{vendor}\"\nsite = \"there\"\nclock = \"Europe/Berlin\"\nheads = {}\nskills = {{ channels = \"all\", topics = \"all\", languages = [\"en\"] }}\nshifts = [\"day\"]\nfactor = {{ handle = \"110%\", resolved = \"-5 points\" }}\n",
            s.specialists
        ),
        format!(
            "[team.{experts}]\nlike = \"{pool}\"\ntier = 2\nheads = {{ full = {} }}\n",
            s.experts
        ),
        format!("[vendor.{vendor}]\nprice = \"EUR 15/h\"\nper = \"logged-in hour\"\n"),
        format!(
            "[route.english]\nwhen = {{ languages = [\"en\"] }}\nto = [{{ team = \"{partners}\", share = \"{}%\" }}, {{ team = \"{pool}\" }}, {{ team = \"{partners}\", after = \"{}s\" }}]\n",
            if s.specialists == 0 { 0 } else { s.vendor_share },
            s.overflow_s + 1
        ),
    ]
}

fn text(tables: &[String]) -> String {
    let mut text = String::from(
        "title = \"Laws\"\nstart = 2027-03-22\nlength = \"2 weeks\"\nzone = \"Europe/Berlin\"\ndefaults = \"staffwright-2026\"\n",
    );
    for table in tables {
        write!(text, "{table}").unwrap();
    }
    text
}

fn case(text: &str) -> Case {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("scenario.toml");
    std::fs::write(&path, text).unwrap();
    let scenario = scenario::load(&path).unwrap_or_else(|d| panic!("{:#?}\n{text}", d.items));
    Case::new(scenario).unwrap()
}

fn played(text: &str, replication: u64) -> Ledger {
    let case = case(text);
    play(
        &case.world,
        &case.roster,
        Seed {
            seed: 3,
            replication,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every contact let in is abandoned, resolved, unresolved, lost between tiers, or still open.
    #[test]
    fn every_contact_is_accounted_for(shape in shapes(), replication in 0u64..50) {
        let ledger = played(&text(&tables(&shape)), replication);
        for (i, s) in ledger.streams.iter().enumerate() {
            prop_assert_eq!(s.offered, s.abandoned + s.resolved + s.unresolved + s.lost_later + s.backlog, "stream {}: {:?}", i, s);
            prop_assert!(s.answered + s.abandoned <= s.offered);
            prop_assert!(s.offered <= s.answered + s.abandoned + s.backlog);
            prop_assert_eq!(s.offered, s.first_contacts_here() + s.redials_and_returns(), "stream {}: {:?}", i, s);
        }
        let cells: u64 = ledger.intervals.iter().map(|c| c.offered).sum();
        prop_assert_eq!(cells, ledger.streams.iter().map(|s| s.offered).sum::<u64>());
    }

    /// Agents' time adds up: what they handle, turn round and pause fits into their time on queue, interval by interval,
    /// and what contacts took is what agents gave.
    #[test]
    fn time_adds_up(shape in shapes(), replication in 0u64..50) {
        let ledger = played(&text(&tables(&shape)), replication);
        let n = ledger.interval_count;
        for (t, team) in ledger.teams.iter().enumerate() {
            prop_assert!(team.handling + team.turn_round + team.pause <= team.on_queue, "{:?}", team);
            prop_assert!(team.handling <= team.session);
            let cells = &ledger.staff[t * n..(t + 1) * n];
            prop_assert_eq!(cells.iter().map(|c| c.on_queue).sum::<u64>(), team.on_queue);
            prop_assert_eq!(cells.iter().map(|c| c.handling).sum::<u64>(), team.handling);
            prop_assert!(team.overtime <= team.on_queue);
            prop_assert!(
                team.scheduled + team.overtime >= team.on_queue + team.sick + team.late + team.paid_break + team.unpaid_break + team.planned_off
            );
        }
        let given: u64 = ledger.teams.iter().map(|t| t.session).sum();
        let taken: u64 = ledger.streams.iter().map(|s| s.handled).sum();
        prop_assert_eq!(given, taken);
    }

    /// Names of teams and vendors, and the order of tables, change no figure.
    #[test]
    fn names_and_order_change_nothing(shape in shapes(), turn in 1usize..14) {
        let first = played(&text(&tables(&shape)), 0);
        let renamed = Shape { names: ["zulu", "alpha", "mike", "kilo"], ..shape.clone() };
        prop_assert_eq!(&played(&text(&tables(&renamed)), 0), &first);
        let mut turned = tables(&shape);
        // Teams keep their order among themselves, or else ties between idle agents fall differently.
        turned[..10].rotate_left(turn.min(9));
        let other = played(&text(&turned), 0);
        let sum = |l: &Ledger| l.streams.iter().map(|s| (s.offered, s.answered, s.resolved, s.wait)).fold((0, 0, 0, 0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2, a.3 + b.3));
        prop_assert_eq!(sum(&first), sum(&other));
    }

    /// A team without heads behaves as if it were not there.
    #[test]
    fn a_team_without_heads_is_absent(shape in shapes()) {
        let empty = Shape { specialists: 0, ..shape };
        let mut without = tables(&empty);
        without.remove(14);
        without.remove(13);
        without.remove(11);
        let (with, without) = (played(&text(&tables(&empty)), 1), played(&text(&without), 1));
        for (w, o) in with.streams.iter().zip(&without.streams) {
            prop_assert_eq!(w, o);
        }
    }
}

/// What a stream's offered contacts are made of.
trait Made {
    fn first_contacts_here(&self) -> u64;
    fn redials_and_returns(&self) -> u64;
}

impl Made for staffwright::sim::ContactSums {
    fn first_contacts_here(&self) -> u64 {
        self.first_contacts
    }

    fn redials_and_returns(&self) -> u64 {
        self.offered - self.first_contacts
    }
}

/// Without abandonment one more agent delays nobody: customer by customer the wait is the same or less. Checked on
/// sums over small intervals, which the ledger keeps, on one team and one queue.
#[test]
fn one_more_agent_delays_nobody() {
    let scenario = |agents: u32| {
        format!(
            "title = \"One queue\"\nstart = 2027-01-04\nlength = \"4 weeks\"\nzone = \"UTC\"\ndefaults = \"staffwright-2026\"\n\
             [demand]\ncounted = \"first contacts\"\nbusyness = \"none\"\n\
             [channel.phone]\nkind = \"live\"\nopen = \"24/7\"\npatience = \"never\"\n\
             [topic.all]\nper_week = 16_800\nchannels = {{ phone = \"100%\" }}\nlanguages = {{ en = \"100%\" }}\nhandle = {{ phone = \"3m\" }}\nends = {{ resolved = \"100%\" }}\n\
             [site]\nhere = {{ zone = \"UTC\" }}\n[contract.full]\nhours = \"40h/week\"\npay = {{ wage = \"EUR 20/h\" }}\nrules = \"none\"\n\
             [team.all]\nsite = \"here\"\nheads = {{ full = 0 }}\nskills = \"all\"\nroster = {{ file = \"agents-{agents}.csv\" }}\nshrinkage = \"none\"\n"
        )
    };
    let dir = tempfile::tempdir().unwrap();
    let ledger = |agents: u32| {
        std::fs::write(
            dir.path().join(format!("agents-{agents}.csv")),
            format!("start,agents\n2027-01-04T00:00,{agents}\n"),
        )
        .unwrap();
        let path = dir.path().join(format!("{agents}.toml"));
        std::fs::write(&path, scenario(agents)).unwrap();
        let case =
            Case::new(scenario::load(&path).unwrap_or_else(|d| panic!("{:#?}", d.items))).unwrap();
        play(
            &case.world,
            &case.roster,
            Seed {
                seed: 1,
                replication: 0,
            },
        )
    };
    let mut before = ledger(6);
    for agents in 7..12 {
        let after = ledger(agents);
        for (b, a) in before.intervals.iter().zip(&after.intervals) {
            assert_eq!(a.offered, b.offered);
            assert!(
                a.wait <= b.wait,
                "an interval waits longer with {agents} agents: {a:?} after {b:?}"
            );
        }
        before = after;
    }
    assert!(
        before.streams[0].wait > 0
            && before.streams[0].wait / before.streams[0].offered < 10 * SECOND
    );
}
