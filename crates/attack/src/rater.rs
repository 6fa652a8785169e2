//! A rater who talks to `primum rpc`, and what has to be on the disk of what was acknowledged.

use crate::run::Program;
use crate::seeds::root;
use anyhow::{Context, Result, bail};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// The program, with which one talks.
pub struct Rater {
    /// It.
    pub child: Child,
    replies: Receiver<String>,
    patience: Duration,
}

/// What came of a request.
#[derive(Debug)]
pub enum Reply {
    /// It was done.
    Done(Value),
    /// It was refused, with what was said.
    Refused(String),
    /// The program ended before it answered.
    Gone,
}

impl Rater {
    /// Starts the program on the packets in `data`.
    pub fn start(program: &Program, data: &Path) -> Result<Self> {
        let data_name = data.display().to_string();
        let mut child = program.start(data, &["rpc", "--data", &data_name], Stdio::null())?;
        let out = BufReader::new(child.stdout.take().context("it has an output")?);
        let (heard, replies) = channel();
        thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if heard.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Self { child, replies, patience: program.time })
    }

    /// Sends a request, and does not wait.
    pub fn send(&mut self, name: &str, arguments: Value) -> Result<()> {
        let request = format!("{}\n", json!({ "name": name, "arguments": arguments }));
        let input = self.child.stdin.as_mut().context("it has an input")?;
        // One that is gone says so by its reply.
        let _ = input.write_all(request.as_bytes());
        Ok(())
    }

    /// Waits for the next reply.
    pub fn reply(&mut self) -> Result<Reply> {
        use std::sync::mpsc::RecvTimeoutError::{Disconnected, Timeout};
        let line = match self.replies.recv_timeout(self.patience) {
            Ok(line) => line,
            Err(Disconnected) => return Ok(Reply::Gone),
            Err(Timeout) => bail!("no reply for {:?}", self.patience),
        };
        // The last line of one that was killed may be cut.
        let Ok(reply) = serde_json::from_str::<Value>(&line) else { return Ok(Reply::Gone) };
        Ok(match reply.get("ok") {
            Some(done) => Reply::Done(done.clone()),
            None => Reply::Refused(reply["error"].to_string()),
        })
    }

    /// Sends a request and waits for its reply.
    pub fn ask(&mut self, name: &str, arguments: Value) -> Result<Reply> {
        self.send(name, arguments)?;
        self.reply()
    }

    /// Opens the example packet.
    pub fn open(&mut self) -> Result<Reply> {
        self.ask("open_packet", json!({ "path": packet() }))
    }

    /// Writes `note` and its [second] to item number `number` of those that opening showed, in one request.
    pub fn note(&mut self, session: &Value, number: usize, note: &str) -> Result<Reply> {
        let items = session["items"].as_array().map(Vec::as_slice).unwrap_or_default();
        let id = items.get(number % items.len().max(1)).map(|item| item["id"].clone());
        let changes = json!([
            { "part": "note", "text": note }, { "part": "note", "text": second(note) }
        ]);
        self.ask("rate_item", json!({ "item": id, "changes": changes }))
    }

    /// Ends it in peace.
    pub fn end(mut self) -> Result<()> {
        drop(self.child.stdin.take());
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Rater {
    fn drop(&mut self) {
        // One that ended already cannot be killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What comes with `note`, or not at all.
pub fn second(note: &str) -> String {
    format!("{note}, again")
}

/// The example packet.
pub fn packet() -> PathBuf {
    root().join("annotations/packets/packet-A.primum-packet")
}

/// The stored packets in `data`.
pub fn stored_packets(data: &Path) -> Result<Vec<PathBuf>> {
    let folder = data.join("packets");
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let files = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    Ok(files
        .into_iter()
        .filter(|file| file.extension().is_some_and(|end| end == "primum"))
        .collect())
}

/// What is wrong in `data` once the program has opened the packet again: a note of `acknowledged` that is
/// lost, a note that is there twice, a damaged file, or a file that nobody needs.
pub fn wrong(
    program: &Program,
    data: &Path,
    acknowledged: &BTreeSet<String>,
) -> Result<Vec<String>> {
    let mut rater = Rater::start(program, data)?;
    if let Reply::Refused(said) = rater.open()? {
        return Ok(vec![format!("it does not open: {said}")]);
    }
    rater.end()?;
    let mut wrong = strays(data)?;
    match &stored_packets(data)?[..] {
        [file] => wrong.extend(wrong_in(file, acknowledged)?),
        files => wrong.push(format!("one stored packet was expected; found {}", files.len())),
    }
    Ok(wrong)
}

/// Files that are neither a stored packet nor its lock.
fn strays(data: &Path) -> Result<Vec<String>> {
    let mut strays = Vec::new();
    for entry in fs::read_dir(data.join("packets")).into_iter().flatten() {
        let path = entry?.path();
        if path.extension().is_none_or(|ending| ending != "primum" && ending != "lock") {
            strays.push(format!("{} was left", path.display()));
        }
    }
    Ok(strays)
}

/// What is wrong in one stored packet.
pub fn wrong_in(file: &Path, acknowledged: &BTreeSet<String>) -> Result<Vec<String>> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let read = || -> rusqlite::Result<(String, Vec<String>)> {
        let whole = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
        let mut select = connection.prepare(
            "SELECT change ->> 'text' FROM record WHERE change ->> 'part' = 'note' ORDER BY id",
        )?;
        let notes = select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok((whole, notes))
    };
    let (whole, notes) = match read() {
        Ok(read) => read,
        Err(error) => return Ok(vec![format!("it cannot be read: {error}")]),
    };
    let kept: BTreeSet<String> = notes.iter().cloned().collect();
    let lost: Vec<&String> = acknowledged.difference(&kept).collect();
    let mut wrong = Vec::new();
    if whole != "ok" {
        wrong.push(format!("integrity_check: {whole}"));
    }
    if !lost.is_empty() {
        wrong.push(format!("acknowledged and lost: {lost:?}"));
    }
    let is_half = |note: &&String| !note.ends_with(", again") && !kept.contains(&second(note));
    if let Some(half) = kept.iter().find(is_half) {
        wrong.push(format!("one of two changes of one request is there: {half}"));
    }
    if kept.len() < notes.len() {
        wrong.push("a note is there twice".into());
    }
    Ok(wrong)
}
