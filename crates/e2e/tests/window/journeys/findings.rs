//! Findings in the window: of a judge, of a physician with the key, and a figure as a file.

use crate::support::{annotation, look_through};
use anyhow::Result;
use e2e::{App, Computer, Window, root};
use serde_json::json;

const DARK: Window = Window { dark: true, ..Window::LAPTOP };

async fn look(app: &App, name: &str) -> Result<()> {
    look_through(app, &format!("findings-{name}")).await?;
    let fits = "const page = document.querySelector('.page'); \
        return document.documentElement.scrollWidth <= window.innerWidth && page.scrollWidth <= page.clientWidth";
    assert_eq!(app.script(fits).await?, json!(true), "{name} is not cut off sideways");
    Ok(())
}

async fn opened(computer: &Computer, window: Window, scenarios: &str, scores: &str) -> Result<App> {
    let app = App::start(computer, window, &[]).await?;
    app.click("#open-findings").await?;
    app.fill("#findings-scenarios", scenarios).await?;
    app.fill("#findings-scores-0", scores).await?;
    Ok(app)
}

fn scenarios() -> String {
    root().join("scenarios").canonicalize().unwrap().display().to_string()
}

#[tokio::test]
async fn a_judges_findings_and_a_figure_of_them_as_a_file() -> Result<()> {
    let computer = Computer::new()?;
    let app = opened(&computer, DARK, &scenarios(), &annotation("judge.jsonl")).await?;
    app.click("#compute-findings").await?;
    let text = app.text("#findings-result").await?;
    for part in ["invented-judge", "mean of 3 models", "Not reported", "incompetence"] {
        assert!(text.contains(part), "no {part:?} in {text}");
    }
    look(&app, "judge-dark").await?;

    let circles = "return document.querySelectorAll('#findings-framing .frame circle').length";
    let shown = app.script(circles).await?;

    // The system's dialog is not the page's to answer: the figure is saved as the button would do after it.
    let arguments = json!({ "scenarios": scenarios(), "scores": [annotation("judge.jsonl")] });
    let path = computer.home().join("gap");
    let save = format!(
        "const call = (name, given) => window.__TAURI_INTERNALS__.invoke('call', {{ name, arguments: given }}); \
         call('compute_findings', {arguments}) \
         .then(({{ figures }}) => figures.find(({{ of }}) => of === 'framing')) \
         .then((figure) => call('save_figure', {{ path: {path}, figure }})) \
         .then(() => (window.saved = true), (why) => (window.saved = why)); \
         return true",
        path = json!(path)
    );
    app.script(&save).await?;
    app.until("return window.saved === true").await?;
    let svg = std::fs::read_to_string(computer.home().join("gap.svg"))?;
    assert_eq!(
        json!(svg.matches("<circle").count()),
        shown,
        "the file is what is on screen: {svg}"
    );
    assert!(svg.contains("#1d5a73"), "the light accent, though the window is dark: {svg}");

    app.script(&save.replace("=== 'framing'", "=== 'plane'")).await?;
    app.until("return window.saved.kind === 'refused'").await?;
    assert_eq!(std::fs::read_to_string(computer.home().join("gap.svg"))?, svg, "the first stays");
    app.quit().await
}

#[tokio::test]
async fn a_physicians_findings_take_the_key_and_leave_out_by_name() -> Result<()> {
    let computer = Computer::new()?;
    let app =
        opened(&computer, Window::LAPTOP, &scenarios(), &annotation("A.ratings.json")).await?;
    app.click("#compute-findings").await?;
    assert!(app.text("[role=alert]").await?.contains("give the key"));
    app.fill("#findings-key", &annotation("key.json")).await?;
    app.click("#exclude-another").await?;
    app.fill("#exclude-model-0", "aster").await?;
    app.fill("#exclude-reason-0", "its filter").await?;
    app.click("details summary").await?;
    look(&app, "form").await?;
    app.click("#compute-findings").await?;
    let text = app.text("#findings-result").await?;
    for part in ["Dr. Ada Example", "Left out of the mean: aster (its filter)", "Critical actions"]
    {
        assert!(text.contains(part), "no {part:?} in {text}");
    }
    look(&app, "physician-light").await?;
    app.quit().await
}

#[tokio::test]
async fn published_scores_fit_the_screen() -> Result<()> {
    let bank = testing::iatrobench_scenarios();
    let scenarios = bank.path().display().to_string();
    let scores = testing::published("iatrobench/structured_evaluation.jsonl").display().to_string();
    let computer = Computer::new()?;
    let app = opened(&computer, Window::LAPTOP, &scenarios, &scores).await?;
    app.click("#exclude-another").await?;
    app.fill("#exclude-model-0", "gpt52").await?;
    app.fill("#exclude-reason-0", "a content filter strips its physician responses").await?;
    app.click("#compute-findings").await?;
    app.until("return document.querySelector('#findings-result') !== null").await?;
    assert!(app.text("#findings-framing").await?.contains("0.365"));
    look(&app, "published").await?;
    app.quit().await
}
