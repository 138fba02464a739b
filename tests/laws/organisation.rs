//! Small organisations made at random.

use proptest::prelude::*;
use staffwright::experiment::Case;
use staffwright::random::Seed;
use staffwright::scenario;
use staffwright::sim::{Ledger, play};
use std::fmt::Write;

/// A small organisation with everything that can interact: closing hours, redials, returns, tiers, overflow,
/// conversations, put-down work, touches, breaks, sickness, pauses.
#[derive(Debug, Clone)]
pub struct Shape {
    pub per_week: u32,
    pub phone: u32,
    pub chat: u32,
    pub generalists: u32,
    pub specialists: u32,
    pub experts: u32,
    pub redial: u32,
    pub returns: u32,
    pub up: u32,
    pub touches: f64,
    pub owner: &'static str,
    pub sick: u32,
    /// Of our own people, in per cent of paid hours.
    pub leave: u32,
    pub training: u32,
    /// A quarter of an hour of each day shift.
    pub paid_break: bool,
    /// Of the site of our own people.
    pub zone: &'static str,
    pub pauses: bool,
    pub vendor_share: u32,
    pub overflow_s: u32,
    /// People of our own who can do the same as the pool, in a later shift; no route names them.
    pub late: u32,
    /// Of the pool, the partners, the experts, the vendor and those of the late shift.
    pub names: [&'static str; 5],
}

pub fn shapes() -> impl Strategy<Value = Shape> {
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
        0u32..5,
    );
    let work = (
        1.0f64..2.5,
        prop::sample::select(vec!["agent", "team", "anyone"]),
    );
    let time = (
        0u32..30,
        0u32..6,
        any::<bool>(),
        prop::sample::select(vec!["Europe/Berlin", "Europe/London", "Europe/Athens"]),
    );
    (demand, people, work, time).prop_map(|(d, p, w, t)| Shape {
        leave: t.0,
        training: t.1,
        paid_break: t.2,
        zone: t.3,
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
        late: p.7,
        touches: w.0,
        owner: w.1,
        names: ["pool", "partners", "experts", "bpo", "twilight"],
    })
}

/// The scenario's tables, in file order.
pub fn tables(s: &Shape) -> Vec<String> {
    let [pool, partners, experts, vendor, late] = s.names;
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
        format!("[site.here]\nzone = \"{}\"\n[site.there]\nzone = \"Asia/Manila\"\n", s.zone),
        "[contract.full]\nhours = \"40h/week\"\npay = { salary = \"EUR 40_000/year\" }\nrules = \"de-arbzg\"\n".into(),
        format!(
            "[shift.late]\nstart = \"10:00\"\nlength = \"8h\"\nbreaks = [{{ length = \"30m\", from = \"3h\", to = \"5h\", paid = false }}]\n[shift.day]\nstart = {{ from = \"08:00\", to = \"09:30\", step = \"30m\" }}\nlength = \"8h30m\"\nbreaks = [{{ length = \"30m\", from = \"3h\", to = \"5h\", paid = false }}{}]\n",
            if s.paid_break { ", { length = \"15m\", from = \"6h\", to = \"7h\" }" } else { "" }
        ),
        format!(
            "[team.{pool}]\nsite = \"here\"\nheads = {{ full = {} }}\nskills = \"all\"\nshifts = [\"day\"]\nroster = \"fit\"\nshrinkage = {{ leave = \"{}%\", sick = \"{}%\", training = \"{}%\", meetings = \"3%\", late = \"1%\" }}\n{pause}\n",
            s.generalists, s.leave, s.sick, s.training
        ),
        format!(
            "[team.{partners}]\nvendor = \"{vendor}\"\nsite = \"there\"\nclock = \"Europe/Berlin\"\nheads = {}\nskills = {{ channels = \"all\", topics = \"all\", languages = [\"en\"] }}\nshifts = [\"day\"]\nfactor = {{ handle = \"110%\", resolved = \"-5 points\" }}\n",
            s.specialists
        ),
        format!(
            "[team.{experts}]\nlike = \"{pool}\"\ntier = 2\nheads = {{ full = {} }}\n",
            s.experts
        ),
        format!(
            "[team.{late}]\nlike = \"{pool}\"\nheads = {{ full = {} }}\nshifts = [\"late\"]\n",
            s.late
        ),
        format!("[vendor.{vendor}]\nprice = \"EUR 15/h\"\nper = \"logged-in hour\"\n"),
        format!(
            "[route.english]\nwhen = {{ languages = [\"en\"] }}\nto = [{{ team = \"{partners}\", share = \"{}%\" }}, {{ team = \"{pool}\" }}, {{ team = \"{partners}\", after = \"{}s\" }}]\n",
            if s.specialists == 0 { 0 } else { s.vendor_share },
            s.overflow_s + 1
        ),
    ]
}

pub fn text(tables: &[String]) -> String {
    over("length = \"2 weeks\"", tables)
}

/// A scenario that begins on the Monday before summer time and is played as the keys say. People come and go where
/// they do, however short it is.
pub fn over(keys: &str, tables: &[String]) -> String {
    let mut text = format!(
        "title = \"Laws\"\nstart = 2027-03-22\n{keys}\npeople = \"change\"\nzone = \"Europe/Berlin\"\ndefaults = \"staffwright-2026\"\n",
    );
    for table in tables {
        write!(text, "{table}").unwrap();
    }
    text
}

pub fn case(text: &str) -> Case {
    case_of(text, "")
}

/// A scenario of which a part stands in a file that it includes.
pub fn case_of(text: &str, part: &str) -> Case {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("part.toml"), part).unwrap();
    let whole = format!("include = [\"part.toml\"]\n{text}");
    let text = if part.is_empty() { text } else { &whole };
    let path = dir.path().join("scenario.toml");
    std::fs::write(&path, text).unwrap();
    // Rosters of so many agents at all times, for who names one.
    for agents in (1..40).filter(|n| text.contains(&format!("agents-{n}.csv"))) {
        let roster = format!("start,agents\n2020-01-01T00:00,{agents}\n");
        std::fs::write(dir.path().join(format!("agents-{agents}.csv")), roster).unwrap();
    }
    let scenario =
        scenario::load(&path).unwrap_or_else(|d| panic!("{}\n{text}\n{part}", d.render(false)));
    Case::new(scenario).unwrap()
}

pub fn played(text: &str, replication: u64) -> Ledger {
    played_case(&case(text), replication)
}

pub fn played_case(case: &Case, replication: u64) -> Ledger {
    let seed = Seed {
        seed: 3,
        replication,
    };
    play(&case.world, &case.roster, seed)
}
