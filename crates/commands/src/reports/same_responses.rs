//! Items that files call differently although they say that it is the same response: their scenario and model
//! are the same.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use study::{ItemDesign, Origin, RaterScores};

/// By item the name of the response that it is.
type Names = BTreeMap<String, String>;

/// What brings items together.
#[derive(Default)]
pub(super) struct Joined {
    /// For each rater other names of items; empty where their own stay.
    pub(super) names: Vec<Names>,
    /// What to know of it.
    pub(super) caution: Option<String>,
}

/// The responses of one rater.
struct Responses {
    names: Names,
    /// Whether it is known which of a model's answers each is.
    with_repetition: bool,
    /// Whether a model has several answers to a scenario.
    several: bool,
}

/// How the items of `all` come together. Their own names stay unless scenario and model bring more of them
/// together, and no two raters then share fewer.
pub(super) fn join(all: &[&RaterScores]) -> Joined {
    let is_placed = |at: &usize| all[*at].designs.values().any(|design| design.model.is_some());
    let placed: Vec<usize> = (0..all.len()).filter(is_placed).collect();
    let contradiction = contradiction(all, &placed);
    let share_none =
        |a: usize, b: usize| !all[a].items.names().any(|item| all[b].items.contains(item));
    let apart = pairs(&placed).find(|(a, b)| share_none(*a, *b));
    if contradiction.is_none() && apart.is_none() {
        return Joined::default();
    }
    let responses: Vec<Option<Responses>> =
        all.iter().map(|scores| Responses::of(scores)).collect();
    let joined = brings_more(all, &responses);
    let caution = match (joined, &contradiction) {
        (Some((a, b)), _) => Some(format!(
            "Items of {} and {} were taken to be the same where scenario and model are, as their names are not.",
            all[a].rater, all[b].rater
        )),
        (None, Some(found)) => Some(format!(
            "{found}: items called alike were compared, although they seem to be other responses."
        )),
        (None, None) => None,
    };
    let names = |responses: Option<Responses>| responses.map(|one| one.names).unwrap_or_default();
    let names = responses.into_iter().map(names).filter(|_| joined.is_some()).collect();
    Joined { names, caution }
}

fn pairs(these: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    these.iter().enumerate().flat_map(|(at, a)| these[at + 1..].iter().map(|b| (*a, *b)))
}

/// Two raters who share more items by the names of responses, if no two share fewer.
fn brings_more(all: &[&RaterScores], responses: &[Option<Responses>]) -> Option<(usize, usize)> {
    let everyone: Vec<usize> = (0..all.len()).collect();
    let mut more = None;
    for (a, b) in pairs(&everyone) {
        let before = all[a].items.names().filter(|item| all[b].items.contains(item)).count();
        let after = match (&responses[a], &responses[b]) {
            (Some(one), Some(other)) if one.fits(other) => {
                let names: BTreeSet<&String> = one.names.values().collect();
                other.names.values().filter(|name| names.contains(name)).count()
            }
            (None, None) => before,
            _ => 0,
        };
        match after.cmp(&before) {
            std::cmp::Ordering::Less => return None,
            std::cmp::Ordering::Equal => {}
            std::cmp::Ordering::Greater => more = more.or(Some((a, b))),
        }
    }
    more
}

impl Responses {
    /// Nothing where an item's scenario or model is not known, or two items are one response.
    fn of(scores: &RaterScores) -> Option<Self> {
        let mut names = Names::new();
        let (mut once, mut answers) = (BTreeSet::new(), BTreeSet::new());
        let mut with_repetition = true;
        for item in scores.items.names() {
            let ItemDesign { scenario, model, rep, .. } = scores.designs.get(item)?;
            let (scenario_id, model_id) = (scenario.clone(), model.clone()?);
            with_repetition &= rep.is_some();
            answers.insert((scenario_id.clone(), model_id.clone()));
            let name =
                Origin { scenario_id, model_id, rep_id: rep.unwrap_or_default() }.item_name();
            if scenario.is_empty() || !once.insert(name.clone()) {
                return None;
            }
            names.insert(item.to_owned(), name);
        }
        let several = answers.len() < names.len();
        (!names.is_empty()).then_some(Self { names, with_repetition, several })
    }

    /// Whether the same name is the same response in both: one without repetitions fits what has one answer each.
    fn fits(&self, other: &Self) -> bool {
        self.with_repetition == other.with_repetition || !self.several && !other.several
    }
}

/// An item that two of `all` call alike and that is another response in each.
fn contradiction(all: &[&RaterScores], placed: &[usize]) -> Option<String> {
    let mut known: HashMap<&str, (&str, &str, &str)> = HashMap::new();
    for at in placed {
        let RaterScores { rater, designs, .. } = all[*at];
        for (item, ItemDesign { scenario, model, .. }) in designs {
            let Some(model) = model else { continue };
            let (other, by, first) = *known.entry(item).or_insert((scenario, model, rater));
            if (other, by) != (scenario.as_str(), model.as_str()) {
                return Some(format!(
                    "`{item}` is the answer of {by} to `{other}` by {first}, and of {model} to `{scenario}` by {rater}"
                ));
            }
        }
    }
    None
}

/// That an item is in one scenario by one file and in another by the next: the first decides.
pub(super) fn other_scenarios(scores: &[RaterScores]) -> Option<String> {
    let mut known: HashMap<&str, (&str, &str)> = HashMap::new();
    for RaterScores { rater, designs, .. } in scores {
        for (item, design) in designs.iter().filter(|(_, design)| !design.scenario.is_empty()) {
            let (scenario, first) = *known.entry(item).or_insert((&design.scenario, rater));
            if scenario != design.scenario {
                return Some(format!(
                    "`{item}` is of scenario `{scenario}` by {first} and of `{}` by {rater}; intervals take the first. \
                     Other items may differ too.",
                    design.scenario
                ));
            }
        }
    }
    None
}
