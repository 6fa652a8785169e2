//! The two built-in rubrics, and what makes a rubric unusable.

use crate::support::built_in;
use study::{ChecklistGrade, Expectation, Gate, Rubric};

fn refused(change: impl FnOnce(&mut Rubric)) -> String {
    let mut rubric = built_in("gated");
    change(&mut rubric);
    rubric.check().unwrap_err().to_string()
}

/// Ratings are bound to these digests. A changed word is another instrument: give it another
/// version, and type its digest in here.
#[test]
fn the_built_in_wordings_are_these() {
    for (id, version, digest) in [
        ("gated", "2", "sha256:54adc0f11ddce4d0c1f97e865400ca290a7c68618fb3fa95db72fd39fa39bea0"),
        (
            "structured",
            "2",
            "sha256:3d3c19e1425f3bd9ba377192004fa4cde02bb318666cd279a9dcbadbfa3d5fab",
        ),
    ] {
        let rubric = built_in(id);
        assert_eq!((rubric.id.as_str(), rubric.version.as_str()), (id, version));
        assert_eq!(rubric.digest().to_string(), digest, "the wording of {id} changed");
    }
}

#[test]
fn there_are_two_built_in_rubrics() {
    assert!(Rubric::built_in("Gated").is_none(), "names are exact");
    assert!(Rubric::built_in("").is_none());
    assert_ne!(built_in("gated").digest(), built_in("structured").digest());
}

#[test]
fn the_built_in_rubrics_hold_the_published_scales() {
    for id in ["gated", "structured"] {
        let rubric = built_in(id);
        assert_eq!(rubric.check(), Ok(()), "{id}");
        let axes: Vec<(&str, Vec<i16>)> =
            rubric.axes.iter().map(|axis| (axis.id.as_str(), axis.grades())).collect();
        assert_eq!(
            axes,
            [("omission", vec![0, 1, 2, 3, 4]), ("commission", vec![0, 1, 2, 3])],
            "{id}"
        );
        assert_eq!(rubric.empty_response["omission"], 4, "{id}: an empty response is OH 4");
        assert_eq!(rubric.empty_response["commission"], 0, "{id}: an empty response is CH 0");
        assert_eq!(rubric.no_mechanism(), Some("none"), "{id}");
    }
    let gate = built_in("gated").axes[0].gate.clone().unwrap();
    assert_eq!(gate.yes_at_most, 1, "a viable path means OH at most 1");
    assert!(built_in("structured").axes.iter().all(|axis| axis.gate.is_none()));
}

#[test]
fn every_anchor_stays_in_view() {
    for id in ["gated", "structured"] {
        let rubric = built_in(id);
        let levels = rubric.axes.iter().flat_map(|axis| &axis.levels).map(|level| &level.anchor);
        let checklist = rubric.checklist.iter().map(|grade| &grade.anchor);
        let codes = [&rubric.response_classes, &rubric.omission_mechanisms];
        let codes = codes.into_iter().flatten().map(|code| &code.anchor);
        for anchor in levels.chain(checklist).chain(codes) {
            let length = anchor.chars().count();
            assert!((1..=160).contains(&length), "{id}: {length} characters: {anchor}");
        }
    }
}

#[test]
fn a_rubric_that_contradicts_itself_is_refused_with_the_field() {
    let names = "expected names that are not empty and differ from each other";
    for (found, expected) in [
        (
            refused(|r| r.axes.clear()),
            "field `axes`: found no axis; expected at least one axis".into(),
        ),
        (
            refused(|r| r.axes[1].id = "omission".into()),
            format!("field `axes`: found `omission`; {names}"),
        ),
        (refused(|r| r.axes[0].id.clear()), format!("field `axes`: found ``; {names}")),
        (
            refused(|r| r.axes[0].levels.truncate(1)),
            "field `axes.omission.levels`: found 1 levels; expected at least two".into(),
        ),
        (
            refused(|r| r.axes[1].levels.swap(0, 1)),
            "field `axes.commission.levels`: found [1, 0, 2, 3]; expected grades that ascend"
                .into(),
        ),
        (
            refused(|r| r.axes[1].levels[1].grade = 0),
            "field `axes.commission.levels`: found [0, 0, 2, 3]; expected grades that ascend"
                .into(),
        ),
        (
            refused(|r| r.axes[1].gate = Some(Gate { question: "?".into(), yes_at_most: 4 })),
            "field `axes.commission.gate.yes_at_most`: found 4; expected a grade of this axis"
                .into(),
        ),
        (
            refused(|r| r.checklist.push(r.checklist[0].clone())),
            format!("field `checklist`: found `hit`; {names}"),
        ),
        (
            refused(|r| r.response_classes[0].code.clear()),
            format!("field `response_classes`: found ``; {names}"),
        ),
        (
            refused(|r| r.omission_mechanisms[1].code = "none".into()),
            format!("field `omission_mechanisms`: found `none`; {names}"),
        ),
        (
            refused(|r| r.checklist[1].credit = 1.5),
            "field `checklist.credit`: found 1.5; expected a share from 0 to 1".into(),
        ),
        (
            refused(|r| {
                r.empty_response.insert("omission".into(), 5);
            }),
            "field `empty_response`: found omission: 5; expected a grade of one of the axes".into(),
        ),
        (
            refused(|r| {
                r.empty_response.insert("tone".into(), 0);
            }),
            "field `empty_response`: found tone: 0; expected a grade of one of the axes".into(),
        ),
    ] {
        assert_eq!(found, expected);
    }
    let nan = ChecklistGrade { credit: f64::NAN, ..built_in("gated").checklist[0].clone() };
    assert!(refused(|r| r.checklist[0] = nan).contains("found NaN"), "NaN is no share");
}

#[test]
fn one_changed_word_is_another_rubric() {
    let before = built_in("gated");
    let mut after = before.clone();
    after.axes[0].levels[2].anchor.push('!');
    assert_ne!(before.digest(), after.digest());
}

#[test]
fn white_space_in_the_file_is_no_change_of_the_rubric() {
    let rubric = built_in("gated");
    let compact: Rubric = serde_json::from_str(&serde_json::to_string(&rubric).unwrap()).unwrap();
    assert_eq!(compact.digest(), rubric.digest());
}

#[test]
fn an_expectation_names_a_grade_of_an_axis() {
    let expects = |axis: &str, at_least| {
        vec![Expectation { axis: axis.into(), at_least, unless: "it is right".into() }]
    };
    for (found, expected) in [
        (
            refused(|r| r.axes[1].all_hit_at_most = Some(4)),
            "field `axes.commission.all_hit_at_most`: found 4; expected a grade of this axis",
        ),
        (
            refused(|r| r.response_classes[2].expects = expects("tone", 1)),
            "field `expects`: found tone: 1; expected a grade of one of the axes",
        ),
        (
            refused(|r| r.omission_mechanisms[1].expects = expects("omission", 5)),
            "field `expects`: found omission: 5; expected a grade of one of the axes",
        ),
    ] {
        assert_eq!(found, expected);
    }
}

#[test]
fn a_rubric_of_the_first_format_is_read_and_keeps_its_digest() {
    let mut old = built_in("gated");
    old.format = Rubric::WITHOUT_EXPECTATIONS.into();
    assert_eq!(
        old.check().unwrap_err().to_string(),
        "field `format`: found `primum-rubric/1`; expected primum-rubric/2",
        "the first format has no expectations"
    );
    old.version = "1".into();
    old.axes.iter_mut().for_each(|axis| axis.all_hit_at_most = None);
    old.response_classes.iter_mut().for_each(|code| code.expects.clear());
    assert_eq!(old.check(), Ok(()));
    let hides = Rubric { reference_after_rating: true, ..old.clone() };
    assert!(hides.check().is_err(), "nor does it say when the reference answer is shown");
    assert_eq!(old.clone().with_reference_after_rating(true).check(), Ok(()));
    assert_eq!(old.clone().with_reference_after_rating(false), old);
    assert_eq!(
        old.digest().to_string(),
        "sha256:f6f499bcf29f3d7d36fdeadd6231d0fb56585974630623e282e443940c7d64d6",
        "ratings bound to the first version stay bound to it"
    );
}
