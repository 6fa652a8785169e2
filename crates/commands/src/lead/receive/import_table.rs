//! A rater who used a spreadsheet: their table becomes a ratings file, which is received like any other.

use crate::contract::Command;
use crate::names::{as_seen, count};
use crate::reports::{DeclaredScale, mappings};
use crate::{Context, Failure};
use exchange::{
    GradeTable, Labels, Ratings, collect_grades, read_packet, tell_kinds_and_places, write_ratings,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use study::{Change, Digest, Grade, ItemId, Lock, Packet, RateableItem, Record, RecordId, Rubric};
use ts_rs::TS;
use uuid::Builder;

/// Turns a tidy table (`rater,item,axis,value`, items as the packet names them) into a ratings file of
/// the packet. The same table and time give the same file.
#[derive(Debug, Deserialize, TS)]
pub struct ImportTable {
    /// The rater's packet, as it was handed out.
    pub packet: String,
    /// The table.
    pub table: String,
    /// The rater in the table, where it has several.
    #[serde(default)]
    #[ts(optional)]
    pub rater: Option<String>,
    /// Columns of the table that hold our fields, as `FIELD=COLUMN`, `FIELD=COLUMN,COLUMN` or
    /// `FIELD=:CONSTANT`.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub map: Vec<String>,
    /// What the table calls the grades of an axis, where these are neither the rubric's numbers nor its words.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<DeclaredScale>>")]
    pub scales: Vec<DeclaredScale>,
    /// The rater's own name.
    pub name: String,
    /// When the rater finished the table, RFC 3339.
    pub at: String,
    /// Whether the table is final: the ratings are locked, in words that say they were imported.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub lock: bool,
    /// Whether cells that cannot be used are left out. Otherwise nothing is written where there are any.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub skip_bad: bool,
    /// The ratings file to write.
    pub out: String,
}

/// What was imported.
#[derive(Debug, Serialize, TS)]
pub struct TableImported {
    /// The ratings file.
    pub file: String,
    /// Grades.
    pub grades: u32,
    /// Cells without a grade.
    pub blank: u32,
    /// Items of the packet without any grade.
    pub without: u32,
    /// How many cells were left out.
    pub left_out: u32,
    /// What is wrong with them: a sentence for each kind, with its lines.
    pub skipped: Vec<String>,
    /// What to know of how the table was read.
    pub notes: Vec<String>,
}

impl Command for ImportTable {
    const NAME: &'static str = "import_table";
    type Reply = TableImported;

    fn run(self, context: &mut Context) -> Result<TableImported, Failure> {
        let at = self.time(context.now())?;
        if self.name.trim().is_empty() {
            return Err(Failure::field("name", "nothing", "the rater's name"));
        }
        let packet = read_packet(Path::new(&self.packet))?;
        let mapping = mappings(&self.map, std::slice::from_ref(&self.table))?.of(&self.table);
        let rater = self.rater.as_deref();
        let labels = self.labels(&packet.rubric)?;
        let mut table = collect_grades(&self.table, &packet, rater, &mapping.of_one(), &labels)?;
        let left_out = table.problems.len();
        let skipped = tell_kinds_and_places(&table.problems);
        if left_out > 0 && !self.skip_bad {
            return Err(Failure::refused(format!(
                "{} cannot be used, and nothing was written. Fix them, or leave them out \
                 (--skip-bad):\n{}",
                count(left_out, "cell"),
                skipped.join("\n")
            )));
        }
        if table.grades.is_empty() {
            return Err(Failure::refused(format!(
                "{}: found no grade; expected at least one. Nothing was written.",
                self.table
            )));
        }
        let graded: BTreeSet<&ItemId> = table.grades.keys().map(|(item, _)| item).collect();
        let imported = TableImported {
            file: self.out.clone(),
            grades: table.grades.len() as u32,
            blank: table.blank,
            without: (packet.items.len() - graded.len()) as u32,
            left_out: left_out as u32,
            skipped,
            notes: std::mem::take(&mut table.notes),
        };
        write_ratings(Path::new(&self.out), &self.ratings(packet, table, at)?)?;
        Ok(imported)
    }
}

impl ImportTable {
    /// What the table calls the grades of `rubric`, in the order in which they are declared.
    fn labels(&self, rubric: &Rubric) -> Result<Labels, Failure> {
        let mut labels = Labels::new();
        for scale in &self.scales {
            let Some(axis) = rubric.axis(&scale.axis) else {
                let axes: Vec<&str> = rubric.axes.iter().map(|axis| axis.id.as_str()).collect();
                let expected = format!("an axis of the packet: {}", axes.join(", "));
                return Err(Failure::field("scale", format!("`{}`", scale.axis), expected));
            };
            let (found, grades) = (scale.scale().grades.len(), axis.grades());
            if found != grades.len() {
                let found = format!("{} for {}", count(found, "grade"), scale.axis);
                let names: Vec<String> = grades.iter().map(ToString::to_string).collect();
                let expected = format!("one for each grade of the packet: {}", names.join(", "));
                return Err(Failure::field("scale", found, expected));
            }
            let place = |(label, level): (String, Grade)| {
                Some((label, *grades.get(usize::try_from(level).ok()?)?))
            };
            let given = scale.spelled().into_iter().filter_map(place).collect();
            if labels.insert(scale.axis.clone(), given).is_some() {
                let found = format!("two scales of `{}`", scale.axis);
                return Err(Failure::field("scale", found, "one for each axis"));
            }
        }
        Ok(labels)
    }

    fn time(&self, now: Timestamp) -> Result<Timestamp, Failure> {
        match self.at.parse::<Timestamp>() {
            Ok(at) if at <= now && at >= Timestamp::UNIX_EPOCH => Ok(at),
            _ => {
                let expected = "a time before now, such as 2026-04-09T18:00:00Z";
                Err(Failure::field("at", format!("`{}`", self.at), expected))
            }
        }
    }

    fn ratings(
        &self,
        packet: Packet,
        table: GradeTable,
        at: Timestamp,
    ) -> Result<Ratings, Failure> {
        let actions: HashMap<&str, u16> = packet
            .scenarios
            .iter()
            .map(|known| (known.id.as_str(), known.critical_actions.len() as u16))
            .collect();
        let items = packet
            .items
            .iter()
            .map(|item| RateableItem {
                id: item.id.clone(),
                scenario: item.scenario.clone(),
                actions: actions[item.scenario.as_str()],
            })
            .collect();
        let mut records: Vec<Record> = table
            .grades
            .into_iter()
            .map(|((item, axis), grade)| Record {
                id: self.record_id(&packet, &item, &axis, at),
                at,
                item,
                change: Change::Grade { axis, grade: Some(grade) },
                reason: None,
            })
            .collect();
        records.sort_by_key(|record| record.id);
        let locked = if self.lock { Some(self.attestation(at)?) } else { None };
        Ok(Ratings {
            study: packet.study,
            title: packet.title,
            packet: packet.packet,
            rater: packet.rater,
            name: self.name.trim().into(),
            exported_at: at,
            locked,
            rubric: packet.rubric,
            items,
            records,
            calibration: None,
            visits: Vec::new(),
        })
    }

    /// A version 7 UUID that follows from who graded what and when, but not from the grade: a table of one person
    /// that says something else for the same time contradicts the first.
    fn record_id(&self, packet: &Packet, item: &ItemId, axis: &str, at: Timestamp) -> RecordId {
        let name = as_seen(&self.name);
        let seed = Digest::of(&(&packet.packet, name, item, axis, at)).seed();
        let mut random = [0; 10];
        random.copy_from_slice(&seed[..10]);
        let milliseconds = at.as_millisecond().unsigned_abs();
        RecordId::new(Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid())
    }

    /// Nobody attested anything in Primum, and the file says so.
    fn attestation(&self, at: Timestamp) -> Result<Lock, Failure> {
        let table = Path::new(&self.table);
        let digest = exchange::file_digest(table)?;
        let table = table.file_name().unwrap_or_default().to_string_lossy();
        Ok(Lock {
            at,
            name: self.name.trim().into(),
            statement: format!(
                "Imported as final from the table {table} ({digest}); the rater attested nothing in Primum."
            ),
        })
    }
}
