//! What can be wrong with a file, worded with the place and the remedy.

mod spot;

pub use spot::{Part, Spot};

use crate::envelope::wrong_format;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use study::{At, io_reason_of_link};
use thiserror::Error;

/// Why a file was not read or not written. Nothing was changed.
#[derive(Debug, Error)]
pub enum Error {
    /// The file system said no.
    #[error("{}: {}", .file.display(), io_reason_at(.file, .source))]
    Io {
        /// The file.
        file: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// Nothing in it.
    #[error("{}: the file is empty; expected {expected}. Check that it is the right file, or get it again.", .file.display())]
    Empty {
        /// The file.
        file: PathBuf,
        /// What should be in it.
        expected: String,
    },
    /// Bytes that are no text in the encoding of the others.
    #[error("{}, line {line}: found a byte that is not {encoding} text; expected {encoding}. Save the file again with the encoding UTF-8.", .file.display())]
    NotText {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The encoding.
        encoding: &'static str,
    },
    /// A kind of file that holds nothing to read here.
    #[error("{}: this is {found}. {advice}.", .file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What it is.
        found: String,
        /// What to do.
        advice: &'static str,
    },
    /// Another kind of file than the one that is expected.
    #[error("{}: this is {found}; expected {expected}. {advice}.", .file.display())]
    OtherKind {
        /// The file.
        file: PathBuf,
        /// What it is.
        found: String,
        /// What should be there.
        expected: String,
        /// What to do.
        advice: &'static str,
    },
    /// It ends in the middle.
    #[error("{}, line {line}: the file ends in the middle. Get the whole file again.", .file.display())]
    Truncated {
        /// The file.
        file: PathBuf,
        /// The last line, from 1.
        line: usize,
    },
    /// Not JSON.
    #[error("{}, line {line}, column {column}: this is not JSON ({reason}); expected {expected}.", .file.display())]
    NotJson {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What the parser said.
        reason: String,
        /// What should be there.
        expected: String,
    },
    /// Another kind of file.
    #[error("{}", wrong_format(.file, .found, .expected))]
    WrongFormat {
        /// The file.
        file: PathBuf,
        /// What it says it is.
        found: String,
        /// What was asked for.
        expected: String,
    },
    /// Made by a later program.
    #[error("{}, field `format`: found `{found}`, made by a newer Primum; this one reads up to `{newest}`. Update Primum to open it.", .file.display())]
    Newer {
        /// The file.
        file: PathBuf,
        /// Its format.
        found: String,
        /// The newest format known here.
        newest: String,
    },
    /// A value that does not fit.
    #[error("{}{place}{}: found {found}; expected {expected}.", .file.display(), named(field))]
    Field {
        /// The file.
        file: PathBuf,
        /// Where in it.
        place: Spot,
        /// The field.
        field: String,
        /// What is there.
        found: String,
        /// What should.
        expected: String,
    },
    /// The content is not what was written.
    #[error("{}, field `digest`: the content was changed after the file was written; expected it untouched. Ask the sender for the original.", .file.display())]
    Tampered {
        /// The file.
        file: PathBuf,
    },
    /// A sealed key where one in clear text is expected.
    #[error("{}: this key is sealed; expected a key in clear text. Open the key in its study and give the study’s folder instead, or open the key with `age --decrypt`.", .file.display())]
    Sealed {
        /// The file.
        file: PathBuf,
    },
    /// Anything else where a sealed key is expected.
    #[error("{}: found {found}; expected a sealed key, a file in the age format.", .file.display())]
    NotSealed {
        /// The file.
        file: PathBuf,
        /// What it is instead, with the remedy where there is one.
        found: String,
    },
    /// Another passphrase than the one it was sealed with. To be asked for again.
    #[error("{}: this passphrase does not open the sealed key. Check capitals, spaces and the keyboard's language, and try again; if you are sure it is right, the file was changed: use another copy.", .file.display())]
    WrongPassphrase {
        /// The file.
        file: PathBuf,
    },
    /// A key sealed for others.
    #[error("{}: the key is not sealed for this identity; expected the secret key (AGE-SECRET-KEY-1…) that belongs to one of its recipients.", .file.display())]
    WrongIdentity {
        /// The file.
        file: PathBuf,
    },
    /// A passphrase for an identity, or the reverse.
    #[error("{}: the key is sealed {sealed}; expected {expected}.", .file.display())]
    SealedOtherwise {
        /// The file.
        file: PathBuf,
        /// `with a passphrase` or `for recipients`.
        sealed: &'static str,
        /// What opens it.
        expected: &'static str,
    },
    /// More work than a passphrase is worth, or than this computer can bear.
    #[error("{}: opening it takes 2^{found} steps of scrypt; expected at most 2^{most}. Open it with `age` and seal it again.", .file.display())]
    TooMuchWork {
        /// The file.
        file: PathBuf,
        /// The binary logarithm of the work it asks for.
        found: u8,
        /// The binary logarithm of the most that is done.
        most: u8,
    },
    /// A sealed key that was cut or changed.
    #[error("{}: the sealed key was cut short or changed ({reason}). Use another copy of it.", .file.display())]
    DamagedSeal {
        /// The file.
        file: PathBuf,
        /// What gave it away.
        reason: String,
    },
    /// A passphrase, recipient or identity that cannot be used.
    #[error("{field}: found {found}; expected {expected}.")]
    Unfit {
        /// `passphrase`, `recipients` or `identity`.
        field: &'static str,
        /// What was given, without the secret.
        found: String,
        /// What can be used.
        expected: String,
    },
    /// Parts that contradict each other.
    #[error("{}: {reason}.", .file.display())]
    Inconsistent {
        /// The file.
        file: PathBuf,
        /// Which, with the field, what was found and what is expected.
        reason: String,
    },
    /// It would replace something else.
    #[error("{}: a different file of this name is already there; it was left as it is. Choose another name or folder.", .file.display())]
    Exists {
        /// The file.
        file: PathBuf,
    },
}

/// Why `file` was not read or written. A link that leads nowhere is there, whatever the system says.
pub fn io_reason_at(file: &Path, error: &io::Error) -> String {
    io_reason_of_link(error, fs::read_link(file).ok().as_deref())
}

impl Error {
    pub(crate) fn io(file: &Path) -> impl FnOnce(io::Error) -> Self {
        let file = file.to_owned();
        move |source| Self::Io { file, source }
    }

    pub(crate) fn inconsistent(file: &Path, reason: impl ToString) -> Self {
        Self::Inconsistent { file: file.to_owned(), reason: reason.to_string() }
    }

    pub(crate) fn unfit(
        field: &'static str,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        Self::Unfit { field, found: found.into(), expected: expected.into() }
    }

    pub(crate) fn field(
        file: &Path,
        place: impl Into<Spot>,
        field: impl Into<String>,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        Self::Field {
            file: file.to_owned(),
            place: place.into(),
            field: field.into(),
            found: found.into(),
            expected: expected.into(),
        }
    }

    /// The same of a field that is found in `place`.
    pub(crate) fn placed(mut self, place: Spot) -> Self {
        if let Self::Field { place: there, .. } = &mut self {
            *there = place;
        }
        self
    }

    /// The same of a field whose first part is called `name` where it is.
    pub(crate) fn renamed(mut self, first: &str, name: &str) -> Self {
        if let Self::Field { field, .. } = &mut self
            && let Some(rest) = field.strip_prefix(first)
        {
            *field = format!("{name}{rest}");
        }
        self
    }

    /// The same of a field, with what helps, if anything does, behind what is expected.
    pub(crate) fn with_advice(mut self, advice: Option<String>) -> Self {
        if let Self::Field { expected, .. } = &mut self
            && let Some(advice) = advice
        {
            *expected = format!("{expected}. {advice}");
        }
        self
    }

    /// Where it is wrong, and what.
    pub fn at(&self) -> At {
        let at = At { file: self.file().map(|file| file.display().to_string()), ..At::default() };
        match self {
            Self::NotText { line, .. } | Self::Truncated { line, .. } => at.on(*line),
            Self::NotJson { line, expected, .. } => at.on(*line).expecting(expected),
            Self::Empty { expected, .. } => at.expecting(expected),
            Self::WrongFormat { found, expected, .. } => {
                at.within("format").of(found).expecting(expected)
            }
            Self::Newer { found, newest, .. } => at.within("format").of(found).expecting(newest),
            Self::Field { place, field, found, expected, .. } => {
                let at = at.within(field).of(found).expecting(expected);
                match place {
                    Spot::Line(line) => at.on(*line),
                    Spot::Whole | Spot::Numbered(..) | Spot::Named(_) => at,
                }
            }
            Self::Unreadable { found, .. } => at.of(found),
            Self::OtherKind { found, expected, .. } => at.of(found).expecting(expected),
            Self::Tampered { .. } => at.within("digest"),
            Self::NotSealed { found, .. } => at.of(found).expecting("a sealed key"),
            Self::SealedOtherwise { sealed, expected, .. } => at.of(*sealed).expecting(*expected),
            Self::TooMuchWork { found, most, .. } => {
                at.of(format!("2^{found}")).expecting(format!("at most 2^{most}"))
            }
            Self::Unfit { field, found, expected } => {
                at.within(*field).of(found).expecting(expected)
            }
            _ => at,
        }
    }

    fn file(&self) -> Option<&Path> {
        match self {
            Self::Io { file, .. }
            | Self::Empty { file, .. }
            | Self::NotText { file, .. }
            | Self::Unreadable { file, .. }
            | Self::OtherKind { file, .. }
            | Self::Truncated { file, .. }
            | Self::NotJson { file, .. }
            | Self::WrongFormat { file, .. }
            | Self::Newer { file, .. }
            | Self::Field { file, .. }
            | Self::Tampered { file }
            | Self::Sealed { file }
            | Self::NotSealed { file, .. }
            | Self::WrongPassphrase { file }
            | Self::WrongIdentity { file }
            | Self::SealedOtherwise { file, .. }
            | Self::TooMuchWork { file, .. }
            | Self::DamagedSeal { file, .. }
            | Self::Inconsistent { file, .. }
            | Self::Exists { file } => Some(file),
            Self::Unfit { .. } => None,
        }
    }
}

/// How a message names a field. `the header` and the like are no fields of a file but parts of it, and `the whole`
/// is all of it.
fn named(field: &str) -> String {
    match field {
        "the whole" => String::new(),
        part if part.starts_with("the ") => format!(", {part}"),
        field => format!(", field `{field}`"),
    }
}
