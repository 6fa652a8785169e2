//! `primum study create`.

use super::show::next_step;
use crate::measure::count;
use crate::seal;
use crate::terminal::print;
use commands::{CreateStudy, DraftFile, ShowStudy};
use std::fmt::Write;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The draft.
    draft: PathBuf,
    /// The folder to write to: new, or empty.
    #[arg(long)]
    folder: String,
    #[command(flatten)]
    seal: seal::Sealing,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { draft, folder, seal } = arguments;
    let draft = DraftFile::open(&draft)?.draft();
    let (seal, generated) =
        seal.choose(&mut crate::context(), "--generate one, or give a --recipient")?;
    let created = super::ask(CreateStudy { draft, folder, seal })?;
    let mut text = format!("{}\nstudy   {}\n", count(created.items.into(), "item"), created.study);
    for packet in &created.packets {
        let _ = writeln!(text, "packet  {packet}");
    }
    let _ = writeln!(text, "key     {}  (sealed; still keep it from the raters)", created.key);
    text.push_str(&seal::printed(generated));
    // First what is told only once.
    print(&text)?;
    let view = super::ask(ShowStudy { study: created.study })?;
    print(&format!("next: {}\n", next_step(&view)))
}
