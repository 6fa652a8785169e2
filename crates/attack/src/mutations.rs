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
    /// This case alone.
    pub only: Option<usize>,
    /// Where the files are left of what broke a promise, and of that case.
    pub left: &'a Path,
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
        let work = |first| -> Result<Vec<_>> {
            let bench = Bench::new(self.good)?;
            let mine = jobs.iter().skip(first).step_by(WORKERS);
            mine.map(|(place, number)| Ok((*place, self.one(&bench, &readers[*place], *number)?)))
                .collect()
        };
        let tried = thread::scope(|scope| {
            let work = &work;
            let workers: Vec<_> =
                (0..WORKERS).map(|first| scope.spawn(move || work(first))).collect();
            let done = workers
                .into_iter()
                .map(|worker| worker.join().map_err(|_| anyhow::anyhow!("a worker panicked"))?);
            done.collect::<Result<Vec<_>>>()
        })?;
        let (mut rows, mut cases) = (vec![Row::default(); readers.len()], Vec::new());
        for (place, (accepted, case)) in tried.into_iter().flatten() {
            rows[place].add(accepted, &case.broken);
            cases.extend(Some(case).filter(|case| !case.broken.is_empty()));
        }
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
        match self.only {
            Some(number) => number..number + 1,
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
        let run = self.program.run(bench.folder(), &reader.arguments(), &reader.input)?;
        let mut changed = changed(&before, &contents(bench.folder())?);
        changed.retain(|place| reader.logs_to.is_none_or(|log| place != Path::new(log)));
        let name = Path::new(&reader.file).file_name().unwrap_or_default().to_string_lossy();
        let names = &[&[&*name], reader.or_names].concat();
        let broken = judge(&run, &Known { names, changed: &changed, damaged });
        if self.only.is_some() || !broken.is_empty() {
            leave(&before, &self.left.join(format!("{}-{}-{number}", reader.name, self.seed)))?;
        }
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

/// Leaves a copy of a case in `folder`, to be tried by hand. What was left there before goes.
fn leave(before: &Contents, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder).with_context(|| format!("{}", folder.display()))?;
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
