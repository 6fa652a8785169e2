//! Work that is half done outlives the window: it is there again after a kill, as a power cut would be one.

use crate::support::lead::Led;
use crate::support::{annotation, open};
use anyhow::{Result, bail};
use e2e::{App, Computer, Window, root};
use serde_json::json;
use std::fs;
use std::time::Duration;

const ESCAPE: &str = "\u{E00C}";

/// Waits until a file of the program's own says `what`: on a busy disk that takes its time.
async fn kept(computer: &Computer, file: &str, what: &str) -> Result<()> {
    for _ in 0..200 {
        let folders = fs::read_dir(computer.home().join("data"))?.filter_map(Result::ok);
        let mut files = folders.map(|folder| folder.path().join("packets").join(file));
        if files.any(|file| fs::read_to_string(file).is_ok_and(|text| text.contains(what))) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    bail!("{what} is not in {file}")
}

async fn says(app: &App, field: &str, text: &str) -> Result<()> {
    app.until(&format!("return document.querySelector('{field}')?.value === {}", json!(text))).await
}

#[tokio::test]
async fn a_study_that_was_begun_is_there_again_until_it_is_discarded() -> Result<()> {
    let computer = Computer::new()?;
    let app = App::start(&computer, Window::LAPTOP, &[]).await?;
    app.click("#new-study").await?;
    app.fill("#study-title", "Half a study").await?;
    app.fill("#study-scenarios", &root().join("scenarios").canonicalize()?.display().to_string())
        .await?;
    app.fill("#study-responses", &annotation("responses.jsonl")).await?;
    app.fill("#study-instructions", "Read *all* of it.").await?;
    for found in ["#files-found .headline", "#rater-0", "#seed", "#sample-drawn", "#leaks .hit"] {
        app.click("#step-next:not(:disabled)").await?;
        app.find(found).await?;
    }
    app.script("document.querySelector('#leaks .hit').focus()").await?;
    app.press("m").await?;
    app.find("#leaks .hit mark.mask").await?;
    app.script("document.querySelectorAll('#leaks .hit')[1].focus()").await?;
    app.press("a").await?;
    app.fill("#leaks .hit input", "the question is abo").await?;
    kept(&computer, "begun-study.json", "\"do\": \"mask\"").await?;
    kept(&computer, "begun-study.json", "the question is abo").await?;
    app.kill()?;

    let app = App::start(&computer, Window::LAPTOP, &[]).await?;
    assert!(app.text("#begun-study").await?.contains("Half a study"));
    app.look("begun-library").await?;
    app.click("#go-on-begun").await?;
    app.find("#leaks .hit mark.mask").await?;
    assert_eq!(app.count("#leaks .hit mark.mask").await?, 1);
    app.look("begun-study").await?;
    app.click("#go-on").await?;
    app.script("document.querySelectorAll('#leaks .hit')[1].focus()").await?;
    app.press("a").await?;
    says(&app, "#leaks .hit input", "the question is abo").await?;
    app.click("#step-texts").await?;
    says(&app, "#study-title", "Half a study").await?;
    says(&app, "#study-instructions", "Read *all* of it.").await?;
    app.click("#new-study-back").await?;
    app.click("#discard-begun").await?;
    app.click("#discard-begun-surely").await?;
    app.until("return document.querySelector('#begun-study') === null").await?;
    app.click("#new-study").await?;
    says(&app, "#study-title", "").await?;
    app.quit().await
}

#[tokio::test]
async fn a_reason_that_was_begun_is_there_again() -> Result<()> {
    let computer = Computer::new()?;
    let app =
        open(&computer, Window::LAPTOP, &annotation("packets/packet-A.primum-packet")).await?;
    app.press("a").await?;
    app.fill("#abstain-reason", "I treated th").await?;
    kept(&computer, "begun-texts.json", "I treated th").await?;
    app.kill()?;

    let app = App::start(&computer, Window::LAPTOP, &[]).await?;
    app.item(1).await?;
    app.press("a").await?;
    says(&app, "#abstain-reason", "I treated th").await?;
    app.quit().await
}

#[tokio::test]
async fn a_decision_that_was_begun_is_there_again() -> Result<()> {
    let computer = Computer::new()?;
    let led = Led::make(computer.home())?;
    let study = led.study.display().to_string();
    let note = "Neither rater saw that the pharmacy is closed.";
    let app = App::start(&computer, Window::LAPTOP, &[&study]).await?;
    for file in &led.ratings {
        app.fill("#receive-path", &file.display().to_string()).await?;
        app.click("#receive-path-button").await?;
        app.find("#file-fates li[data-fate=new]").await?;
    }
    app.until(
        "return document.querySelector('#study-missing')?.innerText.startsWith('Every rater')",
    )
    .await?;
    app.click("#tab-adjudicate").await?;
    app.click("#begin-deciding").await?;
    app.find("#decide").await?;
    app.press("t").await?;
    app.press(note).await?;
    app.press(ESCAPE).await?;
    app.press("2").await?;
    app.press("]").await?;
    says(&app, "#decision-note", "").await?;
    app.press("[").await?;
    says(&app, "#decision-note", note).await?;
    kept(&computer, "begun-decisions.json", "\"grade\": 2").await?;
    app.kill()?;

    let app = App::start(&computer, Window::LAPTOP, &[&study]).await?;
    app.click("#tab-adjudicate").await?;
    app.click("#begin-deciding").await?;
    says(&app, "#decision-note", note).await?;
    app.find("[name=decision-grade][value='2']:checked").await?;
    app.look("begun-decision").await?;
    app.quit().await
}
