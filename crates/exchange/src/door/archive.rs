//! Inspect's archive of a run, by zip: `header.json` and one member per sample.

use super::no_numbers_as_text;
use super::twice::named_twice;
use crate::Error;
use serde::de::DeserializeOwned;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// The most bytes that one member may unpack to.
const MEMBER: u64 = 256 << 20;

/// An open archive.
pub(crate) struct Archive {
    file: PathBuf,
    zip: ZipArchive<Cursor<Vec<u8>>>,
}

impl Archive {
    pub(crate) fn open(file: &Path, bytes: Vec<u8>) -> Result<Self, Error> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            Error::inconsistent(file, format!("the archive cannot be read ({error})"))
        })?;
        Ok(Self { file: file.to_owned(), zip })
    }

    /// The names of its members, in order.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            self.zip.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
        names.sort();
        names
    }

    /// What the JSON in the member called `name` says.
    pub(crate) fn json<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, Error> {
        let refused =
            |reason: String| Error::inconsistent(&self.file, format!("member `{name}`: {reason}"));
        let mut member = self.zip.by_name(name).map_err(|error| refused(error.to_string()))?;
        let mut text = String::new();
        let read = member.by_ref().take(MEMBER + 1).read_to_string(&mut text);
        read.map_err(|error| refused(error.to_string()))?;
        if text.len() as u64 > MEMBER {
            return Err(refused(format!(
                "it unpacks to more than {} MB; expected less",
                MEMBER >> 20
            )));
        }
        let text = no_numbers_as_text(text);
        if let Some((twice, _)) = named_twice(&text) {
            return Err(refused(format!(
                "`{twice}` is twice in one object; expected each name once"
            )));
        }
        serde_json::from_str(&text).map_err(|error| {
            let problem = if error.is_data() { "not as expected" } else { "this is not JSON" };
            refused(format!("{problem} ({error})"))
        })
    }
}
