//! What the scale of an axis could be, by the values that occur. Only a person can say what it is.

use crate::command_line::quoted;
use crate::problems::{clipped, joined};
use crate::score_source::{is_absent, is_label, missing_code, whole_number};
use study::Grade;

/// A scale that fits the values of an axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SuggestedScale {
    /// Whole numbers between these occur.
    Numbers {
        /// The lowest that occurs.
        lowest: Grade,
        /// The highest.
        highest: Grade,
        /// One that lies far from the others, as a code for a missing grade does.
        far: Option<Grade>,
    },
    /// Decimal numbers occur.
    Steps {
        /// Every step from the lowest to the highest; those that occur where they are not as far apart; none where
        /// there are too many for a scale.
        steps: Vec<String>,
        /// A number that lies far from the others.
        far: Option<String>,
    },
    /// Answers to yes or no occur in several spellings.
    Answers {
        /// Those of no.
        no: Vec<String>,
        /// Those of yes.
        yes: Vec<String>,
    },
    /// Words occur, in the order of the alphabet, which is not theirs.
    Words {
        /// Those that may be grades.
        words: Vec<String>,
        /// Those that say that there is no grade, unless they are declared as one.
        absent: Vec<String>,
    },
}

/// So many of the other axes that need a scale are named.
const OTHERS: usize = 8;
/// Of a scale that is proposed by what was given.
const OCCUR: &str = ", as far as the grades in the file show";

/// More steps than a scale has are measurements.
const MOST_STEPS: usize = 25;
/// Steps are written with six digits after the point; smaller ones would be lost.
const SMALLEST_STEP: f64 = 1e-4;

impl SuggestedScale {
    /// The scale that fits `values`; nothing where none of them is a grade.
    pub(crate) fn of(values: &[&str]) -> Option<Self> {
        let (absent, given): (Vec<&str>, Vec<&str>) =
            values.iter().partition(|value| is_absent(value));
        if given.is_empty() {
            return None;
        }
        let numbers: Option<Vec<Grade>> = given.iter().map(|value| whole_number(value)).collect();
        if let Some(numbers) = numbers {
            return Some(Self::of_numbers(numbers));
        }
        if let Some((no, yes)) = answers(&given).filter(|(no, yes)| no.len() + yes.len() > 2) {
            return Some(Self::Answers { no, yes });
        }
        let owned = |words: Vec<&str>| {
            words.into_iter().filter(|word| !word.is_empty()).map(String::from).collect()
        };
        let words = || Self::Words { words: owned(given.clone()), absent: owned(absent) };
        Some(decimals(&given).map_or_else(words, Self::of_decimals))
    }

    fn of_numbers(mut numbers: Vec<Grade>) -> Self {
        numbers.sort_unstable();
        numbers.dedup();
        let far = far_place(&numbers.iter().copied().map(f64::from).collect::<Vec<_>>());
        let far = far.map(|place| numbers.remove(place));
        let lowest = numbers.first().copied().unwrap_or_default();
        Self::Numbers { lowest, highest: numbers.last().copied().unwrap_or_default(), far }
    }

    fn of_decimals(mut numbers: Vec<f64>) -> Self {
        numbers.sort_by(f64::total_cmp);
        numbers.dedup();
        let far = far_place(&numbers).map(|place| numbers.remove(place).to_string());
        // Numbers of many digits are measurements.
        let is_short = |number: &f64| [4.0, 10.0].iter().any(|per| (number * per).fract() == 0.0);
        let few = numbers.len() <= MOST_STEPS && numbers.iter().all(is_short);
        let occurring = || match few {
            true => numbers.iter().map(f64::to_string).collect(),
            false => Vec::new(),
        };
        Self::Steps { steps: steps(&numbers).unwrap_or_else(occurring), far }
    }

    /// A number that lies far from the others, as a code for a missing grade does.
    pub fn far(&self) -> Option<String> {
        match self {
            Self::Numbers { far, .. } => far.map(|far| far.to_string()),
            Self::Steps { far, .. } => far.clone(),
            Self::Answers { .. } | Self::Words { .. } => None,
        }
    }

    /// Whether such a number may well be a grade, as it is no usual code for a missing one: only a person knows the range.
    pub fn is_open(&self) -> bool {
        self.far().is_some_and(|far| missing_code(&far).is_none())
    }

    /// Whether words are to be put in their order, and for which those that occur may be too many.
    pub fn asks_for_words(&self) -> bool {
        match self {
            Self::Words { .. } => true,
            Self::Steps { steps, .. } => steps.is_empty(),
            Self::Numbers { .. } | Self::Answers { .. } => false,
        }
    }

    /// The scale of the grades of two files on one axis; nothing where no range of whole numbers holds both.
    pub fn beside(&self, other: &Self) -> Option<Self> {
        let range = |scale: &Self| match scale {
            Self::Numbers { lowest, highest, far: None } => Some((*lowest, *highest)),
            _ => None,
        };
        let ((low, high), (lowest, highest)) = (range(self)?, range(other)?);
        Some(Self::Numbers { lowest: low.min(lowest), highest: high.max(highest), far: None })
    }

    /// What is asked about such a number.
    fn far_advice(&self) -> String {
        let or = match self.is_open() {
            true => "; if it is a grade, give a scale that holds it",
            false => "",
        };
        self.far().map_or_else(String::new, |far| {
            format!("{far} lies far from the others: if it means that there is no grade, empty its cells{or}. ")
        })
    }

    /// How to declare it.
    pub fn advice(&self, axis: &str) -> String {
        let option = scale_option(&self.of_occurring(axis));
        match self {
            Self::Numbers { lowest, highest, .. } if lowest == highest => {
                format!("Give --scale {option}")
            }
            Self::Numbers { lowest, highest, .. } => {
                let far = self.far_advice();
                let turned = scale_option(&format!("{axis}={highest}..{lowest}"));
                format!(
                    "{far}Grades from {lowest} to {highest} occur: if that is the whole scale, give --scale {option}, or \
                     {turned} where {highest} is the best"
                )
            }
            Self::Steps { steps, .. } if steps.is_empty() => format!(
                "The values are numbers with decimals that do not look like the steps of a scale. If they are, list them \
                 from the lowest to the highest: --scale {option}"
            ),
            Self::Steps { .. } => {
                let far = self.far_advice();
                format!(
                    "{far}The values are numbers with decimals: if these are all the steps, give --scale {option}"
                )
            }
            Self::Answers { .. } => {
                format!(
                    "Answers are spelled in several ways: if these are the same, give --scale {option}"
                )
            }
            Self::Words { words, absent } => {
                let absent = match absent.as_slice() {
                    [] => String::new(),
                    some => {
                        format!(" ({} counts as no grade unless it is listed)", some.join(", "))
                    }
                };
                format!(
                    "The values are words, whose order only you know: {}{absent}. List them from the lowest grade to the \
                     highest: --scale {option}",
                    joined(words)
                )
            }
        }
    }

    /// What is said of the other axes of a file that need a scale too, in its order; nothing where none does.
    pub(crate) fn of_others(axes: &[&str], suggested: impl Fn(&str) -> Option<Self>) -> String {
        let option = |axis: &&str| {
            let option = suggested(axis).map(|scale| scale.option(axis));
            let option = option.unwrap_or_else(|| format!("{axis}=LOWEST..HIGHEST"));
            format!("--scale {}", scale_option(&clipped(&option)))
        };
        let options: Vec<String> = axes.iter().take(OTHERS).map(option).collect();
        match axes.len().saturating_sub(OTHERS) {
            _ if axes.is_empty() => String::new(),
            0 => format!(". Also needed{OCCUR}: {}", options.join(" ")),
            more => format!(". Also needed{OCCUR}: {} and {more} more", options.join(" ")),
        }
    }

    /// The value of `--scale` that declares it, with words to replace where only a person knows.
    pub fn option(&self, axis: &str) -> String {
        match self {
            Self::Numbers { .. } if self.is_open() => format!("{axis}=LOWEST..HIGHEST"),
            Self::Steps { .. } if self.is_open() => format!("{axis}=LOWEST,…,HIGHEST"),
            _ => self.of_occurring(axis),
        }
    }

    /// The same of the grades that occur, without one that lies far from the others.
    fn of_occurring(&self, axis: &str) -> String {
        match self {
            Self::Numbers { lowest, highest, .. } if lowest == highest => {
                format!("{axis}=LOWEST..HIGHEST")
            }
            Self::Numbers { lowest, highest, .. } => format!("{axis}={lowest}..{highest}"),
            Self::Steps { steps, .. } if !steps.is_empty() => {
                format!("{axis}={}", steps.join(","))
            }
            Self::Answers { no, yes } => format!("{axis}={},{}", no.join("|"), yes.join("|")),
            Self::Steps { .. } | Self::Words { .. } => format!("{axis}=LOWEST,…,HIGHEST"),
        }
    }
}

/// The value of `--scale` as a shell takes it. Words to replace are no reason for quotation marks.
fn scale_option(option: &str) -> String {
    let without = option.replace('…', "");
    if quoted(&without) == without { option.to_owned() } else { quoted(option) }
}

/// How programs and people write no and yes.
const ANSWERS: [[&str; 2]; 4] = [["no", "yes"], ["n", "y"], ["false", "true"], ["0", "1"]];

/// Which of `values` mean no and which yes, where they are answers and both occur.
pub(super) fn answers(values: &[&str]) -> Option<(Vec<String>, Vec<String>)> {
    let meaning = |value: &str| {
        let is = |known: &str| is_label(known, value);
        ANSWERS.iter().find_map(|pair| pair.iter().position(|known| is(known)))
    };
    let (mut no, mut yes) = (Vec::new(), Vec::new());
    for value in values {
        let spelled = match meaning(value)? {
            0 => &mut no,
            _ => &mut yes,
        };
        spelled.push(value.to_string());
    }
    (!no.is_empty() && !yes.is_empty()).then_some((no, yes))
}

fn decimals(values: &[&str]) -> Option<Vec<f64>> {
    let finite = |value: &&str| value.parse().ok().filter(|number: &f64| number.is_finite());
    values.iter().map(finite).collect()
}

/// The place of one of these different numbers, in their order, that lies far from the others.
pub(crate) fn far_place(numbers: &[f64]) -> Option<usize> {
    let is_far = |gap: f64, others: f64| gap > f64::max(10.0, 2.0 * others);
    match numbers {
        [lowest, .., before, last] if is_far(last - before, before - lowest) => {
            Some(numbers.len() - 1)
        }
        [lowest, next, .., last] if is_far(next - lowest, last - next) => Some(0),
        _ => None,
    }
}

/// Every step of a scale of decimal numbers on which these are, in their order; nothing where they are on none. The steps
/// are as far apart as the nearest two, or halves or quarters. Those that occur are written as they are, to every digit.
pub(crate) fn steps(numbers: &[f64]) -> Option<Vec<String>> {
    let gaps = numbers.windows(2).map(|pair| pair[1] - pair[0]);
    let nearest = gaps.min_by(f64::total_cmp)?;
    let smaller = [0.5, 0.25].into_iter().filter(|step| *step < nearest);
    [nearest].into_iter().chain(smaller).find_map(|step| steps_of(step, numbers))
}

fn steps_of(step: f64, numbers: &[f64]) -> Option<Vec<String>> {
    let (lowest, highest) = (*numbers.first()?, *numbers.last()?);
    let count = ((highest - lowest) / step).round();
    let is_on = |number: &f64| {
        (((number - lowest) / step).round() * step + lowest - number).abs() < 1e-5 * step
    };
    if step < SMALLEST_STEP || count + 1.0 > MOST_STEPS as f64 || !numbers.iter().all(is_on) {
        return None;
    }
    let round = |number: f64| (number * 1e6).round() / 1e6;
    let mut all: Vec<f64> =
        (0..=count as usize).map(|at| round(lowest + step * at as f64)).collect();
    for number in numbers {
        all[((number - lowest) / step).round() as usize] = *number;
    }
    Some(all.iter().map(f64::to_string).collect())
}
