//! People by name: what each is able to do, is owed and would like.
//!
//! `[team.*] people = "people.csv"` names everybody on a team's payroll, one row each. `optimize` then says who works which
//! of the shifts it plans. Columns beside `name`, each of which may be missing or empty:
//!
//! | column | says | where it is empty |
//! |---|---|---|
//! | `contract` | the contract | the team's only one |
//! | `languages`, `channels`, `topics` | what somebody can work on, apart by blanks | all that the team can |
//! | `account` | hours on the hour account at the start; below zero: owed by the person | 0 |
//! | `wants`, `avoids` | days, shifts, or shifts on days, with a weight: `Fri 2027-02-15*5 late Mon:early*2` | no wishes |
//! | `absent` | days, or first and last day: `2027-01-18..2027-01-22 2027-02-05` | always there |
//!
//! The table form `people = { file = "people.csv", late = "20:00", weigh = { account = 1, late = 2 } }` also says from when on
//! a shift's end is late, and what one hour or one shift more between the most and the least burdened weighs against a
//! granted wish.
//!
//! ```
//! # let folder = tempfile::tempdir()?;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! let people = "name,account,wants,avoids,absent\n\
//!     Ada,-3,Mon,,\n\
//!     Ben,,,Fri*3,2027-01-18..2027-01-22\n\
//!     Cem,2.5,,day,\n";
//! std::fs::write(folder.path().join("people.csv"), people)?;
//! let text = "[team.founders]\npeople = { file = \"people.csv\", weigh = { late = 3 } }\n";
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup, which has three founders.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let named = scenario.teams.iter().find_map(|t| t.named.as_ref()).ok_or("nobody")?;
//! assert_eq!((named.people[0].name.as_str(), named.people[0].account_h), ("Ada", -3.0));
//! assert!(named.people[1].is_absent(jiff::civil::date(2027, 1, 20)));
//! assert_eq!((named.weigh.late, named.weigh.weekend), (3.0, 4.0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::Stream;
use jiff::civil::{Date, Weekday};

/// The people of a team by name.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// One each.
    pub people: Vec<Person>,
    /// A shift that ends later than this is late, minutes after midnight by the team's clock; one that ends on the next day
    /// always is.
    pub late_min: u32,
    /// What is weighed against what when shifts are handed out.
    pub weigh: Fairness,
}

/// Weights of what a hand-out makes least: the distance between the most and the least burdened of a contract, and what
/// single people are away from their middle on average.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fairness {
    /// Of one hour on the hour account.
    pub account: f64,
    /// Of one late shift.
    pub late: f64,
    /// Of one shift on a Saturday or Sunday.
    pub weekend: f64,
    /// Of one shift on a holiday of the site.
    pub holiday: f64,
    /// Of one granted wish of weight 1.
    pub wish: f64,
}

/// Somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Contract (index).
    pub contract: Option<usize>,
    /// Languages (indexes); `None`: all that the team can.
    pub languages: Option<Vec<usize>>,
    /// Channels, likewise.
    pub channels: Option<Vec<usize>>,
    /// Topics, likewise.
    pub topics: Option<Vec<usize>>,
    /// Hours on the account at the scenario's start; below zero: owed by the person.
    pub account_h: f64,
    /// Wishes.
    pub wishes: Vec<Wish>,
    /// First and last days of absences.
    pub absent: Vec<(Date, Date)>,
}

impl Person {
    /// Whether a day is one of an absence.
    #[must_use]
    pub fn is_absent(&self, date: Date) -> bool {
        self.absent
            .iter()
            .any(|&(from, to)| from <= date && date <= to)
    }

    /// Whether the person can work on a stream.
    #[must_use]
    pub fn can(&self, stream: &Stream) -> bool {
        let has =
            |of: &Option<Vec<usize>>, what: usize| of.as_ref().is_none_or(|o| o.contains(&what));
        has(&self.languages, stream.language)
            && has(&self.channels, stream.channel)
            && has(&self.topics, stream.topic)
    }
}

/// A day or shift that somebody would like to work, or would rather not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wish {
    /// Days it is about.
    pub day: WishDay,
    /// Shift template (index) it is about; `None`: any.
    pub shift: Option<usize>,
    /// Whether it is wanted.
    pub wanted: bool,
    /// Weight, above zero.
    pub weight: f64,
}

/// Days that a wish is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WishDay {
    /// Every day.
    Any,
    /// A day of every week.
    Weekday(Weekday),
    /// One day.
    Date(Date),
}

impl WishDay {
    /// Whether it is about a day.
    #[must_use]
    pub fn covers(self, date: Date) -> bool {
        match self {
            Self::Any => true,
            Self::Weekday(day) => date.weekday() == day,
            Self::Date(day) => day == date,
        }
    }
}
