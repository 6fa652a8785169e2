//! One run of a program, with an end to its time, its memory and what it may write.

use anyhow::{Context, Result};
use std::fs::File;
use std::io::{Read, Seek, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Sets the limits, in kilobytes of memory and blocks of a file, and becomes the program.
const LIMITED: &str = "ulimit -v $1; ulimit -f $2; shift 2; exec \"$@\"";
/// A megabyte in the blocks that `ulimit -f` counts.
const BLOCKS: u64 = 2048;
const LARGEST_FILE: u64 = 100;
const PAUSE: Duration = Duration::from_millis(3);

/// The program that is attacked, and what it may take.
#[derive(Clone, Debug)]
pub struct Program {
    /// Its file, from the root.
    pub file: PathBuf,
    /// How long a run may take.
    pub time: Duration,
    /// How much memory it may have, in megabytes.
    pub memory: u64,
}

/// How a run ended, and what it said.
#[derive(Debug)]
pub struct Run {
    /// None where it was still running when its time was over.
    pub status: Option<ExitStatus>,
    /// Standard output.
    pub out: Vec<u8>,
    /// Standard error.
    pub err: Vec<u8>,
}

impl Program {
    /// `file` with the usual limits. A passphrase alone takes 256 MB.
    pub fn new(file: &Path) -> Result<Self> {
        let file = file.canonicalize().with_context(|| format!("{}", file.display()))?;
        Ok(Self { file, time: Duration::from_secs(30), memory: 2048 })
    }

    /// Runs it in `folder` with `input` on its standard input.
    pub fn run(&self, folder: &Path, arguments: &[&str], input: &str) -> Result<Run> {
        let [mut given, mut out, mut err] =
            [tempfile::tempfile()?, tempfile::tempfile()?, tempfile::tempfile()?];
        given.write_all(input.as_bytes())?;
        given.rewind()?;
        let mut child = self
            .limited(folder, arguments)
            .stdin(given)
            .stdout(out.try_clone()?)
            .stderr(err.try_clone()?)
            .spawn()?;
        let status = wait(&mut child, self.time)?;
        Ok(Run { status, out: content(&mut out)?, err: content(&mut err)? })
    }

    /// Starts it in `folder`, to be talked to. What it says on standard error goes to `err`.
    pub fn start(&self, folder: &Path, arguments: &[&str], err: Stdio) -> Result<Child> {
        // Not behind a shell: a kill hits the program itself and nothing before it.
        let mut command = Command::new(&self.file);
        command.args(arguments);
        Ok(at_home(&mut command, folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(err)
            .spawn()?)
    }

    fn limited(&self, folder: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new("sh");
        let (memory, blocks) = (self.memory << 10, LARGEST_FILE * BLOCKS);
        command.args(["-c", LIMITED, "sh", &memory.to_string(), &blocks.to_string()]);
        at_home(command.arg(&self.file).args(arguments), folder);
        command
    }
}

/// In `folder`, away from the packets and passphrases of the person who runs this.
fn at_home<'a>(command: &'a mut Command, folder: &Path) -> &'a mut Command {
    command
        .current_dir(folder)
        .env("XDG_DATA_HOME", folder.join("home"))
        .env_remove("PRIMUM_PASSPHRASE")
}

/// Waits for its end; after `time` it is killed.
fn wait(child: &mut Child, time: Duration) -> Result<Option<ExitStatus>> {
    let began = Instant::now();
    while began.elapsed() < time {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        sleep(PAUSE);
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

fn content(file: &mut File) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl Run {
    /// Both outputs, what is no text replaced.
    pub fn said(&self) -> String {
        format!("{}{}", String::from_utf8_lossy(&self.err), String::from_utf8_lossy(&self.out))
    }

    /// Whether it did what it was asked, as its status tells, or its replies where it is talked to.
    pub fn accepted(&self) -> bool {
        let said_no = self.said().lines().any(|line| line.starts_with("{\"error\":"));
        self.status.is_some_and(|status| status.success()) && !said_no
    }

    /// Whether a signal ended it.
    pub fn aborted(&self) -> bool {
        self.status.is_some_and(|status| status.signal().is_some())
    }
}
