//! Figures as files.

use crate::samples::{DIFFICULT, all, findings_of, panel_of};
use figures::{of_findings, of_pair, of_panel};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use resvg::tiny_skia::Pixmap;
use std::collections::BTreeSet;

/// What a figure is made of.
const ELEMENTS: [&str; 8] =
    ["svg", "title", "desc", "rect", "circle", "polygon", "polyline", "text"];

/// The elements of a document, and its text.
fn read(svg: &str) -> (Vec<String>, String) {
    let (mut names, mut said) = (Vec::new(), String::new());
    let mut element = |start: &BytesStart<'_>| {
        names.push(start.name().as_ref().to_owned());
        for attribute in start.attributes() {
            let key = attribute.unwrap().key.as_ref().to_owned();
            let foreign =
                key.contains("href") || key.starts_with("on") || key == "style" || key == "class";
            assert!(!foreign, "{key}");
        }
    };
    let mut reader = Reader::from_str(svg);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) | Event::Empty(start) => element(&start),
            Event::Text(text) => said.push_str(&text),
            Event::GeneralRef(name) => said.push_str(match &*name {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                other => panic!("&{other};"),
            }),
            Event::Eof => return (names, said),
            Event::End(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_file_needs_nothing_else_and_can_run_nothing() {
    for (sample, figures) in all() {
        assert!(!figures.is_empty(), "{sample}");
        for figure in figures {
            let svg = figure.svg();
            let (names, said) = read(&svg);
            assert_eq!(&names[..3], ["svg", "title", "desc"], "{sample}");
            assert!(names.iter().all(|name| ELEMENTS.contains(&name.as_str())), "{names:?}");
            assert!(said.contains(&figure.title) && said.contains(&figure.description), "{sample}");
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{sample}: {svg}");
            let odd =
                |letter: char| (letter.is_control() && letter != '\n') || letter == '\u{202e}';
            assert!(!svg.contains(odd), "{sample}");
        }
    }
}

#[test]
fn every_name_is_in_the_description_as_it_is() {
    let figures = of_findings(&findings_of(&DIFFICULT, 4, &[]));
    for figure in figures.iter().filter(|figure| !["actions"].contains(&figure.of.as_str())) {
        for name in &DIFFICULT[..2] {
            assert!(figure.description.contains(name), "{}: {}", figure.of, figure.description);
        }
    }
}

#[test]
fn names_of_files_differ_and_fit_every_system() {
    for (sample, figures) in all() {
        let names: BTreeSet<&str> = figures.iter().map(|figure| figure.name.as_str()).collect();
        assert_eq!(names.len(), figures.len(), "{sample}");
        let of: BTreeSet<&str> = figures.iter().map(|figure| figure.of.as_str()).collect();
        assert_eq!(of.len(), figures.len(), "{sample}");
        for name in names {
            assert!(name.len() < 200 && !name.is_empty(), "{name}");
            let plain = |letter: char| letter.is_alphanumeric() || letter == '-';
            assert!(name.chars().all(plain), "{name}");
            assert_eq!(name.to_lowercase(), name);
        }
    }
}

#[test]
fn a_png_file_is_the_same_each_time_and_shows_something() {
    for figure in &of_pair(&crate::samples::pair())[..1] {
        let png = figure.png().unwrap();
        assert_eq!(png, figure.png().unwrap());
        let picture = Pixmap::decode_png(&png).unwrap();
        assert_eq!(f64::from(picture.width()), (figure.width + 16.0) * 3.0);
        assert_eq!(f64::from(picture.height()), (figure.height + 16.0) * 3.0);
        let dark = picture.pixels().iter().filter(|pixel| pixel.red() < 100).count();
        assert!(dark > 2000, "{}: {dark} dark pixels", figure.name);
    }
}

/// A figure comes from outside as well, and a picture of this one would take half a gigabyte.
#[test]
fn a_picture_larger_than_any_screen_is_refused() {
    let mut figure = of_pair(&crate::samples::pair()).remove(0);
    (figure.width, figure.height) = (5_000.0, 3_000.0);
    let told = figure.png().unwrap_err().to_string();
    let expected =
        "would have 135 million pixels as a PNG file; expected at most 100. Write it as SVG";
    assert!(told.ends_with(expected), "{told}");
    (figure.width, figure.height) = (f64::INFINITY, 10.0);
    assert!(figure.png().is_err());
}

/// Of many pairs the figure has a page full, and says where the others are.
#[test]
fn a_figure_of_pairs_stays_on_a_page() {
    let names: Vec<String> = (1..=12).map(|at| format!("rater {at}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let figures = of_panel(&panel_of(&names));
    let figure = figures.iter().find(|figure| figure.of.ends_with("/pairs")).unwrap();
    let note = "Of 66 pairs, the 45 with the lowest kappa. The other 21 are in the report, as text, CSV and JSON.";
    assert!(figure.description.ends_with(note), "{}", figure.description);
    let rows = figure.description.matches(" and rater ").count();
    assert_eq!(rows, 45);
    for rater in 5..=9 {
        let alike = format!("rater {} and rater {rater}:", rater - 4);
        assert!(!figure.description.contains(&alike), "{alike} gave the same grades");
    }
    let written = |shape: &figures::Shape| matches!(shape, figures::Shape::Text { text, .. } if text.starts_with("Of 66 pairs"));
    assert!(figure.shapes.iter().any(written));

    let ten = of_panel(&panel_of(&names[..10]));
    assert!(ten.iter().all(|figure| !figure.description.contains("pairs, the")));
}

#[test]
fn letters_that_a_png_file_lacks_are_known() {
    let found = |figures: Vec<figures::Figure>| -> BTreeSet<char> {
        figures.iter().flat_map(figures::Figure::letters_without_shape).collect()
    };
    assert!(found(of_pair(&crate::samples::pair())).is_empty());
    let missing = found(of_findings(&findings_of(&DIFFICULT, 2, &[])));
    assert!(
        missing.contains(&'模') && !missing.contains(&'ד') && !missing.contains(&'\u{301}'),
        "{missing:?}"
    );
}
