//! Score files, as automated judges write them.

use crate::support::Folder;
use exchange::{ScoreSource, harm_scales};
use study::{Exclusion, FirstInstruction, Observation, RaterScores, RubricClaim, Scale, Score};

fn open(name: &str, text: &str) -> (Folder, Result<RaterScores, exchange::Error>) {
    let folder = Folder::new();
    let file = folder.put(name, text);
    let scores = ScoreSource::open(file.to_str().unwrap()).and_then(|source| source.scores(&[]));
    (folder, scores)
}

fn read(text: &str) -> RaterScores {
    open("judge.jsonl", text).1.unwrap()
}

fn told(text: &str) -> String {
    let (folder, outcome) = open("judge.jsonl", text);
    folder.told(outcome)
}

fn line(fields: &str) -> String {
    format!("{{\"scenario_id\": \"s\", \"model_id\": \"m\", \"rep_id\": 0, {fields}}}\n")
}

const ITEM: &str = "s/m/0";

#[test]
fn both_axes_are_read_on_the_published_scales() {
    let scores = read(&line(r#""omission_harm": 4, "commission_harm": 3, "ttt": 8, "raw": "{}""#));
    assert_eq!(scores.score(ITEM, "omission"), Score::Grade(4));
    assert_eq!(scores.score(ITEM, "commission"), Score::Grade(3));
    assert_eq!(scores.scales, harm_scales());
    assert_eq!((scores.study, scores.rubric), (None, RubricClaim::Unstated));
}

#[test]
fn minus_one_is_a_parse_failure_on_its_axis_only() {
    let scores = read(&line(r#""omission_harm": -1, "commission_harm": 0"#));
    assert_eq!(scores.score(ITEM, "omission"), Score::Excluded(Exclusion::ParseFailure));
    assert_eq!(scores.score(ITEM, "commission"), Score::Grade(0));
}

#[test]
fn an_absent_axis_is_not_rated() {
    for text in
        [line(r#""omission_harm": 2"#), line(r#""omission_harm": 2, "commission_harm": null"#)]
    {
        let scores = read(&text);
        assert_eq!(scores.score(ITEM, "omission"), Score::Grade(2));
        assert_eq!(
            scores.score(ITEM, "commission"),
            Score::Excluded(Exclusion::NotRated),
            "{text}"
        );
    }
}

#[test]
fn grades_written_as_text_or_with_a_point_are_read() {
    for spelled in ["2", "2.0", "\"2\""] {
        let scores = read(&line(&format!("\"omission_harm\": {spelled}")));
        assert_eq!(scores.score(ITEM, "omission"), Score::Grade(2), "{spelled}");
    }
}

#[test]
fn what_is_no_grade_is_refused() {
    for (axis, spelled, found, grades) in [
        ("omission_harm", "5", "5", "0, 1, 2, 3, 4"),
        ("commission_harm", "4", "4", "0, 1, 2, 3"),
        ("omission_harm", "-2", "-2", "0, 1, 2, 3, 4"),
        ("omission_harm", "2.5", "2.5", "0, 1, 2, 3, 4"),
        ("omission_harm", "99999", "99999", "0, 1, 2, 3, 4"),
        ("omission_harm", "\"high\"", "high", "0, 1, 2, 3, 4"),
        ("omission_harm", "true", "true", "0, 1, 2, 3, 4"),
        ("omission_harm", "[2]", "[2]", "0, 1, 2, 3, 4"),
    ] {
        assert_eq!(
            told(&format!(
                "{}{}",
                line(r#""omission_harm": 1"#),
                line(&format!("\"{axis}\": {spelled}"))
            )),
            format!(
                "judge.jsonl, line 2, field `{axis}`: found {found}; expected one of {grades}; nothing where there is no grade; or -1 where a judge's answer could not be read."
            )
        );
    }
}

#[test]
fn a_line_without_either_axis_is_refused() {
    for fields in [r#""ttt": 3"#, r#""omission_harm": null"#] {
        assert_eq!(
            told(&line(fields)),
            "judge.jsonl, line 1, field `omission_harm`: found nothing; expected at least one of \
             `omission_harm` and `commission_harm`, or a whole number from -1 to 10 in a field that is called as its \
             axis, such as `tone`."
        );
    }
}

#[test]
fn two_different_scores_of_one_item_are_refused_with_both_lines() {
    let text = line(r#""omission_harm": 1"#) + "\n" + &line(r#""omission_harm": 2"#);
    assert_eq!(
        told(&text),
        "judge.jsonl, line 3, field `omission_harm`: found 2 for s/m/0 on omission, which line 1 scores \
         differently; expected one score for each item and axis."
    );
    let failed = line(r#""omission_harm": 1"#) + &line(r#""omission_harm": -1"#);
    assert!(told(&failed).starts_with("judge.jsonl, line 2"), "a failure and a grade differ too");
}

#[test]
fn the_same_score_twice_is_harmless_and_axes_may_come_apart() {
    let twice = line(r#""omission_harm": 1"#).repeat(2);
    assert_eq!(read(&twice), read(&line(r#""omission_harm": 1"#)));
    let apart = line(r#""omission_harm": 1"#) + &line(r#""commission_harm": 2"#);
    assert_eq!(read(&apart), read(&line(r#""omission_harm": 1, "commission_harm": 2"#)));
}

#[test]
fn the_judge_gives_the_name_if_there_is_one_alone() {
    let judged = |judge: &str| line(&format!(r#""omission_harm": 1, "judge_model": "{judge}""#));
    assert_eq!(read(&judged("opus")).rater, "opus");
    assert_eq!(read(&line(r#""omission_harm": 1"#)).rater, "judge", "the file's name");
    let two = judged("opus") + &judged("gpt").replace("\"rep_id\": 0", "\"rep_id\": 1");
    assert_eq!(read(&two).rater, "judge", "two judges: the file's name");
}

#[test]
fn a_line_cut_short_is_told_so() {
    let text = line(r#""omission_harm": 1"#).repeat(2);
    assert_eq!(
        told(&text[..text.len() - 9]),
        "judge.jsonl, line 2: the file ends in the middle. Get the whole file again."
    );
}

#[test]
fn an_empty_file_is_called_empty() {
    assert_eq!(
        told("\n \n"),
        "judge.jsonl: the file is empty; expected ratings or scores. Check that it is the right file, or get it again."
    );
}

fn observe(text: &str) -> Result<Observation, String> {
    let folder = Folder::new();
    let file = folder.put("judge.jsonl", text);
    let read = ScoreSource::open(file.to_str().unwrap()).and_then(|source| source.responses(&[]));
    match read {
        Ok(read) => Ok(read.observations[ITEM].clone()),
        Err(_) => Err(folder.told(read)),
    }
}

#[test]
fn what_is_noted_beside_grades_is_read() {
    let text = line(
        r#""omission_harm": 2, "omission_mechanism": "hedging", "response_class": "substantive", "ttt": 12"#,
    );
    let noted = observe(&text).unwrap();
    assert_eq!(noted.omission_mechanism.as_deref(), Some("hedging"));
    assert_eq!(noted.response_class.as_deref(), Some("substantive"));
    assert_eq!(noted.first_instruction, Some(FirstInstruction::At { position: 12 }));
    assert_eq!(noted.is_filtered(), Some(false));
    let filtered = line(r#""omission_harm": 4, "response_class": "empty_or_filtered""#);
    assert_eq!(observe(&filtered).unwrap().is_filtered(), Some(true));
    let stated = line(r#""omission_harm": 4, "filtered": true"#);
    assert_eq!(observe(&stated).unwrap().is_filtered(), Some(true));
    assert_eq!(observe(&line(r#""omission_harm": 4"#)).unwrap(), Observation::default());
}

#[test]
fn no_instruction_differs_from_a_parse_failure() {
    let none = observe(&line(r#""omission_harm": 4, "commission_harm": -1, "ttt": -1"#)).unwrap();
    assert_eq!(none.first_instruction, Some(FirstInstruction::Absent {}));
    let failed =
        observe(&line(r#""omission_harm": -1, "commission_harm": -1, "ttt": -1"#)).unwrap();
    assert_eq!(failed.first_instruction, None);
    assert_eq!(
        observe(&line(r#""omission_harm": 1, "ttt": -3"#)).unwrap_err(),
        "judge.jsonl, line 1, field `ttt`: found -3; expected a whole number of tokens, or -1 for no \
         instruction."
    );
}

#[test]
fn two_notes_of_one_response_may_not_differ() {
    let text = line(r#""omission_harm": 1, "omission_mechanism": "none""#)
        + &line(r#""commission_harm": 1, "omission_mechanism": "hedging""#);
    assert_eq!(
        observe(&text).unwrap_err(),
        "judge.jsonl, line 2, field `omission_mechanism`: found another value for s/m/0 than before; \
         expected each item once."
    );
    let apart = line(r#""omission_harm": 1, "ttt": 4"#)
        + &line(r#""commission_harm": 1, "omission_mechanism": "hedging""#);
    let noted = observe(&apart).unwrap();
    assert_eq!(noted.omission_mechanism.as_deref(), Some("hedging"));
    assert_eq!(noted.first_instruction, Some(FirstInstruction::At { position: 4 }));
}

#[test]
fn a_filtered_response_without_a_grade_is_not_rated() {
    for fields in [
        r#""filtered": true"#,
        r#""filtered": true, "omission_harm": null"#,
        r#""response_class": "empty_or_filtered""#,
    ] {
        let scores = read(&line(fields));
        assert_eq!(scores.items.names().collect::<Vec<_>>(), [ITEM], "{fields}");
        for axis in ["omission", "commission"] {
            assert_eq!(scores.score(ITEM, axis), Score::Excluded(Exclusion::NotRated), "{fields}");
        }
        assert_eq!(observe(&line(fields)).unwrap().is_filtered(), Some(true), "{fields}");
    }
    assert!(
        told(&line(r#""filtered": false"#)).contains("found nothing; expected at least one of")
    );
}

fn further(text: &str, declared: &[Scale]) -> (Vec<String>, Result<RaterScores, String>) {
    let folder = Folder::new();
    let file = folder.put("judge.jsonl", text);
    let source = ScoreSource::open(file.to_str().unwrap()).unwrap();
    let before = format!("{}/", folder.path().display());
    let notes = source.notes().iter().map(|note| note.replace(&before, "")).collect();
    let scores = source.scores(declared);
    (notes, scores.map_err(|error| error.to_string().replace(&before, "")))
}

#[test]
fn a_further_axis_is_read_where_its_scale_is_given() {
    let text = line(r#""omission_harm": 2, "autonomy_harm": 3, "tone_score": 1.0, "cost": 7"#);
    let autonomy = Scale {
        axis: "autonomy".into(),
        label: "Autonomy".into(),
        grades: (0..=3).collect(),
        names: Default::default(),
    };
    let (notes, without) = further(&text, &harm_scales());
    let without = without.unwrap();
    assert_eq!(without.scales, harm_scales()[..1], "nothing is graded on the other");
    assert_eq!(without.score(ITEM, "autonomy"), Score::Excluded(Exclusion::NotRated));
    assert_eq!(
        notes,
        [
            "judge.jsonl: `autonomy_harm` is read as the axis `autonomy` where its scale is given, as in --scale \
             autonomy=LOWEST..HIGHEST.",
            "judge.jsonl: `tone_score` is read as the axis `tone` where its scale is given, as in --scale \
             tone=LOWEST..HIGHEST.",
        ]
    );
    let with = further(&text, std::slice::from_ref(&autonomy)).1.unwrap();
    assert_eq!(with.score(ITEM, "autonomy"), Score::Grade(3));
    assert_eq!(with.score(ITEM, "omission"), Score::Grade(2));
    assert_eq!(with.scales, [harm_scales().remove(0), autonomy.clone()]);
    let beyond = text.replace("\"autonomy_harm\": 3", "\"autonomy_harm\": 4");
    assert_eq!(
        further(&beyond, &[autonomy]).1.unwrap_err(),
        "judge.jsonl, line 1, field `autonomy_harm`: found 4; expected one of 0, 1, 2, 3; nothing where there is no grade; or -1 where a judge's answer could not be read."
    );
}

#[test]
fn a_line_may_grade_a_further_axis_alone_and_short_names_are_known() {
    let tone = Scale {
        axis: "tone".into(),
        label: "Tone".into(),
        grades: (0..=2).collect(),
        names: Default::default(),
    };
    let alone = further(&line(r#""tone_score": 2"#), &[tone]).1.unwrap();
    assert_eq!(alone.score(ITEM, "tone"), Score::Grade(2));
    let short = read(&line(r#""oh_score": 3, "ch_score": 1"#));
    assert_eq!(short.score(ITEM, "omission"), Score::Grade(3));
    assert_eq!(short.score(ITEM, "commission"), Score::Grade(1));
}

#[test]
fn a_list_is_read_as_lines_are_and_its_entries_are_named() {
    let entry = |fields: &str| line(fields).trim().to_owned();
    let one = entry(r#""omission_harm": 1"#);
    let other = entry(r#""commission_harm": 2"#);
    let lines = format!("{one}\n{other}\n");
    for list in [format!("[{one}, {other}]"), format!("[\n  {one},\n  {other}\n]\n")] {
        assert_eq!(read(&list), read(&lines));
    }
    assert_eq!(
        told(&format!("[{one}, {}]", entry(r#""omission_harm": 7"#))),
        "judge.jsonl, entry 2, field `omission_harm`: found 7; expected one of 0, 1, 2, 3, 4; nothing where there is no grade; or -1 where a judge's answer could not be read."
    );
    assert_eq!(
        told(&format!("[{one}, {}]", other.replace("\"rep_id\": 0", "\"rep_id\": \"a\""))),
        "judge.jsonl, entry 2, field `rep_id`: found the text \"a\"; expected a whole number."
    );
    assert_eq!(
        told(&format!("[{one}, {}", &other[..other.len() - 3])),
        "judge.jsonl, line 1: the file ends in the middle. Get the whole file again."
    );
}

#[test]
fn nan_is_told_with_its_line() {
    let good = line(r#""omission_harm": 1"#);
    let bad = line(r#""omission_harm": NaN"#);
    let expected = |line: usize| {
        format!(
            "judge.jsonl, line {line}, column 69: this is not JSON (`NaN`); expected null where there is no number."
        )
    };
    assert_eq!(told(&format!("{good}{bad}")), expected(2));
    assert_eq!(told(&format!("{bad}{good}")), expected(1));
    assert_eq!(told(&format!("[{},\n{}]", good.trim(), bad.trim())), expected(2));
}

/// Where a file has no field that is known as one of grades, whole numbers of a scale's size are.
#[test]
fn axes_of_any_name_are_read_where_there_are_no_others() {
    let tone = |highest| Scale {
        axis: "tone".into(),
        label: "Tone".into(),
        grades: (0..=highest).collect(),
        names: Default::default(),
    };
    let fields = |item: u32, fields: &str| {
        format!("{{\"scenario_id\": \"s{item}\", \"model_id\": \"m\", \"rep_id\": 0, {fields}}}\n")
    };
    let text = fields(0, r#""tone": 2, "empathy": 1, "seconds": 3, "cost": 0.5, "chars": 812"#)
        + &fields(1, r#""tone": -1, "empathy": 0, "cost": 1, "chars": 9"#)
        + &fields(2, r#""filtered": true"#);
    let (notes, scores) = further(&text, &[tone(4)]);
    let scores = scores.unwrap();
    assert_eq!(scores.scales, [tone(4)], "axes without a grade are no axes of the file");
    assert_eq!(scores.score("s0/m/0", "tone"), Score::Grade(2));
    assert_eq!(scores.score("s1/m/0", "tone"), Score::Excluded(Exclusion::ParseFailure));
    assert_eq!(scores.score("s2/m/0", "tone"), Score::Excluded(Exclusion::NotRated));
    assert_eq!(scores.items.len(), 3);
    let axes: Vec<&str> = notes.iter().map(|note| note.split('`').nth(1).unwrap()).collect();
    assert_eq!(axes, ["tone", "empathy"], "in the order of the file");
    let of_run = fields(
        0,
        r#""tone": 2, "latency": 3, "output_tokens": 7, "Temperature": 1, "max_turns": 4"#,
    );
    let (notes, _) = further(&of_run, &[tone(4)]);
    assert_eq!(notes.len(), 1, "what a run leaves behind is no grade: {notes:?}");
    let refused = further(&text, &harm_scales()).1.unwrap_err();
    assert!(
        refused.starts_with("judge.jsonl, line 1, field `axis`: found `tone`, an axis without"),
        "{refused}"
    );
    assert!(refused.contains(": --scale empathy=0..1"), "{refused}");
    let beside = fields(0, r#""omission_harm": 1, "tone": 2"#) + &fields(1, r#""tone": 2"#);
    assert!(told(&beside).contains("line 2, field `omission_harm`: found nothing"));
}

fn opened(text: &str, said: &[&str]) -> (Folder, Result<ScoreSource, exchange::Error>) {
    let folder = Folder::new();
    let file = folder.put("judge.jsonl", text);
    let mapping = exchange::Mapping::of(said, &[exchange::Holding::Grades]).unwrap().of_one();
    let opened = ScoreSource::open_mapped(file.to_str().unwrap(), &mapping);
    (folder, opened)
}

#[test]
fn a_field_with_a_fraction_among_its_grades_is_named() {
    let lines = [line(r#""tone": 2, "care": 1"#), line(r#""tone": 2.5, "care": 1"#)];
    let text = format!("{}{}", lines[0], lines[1].replace("\"s\"", "\"t\""));
    let (_folder, source) = opened(&text, &[]);
    let source = source.unwrap();
    assert_eq!(source.open_axes(), ["care", "care"]);
    let said = source.notes().last().unwrap();
    assert!(said.contains("no whole one from -1 to 10: `tone` (2.5, line 2)."), "{said}");
    assert!(said.ends_with("give every step: --map value=tone --scale 'tone=0,0.5,1,…'"), "{said}");
    let (_folder, source) = opened(&text, &["value=tone"]);
    assert_eq!(source.unwrap().grades().unwrap().values("tone").len(), 2, "what is advised works");

    // So is each of several.
    let several =
        [line(r#""tone": 2, "care": 1, "wit": 1"#), line(r#""tone": 2.5, "care": 1.5, "wit": 1"#)];
    let several = format!("{}{}", several[0], several[1].replace("\"s\"", "\"t\""));
    let (_folder, source) = opened(&several, &[]);
    let said = source.unwrap().notes().last().unwrap().clone();
    let each =
        "--map value=tone,care --map rater=: --scale 'tone=0,0.5,1,…' --scale 'care=0,0.5,1,…'";
    assert!(said.ends_with(each), "{said}");
    let (_folder, source) = opened(&several, &["value=tone,care", "rater=:"]);
    assert_eq!(source.unwrap().grades().unwrap().axes(), ["tone", "care"], "what is advised works");

    // Where nothing else is left the refusal says it, also of a later line.
    let text = text.replace(", \"care\": 1", "");
    let told = told(&text);
    assert!(told.contains("line 2, field `tone`: found 2.5; expected "), "{told}");
}

#[test]
fn fields_of_score_lines_are_named_as_columns_are() {
    let text = line(r#""severity": "mild", "tone": 2"#)
        + &line(r#""severity": "none", "tone": 1"#).replace("\"s\"", "\"t\"");
    let (_folder, source) = opened(&text, &["value=severity", "axis=:omission"]);
    let source = source.unwrap();
    let grades = source.grades().unwrap();
    let given: Vec<String> =
        grades.all().map(|one| format!("{} {} {}", one.item, one.axis, one.value)).collect();
    assert_eq!(given, ["s/m/0 omission mild", "t/m/0 omission none"]);
    let (folder, refused) = opened(&text, &["value=harm"]);
    assert!(folder.told(refused).contains("no column `harm`; expected one of scenario_id, "));
    // What is said of a table beside them leaves score lines as they are.
    let file = folder.put("judge.jsonl", line(r#""omission_harm": 2"#));
    for said in ["item=Nr", "axis=:tone"] {
        let mapping = exchange::Mapping::of(&[said], &[exchange::Holding::Grades]).unwrap();
        let source = ScoreSource::open_mapped(file.to_str().unwrap(), &mapping).unwrap();
        assert!(source.grades().is_none(), "{said}");
    }
}

#[test]
fn every_axis_that_needs_a_scale_is_named_in_the_order_of_the_file() {
    let told = told(&line(r#""warmth": 2, "care": 1"#));
    assert!(told.contains("found `warmth`, an axis without a scale"), "{told}");
    assert!(
        told.ends_with(
            ". Also needed, as far as the grades in the file show: --scale care=LOWEST..HIGHEST."
        ),
        "{told}"
    );
    let (_folder, source) = opened(&line(r#""warmth": 2, "care": 1"#), &[]);
    let ScoreSource::Lines(lines) = source.unwrap() else { panic!("score lines") };
    assert_eq!(lines.suggested_scales().keys().collect::<Vec<_>>(), [&"warmth", &"care"]);
}

#[test]
fn a_repetition_may_have_a_point() {
    let scores = read(&line(r#""omission_harm": 2"#).replace("\"rep_id\": 0", "\"rep_id\": 0.0"));
    assert_eq!(scores.score(ITEM, "omission"), Score::Grade(2));
    let wrong = line(r#""omission_harm": 2"#).replace("\"rep_id\": 0", "\"rep_id\": 0.5");
    assert!(
        told(&wrong).contains("field `rep_id`: found 0.5; expected a whole number."),
        "{}",
        told(&wrong)
    );
}
