//! Names as numbers: a name that comes a million times is kept once.

use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Names, numbered in the order of their first appearance.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    names: Vec<Arc<str>>,
    numbers: FxHashMap<Arc<str>, u32>,
}

impl Names {
    /// The number of a name, which is added if it is new.
    pub(crate) fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.find(name) {
            return number;
        }
        let (name, number) = (Arc::<str>::from(name), self.names.len() as u32);
        self.names.push(Arc::clone(&name));
        self.numbers.insert(name, number);
        number
    }

    /// The number of a name that is known.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    /// The name that has this number.
    pub(crate) fn name(&self, number: u32) -> &str {
        &self.names[number as usize]
    }

    /// The same, to be kept.
    pub(crate) fn kept(&self, number: u32) -> Arc<str> {
        Arc::clone(&self.names[number as usize])
    }

    /// Takes out the name that came last, if this is its number.
    pub(crate) fn forget(&mut self, number: u32) {
        if self.names.len() == number as usize + 1
            && let Some(name) = self.names.pop()
        {
            self.numbers.remove(&name);
        }
    }

    /// All names, by number.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(AsRef::as_ref)
    }
}
