//! What the columns of a table that nothing here recognises probably hold. A person completes it.

use crate::command_line::named_column;
use crate::door::plain;
use crate::grades::{RATER, holds_no_grade};
use crate::mapping::{Holding, MapField};
use crate::preview::{Column, suggest};
use crate::score_source::is_absent;
use std::collections::BTreeMap;

/// What a table may hold, and what its columns would then be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// What its rows would be.
    pub holding: Holding,
    /// `field=column` of each field that it must have. `COLUMN` is a column that cannot be guessed.
    pub map: Vec<String>,
}

/// The mean number of words from which on a column holds texts.
const WORDS_OF_A_TEXT: usize = 5;

/// What a table of these columns probably holds, the likeliest first.
pub(crate) fn guess(columns: &[Column]) -> Vec<Guess> {
    if !columns.iter().any(|column| column.is_text() || is_called_text(&column.name)) {
        return vec![one_grade_a_row(columns).unwrap_or_else(|| of(Holding::Grades, columns))];
    }
    let responses = of(Holding::Responses, columns);
    // A case comes several times, or a column is called as one of models: then no row is a scenario.
    let several = |said: &String| {
        let case = columns
            .iter()
            .find(|column| *said == format!("scenario_id={}", named_column(&column.name)));
        case.is_some_and(|column| column.different < column.filled)
    };
    let is_named = |holding, field| {
        let names = columns.iter().map(|column| column.name.as_str());
        suggest(names, holding).contains_key(field)
    };
    if is_named(Holding::Responses, "model_id") || responses.map.iter().any(several) {
        return vec![responses];
    }
    let scenarios = of(Holding::Scenarios, columns);
    match (is_named(Holding::Responses, "response"), is_named(Holding::Scenarios, "prompt")) {
        (true, false) => vec![responses],
        (false, true) => vec![scenarios],
        _ => vec![scenarios, responses],
    }
}

impl Guess {
    /// Whether a column was found for every field that the table must have.
    pub fn is_complete(&self) -> bool {
        !self.map.iter().any(|said| said.ends_with(UNKNOWN))
    }
}

/// Written where a column cannot be guessed.
const UNKNOWN: &str = "=COLUMN";

fn of(holding: Holding, columns: &[Column]) -> Guess {
    let mut held = suggest(columns.iter().map(|column| column.name.as_str()), holding);
    let required: Vec<&MapField> = holding.fields().iter().filter(|field| field.required).collect();
    if holding == Holding::Responses
        && let Some(numbers) = held.get("scenario_id").and_then(|name| numbers_rows(name, columns))
        && let Some(scenario) = asked_again(columns, &held)
    {
        // A number of its own for each row is the response's; the scenario comes again.
        held.retain(|_, column| *column != numbers.name);
        held.insert("scenario_id", scenario.to_owned());
    }
    // A text is told most surely; what is left is a name.
    let (texts, names): (Vec<&MapField>, Vec<&MapField>) =
        required.iter().partition(|field| TEXTS.contains(&field.name));
    let of_grades = holding == Holding::Grades;
    let (last, first): (Vec<&MapField>, Vec<&MapField>) =
        names.into_iter().partition(|field| of_grades && field.name == "item");
    // Columns of harm say of which axis their grades are.
    let has_harm = of_grades && AXES_OF_HARM.iter().any(|axis| held.contains_key(axis));
    // What is no grade is a name.
    for field in texts.into_iter().chain(first).chain(last) {
        let is_known = held.contains_key(field.name) || has_harm && field.name == "value";
        if !is_known && let Some(column) = by_content(field.name, columns, &held) {
            held.insert(field.name, column.to_owned());
        }
    }
    let said = |field: &&MapField| match held.get(field.name) {
        Some(column) => format!("{}={}", field.name, named_column(column)),
        None if field.name == "model_id" => format!("{}=:NAME", field.name),
        None => format!("{}{UNKNOWN}", field.name),
    };
    let mut map: Vec<String> = required.iter().map(said).collect();
    // Who graded is not required, as one file may be of one rater. Where items come again, a column says who did.
    let item = held.get("item").and_then(|item| columns.iter().find(|column| column.name == *item));
    let again = of_grades && item.is_none_or(|item| item.different < item.filled);
    let is_rater = |column: &&Column| again && is_of_raters(column) && column.varies();
    if let Some(rater) = columns.iter().find(is_rater) {
        map.insert(0, format!("rater={}", named_column(&rater.name)));
    }
    let axes =
        columns.iter().filter(|column| of_grades && column.varies() && is_called(&AXES, column));
    match axes.collect::<Vec<_>>()[..] {
        [] => (),
        [axis] => map.push(format!("axis={}", named_column(&axis.name))),
        [..] => map.push(format!("axis{UNKNOWN}")),
    }
    let is_open = map.iter().any(|said| said == "value=COLUMN");
    if of_grades && is_told(&map) && is_open && !map.iter().any(|said| said.starts_with("axis=")) {
        name_axes(&mut map, columns, &held);
    }
    Guess { holding, map }
}

/// Names the grades in `map` where those of each axis have a column of their own. Those of harm are called so, and read
/// as what they are called; else every column that holds no name holds numbers that may be grades.
fn name_axes(map: &mut Vec<String>, columns: &[Column], held: &BTreeMap<&'static str, String>) {
    let is_held = |column: &&Column| {
        map.iter().any(|said| said.ends_with(&format!("={}", named_column(&column.name))))
    };
    let others: Vec<&Column> = columns.iter().filter(|column| !is_held(column)).collect();
    let harm: Vec<&str> =
        AXES_OF_HARM.iter().filter_map(|axis| held.get(axis)).map(String::as_str).collect();
    let may_be_grades = |column: &&Column| column.are_numbers() && column.may_be_grades();
    let axes = match harm.as_slice() {
        [] if others.iter().all(may_be_grades) => {
            others.iter().map(|column| column.name.as_str()).collect()
        }
        _ => harm.clone(),
    };
    if !axes.is_empty() {
        map.retain(|said| !said.ends_with(UNKNOWN));
    }
    if axes.len() > harm.len() || !axes.is_empty() && axes.len() < others.len() {
        let axes: Vec<String> = axes.into_iter().map(named_column).collect();
        map.push(format!("value={}", axes.join(",")));
    }
}

/// Whether rater and item are known.
fn is_told(map: &[String]) -> bool {
    let known = |field| map.iter().any(|said| said.starts_with(field) && !said.ends_with(UNKNOWN));
    known("rater=") && known("item=")
}

/// Fields of grades that are axes themselves.
const AXES_OF_HARM: [&str; 2] = ["omission", "commission"];

/// What such columns are called in tables that nothing recognises.
const RATERS: [&str; 14] = [
    "rater",
    "reviewer",
    "annotator",
    "reader",
    "observer",
    "coder",
    "physician",
    "doctor",
    "clinician",
    "Prüfer",
    "Bewerter",
    "Gutachter",
    "Arzt",
    "évaluateur",
];
const ITEMS: [&str; 6] = ["item", "case", "patient", "Fall", "Antwort", "cas"];
const AXES: [&str; 6] = ["axis", "dimension", "criterion", "Merkmal", "Kriterium", "critère"];
const VALUES: [&str; 8] =
    ["value", "grade", "score", "rating", "Note", "Wert", "Bewertung", "Punkte"];

/// A row for each grade: the only numbers, or those called so, are the grades; of the names, which all come again, those
/// of which most occur are the items', before the raters'. Where more columns could be either, or grades as well, nothing
/// is guessed.
fn one_grade_a_row(columns: &[Column]) -> Option<Guess> {
    let rows = columns.iter().map(|column| column.filled).max().filter(|rows| *rows > 2)?;
    if let Some(guess) = all_called(rows, columns) {
        return Some(guess);
    }
    let vary = |column: &&Column| column.are_numbers() && column.varies();
    let numbers: Vec<&Column> = columns.iter().filter(vary).collect();
    let value = match numbers.as_slice() {
        [value] => *value,
        several => several.iter().copied().find(|column| is_called(&VALUES, column))?,
    };
    let is_beside = |column: &&Column| {
        let is_known = is_called(&VALUES, column) || is_called(&ITEMS, column);
        let numbers_rows = column.different == rows && !is_known;
        column.name != value.name && !numbers_rows && !column.is_no_grade()
    };
    // An empty cell is a grade that was not given: what has one is no name, and may be grades.
    let is_name = |column: &&Column| column.filled == rows && !is_called(&VALUES, column);
    let (mut names, others): (Vec<&Column>, Vec<&Column>) =
        columns.iter().filter(is_beside).partition(is_name);
    if others.into_iter().any(Column::varies) {
        return None;
    }
    names.sort_by_key(|column| column.different);
    let mut take = |called: &[&str]| {
        let place = names.iter().position(|column| is_called(called, column));
        place.map(|place| names.remove(place))
    };
    let (rater, axis, item) = (take(&RATERS), take(&AXES), take(&ITEMS));
    let most = |names: &[&Column]| match names {
        [.., before, last] if before.different == last.different => None,
        names => names.len().checked_sub(1),
    };
    let item = match item {
        Some(item) => item,
        None => names.remove(most(&names).filter(|place| names[*place].varies())?),
    };
    let rater = match rater {
        Some(rater) => rater,
        None => names.remove(names.iter().position(|column| column.varies())?),
    };
    // An item that is in one row was graded by one: who that was is no matter of comparing raters.
    if item.different == rows || names.into_iter().any(Column::varies) {
        return None;
    }
    Some(of_grades(rater, item, axis, value))
}

/// Where one column each is called as raters, as items that come again and as grades, the others are told of these,
/// whatever they hold.
fn all_called(rows: usize, columns: &[Column]) -> Option<Guess> {
    let called = |names: &[&str]| -> Vec<&Column> {
        columns.iter().filter(|column| is_called(names, column)).collect()
    };
    let (raters, items, axes) = (called(&RATERS), called(&ITEMS), called(&AXES));
    let values = called_values(columns);
    let ([rater], [item], [value], [] | [_]) = (&raters[..], &items[..], &values[..], &axes[..])
    else {
        return None;
    };
    let are_whole = [rater, item].iter().all(|one| one.filled == rows && one.varies());
    let is_told = are_whole && item.different < rows && value.varies();
    is_told.then(|| of_grades(rater, item, axes.first().copied(), value))
}

/// The columns that are called as grades; of several, those of numbers.
fn called_values<'a>(columns: impl IntoIterator<Item = &'a Column>) -> Vec<&'a Column> {
    let mut called: Vec<&Column> =
        columns.into_iter().filter(|column| is_called(&VALUES, column)).collect();
    if called.len() > 1 {
        called.retain(|column| column.are_numbers());
    }
    called
}

fn of_grades(rater: &Column, item: &Column, axis: Option<&Column>, value: &Column) -> Guess {
    let held =
        [("rater", Some(rater)), ("item", Some(item)), ("axis", axis), ("value", Some(value))];
    let said = |(field, column): (&str, Option<&Column>)| {
        Some(format!("{field}={}", named_column(&column?.name)))
    };
    Guess { holding: Holding::Grades, map: held.into_iter().filter_map(said).collect() }
}

/// Whether a column is called by one of these names.
fn is_called(names: &[&str], column: &Column) -> bool {
    names.iter().any(|name| plain(name) == plain(&column.name))
}

/// Names that say no more than that rows are numbered.
const NUMBERS: [&str; 4] = ["id", "index", "no", "item"];

/// The column called `name`, if it only numbers the rows.
fn numbers_rows<'a>(name: &str, columns: &'a [Column]) -> Option<&'a Column> {
    let is_number = NUMBERS.contains(&name.to_lowercase().as_str());
    let column = columns.iter().find(|column| column.name == name)?;
    (is_number && column.different == column.filled).then_some(column)
}

/// The column of names that most probably says which scenario was answered, by several models.
fn asked_again<'a>(
    columns: &'a [Column],
    held: &BTreeMap<&'static str, String>,
) -> Option<&'a str> {
    let free = |column: &&Column| {
        !held.values().any(|one| *one == column.name) && column.is_name() && column.comes_again()
    };
    let found = columns.iter().rev().filter(free).max_by_key(|column| column.different);
    found.map(|column| column.name.as_str())
}

/// The fields that hold texts.
const TEXTS: [&str; 2] = ["response", "prompt"];

/// What columns of texts are called, where the name says nothing else.
const CALLED_TEXT: [&str; 8] =
    ["prompt", "question", "vignette", "response", "answer", "completion", "frage", "antwort"];

/// Whether a column is called as one of prompts or of responses.
pub(crate) fn is_called_text(name: &str) -> bool {
    CALLED_TEXT.contains(&name.trim().to_lowercase().as_str())
}

/// The column that by its content seems to hold a field, among those that hold no other.
fn by_content<'a>(
    field: &str,
    columns: &'a [Column],
    held: &BTreeMap<&'static str, String>,
) -> Option<&'a str> {
    let is_free = |column: &&Column| {
        column.filled > 0
            && !column.name.is_empty()
            && !held.values().any(|one| *one == column.name)
    };
    let mut free = columns.iter().filter(is_free);
    let found = match field {
        "response" => free.filter(|column| column.is_text()).max_by_key(|column| column.words),
        "prompt" => free.find(|column| column.is_text()),
        "id" => free.find(|column| column.names_rows()),
        // Of several raters' rows, an item has one for each: of as many names, the first.
        "item" => {
            let names = || columns.iter().filter(|column| is_free(column) && !is_of_raters(column));
            let several = || {
                let again = names().rev().filter(|column| column.is_name() && column.different > 1);
                again.max_by_key(|column| column.different)
            };
            // Of several that are called so, the one that says most.
            let called = names().rev().filter(|column| is_called(&ITEMS, column));
            let called = called.max_by_key(|column| column.different);
            called.or_else(|| free.find(|column| column.names_rows())).or_else(several)
        }
        // Of as many, the first.
        "scenario_id" => {
            let may_be = |column: &&Column| column.is_name() && !column.is_of_answers();
            free.rev().filter(may_be).max_by_key(|column| column.different)
        }
        "model_id" => free.find(|column| column.is_name() && column.comes_again()),
        // What is known of items or raters looks like grades: one of several is these only if it is called so.
        "value" => {
            let free: Vec<&Column> = free.filter(|column| column.varies()).collect();
            let called = called_values(free.iter().copied());
            let mut others = free.iter().copied().filter(|column| column.may_be_grades());
            match (called.as_slice(), others.next(), others.next()) {
                ([one], ..) => Some(*one),
                ([], Some(one), None) => Some(one).filter(|one| one.comes_again()),
                _ => None,
            }
        }
        _ => None,
    };
    found.map(|column| column.name.as_str())
}

/// Whether a column is called as one of raters.
fn is_of_raters(column: &Column) -> bool {
    is_called(&RATER, column) || is_called(&RATERS, column)
}

impl Column {
    fn are_numbers(&self) -> bool {
        let mut given = self.samples.iter().filter(|value| !is_absent(value)).peekable();
        given.peek().is_some() && given.all(|value| value.replace(',', ".").parse::<f64>().is_ok())
    }

    fn names_rows(&self) -> bool {
        self.is_name() && self.different == self.filled
    }

    pub(crate) fn is_text(&self) -> bool {
        self.words >= WORDS_OF_A_TEXT * self.filled.max(1)
    }

    fn is_name(&self) -> bool {
        !self.is_text()
    }

    /// Whether it is called as something of answers, such as their numbers.
    fn is_of_answers(&self) -> bool {
        let name = self.name.to_lowercase();
        ["answer", "response", "reply", "antwort"].iter().any(|word| name.contains(word))
    }

    /// Whether it is called as what holds neither grades nor the names of items. A German `Note` is a grade.
    fn is_no_grade(&self) -> bool {
        holds_no_grade(&self.name) && !is_called(&VALUES, self) && !is_called(&ITEMS, self)
    }

    /// Whether it has several values.
    fn varies(&self) -> bool {
        self.different > 1
    }

    /// Whether it may be one of grades: not called as another's, with several values and not one for each row.
    fn may_be_grades(&self) -> bool {
        let is_another = is_of_raters(self)
            || is_called(&ITEMS, self)
            || is_called(&AXES, self)
            || self.is_no_grade();
        self.is_name() && self.varies() && self.different < self.filled && !is_another
    }

    /// Whether most of its values come more than once.
    fn comes_again(&self) -> bool {
        self.varies() && 2 * self.different <= self.filled
    }
}
