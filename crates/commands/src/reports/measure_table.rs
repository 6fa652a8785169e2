//! A report's numbers as a table: one row per axis, raters and coefficient, named as in the report's JSON.

use super::Agreement;
use crate::Failure;
use analysis::{
    AgreementReport, Beside, Contest, HumanCeiling, JudgeAxis, JudgeMeasures, JudgeReport, Outcome,
    PairMeasures, PanelCoefficients, PanelReport, ReportedMeasure, StratifiedBy, StudyAgreement,
};
use std::path::Path;

const COLUMNS: [&str; 14] = [
    "axis",
    "raters",
    "by",
    "stratum",
    "coefficient",
    "n",
    "estimate",
    "se",
    "lo",
    "hi",
    "level",
    "method",
    "reason",
    "note",
];

/// What a row is about: all items, or a stratum of them.
#[derive(Clone, Copy)]
struct About<'a> {
    axis: &'a str,
    raters: &'a str,
    by: &'a str,
    stratum: &'a str,
    /// What counts as a miss, where a judge is measured.
    miss_rule: &'a str,
}

impl<'a> About<'a> {
    fn all(axis: &'a str, raters: &'a str) -> Self {
        Self { axis, raters, by: "", stratum: "", miss_rule: "" }
    }

    fn judged(name: &'a str, raters: &'a str, axis: &'a JudgeAxis) -> Self {
        Self { miss_rule: &axis.miss_rule, ..Self::all(name, raters) }
    }

    /// What a reader of this coefficient must know.
    fn note_on(self, coefficient: &str) -> String {
        if coefficient == "miss_rate" { self.miss_rule.into() } else { String::new() }
    }

    fn within(self, by: StratifiedBy, stratum: &'a str) -> Self {
        let by = match by {
            StratifiedBy::Model => "model",
            StratifiedBy::Category => "category",
            StratifiedBy::Framing => "framing",
            StratifiedBy::Period => "period",
        };
        Self { by, stratum, ..self }
    }

    /// The rated sample itself, where the other figures are weighted.
    fn unweighted(self) -> Self {
        Self { by: "unweighted", ..self }
    }
}

/// A table of numbers.
#[derive(Debug, Default)]
pub struct MeasureTable {
    rows: Vec<[String; 14]>,
}

impl MeasureTable {
    /// That of two raters or of more.
    pub fn of_agreement(agreement: &Agreement) -> Self {
        let mut table = Self::default();
        match agreement {
            Agreement::Pair(report) => table.add_pair_report(report),
            Agreement::Panel(report) => table.add_panel(report),
        }
        table
    }

    /// That of a study.
    pub fn of_study(agreement: &StudyAgreement) -> Self {
        let mut table = Self::default();
        agreement.pairs.iter().for_each(|report| table.add_pair_report(report));
        agreement.panel.iter().for_each(|report| table.add_panel(report));
        agreement.repeats.iter().for_each(|repeat| table.add_pair_report(&repeat.report));
        table
    }

    /// That of judges beside humans.
    pub fn of_judges(report: &JudgeReport) -> Self {
        let mut table = Self::default();
        for (judge, found) in &report.judges {
            for (name, axis) in &found.axes {
                table.add_judge(name, judge, axis);
            }
        }
        table
    }

    /// Writes it to a new file.
    ///
    /// # Errors
    /// Where there is another file already, or none can be written.
    pub fn write(&self, file: &Path) -> Result<(), Failure> {
        let header = COLUMNS.map(String::from).to_vec();
        let rows = self.rows.iter().map(|row| row.to_vec());
        let text = exchange::encode_csv(std::iter::once(header).chain(rows))?;
        Ok(exchange::write_new(file, text.as_bytes())?)
    }

    fn add(
        &mut self,
        about: About<'_>,
        coefficient: &str,
        n: u64,
        ReportedMeasure(found): &ReportedMeasure,
    ) {
        let interval = found.interval();
        let bound = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        self.rows.push([
            about.axis.into(),
            about.raters.into(),
            about.by.into(),
            about.stratum.into(),
            coefficient.into(),
            n.to_string(),
            bound(found.estimate()),
            bound(found.se()),
            bound(interval.map(|interval| interval.lo)),
            bound(interval.map(|interval| interval.hi)),
            bound(interval.map(|interval| interval.level)),
            interval.map(|interval| interval.method.to_string()).unwrap_or_default(),
            found.undefined().map(|why| why.to_string()).unwrap_or_default(),
            about.note_on(coefficient),
        ]);
    }

    /// A row for what could not be made.
    fn add_reason(&mut self, about: About<'_>, coefficient: &str, reason: &str) {
        let mut row: [String; 14] = Default::default();
        let said = [about.axis, about.raters, about.by, about.stratum, coefficient];
        row.iter_mut().zip(said).for_each(|(cell, text)| *cell = text.into());
        row[12] = reason.into();
        self.rows.push(row);
    }

    fn add_pair_report(&mut self, report: &AgreementReport) {
        let raters = format!("{}; {}", report.first, report.second);
        for (axis, found) in &report.axes {
            let about = About::all(axis, &raters);
            self.add_pair(about, &found.measures);
            self.add(about, "maximum_kappa", found.measures.n, &found.maximum_kappa);
        }
        for strata in &report.strata {
            for (stratum, found) in &strata.strata {
                self.add_pair(About::all(&strata.axis, &raters).within(strata.by, stratum), found);
            }
        }
        if let Some(actions) = &report.actions {
            self.add_pair(About::all("actions", &raters), &actions.all);
        }
    }

    fn add_pair(&mut self, about: About<'_>, found: &PairMeasures) {
        for (name, measure) in [
            ("kappa_quadratic", &found.kappa_quadratic),
            ("kappa_linear", &found.kappa_linear),
            ("kappa", &found.kappa),
            ("ac2", &found.ac2),
            ("ac1", &found.ac1),
            ("alpha_ordinal", &found.alpha_ordinal),
            ("pabak", &found.pabak),
            ("exact", &found.exact),
            ("within_1", &found.within_1),
            ("mean_difference", &found.mean_difference),
        ] {
            self.add(about, name, found.n, measure);
        }
        if let Some(sample) = &found.unweighted {
            self.add_pair(about.unweighted(), sample);
        }
    }

    fn add_panel(&mut self, report: &PanelReport) {
        let all = report.raters.join("; ");
        for (name, axis) in &report.axes {
            let n = [axis.pairable, axis.complete];
            self.add_coefficients(About::all(name, &all), &axis.coefficients, n);
            for pair in &axis.pairs {
                let raters =
                    format!("{}; {}", report.raters[pair.first], report.raters[pair.second]);
                self.add_pair(About::all(name, &raters), &pair.measures);
            }
        }
    }

    /// The intraclass correlation counts the items that all raters graded, the others those of two.
    fn add_coefficients(
        &mut self,
        about: About<'_>,
        found: &PanelCoefficients,
        [pairable, complete]: [u64; 2],
    ) {
        for (name, n, measure) in [
            ("alpha_ordinal", pairable, &found.alpha_ordinal),
            ("ac2", pairable, &found.ac2),
            ("fleiss_kappa", pairable, &found.fleiss_kappa),
            ("fleiss_kappa_quadratic", pairable, &found.fleiss_kappa_quadratic),
            ("icc", complete, &found.icc),
            ("exact", pairable, &found.exact),
        ] {
            self.add(about, name, n, measure);
        }
        if let Some(sample) = &found.unweighted {
            self.add_coefficients(about.unweighted(), sample, [pairable, complete]);
        }
    }

    fn add_judge(&mut self, name: &str, judge: &str, axis: &JudgeAxis) {
        let raters = format!("{}; {judge}", axis.reference);
        let about = About::judged(name, &raters, axis);
        self.add_judge_measures(about, &axis.measures);
        for (human, found) in &axis.by_human {
            let raters = format!("{human}; {judge}");
            let (about, n) = (About::judged(name, &raters, axis), found.agreement.n);
            self.add_pair(about, &found.agreement);
            self.add(about, "difference", n, &found.difference);
            self.add(about, "bias", n, &found.bias);
            self.add(about, "miss_rate", n, &found.miss_rate);
        }
        for strata in &axis.strata {
            for (stratum, found) in &strata.strata {
                self.add_judge_measures(about.within(strata.by, stratum), found);
            }
        }
    }

    fn add_judge_measures(&mut self, about: About<'_>, found: &JudgeMeasures) {
        let n = found.agreement.n;
        self.add_pair(about, &found.agreement);
        self.add(about, "bias", n, &found.bias);
        self.add(about, "miss_rate", found.miss_rate_n, &found.miss_rate);
        for cut in &found.thresholds {
            for (name, n, measure) in [
                ("sensitivity", cut.n.above, &cut.sensitivity),
                ("specificity", cut.n.below, &cut.specificity),
                ("positive_predictive_value", cut.n.judged_above, &cut.positive_predictive_value),
                ("negative_predictive_value", cut.n.judged_below, &cut.negative_predictive_value),
                ("corrected_share", n + found.unrated, &cut.corrected_share),
            ] {
                self.add(about, &format!("thresholds.{}.{name}", cut.name), n, measure);
            }
        }
        self.add_ceiling(about, found);
        self.add_replacement(about, found);
        match &found.ppi {
            Outcome::Undefined { undefined } => self.add_reason(about, "ppi", undefined),
            Outcome::Made(mean) => {
                self.add(about, "ppi.mean", mean.rated + mean.unrated, &mean.mean);
                self.add(about, "ppi.rated_only", mean.rated, &mean.rated_only);
            }
        }
        self.add(about, "corrected_mean", n + found.unrated, &found.corrected_mean);
        if let Some(sample) = &found.unweighted {
            self.add_judge_measures(about.unweighted(), sample);
        }
    }

    fn add_ceiling(&mut self, about: About<'_>, found: &JudgeMeasures) {
        let HumanCeiling { n, kappa_quadratic, kappa, exact } = match &found.human_ceiling {
            Outcome::Made(ceiling) => ceiling,
            Outcome::Undefined { undefined } => {
                return self.add_reason(about, "human_ceiling", undefined);
            }
        };
        for (name, Beside { humans, judge, difference }) in
            [("kappa_quadratic", kappa_quadratic), ("kappa", kappa), ("exact", exact)]
        {
            for (what, measure) in
                [("humans", humans), ("judge", judge), ("difference", difference)]
            {
                self.add(about, &format!("human_ceiling.{name}.{what}"), *n, measure);
            }
        }
    }

    fn add_replacement(&mut self, about: About<'_>, found: &JudgeMeasures) {
        let test = match &found.alt_test {
            Outcome::Made(test) => test,
            Outcome::Undefined { undefined } => {
                return self.add_reason(about, "alt_test", undefined);
            }
        };
        for (name, contest) in [
            ("exact", &test.exact),
            ("distance", &test.distance),
            ("balanced.exact", &test.balanced.exact),
            ("balanced.distance", &test.balanced.distance),
        ] {
            let Contest { advantage, units, .. } = contest;
            self.add(about, &format!("alt_test.{name}.advantage"), *units, advantage);
        }
    }
}
