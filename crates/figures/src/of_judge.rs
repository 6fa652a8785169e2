//! Figures of judges beside humans.

use crate::ReportedMeasure;
use crate::confusion::Confusion;
use crate::file_name::file_name;
use crate::forest::{Forest, Row};
use crate::number::{COEFFICIENT, DIFFERENCE, SHARE};
use crate::of_agreement::{KAPPA, by, coefficients, group};
use crate::{Figure, distinct};
use analysis::{JudgeAxis, JudgeMeasures, JudgeReport, JudgeStrata, Outcome};

/// Those of every judge on every axis.
pub fn of_judges(report: &JudgeReport) -> Vec<Figure> {
    let axes = report.judges.iter().flat_map(|(judge, found)| {
        found.axes.iter().flat_map(move |(id, axis)| Judged { judge, id, axis }.figures())
    });
    distinct(axes.collect())
}

/// One judge on one axis.
#[derive(Clone, Copy)]
struct Judged<'a> {
    judge: &'a str,
    id: &'a str,
    axis: &'a JudgeAxis,
}

impl Judged<'_> {
    fn figures(self) -> Vec<Figure> {
        let found = &self.axis.measures.agreement;
        let mut figures = Vec::new();
        if found.n > 0 {
            figures.push(self.counts());
        }
        figures.push(self.kappas());
        let about = format!("{}: {} with {}", self.axis.label, self.judge, self.reference());
        figures.push(
            coefficients(self.of("coefficients"), self.name(&["coefficients"]), &about, found)
                .draw(),
        );
        figures.push(self.misses());
        figures.push(self.detection());
        let strata = self.axis.strata.iter().enumerate();
        figures.extend(strata.flat_map(|(at, strata)| self.strata(at, strata)));
        figures
    }

    fn of(self, path: &str) -> String {
        format!("judges/{}/axes/{}/{path}", self.judge, self.id)
    }

    fn name(self, parts: &[&str]) -> String {
        file_name(&[&["judge", self.judge, self.id], parts].concat())
    }

    /// Whom the judge is compared with: a human, or what represents several.
    fn reference(self) -> String {
        match self.axis.reference_from.len() {
            1 => self.axis.reference.clone(),
            humans => format!("the {} of {humans} humans", self.axis.reference_rule),
        }
    }

    fn counts(self) -> Figure {
        let measures = &self.axis.measures;
        let rows = measures.confusion.iter();
        let counts = Confusion {
            of: self.of("confusion"),
            name: self.name(&["counts"]),
            title: format!("{}: responses by grade, n = {}", self.axis.label, measures.agreement.n),
            grades: self.axis.grade_names.clone(),
            counts: rows.map(|row| row.iter().map(|amount| amount.0).collect()).collect(),
            raters: [&format!("Humans: {}", self.reference()), &format!("Judge: {}", self.judge)],
        };
        counts.draw()
    }

    /// The judge's agreement beside that of humans with each other.
    fn kappas(self) -> Figure {
        let measures = &self.axis.measures;
        let mut rows = Vec::new();
        if let Outcome::Made(ceiling) = &measures.human_ceiling {
            let beside = &ceiling.kappa_quadratic;
            let row = |name, measure, limits| Row::new(name, measure, limits).n(ceiling.n);
            rows.push(row("Humans with each other", &beside.humans, COEFFICIENT));
            rows.push(row("Judge with the humans, on average", &beside.judge, COEFFICIENT));
            rows.push(row("Difference, judge − humans", &beside.difference, DIFFERENCE));
        }
        let with = |name: &str, measure: &ReportedMeasure, n| {
            Row::new(format!("Judge with {name}"), measure, COEFFICIENT).n(n)
        };
        let agreement = &measures.agreement;
        rows.push(with(&self.reference(), &agreement.kappa_quadratic, agreement.n));
        rows.extend(self.axis.by_human.iter().map(|(human, found)| {
            with(human, &found.agreement.kappa_quadratic, found.agreement.n)
        }));
        let title = format!(
            "Agreement of {} and humans on {}, with 95 % intervals",
            self.judge,
            self.label()
        );
        self.forest("kappa", &["kappa"], title, KAPPA, rows)
    }

    fn misses(self) -> Figure {
        let measures = &self.axis.measures;
        let of_all = Row::new(format!("Beside {}", self.reference()), &measures.miss_rate, SHARE);
        let by_human = self.axis.by_human.iter().map(|(human, found)| {
            // Numbers of responses are those that were rated, whatever they count for.
            let rated =
                found.unweighted.as_ref().map_or(&found.agreement, |sample| &sample.agreement);
            let above: f64 = rated.table.iter().skip(1).flatten().sum();
            Row::new(format!("Beside {human}"), &found.miss_rate, SHARE).n(above.round() as u64)
        });
        let rows = std::iter::once(of_all.n(measures.miss_rate_n)).chain(by_human).collect();
        let title = format!("Miss rate of {} on {}", self.judge, self.label());
        self.forest("miss_rate", &["miss rate"], title, "Miss rate", rows)
    }

    /// With the scale cut in two below each grade but the lowest.
    fn detection(self) -> Figure {
        let rows = self.axis.measures.thresholds.iter().flat_map(|cut| {
            let row = |what: &str, measure, n| {
                Row::new(format!("{what} at {}", cut.range), measure, SHARE).n(n)
            };
            [
                row("Sensitivity", &cut.sensitivity, cut.n.above),
                row("Specificity", &cut.specificity, cut.n.below),
            ]
        });
        let title = format!("{} as a detector on {}", self.judge, self.label());
        self.forest("thresholds", &["detection"], title, "Share of responses", rows.collect())
    }

    fn strata(self, at: usize, strata: &JudgeStrata) -> [Figure; 2] {
        let rows = |row: &dyn Fn(String, &JudgeMeasures) -> Row| {
            let named = strata.strata.iter();
            named.map(|(name, found)| row(group(strata.by, name), found)).collect()
        };
        let by = by(strata.by);
        let about = |what: &str| format!("{what} of {} on {} by {by}", self.judge, self.label());
        let misses =
            rows(&|name, found| Row::new(name, &found.miss_rate, SHARE).n(found.miss_rate_n));
        let kappas = rows(&|name, JudgeMeasures { agreement, .. }| {
            Row::new(name, &agreement.kappa_quadratic, COEFFICIENT).n(agreement.n)
        });
        [
            self.forest(
                &format!("strata/{at}/miss_rate"),
                &["miss rate by", by],
                about("Miss rate"),
                "Miss rate",
                misses,
            ),
            self.forest(
                &format!("strata/{at}/kappa"),
                &["kappa by", by],
                about("Kappa"),
                KAPPA,
                kappas,
            ),
        ]
    }

    fn label(self) -> String {
        self.axis.label.to_lowercase()
    }

    fn forest(self, of: &str, name: &[&str], title: String, axis: &str, rows: Vec<Row>) -> Figure {
        let (of, name) = (self.of(of), self.name(name));
        Forest { of, name, title, axis: axis.into(), counted: "n", rows }.draw()
    }
}
