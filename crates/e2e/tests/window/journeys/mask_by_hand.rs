//! What the scan does not find is masked by hand, in the real window: selected in a text, masked
//! everywhere, taken back in one place.

use anyhow::Result;
use e2e::{App, Computer, Window, root};
use exchange::{Unseal, open_sealed_key, read_packet};
use serde_json::json;
use std::fs;
use std::path::Path;

const PASSPHRASE: &str = "seven quiet herons by the weir";
const ESCAPE: &str = "\u{E00C}";
const RIGHT: char = '\u{E014}';
const SHIFT: char = '\u{E008}';

/// Responses signed by a house that no lexicon knows, among letters that count double.
fn signed(folder: &Path) -> Result<String> {
    let file = folder.join("signed.jsonl");
    let lines = (0..400).map(|rep| {
        let name = if rep % 100 == 7 { "Zorblax Health" } else { "the clinic" };
        let text = format!(
            "👩\u{200d}⚕️ Case {rep}. Cafe\u{301}, {name} 🩺 says: rest.\r\n\r\nمرحبا {name}.\u{0} \
             Drink {rep} ml.\n\n1. Sleep.\n2. Walk.\n\n{name}"
        );
        json!({ "scenario_id": "mole-reassurance", "model_id": "dahlia", "rep_id": rep, "response": text })
            .to_string()
    });
    fs::write(&file, lines.collect::<Vec<_>>().join("\n"))?;
    Ok(file.display().to_string())
}

async fn picture(app: &App, name: &str) -> Result<()> {
    app.look(&format!("by-hand-{name}")).await?;
    let fits = "return document.documentElement.scrollWidth <= window.innerWidth";
    assert_eq!(app.script(fits).await?, json!(true), "{name} is not cut off");
    Ok(())
}

/// Selects `words` in the text as a mouse does: the first time that they are there.
async fn select(app: &App, words: &str) -> Result<()> {
    app.until(&format!(
        "return document.querySelector('#draft-text')?.textContent.includes('{words}') === true"
    ))
    .await?;
    app.script(&format!(
        "const leaf = [...document.querySelectorAll('#draft-text [data-start]')] \
             .find(({{ textContent }}) => textContent.includes('{words}')); \
         const at = leaf.textContent.indexOf('{words}'); \
         getSelection().setBaseAndExtent(leaf.firstChild, at, leaf.firstChild, at + {});",
        words.len()
    ))
    .await?;
    app.until("return document.querySelector('#mask-here') !== null").await
}

async fn to_the_leaks(app: &App, computer: &Computer) -> Result<()> {
    app.click("#new-study").await?;
    app.fill("#study-title", "Signed by hand").await?;
    app.fill("#study-scenarios", &root().join("scenarios").canonicalize()?.display().to_string())
        .await?;
    app.fill("#study-responses", &signed(computer.home())?).await?;
    for found in ["#files-found", "#rater-0", "#repeats", "#sample-drawn", "#look-through"] {
        app.click("#step-next").await?;
        app.find(found).await?;
    }
    Ok(())
}

async fn look_through(app: &App) -> Result<()> {
    app.click("#look-through").await?;
    app.find("#text-list .row").await?;
    assert!(app.count("#text-list .row").await? < 60, "only the rows in view are there");
    picture(app, "texts").await?;
    app.fill("#text-search", "zorblax").await?;
    app.until("return document.querySelectorAll('#text-list .row').length === 4").await?;
    app.until(
        "return document.querySelector('#mask-found')?.textContent.includes('12 places') === true",
    )
    .await?;
    select(app, "Zorblax Health").await?;
    app.until(
        "return document.querySelector('#mask-everywhere').textContent.includes('12 places')",
    )
    .await?;
    picture(app, "selected").await?;
    app.click("#mask-everywhere").await?;
    app.until("return document.querySelectorAll('#draft-text .masked').length === 3").await?;
    picture(app, "masked").await?;
    app.click("#undo-mask").await?;
    app.until("return document.querySelectorAll('#draft-text .masked').length === 0").await?;

    // Again with the keys alone: Case, 7, Café, Zorblax, and Health with it.
    app.script("document.querySelector('#text-search').focus()").await?;
    app.press("\u{E007}").await?;
    app.until("return document.activeElement.id === 'draft-text'").await?;
    app.script("getSelection().removeAllRanges()").await?;
    let quote = "return document.querySelector('#draft-text + footer .quote')?.textContent";
    for _ in 0..12 {
        if app.script(quote).await? == json!("“Zorblax”") {
            break;
        }
        app.press(&RIGHT.to_string()).await?;
    }
    app.chord(SHIFT, RIGHT).await?;
    app.until(&format!("{quote} === '“Zorblax Health”'")).await?;
    app.until(
        "return document.querySelector('#mask-everywhere').textContent.includes('12 places')",
    )
    .await?;
    app.chord(SHIFT, 'M').await?;
    app.until("return document.querySelectorAll('#draft-text .masked').length === 3").await?;
    app.press(ESCAPE).await?;
    app.until("return document.querySelector('dialog') === null").await
}

#[tokio::test]
async fn a_model_is_masked_by_hand() -> Result<()> {
    let computer = Computer::new()?;
    let folder = computer.home().join("my-study");
    let app = App::start(&computer, Window::LAPTOP, &[]).await?;
    to_the_leaks(&app, &computer).await?;
    look_through(&app).await?;
    assert_eq!(app.count(".by-hand .hit").await?, 12, "each mask is listed with the leaks");
    app.script("document.querySelector('.by-hand').scrollIntoView()").await?;
    picture(&app, "listed").await?;
    app.click(".by-hand .hit .decided button:last-child").await?;
    app.until("return document.querySelectorAll('.by-hand .hit').length === 11").await?;
    while app.count(".hit.open").await? > 0 {
        app.click(".hit.open .mask").await?;
    }
    app.click("#step-next").await?;
    app.click("input[name=seal][value=own]").await?;
    app.fill("#study-folder", &folder.display().to_string()).await?;
    app.fill("#passphrase-own", PASSPHRASE).await?;
    app.fill("#passphrase-again", PASSPHRASE).await?;
    app.click("#step-next").await?;
    app.find("#study-made").await?;

    let packet = read_packet(&folder.join("packets/packet-A.primum-packet"))?;
    let texts: Vec<&str> = packet.items.iter().map(|item| item.response.text.as_str()).collect();
    let count = |words: &str| texts.iter().map(|text| text.matches(words).count()).sum::<usize>();
    assert_eq!((count("[masked]"), count("Zorblax")), (11, 1), "one was taken back");
    assert!(texts.iter().any(|text| {
        text.contains("Cafe\u{301}, [masked] 🩺 says: rest.\r\n\r\nمرحبا [masked].\u{0}")
    }));
    let unseal = Unseal::Passphrase(PASSPHRASE.to_owned().into());
    let (_, key) = open_sealed_key(&folder.join("key.age"), &unseal)?;
    let masks: Vec<&str> =
        key.items.iter().flat_map(|item| &item.masks).map(|mask| mask.original.as_str()).collect();
    assert_eq!(masks, ["Zorblax Health"; 11], "the key says what stood there");

    recent(&app, &folder).await?;
    app.quit().await
}

/// The library lists the study, opens it, and says when it is gone.
async fn recent(app: &App, folder: &Path) -> Result<()> {
    app.click("#new-study-back").await?;
    app.find("#recent-studies .open").await?;
    picture(app, "library").await?;
    app.click("#recent-studies .open").await?;
    app.find("#tab-key").await?;
    app.until("return document.querySelector('h1').textContent === 'Signed by hand'").await?;
    app.click("#study-back").await?;
    app.find("#recent-studies .open").await?;
    fs::rename(folder, folder.with_extension("moved"))?;
    app.click("#new-study").await?;
    app.click("#new-study-back").await?;
    app.find("#recent-studies .forget").await?;
    picture(app, "library-gone").await?;
    app.click("#recent-studies .forget").await?;
    app.until("return document.querySelector('#recent-studies') === null").await
}
