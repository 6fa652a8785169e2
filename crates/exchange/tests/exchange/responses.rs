//! Collected responses, as JSON Lines and as CSV.

mod health_bench;
mod helm;
mod inspect;
mod lm_eval;
mod openai_evals;
mod preview;
mod promptfoo;
mod table;

use crate::support::{Folder, said};
use exchange::{Holding, Mapping, collect_responses, read_responses};
use std::path::Path;
use study::Response;

const HEADER: &str = "scenario_id,model_id,rep_id,response\n";

fn read(name: &str, text: &str) -> Vec<Response> {
    read_responses(&Folder::new().put(name, text)).unwrap().responses
}

fn told(name: &str, text: impl AsRef<[u8]>) -> String {
    let folder = Folder::new();
    folder.told(read_responses(&folder.put(name, text)))
}

fn line(rest: &str) -> String {
    format!(r#"{{"scenario_id": "s1", "model_id": "m", "rep_id": 0, {rest}}}"#)
}

/// A screen, or a program, finds the place without reading the sentence.
#[test]
fn what_is_wrong_is_told_in_fields_as_well() {
    let folder = Folder::new();
    let file = folder.put(
        "r.jsonl",
        line(r#""response": "a", "rep_id": "first""#).replace("\"rep_id\": 0, ", ""),
    );
    let at = read_responses(&file).unwrap_err().at();
    assert_eq!(at.file, Some(file.display().to_string()));
    assert_eq!((at.line, at.field.as_deref()), (Some(1), Some("rep_id")));
    assert_eq!(at.found.as_deref(), Some("the text \"first\""));
    assert_eq!(at.expected.as_deref(), Some("a whole number"));
}

/// A key has hundreds of lines, none of which is a response.
#[test]
fn another_kind_of_file_of_ours_is_named_once() {
    let key = "{\n  \"format\": \"primum-key/2\",\n  \"content\": {}\n}\n";
    let message = told("key.json", key);
    let start = "key.json: this is a key (`primum-key/2`); expected responses with";
    assert!(message.starts_with(start), "{message}");
}

#[test]
fn json_lines_are_read_with_blank_lines_and_fields_of_others() {
    let text = format!(
        "{}\n\n{}\r\n",
        line(r#""response": "one\ntwo", "timestamp": "2026-01-01", "seed": 3"#),
        line(r#""response": "three""#).replace("\"m\"", "\"n\""),
    );
    let read = read("r.jsonl", &text);
    assert_eq!(read.len(), 2);
    assert_eq!(read[0].text, "one\ntwo");
    assert_eq!(read[0].origin.item_name(), "s1/m/0");
    assert_eq!(read[1].origin.model_id, "n");
    assert!(read.iter().all(|response| !response.filtered));
}

#[test]
fn a_response_is_filtered_where_the_file_says_so_or_tokens_came_without_text() {
    for (fields, filtered) in [
        (r#""response": "text""#, false),
        (r#""response": """#, false),
        (r#""response": "", "output_tokens": 100"#, false),
        (r#""response": "", "output_tokens": 101"#, true),
        (r#""response": " \n", "output_tokens": 500"#, true),
        (r#""response": null, "output_tokens": 500"#, true),
        (r#""response": "text", "output_tokens": 500"#, false),
        (r#""response": "", "content_filtered": true"#, true),
        (r#""response": "leftover", "content_filtered": true"#, true),
        (r#""response": "text", "content_filtered": null"#, false),
        (r#""response": "leftover", "content_filtered": "True""#, true),
        (r#""response": "text", "content_filtered": "False""#, false),
        (r#""response": "leftover", "content_filtered": 1"#, true),
    ] {
        assert_eq!(read("r.jsonl", &line(fields))[0].filtered, filtered, "{fields}");
    }
}

#[test]
fn csv_quotes_hold_newlines_commas_and_quotes() {
    let text = format!("{HEADER}s1,m,0,\"first\nsecond, \"\"quoted\"\"\"\ns1,m,1,plain\n");
    let read = read("r.csv", &text);
    assert_eq!(read[0].text, "first\nsecond, \"quoted\"");
    assert_eq!(read[1].text, "plain");
}

#[test]
fn csv_columns_stand_in_any_order_and_may_say_filtered() {
    let text = "\u{feff}response,rep_id,model_id,scenario_id,content_filtered,output_tokens\n\
                ,0,m,s1,true,\n,1,m,s1,,900\nhello,2,m,s1,false,12\n";
    let read = read("R.CSV", text);
    let filtered: Vec<bool> = read.iter().map(|response| response.filtered).collect();
    assert_eq!(filtered, [true, true, false]);
    assert_eq!(read[2].text, "hello");
    assert_eq!(read[2].origin.item_name(), "s1/m/2");
}

#[test]
fn both_layouts_give_the_same_responses() {
    let csv = format!("{HEADER}s1,m,0,\"a\nb\"\n");
    assert_eq!(read("r.csv", &csv), read("r.jsonl", &line(r#""response": "a\nb""#)));
}

#[test]
fn one_origin_twice_is_refused_with_both_lines() {
    let twice = format!("{}\n\n{}\n", line(r#""response": "a""#), line(r#""response": "b""#));
    let told_of = |name: &str, at: u32, first: u32| {
        format!(
            "{name}, line {at}, field `scenario_id`: found s1 of m, repetition 0, again, as on line {first}; \
             expected each response once, or repetitions numbered in `rep_id`."
        )
    };
    assert_eq!(told("r.jsonl", twice), told_of("r.jsonl", 3, 1));
    let csv = format!("{HEADER}s1,m,0,\"a\nb\"\ns1,m,0,c\n");
    assert_eq!(told("r.csv", csv), told_of("r.csv", 4, 2));
}

#[test]
fn a_line_that_is_wrong_is_told_with_its_number_and_field() {
    let good = line(r#""response": "a""#);
    let second = |line: &str| told("r.jsonl", format!("{good}\n{line}\n"));
    assert_eq!(
        second(r#"{"scenario_id": "s1", "model_id": "m", "rep_id": "first", "response": "a"}"#),
        "r.jsonl, line 2, field `rep_id`: found the text \"first\"; expected a whole number."
    );
    assert_eq!(
        second(r#"{"scenario_id": "s1", "rep_id": 1, "response": "a"}"#),
        "r.jsonl, line 2: found no field `model_id`; expected responses with \
         `scenario_id`, `model_id`, `rep_id` and `response`."
    );
    assert_eq!(
        second(r#"{"scenario_id": "s1", "model_id": "m", "rep_id": 1, "omission_harm": 2}"#),
        "r.jsonl, line 2: found no field `response`; expected responses with \
         `scenario_id`, `model_id`, `rep_id` and `response`.",
        "scores are no responses"
    );
    assert_eq!(
        second(r#"{"scenario_id": "s1", "model_id": "m", "rep_id": -1, "response": "a"}"#),
        "r.jsonl, line 2, field `rep_id`: found -1; expected a whole number."
    );
    assert_eq!(
        second(r#"{"scenario_id": "s1", "model_id": "m","#),
        "r.jsonl, line 2: the file ends in the middle. Get the whole file again."
    );
    assert_eq!(
        second("s1,m,0,a"),
        "r.jsonl, line 2, column 1: this is not JSON (expected value); expected responses with \
         `scenario_id`, `model_id`, `rep_id` and `response`."
    );
}

#[test]
fn columns_that_are_not_there_are_told_and_not_passed_over() {
    let folder = Folder::new();
    let csv = folder.put("r.csv", "scenario_id,model_id,rep_id,text\ns1,m,0,a\n");
    let lines = folder.put("r.jsonl", "{}\n");
    let told = |file: &Path, ours: &str, theirs: &str| {
        folder.told(collect_responses(file, &said(&[(ours, theirs)])))
    };
    let named = said(&[("response", "text"), ("output_tokens", ":")]);
    assert!(collect_responses(&csv, &named).is_ok());
    assert_eq!(
        told(&csv, "response", "answer"),
        "r.csv, line 1, field `answer`: found the columns scenario_id, model_id, rep_id, text; expected a \
         column of this name."
    );
    let misspelt = Mapping::of(&["model_id=:m", "reponse=text"], &[Holding::Responses]);
    let expected = "found `reponse=text`; expected FIELD=COLUMN or FIELD=:CONSTANT, with one of scenario_id, model_id, \
                    rep_id, response, content_filtered, output_tokens";
    assert_eq!(misspelt, Err((1, expected.to_owned())));
    assert_eq!(
        told(&lines, "response", "text"),
        "r.jsonl, line 1, field `text`: found no fields; expected a field of this name."
    );
}

#[test]
fn a_table_that_is_wrong_is_told_with_line_and_column() {
    assert_eq!(
        told("r.csv", "scenario_id,model,rep_id,response\ns1,m,0,a\n"),
        "r.csv, line 1, field `model_id`: found the columns scenario_id, model, rep_id, response; \
         expected a column of this name, another that holds it (model_id=COLUMN), or one name for all \
         responses (model_id=:NAME). The names of the columns suggest --map model_id=model."
    );
    assert_eq!(
        told("r.csv", format!("{HEADER}s1,m,0,a\ns1,m,b\n")),
        "r.csv, line 3, the row: found 3 cells; expected 4, as in the header."
    );
    assert_eq!(
        told("r.csv", format!("{HEADER}s1,m,first,a\n")),
        "r.csv, line 2, field `rep_id`: found `first`; expected a whole number."
    );
    assert_eq!(
        told("r.csv", "scenario_id,model_id,rep_id,response,content_filtered\ns,m,0,a,no\n"),
        "r.csv, line 2, field `content_filtered`: found `no`; expected true, false or nothing."
    );
}

#[test]
fn a_file_without_responses_is_refused() {
    let expected = "expected responses with `scenario_id`, `model_id`, `rep_id` and `response`";
    for name in ["r.jsonl", "r.csv"] {
        assert_eq!(
            told(name, "\n"),
            format!(
                "{name}: the file is empty; {expected}. Check that it is the right file, or get it again."
            )
        );
    }
    assert_eq!(
        told("r.csv", HEADER),
        format!("r.csv: found a table without a response; {expected}."),
        "a header alone is no response"
    );
}

#[test]
fn every_problem_is_listed_and_what_can_be_read_is_kept() {
    let folder = Folder::new();
    let file = folder.put(
        "r.csv",
        format!("{HEADER}s1,m,0,a\ns1,m,0,again\ns2,m,first,b\ns3,m,0,c\ns3,m,0,again\n"),
    );
    let collected = collect_responses(&file, &Mapping::default()).unwrap();
    let kept: Vec<String> =
        collected.responses.iter().map(|response| response.origin.item_name()).collect();
    assert_eq!(kept, ["s1/m/0", "s3/m/0"]);
    let problems: Vec<String> = collected.problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems.len(), 3);
    for (problem, told) in problems.iter().zip(["line 3", "line 4, field `rep_id`", "line 6"]) {
        assert!(problem.contains(told), "{problem}");
    }
}

#[test]
fn columns_of_other_names_are_taken_as_told_and_an_unmeant_one_of_our_name_is_not() {
    let folder = Folder::new();
    let text = "prompt_id,system,model_id,completion\ns1,m,internal,a\n";
    let file = folder.put("r.csv", text);
    let columns =
        [("scenario_id", "prompt_id"), ("model_id", "system"), ("response", "completion")];
    let collected = collect_responses(&file, &said(&columns)).unwrap();
    assert_eq!(collected.responses[0].origin.item_name(), "s1/m/0", "without rep_id it is 0");
    assert_eq!(collected.responses[0].text, "a");

    assert_eq!(
        folder.told(collect_responses(&file, &said(&[("scenario_id", "case")]))),
        "r.csv, line 1, field `case`: found the columns prompt_id, system, model_id, completion; \
         expected a column of this name."
    );
}

#[test]
fn names_that_are_numbers_are_names() {
    let text = r#"{"scenario_id": 12, "model_id": "m", "response": "a"}"#;
    assert_eq!(read("r.jsonl", text)[0].origin.item_name(), "12/m/0");
}

#[test]
fn a_list_is_read_as_lines_are_and_its_entries_are_numbered() {
    let list = r#"[{"scenario_id": "s1", "model_id": "m", "response": "a"},
        {"scenario_id": "s1", "model_id": "m", "rep_id": "x", "response": "b"},
        {"scenario_id": "s1", "model_id": "m", "rep_id": 0, "response": "c"}]"#;
    let folder = Folder::new();
    let file = folder.put("r.json", list);
    let collected = collect_responses(&file, &Mapping::default()).unwrap();
    assert_eq!((collected.unit, collected.places), ("entry", vec![1]));
    assert_eq!(collected.responses[0].text, "a");
    let problems: Vec<String> =
        collected.problems.into_iter().map(|p| folder.told::<()>(Err(p))).collect();
    assert_eq!(
        problems,
        [
            "r.json, entry 2, field `rep_id`: found the text \"x\"; expected a whole number.",
            "r.json, entry 3, field `scenario_id`: found s1 of m, repetition 0, again, as in entry 1; expected \
             each response once, or repetitions numbered in `rep_id`.",
        ]
    );
    assert_eq!(
        told("r.json", r#"[{"scenario_id": "s1", "model_id": "m", "response": "a"}, {"scenario"#),
        "r.json, line 1: the file ends in the middle. Get the whole file again."
    );
}

#[test]
fn fields_of_other_names_are_taken_as_told() {
    let folder = Folder::new();
    let file = folder.put(
        "r.jsonl",
        "{\"qid\": 7, \"answer\": \"a\", \"response\": \"of the judge\"}\n\
         {\"qid\": 8, \"answer\": null, \"run\": \"x\"}\n",
    );
    let columns =
        [("scenario_id", "qid"), ("model_id", ":gpt-x"), ("response", "answer"), ("rep_id", "run")];
    let collected = collect_responses(&file, &said(&columns)).unwrap();
    assert_eq!(collected.responses.len(), 1);
    assert_eq!(collected.responses[0].origin.item_name(), "7/gpt-x/0");
    assert_eq!(collected.responses[0].text, "a");
    assert_eq!(
        folder.told::<()>(Err(collected.problems.into_iter().next().unwrap())),
        "r.jsonl, line 2, field `rep_id`: found the text \"x\"; expected a whole number."
    );
}

#[test]
fn what_every_record_lacks_is_told_once() {
    let line = "{\"prompt\": \"p\", \"model_id\": \"m\", \"response\": \"a\"}\n";
    assert_eq!(
        told("r.jsonl", line.repeat(3)),
        "r.jsonl, line 1, field `scenario_id`: found the fields prompt, model_id, response; expected a field \
         of this name, or another that holds it (scenario_id=FIELD)."
    );
}

#[test]
fn json_of_no_known_layout_is_told_with_what_it_has() {
    let message = told("r.json", r#"{"answers": [1], "author": "x"}"#);
    let start = "r.json, field `layout`: found a JSON object with answers, author; expected a table or JSON records";
    assert!(message.starts_with(start), "{message}");
}
