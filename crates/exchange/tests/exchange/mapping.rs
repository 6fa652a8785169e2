//! Which columns hold our fields, in the words of `--map`.

use crate::support::{Folder, said};
use exchange::{Guess, Holding, Mapping, collect_responses, inspect};

fn refused(text: &str, holding: Holding) -> String {
    Mapping::of(&[text], &[holding]).unwrap_err().1
}

#[test]
fn what_a_field_cannot_be_is_refused_in_words() {
    assert_eq!(
        refused("response=a,b", Holding::Responses),
        "found 2 columns for response (a, b); expected one. A name that holds a comma goes in quotation marks"
    );
    assert_eq!(
        refused("response=:the same", Holding::Responses),
        "found `response=:the same`; expected a column, as response is not the same in every row"
    );
    assert!(refused("item=", Holding::Grades).starts_with("found `item=`; expected FIELD=COLUMN"));
    assert!(refused("value=a,,b", Holding::Grades).starts_with("found `value=a,,b`; expected"));
    let twice = Mapping::of(&["id=a", "id=b"], &[Holding::Scenarios]).unwrap_err();
    assert_eq!(twice, (1, "found id twice; expected it once".to_owned()));
    assert!(refused("rater=Ann", Holding::Scenarios).ends_with("commission_risks, clinical_basis"));
}

#[test]
fn a_name_with_a_comma_or_a_line_break_is_found() {
    let folder = Folder::new();
    let file = folder.put("r.csv", "case,\"Answer,\n full text\",who\ns1,a,m\n");
    let columns = said(&[
        ("scenario_id", "case"),
        ("response", "\"Answer, full text\""),
        ("model_id", "WHO"),
    ]);
    assert_eq!(collect_responses(&file, &columns).unwrap().responses[0].text, "a");
}

#[test]
fn one_repetition_for_all_is_taken_of_tables_and_of_json() {
    let folder = Folder::new();
    let files = [
        folder.put("r.csv", "scenario_id,model_id,response\ns1,m,a\n"),
        folder.put(
            "r.jsonl",
            r#"{"scenario_id": "s1", "model_id": "m", "response": "a", "rep_id": 1}"#,
        ),
    ];
    for file in &files {
        let collected = collect_responses(file, &said(&[("rep_id", ":2")])).unwrap();
        assert_eq!(collected.responses[0].origin.item_name(), "s1/m/2");
    }
    assert_eq!(
        folder.told(collect_responses(&files[0], &said(&[("rep_id", ":two")]))),
        "r.csv, field `rep_id`: found `:two`; expected a whole number up to 4294967295, or a column."
    );
}

/// What is guessed of a file, as `holding: map`.
fn guessed(name: &str, text: &str) -> Vec<String> {
    let folder = Folder::new();
    let file = folder.put(name, text);
    let found = inspect(file.to_str().unwrap(), &Mapping::default()).unwrap();
    let told = |Guess { holding, map }: Guess| format!("{holding:?}: {}", map.join(" "));
    found.guesses.into_iter().map(told).collect()
}

#[test]
fn what_a_table_in_no_known_layout_holds_is_guessed_by_its_content() {
    let asks = "Darf ich das Mittel weiter nehmen oder nicht";
    let answer = "Nein, bitte nicht, und rufen Sie heute noch Ihre Praxis an";
    let rows: String = (0..4)
        .map(|row| format!("F{};{asks} {row}?;{answer} {row};Modell {}\n", row / 2, row % 2))
        .collect();
    assert_eq!(
        guessed("antworten.csv", &format!("Fall;Frage;Antwort;Von\n{rows}")),
        ["Responses: scenario_id=Fall model_id=Von response=Antwort"]
    );
    let rows: String = (0..4).map(|row| format!("F{row};{asks} {row}?\n")).collect();
    assert_eq!(
        guessed("faelle.csv", &format!("Fall;Frage, ganz\n{rows}")),
        [
            "Scenarios: id=Fall prompt=\"Frage, ganz\"",
            "Responses: scenario_id=Fall model_id=:NAME response=\"Frage, ganz\""
        ]
    );
    assert_eq!(
        guessed("noten.csv", "Nr;Ort;Text\n1;Ulm;gut\n2;Bonn;gut\n3;Ulm;schlecht\n4;Bonn;gut\n"),
        ["Grades: item=Nr value=Ort"]
    );
    let records: String =
        (0..4).map(|row| format!("{{\"Fall\": {row}, \"Frage\": \"{asks}\"}}\n")).collect();
    assert_eq!(guessed("faelle.jsonl", &records)[0], "Scenarios: id=Fall prompt=Frage");
}
