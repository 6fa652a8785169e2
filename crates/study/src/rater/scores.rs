//! One rater's scores on any axes, whatever file they came in: what agreement is computed from.
//! An automated judge is one more rater.

use crate::{Digest, Framing, Grade, Key, KeyItem, Origin, Rubric, ScoredItems, StudyId};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// All scores of one rater.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RaterScores {
    /// The rater's name, for headings.
    pub rater: String,
    /// The study the file says it belongs to, if it does.
    pub study: Option<StudyId>,
    /// The rubric the scores were made under.
    pub rubric: RubricClaim,
    /// The scale of each axis that the rater could score, in order of rating.
    pub scales: Vec<Scale>,
    /// By item, then by axis. An axis without an entry was not rated.
    pub items: ScoredItems,
    /// By item, where it is in the design, as far as the file says.
    pub designs: BTreeMap<String, ItemDesign>,
    /// How the critical actions were graded.
    pub checklist: Checklist,
}

/// Where an item is in a study's design. Blinded ratings know no more than the scenario's
/// random name; the rest is the key's to tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ItemDesign {
    /// The scenario it answers: items of one scenario are not independent.
    pub scenario: String,
    /// The model that answered.
    pub model: Option<String>,
    /// Which of the model's answers it is, where that is known.
    pub rep: Option<u32>,
    /// The scenario's category.
    pub category: Option<String>,
    /// Who asks.
    pub framing: Option<Framing>,
    /// The pair of framings that the scenario belongs to: the same clinical facts, asked by others.
    pub pair: Option<String>,
    /// When in the course of the rating it came, such as `1, early`.
    pub period: Option<String>,
    /// The probability with which it was drawn to be rated: more than 0, at most 1.
    pub inclusion_probability: Option<f64>,
}

impl ItemDesign {
    /// What items that are not independent share: the pair of framings, whose clinical facts are the
    /// same, else the scenario.
    pub fn cluster(&self) -> &str {
        self.pair.as_deref().unwrap_or(&self.scenario)
    }

    /// The design that tells most of an item, the first of those that tell as much.
    pub fn fullest<'a>(designs: impl Iterator<Item = &'a Self>) -> Option<&'a Self> {
        designs.reduce(|best, design| if design.told() > best.told() { design } else { best })
    }

    fn told(&self) -> usize {
        let known = [
            self.model.is_some(),
            self.category.is_some(),
            self.framing.is_some(),
            self.pair.is_some(),
            self.period.is_some(),
            self.inclusion_probability.is_some(),
        ];
        known.into_iter().filter(|known| *known).count()
    }
}

/// Grades of critical actions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checklist {
    /// The codes from the least credit to the most, such as miss, partial, hit; empty where actions
    /// were not graded.
    pub codes: Vec<String>,
    /// By item, the place of each action's code among `codes`; none where it is not graded.
    pub items: BTreeMap<String, Vec<Option<usize>>>,
}

/// What a file says of the rubric its scores were made under.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RubricClaim {
    /// It carries the rubric.
    Named {
        /// The rubric's title and version.
        title: String,
        /// Its digest.
        digest: Digest,
    },
    /// It does not say. Comparable on the declared scales, with a caution.
    #[default]
    Unstated,
}

impl RubricClaim {
    /// That of scores that were made under `rubric`.
    pub fn of(rubric: &Rubric) -> Self {
        let title = format!("{}, version {}", rubric.title, rubric.version);
        Self::Named { title, digest: rubric.digest() }
    }
}

/// The declared points of an axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// The axis's name in files.
    pub axis: String,
    /// Its name on screen.
    pub label: String,
    /// The grades, ascending.
    pub grades: Vec<Grade>,
    /// What the grades are called.
    pub names: GradeNames,
}

/// What the grades of a scale are called, from the lowest on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum GradeNames {
    /// By their numbers.
    #[default]
    Numbers,
    /// By their numbers, which the levels of a rubric explain.
    Levels(Vec<String>),
    /// By a person's own words or numbers.
    Own(Vec<String>),
}

impl Scale {
    /// What the grade at `level`, its place from 0, is called.
    pub fn name(&self, level: usize) -> String {
        match &self.names {
            GradeNames::Own(names) => names[level].clone(),
            GradeNames::Numbers | GradeNames::Levels(_) => self.grades[level].to_string(),
        }
    }

    /// What all grades are called, from the lowest on.
    pub fn all_names(&self) -> Vec<String> {
        (0..self.grades.len()).map(|level| self.name(level)).collect()
    }

    /// The numbers that grades count as in means and distances, from the lowest on: those that they are called by.
    /// Where these fall, how far each is from the first, as grades rise with the harm; where they are no numbers, places.
    pub fn values(&self) -> Vec<f64> {
        let own = || self.grades.iter().copied().map(f64::from).collect();
        let GradeNames::Own(names) = &self.names else { return own() };
        match ordered_numbers(names) {
            Some(numbers) if numbers.first() > numbers.last() => {
                // Of decimals a difference has more digits than was written: 0.4 - 0.1 is not 0.3.
                let digits = names.iter().map(|name| decimals(name)).max().unwrap_or_default();
                let apart = |number: &f64| rounded(numbers[0] - number, digits);
                numbers.iter().map(apart).collect()
            }
            numbers => numbers.unwrap_or_else(own),
        }
    }

    /// The name of the grade at `level`, with what it means where a rubric says so.
    pub fn name_explained(&self, level: usize) -> String {
        match &self.names {
            GradeNames::Levels(labels) => format!("{} ({})", self.name(level), labels[level]),
            GradeNames::Numbers | GradeNames::Own(_) => self.name(level),
        }
    }
}

/// How many digits a number has behind its point.
fn decimals(number: &str) -> usize {
    let (digits, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let written = digits.split_once('.').map_or(0, |(_, behind)| behind.len());
    let moved: i32 = exponent.parse().unwrap_or_default();
    usize::try_from(i32::try_from(written).unwrap_or(i32::MAX).saturating_sub(moved))
        .unwrap_or_default()
}

/// The number nearest to `number` that has so many digits behind its point.
fn rounded(number: f64, digits: usize) -> f64 {
    format!("{number:.digits$}").parse().unwrap_or(number)
}

/// The numbers that `names` are, if all are and rise, or all fall.
pub fn ordered_numbers(names: &[String]) -> Option<Vec<f64>> {
    let number = |name: &String| name.parse().ok().filter(|value: &f64| value.is_finite());
    let numbers: Vec<f64> = names.iter().map(number).collect::<Option<_>>()?;
    let in_order = numbers.is_sorted_by(|a, b| a < b) || numbers.is_sorted_by(|a, b| a > b);
    in_order.then_some(numbers)
}

/// A score, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Score {
    /// A grade of the axis's scale.
    Grade(Grade),
    /// No grade, for this reason.
    Excluded(Exclusion),
}

/// Why a shared item does not count on an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    /// A judge's answer could not be read; written −1 in score files.
    ParseFailure,
    /// A rater chose not to rate it.
    Abstained,
    /// No grade was given on this axis.
    NotRated,
}

impl fmt::Display for Exclusion {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::ParseFailure => "parse failure",
            Self::Abstained => "abstained",
            Self::NotRated => "not rated",
        })
    }
}

impl Origin {
    /// The origin as one name, by which scores of unblinded responses are joined. A slash within a
    /// part is written `\/`, so that two origins never share a name.
    pub fn item_name(&self) -> String {
        let part = |text: &str| text.replace('\\', "\\\\").replace('/', "\\/");
        format!("{}/{}/{}", part(&self.scenario_id), part(&self.model_id), self.rep_id)
    }

    /// The origin that has this name; none where it is the name of something else, such as a blinded
    /// identifier.
    pub fn of_item_name(name: &str) -> Option<Self> {
        let mut parts = vec![String::new()];
        let mut characters = name.chars();
        while let Some(character) = characters.next() {
            let next = match character {
                '/' => {
                    parts.push(String::new());
                    continue;
                }
                '\\' => characters.next()?,
                other => other,
            };
            parts.last_mut()?.push(next);
        }
        let [scenario_id, model_id, rep_id] = <[String; 3]>::try_from(parts).ok()?;
        Some(Self { scenario_id, model_id, rep_id: rep_id.parse().ok()? })
    }
}

impl RaterScores {
    /// The same scores with blinded items named by their origin, and the place of every item that `key`
    /// knows filled from it. Items that `key` does not know keep their names. Second ratings of one
    /// response are left out: they serve agreement of a rater with
    /// themselves and count nowhere else.
    pub fn unblinded(mut self, key: &Key) -> Self {
        let (items, names, repeats) = (known_items(key), key.first_names(), key.repeats());
        let scenarios = key.named_scenarios();
        for item in self.items.names().filter(|item| items.contains_key(*item)) {
            self.designs.entry(item.to_owned()).or_default();
        }
        for (item, design) in &mut self.designs {
            let as_read = design.scenario.clone();
            if let Some(known) = items.get(item.as_str()) {
                design.scenario.clone_from(&known.origin.scenario_id);
                design.model = Some(known.origin.model_id.clone());
                design.rep = Some(known.origin.rep_id);
                design.inclusion_probability = known.inclusion_probability;
            }
            if let Some(scenario) = scenarios.find(&design.scenario, &as_read) {
                design.category = Some(scenario.category.clone());
                design.framing = scenario.framing;
                design.pair.clone_from(&scenario.pair_id);
            }
        }
        self.renamed(|item| {
            let name = || names.get(item).cloned().unwrap_or_else(|| item.to_owned());
            (!repeats.contains(item)).then(name)
        })
    }

    /// The scores of the items that `name` has a name for, under that name.
    pub fn renamed(mut self, name: impl Fn(&str) -> Option<String>) -> Self {
        let items = self.items.iter();
        self.items =
            items.filter_map(|(item, scores)| Some((name(item)?, scores.iter()))).collect();
        self.designs = renamed(self.designs, &name);
        self.checklist.items = renamed(self.checklist.items, &name);
        self
    }

    /// These scores, and those that the rater gave elsewhere: to the items of another packet, or in another file. That
    /// one of them has no grade says nothing against the grade that the other has.
    pub fn with(mut self, other: Self) -> Self {
        let adds = |item: &str, (axis, score): &(&str, Score)| {
            matches!(score, Score::Grade(_))
                || self.items.get(item).and_then(|known| known.get(axis)).is_none()
        };
        let own = self.items.iter().map(|(item, scores)| (item, scores.iter().collect()));
        let more = other.items.iter().map(|(item, scores)| {
            (item, scores.iter().filter(|one| adds(item, one)).collect::<Vec<_>>())
        });
        let items = own.chain(more).collect();
        let is_new = |scale: &Scale| !self.scales.iter().any(|known| known.axis == scale.axis);
        let scales: Vec<Scale> = other.scales.into_iter().filter(is_new).collect();
        self.items = items;
        self.scales.extend(scales);
        for (item, design) in other.designs {
            self.designs.entry(item).or_insert(design);
        }
        self.checklist.items.extend(other.checklist.items);
        self
    }

    /// What this rater says of `item` on `axis`.
    pub fn score(&self, item: &str, axis: &str) -> Score {
        let given = self.items.get(item).and_then(|scores| scores.get(axis));
        given.unwrap_or(Score::Excluded(Exclusion::NotRated))
    }
}

/// The items of a key by their blinded names, and by those of their origins.
fn known_items(key: &Key) -> BTreeMap<Cow<'_, str>, &KeyItem> {
    let first = key.items.iter().filter(|item| item.repeat_of.is_none());
    let by_origin = first.map(|item| (Cow::Owned(item.origin.item_name()), item));
    let blinded = key.items.iter().map(|item| (Cow::Borrowed(item.item.as_str()), item));
    blinded.chain(by_origin).collect()
}

fn renamed<V>(
    items: BTreeMap<String, V>,
    name: impl Fn(&str) -> Option<String>,
) -> BTreeMap<String, V> {
    items.into_iter().filter_map(|(item, value)| Some((name(&item)?, value))).collect()
}
