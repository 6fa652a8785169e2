//! `primum study add-items`.

use crate::measure::count;
use crate::seal;
use crate::terminal::{answer, print};
use commands::{AddItems, ItemsAdded};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A draft of items for a running study, as `primum study draft --further` writes it.
    draft: String,
    /// Who adds the items; stays in the log.
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Why; stays in the log.
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    seal: seal::Sealing,
    /// Print JSON: the packets, the key, and the study with its log. A passphrase that was made here is printed
    /// before it.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { draft, by, reason, seal, json } = arguments;
    let (seal, generated) =
        seal.choose(&mut crate::context(), "--generate one, or give a --recipient")?;
    let added = super::ask(AddItems { draft, study: None, seal, by, reason })?;
    answer(json, &added, text)?;
    print(&seal::printed(generated))
}

fn text(added: &ItemsAdded) -> String {
    let new = added.scenarios - added.known_scenarios;
    let mut text = format!(
        "{} to {}, {new} of them new\n",
        count(added.items.into(), "item"),
        count(added.scenarios.into(), "scenario")
    );
    for packet in &added.packets {
        text += &format!("packet  {packet}\n");
    }
    text += &format!("key     {}  (sealed; still keep it from the raters)\n", added.key);
    text + &format!("{}\n", added.change)
}
