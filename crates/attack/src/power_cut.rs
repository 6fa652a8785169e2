//! The power goes while a packet is stored and rated: what was acknowledged has to be on the disk.

use crate::dice::Dice;
use crate::disk::{Disk, Step, write_state};
use crate::rater::{packet, second, wrong};
use crate::run::Program;
use crate::trace::{CALLS, steps};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How many notes are written.
const NOTES: usize = 30;

/// What the power cuts did.
#[derive(Clone, Debug, Default)]
pub struct Cuts {
    /// The states that were opened.
    pub states: usize,
    /// What the disk heard of.
    pub steps: usize,
    /// The notes that were acknowledged before the cuts, of all states together.
    pub acknowledged: usize,
    /// What was wrong in a state, with its number.
    pub wrong: Vec<String>,
}

/// Whether system calls can be recorded here.
pub fn can_trace() -> bool {
    let mut try_it = Command::new("strace");
    let tried = try_it.args(["-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    tried.is_ok_and(|status| status.success())
}

/// Records one run and opens `states` of the states in which a cut might leave its disk.
pub fn power_cuts(program: &Program, seed: u64, states: usize) -> Result<Cuts> {
    let data = tempfile::tempdir()?;
    let folder = data.path().join("packets");
    // A folder that is made while the power goes is another matter: nothing was rated in it.
    fs::create_dir(&folder)?;
    let steps = record(program, data.path())?;
    let mut done = Cuts { steps: steps.len(), ..Cuts::default() };
    for number in 0..states {
        let mut dice = Dice::new(seed, "power cut", number as u64);
        let before = &steps[..=dice.below(steps.len())];
        let (wrong, acknowledged) = one(program, &folder, before, &mut dice)?;
        done.states += 1;
        done.acknowledged += acknowledged;
        done.wrong.extend(wrong.into_iter().map(|what| format!("state {number}: {what}")));
    }
    Ok(done)
}

fn note(number: usize) -> String {
    format!("note {number}")
}

/// The steps of a run that stores the example packet in `data` and writes notes.
fn record(program: &Program, data: &Path) -> Result<Vec<Step>> {
    let content: Value = serde_json::from_slice(&fs::read(packet())?)?;
    let items = content["content"]["items"].as_array().context("the packet has items")?;
    let mut input = json!({ "name": "open_packet", "arguments": { "path": packet() } }).to_string();
    for number in 0..NOTES {
        let changes = [note(number), second(&note(number))]
            .map(|text| json!({ "part": "note", "text": text }));
        let item = &items[number % items.len()]["id"];
        let arguments = json!({ "item": item, "changes": changes });
        input += &format!("\n{}", json!({ "name": "rate_item", "arguments": arguments }));
    }
    let place = tempfile::NamedTempFile::new()?;
    let (trace, data_name) = (place.path().display().to_string(), data.display().to_string());
    let (calls, file) = (format!("trace={CALLS}"), program.file.display().to_string());
    let tracer = Program { file: PathBuf::from("strace"), ..program.clone() };
    let options = ["-f", "-xx", "-s", "10000000", "-e", &calls, "-o", &trace];
    let arguments = [&options[..], &[&file, "rpc", "--data", &data_name]].concat();
    let run = tracer.run(data, &arguments, &(input + "\n"))?;
    if !run.accepted() {
        bail!("the run to record failed: {}", run.said());
    }
    steps(&fs::read_to_string(place.path())?, &data.join("packets"))
}

/// Cuts the power after the steps `before`; what is wrong then, and how many notes were acknowledged.
fn one(
    program: &Program,
    folder: &Path,
    before: &[Step],
    dice: &mut Dice,
) -> Result<(Vec<String>, usize)> {
    let mut disk = Disk::default();
    before.iter().for_each(|step| disk.take(step));
    let data = tempfile::tempdir()?;
    fs::create_dir(data.path().join("packets"))?;
    write_state(&disk.cut(dice), folder, &data.path().join("packets"))?;
    // The first line acknowledges that the packet was opened.
    let acknowledged: BTreeSet<String> =
        (1..lines(before)).flat_map(|line| [note(line - 1), second(&note(line - 1))]).collect();
    Ok((wrong(program, data.path(), &acknowledged)?, acknowledged.len() / 2))
}

/// How many lines were said.
fn lines(steps: &[Step]) -> usize {
    let said = |step: &Step| match step {
        Step::Say(text) => text.matches('\n').count(),
        _ => 0,
    };
    steps.iter().map(said).sum()
}
