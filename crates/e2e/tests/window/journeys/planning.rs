//! The planning screen: a plan at the first press, work that is watched and cancelled, and every
//! coefficient.

use anyhow::Result;
use e2e::{App, Computer, Window};
use serde_json::json;

/// The plan is there, and in view.
const RESULT: &str = "const words = document.querySelector('#plan-result .sentence'); \
                      return words !== null && words.getBoundingClientRect().bottom <= window.innerHeight";

/// Chooses an option of a list as a person does who knows its value.
async fn choose(app: &App, list: &str, value: &str) -> Result<()> {
    app.click(&format!("{list} option[value={value}]")).await
}

async fn picture(app: &App, name: &str) -> Result<()> {
    app.look(name).await?;
    let fits = "return document.documentElement.scrollWidth <= window.innerWidth \
                && document.querySelector('main').scrollWidth <= window.innerWidth";
    assert_eq!(app.script(fits).await?, json!(true), "{name} is not cut off");
    Ok(())
}

#[tokio::test]
async fn what_a_study_needs_is_planned() -> Result<()> {
    let computer = Computer::new()?;
    let app = App::start(&computer, Window::LAPTOP, &[]).await?;
    app.click("#open-plan").await?;
    app.find("#plan").await?;
    picture(&app, "plan").await?;

    app.click("#plan").await?;
    app.until(RESULT).await?;
    let sentence = app.text(".sentence").await?;
    assert!(sentence.contains("at most ±0.15, with a probability of 80 %"), "{sentence}");
    assert!(sentence.contains("items have to be rated by both raters"), "{sentence}");
    picture(&app, "plan-result").await?;

    app.fill("#plan-per-scenario", "4").await?;
    assert_eq!(app.text("#design-effect").await?, "Design effect 1.30");
    choose(&app, "#plan-disagreements", "near").await?;
    app.click("#plan").await?;
    app.until(RESULT).await?;
    let sentence = app.text(".sentence").await?;
    assert!(sentence.contains("4 items to a scenario"), "{sentence}");

    choose(&app, "#plan-coefficient", "alpha").await?;
    app.click("input[name=goal][value=power]").await?;
    app.click("#plan").await?;
    app.find("#cancel-work").await?;
    let in_view = "return document.querySelector('#cancel-work').getBoundingClientRect().bottom \
                   <= window.innerHeight";
    assert_eq!(app.script(in_view).await?, json!(true), "the way out is in view");
    app.until("return document.querySelector('#long-work progress')?.value > 0").await?;
    picture(&app, "plan-working").await?;
    app.click("#cancel-work").await?;
    app.until("return document.querySelector('#long-work') === null").await?;
    assert_eq!(app.count("#plan-result").await?, 0, "cancelled work shows nothing");
    assert_eq!(app.count("[role=alert]").await?, 0, "and blames nobody");

    app.fill("#plan-per-scenario", "1").await?;
    choose(&app, "#plan-coefficient", "ac2").await?;
    app.click("input[name=goal][value=items]").await?;
    app.click("#plan").await?;
    app.until(RESULT).await?;
    let sentence = app.text(".sentence").await?;
    assert!(
        sentence.starts_with("100 items rated by both raters estimate Gwet’s AC2"),
        "{sentence}"
    );
    assert!(sentence.contains("power of"), "{sentence}");
    picture(&app, "plan-power").await?;

    for (subject, words) in [
        ("miss_rate", "the judge’s miss rate"),
        ("framing_gap", "pairs graded in both framings"),
        ("judge_difference", "minus that between them"),
    ] {
        choose(&app, "#plan-subject", subject).await?;
        app.click("#plan").await?;
        app.until(RESULT).await?;
        let sentence = app.text(".sentence").await?;
        assert!(sentence.contains(words), "{sentence}");
        picture(&app, &format!("plan-{subject}")).await?;
    }
    choose(&app, "#plan-subject", "two_raters").await?;

    app.fill("#share-0", "60").await?;
    app.click("#plan").await?;
    assert!(app.text("[role=alert]").await?.contains("The shares add up to 115 %"));
    app.click("#plan-back").await?;
    app.find("#open-plan").await?;
    app.quit().await
}
