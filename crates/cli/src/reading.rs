//! How files of grades are read: `--scale`, which grades an axis has, and `--map`, which columns of a table
//! hold our fields.

use commands::{DeclaredScale, HowToRead, read_column_lines};
use std::path::Path;

#[derive(clap::Args)]
pub(crate) struct Reading {
    /// The scale of an axis for which no rubric declares one, such as refusal=0..2; or the words for its grades
    /// from the lowest on, such as refusal=none,partial,full. Where a high number is good, the best comes first:
    /// quality=5..1. Several spellings of one grade are joined by a bar: "met=no|0,yes|1".
    #[arg(long = "scale", value_name = "AXIS=GRADES", value_parser = DeclaredScale::parse)]
    scales: Vec<DeclaredScale>,
    #[command(flatten)]
    map: Mapped,
}

impl Reading {
    pub(crate) fn how(&self) -> anyhow::Result<HowToRead> {
        Ok(HowToRead { scales: self.scales.clone(), map: self.map.said()?, axes: Vec::new() })
    }
}

#[derive(clap::Args)]
pub(crate) struct Mapped {
    /// Which columns of a table hold our fields (rater, item, axis, value, scenario, model), where the table is in no
    /// known layout: item=ID, "value=Dr A,Dr B", axis=:quality (the same in every row), or @FILE with one of
    /// these per line. Of one file only: judge.csv:item=ID. `primum inspect` shows the columns.
    #[arg(long = "map", value_name = "FIELD=COLUMN")]
    map: Vec<String>,
}

impl Mapped {
    pub(crate) fn said(&self) -> anyhow::Result<Vec<String>> {
        lines(&self.map)
    }
}

/// What `--map` says, line by line where a file says it.
pub(crate) fn lines(map: &[String]) -> anyhow::Result<Vec<String>> {
    let mut said = Vec::new();
    for text in map {
        let Some(file) = text.strip_prefix('@') else {
            said.push(text.clone());
            continue;
        };
        let lines = read_column_lines(Path::new(file))?;
        let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
        said.extend(lines.map(String::from));
    }
    Ok(said)
}

/// The same option of a command that reads responses and scenarios.
pub(crate) fn of_texts(map: clap::Arg) -> clap::Arg {
    let help = "Which columns of a table, or fields of JSON records, hold our fields, where they have other names: \
                response=answer, prompt=Question, model_id=:gpt-x (the same in every row), or @FILE with one of \
                these per line. `primum inspect` shows the columns and proposes this";
    map.help(help).long_help(help)
}

/// The same option of a draft, which is written to a file with all its files.
pub(crate) fn of_draft(map: clap::Arg) -> clap::Arg {
    let help = "Which columns of the tables of responses, scenarios and scores hold our fields, where they have other \
                names: response=Answer, prompt=Question, model_id=:gpt-x (the same in every row), of scores item=ID, \
                value=Score; or @FILE with one of these per line. `primum inspect` shows the columns and proposes this";
    map.help(help).long_help(help)
}

/// The same option of a command that reads grades, and responses or scenarios beside them.
pub(crate) fn of_everything(map: clap::Arg) -> clap::Arg {
    let help = "Which columns of a table hold our fields, where the table is in no known layout: item=ID, \
                \"value=Dr A,Dr B\", axis=:quality (the same in every row); of responses and scenarios response=Answer, \
                prompt=Question; or @FILE with one of these per line. Of one file of grades only: judge.csv:item=ID. \
                `primum inspect` shows the columns";
    map.help(help).long_help(help)
}
