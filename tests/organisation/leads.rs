//! Leads: what they cost, and where they come from.

use super::case::{close, line, own, play, with};
use staffwright::experiment::{Case, Settings, replicate};
use staffwright::measure::CostKind;

#[test]
fn leads_are_counted_by_the_hour_where_it_says_so() {
    let lead = |more: &str| {
        with(&format!(
            "lead = {{ span = 5, salary = \"EUR 4_000/month\"{more} }}"
        ))
    };
    let (heads, hours) = (lead(""), lead(", counted = \"staffed hour\""));
    // Ten weeks in which the clock goes forward.
    close(
        line(&heads, &play(&heads, 0), CostKind::Leads),
        salaries(&heads),
        1e-6,
    );
    // By hand, minute by minute of the first horizon's duties.
    let minute = 60_000_000u64;
    let minutes = hours.scenario.horizon.length() / minute;
    let mut on_duty = vec![0u32; minutes as usize];
    for duty in hours.roster.teams[0]
        .positions
        .iter()
        .flat_map(|p| &p.duties)
    {
        for m in duty.start / minute..duty.end / minute {
            on_duty[m as usize] += 1;
        }
    }
    let lead_hours: f64 = on_duty
        .iter()
        .map(|&n| f64::from(n.div_ceil(5)) / 60.0)
        .sum();
    let per_hour = 4_000.0 / (40.0 * 365.2425 / 7.0 / 12.0);
    close(
        line(&hours, &play(&hours, 0), CostKind::Leads),
        lead_hours / 0.85 * per_hour,
        1e-6,
    );
}

#[test]
fn leads_from_the_team_cost_their_salary_while_their_posts_are_filled() {
    // Nobody has served long enough: a post that falls vacant stays so until somebody is hired for it.
    let case = with(
        "attrition = { rate = \"30%\" }\nhiring = { lead = \"30 days\", cost = \"EUR 2_000\" }\ntenure = \"10 days\"\nlead = { span = 5, salary = \"EUR 4_000/month\", promotes = { after = \"900 days\", rate = \"300%\", attrition = \"90%\" } }",
    );
    let people = case.roster.teams[0].people.as_ref().unwrap();
    assert_eq!(people.leads.unwrap().posts, 3);
    close(people.prospects, 0.9, 1e-12);
    close(people.posts_above, 3.0, 1e-12);
    let (mut vacant, mut hires) = (0, 0);
    for replication in 0..10 {
        let ledger = play(&case, replication);
        let team = &ledger.teams[0];
        let months = team.leading as f64 / 86_400e6 / MONTH_DAYS;
        close(
            line(&case, &ledger, CostKind::Leads),
            4_000.0 * months,
            1e-9,
        );
        close(
            line(&case, &ledger, CostKind::Hiring),
            2_000.0 * (team.hires + team.lead_hires) as f64,
            1e-9,
        );
        assert_eq!(team.lead_posts, 3 * case.scenario.horizon.length());
        assert_eq!(team.lead_promotions, 0);
        vacant += team.lead_posts - team.leading;
        hires += team.lead_hires;
    }
    // A post is vacant for thirty days before somebody from outside has it.
    assert!(hires > 5 && vacant >= hires * 30 * 86_400_000_000);
}

#[test]
fn whoever_has_served_longest_leads() {
    let case = with(
        "attrition = { rate = \"1%\" }\ntenure = \"900 days\"\nlead = { span = 4, salary = \"EUR 4_000/month\", promotes = { after = \"540 days\", rate = \"200%\" } }",
    );
    let settings = Settings {
        replications: 10,
        ..Settings::default()
    };
    let outcome = replicate(&case, &settings, &());
    let value = |key: &str| outcome.teams[0].metrics.get(key).unwrap().value;
    assert_eq!(value("leads_vacant_share"), 0.0);
    assert!(value("lead_promotions") > 0.5);
    assert_eq!(value("lead_promotions"), value("promotions"));
    // Three posts over twelve places.
    close(value("posts_per_100_heads"), 25.0, 1e-6);
    // 900 days, and up to ten weeks more.
    let months = value("first_promotion_months");
    assert!((29.5..32.0).contains(&months), "{months}");
}

/// Twelve people, of whose contacts one in ten goes to those who lead them, three where they are counted by heads.
fn escalating(lead: &str, team: &str) -> Case {
    let pool = format!(
        "[team.bosses]\nleads_of = [\"all\"]\ntier = 2\n[tier.2]\nhandle = {{ mean = \"9m\", family = \"fixed\" }}\nends = {{ resolved = \"100%\" }}\n{SHIFT_TABLE}"
    );
    own(&[
        ("resolved = \"80%\"", "resolved = \"70%\", bosses = \"10%\""),
        // Nobody hangs up on the way.
        ("patience = \"10m\"", "patience = \"1000h\""),
        (SHIFT_TABLE, &pool),
        (
            "heads = 12",
            &format!(
                "heads = 12\n{team}\nlead = {{ span = 5, salary = \"EUR 4_000/month\"{lead} }}"
            ),
        ),
    ])
}

const SHIFT_TABLE: &str = "[shift.day]";

/// The pool of leads among the two teams.
fn pool(case: &Case) -> usize {
    let mut teams = case.scenario.teams.iter();
    teams.position(|t| t.name == "bosses").unwrap()
}

/// What twelve heads, five to a lead, pay their leads over the horizon.
fn salaries(case: &Case) -> f64 {
    let days = case.scenario.horizon.length() as f64 / 86_400e6;
    12.0 / 5.0 * 4_000.0 * days / MONTH_DAYS
}

const MONTH_DAYS: f64 = 365.25 / 12.0;

#[test]
fn leads_take_what_is_escalated_and_coach_the_rest_of_their_time() {
    let case = escalating("", "");
    let pool = pool(&case);
    let (mut items, mut first, mut sick, mut scheduled) = (0, 0, 0, 0);
    for replication in 0..20 {
        let ledger = play(&case, replication);
        let (people, leads) = (&ledger.teams[1 - pool], &ledger.teams[pool]);
        assert_eq!(leads.handling, leads.items * 540_000_000);
        assert_eq!(people.leads_on_duty, leads.on_queue);
        assert_eq!(people.escalations, leads.handling);
        assert_eq!((leads.leads_on_duty, leads.paid > 0), (0, true));
        // What is paid for leads is paid by their team alone.
        close(line(&case, &ledger, CostKind::Leads), salaries(&case), 1e-6);
        items += leads.items;
        first += people.items;
        sick += leads.sick;
        scheduled += leads.scheduled;
    }
    // One piece of work in ten: 3.5 standard errors of a share of so many.
    let (items, first) = (items as f64, first as f64);
    let error = (0.09 / first).sqrt();
    assert!(
        (items / first - 0.1).abs() < 3.5 * error && error < 0.001,
        "{items} of {first}"
    );
    // They are ill as often as their people: some 50 duties of three leads in each of 20 replications.
    let share = sick as f64 / scheduled as f64;
    assert!((share - 0.05 / 0.9).abs() < 0.015, "{share}");
    let covered = escalating(", counted = \"staffed hour\"", "");
    let ledger = play(&covered, 0);
    assert!(ledger.teams[pool].sick == 0 && ledger.teams[1 - pool].sick > 0);
}

#[test]
fn a_vacant_post_takes_no_escalations() {
    let promotes =
        ", promotes = { after = \"900 days\", rate = \"300%\" }, counted = \"staffed hour\"";
    let people =
        "attrition = { rate = \"0.1%\" }\nhiring = { lead = \"500 days\" }\ntenure = \"10 days\"";
    let (full, thinning) = (
        escalating(", counted = \"staffed hour\"", people),
        escalating(promotes, people),
    );
    let pool = pool(&full);
    // Who is counted by people on duty is always there, or somebody else is.
    let all = play(&full, 0).teams[pool].scheduled;
    assert_eq!(all, play(&full, 1).teams[pool].scheduled);
    let (mut there, mut planned) = (0.0, 0.0);
    for replication in 0..300 {
        let ledger = play(&thinning, replication);
        let team = &ledger.teams[1 - pool];
        // Duties that begin while some posts are vacant are fewer, at most in proportion and rounded up.
        let filled = team.leading as f64 / team.lead_posts as f64;
        let scheduled = ledger.teams[pool].scheduled as f64 / all as f64;
        assert!(scheduled >= filled - 0.1, "{scheduled} of {filled}");
        there += scheduled;
        planned += filled;
    }
    // 300 % a year over ten weeks: on average 1 - (1 - exp(-x)) / x of the posts are vacant, x = 3 * 70 / 365.25.
    let x: f64 = 3.0 * 70.0 / 365.25;
    let filled = (1.0 - (-x).exp()) / x;
    assert!((planned / 300.0 - filled).abs() < 0.035, "{planned}");
    assert!(there / 300.0 < 0.97 && there > planned, "{there}");
}

/// A contact teaches `1 / (1 + slower (span - usual))` of what it did once leads are known to have less time: after a week.
#[test]
fn what_busy_leads_leave_untaught_is_learnt_later() {
    let settings = Settings {
        replications: 20,
        ..Settings::default()
    };
    // Contacts of each, coaching share, efficiency.
    let played = |slower: &str| {
        let case = escalating(
            &format!(", counted = \"staffed hour\", slower = \"{slower}\", usual = 5"),
            "learning = { start = \"50%\", contacts = 3000 }\ntenure = \"1 day\"",
        );
        let learners = 1 - pool(&case);
        let outcome = replicate(&case, &settings, &());
        let metric = |key: &str| outcome.teams[learners].metrics.get(key).unwrap().value;
        let begun = (0..20).map(|r| play(&case, r).teams[learners].begun);
        let each = begun.sum::<u64>() as f64 / 20.0 / 12.0;
        (each, metric("coaching_share"), metric("efficiency"))
    };
    // By hand: ten weeks of five days, one of which was worked before.
    let efficiency = |each: f64, pace: f64| {
        let steps = each as u32;
        let of = |n: u32| {
            let (n, week) = (f64::from(n), each / 10.0);
            let learnt = each / 50.0 + n.min(week) + pace * (n - week).max(0.0);
            1.0 - 0.5 * (-learnt / 3000.0).exp()
        };
        (0..steps).map(of).sum::<f64>() / f64::from(steps)
    };
    let (each, _, taught) = played("0%");
    let (_, coaching, untaught) = played("100%");
    let pace = 1.0 / (1.0 + 5.0 / coaching - 5.0);
    let effect = efficiency(each, 1.0) - efficiency(each, pace);
    let (within, seen) = (0.03 * effect, taught - untaught);
    assert!(
        effect > 0.03 && (seen - effect).abs() < within,
        "{seen} is not {effect}"
    );
}

#[test]
fn who_is_busy_with_escalations_teaches_less() {
    let learning = "learning = { start = \"50%\", contacts = 3000 }\ntenure = \"1 day\"";
    let settings = Settings {
        replications: 10,
        ..Settings::default()
    };
    let outcome = |slower: &str| {
        let case = escalating(
            &format!(", counted = \"staffed hour\", slower = \"{slower}\", usual = 5"),
            learning,
        );
        let pool = pool(&case);
        let outcome = replicate(&case, &settings, &());
        let value = |team: usize, key: &str| outcome.teams[team].metrics.get(key).map(|e| e.value);
        let of = |key: &str| value(1 - pool, key).unwrap();
        // The pool itself is led by nobody.
        assert_eq!(value(pool, "coaching_share"), None);
        close(
            of("coaching_share"),
            1.0 - value(pool, "occupancy").unwrap(),
            1e-9,
        );
        (of("coaching_share"), of("lead_span"), of("efficiency"))
    };
    let (coaching, span, slowed) = outcome("10%");
    assert!(coaching < 0.9, "{coaching}");
    // One week of the ten nothing is known yet; then five people for each lead's time that is left.
    close(span, 5.0 * (0.1 + 0.9 / coaching), 0.02);
    let (_, _, unslowed) = outcome("0%");
    assert!(
        slowed < unslowed - 0.001,
        "{slowed} is not less than {unslowed}"
    );
}
