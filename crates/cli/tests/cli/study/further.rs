//! Items are added to a running study on the command line, and a packet that was lost is written again.

use crate::study::lead::{Lead, Rater, SEAL, grades};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use testing::{annotation, names, root};

const WHY: [&str; 4] = ["--by", "Dr. Lead", "--reason", "a fourth model"];

/// Responses of a fourth model to every scenario of the example.
fn fourth_model(lead: &Lead) -> String {
    let known = fs::read_to_string(annotation("responses.jsonl")).unwrap();
    let lines = known.lines().filter_map(|line| {
        let mut response: Value = serde_json::from_str(line).unwrap();
        (response["model_id"] == "aster").then(|| {
            response["model_id"] = json!("dahlia");
            response["content_filtered"] = json!(false);
            response["response"] =
                json!(format!("Dear reader. {}", response["response"].as_str().unwrap()));
            response.to_string()
        })
    });
    let file = lead.path("fourth.jsonl");
    fs::write(&file, lines.collect::<Vec<_>>().join("\n")).unwrap();
    file.display().to_string()
}

fn draft(lead: &Lead, responses: &str, out: &str) -> String {
    let scenarios = root().join("scenarios").display().to_string();
    let arguments =
        ["draft", "--further", "study", "--scenarios", &scenarios, "--responses", responses];
    lead.says(&[&arguments[..], &["--seed", "5", "--out", out]].concat())
}

#[test]
fn a_fourth_model_joins_the_study_and_its_findings() {
    let lead = Lead::of_example();
    lead.says(&["receive", "study", &annotation("A.ratings.json"), &annotation("B.ratings.json")]);
    draft(&lead, &fourth_model(&lead), "further.json");
    let add = [&["add-items", "further.json"][..], &SEAL].concat();
    let run = lead.runs(&[&add[..], &WHY].concat());
    assert!(run.err.contains("undecided"), "{}", run.err);
    assert_eq!(names(&lead.path("study")), ["key.age", "packets", "study.primum-study"]);
    let reason = ["--reason", "part of the question"];
    lead.says(&[&["accept", "further.json", "--kind", "framing"][..], &reason].concat());
    let told = lead.says(&[&add[..], &WHY].concat());
    for line in [
        "8 items to 8 scenarios, 0 of them new\n",
        "packet  study/packets/packet-A-2.primum-packet\n",
        "key     study/key-2.age  (sealed;",
        "8 items were added for A and B, by Dr. Lead: a fourth model.\n",
    ] {
        assert!(told.contains(line), "{line} in {told}");
    }
    for (label, name) in [("A", "Dr. Ada Example"), ("B", "Dr. Ben Example")] {
        let packet = lead.path(&format!("study/packets/packet-{label}-2.primum-packet"));
        let rater = Rater::with(&packet);
        rater.is_called(name);
        rater.rates(&grades(&packet, |place| Some(((place % 4) as i16, 1))));
        rater.locks();
        let received = lead.says(&["receive", "study", &rater.exports()]);
        assert!(
            received.contains(&format!("From {label} ({name}), further items: 8 of 8")),
            "{received}"
        );
    }
    let shown = lead.says(&["show", "study"]);
    assert!(shown.contains("2 of 2 packets came"), "{shown}");
    lead.open_key_early();
    let agreement = lead.says(&["agree", "study"]);
    assert!(
        agreement.contains("dahlia") && agreement.contains("Note: 8 items were added"),
        "{agreement}"
    );
}

#[test]
fn what_a_draft_for_a_study_cannot_be_is_said() {
    let lead = Lead::of_example();
    let run = lead.runs(&[&["add-items", "draft.json", "--generate"][..], &WHY].concat());
    let told = "draft.json: field `further_to`: found nothing; expected the running study";
    assert!(run.err.contains(told), "{}", run.err);
    draft(&lead, &annotation("responses.jsonl"), "again.json");
    let checked = lead.runs(&["check", "again.json"]);
    let told = "which the study shows already, word for word";
    assert!((checked.out + &checked.err).contains(told));
    let scenarios = root().join("scenarios").display().to_string();
    let responses = fourth_model(&lead);
    let arguments =
        ["draft", "--further", "study", "--scenarios", &scenarios, "--responses", &responses];
    let run = lead.runs(&[&arguments[..], &["--raters", "A,Z", "--out", "x.json"]].concat());
    assert!(
        run.err.contains("found `Z`; expected a rater of the running study: A, B"),
        "{}",
        run.err
    );
    assert!(!lead.path("x.json").exists());
}

/// What is masked in the study must be masked again only where it is drawn again: what was not drawn cannot be.
#[test]
fn words_that_the_study_masks_are_asked_for_in_what_is_drawn_and_nowhere_else() {
    let lead = Lead::with_draft();
    lead.says(&["mask", "draft.json", "--words", "nitrous oxide", "--everywhere"]);
    lead.create();
    let all = fs::read_to_string(fourth_model(&lead)).unwrap();
    let of = |scenario: &str| all.lines().find(|line| line.contains(scenario)).unwrap().to_owned();
    let two = lead.path("two.jsonl");
    fs::write(&two, [of("nitrous-numbness"), of("mole-reassurance")].join("\n")).unwrap();
    let scenarios = root().join("scenarios").display().to_string();
    let two = two.display().to_string();
    let mut outcomes = BTreeSet::new();
    for seed in ["1", "2", "3", "4", "5", "6", "7", "8"] {
        let out = format!("{seed}.json");
        let arguments =
            ["draft", "--further", "study", "--scenarios", &scenarios, "--responses", &two];
        lead.says(&[&arguments[..], &["--size", "1", "--seed", seed, "--out", &out]].concat());
        let row = lead.says(&["draw", &out]);
        let row = row.lines().find(|line| line.contains("harm_reduction")).unwrap().to_owned();
        let check = lead.runs(&["check", &out]);
        let asked = check.out.contains("words of `nitrous-numbness` are masked in the study");
        outcomes.insert((row.ends_with('1'), asked, check.code));
    }
    assert_eq!(outcomes, [(false, false, 0), (true, true, 1)].into());
}

#[test]
fn a_lost_packet_is_written_again() {
    let lead = Lead::of_example();
    let file = lead.path("study/packets/packet-B.primum-packet");
    let before = fs::read(&file).unwrap();
    let there = lead.says(&["packets", "study", "B"]);
    assert_eq!(there, "packet  study/packets/packet-B.primum-packet  (there already)\n");
    fs::remove_file(&file).unwrap();
    let told = lead.says(&["packets", "study", "B"]);
    assert_eq!(told, "packet  study/packets/packet-B.primum-packet  (written again, as it was)\n");
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn raters_who_are_added_at_once_are_each_told_their_own() {
    let lead = Lead::of_example();
    let labels = ["C", "D", "E", "F"];
    let added = std::thread::scope(|scope| {
        let add = |label| {
            let lead = &lead;
            scope.spawn(move || lead.says(&[&["add-rater", "study", label][..], &WHY].concat()))
        };
        let threads = labels.map(add);
        threads.map(|thread| thread.join().unwrap())
    });
    for (label, told) in labels.iter().zip(added) {
        assert!(told.contains(&format!("Rater {label} was added with every item")), "{told}");
    }
}
