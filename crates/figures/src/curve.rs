//! What a plan promises by its size.

use crate::axis::Axis;
use crate::canvas::{About, Canvas, SMALL, Style};
use crate::number::{amount, number};
use crate::{Anchor, Figure, Paint, Tone};

/// A quantity by the size of a study.
#[derive(Clone, Debug)]
pub struct Curve {
    /// What it shows, in a line.
    pub title: String,
    /// What is counted at the bottom.
    pub across: String,
    /// What is measured at the left.
    pub up: String,
    /// The most it can be, if that is known.
    pub most: Option<f64>,
    /// Sizes, with the quantity of each.
    pub points: Vec<[f64; 2]>,
    /// The size that was planned.
    pub planned: f64,
}

const SIZES: [f64; 2] = [420.0, 250.0];
/// Beside the plane: left, above, right and below.
const MARGINS: [f64; 4] = [44.0, 26.0, 20.0, 40.0];

impl Curve {
    /// Draws it.
    pub fn draw(&self) -> Figure {
        let [left, top, right, bottom] = MARGINS;
        let [right, bottom] = [SIZES[0] - right, SIZES[1] - bottom];
        let most = |of: usize| self.points.iter().map(|point| point[of]).fold(0.0, f64::max);
        let x = Axis::around([0.0, most(0)], 6.0, [left, right]);
        let y = Axis::around([0.0, self.most.unwrap_or(most(1))], 5.0, [bottom, top]);
        let place = |[size, value]: [f64; 2]| [x.place(size), y.place(value)];

        let mut canvas = Canvas::default();
        let small = |anchor| Style::new(anchor).size(SMALL).muted();
        for (value, label) in y.ticks() {
            let at = y.place(value);
            canvas.path(&[[left, at], [right, at]], Paint::lined(Tone::Line, 1.0));
            canvas.text([left - 6.0, at], &label, small(Anchor::End));
        }
        for (value, label) in x.ticks() {
            canvas.text([x.place(value), bottom + 12.0], &label, small(Anchor::Middle));
        }
        canvas.text([0.0, 8.0], &self.up, Style::new(Anchor::Start));
        canvas.text(
            [(left + right) / 2.0, SIZES[1] - 8.0],
            &self.across,
            Style::new(Anchor::Middle),
        );
        let line: Vec<[f64; 2]> = self.points.iter().copied().map(place).collect();
        canvas.path(&line, Paint::lined(Tone::Accent, 2.0));
        if let Some(&here) = self.points.iter().find(|[size, _]| *size == self.planned) {
            self.mark(&mut canvas, place(here), [left, bottom]);
        }
        let said = self
            .points
            .iter()
            .map(|[size, value]| format!("{}: {}.", amount(*size, 1), number(*value)));
        let about = About {
            of: "curve".into(),
            name: "plan".into(),
            title: self.title.clone(),
            description: format!(
                "{} by {}. {}",
                self.up,
                self.across,
                said.collect::<Vec<_>>().join(" ")
            ),
        };
        canvas.finish(about, SIZES)
    }

    fn mark(&self, canvas: &mut Canvas, [x, y]: [f64; 2], [left, bottom]: [f64; 2]) {
        let rule = Paint::lined(Tone::Edge, 1.0).dashed();
        canvas.path(&[[x, bottom], [x, y]], rule);
        canvas.path(&[[left, y], [x, y]], rule);
        canvas.circle([x, y], 4.5, Paint::filled(Tone::Accent).edged(Tone::Paper, 2.0));
        // Beside the curve, which falls or, where it ends at a known most, rises.
        let down = if self.most.is_some() { 14.0 } else { -11.0 };
        let label = amount(self.planned, 1);
        canvas.text([x + 9.0, y + down], &label, Style::new(Anchor::Start).size(13.0).halo());
    }
}
