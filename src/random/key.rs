//! Keys: where every draw comes from.

use rand::{Rng, SeedableRng, rngs::ChaCha8Rng};

/// Which experiment and which of its replications a draw belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed {
    /// The experiment's seed, as the user gives it.
    pub seed: u64,
    /// The replication's number, from 0.
    pub replication: u64,
}

/// The identity of an entity that draws: a stream, one of its customers, one of a customer's
/// contacts, an agent on a day.
///
/// ```
/// use staffwright::random::{Key, Seed, stream_key};
/// let seed = Seed { seed: 1, replication: 0 };
/// let phone = Key::stream(seed, stream_key("phone/de/billing"));
/// let third = phone.ordinal(2).contact(0);
/// assert_eq!(third.uniform(5), Key::customer(seed, stream_key("phone/de/billing"), 2).contact(0).uniform(5));
/// assert_ne!(third.uniform(5), third.uniform(6));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(u64);

// Odd constants from the binary expansions of the golden ratio, pi, e and the square roots of 2, 3
// and 5: nothing up the sleeve. Each kind of step walks along its own.
const ORDINAL: u64 = 0x9E37_79B9_7F4A_7C15;
const CONTACT: u64 = 0xB7E1_5162_8AED_2A6B;
const PURPOSE: u64 = 0x6A09_E667_F3BC_C909;
const STREAM: u64 = 0x243F_6A88_85A3_08D3;
const REPLICATION: u64 = 0xBB67_AE85_84CA_A73B;
const AGENT: u64 = 0x3C6E_F372_FE94_F82B;

impl Key {
    /// The key of a demand stream; `key` is its name's [`stream_key`]. Keep it where many customers
    /// of one stream are drawn.
    pub fn stream(seed: Seed, key: u64) -> Key {
        Key(entity(seed, key, STREAM))
    }

    /// The key of a customer of a stream: `Key::stream(seed, stream_key).ordinal(ordinal)`.
    #[inline]
    pub fn customer(seed: Seed, stream_key: u64, ordinal: u64) -> Key {
        Key::stream(seed, stream_key).ordinal(ordinal)
    }

    /// The key of agent `number` of a team on a day; apart from every customer's.
    pub fn agent(seed: Seed, team_key: u64, number: u64, day: u64) -> Key {
        Key(entity(seed, team_key, AGENT))
            .ordinal(number)
            .ordinal(day)
    }

    /// The key of the stream's customer with this ordinal, from 0.
    #[inline]
    pub fn ordinal(self, ordinal: u64) -> Key {
        self.step(ORDINAL, ordinal)
    }

    /// The key of the customer's contact with this number, from 0.
    #[inline]
    pub fn contact(self, number: u32) -> Key {
        self.step(CONTACT, u64::from(number))
    }

    /// 64 random bits for a purpose.
    #[inline]
    pub fn word(self, purpose: u32) -> u64 {
        self.step(PURPOSE, u64::from(purpose)).0
    }

    /// A uniform draw for a purpose, strictly between 0 and 1: an odd multiple of 2^-53, so that
    /// `1 - u` is exact too.
    #[inline]
    pub fn uniform(self, purpose: u32) -> f64 {
        unit(self.word(purpose))
    }

    /// Counter mode: element `n` of this key's own sequence along an odd constant.
    #[inline]
    fn step(self, along: u64, n: u64) -> Key {
        Key(mix(self
            .0
            .wrapping_add(along.wrapping_mul(n.wrapping_add(1)))))
    }
}

/// A stable 64-bit key of a full name: the first eight bytes of its BLAKE3 hash, little end first.
pub fn stream_key(name: &str) -> u64 {
    let hash = blake3::hash(name.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_bytes()[..8]);
    u64::from_le_bytes(first)
}

/// A generator for a long sequence (arrival times, absence) of the entity `key` for a purpose.
/// All four numbers are the ChaCha key, so different sequences are independent.
pub fn sequence(seed: Seed, key: u64, purpose: u64) -> ChaCha8Rng {
    let mut bytes = [0; 32];
    let words = [seed.seed, seed.replication, key, purpose];
    for (chunk, word) in bytes.chunks_exact_mut(8).zip(words) {
        chunk.copy_from_slice(&word.to_le_bytes());
    }
    ChaCha8Rng::from_seed(bytes)
}

/// A uniform draw from a sequence, strictly between 0 and 1.
#[inline]
pub(super) fn uniform(rng: &mut impl Rng) -> f64 {
    unit(rng.next_u64())
}

/// The upper 52 bits as the middle of one of 2^52 equal cells of (0, 1).
#[inline]
fn unit(word: u64) -> f64 {
    const CELL: f64 = 1.0 / (1u64 << 52) as f64;
    ((word >> 12) as f64 + 0.5) * CELL
}

fn entity(seed: Seed, key: u64, kind: u64) -> u64 {
    let seeded = mix(seed.seed.wrapping_add(kind));
    let replicated = mix(seeded ^ mix(seed.replication.wrapping_add(REPLICATION)));
    mix(replicated ^ mix(key.wrapping_add(kind)))
}

/// Stafford's thirteenth variant of the murmur3 finaliser, the output function of SplitMix64
/// (Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, 2014): a bijection.
#[inline]
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: Seed = Seed {
        seed: 42,
        replication: 0,
    };

    /// The word at step `n` along one direction.
    type Walk = Box<dyn Fn(u64) -> u64>;

    /// Neighbouring keys in every direction a draw can differ.
    fn directions() -> Vec<(&'static str, Walk)> {
        let stream = Key::stream(SEED, stream_key("phone/de"));
        let customer = stream.ordinal(1000);
        let of = |seed, replication| Key::customer(Seed { seed, replication }, 5, 77).contact(0);
        vec![
            (
                "ordinal",
                Box::new(move |n| stream.ordinal(n).contact(0).word(3)),
            ),
            (
                "contact",
                Box::new(move |n| customer.contact(n as u32).word(3)),
            ),
            (
                "purpose",
                Box::new(move |n| customer.contact(0).word(n as u32)),
            ),
            ("seed", Box::new(move |n| of(n, 0).word(3))),
            ("replication", Box::new(move |n| of(1, n).word(3))),
            (
                "stream",
                Box::new(|n| Key::customer(SEED, n, 0).contact(0).word(3)),
            ),
            ("agent", Box::new(|n| Key::agent(SEED, 9, n, 0).word(3))),
            ("day", Box::new(|n| Key::agent(SEED, 9, 0, n).word(3))),
        ]
    }

    /// Chi-squared of counts against an even split, as a normal score.
    fn evenness(counts: &[u32]) -> f64 {
        let expected = f64::from(counts.iter().sum::<u32>()) / counts.len() as f64;
        let chi2: f64 = counts
            .iter()
            .map(|&c| (f64::from(c) - expected).powi(2) / expected)
            .sum();
        let freedom = (counts.len() - 1) as f64;
        (chi2 - freedom) / (2.0 * freedom).sqrt()
    }

    #[test]
    fn every_byte_is_even_in_every_direction() {
        for (name, word) in directions() {
            for shift in [0, 8, 24, 40, 56] {
                let mut counts = vec![0; 256];
                (0..65_536).for_each(|n| counts[(word(n) >> shift & 255) as usize] += 1);
                assert!(
                    evenness(&counts).abs() < 4.5,
                    "{name} >> {shift}: {}",
                    evenness(&counts)
                );
            }
        }
    }

    #[test]
    fn neighbours_are_independent_pairs() {
        for (name, word) in directions() {
            let mut counts = vec![0; 1024];
            for n in 0..65_536 {
                counts[(word(n) >> 59 << 5 | word(n + 1) >> 59) as usize] += 1;
            }
            assert!(
                evenness(&counts).abs() < 4.5,
                "{name}: {}",
                evenness(&counts)
            );
        }
    }

    #[test]
    fn neighbours_do_not_correlate() {
        let n = 100_000;
        for (name, word) in directions() {
            for lag in [1, 2, 16] {
                let sum: f64 = (0..n)
                    .map(|i| (unit(word(i)) - 0.5) * (unit(word(i + lag)) - 0.5))
                    .sum();
                let correlation = 12.0 * sum / n as f64;
                assert!(
                    correlation.abs() < 4.5 / (n as f64).sqrt(),
                    "{name} {lag}: {correlation}"
                );
            }
        }
    }

    #[test]
    fn purposes_do_not_correlate_across_customers() {
        let stream = Key::stream(SEED, 1);
        let n = 40_000;
        for a in 0..8 {
            for b in 0..a {
                let sum: f64 = (0..n)
                    .map(|i| stream.ordinal(i).contact(0))
                    .map(|k| (k.uniform(a) - 0.5) * (k.uniform(b) - 0.5))
                    .sum();
                let correlation = 12.0 * sum / n as f64;
                assert!(
                    correlation.abs() < 4.5 / (n as f64).sqrt(),
                    "{a} {b}: {correlation}"
                );
            }
        }
    }

    #[test]
    fn one_bit_of_any_input_flips_half_the_bits_of_the_word() {
        type Draw = fn([u64; 5]) -> u64;
        let draw: Draw = |[seed, replication, stream, ordinal, contact]| {
            Key::customer(Seed { seed, replication }, stream, ordinal)
                .contact(contact as u32)
                .word(2)
        };
        for input in 0..5 {
            for bit in 0..if input == 4 { 32 } else { 64 } {
                let mut flips = [0u32; 64];
                for base in 0..400 {
                    let mut at = [base, base / 3, base * 7, base / 2, base % 4];
                    let before = draw(at);
                    at[input] ^= 1 << bit;
                    let changed = before ^ draw(at);
                    flips
                        .iter_mut()
                        .enumerate()
                        .for_each(|(i, f)| *f += (changed >> i & 1) as u32);
                }
                let total: u32 = flips.iter().sum();
                // 25 600 coin flips: mean 12 800, standard deviation 80.
                assert!(
                    total.abs_diff(12_800) < 480,
                    "input {input} bit {bit}: {total}"
                );
                // 400 flips each: mean 200, standard deviation 10; 64 x 288 of them are looked at.
                assert!(
                    flips.iter().all(|f| f.abs_diff(200) < 60),
                    "input {input} bit {bit}"
                );
            }
        }
    }

    #[test]
    fn customers_contacts_and_agents_do_not_collide() {
        let mut words = Vec::new();
        for stream in 0..4 {
            for i in 0..5_000 {
                let key = Key::customer(SEED, stream, i);
                words.extend((0..3).flat_map(|c| (0..8).map(move |p| key.contact(c).word(p))));
                words.push(Key::agent(SEED, stream, i, 0).word(0));
            }
        }
        let drawn = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), drawn);
    }

    #[test]
    fn uniforms_never_touch_the_ends() {
        assert_eq!(unit(0), 1.0 / (1u64 << 53) as f64);
        assert_eq!(1.0 - unit(u64::MAX), 1.0 / (1u64 << 53) as f64);
        assert_eq!(unit(1 << 63), 0.5 + 1.0 / (1u64 << 53) as f64);
    }

    #[test]
    fn draws_stay_the_same_for_ever() {
        // Recorded once: a change here changes every published result.
        let key = Key::customer(SEED, stream_key("phone"), 3).contact(1);
        let recorded = [
            stream_key("phone"),
            key.word(0),
            Key::agent(SEED, 1, 2, 3).word(4),
        ];
        assert_eq!(
            recorded,
            [
                8_973_050_791_620_814_004,
                10_104_663_162_670_656_881,
                2_881_771_844_363_268_519
            ]
        );
        assert_eq!(sequence(SEED, 1, 2).next_u64(), 15_652_122_016_565_480_439);
    }

    #[test]
    fn sequences_differ_in_each_part_of_their_key() {
        let first = |seed, replication, key, purpose| {
            sequence(Seed { seed, replication }, key, purpose).next_u64()
        };
        let all = [
            first(1, 2, 3, 4),
            first(2, 2, 3, 4),
            first(1, 3, 3, 4),
            first(1, 2, 4, 4),
            first(1, 2, 3, 5),
        ];
        for (i, a) in all.iter().enumerate() {
            assert!(all[..i].iter().all(|b| a != b));
        }
    }
}
