//! The typeface in which PNG files are drawn and all labels are measured.

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::sync::LazyLock;

/// The letters of Latin, Greek, Cyrillic and Hebrew of Arimo, which is as wide as Arial.
pub(crate) const BYTES: &[u8] = include_bytes!("../font/Arimo-subset.ttf");
pub(crate) const NAME: &str = "Arimo";
/// In an SVG file: typefaces of the same widths first, then what a system has.
pub(crate) const FAMILY: &str = "Arimo, Arial, 'Liberation Sans', Helvetica, sans-serif";

static FONT: LazyLock<Option<FontRef<'static>>> = LazyLock::new(|| FontRef::new(BYTES).ok());

/// How wide a text is at most; letters that the font lacks are taken to be as wide as they are high.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    /// Where none of the typefaces is there, what comes instead may be wider.
    const SPARE: f64 = 1.08;
    let Some(font) = FONT.as_ref() else { return text.chars().count() as f64 * size };
    let (letters, metrics) =
        (font.charmap(), font.glyph_metrics(Size::new(1.0), LocationRef::default()));
    let advance = |letter| letters.map(letter).and_then(|glyph| metrics.advance_width(glyph));
    text.chars().map(|letter| advance(letter).map_or(1.0, f64::from)).sum::<f64>() * size * SPARE
}

/// Whether the font has a letter.
pub(crate) fn has(letter: char) -> bool {
    FONT.as_ref().is_some_and(|font| font.charmap().map(letter).is_some())
}
