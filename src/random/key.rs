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

/// A draw from the exponential distribution with mean 1.
#[inline]
pub fn exponential(rng: &mut impl Rng) -> f64 {
    -libm::log(uniform(rng))
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
