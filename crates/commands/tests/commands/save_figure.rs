//! A figure as a file.

use crate::support::window;
use serde_json::{Value, json};
use std::fs;

fn figure(title: &str) -> Value {
    let paint =
        json!({ "fill": "accent", "strength": 1.0, "stroke": null, "width": 0.0, "dashed": false });
    json!({
        "of": "axes/tone/table",
        "name": "tone",
        "title": title,
        "description": "All of it.",
        "width": 20.0,
        "height": 10.0,
        "shapes": [{ "kind": "circle", "x": 5.0, "y": 5.0, "r": 4.0, "paint": paint }],
    })
}

#[test]
fn a_figure_is_not_written_over_another_file_unasked() {
    let (folder, mut window) = window();
    let path = folder.path().join("figures/gap-0.25");
    let saved = window.call("save_figure", json!({ "path": path, "figure": figure("Gap") }));
    let file = saved["file"].as_str().unwrap();
    assert!(file.ends_with("gap-0.25.svg"), "{file}");
    let first = fs::read_to_string(file).unwrap();
    assert!(
        first.starts_with("<svg ") && first.contains("<title id=\"title\">Gap</title>"),
        "{first}"
    );
    window.call("save_figure", json!({ "path": file, "figure": figure("Gap") }));

    let other = figure("Another");
    let failure = window.fail("save_figure", json!({ "path": file, "figure": other }));
    assert_eq!(failure["kind"], "refused");
    assert!(failure["message"].as_str().unwrap().contains("gap-0.25.svg"), "{failure}");
    assert_eq!(fs::read_to_string(file).unwrap(), first, "the first stays");
    // Asked about this name without its ending, nobody agreed to replace the other.
    let replace = json!({ "path": path, "figure": other, "replace": true });
    assert_eq!(window.fail("save_figure", replace)["kind"], "refused");
    window.call("save_figure", json!({ "path": file, "figure": other, "replace": true }));
    assert!(fs::read_to_string(file).unwrap().contains("Another"));
}

/// The dialog asks about the name that was typed, blanks included, and no other file is replaced for it.
#[test]
fn the_file_that_was_asked_about_is_the_one_that_is_written() {
    let (folder, mut window) = window();
    let other = folder.path().join("gap.svg");
    fs::write(&other, "another file").unwrap();
    let path = format!("{} ", other.display());
    let arguments = json!({ "path": path, "figure": figure("Gap"), "replace": true });
    let saved = window.call("save_figure", arguments);
    assert_eq!(saved["file"], format!("{path}.svg"));
    assert_eq!(fs::read_to_string(&other).unwrap(), "another file");
}

#[test]
fn the_ending_says_what_is_written() {
    let (folder, mut window) = window();
    let path = folder.path().join("tone.PNG");
    let saved = window.call("save_figure", json!({ "path": path, "figure": figure("Tone") }));
    assert_eq!(saved, json!({ "file": path, "caution": null }));
    assert!(fs::read(&path).unwrap().starts_with(b"\x89PNG"));

    let mut lacking = figure("Tone");
    lacking["shapes"] = json!([{
        "kind": "text", "x": 1.0, "y": 5.0, "text": "a 模", "size": 12.0, "anchor": "start", "tone": "ink",
        "halo": false, "turned": false,
    }]);
    let path = folder.path().join("lacking.png");
    let saved = window.call("save_figure", json!({ "path": path, "figure": lacking }));
    assert!(saved["caution"].as_str().unwrap().contains("boxes instead of 模"), "{saved}");
}

#[test]
fn what_is_no_figure_is_not_written() {
    let (folder, mut window) = window();
    let path = folder.path().join("a.svg");
    for wrong in [json!("<script>"), json!({ "shapes": [] })] {
        let failure = window.fail("save_figure", json!({ "path": path, "figure": wrong }));
        assert_eq!(failure["kind"], "misused");
    }
    assert!(!path.exists());
}

#[test]
fn a_figure_needs_a_name() {
    let (folder, mut window) = window();
    let folder = format!("{}/", folder.path().display());
    for path in ["", "  ", &folder] {
        let failure = window.fail("save_figure", json!({ "path": path, "figure": figure("Gap") }));
        let told = format!("`{path}`: found no file name; expected one for the figure.");
        assert_eq!(failure, json!({ "kind": "refused", "message": told, "at": {} }));
    }
}
