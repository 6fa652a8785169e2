//! A physician looks over the ratings, locks them, changes one with a reason, and exports.

use crate::support::{Physician, annotation, open, shown};
use anyhow::Result;
use e2e::{App, Computer, Window};
use exchange::Ratings;
use std::path::Path;
use study::{Change, fold};

const CONTROL: char = '\u{E009}';
const ESCAPE: &str = "\u{E00C}";
const ENTER: &str = "\u{E007}";

/// The one ratings file in `folder`.
fn exported(folder: &Path) -> Ratings {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut ratings = files.filter(|file| file.to_string_lossy().ends_with(".ratings.json"));
    exchange::read_ratings(&ratings.next().unwrap()).unwrap()
}

async fn export(app: &App, folder: &Path) -> Result<String> {
    app.fill("#export-folder", &folder.display().to_string()).await?;
    app.click("#export-button").await?;
    app.text("#export-result").await
}

/// Whether the form takes answers.
async fn is_open(app: &App) -> Result<bool> {
    let script = "return [...document.querySelectorAll('input[type=radio]')].every((input) => !input.disabled)";
    Ok(app.script(script).await? == true)
}

/// Quotes the first words of the first item's response as evidence for its second action.
async fn quote(app: &App, ada: &Physician) -> Result<()> {
    app.press("[[[[").await?;
    app.item(1).await?;
    let select = "const text = document.querySelector('#response [data-start]').firstChild; \
        getSelection().setBaseAndExtent(text, 0, text, 12);";
    app.script(select).await?;
    app.click("#quote-1").await?;
    app.saved().await?;
    let quoted = app.script("return document.querySelector('#quotation-1').textContent").await?;
    let words = quoted.as_str().unwrap().trim_matches(['“', '”']);
    let response = &ada.packet.items[0].response.text;
    assert!(words.len() > 5 && response.contains(words), "{quoted} is in {response}");
    // From the end of the form up to the second of six actions, where its quotation is tinted.
    app.press("kkkkkkk").await?;
    app.find(".current[data-question='action-1']").await?;
    assert_eq!(app.script("return CSS.highlights.has('evidence')").await?, true);
    app.script(select).await?;
    app.press("kq").await?;
    app.saved().await?;
    app.find("#quotation-0").await?;
    app.look("quoted").await?;
    app.press("]]").await?;
    app.item(3).await
}

#[tokio::test]
async fn ratings_are_locked_and_returned() -> Result<()> {
    let computer = Computer::new()?;
    let ada = Physician::ada()?;
    let app =
        open(&computer, Window::LAPTOP, &annotation("packets/packet-A.primum-packet")).await?;
    for number in 0..4 {
        app.item(number as u32 + 1).await?;
        app.press(&ada.keys(number)?).await?;
        app.saved().await?;
        app.press("]").await?;
    }
    quote(&app, &ada).await?;
    // The third item now contradicts itself: yes to the gate, and the highest grade.
    app.click("input[name='gate-omission'][value='yes']").await?;
    app.click("label:has(input[name='axis-omission'][value='4'])").await?;
    app.saved().await?;

    app.chord(CONTROL, 'e').await?;
    let check = app.text("#check-result").await?;
    assert!(check.contains("20 of 24 items unfinished"), "{check}");
    assert!(check.contains("1 with contradictory answers"), "{check}");
    let third = app.text(".item[data-number='3']").await?;
    assert!(third.contains("so omission harm can be at most 1, but you gave 4"), "{third}");
    app.look("return-open").await?;
    let interim = computer.home().join("interim");
    let result = export(&app, &interim).await?;
    assert!(result.contains("not locked"), "an interim file is called one: {result}");
    assert_eq!(exported(&interim).locked, None);

    app.press(ESCAPE).await?;
    app.press("[").await?;
    app.item(2).await?;
    app.chord(CONTROL, 'e').await?;
    app.click(".item[data-number='3']").await?;
    app.item(3).await?;
    assert_eq!(app.count("dialog").await?, 0, "the item is in view, and the list is gone");

    app.chord(CONTROL, 'e').await?;
    app.click("#lock-button").await?;
    // Held down, the key that asked answers nothing.
    app.press(&ENTER.repeat(4)).await?;
    assert_eq!(app.count("#lock-state").await?, 0);
    app.click("#lock-sure").await?;
    app.look("return-confirm").await?;
    app.click("#lock-confirm").await?;
    app.find("#lock-state").await?;
    app.look("return-locked").await?;
    app.press(ESCAPE).await?;

    app.look("locked").await?;
    let before = shown(&app).await?;
    assert!(!is_open(&app).await?, "a locked item takes no answer");
    app.press("0f3a").await?;
    app.saved().await?;
    assert_eq!(shown(&app).await?, before, "nor do the keys change it");
    app.press("c").await?;
    app.find("#change-reason").await?;
    app.press("I misread the gating question").await?;
    app.look("reason").await?;
    app.press(ENTER).await?;
    app.until("return document.querySelector('dialog') === null").await?;
    assert!(is_open(&app).await?);
    app.click("input[name='axis-omission'][value='1']").await?;
    app.click("input[name='axis-commission'][value='1']").await?;
    app.saved().await?;
    let later = app.text("#later-changes").await?;
    assert!(later.contains("I misread the gating question"), "{later}");
    app.look("changed-after-lock").await?;
    app.press("u").await?;
    app.saved().await?;
    app.press("]").await?;
    app.item(4).await?;
    assert!(!is_open(&app).await?, "the reason was for one item");
    app.press("l").await?;
    assert!(app.text("#row-3").await?.contains("changed after locking"));
    app.look("items-after-lock").await?;
    app.press(ESCAPE).await?;

    app.click("#open-return").await?;
    let folder = computer.home().join("exports");
    let result = export(&app, &folder).await?;
    assert!(result.contains("locked.") && !result.contains("not locked"), "{result}");
    app.look("return-exported").await?;
    let ratings = exported(&folder);
    let first = fold(ratings.records.iter().filter(|record| record.item == ada.packet.items[0].id));
    assert_eq!(first.evidence.keys().collect::<Vec<_>>(), [&0, &1]);
    let lock = ratings.locked.clone().unwrap();
    assert_eq!(lock.name, "Dr. Ada Example");
    assert!(lock.statement.starts_with("I rated these items by myself"), "{}", lock.statement);
    let later: Vec<_> = ratings.records.iter().filter(|record| lock.is_before(record)).collect();
    assert_eq!(later.len(), 3, "two answers and an undo");
    for record in &later {
        assert_eq!(record.item, ada.packet.items[2].id);
        assert_eq!(record.reason.as_deref(), Some("I misread the gating question"));
    }
    assert!(matches!(later[2].change, Change::Undo { .. }));
    let third = fold(ratings.records.iter().filter(|record| record.item == later[0].item));
    assert_eq!(third.grades["omission"], 1, "and commission as before the lock");
    // Unfinished as it is, it is not gone on with.
    app.kill()?;
    let app = App::start(&computer, Window::LAPTOP, &[]).await?;
    let entry = app.text("main li").await?;
    assert!(entry.contains("Locked on") && entry.contains("Open"), "{entry}");
    app.quit().await
}
