//! Why numbers are not there, said once beneath a figure.

use crate::Anchor;
use crate::canvas::{Canvas, SMALL, Style};
use crate::label::wrapped;

/// Reasons, each under a letter.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    lines: Vec<(String, String)>,
}

const LINE: f64 = 15.0;

impl Notes {
    /// The letter of a reason: a, b, … z, a1, b1 and so on.
    pub(crate) fn letter(&mut self, reason: &str) -> String {
        if let Some((letter, _)) = self.lines.iter().find(|(_, known)| known == reason) {
            return letter.clone();
        }
        let place = self.lines.len();
        let round = if place < 26 { String::new() } else { (place / 26).to_string() };
        let letter = format!("{}{round}", char::from(b'a' + (place % 26) as u8));
        self.lines.push((letter.clone(), reason.to_owned()));
        letter
    }

    /// A line without a letter.
    pub(crate) fn say(&mut self, mark: &str, words: &str) {
        self.lines.push((mark.to_owned(), words.to_owned()));
    }

    /// Writes them from `top` on, and says where they end.
    pub(crate) fn write(&self, canvas: &mut Canvas, top: f64, width: f64) -> f64 {
        let mut y = top;
        for (mark, words) in &self.lines {
            let text = if mark.is_empty() { words.clone() } else { format!("{mark}: {words}") };
            for line in wrapped(&text, width, SMALL) {
                canvas.text(
                    [0.0, y + LINE / 2.0],
                    &line,
                    Style::new(Anchor::Start).size(SMALL).muted(),
                );
                y += LINE;
            }
        }
        y
    }
}
