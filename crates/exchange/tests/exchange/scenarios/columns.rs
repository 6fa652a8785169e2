//! Scenarios in columns of other names, and a look into them.

use super::TABLE;
use crate::support::Folder;
use exchange::{Holding, Mapping, preview_scenarios, read_scenarios};
use serde_json::json;
use testing::root;

#[test]
fn columns_of_other_names_are_taken_as_told_of_tables_and_of_json() {
    let folder = Folder::new();
    let table = "Fall;Frage;Schritt 1;Schritt 2;prompt\na;Was nun?;anrufen;warten;intern\n";
    let record = json!({
        "Fall": "a", "Frage": "Was nun?", "Schritt 1": "anrufen", "Schritt 2": "warten", "prompt": "intern",
    });
    let said =
        ["id=Fall", "prompt=Frage", "critical_actions=Schritt 1,Schritt 2", "category=:triage"];
    let mapping = Mapping::of(&said, &[Holding::Scenarios]).unwrap();
    for file in [folder.put("b.csv", table), folder.put("b.jsonl", record.to_string())] {
        let bank = read_scenarios(&file, &mapping).unwrap();
        let [only] = bank.scenarios.as_slice() else { panic!("{bank:?}") };
        assert_eq!((only.id.as_str(), only.prompt.plain().as_ref()), ("a", "Was nun?"));
        let actions: Vec<&str> =
            only.critical_actions.iter().map(|action| action.text.as_str()).collect();
        assert_eq!((actions, only.category.as_str()), (vec!["anrufen", "warten"], "triage"));
    }
    let elsewhere = Mapping::of(&["id=Nr", "prompt=Frage"], &[Holding::Scenarios]).unwrap();
    assert_eq!(
        folder.told(read_scenarios(&folder.file("b.csv"), &elsewhere)),
        "b.csv, line 1, field `Nr`: found the columns Fall, Frage, Schritt 1, Schritt 2, prompt; expected a column of \
         this name."
    );
    let none = folder.put("none.json", "[]");
    assert_eq!(
        folder.told(read_scenarios(&none, &Mapping::default())),
        "none.json, line 1, field `id`: found no columns; expected a column of this name, or another that holds it \
         (id=COLUMN)."
    );
    assert_eq!(
        folder.told(read_scenarios(&root().join("scenarios"), &mapping)),
        format!(
            "{}, field `map`: found a column for `id` in a folder; expected columns for a table or plain JSON records only.",
            root().join("scenarios").display()
        )
    );
}

#[test]
fn a_look_into_scenarios_says_what_they_are_in() {
    let folder = Folder::new();
    let preview = preview_scenarios(&folder.put("bank.csv", TABLE)).unwrap();
    assert_eq!((preview.kind.as_str(), preview.count), ("a table separated by semicolons", 3));
    assert_eq!(preview.suggested["pair_id"], "pair");
    assert_eq!(preview.fields.iter().filter(|field| field.required).count(), 2);
    let preview = preview_scenarios(&root().join("scenarios")).unwrap();
    assert_eq!((preview.kind.as_str(), preview.fields.len()), ("a folder", 0));
    assert!(preview.count > 5, "{preview:?}");
}
