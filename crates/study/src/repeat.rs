//! Where a packet shows an item again: far from the first time.

use crate::order::Draw;
use std::collections::BTreeSet;

/// How often a set of places is drawn before an orderly one is taken.
const DRAWS: usize = 1_000;

/// What stands at a place of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// An item, by its index, for the first or only time.
    First(usize),
    /// The item again.
    Again(usize),
}

/// An order of all items in which each of the `repeated` comes a second time, at least a third of
/// the packet after the first. Without repeats it is the shuffled order of `items`.
pub(crate) fn far_apart(mut items: Vec<usize>, repeated: &[bool], draw: &mut Draw) -> Vec<Shown> {
    draw.shuffle(&mut items);
    let twice: Vec<usize> = items.iter().filter(|item| repeated[**item]).copied().collect();
    let length = items.len() + twice.len();
    let mut places: Vec<Option<Shown>> = vec![None; length];
    for (item, (first, again)) in twice.iter().zip(places_of(twice.len(), length, draw)) {
        places[first] = Some(Shown::First(*item));
        places[again] = Some(Shown::Again(*item));
    }
    let mut once = items.into_iter().filter(|item| !repeated[*item]).map(Shown::First);
    places.into_iter().filter_map(|place| place.or_else(|| once.next())).collect()
}

/// For each of `count` items two places of `length`, at least a third of it apart.
fn places_of(count: usize, length: usize, draw: &mut Draw) -> Vec<(usize, usize)> {
    if count == 0 {
        return Vec::new();
    }
    let apart = length.div_ceil(3);
    let draws = (0..DRAWS).find_map(|_| {
        let first = some_of((0..length - apart).collect(), count, draw);
        let taken: BTreeSet<usize> = first.iter().copied().collect();
        let rest = (apart..length).filter(|place| !taken.contains(place)).collect();
        let again = some_of(rest, count, draw);
        let far = |(first, again): (&usize, &usize)| *again >= first + apart;
        (again.len() == count && first.iter().zip(&again).all(far)).then_some((first, again))
    });
    // All first times before all second times: at least half the packet apart.
    let (first, mut again) =
        draws.unwrap_or_else(|| ((0..count).collect(), (length - count..length).collect()));
    // The second times need not come in the order of the first.
    for one in 0..count {
        let other = draw.below(count);
        if again[one] >= first[other] + apart && again[other] >= first[one] + apart {
            again.swap(one, other);
        }
    }
    first.into_iter().zip(again).collect()
}

/// Some of `places`, ascending.
fn some_of(mut places: Vec<usize>, count: usize, draw: &mut Draw) -> Vec<usize> {
    draw.shuffle(&mut places);
    places.truncate(count);
    places.sort_unstable();
    places
}
