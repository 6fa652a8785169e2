//! Tables and snippets for the paper.

use super::calibration::{self, CalibrationView};
use super::open_study::{OpenStudy, StudyRater};
use crate::contract::Command;
use crate::given_path::given_path;
use crate::{Context, Failure};
use exchange::Ratings;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::fs;
use std::path::PathBuf;
use store::Event;
use study::{Digest, Key, KeyItem};
use ts_rs::TS;

/// Writes a study's ratings, decisions and log for other programs.
#[derive(Debug, Deserialize, TS)]
pub struct ExportStudy {
    /// The study's file, or its folder.
    pub study: String,
    /// The folder to write to; files of the same names in it are refused.
    pub folder: String,
}

/// What was written.
#[derive(Debug, Serialize, TS)]
pub struct StudyExported {
    /// The files.
    pub files: Vec<String>,
}

impl Command for ExportStudy {
    const NAME: &'static str = "export_study";
    type Reply = StudyExported;

    fn run(self, context: &mut Context) -> Result<StudyExported, Failure> {
        let mut study = OpenStudy::open(&self.study)?;
        let folder = given_path("folder", &self.folder)?;
        study.store.check_writable()?;
        let axes: Vec<&str> =
            study.header.rubric.axes.iter().map(|axis| axis.id.as_str()).collect();
        let headline = axes.first().copied().unwrap_or_default();
        let levels = study.header.rubric.axes.first().map(study::Axis::grades).unwrap_or_default();
        let mut files = vec![
            ("ratings.csv", ratings_csv(&study)?),
            ("actions.csv", actions_csv(&study)?),
            ("adjudicated.csv", adjudicated_csv(&study)?),
            ("study.json", everything(&study)?),
            ("kappa.R", snippet(R, headline, &levels)?),
            ("kappa.py", snippet(PYTHON, headline, &levels)?),
        ];
        let calibration = calibration::view(&study)?;
        if !calibration.is_empty() {
            files.push(("calibration.csv", calibration_csv(&study, &calibration)?));
        }
        if let Some(key) = study.key() {
            files.push(("items.csv", items_csv(key)?));
        }
        let taken = files.iter().find(|(name, _)| folder.join(name).exists());
        if let Some((name, _)) = taken {
            return Err(Failure::refused(format!(
                "{}: already there; it was left as it is. Choose another folder.",
                folder.join(name).display()
            )));
        }
        fs::create_dir_all(&folder).map_err(|error| Failure::io(&folder, &error))?;
        let places: Vec<PathBuf> = files.iter().map(|(name, _)| folder.join(name)).collect();
        let whole =
            places.iter().zip(&files).map(|(file, (_, text))| (file.as_path(), text.as_bytes()));
        exchange::write_all_new(whole)?;
        for (name, text) in files {
            let event =
                Event::Exported { name: name.into(), digest: Digest::of_bytes(text.as_bytes()) };
            study.store.note(&event, context.now())?;
        }
        Ok(StudyExported { files: places.iter().map(|file| file.display().to_string()).collect() })
    }
}

/// The snippets say where their numbers come from; `{axis}` and `{levels}` are the study's.
const R: &str = include_str!("export_study/kappa.R");
const PYTHON: &str = include_str!("export_study/kappa.py");

/// An axis is called what a rubric's author likes; as JSON it stays a text in both languages.
fn snippet(template: &str, axis: &str, levels: &[study::Grade]) -> Result<String, Failure> {
    let levels: Vec<String> = levels.iter().map(ToString::to_string).collect();
    let axis = serde_json::to_string(axis).map_err(Failure::refused)?;
    Ok(template.replace("{levels}", &levels.join(", ")).replace("\"{axis}\"", &axis))
}

fn table(rows: impl Iterator<Item = Vec<String>>) -> Result<String, Failure> {
    exchange::encode_csv(rows).map_err(Failure::from)
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(String::from).to_vec()
}

/// One row per grade, as the raters locked them, repeats under their own item.
fn ratings_csv(study: &OpenStudy) -> Result<String, Failure> {
    let mut rows = vec![row(["rater", "item", "axis", "value", "scenario", "repeat_of"])];
    for rater in study.came() {
        let scores = study.ratings(rater).scores();
        for item in &rater.packet.items {
            let known = &study.items[item];
            for scale in &scores.scales {
                if let study::Score::Grade(grade) = scores.score(item.as_str(), &scale.axis) {
                    rows.push(row([
                        &rater.packet.rater,
                        item.as_str(),
                        &scale.axis,
                        &grade.to_string(),
                        &known.item.scenario,
                        known.repeat_of.as_ref().map(study::ItemId::as_str).unwrap_or_default(),
                    ]));
                }
            }
        }
    }
    table(rows.into_iter())
}

fn actions_csv(study: &OpenStudy) -> Result<String, Failure> {
    let mut rows = vec![row(["rater", "item", "action", "value", "scenario"])];
    for rater in study.came() {
        let scores = study.ratings(rater).scores();
        let checklist = &scores.checklist;
        for (item, codes) in &checklist.items {
            for (action, code) in codes.iter().enumerate() {
                let Some(code) = code else { continue };
                rows.push(row([
                    &rater.packet.rater,
                    item,
                    &(action + 1).to_string(),
                    &checklist.codes[*code],
                    &scores.places[item].scenario,
                ]));
            }
        }
    }
    table(rows.into_iter())
}

fn adjudicated_csv(study: &OpenStudy) -> Result<String, Failure> {
    let mut rows = vec![row(["item", "axis", "value", "by"])];
    for ((item, axis), found) in study.adjudication().consensus() {
        let value = found.grade.map(|grade| grade.to_string()).unwrap_or_default();
        rows.push(row([item.as_str(), axis, &value, found.standing.name()]));
    }
    table(rows.into_iter())
}

/// The first grades of what was rated before the study, apart from those that count.
fn calibration_csv(study: &OpenStudy, calibration: &[CalibrationView]) -> Result<String, Failure> {
    let mut rows = vec![row(["rater", "item", "axis", "value", "shared"])];
    for (place, rater) in study.raters.iter().enumerate() {
        for item in calibration {
            for axis in &item.axes {
                let Some(grade) = axis.grades[place] else { continue };
                let (grade, shared) = (grade.to_string(), axis.shared.to_string());
                let label = &rater.packet.rater;
                rows.push(row([label, item.item.as_str(), &axis.axis, &grade, &shared]));
            }
        }
    }
    table(rows.into_iter())
}

/// What the open key adds: where each item came from, and with what probability it was drawn.
fn items_csv(key: &Key) -> Result<String, Failure> {
    let mut rows = vec![row([
        "item",
        "scenario_id",
        "model_id",
        "rep_id",
        "category",
        "framing",
        "pair_id",
        "inclusion_probability",
        "repeat_of",
    ])];
    for KeyItem { item, origin, repeat_of, inclusion_probability, .. } in &key.items {
        let scenario = key.scenarios.iter().find(|known| known.scenario_id == origin.scenario_id);
        rows.push(row([
            item.as_str(),
            &origin.scenario_id,
            &origin.model_id,
            &origin.rep_id.to_string(),
            scenario.map(|known| known.category.as_str()).unwrap_or_default(),
            scenario.and_then(|known| known.framing).map(study::Framing::name).unwrap_or_default(),
            scenario.and_then(|known| known.pair_id.as_deref()).unwrap_or_default(),
            &inclusion_probability.map(|p| p.to_string()).unwrap_or_default(),
            repeat_of.as_ref().map(study::ItemId::as_str).unwrap_or_default(),
        ]));
    }
    table(rows.into_iter())
}

/// Every record, decision and log entry; the key too, once it is open.
fn everything(study: &OpenStudy) -> Result<String, Failure> {
    let log = study.store.log()?;
    let raters = study.raters.iter();
    let ratings = raters.map(|rater| ratings_file(study, rater));
    let ratings: Vec<Ratings> = ratings.collect::<Result<_, _>>()?;
    let value = json!({
        "format": "primum-study-export/1",
        "study": study.header.study,
        "title": study.header.title,
        "created_at": study.header.created_at.to_string(),
        "rubric": study.header.rubric,
        "protocol": study.header.protocol,
        "ratings": ratings,
        "decisions": study.decisions,
        "log": log.iter().map(|entry| json!({ "at": entry.at.to_string(), "event": entry.event }))
            .collect::<Vec<_>>(),
        "key": study.key(),
    });
    serde_json::to_string_pretty(&value).map_err(Failure::refused)
}

/// What a rater handed back, from all their files, as one file would say it.
fn ratings_file(study: &OpenStudy, rater: &StudyRater) -> Result<Ratings, Failure> {
    let header = &study.header;
    Ok(Ratings {
        study: header.study.clone(),
        title: header.title.clone(),
        packet: rater.packet.packet.clone(),
        rater: rater.packet.rater.clone(),
        name: rater.name.clone(),
        exported_at: rater.state.as_ref().map_or(header.created_at, |state| state.exported_at),
        locked: rater.lock.clone(),
        rubric: header.rubric.clone(),
        items: rater.items.clone(),
        records: rater.records.clone(),
        calibration: calibration::of_rater(study, rater)?,
    })
}
