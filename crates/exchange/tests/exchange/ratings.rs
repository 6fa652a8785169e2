//! The ratings file.

use crate::support::{Folder, ratings, record_id};
use exchange::{Ratings, decode_ratings, read_ratings, write_ratings};
use study::{Change, Exclusion, ItemId, Lock, RubricClaim, Score};

/// What a person is told who opens the ratings after `change`.
fn told(change: impl FnOnce(&mut Ratings)) -> String {
    let folder = Folder::new();
    let mut ratings = ratings();
    change(&mut ratings);
    write_ratings(&folder.file("A.json"), &ratings).unwrap();
    folder.told(read_ratings(&folder.file("A.json")))
}

/// `text` with the first grade 2 of a record replaced.
fn after_records(text: &str, replacement: &str) -> String {
    let (before, records) = text.split_once("\"records\"").unwrap();
    assert!(records.contains("\"grade\": 2"), "a record has grade 2");
    format!("{before}\"records\"{}", records.replacen("\"grade\": 2", replacement, 1))
}

fn place(number: u32) -> String {
    format!("A.json, record {} ({})", number + 1, record_id(number))
}

#[test]
fn what_is_written_is_read() {
    let folder = Folder::new();
    let file = folder.file("A.json");
    write_ratings(&file, &ratings()).unwrap();
    assert_eq!(read_ratings(&file).unwrap(), ratings());
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(decode_ratings("A.json", &text).unwrap(), ratings());
}

#[test]
fn a_grade_that_the_rubric_lacks_is_refused() {
    for grade in [5, -1] {
        assert_eq!(
            told(|r| r.records[2].change =
                Change::Grade { axis: "omission".into(), grade: Some(grade) }),
            format!("{}, field `grade`: found {grade}; expected one of 0, 1, 2, 3, 4.", place(2))
        );
    }
}

#[test]
fn a_grade_that_is_no_grade_is_refused_with_its_line() {
    let folder = Folder::new();
    let file = folder.file("A.json");
    write_ratings(&file, &ratings()).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    let marked = after_records(&text, "mark");
    let line = 1 + marked.lines().position(|line| line.contains("mark")).unwrap();
    for (grade, found) in [("100000", "100000"), ("\"two\"", "the text \"two\""), ("2.5", "2.5")] {
        let text = after_records(&text, &format!("\"grade\": {grade}"));
        let file = folder.put("B.json", text);
        let message = folder.told(read_ratings(&file));
        assert!(message.starts_with("B.json, line "), "{message}");
        assert!(message.contains("field `content.records["), "{message}");
        assert!(
            message.ends_with(&format!("found {found}; expected a whole number.")),
            "{message}"
        );
        let told: usize =
            message["B.json, line ".len()..].split(',').next().unwrap().parse().unwrap();
        assert!(told.abs_diff(line) <= 2, "{message}: the grade stands on line {line}");
    }
}

#[test]
fn what_the_rubric_or_the_scenario_does_not_know_is_refused() {
    let change = |change: Change| told(move |ratings| ratings.records[0].change = change);
    assert_eq!(
        change(Change::Grade { axis: "tone".into(), grade: Some(1) }),
        format!("{}, field `axis`: found `tone`; expected one of omission, commission.", place(0))
    );
    assert_eq!(
        change(Change::Action { action: 2, grade: Some("hit".into()) }),
        format!("{}, field `action`: found 2; expected a number below 2.", place(0))
    );
    assert_eq!(
        change(Change::Action { action: 1, grade: Some("most".into()) }),
        format!("{}, field `grade`: found `most`; expected one of hit, partial, miss.", place(0))
    );
}

#[test]
fn an_item_of_another_packet_is_refused() {
    assert_eq!(
        told(|ratings| ratings.records[3].item = ItemId::new("zzzzzzz")),
        format!("{}, field `item`: found `zzzzzzz`; expected an item of this packet.", place(3))
    );
}

#[test]
fn an_item_that_comes_twice_is_refused() {
    let item = ratings().items[0].id.clone();
    assert_eq!(
        told(|ratings| ratings.items.push(ratings.items[0].clone())),
        format!("A.json, field `items`: found `{item}` twice; expected each item once.")
    );
}

#[test]
fn a_record_that_comes_twice_is_refused() {
    assert_eq!(
        told(|ratings| ratings.records.push(ratings.records[1].clone())),
        format!(
            "A.json, record 10 ({}), field `id`: found this identifier twice; expected each record once.",
            record_id(1)
        )
    );
}

#[test]
fn a_rubric_that_contradicts_itself_is_refused() {
    assert_eq!(
        told(|ratings| ratings.rubric.axes[1].levels.reverse()),
        "A.json: rubric, field `axes.commission.levels`: found [3, 2, 1, 0]; expected grades that ascend."
    );
}

#[test]
fn a_changed_grade_is_noticed() {
    let folder = Folder::new();
    let file = folder.file("A.json");
    write_ratings(&file, &ratings()).unwrap();
    let text = after_records(&std::fs::read_to_string(&file).unwrap(), "\"grade\": 0");
    assert_eq!(
        folder.told(read_ratings(&folder.put("B.json", text))),
        "B.json, field `digest`: the content was changed after the file was written; expected it \
         untouched. Ask the sender for the original."
    );
}

#[test]
fn scores_are_the_grades_as_they_stand() {
    let mut ratings = ratings();
    let items: Vec<String> = ratings.items.iter().map(|item| item.id.to_string()).collect();
    // The first item's commission grade is taken back, the second's corrected.
    let mut add = |number, item: usize, change| {
        let mut record = ratings.records[0].clone();
        record.id = record_id(number);
        record.item = ItemId::new(&items[item]);
        record.change = change;
        ratings.records.push(record);
    };
    add(100, 0, Change::Undo { record: record_id(1) });
    add(101, 1, Change::Grade { axis: "commission".into(), grade: Some(3) });
    let scores = ratings.rated().scores();
    for (item, axis, expected) in [
        (0, "omission", Score::Grade(0)),
        (0, "commission", Score::Excluded(Exclusion::NotRated)),
        (1, "omission", Score::Grade(1)),
        (1, "commission", Score::Grade(3)),
        (3, "omission", Score::Excluded(Exclusion::Abstained)),
        (3, "commission", Score::Excluded(Exclusion::Abstained)),
    ] {
        assert_eq!(scores.score(&items[item], axis), expected, "item {item}, {axis}");
    }
    assert_eq!(scores.rater, "Dr Ånn");
    assert_eq!(scores.study, Some(ratings.study.clone()));
    assert!(
        matches!(&scores.rubric, RubricClaim::Named { title, digest }
            if title == "Physicians' protocol (gated omission scale), version 2" && *digest == ratings.rubric.digest()),
        "{:?}",
        scores.rubric
    );
    let axes: Vec<_> = scores.scales.iter().map(|s| (s.axis.as_str(), s.grades.len())).collect();
    assert_eq!(axes, [("omission", 5), ("commission", 4)], "scales come from the rubric");
}

#[test]
fn a_rater_without_a_name_goes_by_the_label() {
    let unnamed = Ratings { name: String::new(), ..ratings() };
    assert_eq!(unnamed.rated().scores().rater, "A");
}

/// Locked after the last record, which is the ninth.
fn lock(ratings: &Ratings) -> Lock {
    let at = ratings.records[8].at;
    Lock { at, name: "Dr Ånn".into(), statement: "By myself, from the texts shown.".into() }
}

/// Locked, and changed afterwards.
fn change_after_lock(ratings: &mut Ratings, reason: Option<&str>) {
    let locked = lock(ratings);
    let mut later = ratings.records[0].clone();
    later.id = record_id(100);
    later.at = locked.at + jiff::SignedDuration::from_millis(1);
    later.reason = reason.map(String::from);
    ratings.records.push(later);
    ratings.locked = Some(locked);
}

#[test]
fn a_lock_and_the_reasons_of_what_came_after_it_are_read_as_written() {
    let folder = Folder::new();
    let mut locked = ratings();
    change_after_lock(&mut locked, Some("I had read the wrong line"));
    write_ratings(&folder.file("A.json"), &locked).unwrap();
    assert_eq!(read_ratings(&folder.file("A.json")).unwrap(), locked);
}

#[test]
fn a_change_after_the_lock_without_a_reason_is_refused() {
    for reason in [None, Some(" ")] {
        assert_eq!(
            told(|ratings| change_after_lock(ratings, reason)),
            format!(
                "A.json, record 10 ({}), field `reason`: found nothing; expected a reason, as it \
                 was made after the lock of 2023-11-14T22:13:28Z.",
                record_id(100)
            )
        );
    }
}

#[test]
fn a_lock_that_nobody_signed_is_refused() {
    assert_eq!(
        told(|ratings| ratings.locked = Some(Lock { name: String::new(), ..lock(ratings) })),
        "A.json, field `locked.name`: found nothing; expected the rater's name."
    );
}

#[test]
fn a_file_of_the_first_version_is_read_and_the_next_version_is_refused_by_name() {
    let folder = Folder::new();
    write_ratings(&folder.file("A.json"), &ratings()).unwrap();
    let text = std::fs::read_to_string(folder.file("A.json")).unwrap();
    let of =
        |version: u32| text.replacen("primum-ratings/2", &format!("primum-ratings/{version}"), 1);
    for version in [1, 3] {
        assert_eq!(decode_ratings("A.json", of(version)).unwrap(), ratings());
    }
    assert_eq!(
        decode_ratings("A.json", of(4)).unwrap_err().to_string(),
        "A.json, field `format`: found `primum-ratings/4`, made by a newer Primum; this one reads \
         up to `primum-ratings/3`. Update Primum to open it."
    );
}

#[test]
fn the_content_of_a_file_is_read_as_the_file_is() {
    let folder = Folder::new();
    write_ratings(&folder.file("A.json"), &ratings()).unwrap();
    let bytes = std::fs::read(folder.file("A.json")).unwrap();
    let marked = [b"\xEF\xBB\xBF", bytes.as_slice()].concat();
    assert_eq!(
        decode_ratings("A.json", &marked).unwrap(),
        ratings(),
        "a byte order mark is skipped"
    );
    for (bytes, told) in [
        (&b""[..], "A.json: the file is empty; expected a ratings file."),
        (b"{\n\xe9\n}", "A.json, line 2: found a byte that is not UTF-8 text"),
        (b"{\"format\": \"\xc3", "A.json, line 1: the file ends in the middle"),
    ] {
        let message = decode_ratings("A.json", bytes).unwrap_err().to_string();
        assert!(message.starts_with(told), "{message}");
    }
}
