//! The lead author's way through a study in the window: files come back, disagreements are decided, the key
//! is opened, tables are written.

use crate::support::lead::{Led, PASSPHRASE};
use anyhow::Result;
use e2e::{App, Computer, Window};
use serde_json::json;
use std::path::Path;
use std::time::Duration;

const ESCAPE: &str = "\u{E00C}";
const ENTER: &str = "\u{E007}";

/// What no part of the screen may say while the key is sealed.
const ORIGINS: [&str; 8] = [
    "aster",
    "borage",
    "clover",
    "steroid-lay",
    "steroid-physician",
    "By model",
    "framing:",
    "pair_id",
];

async fn look(app: &App, name: &str) -> Result<()> {
    app.look(&format!("study-{name}")).await?;
    let fits = "return document.documentElement.scrollWidth <= window.innerWidth \
                && [...document.querySelectorAll('main, .page')].every((part) => part.scrollWidth <= window.innerWidth)";
    assert_eq!(app.script(fits).await?, json!(true), "{name} is not cut off");
    Ok(())
}

/// Everything that is on the screen, folded parts included.
async fn page(app: &App) -> Result<String> {
    let text = app.script("return document.body.textContent").await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

async fn is_blind(app: &App, screen: &str) -> Result<()> {
    let page = page(app).await?;
    for origin in ORIGINS {
        assert!(!page.contains(origin), "{screen} says {origin}: {page}");
    }
    Ok(())
}

/// Receives one file by its path.
async fn receive(app: &App, file: &Path, fate: &str) -> Result<String> {
    app.fill("#receive-path", &file.display().to_string()).await?;
    app.click("#receive-path-button").await?;
    app.find(&format!("#file-fates li:first-child[data-fate={fate}]")).await?;
    app.text("#file-fates").await
}

async fn ratings(app: &App, led: &Led) -> Result<()> {
    let missing = app.text("#study-missing").await?;
    assert_eq!(missing, "No file has arrived from A and B.");
    let [ada, ben] = &led.ratings;
    let first = receive(app, ada, "new").await?;
    assert!(first.contains("From A (Dr. Ada Example): 28 of 28 items rated, locked."), "{first}");
    assert_eq!(app.text("#study-missing").await?, "No file has arrived from B.");
    receive(app, ada, "already_there").await?;
    let packet = led.study.with_file_name("packets").join("packet-A.primum-packet");
    let refused = receive(app, &packet, "refused").await?;
    assert!(refused.contains("packet-A.primum-packet"), "{refused}");
    look(app, "refused").await?;
    receive(app, ben, "new").await?;
    let missing = app.text("#study-missing").await?;
    assert_eq!(missing, "Every rater has locked. Nothing is missing.");
    assert!(app.text("#raters").await?.contains("Dr. Ben Example"));
    is_blind(app, "ratings").await?;
    look(app, "ratings").await
}

async fn agreement(app: &App) -> Result<()> {
    app.click("#tab-agreement").await?;
    app.until(
        "return document.querySelector('#study-agreement')?.innerText.includes('By period of the rating')",
    )
    .await?;
    let figures = app.text("#study-agreement").await?;
    assert!(figures.contains("quadratic weighted kappa"), "{figures}");
    is_blind(app, "agreement").await?;
    look(app, "agreement").await?;
    app.click("#agreement-of option[value=repeat-0]").await?;
    app.until(
        "return document.querySelector('#study-agreement')?.innerText.includes('first time')",
    )
    .await?;
    assert!(app.text("#study-agreement").await?.contains("4 graded by both"));
    look(app, "repeats").await
}

async fn adjudicate(app: &App) -> Result<()> {
    app.click("#tab-adjudicate").await?;
    let state = app.text("#queue-state").await?;
    let open: usize = state.split(' ').next().unwrap().parse()?;
    assert!(open > 2, "{state}");
    let apart = "return [...document.querySelectorAll('#queue tbody .number')].map((cell) => \
                 Number(cell.textContent)).filter((number) => number > 0)";
    let apart = app.script(apart).await?;
    let spreads: Vec<i64> =
        apart.as_array().unwrap().iter().filter_map(|one| one.as_i64()).collect();
    assert!(spreads.is_sorted_by(|a, b| a >= b), "the widest first: {spreads:?}");
    is_blind(app, "queue").await?;
    look(app, "queue").await?;

    app.click("#begin-deciding").await?;
    app.find("#decide").await?;
    is_blind(app, "disagreement").await?;
    let page = page(app).await?;
    assert!(page.contains("Rater 1") && page.contains("Rater 2"), "aliases are shown");
    assert!(!page.contains("Dr. Ada Example"), "names are not: {page}");
    let tinted =
        "return ['voice-1', 'voice-2', 'voice-several'].every((name) => CSS.highlights.has(name))";
    assert_eq!(app.script(tinted).await?, json!(true), "both quotations are tinted");
    assert_eq!(app.script("return document.querySelectorAll('.pins b').length").await?, json!(2));
    look(app, "disagreement").await?;

    let title = app.text("#disagreement-title").await?;
    app.fill("#decision-by", "Dr. Cy Lead").await?;
    app.press(ESCAPE).await?;
    app.press("2rt").await?;
    app.press("Waiting for office hours is not named.").await?;
    app.press(ESCAPE).await?;
    look(app, "decision").await?;
    app.press(ENTER).await?;
    app.until("return document.querySelectorAll('#decision :checked').length === 0").await?;
    assert_eq!(
        app.script("return document.querySelector('#decision-by').value").await?,
        json!("Dr. Cy Lead")
    );
    app.press("xs").await?;
    app.click("#decide").await?;
    app.until("return document.querySelectorAll('#decision :checked').length === 0").await?;
    // The next one opens by itself, and takes no key before it is there: a person presses again.
    for _ in 0..20 {
        app.press(ESCAPE).await?;
        tokio::time::sleep(Duration::from_millis(300)).await;
        if app.count("#queue-state").await? > 0 {
            break;
        }
    }
    let state = app.text("#queue-state").await?;
    assert!(state.starts_with(&format!("{} open", open - 2)), "{state}");
    let unclear = app.text("#unclear").await?;
    assert!(unclear.contains("Waiting for office hours is not named."), "{unclear}");
    assert!(unclear.contains("Decided as 2 by Dr. Cy Lead"), "{unclear}");
    app.click("#queue-which option[value=all]").await?;
    look(app, "decided").await?;
    app.click("#unclear button").await?;
    app.until("return document.querySelector('#decision-note')?.value.startsWith('Waiting')")
        .await?;
    assert_eq!(
        app.text("#disagreement-title").await?,
        title,
        "the decision can be looked at again"
    );
    look(app, "again").await?;
    app.press(ESCAPE).await?;
    app.find("#queue").await?;
    Ok(())
}

async fn open_key(app: &App) -> Result<()> {
    app.click("#tab-key").await?;
    assert!(app.text("#undecided").await?.contains("still undecided"));
    app.fill("#early", "not to be decided").await?;
    is_blind(app, "key").await?;
    look(app, "key").await?;
    app.fill("#passphrase", "not the right passphrase").await?;
    app.click("#sure").await?;
    app.click("#open-key").await?;
    let alert = app.text("[role=alert]").await?;
    assert!(alert.contains("passphrase"), "{alert}");
    look(app, "key-wrong").await?;
    is_blind(app, "the wrong passphrase").await?;
    app.fill("#passphrase", PASSPHRASE).await?;
    app.click("#open-key").await?;
    app.until("return document.querySelector('#key-state').innerText.includes('was opened')")
        .await?;
    assert!(app.text("#study-log").await?.contains("still undecided: not to be decided"));
    look(app, "key-open").await?;

    app.click("#tab-agreement").await?;
    let figures = app.text("#study-agreement").await?;
    assert!(figures.contains("By model") && figures.contains("borage"), "{figures}");
    app.script("document.querySelector('details').scrollIntoView()").await?;
    look(app, "by-model").await
}

/// Registered before the key is opened.
async fn register(app: &App, led: &Led) -> Result<()> {
    let thresholds = led.study.with_file_name("thresholds.json");
    let threshold = json!({
        "axis": "omission", "quantity": "miss_rate", "relation": "at_most", "value": 0.2,
    });
    let written = json!({ "format": "primum-thresholds/1", "note": "", "thresholds": [threshold] });
    std::fs::write(&thresholds, written.to_string())?;
    app.click("#tab-key").await?;
    app.fill("#register-file", &thresholds.display().to_string()).await?;
    app.click("#register").await?;
    app.until("return document.querySelector('#study-log').innerText.includes('thresholds.json')")
        .await?;
    look(app, "registered").await
}

/// From the open key to findings and to a judge, with the study in the first field.
async fn go_on(app: &App, led: &Led) -> Result<()> {
    let path = |name: &str| e2e::root().join(name).canonicalize().unwrap().display().to_string();
    app.click("#tab-key").await?;
    app.click("#study-findings").await?;
    app.fill("#findings-scenarios", &path("scenarios")).await?;
    app.fill("#findings-battery", "iatrobench").await?;
    app.click("#compute-findings").await?;
    let patient = "return document.querySelector('#battery-dispositions') !== null";
    app.until(patient).await?;
    let said = app.text("#battery-registered").await?;
    assert!(said.starts_with("The study did not register this file"), "{said}");
    app.script("document.querySelector('#findings-battery-result').scrollIntoView()").await?;
    look(app, "battery").await?;
    app.click("#findings-back").await?;
    app.click("#tab-key").await?;
    app.click("#study-judge").await?;
    app.fill("#judge-1", &path("annotations/judge.jsonl")).await?;
    let thresholds = led.study.with_file_name("thresholds.json");
    app.fill("#judge-thresholds", &thresholds.display().to_string()).await?;
    app.click("#validate").await?;
    app.until("return document.querySelector('#thresholds-registered') !== null").await?;
    let said = app.text("#thresholds-registered").await?;
    assert!(said.contains("before the key was opened"), "{said}");
    look(app, "judge").await?;
    app.click("#read-1-omission").await?;
    app.find("#missed-response article").await?;
    look(app, "missed").await?;
    app.press(ESCAPE).await?;
    app.click("#judge-back").await?;
    app.find("#tab-export").await?;
    Ok(())
}

async fn export(app: &App, led: &Led) -> Result<()> {
    app.click("#tab-export").await?;
    let folder = led.study.with_file_name("export");
    let offered = app.script("return document.querySelector('#study-export-folder').value").await?;
    assert_eq!(offered, json!(folder));
    app.click("#export-study").await?;
    app.find("#study-exported").await?;
    look(app, "exported").await?;
    for name in ["ratings.csv", "adjudicated.csv", "items.csv", "study.json", "kappa.R"] {
        assert!(folder.join(name).exists(), "{name}");
        assert!(app.text("#export-files").await?.contains(name));
    }
    let decided = std::fs::read_to_string(folder.join("adjudicated.csv"))?;
    assert_eq!(
        decided
            .lines()
            .filter(|line| line.ends_with("decided") && !line.ends_with("undecided"))
            .count(),
        2
    );
    app.click("#export-study").await?;
    assert!(app.text("[role=alert]").await?.contains("already there"));
    Ok(())
}

#[tokio::test]
async fn a_study_is_led_from_files_to_the_open_key() -> Result<()> {
    let computer = Computer::new()?;
    let led = Led::make(computer.home())?;
    let app = App::start(&computer, Window::LAPTOP, &[]).await?;
    app.fill("#study-path", &led.study.display().to_string()).await?;
    look(&app, "library").await?;
    app.click("#open-study-path").await?;
    ratings(&app, &led).await?;
    agreement(&app).await?;
    adjudicate(&app).await?;
    register(&app, &led).await?;
    open_key(&app).await?;
    go_on(&app, &led).await?;
    export(&app, &led).await?;
    app.click("#study-back").await?;
    app.find("#open-study").await?;
    app.quit().await
}
