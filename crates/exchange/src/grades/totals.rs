//! A last row that adds up the others, as people write one under a table.

use super::{GradeRow, Grades};
use crate::door::plain;
use crate::score_source::is_absent;
use rustc_hash::FxHashMap;

/// What such a row is called.
const CALLED: [&str; 12] = [
    "total",
    "totals",
    "sum",
    "mean",
    "average",
    "avg",
    "overall",
    "summe",
    "gesamt",
    "mittelwert",
    "durchschnitt",
    "mw",
];

/// What the other items have of one rater on one axis.
#[derive(Default)]
struct Others {
    sum: f64,
    count: f64,
}

impl Grades {
    /// Leaves out the last item if it is called a total and holds the sums or the means of the others; says so,
    /// or that it is called so.
    pub(super) fn leave_out_totals(&mut self) {
        let Some(last) = self.rows.last().map(|row| row.item) else { return };
        let name = self.items.name(last).to_owned();
        let called = plain(name.trim_end_matches(':'));
        if !CALLED.contains(&called.as_str()) {
            return;
        }
        let file = self.file.display();
        if !self.holds_totals(last) {
            let note = format!(
                "{file}: the last item is called `{name}`. If it is no item, remove its row."
            );
            return self.note(note);
        }
        let note = format!(
            "{file}: the row `{name}` was left out: it holds the sums or the means of the others."
        );
        self.note(note);
        let rows = std::mem::take(&mut self.rows);
        let others = rows.iter().filter(|row| row.item != last);
        others.for_each(|row| self.rows.push(row.at, row.item, row.kind));
        self.designs.remove(&last);
    }

    fn holds_totals(&self, last: u32) -> bool {
        let mut others: FxHashMap<(u32, u32), Others> = FxHashMap::default();
        let number = |row: &GradeRow| self.values.name(row.kind.value).parse::<f64>().ok();
        for row in self.rows.iter().filter(|row| row.item != last) {
            if let Some(number) = number(&row) {
                let others = others.entry((row.kind.rater, row.kind.axis)).or_default();
                others.sum += number;
                others.count += 1.0;
            }
        }
        let given =
            |row: &GradeRow| row.item == last && !is_absent(self.values.name(row.kind.value));
        let of = |row: &GradeRow| others.get(&(row.kind.rater, row.kind.axis));
        let all = |of_others: fn(&Others) -> f64| {
            self.rows.iter().filter(given).all(|row| match (number(&row), of(&row)) {
                (Some(found), Some(others)) => {
                    (found - of_others(others)).abs() <= rounding(self.values.name(row.kind.value))
                }
                _ => false,
            })
        };
        let some = self.rows.iter().filter(given).count() > 0;
        some && (all(|others| others.sum) || all(|others| others.sum / others.count))
    }
}

/// Half a unit of the last digit that is written.
fn rounding(written: &str) -> f64 {
    let digits = written.split_once('.').map_or(0, |(_, behind)| behind.len());
    0.5 * 10_f64.powi(-(digits as i32)) + 1e-9
}
