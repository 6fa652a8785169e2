//! What the screen checks before it asks a command, and the command checks again.

use crate::lead::{EXPORT_FILES, When};
use exchange::Passphrase;
use study::{LABEL_SIGNS, LONGEST_LABEL, MASKED};

/// The same as TypeScript.
pub(super) fn for_the_screen() -> String {
    let signs = LABEL_SIGNS.replace('-', "\\-");
    let exports: String = EXPORT_FILES
        .iter()
        .map(|file| {
            let when = match file.when {
                When::Always => "always",
                When::Calibrated => "calibrated",
                When::Opened => "opened",
            };
            format!("  {{ name: {:?}, use: {:?}, when: {when:?} }},\n", file.name, file.use_for)
        })
        .collect();
    format!(
        "// Generated from crates/commands/src/contract/constants.rs. Do not edit.\n\n\
         /** What a mask writes where no other words are given. */\n\
         export const MASKED = {MASKED:?};\n\n\
         /** The fewest characters of a passphrase. */\n\
         export const SHORTEST_PASSPHRASE = {};\n\n\
         /** What the label of a rater may be, as it names a file. */\n\
         export const LABEL = /^[\\p{{Alphabetic}}\\p{{N}}{signs}]+$/u;\n\n\
         /** The most characters of a label. */\n\
         export const LONGEST_LABEL = {LONGEST_LABEL};\n\n\
         /** The files of a study's export, and what each is for. */\n\
         export const EXPORTS = [\n{exports}] as const;\n",
        Passphrase::SHORTEST
    )
}
