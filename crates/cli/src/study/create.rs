//! `primum study create`.

use super::draft_file::DraftFile;
use super::passphrase;
use commands::{CreateStudy, GeneratePassphrase, SealWith};
use std::fmt::Write;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The draft.
    draft: PathBuf,
    /// The folder to write to: new, or empty.
    #[arg(long)]
    folder: String,
    /// A file that holds the passphrase to seal the key with; - is standard input. Without it
    /// PRIMUM_PASSPHRASE is taken.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["recipients", "generate"])]
    passphrase_file: Option<String>,
    /// Seal the key for the holder of this public key; may be given several times.
    #[arg(long = "recipient", value_name = "age1…", conflicts_with = "generate")]
    recipients: Vec<String>,
    /// Make a passphrase and print it. It is stored nowhere.
    #[arg(long)]
    generate: bool,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { draft, folder, passphrase_file, recipients, generate } = arguments;
    let draft = DraftFile::open(&draft)?.draft();
    let mut generated = None;
    let seal = if !recipients.is_empty() {
        SealWith::Recipients { recipients }
    } else if generate {
        let passphrase = super::ask(GeneratePassphrase {})?.passphrase;
        generated = Some(passphrase.clone());
        SealWith::Passphrase { passphrase }
    } else {
        let passphrase =
            passphrase::read(passphrase_file.as_deref(), "--generate one, or give a --recipient")?;
        SealWith::Passphrase { passphrase }
    };
    let created = super::ask(CreateStudy { draft, folder, seal })?;
    let mut text = format!("{} items\nstudy   {}\n", created.items, created.study);
    for packet in &created.packets {
        let _ = writeln!(text, "packet  {packet}");
    }
    let _ =
        writeln!(text, "key     {}  (sealed; keep it from the raters all the same)", created.key);
    if let Some(passphrase) = generated {
        let _ = writeln!(
            text,
            "\npassphrase  {passphrase}\nWrite it down: it is stored nowhere, and without it the key is lost."
        );
    }
    crate::print(&text)
}
