//! Three sites, three skill profiles, a cyclic week of quarter-hours: the generator of the problem.
//! It is fixed; results are only comparable while it stays as it is.

/// Quarter-hours of the week.
pub const INTERVALS: usize = 672;
const PER_DAY: usize = 96;

/// Agents a "both" agent counts for, freely split between the two types in every interval.
pub const BOTH: f64 = 0.95;

/// Price factor and largest number on duty of each site.
pub const SITES: [(f64, f64); 3] = [(1.0, 45.0), (0.93, 30.0), (1.05, 35.0)];

/// Price factor of the profiles A, B and both.
pub const PROFILES: [f64; 3] = [1.0, 1.1, 1.2];

/// A shift: stretches of quarter-hours worked, past the end of the week where it wraps, and its
/// price at the first site for profile A.
pub struct Shift {
    pub pieces: [(usize, usize); 2],
    pub price: f64,
}

/// Agents required in every quarter-hour for types A and B.
pub fn demand() -> [Vec<f64>; 2] {
    [demand_of(5.0, 60.0, 0.0), demand_of(5.0, 40.0, 2.0)]
}

fn demand_of(base: f64, peak: f64, shift: f64) -> Vec<f64> {
    (0..INTERVALS)
        .map(|t| {
            let day = t / PER_DAY;
            let hour = (t % PER_DAY) as f64 / 4.0;
            let week = if day >= 5 {
                0.55
            } else {
                1.0 - 0.04 * day as f64
            };
            let hump = |centre: f64| libm::exp(-((hour - centre - shift) / 3.0).powi(2));
            let level = hump(10.5) + 0.75 * hump(15.5);
            let noise = 0.03 * (((2_654_435_761_u64 * t as u64) >> 7) % 100) as f64;
            let agents = base + (peak - base) * week * level.min(1.2) / 1.2 + noise;
            agents.round().clamp(base, peak)
        })
        .collect()
}

/// All 2,016 shifts of the week.
pub fn shifts() -> Vec<Shift> {
    let mut shifts = Vec::new();
    for start in (0..INTERVALS).step_by(2) {
        for (length, pause) in [(24, 1), (34, 3)] {
            for place in 0..3 {
                let rest = start + length / 2 - 2 + 2 * place;
                let pieces = [(start, rest), (rest + pause, start + length)];
                shifts.push(Shift {
                    pieces,
                    price: price(length, &pieces),
                });
            }
        }
    }
    shifts
}

/// 0.25 per quarter-hour of length and 0.1 per worked quarter-hour before 06:00 or from 22:00.
fn price(length: usize, pieces: &[(usize, usize)]) -> f64 {
    let night = |t: &usize| !(24..88).contains(&(t % PER_DAY));
    let nights = pieces
        .iter()
        .flat_map(|&(from, to)| from..to)
        .filter(night)
        .count();
    0.25 * length as f64 + 0.1 * nights as f64
}
