//! Names as numbers: a name that comes a million times is kept once, and a list by number is as long as
//! there are names.

mod codes;

pub use codes::Codes;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use std::fmt::{self, Debug, Formatter};
use std::hash::BuildHasher;
use std::sync::Arc;

/// Names, numbered from 0 in the order of their first appearance. Those of one file can go on from those of
/// another: then a name that is in both has the same number in both.
#[derive(Default)]
pub struct Names {
    before: Option<Arc<Self>>,
    /// How many there are before its own.
    first: u32,
    /// Its own, one behind the other.
    text: String,
    /// Where each of its own ends in the text.
    ends: Vec<u32>,
    numbers: HashTable<u32>,
}

impl Names {
    /// The number of a name, which is added if it is new. Names that are shared stay as they are for the
    /// others: a new name is in a list that goes on from theirs. It is quick where the name is that of the
    /// number `near` or of the next.
    pub fn number_near(this: &mut Arc<Self>, name: &str, near: u32) -> u32 {
        let likely = [near, near + 1].into_iter().filter(|number| *number < this.len());
        let known = likely.into_iter().find(|number| this.name(*number) == name);
        if let Some(number) = known.or_else(|| this.find(name)) {
            return number;
        }
        if let Some(own) = Arc::get_mut(this) {
            return own.add(name);
        }
        let mut next =
            Self { first: this.len(), before: Some(Arc::clone(this)), ..Self::default() };
        let number = next.add(name);
        *this = Arc::new(next);
        number
    }

    /// The number of a name, which is added if it is new.
    pub fn number(&mut self, name: &str) -> u32 {
        self.find(name).unwrap_or_else(|| self.add(name))
    }

    /// How many there are.
    pub fn len(&self) -> u32 {
        self.first + self.ends.len() as u32
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn add(&mut self, name: &str) -> u32 {
        let (number, first) = (self.len(), self.first);
        self.text.push_str(name);
        self.ends.push(self.text.len() as u32);
        let (text, ends) = (&self.text, &self.ends);
        let hash = |number: &u32| hash(own(text, ends, number - first));
        self.numbers.insert_unique(hash(&number), number, hash);
        number
    }

    /// The number of a name that is known.
    pub fn find(&self, name: &str) -> Option<u32> {
        let known = self.before.as_ref().and_then(|before| before.find(name));
        let is_name = |number: &u32| self.name(*number) == name;
        known.or_else(|| self.numbers.find(hash(name), is_name).copied())
    }

    /// The name that has this number.
    pub fn name(&self, number: u32) -> &str {
        match (number.checked_sub(self.first), &self.before) {
            (None, Some(before)) => before.name(number),
            (at, _) => own(&self.text, &self.ends, at.unwrap_or(number)),
        }
    }

    /// All names, by number.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|number| self.name(number))
    }

    /// Whether a name has the same number in both.
    pub fn number_alike(self: &Arc<Self>, other: &Arc<Self>) -> bool {
        self.go_on_from(other) || other.go_on_from(self)
    }

    fn go_on_from(self: &Arc<Self>, other: &Arc<Self>) -> bool {
        Arc::ptr_eq(self, other)
            || self.before.as_ref().is_some_and(|before| before.go_on_from(other))
    }
}

fn own<'a>(text: &'a str, ends: &[u32], at: u32) -> &'a str {
    let start = at.checked_sub(1).map_or(0, |before| ends[before as usize]);
    &text[start as usize..ends[at as usize] as usize]
}

fn hash(name: &str) -> u64 {
    FxBuildHasher.hash_one(name)
}

impl Debug for Names {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.iter()).finish()
    }
}
