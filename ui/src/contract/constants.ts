// Generated from crates/commands/src/contract/constants.rs. Do not edit.

/** What a mask writes where no other words are given. */
export const MASKED = "[masked]";

/** The fewest characters of a passphrase. */
export const SHORTEST_PASSPHRASE = 12;

/** What the label of a rater may be, as it names a file. */
export const LABEL = /^[\p{Alphabetic}\p{N}\-_ ]+$/u;

/** The most characters of a label. */
export const LONGEST_LABEL = 50;

/** The files of a study's export, and what each is for. */
export const EXPORTS = [
  { name: "ratings.csv", use: "One row per grade, as each rater locked it; repeats under their own item. For any statistics program.", when: "always" },
  { name: "ratings.parquet", use: "The same as Parquet, with a type for each column. It has a row also where there is no grade, and times, flag and reason for abstaining.", when: "always" },
  { name: "ratings_wide.csv", use: "The grades with one row per item, and a column for each rater on each axis.", when: "always" },
  { name: "answers.csv", use: "One row per rater and item: times, flag, reason for abstaining, and the answers beside the grades.", when: "always" },
  { name: "notes.csv", use: "What raters wrote. Spreadsheets cut a cell at 32,767 characters.", when: "always" },
  { name: "actions.csv", use: "One row per critical action and rater.", when: "always" },
  { name: "passages.csv", use: "The words of responses that raters quoted for an action or marked as an error, and how grave it is.", when: "always" },
  { name: "adjudicated.csv", use: "One grade per item and axis: decided, agreed, or empty where it is still undecided.", when: "always" },
  { name: "calibration.csv", use: "Each rater’s first grades of the calibration items beside the shared ones.", when: "calibrated" },
  { name: "items.csv", use: "Where each item came from, and with what probability it was drawn. Joins the others by item.", when: "opened" },
  { name: "log.csv", use: "What happened to the study, and when: files received, raters added, the key opened.", when: "always" },
  { name: "codebook.csv", use: "What each column of these tables holds: its type, its levels in order with labels, its meaning.", when: "always" },
  { name: "texts.jsonl", use: "What raters read: prompt, reference answer and response, one item per line. They are not cut.", when: "always" },
  { name: "study.json", use: "Everything: every record, decision and log entry, and the key once it is open. For the archive.", when: "always" },
  { name: "kappa.R", use: "Reads ratings.csv and computes kappa in R, to check the figures given here.", when: "always" },
  { name: "kappa.py", use: "The same in Python.", when: "always" },
  { name: "label_studio.json", use: "The items as tasks for Label Studio, with each rater’s grades as a prediction.", when: "always" },
  { name: "label_studio.xml", use: "The labelling configuration for these tasks: the axes as choices.", when: "always" },
  { name: "redcap_dictionary.csv", use: "The rubric as a data dictionary, to collect ratings in REDCap.", when: "always" },
  { name: "inspect_scores.json", use: "Each rater’s grades as scores of the samples of an Inspect log.", when: "opened" },
  { name: "inspect_scores.py", use: "Adds these scores to a copy of a log.", when: "opened" },
] as const;
