//! A file of the program's own, beside the packets: what it lists or keeps for the person, as JSON.

use crate::{Failure, FailureKind};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use store::FileTurn;
use study::io_reason;

pub(crate) struct OwnFile {
    path: PathBuf,
    format: &'static str,
}

#[derive(Serialize, Deserialize)]
struct Envelope<T> {
    format: String,
    #[serde(flatten)]
    content: T,
}

/// The file is of this format, whatever else it holds.
#[derive(Deserialize)]
struct Named {
    format: String,
}

impl OwnFile {
    pub(crate) fn new(path: PathBuf, format: &'static str) -> Self {
        Self { path, format }
    }

    /// Keeps every other window from changing the file between its reading and its writing here.
    pub(crate) fn turn(&self) -> Result<FileTurn, Failure> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder).map_err(|error| self.not_saved(io_reason(&error)))?;
        }
        Ok(FileTurn::wait(&self.path)?)
    }

    /// What it holds; nothing where it is not there, and why where it cannot be read.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<Option<T>, String> {
        let told = |error: String| format!("{}: {error}", self.path.display());
        let bytes = match exchange::read_bytes(&self.path, exchange::BY_HAND) {
            Err(exchange::Error::Io { source, .. }) if source.kind() == ErrorKind::NotFound => {
                return Ok(None);
            }
            read => read.map_err(|error| error.to_string())?,
        };
        let json = |error: serde_json::Error| told(error.to_string());
        let Named { format } = serde_json::from_slice(&bytes).map_err(json)?;
        if format != self.format {
            return Err(told(format!("found `{format}`; expected `{}`", self.format)));
        }
        let envelope: Envelope<T> = serde_json::from_slice(&bytes).map_err(json)?;
        Ok(Some(envelope.content))
    }

    pub(crate) fn write<T: Serialize>(&self, content: &T) -> Result<(), Failure> {
        let envelope = Envelope { format: self.format.into(), content };
        let text = serde_json::to_string_pretty(&envelope).map_err(Failure::refused)?;
        exchange::replace_private(&self.path, text.as_bytes())
            .map_err(|error| Failure::new(FailureKind::NotSaved, format!("Not saved: {error}")))
    }

    pub(crate) fn remove(&self) -> Result<(), Failure> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(Failure::io(&self.path, &error))
            }
            _ => Ok(()),
        }
    }

    fn not_saved(&self, reason: String) -> Failure {
        let message = format!("Not saved to {}: {reason}", self.path.display());
        Failure::new(FailureKind::NotSaved, message)
    }
}
