//! `primum study scan`.

use crate::measure::count;
use crate::terminal::answer;
use clap::ValueEnum;
use commands::{
    CalibrationPart, Certainty, DraftFile, Leak, LeakDecision, LeakKind, LeakPlace, LeakScan,
    ListTexts, ScanLeaks, ScenarioPart, TextLine,
};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The draft.
    draft: PathBuf,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// What a leak gives away.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Kind {
    /// The name of one of the study's own models, or of its vendor.
    StudyName,
    /// A model that says who it is or who made it.
    SelfIdentification,
    /// The name of some model or vendor.
    Name,
    /// Until when a model knows the world.
    KnowledgeCutoff,
    /// What a chat template, a program or a web page left.
    Metadata,
    /// A turn of phrase of one vendor's models.
    Boilerplate,
    /// Words of a prompt that say who asks.
    Framing,
}

impl From<Kind> for LeakKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::StudyName => Self::StudyName,
            Kind::SelfIdentification => Self::SelfIdentification,
            Kind::Name => Self::Name,
            Kind::KnowledgeCutoff => Self::KnowledgeCutoff,
            Kind::Metadata => Self::Metadata,
            Kind::Boilerplate => Self::Boilerplate,
            Kind::Framing => Self::Framing,
        }
    }
}

fn kind_name(kind: LeakKind) -> &'static str {
    match kind {
        LeakKind::StudyName => "study-name",
        LeakKind::SelfIdentification => "self-identification",
        LeakKind::Name => "name",
        LeakKind::KnowledgeCutoff => "knowledge-cutoff",
        LeakKind::Metadata => "metadata",
        LeakKind::Boilerplate => "boilerplate",
        LeakKind::Framing => "framing",
        LeakKind::ByHand => "by-hand",
    }
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let draft = DraftFile::open(&arguments.draft)?.draft();
    let further = draft.further_to.is_some();
    let scan = super::ask(ScanLeaks { draft: draft.clone() })?;
    let listed = super::ask(ListTexts { draft, with: String::new() })?;
    answer(arguments.json, &scan, |scan| {
        text(scan, &listed.texts) + &next(scan, &arguments.draft.display().to_string(), further)
    })
}

/// The leaks of a scan that are still to be decided.
pub(super) fn undecided(scan: &LeakScan) -> impl Iterator<Item = &Leak> {
    scan.undecided.iter().map(|place| &scan.leaks[*place as usize])
}

/// How many leaks `decisions` settle; a text that occurs twice is decided once.
pub(super) fn settled(scan: &LeakScan, decisions: &[LeakDecision]) -> usize {
    let decided = |leak: &&Leak| decisions.iter().any(|decision| decision.leak == leak.id);
    undecided(scan).filter(decided).count()
}

/// What the lead author does next.
fn next(scan: &LeakScan, draft: &str, further: bool) -> String {
    let Some(first) = undecided(scan).next() else {
        return match further {
            true => format!(
                "next   primum study add-items {draft} --by NAME --reason REASON --generate\n"
            ),
            false => format!("next   primum study create {draft} --folder FOLDER --generate\n"),
        };
    };
    let words = first.matched.split_whitespace().collect::<Vec<_>>().join(" ");
    let kind = kind_name(first.id.kind);
    format!(
        "next   primum study mask {draft} --words \"{words}\"\n\
         or     primum study accept {draft} --kind {kind} --words \"{words}\" --reason REASON\n"
    )
}

fn text(scan: &LeakScan, texts: &[TextLine]) -> String {
    let mut text = String::new();
    for leak in undecided(scan) {
        let certainty = match leak.certainty {
            Certainty::Certain => "certain",
            Certainty::Likely => "likely",
            Certainty::Possible => "possible",
        };
        let _ = writeln!(
            text,
            "{certainty}, {}, in {}: {}\n  {}",
            kind_name(leak.id.kind),
            place(&leak.place, texts),
            leak.reason,
            marked(leak)
        );
    }
    let mut kinds: BTreeMap<LeakKind, [usize; 2]> = BTreeMap::new();
    scan.leaks.iter().for_each(|leak| kinds.entry(leak.id.kind).or_default()[0] += 1);
    undecided(scan).for_each(|leak| kinds.entry(leak.id.kind).or_default()[1] += 1);
    let _ = writeln!(text, "{:<28} {:>8} {:>10}", "kind", "found", "undecided");
    for (kind, [found, open]) in kinds {
        let _ = writeln!(text, "  {:<26} {found:>8} {open:>10}", kind_name(kind));
    }
    let _ = writeln!(text, "  {:<26} {:>8} {:>10}", "all", scan.leaks.len(), scan.undecided.len());
    if !scan.not_searched.is_empty() {
        let names = scan.not_searched.join(", ");
        let _ = writeln!(
            text,
            "Note: texts were not searched for {names}: ordinary words, which every text may hold"
        );
    }
    for left in &scan.left {
        let _ = writeln!(
            text,
            "Note: \u{201c}{}\u{201d} is masked by hand and stands unmasked in {}",
            left.words,
            count(left.places.into(), "other place")
        );
    }
    if scan.strays > 0 {
        let strays = count(scan.strays.into(), "decision");
        let _ = writeln!(text, "Note: about texts that are not there: {strays}");
    }
    text
}

fn place(place: &LeakPlace, texts: &[TextLine]) -> String {
    match place {
        LeakPlace::Response { response } => {
            let listed = texts.iter().find(|line| line.place == *place);
            let scenario = listed.map(|line| format!(", to {}", line.scenario));
            format!("response {}{}", response + 1, scenario.unwrap_or_default())
        }
        LeakPlace::Instructions {} => "the instructions".into(),
        LeakPlace::Calibration { item, part } => {
            let part = match part {
                CalibrationPart::Scenario => "scenario",
                CalibrationPart::Response => "response",
                CalibrationPart::Discussion => "discussion",
            };
            format!("the {part} of calibration item {}", item + 1)
        }
        LeakPlace::Scenario { scenario, number, role: Some(role), .. } => {
            format!("turn {} ({}) of {scenario}", number + 1, role.label().to_lowercase())
        }
        LeakPlace::Scenario { scenario, part, .. } => {
            let part = match part {
                ScenarioPart::SystemPrompt => "system prompt",
                ScenarioPart::Prompt => "prompt",
                ScenarioPart::ReferenceAnswer => "reference answer",
                ScenarioPart::CriticalAction => "critical action",
                ScenarioPart::CommissionRisk => "commission risk",
            };
            format!("the {part} of {scenario}")
        }
    }
}

/// The sentence on one line, with the words between brackets.
fn marked(leak: &Leak) -> String {
    let characters = || leak.sentence.chars();
    let (from, length) = (leak.offset as usize, leak.matched.chars().count());
    let before: String = characters().take(from).collect();
    let after: String = characters().skip(from + length).collect();
    let line = format!("{before}\u{27e8}{}\u{27e9}{after}", leak.matched);
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}
