//! The program is killed at any moment, and opened again: what it acknowledged has to be there.

use crate::dice::Dice;
use crate::rater::{Rater, Reply, wrong};
use crate::run::Program;
use anyhow::Result;
use std::collections::BTreeSet;
use std::thread::{scope, sleep};
use std::time::Duration;

/// So many kills hit the same packet, the first of them mostly while it is stored.
const A_PACKET: usize = 5;
/// The longest time until a kill, in microseconds: some come while the program starts, most later.
const LONGEST: usize = 600_000;

/// What the kills did.
#[derive(Clone, Debug, Default)]
pub struct Killed {
    /// How many.
    pub kills: usize,
    /// Those before opening was acknowledged.
    pub while_opening: usize,
    /// Notes that were acknowledged.
    pub acknowledged: usize,
    /// What was wrong after a kill, with its number.
    pub wrong: Vec<String>,
}

/// Kills the program `kills` times.
pub fn kills(program: &Program, seed: u64, kills: usize) -> Result<Killed> {
    let mut done = Killed::default();
    let mut data = tempfile::tempdir()?;
    let mut acknowledged = BTreeSet::new();
    for number in 0..kills {
        if number % A_PACKET == 0 {
            (data, acknowledged) = (tempfile::tempdir()?, BTreeSet::new());
        }
        let delay = Dice::new(seed, "kill", number as u64).below(LONGEST);
        let before = acknowledged.len();
        let opened = one(program, data.path(), number, delay as u64, &mut acknowledged)?;
        done.kills += 1;
        done.while_opening += usize::from(!opened);
        done.acknowledged += acknowledged.len() - before;
        let wrong = wrong(program, data.path(), &acknowledged)?;
        done.wrong.extend(wrong.into_iter().map(|what| format!("kill {number}: {what}")));
    }
    Ok(done)
}

/// Rates until the program is gone, `delay` microseconds after its start; whether it had opened the packet.
fn one(
    program: &Program,
    data: &std::path::Path,
    number: usize,
    delay: u64,
    acknowledged: &mut BTreeSet<String>,
) -> Result<bool> {
    let mut rater = Rater::start(program, data)?;
    // The shell's own: not every machine has the program of this name.
    let kill = format!("kill -KILL {}", rater.child.id());
    scope(|scope| {
        scope.spawn(|| {
            sleep(Duration::from_micros(delay));
            std::process::Command::new("sh").args(["-c", &kill]).status()
        });
        let Reply::Done(session) = rater.open()? else { return Ok(false) };
        for count in 0.. {
            let note = format!("kill {number}, note {count}");
            match rater.note(&session, count, &note)? {
                Reply::Done(_) => acknowledged.insert(note),
                Reply::Refused(said) => anyhow::bail!("kill {number}: a note was refused: {said}"),
                Reply::Gone => break,
            };
        }
        Ok(true)
    })
}
