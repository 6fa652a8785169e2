//! What the screen checks before it asks a command, and the command checks again.

use exchange::Passphrase;
use study::MASKED;

/// What the label of a rater may hold besides letters and digits, as it names a file.
pub(crate) const LABEL_SIGNS: &str = "-_ ";

/// Whether the label of a rater can name a file.
pub(crate) fn is_label(text: &str) -> bool {
    text.chars().all(|sign| sign.is_alphanumeric() || LABEL_SIGNS.contains(sign))
}

/// The same as TypeScript.
pub(super) fn for_the_screen() -> String {
    let signs = LABEL_SIGNS.replace('-', "\\-");
    format!(
        "// Generated from crates/commands/src/contract/constants.rs. Do not edit.\n\n\
         /** What a mask writes where no other words are given. */\n\
         export const MASKED = {MASKED:?};\n\n\
         /** The fewest characters of a passphrase. */\n\
         export const SHORTEST_PASSPHRASE = {};\n\n\
         /** What the label of a rater may be, as it names a file. */\n\
         export const LABEL = /^[\\p{{Alphabetic}}\\p{{N}}{signs}]+$/u;\n",
        Passphrase::SHORTEST
    )
}
