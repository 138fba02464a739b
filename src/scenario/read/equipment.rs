//! What tools make of teams: how fast they work, what they cost, who stays, at the start and from later dates on.

use crate::scenario::model::{Equipment, PARTS, Scenario, Team, Tool};

/// Lets the teams, in their skill groups, work as their tools make them, at the start and from later dates on: once all
/// tools are known, because parts add up.
pub fn equip(scenario: &mut Scenario) {
    let equipped = |tools: &[Tool]| -> Vec<Equipment> {
        let teams = scenario.teams.iter();
        teams.map(|t| equipment(scenario, t, tools)).collect()
    };
    let first = equipped(&scenario.tools);
    let later: Vec<Vec<Equipment>> = scenario
        .eras
        .iter()
        .map(|era| match era.tools == scenario.tools {
            true => Vec::new(),
            false => equipped(&era.tools),
        })
        .collect();
    for (team, equipment) in scenario.teams.iter_mut().zip(first) {
        team.skills = equipment.skills;
        team.tools_per_head_month = equipment.tools_per_head_month;
        if let Some(attrition) = &mut team.workforce.attrition {
            let own = scenario
                .tools
                .iter()
                .filter(|t| t.teams.contains(&team.unit));
            attrition.per_year *= own.map(|t| t.attrition).product::<f64>();
        }
    }
    for (era, equipment) in scenario.eras.iter_mut().zip(later) {
        era.equipment = equipment;
    }
}

/// How a team that works without tools so far works with some, and what they cost.
fn equipment(scenario: &Scenario, team: &Team, tools: &[Tool]) -> Equipment {
    let own = || tools.iter().filter(|t| t.teams.contains(&team.unit));
    let mut skills = team.skills.clone();
    for (s, skill) in skills.iter_mut().enumerate() {
        let Some(skill) = skill else { continue };
        let used = || own().filter(|t| t.streams.contains(&s));
        skill.lag_s += used().map(|t| t.lag_s).sum::<f64>();
        let Some(parts) = scenario.topics[scenario.streams[s].topic].parts else {
            continue;
        };
        let mut left = parts;
        for tool in used().filter(|t| t.ready == 0) {
            for (place, (part, _)) in PARTS.iter().enumerate() {
                if let Some((own, scale)) = tool.scales
                    && own == *part
                {
                    left[place] *= scale;
                }
            }
        }
        if left != parts {
            skill.handle_factor *= left.iter().sum::<f64>();
        }
    }
    Equipment {
        skills,
        tools_per_head_month: team.tools_per_head_month
            + own().map(|t| t.per_head_month).sum::<f64>(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{good, with_tools as with};
    use crate::scenario::arrivals;

    #[test]
    fn tools_scale_their_parts() {
        let scenario = good(&with(
            "[tool.crm]\npart = \"system\"\nscales = \"80%\"\nlag = \"4s\"\nprice = \"EUR 60/month\"\n[tool.macros]\npart = \"repeated\"\nscales = \"30%\"\n[tool.more]\npart = \"system\"\nscales = \"50%\"",
        ));
        let skill = scenario.teams[0].skills[0].unwrap();
        // 50 + 25 + 15 x 0.8 x 0.5 + 10 x 0.3.
        assert!((skill.handle_factor - 0.84).abs() < 1e-12);
        assert_eq!(
            (skill.lag_s, scenario.teams[0].tools_per_head_month),
            (4.0, 60.0)
        );
    }

    #[test]
    fn a_tool_keeps_people() {
        let scenario = good(
            &with("[tool.crm]\nattrition = \"90%\"")
                .replace("heads = 12", "heads = 12\nattrition = { rate = \"30%\" }"),
        );
        let attrition = scenario.teams[0].workforce.attrition.unwrap();
        assert!((attrition.per_year - 0.27).abs() < 1e-12);
    }

    #[test]
    fn tools_change_from_a_date_on() {
        let tools = "[tool.crm]\npart = \"system\"\nscales = \"80%\"\nlag = \"4s\"\nprice = \"EUR 60/month\"\n[tool.book]\npart = \"search\"\nscales = \"60%\"\nauthoring = { team = \"all\", hours = \"24h\", per_week = \"24h/week\" }\n";
        let from = |date: &str, set: &str| format!("[[from]]\ndate = {date}\nset = {{ {set} }}\n");
        let text = tools.to_string()
            + &from(
                "2027-01-25",
                "tool.crm.scales = \"20%\", tool.crm.lag = \"9s\", tool.crm.price = \"EUR 90/month\", tool.book.scales = \"20%\"",
            )
            + &from("2027-02-01", "tool.crm.teams = []");
        let scenario = good(&with(&text));
        let skill = |e: usize| scenario.eras[e].equipment[0].skills[0].unwrap();
        let first = scenario.teams[0].skills[0].unwrap();
        // 15% is the system's: 97%, then 88%, then nobody has it.
        let factors = [first, skill(0), skill(1)].map(|s| (s.handle_factor, s.lag_s));
        for ((factor, lag), (right, s)) in
            factors.iter().zip([(0.97, 4.0), (0.88, 9.0), (1.0, 0.0)])
        {
            assert!((factor - right).abs() < 1e-12 && *lag == s, "{factors:?}");
        }
        let week = 7 * 24 * crate::time::HOUR;
        assert_eq!(
            scenario.tool_prices(0),
            [(0, 60.0), (2 * week, 90.0), (3 * week, 0.0)]
        );
        assert!((scenario.cost_per_head_month(0) - 52.5).abs() < 1e-9);
        // Written after a week; 25% is search, scaled to 60% of it, then to 20%.
        let factors = arrivals::of_work(&scenario, 0, None).unwrap();
        let weeks: Vec<f64> = factors.chunks(672).map(|w| w[0]).collect();
        for (week, right) in weeks.iter().zip([1.0, 0.9, 0.8, 0.8]) {
            assert!((week - right).abs() < 1e-12, "{weeks:?}");
        }
    }

    #[test]
    fn tools_that_change_to_what_they_were_are_as_at_the_start() {
        let scenario = good(&with(
            "[tool.crm]\npart = \"system\"\nscales = \"80%\"\n[[from]]\ndate = 2027-01-25\nset = { tool.crm.scales = \"80%\" }",
        ));
        assert!(scenario.eras[0].equipment.is_empty());
    }
}
