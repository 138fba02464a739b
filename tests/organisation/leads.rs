//! Leads: what they cost, and where they come from.

use super::case::{close, line, play, with};
use staffwright::experiment::{Settings, replicate};
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
    let days = heads.scenario.horizon.length() as f64 / 86_400e6;
    let month = 365.25 / 12.0;
    close(
        line(&heads, &play(&heads, 0), CostKind::Leads),
        12.0 / 5.0 * 4_000.0 * days / month,
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
        let months = team.leading as f64 / 86_400e6 / (365.25 / 12.0);
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
