//! `primum packet`.

use commands::{Command, MakePackets};
use std::path::Path;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder of scenarios: ours, or of the IatroBench layout.
    #[arg(long)]
    scenarios: String,
    /// The responses: JSON Lines, or CSV with a header.
    #[arg(long)]
    responses: String,
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
    /// Where the key goes [default: key.json in the folder of the packets].
    #[arg(long)]
    key: Option<String>,
    /// The study's name, as raters see it.
    #[arg(long, default_value = "Rating study")]
    title: String,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { scenarios, responses, rubric, raters, seed, out, key, title } = arguments;
    let raters = raters.iter().map(|label| label.trim().to_owned()).collect();
    let mut desk = crate::desk(Path::new(&out));
    let made = MakePackets { title, scenarios, responses, rubric, raters, seed, out, key }
        .run(&mut desk)?;
    let mut text = format!("{} items over {} scenarios\n", made.items, made.scenarios);
    for packet in &made.packets {
        text.push_str(&format!("packet  {packet}\n"));
    }
    for caution in &made.cautions {
        eprintln!("note: {caution}");
    }
    crate::print(&format!("{text}key     {}  (keep it from the raters)\n", made.key))
}
