//! A value somewhere in JSON changed, in a document or in one line of several.

use super::HOSTILE;
use crate::dice::Dice;
use serde_json::{Map, Value, json};
use study::Digest;

/// Stands around what no value can hold. It goes, with the quotes around it, when the value is written.
const RAW: &str = "primum-attack-raw";
/// Stands before the name that another field has already, and goes likewise.
const TWICE: &str = "primum-attack-twice";
/// Numbers as they are written.
const NUMBERS: [&str; 9] = [
    "-1",
    "1.5",
    "-0.0",
    "1e999",
    "1e-400",
    "99999999999999999999999999",
    "18446744073709551615",
    "0.1e1",
    "01",
];

/// A version of `text`, unless it is no JSON.
pub(super) fn mutated(text: &str, dice: &mut Dice) -> Option<(String, Vec<u8>)> {
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        let (what, text) = mutated_value(value, dice);
        return Some((what, text.into_bytes()));
    }
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = dice.below(lines.len());
    let value = serde_json::from_str(lines.get(at)?).ok()?;
    let (what, line) = mutated_value(value, dice);
    lines[at] = line;
    Some((format!("line {}: {what}", at + 1), lines.join("\n").into_bytes()))
}

fn mutated_value(mut value: Value, dice: &mut Dice) -> (String, String) {
    let depth = dice.below(9);
    let what = change(&mut value, depth, String::new(), dice);
    // Without a digest that fits, most changes of what we write would be found by it alone.
    let sealed = value.get("digest").is_some() && value.get("content").is_some() && dice.coin();
    if sealed {
        value["digest"] = json!(Digest::of(&value["content"]));
    }
    let text = value.to_string().replace(&format!("\"{RAW}"), "");
    let text = text.replace(&format!("{RAW}\""), "").replace(TWICE, "");
    (if sealed { format!("{what}, with a digest that fits") } else { what }, text)
}

/// Changes something at most `depth` below `value`, which is at `place`, and says what.
fn change(value: &mut Value, depth: usize, place: String, dice: &mut Dice) -> String {
    match value {
        Value::Object(fields) if depth > 0 && !fields.is_empty() => {
            let names: Vec<String> = fields.keys().cloned().collect();
            let name = dice.pick(&names).cloned().unwrap_or_default();
            change(&mut fields[&name], depth - 1, format!("{place}/{name}"), dice)
        }
        Value::Array(values) if depth > 0 && !values.is_empty() => {
            let at = dice.below(values.len());
            change(&mut values[at], depth - 1, format!("{place}/{at}"), dice)
        }
        Value::Object(fields) if dice.coin() => change_fields(fields, dice) + &place,
        Value::Array(values) if dice.coin() => change_list(values, dice) + &place,
        value => {
            let (what, new) = other(value, dice);
            *value = new;
            format!("{what} at {place}")
        }
    }
}

fn change_fields(fields: &mut Map<String, Value>, dice: &mut Dice) -> String {
    let names: Vec<String> = fields.keys().cloned().collect();
    let name = dice.pick(&names).cloned().unwrap_or_default();
    match dice.below(3) {
        0 => {
            fields.shift_remove(&name);
            format!("no `{name}` in ")
        }
        1 => {
            fields.insert("unknown\u{1b}[2J".into(), json!(1));
            "an unknown field in ".into()
        }
        _ => {
            let again = fields.get(&name).cloned().unwrap_or_default();
            fields.insert(format!("{TWICE}{name}"), again);
            format!("`{name}` twice in ")
        }
    }
}

fn change_list(values: &mut Vec<Value>, dice: &mut Dice) -> String {
    let at = dice.below(values.len());
    match dice.below(3) {
        _ if values.is_empty() => {
            values.push(json!(null));
            "null in the empty list ".into()
        }
        0 => {
            values.remove(at);
            format!("no value {at} in ")
        }
        1 => {
            values.push(values[at].clone());
            format!("value {at} twice in ")
        }
        _ => {
            values.reverse();
            "in reverse: ".into()
        }
    }
}

/// What may replace `value`, and what that is.
fn other(value: &Value, dice: &mut Dice) -> (String, Value) {
    let hostile = dice.pick(&HOSTILE).copied().unwrap_or_default();
    let number = dice.pick(&NUMBERS).copied().unwrap_or_default();
    let raw = |text: &str| json!(format!("{RAW}{text}{RAW}"));
    let lists = "[".repeat(5000) + &"]".repeat(5000);
    let (what, new) = match (dice.below(9), value) {
        (0, _) => ("null", json!(null)),
        (1, _) => ("true", json!(true)),
        (2, _) => ("an empty text", json!("")),
        (3, _) => ("an empty list", json!([])),
        (4, _) => ("an empty object", json!({})),
        (5, _) => ("100,000 letters", json!("x".repeat(100_000))),
        (6, _) => (number, raw(number)),
        (7, _) => ("5,000 lists in each other", raw(&lists)),
        (_, Value::String(text)) => {
            return (format!("{hostile:?} added"), json!(format!("{text}{hostile}")));
        }
        _ => return (format!("{hostile:?}"), json!(hostile)),
    };
    (what.into(), new)
}
