//! `primum study draft`.

use crate::reading::{Mapped, of_draft};
use crate::terminal::print;
use anyhow::{Context, bail};
use clap::ValueEnum;
use commands::{
    Balance, Design, DraftFile, DraftRater, Oversample, Sampling, ShowStudy, StudyDraft, StudyView,
    read_instructions,
};
use std::path::PathBuf;

#[derive(clap::Args)]
#[command(mut_arg("map", of_draft))]
pub(crate) struct Arguments {
    /// Draft items for this running study, its file or folder: title, rubric and raters are the study's.
    #[arg(long, value_name = "STUDY", conflicts_with_all = ["title", "lead", "instructions", "calibration", "reference_after_rating"])]
    further: Option<String>,
    /// The study's name, as raters see it.
    #[arg(long, required_unless_present = "further")]
    title: Option<String>,
    /// The folder of scenarios, a table of them, or a log that says what was asked.
    #[arg(long)]
    scenarios: String,
    /// The responses: a table, JSON, or a log of Inspect, HELM, lm-evaluation-harness, openai/evals or
    /// promptfoo.
    #[arg(long)]
    responses: String,
    #[command(flatten)]
    map: Mapped,
    /// gated, structured, or a rubric's file.
    #[arg(long, required_unless_present = "further")]
    rubric: Option<String>,
    /// Show raters a reference answer only after they have rated every response to its scenario.
    #[arg(long)]
    reference_after_rating: bool,
    /// The raters' labels, separated by commas [default with --further: every rater of the study].
    #[arg(long, value_delimiter = ',', required_unless_present = "further")]
    raters: Vec<String>,
    /// Which of them is the lead author, who has to lock before the key is opened.
    #[arg(long)]
    lead: Option<String>,
    /// Automated scores, to draw more of the high ones.
    #[arg(long)]
    scores: Option<String>,
    /// A text, Markdown, that raters read before the first item.
    #[arg(long, value_name = "FILE")]
    instructions: Option<PathBuf>,
    /// Calibration items, which raters rate before the study and which do not count.
    #[arg(long, value_name = "FILE")]
    calibration: Option<String>,
    /// How many responses to draw [default: all].
    #[arg(long)]
    size: Option<u32>,
    /// Numbers over the models [default: equal].
    #[arg(long, value_enum, requires = "size")]
    models: Option<Spread>,
    /// Numbers over the categories [default: proportional].
    #[arg(long, value_enum, requires = "size")]
    categories: Option<Spread>,
    /// A share of the sample for high automated scores, such as omission>=2:0.3.
    #[arg(long, value_parser = parse_oversample, requires_all = ["size", "scores"])]
    oversample: Option<Oversample>,
    /// Whether the framings of a pair are drawn together or not at all [default: together].
    #[arg(long, value_enum, requires = "size")]
    pairs: Option<Pairs>,
    /// Draw at least this many filtered responses.
    #[arg(long, value_name = "N", requires = "size")]
    filtered_at_least: Option<u32>,
    /// Show this many of the drawn responses twice to each rater who has them.
    #[arg(long, value_name = "N", requires = "size")]
    repeats: Option<u32>,
    /// How many raters rate each item [default: all].
    #[arg(long, value_name = "K")]
    raters_per_item: Option<u32>,
    /// The seed of the sample, of identifiers and orders [default: random, printed].
    #[arg(long)]
    seed: Option<u64>,
    /// The draft's file.
    #[arg(long)]
    out: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Spread {
    Equal,
    Proportional,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Pairs {
    Together,
    Split,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let out = arguments.out.clone();
    let draft = arguments.draft()?;
    let seed = draft.seed;
    draft.check_files()?;
    DraftFile::create(&out, &draft)?;
    let out = out.display();
    print(&format!("draft  {out}\nseed   {seed}\nnext   primum study check {out}\n"))
}

impl Arguments {
    fn draft(self) -> anyhow::Result<StudyDraft> {
        let running = self.further.as_ref().map(|study| running(study)).transpose()?;
        let mut labels: Vec<String> = self.raters.iter().map(|label| label.trim().into()).collect();
        if let Some(study) = running.as_ref().filter(|_| labels.is_empty()) {
            labels = study.raters.iter().map(|rater| rater.label.clone()).collect();
        }
        let rubric = match (self.rubric.clone(), &running) {
            (Some(rubric), _) => rubric,
            (None, Some(StudyView { built_in_rubric: Some(rubric), .. })) => rubric.clone(),
            (None, _) => {
                bail!("--rubric: found nothing; expected the file of the study's own rubric")
            }
        };
        if let Some(lead) = self.lead.as_ref().filter(|lead| !labels.contains(lead)) {
            bail!("--lead {lead}: expected one of the raters {}", labels.join(", "));
        }
        let rater = |label: String| DraftRater { lead: Some(&label) == self.lead.as_ref(), label };
        let instructions = match &self.instructions {
            Some(file) => read_instructions(file)?,
            None => String::new(),
        };
        let mut draft = StudyDraft {
            sampling: self.sampling(),
            raters: labels.into_iter().map(rater).collect(),
            title: self.title.or(running.map(|study| study.title)).unwrap_or_default(),
            scenarios: self.scenarios,
            responses: self.responses,
            map: self.map.said()?,
            rubric,
            reference_after_rating: self.reference_after_rating,
            further_to: self.further,
            scores: self.scores,
            instructions,
            calibration: self.calibration,
            design: match self.raters_per_item {
                None => Design::Everyone,
                Some(raters) => Design::PerItem { raters },
            },
            seed: match self.seed {
                Some(seed) => seed,
                None => u64::from(getrandom::u32().context("a random seed")?),
            },
            decisions: Vec::new(),
            file: None,
        };
        for (_, path) in draft.paths().filter(|(_, path)| !path.is_empty()) {
            *path = std::path::absolute(&*path)?.display().to_string();
        }
        Ok(draft)
    }

    fn sampling(&self) -> Option<Sampling> {
        let mut sampling = Sampling::of_size(self.size?);
        if let Some(models) = self.models {
            sampling.models = models.into();
        }
        if let Some(categories) = self.categories {
            sampling.categories = categories.into();
        }
        sampling.oversample = self.oversample.clone();
        sampling.pairs_together = self.pairs != Some(Pairs::Split);
        sampling.filtered_at_least = self.filtered_at_least.unwrap_or_default();
        sampling.repeats = self.repeats.unwrap_or_default();
        Some(sampling)
    }
}

/// The study that the items are for.
fn running(study: &str) -> anyhow::Result<StudyView> {
    super::ask(ShowStudy { study: study.to_owned() })
}

impl From<Spread> for Balance {
    fn from(spread: Spread) -> Self {
        match spread {
            Spread::Equal => Self::Equal,
            Spread::Proportional => Self::Proportional,
        }
    }
}

fn parse_oversample(text: &str) -> Result<Oversample, String> {
    let expected =
        || format!("found `{text}`; expected AXIS>=GRADE:SHARE, such as omission>=2:0.3");
    let (axis, rest) = text.split_once(">=").ok_or_else(expected)?;
    let (grade, share) = rest.split_once(':').ok_or_else(expected)?;
    Ok(Oversample {
        axis: axis.trim().into(),
        at_least: grade.trim().parse().map_err(|_| expected())?,
        share: share.trim().parse().map_err(|_| expected())?,
    })
}
