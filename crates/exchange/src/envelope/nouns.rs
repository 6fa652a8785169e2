//! What each of our formats is called in messages, and what to do where a file is of another.

/// What files of our formats are, for messages, and what to do where one is something else.
const NOUNS: [(&str, &str, &str); 10] = [
    ("packet", "a packet", "Give the packet as it was handed out, such as packet-A.primum-packet"),
    (
        "ratings",
        "a ratings file",
        "Give the file that the rater exported from Primum; ratings from a spreadsheet or another table come in by \
         `primum study ratings`",
    ),
    (
        "key",
        "a key",
        "Give the key as Primum wrote it, or a table of blind_id, scenario_id and model_id",
    ),
    ("scenario", "a scenario", "Give the scenarios as a table, or each as JSON"),
    ("rubric", "a rubric", "Name `gated` or `structured`, or give a rubric in JSON"),
    ("battery", "a battery of hypotheses", "Name `iatrobench`, or give a battery in JSON"),
    ("thresholds", "thresholds registered before unblinding", "Give thresholds in JSON"),
    ("calibration", "calibration items", "Give calibration items in JSON"),
    ("begun-study", "a study that was begun", PLAIN_TEXT),
    ("study-export", "an exported study", PLAIN_TEXT),
];

/// What a draft of a study is called, and what raters read first: files without a format of ours.
pub const DRAFT: &str = "a draft, as `primum study draft` writes it";
/// The same of instructions.
pub const INSTRUCTIONS: &str = "what raters read before the first item";
/// The same of what columns hold.
pub const COLUMN_LINES: &str = "a line such as item=ID for each field";

/// What to do where one of these is something else.
const WITHOUT_FORMAT: [(&str, &str); 3] = [
    (
        DRAFT,
        "Give the draft in JSON, such as draft.json; `primum study draft` makes one from a file of scenarios and one of \
         responses",
    ),
    (INSTRUCTIONS, "Copy the text into a plain text file, such as instructions.md, and give that"),
    (COLUMN_LINES, "Give a plain text file, as *Save columns…* writes it"),
];

/// What to do where some text is expected.
const PLAIN_TEXT: &str = "Check that it is the right file; only plain text is read here";

/// What a file is whose format is `tag`, such as `primum-packet/1`.
pub(super) fn noun_of(tag: &str) -> Option<&'static str> {
    let name = tag.trim_matches('`').strip_prefix("primum-")?.split('/').next()?;
    NOUNS.iter().find(|(known, ..)| *known == name).map(|(_, noun, _)| *noun)
}

/// What to do where `expected` is something else.
pub(crate) fn way_out(expected: &str) -> &'static str {
    let ours = NOUNS.iter().map(|(_, noun, way)| (*noun, *way));
    let mut all = ours.chain(WITHOUT_FORMAT);
    all.find(|(noun, _)| *noun == expected).map_or(PLAIN_TEXT, |(_, way)| way)
}
