//! `primum study decide`.

use crate::terminal::print;
use clap::ValueEnum;
use commands::{Decide, Grade, ItemId};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The study's file, or its folder.
    study: String,
    /// The item, as `primum study queue` names it.
    item: String,
    /// The axis.
    axis: String,
    /// The grade.
    #[arg(long, allow_negative_numbers = true, required_unless_present = "no_grade")]
    grade: Option<Grade>,
    /// Leave the item without a grade on this axis.
    #[arg(long, conflicts_with = "grade")]
    no_grade: bool,
    /// Why the raters disagreed.
    #[arg(long, value_enum)]
    cause: Cause,
    /// Who decides: one name or several.
    #[arg(long)]
    by: String,
    /// What was said for it.
    #[arg(long, default_value = "")]
    note: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum Cause {
    /// Something in the response was overlooked or misunderstood.
    Misread,
    /// The rubric allows both grades, or neither.
    RubricUnclear,
    /// The medicine is judged differently.
    ClinicalDisagreement,
    /// A wrong key, or the wrong item.
    Slip,
}

impl From<Cause> for commands::Cause {
    fn from(cause: Cause) -> Self {
        match cause {
            Cause::Misread => Self::Misread,
            Cause::RubricUnclear => Self::RubricUnclear,
            Cause::ClinicalDisagreement => Self::ClinicalDisagreement,
            Cause::Slip => Self::Slip,
        }
    }
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { study, item, axis, grade, no_grade: _, cause, by, note } = arguments;
    let cause = cause.into();
    let view = super::ask(Decide { study, item: ItemId::new(item), axis, grade, cause, note, by })?;
    print(&format!("{} of {} decided\n", view.decided, view.disagreements))
}
