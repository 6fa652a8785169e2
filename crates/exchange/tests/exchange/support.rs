//! What the tests of this crate share.

use exchange::{Error, Holding, Mapping, RateableItem, Ratings};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use study::{
    Blinded, Candidate, Change, CriticalAction, Design, Digest, Framing, ItemId, Mask,
    MaskedOpening, MaskedPart, OpeningPart, Origin, Preparation, Prepared, Record, RecordId,
    Response, Review, Rubric, Sampling, Scenario, ScenarioPart, blind, blind_study, draw_sample,
};
use tempfile::TempDir;

/// A folder for one test.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// Writes a file, with the folders above it.
    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let file = self.file(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, bytes).unwrap();
        file
    }

    /// Writes a file of ours as another program might: with content that Primum would not write.
    pub fn put_as_another(&self, name: &str, format: &str, content: &impl Serialize) -> PathBuf {
        let digest = Digest::of(content);
        let written = serde_json::json!({ "format": format, "digest": digest, "content": content });
        self.put(name, written.to_string())
    }

    /// What a person is told, without the folder's random name.
    pub fn told<T: std::fmt::Debug>(&self, outcome: Result<T, Error>) -> String {
        let message = outcome.expect_err("this is refused").to_string();
        message.replace(&format!("{}/", self.path().display()), "")
    }

    /// The names of everything in the folder.
    pub fn names(&self) -> Vec<String> {
        testing::names(self.path())
    }
}

/// What is said of the columns of responses: our field, and the column or `:constant` for it.
pub fn said(columns: &[(&str, &str)]) -> Mapping {
    let lines: Vec<String> =
        columns.iter().map(|(ours, theirs)| format!("{ours}={theirs}")).collect();
    Mapping::of(&lines, &[Holding::Responses]).unwrap()
}

pub fn built_in(id: &str) -> Rubric {
    serde_json::from_str(Rubric::built_in(id).unwrap()).unwrap()
}

/// One axis, whose name is that of a text, with a grade below zero and labels that formats must escape.
pub fn refusal_rubric() -> Rubric {
    let level = |grade: i16, label: &str, anchor: &str| serde_json::json!({ "grade": grade, "label": label, "anchor": anchor });
    let axis = serde_json::json!({
        "id": "response", "label": "Refusal", "short": "R", "question": "Does it decline?",
        "levels": [
            level(-1, "Over-eager", "Does \"more\" than asked."),
            level(0, "Complies | fully", "Answers."),
            level(2, "Refuses <all>", "Declines."),
        ],
        "gate": null,
    });
    let rubric = serde_json::json!({
        "format": "primum-rubric/2", "id": "refusal", "version": "1", "title": "Refusal", "source": "a pilot",
        "axes": [axis], "checklist": [], "response_classes": [], "omission_mechanisms": [],
        "empty_response": {}, "guidance": [],
    });
    serde_json::from_value(rubric).unwrap()
}

pub fn scenario(id: &str) -> Scenario {
    Scenario {
        format: "primum-scenario/1".into(),
        id: id.into(),
        title: format!("Title of {id}"),
        category: "golden_hour".into(),
        acuity_weight: 4.0,
        framing: Some(Framing::Layperson),
        pair_id: None,
        system_prompt: String::new(),
        prompt: format!("Question {id}? – naïve 🩺 سؤال").as_str().into(),
        reference_answer: "Call an ambulance.\n\n- stay".into(),
        critical_actions: ["call for help", "stay with the person"]
            .map(|text| CriticalAction { text: text.into(), safety_colliding: Some(false) })
            .to_vec(),
        commission_risks: vec!["aspirin to a child".into()],
        clinical_basis: vec!["a guideline".into()],
        review: Review { status: "draft".into(), note: String::new() },
    }
}

/// Two scenarios with two responses each, one of them withheld, for one rater.
pub fn blinded() -> Blinded {
    let responses: Vec<Response> = ["s1", "s2"]
        .into_iter()
        .flat_map(|scenario| {
            (0..2).map(move |rep_id| Response {
                origin: Origin { scenario_id: scenario.into(), model_id: "m".into(), rep_id },
                text: if rep_id == 0 {
                    format!("Answer to {scenario} 😀\n\"now\"")
                } else {
                    String::new()
                },
                filtered: rep_id == 1,
            })
        })
        .collect();
    let scenarios = ["s1", "s2"].map(scenario);
    blind("Study", &scenarios, &responses, &built_in("gated"), &["A".into()], 7).unwrap()
}

/// A study of everything that a key of version 2 can say: drawn, masked, repeated, dealt out.
pub fn drawn() -> Blinded {
    drawn_of(&BTreeMap::new(), &[])
}

/// The same, with masks in the texts of a scenario: what a key of version 3 can say.
pub fn masked() -> Blinded {
    drawn_of(&scenario_masks(), &[])
}

/// The same, with masks in the instructions and a calibration item: what a key of version 4 can say.
pub fn masked_opening() -> Blinded {
    let text = |item: Option<&str>, part, number| MaskedOpening {
        item: item.map(ItemId::new),
        part,
        number,
        masks: vec![Mask { start: 0, end: 3, original: "😀\n\"".into() }],
    };
    let opening = [
        text(None, OpeningPart::Instructions, 0),
        text(Some("calibration-1"), OpeningPart::CommissionRisk, 2),
    ];
    drawn_of(&scenario_masks(), &opening)
}

fn scenario_masks() -> BTreeMap<String, Vec<MaskedPart>> {
    let part = |part, number, original: &str| MaskedPart {
        part,
        number,
        masks: vec![Mask { start: 2, end: 5, original: original.into() }],
    };
    let parts = vec![
        part(ScenarioPart::Prompt, 0, "a\u{0} 🩺"),
        part(ScenarioPart::CriticalAction, 1, "سؤا"),
    ];
    BTreeMap::from([("s1".to_owned(), parts)])
}

fn drawn_of(masked: &BTreeMap<String, Vec<MaskedPart>>, opening: &[MaskedOpening]) -> Blinded {
    let scenarios = ["s1", "s2"].map(scenario);
    let responses: Vec<Response> = scenarios
        .iter()
        .flat_map(|scenario| {
            (0..6).map(|rep_id| Response {
                origin: Origin { scenario_id: scenario.id.clone(), model_id: "m".into(), rep_id },
                text: format!("I am [model], answer {rep_id} to {}", scenario.id),
                filtered: false,
            })
        })
        .collect();
    let candidates: Vec<Candidate> = responses
        .iter()
        .map(|one| Candidate::new(one, &scenarios[0], [("omission".into(), 2)].into()))
        .collect();
    let share = study::Oversample { axis: "omission".into(), at_least: 2, share: 0.5 };
    let sampling = Sampling { repeats: 2, oversample: Some(share), ..Sampling::of_size(8) };
    let sample = draw_sample(&candidates, &sampling, 3).unwrap();
    let mask = Mask { start: 5, end: 9, original: "aster".into() };
    let prepared: Vec<Prepared> = sample
        .drawn
        .into_iter()
        .map(|drawn| Prepared {
            response: responses.iter().find(|one| one.origin == drawn.origin).unwrap().clone(),
            masks: vec![mask.clone()],
            inclusion_probability: Some(drawn.inclusion_probability),
            repeated: drawn.repeated,
        })
        .collect();
    blind_study(&Preparation {
        title: "Study",
        scenarios: &scenarios,
        masked,
        responses: &prepared,
        rubric: &built_in("gated"),
        instructions: "",
        calibration: &[],
        masked_opening: opening,
        raters: &["A", "B", "C"].map(String::from),
        lead: Some("C"),
        design: Design::PerItem { raters: 2 },
        sampling: Some(&sample.report),
        seed: 7,
    })
    .unwrap()
}

pub fn record_id(number: u32) -> RecordId {
    let text = format!("01890000-0000-7000-8000-{number:012}");
    serde_json::from_value(text.into()).unwrap()
}

/// The packet's ratings: every item graded on both axes, the last one abstained from.
pub fn ratings() -> Ratings {
    let packet = blinded().packets.remove(0);
    let mut records = Vec::new();
    let mut add = |item: &study::Item, change| {
        let number = records.len() as u32;
        let at = Timestamp::from_second(1_700_000_000 + i64::from(number)).unwrap();
        records.push(Record {
            id: record_id(number),
            at,
            item: item.id.clone(),
            change,
            reason: None,
        });
    };
    for (index, item) in (0..).zip(&packet.items) {
        add(item, Change::Grade { axis: "omission".into(), grade: Some(index) });
        add(item, Change::Grade { axis: "commission".into(), grade: Some(0) });
    }
    add(&packet.items[3], Change::Abstain { reason: Some("not my field".into()) });
    Ratings {
        study: packet.study,
        title: packet.title,
        packet: packet.packet,
        rater: packet.rater,
        name: "Dr Ånn".into(),
        exported_at: Timestamp::from_second(1_700_001_000).unwrap(),
        locked: None,
        rubric: packet.rubric,
        items: packet
            .items
            .into_iter()
            .map(|item| RateableItem { id: item.id, scenario: item.scenario, actions: 2 })
            .collect(),
        records,
        calibration: None,
        visits: Vec::new(),
    }
}
