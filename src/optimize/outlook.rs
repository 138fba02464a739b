//! The level of demand that heads and shifts are planned for, where the forecast may be wrong.
//!
//! The level of demand lies around its forecast by a gamma law with mean 1 and the stated error as its coefficient of
//! variation, the same for the whole horizon (days differ beside that by their busyness). More contacts never help a promise,
//! so a roster that keeps it at the law's quantile of order `meet` keeps it with at least that probability: the plan is made
//! and proved at that level. A plan for the mean would be broken about every second time.
//!
//! | key | meaning | default |
//! |---|---|---|
//! | `decide.demand.error` | coefficient of variation of the level | 0 |
//! | `decide.demand.meet` | probability with which the promises are to hold over it | none: the forecast is planned for |
//! | `demand.level` | the level itself, of what is written | 100 % |

use crate::random::Law;
use crate::scenario::model::{Outlook, Scenario};

/// Levels are whole multiples of this, so that a written plan is read back as it was proved.
const STEP: f64 = 1e-3;

/// Factor on the forecast; 1 where nothing is said.
#[must_use]
pub fn level(outlook: &Outlook) -> f64 {
    let Some(meet) = outlook.meet.filter(|_| outlook.error > 0.0) else {
        return 1.0;
    };
    let law = Law::Gamma {
        mean: 1.0,
        cv: outlook.error,
    };
    (law.quantile(meet) / STEP).ceil() * STEP
}

/// The level as a scenario file writes it, a percentage.
#[must_use]
pub fn percent(level: f64) -> String {
    format!("{}%", (level / STEP).round() / 10.0)
}

/// The scenario at the level to plan for; `None` where that is as it stands.
#[must_use]
pub fn at_level(scenario: &Scenario) -> Option<Scenario> {
    let factor = level(&scenario.decide.outlook);
    (factor != 1.0).then(|| {
        let thousandths = (scenario.level * factor / STEP).round();
        Scenario {
            level: thousandths / 10.0 / 100.0,
            ..scenario.clone()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_times_in_ten_is_more_than_the_mean() {
        let of = |error: f64, meet: Option<f64>| {
            level(&Outlook {
                error,
                meet,
                ..Outlook::default()
            })
        };
        assert_eq!(of(0.1, None), 1.0);
        assert_eq!(of(0.0, Some(0.9)), 1.0);
        // Normal quantiles nearly: 1 + 1.2816 x 10 %, a gamma law's skewness makes it a little more.
        let nine_of_ten = of(0.1, Some(0.9));
        assert!((nine_of_ten - 1.131).abs() < 0.002, "{nine_of_ten}");
        assert!(of(0.1, Some(0.95)) > nine_of_ten && of(0.15, Some(0.9)) > nine_of_ten);
        assert_eq!(percent(1.131), "113.1%");
    }
}
