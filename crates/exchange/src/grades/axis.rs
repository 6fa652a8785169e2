//! What the harm axes are called elsewhere.

use crate::door::plain;
use study::{COMMISSION_AXIS, OMISSION_AXIS};

/// As [`plain`] has them.
const NAMES: [(&str, [&str; 5]); 2] = [
    (OMISSION_AXIS, ["omission", "omissionharm", "omissionscore", "oh", "ohscore"]),
    (COMMISSION_AXIS, ["commission", "commissionharm", "commissionscore", "ch", "chscore"]),
];

/// The harm axis that is called `name`, whatever its capitals, blanks and underscores.
pub(crate) fn harm_axis(name: &str) -> Option<&'static str> {
    let name = plain(name);
    NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(axis, _)| *axis)
}
