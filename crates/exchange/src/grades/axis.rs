//! What the harm axes are called elsewhere.

use crate::door::plain;
use study::{COMMISSION_AXIS, OMISSION_AXIS};

const NAMES: [(&str, [&str; 5]); 2] = [
    (OMISSION_AXIS, ["omission", "omission_harm", "omission_score", "oh", "oh_score"]),
    (COMMISSION_AXIS, ["commission", "commission_harm", "commission_score", "ch", "ch_score"]),
];

/// The harm axis that is called `name`, whatever its capitals, blanks and underscores.
pub(crate) fn harm_axis(name: &str) -> Option<&'static str> {
    let name = plain(name);
    let is_called = |names: &[&str]| names.iter().any(|known| plain(known) == name);
    NAMES.iter().find(|(_, names)| is_called(names)).map(|(axis, _)| *axis)
}
