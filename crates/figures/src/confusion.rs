//! Counts by the grades of two raters.

use crate::canvas::{About, Canvas, SIZE, Style};
use crate::font::width;
use crate::label::shortened;
use crate::number::amount;
use crate::{Anchor, Figure, Paint, Tone};

/// A table of counts: a row for each grade of the first, a column for each of the second.
#[derive(Debug)]
pub(crate) struct Confusion<'a> {
    pub(crate) of: String,
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) grades: Vec<String>,
    pub(crate) counts: Vec<Vec<f64>>,
    /// Who the rows and who the columns are.
    pub(crate) raters: [&'a str; 2],
}

/// The side of a cell, at most and at least.
const SIDES: [f64; 2] = [60.0, 34.0];
/// The side of all cells, where there are few.
const GRID: f64 = 300.0;
const COUNT: f64 = 13.0;

impl Confusion<'_> {
    pub(crate) fn draw(self) -> Figure {
        let words: Vec<Vec<String>> = self
            .counts
            .iter()
            .map(|row| row.iter().map(|count| amount(*count, 1)).collect())
            .collect();
        let widest = words.iter().flatten().map(|word| width(word, COUNT)).fold(0.0, f64::max);
        let side = (GRID / self.grades.len() as f64).clamp(SIDES[1], SIDES[0]).max(widest + 10.0);
        let all = side * self.grades.len() as f64;
        let most_label =
            self.grades.iter().map(|grade| width(grade, SIZE)).fold(0.0, f64::max).min(90.0);
        let [left, top] = [22.0 + most_label + 8.0, 44.0];

        let mut canvas = Canvas::default();
        let rows = shortened(self.raters[0], all, SIZE);
        canvas.text([8.0, top + all / 2.0], &rows, Style::new(Anchor::Middle).turned());
        let columns = shortened(self.raters[1], all, SIZE);
        canvas.text([left + all / 2.0, 8.0], &columns, Style::new(Anchor::Middle));
        for (at, grade) in self.grades.iter().enumerate() {
            let middle = (at as f64 + 0.5) * side;
            let label = shortened(grade, most_label.max(side - 4.0), SIZE);
            canvas.text([left - 8.0, top + middle], &label, Style::new(Anchor::End).muted());
            let label = shortened(grade, side - 4.0, SIZE);
            canvas.text([left + middle, top - 12.0], &label, Style::new(Anchor::Middle).muted());
        }
        let most = self.counts.iter().flatten().copied().fold(1.0, f64::max);
        for (row, (counts, words)) in self.counts.iter().zip(&words).enumerate() {
            for (column, (count, word)) in counts.iter().zip(words).enumerate() {
                let [x, y] = [left + column as f64 * side, top + row as f64 * side];
                // A square root keeps a cell of one item distinct from an empty cell beside a cell of fifty.
                let cell = Paint::filled(Tone::Accent).strength((count / most).sqrt() * 0.42);
                let cell = if row == column {
                    cell.edged(Tone::Ink, 1.5)
                } else {
                    cell.edged(Tone::Line, 1.0)
                };
                canvas.rect([x + 1.5, y + 1.5], [side - 3.0; 2], cell);
                let style = Style::new(Anchor::Middle).size(COUNT);
                let style = if *count == 0.0 { style.muted() } else { style };
                canvas.text([x + side / 2.0, y + side / 2.0], word, style);
            }
        }
        let description = self.description(&words);
        let about = About { of: self.of, name: self.name, title: self.title, description };
        canvas.finish(about, [left + all, top + all])
    }

    fn description(&self, words: &[Vec<String>]) -> String {
        let [first, second] = self.raters;
        let rows = self.grades.iter().zip(words);
        let rows = rows.map(|(grade, row)| format!("{grade}: {}.", row.join(", ")));
        format!(
            "Rows: {first}. Columns: {second}, in the order {}. {}",
            self.grades.join(", "),
            rows.collect::<Vec<_>>().join(" ")
        )
    }
}
