//! Two runs at once: of a packet that both open first, of a draft that both decide in, of a study that
//! both receive a file into.

use crate::bench::{Bench, Contents};
use crate::rater::{Rater, Reply, wrong};
use crate::run::Program;
use anyhow::{Result, bail};
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::thread::{scope, sleep};
use std::time::Duration;

/// How long after the first the second begins, in milliseconds, by turns.
const STAGGERS: [u64; 6] = [0, 2, 5, 10, 20, 50];
/// The winner rates on; with a file that was removed under it they would all be lost.
const NOTES: usize = 20;

/// What is wrong after each of `rounds` of each kind, and how many rounds there were.
pub fn together(program: &Program, good: &Contents, rounds: usize) -> Result<(usize, Vec<String>)> {
    let mut all = Vec::new();
    for round in 0..rounds {
        let stagger = Duration::from_millis(STAGGERS[round % STAGGERS.len()]);
        let bench = Bench::new(good)?;
        let found = [
            ("one new packet", open(program, stagger)?),
            ("study receive", receive(program, &bench, stagger)?),
            ("study mask", mask(program, &bench, stagger)?),
        ];
        for (what, wrong) in found {
            all.extend(wrong.map(|wrong| format!("{what}, {stagger:?} apart: {wrong}")));
        }
    }
    Ok((3 * rounds, all))
}

/// Two open one new packet. One has it, and keeps what it rates.
fn open(program: &Program, stagger: Duration) -> Result<Option<String>> {
    let data = tempfile::tempdir()?;
    let mut raters = [Rater::start(program, data.path())?, Rater::start(program, data.path())?];
    // Both are started, and wait.
    for rater in &mut raters {
        rater.ask("list_packets", json!({}))?;
    }
    for rater in &mut raters {
        rater.send("open_packet", json!({ "path": crate::rater::packet() }))?;
        sleep(stagger);
    }
    let mut acknowledged = BTreeSet::new();
    let mut opened = 0;
    for (number, rater) in raters.iter_mut().enumerate() {
        let Reply::Done(session) = rater.reply()? else { continue };
        opened += 1;
        for count in 0..NOTES {
            let note = format!("rater {number}, note {count}");
            if let Reply::Done(_) = rater.note(&session, count, &note)? {
                acknowledged.insert(note);
            }
        }
    }
    raters.into_iter().try_for_each(Rater::end)?;
    if opened != 1 {
        return Ok(Some(format!("{opened} of 2 opened it")));
    }
    if acknowledged.len() != NOTES {
        return Ok(Some(format!("{} of {NOTES} notes were acknowledged", acknowledged.len())));
    }
    let wrong = wrong(program, data.path(), &acknowledged)?;
    Ok((!wrong.is_empty()).then(|| wrong.join("; ")))
}

/// Two mask words in one draft. Both decisions are in it.
fn mask(program: &Program, bench: &Bench, stagger: Duration) -> Result<Option<String>> {
    let line = |words, with| {
        ["study", "mask", "draft.json", "--words", words, "--with", with, "--everywhere"]
    };
    let (first, second) = (line("tablets", "pills"), line("fever", "heat"));
    if let Some(refused) = both(program, bench.folder(), [&first, &second], stagger)? {
        return Ok(Some(refused));
    }
    let draft = fs::read_to_string(bench.folder().join("draft.json"))?;
    Ok(missing(&draft, ["pills", "heat"]))
}

/// Two receive a file each. The study has both.
fn receive(program: &Program, bench: &Bench, stagger: Duration) -> Result<Option<String>> {
    // The good study has both already.
    fs::remove_dir_all(bench.folder().join("study"))?;
    let recipient = crate::seeds::RECIPIENT;
    let create = ["study", "create", "draft.json", "--folder", "study", "--recipient", recipient];
    let created = program.run(bench.folder(), &create, "")?;
    if !created.accepted() {
        bail!("no study was made: {}", created.said());
    }
    let (first, second) =
        (["study", "receive", "study", "a.json"], ["study", "receive", "study", "b.json"]);
    if let Some(refused) = both(program, bench.folder(), [&first, &second], stagger)? {
        return Ok(Some(refused));
    }
    let shown = program.run(bench.folder(), &["study", "show", "study"], "")?.said();
    Ok(missing(&shown, ["a.json", "b.json"]))
}

/// Those of `words` that are not in `text`, if there are any.
fn missing(text: &str, words: [&str; 2]) -> Option<String> {
    let lost: Vec<_> = words.into_iter().filter(|word| !text.contains(word)).collect();
    (!lost.is_empty()).then(|| format!("lost: {lost:?}"))
}

/// Runs both lines at once; what was said if one was refused.
fn both(
    program: &Program,
    folder: &Path,
    lines: [&[&str]; 2],
    stagger: Duration,
) -> Result<Option<String>> {
    scope(|scope| {
        let first = scope.spawn(|| program.run(folder, lines[0], ""));
        sleep(stagger);
        let second = program.run(folder, lines[1], "")?;
        let first = first.join().map_err(|_| anyhow::anyhow!("a run panicked"))??;
        let refused = [first, second].into_iter().find(|run| !run.accepted());
        Ok(refused.map(|run| format!("one was refused: {}", run.said())))
    })
}
