//! `primum packet`.

use crate::measure::count;
use crate::reading::{Mapped, of_texts};
use crate::seal;
use crate::terminal::{note, print};
use commands::{Command, MakePackets};
use std::path::Path;

#[derive(clap::Args)]
#[command(mut_arg("map", of_texts))]
pub(crate) struct Arguments {
    /// The folder of scenarios: ours, or of the IatroBench layout.
    #[arg(long)]
    scenarios: String,
    /// The responses: a table, JSON, or a log of Inspect, HELM or others.
    #[arg(long)]
    responses: String,
    #[command(flatten)]
    map: Mapped,
    /// gated, structured, or a rubric's file.
    #[arg(long)]
    rubric: String,
    /// The raters' labels, separated by commas.
    #[arg(long, value_delimiter = ',', required = true)]
    raters: Vec<String>,
    /// The seed of identifiers and orders; the same inputs and seed give the same files.
    #[arg(long)]
    seed: u64,
    /// The folder to write to.
    #[arg(long)]
    out: String,
    /// Where the key goes [default: key.age in the folder of the packets, or key.json if it is in clear
    /// text].
    #[arg(long)]
    key: Option<String>,
    #[command(flatten)]
    seal: seal::Sealing,
    /// Write the key in clear text: anyone who reads it knows which model wrote which response.
    #[arg(long, conflicts_with_all = ["passphrase_file", "recipients", "generate"])]
    clear_key: bool,
    /// The study's name, as raters see it.
    #[arg(long, default_value = "Rating study")]
    title: String,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments {
        scenarios,
        responses,
        map,
        rubric,
        raters,
        seed,
        out,
        key,
        seal,
        clear_key,
        title,
    } = arguments;
    let map = map.said()?;
    let raters = raters.iter().map(|label| label.trim().to_owned()).collect();
    let mut context = crate::work_at(crate::desk(Path::new(&out)));
    let (seal, generated) = if clear_key {
        (None, None)
    } else {
        let (seal, generated) = seal.choose(&mut context, OTHERWISE)?;
        (Some(seal), generated)
    };
    let made =
        MakePackets { title, scenarios, responses, map, rubric, raters, seed, out, key, seal }
            .run(&mut context)?;
    let mut text = format!(
        "{} over {}\n",
        count(made.items.into(), "item"),
        count(made.scenarios.into(), "scenario")
    );
    for packet in &made.packets {
        text.push_str(&format!("packet  {packet}\n"));
    }
    for caution in &made.cautions {
        note(caution);
    }
    let state = if clear_key { "keep it from the raters" } else { "sealed" };
    if clear_key {
        note(&format!(
            "{} is in clear text: anyone who reads it knows which model wrote which response",
            made.key
        ));
    }
    text.push_str(&format!("key     {}  ({state})\n", made.key));
    print(&(text + &seal::printed(generated)))
}

const OTHERWISE: &str = "--generate one, give a --recipient, or have the key written in clear text, \
                         with --clear-key";
