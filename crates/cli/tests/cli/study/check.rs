//! What is said of responses before a study is made of them.

use crate::study::lead::Lead;
use crate::support::Run;
use serde_json::{Value, json};
use std::fs;

/// What `study check` says of a table of responses with these rows.
fn checked(rows: &str) -> String {
    checked_file(&format!("scenario_id,model_id,rep_id,response\n{rows}"), &[]).out
}

/// What it says of responses in this file, with what is said of its columns.
fn checked_file(text: &str, map: &[&str]) -> Run {
    checked_draft(&[("r.csv", text)], json!({ "responses": "r.csv", "map": map }))
}

/// What it says of a draft that differs from the example in these fields, beside these files.
fn checked_draft(files: &[(&str, &str)], fields: Value) -> Run {
    let lead = Lead::new();
    for (name, text) in files {
        fs::write(lead.path(name), text).unwrap();
    }
    lead.draft(&["--seed", "1"]);
    let file = lead.path("draft.json");
    let mut draft: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    for (field, value) in fields.as_object().unwrap() {
        draft[field] = value.clone();
    }
    fs::write(&file, draft.to_string()).unwrap();
    lead.runs(&["check", "draft.json"])
}

#[test]
fn a_table_of_scenarios_is_a_bank_and_what_it_lacks_is_said() {
    let bank = "id,prompt,framing\ns1,What now?,nurse\ns2,And then?,physician\n";
    let responses = "scenario_id,model_id,response\ns1,aster,one\ns2,aster,two\n";
    let run = checked_draft(
        &[("bank.csv", bank), ("r.csv", responses)],
        json!({ "scenarios": "bank.csv", "responses": "r.csv" }),
    );
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.starts_with("2 responses to 2 scenarios"), "{}", run.out);
    for told in [
        "bank.csv: 2 scenarios without a reference answer; raters are shown none there",
        "bank.csv: the framing `nurse` (line 2) was ignored; it can be layperson, physician, lawyer",
    ] {
        assert!(run.out.contains(told), "{told}: {}", run.out);
    }
}

#[test]
fn problems_of_one_kind_are_told_once_and_the_check_fails() {
    let broken: String = (0..170).map(|row| format!("postnatal-lay,aster,x{row},a\n")).collect();
    let strangers =
        "Postnatal-Lay ,aster,0,a\npostnatal-lay,aster,1,b\nq1,aster,0,a\nq2,aster,0,a\n";
    let text = format!("scenario_id,model_id,rep_id,response\n{broken}{strangers}");
    let run = checked_file(&text, &[]);
    let (_, problems) = run.out.split_once("\n3 to fix first:\n").unwrap();
    let problems: Vec<&str> = problems.lines().collect();
    assert_eq!(problems.len(), 3, "{}", run.out);
    for (problem, told) in problems.iter().zip([
        "r.csv, lines 2, 3, 4 and 167 more, field `rep_id`: found `x0`, `x1`, `x2` and 167 more; expected a \
         whole number.",
        "invisible characters only: `Postnatal-Lay ` for `postnatal-lay`. Give them the bank's spelling.",
        "does not have: `q1` and `q2`",
    ]) {
        assert!(problem.ends_with(told), "{problem}");
    }
    assert_eq!(run.code, 1);
    assert!(run.err.contains("3 things in these files must be fixed first"), "{}", run.err);
}

#[test]
fn one_model_for_all_and_what_was_read_are_said() {
    let text = "case;text\npostnatal-lay;one\nsteroid-lay;two\n";
    let run = checked_file(text, &["scenario_id=case", "response=text", "model_id=:aster"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.starts_with("2 responses to 2 scenarios"), "{}", run.out);
    assert!(run.out.contains("r.csv: the cells are separated by semicolons."), "{}", run.out);
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
    let end = "\nNothing is wrong with these files.\nnext   primum study scan draft.json\n";
    assert!(said.ends_with(end), "{said}");
}

#[test]
fn a_conversation_in_one_text_is_pointed_out() {
    let bank = "id,prompt\ns1,\"User: It hurts.\nAssistant: Where?\nUser: Here.\"\n\
                s2,\"**Human:** It hurts.\n\n**AI**: Where?\"\ns3,\"User: a word, and no answer: what now?\"\n";
    let responses = "scenario_id,model_id,response\ns1,aster,one\n\
                     s2,aster,\"User: It hurts.\nAssistant: Rest.\"\ns3,aster,Assistant: three\n";
    let run = checked_draft(
        &[("bank.csv", bank), ("r.csv", responses)],
        json!({ "scenarios": "bank.csv", "responses": "r.csv" }),
    );
    assert_eq!(run.code, 0, "{}", run.err);
    for told in [
        "bank.csv: prompts are a conversation in one text, of `s1` and `s2`. Raters would read it as one text. \
         To show its turns, give a list in its place: [{\"role\": \"user\", \"content\": \"…\"}, ",
        "r.csv, line 3, field `response`: found turns of a conversation in one text; expected the model's last \
         answer alone",
    ] {
        assert!(run.out.contains(told), "{told}: {}", run.out);
    }
}
