//! What the end-to-end tests share: the example study, and a physician who answers by key or mouse.

pub mod lead;

use anyhow::{Context, Result};
use e2e::{App, Computer, Window, root};
use std::collections::HashMap;
use std::path::Path;
use study::{ItemId, Packet, Rating, Rubric, fold};

/// The path of a file in annotations/.
pub fn annotation(name: &str) -> String {
    root().join("annotations").join(name).canonicalize().unwrap().display().to_string()
}

/// A packet, and what a physician answers to each of its items.
pub struct Physician {
    pub packet: Packet,
    answers: HashMap<ItemId, Rating>,
}

impl Physician {
    /// Dr. Ada Example and her packet.
    pub fn ada() -> Result<Self> {
        let packet =
            exchange::read_packet(Path::new(&annotation("packets/packet-A.primum-packet")))?;
        let ratings = exchange::read_ratings(Path::new(&annotation("A.ratings.json")))?;
        let answers = packet.items.iter().map(|item| {
            (item.id.clone(), fold(ratings.records.iter().filter(|record| record.item == item.id)))
        });
        Ok(Self { answers: answers.collect(), packet })
    }

    /// Her answers to the item at `place`, from 0.
    pub fn answers(&self, place: usize) -> &Rating {
        &self.answers[&self.packet.items[place].id]
    }

    /// The keys with which she answers the item at `place`, in the order of the form.
    pub fn keys(&self, place: usize) -> Result<String> {
        let (rating, rubric) = (self.answers(place), &self.packet.rubric);
        let mut keys = String::new();
        for axis in &rubric.axes {
            if let Some(yes) = rating.gates.get(&axis.id) {
                keys.push(if *yes { 'y' } else { '0' });
            }
            keys.push_str(&rating.grades[&axis.id].to_string());
        }
        for grade in rating.actions.values() {
            keys.extend(grade.chars().next());
        }
        if asks_mechanism(rating, rubric) {
            let codes = rubric.omission_mechanisms.iter().map(|code| code.code.as_str());
            keys.push_str(&number(codes, rating.omission_mechanism.as_deref())?);
        }
        let codes = rubric.response_classes.iter().map(|code| code.code.as_str());
        keys.push_str(&number(codes, rating.response_class.as_deref())?);
        Ok(keys)
    }

    /// The radio buttons that she clicks for the item at `place`, as CSS.
    pub fn clicks(&self, place: usize) -> Vec<String> {
        let (rating, rubric) = (self.answers(place), &self.packet.rubric);
        let input = |name: &str, value: &str| format!("input[name='{name}'][value='{value}']");
        let mut clicks = Vec::new();
        for axis in &rubric.axes {
            if let Some(yes) = rating.gates.get(&axis.id) {
                clicks.push(input(&format!("gate-{}", axis.id), if *yes { "yes" } else { "no" }));
            }
            clicks.push(input(&format!("axis-{}", axis.id), &rating.grades[&axis.id].to_string()));
        }
        for (action, grade) in &rating.actions {
            clicks.push(input(&format!("action-{action}"), grade));
        }
        if asks_mechanism(rating, rubric) {
            clicks.extend(
                rating.omission_mechanism.iter().map(|code| input("omission-mechanism", code)),
            );
        }
        clicks.extend(rating.response_class.iter().map(|code| input("response-class", code)));
        clicks
    }
}

fn asks_mechanism(rating: &Rating, rubric: &Rubric) -> bool {
    let best = rubric.checklist.iter().find(|grade| grade.credit >= 1.0).map(|grade| &grade.code);
    rating.actions.values().any(|grade| Some(grade) != best)
}

/// A choice's number on the screen.
fn number<'a>(mut codes: impl Iterator<Item = &'a str>, chosen: Option<&str>) -> Result<String> {
    let place = codes.position(|code| Some(code) == chosen).context("no such choice")?;
    Ok((place + 1).to_string())
}

/// Opens `packet` on a fresh computer and says who rates it.
pub async fn open(computer: &Computer, window: Window, packet: &str) -> Result<App> {
    let app = App::start(computer, window, &[packet]).await?;
    app.fill("#name-field", "Dr. Ada Example").await?;
    app.click("#start-rating").await?;
    app.find("#response").await?;
    app.item(1).await?;
    Ok(app)
}

/// Looks at the page, and keeps a picture of each of its screenfuls. axe-core judges what is out of view too.
pub async fn look_through(app: &App, name: &str) -> Result<()> {
    let pages = "const page = document.querySelector('.page'); \
        return Math.ceil(page.scrollHeight / page.clientHeight)";
    let pages = app.script(pages).await?.as_u64().unwrap();
    app.look(&format!("{name}-00")).await?;
    for page in 1..pages {
        let scroll = format!(
            "const page = document.querySelector('.page'); \
             page.scrollTop = {page} * page.clientHeight; return true"
        );
        app.script(&scroll).await?;
        app.picture(&format!("{name}-{page:02}")).await?;
    }
    Ok(())
}

/// The answers that the form shows.
pub async fn shown(app: &App) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll('input[type=radio]:checked')] \
                  .map(({ name, value }) => `input[name='${name}'][value='${value}']`)";
    let shown = app.script(script).await?;
    let texts = shown.as_array().context("a list")?.iter();
    Ok(texts.filter_map(|text| text.as_str().map(String::from)).collect())
}

/// Whether the form shows what `physician` answers to the item at `place`.
pub async fn shows(app: &App, physician: &Physician, place: usize) -> Result<bool> {
    let (mut shown, mut expected) = (shown(app).await?, physician.clicks(place));
    shown.sort();
    expected.sort();
    Ok(shown == expected)
}
