//! Bytes changed without regard for what they say.

use super::HOSTILE;
use crate::dice::Dice;

/// What is no UTF-8.
const NO_TEXT: [&[u8]; 4] = [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80"];

pub(super) fn mutated(good: &[u8], dice: &mut Dice) -> (String, Vec<u8>) {
    let mut bytes = good.to_vec();
    let at = dice.below(bytes.len());
    let what = match dice.below(7) {
        0 => {
            let bit = dice.below(8);
            bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << bit);
            format!("bit {bit} of byte {at} flipped")
        }
        1 => {
            bytes.truncate(at);
            format!("cut after {at} bytes")
        }
        2 => {
            bytes.extend_from_slice(good);
            "twice".into()
        }
        3 => {
            let end = (at + 1 + dice.below(300)).min(bytes.len());
            bytes.drain(at..end);
            format!("without bytes {at} to {end}")
        }
        4 => {
            let end = (at + 1 + dice.below(4096)).min(bytes.len());
            bytes[at..end].fill(0);
            format!("bytes {at} to {end} set to 0")
        }
        5 => {
            let added = dice.pick(&NO_TEXT).copied().unwrap_or_default();
            bytes.splice(at..at, added.iter().copied());
            format!("{added:02x?} put in at byte {at}")
        }
        _ => {
            let added = dice.pick(&HOSTILE).copied().unwrap_or_default();
            bytes.splice(at..at, added.bytes());
            format!("{added:?} put in at byte {at}")
        }
    };
    (what, bytes)
}
