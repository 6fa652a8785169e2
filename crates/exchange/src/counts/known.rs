//! Lines that were read before: what a row of each adds, and how often it came.
//!
//! Counts have many rows and few different lines, so nearly all time goes into knowing a line again. A
//! line such as `0,3,1` fits into one word: its end is found and it is compared without a loop, in a
//! third of the time that `memchr`, a hash of bytes and `memcmp` take.

use super::tally::{Row, Tally};
use memchr::memchr;
use rustc_hash::FxHashMap;

/// The most lines that are kept, short and long each.
const LINES: usize = 1 << 14;

/// A power of two, so large that at least half of the slots stay empty.
const SLOTS: usize = 2 * LINES;

/// How many slots are looked at for a short line before it is kept among the long ones.
const PROBES: usize = 8;

pub(super) struct Known {
    /// The place of a line in `short`, and 1, in the first free slot from its hash on; else 0.
    slots: Vec<u16>,
    short: Vec<Short>,
    long: FxHashMap<Box<[u8]>, (Row, u64)>,
}

/// A line that fits into a word.
struct Short {
    word: u64,
    row: Row,
    times: u64,
}

impl Known {
    pub(super) fn new() -> Self {
        Self { slots: vec![0; SLOTS], short: Vec::new(), long: FxHashMap::default() }
    }

    /// Counts the line at the beginning of `text`; its length, line feed included. `None` if it is not
    /// known.
    #[inline]
    pub(super) fn count(&mut self, text: &[u8]) -> Option<usize> {
        if let Some((word, length)) = short(text)
            && let Some(line) = self.short(word)
        {
            line.times += 1;
            return Some(length);
        }
        let length = memchr(b'\n', text).map_or(text.len(), |at| at + 1);
        let (_, times) = self.long.get_mut(&text[..length])?;
        *times += 1;
        Some(length)
    }

    #[inline]
    fn short(&mut self, word: u64) -> Option<&mut Short> {
        for slot in slots(word) {
            let place = usize::from(self.slots[slot].checked_sub(1)?);
            if self.short[place].word == word {
                return Some(&mut self.short[place]);
            }
        }
        None
    }

    /// From now on all rows are of one cluster.
    pub(super) fn pool(&mut self) {
        self.short.iter_mut().for_each(|line| line.row.cluster = 0);
        self.long.values_mut().for_each(|(row, _)| row.cluster = 0);
    }

    /// Keeps a line that is not known yet and counts it once; what does not fit any more goes into the
    /// tally at once.
    pub(super) fn keep(&mut self, line: &[u8], row: Row, tally: &mut Tally) {
        if let Some((word, _)) = short(line)
            && self.short.len() < LINES
            && let Some(slot) = slots(word).find(|slot| self.slots[*slot] == 0)
        {
            self.short.push(Short { word, row, times: 1 });
            self.slots[slot] = self.short.len() as u16;
        } else if self.long.len() < LINES {
            self.long.insert(line.into(), (row, 1));
        } else {
            tally.add(row, 1);
        }
    }

    pub(super) fn tally(&self, tally: &mut Tally) {
        self.short.iter().for_each(|line| tally.add(line.row, line.times));
        self.long.values().for_each(|(row, times)| tally.add(*row, *times));
    }
}

/// Where a short line may stand, by multiplicative hashing (Knuth, The Art of Computer Programming 3,
/// section 6.4).
#[inline]
fn slots(word: u64) -> impl Iterator<Item = usize> {
    let hash = word.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let first = (hash >> (u64::BITS - SLOTS.ilog2())) as usize;
    (first..first + PROBES).map(|slot| slot % SLOTS)
}

/// The line at the beginning of `text` with its line feed, and zeros behind it, as a word; and its length.
/// No two lines have the same word.
#[inline]
fn short(text: &[u8]) -> Option<(u64, usize)> {
    let word = match text {
        [a, b, c, d, e, f, g, h, ..] => u64::from_le_bytes([*a, *b, *c, *d, *e, *f, *g, *h]),
        few => few.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    // One subtracted from each byte borrows where a byte was zero (Warren, Hacker's Delight, 6-1).
    const ONES: u64 = u64::MAX / 255;
    let zero_for_feed = word ^ (ONES * b'\n' as u64);
    let feeds = zero_for_feed.wrapping_sub(ONES) & !zero_for_feed & (ONES << 7);
    let last = (feeds != 0).then(|| feeds.trailing_zeros() / 8)?;
    Some((word & (u64::MAX >> (56 - 8 * last)), last as usize + 1))
}
