//! The scan on real responses and prompts. The floors below were checked by reading; the counts are
//! printed.

use crate::support::response;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use study::{
    Certainty, Leak, LeakKind, LeakPlace, Origins, ReadText, Response, ScenarioPart, scan,
    texts_read,
};
use testing::outside;

const MODELS: [&str; 5] = ["gpt4", "llama2new", "llama2orig", "mistralguard", "mistralinstruct"];

/// The responses of a CSV file: of `model`, or of the one that its column `model` names.
fn responses(file: &Path, model: Option<&str>, text: &str) -> Vec<Response> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let headers = reader.headers().unwrap().clone();
    let at = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let text = at(text);
    let row = |(rep, record): (u32, csv::StringRecord)| {
        let model = model.unwrap_or_else(|| &record[at("model")]);
        response("s", model, rep, &record[text])
    };
    (0..).zip(reader.records().map(Result::unwrap)).map(row).collect()
}

fn scanned(responses: &[Response]) -> Vec<Leak> {
    scan(&texts_read(&[], responses), &Origins::of(&[], responses))
}

fn of(responses: &[Response], leak: &Leak) -> Response {
    let LeakPlace::Response { response } = leak.place else { panic!("in no response: {leak:?}") };
    responses[response as usize].clone()
}

fn print_counts(responses: &[Response], leaks: &[Leak]) {
    let mut counts: BTreeMap<(String, LeakKind, Certainty), usize> = BTreeMap::new();
    for leak in leaks {
        let model = of(responses, leak).origin.model_id;
        *counts.entry((model, leak.id.kind, leak.certainty)).or_default() += 1;
    }
    for ((model, kind, certainty), count) in counts {
        println!("{model}, {kind:?}, {certainty:?}: {count}");
    }
}

#[test]
fn real_refusals_and_self_identifications_are_found() {
    let Some(folder) = outside("xstest/raw") else { return };
    let file = |model: &str| folder.join(format!("xstest_v2_completions_{model}.csv"));
    let responses: Vec<Response> = MODELS
        .iter()
        .flat_map(|model| responses(&file(model), Some(model), "completion"))
        .collect();
    let leaks = scanned(&responses);
    print_counts(&responses, &leaks);
    let telling = MODELS.into_iter().chain([
        "openai",
        "chatgpt",
        "as an ai",
        "i am an ai",
        "i'm just an ai",
        "but i can't assist with",
        "programming or ethical",
        "my training data",
        "my last update",
        "respect, and truth",
    ]);
    for words in telling {
        let holding =
            (0u32..).zip(&responses).filter(|(_, r)| r.text.to_lowercase().contains(words));
        for (number, response) in holding {
            let place = LeakPlace::Response { response: number };
            let found =
                |leak: &&Leak| leak.place == place && leak.matched.to_lowercase().contains(words);
            assert!(
                leaks.iter().any(|leak| found(&leak)),
                "{words} of {} is found in {:?}",
                response.origin.model_id,
                response.text
            );
        }
    }
    // Read one by one: all that the texts say of Google is advice, and no other name stands alone.
    let names = leaks.iter().filter(|leak| leak.id.kind == LeakKind::Name);
    assert_eq!(names.count(), 0, "no word of these texts is taken for the name of a model");
    for leak in leaks.iter().filter(|leak| leak.id.kind == LeakKind::SelfIdentification) {
        assert_eq!(of(&responses, leak).origin.model_id, "gpt4", "{leak:?}");
    }
}

#[test]
fn real_medical_answers_give_few_false_alarms() {
    let Some(file) = outside("kqa_nli/items.csv") else { return };
    let answers = responses(&file, None, "response_text");
    let leaks = scanned(&answers);
    print_counts(&answers, &leaks);
    assert!(!leaks.is_empty(), "one of the answers describes its own model");
    for leak in &leaks {
        assert_eq!(of(&answers, leak).origin.model_id, "bard", "{leak:?}");
    }
    let Some(file) = outside("chattogovar/items.csv") else { return };
    let answers = responses(&file, None, "response_text");
    let leaks = scanned(&answers);
    print_counts(&answers, &leaks);
    let cutoff = |text: &str| text.to_lowercase().contains("knowledge cutoff");
    for (number, answer) in (0u32..).zip(&answers).filter(|(_, answer)| cutoff(&answer.text)) {
        let place = LeakPlace::Response { response: number };
        assert!(leaks.iter().any(|leak| leak.place == place), "{}", answer.text);
    }
    assert!(leaks.len() * 20 < answers.len(), "{} leaks in {} answers", leaks.len(), answers.len());
}

#[test]
fn real_prompts_of_physicians_reveal_them_and_those_of_laypeople_seldom_do() {
    let Some(folder) = outside("iatrobench/scenarios") else { return };
    let mut physicians = 0;
    for entry in fs::read_dir(folder).unwrap() {
        for file in fs::read_dir(entry.unwrap().path()).unwrap() {
            let file = fs::read_to_string(file.unwrap().path()).unwrap();
            let scenario: Value = serde_json::from_str(&file).unwrap();
            let Some(prompt) = scenario["prompt"].as_str() else { continue };
            let place = LeakPlace::Scenario {
                scenario: scenario["id"].to_string(),
                part: ScenarioPart::Prompt,
                number: 0,
                role: None,
            };
            let leaks = scan(&[ReadText { place, text: prompt }], &Origins::of(&[], &[]));
            let certain = leaks.iter().any(|leak| {
                leak.id.kind == LeakKind::Framing && leak.certainty == Certainty::Certain
            });
            let physician = scenario["metadata"]["framing"] == "physician_consultation";
            physicians += usize::from(physician);
            assert_eq!(certain, physician, "{}: {leaks:?}", scenario["id"]);
        }
    }
    assert_eq!(physicians, 22);
}
