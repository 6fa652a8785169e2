//! The cells as numbers and as a page.

use std::fmt::Write;

use crate::families::{Family, GROSS, Line};
use crate::quantity::Quantity;
use crate::tally::{Found, Tally};

/// A quantity in a set-up, counted.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Where the set-up stands: its family, its line there and its column.
    pub at: (usize, usize, usize),
    pub quantity: Quantity,
    population: String,
    design: String,
    /// Scenarios, and items in all of them.
    scenarios: usize,
    items: usize,
    truth: f64,
    default: Measured,
    plain: Measured,
}

/// What a rule's intervals did, as shares of samples.
#[derive(Clone, Debug)]
struct Measured {
    samples: usize,
    coverage: f64,
    chance: f64,
    none: f64,
    width: Option<f64>,
    above: f64,
    below: f64,
}

impl From<&Tally> for Measured {
    fn from(tally: &Tally) -> Self {
        let (above, below) = tally.misses();
        Self {
            samples: tally.samples,
            coverage: tally.coverage(),
            chance: tally.chance(),
            none: tally.none(),
            width: tally.width(),
            above,
            below,
        }
    }
}

/// Below this an interval covers too seldom.
const AIM: f64 = 0.92;

impl Cell {
    pub fn of(at: (usize, usize, usize), drawn: &Line, found: &Found) -> Self {
        let (design, how) = &drawn.designs[at.2];
        Self {
            at,
            quantity: found.quantity,
            population: drawn.population.name.clone(),
            design: design.clone(),
            scenarios: how.scenarios,
            items: how.drawn(),
            truth: found.truth,
            default: (&found.default).into(),
            plain: (&found.plain).into(),
        }
    }

    /// Whether the aim speaks of it, and enough samples have an estimate.
    fn counts(&self) -> bool {
        (self.items >= 20 || self.scenarios >= 8) && self.default.samples >= 100
    }

    fn fails(&self) -> bool {
        self.counts() && self.default.coverage < AIM
    }
}

/// Every cell with all that was counted.
pub fn csv(cells: &[Cell]) -> String {
    let mut lines = String::from(
        "family,quantity,population,design,scenarios,items,truth,samples,coverage,chance,none,\
         width,above,below,plain_coverage,plain_none,plain_width\n",
    );
    for cell in cells {
        let Cell { quantity, population, design, scenarios, items, truth, default, plain, .. } =
            cell;
        let Measured { samples, coverage, chance, none, above, below, .. } = default;
        let width = |width: Option<f64>| width.map_or(String::new(), |width| format!("{width:.3}"));
        let line = format!(
            "{},\"{}\",\"{population}\",\"{design}\",{scenarios},{items},{truth:.4},{samples},\
             {coverage:.4},{chance:.4},{none:.4},{},{above:.4},{below:.4},{:.4},{:.4},{}\n",
            cell.at.0 + 1,
            quantity.name(),
            width(default.width),
            plain.coverage,
            plain.none,
            width(plain.width),
        );
        lines.push_str(&line);
    }
    lines
}

/// The page: what people wrote before and after, and the tables between.
pub fn page(families: &[Family], cells: &[Cell], runs: usize, seed: u64) -> String {
    let counted: Vec<&Cell> = cells.iter().filter(|cell| cell.counts()).collect();
    let (gross, usual): (Vec<&Cell>, Vec<&Cell>) =
        counted.iter().partition(|cell| families[cell.at.0].title == GROSS);
    let drawn = format!("{runs} samples per cell, seed {seed}, {} cells.", cells.len());
    let mut page = include_str!("head.md").replace("{drawn}", &drawn);
    page.push_str("\n## By quantity\n\n");
    page.push_str(&summary("quantity", &usual, |cell| cell.quantity.name().to_owned()));
    page.push_str("\n## By kind of set-up\n\n");
    page.push_str(&summary("set-up", &counted, |cell| families[cell.at.0].title.to_owned()));
    page.push_str("\n## Rare gross disagreement, by quantity\n\n");
    page.push_str(&summary("quantity", &gross, |cell| cell.quantity.name().to_owned()));
    page.push_str("\n## Cells under .92\n\n");
    page.push_str(include_str!("under.md"));
    page.push_str(&under(&usual));
    page.push_str("\n## Every cell\n\n");
    page.push_str(include_str!("every.md"));
    for (at, family) in families.iter().enumerate() {
        every(family, &cells.iter().filter(|cell| cell.at.0 == at).collect::<Vec<_>>(), &mut page);
    }
    page.push_str(include_str!("tail.md"));
    page
}

fn share(value: f64) -> String {
    let text = format!("{value:.3}");
    text.strip_prefix('0').map_or(text.clone(), ToOwned::to_owned)
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

fn lowest(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(1.0, f64::min)
}

/// The median of the cells' widths beside the plain jackknife's.
fn ratio(cells: &[&Cell]) -> String {
    let ratio = |cell: &&Cell| Some(cell.default.width? / cell.plain.width.filter(|&it| it > 0.0)?);
    let mut ratios: Vec<f64> = cells.iter().filter_map(ratio).collect();
    ratios.sort_unstable_by(f64::total_cmp);
    ratios.get(ratios.len() / 2).map_or("–".to_owned(), |ratio| format!("{ratio:.2}"))
}

/// A line for each kind of cell, in the order in which the kinds come first.
fn summary(kind: &str, cells: &[&Cell], of: impl Fn(&Cell) -> String) -> String {
    let mut text = format!(
        "| {kind} | cells | coverage | lowest | under .92 | surely | none | above / below | plain: coverage | \
         lowest | under .92 | none | width to plain |\n|{}\n",
        " --- |".repeat(13)
    );
    let mut kinds: Vec<(Quantity, String)> =
        cells.iter().map(|cell| (cell.quantity, of(cell))).collect();
    if kind == "quantity" {
        kinds.sort();
    }
    let mut names: Vec<String> = Vec::new();
    for (_, name) in kinds {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    for name in names {
        let own: Vec<&Cell> = cells.iter().filter(|cell| of(cell) == name).copied().collect();
        let of_default = |of: fn(&Measured) -> f64| own.iter().map(move |cell| of(&cell.default));
        let of_plain = |of: fn(&Measured) -> f64| own.iter().map(move |cell| of(&cell.plain));
        let under = |measured: &Measured| measured.coverage < AIM;
        let surely = |cell: &&&Cell| cell.default.coverage + cell.default.chance < AIM;
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} | {} | {} | {} | {} / {} | {} | {} | {} | {} | {} |",
            own.len(),
            share(mean(of_default(|it| it.coverage))),
            share(lowest(of_default(|it| it.coverage))),
            own.iter().filter(|cell| under(&cell.default)).count(),
            own.iter().filter(surely).count(),
            share(mean(of_default(|it| it.none))),
            share(mean(of_default(|it| it.above))),
            share(mean(of_default(|it| it.below))),
            share(mean(of_plain(|it| it.coverage))),
            share(lowest(of_plain(|it| it.coverage))),
            own.iter().filter(|cell| under(&cell.plain)).count(),
            share(mean(of_plain(|it| it.none))),
            ratio(&own),
        );
    }
    text
}

/// The cells under the aim, the lowest of each quantity first.
fn under(cells: &[&Cell]) -> String {
    let mut text = String::from(
        "| quantity | population | design | true value | coverage | above / below | width | plain |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    let mut failing: Vec<&&Cell> = cells.iter().filter(|cell| cell.fails()).collect();
    failing.sort_by(|a, b| {
        (a.quantity, a.default.coverage.to_bits()).cmp(&(b.quantity, b.default.coverage.to_bits()))
    });
    for cell in failing {
        let Measured { coverage, chance, above, below, width, .. } = &cell.default;
        let _ = writeln!(
            text,
            "| {} | {} | {} | {:.3} | {} ± {} | {} / {} | {} | {} |",
            cell.quantity.name(),
            cell.population,
            cell.design,
            cell.truth,
            share(*coverage),
            share(*chance),
            share(*above),
            share(*below),
            width.map_or("–".to_owned(), |width| format!("{width:.2}")),
            share(cell.plain.coverage),
        );
    }
    text
}

/// A table for each quantity of a family: populations by designs.
fn every(family: &Family, cells: &[&Cell], page: &mut String) {
    let _ = write!(page, "\n### {}\n", family.title);
    for &quantity in family.quantities {
        let own: Vec<&&Cell> = cells.iter().filter(|cell| cell.quantity == quantity).collect();
        let Some(first) = family.lines.first().filter(|_| !own.is_empty()) else { continue };
        let heads: Vec<&str> = first.designs.iter().map(|(head, _)| head.as_str()).collect();
        let _ = write!(
            page,
            "\n**{}**\n\n| {} | {} |\n|{}\n",
            quantity.name(),
            family.rows,
            heads.join(" | "),
            " --- |".repeat(heads.len() + 1),
        );
        for (line, drawn) in family.lines.iter().enumerate() {
            let entries: Vec<String> = (0..heads.len())
                .filter_map(|column| {
                    let here = own.iter().find(|cell| (cell.at.1, cell.at.2) == (line, column))?;
                    Some(entry(here))
                })
                .collect();
            if !entries.is_empty() {
                let _ = writeln!(page, "| {} | {} |", drawn.population.name, entries.join(" | "));
            }
        }
    }
}

/// Coverage, median width and the plain jackknife's coverage.
fn entry(cell: &Cell) -> String {
    if cell.default.samples < 100 {
        return "–".into();
    }
    let coverage = share(cell.default.coverage);
    let coverage = if cell.fails() { format!("**{coverage}**") } else { coverage };
    let width = cell.default.width.map_or("–".to_owned(), |width| format!("{width:.2}"));
    format!("{coverage} ({width}) {}", share(cell.plain.coverage))
}
