//! How long a physician waits for a key: from the press to the painted answer, and to the next item.
//!
//! Times are the page's own, from the moment the key arrives until after the frame that shows what it did;
//! processor time is that of the webview's process for the page, its drawing included. A key that does
//! nothing is measured beside them: what is more than that is ours.
#![allow(clippy::unwrap_used, missing_docs)]

mod packet;

use anyhow::{Context, Result};
use e2e::{App, Computer, Window};
use packet::{Texts, packet};
use std::time::Duration;

/// Items that are rated.
const ITEMS: usize = 40;
/// How many questions are answered on each; every one takes a 1.
const ANSWERS: usize = 6;
/// F1, which does nothing anywhere.
const SILENT: &str = "\u{E031}";

#[tokio::main]
async fn main() -> Result<()> {
    for repetitions in [1, 150] {
        let computer = Computer::new()?;
        let packet = packet(&computer, repetitions, Texts::Long)?;
        let app = App::start(&computer, Window::LAPTOP, &[&packet]).await?;
        app.fill("#name-field", "Dr. Test").await?;
        app.click("#start-rating").await?;
        app.item(1).await?;
        measure(&app, 24 * repetitions as usize).await?;
        app.quit().await?;
    }
    Ok(())
}

async fn measure(app: &App, items: usize) -> Result<()> {
    app.script(WATCH).await?;
    let [mut silent, mut answers, mut moves] = [const { Keys::new() }; 3];
    for number in 1..=ITEMS.min(items - 1) {
        silent.press(app, SILENT, ANSWERS).await?;
        answers.press(app, "1", ANSWERS).await?;
        app.saved().await?;
        moves.press(app, "]", 1).await?;
        app.item(number as u32 + 1).await?;
    }
    println!("{items} items");
    silent.print("a key that does nothing");
    answers.print("an answer");
    moves.print("the next item");
    println!("  memory of all processes: {:.0} MB", app.memory()? as f64 / 1e6);
    Ok(())
}

/// Keeps the time from each key until after the first frame in which the page is as the key made it.
const WATCH: &str = "
    window.painted = [];
    const shown = () => document.querySelector('#item-number')?.textContent + ' ' + document.querySelectorAll('.questions :checked').length;
    addEventListener('keydown', ({ key, timeStamp }) => {
        const before = shown();
        const frame = () => {
            if (key !== 'F1' && shown() === before && performance.now() - timeStamp < 5000) return requestAnimationFrame(frame);
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => window.painted.push(performance.now() - timeStamp);
            port2.postMessage(0);
        };
        requestAnimationFrame(frame);
    }, { capture: true });
";

/// Presses of one kind of key.
struct Keys {
    painted: Vec<f64>,
    processor: Duration,
}

impl Keys {
    const fn new() -> Self {
        Self { painted: Vec::new(), processor: Duration::ZERO }
    }

    /// Presses `key` some times, each once the last one is painted.
    async fn press(&mut self, app: &App, key: &str, times: usize) -> Result<()> {
        let before = app.page_processor_time()?;
        for _ in 0..times {
            app.script("window.painted = []").await?;
            app.press(key).await?;
            app.until("return window.painted.length > 0").await?;
            let painted = app.script("return window.painted[0]").await?;
            self.painted.push(painted.as_f64().context("a time")?);
        }
        self.processor += app.page_processor_time()? - before;
        Ok(())
    }

    fn print(mut self, what: &str) {
        self.painted.sort_unstable_by(f64::total_cmp);
        let at = |share: f64| self.painted[(share * (self.painted.len() - 1) as f64) as usize];
        let processor = 1000.0 * self.processor.as_secs_f64() / self.painted.len() as f64;
        println!(
            "  {what}: painted after {:.0} ms (95 %: {:.0} ms), {processor:.0} ms of the page's processor time",
            at(0.5),
            at(0.95)
        );
    }
}
