//! What a rater waits for, on a packet of 3,600 items: opening it, and saving a change with the next
//! item in reply. `fsync` alone is beside them, as no saved change can be quicker.
#![allow(clippy::unwrap_used, missing_docs)]

use commands::{Command, Context, Desk, ItemView, RateItem, ShowItem};
use divan::Bencher;
use jiff::Timestamp;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use study::{
    BlindedResponse, BlindedScenario, Change, Item, ItemId, Packet, PacketId, Prompt, Rubric,
    StudyId,
};

const ITEMS: usize = 3_600;
const SCENARIOS: usize = 60;

fn main() {
    save_and_next_percentiles();
    divan::main();
}

/// A packet as large as the published study, with responses of about 3,000 characters.
fn packet() -> Packet {
    let sentence = "Take the tablets **with food** and call the clinic if the rash returns. ";
    let scenario = |number| BlindedScenario {
        id: format!("s{number}"),
        system_prompt: String::new(),
        prompt: Prompt::Text(sentence.repeat(8)),
        reference_answer: sentence.repeat(30),
        critical_actions: vec![sentence.into(); 6],
        commission_risks: vec![sentence.into(); 4],
    };
    let item = |number: usize| Item {
        id: ItemId::new(format!("item{number}")),
        scenario: format!("s{}", number % SCENARIOS),
        response: BlindedResponse { text: sentence.repeat(42), filtered: false },
    };
    Packet {
        study: StudyId::new("bench"),
        title: "Bench".into(),
        packet: PacketId::new("bench-packet"),
        rater: "A".into(),
        rubric: serde_json::from_str::<Rubric>(Rubric::GATED).unwrap(),
        instructions: String::new(),
        calibration: Vec::new(),
        scenarios: (0..SCENARIOS).map(scenario).collect(),
        items: (0..ITEMS).map(item).collect(),
    }
}

fn desk(folder: &Path) -> Context {
    Context::new(Desk::new(folder.join("packets"), folder.into()), Timestamp::now)
}

fn packet_file(folder: &Path) -> PathBuf {
    let file = folder.join("packet.json");
    exchange::write_packet(&file, &packet()).unwrap();
    file
}

fn open(desk: &mut Context, file: &Path) {
    let open = commands::OpenPacket { path: file.display().to_string() };
    assert_eq!(open.run(desk).unwrap().items.len(), ITEMS);
}

fn save(desk: &mut Context, number: usize) {
    let change = Change::Grade { axis: "omission".into(), grade: Some((number % 5) as i16) };
    let item = ItemId::new(format!("item{number}"));
    RateItem { item, changes: vec![change], reason: None }.run(desk).unwrap();
}

fn next(desk: &mut Context, number: usize) -> ItemView {
    ShowItem { item: ItemId::new(format!("item{}", (number + 1) % ITEMS)) }.run(desk).unwrap()
}

/// Every item of the packet once: the tail matters more than the middle.
fn save_and_next_percentiles() {
    let folder = tempfile::tempdir_in(".").unwrap();
    let mut desk = desk(folder.path());
    open(&mut desk, &packet_file(folder.path()));
    let mut saves = Vec::with_capacity(ITEMS);
    let mut syncs = Vec::with_capacity(ITEMS);
    let mut probe = File::create(folder.path().join("probe")).unwrap();
    for number in 0..ITEMS {
        let start = Instant::now();
        save(&mut desk, number);
        divan::black_box(next(&mut desk, number));
        saves.push(start.elapsed());
        let start = Instant::now();
        probe.write_all(&[0; 4096]).unwrap();
        probe.sync_all().unwrap();
        syncs.push(start.elapsed());
    }
    report("save a change and show the next item", saves);
    report("write 4 KiB and fsync, for comparison", syncs);
}

fn report(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "{name}: n = {}, p50 {:.2?}, p99 {:.2?}, largest {:.2?}",
        times.len(),
        at(0.5),
        at(0.99),
        at(1.0)
    );
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn open_for_the_first_time(bencher: Bencher) {
    let source = tempfile::tempdir_in(".").unwrap();
    let file = packet_file(source.path());
    bencher.with_inputs(|| tempfile::tempdir_in(".").unwrap()).bench_local_values(|folder| {
        open(&mut desk(folder.path()), &file);
        folder
    });
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn open_again_with_a_rating_for_every_item(bencher: Bencher) {
    let folder = tempfile::tempdir_in(".").unwrap();
    let file = packet_file(folder.path());
    let mut first = desk(folder.path());
    open(&mut first, &file);
    for number in 0..ITEMS {
        save(&mut first, number);
    }
    drop(first);
    let resume = || commands::ResumePacket { packet: PacketId::new("bench-packet") };
    bencher.bench_local(|| resume().run(&mut desk(folder.path())).unwrap());
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn agreement_of_two_files_of_3600_scores(bencher: Bencher) {
    let folder = tempfile::tempdir_in(".").unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    for (name, shift) in [("first.jsonl", 0), ("second.jsonl", 1)] {
        let line = |item: usize| {
            let (oh, ch) = ((item + shift * (item % 3)) % 5, (item + shift) % 4);
            format!(
                "{{\"scenario_id\":\"s{}\",\"model_id\":\"m\",\"rep_id\":{item},\"omission_harm\":{oh},\"commission_harm\":{ch}}}\n",
                item % SCENARIOS
            )
        };
        std::fs::write(path(name), (0..ITEMS).map(line).collect::<String>()).unwrap();
    }
    bencher.bench_local(|| {
        let compare = commands::CompareRaters {
            files: vec![path("first.jsonl"), path("second.jsonl")],
            how: commands::HowToCompare::default(),
        };
        compare.run(&mut desk(folder.path())).unwrap()
    });
}
