//! Agreement among several raters as text.

use crate::agree::{OF_SAMPLE, WEIGHTED, width, write_items};
use crate::measure::{COEFFICIENT, SHARE, count, describe};
use commands::{PanelAxis, PanelCoefficients, PanelReport};
use std::fmt::Write;

/// The report as text.
pub(crate) fn table(report: &PanelReport) -> String {
    let mut text = String::new();
    for (place, rater) in report.raters.iter().enumerate() {
        let _ = writeln!(text, "{:>3}  {rater}", place + 1);
    }
    for caution in &report.cautions {
        let _ = writeln!(text, "Note: {caution}");
    }
    for axis in report.axes.values() {
        write_axis(&mut text, axis, report.raters.len());
    }
    if let Some(resampling) = report.resampling {
        let _ = writeln!(
            text,
            "\nBootstrap: {} samples, seed {}",
            resampling.replicates, resampling.seed
        );
    }
    text
}

fn write_axis(text: &mut String, axis: &PanelAxis, raters: usize) {
    let _ = writeln!(
        text,
        "\n{}: {} graded, {} of them by at least two raters",
        axis.label,
        count(axis.items, "item"),
        axis.pairable
    );
    write_items(text, "  graded by one rater only", &axis.unpaired);
    if axis.coefficients.unweighted.is_some() {
        let _ = writeln!(text, "  {WEIGHTED}");
    }
    let _ = write!(text, "\n  {:<14}", "rater \\ grade");
    let width = width(&axis.grade_names);
    for grade in &axis.grade_names {
        let _ = write!(text, "{grade:>width$}");
    }
    let _ = writeln!(text);
    for (place, used) in axis.raters.iter().enumerate() {
        let _ = write!(text, "  {:>14}", place + 1);
        for count in &used.counts {
            let _ = write!(text, "{count:>width$}");
        }
        for (reason, count) in &used.excluded {
            let _ = write!(text, "   {reason}: {count}");
        }
        let _ = writeln!(text);
    }
    let _ = writeln!(text, "\n  {:<26} {:>9} {:>8}  95 % interval", "all raters", "estimate", "SE");
    write_coefficients(text, &axis.coefficients, axis);
    if let Some(sample) = &axis.coefficients.unweighted {
        let _ = writeln!(text, "\n  {OF_SAMPLE}");
        write_coefficients(text, sample, axis);
    }
    write_matrix(text, axis, raters);
    let _ = writeln!(
        text,
        "\n  {:<26} {:>9} {:>8}  95 % interval",
        "kappa, quadratic", "estimate", "SE"
    );
    let (sharing, apart): (Vec<_>, Vec<_>) =
        axis.pairs.iter().partition(|pair| pair.measures.n > 0);
    for pair in sharing {
        let name = format!("{} and {} (n = {})", pair.first + 1, pair.second + 1, pair.measures.n);
        let _ = writeln!(
            text,
            "  {name:<26} {}",
            describe(&pair.measures.kappa_quadratic, &COEFFICIENT)
        );
    }
    if !apart.is_empty() {
        let _ = writeln!(text, "  {} graded no item in common", count(apart.len() as u64, "pair"));
    }
}

fn write_coefficients(text: &mut String, found: &PanelCoefficients, axis: &PanelAxis) {
    // Of the items that all graded, where others count too.
    let icc = match axis.complete == axis.pairable {
        true => "ICC(2,1)".into(),
        false => format!("ICC(2,1) (n = {})", axis.complete),
    };
    for (name, measure, range) in [
        ("Krippendorff's alpha, ord.", &found.alpha_ordinal, COEFFICIENT),
        ("Gwet's AC2, quadratic", &found.ac2, COEFFICIENT),
        ("Fleiss's kappa", &found.fleiss_kappa, COEFFICIENT),
        ("Fleiss's kappa, quadratic", &found.fleiss_kappa_quadratic, COEFFICIENT),
        (icc.as_str(), &found.icc, COEFFICIENT),
        ("agreement of pairs", &found.exact, SHARE),
    ] {
        let _ = writeln!(text, "  {name:<26} {}", describe(measure, &range));
    }
}

/// Kappa with quadratic weights above the diagonal, exact agreement below it.
fn write_matrix(text: &mut String, axis: &PanelAxis, raters: usize) {
    let _ = write!(text, "\n  {:<14}", "kappa \\ exact");
    for rater in 1..=raters {
        let _ = write!(text, "{rater:>8}");
    }
    let _ = writeln!(text);
    for row in 0..raters {
        let _ = write!(text, "  {:>14}", row + 1);
        for column in 0..raters {
            let (first, second) = (row.min(column), row.max(column));
            let pair = axis.pairs.iter().find(|pair| (pair.first, pair.second) == (first, second));
            let value = pair.and_then(|pair| {
                let found = &pair.measures;
                if row < column { &found.kappa_quadratic } else { &found.exact }.0.estimate()
            });
            let _ = write!(text, "{:>8}", value.map_or("–".into(), |value| format!("{value:.3}")));
        }
        let _ = writeln!(text);
    }
}
