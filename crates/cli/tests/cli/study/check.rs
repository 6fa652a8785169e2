//! What is said of responses before a study is made of them.

use crate::study::lead::Lead;
use serde_json::Value;
use std::fs;

/// What `study check` says of a table of responses with these rows.
fn checked(rows: &str) -> String {
    let lead = Lead::new();
    fs::write(lead.path("r.csv"), format!("scenario_id,model_id,rep_id,response\n{rows}")).unwrap();
    lead.draft(&["--seed", "1"]);
    let file = lead.path("draft.json");
    let mut draft: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    draft["responses"] = "r.csv".into();
    fs::write(&file, draft.to_string()).unwrap();
    lead.runs(&["check", "draft.json"]).out
}

#[test]
fn what_a_spreadsheet_made_of_responses_is_said_with_its_lines() {
    let cut = "x".repeat(32_767);
    let rows = format!(
        "postnatal-lay,aster,0,#NAME?\npostnatal-lay,aster,1,NaN\npostnatal-lay,aster,2,\"  \"\n\
         postnatal-lay,aster,3,{cut}\npostnatal-lay,aster,4,x{cut}\npostnatal-lay,Aster,5,#NAME?\n\
         postnatal-lay,as ter,6,null of them\npostnatal-lay,1E+05,7,fine\npostnatal-lay,3-May,8,fine\n\
         03/05/2026,gpt-4o-2024-05-13,9,fine\n"
    );
    let said = checked(&rows);
    let notes: Vec<&str> = said.lines().filter(|line| line.starts_with("Note: ")).collect();
    for (note, told) in [
        ("lines 2 and 7, field `response`", "found `#NAME?`, as a spreadsheet writes an error"),
        ("line 3, field `response`", "found `NaN`, as programs write a missing value"),
        ("line 4, field `response`", "found no text"),
        (
            "line 5, field `response`",
            "found 32767 characters, the most that a spreadsheet's cell holds",
        ),
        ("line 9, field `model_id`", "found `1E+05`, which a spreadsheet may have made a number"),
        ("line 10, field `model_id`", "found `3-May`, which a spreadsheet may have made a date"),
        (
            "line 11, field `scenario_id`",
            "found `03/05/2026`, which a spreadsheet may have made a date",
        ),
        (
            "The models `Aster`, `as ter` and `aster`",
            "differ in capitals, blanks or invisible characters only, and count as 3",
        ),
    ] {
        let fits =
            |line: &&&str| line.contains("r.csv") && line.contains(note) && line.contains(told);
        assert_eq!(notes.iter().filter(fits).count(), 1, "{note}: {said}");
    }
    assert_eq!(notes.len(), 8, "{said}");
    assert!(!said.contains("Nothing is wrong"), "{said}");
}

#[test]
fn nothing_is_said_of_good_responses() {
    let said =
        checked("postnatal-lay,aster,0,None of these.\npostnatal-lay,gpt-4o-2024-05-13,0,yes\n");
    assert!(said.ends_with("\nNothing is wrong with these files.\n"), "{said}");
}
