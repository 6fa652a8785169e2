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
        "z,\"{'omission': 4, 'commission': 1, 'safe': None}\"\n",
        "v,I cannot say.\n",
        "w,\n",
    );
    let (layout, grades, notes) = read(text);
    assert_eq!(layout, Layout::Axes);
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
        "t.csv, line 7: judge holds no JSON that can be read as an object of single values, and was left out: 1 cell.",
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

/// What a model was asked with is no rater beside those who graded.
#[test]
fn json_beside_grades_is_not_read_which_is_said() {
    let meta = |tokens: u32| format!("\"{{\"\"tokens\"\": {tokens}, \"\"temperature\"\": 1}}\"");
    let rows: String =
        (0..6).map(|at| format!("i{at},{},{},{}\n", at % 3, at % 2, meta(at))).collect();
    let (layout, grades, notes) = read(&format!("item,Ann,Ben,meta\n{rows}"));
    assert_eq!((layout, grades.len()), (Layout::Wide, 12));
    let note =
        "t.csv: cells of meta hold JSON, which was not read, as other columns hold the grades.";
    assert!(notes.iter().any(|said| said == note), "{notes:?}");
}

#[test]
fn json_below_many_empty_cells_is_found() {
    let empty: String = (0..60).map(|at| format!("e{at},\n")).collect();
    let rows: String = (0..80)
        .map(|at| format!("i{at},\"{{\"\"omission\"\": {}, \"\"commission\"\": 0}}\"\n", at % 3))
        .collect();
    let (_, grades, _) = read(&format!("item,judge\n{empty}{rows}"));
    assert!(
        grades.iter().any(|given| given.ends_with("gave i4 on omission: 1")),
        "{:?}",
        &grades[60..63]
    );
}

#[test]
fn the_fields_of_one_column_are_axes_whatever_they_are_called() {
    let row = |at: usize| {
        let tone = if at == 3 { "Tone" } else { "tone" };
        format!(
            "i{at},\"{{\"\"{tone}\"\": {}, \"\"care\"\": {}, \"\"why\"\": {{\"\"a\"\": 1}}}}\"\n",
            at % 3,
            at % 2
        )
    };
    let (layout, grades, notes) =
        read(&format!("item,judge\n{}", (0..8).map(row).collect::<String>()));
    assert_eq!((layout, grades.len()), (Layout::Axes, 16));
    assert_eq!(grades[6..8], ["5: judge gave i3 on tone: 0", "5: judge gave i3 on care: 1"]);
    assert!(
        notes.iter().any(|note| note.ends_with("lists and objects in JSON were left out: why.")),
        "{notes:?}"
    );
}

#[test]
fn json_beside_grades_is_read_where_it_is_said_of_it() {
    let folder = Folder::new();
    let rows: String = (0..4)
        .map(|at| format!("i{at},A,{},\"{{\"\"clarity\"\": {}}}\"\n", at % 2, at % 3))
        .collect();
    let file = folder.put("t.csv", format!("item,rater,tone,extra\n{rows}"));
    let mapping = Mapping::of(&["value=clarity"], &[Holding::Grades]).unwrap();
    let source = ScoreSource::open_mapped(file.to_str().unwrap(), &mapping).unwrap();
    assert_eq!(source.grades().unwrap().axes(), ["clarity"]);
}
