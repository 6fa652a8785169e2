//! The ratings file.

use crate::support::{Folder, ratings, record_id};
use exchange::{Ratings, decode_ratings, read_ratings, write_ratings};
use study::{
    Change, Exclusion, ItemId, Lock, MOST_VISITS, RubricClaim, Score, Span, Visit, VisitId,
};

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
    for version in [1, 3, 4, 5] {
        assert_eq!(decode_ratings("A.json", of(version)).unwrap(), ratings());
    }
    assert_eq!(
        decode_ratings("A.json", of(6)).unwrap_err().to_string(),
        "A.json, field `format`: found `primum-ratings/6`, made by a newer Primum; this one reads \
         up to `primum-ratings/5`. Update Primum to open it."
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

#[test]
fn the_version_says_that_errors_are_marked() {
    let folder = Folder::new();
    let mut marked = ratings();
    let mut record = marked.records.last().unwrap().clone();
    let span = Span { start: 3, end: 17 };
    record.id = serde_json::from_str("\"ffffffff-ffff-7fff-bfff-ffffffffffff\"").unwrap();
    record.change = Change::Error { axis: "commission".into(), span, grade: Some(2) };
    marked.records.push(record);
    write_ratings(&folder.file("A.json"), &marked).unwrap();
    assert_eq!(read_ratings(&folder.file("A.json")).unwrap(), marked);
    let text = std::fs::read_to_string(folder.file("A.json")).unwrap();
    assert!(text.contains("primum-ratings/5"), "{text}");
    let older = text.replacen("primum-ratings/5", "primum-ratings/4", 1);
    assert_eq!(
        decode_ratings("A.json", older).unwrap_err().to_string(),
        "A.json, field `format`: found `primum-ratings/4`; expected `primum-ratings/5`."
    );
}

fn visit_id(number: usize) -> VisitId {
    serde_json::from_str(&format!("\"00000000-0000-7000-8000-{number:012x}\"")).unwrap()
}

/// As many visits of the first item, one second each.
fn visits(ratings: &Ratings, count: usize) -> Vec<Visit> {
    let visit = |number: usize| Visit {
        id: visit_id(number + 1),
        at: ratings.exported_at,
        item: ratings.items[0].id.clone(),
        active_ms: 1000,
        continued: number % 2 == 1,
    };
    (0..count).map(visit).collect()
}

#[test]
fn visits_are_read_as_written_and_the_version_says_that_they_are_there() {
    let folder = Folder::new();
    let mut timed = ratings();
    timed.visits = visits(&timed, 3);
    write_ratings(&folder.file("A.json"), &timed).unwrap();
    assert_eq!(read_ratings(&folder.file("A.json")).unwrap(), timed);
    let text = std::fs::read_to_string(folder.file("A.json")).unwrap();
    assert!(text.contains("primum-ratings/4"), "{text}");
    let (item, time) = timed.rated().active().into_iter().next().unwrap();
    assert_eq!((item, time.active_ms, time.visits), (&timed.items[0].id, 3000, 2));
    for version in [1, 2, 3] {
        let text = text.replacen("primum-ratings/4", &format!("primum-ratings/{version}"), 1);
        assert_eq!(
            decode_ratings("A.json", text).unwrap_err().to_string(),
            format!(
                "A.json, field `format`: found `primum-ratings/{version}`; expected `primum-ratings/4`."
            )
        );
    }
}

#[test]
fn visits_that_nobody_made_are_refused() {
    let visit = |number| format!("A.json, visit {number} ({})", visit_id(number));
    let told = |change: fn(&mut Vec<Visit>)| {
        told(move |ratings| {
            ratings.visits = visits(ratings, 2);
            change(&mut ratings.visits);
        })
    };
    assert_eq!(
        told(|visits| visits[1].item = ItemId::new("zzzzzzz")),
        format!("{}, field `item`: found `zzzzzzz`; expected an item of this packet.", visit(2))
    );
    for (time, found) in [(0, "0"), (86_400_001, "86400001")] {
        let change: fn(&mut Vec<Visit>) = match time {
            0 => |visits| visits[0].active_ms = 0,
            _ => |visits| visits[0].active_ms = 86_400_001,
        };
        assert_eq!(
            told(change),
            format!(
                "{}, field `active_ms`: found {found}; expected 1 to 86400000, at most a day.",
                visit(1)
            )
        );
    }
    let twice = told(|visits| visits.push(visits[0].clone()));
    assert!(
        twice.contains("field `id`: found this identifier twice; expected each visit once"),
        "{twice}"
    );
}

#[test]
fn a_list_of_visits_that_has_no_end_is_refused() {
    let most = |ratings: &mut Ratings, more| ratings.visits = visits(ratings, MOST_VISITS + more);
    let folder = Folder::new();
    let mut timed = ratings();
    most(&mut timed, 0);
    write_ratings(&folder.file("A.json"), &timed).unwrap();
    assert_eq!(read_ratings(&folder.file("A.json")).unwrap().visits.len(), MOST_VISITS);
    let message = told(|ratings| most(ratings, 1));
    assert!(message.contains("visit 10001 ("), "{message}");
    assert!(message.contains("found more than 10000 visits of"), "{message}");
}

#[test]
fn a_time_that_is_no_time_is_refused_with_its_line() {
    let folder = Folder::new();
    let mut timed = ratings();
    timed.visits = visits(&timed, 1);
    write_ratings(&folder.file("A.json"), &timed).unwrap();
    let text = std::fs::read_to_string(folder.file("A.json")).unwrap();
    for wrong in ["-1000", "1.5", "\"1000\"", "1e99", "null"] {
        let text = text.replace("\"active_ms\": 1000", &format!("\"active_ms\": {wrong}"));
        let message = folder.told(read_ratings(&folder.put("B.json", text)));
        assert!(message.starts_with("B.json, line "), "{wrong}: {message}");
        assert!(message.contains("active_ms"), "{wrong}: {message}");
    }
}
