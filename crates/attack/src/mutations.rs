//! Every reader is given hostile versions of its file, and what it does is judged.

use crate::bench::{Bench, Contents, Entry, changed, contents, fill, remove};
use crate::dice::Dice;
use crate::judge::{Broken, Known, is_damaged, judge};
use crate::mutate::{Mutation, Put, mutation};
use crate::readers::Reader;
use crate::run::{Program, Run};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// How many runs at a time.
const WORKERS: usize = 2;
/// A reader that takes seconds is given one in so many of the others' cases.
const FEWER: usize = 6;

/// What became of the cases of one reader.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Cases that were tried.
    pub tries: usize,
    /// Those that were refused.
    pub refused: usize,
    /// Those that were taken.
    pub accepted: usize,
    /// How often each promise was broken.
    pub broken: BTreeMap<Broken, usize>,
}

/// A case in which a promise was broken.
#[derive(Clone, Debug)]
pub struct Case {
    /// The reader.
    pub reader: &'static str,
    /// Its number.
    pub number: usize,
    /// How the file differed from a good one.
    pub what: String,
    /// What was broken.
    pub broken: Vec<Broken>,
    /// What the program said, and what it left.
    pub seen: String,
}

/// What is tried.
pub struct Trial<'a> {
    /// What is attacked.
    pub program: &'a Program,
    /// The good inputs.
    pub good: &'a Contents,
    /// Of all chance.
    pub seed: u64,
    /// How many cases a reader is given.
    pub cases: usize,
    /// This case alone, left in a folder to be looked at.
    pub only: Option<(usize, PathBuf)>,
}

/// Each reader's row, by its place in `readers`, and the cases that broke something.
pub type Found = (Vec<Row>, Vec<Case>);

impl Trial<'_> {
    /// Gives `readers` their cases.
    pub fn run(&self, readers: &[Reader]) -> Result<Found> {
        self.check_good(readers)?;
        let jobs: Vec<(usize, usize)> = readers
            .iter()
            .enumerate()
            .flat_map(|(place, reader)| self.numbers(reader).map(move |number| (place, number)))
            .collect();
        let next = AtomicUsize::new(0);
        let found = Mutex::new((vec![Row::default(); readers.len()], Vec::new()));
        let work = || -> Result<()> {
            let bench = Bench::new(self.good)?;
            while let Some((place, number)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                let (accepted, case) = self.one(&bench, &readers[*place], *number)?;
                let mut found = found.lock().map_err(|_| anyhow::anyhow!("a worker panicked"))?;
                found.0[*place].add(accepted, &case.broken);
                if !case.broken.is_empty() {
                    found.1.push(case);
                }
            }
            Ok(())
        };
        thread::scope(|scope| {
            let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(work)).collect();
            workers.into_iter().try_for_each(|worker| {
                worker.join().map_err(|_| anyhow::anyhow!("a worker panicked"))?
            })
        })?;
        let (rows, mut cases) =
            found.into_inner().map_err(|_| anyhow::anyhow!("a worker panicked"))?;
        cases.sort_by_key(|case| (case.reader, case.number));
        Ok((rows, cases))
    }

    /// What a reader refuses as it is, it would refuse in any version, and nothing would be tried.
    fn check_good(&self, readers: &[Reader]) -> Result<()> {
        let bench = Bench::new(self.good)?;
        for reader in readers {
            bench.tidy()?;
            let run = self.program.run(bench.folder(), &reader.arguments(), &reader.input)?;
            let (name, said) = (reader.name, run.said());
            anyhow::ensure!(run.accepted(), "{name} refuses what is good: {said}");
        }
        Ok(())
    }

    fn numbers(&self, reader: &Reader) -> std::ops::Range<usize> {
        match &self.only {
            Some((number, _)) => *number..number + 1,
            None if reader.slow => 0..self.cases.div_ceil(FEWER),
            None => 0..self.cases,
        }
    }

    fn one(&self, bench: &Bench, reader: &Reader, number: usize) -> Result<(Option<bool>, Case)> {
        bench.tidy()?;
        let mut dice = Dice::new(self.seed, reader.name, number as u64);
        let good = bench.good(&reader.file)?;
        let Mutation { what, put } = mutation(good, number, &mut dice);
        let damaged = matches!(&put, Put::Bytes(bytes) if is_damaged(good, bytes));
        place(&bench.folder().join(&reader.file), &put)?;
        let before = contents(bench.folder())?;
        if let Some((_, folder)) = &self.only {
            leave(&before, folder)?;
        }
        let run = self.program.run(bench.folder(), &reader.arguments(), &reader.input)?;
        let mut changed = changed(&before, &contents(bench.folder())?);
        changed.retain(|place| reader.logs_to.is_none_or(|log| place != Path::new(log)));
        let name = Path::new(&reader.file).file_name().unwrap_or_default().to_string_lossy();
        let names = &[&[&*name], reader.or_names].concat();
        let broken = judge(&run, &Known { names, changed: &changed, damaged });
        let seen = seen(&run, &changed);
        let accepted = run.status.map(|_| run.accepted());
        Ok((accepted, Case { reader: reader.name, number, what, broken, seen }))
    }
}

impl Row {
    fn add(&mut self, accepted: Option<bool>, broken: &[Broken]) {
        self.tries += 1;
        self.accepted += usize::from(accepted == Some(true));
        self.refused += usize::from(accepted == Some(false));
        for promise in broken {
            *self.broken.entry(*promise).or_default() += 1;
        }
    }

    /// This and `other` together.
    pub fn with(mut self, other: &Self) -> Self {
        self.tries += other.tries;
        self.refused += other.refused;
        self.accepted += other.accepted;
        for (promise, count) in &other.broken {
            *self.broken.entry(*promise).or_default() += count;
        }
        self
    }
}

/// Puts something in the place of the good file at `path`.
fn place(path: &Path, put: &Put) -> Result<()> {
    if let Put::Bytes(bytes) = put {
        return Ok(fs::write(path, bytes)?);
    }
    if *put == Put::Unreadable {
        return Ok(fs::set_permissions(path, fs::Permissions::from_mode(0o000))?);
    }
    remove(path, &Entry::Other)?;
    match put {
        Put::Folder => fs::create_dir(path)?,
        Put::Link(to) => symlink(to, path)?,
        Put::Pipe => {
            let made = Command::new("mkfifo").arg(path).status()?.success();
            anyhow::ensure!(made, "mkfifo {} failed", path.display());
        }
        Put::Bytes(_) | Put::Unreadable | Put::Missing => {}
    }
    Ok(())
}

/// Leaves a copy of a case in a new `folder`, to be tried by hand.
fn leave(before: &Contents, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder.parent().unwrap_or(folder))?;
    fs::create_dir(folder).with_context(|| format!("{}", folder.display()))?;
    fill(folder, before)
}

/// What the program said and left, short enough for a screen.
fn seen(run: &Run, changed: &[PathBuf]) -> String {
    let mut said: String = run.said().chars().take(600).flat_map(char::escape_debug).collect();
    if !changed.is_empty() {
        said += &format!("; changed: {changed:?}");
    }
    match run.status {
        Some(status) => format!("{status}: {said}"),
        None => format!("still running: {said}"),
    }
}
