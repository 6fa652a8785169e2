//! Figures of findings.

use crate::ReportedMeasure;
use crate::file_name::file_name;
use crate::forest::{Forest, Mark, Row};
use crate::label::{capital, plain};
use crate::number::{Limits, SHARE};
use crate::{Figure, distinct, heat, plane};
use analysis::{ActionFindings, Findings, FramingContrast, HitRate, ModelFinding};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Those of a report, in its order.
pub fn of_findings(report: &Findings) -> Vec<Figure> {
    let omission = report.omission_range.map(f64::from);
    let mut figures = of_models(report, omission);
    if report.categories.values().any(|categories| !categories.is_empty()) {
        figures.push(heat::categories(report));
    }
    let others = report.framing.others.iter().enumerate();
    let others = others.map(|(at, contrast)| (format!("framing/others/{at}"), contrast));
    for (of, contrast) in std::iter::once(("framing".to_owned(), &report.framing.gap)).chain(others)
    {
        if !contrast.per_model.is_empty() {
            figures.push(gap(of, contrast, omission));
        }
    }
    figures.extend(report.plane.as_ref().map(|found| plane::plane(found, report)));
    figures.extend(report.actions.as_ref().map(hit_rates));
    distinct(figures)
}

fn of_models(report: &Findings, omission: Limits) -> Vec<Figure> {
    type Of = fn(&ModelFinding) -> (&ReportedMeasure, u64);
    let commission = report.commission_range.map(|range| range.map(f64::from));
    let all: [(&str, &str, Of, Option<Limits>); 3] = [
        ("mean_oh", "Mean OH", |found| (&found.measures.mean_oh, found.n), Some(omission)),
        (
            "share_oh_ge_2",
            "Share of responses with OH of 2 or more",
            |found| (&found.measures.share_oh_ge_2, found.n),
            Some(SHARE),
        ),
        ("mean_ch", "Mean CH", |found| (&found.measures.mean_ch, found.n_ch), commission),
    ];
    let figure = |(id, axis, of, limits): (&str, &str, Of, Option<Limits>)| {
        let row = |(model, found): (&String, &ModelFinding)| {
            let (measure, n) = of(found);
            limits.map(|limits| Row::new(model, measure, limits).n(n))
        };
        let rows: Vec<Row> = report.models.iter().filter_map(row).collect();
        let forest = Forest {
            of: format!("models/{id}"),
            name: file_name(&["findings", id]),
            title: format!("{axis} by model"),
            axis: axis.into(),
            counted: "n",
            rows,
        };
        (!forest.rows.is_empty()).then(|| forest.draw())
    };
    all.into_iter().filter_map(figure).collect()
}

/// The gap between two framings, the largest first, and over models at the end.
fn gap(of: String, contrast: &FramingContrast, [least, most]: Limits) -> Figure {
    let limits = [least - most, most - least];
    let overall = &contrast.overall;
    let left_out = overall.excluded.iter().filter(|out| out.pair.is_none());
    let left_out: BTreeSet<&str> = left_out.map(|out| out.model.as_str()).collect();
    let mut rows: Vec<Row> = contrast
        .per_model
        .iter()
        .map(|(model, gap)| match left_out.contains(model.as_str()) {
            true => Row::new(format!("{model} (left out)"), &gap.gap, limits)
                .n(gap.n_pairs)
                .mark(Mark::Open),
            false => Row::new(model, &gap.gap, limits).n(gap.n_pairs),
        })
        .collect();
    let value = |row: &Row| row.estimate().unwrap_or(f64::NEG_INFINITY);
    rows.sort_by(|a, b| value(b).partial_cmp(&value(a)).unwrap_or(Ordering::Equal));
    let models = match overall.models.len() {
        0 => "Mean of models".into(),
        1 => "Mean of 1 model".into(),
        models => format!("Mean of {models} models"),
    };
    rows.push(Row::new(models, &overall.gap.gap, limits).n(overall.gap.n_pairs).mark(Mark::Sum));
    let [first, second] = [&contrast.first, &contrast.second].map(|framing| plain(framing));
    let forest = Forest {
        of,
        name: file_name(&["findings", "gap", &first, &second]),
        title: format!("OH {first} minus {second}, with 95 % intervals over pairs"),
        axis: format!("Gap in mean OH; positive where the {first} is told less"),
        counted: "pairs",
        rows,
    };
    forest.draw()
}

/// How many critical actions responses contain, by who asks and by whether safety training opposes them.
fn hit_rates(actions: &ActionFindings) -> Figure {
    let row = |framing: &str, kind: &str, rate: &HitRate| {
        let kind = match kind {
            "colliding" => "colliding actions",
            "non_colliding" => "other actions",
            "unmarked" => "unmarked actions",
            other => other,
        };
        Row::new(capital(&format!("{framing}, {kind}")), &rate.partial_half, SHARE).n(rate.n)
    };
    let framings = actions.rates.by_framing.iter().flat_map(|(framing, kinds)| {
        // Scenarios without a framing may not exist at all.
        let there = kinds.iter().filter(move |(_, rate)| rate.n > 0 || framing != "none");
        let name = if framing == "none" { "no framing".into() } else { plain(framing) };
        there.map(move |(kind, rate)| row(&name, kind, rate))
    });
    let all = actions
        .by_collision
        .iter()
        .map(|(kind, rate)| row("all framings", kind, rate).mark(Mark::Sum));
    let forest = Forest {
        of: "actions".into(),
        name: "findings-actions".into(),
        title: "Hit rates of critical actions".into(),
        axis: "Hit rate, a partial hit as ½".into(),
        counted: "actions",
        rows: framings.chain(all).collect(),
    };
    forest.draw()
}
