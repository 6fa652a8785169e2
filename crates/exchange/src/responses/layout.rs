//! The one list of layouts in which responses are read: how each is recognised, and who reads it.

use super::columns::{self, Columns};
use super::gathered::Gathered;
use super::{health_bench, helm, inspect, lines, lm_eval, openai_evals, promptfoo, table};
use crate::door::{Content, Opened, Records};
use crate::error::Part;
use crate::{Error, parse_json};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::path::Path;

/// How a file of responses is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Rows under a header.
    Table,
    /// JSON records with a field for each of ours.
    Lines,
    /// JSON records in a list.
    List,
    /// Rows of a Parquet file.
    Rows,
    Inspect,
    LmEval,
    Helm,
    HealthBench,
    HealthBenchRun,
    OpenaiEvals,
    Promptfoo,
}

/// What is read, for messages about a file that is none of it.
const READ: &str = "a table or JSON records with a column or field for the scenario, the model and the response; a log of \
     Inspect or openai/evals; samples of lm-evaluation-harness; a run of HELM; completions of HealthBench; or results \
     of promptfoo";

impl Layout {
    /// The layout of what was opened. Records whose fields are named are read as they are named.
    pub(super) fn of(opened: &Opened, columns: &Columns) -> Result<Self, Error> {
        let layout = match &opened.content {
            Content::Table(_) => Self::Table,
            Content::Archive(_) => Self::Inspect,
            Content::Records(records) => Self::of_records(records, columns),
            Content::Document(text) => Self::of_document(&opened.file, text, columns)?,
        };
        if let Some((ours, _)) = columns.named().next()
            && !layout.has_columns()
        {
            let found = format!("a column for `{ours}` in {}", layout.name());
            let expected = "columns for a table or plain JSON records only";
            return Err(Error::field(&opened.file, "", "map", found, expected));
        }
        Ok(layout)
    }

    fn of_records(records: &Records, columns: &Columns) -> Self {
        let plain = match records.part() {
            Some(Part::Row) => Self::Rows,
            _ if records.unit() == "line" => Self::Lines,
            _ => Self::List,
        };
        let Some(first) = records.first().filter(|_| columns.named().next().is_none()) else {
            return plain;
        };
        if lm_eval::is(&first) {
            Self::LmEval
        } else if openai_evals::is(&first) {
            Self::OpenaiEvals
        } else if health_bench::is(&first) {
            Self::HealthBench
        } else {
            plain
        }
    }

    fn of_document(file: &Path, text: &str, columns: &Columns) -> Result<Self, Error> {
        let fields: BTreeMap<String, &RawValue> = parse_json(file, text, super::NOUN)?;
        let has = |name: &str| fields.contains_key(name);
        if has("eval") && has("status") {
            Ok(Self::Inspect)
        } else if has("request_states") {
            Ok(Self::Helm)
        } else if fields.get("metadata").is_some_and(|inner| health_bench::is_run(inner.get())) {
            Ok(Self::HealthBenchRun)
        } else if has("results") && (has("config") || has("stats") || has("prompts")) {
            Ok(Self::Promptfoo)
        } else {
            Self::of_only_record(file, text, columns, &fields)
        }
    }

    /// A single object is the only record, where it has fields of one.
    fn of_only_record(
        file: &Path,
        text: &str,
        columns: &Columns,
        fields: &BTreeMap<String, &RawValue>,
    ) -> Result<Self, Error> {
        let layout = Self::of_records(&Records::of_one(text.to_owned()), columns);
        let is_ours = columns::required().any(|name| fields.contains_key(name));
        if layout != Self::Lines || is_ours || columns.named().next().is_some() {
            return Ok(layout);
        }
        let keys: Vec<&str> = fields.keys().map(String::as_str).collect();
        let found = match keys.as_slice() {
            [] => "an empty JSON object".to_owned(),
            keys => format!("a JSON object with {}", keys.join(", ")),
        };
        Err(Error::field(file, "", "layout", found, READ))
    }

    /// Reads what was opened.
    pub(super) fn read(self, content: Content, gathered: &mut Gathered) -> Result<(), Error> {
        match (self, content) {
            (_, Content::Table(rows)) => table::read(&rows, gathered),
            (_, Content::Archive(archive)) => inspect::read_archive(archive, gathered),
            (_, Content::Records(records)) => self.read_records(&records, gathered),
            (Self::Inspect, Content::Document(text)) => inspect::read(&text, gathered),
            (Self::Helm, Content::Document(text)) => helm::read(&text, gathered),
            (Self::HealthBenchRun, Content::Document(text)) => {
                health_bench::read_run(&text, gathered)
            }
            (Self::Promptfoo, Content::Document(text)) => promptfoo::read(&text, gathered),
            (_, Content::Document(text)) => self.read_records(&Records::of_one(text), gathered),
        }
    }

    fn read_records(self, records: &Records, gathered: &mut Gathered) -> Result<(), Error> {
        match self {
            Self::LmEval => lm_eval::read(records, gathered),
            Self::OpenaiEvals => openai_evals::read(records, gathered),
            Self::HealthBench => health_bench::read(records, gathered),
            _ => lines::read(records, gathered),
        }
    }

    /// What a message calls it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Table => "a table",
            Self::Lines => "JSON Lines",
            Self::List => "a JSON list",
            Self::Rows => "rows of a Parquet file",
            Self::Inspect => "an Inspect log",
            Self::LmEval => "samples of lm-evaluation-harness",
            Self::Helm => "a run of HELM",
            Self::HealthBench => "completions of HealthBench",
            Self::HealthBenchRun => "a run of HealthBench",
            Self::OpenaiEvals => "a log of openai/evals",
            Self::Promptfoo => "results of promptfoo",
        }
    }

    /// The part of the file that holds a response; none where that is a line.
    pub(super) fn part(self) -> Option<Part> {
        match self {
            Self::Table | Self::Lines | Self::LmEval | Self::OpenaiEvals => None,
            Self::List | Self::HealthBench | Self::HealthBenchRun => Some(Part::Entry),
            Self::Rows => Some(Part::Row),
            Self::Inspect => Some(Part::Sample),
            Self::Helm => Some(Part::Request),
            Self::Promptfoo => Some(Part::Result),
        }
    }

    /// What a message calls that part.
    pub(super) fn unit(self) -> &'static str {
        self.part().map_or("line", Part::name)
    }

    /// Whether its columns or fields are named by those who made it.
    pub(super) fn has_columns(self) -> bool {
        matches!(self, Self::Table | Self::Lines | Self::List | Self::Rows)
    }
}
