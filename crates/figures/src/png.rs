//! A figure as a PNG file, drawn from its SVG.

use crate::{Figure, Shape, font};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use std::collections::BTreeSet;

/// Pixels for each unit: about 300 to the inch, where the figure is printed 17 cm wide.
const SCALE: f32 = 3.0;

/// The most pixels of a picture, each of which takes four bytes while it is drawn.
const MOST: u64 = 100_000_000;

/// Why there is no PNG file.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// The figure is larger than a picture can be.
    #[error(
        "the figure {name} would have {} million pixels as a PNG file; expected at most {}. Write it as SVG",
        .pixels.div_ceil(1_000_000), MOST / 1_000_000
    )]
    TooLarge {
        /// Its name.
        name: String,
        /// How many there would be.
        pixels: u64,
    },
    /// The library failed.
    #[error("the figure {name} cannot be drawn as PNG: {reason}")]
    Failed {
        /// Its name.
        name: String,
        /// What the library says.
        reason: String,
    },
}

impl Figure {
    /// The figure as a PNG file.
    ///
    /// # Errors
    /// Where it is too large, or cannot be drawn.
    pub fn png(&self) -> Result<Vec<u8>, PngError> {
        let name = || self.name.clone();
        // Before a picture of it is made: its size comes from outside.
        let pixels = (f64::from(SCALE) * f64::from(SCALE) * self.width * self.height) as u64;
        if pixels > MOST {
            return Err(PngError::TooLarge { name: name(), pixels });
        }
        let failed = |reason: String| PngError::Failed { name: name(), reason };
        let mut options = Options { font_family: font::NAME.into(), ..Options::default() };
        options.fontdb_mut().load_font_data(font::BYTES.to_vec());
        let tree =
            Tree::from_str(&self.svg(), &options).map_err(|error| failed(error.to_string()))?;
        let size = tree.size().to_int_size().scale_by(SCALE);
        let pixmap = size.and_then(|size| Pixmap::new(size.width(), size.height()));
        let mut pixmap = pixmap.ok_or_else(|| failed("it has no size".into()))?;
        resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixmap.as_mut());
        pixmap.encode_png().map_err(|error| failed(error.to_string()))
    }

    /// The letters of the figure that a PNG file cannot show: they are boxes there.
    pub fn letters_without_shape(&self) -> BTreeSet<char> {
        let text = |shape: &Shape| match shape {
            Shape::Text { text, .. } => Some(text.clone()),
            _ => None,
        };
        let letters = self.shapes.iter().filter_map(text);
        letters
            .flat_map(|text| text.chars().collect::<Vec<_>>())
            .filter(|letter| !font::has(*letter))
            .collect()
    }
}
