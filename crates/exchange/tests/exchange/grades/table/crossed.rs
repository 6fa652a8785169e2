//! A column for each rater and axis.

use super::read;
use crate::support::Folder;
use exchange::{Holding, Layout, Mapping, ScoreSource};
use std::collections::BTreeSet;

#[test]
fn raters_and_axes_are_told_apart_in_either_order() {
    for header in [
        "A_omission,B_omission,A_commission",
        "omission.A,omission.B,commission.A",
        "oh: A,oh: B,ch: A",
        "A oh_score,B oh_score,A ch_score",
        "A-omission-harm,B-omission-harm,A-commission-harm",
    ] {
        let (layout, grades, notes) = read(&format!("item,{header},remarks_notes\nx,1,2,0,fine\n"));
        assert_eq!(layout, Layout::Crossed, "{header}");
        assert_eq!(
            grades,
            [
                "2: A gave x on omission: 1",
                "2: B gave x on omission: 2",
                "2: A gave x on commission: 0",
            ],
            "{header}"
        );
        assert_eq!(
            notes,
            [
                "t.csv: the columns were read as the raters A and B on `omission` and `commission`.",
                "t.csv: not read as grades: the column remarks_notes.",
            ]
        );
    }
}

#[test]
fn one_rater_on_each_harm_axis_is_no_two_raters() {
    let (layout, grades, _) = read("item,Lee omission,Lee commission\nx,1,0\ny,2,1\nz,0,1\n");
    assert_eq!(layout, Layout::Crossed);
    assert_eq!(grades[..2], ["2: Lee gave x on omission: 1", "2: Lee gave x on commission: 0"]);
    let (layout, grades, _) = read("item,A omission,B commission,sure\nx,1,0,3\ny,2,1,2\n");
    assert_eq!(layout, Layout::Crossed);
    assert_eq!(grades[..2], ["2: A gave x on omission: 1", "2: B gave x on commission: 0"]);
    for header in ["omission_grade,commission_grade", "omission harm score,commission harm score"] {
        let (layout, grades, _) = read(&format!("item,{header}\nx,1,0\ny,2,1\n"));
        assert_eq!(layout, Layout::Axes, "{header}");
        assert_eq!(grades[..2], ["2: t gave x on omission: 1", "2: t gave x on commission: 0"]);
    }
}

#[test]
fn axes_by_any_name_are_known_by_coming_again() {
    for (header, raters, axes) in [
        ("Lee_tone,Kim_tone,Lee_ease,Kim_ease", ["Lee", "Kim"], ["tone", "ease"]),
        ("Dr_Lee_tone,Dr_Kim_tone,Dr_Lee_ease,Dr_Kim_ease", ["Dr_Lee", "Dr_Kim"], ["tone", "ease"]),
        ("Tone_1,Tone_2,Ease_1,Ease_2", ["1", "2"], ["Tone", "Ease"]),
        (
            "Tone_rater_1,Tone_rater_2,Ease_rater_1,Ease_rater_2",
            ["rater_1", "rater_2"],
            ["Tone", "Ease"],
        ),
        (
            "Lee_tone_score,Kim_tone_score,Lee_ease_score,Kim_ease_score",
            ["Lee", "Kim"],
            ["tone_score", "ease_score"],
        ),
    ] {
        let (layout, grades, _) = read(&format!("item,{header}\nx,1,2,3,4\n"));
        assert_eq!(layout, Layout::Crossed, "{header}");
        let [one, two] = raters;
        let mut expected = Vec::new();
        for (axis, [first, second]) in axes.iter().zip([[1, 2], [3, 4]]) {
            expected.push(format!("2: {one} gave x on {axis}: {first}"));
            expected.push(format!("2: {two} gave x on {axis}: {second}"));
        }
        assert_eq!(grades, expected, "{header}");
    }
}

#[test]
fn numbered_raters_and_versions_of_models_are_not_cut() {
    for header in ["label_0,label_1,label_2", "claude-3,gpt-3,gpt-4o", "rater 1,rater 2,rater 3"] {
        assert_eq!(read(&format!("item,{header}\nx,1,2,2\n")).0, Layout::Wide, "{header}");
    }
}

#[test]
fn columns_of_models_are_what_one_rater_graded_where_the_rater_is_said() {
    let folder = Folder::new();
    let text = "id,GPT-4o_tone,GPT-4o_ease,VarChat_tone,VarChat_ease\n1,3,4,5,2\n2,4,,2,3\n";
    let file = folder.put("ann.csv", text);
    let mapping = Mapping::of(&["rater=:"], &[Holding::Grades]).unwrap();
    let source = ScoreSource::open_mapped(file.to_str().unwrap(), &mapping).unwrap();
    let grades = source.grades().unwrap();
    assert_eq!(grades.raters(), BTreeSet::from(["ann"]));
    assert_eq!(grades.axes(), ["tone", "ease"]);
    assert_eq!(
        grades.items(),
        BTreeSet::from(["1/GPT-4o/0", "1/VarChat/0", "2/GPT-4o/0", "2/VarChat/0"])
    );
    let design = grades.design_of("2/VarChat/0").unwrap();
    assert_eq!((design.scenario.as_str(), design.model.as_deref()), ("2", Some("VarChat")));
    let note =
        "the columns were read as one rater's grades of GPT-4o and VarChat, on `tone` and `ease`.";
    assert!(grades.notes().iter().any(|said| said.contains(note)), "{:?}", grades.notes());
}

#[test]
fn a_name_may_end_in_a_part_that_two_of_many_share() {
    let header = "id,claude_tone,claude_ease,llama_3_tone,llama_3_ease,qwen_3_tone,qwen_3_ease";
    let (_, grades, _) = read(&format!("{header}\n1,1,2,3,4,5,1\n2,5,4,3,2,1,2\n"));
    assert_eq!(grades[2..4], ["2: llama_3 gave 1 on tone: 3", "2: llama_3 gave 1 on ease: 4"]);
}
