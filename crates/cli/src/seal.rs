//! How a key is sealed: the arguments that `primum study create` and `primum packet` share.

use crate::passphrase;
use commands::{Command, Context, GeneratePassphrase, SealWith};

#[derive(clap::Args)]
pub(crate) struct Sealing {
    /// A file that holds the passphrase to seal the key with; - is standard input. Without it
    /// PRIMUM_PASSPHRASE is used.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["recipients", "generate"])]
    passphrase_file: Option<String>,
    /// Seal the key for the holder of this public key; may be given several times.
    #[arg(long = "recipient", value_name = "age1…", conflicts_with = "generate")]
    recipients: Vec<String>,
    /// Make a passphrase and print it. It is not stored anywhere.
    #[arg(long)]
    generate: bool,
}

impl Sealing {
    /// What opens the key, and the passphrase to be printed where it was made here. `otherwise` is
    /// what else a person can do who has none.
    pub(crate) fn choose(
        self,
        context: &mut Context,
        otherwise: &str,
    ) -> anyhow::Result<(SealWith, Option<String>)> {
        let Self { passphrase_file, recipients, generate } = self;
        if !recipients.is_empty() {
            return Ok((SealWith::Recipients { recipients }, None));
        }
        if generate {
            let passphrase = GeneratePassphrase {}.run(context)?.passphrase;
            let seal = SealWith::Passphrase { passphrase: passphrase.clone().into() };
            return Ok((seal, Some(passphrase)));
        }
        let passphrase = passphrase::read(passphrase_file.as_deref(), otherwise)?;
        Ok((SealWith::Passphrase { passphrase }, None))
    }
}

/// A passphrase that was made here, as it is printed, once.
pub(crate) fn printed(generated: Option<String>) -> String {
    let Some(passphrase) = generated else { return String::new() };
    format!(
        "\npassphrase  {passphrase}\nWrite it down: it is not stored anywhere, and without it the key is lost.\n"
    )
}
