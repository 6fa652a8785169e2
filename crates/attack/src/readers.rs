//! Every way in which a file comes into the program, each with a command line that takes it.

use crate::seeds::{RECIPIENT, Seeds};
use serde_json::{Value, json};

/// One command that reads one file.
#[derive(Clone, Debug)]
pub struct Reader {
    /// What it is called in the table.
    pub name: &'static str,
    /// The file, in the folder of good inputs.
    pub file: String,
    /// What it may name in the place of the file: who is given a folder names it, or what does not go
    /// together with the rest of it.
    pub or_names: &'static [&'static str],
    /// Its command line, after `primum`.
    pub line: String,
    /// What it reads on standard input.
    pub input: String,
    /// What it may change although it refuses the file: a study logs what it refused.
    pub logs_to: Option<&'static str>,
    /// One run takes seconds of scrypt, so that there are fewer.
    pub slow: bool,
}

impl Reader {
    /// The words of its command line.
    pub fn arguments(&self) -> Vec<&str> {
        self.line.split_whitespace().collect()
    }
}

const STUDY: &str = "study/study.primum-study";
const PACKETS: &str = "--rubric gated --raters A,B --seed 1 --clear-key --out made";
const OF_ANN: &str = "--name Ann --at 2026-04-09T18:00:00Z --out made.json";

/// Readers that are one command line: name, file, line.
const LINES: [(&str, &str, &str); 36] = [
    ("packet-ratings", "packet.json", "study ratings packet.json tidy-a.csv OF_ANN"),
    ("ratings-agree", "a.json", "agree a.json b.json"),
    ("ratings-receive", "a.json", "study receive study a.json"),
    (
        "sealed-key",
        "study/key.age",
        "study open-key study --identity identity.txt --early e --data study",
    ),
    (
        "identity",
        "identity.txt",
        "study open-key study --identity identity.txt --early e --data study",
    ),
    ("key", "key.json", "agree a.json b.json --key key.json"),
    (
        "scenario",
        "scenarios/mole-reassurance.json",
        "packet --scenarios scenarios --responses responses.jsonl PACKETS",
    ),
    ("bank", "bank/Q1c.json", "packet --scenarios bank --responses bank-responses.jsonl PACKETS"),
    (
        "collision-map",
        "bank/safety_colliding_map.json",
        "packet --scenarios bank --responses bank-responses.jsonl PACKETS",
    ),
    (
        "responses-jsonl",
        "responses.jsonl",
        "packet --scenarios scenarios --responses responses.jsonl PACKETS",
    ),
    (
        "responses-csv",
        "responses.csv",
        "packet --scenarios scenarios --responses responses.csv PACKETS",
    ),
    ("responses-check", "responses.jsonl", "study check draft.json"),
    ("rubric", "rubric.json", "study check full-draft.json"),
    ("calibration", "calibration.json", "study check full-draft.json"),
    ("draft-scores", "judge.jsonl", "study draw full-draft.json"),
    (
        "battery",
        "battery.json",
        "findings --scenarios scenarios --scores judge.jsonl --battery battery.json",
    ),
    ("battery-register", "battery.json", "study register study battery.json"),
    (
        "thresholds",
        "thresholds.json",
        "judge --human a.json b.json --judge judge.jsonl --key key.json --replicates 200 \
         --thresholds thresholds.json",
    ),
    ("thresholds-register", "thresholds.json", "study register study thresholds.json"),
    ("draft-check", "draft.json", "study check draft.json"),
    ("draft-draw", "draft.json", "study draw draft.json"),
    ("draft-mask", "draft.json", "study mask draft.json --words tablets --with pills"),
    ("draft-create", "draft.json", "study create draft.json --folder made --recipient RECIPIENT"),
    ("study-show", STUDY, "study show study"),
    ("study-agree", STUDY, "study agree study"),
    ("score-lines", "judge.jsonl", "findings --scenarios scenarios --scores judge.jsonl"),
    (
        "score-lines-judge",
        "judge.jsonl",
        "judge --human a.json b.json --judge judge.jsonl --key key.json --replicates 200",
    ),
    ("tidy-csv", "tidy-a.csv", "agree tidy-a.csv tidy-b.csv"),
    ("tidy-ratings", "tidy-a.csv", "study ratings packet.json tidy-a.csv OF_ANN"),
    ("counts-csv", "counts.csv", "plan counts.csv --items 20"),
    ("counts-csv-cluster", "counts.csv", "coefficients counts.csv --cluster ward"),
    ("table-json", "table.json", "coefficients table.json"),
    ("table-plan", "table.json", "plan table.json --items 20"),
    ("matrix-json", "matrix.json", "coefficients matrix.json"),
    (
        "instructions",
        "instructions.md",
        "study draft --title T --scenarios scenarios --responses responses.jsonl --rubric gated \
         --raters A --seed 1 --instructions instructions.md --out made.json",
    ),
    (
        "passphrase-file",
        "passphrase.txt",
        "packet --scenarios bank --responses bank-responses.jsonl --rubric gated --raters A --seed 1 \
         --passphrase-file passphrase.txt --out made",
    ),
];

/// All readers of the good inputs in `seeds`.
pub fn readers(seeds: &Seeds) -> Vec<Reader> {
    let of_line = |(name, file, line): (&'static str, &str, &str)| Reader {
        name,
        file: file.into(),
        line: written_out(line),
        or_names: match name {
            "scenario" => &["scenarios:", "responses.jsonl"],
            // What it holds is too short, or all the same.
            "passphrase-file" => &["passphrase: found"],
            "bank" | "collision-map" => &["bank:", "bank-responses.jsonl"],
            _ => &[],
        },
        input: String::new(),
        logs_to: (name == "ratings-receive").then_some(STUDY),
        slow: name == "passphrase-file",
    };
    let resume = json!({ "packet": seeds.packet });
    let talking = [
        // Stored in another folder than the one that has it.
        talks(
            "packet-open",
            "packet.json",
            "elsewhere",
            "open_packet",
            json!({ "path": "packet.json" }),
        ),
        talks("stored-packet", &seeds.stored, "data", "resume_packet", resume),
        talks("stored-packet-list", &seeds.stored, "data", "list_packets", json!({})),
        talks("recent-studies", "data/packets/studies.json", "data", "list_studies", json!({})),
    ];
    LINES.into_iter().map(of_line).chain(talking).collect()
}

/// A reader over `primum rpc`, with one request.
fn talks(name: &'static str, file: &str, data: &str, request: &str, arguments: Value) -> Reader {
    Reader {
        name,
        file: file.into(),
        or_names: &[],
        line: format!("rpc --data {data}"),
        input: json!({ "name": request, "arguments": arguments }).to_string() + "\n",
        logs_to: None,
        slow: false,
    }
}

/// A line without abbreviations.
fn written_out(line: &str) -> String {
    [("PACKETS", PACKETS), ("OF_ANN", OF_ANN), ("RECIPIENT", RECIPIENT)]
        .into_iter()
        .fold(line.to_owned(), |line, (short, long)| line.replace(short, long))
}
