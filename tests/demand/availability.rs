//! Between two contacts, and before one is picked up: each time against what is stated.

use crate::support::{PHONE, case, case_of, changed, near, played, stream};
use staffwright::experiment::Case;
use staffwright::sim::{ContactSums, TeamSums};
use staffwright::time::{MINUTE, SECOND, Tick};

/// Calls of four minutes each, at these seconds after eight, for one agent who is available as stated.
fn calls(availability: &str, at: &[u32]) -> ContactSums {
    let text = changed(&[
        (
            "phone = { mean = \"4m\", family = \"exponential\" }",
            "phone = { mean = \"4m\", family = \"fixed\" }",
        ),
        (
            "per_week = 4_000\nchannels = { phone = \"75%\", mail = \"25%\" }",
            "trace = \"calls.csv\"\nchannels = { phone = \"75%\", mail = \"25%\" }",
        ),
        ("patience = \"5m\"", "patience = \"never\""),
        (
            "shrinkage = \"none\"",
            &format!("shrinkage = \"none\"\navailability = {availability}"),
        ),
    ]);
    let row = |s: &u32| format!("2027-01-05 08:{:02}:{:02},phone\n", s / 60, s % 60);
    let rows: String = at.iter().map(row).collect();
    let case = case_of(
        &text,
        1,
        Some(("calls.csv", &format!("time,channel\n{rows}"))),
    );
    let sums = stream(&case, "shop/phone", 1);
    assert_eq!(sums.answered, at.len() as u64);
    sums
}

/// Who had to wait is not picked up before the time stated, even where an agent is free.
#[test]
fn who_waits_is_picked_up_no_sooner_than_stated() {
    // Eight o'clock at once; 8:03:58 finds the agent busy until 8:04:00 and is picked up at 8:04:02.5, until 8:08:02.5; 8:10:00
    // finds nobody before it; 8:10:30 waits for the end of that call, longer than anybody has to.
    let at = [0, 238, 600, 630];
    let (quick, slow) = (
        calls("{ pick_up = \"0s\" }", &at),
        calls("{ pick_up = \"4.5s\" }", &at),
    );
    assert_eq!(quick.wait, (2 + 210) * SECOND);
    assert_eq!(slow.wait, 4 * SECOND + SECOND / 2 + 210 * SECOND);
    assert_eq!((quick.delayed, slow.delayed), (2, 2));
}

/// A pause lasts until the first in the queue has waited as long as recalls, and next to no time longer.
#[test]
fn who_has_waited_so_long_recalls() {
    let pause = |after: &str| {
        format!(
            "{{ pause = {{ share = \"100%\", calm = \"10_000h\", recalled = \"0.001s\", recall_after = \"{after}\" }} }}"
        )
    };
    // 8:10 recalls the agent, who takes its call and then pauses until 8:20 has waited.
    for (after, seconds) in [("15s", 15), ("40s", 40)] {
        let waited = calls(&pause(after), &[0, 600, 1200]).wait;
        let recalled: Tick = 2 * seconds * SECOND;
        assert!(
            (recalled..recalled + SECOND / 10).contains(&waited),
            "{waited}"
        );
    }
}

/// Pauses over 40 replications of so many calls a week for so many agents: time and pieces of work.
fn pauses(per_week: u32, agents: u32) -> (f64, f64) {
    let text = changed(&[
        ("per_week = 4_000", &format!("per_week = {per_week}")),
        ("length = \"4 weeks\"", "length = \"12 weeks\""),
        ("patience = \"5m\"", "patience = \"20m\""),
        (
            "shrinkage = \"none\"",
            "shrinkage = \"none\"\navailability = { pause = { share = \"70%\", calm = \"180s\", recalled = \"25s\", recall_after = \"15s\" } }",
        ),
    ]);
    let case: Case = case_of(&text, agents, None);
    let mut sums = TeamSums::default();
    for replication in 0..40 {
        sums += &played(&case, replication).teams[0];
    }
    (sums.pause as f64 / SECOND as f64, sums.items as f64)
}

/// A pause follows `share` of all work, of the mean `calm` where nobody waits and `recalled` where somebody always has
/// waited long.
#[test]
fn pauses_are_as_frequent_and_as_long_as_stated() {
    // Two million pieces of work: a standard error of 0.1 %.
    let (calm, items) = pauses(4_000, 100);
    near("calm", calm / items, 0.7 * 180.0, 0.004);
    // One agent for four times the calls that one can take: some thirteen always wait, who are served without pauses at the end.
    let (recalled, items) = pauses(12_000, 1);
    near("recalled", recalled / items, 0.7 * 25.0, 0.005);
}

/// Of those who would have to wait the stated share leaves at once.
#[test]
fn so_many_of_those_who_would_wait_leave_at_once() {
    let case = case_of(
        &changed(&[("patience = \"5m\"", "patience = \"5m\"\nbalk = \"30%\"")]),
        2,
        None,
    );
    let sums = stream(&case, "shop/phone", 48);
    near(
        "balked",
        sums.balked as f64 / sums.delayed as f64,
        0.3,
        0.008,
    );
    assert!(sums.delayed > 250_000, "{}", sums.delayed);
}

/// Work and patience move with the local time of arrival as their files say.
#[test]
fn means_follow_the_time_of_arrival() {
    let text = changed(&[
        (
            "phone = { mean = \"4m\", family = \"exponential\" }",
            "phone = { mean = \"4m\", family = \"fixed\", by_time = \"course.csv\" }",
        ),
        (
            "patience = \"5m\"",
            "patience = { mean = \"2m\", family = \"fixed\", by_time = \"course.csv\" }",
        ),
        // Every call comes in the hour from noon or the hour before.
        (
            "per_week = 4_000",
            "per_week = 4_000\nprofile = \"profile.csv\"",
        ),
        ("length = \"4 weeks\"", "length = \"1 week\""),
    ]);
    let course = "start,factor\n11:00,1\n12:00,1.5\n13:00,1\n";
    let play = |hour: u32, agents: u32| {
        let profile = format!(
            "weekday,start,weight\nTue,{hour}:00,1\nTue,{}:00,0\n",
            hour + 1
        );
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in [
            ("course.csv", course.to_string()),
            ("profile.csv", profile),
            (
                "agents.csv",
                format!("start,agents\n2027-01-04T00:00,{agents}\n"),
            ),
            ("scenario.toml", text.clone()),
        ] {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        let scenario = staffwright::scenario::load(&folder.path().join("scenario.toml"))
            .unwrap_or_else(|d| panic!("{}", d.render(false)));
        played(&Case::new(scenario).unwrap(), 0).streams[PHONE]
    };
    for (hour, factor) in [(11, 10), (12, 15)] {
        let (served, left) = (play(hour, 4_000), play(hour, 0));
        assert!(served.items > 2_000);
        assert_eq!(served.handled, served.items * 4 * MINUTE * factor / 10);
        assert_eq!((left.answered, left.abandoned), (0, left.offered));
        assert_eq!(left.wait, left.offered * 2 * MINUTE * factor / 10);
    }
}

/// A ticket has so many touches, and whoever takes one after somebody else reads it again.
#[test]
fn another_agent_reads_a_ticket_again() {
    let tickets = |owner: &str| {
        let kind = format!(
            "kind = \"deferred\"\ntouches = {{ mean = 1.6, customer_takes = {{ mean = \"1h\", family = \"fixed\" }} }}\nreread = \"75s\"\nowner = \"{owner}\""
        );
        let text = changed(&[
            ("kind = \"deferred\"", &kind),
            (
                "mail = { mean = \"5m\", family = \"exponential\" }",
                "mail = { mean = \"5m\", family = \"fixed\" }",
            ),
        ]);
        // So many that whoever has been idle longest was there for none of its touches.
        stream(&case_of(&text, 1_000, None), "shop/mail", 24)
    };
    let (own, others) = (tickets("agent"), tickets("anyone"));
    assert_eq!(own.handled, own.items * 5 * MINUTE);
    let again = others.items - others.replied;
    assert_eq!(
        others.handled,
        others.items * 5 * MINUTE + again * 75 * SECOND
    );
    // 96,000 tickets of 1 + a geometric number: a standard error of 0.2%. Those of the last hours are under way at the end.
    let touches = others.items as f64 / others.replied as f64;
    near("touches", touches, 1.6, 0.009);
}

#[test]
fn what_is_available_at_once_changes_nothing() {
    let plain = case(&[]);
    let stated = case(&[(
        "shrinkage = \"none\"",
        "shrinkage = \"none\"\navailability = { turn_round = \"0s\", pick_up = \"0s\", pause = { share = \"0%\", calm = \"180s\", recalled = \"25s\", recall_after = \"15s\" } }",
    )]);
    assert_eq!(played(&stated, 0).streams, played(&plain, 0).streams);
}
