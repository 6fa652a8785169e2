//! Names as numbers, and counts by number.

use rustc_hash::FxHashMap;

/// Names numbered in the order of their first appearance.
#[derive(Default)]
pub(super) struct ByteNames {
    names: Vec<Box<[u8]>>,
    numbers: FxHashMap<Box<[u8]>, usize>,
}

impl ByteNames {
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.names.iter().map(AsRef::as_ref)
    }

    pub(super) fn find(&self, name: &[u8]) -> Option<usize> {
        self.numbers.get(name).copied()
    }

    pub(super) fn add(&mut self, name: &[u8]) -> usize {
        let number = self.names.len();
        self.names.push(name.into());
        *self.numbers.entry(name.into()).or_insert(number)
    }

    /// Takes `name` for another name of this number.
    pub(super) fn also(&mut self, name: &[u8], number: usize) -> usize {
        *self.numbers.entry(name.into()).or_insert(number)
    }

    /// The number of a name, which is added if it is new.
    pub(super) fn number(&mut self, name: &[u8]) -> usize {
        self.find(name).unwrap_or_else(|| self.add(name))
    }
}

/// What a row adds to the tally.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) cluster: usize,
    pub(super) first: usize,
    pub(super) second: usize,
    pub(super) count: u64,
}

/// How often each pair of categories occurred in each cluster.
pub(super) struct Tally {
    /// Categories that there is room for.
    width: usize,
    /// Cluster by cluster and row by row.
    cells: Vec<u64>,
}

impl Tally {
    /// With room for so many categories, or for a few if none are known, and for more when they come.
    pub(super) fn new(categories: usize) -> Self {
        let width = if categories == 0 { 8 } else { categories };
        Self { width, cells: vec![0; width * width] }
    }

    /// Adds a row that came so many times. A total of 2^64 and more is cut off, and refused as
    /// any that is too large.
    pub(super) fn add(&mut self, row: Row, times: u64) {
        let Row { cluster, first, second, count } = row;
        let needed = first.max(second) + 1;
        if needed > self.width {
            self.widen(needed.next_power_of_two());
        }
        let table = self.width * self.width;
        if cluster * table >= self.cells.len() {
            self.cells.resize((cluster + 1) * table, 0);
        }
        let cell = &mut self.cells[cluster * table + first * self.width + second];
        *cell = cell.saturating_add(count.saturating_mul(times));
    }

    /// How many cells the table of a cluster has beside so many categories, at most.
    pub(super) fn cells_for(categories: usize) -> usize {
        categories.next_power_of_two().max(8).pow(2)
    }

    /// From now on all clusters are one.
    pub(super) fn pool(&mut self) {
        let mut tables = self.cells.chunks_exact(self.width * self.width);
        let mut pooled = tables.next().unwrap_or_default().to_vec();
        for table in tables {
            pooled.iter_mut().zip(table).for_each(|(sum, count)| *sum = sum.saturating_add(*count));
        }
        self.cells = pooled;
    }

    fn widen(&mut self, width: usize) {
        let mut cells = Vec::with_capacity(self.cells.len() / self.width * width);
        for table in self.cells.chunks_exact(self.width * self.width) {
            for row in table.chunks_exact(self.width) {
                cells.extend_from_slice(row);
                cells.resize(cells.len() + width - self.width, 0);
            }
            cells.resize(cells.len() + (width - self.width) * width, 0);
        }
        *self = Self { width, cells };
    }

    /// How many items have a category without a place.
    pub(super) fn left_out(&self, places: &[Option<usize>]) -> u64 {
        let has_no_place = |place: usize| matches!(places.get(place), Some(None));
        let is_left_out = |at: &usize| {
            let cell = at % (self.width * self.width);
            has_no_place(cell / self.width) || has_no_place(cell % self.width)
        };
        let cells = (0..self.cells.len()).filter(is_left_out).map(|at| self.cells[at]);
        cells.fold(0, u64::saturating_add)
    }

    /// A table per cluster over `size` categories, the category of number k standing at `places[k]`.
    pub(super) fn tables(&self, size: usize, places: &[Option<usize>]) -> Vec<Vec<Vec<u64>>> {
        let of = |cells: &[u64]| {
            let mut table = vec![vec![0; size]; size];
            for (row, first) in cells.chunks_exact(self.width).zip(places) {
                for (&count, second) in row.iter().zip(places) {
                    if let (Some(first), Some(second)) = (*first, *second) {
                        table[first][second] += count;
                    }
                }
            }
            table
        };
        self.cells.chunks_exact(self.width * self.width).map(of).collect()
    }
}
