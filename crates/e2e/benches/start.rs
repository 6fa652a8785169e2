//! How long the application takes to show the first item, and the memory it then uses.
//!
//! Times run from the request to start the process until the item's text is found on the page, the
//! driver's own work included: the person waits less than this.
#![allow(clippy::unwrap_used, missing_docs)]

mod packet;

use anyhow::Result;
use e2e::{App, Computer, Window};
use packet::{Texts, packet};
use std::fs;
use std::time::{Duration, Instant};

const RUNS: usize = 7;

#[tokio::main]
async fn main() -> Result<()> {
    measure("24 items", 1).await?;
    measure("3,600 items", 150).await?;
    let binary = std::env::current_exe()?;
    let binary = binary.parent().and_then(|folder| folder.parent()).unwrap().join("primum-desktop");
    println!("binary: {:.1} MB", fs::metadata(binary)?.len() as f64 / 1e6);
    Ok(())
}

async fn measure(name: &str, repetitions: u32) -> Result<()> {
    let computer = Computer::new()?;
    let packet = packet(&computer, repetitions, Texts::AsWritten)?;
    let app = App::start(&computer, Window::LAPTOP, &[&packet]).await?;
    app.fill("#name-field", "Dr. Test").await?;
    app.click("#start-rating").await?;
    app.find("#response").await?;
    app.quit().await?;

    let mut times = Vec::new();
    let mut paints = Vec::new();
    let mut memory = 0;
    for _ in 0..RUNS {
        let start = Instant::now();
        let app = App::start(&computer, Window::LAPTOP, &[&packet]).await?;
        app.until("return (document.querySelector('#response')?.innerText ?? '').length > 20")
            .await?;
        times.push(start.elapsed());
        let paint = "return performance.getEntriesByType('paint').at(-1)?.startTime ?? null";
        paints.extend(
            app.script(paint).await?.as_f64().map(|ms| Duration::from_secs_f64(ms / 1000.0)),
        );
        memory = app.memory()?;
        app.quit().await?;
    }
    println!("{name}: start to first item, driver included: {}", spread(times));
    println!("{name}: first contentful paint after the page began: {}", spread(paints));
    println!(
        "{name}: memory of all processes: {:.0} MB (proportional set size)",
        memory as f64 / 1e6
    );
    Ok(())
}

fn spread(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    match times.as_slice() {
        [] => "not told by this webview".into(),
        [first, .., last] => {
            format!("median {:.0?} ({first:.0?} to {last:.0?})", times[times.len() / 2])
        }
        [only] => format!("{only:.0?}"),
    }
}
