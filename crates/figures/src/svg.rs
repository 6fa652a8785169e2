//! A figure as an SVG document that needs nothing else.

use crate::label::clean;
use crate::{Figure, Paint, Shape, Tone, font};
use std::fmt::Write;

/// White around a figure.
pub(crate) const MARGIN: f64 = 8.0;

impl Figure {
    /// The figure as an SVG document, in colours for print on white.
    pub fn svg(&self) -> String {
        let [width, height] = [self.width, self.height].map(|side| side + 2.0 * MARGIN);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"-{MARGIN} -{MARGIN} {width} {height}\" role=\"img\" aria-labelledby=\"title desc\" \
             font-family=\"{}\">\n",
            font::FAMILY
        );
        let _ = writeln!(svg, "<title id=\"title\">{}</title>", escaped(&self.title));
        let _ = writeln!(svg, "<desc id=\"desc\">{}</desc>", escaped(&self.description));
        let ground = Tone::Paper.colour();
        let _ = writeln!(
            svg,
            "<rect x=\"-{MARGIN}\" y=\"-{MARGIN}\" width=\"{width}\" height=\"{height}\" fill=\"{ground}\"/>"
        );
        self.shapes.iter().for_each(|shape| write_shape(&mut svg, shape));
        svg + "</svg>\n"
    }
}

fn write_shape(svg: &mut String, shape: &Shape) {
    let _ = match shape {
        Shape::Rect { x, y, width, height, paint } => writeln!(
            svg,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{}/>",
            look(paint)
        ),
        Shape::Circle { x, y, r, paint } => {
            writeln!(svg, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"{}/>", look(paint))
        }
        Shape::Path { points, paint } => {
            let element = if paint.fill.is_some() { "polygon" } else { "polyline" };
            let points: Vec<String> = points.iter().map(|[x, y]| format!("{x},{y}")).collect();
            writeln!(svg, "<{element} points=\"{}\"{}/>", points.join(" "), look(paint))
        }
        Shape::Text { .. } => write_text(svg, shape),
    };
}

fn write_text(svg: &mut String, shape: &Shape) -> std::fmt::Result {
    let Shape::Text { x, y, text, size, anchor, tone, halo, turned } = shape else { return Ok(()) };
    let (anchor, colour) = (anchor.name(), tone.colour());
    let turn = if *turned { format!(" transform=\"rotate(-90 {x} {y})\"") } else { String::new() };
    let halo = match halo {
        true => format!(
            " stroke=\"{}\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
            Tone::Paper.colour()
        ),
        false => String::new(),
    };
    writeln!(
        svg,
        "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"{anchor}\" fill=\"{colour}\"{halo}{turn}>{}</text>",
        escaped(text)
    )
}

fn look(paint: &Paint) -> String {
    let mut look = match paint.fill {
        Some(tone) => format!(" fill=\"{}\"", tone.colour()),
        None => " fill=\"none\"".into(),
    };
    if paint.fill.is_some() && paint.strength < 1.0 {
        let _ = write!(look, " fill-opacity=\"{}\"", paint.strength);
    }
    if let Some(tone) = paint.stroke {
        let _ = write!(look, " stroke=\"{}\" stroke-width=\"{}\"", tone.colour(), paint.width);
    }
    if paint.dashed {
        look.push_str(" stroke-dasharray=\"4 3\"");
    }
    look
}

fn escaped(text: &str) -> String {
    clean(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
