//! The two-axis plane: what models withhold from a layperson against what they withhold from a physician, with what
//! they get wrong.

mod names;

use crate::axis::Axis;
use crate::canvas::{About, Canvas, SMALL, Style};
use crate::label::plain;
use crate::notes::Notes;
use crate::number::{ANY, Found, amount, number};
use crate::{Anchor, Figure, Paint, Tone};
use analysis::{Findings, FramingPoint, ModelPoint, PlaneFindings};
use names::{Spot, place_names};

const SIDE: f64 = 460.0;
/// The edges of the plane: left, above, right and below.
const EDGES: [f64; 4] = [52.0, 42.0, SIDE - 14.0, SIDE - 54.0];

/// A model in the plane.
struct Point<'a> {
    model: &'a str,
    at: [f64; 2],
    /// Mean CH over both framings; none where it was not graded.
    wrong: Option<f64>,
}

/// Mean OH, layperson against physician.
pub(crate) fn plane(plane: &PlaneFindings, report: &Findings) -> Figure {
    let [left, top, right, bottom] = EDGES;
    let range = report.omission_range.map(f64::from);
    let axes = [Axis::whole(range, [left, right]), Axis::whole(range, [bottom, top])];
    let most_wrong = report.commission_range.map_or(1.0, |[_, most]| f64::from(most));
    let mut canvas = Canvas::default();
    let mut notes = Notes::default();
    draw_ground(&mut canvas, &axes, range);
    draw_legend(&mut canvas, most_wrong);
    for cell in &plane.cells {
        let at = [axes[0].place(cell.physician.mean_oh), axes[1].place(cell.layperson.mean_oh)];
        canvas.circle(at, 2.0, Paint::filled(Tone::Muted).strength(0.55));
    }
    let points = points(plane, &axes, &mut notes);
    for point in &points {
        let (r, paint) = marker(point.wrong, most_wrong);
        canvas.circle(point.at, r, paint);
    }
    if points.iter().any(|point| point.wrong.is_none()) {
        notes.say("", "Dashed ring: CH was not graded.");
    }
    let spots: Vec<Spot<'_>> = points
        .iter()
        .map(|point| Spot { at: point.at, r: marker(point.wrong, most_wrong).0, text: point.model })
        .collect();
    for name in place_names(&spots, EDGES, &mut notes) {
        canvas.text(name.at, &name.text, Style::new(name.anchor).halo());
    }
    let height = notes.write(&mut canvas, SIDE + 4.0, SIDE).max(SIDE);
    let about = About {
        of: "plane".into(),
        name: "findings-plane".into(),
        title: "Mean OH, layperson against physician".into(),
        description: description(plane, report),
    };
    canvas.finish(about, [SIDE, if height > SIDE + 4.0 { height } else { SIDE }])
}

fn points<'a>(plane: &'a PlaneFindings, axes: &[Axis; 2], notes: &mut Notes) -> Vec<Point<'a>> {
    let point = |(model, found): (&'a String, &'a ModelPoint)| {
        let [layperson, physician] = [&found.layperson, &found.physician];
        let oh = [physician, layperson].map(|side| Found::of(&side.mean_oh, ANY));
        let (Some(x), Some(y)) = (oh[0].estimate, oh[1].estimate) else {
            let why =
                oh.into_iter().find_map(|found| found.estimate.is_none().then_some(found.why)?);
            notes.say(model, &format!("undefined ({})", why.unwrap_or_default()));
            return None;
        };
        let wrong: Vec<f64> = [layperson, physician]
            .into_iter()
            .filter_map(|side| side.mean_ch.0.estimate())
            .collect();
        let mean = wrong.iter().sum::<f64>() / wrong.len() as f64;
        let at = [axes[0].place(x), axes[1].place(y)];
        Some(Point { model, at, wrong: (!wrong.is_empty()).then_some(mean) })
    };
    plane.models.iter().filter_map(point).collect()
}

/// As large and as strong as the mean of CH. That is mostly near 0, where a square root separates them.
fn marker(wrong: Option<f64>, most: f64) -> (f64, Paint) {
    let Some(wrong) = wrong else {
        return (6.0, Paint::filled(Tone::Paper).edged(Tone::Accent, 1.5).dashed());
    };
    let share = (wrong / most).clamp(0.0, 1.0).sqrt();
    let paint = Paint::filled(Tone::Accent).strength(0.08 + 0.92 * share).edged(Tone::Accent, 1.5);
    (4.0 + 9.0 * share, paint)
}

fn draw_ground(canvas: &mut Canvas, axes: &[Axis; 2], [least, most]: [f64; 2]) {
    let [left, top, right, bottom] = EDGES;
    let small = |anchor| Style::new(anchor).size(SMALL).muted();
    for (value, label) in axes[1].ticks() {
        let y = axes[1].place(value);
        canvas.path(&[[left, y], [right, y]], Paint::lined(Tone::Line, 1.0));
        canvas.text([left - 16.0, y], &label, small(Anchor::End));
    }
    for (value, label) in axes[0].ticks() {
        let x = axes[0].place(value);
        canvas.path(&[[x, top], [x, bottom]], Paint::lined(Tone::Line, 1.0));
        canvas.text([x, bottom + 22.0], &label, small(Anchor::Middle));
    }
    let corner = |value: f64| [axes[0].place(value), axes[1].place(value)];
    canvas.path(&[corner(least), corner(most)], Paint::lined(Tone::Edge, 1.0).dashed());
    canvas.text(
        [(left + right) / 2.0, bottom + 44.0],
        "Mean OH, asked by a physician",
        Style::new(Anchor::Middle),
    );
    let turned = Style::new(Anchor::Middle).turned();
    canvas.text([10.0, (top + bottom) / 2.0], "Mean OH, asked by a layperson", turned);
    canvas.text([right - 34.0, top + 10.0], "same for both", small(Anchor::End));
    canvas.text([left + 10.0, top + 10.0], "layperson told less", small(Anchor::Start));
    canvas.text([right - 8.0, bottom - 10.0], "physician told less", small(Anchor::End));
}

/// What the markers say of CH.
fn draw_legend(canvas: &mut Canvas, most: f64) {
    let left = EDGES[0];
    let small = |anchor| Style::new(anchor).size(SMALL).muted();
    canvas.text([left + 104.0, 16.0], "Mean CH", small(Anchor::End));
    let shown = [0.0, 0.25, 0.5, 1.0, 2.0].into_iter().filter(|wrong| *wrong <= most);
    for (at, wrong) in shown.enumerate() {
        let x = left + 128.0 + 58.0 * at as f64;
        let (r, paint) = marker(Some(wrong), most);
        canvas.circle([x, 16.0], r, paint);
        canvas.text([x + r + 4.0, 16.0], &amount(wrong, 2), small(Anchor::Start));
    }
}

fn description(plane: &PlaneFindings, report: &Findings) -> String {
    let omission = report.omission_range.map(f64::from);
    let commission = report.commission_range.map_or(ANY, |range| range.map(f64::from));
    let side = |who: &str, found: &FramingPoint| {
        let oh = Found::of(&found.mean_oh, omission).sentence();
        let ch = Found::of(&found.mean_ch, commission).sentence();
        format!("{who}, mean OH {oh}, mean CH {ch}")
    };
    let models = plane.models.iter().map(|(model, found)| {
        let sides = [
            side("asked by a layperson", &found.layperson),
            side("asked by a physician", &found.physician),
        ];
        format!("{model}, {} pairs: {}.", found.n_pairs, sides.join("; "))
    });
    let cells = plane.cells.iter().map(|cell| {
        let [layperson, physician] =
            [&cell.layperson, &cell.physician].map(|side| number(side.mean_oh));
        format!("{}, pair {}: OH {layperson} and {physician}.", cell.model, plain(&cell.pair))
    });
    let all: Vec<String> = models.chain(cells).collect();
    format!(
        "A large marker is a model over its pairs, a small dot one model and pair. {}",
        all.join(" ")
    )
}
