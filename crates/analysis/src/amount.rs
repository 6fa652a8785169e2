//! Numbers of items, whole or not.

use serde::{Serialize, Serializer};
use std::fmt;
use ts_rs::TS;

/// A number of items, or a mean grade, that is written without decimals where it is whole. A number of
/// items is not whole where an item counts for several humans' grades, or for others that were not
/// drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, TS)]
#[ts(type = "number")]
pub struct Amount(pub f64);

/// Further from a whole number than this, it is none.
const ROUNDING: f64 = 1e-9;

impl Amount {
    fn whole(self) -> Option<i64> {
        let near = self.0.round();
        let whole = (self.0 - near).abs() <= ROUNDING * near.abs().max(1.0) && near.abs() < 1e15;
        whole.then_some(near as i64)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.whole() {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(self.0),
        }
    }
}

/// With at most two decimals.
impl fmt::Display for Amount {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self.whole() {
            Some(whole) => whole.to_string(),
            None => {
                let rounded = format!("{:.2}", self.0);
                rounded.trim_end_matches('0').trim_end_matches('.').to_owned()
            }
        };
        out.pad(&text)
    }
}
