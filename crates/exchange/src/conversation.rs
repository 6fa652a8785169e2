//! Prompts as programs write them: a text, or turns, whose roles, fields and parts have several names. A
//! text that holds a list of turns is that list.

use crate::{Error, Spot, parse_json};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::path::Path;
use study::{Prompt, Role};

const ROLE: [&str; 2] = ["role", "from"];
const CONTENT: [&str; 3] = ["content", "value", "text"];

/// The prompt in `value`, which is that of `field` at the `place` in `file`.
pub(crate) fn prompt(file: &Path, place: Spot, field: &str, value: Value) -> Result<Prompt, Error> {
    let value = match value {
        Value::String(text) if starts_as_turns(&text) => {
            serde_json::from_str(&text).map_err(|_| {
                let found = "a list of turns that is broken or cut off";
                Error::field(file, place.clone(), field, found, "JSON")
            })?
        }
        Value::String(text) => one_turn(text),
        value => value,
    };
    let turns = match value {
        Value::Array(turns) => Value::Array(turns.into_iter().map(turn).collect()),
        one @ Value::Object(_) => Value::Array(vec![turn(one)]),
        Value::Null => return Err(Error::field(file, place, field, "nothing", "a prompt")),
        text => text,
    };
    let read = read(file, turns).map_err(|why| why.placed(place).renamed("prompt", field))?;
    Ok(only_question(read))
}

fn read(file: &Path, prompt: Value) -> Result<Prompt, Error> {
    #[derive(Deserialize)]
    struct Asked {
        prompt: Prompt,
    }
    let asked = json!({ "prompt": prompt }).to_string();
    parse_json::<Asked>(file, &asked, "a prompt").map(|asked| asked.prompt)
}

/// A text that is one turn without its list is that turn.
fn one_turn(text: String) -> Value {
    match serde_json::from_str::<Map<String, Value>>(&text) {
        Ok(turn) if are_turns(&[Value::Object(turn.clone())]) => Value::Object(turn),
        _ => Value::String(text),
    }
}

/// Whether a list of objects is of turns.
pub(crate) fn are_turns(list: &[Value]) -> bool {
    list.first().is_some_and(|first| ROLE.iter().any(|name| first.get(name).is_some()))
}

/// Whether a text can only be a list of turns: its first entry begins with a field of a turn.
fn starts_as_turns(text: &str) -> bool {
    let object = text.trim_start().strip_prefix('[').map(str::trim_start);
    let name = object.and_then(|object| object.strip_prefix('{')).map(str::trim_start);
    let name = name.and_then(|name| name.strip_prefix('"')).and_then(|name| name.split_once('"'));
    name.is_some_and(|(name, _)| ROLE.contains(&name) || CONTENT.contains(&name))
}

/// A turn with our names, and without what else programs keep of it. A call of a tool stays, to be refused.
fn turn(value: Value) -> Value {
    let Value::Object(mut fields) = value else { return value };
    let mut turn = Map::new();
    let mut take = |ours: &str, names: &[&str]| {
        let found = names.iter().find_map(|name| fields.remove(*name));
        turn.extend(found.map(|value| (ours.to_owned(), value)));
    };
    take("role", &ROLE);
    take("content", &CONTENT);
    let calls =
        fields.remove("tool_calls").filter(|calls| *calls != Value::Null && *calls != json!([]));
    turn.extend(calls.map(|calls| ("tool_calls".to_owned(), calls)));
    if let Some(Value::Array(parts)) = turn.get_mut("content") {
        parts.iter_mut().for_each(reduce_part);
    }
    Value::Object(turn)
}

/// Leaves of a part its kind, and the text where it is one.
fn reduce_part(part: &mut Value) {
    let kind = match part["type"].as_str() {
        Some("text" | "input_text" | "output_text") => {
            *part = json!({ "type": "text", "text": part["text"] });
            return;
        }
        kind => kind.map(ToOwned::to_owned),
    };
    if let Some(kind) = kind {
        *part = json!({ "type": kind });
    }
}

/// What the user alone says in one turn is a text.
fn only_question(prompt: Prompt) -> Prompt {
    match prompt.turns() {
        Some([only]) if only.role == Role::User => Prompt::Text(only.content.clone()),
        _ => prompt,
    }
}
