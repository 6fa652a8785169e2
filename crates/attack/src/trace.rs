//! From the system calls of a run, as `strace -f -xx` writes them, to the steps that a disk hears of.

use crate::disk::{FileNumber, Step};
use anyhow::{Context, Result, bail};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The calls that are understood, and those that would be more than is understood. A `?` stands before what
/// some machines lack.
pub const CALLS: &str = "openat,?open,?creat,write,pwrite64,ftruncate,fsync,fdatasync,?unlink,unlinkat,\
    ?rename,?renameat,renameat2,?link,linkat,\
    writev,pwritev,pwritev2,fallocate,copy_file_range,sendfile,truncate,?symlink,symlinkat";

/// What a descriptor represents.
#[derive(Clone)]
enum Opened {
    File { file: FileNumber, at: usize },
    Folder(PathBuf),
    Output,
}

/// What was read of a trace so far.
struct Reader<'a> {
    /// Nothing that lies elsewhere counts.
    folder: &'a Path,
    opened: HashMap<String, Opened>,
    names: HashMap<PathBuf, FileNumber>,
    files: FileNumber,
    steps: Vec<Step>,
}

/// The steps in `trace` that concern `folder`, which was empty, and what was said meanwhile.
pub fn steps(trace: &str, folder: &Path) -> Result<Vec<Step>> {
    let output = HashMap::from([("1".to_owned(), Opened::Output)]);
    let mut reader =
        Reader { folder, opened: output, names: HashMap::new(), files: 0, steps: Vec::new() };
    let mut unfinished = HashMap::new();
    for line in trace.lines() {
        let (process, call) = line.split_once(' ').context("a line begins with a process")?;
        let call = call.trim_start();
        if let Some(start) = call.strip_suffix(" <unfinished ...>") {
            unfinished.insert(process, start);
        } else if let Some((_, end)) = call.split_once(" resumed>") {
            let start = unfinished.remove(process).context("a call that resumes began")?;
            reader.call(&format!("{start}{end}"))?;
        } else {
            reader.call(call)?;
        }
    }
    Ok(reader.steps)
}

impl Reader<'_> {
    fn call(&mut self, call: &str) -> Result<()> {
        let Some((call, result)) = call.rsplit_once(" = ") else { return Ok(()) };
        let (name, arguments) = call.split_once('(').context("a call has arguments")?;
        // Texts are written in hexadecimal digits, so that none has a comma.
        let arguments: Vec<&str> = arguments.trim_end().trim_end_matches(')').split(", ").collect();
        if result.starts_with('-') {
            return Ok(());
        }
        let argument = |place: usize| arguments.get(place).copied().unwrap_or_default();
        match name {
            "openat" => self.open(argument(1), argument(2), result)?,
            "open" => self.open(argument(0), argument(1), result)?,
            "creat" => self.open(argument(0), "O_CREAT|O_TRUNC", result)?,
            "write" => self.write(argument(0), None, &bytes(argument(1))?),
            "pwrite64" => {
                let at = argument(3).parse().context("a place in a file")?;
                self.write(argument(0), Some(at), &bytes(argument(1))?);
            }
            "ftruncate" => {
                if let Some(Opened::File { file, .. }) = self.opened.get(argument(0)) {
                    let length = argument(1).parse().context("a length")?;
                    self.steps.push(Step::Cut(*file, length));
                }
            }
            "fsync" | "fdatasync" => match self.opened.get(argument(0)) {
                Some(Opened::File { file, .. }) => self.steps.push(Step::Sync(*file)),
                Some(Opened::Folder(path)) => self.steps.push(Step::SyncFolder(path.clone())),
                _ => {}
            },
            "unlink" => self.unlink(argument(0))?,
            "unlinkat" => self.unlink(argument(1))?,
            "rename" => self.rename(argument(0), argument(1))?,
            "renameat" | "renameat2" => self.rename(argument(1), argument(3))?,
            "link" => self.link(argument(0), argument(1))?,
            "linkat" => self.link(argument(1), argument(3))?,
            _ => self.unknown(name, &arguments)?,
        }
        Ok(())
    }

    fn open(&mut self, path: &str, flags: &str, descriptor: &str) -> Result<()> {
        let path = path_of(path)?;
        // The number may have stood for another file.
        self.opened.remove(descriptor);
        if !path.starts_with(self.folder) {
            return Ok(());
        }
        let opened = match self.names.get(&path) {
            Some(file) => Opened::File { file: *file, at: 0 },
            None if flags.contains("O_TMPFILE") => Opened::File { file: self.new_file(), at: 0 },
            None if flags.contains("O_CREAT") => {
                let file = self.new_file();
                self.name(vec![(path, Some(file))]);
                Opened::File { file, at: 0 }
            }
            None => Opened::Folder(path),
        };
        if let (Opened::File { file, .. }, true) = (&opened, flags.contains("O_TRUNC")) {
            self.steps.push(Step::Cut(*file, 0));
        }
        self.opened.insert(descriptor.to_owned(), opened);
        Ok(())
    }

    fn new_file(&mut self) -> FileNumber {
        self.files += 1;
        self.files
    }

    fn write(&mut self, descriptor: &str, place: Option<usize>, bytes: &[u8]) {
        match self.opened.get_mut(descriptor) {
            Some(Opened::Output) => {
                self.steps.push(Step::Say(String::from_utf8_lossy(bytes).into_owned()));
            }
            Some(Opened::File { file, at }) => {
                let start = place.unwrap_or(*at);
                if place.is_none() {
                    *at += bytes.len();
                }
                self.steps.push(Step::Write(*file, start, bytes.to_vec()));
            }
            _ => {}
        }
    }

    fn unlink(&mut self, path: &str) -> Result<()> {
        let path = path_of(path)?;
        if self.names.contains_key(&path) {
            self.name(vec![(path, None)]);
        }
        Ok(())
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<()> {
        let (from, to) = (path_of(from)?, path_of(to)?);
        if let Some(file) = self.names.get(&from).copied() {
            self.name(vec![(from, None), (to, Some(file))]);
        }
        Ok(())
    }

    fn link(&mut self, from: &str, to: &str) -> Result<()> {
        let (from, to) = (path_of(from)?, path_of(to)?);
        if let Some(file) = self.names.get(&from).copied() {
            self.name(vec![(to, Some(file))]);
        }
        Ok(())
    }

    fn name(&mut self, names: Vec<(PathBuf, Option<FileNumber>)>) {
        for (name, file) in &names {
            match file {
                Some(file) => self.names.insert(name.clone(), *file),
                None => self.names.remove(name),
            };
        }
        self.steps.push(Step::Name(names));
    }

    /// Refuses a call that changes a file in a way that is not understood.
    fn unknown(&self, name: &str, arguments: &[&str]) -> Result<()> {
        if arguments.iter().any(|argument| self.opened.contains_key(*argument)) {
            bail!("the trace holds a call that is not understood: {name}");
        }
        Ok(())
    }
}

fn path_of(text: &str) -> Result<PathBuf> {
    Ok(PathBuf::from(String::from_utf8(bytes(text)?)?))
}

/// The bytes of a text that is written as `"\x00…"`.
fn bytes(text: &str) -> Result<Vec<u8>> {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let inner =
        inner.with_context(|| format!("no whole text: {}", text.get(..40).unwrap_or(text)))?;
    let digits = inner.split("\\x").skip(1);
    digits.map(|digits| Ok(u8::from_str_radix(digits, 16)?)).collect()
}
