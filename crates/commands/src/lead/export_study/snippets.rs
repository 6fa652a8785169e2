//! Programs that compute kappa again from the exported table.

use crate::Failure;
use crate::lead::open_study::OpenStudy;
use study::Axis;

const R: &str = include_str!("kappa.R");
const PYTHON: &str = include_str!("kappa.py");

pub(super) fn python(study: &OpenStudy) -> Result<String, Failure> {
    filled(PYTHON, study, |name, grades| format!("    {name}: [{grades}]"))
}

pub(super) fn r(study: &OpenStudy) -> Result<String, Failure> {
    filled(R, study, |name, grades| format!("  {name} = c({grades})"))
}

/// The program with the study's axes in the place of `{axes}`.
fn filled(
    program: &str,
    study: &OpenStudy,
    line: impl Fn(&str, &str) -> String,
) -> Result<String, Failure> {
    let of = |axis: &Axis| {
        let grades: Vec<String> = axis.grades().iter().map(ToString::to_string).collect();
        // An axis is called what a rubric's author likes; as JSON it is a text in both languages. In the
        // table its name may be kept from being taken for a formula.
        let name =
            serde_json::to_string(&exchange::csv_cell(&axis.id)).map_err(Failure::refused)?;
        Ok(line(&name, &grades.join(", ")))
    };
    let axes: Vec<String> =
        study.header.rubric.axes.iter().map(of).collect::<Result<_, Failure>>()?;
    Ok(program.replace("{axes}", &axes.join(",\n")))
}
