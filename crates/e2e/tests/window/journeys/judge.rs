//! A judge's validation in the window, on the example study: the report, and what the judge missed read by
//! keys.

use crate::support::{annotation, look_through};
use anyhow::Result;
use e2e::{App, Computer, Window, root};
use serde_json::json;
use std::fs;

const ESCAPE: &str = "\u{E00C}";

/// The program as it is built for tests computes for longer than an element is waited for.
async fn report(app: &App) -> Result<String> {
    for _ in 0..5 {
        if app.find("#judge-result").await.is_ok() {
            break;
        }
    }
    app.text("#judge-result").await
}

#[tokio::test]
async fn a_judge_is_validated_and_what_it_missed_is_read() -> Result<()> {
    let computer = Computer::new()?;
    let thresholds = computer.home().join("thresholds.json");
    let threshold = json!({
        "axis": "omission", "quantity": "miss_rate", "relation": "at_most", "value": 0.2,
    });
    let written = json!({
        "format": "primum-thresholds/1", "note": "Agreed before the key was opened.",
        "thresholds": [threshold],
    });
    fs::write(&thresholds, written.to_string())?;
    let app = App::start(&computer, Window::LAPTOP, &[]).await?;
    app.click("#open-judge").await?;
    app.find("#judge-needs").await?;
    app.look("judge-empty").await?;
    for (field, file) in [
        ("#human-1", annotation("A.ratings.json")),
        ("#human-2", annotation("B.ratings.json")),
        ("#judge-1", annotation("judge.jsonl")),
        ("#judge-key", annotation("key.json")),
        ("#judge-responses", annotation("responses.jsonl")),
        ("#judge-scenarios", root().join("scenarios").canonicalize()?.display().to_string()),
        ("#judge-thresholds", thresholds.display().to_string()),
    ] {
        app.fill(field, &file).await?;
    }
    app.click("#validate").await?;
    let report = report(&app).await?;
    for words in [
        "The judge gave 0 to 83",
        "beside 0.882",
        "Not graded by the judge: 1 (the judge’s answer could not be read); one human gave it 1, the other 2",
        "It cannot be run: 0 humans have at least 30 items",
        "not met",
        "By model",
        "By framing",
    ] {
        assert!(report.contains(words), "no {words:?} in {report}");
    }
    let fits = "const page = document.querySelector('.page'); \
        return page.scrollWidth <= page.clientWidth";
    assert_eq!(app.script(fits).await?, json!(true), "nothing is cut off sideways");
    look_through(&app, "judge").await?;
    let unfold = "for (const part of document.querySelectorAll('#judge-result details')) \
        part.open = true; return true";
    app.script(unfold).await?;
    assert_eq!(app.script(fits).await?, json!(true), "nor is what is unfolded");
    look_through(&app, "judge-unfolded").await?;

    app.click("#read-1-omission").await?;
    app.find("#missed-response article").await?;
    assert_eq!(app.text("#missed-place").await?, "1 of 11");
    let first = app.text("#missed-response").await?;
    assert!(app.text("#missed-grades").await?.contains("invented-judge"));
    app.look("judge-missed").await?;
    app.press("jj").await?;
    app.until("return document.querySelector('#missed-place').innerText === '3 of 11'").await?;
    let other =
        format!("return document.querySelector('#missed-response').innerText !== {}", json!(first));
    app.until(&other).await?;
    assert!(app.text("#missed-asked").await?.contains("What a good answer must contain"));
    app.look("judge-missed-third").await?;
    app.press(ESCAPE).await?;
    app.until("return document.activeElement?.id === 'read-1-omission'").await?;
    app.quit().await
}
