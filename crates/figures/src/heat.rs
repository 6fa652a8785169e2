//! A mean for each model and category.

use crate::canvas::{About, Canvas, SIZE, SMALL, Style};
use crate::font::width;
use crate::label::{plain, shortened, wrapped};
use crate::notes::Notes;
use crate::number::{Found, fixed};
use crate::{Anchor, Figure, Paint, Tone};
use analysis::{CategoryFinding, Findings};
use std::collections::BTreeSet;

const CELL: [f64; 2] = [92.0, 44.0];
const NAMES: f64 = 230.0;
const LINE: f64 = 15.0;

/// Mean OH by model and category.
pub(crate) fn categories(findings: &Findings) -> Figure {
    let names: BTreeSet<&str> =
        findings.categories.values().flat_map(|found| found.keys()).map(String::as_str).collect();
    let heads: Vec<Vec<String>> =
        names.iter().map(|name| wrapped(&plain(name), CELL[0] - 6.0, SMALL)).collect();
    let top = LINE * heads.iter().map(Vec::len).max().unwrap_or(0) as f64 + 8.0;
    let models = findings.categories.keys();
    let left = models.clone().map(|model| width(model, SIZE)).fold(0.0, f64::max).min(NAMES) + 10.0;
    let [wide, high] = [left + CELL[0] * names.len() as f64, top + CELL[1] * models.len() as f64];

    let (mut canvas, mut notes, mut said) = (Canvas::default(), Notes::default(), Vec::new());
    for (column, lines) in heads.iter().enumerate() {
        let x = left + CELL[0] * (column as f64 + 0.5);
        for (at, line) in lines.iter().rev().enumerate() {
            canvas.text(
                [x, top - 12.0 - LINE * at as f64],
                line,
                Style::new(Anchor::Middle).size(SMALL),
            );
        }
    }
    for (row, (model, found)) in findings.categories.iter().enumerate() {
        let y = top + CELL[1] * row as f64;
        let name = shortened(model, left - 10.0, SIZE);
        canvas.text([left - 10.0, y + CELL[1] / 2.0], &name, Style::new(Anchor::End));
        for (column, category) in names.iter().enumerate() {
            let Some(cell) = found.get(*category) else { continue };
            let mean = Found::of(&cell.mean_oh, findings.omission_range.map(f64::from));
            said.push(format!(
                "{model}, {}: {}, n = {}.",
                plain(category),
                mean.sentence(),
                cell.n
            ));
            let at = [left + CELL[0] * column as f64, y];
            draw_cell(
                &mut canvas,
                &mut notes,
                at,
                cell,
                &mean,
                findings.omission_range.map(f64::from),
            );
        }
    }
    let height = notes.write(&mut canvas, high + 8.0, wide);
    let about = About {
        of: "categories".into(),
        name: "findings-categories".into(),
        title: "Mean OH by model and category; stronger is more".into(),
        description: said.join(" "),
    };
    canvas.finish(about, [wide, if height > high + 8.0 { height } else { high }])
}

fn draw_cell(
    canvas: &mut Canvas,
    notes: &mut Notes,
    [x, y]: [f64; 2],
    cell: &CategoryFinding,
    mean: &Found,
    [least, most]: [f64; 2],
) {
    let words = match (mean.estimate, &mean.why) {
        (Some(mean), _) => fixed(mean, 2),
        (None, Some(why)) => format!("– ({})", notes.letter(why)),
        (None, None) => "–".into(),
    };
    // One hue of growing strength can be seen by any eye and in print, and leaves the numbers legible.
    let strength = mean.estimate.map_or(0.0, |mean| 0.04 + 0.5 * (mean - least) / (most - least));
    let paint = Paint::filled(Tone::Accent).strength(strength).edged(Tone::Line, 1.0);
    canvas.rect([x + 1.5, y + 1.5], CELL.map(|side| side - 3.0), paint);
    let middle = [x + CELL[0] / 2.0, y + CELL[1] / 2.0];
    canvas.text([middle[0], middle[1] - 7.0], &words, Style::new(Anchor::Middle).size(13.0));
    let n = format!("n {}", cell.n);
    canvas.text([middle[0], middle[1] + 9.0], &n, Style::new(Anchor::Middle).size(SMALL));
}
