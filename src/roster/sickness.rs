//! Sickness that comes in seasons and in waves.
//!
//! Whether a duty is lost is a two-state chain over a position's duties, with the stated share and mean spell. Falling
//! ill is multiplied, week by week, by `1 + swing cos(2 pi (day - peak) / 365.25)` and by a Gamma factor of mean 1 that
//! everybody of a zone shares, so that absences of the same week are correlated.
//!
//! ```
//! let text = r#"
//! [team.pool.shrinkage.sick]
//! share  = "6%"                                # of paid hours, over the year
//! spell  = "4 days"                            # mean length; each duty by itself where only the share is written
//! season = { peak = "Feb", swing = "40%" }     # the same all year unless stated
//! waves  = "30%"                               # coefficient of variation; none unless stated
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let roster = staffwright::roster::place(&scenario)?;
//! let pool = scenario.teams.iter().position(|t| t.name == "pool").ok_or("no pool")?;
//! let season = &roster.teams[pool].sickness.as_ref().ok_or("no season")?.season;
//! // From the middle of January to that of February.
//! assert!(season[0] < season[5] && (1.39..=1.4).contains(&season[5]));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::random::stream_key;
use crate::scenario::model::{Scenario, Shrinkage, Team};
use crate::time::{DAY, Tick};

/// How sickness varies over the horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct Sickness {
    /// Factor of the season, per week of the horizon.
    pub season: Vec<f64>,
    /// Coefficient of variation of the waves, per week of the horizon.
    pub waves: Vec<f64>,
    /// Key of the waves' draws: the same for everybody of a zone.
    pub key: u64,
}

/// Ticks of one week of the season.
pub const WEEK: Tick = 7 * DAY;

/// The pattern of a team; `None` where sickness is the same all year and everybody's own.
pub fn sickness(scenario: &Scenario, team: &Team) -> Option<Sickness> {
    let later = scenario.eras.iter();
    let later = later.map(|era| (era.from, team.shrinkage_in(era)));
    let versions: Vec<(Tick, Shrinkage)> =
        std::iter::once((0, team.shrinkage)).chain(later).collect();
    let plain = |s: &Shrinkage| s.sick <= 0.0 || s.sick_swing == 0.0 && s.sick_waves == 0.0;
    if versions.iter().all(|(_, s)| plain(s)) {
        return None;
    }
    let horizon = &scenario.horizon;
    let zone = &scenario.sites[team.site].zone;
    // A week goes by what holds in its middle.
    let half = |week: u64| week * WEEK + WEEK / 2;
    let on = |week: u64| {
        let begun = versions.iter().rev().find(|v| v.0 <= half(week));
        begun.map_or(team.shrinkage, |v| v.1)
    };
    let middle = |week: u64| {
        let s = on(week);
        let day = horizon.zoned_in(half(week), zone).date().day_of_year();
        let angle = std::f64::consts::TAU * (f64::from(day) - s.sick_peak) / 365.25;
        1.0 + s.sick_swing * libm::cos(angle)
    };
    let weeks = 0..horizon.length().div_ceil(WEEK);
    Some(Sickness {
        season: weeks.clone().map(middle).collect(),
        waves: weeks.map(|week| on(week).sick_waves).collect(),
        key: stream_key(&format!(
            "sickness|{}",
            zone.iana_name().unwrap_or_default()
        )),
    })
}
