//! `primum study accept`.

use super::scan::{Kind, settled, undecided};
use crate::terminal::print;
use anyhow::bail;
use commands::{Certainty, DraftFile, Leak, LeakKind, ScanLeaks, accept_all};
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The draft.
    draft: PathBuf,
    /// The kind to accept. Certain leaks, except framing, must be named with --words.
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
    if matches!(reason.trim(), "" | "REASON") {
        let found = if reason.trim().is_empty() { "nothing" } else { "REASON" };
        bail!("--reason: found {found}; expected why raters may read these words");
    }
    let file = DraftFile::claim(&draft)?;
    let scan = super::ask(ScanLeaks { draft: file.draft() })?;
    let kind = LeakKind::from(kind);
    let words = words.map(|words| words.to_lowercase());
    let of_kind = || undecided(&scan).filter(|leak| leak.id.kind == kind);
    let meant = |leak: &&Leak| match &words {
        Some(words) => leak.matched.to_lowercase() == *words,
        None => is_harmless(leak),
    };
    let decisions = accept_all(of_kind().filter(meant), kind, reason.trim());
    let (all, accepted) = (of_kind().count(), settled(&scan, &decisions));
    if accepted == 0 && all > 0 && words.is_none() {
        bail!(
            "{} certain. Mask it, or accept it by its words, with --words",
            if all == 1 { "The only match is".into() } else { format!("All {all} matches are") }
        );
    }
    if accepted == 0 {
        bail!("no undecided leak like this is there; `primum study scan` lists them");
    }
    file.decide(decisions)?;
    let mut text = format!("{accepted} accepted in {}\n", draft.display());
    if words.is_none() && accepted < all {
        text += &format!(
            "{} that are certain stay: mask them, or accept each by its kind and words, with --kind name --words\n",
            all - accepted
        );
    }
    print(&text)
}

/// What is certain is accepted one by one, but for who asks: a prompt is mostly left as it was put.
fn is_harmless(leak: &Leak) -> bool {
    leak.certainty != Certainty::Certain || leak.id.kind == LeakKind::Framing
}
