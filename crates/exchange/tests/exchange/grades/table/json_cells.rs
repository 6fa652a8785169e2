//! Cells that hold JSON objects, as automated judges answer.

use super::read;
use crate::support::Folder;
use exchange::{Holding, Layout, Mapping, ScoreSource};
use std::collections::BTreeSet;

#[test]
fn a_judges_answers_are_a_column_for_each_field() {
    let text = concat!(
        "item,judge\n",
        "x,\"{\"\"omission\"\": 2, \"\"commission\"\": 0, \"\"why\"\": [1]}\"\n",
        "y,\"```json\n{\"\" omission\"\": 1, \"\"commission\"\": 3}\n```\"\n",
        "z,\"{'omission': 4, 'commission': 1}\"\n",
        "v,I cannot say.\n",
        "w,\n",
    );
    let (layout, grades, notes) = read(text);
    assert_eq!(layout, Layout::Crossed);
    let given: Vec<&String> = grades.iter().filter(|given| !given.ends_with(": ")).collect();
    assert_eq!(
        given,
        [
            "2: judge gave x on omission: 2",
            "2: judge gave x on commission: 0",
            "3: judge gave y on omission: 1",
            "3: judge gave y on commission: 3",
            "6: judge gave z on omission: 4",
            "6: judge gave z on commission: 1",
        ]
    );
    for said in [
        "t.csv: cells of judge hold JSON, of which each field was read as a column.",
        "t.csv, line 7: judge holds no JSON object, and was left out: 1 cell.",
    ] {
        assert!(notes.iter().any(|note| note == said), "{said}: {notes:?}");
    }
}

#[test]
fn what_all_columns_of_models_begin_with_is_no_part_of_their_names() {
    let folder = Folder::new();
    let cell = |a: u8, b: u8| format!("\"{{\"\"Guidance\"\": {a}, \"\"Safety\"\": {b}}}\"");
    let row = |id: &str, cells: [String; 2]| format!("{id},{}\n", cells.join(","));
    let rows = row("1", [cell(3, 4), cell(2, 5)]) + &row("2", [cell(1, 1), cell(5, 5)]);
    let open = |who: &str| {
        let header = format!("ConvID,{who}_response_claude,{who}_response_ds_llama\n");
        let file = folder.put(&format!("{who}.csv"), format!("{header}{rows}"));
        let mapping = Mapping::of(&["rater=:"], &[Holding::Grades]).unwrap();
        ScoreSource::open_mapped(file.to_str().unwrap(), &mapping).unwrap()
    };
    let (human, judge) = (open("human"), open("judge"));
    let items = |source: &ScoreSource| -> BTreeSet<String> {
        source.grades().unwrap().items().into_iter().map(String::from).collect()
    };
    assert_eq!(items(&human), items(&judge));
    assert!(items(&human).contains("1/ds_llama/0"), "{:?}", items(&human));
}
