//! Figures of agreement between raters.

use crate::Figure;
use crate::confusion::Confusion;
use crate::distinct;
use crate::file_name::file_name;
use crate::forest::{Forest, Row};
use crate::label::{capital, plain};
use crate::number::{COEFFICIENT, SHARE};
use analysis::{
    ActionAgreement, AgreementReport, AxisAgreement, PairMeasures, PanelAxis, PanelPair,
    PanelReport, Strata, StratifiedBy, StudyAgreement,
};
use std::collections::BTreeSet;

/// Those of two raters.
pub fn of_pair(report: &AgreementReport) -> Vec<Figure> {
    distinct(pair(report, &Within::default()))
}

/// Those of three or more.
pub fn of_panel(report: &PanelReport) -> Vec<Figure> {
    distinct(panel(report, &Within::default()))
}

/// Those of a study: of all raters, of each two, and of each with themselves.
pub fn of_study(agreement: &StudyAgreement) -> Vec<Figure> {
    let all = agreement.panel.iter().flat_map(|report| {
        panel(report, &Within { of: "panel/".into(), file: vec!["all".into()] })
    });
    let two = agreement.pairs.iter().enumerate().flat_map(|(at, report)| {
        let file = vec![report.first.clone(), report.second.clone()];
        pair(report, &Within { of: format!("pairs/{at}/"), file })
    });
    let alone = agreement.repeats.iter().enumerate().flat_map(|(at, repeat)| {
        let file = vec![repeat.rater.clone(), "twice".into()];
        pair(&repeat.report, &Within { of: format!("repeats/{at}/report/"), file })
    });
    distinct(all.chain(two).chain(alone).collect())
}

/// Where in a larger report a report is.
#[derive(Debug, Default)]
struct Within {
    of: String,
    file: Vec<String>,
}

impl Within {
    fn of(&self, path: &str) -> String {
        format!("{}{path}", self.of)
    }

    fn name(&self, parts: &[&str]) -> String {
        let within = self.file.iter().map(String::as_str);
        let all: Vec<&str> =
            std::iter::once("agreement").chain(within).chain(parts.iter().copied()).collect();
        file_name(&all)
    }
}

fn pair(report: &AgreementReport, within: &Within) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (id, axis) in &report.axes {
        let about = format!("{}: {} and {}", axis.label, report.first, report.second);
        if axis.measures.n > 0 {
            figures.push(axis_counts(id, axis, report, within).draw());
        }
        let of = within.of(&format!("axes/{id}/coefficients"));
        let name = within.name(&[id, "coefficients"]);
        figures.push(coefficients(of, name, &about, &axis.measures).draw());
    }
    for (at, strata) in report.strata.iter().enumerate() {
        let label = report.axes.get(&strata.axis).map_or(strata.axis.as_str(), |axis| &axis.label);
        let about = format!("{label} by {}: {} and {}", by(strata.by), report.first, report.second);
        let of = within.of(&format!("strata/{at}"));
        figures.push(of_strata(of, within, &about, strata).draw());
    }
    if let Some(actions) = &report.actions {
        figures.extend(of_actions(actions, report, within));
    }
    figures
}

fn axis_counts<'a>(
    id: &str,
    axis: &AxisAgreement,
    report: &'a AgreementReport,
    within: &Within,
) -> Confusion<'a> {
    let what = match axis.measures.unweighted {
        Some(_) => "estimated numbers of responses by grade",
        None => "items by grade of each rater",
    };
    Confusion {
        of: within.of(&format!("axes/{id}/table")),
        name: within.name(&[id, "counts"]),
        title: format!("{}: {what}, n = {}", axis.label, axis.measures.n),
        grades: axis.grade_names.clone(),
        counts: axis.measures.table.clone(),
        raters: [&report.first, &report.second],
    }
}

fn of_actions(actions: &ActionAgreement, report: &AgreementReport, within: &Within) -> [Figure; 2] {
    let counts = Confusion {
        of: within.of("actions/table"),
        name: within.name(&["critical actions", "counts"]),
        title: format!("Critical actions by grade of each rater, n = {}", actions.all.n),
        grades: actions.codes.clone(),
        counts: actions.all.table.clone(),
        raters: [&report.first, &report.second],
    };
    let of = within.of("actions/coefficients");
    let name = within.name(&["critical actions", "coefficients"]);
    let about = format!("Critical actions: {} and {}", report.first, report.second);
    [counts.draw(), coefficients(of, name, &about, &actions.all).draw()]
}

/// Every coefficient of two raters, the headline first. Mean differences are in grades, and not here.
pub(crate) fn coefficients(of: String, name: String, about: &str, found: &PairMeasures) -> Forest {
    let rows = [
        ("Kappa, quadratic weights", &found.kappa_quadratic, COEFFICIENT),
        ("Kappa, linear weights", &found.kappa_linear, COEFFICIENT),
        ("Kappa, unweighted", &found.kappa, COEFFICIENT),
        ("Gwet’s AC2, quadratic", &found.ac2, COEFFICIENT),
        ("Gwet’s AC1", &found.ac1, COEFFICIENT),
        ("Krippendorff’s alpha, ordinal", &found.alpha_ordinal, COEFFICIENT),
        ("Brennan–Prediger (PABAK)", &found.pabak, COEFFICIENT),
        ("Exact agreement", &found.exact, SHARE),
        ("Agreement within one step", &found.within_1, SHARE),
    ];
    Forest {
        of,
        name,
        title: format!("{about}: every coefficient, n = {}", found.n),
        axis: "Coefficient, or share of items".into(),
        counted: "n",
        rows: rows.map(|(name, measure, limits)| Row::new(name, measure, limits)).into(),
    }
}

/// The axis of forests of kappa.
pub(crate) const KAPPA: &str = "Kappa, quadratic weights";

fn of_strata(of: String, within: &Within, about: &str, strata: &Strata) -> Forest {
    let row = |(name, found): (&String, &PairMeasures)| {
        Row::new(group(strata.by, name), &found.kappa_quadratic, COEFFICIENT).n(found.n)
    };
    Forest {
        of,
        name: within.name(&[&strata.axis, "by", by(strata.by)]),
        title: about.to_owned(),
        axis: KAPPA.into(),
        counted: "n",
        rows: strata.strata.iter().map(row).collect(),
    }
}

/// By what a part of a study is named.
pub(crate) fn by(by: StratifiedBy) -> &'static str {
    match by {
        StratifiedBy::Model => "model",
        StratifiedBy::Category => "category",
        StratifiedBy::Framing => "framing",
        StratifiedBy::Period => "period of the rating",
    }
}

/// How a group of responses is called: models have names, the rest have codes.
pub(crate) fn group(by: StratifiedBy, name: &str) -> String {
    match by {
        StratifiedBy::Model => name.to_owned(),
        StratifiedBy::Framing if name == "none" => "No framing".into(),
        _ => capital(&plain(name)),
    }
}

fn panel(report: &PanelReport, within: &Within) -> Vec<Figure> {
    report
        .axes
        .iter()
        .flat_map(|(id, axis)| [of_all(id, axis, within), of_each_two(id, axis, report, within)])
        .collect()
}

fn of_all(id: &str, axis: &PanelAxis, within: &Within) -> Figure {
    let found = &axis.coefficients;
    let rows = [
        ("Krippendorff’s alpha, ordinal", axis.pairable, &found.alpha_ordinal, COEFFICIENT),
        ("Gwet’s AC2, quadratic", axis.pairable, &found.ac2, COEFFICIENT),
        ("Fleiss’s kappa, quadratic", axis.pairable, &found.fleiss_kappa_quadratic, COEFFICIENT),
        ("Fleiss’s kappa, unweighted", axis.pairable, &found.fleiss_kappa, COEFFICIENT),
        ("Intraclass correlation, ICC(2,1)", axis.complete, &found.icc, COEFFICIENT),
        ("Agreement of pairs of ratings", axis.pairable, &found.exact, SHARE),
    ];
    let forest = Forest {
        of: within.of(&format!("axes/{id}/coefficients")),
        name: within.name(&[id, "coefficients"]),
        title: format!("{}: coefficients of all raters", axis.label),
        axis: "Coefficient, or share of pairs of ratings".into(),
        counted: "n",
        rows: rows.map(|(name, n, measure, limits)| Row::new(name, measure, limits).n(n)).into(),
    };
    forest.draw()
}

fn of_each_two(id: &str, axis: &PanelAxis, report: &PanelReport, within: &Within) -> Figure {
    let row = |pair: &PanelPair| {
        let name = format!("{} and {}", report.raters[pair.first], report.raters[pair.second]);
        Row::new(name, &pair.measures.kappa_quadratic, COEFFICIENT).n(pair.measures.n)
    };
    let mut rows: Vec<Row> = axis.pairs.iter().map(row).collect();
    let all = rows.len();
    let note = (all > MOST_PAIRS).then(|| {
        keep_lowest(&mut rows, MOST_PAIRS);
        format!(
            "Of {all} pairs, the {MOST_PAIRS} with the lowest kappa. The other {} are in the report, as \
             text, CSV and JSON.",
            all - MOST_PAIRS
        )
    });
    let forest = Forest {
        of: within.of(&format!("axes/{id}/pairs")),
        name: within.name(&[id, "each two raters"]),
        title: format!("{}: each two raters", axis.label),
        axis: KAPPA.into(),
        counted: "n",
        rows,
    };
    forest.draw_noting(note.as_deref())
}

/// The most pairs of raters of a figure: those of ten raters, which fill a page.
const MOST_PAIRS: usize = 45;

/// Keeps so many rows with the lowest estimates, in their order. One without an estimate is kept last.
fn keep_lowest(rows: &mut Vec<Row>, most: usize) {
    let estimate = |row: &Row| row.estimate().unwrap_or(f64::INFINITY);
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|a, b| estimate(&rows[*a]).total_cmp(&estimate(&rows[*b])));
    let kept: BTreeSet<usize> = order.into_iter().take(most).collect();
    let mut place = 0..;
    rows.retain(|_| place.next().is_some_and(|at| kept.contains(&at)));
}
