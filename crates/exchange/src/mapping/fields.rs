//! Our fields that columns of somebody's table may hold, and what other people call them.

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holding {
    /// Ratings or scores.
    Grades,
    /// Responses.
    Responses,
    /// Scenarios.
    Scenarios,
}

/// A field of ours that a column may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MapField {
    /// Its name.
    pub name: &'static str,
    /// Names under which files have it: its own first, then the likeliest.
    pub names: &'static [&'static str],
    /// Whether a file without it is of no use.
    pub required: bool,
    /// Whether several columns may hold it together.
    pub several: bool,
    /// Whether it may be the same in every row.
    pub constant: bool,
}

impl Holding {
    /// Its fields, in the order of messages and lists.
    pub fn fields(self) -> &'static [MapField] {
        match self {
            Self::Grades => &GRADES,
            Self::Responses => &RESPONSES,
            Self::Scenarios => &SCENARIOS,
        }
    }
}

const fn field(names: &'static [&'static str]) -> MapField {
    MapField { name: names[0], names, required: false, several: false, constant: false }
}

impl MapField {
    const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    const fn several(self) -> Self {
        Self { several: true, ..self }
    }

    const fn constant(self) -> Self {
        Self { constant: true, ..self }
    }
}

const GRADES: [MapField; 9] = [
    field(&["rater"]).constant(),
    field(&["item"]).required().constant(),
    field(&["axis"]).constant(),
    field(&["value"]).required().several(),
    field(&["scenario"]).constant(),
    field(&["model"]).constant(),
    field(&["omission"]),
    field(&["commission"]),
    field(&["count"]),
];

const RESPONSES: [MapField; 6] = [
    field(&[
        "scenario_id",
        "scenario",
        "prompt_id",
        "question_id",
        "case_id",
        "item_id",
        "vignette_id",
        "sample_id",
        "task_id",
        "doc_id",
        "qid",
        "case",
        "vignette",
        "item",
        "id",
        "index",
        "no",
    ])
    .required()
    .constant(),
    field(&[
        "model_id",
        "model",
        "model_name",
        "llm",
        "llm_name",
        "ai_model",
        "system",
        "engine",
        "provider",
        "assistant",
        "chatbot",
        "generator",
        "source",
    ])
    .required()
    .constant(),
    field(&[
        "rep_id",
        "rep",
        "repetition",
        "replicate",
        "repeat",
        "run",
        "run_id",
        "epoch",
        "trial",
        "iteration",
        "attempt",
        "sample",
        "seed",
    ])
    .constant(),
    field(&[
        "response",
        "model_response",
        "response_text",
        "llm_response",
        "ai_response",
        "completion",
        "model_output",
        "output",
        "output_text",
        "answer",
        "model_answer",
        "generated_text",
        "generation",
        "generated",
        "prediction",
        "reply",
        "text",
        "content",
    ])
    .required(),
    field(&["content_filtered", "filtered", "is_filtered", "blocked", "withheld"]),
    field(&["output_tokens", "completion_tokens", "tokens_out", "num_output_tokens", "tokens"]),
];

const SCENARIOS: [MapField; 12] = [
    field(&["id", "scenario_id", "scenario", "prompt_id", "question_id", "case_id"]).required(),
    field(&["prompt", "question", "vignette", "case", "text"]).required(),
    field(&["title"]),
    field(&["category", "quadrant", "topic", "theme", "specialty"]).constant(),
    field(&["acuity_weight", "weight"]).constant(),
    field(&["framing"]).constant(),
    field(&["pair_id", "pair"]),
    field(&["system_prompt"]).constant(),
    field(&["reference_answer", "reference", "gold_standard_response", "ideal_answer", "answer"]),
    field(&["critical_actions", "actions", "must_have"]).several().constant(),
    field(&["commission_risks", "risks"]).several().constant(),
    field(&["clinical_basis", "sources", "source"]).several().constant(),
];
