//! The draft: written once, read from anywhere, decided in, and sealed in several ways.

use crate::study::lead::{Lead, PASSPHRASE};
use crate::support::{fails, primum, primum_told, succeeds};
use serde_json::{Value, json};
use std::fs;
use std::process::Command;
use testing::{annotation, names, root};

fn read(lead: &Lead) -> Value {
    serde_json::from_str(&fs::read_to_string(lead.path("draft.json")).unwrap()).unwrap()
}

#[test]
fn a_seed_that_is_not_given_is_drawn_printed_and_kept() {
    let seeds: Vec<u64> = (0..2)
        .map(|_| {
            let lead = Lead::new();
            let said = lead.draft(&[]);
            let seed = read(&lead)["seed"].as_u64().unwrap();
            assert!(said.contains(&format!("seed   {seed}\n")), "{said}");
            seed
        })
        .collect();
    assert_ne!(seeds[0], seeds[1]);
}

#[test]
fn a_draft_is_not_written_over_another() {
    let lead = Lead::new();
    lead.draft(&["--seed", "1"]);
    let before = read(&lead);
    let scenarios = root().join("scenarios").display().to_string();
    let responses = annotation("responses.jsonl");
    let arguments = [
        &["draft", "--title", "Other", "--scenarios", &scenarios, "--responses", &responses][..],
        &["--rubric", "gated", "--raters", "A", "--out", "draft.json"],
    ];
    assert!(fails(lead.runs(&arguments.concat())).contains("it was left as it is"));
    assert_eq!(read(&lead), before);
}

#[test]
fn a_draft_of_which_no_study_can_be_made_is_not_written() {
    let lead = Lead::new();
    let (scenarios, responses) = (root().join("scenarios"), annotation("responses.jsonl"));
    let scenarios = scenarios.display().to_string();
    let draft = |rubric: &str, raters: &str, responses: &str, told: &str| {
        let draft = [
            &["draft", "--title", "T", "--scenarios", &scenarios, "--responses", responses][..],
            &["--rubric", rubric, "--raters", raters, "--out", "other.json"],
        ];
        let message = fails(lead.runs(&draft.concat()));
        assert!(message.contains(told), "{message}");
        assert!(!lead.path("other.json").exists(), "{told}");
    };
    draft("gated", "A,A", &responses, "field `raters[1].label`: found `A`");
    draft("nothing.json", "A", &responses, "nothing.json: no such file");
    draft("gated", "A", &scenarios, "found a folder; expected a file");
    draft("gated", "A", &annotation("key.json"), "this is a key (`primum-key/");
}

#[test]
fn a_draft_names_files_of_its_folder_as_from_there() {
    let lead = Lead::new();
    fs::copy(annotation("judge.jsonl"), lead.path("judge.jsonl")).unwrap();
    lead.draft(&["--seed", "1", "--scores", "judge.jsonl"]);
    let draft = read(&lead);
    assert_eq!(draft["scores"], "judge.jsonl");
    assert_eq!(draft["scenarios"], root().join("scenarios").display().to_string().as_str());
    lead.says(&["check", "draft.json"]);
}

#[test]
fn flags_say_how_the_sample_is_drawn() {
    let lead = Lead::new();
    let judge = annotation("judge.jsonl");
    lead.draft(&[
        "--seed",
        "3",
        "--lead",
        "B",
        "--scores",
        &judge,
        "--size",
        "12",
        "--categories",
        "equal",
        "--oversample",
        "omission>=2:0.3",
        "--filtered-at-least",
        "1",
        "--repeats",
        "2",
        "--raters-per-item",
        "1",
    ]);
    let draft = read(&lead);
    assert_eq!(
        draft["sampling"],
        json!({
            "size": 12, "models": "equal", "categories": "equal",
            "oversample": { "axis": "omission", "at_least": 2, "share": 0.3 },
            "pairs_together": true, "filtered_at_least": 1, "repeats": 2
        })
    );
    assert_eq!(draft["design"], json!({ "kind": "per_item", "raters": 1 }));
    assert_eq!(draft["raters"][1], json!({ "label": "B", "lead": true }));
    let drawn = lead.json(&["draw", "draft.json"]);
    assert_eq!(drawn["responses"], 12);
    let table = lead.says(&["draw", "draft.json"]);
    for line in [
        "  control                           3      2.0      1.5        2",
        "A and B share 0 responses",
    ] {
        assert!(table.lines().any(|found| found == line), "no line {line:?} in\n{table}");
    }
    let both = ["--size", "12", "--oversample", "omission>2", "--scores", &judge];
    let run = lead.runs(&[&["draft", "--out", "x.json"], &both[..]].concat());
    assert!(run.err.contains("expected AXIS>=GRADE:SHARE, such as omission>=2:0.3"), "{}", run.err);
}

#[test]
fn a_lead_author_who_does_not_rate_is_named_as_unknown() {
    let lead = Lead::new();
    let arguments = [
        "draft",
        "--title",
        "T",
        "--scenarios",
        "s",
        "--responses",
        "r",
        "--rubric",
        "gated",
        "--raters",
        "A,B",
        "--lead",
        "C",
        "--out",
        "draft.json",
    ];
    let told = fails(lead.runs(&arguments));
    assert!(told.contains("--lead C: expected one of the raters A, B"), "{told}");
    assert_eq!(names(lead.folder.path()), ["identity.txt", "passphrase.txt"]);
}

#[test]
fn a_draft_is_found_and_means_the_same_from_any_folder() {
    let lead = Lead::new();
    lead.draft(&["--seed", "1"]);
    let mut draft = read(&lead);
    fs::copy(annotation("responses.jsonl"), lead.path("mine.jsonl")).unwrap();
    draft["responses"] = "mine.jsonl".into();
    fs::write(lead.path("draft.json"), draft.to_string()).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let path = lead.path("draft.json").display().to_string();
    let run = succeeds(primum(elsewhere.path(), &["study", "check", &path]));
    assert!(
        run.out.starts_with("24 responses to 8 scenarios; 1 filtered, 0 empty\n"),
        "{}",
        run.out
    );

    fs::write(lead.path("draft.json"), "{\"title\": 1}").unwrap();
    assert_eq!(
        fails(lead.runs(&["check", "draft.json"])),
        "primum: draft.json, line 1, field `title`: found 1; expected a text.\n"
    );
}

#[test]
fn what_is_said_of_columns_reaches_the_table_that_it_is_about_and_no_other() {
    let lead = Lead::new();
    let put = |name: &str, text: &str| fs::write(lead.path(name), text).unwrap();
    put("r.csv", "id,llm,answer\nx,m,Call now.\n");
    put("s.csv", "id,prompt\nx,May I wait?\n");
    put("scores.csv", "id,score\nx/m/0,2\n");
    put("odd.csv", "No,Harm\nx/m/0,2\n");
    let files = [
        "draft",
        "--title",
        "T",
        "--scenarios",
        "s.csv",
        "--responses",
        "r.csv",
        "--rubric",
        "gated",
    ];
    let said = ["--map", "scenario_id=id", "--map", "model_id=llm", "--map", "response=answer"];
    let asked = [&files[..], &["--raters", "A,B"], &said].concat();
    let of_scores = ["--map", "item=id", "--map", "value=score", "--map", "axis=:omission"];
    for (scores, out) in [(&[][..], "a.json"), (&["--scores", "scores.csv"], "b.json")] {
        let map = if scores.is_empty() { &[][..] } else { &of_scores };
        lead.says(&[&asked[..], scores, map, &["--out", out]].concat());
        let check = lead.runs(&["check", out]);
        assert!(check.out.contains("1 response to 1 scenario"), "{check:?}");
    }
    let odd = [&asked[..], &["--scores", "odd.csv"]].concat();
    let refused = |map: &[&str]| {
        let run = lead.runs(&[&odd[..], map, &["--out", "c.json"]].concat());
        let checked = lead.runs(&["check", "c.json"]);
        let _ = fs::remove_file(lead.path("c.json"));
        run.err + &checked.err
    };
    let told = refused(&["--map", "item=No", "--map", "value=Schaden"]);
    assert!(told.contains("found no column `Schaden`; expected one of No, Harm"), "{told}");
    let told = refused(&["--map", "item=No", "--map", "value=Harm"]);
    assert!(
        told.contains("found grades on `Harm`; expected omission or commission harm"),
        "{told}"
    );
}

#[test]
fn leaks_are_masked_or_accepted_once_and_only_while_undecided() {
    let lead = Lead::new();
    lead.draft(&["--seed", "1"]);
    assert_eq!(
        lead.says(&["mask", "draft.json", "--words", "MY GP", "--with", "someone"]),
        "2 masked in draft.json\nThey stand unmasked in 1 other place; --everywhere masks it too\n"
    );
    let told = fails(lead.runs(&["mask", "draft.json", "--words", "my GP"]));
    assert!(told.contains("no undecided leak") && told.contains("--everywhere"), "{told}");
    let accept = ["accept", "draft.json", "--kind", "framing", "--reason"];
    assert!(fails(lead.runs(&[&accept[..], &[" "]].concat())).contains("expected why"));
    let one = [&accept[..], &["said by design", "--words", "my doctor"]].concat();
    assert_eq!(lead.says(&one), "1 accepted in draft.json\n");
    assert!(
        lead.says(&["scan", "draft.json"])
            .contains("  framing                           6          3\n")
    );
    assert_eq!(
        lead.says(&[&accept[..], &["said by design"]].concat()),
        "3 accepted in draft.json\n"
    );
    assert!(
        fails(lead.runs(&[&accept[..], &["again"]].concat()))
            .contains("no undecided leak like this")
    );
    let next = "next   primum study create draft.json --folder FOLDER --generate\n";
    assert!(lead.says(&["scan", "draft.json"]).ends_with(next));
    lead.create();
    let packet = fs::read_to_string(lead.path("study/packets/packet-A.primum-packet")).unwrap();
    assert!(packet.contains("I can't go to someone because my aunt works on reception there."));
    assert!(!packet.contains("can't go to my GP") && !packet.contains("My GP referred me"));
}

#[test]
fn words_that_the_scan_does_not_find_are_masked_by_hand() {
    let lead = Lead::new();
    lead.draft(&["--seed", "1"]);
    let mask = |more: &[&str]| lead.runs(&[&["mask", "draft.json", "--words"], more].concat());
    let told = fails(mask(&["Zorblax Health"]));
    assert!(
        told.contains("stand nowhere in the") && told.contains("responses and what raters read"),
        "{told}"
    );
    let told = fails(mask(&["nitrous oxide", "--text-of", "nobody"]));
    assert!(told.contains("found no text of `nobody`") && told.contains("/aster/0"), "{told}");
    let one = ["nitrous oxide", "--text-of", "nitrous-numbness"];
    let said = succeeds(mask(&one)).out;
    let of_scenario: usize = said.split(' ').next().unwrap().parse().unwrap();
    assert!(said.ends_with("masked by hand in draft.json\n"), "{said}");
    assert!(fails(mask(&one)).contains("are masked already in all"), "and not twice");
    let scan = lead.says(&["scan", "draft.json"]);
    assert!(scan.contains("is masked by hand and stands unmasked in"), "{scan}");
    let said = succeeds(mask(&["NITROUS  oxide"])).out;
    let elsewhere: usize = said.split(' ').next().unwrap().parse().unwrap();
    assert!(of_scenario > 0 && elsewhere > 0, "{of_scenario}, {elsewhere}");
    let scan = lead.json(&["scan", "draft.json"]);
    assert_eq!(scan["left"], json!([]));
    assert_eq!(scan["by_hand"].as_array().unwrap().len(), of_scenario + elsewhere);
    assert_eq!(succeeds(mask(&["my gp", "--everywhere"])).out, "3 masked by hand in draft.json\n");

    let accept = ["accept", "draft.json", "--kind", "framing", "--reason", "said by design"];
    lead.says(&accept);
    lead.create();
    let packet = fs::read_to_string(lead.path("study/packets/packet-A.primum-packet")).unwrap();
    assert!(!packet.to_lowercase().contains("nitrous oxide"), "in no text that raters read");
    let key = lead.key();
    let of_items = key.items.iter().flat_map(|item| &item.masks);
    let of_texts = key.scenarios.iter().flat_map(|scenario| &scenario.masked);
    let originals: Vec<String> = of_items
        .chain(of_texts.flat_map(|part| &part.masks))
        .map(|mask| mask.original.to_lowercase())
        .filter(|original| original == "nitrous oxide")
        .collect();
    assert_eq!(originals.len(), of_scenario + elsewhere, "the key records every mask");
}

#[test]
fn a_mask_that_names_a_model_is_refused() {
    let lead = Lead::new();
    lead.draft(&["--seed", "1"]);
    lead.says(&["mask", "draft.json", "--words", "prednisone", "--with", "aster by Claude"]);
    lead.says(&["accept", "draft.json", "--kind", "framing", "--reason", "said by design"]);
    let create =
        ["create", "draft.json", "--folder", "study", "--passphrase-file", "passphrase.txt"];
    let told = fails(lead.runs(&create));
    assert!(told.contains("draft.json: field `decisions`: found a mask that writes"), "{told}");
    assert!(!lead.path("study").exists(), "nothing was written");
}

#[test]
fn what_is_certain_is_not_accepted_along_with_the_rest_of_its_kind() {
    let lead = Lead::new();
    lead.draft(&["--seed", "1"]);
    let responses = fs::read_to_string(annotation("responses.jsonl")).unwrap();
    let tells = responses.replacen("\"response\": \"", "\"response\": \"I am Aster. ", 1);
    assert_ne!(tells, responses);
    fs::write(lead.path("tells.jsonl"), tells).unwrap();
    let mut draft = read(&lead);
    draft["responses"] = "tells.jsonl".into();
    fs::write(lead.path("draft.json"), draft.to_string()).unwrap();
    let scan = lead.json(&["scan", "draft.json"]);
    let leak = &scan["leaks"][0];
    assert_eq!(
        (&leak["certainty"], &leak["id"]["kind"]),
        (&json!("certain"), &json!("study_name"))
    );
    let said = lead.says(&["scan", "draft.json"]);
    let first: Value = serde_json::from_str(responses.lines().next().unwrap()).unwrap();
    let place = format!("in response 1, to {}: ", first["scenario_id"].as_str().unwrap());
    assert!(said.starts_with("certain, study-name, ") && said.contains(&place), "{said}");
    let next = format!(
        "next   primum study mask draft.json --words \"{0}\"\n\
         or     primum study accept draft.json --kind study-name --words \"{0}\" --reason REASON\n",
        leak["matched"].as_str().unwrap()
    );
    assert!(said.ends_with(&next), "{said}");
    let accept = ["accept", "draft.json", "--kind", "study-name", "--reason", "harmless"];
    assert!(fails(lead.runs(&accept)).contains("The only match is certain"));
    let words = leak["matched"].as_str().unwrap();
    let said = lead.says(&[&accept[..], &["--words", words]].concat());
    assert_eq!(said, "1 accepted in draft.json\n");
}

fn prepared() -> Lead {
    let lead = Lead::new();
    lead.draft(&["--seed", "1"]);
    lead.says(&["accept", "draft.json", "--kind", "framing", "--reason", "by design"]);
    lead
}

const CREATE: [&str; 4] = ["create", "draft.json", "--folder", "study"];
const OPEN: [&str; 4] = ["open-key", "study", "--early", "a test"];

#[test]
fn a_passphrase_comes_from_standard_input_or_the_environment_and_is_asked_for() {
    let lead = prepared();
    let told = fails(lead.runs(&CREATE));
    assert!(told.contains("--passphrase-file") && told.contains("PRIMUM_PASSPHRASE"), "{told}");
    let create = [&["study"][..], &CREATE, &["--passphrase-file", "-"]].concat();
    let short = primum_told(lead.folder.path(), &create, "short");
    assert!(fails(short).contains("passphrase: found 5 characters; expected at least 12"));
    assert!(!lead.path("study/study.primum-study").exists());
    succeeds(primum_told(lead.folder.path(), &create, format!("{PASSPHRASE}\r\n")));
    let opened = Command::new(env!("CARGO_BIN_EXE_primum"))
        .arg("study")
        .args(OPEN)
        .current_dir(lead.folder.path())
        .env("PRIMUM_PASSPHRASE", PASSPHRASE)
        .output()
        .unwrap();
    assert!(opened.status.success(), "{opened:?}");
}

#[test]
fn a_generated_passphrase_is_printed_once_and_opens_the_key() {
    let lead = prepared();
    let said = lead.says(&[&CREATE[..], &["--generate"]].concat());
    let passphrase = said.lines().find_map(|line| line.strip_prefix("passphrase  ")).unwrap();
    fs::write(lead.path("written down"), passphrase).unwrap();
    for file in ["draft.json", "study/study.primum-study", "study/key.age"] {
        let bytes = fs::read(lead.path(file)).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains(passphrase), "it is not in {file}");
    }
    lead.says(&[&OPEN[..], &["--passphrase-file", "written down"]].concat());
}

#[test]
fn a_key_for_a_recipient_opens_with_the_identity() {
    let lead = prepared();
    let identity = root().join("crates/exchange/tests/sealed/by-age-identity.txt");
    let recipient = "age1e6zgqgtjtu4ayzfkdsmz7ef0vmhun7heg8tmzdea2facacznfadsk0m4xs";
    lead.says(&[&CREATE[..], &["--recipient", recipient]].concat());
    let told = fails(lead.runs(&[&OPEN[..], &["--passphrase-file", "passphrase.txt"]].concat()));
    assert!(told.contains("the key is sealed for recipients"), "{told}");
    lead.says(&[&OPEN[..], &["--identity", identity.to_str().unwrap()]].concat());
}

#[test]
fn nothing_is_created_from_files_with_problems_or_over_another_study() {
    let lead = prepared();
    lead.create();
    let told = fails(lead.runs(&[&CREATE[..], &["--passphrase-file", "passphrase.txt"]].concat()));
    assert!(told.contains("expected a new or an empty folder"), "{told}");

    let mut draft = read(&lead);
    let responses = fs::read_to_string(annotation("responses.jsonl")).unwrap();
    fs::write(lead.path("bad.jsonl"), responses.replacen("coin-battery", "coin-bat", 1)).unwrap();
    draft["responses"] = "bad.jsonl".into();
    fs::write(lead.path("draft.json"), draft.to_string()).unwrap();
    let check = lead.runs(&["check", "draft.json"]);
    assert!(check.out.contains("does not have: `coin-bat`"), "{check:?}");
    assert_eq!(check.code, 1, "a script sees it too");
    assert!(check.err.contains("1 thing in these files must be fixed first"), "{check:?}");
    let create = ["create", "draft.json", "--folder", "new", "--passphrase-file", "passphrase.txt"];
    assert!(fails(lead.runs(&create)).contains("Fix them first."));
    assert!(!lead.path("new").exists());
}

#[test]
fn what_is_wrong_in_a_draft_is_named_with_its_file_and_its_place() {
    let lead = Lead::new();
    lead.draft(&["--seed", "1"]);
    let told = |change: &dyn Fn(&mut Value), told: &str| {
        let mut draft = read(&lead);
        change(&mut draft);
        fs::write(lead.path("other.json"), serde_json::to_string_pretty(&draft).unwrap()).unwrap();
        let said = fails(lead.runs(&["draw", "other.json"]));
        assert!(said.starts_with("primum: other.json"), "{said}");
        assert!(said.contains(told), "{said}");
    };
    let rater = |label: &str| json!({ "label": label });
    told(
        &|draft| draft["raters"] = json!([rater("A"), rater("B"), rater(" A ")]),
        "field `raters[2].label`: found `A`, which names the same file as `raters[0]`; expected a label",
    );
    told(
        &|draft| draft["raters"] = json!([rater("A"), rater("\t")]),
        "`raters[1].label`: found nothing",
    );
    told(&|draft| draft["raters"][1] = json!({ "name": "B" }), "field `raters[1].name`");
    told(&|draft| draft["raters"][1] = json!({ "label": 3 }), "field `raters[1].label`");
    let leak = json!({ "text": "sha256:0", "kind": "by_hand", "start": 3, "end": 3 });
    told(
        &|draft| draft["decisions"] = json!([{ "leak": leak, "action": { "do": "mask" } }]),
        "leak decision 1, fields `start` and `end`: found 3 and 3",
    );
    told(&|draft| draft["sampling"] = json!({ "size": 0 }), "field `size`: found 0");
    for field in ["scenarios", "responses", "rubric", "scores", "calibration"] {
        let empty = format!("field `{field}`: found nothing; expected a path");
        told(&|draft| draft[field] = "".into(), &empty);
        let missing = format!("field `{field}`: nowhere: no such file or folder. Check the name.");
        told(&|draft| draft[field] = "nowhere".into(), &missing);
    }
}

#[test]
fn what_keeps_a_study_from_being_created_is_named_with_the_draft() {
    let lead = Lead::new();
    lead.draft(&["--seed", "1"]);
    let create =
        ["create", "draft.json", "--folder", "study", "--passphrase-file", "passphrase.txt"];
    let said = fails(lead.runs(&create));
    assert!(said.starts_with("primum: draft.json: 6 leaks are undecided"), "{said}");
    lead.says(&["accept", "draft.json", "--kind", "framing", "--reason", "part of the question"]);
    let mut draft = read(&lead);
    draft["raters"][0]["label"] = "../A".into();
    fs::write(lead.path("draft.json"), draft.to_string()).unwrap();
    let said = fails(lead.runs(&create));
    let told = "primum: draft.json: field `raters[0].label`: found `../A`; expected letters";
    assert!(said.starts_with(told), "{said}");
}

#[test]
fn decisions_that_are_made_at_once_are_all_kept() {
    let lead = Lead::new();
    lead.draft(&["--seed", "1"]);
    let words = ["the", "and", "you", "for"];
    std::thread::scope(|scope| {
        for word in words {
            let lead = &lead;
            scope.spawn(move || {
                lead.says(&["mask", "draft.json", "--everywhere", "--words", word, "--with", word])
            });
        }
        let arguments = ["accept", "draft.json", "--kind", "framing", "--reason", "asked so"];
        lead.says(&arguments);
    });
    let decisions = read(&lead)["decisions"].as_array().unwrap().clone();
    let masked = |word: &str| decisions.iter().any(|made| made["action"]["replacement"] == word);
    assert!(words.into_iter().all(masked), "a set of decisions is missing");
    assert!(decisions.iter().any(|made| made["action"]["reason"] == "asked so"));
}

#[test]
fn the_reference_answer_after_rating_is_part_of_the_study_and_of_what_is_added() {
    let lead = Lead::new();
    lead.draft(&["--seed", "1", "--reference-after-rating"]);
    assert_eq!(read(&lead)["reference_after_rating"], true);
    let checked = lead.says(&["check", "draft.json"]);
    assert!(checked.contains("; the reference answer after rating"), "{checked}");
    let other_framing =
        "2 cases in several framings; raters who are shown the reference answer of one";
    assert!(checked.contains(other_framing), "{checked}");
    lead.says(&["accept", "draft.json", "--kind", "framing", "--reason", "part of the question"]);
    lead.create();
    let packet = lead.path("study/packets/packet-A.primum-packet");
    assert!(exchange::read_packet(&packet).unwrap().rubric.reference_after_rating);
    let (scenarios, responses) = (root().join("scenarios"), annotation("responses.jsonl"));
    let scenarios = scenarios.display().to_string();
    let further = ["draft", "--further", "study", "--scenarios", &scenarios];
    let further = [&further[..], &["--responses", &responses, "--out", "further.json"]].concat();
    lead.says(&further);
    // The responses are the study's own; what matters here is that its rubric fits.
    let checked = lead.runs(&["check", "further.json"]).out;
    assert!(checked.contains("; the reference answer after rating"), "{checked}");
    assert!(checked.contains("8 scenarios that the study has already; raters may"), "{checked}");
}
