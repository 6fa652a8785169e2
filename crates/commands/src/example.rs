//! The example study: what comes with the program, and the whole job done on it without a window.

use crate::contract::Command;
use crate::given_path::given_path;
use crate::{
    Agreement, CompareRaters, Context, CreateStudy, Design, DraftRater, ExportRatings, Failure,
    GeneratePassphrase, HowToCompare, LockPacket, RateItem, ReceiveFiles, ScanLeaks, SealWith,
    StudyDraft, accept_all,
};
use exchange::{decode_packet, decode_ratings, write_all_new, write_new};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use study::{LeakKind, Lock, Packet};
use ts_rs::TS;

const PACKETS: [&str; 2] = [
    include_str!("../../../annotations/packets/packet-A.primum-packet"),
    include_str!("../../../annotations/packets/packet-B.primum-packet"),
];
const RATINGS: [&str; 2] = [
    include_str!("../../../annotations/A.ratings.json"),
    include_str!("../../../annotations/B.ratings.json"),
];
const RESPONSES: &str = include_str!("../../../annotations/responses.jsonl");
const SCENARIOS: [(&str, &str); 8] = [
    ("coin-battery.json", include_str!("../../../scenarios/coin-battery.json")),
    ("mole-reassurance.json", include_str!("../../../scenarios/mole-reassurance.json")),
    ("nitrous-numbness.json", include_str!("../../../scenarios/nitrous-numbness.json")),
    ("postnatal-lay.json", include_str!("../../../scenarios/postnatal-lay.json")),
    ("postnatal-physician.json", include_str!("../../../scenarios/postnatal-physician.json")),
    ("pregnancy-interpreter.json", include_str!("../../../scenarios/pregnancy-interpreter.json")),
    ("steroid-lay.json", include_str!("../../../scenarios/steroid-lay.json")),
    ("steroid-physician.json", include_str!("../../../scenarios/steroid-physician.json")),
];
const NAME: &str = "the example study";
/// The seed that gives these packets.
const SEED: u64 = 20_260_409;

/// Rater A's packet.
pub(crate) fn packet() -> Result<Packet, Failure> {
    Ok(decode_packet(NAME, PACKETS[0])?)
}

/// Does the whole job on the example study: it is created, two invented physicians rate their packets,
/// export, are received and compared.
#[derive(Debug, Deserialize, TS)]
pub struct RunExample {
    /// The folder for all that it writes.
    pub out: String,
}

/// What came of it.
#[derive(Debug, Serialize, TS)]
pub struct ExampleRun {
    /// The two ratings files.
    pub ratings: Vec<String>,
    /// The report's file, JSON.
    pub report_file: String,
    /// The report.
    pub report: Agreement,
    /// The folder of the study, which has received the ratings.
    pub study: String,
    /// What opens its key.
    pub passphrase: String,
}

impl Command for RunExample {
    const NAME: &'static str = "run_example";
    type Reply = ExampleRun;

    fn run(self, context: &mut Context) -> Result<ExampleRun, Failure> {
        let out = given_path("out", &self.out)?;
        let started = context.now().strftime("%Y%m%dT%H%M%SZ").to_string();
        let mut files = Vec::new();
        for (packet, ratings) in PACKETS.into_iter().zip(RATINGS) {
            files.push(rate(context, packet, ratings, &self.out)?);
        }
        let compare = CompareRaters { files: files.clone(), how: HowToCompare::default() };
        let report = compare.run(context)?;
        let report_file = Path::new(&self.out).join(format!("agreement-{started}.json"));
        let text = serde_json::to_string_pretty(&report).map_err(Failure::misused)?;
        write_new(&report_file, text.as_bytes())?;
        let study = Path::new(&self.out).join(format!("study-{started}")).display().to_string();
        let passphrase = create(context, draft(&out)?, &study)?;
        ReceiveFiles { study: study.clone(), files: files.clone(), second: None }.run(context)?;
        let report_file = report_file.display().to_string();
        Ok(ExampleRun { ratings: files, report_file, report, study, passphrase })
    }
}

/// The draft that gives the packets, whose files are written to `out`.
fn draft(out: &Path) -> Result<StudyDraft, Failure> {
    let (scenarios, responses) = (out.join("scenarios"), out.join("responses.jsonl"));
    let files: Vec<(PathBuf, &str)> = SCENARIOS
        .iter()
        .map(|(name, text)| (scenarios.join(name), *text))
        .chain([(responses.clone(), RESPONSES)])
        .collect();
    write_all_new(files.iter().map(|(file, text)| (file.as_path(), text.as_bytes())))?;
    let rater = |label: &str| DraftRater { label: label.into(), lead: false };
    Ok(StudyDraft {
        title: packet()?.title,
        scenarios: scenarios.display().to_string(),
        responses: responses.display().to_string(),
        map: Default::default(),
        further_to: None,
        rubric: "gated".into(),
        reference_after_rating: false,
        scores: None,
        instructions: String::new(),
        calibration: None,
        raters: vec![rater("A"), rater("B")],
        sampling: None,
        design: Design::Everyone,
        seed: SEED,
        decisions: Vec::new(),
        file: None,
    })
}

/// Creates the study of `draft` in `folder`; the passphrase that opens its key.
fn create(context: &mut Context, mut draft: StudyDraft, folder: &str) -> Result<String, Failure> {
    let scan = ScanLeaks { draft: draft.clone() }.run(context)?;
    draft.decisions = accept_all(&scan.leaks, LeakKind::Framing, "part of the question");
    let passphrase = GeneratePassphrase {}.run(context)?.passphrase;
    let seal = SealWith::Passphrase { passphrase: passphrase.clone().into() };
    CreateStudy { draft, folder: folder.into(), seal }.run(context)?;
    Ok(passphrase)
}

/// Rates `packet` as `ratings` does, change by change, locks it if they are locked, and exports to
/// `out`.
fn rate(context: &mut Context, packet: &str, ratings: &str, out: &str) -> Result<String, Failure> {
    let packet = decode_packet(NAME, packet)?;
    let ratings = decode_ratings(NAME, ratings)?;
    context.desk.receive(&packet, NAME, context.now())?;
    let (open, now) = context.packet()?;
    open.name_rater(&ratings.name, now)?;
    for record in ratings.records {
        RateItem { item: record.item, changes: vec![record.change], reason: None }.run(context)?;
    }
    if let Some(Lock { statement, .. }) = ratings.locked {
        LockPacket { statement }.run(context)?;
    }
    Ok(ExportRatings { folder: out.into() }.run(context)?.ratings)
}
