//! A figure as a file.

use crate::support::window;
use serde_json::json;
use std::fs;

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

#[test]
fn a_figure_is_not_written_over_another_file_unasked() {
    let (folder, mut window) = window();
    let path = folder.path().join("figures/gap-0.25");
    let saved = window.call("save_figure", json!({ "path": path, "svg": SVG }));
    let file = saved["file"].as_str().unwrap();
    assert!(file.ends_with("gap-0.25.svg"), "{file}");
    assert_eq!(fs::read_to_string(file).unwrap(), format!("{SVG}\n"));
    window.call("save_figure", json!({ "path": file, "svg": SVG }));

    let other = SVG.replace("/>", "><g/></svg>");
    let failure = window.fail("save_figure", json!({ "path": file, "svg": other }));
    assert_eq!(failure["kind"], "refused");
    assert!(failure["message"].as_str().unwrap().contains("gap-0.25.svg"), "{failure}");
    assert_eq!(fs::read_to_string(file).unwrap(), format!("{SVG}\n"), "the first stays");
    // Asked about this name without its ending, nobody agreed to replace the other.
    let replace = json!({ "path": path, "svg": other, "replace": true });
    assert_eq!(window.fail("save_figure", replace)["kind"], "refused");
    window.call("save_figure", json!({ "path": file, "svg": other, "replace": true }));
    assert_eq!(fs::read_to_string(file).unwrap(), format!("{other}\n"));
}

#[test]
fn what_is_no_figure_is_not_written() {
    let (folder, mut window) = window();
    let path = folder.path().join("a.svg");
    let failure = window.fail("save_figure", json!({ "path": path, "svg": "<script>" }));
    assert_eq!(failure["kind"], "misused");
    assert!(!path.exists());
}

#[test]
fn a_figure_needs_a_name() {
    let (folder, mut window) = window();
    let folder = format!("{}/", folder.path().display());
    for path in ["", "  ", &folder] {
        let failure = window.fail("save_figure", json!({ "path": path, "svg": SVG }));
        let told = format!("`{path}`: found no file name; expected one for the figure.");
        assert_eq!(failure, json!({ "kind": "refused", "message": told, "at": {} }));
    }
}
