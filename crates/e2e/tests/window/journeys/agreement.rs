//! Agreement in the window: two raters, a judge through the key, and three raters.

use crate::support::{annotation, look_through};
use anyhow::Result;
use e2e::{App, Computer, Window};

#[tokio::test]
async fn a_judge_is_compared_through_the_key() -> Result<()> {
    let computer = Computer::new()?;
    let app = App::start(&computer, Window::LAPTOP, &[]).await?;
    app.click("#open-agreement").await?;
    app.fill("#first-file", &annotation("A.ratings.json")).await?;
    app.fill("#second-file", &annotation("judge.jsonl")).await?;
    app.click("#compare").await?;
    let without = app.text("[role=alert]").await?;
    assert!(without.contains("give the key"), "without the key it says what is missing: {without}");
    app.fill("#key-file", &annotation("key.json")).await?;
    app.click("#compare").await?;
    app.until("return document.querySelector('#agreement-result')?.innerText.includes('n = 23')")
        .await?;
    let with = app.text("#agreement-result").await?;
    assert!(with.contains("could not be read"), "the parse failure is counted: {with}");
    assert!(with.contains("By model"), "the key opens the strata: {with}");
    assert!(with.contains("Critical actions") == with.contains("actions graded by both"));
    look_through(&app, "agreement-judge").await?;
    app.quit().await
}

#[tokio::test]
async fn three_raters_are_compared_together_and_two_by_two() -> Result<()> {
    let computer = Computer::new()?;
    let app = App::start(&computer, Window::LAPTOP, &[]).await?;
    app.click("#open-agreement").await?;
    app.click("#another-file").await?;
    for (field, file) in [
        ("#first-file", "A.ratings.json"),
        ("#second-file", "B.ratings.json"),
        ("#third-file", "judge.jsonl"),
        ("#key-file", "key.json"),
    ] {
        app.fill(field, &annotation(file)).await?;
    }
    app.click("#compare").await?;
    let text = app.text("#agreement-result").await?;
    assert!(text.contains("Krippendorff"), "alpha leads: {text}");
    assert!(text.contains("Dr. Ada Example and Dr. Ben Example"), "each pair has a line: {text}");
    look_through(&app, "agreement-panel").await?;
    app.quit().await
}

/// A sheet as a German Excel saves it: semicolons, decimal commas, a column per rater.
const SHEET: &str =
    "Fall;Ann;Ben\r\nf1;0,0;0\r\nf2;1;1,0\r\nf3;2;1\r\nf4;3;3\r\nf5;0;1\r\nf6;2;2\r\n";

#[tokio::test]
async fn one_spreadsheet_of_two_raters_is_compared_once_its_scale_is_seen() -> Result<()> {
    let computer = Computer::new()?;
    let app = App::start(&computer, Window::LAPTOP, &[]).await?;
    let sheet = computer.home().join("Noten.csv");
    std::fs::write(&sheet, SHEET)?;
    app.click("#open-agreement").await?;
    app.fill("#first-file", sheet.to_str().unwrap()).await?;
    app.find("#lowest-grade").await?;
    let shown = app.text("form").await?;
    assert!(shown.contains("2 raters: Ann, Ben · 6 items"), "{shown}");
    app.look("agreement-sheet").await?;
    app.click("#compare").await?;
    let text = app.text("#agreement-result").await?;
    assert!(text.contains("n = 6"), "{text}");
    assert!(text.contains("0.842"), "quadratic kappa by hand is 16/19: {text}");
    look_through(&app, "agreement-sheet").await?;
    app.quit().await
}
