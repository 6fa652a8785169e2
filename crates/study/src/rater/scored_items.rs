//! Scores by item and axis, held as one sorted list: a million items take little room, and two raters are
//! joined by walking through both lists once.

use crate::{Exclusion, Score};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::{self, Debug, Formatter};
use std::ops::Range;
use std::sync::Arc;

/// What one rater scored. Items, and axes within an item, are in the order of their names.
#[derive(Clone, Default, PartialEq)]
pub struct ScoredItems {
    axes: Vec<Arc<str>>,
    items: Vec<Item>,
    /// By item, then by axis, which is a place among `axes`.
    scores: Vec<(u32, Score)>,
}

#[derive(Clone, PartialEq)]
struct Item {
    name: Arc<str>,
    /// Where its scores end; they begin where those of the item before it end.
    end: u32,
}

/// The scores of one item.
#[derive(Clone, Copy, PartialEq)]
pub struct OnAxes<'a> {
    axes: &'a [Arc<str>],
    scores: &'a [(u32, Score)],
}

/// What walking through two ordered lists comes upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined<A, B> {
    /// In the first list only.
    First(A),
    /// In the second list only.
    Second(B),
    /// In both.
    Both(A, B),
}

impl ScoredItems {
    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The items' names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.items.iter().map(|item| &*item.name)
    }

    /// The axes on which some item has a score.
    pub fn axes(&self) -> impl Iterator<Item = &str> {
        self.axes.iter().map(AsRef::as_ref)
    }

    /// Whether `item` is there, with or without scores.
    pub fn contains(&self, item: &str) -> bool {
        self.place(item).is_ok()
    }

    /// The scores of `item`.
    pub fn get(&self, item: &str) -> Option<OnAxes<'_>> {
        self.place(item).ok().map(|place| self.on_axes(place))
    }

    /// Every item with its scores.
    pub fn iter(&self) -> impl Iterator<Item = (&str, OnAxes<'_>)> {
        self.names().enumerate().map(|(place, name)| (name, self.on_axes(place)))
    }

    /// Every item with its score on `axis`.
    pub fn on(&self, axis: &str) -> impl Iterator<Item = (&str, Score)> {
        let axis = self.axes.iter().position(|known| **known == *axis);
        self.iter().map(move |(name, scores)| {
            let given = scores.scores.iter().find(|(at, _)| Some(*at as usize) == axis);
            (name, given.map_or(Score::Excluded(Exclusion::NotRated), |(_, score)| *score))
        })
    }

    /// The `given` scores in the ranges of `named`, which is in order, put in order.
    fn sorted(
        axes: Vec<Arc<str>>,
        named: &[(Arc<str>, Range<usize>)],
        given: &[(u32, Score)],
    ) -> Self {
        let (mut items, mut scores) = (Vec::new(), Vec::with_capacity(given.len()));
        let mut own: Vec<(u32, Score)> = Vec::new();
        for alike in named.chunk_by(|(a, _), (b, _)| a == b) {
            own.clear();
            own.extend(alike.iter().flat_map(|(_, range)| &given[range.clone()]));
            own.sort_by_key(|(axis, _)| *axis);
            scores.extend(own.chunk_by(|(a, _), (b, _)| a == b).filter_map(|same| same.last()));
            items.push(Item { name: Arc::clone(&alike[0].0), end: scores.len() as u32 });
        }
        Self { axes, items, scores }
    }

    fn place(&self, item: &str) -> Result<usize, usize> {
        self.items.binary_search_by(|known| (*known.name).cmp(item))
    }

    fn on_axes(&self, place: usize) -> OnAxes<'_> {
        let start = place.checked_sub(1).map_or(0, |before| self.items[before].end);
        let scores = &self.scores[start as usize..self.items[place].end as usize];
        OnAxes { axes: &self.axes, scores }
    }
}

impl<'a> OnAxes<'a> {
    /// The score on `axis`; none where nothing is said of it.
    pub fn get(self, axis: &str) -> Option<Score> {
        self.iter().find(|(known, _)| *known == axis).map(|(_, score)| score)
    }

    /// The axes with their scores.
    pub fn iter(self) -> impl Iterator<Item = (&'a str, Score)> {
        self.scores.iter().map(move |(axis, score)| (&*self.axes[*axis as usize], *score))
    }
}

impl<N, A, S> FromIterator<(N, S)> for ScoredItems
where
    N: Into<Arc<str>>,
    A: AsRef<str>,
    S: IntoIterator<Item = (A, Score)>,
{
    /// The scores of an item that comes again are added to it; on one axis the last one counts.
    fn from_iter<I: IntoIterator<Item = (N, S)>>(items: I) -> Self {
        let mut met: BTreeMap<Arc<str>, u32> = BTreeMap::new();
        let mut named: Vec<(Arc<str>, Range<usize>)> = Vec::new();
        let mut scores: Vec<(u32, Score)> = Vec::new();
        for (name, on_axes) in items {
            let start = scores.len();
            scores.extend(on_axes.into_iter().map(|(axis, score)| {
                let (axis, next) = (axis.as_ref(), met.len() as u32);
                let number = met.get(axis).copied();
                (number.unwrap_or_else(|| *met.entry(axis.into()).or_insert(next)), score)
            }));
            named.push((name.into(), start..scores.len()));
        }
        named.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut places = vec![0; met.len()];
        met.values().zip(0..).for_each(|(met, place)| places[*met as usize] = place);
        scores.iter_mut().for_each(|(axis, _)| *axis = places[*axis as usize]);
        Self::sorted(met.into_keys().collect(), &named, &scores)
    }
}

/// Walks through two lists that are in the order of their names.
pub fn joined<'a, A, B>(
    first: impl Iterator<Item = (&'a str, A)>,
    second: impl Iterator<Item = (&'a str, B)>,
) -> impl Iterator<Item = (&'a str, Joined<A, B>)> {
    let (mut first, mut second) = (first.peekable(), second.peekable());
    std::iter::from_fn(move || {
        let order = match (first.peek(), second.peek()) {
            (Some((one, _)), Some((other, _))) => one.cmp(other),
            (Some(_), None) => Ordering::Less,
            (None, _) => Ordering::Greater,
        };
        match order {
            Ordering::Less => first.next().map(|(name, a)| (name, Joined::First(a))),
            Ordering::Greater => second.next().map(|(name, b)| (name, Joined::Second(b))),
            Ordering::Equal => {
                let ((name, a), (_, b)) = first.next().zip(second.next())?;
                Some((name, Joined::Both(a, b)))
            }
        }
    })
}

impl Debug for ScoredItems {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.debug_map().entries(self.iter()).finish()
    }
}

impl Debug for OnAxes<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.debug_map().entries(self.iter()).finish()
    }
}
