//! `primum study accept`.

use super::draft_file::DraftFile;
use super::scan::{Kind, settled, undecided};
use anyhow::bail;
use commands::{Leak, ScanLeaks, accept_all};
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The draft.
    draft: PathBuf,
    /// The kind to accept.
    #[arg(long, value_enum)]
    kind: Kind,
    /// Only those in these words.
    #[arg(long)]
    words: Option<String>,
    /// Why raters may read them; goes into the key.
    #[arg(long)]
    reason: String,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { draft, kind, words, reason } = arguments;
    if reason.trim().is_empty() {
        bail!("--reason: found nothing; expected why raters may read these words");
    }
    let file = DraftFile::open(&draft)?;
    let scan = super::ask(ScanLeaks { draft: file.draft() })?;
    let words = words.map(|words| words.to_lowercase());
    let meant =
        |leak: &&Leak| words.as_ref().is_none_or(|words| leak.matched.to_lowercase() == *words);
    let decisions = accept_all(undecided(&scan).filter(meant), kind.into(), reason.trim());
    if decisions.is_empty() {
        bail!("no undecided leak of this kind is there; `primum study scan` counts them by kind");
    }
    let accepted = settled(&scan, &decisions);
    file.decide(decisions)?;
    crate::print(&format!("{accepted} accepted in {}\n", draft.display()))
}
