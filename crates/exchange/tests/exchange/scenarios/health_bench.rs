//! HealthBench's evaluation rows: what their criteria become.

use crate::support::Folder;
use exchange::{Holding, Mapping, preview_scenarios, read_scenarios};
use serde_json::{Value, json};
use study::Scenario;

fn row(id: &str, criteria: &[(&str, f64)], ideal: Value) -> Value {
    let criteria = criteria.iter().map(|(criterion, points)| {
        json!({ "criterion": criterion, "points": points, "tags": ["level:example"] })
    });
    let criteria: Vec<Value> = criteria.collect();
    json!({
        "prompt": [{ "role": "user", "content": "My thumb hurts." }], "prompt_id": id,
        "rubrics": criteria, "ideal_completions_data": ideal, "example_tags": ["theme:hands"],
    })
}

fn actions(scenario: &Scenario) -> Vec<&str> {
    scenario.critical_actions.iter().map(|action| action.text.as_str()).collect()
}

#[test]
fn criteria_are_actions_and_risks_and_the_ideal_is_the_reference() {
    let folder = Folder::new();
    let criteria = [
        ("Asks since when", 3.0),
        ("Says it is broken", -2.0),
        ("Advises to cool it", 7.0),
        ("Advises to pull it", -8.0),
        ("Is polite", 0.0),
    ];
    let rows = [
        row(
            "p1",
            &criteria,
            json!({ "ideal_completion": "Cool it.", "ideal_completions_group": "g" }),
        ),
        row("p2", &[("Names a doctor", 5.0)], Value::Null),
    ];
    let [one, two] = rows.map(|row| format!("{row}\n"));
    let file = folder.put("rows.jsonl", one.clone() + &two);
    let bank = read_scenarios(&file, &Mapping::default()).unwrap();
    let [first, second] = &bank.scenarios[..] else { panic!("{bank:?}") };
    assert_eq!(actions(first), ["Advises to cool it", "Asks since when"], "most points first");
    assert_eq!(first.commission_risks, ["Advises to pull it", "Says it is broken"]);
    assert_eq!(first.reference_answer, "Cool it.");
    assert_eq!((actions(second), &*second.reference_answer), (vec!["Names a doctor"], ""));
    let note = "the criteria with points above 0 were read as critical actions, those with most points first (3 in \
                all, up to 2 for a scenario), those below 0 as commission risks (2), and the ideal completion as the \
                reference answer (1 of 2). 1 without points or text were left out.";
    assert_eq!(bank.notes, [format!("{}: {note}", file.display())]);
    let preview = preview_scenarios(&file).unwrap();
    assert_eq!((preview.count, preview.notes), (2, bank.notes));
    assert!(preview.columns.is_empty(), "the rows say themselves what they hold");
    let single = folder.put("row.json", one.trim());
    assert_eq!(read_scenarios(&single, &Mapping::default()).unwrap().scenarios[0], *first);
    let mapping = Mapping::of(&["id=prompt_id"], &[Holding::Scenarios]).unwrap();
    let mapped = read_scenarios(&file, &mapping);
    assert!(folder.told(mapped).contains("HealthBench's evaluation rows"));
    let twice = folder.put("twice.jsonl", one.clone() + &one);
    let told = folder.told(read_scenarios(&twice, &Mapping::default()));
    assert!(told.contains("found `p1`, as on line 1; expected an id of its own"), "{told}");
}
