//! Responses to a form of Google Forms.

use super::read;
use exchange::Layout;

#[test]
fn a_grid_has_items_as_rows_and_its_question_as_axis() {
    let text = "Timestamp,Email Address,Tone [Answer 1],Tone [Answer 2],What is your field?\n\
                2026/03/01 9:00:00,ann@example.org,Good,Bad,surgery\n\
                2026/03/02 9:00:00,bo@example.org,Bad,,medicine\n";
    let (layout, grades, notes) = read(text);
    assert_eq!(layout, Layout::Forms);
    assert_eq!(
        grades,
        [
            "2: ann@example.org gave Answer 1 on Tone: Good",
            "2: ann@example.org gave Answer 2 on Tone: Bad",
            "3: bo@example.org gave Answer 1 on Tone: Bad",
            "3: bo@example.org gave Answer 2 on Tone: ",
        ]
    );
    assert_eq!(
        notes,
        [
            "t.csv: responses to a form: the raters are named by the column Email Address; 2 items graded on \
             `Tone`.",
            "t.csv: not read as grades: the column What is your field?.",
        ]
    );
}

#[test]
fn a_grid_for_each_item_has_harm_axes_as_rows() {
    let text =
        "Timestamp,Your name,Answer 1 [Omission harm],Answer 1 [Commission harm]\n2026,Ann,2,0\n";
    assert_eq!(
        read(text).1,
        ["2: Ann gave Answer 1 on omission: 2", "2: Ann gave Answer 1 on commission: 0"]
    );
}

#[test]
fn single_questions_are_items_and_lines_are_raters_without_a_name() {
    let (_, grades, notes) = read("Zeitstempel,Antwort 1,Antwort 2\n2026,1,2\n2026,0,1\n");
    assert_eq!(
        grades,
        [
            "2: 2 gave Antwort 1 on grade: 1",
            "2: 2 gave Antwort 2 on grade: 2",
            "3: 3 gave Antwort 1 on grade: 0",
            "3: 3 gave Antwort 2 on grade: 1",
        ]
    );
    assert_eq!(
        notes,
        [
            "t.csv: responses to a form: no column names the raters, who are named by their line; 2 items \
             graded on `grade`; 2 of them are questions by themselves, on `grade`.",
        ]
    );
}
