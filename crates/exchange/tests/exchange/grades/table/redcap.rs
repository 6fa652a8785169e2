//! REDCap's export of records.

use super::{read, told};
use exchange::Layout;

#[test]
fn double_entries_are_two_raters() {
    let text = "record_id,redcap_event_name,redcap_data_access_group,oh_score,ch_score,signs___1,why,rating_complete\n\
                R001--1,arm_1,ulm,2,0,1,,2\nR001--2,arm_1,ulm,3,,0,,2\nR001,arm_1,ulm,3,0,1,,2\n";
    let (layout, grades, notes) = read(text);
    assert_eq!(layout, Layout::RedCap);
    assert_eq!(
        grades,
        [
            "2: 1 gave R001 on omission: 2",
            "2: 1 gave R001 on commission: 0",
            "3: 2 gave R001 on omission: 3",
            "3: 2 gave R001 on commission: ",
        ]
    );
    assert_eq!(
        notes,
        [
            "t.csv: the column oh_score was read as the axis `omission`.",
            "t.csv: the column ch_score was read as the axis `commission`.",
            "t.csv: rows left out, which are no double entries: 1.",
            "t.csv: not read as grades: the columns redcap_event_name, redcap_data_access_group, signs___1 and \
             rating_complete.",
        ]
    );
}

#[test]
fn labels_are_read_as_they_come() {
    let text = "Record ID,Data Access Group,Omission harm,Complete?\n7,ulm,Severe,Complete\n";
    let (layout, grades, notes) = read(text);
    assert_eq!(
        (layout, grades),
        (Layout::RedCap, vec!["2: t gave 7 on omission: Severe".to_owned()])
    );
    assert_eq!(notes[0], "t.csv: no column names the rater, who is called `t` after the file.");
}

#[test]
fn a_field_may_name_the_rater() {
    let text = "record_id,redcap_repeat_instance,rater,omission\n7,1,Ann,2\n7,2,Bo,3\n7,,,\n";
    let (_, grades, notes) = read(text);
    assert_eq!(grades, ["2: Ann gave 7 on omission: 2", "3: Bo gave 7 on omission: 3"]);
    assert_eq!(notes[0], "t.csv: rows left out, with neither a rater nor a grade: 1.");
}

#[test]
fn a_record_in_several_events_is_refused() {
    assert_eq!(
        told("record_id,redcap_event_name,omission\n7,week_1,2\n7,week_2,2\n"),
        "t.csv, line 1, field `redcap_event_name`: found 2 different ones; expected one event and instance for \
         each record: export one at a time."
    );
}
