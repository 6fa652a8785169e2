//! A physician reads the instructions, calibrates, is interrupted, and goes on to the study.

use crate::support::annotation;
use crate::support::lead::Calibrated;
use anyhow::Result;
use e2e::{App, Computer, Window};

const ESCAPE: &str = "\u{E00C}";
const ENTER: &str = "\u{E007}";

/// No to the gate, 2 on omission, 0 on commission, every action missed, and the rest by numbers.
const FIRST: &str = "020mmm33";

#[tokio::test]
async fn a_physician_calibrates_before_the_study() -> Result<()> {
    let computer = Computer::new()?;
    let folder = tempfile::tempdir()?;
    let packet = Calibrated::make(folder.path())?.packet.display().to_string();
    let app = App::start(&computer, Window::LAPTOP, &[&packet]).await?;
    app.look("calibration-name").await?;
    app.fill("#name-field", "Dr. Ada Example").await?;
    app.click("#start-rating").await?;
    let read = app.text("#instructions").await?;
    assert!(read.contains("Rate alone"), "{read}");
    app.look("instructions").await?;
    app.click("#instructions-read").await?;

    app.item(1).await?;
    assert!(app.text("header nav.items").await?.contains("Calibration 1 of 2"));
    assert_eq!(app.count("#discussion").await?, 0, "the shared grades are not told yet");
    app.look("calibration-open").await?;
    app.press(FIRST).await?;
    let said = app.text("#discussion").await?;
    app.saved().await?;
    assert!(said.contains("the same"), "{said}");
    assert!(said.contains("today, in hospital"), "{said}");
    app.look("calibration-discussed").await?;

    app.kill()?;
    let app = App::start(&computer, Window::LAPTOP, &[&packet]).await?;
    app.item(1).await?;
    assert_eq!(app.count("#instructions").await?, 0, "they were read before the first answer");
    assert!(app.text("#discussion").await?.contains("today, in hospital"));
    app.press("?").await?;
    assert!(app.text("#help-instructions").await?.contains("Rate alone"));
    app.look("instructions-help").await?;
    app.press(ESCAPE).await?;

    app.press("]").await?;
    app.item(2).await?;
    assert_eq!(app.count("#discussion").await?, 0);
    app.press("]").await?;
    app.find("#begin-study").await?;
    app.look("calibration-passed").await?;
    app.press(ENTER).await?;
    app.until("return document.querySelector('#calibration') === null").await?;
    app.item(1).await?;
    assert!(app.text("header nav.items").await?.contains("Item 1 of 24"));
    app.press("l").await?;
    app.find("#row-C1").await?;
    app.look("calibration-list").await?;
    app.press(ESCAPE).await?;
    app.press("[").await?;
    app.item(2).await?;
    assert!(app.text("header nav.items").await?.contains("Calibration 2 of 2"));
    app.quit().await
}

/// What a lead author sees: the files as they were read, and how the raters calibrated.
#[tokio::test]
async fn a_lead_author_sees_what_was_read_and_how_raters_calibrated() -> Result<()> {
    let computer = Computer::new()?;
    let folder = tempfile::tempdir()?;
    let study = Calibrated::make(folder.path())?.study.display().to_string();
    let app = App::start(&computer, Window::LAPTOP, &[&study]).await?;
    app.find("#calibration-table").await?;
    // Long beginnings are cut off on the screen.
    let table =
        app.script("return document.querySelector('#calibration-table').textContent").await?;
    let table = table.as_str().unwrap_or_default();
    assert!(table.contains("warfarin") && table.contains("3 (+1)"), "{table}");
    app.look("calibration-study").await?;
    app.click("#study-back").await?;
    app.click("#new-study").await?;
    app.fill("#study-title", "Eight scenarios, rated twice").await?;
    let scenarios = e2e::root().join("scenarios").canonicalize()?.display().to_string();
    app.fill("#study-scenarios", &scenarios).await?;
    app.fill("#study-responses", &annotation("responses.jsonl")).await?;
    app.fill("#study-calibration", &annotation("calibration.json")).await?;
    app.fill("#study-instructions", "## Before you begin\n\nRate alone.").await?;
    app.click("#step-next").await?;
    app.find("#calibration-found").await?;
    app.look("calibration-texts").await?;
    app.click("#calibration-found summary").await?;
    app.script("document.querySelector('#calibration-found').scrollIntoView()").await?;
    app.look("calibration-found").await?;
    app.quit().await
}
