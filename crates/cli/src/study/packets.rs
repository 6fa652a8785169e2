//! `primum study packets`.

use crate::terminal::answer;
use commands::{PacketWritten, PacketsWritten, WritePackets};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The study's file, or its folder.
    study: String,
    /// The label of the rater whose packets were lost.
    label: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { study, label, json } = arguments;
    answer(json, &super::ask(WritePackets { study, label })?, text)
}

fn text(written: &PacketsWritten) -> String {
    let line = |PacketWritten { file, written }: &PacketWritten| {
        let state = if *written { "written again, as it was" } else { "there already" };
        format!("packet  {file}  ({state})\n")
    };
    written.packets.iter().map(line).collect()
}
