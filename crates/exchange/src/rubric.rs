//! Rubrics of one's own.

use crate::Error;
use crate::door::read_document;
use crate::envelope::Format;
use crate::file::BY_HAND;
use std::path::Path;
use study::Rubric;

const RUBRIC: Format = Format { name: "rubric", version: 2 };

/// Has no expectations, and is read as one that expects nothing.
const FIRST_VERSION: u32 = 1;

/// Reads the rubric that `name` says: one of the built-in ones, `gated` or `structured`, or a file.
pub fn read_rubric(name: &str) -> Result<Rubric, Error> {
    let file = Path::new(name);
    let text = match Rubric::built_in(name) {
        Some(text) => text.to_owned(),
        None => read_document(file, BY_HAND, RUBRIC.noun())?,
    };
    let rubric: Rubric = RUBRIC.as_in(&text, FIRST_VERSION).parse(file, &text)?;
    rubric.check().map_err(|why| Error::inconsistent(file, why))?;
    Ok(rubric)
}
