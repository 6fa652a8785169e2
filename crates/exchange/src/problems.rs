//! Problems of a file, told once for each kind with all their places: a person fixes a kind.

use crate::{Error, Spot};

/// The most problems of one file that are kept; the others are counted.
const KEPT: usize = 1000;

/// What is wrong with the parts of a file, as much of it as a person reads.
#[derive(Debug, Default)]
pub struct Problems {
    first: Vec<Error>,
    more: usize,
}

impl Problems {
    pub(crate) fn push(&mut self, problem: Error) {
        match self.first.len() < KEPT {
            true => self.first.push(problem),
            false => self.more += 1,
        }
    }

    /// Both, in the order of the lines.
    pub(crate) fn with(mut self, other: Self) -> Self {
        self.first.extend(other.first);
        self.first.sort_by_cached_key(|problem| problem.at().line);
        self.more += other.more + self.first.len().saturating_sub(KEPT);
        self.first.truncate(KEPT);
        self
    }

    /// Those that are kept.
    pub fn iter(&self) -> impl Iterator<Item = &Error> {
        self.first.iter()
    }

    /// How many there are, kept or not.
    pub fn len(&self) -> usize {
        self.first.len() + self.more
    }

    /// How many there are that are not kept.
    pub fn more(&self) -> usize {
        self.more
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.first.is_empty()
    }
}

impl IntoIterator for Problems {
    type Item = Error;
    type IntoIter = std::vec::IntoIter<Error>;

    fn into_iter(self) -> Self::IntoIter {
        self.first.into_iter()
    }
}

/// How many places, or things found, are named of one kind.
const NAMED: usize = 3;

/// How many places are named where all are to be found again.
const PLACES_NAMED: usize = 30;

/// A sentence for each kind of problem, in the order of the first of each, and one for those that were not kept.
pub fn tell_kinds(problems: &Problems) -> Vec<String> {
    tell(problems, NAMED)
}

/// The same with many places, for cells that a person goes through one by one.
pub fn tell_kinds_and_places(problems: &Problems) -> Vec<String> {
    tell(problems, PLACES_NAMED)
}

fn tell(problems: &Problems, places: usize) -> Vec<String> {
    let mut kinds: Vec<Kind<'_>> = Vec::new();
    for problem in problems.iter() {
        match kinds.iter_mut().find(|kind| kind.is_of(problem)) {
            Some(kind) => kind.problems.push(problem),
            None => kinds.push(Kind { first: problem, problems: vec![problem] }),
        }
    }
    let more = (problems.more > 0).then(|| {
        format!("{} more are not listed. Fix these first.", count(problems.more, "problem"))
    });
    kinds.iter().map(|kind| kind.sentence(places)).chain(more).collect()
}

/// `line 3`, or `lines 3, 5 and 9`; of many, the first.
pub fn name_places(unit: &str, places: &[usize]) -> String {
    name_some_places(unit, places, NAMED)
}

fn name_some_places(unit: &str, places: &[usize], most: usize) -> String {
    let named: Vec<String> = places.iter().map(usize::to_string).collect();
    match named.as_slice() {
        [only] => format!("{unit} {only}"),
        several => format!("{} {}", plural(unit), first_of(several, most)),
    }
}

/// Characters of what a file says that a message repeats: about a line.
const CLIPPED: usize = 80;

/// What a file says, or the beginning of what is longer than a line.
pub(crate) fn clipped(said: &str) -> String {
    match said.char_indices().nth(CLIPPED) {
        Some((end, _)) => format!("{}…", &said[..end]),
        None => said.to_owned(),
    }
}

/// `1 entry`, `2 entries`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {}", plural(noun)) }
}

/// `entries` of `entry`.
pub fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(start) => format!("{start}ies"),
        None => format!("{noun}s"),
    }
}

/// `a, b and c`; of many, the first and how many more there are.
pub fn first_few(names: &[String]) -> String {
    first_of(names, NAMED)
}

fn first_of(names: &[String], most: usize) -> String {
    match names {
        [rest @ .., last] if !rest.is_empty() && names.len() <= most => {
            format!("{} and {last}", rest.join(", "))
        }
        [only] => only.clone(),
        many => {
            let more = many.len().saturating_sub(most);
            format!("{} and {more} more", many[..most.min(many.len())].join(", "))
        }
    }
}

/// Categories that are named one by one.
const FEW_CATEGORIES: usize = 12;

/// `0, 1, 2`; of many, `0 to 99` where these are whole numbers without a gap, or the first and how many more.
pub fn name_categories(categories: &[String]) -> String {
    if categories.len() <= FEW_CATEGORIES {
        return categories.join(", ");
    }
    let numbers: Option<Vec<i64>> = categories.iter().map(|name| name.parse().ok()).collect();
    let whole = numbers.is_some_and(|numbers| numbers.windows(2).all(|two| two[1] == two[0] + 1));
    match categories {
        [first, .., last] if whole => format!("{first} to {last}"),
        many => first_few(many),
    }
}

/// Names of which a message lists so many.
const LISTED: usize = 30;

/// The first of many names, and of long ones the beginning; how many more there are.
fn some(names: &[impl AsRef<str>]) -> (Vec<String>, usize) {
    let named = names.iter().take(LISTED).map(|name| clipped(name.as_ref()));
    (named.collect(), names.len().saturating_sub(LISTED))
}

/// `A, B, C`; of many, the first and how many more there are, and of long ones the beginning.
pub fn joined(names: &[impl AsRef<str>]) -> String {
    match some(names) {
        (named, 0) => named.join(", "),
        (named, more) => format!("{} and {more} more", named.join(", ")),
    }
}

/// The same as `A, B and C`.
pub(crate) fn listed(names: &[impl AsRef<str>]) -> String {
    let (mut named, more) = some(names);
    if more > 0 {
        named.push(format!("{more} more"));
    }
    match named.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

struct Kind<'a> {
    first: &'a Error,
    problems: Vec<&'a Error>,
}

impl Kind<'_> {
    fn is_of(&self, problem: &Error) -> bool {
        let same = match (self.first, problem) {
            (
                Error::Field { field, expected, .. },
                Error::Field { field: its_field, expected: its, .. },
            ) => field == its_field && expected == its,
            (Error::NotJson { reason, .. }, Error::NotJson { reason: its, .. }) => reason == its,
            (Error::Truncated { .. }, Error::Truncated { .. }) => true,
            _ => false,
        };
        match (place(self.first), place(problem)) {
            (Some((unit, _)), Some((its, _))) => same && unit == its,
            // What has no number is told by itself.
            _ => self.first.to_string() == problem.to_string(),
        }
    }

    fn sentence(&self, most: usize) -> String {
        let places: Vec<(&str, usize)> =
            self.problems.iter().filter_map(|one| place(one)).collect();
        let [(unit, _), _, ..] = places.as_slice() else { return self.first.to_string() };
        let numbers: Vec<usize> = places.iter().map(|(_, number)| *number).collect();
        let places = name_some_places(unit, &numbers, most);
        match self.first {
            Error::Field { file, field, expected, .. } => {
                let place = format!(", {places}");
                Error::field(file, place, field, self.found(), expected).to_string()
            }
            Error::NotJson { file, reason, expected, .. } => format!(
                "{}, {places}: this is not JSON ({reason}); expected {expected}.",
                file.display()
            ),
            Error::Truncated { file, .. } => format!(
                "{}, {places}: the line ends in the middle; expected a whole record on each.",
                file.display()
            ),
            other => other.to_string(),
        }
    }

    /// What was found, each once.
    fn found(&self) -> String {
        let mut all: Vec<String> = Vec::new();
        for problem in &self.problems {
            if let Error::Field { found, .. } = problem
                && !all.contains(found)
            {
                all.push(found.clone());
            }
        }
        first_few(&all)
    }
}

/// The unit and the number of the place.
fn place(problem: &Error) -> Option<(&'static str, usize)> {
    match problem {
        Error::Field { place: Spot::Line(line), .. }
        | Error::NotJson { line, .. }
        | Error::Truncated { line, .. } => Some(("line", *line)),
        Error::Field { place: Spot::Numbered(part, number), .. } => Some((part.name(), *number)),
        _ => None,
    }
}
