//! Where shapes are put.

use crate::label::clean;
use crate::{Anchor, Figure, Paint, Shape, Tone};

/// The size of a figure's words.
pub(crate) const SIZE: f64 = 12.0;
/// The size of what explains.
pub(crate) const SMALL: f64 = 11.0;

#[derive(Debug, Default)]
pub(crate) struct Canvas {
    shapes: Vec<Shape>,
}

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    size: f64,
    anchor: Anchor,
    tone: Tone,
    halo: bool,
    turned: bool,
}

impl Style {
    pub(crate) fn new(anchor: Anchor) -> Self {
        Self { size: SIZE, anchor, tone: Tone::Ink, halo: false, turned: false }
    }

    pub(crate) fn size(self, size: f64) -> Self {
        Self { size, ..self }
    }

    pub(crate) fn muted(self) -> Self {
        Self { tone: Tone::Muted, ..self }
    }

    pub(crate) fn halo(self) -> Self {
        Self { halo: true, ..self }
    }

    pub(crate) fn turned(self) -> Self {
        Self { turned: true, ..self }
    }
}

/// Hundredths are finer than any screen or printer, and the same on every machine.
fn fine(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

impl Canvas {
    pub(crate) fn rect(&mut self, [x, y]: [f64; 2], [width, height]: [f64; 2], paint: Paint) {
        let [x, y, width, height] = [x, y, width, height].map(fine);
        self.shapes.push(Shape::Rect { x, y, width, height, paint });
    }

    pub(crate) fn circle(&mut self, [x, y]: [f64; 2], r: f64, paint: Paint) {
        let [x, y, r] = [x, y, r].map(fine);
        self.shapes.push(Shape::Circle { x, y, r, paint });
    }

    pub(crate) fn path(&mut self, points: &[[f64; 2]], paint: Paint) {
        let points = points.iter().map(|point| point.map(fine)).collect();
        self.shapes.push(Shape::Path { points, paint });
    }

    /// A text whose letters have their middle at the given height, or beside it where it is turned.
    pub(crate) fn text(&mut self, [x, y]: [f64; 2], text: &str, style: Style) {
        let Style { size, anchor, tone, halo, turned } = style;
        let down = 0.35 * size;
        let [x, y] = if turned { [x + down, y] } else { [x, y + down] }.map(fine);
        let text = clean(text);
        self.shapes.push(Shape::Text { x, y, text, size, anchor, tone, halo, turned });
    }

    pub(crate) fn finish(self, about: About, [width, height]: [f64; 2]) -> Figure {
        let About { of, name, title, description } = about;
        let [width, height] = [width, height].map(f64::ceil);
        let [title, description] = [title, description].map(|text| clean(&text));
        Figure { of, name, title, description, width, height, shapes: self.shapes }
    }
}

/// What a figure says of itself.
#[derive(Debug)]
pub(crate) struct About {
    pub(crate) of: String,
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) description: String,
}
