//! Findings as text.

use super::plane::{write_categories, write_plane};
use super::sample::write_sample;
use crate::measure::{ANY, SHARE, amount, count, describe, p_value};
use commands::{
    ActionFindings, ActionRates, Filtered, Findings, FirstInstructions, FramingContrast, HitRate,
    ModelFinding, PairGap, PairedRate, ReportedMeasure, ReportedTest, SignedRank, UngradedBounds,
};
use std::fmt::Write;
use std::ops::RangeInclusive;

/// The report as text.
pub(crate) fn text(report: &Findings) -> String {
    let mut text = format!(
        "{} scored by {}; OH is the axis `{}`, CH is `{}`\n",
        count(report.n, "response"),
        report.rater,
        report.omission_axis,
        report.commission_axis
    );
    if let Some(rubric) = &report.rubric {
        let _ = writeln!(text, "Rubric: {rubric}");
    }
    for caution in &report.cautions {
        let _ = writeln!(text, "Note: {caution}");
    }
    write_models(&mut text, report);
    write_categories(&mut text, report);
    let rated = rated(report);
    write_framing(&mut text, &report.framing.gap, rated);
    for contrast in &report.framing.others {
        write_framing(&mut text, contrast, rated);
    }
    if let Some(plane) = &report.plane {
        write_plane(&mut text, plane);
    }
    if let Some(actions) = &report.actions {
        write_actions(&mut text, actions, rated);
    }
    write_codes(&mut text, "Omission mechanism", &report.mechanism);
    write_codes(&mut text, "Response class", &report.response_class);
    write_filtered(&mut text, report);
    write_first_instruction(&mut text, report);
    write_controls(&mut text, report);
    write_equivalence(&mut text, report);
    if let Some(sample) = &report.unweighted {
        write_sample(&mut text, sample);
    }
    if let Some(found) = &report.battery {
        text.push_str(&super::battery::text(found));
    }
    let _ = writeln!(
        text,
        "\nIntervals: the jackknife over clusters, with Student's t. A pair of framings is one cluster, and so is \
         any other scenario."
    );
    if let Some(drawn) = &report.resampling {
        let _ = writeln!(
            text,
            "Permutation tests with too many units for all: {} random ones, seed {}",
            drawn.replicates, drawn.seed
        );
    }
    text
}

/// Said of what is tested where the figures around it are weighted.
fn rated(report: &Findings) -> &'static str {
    if report.unweighted.is_some() { "rated " } else { "" }
}

/// A code as it is said: `informed_layperson` as "informed layperson".
pub(super) fn plain(code: &str) -> String {
    code.replace('_', " ")
}

pub(super) fn heading(text: &mut String, title: &str) {
    let _ = writeln!(text, "\n{title:<36} {:>9} {:>8}  95 % interval", "estimate", "SE");
}

pub(super) fn line(
    text: &mut String,
    name: &str,
    measure: &ReportedMeasure,
    range: &RangeInclusive<f64>,
) {
    let _ = writeln!(text, "  {name:<34} {}", describe(measure, range));
}

fn write_models(text: &mut String, report: &Findings) {
    let rated = rated(report);
    for (name, model) in &report.models {
        let ModelFinding { n, n_scenarios, n_clusters, n_ch, measures, bounds, .. } = model;
        heading(
            text,
            &format!(
                "{name}: n = {n}, {} in {}",
                count(*n_scenarios, "scenario"),
                count(*n_clusters, "cluster")
            ),
        );
        for (reason, count) in &model.excluded {
            let _ = writeln!(text, "  without OH, {reason}: {count}");
        }
        line(text, "mean OH", &measures.mean_oh, &ANY);
        write_bounds(text, bounds.as_ref().map(|bounds| bounds.mean_oh));
        line(text, "share with OH of 2 or more", &measures.share_oh_ge_2, &SHARE);
        write_bounds(text, bounds.as_ref().map(|bounds| bounds.share_oh_ge_2));
        line(text, "acuity-weighted mean OH", &measures.acuity_weighted_mean_oh, &ANY);
        line(text, &format!("mean CH (n = {n_ch})"), &measures.mean_ch, &ANY);
        if let (Some(median), Some([lower, upper])) = (model.median_oh, model.quartiles_oh) {
            let _ = writeln!(
                text,
                "  median OH {}, quartiles {} and {}",
                amount(median),
                amount(lower),
                amount(upper)
            );
        }
        let above = format!("{rated}clusters' mean OH above {}", model.threshold);
        let _ = writeln!(text, "  {above}: {}", ranks(&model.wilcoxon));
        let above = format!("{rated}responses' OH above {}", model.threshold);
        let _ = writeln!(
            text,
            "  {above}: {} (treats responses as independent)",
            ranks(&model.wilcoxon_responses)
        );
    }
}

fn write_bounds(text: &mut String, bounds: Option<UngradedBounds>) {
    if let Some(UngradedBounds { lo, hi, missing, of }) = bounds {
        let _ = writeln!(
            text,
            "    without a grade {missing} of {of}: {lo:.3} with the lowest for what is missing, {hi:.3} with the highest"
        );
    }
}

fn ranks(test: &SignedRank) -> String {
    match test {
        SignedRank::Made { w, p, p_exact, p_holm, n_nonzero, .. } => {
            let exact = p_exact
                .map_or_else(|| "too many for exact".into(), |p| format!("exact p {}", p_value(p)));
            let holm = p_holm.map(|p| format!(", p {} after Holm", p_value(p))).unwrap_or_default();
            format!("W = {w}, p {}, {exact}{holm}, {n_nonzero} not 0", p_value(*p))
        }
        SignedRank::Undefined { undefined } => undefined.clone(),
    }
}

fn write_framing(text: &mut String, contrast: &FramingContrast, rated: &str) {
    let FramingContrast { first, second, per_model, overall } = contrast;
    heading(text, &format!("OH, {} minus {}", plain(first), plain(second)));
    for (model, gap) in per_model {
        write_gap(text, model, gap, rated);
    }
    match overall.models.len() {
        0 => line(text, "mean of models", &overall.gap.gap, &ANY),
        models => {
            let name = format!("mean of {}", count(models as u64, "model"));
            write_gap(text, &name, &overall.gap, rated);
        }
    }
    for out in &overall.excluded {
        let pair = out.pair.as_ref().map(|pair| format!(", pair {pair}")).unwrap_or_default();
        let _ = writeln!(text, "    left out: {}{pair} ({})", out.model, out.reason);
    }
    if !overall.incomplete.is_empty() {
        let _ =
            writeln!(text, "    pairs that lack some models: {}", overall.incomplete.join(", "));
    }
    if per_model.values().chain([&overall.gap]).any(|gap| gap.n_pairs > 0) {
        let _ = writeln!(
            text,
            "  Signed-rank tests: one-sided; W sums the positive ranks, zeros dropped; p by the normal \
             approximation\n  with the tie correction, without continuity correction."
        );
    }
}

fn write_gap(text: &mut String, name: &str, gap: &PairGap, rated: &str) {
    line(text, name, &gap.gap, &ANY);
    if gap.n_pairs == 0 {
        return;
    }
    let means = [
        ("layperson", gap.layperson_mean),
        ("physician", gap.physician_mean),
        ("lawyer", gap.lawyer_mean),
        ("informed layperson", gap.informed_layperson_mean),
    ];
    let means = means.into_iter().filter_map(|(name, mean)| Some(format!("{name} {:.3}", mean?)));
    let _ = writeln!(
        text,
        "    {}; {}, {} positive, {} negative; {}",
        means.collect::<Vec<_>>().join(", "),
        count(gap.n_pairs, &format!("{rated}pair")),
        gap.n_positive,
        gap.n_negative,
        ranks(&gap.wilcoxon)
    );
}

fn write_actions(text: &mut String, actions: &ActionFindings, rated: &str) {
    heading(text, "Critical actions hit, partial as 0.5");
    if actions.length_mismatch > 0 {
        let _ = writeln!(
            text,
            "  left out, as their checklist has another length than the scenario's: {}",
            actions.length_mismatch
        );
        for wrong in &actions.wrong_length {
            let _ = writeln!(
                text,
                "    {}: {} for {}",
                wrong.item,
                count(wrong.found as u64, "grade"),
                count(wrong.expected as u64, "action")
            );
        }
    }
    if actions.not_graded > 0 {
        let _ = writeln!(text, "  not graded: {}", actions.not_graded);
    }
    for (kind, rate) in &actions.by_collision {
        write_rate(text, kind, rate);
    }
    write_rates(text, &actions.rates, rated);
    for (model, rates) in &actions.by_model {
        heading(text, &format!("Critical actions, {model}"));
        write_rates(text, rates, rated);
    }
    if let Some(rates) = &actions.without_excluded {
        heading(text, "Critical actions, without what was left out");
        write_rates(text, rates, rated);
    }
}

pub(super) fn write_rate(text: &mut String, name: &str, rate: &HitRate) {
    line(text, &plain(name), &rate.partial_half, &SHARE);
    if let Some(strict) = rate.rate_strict {
        let HitRate { hit, partial, miss, n, .. } = rate;
        let n = match hit + partial + miss {
            grades if grades == *n => n.to_string(),
            grades => format!("{} of {}", count(grades, "grade"), count(*n, "action")),
        };
        let _ = writeln!(
            text,
            "    {hit} hit, {partial} partial, {miss} missed of {n}; {strict:.3} with partial as 0"
        );
        write_bounds(text, rate.bounds.map(|bounds| bounds.partial_half));
    }
}

fn write_rates(text: &mut String, rates: &ActionRates, rated: &str) {
    for (framing, kinds) in &rates.by_framing {
        for (kind, rate) in kinds {
            write_rate(text, &format!("{framing}/{kind}"), rate);
        }
    }
    for (name, difference) in [
        ("layperson − physician, colliding", &rates.colliding),
        ("layperson − physician, others", &rates.non_colliding),
        ("difference of the two", &rates.difference_in_differences),
    ] {
        write_paired(text, name, &difference.partial_half, rated);
        write_paired(text, &format!("{name}, partial as 0"), &difference.strict, rated);
    }
}

fn write_paired(text: &mut String, name: &str, paired: &PairedRate, rated: &str) {
    let _ = writeln!(text, "  {name}");
    line(text, "  pooled over all actions", &paired.difference, &(-2.0..=2.0));
    if paired.n_pairs > 0 {
        let tested = format!("  mean of {rated}pairs, which is tested");
        line(text, &tested, &paired.mean_of_pairs, &(-2.0..=2.0));
        let test = permutation(&paired.permutation);
        let _ = writeln!(text, "    {}, {test}", count(paired.n_pairs, &format!("{rated}pair")));
    }
}

fn permutation(ReportedTest { test, p_holm }: &ReportedTest) -> String {
    match (test.statistic(), test.p()) {
        (Some(_), Some(p)) => {
            let holm = p_holm.map(|p| format!(", p {} after Holm", p_value(p))).unwrap_or_default();
            format!("permutation p {}{holm}", p_value(p))
        }
        _ => test.undefined().map(|why| why.to_string()).unwrap_or_default(),
    }
}

fn write_codes<'a, M, C>(text: &mut String, title: &str, models: M)
where
    M: IntoIterator<Item = (&'a String, C)>,
    C: IntoIterator<Item = (&'a String, &'a u64)>,
{
    let mut models = models.into_iter().peekable();
    if models.peek().is_some() {
        let _ = writeln!(text, "\n{title}");
    }
    for (model, codes) in models {
        let codes: Vec<String> =
            codes.into_iter().map(|(code, count)| format!("{} {count}", plain(code))).collect();
        let _ = writeln!(text, "  {model}: {}", codes.join(", "));
    }
}

fn write_filtered(text: &mut String, report: &Findings) {
    let Some(found) = &report.filtered else { return };
    heading(text, "Filtered responses");
    let one = |text: &mut String, name: &str, share: &Filtered| {
        line(text, name, &share.share, &SHARE);
        let _ = writeln!(text, "    {} of {}", share.filtered, share.n);
    };
    one(text, "all", &found.all);
    let some = |share: &&Filtered| share.filtered > 0;
    for (model, share) in found.by_model.iter().filter(|(_, share)| some(share)) {
        one(text, model, share);
    }
    for (framing, share) in found.by_framing.iter().filter(|(_, share)| some(share)) {
        one(text, &plain(framing), share);
    }
    let models = found.by_model_and_framing.iter().map(|(model, shares)| (model.clone(), shares));
    let pairs = found.by_pair.iter().map(|(pair, shares)| (plain(pair), shares));
    for (name, shares) in models.chain(pairs) {
        for (framing, share) in shares.iter().filter(|(_, share)| some(share)) {
            one(text, &format!("{name}/{}", plain(framing)), share);
        }
    }
    let _ = writeln!(text, "  models, framings and pairs that are not named have none");
}

fn write_first_instruction(text: &mut String, report: &Findings) {
    let Some(found) = &report.first_instruction else { return };
    let unit = format!("{:?}", found.unit).to_lowercase();
    heading(text, &format!("First instruction, after {unit}"));
    let models = found.by_model.iter().map(|(model, first)| (model.clone(), first));
    let framings = found.by_framing.iter().map(|(framing, first)| (plain(framing), first));
    for (name, FirstInstructions { n, without, mean, median }) in models.chain(framings) {
        line(text, &name, mean, &(0.0..=f64::MAX));
        let median = median.map(|median| format!("median {median}, ")).unwrap_or_default();
        let _ = writeln!(text, "    {median}n = {n}; without any instruction: {without}");
    }
}

fn write_controls(text: &mut String, report: &Findings) {
    let Some(found) = &report.controls else { return };
    heading(
        text,
        &format!(
            "{} of the category {}, bound {}",
            count(found.n_scenarios, "scenario"),
            plain(&found.category),
            found.bound
        ),
    );
    for (model, control) in &found.models {
        let said = |within: Option<bool>| match within {
            Some(true) => "within the bound",
            Some(false) => "above the bound",
            None => "",
        };
        line(text, &format!("{model}, mean OH"), &control.mean_oh, &ANY);
        let _ = writeln!(text, "    {}", said(control.oh_within));
        line(text, &format!("{model}, mean CH"), &control.mean_ch, &ANY);
        let _ = writeln!(text, "    {}", said(control.ch_within));
    }
}

fn write_equivalence(text: &mut String, report: &Findings) {
    if report.equivalence.is_empty() {
        return;
    }
    heading(text, "Equivalence");
    for test in &report.equivalence {
        line(text, &plain(&test.name), &test.difference, &ANY);
        let ReportedTest { test: tost, p_holm } = &test.tost;
        let said = match tost.p() {
            Some(p) => {
                let holm =
                    p_holm.map(|p| format!(", p {} after Holm", p_value(p))).unwrap_or_default();
                format!("p {}{holm}", p_value(p))
            }
            None => tost.undefined().map(|why| why.to_string()).unwrap_or_default(),
        };
        let _ = writeln!(
            text,
            "    within ±{} over {} by two one-sided tests: {said}",
            test.margin,
            count(test.n, &test.unit)
        );
    }
}
