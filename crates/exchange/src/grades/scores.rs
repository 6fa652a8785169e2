//! One rater's scores out of all grades.

use super::suggested_scale::answers;
use super::{GradeRow, Grades, Labels};
use crate::Error;
use crate::score_source::{Written, is_absent, is_label, whole_number};
use rustc_hash::FxHashMap;
use study::{Grade, ItemDesign, RaterScores, Rubric, RubricClaim, Scale, Score, ScoredItems};

/// What a rater's grades are read by.
struct Scales<'a> {
    declared: &'a [Scale],
    /// Those of the axes that occur.
    known: Vec<Option<&'a Scale>>,
    /// What the grades of these axes are called.
    labels: Vec<Vec<(String, Grade)>>,
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
        let known = |axis| declared.iter().find(|scale| scale.axis == axis);
        let scales = Scales {
            declared,
            known: self.axes.iter().map(known).collect(),
            labels: self.axes.iter().map(|axis| self.labels(axis, labels)).collect(),
        };
        let items = self.scored(rater, &scales)?;
        let design = |(item, design): (&u32, &ItemDesign)| {
            let name = self.items.name(*item);
            items.contains(name).then(|| (name.to_owned(), design.clone()))
        };
        let used = |scale: &&Scale| items.axes().any(|axis| axis == scale.axis);
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
        let (mut scores, mut refused) = (Vec::new(), None);
        let mut known: FxHashMap<(u32, u32), Score> = FxHashMap::default();
        let number = self.raters.find(rater);
        let own = self.rows.iter().enumerate().filter(|(_, row)| Some(row.rater) == number);
        for (at, row) in own {
            let score = match known.get(&(row.axis, row.value)) {
                Some(score) => Ok(*score),
                None => self.score(row, scales),
            };
            match score {
                Ok(score) => {
                    known.insert((row.axis, row.value), score);
                    scores.push((at as u32, score));
                }
                Err(error) => {
                    refused = Some(error);
                    break;
                }
            }
        }
        let row = |(at, _): &(u32, Score)| &self.rows[*at as usize];
        scores.sort_by_key(|one| (row(one).item, row(one).axis));
        self.refuse_second_scores(&scores, scales)?;
        if let Some(error) = refused {
            return Err(error);
        }
        let items = scores.chunk_by(|a, b| row(a).item == row(b).item);
        let named = items.map(|own| {
            let on_axes = own.iter().map(|one| (self.axes.name(row(one).axis), one.1));
            (self.items.kept(row(&own[0]).item), on_axes)
        });
        Ok(named.collect())
    }

    fn score(&self, row: &GradeRow, scales: &Scales<'_>) -> Result<Score, Error> {
        let written = self.written(row, scales)?;
        let score = written.score(&self.file, || self.spot(row.at as usize), "value");
        score.map_err(|error| error.with_advice(self.words_advice(row, &written)))
    }

    /// How words can be grades on a scale of numbers, where a word is found.
    fn words_advice(&self, row: &GradeRow, written: &Written<'_>) -> Option<String> {
        let axis = self.axes.name(row.axis);
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
             --scale \"{option}\""
        ))
    }

    fn written<'a>(&'a self, row: &GradeRow, scales: &'a Scales<'_>) -> Result<Written<'a>, Error> {
        let axis = row.axis as usize;
        let scale = scales.known[axis].ok_or_else(|| self.no_scale(row, scales.declared))?;
        Ok(Written { text: self.values.name(row.value), scale, labels: &scales.labels[axis] })
    }

    /// Refuses an item that has two different scores on one axis; `scores` are in the order of items and axes.
    fn refuse_second_scores(
        &self,
        scores: &[(u32, Score)],
        scales: &Scales<'_>,
    ) -> Result<(), Error> {
        let row = |at: u32| &self.rows[at as usize];
        let of_one = |(a, _): &(u32, Score), (b, _): &(u32, Score)| {
            (row(*a).item, row(*a).axis) == (row(*b).item, row(*b).axis)
        };
        let differing = scores.chunk_by(of_one).filter_map(|same| {
            let (first, score) = same[0];
            same.iter().find(|(_, other)| *other != score).map(|(second, _)| (*second, first))
        });
        let Some((second, first)) = differing.min() else { return Ok(()) };
        let (at, first) = (row(second).at as usize, self.spot(row(first).at as usize));
        let item = self.items.name(row(second).item);
        let written = self.written(row(second), scales)?;
        Err(written.differs(&self.file, self.spot(at), "value", item, &first))
    }

    /// The labels of `axis` that are known: those given, else, where words occur, those of the two
    /// built-in rubrics. Among numbers, None is no label.
    pub fn labels(&self, axis: &str, given: &Labels) -> Vec<(String, Grade)> {
        given.get(axis).cloned().unwrap_or_else(|| self.known_labels(axis))
    }

    /// Those that need not be given.
    pub(crate) fn known_labels(&self, axis: &str) -> Vec<(String, Grade)> {
        if self.are_mixed_truths(axis) {
            return TRUTHS.map(|(word, grade)| (word.to_owned(), grade)).to_vec();
        }
        let known = built_in_labels(axis);
        let is_known = |value: &str| known.iter().any(|(label, _)| is_label(label, value));
        let worded = self.values(axis).keys().any(|value| !is_absent(value) && is_known(value));
        if worded { known } else { Vec::new() }
    }

    /// Whether an axis has `TRUE` or `FALSE` beside 1 or 0, and nothing else.
    pub(super) fn are_mixed_truths(&self, axis: &str) -> bool {
        are_mixed_truths(self.values(axis).into_keys())
    }

    fn no_scale(&self, row: &GradeRow, declared: &[Scale]) -> Error {
        let axis = self.axes.name(row.axis);
        let found = format!("`{axis}`, an axis whose scale is not declared");
        let meant = |scale: &&Scale| scale.axis.eq_ignore_ascii_case(axis);
        let expected = match declared.iter().find(meant) {
            Some(scale) => format!("`{}`, in the same letters", scale.axis),
            None => format!(
                "a declared scale: the file does not say which grades exist. {}",
                self.suggested_scale(axis).map_or_else(
                    || format!("Give --scale {axis}=LOWEST..HIGHEST"),
                    |scale| scale.advice(axis)
                )
            ),
        };
        Error::field(&self.file, self.spot(row.at as usize), "axis", found, expected)
    }
}

/// What spreadsheets make of 1 and 0 in a column of answers to yes or no.
const TRUTHS: [(&str, Grade); 2] = [("true", 1), ("false", 0)];

/// Which of the two numbers `value` is where `TRUE` or `FALSE` comes beside 1 or 0.
pub(crate) fn truth(value: &str) -> Option<Grade> {
    let known = TRUTHS.iter().find(|(word, _)| word.eq_ignore_ascii_case(value));
    known.map(|(_, number)| *number).or_else(|| whole_number(value).filter(|n| [0, 1].contains(n)))
}

/// Whether `values` are `TRUE` or `FALSE` beside 1 or 0, and nothing else.
pub(crate) fn are_mixed_truths<'a>(values: impl Iterator<Item = &'a str>) -> bool {
    let given: Vec<&str> = values.filter(|value| !is_absent(value)).collect();
    let numbers = given.iter().filter(|value| whole_number::<Grade>(value).is_some()).count();
    (1..given.len()).contains(&numbers) && given.iter().all(|value| truth(value).is_some())
}

/// What the levels of `axis` are called in the built-in rubrics, which number them alike.
fn built_in_labels(axis: &str) -> Vec<(String, Grade)> {
    let rubrics = [Rubric::GATED, Rubric::STRUCTURED];
    let rubrics = rubrics.iter().filter_map(|text| serde_json::from_str::<Rubric>(text).ok());
    let mut labels: Vec<(String, Grade)> = Vec::new();
    for level in
        rubrics.flat_map(|rubric| rubric.axis(axis).map(|axis| axis.levels.clone())).flatten()
    {
        let known = |(label, _): &(String, Grade)| label.eq_ignore_ascii_case(&level.label);
        if !labels.iter().any(known) {
            labels.push((level.label, level.grade));
        }
    }
    labels
}
