//! Hundreds of leaks in a new study, in the real window: quick to decide, and together where they are
//! alike. Its key is sealed for other people.

use anyhow::Result;
use e2e::{App, Computer, Window, root};
use serde_json::json;
use std::fs;
use std::path::Path;

/// Some hundred responses in which a model says who it is, each in words of its own.
fn talkative(folder: &Path) -> Result<String> {
    let file = folder.join("talkative.jsonl");
    let lines = (0..300).map(|rep| {
        let response = format!("Case {rep}. I am Claude, made by Anthropic. Rest, and drink {rep} ml.");
        json!({ "scenario_id": "mole-reassurance", "model_id": "dahlia", "rep_id": rep, "response": response })
            .to_string()
    });
    fs::write(&file, lines.collect::<Vec<_>>().join("\n"))?;
    Ok(file.display().to_string())
}

#[tokio::test]
async fn they_are_decided_by_their_words_and_the_key_is_sealed_for_others() -> Result<()> {
    let computer = Computer::new()?;
    let folder = computer.home().join("my-study");
    let app = App::start(&computer, Window::LAPTOP, &[]).await?;
    app.click("#new-study").await?;
    app.fill("#study-title", "Three hundred").await?;
    app.fill("#study-scenarios", &root().join("scenarios").canonicalize()?.display().to_string())
        .await?;
    app.fill("#study-responses", &talkative(computer.home())?).await?;
    for found in ["#files-found", "#rater-0", "#repeats", "#sample-drawn", "#leaks .hit"] {
        app.click("#step-next").await?;
        app.find(found).await?;
    }
    let hits = app.count(".hit").await?;
    assert!(hits >= 300, "{hits} leaks");
    // What axe-core says of a leak it says of one as well as of hundreds; that takes a minute.
    app.picture("new-study-hundreds").await?;
    let start = std::time::Instant::now();
    app.press("m").await?;
    app.until("return document.activeElement.dataset.open === 'true' && document.querySelector('.hit').dataset.open === 'false'").await?;
    println!("one of {hits} masked in {:?}", start.elapsed());
    assert!(start.elapsed().as_secs() < 2, "deciding one of {hits} took {:?}", start.elapsed());
    assert_eq!(app.count(".alike").await?, 2, "each of the words is offered once");
    assert_eq!(app.count("[id^=accept-certain]").await?, 0, "names are not accepted in bulk");
    app.click(".alike").await?;
    app.until("return document.querySelectorAll('.alike').length === 1").await?;
    app.script("document.querySelector('.hit.open').focus()").await?;
    app.chord('\u{E008}', 'M').await?;
    app.until("return document.querySelectorAll('.alike').length === 0").await?;
    while app.count(".hit.open").await? > 0 {
        app.click(".hit.open .mask").await?;
    }
    app.click("#step-next").await?;

    app.click("input[name=seal][value=recipients]").await?;
    app.fill("#study-folder", &folder.display().to_string()).await?;
    app.fill("#recipients", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8q")
        .await?;
    app.click("#step-next").await?;
    app.find("[role=alert]").await?;
    assert!(!folder.join("study.primum-study").exists(), "nothing is written for nobody");
    app.look("new-study-recipients").await?;
    app.fill("#recipients", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8z")
        .await?;
    assert_eq!(app.count("[role=alert]").await?, 0, "what was refused is not what is there now");
    app.fill("#recipients", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p")
        .await?;
    app.click("#step-next").await?;
    app.find("#study-made").await?;
    assert!(exchange::is_sealed(&folder.join("key.age"))?);
    let packet = exchange::read_packet(&folder.join("packets/packet-B.primum-packet"))?;
    assert_eq!(packet.items.len(), 300);
    assert!(!serde_json::to_string(&packet)?.contains("Claude"));
    // The next study begins empty.
    app.find("#open-created").await?;
    app.click("#new-study-back").await?;
    app.click("#new-study").await?;
    app.until("return document.querySelector('#study-title')?.value === ''").await?;
    app.quit().await
}
