//! Packets of the example study in any size.

use anyhow::Result;
use commands::{Command, Context, Desk, MakePackets};
use e2e::{Computer, root};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::fs;

/// How long prompts and responses are.
#[derive(Clone, Copy)]
#[allow(dead_code, reason = "each bench has its own length")]
pub enum Texts {
    /// As in the example.
    AsWritten,
    /// Prompts of 2,500 characters and responses of 4,000.
    Long,
}

impl Texts {
    /// `text`, again and again until it has `length` characters where it is to be long.
    fn of(self, text: &Value, length: usize) -> Value {
        let text = text.as_str().unwrap_or_default();
        match self {
            Texts::Long if !text.is_empty() => {
                let again = format!("{text}\n\n").repeat(1 + length / text.len());
                json!(again.chars().take(length).collect::<String>())
            }
            _ => json!(text),
        }
    }
}

/// The example study, each response `repetitions` times.
pub fn packet(computer: &Computer, repetitions: u32, texts: Texts) -> Result<String> {
    let scenarios = computer.home().join("scenarios");
    fs::create_dir(&scenarios)?;
    for entry in fs::read_dir(root().join("scenarios"))? {
        let file = entry?.path();
        if file.extension().is_some_and(|extension| extension == "json") {
            let mut scenario: Value = serde_json::from_str(&fs::read_to_string(&file)?)?;
            scenario["prompt"] = texts.of(&scenario["prompt"], 2500);
            fs::write(scenarios.join(file.file_name().unwrap()), scenario.to_string())?;
        }
    }
    let lines = fs::read_to_string(root().join("annotations/responses.jsonl"))?;
    let mut all = String::new();
    for line in lines.lines() {
        for rep_id in 0..repetitions {
            let mut response: Value = serde_json::from_str(line)?;
            response["rep_id"] = json!(rep_id);
            response["response"] = texts.of(&response["response"], 4000);
            all.push_str(&format!("{response}\n"));
        }
    }
    let responses = computer.home().join("responses.jsonl");
    fs::write(&responses, all)?;
    let make = MakePackets {
        title: "Bench".into(),
        scenarios: scenarios.display().to_string(),
        responses: responses.display().to_string(),
        map: Vec::new(),
        rubric: "gated".into(),
        raters: vec!["A".into()],
        seed: 1,
        out: computer.home().join("packets").display().to_string(),
        key: None,
        seal: None,
    };
    let mut desk =
        Context::new(Desk::new(computer.home().into(), computer.home().into()), Timestamp::now);
    Ok(make.run(&mut desk)?.packets.remove(0))
}
