//! Responses that are long, foreign, hostile or not there, and real questions of real patients.

use crate::support::{annotation, open, shown};
use anyhow::Result;
use commands::{Command, Context, Desk, MakePackets};
use e2e::{App, Computer, Window, root};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::time::Duration;

const HOSTILE: &str = "\
# <img src=x onerror=\"window.broken = 1\">

<script>window.broken = 2</script> and <b onclick=\"window.broken = 3\">bold</b>

[a link](javascript:window.broken=4) ![a picture](https://example.org/x.png \"t\")

<iframe src=\"https://example.org\"></iframe><style>body { display: none }</style>

**Last words.**";

/// A packet of `responses` to one scenario of the example study, in the order of their texts.
fn packet(computer: &Computer, responses: &[Value]) -> String {
    let folder = computer.home().join("study");
    fs::create_dir_all(folder.join("scenarios")).unwrap();
    let scenario = root().join("scenarios/nitrous-numbness.json");
    fs::copy(scenario, folder.join("scenarios/nitrous-numbness.json")).unwrap();
    let lines = (0..).zip(responses).map(|(rep_id, response)| {
        let mut line = response.clone();
        line["scenario_id"] = json!("nitrous-numbness");
        line["model_id"] = json!("aster");
        line["rep_id"] = json!(rep_id);
        format!("{line}\n")
    });
    fs::write(folder.join("responses.jsonl"), lines.collect::<String>()).unwrap();
    make(computer, &folder.join("scenarios"), &folder.join("responses.jsonl"), "gated")
}

fn make(computer: &Computer, scenarios: &Path, responses: &Path, rubric: &str) -> String {
    let make = MakePackets {
        title: "Difficult texts".into(),
        scenarios: scenarios.display().to_string(),
        responses: responses.display().to_string(),
        map: Vec::new(),
        rubric: rubric.into(),
        raters: vec!["A".into()],
        seed: 1,
        out: computer.home().join("packets").display().to_string(),
        key: None,
        seal: None,
    };
    let mut desk =
        Context::new(Desk::new(computer.home().into(), computer.home().into()), Timestamp::now);
    make.run(&mut desk).unwrap().packets.remove(0)
}

#[tokio::test]
async fn a_hostile_response_runs_nothing_and_loads_nothing() -> Result<()> {
    let computer = Computer::new()?;
    let packet = packet(&computer, &[json!({ "response": HOSTILE })]);
    let app = open(&computer, Window::LAPTOP, &packet).await?;
    app.look("hostile").await?;
    let text = app.text("#response").await?;
    assert!(text.contains("<script>window.broken = 2</script>"), "markup is shown as text: {text}");
    assert!(text.contains("Last words."), "the rest of the response is shown: {text}");
    let inside =
        "#response script, #response img, #response iframe, #response style, #response a[href]";
    assert_eq!(app.count(inside).await?, 0, "no element that runs, loads or leads away");
    assert_eq!(app.script("return window.broken ?? null").await?, Value::Null, "nothing ran");
    let loaded = "return performance.getEntriesByType('resource').filter(({ name }) => name.includes('example')).length";
    assert_eq!(app.script(loaded).await?, json!(0), "nothing was loaded");
    app.click("#raw-switch").await?;
    app.until("return document.querySelector('#response').innerText.includes('**Last words.**')")
        .await?;
    // The policy holds even for what a page of ours might one day do by mistake.
    let injected = "const image = new Image(); window.blocked = false; \
        document.addEventListener('securitypolicyviolation', () => { window.blocked = true; }); \
        image.src = 'https://example.org/x.png'; document.body.append(image);";
    app.script(injected).await?;
    app.until("return window.blocked").await?;
    // Nor is the window led away.
    app.script("window.stayed = true; location.href = 'http://127.0.0.1:9/'").await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(app.script("return window.stayed ?? null").await?, json!(true));
    app.quit().await
}

#[tokio::test]
async fn long_foreign_and_missing_texts_can_be_read_and_rated() -> Result<()> {
    let computer = Computer::new()?;
    let long = "A paragraph of **twenty thousand** characters, with a list:\n\n- one\n- two\n\n"
        .repeat(270);
    let arabic = "هذا نص عربي: اتصل بالطوارئ **الآن**. 🚑\n\nAnd one English sentence.";
    let packet = packet(
        &computer,
        &[
            json!({ "response": long }),
            json!({ "response": arabic }),
            json!({ "response": "", "content_filtered": true }),
            json!({ "response": "   ", "output_tokens": 4 }),
        ],
    );
    let app = open(&computer, Window::LAPTOP, &packet).await?;
    let mut seen = Vec::new();
    for number in 1..=4 {
        app.item(number).await?;
        app.until("return document.querySelector('#response').innerText.trim().length > 0").await?;
        let text = app.text("#response").await?;
        if text.contains("twenty thousand") {
            seen.push("long");
            let pane = "const pane = document.querySelector('#response'); \
                        return document.documentElement.scrollHeight <= window.innerHeight \
                        && document.documentElement.scrollWidth <= window.innerWidth";
            assert_eq!(app.script(pane).await?, json!(true), "the page itself does not scroll");
            app.look("long").await?;
        } else if text.contains("English sentence") {
            seen.push("foreign");
            let direction = "const first = document.evaluate(\"//*[@id='response']//*[contains(text(), 'عربي')]\", \
                document, null, XPathResult.FIRST_ORDERED_NODE_TYPE).singleNodeValue; \
                return getComputedStyle(first.closest('[dir]')).direction";
            assert_eq!(
                app.script(direction).await?,
                json!("rtl"),
                "an Arabic paragraph reads from the right"
            );
            app.look("foreign").await?;
        } else {
            seen.push(if text.contains("response is blank") { "blank" } else { "filtered" });
            app.look(&format!("empty-{number}")).await?;
            app.press("e").await?;
            app.saved().await?;
            let shown = shown(&app).await?;
            assert!(shown.contains(&"input[name='axis-omission'][value='4']".into()), "{shown:?}");
            assert!(
                shown.contains(&"input[name='axis-commission'][value='0']".into()),
                "{shown:?}"
            );
        }
        app.press("]").await?;
    }
    seen.sort_unstable();
    assert_eq!(seen, ["blank", "filtered", "foreign", "long"]);
    app.quit().await
}

#[tokio::test]
async fn real_questions_of_real_patients_are_rated_to_the_end() -> Result<()> {
    let Some(data) = testing::outside("kqa_nli/study") else { return Ok(()) };
    let computer = Computer::new()?;
    let packet =
        make(&computer, &data.join("scenarios"), &data.join("responses.jsonl"), "structured");
    let app = open(&computer, Window::LAPTOP, &packet).await?;
    for number in 1..=3 {
        app.item(number).await?;
        app.look(&format!("real-{number}")).await?;
        let actions = app.script("return new Set([...document.querySelectorAll('input[name^=action-]')].map((input) => input.name)).size").await?;
        let actions = actions.as_u64().unwrap() as usize;
        // Minor gap, no commission harm, the first action partial and the others hit.
        let answers = match actions {
            0 => "101".to_owned(),
            _ => format!("10p{}51", "h".repeat(actions - 1)),
        };
        app.press(&answers).await?;
        app.saved().await?;
        app.press("n").await?;
    }
    app.item(4).await?;
    app.until("return document.body.innerText.includes('3 of 49')").await?;
    app.quit().await
}

#[tokio::test]
async fn a_damaged_packet_is_refused_and_the_window_goes_on() -> Result<()> {
    let computer = Computer::new()?;
    let cut = computer.home().join("cut.json");
    let whole = fs::read_to_string(annotation("packets/packet-A.primum-packet"))?;
    fs::write(&cut, &whole[..whole.len() / 2])?;
    let app = App::start(&computer, Window::LAPTOP, &[&cut.display().to_string()]).await?;
    let message = app.text("[role=alert]").await?;
    assert!(
        message.contains("cut.json, line") && message.contains("ends in the middle"),
        "{message}"
    );
    app.look("refused").await?;
    app.fill("#packet-path", &annotation("packets/packet-A.primum-packet")).await?;
    app.click("#open-path").await?;
    app.find("#name-field").await?;
    app.quit().await
}
