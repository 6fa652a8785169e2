//! The passphrase that a key is sealed with: strong enough to withstand guessing on a stolen file.

use crate::Error;
use age::secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeSet;

/// The fewest characters that differ: `aaaaaaaaaaaa` is long and guessed at once.
const FEWEST_DIFFERENT: usize = 5;

/// As the `age` tool seals: 2^18 steps of scrypt take about a second and 256 MiB.
const WORK_FACTOR: u8 = 18;

/// 2^20 steps take some seconds and 1 GiB, which is as much as a file may ask for.
pub(crate) const MOST_WORK: u8 = 20;

/// As those of identifiers: no vowels, so that no word appears, and nothing that is misread.
const LETTERS: &[u8] = b"23456789bcdfghjkmnpqrstvwxyz";
const GROUPS: usize = 5;
const GROUP_LENGTH: usize = 4;

/// A passphrase to seal a key with. It cannot be recovered; without it the key is lost.
#[derive(Clone, Debug)]
pub struct Passphrase {
    secret: SecretString,
    work_factor: u8,
}

impl Passphrase {
    /// The fewest characters.
    pub const SHORTEST: usize = 12;

    /// Takes a passphrase that a person chose.
    ///
    /// At least 12 characters, at least 5 of them different, without control characters and without
    /// white space at either end: such white space comes from copying and is missing the next time.
    /// Nothing else is asked; several words work best.
    pub fn new(secret: SecretString) -> Result<Self, Error> {
        let text = secret.expose_secret();
        let refuse =
            |found: String, expected: &str| Err(Error::unfit("passphrase", found, expected));
        let length = text.chars().count();
        if length < Self::SHORTEST {
            let expected = format!("at least {}; several words work best", Self::SHORTEST);
            return refuse(format!("{length} characters"), &expected);
        }
        if text.chars().any(char::is_control) {
            return refuse("a line break or another control character".into(), "one line of text");
        }
        if text.trim() != text {
            return refuse("white space at the beginning or the end".into(), "none there");
        }
        let different = text.chars().collect::<BTreeSet<char>>().len();
        if different < FEWEST_DIFFERENT {
            let expected = format!("at least {FEWEST_DIFFERENT}; several words work best");
            return refuse(format!("{different} different characters"), &expected);
        }
        Ok(Self { secret, work_factor: WORK_FACTOR })
    }

    /// Draws a passphrase from the system's random source: five groups of four letters and digits,
    /// such as `k7mq-4x2p-dn9c-hw5t-8vrz`, 96 bits. To be shown once and written down.
    pub fn generate() -> Result<Self, Error> {
        let mut letters = Vec::with_capacity(GROUPS * GROUP_LENGTH);
        while letters.len() < GROUPS * GROUP_LENGTH {
            let mut byte = [0];
            getrandom::fill(&mut byte)
                .map_err(|error| Error::unfit("passphrase", error.to_string(), "random bytes"))?;
            // Bytes of the incomplete last cycle are drawn again, so that no letter is likelier.
            let byte = usize::from(byte[0]);
            if byte < 256 - 256 % LETTERS.len() {
                letters.push(char::from(LETTERS[byte % LETTERS.len()]));
            }
        }
        let groups: Vec<String> =
            letters.chunks(GROUP_LENGTH).map(|group| group.iter().collect()).collect();
        Ok(Self { secret: groups.join("-").into(), work_factor: WORK_FACTOR })
    }

    /// The same passphrase, sealing with 2^`log_n` steps of scrypt instead of 2^18. Fewer make it
    /// easier to guess. A number outside 1 to 20 counts as the nearest within.
    pub fn with_work_factor(self, log_n: u8) -> Self {
        Self { work_factor: log_n.clamp(1, MOST_WORK), ..self }
    }

    /// The passphrase in clear text, to be shown to its owner.
    pub fn expose(&self) -> &str {
        self.secret.expose_secret()
    }

    pub(crate) fn recipient(&self) -> age::scrypt::Recipient {
        let mut recipient = age::scrypt::Recipient::new(self.secret.clone());
        recipient.set_work_factor(self.work_factor);
        recipient
    }
}
