//! Estimates with their intervals, one below the other.

use crate::ReportedMeasure;
use crate::axis::Axis;
use crate::canvas::{About, Canvas, SIZE, SMALL, Style};
use crate::font::width;
use crate::label::shortened;
use crate::notes::Notes;
use crate::number::{Found, Limits, percent};
use crate::{Anchor, Figure, Paint, Tone};

/// Estimates of one unit.
#[derive(Debug)]
pub(crate) struct Forest {
    pub(crate) of: String,
    pub(crate) name: String,
    pub(crate) title: String,
    /// What is measured.
    pub(crate) axis: String,
    /// What `n` of the rows counts.
    pub(crate) counted: &'static str,
    /// From above to below.
    pub(crate) rows: Vec<Row>,
}

/// A line of a forest.
#[derive(Debug)]
pub(crate) struct Row {
    name: String,
    found: Found,
    n: Option<u64>,
    mark: Mark,
}

/// How an estimate is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// As most are.
    Filled,
    /// Left out of the sum.
    Open,
    /// What the others add up to.
    Sum,
}

impl Row {
    pub(crate) fn new(name: impl Into<String>, measure: &ReportedMeasure, limits: Limits) -> Self {
        Self { name: name.into(), found: Found::of(measure, limits), n: None, mark: Mark::Filled }
    }

    pub(crate) fn n(self, n: u64) -> Self {
        Self { n: Some(n), ..self }
    }

    pub(crate) fn mark(self, mark: Mark) -> Self {
        Self { mark, ..self }
    }

    pub(crate) fn estimate(&self) -> Option<f64> {
        self.found.estimate
    }

    fn sentence(&self) -> String {
        let n = self.n.map(|n| format!(", n = {n}")).unwrap_or_default();
        format!("{}: {}{n}.", self.name, self.found.sentence())
    }
}

const HEAD: f64 = 26.0;
const PITCH: f64 = 26.0;
const WIDTH: f64 = 680.0;
/// The narrowest room for the intervals, and the widest for names.
const LEAST: f64 = 230.0;
const NAMES: f64 = 440.0;
const GAP: f64 = 14.0;

impl Forest {
    pub(crate) fn draw(self) -> Figure {
        self.draw_noting(None)
    }

    /// The same with a sentence beneath it.
    pub(crate) fn draw_noting(self, note: Option<&str>) -> Figure {
        let mut notes = Notes::default();
        let words: Vec<String> = self.rows.iter().map(|row| words(row, &mut notes)).collect();
        let head = self.head();
        let widest = |texts: &mut dyn Iterator<Item = &str>| {
            texts.map(|text| width(text, SIZE)).fold(0.0, f64::max)
        };
        let names = widest(&mut self.rows.iter().map(|row| row.name.as_str())).min(NAMES);
        let counts: Vec<String> =
            self.rows.iter().map(|row| row.n.map_or(String::new(), |n| n.to_string())).collect();
        let counted = self.rows.iter().any(|row| row.n.is_some());
        let column = widest(&mut counts.iter().map(String::as_str).chain([self.counted]));
        let counts_end = if counted { names + GAP + column } else { names };
        let right = widest(&mut words.iter().map(String::as_str).chain([head.as_str()]));
        let [left, end] = [counts_end + GAP, (WIDTH - right - GAP).max(counts_end + GAP + LEAST)];
        let bottom = HEAD + PITCH * self.rows.len() as f64;

        let mut canvas = Canvas::default();
        let axis = self.scale([left, end]);
        draw_scale(&mut canvas, &axis, [HEAD, bottom]);
        canvas.text([(left + end) / 2.0, bottom + 36.0], &self.axis, Style::new(Anchor::Middle));
        let small = |anchor| Style::new(anchor).size(SMALL).muted();
        canvas.text([end + GAP, HEAD / 2.0], &head, small(Anchor::Start));
        if counted {
            canvas.text([counts_end, HEAD / 2.0], self.counted, small(Anchor::End));
        }
        for (at, row) in self.rows.iter().enumerate() {
            let y = HEAD + PITCH * (at as f64 + 0.5);
            canvas.text([0.0, y], &shortened(&row.name, names, SIZE), Style::new(Anchor::Start));
            canvas.text([counts_end, y], &counts[at], Style::new(Anchor::End).muted());
            canvas.text([end + GAP, y], &words[at], Style::new(Anchor::Start));
            draw_row(&mut canvas, row, &axis, y);
        }
        let wide = (end + GAP + right).max(width(&self.axis, SIZE));
        note.iter().for_each(|note| notes.say("", note));
        let height = notes.write(&mut canvas, bottom + 52.0, wide);
        let rows = self.rows.iter().map(Row::sentence).chain(note.map(String::from));
        let description = rows.collect::<Vec<_>>().join(" ");
        let description = format!("{}. {head}. {description}", self.axis);
        let about = About { of: self.of, name: self.name, title: self.title, description };
        canvas.finish(about, [wide, height])
    }

    /// What the numbers at the right are.
    fn head(&self) -> String {
        match self.rows.iter().find_map(|row| row.found.level) {
            Some(level) => format!("Estimate [{} interval]", percent(level)),
            None => "Estimate".into(),
        }
    }

    fn scale(&self, places: [f64; 2]) -> Axis {
        let found = self.rows.iter().map(|row| &row.found);
        let ends =
            found.flat_map(|found| found.interval.into_iter().flatten().chain(found.estimate));
        let (least, most) =
            ends.fold((0f64, 0f64), |(least, most), end| (least.min(end), most.max(end)));
        Axis::around([least, most], 5.0, places)
    }
}

/// An estimate with its interval; the letter of a note where either is not there.
fn words(row: &Row, notes: &mut Notes) -> String {
    match &row.found.why {
        Some(why) => format!("{} ({})", row.found.words(), notes.letter(why)),
        None => row.found.words(),
    }
}

fn draw_scale(canvas: &mut Canvas, axis: &Axis, [top, bottom]: [f64; 2]) {
    for (value, label) in axis.ticks() {
        let x = axis.place(value);
        let tone = if value == 0.0 { Tone::Edge } else { Tone::Line };
        canvas.path(&[[x, top], [x, bottom]], Paint::lined(tone, 1.0));
        canvas.text([x, bottom + 14.0], &label, Style::new(Anchor::Middle).size(SMALL).muted());
    }
}

fn draw_row(canvas: &mut Canvas, row: &Row, axis: &Axis, y: f64) {
    if let Some(ends) = row.found.interval {
        canvas.path(&ends.map(|end| [axis.place(end), y]), Paint::lined(Tone::Accent, 2.0));
    }
    let Some(x) = row.found.estimate.map(|estimate| axis.place(estimate)) else { return };
    let filled = Paint::filled(Tone::Accent);
    match row.mark {
        Mark::Filled => canvas.circle([x, y], 4.5, filled),
        Mark::Open => {
            canvas.circle([x, y], 4.5, Paint::filled(Tone::Paper).edged(Tone::Accent, 1.5))
        }
        Mark::Sum => canvas.path(&[[x - 7.0, y], [x, y - 7.0], [x + 7.0, y], [x, y + 7.0]], filled),
    }
}
