//! Grades in the order of the file, in a byte or two each where a file is in order: what rows have in common
//! is kept once, and of the others how they differ from the row before.

use rustc_hash::FxHashMap;
use study::Codes;

/// A grade.
#[derive(Clone, Copy)]
pub(super) struct GradeRow {
    /// The line, task or sample.
    pub(super) at: u32,
    /// The number of the item's name.
    pub(super) item: u32,
    pub(super) kind: Kind,
    /// The kind's number, from 0.
    pub(super) number: u32,
}

/// What many rows share, by the numbers of the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Kind {
    pub(super) rater: u32,
    pub(super) axis: u32,
    pub(super) value: u32,
}

/// Rows in the order in which they were added.
#[derive(Debug, Default)]
pub(super) struct Rows {
    kinds: Vec<Kind>,
    /// How many rows there are of each kind.
    counts: Vec<usize>,
    numbers: FxHashMap<Kind, u32>,
    /// Of each axis the numbers of its kinds.
    on_axes: Vec<Vec<u32>>,
    /// Of each row its kind.
    of: Codes,
    /// Of each row how far its item and its line are from those of the row before.
    steps: Vec<u8>,
    /// The items and the lines that are further.
    far: Vec<u32>,
    last: (u32, u32),
}

/// The step to a number that is among those that are far.
const FAR: u8 = 2;

impl Rows {
    pub(super) fn push(&mut self, at: u32, item: u32, kind: Kind) {
        let next = self.kinds.len() as u32;
        let number = *self.numbers.entry(kind).or_insert(next);
        if number == next {
            self.add_kind(kind, number);
        }
        self.counts[number as usize] += 1;
        self.of.push(number);
        let step = self.step(self.last.0, item) + 3 * self.step(self.last.1, at);
        self.steps.push(step);
        self.last = (item, at);
    }

    fn add_kind(&mut self, kind: Kind, number: u32) {
        self.kinds.push(kind);
        self.counts.push(0);
        let axis = kind.axis as usize;
        if axis >= self.on_axes.len() {
            self.on_axes.resize_with(axis + 1, Vec::new);
        }
        self.on_axes[axis].push(number);
    }

    fn step(&mut self, before: u32, number: u32) -> u8 {
        match number.wrapping_sub(before) {
            0 => 0,
            1 => 1,
            _ => {
                self.far.push(number);
                FAR
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.steps.len()
    }

    /// How many kinds there are.
    pub(super) fn kinds(&self) -> usize {
        self.kinds.len()
    }

    /// The kinds on an axis with how many rows are of each.
    pub(super) fn kinds_on(&self, axis: u32) -> impl Iterator<Item = (&Kind, usize)> {
        let numbers = self.on_axes.get(axis as usize).into_iter().flatten();
        numbers.map(|number| (&self.kinds[*number as usize], self.counts[*number as usize]))
    }

    /// Every row.
    pub(super) fn iter(&self) -> impl Iterator<Item = GradeRow> {
        let (mut far, mut item, mut at) = (self.far.iter(), 0, 0);
        self.steps.iter().enumerate().map(move |(place, step)| {
            let mut next = |before: u32, step: u8| match step {
                FAR => far.next().copied().unwrap_or_default(),
                step => before + u32::from(step),
            };
            item = next(item, step % 3);
            at = next(at, step / 3);
            let number = self.of.get(place);
            GradeRow { at, item, kind: self.kinds[number as usize], number }
        })
    }

    /// The last row.
    pub(super) fn last(&self) -> Option<GradeRow> {
        let ((item, at), number) = (self.last, self.of.get(self.len().checked_sub(1)?));
        Some(GradeRow { at, item, kind: self.kinds[number as usize], number })
    }
}
