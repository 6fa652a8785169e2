//! `primum study add-rater`.

use crate::measure::count;
use crate::terminal::answer;
use commands::{AddRater, RaterAdded};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The study's file, or its folder.
    study: String,
    /// The label of the new rater.
    label: String,
    /// The label of a rater whose items the new one rates too [default: every item of the study].
    #[arg(long, value_name = "LABEL")]
    like: Option<String>,
    /// The new rater is you, the lead author.
    #[arg(long)]
    lead: bool,
    /// Who adds the rater; stays in the log.
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Why; stays in the log.
    #[arg(long)]
    reason: String,
    /// Print JSON: the packet, and the study with its log.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { study, label, like, lead, by, reason, json } = arguments;
    answer(json, &super::ask(AddRater { study, label, like, lead, by, reason })?, text)
}

fn text(added: &RaterAdded) -> String {
    let items = count(added.items.into(), "item");
    format!("{items}\npacket  {}\n{}\n", added.packet, added.change)
}
