//! A distribution given by a table of quantiles.

/// What lies beyond a table's last probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tail {
    /// Infinity: for patience, those who never leave.
    Never,
    /// The last value plus an exponential with this mean, in seconds.
    Exponential {
        /// Mean of what comes on top of the last value.
        mean: f64,
    },
}

/// A table of quantiles `(p, value)`, linear in between. Two points with one p are a jump over
/// values that do not occur, two with one value are an atom.
///
/// ```
/// use staffwright::random::{Table, Tail};
/// // A quarter leave evenly within 10 s, a quarter between 10 and 60 s, half never.
/// let table = Table::new(vec![(0.0, 0.0), (0.25, 10.0), (0.5, 60.0)], Tail::Never)?;
/// assert_eq!(table.quantile(0.375), 35.0);
/// assert_eq!(table.quantile(0.7), f64::INFINITY);
/// assert_eq!(table.survival(35.0), 0.625);
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    points: Vec<(f64, f64)>,
    tail: Tail,
}

impl Table {
    /// A table from points that begin at p = 0 and ascend in both, with p up to 1 and values in
    /// seconds, not negative. The error says which rule is broken.
    pub fn new(points: Vec<(f64, f64)>, tail: Tail) -> Result<Table, String> {
        if points.first().is_none_or(|p| p.0 != 0.0) {
            return Err("the first point must be at probability 0".into());
        }
        for (i, &(p, value)) in points.iter().enumerate() {
            let (p0, value0) = points[i.saturating_sub(1)];
            if !(p0..=1.0).contains(&p) {
                return Err(format!("probability {p} must lie between {p0} and 1"));
            }
            if !(value.is_finite() && value >= value0.max(0.0)) {
                return Err(format!(
                    "value {value} must be finite and at least {}",
                    value0.max(0.0)
                ));
            }
        }
        if points.last().is_some_and(|p| p.0 == 0.0) && tail == Tail::Never {
            return Err("the table holds no probability: give points up to a higher one".into());
        }
        match tail {
            Tail::Exponential { mean } if !(mean > 0.0 && mean.is_finite()) => {
                Err(format!("the tail's mean must be above 0, not {mean}"))
            }
            _ => Ok(Table { points, tail }),
        }
    }

    /// The points `(p, value)`.
    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// The tail beyond the last point.
    pub fn tail(&self) -> Tail {
        self.tail
    }

    /// The mean; infinite where some never come.
    pub fn mean(&self) -> f64 {
        let within: f64 = self
            .points
            .windows(2)
            .map(|w| (w[1].0 - w[0].0) * 0.5 * (w[0].1 + w[1].1))
            .sum();
        let (p, value) = self.last();
        match self.tail {
            _ if p >= 1.0 => within,
            Tail::Never => f64::INFINITY,
            Tail::Exponential { mean } => within + (1.0 - p) * (value + mean),
        }
    }

    /// The value at probability `p`.
    pub fn quantile(&self, p: f64) -> f64 {
        let i = self.points.partition_point(|point| point.0 < p);
        match (i.checked_sub(1).map(|j| self.points[j]), self.points.get(i)) {
            (None, _) => self.points[0].1,
            (Some((p0, v0)), Some(&(p1, v1))) => v0 + (v1 - v0) * ((p - p0) / (p1 - p0)),
            (Some((last, value)), None) => match self.tail {
                Tail::Never => f64::INFINITY,
                Tail::Exponential { mean } => value - mean * libm::log((1.0 - p) / (1.0 - last)),
            },
        }
    }

    /// The share of values above `t`.
    pub fn survival(&self, t: f64) -> f64 {
        let i = self.points.partition_point(|point| point.1 <= t);
        match (i.checked_sub(1).map(|j| self.points[j]), self.points.get(i)) {
            (None, _) => 1.0,
            (Some((p0, v0)), Some(&(p1, v1))) => 1.0 - (p0 + (p1 - p0) * ((t - v0) / (v1 - v0))),
            (Some((last, value)), None) => match self.tail {
                Tail::Never => 1.0 - last,
                Tail::Exponential { mean } => (1.0 - last) * libm::exp((value - t) / mean),
            },
        }
    }

    fn last(&self) -> (f64, f64) {
        // `new` admits no empty table.
        self.points[self.points.len() - 1]
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn jumps_and_atoms() {
        // Nothing lies between 10 and 20; two tenths are exactly 30.
        let points = vec![
            (0.0, 0.0),
            (0.5, 10.0),
            (0.5, 20.0),
            (0.8, 30.0),
            (1.0, 30.0),
        ];
        let table = Table::new(points, Tail::Never).unwrap();
        assert_eq!(table.quantile(0.25), 5.0);
        assert_eq!(table.quantile(0.5), 10.0);
        assert!(table.quantile(0.5 + 1e-12) >= 20.0);
        assert_eq!(table.quantile(0.9), 30.0);
        assert_eq!(table.survival(15.0), 0.5);
        assert!(table.survival(29.999) > 0.2);
        assert_eq!(table.survival(30.0), 0.0);
        assert!((table.mean() - (0.5 * 5.0 + 0.3 * 25.0 + 0.2 * 30.0)).abs() < 1e-12);
    }

    #[test]
    fn tails() {
        let points = vec![(0.0, 5.0), (0.5, 10.0)];
        let never = Table::new(points.clone(), Tail::Never).unwrap();
        assert_eq!(never.mean(), f64::INFINITY);
        assert_eq!(never.survival(1e9), 0.5);
        let tail = Tail::Exponential { mean: 100.0 };
        let table = Table::new(points, tail).unwrap();
        assert_eq!(table.mean(), 0.5 * 7.5 + 0.5 * 110.0);
        assert!((table.survival(110.0) - 0.5 * libm::exp(-1.0)).abs() < 1e-15);
        assert!((table.quantile(0.75) - (10.0 + 100.0 * libm::log(2.0))).abs() < 1e-12);
        assert_eq!(table.quantile(0.0), 5.0);
        // A lone point makes a shifted exponential.
        let shifted = Table::new(vec![(0.0, 5.0)], tail).unwrap();
        assert_eq!((shifted.mean(), shifted.quantile(0.0)), (105.0, 5.0));
    }

    #[test]
    fn tables_that_do_not_ascend_are_refused() {
        let refused = |points: &[(f64, f64)]| Table::new(points.to_vec(), Tail::Never).is_err();
        assert!(refused(&[]));
        assert!(refused(&[(0.0, 1.0)]));
        assert!(refused(&[(0.1, 1.0), (1.0, 2.0)]));
        assert!(refused(&[(0.0, 1.0), (1.1, 2.0)]));
        assert!(refused(&[(0.0, 1.0), (0.6, 2.0), (0.5, 3.0)]));
        assert!(refused(&[(0.0, 1.0), (1.0, 0.5)]));
        assert!(refused(&[(0.0, -1.0), (1.0, 0.5)]));
        assert!(refused(&[(0.0, f64::NAN), (1.0, 0.5)]));
        assert!(Table::new(vec![(0.0, 1.0)], Tail::Exponential { mean: 0.0 }).is_err());
    }
}
