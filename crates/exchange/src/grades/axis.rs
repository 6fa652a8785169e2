//! What the harm axes are called elsewhere.

use crate::door::plain;
use study::{COMMISSION_AXIS, OMISSION_AXIS};

/// As [`plain`] has them.
const NAMES: [(&str, [&str; 2]); 2] =
    [(OMISSION_AXIS, ["omission", "oh"]), (COMMISSION_AXIS, ["commission", "ch"])];

/// What may be behind the name, one or several of them.
const ENDS: [&str; 5] = ["harm", "score", "grade", "rating", "value"];

/// The harm axis that is called `name`, whatever its capitals, blanks and underscores.
pub(crate) fn harm_axis(name: &str) -> Option<&'static str> {
    let mut name = plain(name);
    while let Some(short) = ENDS.iter().find_map(|end| name.strip_suffix(end)) {
        name.truncate(short.len());
    }
    NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(axis, _)| *axis)
}
