//! Scores by item and axis. A column of codes holds an axis, and items are numbers that several raters can
//! share, so that millions take little memory and two raters are joined by number.

use crate::{Codes, Exclusion, Names, Score};
use std::cmp::Ordering;
use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;

/// Scores of items on axes, each in the order of its name. An item can be there without a score.
#[derive(Clone, Default)]
pub struct ScoredItems {
    names: Arc<Names>,
    /// Of each name, whether it is an item's.
    held: Vec<bool>,
    count: usize,
    /// In the order of their names; on each some item has a score.
    axes: Vec<Axis>,
}

#[derive(Clone)]
struct Axis {
    name: Arc<str>,
    /// By the items' numbers the place of the score among `scores`, and 1.
    codes: Codes,
    scores: Vec<Score>,
}

/// The scores of one item.
#[derive(Clone, Copy)]
pub struct OnAxes<'a> {
    axes: &'a [Axis],
    item: u32,
}

/// What walking through two lists comes upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined<A, B> {
    /// In the first list only.
    First(A),
    /// In the second list only.
    Second(B),
    /// In both.
    Both(A, B),
}

/// The scores on one axis, by the numbers of items.
#[derive(Clone, Copy)]
pub struct OnAxis<'a> {
    held: &'a [bool],
    axis: Option<&'a Axis>,
}

impl ScoredItems {
    /// None so far, of items whose numbers `names` has.
    pub fn of(names: Arc<Names>) -> Self {
        let held = vec![false; names.len() as usize];
        Self { names, held, count: 0, axes: Vec::new() }
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The items' names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.in_order().into_iter().map(|item| self.names.name(item))
    }

    /// The axes on which some item has a score.
    pub fn axes(&self) -> impl Iterator<Item = &str> {
        self.axes.iter().map(|axis| &*axis.name)
    }

    /// Whether `item` is there, with or without scores.
    pub fn contains(&self, item: &str) -> bool {
        self.number(item).is_some()
    }

    /// The scores of `item`.
    pub fn get(&self, item: &str) -> Option<OnAxes<'_>> {
        self.number(item).map(|item| self.on_axes(item))
    }

    /// Every item with its scores.
    pub fn iter(&self) -> impl Iterator<Item = (&str, OnAxes<'_>)> {
        let item = |item| (self.names.name(item), self.on_axes(item));
        self.in_order().into_iter().map(item)
    }

    /// Every item with its score on `axis`.
    pub fn on(&self, axis: &str) -> impl Iterator<Item = (&str, Score)> {
        let on_axis = self.on_axis(axis);
        let scored = move |item| Some((self.names.name(item), on_axis.score(item)?));
        self.in_order().into_iter().filter_map(scored)
    }

    /// Their scores on `axis`, by number.
    pub fn on_axis(&self, axis: &str) -> OnAxis<'_> {
        OnAxis { held: &self.held, axis: axis_called(&self.axes, axis) }
    }

    /// How many numbers there are for the items of all; none where one item may have several numbers.
    pub fn numbers<'a>(all: impl IntoIterator<Item = &'a Self>) -> Option<u32> {
        let mut all = all.into_iter();
        let first = all.next()?;
        let mut most = &first.names;
        for other in all {
            if !most.number_alike(&other.names) {
                return None;
            }
            if other.names.len() > most.len() {
                most = &other.names;
            }
        }
        Some(most.len())
    }

    /// Walks through the items of both: by name, or quicker by number where these are the same for both.
    pub fn beside<'a>(
        &'a self,
        other: &'a Self,
    ) -> Box<dyn Iterator<Item = (&'a str, Joined<OnAxes<'a>, OnAxes<'a>>)> + 'a> {
        let Some(numbers) = Self::numbers([self, other]) else {
            return Box::new(joined(self.iter(), other.iter()));
        };
        let found = move |item: u32| {
            let (one, two) = (self.on_axes(item), other.on_axes(item));
            Some(match (self.has(item), other.has(item)) {
                (true, true) => (self.names.name(item), Joined::Both(one, two)),
                (true, false) => (self.names.name(item), Joined::First(one)),
                (false, true) => (other.names.name(item), Joined::Second(two)),
                (false, false) => return None,
            })
        };
        Box::new((0..numbers).filter_map(found))
    }

    /// Adds the item of this number, without a score.
    pub fn hold(&mut self, item: u32) {
        let held = &mut self.held[item as usize];
        self.count += usize::from(!*held);
        *held = true;
    }

    /// Adds the scores on some axes, of each its name and by the items' numbers the places among its scores,
    /// from 1; 0 for none.
    pub fn add_axes<'a>(&mut self, axes: impl IntoIterator<Item = (&'a str, Codes, Vec<Score>)>) {
        for (name, codes, scores) in axes {
            (0..codes.len() as u32)
                .filter(|item| codes.get(*item as usize) > 0)
                .for_each(|item| self.hold(item));
            self.axes.push(Axis { name: name.into(), codes, scores });
        }
        self.axes.sort_by(|a, b| a.name.cmp(&b.name));
    }

    fn number(&self, item: &str) -> Option<u32> {
        self.names.find(item).filter(|number| self.has(*number))
    }

    fn has(&self, item: u32) -> bool {
        self.held.get(item as usize).is_some_and(|held| *held)
    }

    /// The items' numbers in the order of their names.
    fn in_order(&self) -> Vec<u32> {
        let mut items: Vec<u32> = (0..self.names.len()).filter(|item| self.has(*item)).collect();
        items.sort_by(|a, b| self.names.name(*a).cmp(self.names.name(*b)));
        items
    }

    fn on_axes(&self, item: u32) -> OnAxes<'_> {
        OnAxes { axes: &self.axes, item }
    }
}

/// The axis of this name among `axes`, which are in the order of their names.
fn axis_called<'a>(axes: &'a [Axis], name: &str) -> Option<&'a Axis> {
    let place = axes.binary_search_by(|known| (*known.name).cmp(name));
    place.ok().map(|place| &axes[place])
}

impl Axis {
    fn of(name: &str) -> Self {
        Self { name: name.into(), codes: Codes::default(), scores: Vec::new() }
    }

    fn score(&self, item: u32) -> Option<Score> {
        let code = self.codes.get(item as usize).checked_sub(1)?;
        self.scores.get(code as usize).copied()
    }

    fn set(&mut self, item: u32, score: Score) {
        let known = self.scores.iter().position(|known| *known == score);
        let code = known.unwrap_or_else(|| {
            self.scores.push(score);
            self.scores.len() - 1
        });
        self.codes.set(item as usize, code as u32 + 1);
    }
}

impl OnAxis<'_> {
    /// The score of the item of this number; that it was not rated where nothing is said of it. None where the
    /// item is not there.
    pub fn score(self, item: u32) -> Option<Score> {
        let held = self.held.get(item as usize).is_some_and(|held| *held);
        let score = || self.axis.and_then(|axis| axis.score(item));
        held.then(|| score().unwrap_or(Score::Excluded(Exclusion::NotRated)))
    }
}

impl<'a> OnAxes<'a> {
    /// The score on `axis`; none where nothing is said of it.
    pub fn get(self, axis: &str) -> Option<Score> {
        axis_called(self.axes, axis)?.score(self.item)
    }

    /// The axes with their scores.
    pub fn iter(self) -> impl Iterator<Item = (&'a str, Score)> {
        self.axes.iter().filter_map(move |axis| Some((&*axis.name, axis.score(self.item)?)))
    }
}

impl<N, A, S> FromIterator<(N, S)> for ScoredItems
where
    N: AsRef<str>,
    A: AsRef<str>,
    S: IntoIterator<Item = (A, Score)>,
{
    /// The scores of an item that comes again are added to it; on one axis the last one counts.
    fn from_iter<I: IntoIterator<Item = (N, S)>>(items: I) -> Self {
        let (mut names, mut scored) = (Names::default(), Self::default());
        let mut axes = Names::default();
        for (name, on_axes) in items {
            let item = names.number(name.as_ref());
            if item as usize >= scored.held.len() {
                scored.held.resize(item as usize + 1, false);
            }
            scored.hold(item);
            for (axis, score) in on_axes {
                let at = axes.number(axis.as_ref()) as usize;
                if at == scored.axes.len() {
                    scored.axes.push(Axis::of(axis.as_ref()));
                }
                scored.axes[at].set(item, score);
            }
        }
        scored.axes.sort_by(|a, b| a.name.cmp(&b.name));
        Self { names: Arc::new(names), ..scored }
    }
}

impl PartialEq for ScoredItems {
    fn eq(&self, other: &Self) -> bool {
        self.count == other.count && self.iter().eq(other.iter())
    }
}

impl PartialEq for OnAxes<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
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
