//! How often the default intervals hold the truth, beside the plain jackknife's: docs/coverage.md.
//!
//! ```text
//! cargo bench -p agreement --bench coverage -- [--runs N] [--seed S] [--threads T]
//!                                              [--only TEXT] [--csv FILE] [--out FILE]
//! ```
//!
//! `--only` takes the populations whose name or family holds the text, and prints their cells in the
//! place of writing the page. The same seed and runs give the same bytes for any number of threads.
#![allow(missing_docs)]

#[path = "coverage/design.rs"]
mod design;
#[path = "coverage/families.rs"]
mod families;
#[path = "coverage/grid.rs"]
mod grid;
#[path = "coverage/population.rs"]
mod population;
#[path = "coverage/quantity.rs"]
mod quantity;
#[path = "coverage/report.rs"]
mod report;
#[path = "coverage/sums.rs"]
mod sums;
#[path = "coverage/tally.rs"]
mod tally;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};

use families::Family;
use report::Cell;
use tally::{Known, simulate};

/// Items from which a population's values are taken.
const TRUTH_ITEMS: usize = 1_000_000;

struct Options {
    runs: usize,
    seed: u64,
    threads: usize,
    only: Option<String>,
    csv: Option<String>,
    out: String,
}

fn main() {
    let options = options().unwrap_or_else(|error| {
        eprintln!("{error}");
        std::process::exit(2);
    });
    let families = families::families();
    let cells = run(&families, &options);
    let written = match &options.only {
        Some(_) => {
            print!("{}", report::csv(&cells));
            Ok(())
        }
        None => std::fs::write(
            &options.out,
            report::page(&families, &cells, options.runs, options.seed),
        ),
    };
    let csv = options.csv.as_ref().map_or(Ok(()), |path| std::fs::write(path, report::csv(&cells)));
    if let Err(error) = written.and(csv) {
        eprintln!("cannot write: {error}");
        std::process::exit(1);
    }
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        runs: 1000,
        seed: 11,
        threads: 2,
        only: None,
        csv: None,
        // Cargo runs a bench in the folder of its package.
        out: "../../docs/coverage.md".into(),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        if name == "--bench" {
            continue;
        }
        let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        let whole = || {
            let number = value.parse::<u64>().ok().filter(|&number| number > 0);
            number.ok_or_else(|| format!("{name}: expected a number above 0, found {value}"))
        };
        match name.as_str() {
            "--runs" => options.runs = whole()? as usize,
            "--seed" => options.seed = whole()?,
            "--threads" => options.threads = whole()? as usize,
            "--only" => options.only = Some(value),
            "--csv" => options.csv = Some(value),
            "--out" => options.out = value,
            _ => return Err(format!("unknown option {name}")),
        }
    }
    Ok(options)
}

/// Every set-up, dealt to threads as they are free; the results are in the set-ups' order.
fn run(families: &[Family], options: &Options) -> Vec<Cell> {
    let mut jobs = Vec::new();
    for (family, of) in families.iter().enumerate() {
        for (line, drawn) in of.lines.iter().enumerate() {
            let wanted = |text: &String| {
                of.title.contains(text.as_str()) || drawn.population.name.contains(text.as_str())
            };
            if options.only.as_ref().is_none_or(wanted) {
                jobs.extend((0..drawn.designs.len()).map(|column| (family, line, column)));
            }
        }
    }
    let known: Vec<Vec<OnceLock<Known>>> =
        families.iter().map(|of| of.lines.iter().map(|_| OnceLock::new()).collect()).collect();
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(&(family, line, column)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (of, drawn) = (&families[family], &families[family].lines[line]);
            let known = known[family][line].get_or_init(|| {
                Known::of(&drawn.population, of.quantities, TRUTH_ITEMS, options.seed)
            });
            let design = &drawn.designs[column].1;
            let found = simulate(&drawn.population, design, known, options.runs, options.seed);
            let cells = found.iter().map(|found| Cell::of((family, line, column), drawn, found));
            if let Ok(mut done) = done.lock() {
                done.extend(cells);
            }
        }
    };
    std::thread::scope(|scope| {
        (0..options.threads).for_each(|_| drop(scope.spawn(work)));
    });
    let mut cells = done.into_inner().unwrap_or_default();
    cells.sort_by_key(|cell: &Cell| (cell.at, cell.quantity));
    cells
}
