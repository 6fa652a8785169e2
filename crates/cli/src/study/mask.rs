//! `primum study mask`.

use super::scan::{settled, undecided};
use crate::terminal::print;
use anyhow::bail;
use commands::{
    ClaimedDraft, DraftFile, FindWords, Leak, LeakDecision, LeakScan, MASKED, ScanLeaks,
    WordsFound, mask_all, mask_each,
};
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The draft.
    draft: PathBuf,
    /// The words: whole, in any case. Where the scan did not find them, they are masked by hand.
    #[arg(long)]
    words: String,
    /// What raters read in their place; may be empty.
    #[arg(long, default_value = MASKED)]
    with: String,
    /// Mask them wherever they stand, and not only where the scan found them.
    #[arg(long)]
    everywhere: bool,
    /// Only in this response, scenario/model/repetition, or in the texts of this scenario.
    #[arg(long, value_name = "TEXT", conflicts_with = "everywhere")]
    text_of: Option<String>,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { draft, words, with, everywhere, text_of } = arguments;
    let file = DraftFile::claim(&draft)?;
    let scan = super::ask(ScanLeaks { draft: file.draft() })?;
    let within = text_of.clone();
    let found = super::ask(FindWords { draft: file.draft(), words: words.clone(), within })?;
    let unmasked: Vec<&Leak> =
        found.unmasked.iter().map(|place| &found.leaks[*place as usize]).collect();
    let lower = words.to_lowercase();
    let scanned = scan.leaks.iter().any(|leak| leak.matched.to_lowercase() == lower);
    if scanned && !everywhere && text_of.is_none() {
        return mask_scanned(file, &draft, &scan, &unmasked, &words, &with);
    }
    if unmasked.is_empty() {
        bail!("{}", nothing(&found, &words, text_of.as_deref()));
    }
    let masked = unmasked.len();
    file.decide(mask_each(unmasked, &with))?;
    print(&format!("{masked} masked by hand in {}\n", draft.display()))
}

/// Masks what the scan found in these words and nothing has been decided about.
fn mask_scanned(
    file: ClaimedDraft,
    draft: &Path,
    scan: &LeakScan,
    unmasked: &[&Leak],
    words: &str,
    with: &str,
) -> anyhow::Result<()> {
    let decisions = mask_all(undecided(scan), words, with);
    let covered = |leak: &&&Leak| {
        decisions.iter().any(|LeakDecision { leak: masked, .. }| {
            masked.text == leak.id.text
                && masked.start <= leak.id.start
                && leak.id.end <= masked.end
        })
    };
    let others = unmasked.len() - unmasked.iter().filter(covered).count();
    let others = match others {
        0 => String::new(),
        1 => "They stand unmasked in 1 other place; --everywhere masks it too\n".into(),
        _ => {
            format!("They stand unmasked in {others} other places; --everywhere masks these too\n")
        }
    };
    if decisions.is_empty() {
        bail!(
            "no undecided leak is found in the words \u{201c}{words}\u{201d}; `primum study scan` lists \
             them between \u{27e8} and \u{27e9}. {}",
            others.trim_end()
        );
    }
    let masked = settled(scan, &decisions);
    file.decide(decisions)?;
    print(&format!("{masked} masked in {}\n{others}", draft.display()))
}

/// Why there is nothing to mask, and what was searched.
fn nothing(found: &WordsFound, words: &str, text_of: Option<&str>) -> String {
    let place = match text_of {
        Some(name) => format!("the {} texts of `{name}`", found.texts),
        None => format!(
            "the {} texts of the draft, its responses and what raters read of their scenarios",
            found.texts
        ),
    };
    match found.leaks.len() {
        0 => format!(
            "the words \u{201c}{words}\u{201d} stand nowhere in {place}; whole words were searched for, \
             in any case"
        ),
        masked => format!(
            "the words \u{201c}{words}\u{201d} are masked already in all {masked} places of {place}"
        ),
    }
}
