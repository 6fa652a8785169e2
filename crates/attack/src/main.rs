//! `make attack`: every trial, its figures, and a status that says whether all promises were kept.

use anyhow::{Context, Result, bail};
use attack::judge::Broken;
use attack::kills::kills;
use attack::mutations::{Case, Row, Trial};
use attack::power_cut::{can_trace, power_cuts};
use attack::readers::readers;
use attack::run::Program;
use attack::seeds::{Seeds, seeds};
use attack::together::together;
use clap::Parser;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// A trial could not be made here. The others were, and nothing was broken.
const NOT_RUN: u8 = 3;

/// Where the files of cases are left.
const LEFT: &str = "target/attack";

/// Tries to break what Primum promises. Exits with 1 if a promise was broken, with 3 if a trial could not be
/// made.
#[derive(Parser)]
struct Arguments {
    /// The program to attack [default: `primum` as it was built beside this one].
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// The seed of all chance; the same seed gives the same cases.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Hostile files for each reader.
    #[arg(long, default_value_t = 100)]
    cases: usize,
    /// Times that the program is killed.
    #[arg(long, default_value_t = 100)]
    kills: usize,
    /// Rounds of each of the trials with two runs at once.
    #[arg(long, default_value_t = 12)]
    rounds: usize,
    /// States after a power cut.
    #[arg(long, default_value_t = 250)]
    states: usize,
    /// Only hostile files, and of them this reader's; with --case, this one alone.
    #[arg(long, value_name = "NAME")]
    reader: Option<String>,
    /// Try this case alone, and leave its files in target/attack, as what breaks a promise is left.
    #[arg(long, value_name = "NUMBER", requires = "reader")]
    case: Option<usize>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("attack: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode> {
    let beside = std::env::current_exe()?.with_file_name("primum");
    let program = Program::new(arguments.program.as_ref().unwrap_or(&beside))
        .context("no program to attack; build it with `cargo build -p cli`")?;
    let seeds = seeds(&program)?;
    let mut kept = hostile_files(&program, &seeds, arguments)?;
    if arguments.reader.is_some() {
        return Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    kept &= killed(&program, arguments)?;
    kept &= two_at_once(&program, &seeds, arguments)?;
    let can_trace = can_trace();
    if can_trace {
        kept &= cut_off(&program, arguments)?;
    } else {
        println!("\npower cuts: not run: strace is not installed, or may not trace here");
    }
    Ok(match (kept, can_trace) {
        (false, _) => ExitCode::FAILURE,
        (true, false) => ExitCode::from(NOT_RUN),
        (true, true) => ExitCode::SUCCESS,
    })
}

fn killed(program: &Program, arguments: &Arguments) -> Result<bool> {
    let killed = kills(program, arguments.seed, arguments.kills)?;
    println!(
        "\nkilled {} times, {} of them before the packet was open; {} notes acknowledged",
        killed.kills, killed.while_opening, killed.acknowledged
    );
    Ok(told(&killed.wrong))
}

fn two_at_once(program: &Program, seeds: &Seeds, arguments: &Arguments) -> Result<bool> {
    let (rounds, wrong) = together(program, &seeds.contents, arguments.rounds)?;
    println!("\ntwo runs at once: {rounds} rounds");
    Ok(told(&wrong))
}

fn cut_off(program: &Program, arguments: &Arguments) -> Result<bool> {
    let cuts = power_cuts(program, arguments.seed, arguments.states)?;
    println!(
        "\npower cuts: {} states of a disk that heard of {} steps; {} notes acknowledged before",
        cuts.states, cuts.steps, cuts.acknowledged
    );
    Ok(told(&cuts.wrong))
}

/// Prints what is wrong; whether nothing is.
fn told(wrong: &[String]) -> bool {
    for what in wrong {
        println!("BROKEN  {}", what.escape_debug());
    }
    wrong.is_empty()
}

fn hostile_files(program: &Program, seeds: &Seeds, arguments: &Arguments) -> Result<bool> {
    let mut readers = readers(seeds);
    if let Some(name) = &arguments.reader {
        readers.retain(|reader| reader.name == name);
        if readers.is_empty() {
            bail!("no reader is called {name}");
        }
    }
    let (good, seed, cases) = (&seeds.contents, arguments.seed, arguments.cases);
    let (only, left) = (arguments.case, Path::new(LEFT));
    let (rows, broken) = Trial { program, good, seed, cases, only, left }.run(&readers)?;
    println!("{}", heading());
    for (reader, row) in readers.iter().zip(&rows) {
        println!("{}", line(reader.name, row));
    }
    println!("{}", line("all", &rows.iter().fold(Row::default(), Row::with)));
    broken.iter().for_each(show);
    Ok(broken.is_empty())
}

fn heading() -> String {
    let promises: String = Broken::ALL.iter().map(|promise| format!(" {promise:>11}")).collect();
    format!("{:<20} {:>6} {:>8} {:>8}{promises}", "reader", "tries", "refused", "accepted")
}

fn line(name: &str, row: &Row) -> String {
    let count = |promise| row.broken.get(promise).copied().unwrap_or_default();
    let broken: String =
        Broken::ALL.iter().map(|promise| format!(" {:>11}", count(promise))).collect();
    format!("{name:<20} {:>6} {:>8} {:>8}{broken}", row.tries, row.refused, row.accepted)
}

fn show(case: &Case) {
    let broken: Vec<String> = case.broken.iter().map(Broken::to_string).collect();
    println!(
        "BROKEN  --reader {} --case {}: {}: {}\n        {}",
        case.reader,
        case.number,
        broken.join(", "),
        case.what.escape_debug(),
        case.seen
    );
}
