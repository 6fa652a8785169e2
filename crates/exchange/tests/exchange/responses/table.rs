//! Tables of responses in every dialect.

use super::{HEADER, read, told};
use crate::support::{Folder, said};
use exchange::{Mapping, collect_responses};

#[test]
fn dialects_and_encodings_give_the_same_responses() {
    let plain = "scenario_id,model_id,rep_id,response\ns1,m,0,\"Größe; ja\nnein\"\n";
    let other = |separator: &str| plain.replace(',', separator);
    let expected = read("r.csv", plain);
    assert_eq!(expected[0].text, "Größe; ja\nnein");
    for text in
        [other(";"), other("\t"), format!("sep=;\r\n{}", other(";")), format!("sep=,\n{plain}")]
    {
        assert_eq!(read("r.csv", &text), expected, "{text}");
    }
    let utf_16: Vec<u8> = "\u{feff}"
        .chars()
        .chain(other("\t").chars())
        .collect::<String>()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let folder = Folder::new();
    let none = Mapping::default();
    let read_bytes = |bytes: &[u8]| collect_responses(&folder.put("r.txt", bytes), &none).unwrap();
    assert_eq!(read_bytes(&utf_16).responses, expected);
    let windows: Vec<u8> = plain.chars().map(|c| c as u8).collect();
    let collected = read_bytes(&windows);
    assert_eq!(collected.responses, expected);
    assert_eq!(collected.notes.len(), 1);
    assert!(
        collected.notes[0].contains("was read as Windows-1252; on line 2"),
        "{:?}",
        collected.notes
    );
}

#[test]
fn a_text_keeps_its_blanks_and_a_name_is_as_it_is_written() {
    let read = read("r.csv", &format!("{HEADER}s1,aster ,0,\"  - one\n\"\n"));
    assert_eq!(read[0].text, "  - one\n");
    assert_eq!(read[0].origin.model_id, "aster ");
}

#[test]
fn one_model_for_all_needs_no_column() {
    let folder = Folder::new();
    let file = folder.put("r.csv", "scenario_id,response\ns1,a\ns2,b\n");
    assert_eq!(
        folder.told(collect_responses(&file, &Mapping::default())),
        "r.csv, line 1, field `model_id`: found the columns scenario_id, response; expected a column of this \
         name, another that holds it (model_id=COLUMN), or one name for all responses (model_id=:NAME)."
    );
    let collected = collect_responses(&file, &said(&[("model_id", ":gpt-x")])).unwrap();
    let names: Vec<String> = collected.responses.iter().map(|r| r.origin.item_name()).collect();
    assert_eq!(names, ["s1/gpt-x/0", "s2/gpt-x/0"]);
}

#[test]
fn numbers_and_gaps_are_read_as_spreadsheets_and_pandas_write_them() {
    let text = "scenario_id,model_id,rep_id,response,content_filtered,output_tokens\n\
                s1,m,1.0,a,NaN,NaN\ns1,m,,,0.0,101.0\ns1,m,2,b,TRUE,\n";
    let read = read("r.csv", text);
    let names: Vec<String> = read.iter().map(|r| r.origin.item_name()).collect();
    assert_eq!(names, ["s1/m/1", "s1/m/0", "s1/m/2"]);
    assert_eq!(read.iter().map(|r| r.filtered).collect::<Vec<_>>(), [false, true, true]);
}

#[test]
fn a_row_without_a_name_is_told() {
    assert_eq!(
        told("r.csv", format!("{HEADER}s1,,0,a\n")),
        "r.csv, line 2, field `model_id`: found nothing; expected the model's name, or one name for all \
         responses (model_id=:NAME)."
    );
}

#[test]
fn a_problem_names_the_column_as_the_file_does() {
    let folder = Folder::new();
    let file = folder.put("r.csv", "case;model;run;answer\ns1;m;first;a\n");
    let columns = said(&[
        ("scenario_id", "case"),
        ("model_id", "model"),
        ("rep_id", "run"),
        ("response", "answer"),
    ]);
    let problem = collect_responses(&file, &columns).unwrap().problems.into_iter().next().unwrap();
    assert_eq!(
        folder.told::<()>(Err(problem)),
        "r.csv, line 2, field `run`: found `first`; expected a whole number."
    );
}
