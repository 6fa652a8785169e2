//! What represents several people's grades.

use study::Reference;

#[test]
fn several_grades_become_one_number() {
    let of = |reference: Reference| reference.of(&[3.0, 0.0, 1.0, 1.0]);
    assert_eq!(of(Reference::Average), Some(1.25));
    assert_eq!(of(Reference::Median), Some(1.0));
    assert_eq!(of(Reference::Lower), Some(0.0));
    assert_eq!(of(Reference::Upper), Some(3.0));
    assert_eq!(Reference::Median.of(&[1.0, 2.0]), Some(1.5), "between two grades their mean");
}

#[test]
fn no_grade_gives_none() {
    assert!(Reference::ALL.iter().all(|reference| reference.of(&[]).is_none()));
}

#[test]
fn each_is_found_by_the_name_it_is_written_by() {
    for reference in Reference::ALL {
        assert_eq!(Reference::named(&reference.to_string()), Some(reference));
        let json = format!("\"{reference}\"");
        assert_eq!(serde_json::to_string(&reference).ok(), Some(json), "files use the same word");
    }
    assert_eq!(Reference::named("highest"), None);
}
