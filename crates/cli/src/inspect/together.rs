//! What several files that are looked at together are for: their commands name each other.

use commands::{FileInspected, Holding, OTHER_FILE, SCENARIOS, Together, draft_command, quoted};

const JUDGE: &str = "primum judge";

/// Where several files can be compared, each one's command names the others, and judges are set beside humans.
pub(super) fn compare(found: &mut [FileInspected]) {
    let comparable = |one: &&FileInspected| {
        one.refused.is_none() && one.next.iter().any(|next| next.contains(OTHER_FILE))
    };
    let (judges, humans): (Vec<&FileInspected>, Vec<&FileInspected>) =
        found.iter().filter(comparable).partition(|one| one.is_judge);
    let names = |files: Vec<&FileInspected>| -> Vec<String> {
        files.into_iter().map(|one| quoted(&one.file)).collect()
    };
    let together = Together::of(&humans.iter().chain(&judges).copied().collect::<Vec<_>>());
    let (humans, judges) = (names(humans), names(judges));
    let files: Vec<&String> = humans.iter().chain(&judges).collect();
    if files.len() < 2 {
        return;
    }
    let beside = (!humans.is_empty() && !judges.is_empty())
        .then(|| format!("{JUDGE} --human {} --judge {}", humans.join(" "), judges.join(" ")));
    for one in found.iter_mut() {
        if comparable(&&*one) {
            say_together(&together, one);
        }
        let own = quoted(&one.file);
        let others: Vec<&str> =
            files.iter().filter(|file| ***file != own).map(|file| file.as_str()).collect();
        let asks = |next: &String| next.starts_with(JUDGE) && next.contains(OTHER_FILE);
        // Which of several is the judge is said only where one is called so.
        one.next.retain(|next| beside.is_some() || files.len() == 2 || !asks(next));
        for next in &mut one.next {
            if let Some(judge) = beside.as_ref().filter(|_| asks(next)) {
                *next = format!("{judge}{}", together.options);
            }
            *next = next.replace(OTHER_FILE, &others.join(" "));
        }
    }
}

/// Has the commands that compare this file with others declare what all of them need.
fn say_together(together: &Together, one: &mut FileInspected) {
    let mut next = std::mem::take(&mut one.next);
    for command in next.iter_mut().filter(|command| command.contains(OTHER_FILE)) {
        together.say_in(command, one);
    }
    one.next = next;
    let new = together.notes.iter().filter(|note| !one.notes.contains(note)).cloned();
    one.notes.extend(new.collect::<Vec<_>>());
}

/// Where one file holds scenarios and another responses, one command drafts a study of both.
pub(super) fn draft(found: &mut [FileInspected]) {
    let Some((scenarios, responses)) = texts(found) else { return };
    let of_scenarios = map(&found[scenarios], Holding::Scenarios);
    let of_responses = joined(&found[responses], &of_scenarios);
    let table = quoted(&found[scenarios].file);
    let both: Vec<String> = of_responses.iter().chain(&of_scenarios).cloned().collect();
    let draft = draft_command(&table, &quoted(&found[responses].file), &both);
    for at in [scenarios, responses] {
        found[at].next.retain(|next| !next.starts_with("primum study draft"));
        found[at].next.push(draft.clone());
    }
    let said: String = of_scenarios.iter().map(|said| format!(" --map {}", quoted(said))).collect();
    let (unknown, known) =
        (format!("--scenarios {SCENARIOS}"), format!("--scenarios {table}{said}"));
    for next in found.iter_mut().flat_map(|one| &mut one.next) {
        *next = next.replace(&unknown, &known);
    }
}

/// The file of scenarios and the file of responses, if there is one of each. One that may be either is what the
/// other file leaves.
fn texts(found: &[FileInspected]) -> Option<(usize, usize)> {
    let only_one = |holding: Holding, other: Option<usize>| {
        let holds = |at: &usize| found[*at].texts.iter().any(|text| text.holding == holding);
        let these: Vec<usize> =
            (0..found.len()).filter(|at| Some(*at) != other && holds(at)).collect();
        let sure: Vec<usize> =
            these.iter().copied().filter(|at| found[*at].texts.len() == 1).collect();
        match (these[..].as_ref(), sure[..].as_ref()) {
            ([one], _) | (_, [one]) => Some(*one),
            _ => None,
        }
    };
    let responses = only_one(Holding::Responses, None);
    let scenarios = only_one(Holding::Scenarios, responses)?;
    Some((scenarios, responses.or_else(|| only_one(Holding::Responses, Some(scenarios)))?))
}

/// What has to be said of the columns of a file that holds this.
fn map(file: &FileInspected, holding: Holding) -> Vec<String> {
    let text = file.texts.iter().find(|text| text.holding == holding);
    text.map(|text| text.map.clone()).unwrap_or_default()
}

/// The same of responses beside scenarios: a column of both tables, by its name, is the scenario.
fn joined(responses: &FileInspected, of_scenarios: &[String]) -> Vec<String> {
    let mut said = map(responses, Holding::Responses);
    let id = of_scenarios.iter().find_map(|said| said.strip_prefix("id="));
    let Some(id) = id.filter(|id| !id.eq_ignore_ascii_case("id")) else { return said };
    let is_there = responses.columns.iter().any(|column| column.name == id.trim_matches('"'));
    if let Some(scenario) =
        said.iter_mut().find(|said| said.starts_with("scenario_id=")).filter(|_| is_there)
    {
        *scenario = format!("scenario_id={id}");
    }
    said
}
