//! A disk that knows what was synced: which states it may be found in after a power cut.
//!
//! What was synced is there. Of a file's later writes there is nothing, all, the first ones, any of them, or
//! any 512 bytes of any of them; the same goes for the names in a folder, but that a name changes wholly.
//! Nothing makes one file wait for another.

use crate::dice::Dice;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a disk writes wholly or not at all.
const SECTOR: usize = 512;

/// A file, whatever it is called, by its number.
pub type FileNumber = usize;

/// What a program does that a disk hears of, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Bytes are written to a file, from a place in it on.
    Write(FileNumber, usize, Vec<u8>),
    /// A file gets another length.
    Cut(FileNumber, usize),
    /// What was written to a file is to be on the disk.
    Sync(FileNumber),
    /// Names change, all of them at once: each refers to another file, or to none.
    Name(Vec<(PathBuf, Option<FileNumber>)>),
    /// The names in a folder are to be on the disk.
    SyncFolder(PathBuf),
    /// Something is said on standard output.
    Say(String),
}

/// Files and names, each as they are on the disk and with what may not yet be.
#[derive(Debug, Default)]
pub struct Disk {
    files: BTreeMap<FileNumber, (Vec<u8>, Vec<Step>)>,
    names: BTreeMap<PathBuf, FileNumber>,
    renamed: Vec<Vec<(PathBuf, Option<FileNumber>)>>,
}

impl Disk {
    /// Does a step.
    pub fn take(&mut self, step: &Step) {
        match step {
            Step::Write(file, ..) | Step::Cut(file, _) => {
                self.files.entry(*file).or_default().1.push(step.clone());
            }
            Step::Sync(file) => {
                let (bytes, later) = self.files.entry(*file).or_default();
                later.drain(..).for_each(|step| write(bytes, &step));
            }
            Step::Name(names) => self.renamed.push(names.clone()),
            Step::SyncFolder(folder) => {
                let is_in = |names: &Vec<(PathBuf, Option<FileNumber>)>| {
                    names.iter().any(|(name, _)| name.parent() == Some(folder))
                };
                let (synced, rest) = self.renamed.drain(..).partition(is_in);
                self.renamed = rest;
                name(&mut self.names, &synced);
            }
            Step::Say(_) => {}
        }
    }

    /// A state in which it may be found now: the bytes by the names.
    pub fn cut(&self, dice: &mut Dice) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut names = self.names.clone();
        name(&mut names, &kept(&self.renamed, dice.below(4), dice));
        names.into_iter().map(|(name, file)| (name, self.found(file, dice))).collect()
    }

    fn found(&self, file: FileNumber, dice: &mut Dice) -> Vec<u8> {
        let Some((bytes, later)) = self.files.get(&file) else { return Vec::new() };
        let mut bytes = bytes.clone();
        let steps = match dice.below(5) {
            4 => later.iter().flat_map(sectors).filter(|_| dice.coin()).collect(),
            how => kept(later, how, dice),
        };
        steps.iter().for_each(|step| write(&mut bytes, step));
        bytes
    }
}

/// Those of `all` that are on the disk: none, all, the first ones, or any.
fn kept<T: Clone>(all: &[T], how: usize, dice: &mut Dice) -> Vec<T> {
    match how {
        0 => Vec::new(),
        1 => all.to_vec(),
        2 => all[..dice.below(all.len() + 1)].to_vec(),
        _ => all.iter().filter(|_| dice.coin()).cloned().collect(),
    }
}

fn name(names: &mut BTreeMap<PathBuf, FileNumber>, changes: &[Vec<(PathBuf, Option<FileNumber>)>]) {
    for (name, file) in changes.iter().flatten() {
        match file {
            Some(file) => names.insert(name.clone(), *file),
            None => names.remove(name),
        };
    }
}

fn write(content: &mut Vec<u8>, step: &Step) {
    match step {
        Step::Write(_, at, bytes) => {
            let end = at + bytes.len();
            content.resize(content.len().max(end), 0);
            content[*at..end].copy_from_slice(bytes);
        }
        Step::Cut(_, length) => content.resize(*length, 0),
        _ => {}
    }
}

/// A write in parts that each are in one sector.
fn sectors(step: &Step) -> Vec<Step> {
    let Step::Write(file, at, bytes) = step else { return vec![step.clone()] };
    let mut parts = Vec::new();
    let (mut at, mut rest) = (*at, &bytes[..]);
    while !rest.is_empty() {
        let (part, after) = rest.split_at(rest.len().min(SECTOR - at % SECTOR));
        parts.push(Step::Write(*file, at, part.to_vec()));
        (at, rest) = (at + part.len(), after);
    }
    parts
}

/// Writes a state to `folder`: `from` is where its names lay.
pub fn write_state(
    state: &BTreeMap<PathBuf, Vec<u8>>,
    from: &Path,
    folder: &Path,
) -> anyhow::Result<()> {
    for (name, bytes) in state {
        std::fs::write(folder.join(name.strip_prefix(from)?), bytes)?;
    }
    Ok(())
}
