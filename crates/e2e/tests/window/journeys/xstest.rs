//! The lead author's whole job on real responses in the window: 2,250 completions of five models with
//! the labels of two annotators, of the XSTest project, from its table to agreement by model.

use anyhow::{Context, Result};
use commands::Desk;
use e2e::{App, Computer, Window};
use exchange::{Unseal, open_sealed_key};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

type Row = HashMap<String, String>;

fn rows(file: &Path) -> Result<Vec<Row>> {
    csv::Reader::from_path(file)?.deserialize().map(|row| Ok(row?)).collect()
}

/// What the project's tables do not have: a folder of scenarios, and the scale as a rubric.
fn write_bank(folder: &Path, items: &[Row]) -> Result<()> {
    fs::create_dir_all(folder.join("bank"))?;
    let mut written = BTreeSet::new();
    for item in items.iter().filter(|item| written.insert(&item["scenario_id"])) {
        let scenario = json!({
            "format": "primum-scenario/1", "id": item["scenario_id"], "title": item["scenario_id"],
            "category": item["type"], "acuity_weight": 1.0, "framing": null, "pair_id": null,
            "prompt": item["scenario_text"], "reference_answer": "–", "critical_actions": [],
            "commission_risks": [], "clinical_basis": [],
            "review": { "status": "not stated", "note": "" }
        });
        fs::write(folder.join(format!("bank/{}.json", item["scenario_id"])), scenario.to_string())?;
    }
    let level =
        |(grade, label): (u8, &str)| json!({ "grade": grade, "label": label, "anchor": "" });
    let levels = [(0, "full compliance"), (1, "partial refusal"), (2, "full refusal")].map(level);
    let axis = json!({
        "id": "refusal", "label": "Refusal", "short": "R", "question": "Does it refuse?",
        "levels": levels, "gate": null
    });
    let rubric = json!({
        "format": "primum-rubric/2", "id": "refusal", "version": "1", "title": "Refusal",
        "source": "the published labels", "axes": [axis], "checklist": [], "response_classes": [],
        "omission_mechanisms": [], "empty_response": {}, "guidance": []
    });
    Ok(fs::write(folder.join("rubric.json"), rubric.to_string())?)
}

/// The labels of `annotator` for the items of a packet, as a ratings file.
fn returned(
    folder: &Path,
    packet: &str,
    annotator: &str,
    labels: &HashMap<String, u8>,
) -> Result<PathBuf> {
    let mut table = String::from("rater,item,axis,value\n");
    for (item, grade) in labels {
        table += &format!("{annotator},{item},refusal,{grade}\n");
    }
    let (csv, out) = (folder.join(format!("{packet}.csv")), folder.join(format!("{packet}.json")));
    fs::write(&csv, table)?;
    let packet = folder.join(format!("study/packets/packet-{packet}.primum-packet"));
    let import = json!({
        "packet": packet, "table": csv, "name": annotator, "at": "2024-06-01T12:00:00Z",
        "lock": true, "out": out,
    });
    let mut desk = commands::Context::new(
        Desk::new(folder.join("desk"), folder.join("desk-out")),
        Timestamp::now,
    );
    commands::call(&mut desk, "import_table", import)
        .map_err(|failure| anyhow::anyhow!("{failure}"))?;
    Ok(out)
}

async fn create(app: &App, folder: &Path, items: &Path) -> Result<String> {
    let path = |name: &str| folder.join(name).display().to_string();
    app.click("#new-study").await?;
    app.fill("#study-title", "Refusals").await?;
    app.fill("#study-scenarios", &path("bank")).await?;
    app.fill("#study-responses", &items.display().to_string()).await?;
    app.find("details.columns").await?;
    app.click("[aria-label='What model holds'] option[value=model_id]").await?;
    app.click("[aria-label='What response_text holds'] option[value=response]").await?;
    app.click("input[name=rubric][value=file]").await?;
    app.fill("#study-rubric", &path("rubric.json")).await?;
    app.click("#step-next").await?;
    app.until("return document.querySelector('#files-found .headline') !== null").await?;
    let found = app.text("#files-found .headline").await?;
    assert!(found.contains("2,250 responses to 450 scenarios"), "{found}");
    app.look("xstest-texts").await?;
    app.click("#step-next").await?;
    app.find("#rater-0").await?;
    app.click("#step-next").await?;
    app.click("input[name=take][value=sample]").await?;
    app.fill("#sample-size", "100").await?;
    app.fill("#seed", "20240601").await?;
    app.click("#step-next").await?;
    app.find("#sample-drawn").await?;
    let drawn = app.text("#sample-drawn").await?;
    for model in ["gpt4", "llama2new", "llama2orig", "mistralguard", "mistralinstruct"] {
        assert!(drawn.contains(model), "{drawn}");
    }
    app.script("document.querySelector('#sample-drawn').scrollIntoView()").await?;
    app.look("xstest-sample").await?;
    app.click("#step-next").await?;
    app.find("#leaks .hit").await?;
    println!("leaks in 100 responses: {}", app.count(".hit").await?);
    app.look("xstest-leaks").await?;
    while app.count("[id^=accept-]").await? > 0 {
        // Not at a place on the screen: the page still moves to what was decided before.
        app.script("document.querySelector('[id^=accept-]').click()").await?;
        app.fill("[id^=reason-]", "published as it is").await?;
        app.click("form .primary").await?;
    }
    while app.count(".hit.open .mask").await? > 0 {
        app.click(".hit.open .mask").await?;
    }
    app.click("#step-next").await?;
    app.until("return (document.querySelector('#passphrase')?.textContent ?? '').length > 11")
        .await?;
    let passphrase = app.text("#passphrase").await?;
    app.fill("#study-folder", &path("study")).await?;
    app.click("#passphrase-kept").await?;
    app.click("#step-next").await?;
    app.click("#open-created").await?;
    Ok(passphrase)
}

#[tokio::test]
async fn real_labels_go_all_the_way_to_agreement_by_model() -> Result<()> {
    let Some(data) = testing::outside("xstest") else { return Ok(()) };
    let computer = Computer::new()?;
    let folder = computer.home().to_owned();
    let items = rows(&data.join("items.csv"))?;
    write_bank(&folder, &items)?;
    let app = App::start(&computer, Window::LAPTOP, &[]).await?;
    let passphrase = create(&app, &folder, &data.join("items.csv").canonicalize()?).await?;

    // The annotators' labels come under the blinded names of the items.
    let unseal = Unseal::Passphrase(passphrase.clone().into());
    let (_, key) = open_sealed_key(&folder.join("study/key.age"), &unseal)?;
    let origins: HashMap<String, &Row> = items
        .iter()
        .map(|item| (format!("{}/{}", item["scenario_id"], item["model"]), item))
        .collect();
    let given: HashMap<(String, String), u8> = rows(&data.join("ratings.csv"))?
        .into_iter()
        .map(|row| Ok(((row["rater_id"].clone(), row["item_id"].clone()), row["value"].parse()?)))
        .collect::<Result<_>>()?;
    let labels = |annotator: &str| -> Result<HashMap<String, u8>> {
        let of = |item: &study::KeyItem| {
            let name = format!("{}/{}", item.origin.scenario_id, item.origin.model_id);
            let row = origins.get(&name).context("every item is in the table")?;
            Ok((item.item.to_string(), given[&(annotator.to_owned(), row["item_id"].clone())]))
        };
        key.items.iter().map(of).collect()
    };
    let (first, second) = (labels("annotator1")?, labels("annotator2")?);
    let differ = first.iter().filter(|(item, grade)| second[*item] != **grade).count();

    for (label, annotator, labels) in [("A", "annotator1", &first), ("B", "annotator2", &second)] {
        let file = returned(&folder, label, annotator, labels)?;
        app.fill("#receive-path", &file.display().to_string()).await?;
        app.click("#receive-path-button").await?;
        app.until(&format!("return document.body.innerText.includes('{annotator}')")).await?;
    }
    app.look("xstest-received").await?;
    app.click("#tab-agreement").await?;
    let figures = app.text("#study-agreement").await?;
    assert!(figures.contains("100"), "{figures}");
    app.look("xstest-agreement").await?;
    app.click("#tab-adjudicate").await?;
    if differ > 0 {
        let state = app.text("#queue-state").await?;
        assert!(state.starts_with(&format!("{differ} open")), "{state}, expected {differ}");
    }
    app.look("xstest-queue").await?;
    app.click("#tab-key").await?;
    app.fill("#early", "compared by model, not decided").await?;
    app.fill("#passphrase", &passphrase).await?;
    app.click("#sure").await?;
    app.click("#open-key").await?;
    app.until("return document.querySelector('#key-state').innerText.includes('was opened')")
        .await?;
    app.click("#tab-agreement").await?;
    app.until("return document.querySelector('#study-agreement')?.innerText.includes('By model')")
        .await?;
    app.look("xstest-by-model").await?;
    app.click("#tab-export").await?;
    app.click("#export-study").await?;
    app.find("#study-exported").await?;
    let written: Value =
        serde_json::from_str(&fs::read_to_string(folder.join("study/export/study.json"))?)?;
    assert_eq!(written["key"]["items"].as_array().map(Vec::len), Some(100));
    app.quit().await
}
