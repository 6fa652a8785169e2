//! Headline figures of the rated sample, where those above are weighted, as text.

use super::text::{heading, line, write_rate};
use crate::agree::OF_SAMPLE;
use crate::measure::{ANY, SHARE};
use commands::Findings;
use std::fmt::Write;

pub(super) fn write_sample(text: &mut String, sample: &Findings) {
    let _ = writeln!(text, "\n{OF_SAMPLE}");
    heading(text, "Of the rated sample");
    for (name, model) in &sample.models {
        line(text, &format!("{name}: mean OH"), &model.measures.mean_oh, &ANY);
        line(text, &format!("{name}: share OH ≥ 2"), &model.measures.share_oh_ge_2, &SHARE);
        line(text, &format!("{name}: mean CH"), &model.measures.mean_ch, &ANY);
    }
    line(text, "OH, layperson minus physician", &sample.framing.gap.overall.gap.gap, &ANY);
    for (kind, rate) in sample.actions.iter().flat_map(|actions| &actions.by_collision) {
        write_rate(text, &format!("hit rate, {kind}"), rate);
    }
}
