//! A column for each rater and axis.

use super::read;
use exchange::Layout;

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
