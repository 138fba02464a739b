//! A shift-design problem: a requirement per interval, the shifts allowed, and what things cost.

/// One shift-design problem, in whole intervals.
#[derive(Clone, Debug, PartialEq)]
pub struct Instance {
    /// Length of one interval in minutes.
    pub interval_min: u32,
    /// Intervals per day; 1,440 minutes are a whole number of intervals.
    pub per_day: usize,
    /// Days covered.
    pub days: usize,
    /// Whether the last day is followed by the first. If not, a shift past the last day is cut.
    pub cyclic: bool,
    /// Agents required in each interval, day after day; `days * per_day` numbers.
    pub required: Vec<u32>,
    /// What things cost.
    pub prices: Prices,
    /// The distinct shifts allowed, by start and length; no pair twice.
    pub shifts: Vec<Shift>,
}

/// Prices of a shift-design problem.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prices {
    /// Per agent-minute missing.
    pub understaffing: f64,
    /// Per agent-minute too many.
    pub overstaffing: f64,
    /// Per distinct shift (start and length) with staff on some day.
    pub distinct_shift: f64,
    /// Per scheduled agent-minute; unpaid breaks are not counted.
    pub paid_minute: f64,
}

/// A start and a length, with the ways to place the break.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// First interval of the day.
    pub start: usize,
    /// Length in intervals, breaks included.
    pub length: usize,
    /// The ways to work it, at least one.
    pub variants: Vec<Variant>,
}

/// One way to work a shift.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The break, if there is one.
    pub pause: Option<Pause>,
    /// On which days of the horizon the shift may start; one entry per day.
    pub days: Vec<bool>,
}

/// A break at a fixed place in its shift. An agent on a break covers nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pause {
    /// Intervals after the start of the shift.
    pub offset: usize,
    /// Intervals.
    pub length: usize,
    /// Whether its minutes are paid.
    pub paid: bool,
}

/// One decision: so many agents on this shift, this way, from this day.
#[derive(Clone, Debug, PartialEq)]
pub struct Duty {
    /// Index into [`Instance::shifts`].
    pub shift: usize,
    /// Index into [`Shift::variants`].
    pub variant: usize,
    /// Day on which it starts.
    pub day: usize,
    /// Intervals from the start to the end of the shift, breaks included.
    pub span: (usize, usize),
    /// The break, if any.
    pub pause: Option<(usize, usize)>,
    /// Intervals covered, as half-open ranges counted from the first day; in a cyclic problem an
    /// end may lie past the horizon and wraps.
    pub pieces: Vec<(usize, usize)>,
    /// Paid intervals of one agent.
    pub paid_intervals: usize,
}

/// An instance with its duties spelled out: what every step of the search works on.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The problem as stated.
    pub instance: Instance,
    /// Every duty that may be staffed, ordered by shift, day and variant.
    pub duties: Vec<Duty>,
}

impl Problem {
    /// Spells out the duties of an instance.
    #[must_use]
    pub fn new(instance: Instance) -> Self {
        let duties = instance.duties();
        Self { instance, duties }
    }

    /// Agents required in a stretch of intervals, which may lie past a cyclic horizon's end.
    pub fn required_under(&self, span: (usize, usize)) -> impl Iterator<Item = u32> + '_ {
        let intervals = self.instance.intervals();
        (span.0..span.1).map(move |position| self.instance.required[position % intervals])
    }
}

impl Instance {
    /// Number of intervals in the horizon.
    #[must_use]
    pub fn intervals(&self) -> usize {
        self.days * self.per_day
    }

    /// Every duty that may be staffed, ordered by shift, day and variant.
    #[must_use]
    pub fn duties(&self) -> Vec<Duty> {
        let mut duties = Vec::new();
        for (index, shift) in self.shifts.iter().enumerate() {
            for day in 0..self.days {
                for (variant, way) in shift.variants.iter().enumerate() {
                    if way.days[day] {
                        duties.push(self.duty(index, variant, day));
                    }
                }
            }
        }
        duties
    }

    fn duty(&self, index: usize, variant: usize, day: usize) -> Duty {
        let shift = &self.shifts[index];
        let start = day * self.per_day + shift.start;
        let horizon = if self.cyclic {
            usize::MAX
        } else {
            self.intervals()
        };
        let cut = |from: usize, to: usize| (from.min(horizon), to.min(horizon));
        let whole = cut(start, start + shift.length);
        let mut pieces = vec![whole];
        let mut gap = None;
        let mut paid_intervals = whole.1 - whole.0;
        if let Some(pause) = shift.variants[variant].pause {
            let (from, to) = cut(start + pause.offset, start + pause.offset + pause.length);
            pieces = vec![(whole.0, from), (to, whole.1)];
            if !pause.paid {
                paid_intervals -= to - from;
            }
            gap = Some((from, to));
        }
        pieces.retain(|(from, to)| from < to);
        Duty {
            shift: index,
            variant,
            day,
            span: whole,
            pause: gap,
            pieces,
            paid_intervals,
        }
    }

    /// Adds `staff` agents of a duty to a coverage curve of [`intervals`](Self::intervals) numbers.
    pub fn cover(&self, duty: &Duty, staff: i64, coverage: &mut [i64]) {
        for &(from, to) in &duty.pieces {
            for position in from..to {
                coverage[position % self.intervals()] += staff;
            }
        }
    }

    /// Price of one agent on a duty.
    #[must_use]
    pub fn duty_price(&self, duty: &Duty) -> f64 {
        self.presence_price(duty.paid_intervals)
    }

    /// Price of so many paid intervals of one agent.
    #[must_use]
    pub fn presence_price(&self, paid_intervals: usize) -> f64 {
        self.prices.paid_minute * self.minutes(paid_intervals)
    }

    /// The time of day at which an interval of the day starts, as HH:MM.
    #[must_use]
    pub fn clock(&self, slot: usize) -> String {
        let minutes = slot * self.interval_min as usize;
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    }

    /// Price of one agent missing for one interval.
    #[must_use]
    pub fn under_price(&self) -> f64 {
        self.prices.understaffing * self.minutes(1)
    }

    /// Price of one agent too many for one interval.
    #[must_use]
    pub fn over_price(&self) -> f64 {
        self.prices.overstaffing * self.minutes(1)
    }

    #[allow(clippy::cast_precision_loss)] // intervals in a horizon are far below 2^52
    fn minutes(&self, intervals: usize) -> f64 {
        intervals as f64 * f64::from(self.interval_min)
    }

    /// Whether duties of one day never touch another day's intervals.
    #[must_use]
    pub fn splits_by_day(&self) -> bool {
        self.shifts.iter().all(|shift| {
            let fits = shift.start + shift.length <= self.per_day;
            let last_only = |variant: &Variant| !variant.days[..self.days - 1].contains(&true);
            fits || (!self.cyclic && shift.variants.iter().all(last_only))
        })
    }

    /// The problem of a single day, with the same list of shifts.
    #[must_use]
    pub fn day(&self, day: usize) -> Self {
        let mut shifts = self.shifts.clone();
        for variant in shifts.iter_mut().flat_map(|shift| &mut shift.variants) {
            variant.days = vec![variant.days[day]];
        }
        Self {
            days: 1,
            cyclic: false,
            required: self.required[day * self.per_day..(day + 1) * self.per_day].to_vec(),
            shifts,
            ..*self
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Two days of four intervals, shifts of two or three intervals at any start, no breaks.
    pub fn small(cyclic: bool) -> Instance {
        let shifts = (0..4)
            .flat_map(|start| [2, 3].map(|length| (start, length)))
            .map(|(start, length)| Shift {
                start,
                length,
                variants: vec![Variant {
                    pause: None,
                    days: vec![true; 2],
                }],
            })
            .collect();
        Instance {
            interval_min: 360,
            per_day: 4,
            days: 2,
            cyclic,
            required: vec![1, 2, 2, 0, 1, 3, 2, 1],
            prices: Prices {
                understaffing: 1.0,
                overstaffing: 1.0,
                distinct_shift: 400.0,
                paid_minute: 0.0,
            },
            shifts,
        }
    }

    #[test]
    fn a_shift_past_the_last_day_wraps_or_is_cut() {
        let late = |instance: &Instance| {
            let duties = instance.duties();
            duties
                .into_iter()
                .find(|duty| duty.day == 1 && duty.shift == 7)
        };
        let (wrapped, cut) = (small(true), small(false));
        let mut coverage = vec![0; 8];
        let duty = late(&wrapped).map(|duty| wrapped.cover(&duty, 2, &mut coverage));
        assert!(duty.is_some());
        assert_eq!(coverage, [2, 2, 0, 0, 0, 0, 0, 2]);
        let mut coverage = vec![0; 8];
        let paid = late(&cut).map(|duty| {
            cut.cover(&duty, 2, &mut coverage);
            duty.paid_intervals
        });
        assert_eq!((paid, coverage[7], coverage[0]), (Some(1), 2, 0));
    }

    #[test]
    fn a_break_covers_nothing_and_is_paid_if_so_said() {
        let mut instance = small(false);
        let pause = Pause {
            offset: 1,
            length: 1,
            paid: false,
        };
        instance.shifts[1].variants = vec![
            Variant {
                pause: Some(pause),
                days: vec![true, false],
            },
            Variant {
                pause: Some(Pause {
                    paid: true,
                    ..pause
                }),
                days: vec![true, false],
            },
        ];
        let duties: Vec<Duty> = instance
            .duties()
            .into_iter()
            .filter(|duty| duty.shift == 1)
            .collect();
        assert_eq!(duties.len(), 2, "only on the first day");
        assert_eq!(duties[0].pieces, [(0, 1), (2, 3)]);
        assert_eq!((duties[0].paid_intervals, duties[1].paid_intervals), (2, 3));
    }

    #[test]
    fn days_split_only_without_night_shifts() {
        let mut instance = small(false);
        assert!(!instance.splits_by_day());
        instance
            .shifts
            .retain(|shift| shift.start + shift.length <= 4);
        assert!(instance.splits_by_day());
        let second = instance.day(1);
        assert_eq!(second.required, [1, 3, 2, 1]);
        assert_eq!(second.duties().len(), second.shifts.len());
    }
}
