//! What a sweep varies: named dimensions, and the levels they take.

use super::quantity::Quantity;
use toml::Value;

/// One dimension of a sweep.
#[derive(Debug, Clone, PartialEq)]
pub struct Dimension {
    /// Its name: a column of the result.
    pub name: String,
    /// What it may be.
    pub range: Range,
}

/// The levels a dimension may take.
#[derive(Debug, Clone, PartialEq)]
pub enum Range {
    /// One of a list.
    Listed(Vec<Level>),
    /// Anything between two quantities, in steps or without.
    Between {
        /// Least.
        from: Quantity,
        /// Greatest.
        to: Quantity,
        /// Distance of neighbouring levels.
        step: Option<f64>,
        /// What is done with it.
        apply: Apply,
    },
}

/// What is done with a number.
#[derive(Debug, Clone, PartialEq)]
pub enum Apply {
    /// Put at these paths.
    Set(Vec<String>),
    /// What stands at these paths is multiplied by it.
    Scale(Vec<String>),
}

/// One level of a dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// As the sweep file says it.
    pub label: String,
    /// Its number, where it has one, and the unit of it.
    pub number: Option<(f64, String)>,
    /// What it changes in a scenario.
    pub change: Change,
}

/// A change of a scenario; a path may have `*` for any name.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Values at paths.
    Set(Vec<(String, Value)>),
    /// A factor on what stands at the paths.
    Scale(Vec<String>, f64),
    /// Values at paths, and more of them in scenarios by name.
    Choice {
        /// In every scenario.
        set: Vec<(String, Value)>,
        /// In these only, after `set`.
        only: Vec<(String, Vec<(String, Value)>)>,
    },
}

impl Apply {
    /// The level of a quantity.
    #[must_use]
    pub fn level(&self, quantity: &Quantity) -> Level {
        Level {
            label: quantity.label(),
            number: Some((quantity.number, quantity.unit())),
            change: match self {
                Self::Set(paths) => Change::Set(
                    paths
                        .iter()
                        .map(|p| (p.clone(), quantity.to_toml()))
                        .collect(),
                ),
                Self::Scale(paths) => Change::Scale(paths.clone(), factor(quantity)),
            },
        }
    }

    /// The level of any value.
    #[must_use]
    pub fn level_of(&self, value: &Value) -> Level {
        match (self, Quantity::read(value)) {
            (_, Some(quantity)) => self.level(&quantity),
            (Self::Set(paths) | Self::Scale(paths), None) => Level {
                label: value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_string),
                number: None,
                change: Change::Set(paths.iter().map(|p| (p.clone(), value.clone())).collect()),
            },
        }
    }
}

/// The factor that a quantity means: `120%` or `1.2`.
fn factor(quantity: &Quantity) -> f64 {
    if quantity.unit() == "%" {
        quantity.number / 100.0
    } else {
        quantity.number
    }
}

impl Dimension {
    /// The level at a place from 0 to 1 (1 itself excluded): levels of a list are equally likely.
    #[must_use]
    pub fn at(&self, place: f64) -> Level {
        match &self.range {
            Range::Listed(levels) => {
                levels[((place * levels.len() as f64) as usize).min(levels.len() - 1)].clone()
            }
            Range::Between {
                from,
                to,
                step: Some(_),
                apply,
            } => {
                let levels = self.levels();
                let count = levels.as_ref().map_or(1, Vec::len);
                let index = ((place * count as f64) as usize).min(count - 1);
                levels.map_or_else(
                    || apply.level(&from.with(from.number + place * (to.number - from.number))),
                    |mut levels| levels.swap_remove(index),
                )
            }
            Range::Between {
                from, to, apply, ..
            } => apply.level(&from.with(from.number + place * (to.number - from.number))),
        }
    }

    /// All levels, where they can be counted.
    #[must_use]
    pub fn levels(&self) -> Option<Vec<Level>> {
        match &self.range {
            Range::Listed(levels) => Some(levels.clone()),
            Range::Between { step: None, .. } => None,
            Range::Between {
                from,
                to,
                step: Some(step),
                apply,
            } => {
                // A level that misses the end by rounding alone belongs to the range.
                let count = ((to.number - from.number) / step + 1e-9).floor() as u64;
                let level = |k| apply.level(&from.with(from.number + k as f64 * step));
                Some((0..=count).map(level).collect())
            }
        }
    }

    /// The levels for one at a time: those of a list, or both ends.
    #[must_use]
    pub fn ends(&self) -> Vec<Level> {
        match &self.range {
            Range::Listed(levels) => levels.clone(),
            Range::Between {
                from, to, apply, ..
            } => vec![apply.level(from), apply.level(to)],
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn between(from: &str, to: &str, step: Option<f64>) -> Dimension {
        let read = |t: &str| Quantity::read(&Value::String(t.into())).unwrap();
        Dimension {
            name: "share".into(),
            range: Range::Between {
                from: read(from),
                to: read(to),
                step,
                apply: Apply::Set(vec!["a.b".into()]),
            },
        }
    }

    fn labels(levels: &[Level]) -> Vec<&str> {
        levels.iter().map(|l| l.label.as_str()).collect()
    }

    #[test]
    fn steps_reach_the_end_they_name() {
        let share = between("0%", "30%", Some(10.0));
        assert_eq!(
            labels(&share.levels().unwrap()),
            ["0%", "10%", "20%", "30%"]
        );
        assert_eq!(share.at(0.0).label, "0%");
        assert_eq!(share.at(0.999).label, "30%");
        assert_eq!(labels(&share.ends()), ["0%", "30%"]);
    }

    #[test]
    fn places_are_spread_evenly() {
        let share = between("10s", "20s", None);
        assert_eq!(share.at(0.25).label, "12.5s");
        assert_eq!(share.levels(), None);
        let level = share.at(0.5);
        let value = Value::String("15s".into());
        assert_eq!(level.change, Change::Set(vec![("a.b".into(), value)]));
        assert_eq!(level.number, Some((15.0, "s".into())));
    }

    #[test]
    fn factors_are_shares_or_numbers() {
        let scale = Apply::Scale(vec!["x".into()]);
        for value in [Value::String("120%".into()), Value::Float(1.2)] {
            let level = scale.level_of(&value);
            assert_eq!(level.change, Change::Scale(vec!["x".into()], 1.2));
        }
    }
}
