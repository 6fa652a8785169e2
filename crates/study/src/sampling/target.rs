//! From what was asked for to totals that the sample should reach.

use super::cell::{Cell, Member};
use super::{Balance, MarginKind, Sampling, SamplingError, total};
use std::collections::{BTreeMap, BTreeSet};

/// A total over cells: so many responses, or units, of a kind.
#[derive(Debug)]
pub(super) struct Group {
    /// Where it is in the report; absent for totals that only serve the others.
    pub(super) margin: Option<(MarginKind, String)>,
    /// What a unit of each cell adds to the total.
    pub(super) coefficients: Vec<u32>,
    /// What was asked for, in expectation.
    pub(super) wanted: Option<f64>,
    /// That, as near as the candidates allow.
    pub(super) target: Option<f64>,
    /// Whether the rounding keeps the total to the next whole numbers.
    pub(super) rounded: bool,
}

/// The totals, the most important first: the size, then models, filtered and high responses,
/// categories and framings.
pub(super) fn groups(cells: &[Cell], sampling: &Sampling) -> Result<Vec<Group>, SamplingError> {
    let classes = classes(cells, sampling.size)?;
    let models: BTreeSet<&str> = cells.iter().map(|cell| cell.model.as_str()).collect();
    let mut groups = Vec::new();
    for (size, units) in &classes {
        let target = Some(f64::from(*units));
        let coefficients = coefficients(cells, |cell| u32::from(cell.size() == *size));
        groups.push(Group { margin: None, coefficients, wanted: target, target, rounded: true });
    }
    for (size, _) in &classes {
        for model in &models {
            let counts = |cell: &Cell| u32::from(cell.size() == *size && cell.model == *model);
            let coefficients = coefficients(cells, counts);
            let (wanted, target) = (None, None);
            groups.push(Group { margin: None, coefficients, wanted, target, rounded: true });
        }
    }
    let of_model = |model: &&str, cell: &Cell| if cell.model == *model { cell.size() } else { 0 };
    let mut by_model = spread(cells, sampling.size, sampling.models, &models, of_model);
    // With units of one size, the numbers of units say it already.
    by_model.iter_mut().for_each(|group| group.rounded = classes.len() > 1);
    groups.extend(named(MarginKind::Model, by_model, models.iter().map(|model| (*model).into())));
    groups.push(filtered(cells, sampling));
    groups.extend(high(cells, sampling));

    let members = || cells.iter().flat_map(|cell| &cell.members);
    let categories: BTreeSet<&str> = members().map(|member| member.category.as_str()).collect();
    let of_category = |category: &&str, cell: &Cell| cell.count(|m| m.category == *category);
    let by_category = spread(cells, sampling.size, sampling.categories, &categories, of_category);
    let names = categories.iter().map(|category| (*category).into());
    groups.extend(named(MarginKind::Category, by_category, names));

    let framings: BTreeSet<_> = members().map(|member| member.framing).collect();
    for framing in framings {
        let value = framing.map_or("none", |framing| framing.name());
        groups.push(unasked(cells, MarginKind::Framing, value, |m| m.framing == framing));
    }
    Ok(groups)
}

fn coefficients(cells: &[Cell], coefficient: impl Fn(&Cell) -> u32) -> Vec<u32> {
    cells.iter().map(coefficient).collect()
}

/// How many units of each size, the sizes descending: as near to the candidates' proportions as
/// whole units add up to the size of the sample.
fn classes(cells: &[Cell], size: u32) -> Result<Vec<(u32, u32)>, SamplingError> {
    let mut there: BTreeMap<u32, u32> = BTreeMap::new();
    for cell in cells {
        *there.entry(cell.size()).or_default() += cell.units.len() as u32;
    }
    let there: Vec<(u32, u32)> = there.into_iter().rev().collect();
    let candidates: u32 = there.iter().map(|(size, units)| size * units).sum();
    // A size without a unit in the sample would be out of reach; that comes second to none at all.
    let reach = |size: u32| {
        split(&there, size, candidates, 1).or_else(|| split(&there, size, candidates, 0))
    };
    reach(size).ok_or_else(|| {
        let below = (1..size).rev().find(|near| reach(*near).is_some());
        let above = (size + 1..=candidates).find(|near| reach(*near).is_some());
        let near: Vec<String> =
            below.into_iter().chain(above).map(|near| near.to_string()).collect();
        SamplingError::WholePairs { size, near: near.join(" or ") }
    })
}

/// `left` responses as units of the sizes `there`, which hold `candidates` responses, at least
/// `least` units of each size.
fn split(there: &[(u32, u32)], left: u32, candidates: u32, least: u32) -> Option<Vec<(u32, u32)>> {
    let Some((&(size, units), rest)) = there.split_first() else {
        return (left == 0).then(Vec::new);
    };
    let most = units.min(left / size);
    // Nearest to `left · units / candidates`, in whole numbers.
    let ideal = (2 * u64::from(left) * u64::from(units) + u64::from(candidates))
        / (2 * u64::from(candidates).max(1));
    let ideal = (ideal as u32).min(most);
    let from = if rest.is_empty() { most.max(least) } else { least };
    let mut numbers: Vec<u32> = (from..=most).collect();
    numbers.sort_by_key(|number| number.abs_diff(ideal));
    numbers.into_iter().find_map(|number| {
        let rest = split(rest, left - size * number, candidates - size * units, least)?;
        Some([vec![(size, number)], rest].concat())
    })
}

/// A total for each of `values`, equal or in proportion.
fn spread<V>(
    cells: &[Cell],
    size: u32,
    balance: Balance,
    values: &BTreeSet<V>,
    counts: impl Fn(&V, &Cell) -> u32,
) -> Vec<Group> {
    let there: Vec<u32> =
        values.iter().map(|value| total(cells, |cell| counts(value, cell))).collect();
    let all: u32 = total(cells, Cell::size);
    let (wanted, targets): (Vec<f64>, Vec<f64>) = match balance {
        Balance::Equal => {
            let share = f64::from(size) / values.len() as f64;
            (vec![share; values.len()], level(&there, size))
        }
        Balance::Proportional => {
            let share = |there: &u32| f64::from(size) * f64::from(*there) / f64::from(all);
            let shares: Vec<f64> = there.iter().map(share).collect();
            (shares.clone(), shares)
        }
    };
    let group = |(value, (wanted, target)): (&V, (f64, f64))| Group {
        margin: None,
        coefficients: coefficients(cells, |cell| counts(value, cell)),
        wanted: Some(wanted),
        target: Some(target),
        rounded: true,
    };
    values.iter().zip(wanted.into_iter().zip(targets)).map(group).collect()
}

/// `size` spread over vessels that hold `there`, as equal as they allow.
fn level(there: &[u32], size: u32) -> Vec<f64> {
    let mut ascending: Vec<u32> = there.to_vec();
    ascending.sort_unstable();
    let mut left = f64::from(size);
    let mut level = 0.0;
    for (filled, vessel) in ascending.iter().enumerate() {
        level = left / (ascending.len() - filled) as f64;
        if f64::from(*vessel) >= level {
            break;
        }
        left -= f64::from(*vessel);
    }
    there.iter().map(|vessel| f64::from(*vessel).min(level)).collect()
}

fn named(
    kind: MarginKind,
    groups: Vec<Group>,
    names: impl Iterator<Item = String>,
) -> impl Iterator<Item = Group> {
    let name = move |(group, name)| Group { margin: Some((kind, name)), ..group };
    groups.into_iter().zip(names).map(name)
}

/// A total that is kept as it comes.
fn unasked(cells: &[Cell], kind: MarginKind, value: &str, is: impl Fn(&Member) -> bool) -> Group {
    Group {
        margin: Some((kind, value.into())),
        coefficients: coefficients(cells, |cell| cell.count(&is)),
        wanted: None,
        target: None,
        rounded: true,
    }
}

fn filtered(cells: &[Cell], sampling: &Sampling) -> Group {
    let is = |member: &Member| member.filtered;
    let there = total(cells, |cell| cell.count(is));
    let share = proportion(cells, there) * f64::from(sampling.size);
    let wanted = share.max(f64::from(sampling.filtered_at_least));
    Group {
        wanted: Some(wanted),
        target: Some(wanted.min(f64::from(there))),
        ..unasked(cells, MarginKind::Filtered, "filtered or empty", is)
    }
}

fn high(cells: &[Cell], sampling: &Sampling) -> Option<Group> {
    let oversample = sampling.oversample.as_ref()?;
    let is = |member: &Member| member.high;
    let there = total(cells, |cell| cell.count(is));
    let size = f64::from(sampling.size);
    let wanted = oversample.share.max(proportion(cells, there)) * size;
    let value = format!("{} at least {}", oversample.axis, oversample.at_least);
    Some(Group {
        wanted: Some(wanted),
        target: Some(wanted.min(f64::from(there))),
        ..unasked(cells, MarginKind::Score, &value, is)
    })
}

fn proportion(cells: &[Cell], there: u32) -> f64 {
    f64::from(there) / f64::from(total(cells, Cell::size))
}
