//! `primum study`: the lead author's work, from collected responses to the open key.

mod accept;
mod add_items;
mod add_rater;
mod agree;
mod check;
mod create;
mod decide;
mod draft;
mod draw;
mod export;
mod item;
mod mask;
mod open_key;
mod packets;
mod queue;
mod ratings;
mod receive;
mod register;
mod scan;
mod show;

use clap::Subcommand;
use commands::Command;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Write a draft: what the study is to be made of. Nothing is blinded yet.
    Draft(Box<draft::Arguments>),
    /// Check a draft: what its files contain, and what is wrong with them.
    Check(check::Arguments),
    /// Draw the sample of a draft: wanted against drawn.
    Draw(draw::Arguments),
    /// List the words that would give a model or the asker away.
    Scan(scan::Arguments),
    /// Decide in the draft that raters read something else instead of such words.
    Mask(mask::Arguments),
    /// Decide in the draft that raters may read them.
    Accept(accept::Arguments),
    /// Blind a draft, seal its key and write the study's folder.
    Create(create::Arguments),
    /// Show how far a study is, and its log.
    Show(show::Arguments),
    /// Add a rater to a running study, and write their packet.
    AddRater(add_rater::Arguments),
    /// Add items to a running study, and write a further packet for each rater who rates them.
    AddItems(add_items::Arguments),
    /// Write a rater's packets again that were lost.
    Packets(packets::Arguments),
    /// Turn a rater's table into a ratings file.
    Ratings(ratings::Arguments),
    /// Merge ratings files into a study: again and again, in any order.
    Receive(receive::Arguments),
    /// Register thresholds or hypotheses in the study, before the key is opened.
    Register(register::Arguments),
    /// Compute agreement from what was received.
    Agree(agree::Arguments),
    /// List what raters disagree on, the widest first.
    Queue(queue::Arguments),
    /// Show one item of a study: its texts, and what each rater said.
    Item(item::Arguments),
    /// Record a decision on one axis of one item.
    Decide(decide::Arguments),
    /// Open the sealed key. There is no way back.
    OpenKey(open_key::Arguments),
    /// Write tables and snippets for other programs.
    Export(export::Arguments),
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    match arguments.task {
        Task::Draft(arguments) => draft::run(*arguments),
        Task::Check(arguments) => check::run(arguments),
        Task::Draw(arguments) => draw::run(arguments),
        Task::Scan(arguments) => scan::run(arguments),
        Task::Mask(arguments) => mask::run(arguments),
        Task::Accept(arguments) => accept::run(arguments),
        Task::Create(arguments) => create::run(arguments),
        Task::Show(arguments) => show::run(arguments),
        Task::AddRater(arguments) => add_rater::run(arguments),
        Task::AddItems(arguments) => add_items::run(arguments),
        Task::Packets(arguments) => packets::run(arguments),
        Task::Ratings(arguments) => ratings::run(arguments),
        Task::Receive(arguments) => receive::run(arguments),
        Task::Register(arguments) => register::run(arguments),
        Task::Agree(arguments) => agree::run(arguments),
        Task::Queue(arguments) => queue::run(arguments),
        Task::Item(arguments) => item::run(arguments),
        Task::Decide(arguments) => decide::run(arguments),
        Task::OpenKey(arguments) => open_key::run(arguments),
        Task::Export(arguments) => export::run(arguments),
    }
}

fn ask<C: Command>(command: C) -> anyhow::Result<C::Reply> {
    Ok(command.run(&mut crate::context())?)
}
