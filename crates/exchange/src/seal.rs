//! The sealed key: the key file encrypted in the age format (<https://age-encryption.org/v1>), so
//! that any age tool opens it, now and when Primum is gone. Written as ASCII, read as either form.

use crate::door::name_of_no_text;
use crate::file::{COLLECTED, open, read_bytes, read_secret, write_new};
use crate::packet::{decode_key, encode_key};
use crate::passphrase::{MOST_WORK, Passphrase};
use crate::{Error, SecretString, Spot};
use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::secrecy::ExposeSecret;
use age::{DecryptError, Decryptor, Encryptor, scrypt, x25519};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use study::{Digest, Key};

/// How a file in the age format begins: as bytes, and as ASCII.
const BINARY: &[u8] = b"age-encryption.org/";
const ASCII: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";
const ASCII_END: &[u8] = b"-----END AGE ENCRYPTED FILE-----";

/// What a key is sealed with. The format does not mix the two.
#[derive(Clone, Debug)]
pub enum Seal {
    /// Anyone who knows it can open the key.
    Passphrase(Passphrase),
    /// The public keys (`age1…`, X25519) of those who may open the key, each alone.
    Recipients(Vec<String>),
}

/// What a sealed key is opened with.
#[derive(Clone, Debug)]
pub enum Unseal {
    /// The passphrase, as it was when the key was sealed.
    Passphrase(SecretString),
    /// A file of secret keys (`AGE-SECRET-KEY-1…`), as `age-keygen` writes it.
    IdentityFile(PathBuf),
    /// The text of such a file.
    Identity(SecretString),
}

/// Seals `key` into a new `file` and returns the digest of its bytes. A file that is there already
/// stays: to seal twice never gives the same bytes.
pub fn seal_key(file: &Path, key: &Key, seal: &Seal) -> Result<Digest, Error> {
    let clear = encode_key(file, key)?;
    let sealed = match seal {
        Seal::Passphrase(passphrase) => encrypt(&[passphrase.recipient()], &clear),
        Seal::Recipients(recipients) => encrypt(&parse_recipients(recipients)?, &clear),
    }
    .map_err(|error| Error::inconsistent(file, error))?;
    write_new(file, &sealed)?;
    Ok(Digest::of_bytes(&sealed))
}

/// Opens the sealed key in `file`, and tells the digest of its bytes, as [`seal_key`] did. Nothing is written.
///
/// A file that asks for more than 2^20 steps of scrypt, some seconds and 1 GiB, is refused before
/// any of them is taken.
pub fn open_sealed_key(file: &Path, unseal: &Unseal) -> Result<(Digest, Key), Error> {
    let bytes = read_bytes(file, COLLECTED)?;
    let clear = unsealed(file, sealed_part(file, &bytes)?, unseal)?;
    Ok((Digest::of_bytes(&bytes), decode_key(file, clear.expose_secret())?))
}

/// What is `sealed`, in clear text.
fn unsealed(file: &Path, sealed: &[u8], unseal: &Unseal) -> Result<SecretString, Error> {
    let damaged = |reason: String| Error::DamagedSeal { file: file.to_owned(), reason };
    let decryptor =
        Decryptor::new_buffered(ArmoredReader::new(sealed)).map_err(|error| match error {
            DecryptError::UnknownFormat => {
                let found = "a later version of the age format; update Primum to open it".into();
                Error::NotSealed { file: file.to_owned(), found }
            }
            other => damaged(other.to_string()),
        })?;
    match (unseal, decryptor.is_scrypt()) {
        (Unseal::Passphrase(secret), true) => {
            let mut identity = scrypt::Identity::new(secret.clone());
            identity.set_max_work_factor(MOST_WORK);
            decrypt(file, decryptor, &[identity])
        }
        (Unseal::Identity(text), false) => {
            let place = Path::new("identity");
            decrypt(file, decryptor, &parse_identities(place, text.expose_secret())?)
        }
        (Unseal::IdentityFile(from), false) => {
            let text = SecretString::from(read_secret(from, "an age identity file")?);
            decrypt(file, decryptor, &parse_identities(from, text.expose_secret())?)
        }
        (Unseal::Passphrase(_), false) => Err(Error::SealedOtherwise {
            file: file.to_owned(),
            sealed: "for recipients",
            expected: "the identity of one of them, a file with an AGE-SECRET-KEY-1…",
        }),
        (Unseal::Identity(_) | Unseal::IdentityFile(_), true) => Err(Error::SealedOtherwise {
            file: file.to_owned(),
            sealed: "with a passphrase",
            expected: "that passphrase",
        }),
    }
}

/// Whether `file` is in the age format, by how it begins.
pub fn is_sealed(file: &Path) -> Result<bool, Error> {
    let mut start = Vec::new();
    open(file, COLLECTED)
        .and_then(|open| open.take(1024).read_to_end(&mut start))
        .map_err(Error::io(file))?;
    Ok(begins_sealed(without_margin(&start)))
}

fn encrypt<R: age::Recipient>(recipients: &[R], clear: &str) -> Result<Vec<u8>, age::EncryptError> {
    let recipients = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
    let ascii = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor)?;
    let mut writer = Encryptor::with_recipients(recipients)?.wrap_output(ascii)?;
    writer.write_all(clear.as_bytes())?;
    Ok(writer.finish()?.finish()?)
}

fn decrypt<I: age::Identity>(
    file: &Path,
    decryptor: Decryptor<impl Read>,
    identities: &[I],
) -> Result<SecretString, Error> {
    let damaged = |reason: String| Error::DamagedSeal { file: file.to_owned(), reason };
    let identities = identities.iter().map(|identity| identity as &dyn age::Identity);
    let mut reader = decryptor.decrypt(identities).map_err(|error| match error {
        DecryptError::DecryptionFailed => Error::WrongPassphrase { file: file.to_owned() },
        DecryptError::NoMatchingKeys => Error::WrongIdentity { file: file.to_owned() },
        DecryptError::ExcessiveWork { required, .. } => {
            Error::TooMuchWork { file: file.to_owned(), found: required, most: MOST_WORK }
        }
        other => damaged(other.to_string()),
    })?;
    let mut clear = String::new();
    reader.read_to_string(&mut clear).map_err(|error| damaged(error.to_string()))?;
    Ok(clear.into())
}

/// What age is to read of a file with these `bytes`.
fn sealed_part<'a>(file: &Path, bytes: &'a [u8]) -> Result<&'a [u8], Error> {
    let sealed = without_margin(bytes);
    if sealed.is_empty() {
        return Err(Error::Empty { file: file.to_owned(), expected: "a sealed key".into() });
    }
    if !begins_sealed(sealed) {
        let found = if sealed.starts_with(b"{") {
            "a file that is not sealed; a key in clear text opens without a passphrase"
        } else {
            name_of_no_text(sealed).unwrap_or("another kind of file")
        };
        return Err(Error::NotSealed { file: file.to_owned(), found: found.into() });
    }
    if sealed.starts_with(ASCII) && !sealed.trim_ascii_end().ends_with(ASCII_END) {
        let line = bytes.trim_ascii_end().split(|byte| *byte == b'\n').count();
        return Err(Error::Truncated { file: file.to_owned(), line });
    }
    Ok(sealed)
}

/// Mail programs put a byte order mark or blank lines before a text.
fn without_margin(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start()
}

fn begins_sealed(bytes: &[u8]) -> bool {
    bytes.starts_with(BINARY) || bytes.starts_with(ASCII)
}

fn parse_recipients(texts: &[String]) -> Result<Vec<x25519::Recipient>, Error> {
    let expected = "a public key, `age1` and 58 letters and digits, as age-keygen prints it";
    if texts.is_empty() {
        return Err(Error::unfit("recipients", "none", format!("at least one: {expected}")));
    }
    let parse = |text: &String| {
        text.trim().parse().map_err(|_| {
            // A secret key pasted here by mistake is not repeated in a message.
            let secret = text.to_ascii_uppercase().contains("AGE-SECRET-KEY");
            let found = if secret { "a secret key".into() } else { format!("`{text}`") };
            Error::unfit("recipients", found, expected)
        })
    };
    texts.iter().map(parse).collect()
}

/// The secret keys in `text`, one per line, between comments and blank lines.
fn parse_identities(from: &Path, text: &str) -> Result<Vec<x25519::Identity>, Error> {
    let expected = "a secret key, AGE-SECRET-KEY-1 and 58 letters and digits";
    if begins_sealed(without_margin(text.as_bytes())) {
        let found = "an identity that is itself encrypted";
        let expected = format!("{expected}; decrypt it with `age -d` first");
        return Err(Error::field(from, "", "identity", found, expected));
    }
    let mut identities = Vec::new();
    for (line, text) in (1..).zip(text.lines().map(str::trim)) {
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        // What is there may be a misspelt secret, and is not repeated.
        let refuse =
            |_| Error::field(from, Spot::Line(line), "identity", "something else", expected);
        identities.push(text.parse().map_err(refuse)?);
    }
    if identities.is_empty() {
        return Err(Error::field(from, "", "identity", "no secret key", expected));
    }
    Ok(identities)
}
