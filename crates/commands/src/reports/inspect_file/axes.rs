//! The axes of a file, and what is given on them.

use super::{FileInspected, ScaleAsked};
use exchange::{Grades, Labels, ScoreLines, ScoreSource, SuggestedScale, harm_scales};
use indexmap::IndexMap;
use serde::Serialize;
use study::{Grade, GradeNames, RaterScores, Scale, Score};
use ts_rs::TS;

/// More values are not listed.
const MOST_VALUES: usize = 20;

/// An axis that is graded.
#[derive(Debug, Serialize, TS)]
pub struct AxisSeen {
    /// Its name.
    pub axis: String,
    /// How many grades there are.
    pub grades: usize,
    /// How many are not given: blank, NA and the like.
    pub not_rated: usize,
    /// The values as they are written, with how often each occurs; the most frequent first, at most 20.
    pub values: Vec<(String, usize)>,
    /// Whether the scale is known, from the file or from the axis's name.
    pub known: bool,
    /// The lowest and the highest grade, of the known scale or of those that occur; nothing for words
    /// whose order nobody has given.
    #[ts(optional)]
    pub scale: Option<(Grade, Grade)>,
    /// The steps of a scale of decimal numbers; empty for others.
    pub order: Vec<String>,
}

impl FileInspected {
    /// Scores by response, on the harm axes and on others, whose scales the file does not say.
    pub(super) fn of_lines(&mut self, source: &ScoreSource, lines: &ScoreLines) {
        let suggested = lines.suggested_scales();
        let open = suggested.iter().filter_map(|(axis, scale)| occurring(axis, scale));
        let scales: Vec<Scale> = source.scales().into_iter().chain(open).collect();
        match source.scores(&scales) {
            Ok(scores) => self.of_scores(&scores),
            Err(why) => self.refused = Some(why.to_string()),
        }
        for axis in self.axes.iter_mut().filter(|axis| suggested.contains_key(&*axis.axis)) {
            axis.known = false;
        }
        for (axis, scale) in suggested {
            self.note_far(axis, &scale);
            self.asked.push(ScaleAsked::new(axis, scale, 0));
        }
    }

    pub(super) fn of_scores(&mut self, scores: &RaterScores) {
        self.raters = vec![scores.rater.clone()];
        self.items = scores.items.len();
        self.some_items = scores.items.names().take(3).map(String::from).collect();
        for scale in &scores.scales {
            let (mut grades, mut not_rated) = (0, 0);
            let mut values = IndexMap::<String, usize>::new();
            // An item without a score was not rated, as one with a reason for that.
            for (_, axes) in scores.items.iter() {
                match axes.get(&scale.axis) {
                    Some(Score::Grade(grade)) => {
                        grades += 1;
                        *values.entry(grade.to_string()).or_default() += 1;
                    }
                    Some(Score::Excluded(_)) | None => not_rated += 1,
                }
            }
            let (lowest, highest) = (scale.grades.first().copied(), scale.grades.last().copied());
            self.axes.push(AxisSeen {
                axis: scale.axis.clone(),
                grades,
                not_rated,
                values: most_frequent(values),
                known: true,
                scale: lowest.zip(highest),
                order: Vec::new(),
            });
        }
    }

    pub(super) fn of_grades(&mut self, grades: &Grades) {
        self.kind = grades.layout().name().into();
        self.raters = grades.raters().into_iter().map(String::from).collect();
        let items = grades.items();
        self.items = items.len();
        self.some_items = items.into_iter().take(3).map(String::from).collect();
        let (known, unlabelled) = (harm_scales(), Labels::default());
        for axis in grades.axes() {
            let labels = grades.labels(axis, &unlabelled);
            let is_grade =
                |value: &str| labels.iter().any(|(it, _)| it.eq_ignore_ascii_case(value));
            let mut values = IndexMap::<String, usize>::new();
            for (value, n) in grades.values(axis) {
                *values.entry(as_one_number(value)).or_default() += n;
            }
            let is_absent = |value: &str| exchange::is_absent(value) && !is_grade(value);
            let absent = values.iter().filter(|(value, _)| is_absent(value)).map(|(_, n)| n).sum();
            let scale = known.iter().find(|scale| scale.axis == axis);
            let of_known = scale
                .and_then(|scale| scale.grades.first().copied().zip(scale.grades.last().copied()));
            let suggested = grades.suggested_scale(axis);
            let (occurring, order) = suggested.as_ref().map_or((None, Vec::new()), of_suggested);
            if let Some(suggested) = suggested {
                self.note_far(axis, &suggested);
                if scale.is_none() {
                    self.asked.push(ScaleAsked::new(axis, suggested, values.len()));
                }
            }
            self.axes.push(AxisSeen {
                axis: axis.into(),
                grades: values.values().sum::<usize>() - absent,
                not_rated: absent,
                values: most_frequent(values),
                known: scale.is_some(),
                scale: of_known.or(occurring),
                order,
            });
        }
    }

    /// Asks about a number that is far from the others.
    fn note_far(&mut self, axis: &str, scale: &SuggestedScale) {
        let or = match scale.is_open() {
            true => {
                " If it is a grade, put the lowest and the highest grade of the scale into --scale."
            }
            false => "",
        };
        self.notes.extend(scale.far().map(|far| {
            format!(
                "{far} on {axis} lies far from the other grades, as a code for a missing grade does. If it is one, empty \
                 its cells.{or}"
            )
        }));
    }
}

/// The range of a suggested scale, or its steps.
fn of_suggested(scale: &SuggestedScale) -> (Option<(Grade, Grade)>, Vec<String>) {
    match scale {
        SuggestedScale::Numbers { lowest, highest, .. } => (Some((*lowest, *highest)), Vec::new()),
        SuggestedScale::Steps { steps, .. } => (None, steps.clone()),
        SuggestedScale::Answers { no, yes } => (None, vec![no.join("|"), yes.join("|")]),
        SuggestedScale::Words { .. } => (None, Vec::new()),
    }
}

/// The scale of the grades that occur on an axis, where they are whole numbers.
fn occurring(axis: &str, scale: &SuggestedScale) -> Option<Scale> {
    let SuggestedScale::Numbers { lowest, highest, far } = scale else { return None };
    let (axis, label) = (axis.to_owned(), axis.to_owned());
    let grades = (*lowest..=*highest).chain(*far).collect();
    Some(Scale { axis, label, grades, names: GradeNames::Numbers })
}

/// A value in the one spelling that its number has: `2.0` is `2`.
fn as_one_number(value: &str) -> String {
    let number = value.parse::<f64>().ok().filter(|number| number.is_finite());
    number.map_or_else(|| value.to_owned(), |number| number.to_string())
}

fn most_frequent(values: IndexMap<String, usize>) -> Vec<(String, usize)> {
    let mut values: Vec<(String, usize)> = values.into_iter().collect();
    values.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    values.truncate(MOST_VALUES);
    values
}
