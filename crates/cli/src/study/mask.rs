//! `primum study mask`.

use super::draft_file::DraftFile;
use super::scan::{settled, undecided};
use anyhow::bail;
use commands::{MASKED, ScanLeaks, mask_all};
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The draft.
    draft: PathBuf,
    /// The words, as the scan found them; in any case.
    #[arg(long)]
    words: String,
    /// What raters read in their place; may be empty.
    #[arg(long, default_value = MASKED)]
    with: String,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { draft, words, with } = arguments;
    let file = DraftFile::open(&draft)?;
    let scan = super::ask(ScanLeaks { draft: file.draft() })?;
    let decisions = mask_all(undecided(&scan), &words, &with);
    if decisions.is_empty() {
        bail!(
            "no undecided leak is found in the words \u{201c}{words}\u{201d}; `primum study scan` lists \
             them between \u{27e8} and \u{27e9}"
        );
    }
    let masked = settled(&scan, &decisions);
    file.decide(decisions)?;
    crate::print(&format!("{masked} masked in {}\n", draft.display()))
}
