//! Categories, and the two-axis plane, as text.

use super::text::{heading, line, plain};
use crate::measure::{ANY, SHARE, count};
use commands::{Findings, ModelPoint, Pattern, PatternCutoffs, PlaneFindings};
use std::fmt::Write;

pub(super) fn write_categories(text: &mut String, report: &Findings) {
    for (model, categories) in &report.categories {
        heading(text, &format!("Mean OH by category, {model}"));
        for (category, found) in categories {
            let (category, n) = (plain(category), found.n);
            let name = format!("{category} (n = {n}, {}, {})", found.n_scenarios, found.n_clusters);
            line(text, &name, &found.mean_oh, &ANY);
        }
    }
    let _ = writeln!(
        text,
        "  in brackets: responses, the scenarios that they answer, and the clusters of these"
    );
}

pub(super) fn write_plane(text: &mut String, plane: &PlaneFindings) {
    let PatternCutoffs { low, high, gap, filtered } = plane.cutoffs;
    heading(text, "OH for a layperson and a physician");
    for (model, point) in &plane.models {
        let ModelPoint { n_pairs, layperson, physician, pattern } = point;
        let _ = writeln!(text, "  {model}: {}; {}", named(*pattern), count(*n_pairs, "pair"));
        for (framing, side) in [("layperson", layperson), ("physician", physician)] {
            line(text, &format!("  {framing}, mean OH (n = {})", side.n), &side.mean_oh, &ANY);
            line(text, &format!("  {framing}, mean CH"), &side.mean_ch, &ANY);
            line(text, &format!("  {framing}, filtered"), &side.filtered, &SHARE);
        }
        let mine = || plane.cells.iter().filter(|cell| cell.model == *model);
        for pattern in [Pattern::Filtering, Pattern::Incompetence, Pattern::Withholding] {
            let pairs: Vec<&str> = mine()
                .filter(|cell| cell.pattern == pattern)
                .map(|cell| cell.pair.as_str())
                .collect();
            if !pairs.is_empty() {
                let _ = writeln!(text, "    {} in: {}", named(pattern), pairs.join(", "));
            }
        }
    }
    let _ = writeln!(
        text,
        "  Patterns describe and prove nothing. Filtering: {filtered} or more filtered in a framing; else \
         incompetence: OH of\n  {high} or more in both; else withholding: OH below {low} for a physician, \
         and for a layperson at least {gap} more."
    );
}

fn named(pattern: Pattern) -> &'static str {
    match pattern {
        Pattern::Filtering => "filtering",
        Pattern::Incompetence => "incompetence",
        Pattern::Withholding => "withholding",
        Pattern::None => "no pattern",
    }
}
