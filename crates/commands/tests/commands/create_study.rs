//! What a draft must be for a study to be made of it, and what is left where none is.

use crate::lead::sealed;
use crate::support::{Window, desk};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::thread;
use testing::{names, root};

/// A draft of the example's texts in which every leak is accepted.
fn draft(window: &mut Window) -> Value {
    let mut draft = json!({
        "title": "Example",
        "scenarios": root().join("scenarios"),
        "responses": root().join("annotations/responses.jsonl"),
        "rubric": "gated",
        "raters": [{ "label": "A", "lead": true }, { "label": "B" }],
        "seed": 20260501,
    });
    let scan = window.call("scan_leaks", json!({ "draft": draft }));
    let leaks = scan["leaks"].as_array().unwrap();
    let accept = |leak: &Value| json!({ "leak": leak["id"], "action": { "do": "accept", "reason": "seen" } });
    draft["decisions"] = leaks.iter().map(accept).collect();
    draft
}

fn create(draft: &Value, folder: &Path) -> Value {
    let seal = sealed();
    json!({ "draft": draft, "folder": folder, "seal": seal })
}

#[test]
fn a_check_finds_what_creation_refuses() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::on(folder.path());
    let draft = draft(&mut window);
    let of_size = |size: u32| json!({ "size": size });
    for (field, value, told) in [
        (
            "raters",
            json!([{ "label": "A/B" }, { "label": "C" }]),
            "field `raters[0].label`: found `A/B`; expected letters",
        ),
        (
            "raters",
            json!([{ "label": "A" }, { "label": "a" }]),
            "field `raters[1].label`: found `a`, which names the same file as `raters[0]`",
        ),
        (
            "raters",
            json!([{ "label": "A" }, { "label": "b".repeat(300) }]),
            "field `raters[1].label`: found 300 characters",
        ),
        ("raters", json!([{ "label": "Aster" }, { "label": "B" }]), "would give away"),
        ("title", json!("What aster withholds"), "would give away"),
        ("title", json!(" "), "field `title`: found nothing"),
        ("design", json!({ "kind": "per_item", "raters": 3 }), "rater"),
        ("design", json!({ "kind": "per_item", "raters": 0 }), "rater"),
        ("sampling", of_size(0), "size"),
        ("sampling", of_size(1000), "size"),
        ("sampling", json!({ "size": 12, "repeats": 50 }), "repeats"),
    ] {
        let mut wrong = draft.clone();
        wrong[field] = value;
        let check = window.call("check_study", json!({ "draft": wrong }));
        let problem = check["problems"][0].as_str().unwrap_or_default();
        assert!(problem.contains(told), "{field}: {check}");
        let refused = window.fail("create_study", create(&wrong, &folder.path().join("study")));
        assert_eq!(refused["message"], problem, "{field}");
        if field == "sampling" || problem.contains("field `") {
            let at = refused["at"]["field"].as_str().unwrap_or_default();
            assert!(problem.contains(&format!("field `{at}`")), "{field}: {refused}");
        }
    }
    assert!(!folder.path().join("study").exists());
    let check = window.call("check_study", json!({ "draft": draft }));
    assert_eq!(check["problems"], json!([]));
}

#[test]
fn the_remains_of_a_killed_creation_go_with_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::on(folder.path());
    let draft = draft(&mut window);
    let remains = folder.path().join(".study.primum-unfinished/packets");
    fs::create_dir_all(&remains).unwrap();
    fs::write(remains.join("packet-C.primum-packet"), "half of a pack").unwrap();
    window.call("create_study", create(&draft, &folder.path().join("study")));
    assert_eq!(names(folder.path()), ["study"]);
    assert_eq!(
        names(&folder.path().join("study/packets")),
        ["packet-A.primum-packet", "packet-B.primum-packet"]
    );
}

#[test]
fn of_two_creations_in_one_folder_one_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::on(&folder.path().join("first"));
    let draft = draft(&mut window);
    let study = folder.path().join("study");
    let (first, second) = thread::scope(|scope| {
        let creation = |name: &'static str| {
            let (draft, study, own) = (&draft, &study, folder.path().join(name));
            scope.spawn(move || {
                let mut desk = desk(&own);
                commands::call(&mut desk, "create_study", create(draft, study))
            })
        };
        let (first, second) = (creation("first"), creation("second"));
        (first.join().unwrap(), second.join().unwrap())
    });
    let (made, refused) = if first.is_ok() { (first, second) } else { (second, first) };
    assert_eq!(made.unwrap()["packets"].as_array().unwrap().len(), 2);
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("study: found files there; expected a new or"), "{refused}");
}

#[test]
fn no_folder_is_not_the_one_that_we_are_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::on(folder.path());
    let draft = draft(&mut window);
    let refused = window.fail("create_study", create(&draft, Path::new("")));
    assert_eq!(refused["message"], "field `folder`: found nothing; expected a path");
}

/// The same file in two fields: the screen shows what is wrong at the one that was read.
#[test]
fn a_refused_file_is_told_by_the_field_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::on(folder.path());
    let draft = draft(&mut window);
    let key = json!(root().join("annotations/key.json"));
    for field in ["scenarios", "responses", "scores", "calibration", "rubric"] {
        for path in [&draft["responses"], &key, &json!("nowhere")] {
            let mut wrong = draft.clone();
            wrong[field] = path.clone();
            if wrong == draft {
                continue;
            }
            let refused = window.fail("check_study", json!({ "draft": wrong }));
            assert_eq!(refused["at"]["named_by"], field, "{refused}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_leads_to_its_folder_and_a_name_too_long_is_called_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::on(folder.path());
    let draft = draft(&mut window);
    let (link, empty) = (folder.path().join("link"), folder.path().join("empty"));
    std::os::unix::fs::symlink(&empty, &link).unwrap();
    let refused = window.fail("create_study", create(&draft, &link));
    let told = "link: found a link to a folder that is not there; expected a new or an empty folder. Nothing was changed.";
    assert!(refused["message"].as_str().unwrap().ends_with(told), "{refused}");
    assert_eq!(refused["at"]["file"], link.display().to_string());
    assert_eq!(refused["at"]["named_by"], "folder", "where the screen shows it");
    fs::create_dir(&empty).unwrap();
    window.call("create_study", create(&draft, &link));
    assert!(link.is_symlink() && empty.join("study.primum-study").is_file());

    let refused = window.fail("create_study", create(&draft, &folder.path().join("n".repeat(250))));
    let told = "n: the name is too long, or cannot be one here. Choose another name.";
    assert!(refused["message"].as_str().unwrap().ends_with(told), "{refused}");
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 2, "only the link and its folder");
}
