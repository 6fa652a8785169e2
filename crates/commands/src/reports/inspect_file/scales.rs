//! Which axes the proposed commands compare, and on which scales.

use super::FileInspected;
use crate::reports::declared_scale::DeclaredScale;
use exchange::{ScoreSource, SuggestedScale, first_few, is_absent, quoted};
use indexmap::IndexMap;

/// The scales of more axes are not written out.
const MOST_SCALES: usize = 20;
/// More different grades are no scale.
const MOST_WORDS: usize = 100;

/// An axis whose scale no file declares.
#[derive(Clone, Debug)]
pub struct ScaleAsked {
    /// The axis.
    pub axis: String,
    /// The scale that its grades suggest.
    pub scale: SuggestedScale,
    /// Whether what is on it is text that nobody will put in an order.
    pub is_text: bool,
}

impl ScaleAsked {
    pub(super) fn new(axis: &str, scale: SuggestedScale, different: usize) -> Self {
        let is_text = scale.asks_for_words() && different > MOST_WORDS;
        Self { axis: axis.into(), scale, is_text }
    }

    fn option(&self) -> String {
        self.scale.option(&self.axis)
    }

    /// The scale by which a command is tried: where a person is asked for it, what occurs in any order.
    pub(super) fn tried(&self, source: &ScoreSource) -> DeclaredScale {
        let axis = self.axis.as_str();
        let occurring = || match (source.grades(), &self.scale) {
            (None, SuggestedScale::Numbers { lowest, highest, far }) => {
                let (far, axis) = (far.unwrap_or(*lowest), axis.into());
                let (lowest, highest) = ((*lowest).min(far), (*highest).max(far));
                DeclaredScale { axis, lowest, highest, labels: Vec::new() }
            }
            (grades, _) => {
                let values = grades.map(|grades| grades.values(axis)).unwrap_or_default();
                let words = values.into_keys().filter(|value| !is_absent(value)).map(String::from);
                DeclaredScale::of_labels(axis, words.collect())
            }
        };
        DeclaredScale::parse(&self.option()).unwrap_or_else(|_| occurring())
    }
}

/// The axes that commands compare, and why not the others.
#[derive(Debug, Default)]
pub(super) struct Chosen<'a> {
    /// Those whose scales have to be declared.
    pub(super) scales: Vec<&'a ScaleAsked>,
    /// All of them, where others are left out; none where all are compared.
    pub(super) axes: Vec<String>,
    /// Why others are left out.
    pub(super) notes: Vec<String>,
    /// Whether nothing is left to compare.
    pub(super) is_none: bool,
}

/// Why axes are left out.
const IS_TEXT: &str = "More than 100 different words are text and no scale.";
const IS_UNSAYABLE: &str = "No option can name an axis with `=`, or `-` in front, nor --axis one with a comma. To \
                            compare it, call it otherwise in the file.";

/// Chooses among axes of which the scales are `known` and others that are `asked` for.
fn choose<'a>(known: Vec<&'a str>, asked: &'a [ScaleAsked]) -> Chosen<'a> {
    let can_say = |axis: &str| !axis.contains('=') && !axis.starts_with('-');
    let can_compare = |one: &ScaleAsked| !one.is_text && can_say(&one.axis);
    if asked.len() <= MOST_SCALES && asked.iter().all(can_compare) {
        return Chosen { scales: asked.iter().collect(), ..Chosen::default() };
    }
    // The names in --axis are separated by commas.
    let can_list = |axis: &str| can_say(axis) && !axis.contains(',');
    let (texts, others): (Vec<&ScaleAsked>, Vec<&ScaleAsked>) =
        asked.iter().partition(|one| one.is_text);
    let (mut scales, others): (Vec<&ScaleAsked>, Vec<&ScaleAsked>) =
        others.into_iter().partition(|one| can_list(&one.axis));
    let (mut axes, mut unsayable): (Vec<&str>, Vec<&str>) =
        known.into_iter().partition(|axis| can_list(axis));
    unsayable.extend(names(&others));
    let more = scales.len().saturating_sub(MOST_SCALES);
    scales.truncate(MOST_SCALES);
    axes.extend(names(&scales));
    let more = (more > 0).then(|| {
        format!(
            "The commands below leave {more} more axes out. To compare them too, name them in --axis and give the scale of \
             each."
        )
    });
    let notes = [left_out(&names(&texts), IS_TEXT), left_out(&unsayable, IS_UNSAYABLE), more];
    let axes: Vec<String> = axes.into_iter().map(String::from).collect();
    Chosen { scales, is_none: axes.is_empty(), axes, notes: notes.into_iter().flatten().collect() }
}

fn names<'a>(asked: &[&'a ScaleAsked]) -> Vec<&'a str> {
    asked.iter().map(|one| one.axis.as_str()).collect()
}

fn left_out(axes: &[&str], why: &str) -> Option<String> {
    let axes: Vec<String> = axes.iter().map(|axis| format!("`{axis}`")).collect();
    (!axes.is_empty()).then(|| format!("Left out: {}. {why}", first_few(&axes)))
}

/// What a command says of axes and columns.
fn options(chosen: &Chosen, map: &[String]) -> String {
    let scales = chosen.scales.iter().map(|asked| format!(" --scale {}", quoted(&asked.option())));
    let axes =
        (!chosen.axes.is_empty()).then(|| format!(" --axis {}", quoted(&chosen.axes.join(","))));
    scales.chain(axes).collect::<String>() + &super::next_command::options(map)
}

impl FileInspected {
    fn known_axes(&self) -> Vec<&str> {
        self.axes.iter().filter(|axis| axis.known).map(|axis| axis.axis.as_str()).collect()
    }

    /// The axes that its commands compare.
    pub(super) fn chosen(&self) -> Chosen<'_> {
        choose(self.known_axes(), &self.asked)
    }

    /// The scales and columns that a command needs. Of very many axes the first are compared.
    pub(super) fn options(&self) -> String {
        options(&self.chosen(), &self.map)
    }
}

/// What commands say that compare several files.
#[derive(Debug, Default)]
pub struct Together {
    /// The scales, axes and columns.
    pub options: String,
    /// What to know of them.
    pub notes: Vec<String>,
}

impl Together {
    /// Of these files, one scale for each axis that no file declares.
    pub fn of(files: &[&FileInspected]) -> Self {
        let known: Vec<&str> = unique(files.iter().flat_map(|file| file.known_axes()));
        let mut asked = IndexMap::<&str, Vec<(&str, &ScaleAsked)>>::new();
        for (file, one) in
            files.iter().flat_map(|file| file.asked.iter().map(|one| (file.file.as_str(), one)))
        {
            if !known.contains(&one.axis.as_str()) {
                asked.entry(&one.axis).or_default().push((file, one));
            }
        }
        let (scales, said): (Vec<ScaleAsked>, Vec<Option<String>>) =
            asked.into_values().map(|of_files| one_scale(&of_files)).unzip();
        let map: Vec<String> =
            unique(files.iter().flat_map(|file| &file.map)).into_iter().cloned().collect();
        let chosen = choose(known, &scales);
        let is_compared = |at: &usize| chosen.scales.iter().any(|one| one.axis == scales[*at].axis);
        let said = (0..scales.len()).filter(is_compared).filter_map(|at| said[at].clone());
        let notes = said.chain(chosen.notes.iter().cloned()).collect();
        Self { options: options(&chosen, &map), notes }
    }

    /// Says these in a command that compares `file` with another, in the place of what its own commands say.
    pub fn say_in(&self, command: &mut String, file: &FileInspected) {
        if let Some(begin) = command.strip_suffix(&file.options()) {
            *command = format!("{begin}{}", self.options);
        }
    }
}

fn unique<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.fold(Vec::new(), |mut known, one| {
        if !known.contains(&one) {
            known.push(one);
        }
        known
    })
}

/// The scale of one axis that holds the grades of all these files, and what to know where these differ.
fn one_scale(of_files: &[(&str, &ScaleAsked)]) -> (ScaleAsked, Option<String>) {
    let (_, first) = of_files[0];
    let is_text = of_files.iter().any(|(_, one)| one.is_text);
    let named = |scale: SuggestedScale| ScaleAsked { axis: first.axis.clone(), scale, is_text };
    let options = unique(of_files.iter().map(|(_, one)| one.option()));
    if options.len() == 1 {
        return (named(first.scale.clone()), None);
    }
    let mut others = of_files[1..].iter().map(|(_, one)| &one.scale);
    let union = others.try_fold(first.scale.clone(), |union, scale| union.beside(scale));
    let differ = format!(
        "The files have different grades on {}: {}.",
        first.axis,
        first_few(&grades(of_files))
    );
    match union {
        Some(scale) => {
            let one = named(scale);
            let said = format!("{differ} The commands below take {} for all.", one.option());
            (one, Some(said))
        }
        None => {
            let one = named(SuggestedScale::Words { words: Vec::new(), absent: Vec::new() });
            let said = format!(
                "{differ} No range of whole numbers holds them all: list them in the place of LOWEST,…,HIGHEST."
            );
            (one, Some(said))
        }
    }
}

/// What each of the files has on an axis.
fn grades(of_files: &[(&str, &ScaleAsked)]) -> Vec<String> {
    let of_one = |(file, one): &(&str, &ScaleAsked)| match &one.scale {
        SuggestedScale::Numbers { lowest, highest, far: None } if lowest == highest => {
            format!("{file} has {lowest}")
        }
        SuggestedScale::Numbers { lowest, highest, far: None } => {
            format!("{file} has {lowest} to {highest}")
        }
        SuggestedScale::Numbers { .. } | SuggestedScale::Steps { .. } => {
            format!("{file} has other numbers")
        }
        SuggestedScale::Answers { .. } | SuggestedScale::Words { .. } => {
            format!("{file} has words")
        }
    };
    of_files.iter().map(of_one).collect()
}
