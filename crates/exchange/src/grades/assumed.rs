//! What is taken for the scale of an axis by its name alone, and what speaks against it.

use super::{Grades, SuggestedScale};
use study::Scale;

/// That none of these files declares the `scale` of an axis whose name is known; nothing where none has the
/// axis.
pub fn assumed_scale<'a>(scale: &Scale, files: impl Iterator<Item = &'a Grades>) -> Option<String> {
    let occurring: Vec<SuggestedScale> =
        files.filter_map(|grades| grades.suggested_scale(&scale.axis)).collect();
    let numbers = occurring.iter().filter_map(|found| match found {
        SuggestedScale::Numbers { highest, .. } => Some(*highest),
        _ => None,
    });
    let (axis, highest) = (&scale.axis, scale.grades.last().filter(|_| !occurring.is_empty())?);
    let contradicted = match numbers.max() {
        Some(found) if found < *highest => format!(
            " No grade above {found} occurs; if the scale ends there, give --scale {axis}=0..{found}."
        ),
        _ => String::new(),
    };
    Some(format!("{}{contradicted}", taken_from_name(scale)))
}

/// That nobody declared the `scale` of an axis whose name is known.
pub(crate) fn taken_from_name(scale: &Scale) -> String {
    let highest = scale.grades.last().copied().unwrap_or_default();
    format!("The scale of {} was taken from its name: 0 to {highest}.", scale.axis)
}
