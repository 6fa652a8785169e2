//! `primum`: arguments in, tables or JSON out. What it does is in `commands`.
#![warn(clippy::print_stdout, clippy::print_stderr)]

mod agree;
mod bar;
mod coefficients;
mod comparing;
mod demo;
mod figures;
mod findings;
mod inspect;
mod intervals;
mod judge;
mod measure;
mod packet;
mod panel;
mod passphrase;
mod plan;
mod reading;
mod rpc;
mod seal;
mod study;
mod terminal;

use clap::builder::Styles;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use commands::{Context, Desk};
use jiff::Timestamp;
use std::any::TypeId;
use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;

/// Blinded two-axis rating of AI responses by clinicians.
#[derive(Parser)]
#[command(name = "primum", version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Blind responses: write a packet for each rater, and the key apart from them.
    Packet(packet::Arguments),
    /// Lead a study: sample, blind, merge, adjudicate, open the key.
    Study(study::Arguments),
    /// Say what files are, and which command takes them.
    Inspect(inspect::Arguments),
    /// Compute agreement between two files of scores, or among more.
    Agree(agree::Arguments),
    /// Measure automated judges by what humans say of the same responses.
    Judge(judge::Arguments),
    /// Compute every coefficient of a table of counts or a matrix of ratings.
    Coefficients(coefficients::Arguments),
    /// Compute what models withhold and get wrong, and from whom.
    Findings(findings::Arguments),
    /// Plan how large a study must be: of two raters, of several, of a judge, of a framing gap.
    Plan(Box<plan::Planning>),
    /// Run the example study from packets to agreement, without a window.
    Demo(demo::Arguments),
    /// Answer commands, one JSON object per line: {"name": …, "arguments": {…}}.
    Rpc(rpc::Arguments),
}

fn main() -> ExitCode {
    let arguments = with_negative_numbers(Arguments::command())
        .styles(Styles::plain())
        .try_get_matches()
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let outcome = match arguments {
        Ok(arguments) => run(arguments.task),
        Err(said) if said.use_stderr() => {
            terminal::explain(&said);
            return ExitCode::from(2);
        }
        Err(help) => terminal::print(&help.render().ansi().to_string()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::tell(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> anyhow::Result<()> {
    match task {
        Task::Packet(arguments) => packet::run(arguments),
        Task::Study(arguments) => study::run(arguments),
        Task::Inspect(arguments) => inspect::run(arguments),
        Task::Agree(arguments) => agree::run(arguments),
        Task::Judge(arguments) => judge::run(arguments),
        Task::Coefficients(arguments) => coefficients::run(arguments),
        Task::Findings(arguments) => findings::run(arguments),
        Task::Plan(arguments) => plan::run(*arguments),
        Task::Demo(arguments) => demo::run(arguments),
        Task::Rpc(arguments) => rpc::run(arguments),
    }
}

/// Takes `-1` after an option for numbers as its value, as `--option=-1` does: whether the number may be
/// negative, the option's own check says better than that `-1` is no option.
fn with_negative_numbers(command: clap::Command) -> clap::Command {
    let numbers = [
        TypeId::of::<f64>(),
        TypeId::of::<u16>(),
        TypeId::of::<u32>(),
        TypeId::of::<u64>(),
        TypeId::of::<usize>(),
    ];
    let allowed = |arg: clap::Arg| {
        let number = numbers.iter().any(|number| arg.get_value_parser().type_id() == *number);
        if number { arg.allow_negative_numbers(true) } else { arg }
    };
    command.mut_args(allowed).mut_subcommands(with_negative_numbers)
}

/// The reader of the output has read enough, as `head` does.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref().is_some_and(|error: &std::io::Error| error.kind() == ErrorKind::BrokenPipe)
}

/// A desk in `folder`.
fn desk(folder: &Path) -> Desk {
    Desk::new(folder.join("packets"), folder.to_owned())
}

/// Work at `desk` in real time, which shows how far it has come where it takes long.
fn work_at(desk: Desk) -> Context {
    Context::new(desk, Timestamp::now).watched(bar::watch())
}

/// Work that leaves nothing behind but what its command writes.
fn context() -> Context {
    work_at(desk(Path::new(".")))
}
