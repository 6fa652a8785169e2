//! One rater's scores out of all grades.

use super::suggested_scale::answers;
use super::{GradeRow, Grades, Labels, SuggestedScale};
use crate::Error;
use crate::command_line::quoted;
use crate::score_source::{Written, is_absent, is_label, whole_number};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use study::{
    Codes, Grade, ItemDesign, RaterScores, Rubric, RubricClaim, Scale, Score, ScoredItems,
};

/// What a rater's grades are read by.
struct Scales<'a> {
    declared: &'a [Scale],
    /// Those of the axes that occur.
    known: Vec<Option<&'a Scale>>,
    /// What the grades of these axes are called.
    labels: Vec<&'a [(String, Grade)]>,
}

/// The scores on an axis, as [`ScoredItems`] has them.
#[derive(Default)]
struct Column {
    codes: Codes,
    scores: Vec<Score>,
}

impl Column {
    /// The code of a score, from 1.
    fn code(&mut self, score: Score) -> u32 {
        let known = self.scores.iter().position(|known| *known == score);
        let place = known.unwrap_or_else(|| {
            self.scores.push(score);
            self.scores.len() - 1
        });
        place as u32 + 1
    }
}

impl Grades {
    /// The scores of `rater`, or of the only one, on the `declared` scales; `labels` are the names of
    /// grades.
    pub(crate) fn scores(
        &self,
        rater: Option<&str>,
        declared: &[Scale],
        labels: &Labels,
    ) -> Result<RaterScores, Error> {
        let rater = self.choose_rater(rater)?;
        // The first of an axis counts.
        let by_axis: FxHashMap<&str, &Scale> =
            declared.iter().rev().map(|scale| (scale.axis.as_str(), scale)).collect();
        let scales = Scales {
            declared,
            known: self.axes.iter().map(|axis| by_axis.get(axis).copied()).collect(),
            labels: self.axes.iter().map(|axis| self.labels(axis, labels)).collect(),
        };
        let items = self.scored(rater, &scales)?;
        let design = |(item, design): (&u32, &ItemDesign)| {
            let name = self.items.name(*item);
            items.contains(name).then(|| (name.to_owned(), design.clone()))
        };
        let scored: FxHashSet<&str> = items.axes().collect();
        let used = |scale: &&Scale| scored.contains(scale.axis.as_str());
        Ok(RaterScores {
            rater: rater.to_owned(),
            study: None,
            rubric: RubricClaim::Unstated,
            scales: declared.iter().filter(used).cloned().collect(),
            designs: self.designs.iter().filter_map(design).collect(),
            items,
            ..RaterScores::default()
        })
    }

    /// The scores of `rater`. Of two things that are wrong, the first in the file is told.
    fn scored(&self, rater: &str, scales: &Scales<'_>) -> Result<ScoredItems, Error> {
        let rater = self.raters.find(rater);
        let mut columns: Vec<Column> = self.axes.iter().map(|_| Column::default()).collect();
        // By kind of row the code of its score; 0 where none of the kind came yet.
        let mut codes = vec![0; self.rows.kinds()];
        for row in self.rows.iter().filter(|row| Some(row.kind.rater) == rater) {
            let column = &mut columns[row.kind.axis as usize];
            let code = &mut codes[row.number as usize];
            if *code == 0 {
                *code = column.code(self.score(&row, scales)?);
            }
            let item = row.item as usize;
            match column.codes.get(item) {
                0 => column.codes.set(item, *code),
                before if before == *code => {}
                _ => return Err(self.second_score(&row, scales)),
            }
        }
        let mut items = ScoredItems::of(Arc::clone(&self.items));
        let given = self.axes.iter().zip(columns).filter(|(_, column)| !column.codes.is_empty());
        items.add_axes(given.map(|(axis, column)| (axis, column.codes, column.scores)));
        Ok(items)
    }

    fn score(&self, row: &GradeRow, scales: &Scales<'_>) -> Result<Score, Error> {
        let written = self.written(row, scales)?;
        let score = written.score(&self.file, || self.spot(row.at as usize), "value");
        score.map_err(|error| error.with_advice(self.words_advice(row, &written)))
    }

    /// How words can be grades on a scale of numbers, where a word is found.
    fn words_advice(&self, row: &GradeRow, written: &Written<'_>) -> Option<String> {
        let axis = self.axes.name(row.kind.axis);
        if !written.labels.is_empty() || written.text.parse::<f64>().is_ok() {
            return None;
        }
        let values: Vec<&str> =
            self.values(axis).into_keys().filter(|value| !is_absent(value)).collect();
        let option = answers(&values).map_or_else(
            || format!("{axis}=LOWEST,…,HIGHEST"),
            |(no, yes)| format!("{axis}={},{}", no.join("|"), yes.join("|")),
        );
        Some(format!(
            "Words are grades where they are listed from the lowest grade on, spellings of one grade joined by a bar: \
             --scale {}",
            quoted(&option)
        ))
    }

    fn written<'a>(&'a self, row: &GradeRow, scales: &'a Scales<'_>) -> Result<Written<'a>, Error> {
        let axis = row.kind.axis as usize;
        let scale = scales.known[axis].ok_or_else(|| self.no_scale(row, scales))?;
        Ok(Written { text: self.values.name(row.kind.value), scale, labels: scales.labels[axis] })
    }

    /// What is wrong with a second score of one item on one axis that is not the first.
    fn second_score(&self, row: &GradeRow, scales: &Scales<'_>) -> Error {
        let same = |first: &GradeRow| {
            (first.item, first.kind.rater, first.kind.axis)
                == (row.item, row.kind.rater, row.kind.axis)
        };
        let first = self.rows.iter().find(same).map_or(row.at, |first| first.at);
        let (at, first) = (self.spot(row.at as usize), self.spot(first as usize));
        match self.written(row, scales) {
            Ok(written) => {
                written.differs(&self.file, at, "value", self.items.name(row.item), &first)
            }
            Err(error) => error,
        }
    }

    /// The labels of `axis` that are known: those given, else, where words occur, those of the two
    /// built-in rubrics. Among numbers, None is no label.
    pub fn labels<'a>(&'a self, axis: &str, given: &'a Labels) -> &'a [(String, Grade)] {
        given.get(axis).map_or_else(|| self.known_labels(axis), Vec::as_slice)
    }

    /// Those that need not be given.
    pub(crate) fn known_labels(&self, axis: &str) -> &[(String, Grade)] {
        let of_all = || self.axes.iter().map(|axis| self.occurring_labels(axis).to_vec()).collect();
        let Some(axis) = self.axes.find(axis) else { return &[] };
        &self.known_labels.get_or_init(of_all)[axis as usize]
    }

    fn occurring_labels(&self, axis: &str) -> &'static [(String, Grade)] {
        let values = self.values(axis);
        if are_mixed_truths(values.keys().copied()) {
            return &TRUE_AND_FALSE;
        }
        let Some(known) = BUILT_IN.get(axis) else { return &[] };
        let is_known = |value: &str| known.iter().any(|(label, _)| is_label(label, value));
        let worded = values.keys().any(|value| !is_absent(value) && is_known(value));
        if worded { known } else { &[] }
    }

    /// Whether an axis has `TRUE`, `FALSE`, yes or no beside 1 or 0, and nothing else.
    pub(super) fn are_mixed_truths(&self, axis: &str) -> bool {
        are_mixed_truths(self.values(axis).into_keys())
    }

    fn no_scale(&self, row: &GradeRow, Scales { declared, known, .. }: &Scales<'_>) -> Error {
        let axis = self.axes.name(row.kind.axis);
        let found = format!("`{axis}`, an axis without a scale");
        let open = self.axes.iter().zip(known).filter(|(_, known)| known.is_none());
        let others: Vec<&str> =
            open.map(|(other, _)| other).filter(|other| *other != axis).collect();
        let meant = |scale: &&Scale| scale.axis.eq_ignore_ascii_case(axis);
        let expected = match declared.iter().find(meant) {
            Some(scale) => format!("`{}`, in the same letters", scale.axis),
            None => format!(
                "one. The file does not say which grades exist. {}{}",
                self.suggested_scale(axis).map_or_else(
                    || format!("Give --scale {axis}=LOWEST..HIGHEST"),
                    |scale| scale.advice(axis)
                ),
                SuggestedScale::of_others(&others, |other| self.suggested_scale(other))
            ),
        };
        Error::field(&self.file, self.spot(row.at as usize), "axis", found, expected)
    }
}

/// What spreadsheets and people make of 1 and 0 in a column of answers to yes or no.
const TRUTHS: [(&str, Grade); 4] = [("true", 1), ("false", 0), ("yes", 1), ("no", 0)];

/// Which of the two numbers `value` is where such a word comes beside 1 or 0.
pub(crate) fn truth(value: &str) -> Option<Grade> {
    let known = TRUTHS.iter().find(|(word, _)| word.eq_ignore_ascii_case(value));
    known.map(|(_, number)| *number).or_else(|| whole_number(value).filter(|n| [0, 1].contains(n)))
}

/// Whether `values` are such words beside 1 or 0, and nothing else.
pub(crate) fn are_mixed_truths<'a>(values: impl Iterator<Item = &'a str>) -> bool {
    let given: Vec<&str> = values.filter(|value| !is_absent(value)).collect();
    let numbers = given.iter().filter(|value| whole_number::<Grade>(value).is_some()).count();
    (1..given.len()).contains(&numbers) && given.iter().all(|value| truth(value).is_some())
}

/// The same as labels.
static TRUE_AND_FALSE: LazyLock<Vec<(String, Grade)>> =
    LazyLock::new(|| TRUTHS.map(|(word, grade)| (word.to_owned(), grade)).to_vec());

/// By axis what the levels are called in the built-in rubrics, which number them alike.
static BUILT_IN: LazyLock<BTreeMap<String, Vec<(String, Grade)>>> = LazyLock::new(|| {
    let rubrics = [Rubric::GATED, Rubric::STRUCTURED];
    let rubrics = rubrics.iter().filter_map(|text| serde_json::from_str::<Rubric>(text).ok());
    let mut labels: BTreeMap<String, Vec<(String, Grade)>> = BTreeMap::new();
    for axis in rubrics.flat_map(|rubric| rubric.axes) {
        let of_axis = labels.entry(axis.id).or_default();
        for level in axis.levels {
            if !of_axis.iter().any(|(label, _)| label.eq_ignore_ascii_case(&level.label)) {
                of_axis.push((level.label, level.grade));
            }
        }
    }
    labels
});
