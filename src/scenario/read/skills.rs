//! A team's `skills` and `factor`: which streams it can work on, and how well.

use super::cursor::{Cursor, Item};
use super::names::Names;
use super::selector::Selector;
use crate::scenario::model::{End, Proficiency, Stream};

/// One line of `factor`: against the topic's own values, for some streams.
struct Factor {
    when: Selector,
    value: Proficiency,
}

/// Per stream, whether the team can work on it at its tier, and how well; `over` takes the place of what it says.
///
/// `skills = { channels = "all", topics = [...], languages = [...] }`, or a list of such tables, which add up. `factor =
/// { handle = "112%", resolved = "-4 points", fee = "EUR 0.20" }`, or a list of such tables with `when = { ... }`, which
/// multiply and add up.
pub fn read(
    team: &Cursor<'_>,
    tier: usize,
    streams: &[Stream],
    names: &Names,
    over: &Selector,
) -> Vec<Option<Proficiency>> {
    let skills: Vec<Selector> = skills(team, names)
        .into_iter()
        .map(|own| own.overridden(over))
        .collect();
    let factors: Vec<Factor> = team.get("factor").map_or_else(Vec::new, |f| {
        f.list().iter().filter_map(|i| factor(i, names)).collect()
    });
    let able =
        |stream: &Stream| skills.iter().any(|s| s.matches(stream)) && comes_to(stream, tier, names);
    streams
        .iter()
        .map(|stream| able(stream).then(|| proficiency(stream, &factors)))
        .collect()
}

fn skills(team: &Cursor<'_>, names: &Names) -> Vec<Selector> {
    let Some(item) = team.get("skills") else {
        team.notes
            .assume(&super::cursor::join(&team.path, "skills"));
        return vec![Selector::default()];
    };
    if item.is("all") {
        return vec![Selector::default()];
    }
    // A table that cannot be read must not look like a missing skill.
    item.list()
        .iter()
        .map(|i| {
            i.table()
                .map_or_else(Selector::default, |t| Selector::read(&t, names))
        })
        .collect()
}

/// Whether work of a stream comes to a tier at all.
fn comes_to(stream: &Stream, tier: usize, names: &Names) -> bool {
    tier == 0
        || stream
            .work
            .iter()
            .flat_map(|w| &w.ends)
            .any(|(_, end)| match end {
                End::Tier(t) => *t == tier,
                End::Team(team) => names.team_tiers[*team] == tier,
                End::Resolved | End::Returns | End::Engineering => false,
            })
}

fn factor(item: &Item<'_>, names: &Names) -> Option<Factor> {
    let table = item.table()?;
    let handle = table.get("handle").map_or(Some(1.0), |i| {
        i.percent()
            .filter(|f| i.within(*f, 0.05, 20.0, "between 5% and 2000%"))
    });
    let resolved = table.get("resolved").map_or(Some(0.0), |i| {
        i.points()
            .filter(|p| i.within(*p, -1.0, 1.0, "between -100 and 100 points"))
    });
    let satisfaction = table.get("satisfaction").map_or(Some(0.0), |i| {
        i.points()
            .filter(|p| i.within(*p, -1.0, 1.0, "between -100 and 100 points"))
    });
    let fee = table.get("fee").map_or(Some(0.0), |i| i.money());
    Some(Factor {
        when: table
            .sub("when")
            .map_or_else(Selector::default, |w| Selector::read(&w, names)),
        value: Proficiency {
            handle_factor: handle?,
            resolved_delta: resolved?,
            satisfaction_delta: 100.0 * satisfaction?,
            lag_s: 0.0,
            fee_per_contact: fee?,
        },
    })
}

fn proficiency(stream: &Stream, factors: &[Factor]) -> Proficiency {
    let plain = Proficiency {
        handle_factor: 1.0,
        resolved_delta: 0.0,
        satisfaction_delta: 0.0,
        lag_s: 0.0,
        fee_per_contact: 0.0,
    };
    factors
        .iter()
        .filter(|f| f.when.matches(stream))
        .fold(plain, |sum, f| Proficiency {
            handle_factor: sum.handle_factor * f.value.handle_factor,
            resolved_delta: sum.resolved_delta + f.value.resolved_delta,
            satisfaction_delta: sum.satisfaction_delta + f.value.satisfaction_delta,
            lag_s: sum.lag_s + f.value.lag_s,
            fee_per_contact: sum.fee_per_contact + f.value.fee_per_contact,
        })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good};

    #[test]
    fn factors_multiply_and_points_add_up() {
        let text = changed(&[(
            "heads = 12",
            "heads = 12\nfactor = [{ handle = \"110%\", resolved = \"-4 points\" }, { when = { topics = [\"help\"] }, handle = \"120%\", resolved = \"1 points\", satisfaction = \"-2.5 points\", fee = \"EUR 0.20\" }, { when = { languages = [\"any\"], channels = \"all\" }, handle = \"100%\" }]",
        )]);
        let skill = good(&text).teams[0].skills[0].unwrap();
        assert!((skill.handle_factor - 1.32).abs() < 1e-12);
        assert!((skill.resolved_delta + 0.03).abs() < 1e-12);
        assert!((skill.satisfaction_delta + 2.5).abs() < 1e-12);
        assert_eq!(skill.fee_per_contact, 0.2);
    }

    #[test]
    fn a_misspelt_skill_is_one_mistake_and_brings_no_other() {
        assert_eq!(
            codes(&changed(&[(
                "heads = 12",
                "heads = 12\nskills = { topics = [\"hepl\"] }"
            )])),
            ["unknown-name"]
        );
    }
}
