//! `primum study open-key`.

use super::show::to_the_second;
use crate::passphrase;
use crate::terminal::print;
use anyhow::bail;
use commands::{Command, OpenKey, UnsealWith};
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The study's file, or its folder.
    study: String,
    /// The sealed key [default: key.age beside the study].
    #[arg(long)]
    key: Option<String>,
    /// A file that holds the passphrase; - is standard input. Without it PRIMUM_PASSPHRASE is used.
    #[arg(long, value_name = "FILE", conflicts_with = "identity")]
    passphrase_file: Option<String>,
    /// A file with the private key (AGE-SECRET-KEY-1…) of a recipient.
    #[arg(long, value_name = "FILE")]
    identity: Option<String>,
    /// Why the key is opened before every rater has locked, or while disagreements are undecided; stays in
    /// the log.
    #[arg(long, value_name = "REASON")]
    early: Option<String>,
    /// A folder with packets of this computer. Opening is refused while a
    /// packet of this study is being rated there, or in the window.
    #[arg(long, default_value = ".")]
    data: PathBuf,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    if !arguments.data.is_dir() {
        bail!("--data {}: found no folder; expected one with packets", arguments.data.display());
    }
    let Arguments { study, key, passphrase_file, identity, early, data } = arguments;
    let with = match identity {
        Some(file) => UnsealWith::Identity { file },
        None => UnsealWith::Passphrase {
            passphrase: passphrase::read(passphrase_file.as_deref(), "give an --identity")?,
        },
    };
    let view = OpenKey { study, key, with, early }
        .run(&mut crate::work_at(crate::desk(&data).beside_the_window()))?;
    let line =
        view.log.last().map(|line| format!("{}  {}\n", to_the_second(&line.at), line.message));
    print(&line.unwrap_or_default())
}
