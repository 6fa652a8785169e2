//! A physician rates in the real window: by keyboard alone, by mouse alone, and through a power cut.

use crate::support::{Physician, annotation, open, shown, shows};
use anyhow::{Result, bail};
use commands::{Agreement, Command, CompareRaters, Context, Desk, HowToCompare};
use e2e::{Computer, Window};
use jiff::Timestamp;

const ITEMS: usize = 10;
const BY_MOUSE: usize = 4;
const CONTROL: char = '\u{E009}';
const ESCAPE: &str = "\u{E00C}";

/// Ten items by keyboard, a power cut after the fifth, the export, and agreement with the second
/// physician as the commands compute it.
#[tokio::test]
async fn ten_items_by_keyboard_survive_a_kill_and_reach_the_agreement_table() -> Result<()> {
    let computer = Computer::new()?;
    let ada = Physician::ada()?;
    let packet = annotation("packets/packet-A.primum-packet");
    let app = open(&computer, Window::LAPTOP, &packet).await?;
    app.look("rate-fresh").await?;
    for number in 0..ITEMS / 2 {
        app.item(number as u32 + 1).await?;
        app.press(&ada.keys(number)?).await?;
        app.press("n").await?;
    }
    app.item(ITEMS as u32 / 2 + 1).await?;
    app.saved().await?;
    app.kill()?;

    let app = e2e::App::start(&computer, Window::LAPTOP, &[&packet]).await?;
    app.item(ITEMS as u32 / 2 + 1).await?;
    assert!(shown(&app).await?.is_empty(), "the item it reopens at is not rated yet");
    app.press("[").await?;
    app.item(ITEMS as u32 / 2).await?;
    assert!(shows(&app, &ada, ITEMS / 2 - 1).await?, "the last rated item is as it was");
    app.press("n").await?;
    for number in ITEMS / 2..ITEMS {
        app.item(number as u32 + 1).await?;
        app.press(&ada.keys(number)?).await?;
        app.saved().await?;
        assert!(shows(&app, &ada, number).await?, "item {} shows what was typed", number + 1);
        app.press("n").await?;
    }
    app.item(ITEMS as u32 + 1).await?;
    app.look("rate-ten-done").await?;

    app.chord(CONTROL, 'e').await?;
    let exports = computer.home().join("exports");
    app.fill("#export-folder", &exports.display().to_string()).await?;
    app.click("#export-button").await?;
    let result = app.text("#export-result").await?;
    app.look("export").await?;
    assert!(result.contains("10 of 24"), "the export says how much is done: {result}");
    let ratings = exported(&exports);
    assert!(result.contains(&ratings), "the export says where it lies: {result}");
    app.press(ESCAPE).await?;

    app.click("#open-library").await?;
    app.click("#open-agreement").await?;
    app.fill("#second-file", &annotation("B.ratings.json")).await?;
    app.click("#compare").await?;
    let table = app.text("#agreement-result").await?;
    app.look("agreement").await?;
    let compare = CompareRaters {
        files: vec![ratings, annotation("B.ratings.json")],
        how: HowToCompare::default(),
    };
    let mut desk =
        Context::new(Desk::new(computer.home().into(), computer.home().into()), Timestamp::now);
    let Agreement::Pair(report) = compare.run(&mut desk)? else { bail!("two files, two raters") };
    let omission = &report.axes["omission"].measures;
    assert!((9..=10).contains(&omission.n), "the rated items count but for an abstention");
    let kappa = omission.kappa_quadratic.0.estimate().expect("ten ratings that vary have a kappa");
    assert!(table.contains(&format!("n = {}", omission.n)), "the screen gives n: {table}");
    assert!(table.contains(&format!("{kappa:.3}")), "the screen gives kappa {kappa}: {table}");
    app.quit().await
}

/// The one ratings file in `folder`.
fn exported(folder: &std::path::Path) -> String {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut ratings = files.filter(|file| file.to_string_lossy().ends_with(".ratings.json"));
    ratings.next().unwrap().display().to_string()
}

#[tokio::test]
async fn four_items_by_mouse() -> Result<()> {
    let computer = Computer::new()?;
    let ada = Physician::ada()?;
    let app =
        open(&computer, Window::LAPTOP, &annotation("packets/packet-A.primum-packet")).await?;
    for number in 0..BY_MOUSE {
        app.item(number as u32 + 1).await?;
        for choice in ada.clicks(number) {
            app.click(&choice).await?;
        }
        app.saved().await?;
        assert!(shows(&app, &ada, number).await?, "item {} shows what was clicked", number + 1);
        app.click("#next-unrated").await?;
    }
    app.item(BY_MOUSE as u32 + 1).await?;
    app.click("#undo").await?;
    app.item(BY_MOUSE as u32).await?;
    app.saved().await?;
    assert_eq!(
        shown(&app).await?.len() + 1,
        ada.clicks(BY_MOUSE - 1).len(),
        "undo goes back to the item of the last change and takes one answer away"
    );
    app.click("#open-list").await?;
    app.look("items").await?;
    app.quit().await
}

/// A list that moves by itself has another question under the pointer when the next click comes.
#[tokio::test]
async fn the_critical_actions_stand_still_while_they_are_answered() -> Result<()> {
    let computer = Computer::new()?;
    let ada = Physician::ada()?;
    let app =
        open(&computer, Window::LAPTOP, &annotation("packets/packet-A.primum-packet")).await?;
    for number in 0..2 {
        app.item(number as u32 + 1).await?;
        let height = room_of_the_actions(&app).await?;
        for choice in ada.clicks(number) {
            app.click(&choice).await?;
            app.saved().await?;
            let now = room_of_the_actions(&app).await?;
            assert_eq!(now, height, "item {}: {choice} leaves the list its height", number + 1);
        }
        if number == 0 {
            app.click("#next-unrated").await?;
        }
    }
    // What does take room from it, as a banner, moves it only if it was scrolled to its end.
    let squeeze = "const list = document.querySelector('.questions'); list.scrollTop = 0; \
         document.querySelector('.foot').style.paddingBottom = '28px'; \
         return new Promise((done) => setTimeout(() => done(list.scrollTop), 200))";
    let before = room_of_the_actions(&app).await?;
    assert_eq!(app.script(squeeze).await?, 0, "a list that shows its beginning goes on doing so");
    assert!(room_of_the_actions(&app).await? < before, "it has less room");
    app.quit().await
}

/// The height of the list of questions, the critical actions among them, in pixels.
async fn room_of_the_actions(app: &e2e::App) -> Result<i64> {
    let height = app.script("return document.querySelector('.questions').clientHeight").await?;
    Ok(height.as_i64().unwrap())
}

#[tokio::test]
async fn digits_and_letters_belong_to_the_note_while_it_has_the_focus() -> Result<()> {
    let computer = Computer::new()?;
    let packet = annotation("packets/packet-A.primum-packet");
    let app = open(&computer, Window::LAPTOP, &packet).await?;
    app.press("y1").await?;
    app.saved().await?;
    let before = shown(&app).await?;
    app.press("t").await?;
    app.press("3 of 4 named; n hmp u").await?;
    app.saved().await?;
    assert_eq!(shown(&app).await?, before, "typing a note answers nothing and undoes nothing");
    app.item(1).await?;
    app.kill()?;

    let app = e2e::App::start(&computer, Window::LAPTOP, &[&packet]).await?;
    app.item(1).await?;
    let note = app.script("return document.querySelector('#note').value").await?;
    assert_eq!(note, "3 of 4 named; n hmp u", "a note that was shown as saved outlives a kill");
    assert_eq!(shown(&app).await?, before);
    app.quit().await
}

#[tokio::test]
async fn what_was_shown_as_saved_outlives_a_kill_at_any_moment() -> Result<()> {
    let computer = Computer::new()?;
    let ada = Physician::ada()?;
    let packet = annotation("packets/packet-A.primum-packet");
    let mut app = open(&computer, Window::LAPTOP, &packet).await?;
    for kill in 0..3 {
        app.item(kill as u32 + 1).await?;
        let keys = ada.keys(kill)?;
        app.press(&keys[..4]).await?;
        app.saved().await?;
        let saved = shown(&app).await?;
        // More is on its way when the power goes.
        app.press(&keys[4..6]).await?;
        app.kill()?;
        app = e2e::App::start(&computer, Window::LAPTOP, &[&packet]).await?;
        app.item(kill as u32 + 1).await?;
        let kept = shown(&app).await?;
        assert!(
            saved.iter().all(|answer| kept.contains(answer)),
            "{saved:?} were saved, {kept:?} are left"
        );
        app.press("]").await?;
    }
    app.quit().await
}

#[tokio::test]
async fn a_held_key_answers_once_and_a_reason_is_typed_into_its_field() -> Result<()> {
    let computer = Computer::new()?;
    let app =
        open(&computer, Window::LAPTOP, &annotation("packets/packet-A.primum-packet")).await?;
    app.hold('1', 12).await?;
    app.saved().await?;
    assert_eq!(
        shown(&app).await?,
        ["input[name='gate-omission'][value='yes']"],
        "one press, one answer"
    );
    app.press("a").await?;
    app.find("#abstain-reason").await?;
    app.press("not my field: 3 of 4").await?;
    let reason = app.script("return document.querySelector('#abstain-reason').value").await?;
    assert_eq!(reason, "not my field: 3 of 4", "what is typed is the reason");
    app.look("abstain").await?;
    app.click("#abstain-confirm").await?;
    app.saved().await?;
    assert_eq!(shown(&app).await?.len(), 1, "typing the reason answered nothing");
    app.until("return document.body.innerText.includes('1 of 24')").await?;
    // Without a packet named, the program goes on with the one that is unfinished.
    app.kill()?;
    let app = e2e::App::start(&computer, Window::LAPTOP, &[]).await?;
    app.item(1).await?;
    app.until("return document.body.innerText.includes('not my field')").await?;
    app.quit().await
}
