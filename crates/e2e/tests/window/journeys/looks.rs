//! Every screen at two sizes, and light and dark: nothing is cut off sideways, and every level of every
//! axis is in view. Colours alone move nothing: the other journeys are made once, by day, and the contrast
//! of colours is held in ui/tests/contrast.test.ts; axe-core checks each screen once, on a laptop by day.

use crate::support::{Physician, annotation, open};
use anyhow::Result;
use e2e::{App, Computer, Window};
use serde_json::json;

const CONTROL: char = '\u{E009}';
const ESCAPE: &str = "\u{E00C}";

async fn look(app: &App, window: Window, screen: &str) -> Result<()> {
    let Window { width, height, dark } = window;
    let light = if dark { "dark" } else { "light" };
    let name = format!("{screen}-{width}x{height}-{light}");
    match (width, dark) {
        (1280, false) => app.look(&name).await?,
        _ => app.picture(&name).await?,
    }
    let fits = "return document.documentElement.scrollWidth <= window.innerWidth";
    assert_eq!(app.script(fits).await?, json!(true), "{screen} is not cut off at {width} pixels");
    let theme = "return matchMedia('(prefers-color-scheme: dark)').matches";
    assert_eq!(app.script(theme).await?, json!(dark), "{screen} has the colours asked for");
    Ok(())
}

async fn walk(window: Window) -> Result<()> {
    let computer = Computer::new()?;
    let ada = Physician::ada()?;
    let app = App::start(&computer, window, &[]).await?;
    app.find("#open-example").await?;
    look(&app, window, "library-empty").await?;
    app.click("#open-example").await?;
    app.find("#name-field").await?;
    look(&app, window, "who-are-you").await?;
    app.fill("#name-field", "Dr. Ada Example").await?;
    app.click("#start-rating").await?;
    app.item(1).await?;
    app.press(&ada.keys(0)?).await?;
    app.press("n").await?;
    app.item(2).await?;
    let keys = ada.keys(1)?;
    app.press(&keys[..keys.len() - 1]).await?;
    app.saved().await?;
    let levels = "return [...document.querySelectorAll('input[name^=axis-]')].every((input) => { \
        const { top, bottom } = input.closest('label').getBoundingClientRect(); \
        return top >= 0 && bottom <= window.innerHeight; })";
    look(&app, window, "rate").await?;
    app.press(
        "\u{E013}\u{E013}\u{E013}\u{E013}\u{E013}\u{E013}\u{E013}\u{E013}\u{E013}\u{E013}\u{E013}",
    )
    .await?;
    assert_eq!(app.script(levels).await?, json!(true), "every level with its anchor is in view");
    app.press("l").await?;
    look(&app, window, "items").await?;
    app.press(ESCAPE).await?;
    app.press("?").await?;
    look(&app, window, "help").await?;
    app.press(ESCAPE).await?;
    app.click("#open-return").await?;
    look(&app, window, "return").await?;
    app.press(ESCAPE).await?;
    app.click("#open-library").await?;
    app.find("#open-packet").await?;
    look(&app, window, "library").await?;
    app.click("#open-agreement").await?;
    app.fill("#first-file", &annotation("A.ratings.json")).await?;
    app.fill("#second-file", &annotation("B.ratings.json")).await?;
    app.click("#compare").await?;
    app.find("#agreement-result").await?;
    look(&app, window, "agreement").await?;
    app.quit().await
}

/// Large text in a small window: the panes take turns, and every control can be reached.
#[tokio::test]
async fn text_of_twice_the_size_loses_no_control() -> Result<()> {
    let computer = Computer::new()?;
    let packet = annotation("packets/packet-A.primum-packet");
    let app = open(&computer, Window::LAPTOP, &packet).await?;
    let lost = "return [...document.querySelectorAll('button, textarea, .panes input')] \
        .filter((control) => control.checkVisibility({ visibilityProperty: true }) && !control.disabled) \
        .filter((control) => { control.scrollIntoView({ block: 'nearest' }); \
            const { left, right, top, bottom } = control.getBoundingClientRect(); \
            return left < 0 || top < 0 || right > innerWidth + 1 || bottom > innerHeight + 1; }) \
        .map((control) => control.id || control.name || control.textContent)";
    for (size, layout) in [(100, "beside"), (150, "reading"), (200, "stacked")] {
        app.until(&format!("return document.querySelector('.panes.{layout}') !== null")).await?;
        assert_eq!(app.script(lost).await?, json!([]), "all can be reached at {size} %");
        app.look(&format!("rate-text-{size}")).await?;
        let steps = if size == 100 { 3 } else { 2 };
        for _ in 0..steps {
            app.chord(CONTROL, '=').await?;
        }
    }
    app.until("return document.documentElement.style.getPropertyValue('--text-size') === '2'")
        .await?;
    app.press("v").await?;
    app.until("return document.querySelector('.panes.case') !== null").await?;
    app.quit().await?;
    // What was chosen is chosen on the next day too.
    let app = App::start(&computer, Window::LAPTOP, &[]).await?;
    app.until("return document.documentElement.style.getPropertyValue('--text-size') === '2'")
        .await?;
    app.quit().await
}

#[tokio::test]
async fn on_a_laptop_by_day() -> Result<()> {
    walk(Window::LAPTOP).await
}

#[tokio::test]
async fn on_a_laptop_by_night() -> Result<()> {
    walk(Window { dark: true, ..Window::LAPTOP }).await
}

#[tokio::test]
async fn on_a_large_screen_by_day() -> Result<()> {
    walk(Window { width: 1920, height: 1080, dark: false }).await
}
