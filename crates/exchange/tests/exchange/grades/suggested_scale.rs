//! What the scale of an axis could be, by what occurs on it. What is proposed for words cannot be pasted.

use super::{open, scale};

/// The value of `--scale` that is proposed for these grades, and the sentence.
fn proposed(values: &[&str]) -> (String, String) {
    let rows = values.iter().enumerate().map(|(at, value)| format!("A,i{at},tone,\"{value}\"\n"));
    let given = open("t.csv", format!("rater,item,axis,value\n{}", rows.collect::<String>()));
    let scale = given.grades().suggested_scale("tone").unwrap();
    (scale.option("tone"), scale.advice("tone"))
}

#[test]
fn whole_numbers_are_a_range() {
    let (option, advice) = proposed(&["1", "4.0", "2", "NA", ""]);
    assert_eq!(option, "tone=1..4");
    assert_eq!(
        advice,
        "Grades from 1 to 4 occur: if that is the whole scale, give --scale tone=1..4, or tone=4..1 where 4 is the best"
    );
    assert_eq!(proposed(&["3"]).0, "tone=LOWEST..HIGHEST");
}

#[test]
fn a_number_far_from_the_others_is_asked_about_and_is_not_in_the_range() {
    let (option, advice) = proposed(&["1", "5", "3", "99"]);
    assert_eq!(option, "tone=1..5");
    assert!(advice.starts_with("99 lies far from the others: if it means that there is no grade"));
    assert_eq!(proposed(&["0", "10", "5"]).0, "tone=0..10");
    assert_eq!(proposed(&["0", "50", "100"]).0, "tone=0..100");
    assert_eq!(proposed(&["-99", "0", "1", "2"]).0, "tone=0..2");
    let (option, advice) = proposed(&["0.5", "1", "1.5", "2.5", "3.0", "99"]);
    assert_eq!(option, "tone=0.5,1,1.5,2,2.5,3");
    assert!(advice.starts_with("99 lies far from the others: if it means that there is no grade"));
}

/// A number that is no usual code may well be a grade.
#[test]
fn of_a_scale_with_a_grade_far_from_the_others_the_ends_are_asked() {
    let (option, advice) = proposed(&["0", "5", "80"]);
    assert_eq!(option, "tone=LOWEST..HIGHEST");
    assert_eq!(
        advice,
        "80 lies far from the others: if it means that there is no grade, empty its cells; if it is a grade, give a scale \
         that holds it. Grades from 0 to 5 occur: if that is the whole scale, give --scale tone=0..5, or tone=5..0 where 5 \
         is the best"
    );
    assert_eq!(proposed(&["0", "0.5", "80"]).0, "tone=LOWEST,…,HIGHEST");
}

/// A code for a missing grade is asked about where it is no grade of the scale.
#[test]
fn a_number_that_is_often_a_code_is_said_to_be() {
    let told = |value: &str| {
        let given = open("t.csv", format!("rater,item,axis,value\nA,x,omission,{value}\n"));
        given.folder.told(given.source.scores(&[scale("omission", 4)]))
    };
    assert_eq!(
        told("99"),
        "t.csv, line 2, field `value`: found 99; expected one of 0, 1, 2, 3, 4; nothing where there is no grade; or \
         -1 where a judge's answer could not be read. 99 is often a code for a missing grade: if it is one here, empty \
         its cells."
    );
    assert!(told("-9").contains("-9 is often a code"));
    assert!(!told("6").contains("code"));
}

#[test]
fn half_grades_are_steps_in_the_order_of_numbers() {
    assert_eq!(proposed(&["3", "1.0", "2.5", "4"]).0, "tone=1,1.5,2,2.5,3,3.5,4");
    assert_eq!(proposed(&["0", "1", "2.5"]).0, "tone=0,0.5,1,1.5,2,2.5", "two steps at a time");
    assert_eq!(proposed(&["0", "1", "2.3"]).0, "tone=0,1,2.3", "steps of their own");
    let (option, advice) = proposed(&["3.17", "1.2", "2.93"]);
    assert_eq!(option, "tone=LOWEST,…,HIGHEST", "measurements");
    assert_eq!(
        advice,
        "The values are numbers with decimals that do not look like the steps of a scale. If they are, list them from \
         the lowest to the highest: --scale tone=LOWEST,…,HIGHEST"
    );
}

#[test]
fn words_are_listed_but_not_ordered() {
    let (option, advice) = proposed(&["Mild", "None", "Severe", ""]);
    assert_eq!(option, "tone=LOWEST,…,HIGHEST");
    assert_eq!(
        advice,
        "The values are words, whose order only you know: Mild, Severe (None counts as no grade unless it is \
         listed). List them from the lowest grade to the highest: --scale tone=LOWEST,…,HIGHEST"
    );
}

#[test]
fn true_and_false_beside_numbers_are_numbers() {
    let mixed = ["TRUE", "1", "false", "0", "NA"];
    assert_eq!(proposed(&mixed).0, "tone=0..1");
    let rows = mixed.iter().enumerate().map(|(at, value)| format!("A,i{at},tone,{value}\n"));
    let given = open("t.csv", format!("rater,item,axis,value\n{}", rows.collect::<String>()));
    assert_eq!(
        given.scores(),
        ["A i0 tone 1", "A i1 tone 1", "A i2 tone 0", "A i3 tone 0", "A i4 tone NotRated"]
    );
    assert_eq!(
        proposed(&["TRUE", "FALSE"]).0,
        proposed(&["FALSE", "TRUE"]).0,
        "words alone stay words"
    );
    assert!(
        !proposed(&["TRUE", "1", "maybe"]).0.contains(".."),
        "beside other words they are words"
    );
}

#[test]
fn answers_in_several_spellings_are_joined() {
    let (option, advice) = proposed(&["yes", "y", "no", "n", ""]);
    assert_eq!(option, "tone=n|no,y|yes");
    assert_eq!(
        advice,
        "Answers are spelled in several ways: if these are the same, give --scale 'tone=n|no,y|yes'"
    );
    assert_eq!(proposed(&["yes", "1", "no", "0", ""]).0, "tone=0..1", "numbers need no spelling");
    assert_eq!(proposed(&["yes", "no"]).0, "tone=LOWEST,…,HIGHEST", "one spelling each needs none");
}

#[test]
fn a_word_on_a_scale_of_numbers_is_told_how_words_are_read() {
    let given = open("t.csv", "rater,item,axis,value\nA,x,met,true\nA,y,met,false\n");
    let told = given.folder.told(given.source.scores(&[scale("met", 1)]));
    assert_eq!(
        told,
        "t.csv, line 2, field `value`: found true; expected one of 0, 1; nothing where there is no grade; or -1 where a \
         judge's answer could not be read. Words are grades where they are listed from the lowest grade on, spellings of one grade joined by a bar: --scale \
         met=false,true."
    );
}
