//! Good inputs for every reader, made by the program itself from the repository's examples.

use crate::bench::{Contents, contents};
use crate::run::Program;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// Opens what is sealed for [`RECIPIENT`].
const IDENTITY: &str = "crates/exchange/tests/sealed/by-age-identity.txt";
/// The owner of that identity.
pub const RECIPIENT: &str = "age1e6zgqgtjtu4ayzfkdsmz7ef0vmhun7heg8tmzdea2facacznfadsk0m4xs";

/// Copies of examples, each by its new name.
const COPIES: [(&str, &str); 9] = [
    ("annotations/A.ratings.json", "a.json"),
    ("annotations/B.ratings.json", "b.json"),
    ("annotations/packets/packet-A.primum-packet", "packet.json"),
    ("annotations/key.json", "key.json"),
    ("annotations/responses.jsonl", "responses.jsonl"),
    ("annotations/judge.jsonl", "judge.jsonl"),
    ("annotations/calibration.json", "calibration.json"),
    ("crates/study/rubrics/gated.json", "rubric.json"),
    (IDENTITY, "identity.txt"),
];

/// What the program makes of them, in this order.
const MADE: [&str; 6] = [
    "findings --write-battery battery.json",
    "study draft --title TITLE --scenarios scenarios --responses responses.jsonl --rubric gated \
     --raters A,B --seed 20260409 --out draft.json",
    "study accept draft.json --kind framing --reason question",
    "study create draft.json --folder study --recipient RECIPIENT",
    "study receive study a.json b.json",
    "study draft --title TITLE --scenarios scenarios --responses responses.jsonl --rubric rubric.json \
     --raters A,B --seed 1 --scores judge.jsonl --calibration calibration.json --out full-draft.json",
];

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Good inputs, in one folder.
pub struct Seeds {
    /// The folder.
    pub contents: Contents,
    /// The packet that is stored.
    pub packet: String,
    /// The place of its stored file.
    pub stored: String,
}

/// All good inputs.
pub fn seeds(program: &Program) -> Result<Seeds> {
    let home = tempfile::tempdir()?;
    let folder = home.path();
    for (example, name) in COPIES {
        fs::copy(root().join(example), folder.join(name))?;
    }
    fs::create_dir(folder.join("scenarios"))?;
    for example in fs::read_dir(root().join("scenarios"))? {
        let example = example?;
        fs::copy(example.path(), folder.join("scenarios").join(example.file_name()))?;
    }
    let scores = fs::read_to_string(folder.join("judge.jsonl"))?;
    for (name, text) in small_files(&scores)? {
        fs::create_dir_all(folder.join(name).parent().unwrap_or(folder))?;
        fs::write(folder.join(name), text)?;
    }
    for line in MADE {
        let word = |word| match word {
            "RECIPIENT" => RECIPIENT,
            // Of which the examples' ratings are.
            "TITLE" => "Example study",
            word => word,
        };
        let run =
            program.run(folder, &line.split_whitespace().map(word).collect::<Vec<_>>(), "")?;
        if !run.accepted() {
            bail!("`primum {line}` made no good input: {}", run.said());
        }
    }
    for draft in ["draft.json", "full-draft.json"] {
        // Its paths are those of another folder, in which the files are good for ever.
        let text = fs::read_to_string(folder.join(draft))?;
        fs::write(folder.join(draft), text.replace(&format!("{}/", folder.display()), ""))?;
    }
    let packet = store_packet(program, folder)?;
    let contents = contents(folder)?;
    let is_stored = |place: &&PathBuf| place.extension().is_some_and(|end| end == "primum");
    let stored = contents.keys().find(is_stored).context("no packet was stored")?;
    Ok(Seeds { packet, stored: stored.display().to_string(), contents })
}

/// Small files of other programs, by their names.
fn small_files(scores: &str) -> Result<Vec<(&'static str, String)>> {
    let packet: Value = serde_json::from_slice(&fs::read(
        root().join("annotations/packets/packet-A.primum-packet"),
    )?)?;
    let items = packet["content"]["items"].as_array().map(Vec::as_slice).unwrap_or_default();
    let table = |rater: &str, step: usize| {
        let row = |(place, item): (usize, &Value)| {
            let id = item["id"].as_str().unwrap_or_default();
            format!("{rater},{id},omission,{}\n", (place * step) % 5)
        };
        format!("rater,item,axis,value\n{}", items.iter().enumerate().map(row).collect::<String>())
    };
    let responses = scores
        .lines()
        .map(|line| {
            let score: Value = serde_json::from_str(line)?;
            let of = |field: &str| score[field].as_str().unwrap_or_default().to_owned();
            Ok(format!("{},{},0,\"Rest, and drink.\"\n", of("scenario_id"), of("model_id")))
        })
        .collect::<Result<String>>()?;
    let threshold = json!({
        "axis": "omission", "quantity": "miss_rate", "relation": "at_most", "value": 0.9
    });
    let bank = json!({
        "id": "Q1c", "quadrant": "control", "acuity_weight": 1.0, "prompt": "What helps?",
        "gold_standard_response": "Rest.", "critical_actions": ["says to rest"]
    });
    Ok(vec![
        ("tidy-a.csv", table("Ann", 1)),
        ("tidy-b.csv", table("Ben", 2)),
        ("responses.csv", format!("scenario_id,model_id,rep_id,response\n{responses}")),
        ("counts.csv", "a,b,count,ward\n0,0,9,x\n0,1,2,x\n1,1,4,y\n2,1,1,y\n2,2,5,z\n".into()),
        ("table.json", json!({ "categories": [0, 1], "table": [[8, 2], [1, 5]] }).to_string()),
        (
            "matrix.json",
            json!({ "categories": [0, 1], "ratings": [[0, 1], [1, 1], [0, 0], [1, null]] })
                .to_string(),
        ),
        (
            "thresholds.json",
            json!({ "format": "primum-thresholds/1", "note": "Agreed.", "thresholds": [threshold] })
                .to_string(),
        ),
        ("instructions.md", "# Before you begin\n\nRate **alone**.\n".into()),
        ("passphrase.txt", "four words are enough\n".into()),
        ("bank/Q1c.json", bank.to_string()),
        ("bank/safety_colliding_map.json", json!({ "Q1c": [true] }).to_string()),
        ("bank-responses.jsonl", r#"{"scenario_id":"Q1c","model_id":"m","response":"Rest."}"#.into()),
    ])
}

/// Stores a rater's packet in `data`, and says its name. The list of studies lies there as well.
fn store_packet(program: &Program, folder: &Path) -> Result<String> {
    let study = json!({ "file": "study", "title": "T", "raters": 2, "locked": 1, "opened": false });
    let requests = [
        json!({ "name": "open_packet", "arguments": { "path": "packet.json" } }),
        json!({ "name": "name_rater", "arguments": { "name": "Ann" } }),
        json!({ "name": "remember_study", "arguments": study }),
    ];
    let input = requests.map(|request| format!("{request}\n")).concat();
    let run = program.run(folder, &["rpc", "--data", "data"], &input)?;
    if !run.accepted() {
        bail!("no packet was stored: {}", run.said());
    }
    let packet: Value = serde_json::from_slice(&fs::read(folder.join("packet.json"))?)?;
    let name = packet["content"]["packet"].as_str().context("the packet has a name")?;
    Ok(name.to_owned())
}
