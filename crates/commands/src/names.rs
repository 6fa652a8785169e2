//! Names that a person takes for others: alike but for what is not seen, or changed by a spreadsheet.

pub(crate) use exchange::count;
use exchange::first_few;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use study::{Joined, RaterScores};
use unicode_normalization::UnicodeNormalization;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Digits of a number that a computer holds exactly.
const EXACT: usize = 15;

/// `name` without what a person does not see or passes over: capitals, blanks, invisible characters, and
/// whether an accent is a character of its own.
pub(crate) fn as_seen(name: &str) -> String {
    name.nfkc().collect::<String>().to_lowercase().chars().filter(|c| !is_unseen(*c)).collect()
}

fn is_unseen(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// `a number` or `a date`, where `name` is what spreadsheets make of some identifiers.
pub(crate) fn made_by_spreadsheet(name: &str) -> Option<&'static str> {
    if name.to_ascii_uppercase().contains("E+") && name.parse::<f64>().is_ok() {
        return Some("a number");
    }
    is_date(name).then_some("a date")
}

/// The number that `name` is, however it is written, as programs write `007` and `1.0` for 7 and 1.
fn as_number(name: &str) -> Option<String> {
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit() || b".eE".contains(&byte));
    let number = name.parse::<f64>().ok().filter(|_| is_number && name.len() <= EXACT)?;
    let has_exponent = name.contains(['e', 'E']);
    if has_exponent && !(number.is_normal() && number < 1e15) {
        return None;
    }
    Some(number.to_string())
}

/// Whether `name` is a date as spreadsheets write one, such as `3-May` or `03/05/2026`.
fn is_date(name: &str) -> bool {
    let parts: Vec<&str> = name.split(['-', '/']).collect();
    let digits = |part: &&&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let months = parts.iter().filter(|part| MONTHS.contains(&part.to_ascii_lowercase().as_str()));
    match (parts.len(), parts.iter().filter(digits).count(), months.count()) {
        (2, 1, 1) | (3, 2, 1) => true,
        (3, 3, 0) => name.matches('/').count() == 2,
        _ => false,
    }
}

/// What a spreadsheet would make of `name`, and what it may have made it from: the same for both, as the digits that it
/// keeps of a number, or the month and the number of a date. A name may be several dates.
fn as_spreadsheets_have_it(name: &str) -> Vec<String> {
    if let Some(number) = name.parse::<f64>().ok().filter(|number| number.is_finite()) {
        // Of long numbers six digits are shown, or three in a narrow column.
        let shown =
            name.split_once("E+").map(|(digits, _)| digits.split('.').nth(1).map_or(0, str::len));
        return match shown {
            Some(0..=2) => vec![format!("{number:.2e}")],
            Some(_) => vec![format!("{number:.5e}")],
            None => vec![format!("{number:.2e}"), format!("{number:.5e}")],
        };
    }
    let (mut numbers, mut words) = (Vec::new(), Vec::new());
    for part in name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        let (word, number) =
            part.split_at(part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len()));
        words.extend((!word.is_empty()).then(|| word.to_ascii_lowercase()));
        match number.parse::<u32>() {
            Ok(number) => numbers.push(number),
            Err(_) if number.is_empty() => {}
            Err(_) => return Vec::new(),
        }
    }
    let date = |month: usize, day: u32| format!("{month}/{day}");
    let either = |a: u32, b: u32| -> Vec<String> {
        let dates = [(a, b), (b, a)].into_iter().filter(|(month, _)| (1..=12).contains(month));
        dates.map(|(month, day)| date(month as usize, day)).collect()
    };
    match (words.as_slice(), numbers.as_slice()) {
        ([word], [day] | [day, _]) => {
            month(word).map(|month| date(month, *day)).into_iter().collect()
        }
        // The year comes first, or last.
        ([], [year, month, day]) if *year > 31 => either(*month, *day),
        ([], [a, b] | [a, b, _]) => either(*a, *b),
        _ => Vec::new(),
    }
}

/// The number of the month of this name, whole or its first three letters.
fn month(word: &str) -> Option<usize> {
    const WHOLE: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is_month = |whole: &&str| {
        *whole == word || whole[..3] == *word || word == "sept" && *whole == "september"
    };
    WHOLE.iter().position(is_month).map(|place| place + 1)
}

/// What names may have become in a spreadsheet: for each, the first name and whether it is the only one.
fn by_spreadsheet<'a>(names: &[&'a str]) -> HashMap<String, (&'a str, bool)> {
    let mut found: HashMap<String, (&str, bool)> = HashMap::new();
    // What was changed itself is where nothing was made from.
    for name in names.iter().filter(|name| made_by_spreadsheet(name).is_none()) {
        for key in as_spreadsheets_have_it(name) {
            found.entry(key).and_modify(|(_, only)| *only = false).or_insert((name, true));
        }
    }
    found
}

/// The only name from which a spreadsheet may have made `name`.
fn made_from<'a>(name: &str, from: &HashMap<String, (&'a str, bool)>) -> Option<&'a str> {
    let keys = as_spreadsheets_have_it(name);
    let found: BTreeSet<&(&str, bool)> = keys.iter().filter_map(|key| from.get(key)).collect();
    match found.into_iter().collect::<Vec<_>>()[..] {
        [(one, true)] => Some(one),
        _ => None,
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn enumerated(names: &[String]) -> String {
    match names {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// A sentence for each few of `names` that differ in nothing that a person sees.
pub(crate) fn alike<'a>(noun: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut alike: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for name in names {
        alike.entry(as_seen(name)).or_default().insert(name);
    }
    let several = alike.into_values().filter(|names| names.len() > 1);
    let sentence = |names: BTreeSet<&str>| {
        let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        format!(
            "The {noun} {} differ in capitals, blanks or invisible characters only, and count as {}. Give \
             them one spelling if they are one.",
            enumerated(&quoted),
            names.len()
        )
    };
    several.map(sentence).collect()
}

/// Raters, and models, whose names differ in nothing that a person sees.
pub(crate) fn alike_in(scores: &[&RaterScores]) -> Vec<String> {
    let designs = scores.iter().flat_map(|scores| scores.designs.values());
    let models = designs.filter_map(|design| design.model.as_deref());
    let raters = scores.iter().map(|scores| scores.rater.as_str());
    alike("raters", raters).into_iter().chain(alike("models", models)).collect()
}

/// Why some items of two raters pair with none, where their names tell.
pub(crate) fn unpaired(first: &RaterScores, second: &RaterScores) -> Vec<String> {
    let (mut of_first, mut of_second) = (Vec::new(), Vec::new());
    for (item, found) in first.items.beside(&second.items) {
        match found {
            Joined::First(_) => of_first.push(item),
            Joined::Second(_) => of_second.push(item),
            Joined::Both(..) => {}
        }
    }
    if of_first.is_empty() || of_second.is_empty() {
        return Vec::new();
    }
    of_first.sort_unstable();
    of_second.sort_unstable();
    let pairs = |key: &dyn Fn(&str) -> Option<String>| -> Vec<(&str, &str)> {
        let keyed = of_second.iter().filter_map(|item| Some((key(item)?, *item)));
        let known: BTreeMap<String, &str> = keyed.collect();
        of_first.iter().filter_map(|item| Some((*item, *known.get(&key(item)?)?))).collect()
    };
    let mut cautions = Vec::new();
    for (alike, how) in [
        (
            pairs(&|item| Some(as_seen(item))),
            "differ in capitals, blanks or invisible characters only",
        ),
        (pairs(&as_number), "are the same numbers in two spellings"),
    ] {
        if let Some((one, other)) = alike.first() {
            cautions.push(format!(
                "{} of {} and {} {how}, such as `{one}` and `{other}`, and were not paired. Give them one \
                 spelling if they are one.",
                count(alike.len(), "item"),
                first.rater,
                second.rater
            ));
        }
    }
    let is_placed = |scores: &RaterScores, item: &str| {
        scores.designs.get(item).is_some_and(|design| design.model.is_some())
    };
    for (scores, unpaired, other, others) in [
        (first, &of_first, &second.rater, &of_second),
        (second, &of_second, &first.rater, &of_first),
    ] {
        // What is named by its scenario and model may look like a date, and is none.
        let named = unpaired.iter().filter(|item| !is_placed(scores, item));
        let changed: Vec<(&str, &str)> =
            named.filter_map(|item| Some((*item, made_by_spreadsheet(item)?))).collect();
        let Some((one, what)) = changed.first() else { continue };
        let (rater, from) = (&scores.rater, by_spreadsheet(others));
        let pair =
            |(item, _): &(&str, &str)| Some(format!("`{item}` ← `{}`", made_from(item, &from)?));
        let pairs: Vec<String> = changed.iter().filter_map(pair).collect();
        let pairs = match pairs.is_empty() {
            true => String::new(),
            false => format!(" Probably from items of {other}: {}.", first_few(&pairs)),
        };
        cautions.push(format!(
            "{} of {rater} were not paired and look as a spreadsheet writes them, such as `{one}`, \
             {what}.{pairs} Give the names as they were before a spreadsheet opened the file.",
            count(changed.len(), "item")
        ));
    }
    cautions
}
