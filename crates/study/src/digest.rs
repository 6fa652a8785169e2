//! Content hashes: what a rubric or a file says, whatever its white space.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;
use ts_rs::TS;

/// The SHA-256 of a value's compact JSON or of a file's bytes, written `sha256:` and 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Digest(String);

impl Digest {
    /// The digest of `value`. Field order is the type's own, so equal values give equal digests.
    pub fn of(value: &impl Serialize) -> Self {
        let mut hash = Sha256::new();
        // Writing to a hash cannot fail, and every hashed type has text keys; should one ever not,
        // the digest covers what was written and no longer matches any stored one.
        let _ = serde_json::to_writer(HashWriter(&mut hash), value);
        Self(format!("sha256:{:x}", hash.finalize()))
    }

    /// The digest of a file's bytes, as they are.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(format!("sha256:{:x}", Sha256::digest(bytes)))
    }

    /// The digest's first `length` hexadecimal digits, as a short name.
    pub fn short(&self, length: usize) -> &str {
        let digits = self.0.trim_start_matches("sha256:");
        &digits[..length.min(digits.len())]
    }

    /// The digest's 32 bytes as a seed.
    pub fn seed(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

struct HashWriter<'a>(&'a mut Sha256);

impl std::io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
