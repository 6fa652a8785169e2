//! A slice of the attack that takes seconds: the trials can be made, and the program stands it.

use crate::support::primum;
use attack::kills::kills;
use attack::mutations::Trial;
use attack::power_cut::{can_trace, power_cuts};
use attack::readers::readers;
use attack::seeds::seeds;
use attack::together::together;

/// Every reader takes its good file, and is given an empty one.
#[test]
fn files_and_two_runs_at_once() {
    let program = primum();
    let seeds = seeds(&program).unwrap();
    let readers = readers(&seeds);
    let (good, home) = (&seeds.contents, tempfile::tempdir().unwrap());
    let left = home.path();
    let trial = Trial { program: &program, good, seed: 1, cases: 1, only: None, left };
    let (rows, broken) = trial.run(&readers).unwrap();
    assert_eq!(rows.iter().map(|row| row.tries).sum::<usize>(), readers.len());
    assert!(broken.is_empty(), "{broken:#?}");
    let (_, wrong) = together(&program, &seeds.contents, 1).unwrap();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn kills_and_power_cuts() {
    let killed = kills(&primum(), 1, 3).unwrap();
    assert!(killed.wrong.is_empty(), "{killed:?}");
    if !can_trace() {
        return testing::skipped("strace is not installed, or may not trace here");
    }
    let cuts = power_cuts(&primum(), 1, 10).unwrap();
    assert!(cuts.wrong.is_empty(), "{cuts:?}");
    assert!(cuts.steps > 300, "the run was recorded: {}", cuts.steps);
}
