//! A new study, from the example's texts to packets and a sealed key, in the real window.

use crate::support::annotation;
use anyhow::Result;
use e2e::{App, Computer, Window, root};
use exchange::{SecretString, Unseal, open_sealed_key};
use serde_json::json;
use std::fs;
use std::path::Path;

async fn picture(app: &App, name: &str) -> Result<()> {
    app.look(&format!("new-study-{name}")).await?;
    let fits = "return document.documentElement.scrollWidth <= window.innerWidth \
                && document.querySelector('main').scrollWidth <= window.innerWidth";
    assert_eq!(app.script(fits).await?, json!(true), "{name} is not cut off");
    Ok(())
}

/// Scrolls what a step has found into view.
async fn show(app: &App, css: &str) -> Result<()> {
    app.find(css).await?;
    app.script(&format!("document.querySelector('{css}').scrollIntoView()")).await.map(drop)
}

/// A CSV of the example's responses under other people's names for the columns, one of them twice.
fn foreign_table(folder: &Path) -> Result<String> {
    let file = folder.join("responses.csv");
    let mut table = String::from("question,llm,run,output\n");
    for line in fs::read_to_string(annotation("responses.jsonl"))?.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        let text = |field: &str| row[field].as_str().unwrap_or_default().replace('"', "\"\"");
        let (scenario, model, output) = (text("scenario_id"), text("model_id"), text("response"));
        table.push_str(&format!("{scenario},{model},{},\"{output}\"\n", row["rep_id"]));
    }
    let last = table.lines().nth(1).map(String::from).unwrap_or_default();
    assert!(last.starts_with("steroid-lay,aster,0,"), "{last}");
    table.push_str("steroid-lay,aster,0,again\n");
    fs::write(&file, table)?;
    Ok(file.display().to_string())
}

async fn texts(app: &App, folder: &Path) -> Result<()> {
    app.click("#step-next").await?;
    app.find("[role=alert]").await?;
    picture(app, "missing").await?;
    app.fill("#study-title", "Eight scenarios, rated twice").await?;
    app.fill("#study-scenarios", &root().join("scenarios").canonicalize()?.display().to_string())
        .await?;

    app.fill("#study-responses", &foreign_table(folder)?).await?;
    app.until("return document.body.innerText.includes('which column holds the scenario')").await?;
    picture(app, "columns").await?;
    app.click("[aria-label='What question holds'] option[value=scenario_id]").await?;
    // What is then read is shown before the files are checked.
    app.until("return document.querySelector('#found-responses').innerText.includes('24 responses to 8 scenarios')")
        .await?;
    assert!(
        app.text("#found-responses").await?.contains("3 models: aster (8), borage (8), clover (8)")
    );
    picture(app, "columns-chosen").await?;
    app.click("#step-next").await?;
    app.find("#files-found .problems").await?;
    assert!(app.text(".problems").await?.contains("steroid-lay of aster, repetition 0, again"));
    assert_eq!(app.count("#step-raters:disabled").await?, 1, "a problem is fixed first");
    picture(app, "problems").await?;

    app.fill("#study-responses", &annotation("responses.jsonl")).await?;
    app.fill("#study-scores", &annotation("judge.jsonl")).await?;
    app.click("#step-next").await?;
    app.until("return document.querySelector('#files-found .headline') !== null").await?;
    assert!(app.text("#files-found .headline").await?.contains("24 responses to 8 scenarios"));
    picture(app, "texts").await?;
    app.click("#step-next").await
}

async fn raters(app: &App) -> Result<()> {
    app.click("#add-rater").await?;
    app.fill("#rater-2", "A").await?;
    app.click("input[name=design][value=per_item]").await?;
    app.click("#step-next").await?;
    assert!(app.text("[role=alert]").await?.contains("Another rater has this label"));
    app.fill("#rater-2", "C").await?;
    picture(app, "raters").await?;
    app.click("#step-next").await
}

async fn sample(app: &App) -> Result<()> {
    app.click("input[name=take][value=sample]").await?;
    app.fill("#sample-size", "18").await?;
    app.click("#oversample").await?;
    app.fill("#repeats", "2").await?;
    app.fill("#seed", "20260314").await?;
    // What is planned elsewhere is not forgotten here.
    app.click("#plan-size").await?;
    app.click("#plan-back").await?;
    picture(app, "sample").await?;
    app.click("#step-next").await?;
    show(app, "#sample-drawn").await?;
    assert!(app.text("#sample-drawn .headline").await?.contains("18 responses to"));
    picture(app, "sample-drawn").await?;
    app.click("#step-next").await
}

async fn leaks(app: &App) -> Result<()> {
    app.find("#leaks .hit").await?;
    picture(app, "leaks").await?;
    let open = "return [...document.querySelectorAll('.hit')].filter((hit) => hit.dataset.open === 'true').length";
    let before = app.script(open).await?.as_u64().unwrap();
    assert!(before > 2, "{before} leaks are open");
    assert_eq!(app.count("#step-next:disabled").await?, 1);

    // One by the keyboard; the next that is open has the focus then.
    app.script("document.querySelector('.hit').focus()").await?;
    app.press("m").await?;
    app.until("return document.activeElement.dataset.open === 'true'").await?;
    app.press("u").await?;
    assert_eq!(app.script(open).await?, json!(before - 1));
    app.press("a").await?;
    app.until("return document.activeElement.tagName === 'INPUT'").await?;
    picture(app, "leaks-reason").await?;
    app.press("\u{E007}").await?;
    app.until("return document.activeElement.tagName !== 'INPUT'").await?;

    // The others one by one, or by their kind.
    while app.count("[id^=accept-]").await? > 0 {
        app.click("[id^=accept-]").await?;
        app.click("form .primary").await?;
    }
    while app.count(".hit.open .mask").await? > 0 {
        app.click(".hit.open .mask").await?;
    }
    assert_eq!(app.text("#step-note").await?, "All decided");
    picture(app, "leaks-decided").await?;
    app.click("#step-next").await
}

async fn seal(app: &App, folder: &Path) -> Result<String> {
    app.until("return (document.querySelector('#passphrase')?.textContent ?? '').length > 11")
        .await?;
    let passphrase = app.text("#passphrase").await?;
    app.click("#step-next").await?;
    assert_eq!(app.count("[role=alert]").await?, 2, "the folder, and whether it is kept");
    app.fill("#study-folder", &folder.display().to_string()).await?;
    app.click("#passphrase-kept").await?;
    picture(app, "seal").await?;
    app.click("#step-next").await?;
    app.find("#study-made").await?;
    picture(app, "made").await?;
    Ok(passphrase)
}

#[tokio::test]
async fn a_study_is_made_from_texts_to_packets() -> Result<()> {
    let computer = Computer::new()?;
    let folder = computer.home().join("my-study");
    let app = App::start(&computer, Window::LAPTOP, &[]).await?;
    app.click("#new-study").await?;
    app.find("#study-title").await?;
    texts(&app, computer.home()).await?;
    raters(&app).await?;
    // It is all there after another screen.
    app.click("#new-study-back").await?;
    picture(&app, "library").await?;
    app.click("#new-study").await?;
    sample(&app).await?;
    leaks(&app).await?;
    let passphrase = seal(&app, &folder).await?;
    app.quit().await?;

    assert!(folder.join("study.primum-study").is_file());
    for rater in ["A", "B", "C"] {
        let packet =
            exchange::read_packet(&folder.join(format!("packets/packet-{rater}.primum-packet")))?;
        assert_eq!(packet.title, "Eight scenarios, rated twice");
        let text = serde_json::to_string(&packet)?;
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        assert!(!words.any(|word| ["aster", "borage", "clover"].contains(&word)));
    }
    let passphrase = Unseal::Passphrase(SecretString::from(passphrase));
    let (_, key) = open_sealed_key(&folder.join("key.age"), &passphrase)?;
    assert_eq!(key.items.len(), 20, "18 responses, 2 of them twice");
    Ok(())
}
