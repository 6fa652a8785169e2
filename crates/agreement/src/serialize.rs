//! How what does not exist is written: as `{"undefined": "reason"}`.

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::Undefined;

impl Serialize for Undefined {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("undefined", &format_args!("{self}"))?;
        map.end()
    }
}

/// A value as it is, or why there is none.
pub(crate) fn value_or_reason<T: Serialize, S: Serializer>(
    value: &Result<T, Undefined>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Ok(value) => value.serialize(serializer),
        Err(reason) => reason.serialize(serializer),
    }
}
