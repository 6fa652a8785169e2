//! `primum rpc`.

use crate::support::{primum_told, succeeds};
use serde_json::{Value, json};
use testing::{annotation, names};

/// The replies to `requests`, one per line.
fn talk(folder: &std::path::Path, requests: &[String]) -> Vec<Value> {
    let run = succeeds(primum_told(folder, &["rpc", "--data", "data"], requests.join("\n")));
    run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn request(name: &str, arguments: Value) -> String {
    json!({ "name": name, "arguments": arguments }).to_string()
}

#[test]
fn commands_are_answered_in_order_and_kept_for_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let packet =
        exchange::read_packet(std::path::Path::new(&annotation("packets/packet-A.primum-packet")))
            .unwrap();
    let item = packet.items[0].id.as_str();
    let grade = json!([{ "part": "grade", "axis": "omission", "grade": 2 }]);
    let replies = talk(
        folder.path(),
        &[
            request("open_packet", json!({ "path": annotation("packets/packet-A.primum-packet") })),
            request("rate_item", json!({ "item": item, "changes": grade })),
            request("show_item", json!({ "item": item })),
        ],
    );
    assert_eq!(replies.len(), 3);
    assert_eq!(replies[0]["ok"]["progress"]["total"], 24);
    assert_eq!(replies[1]["ok"]["summary"]["status"], "started");
    assert_eq!(replies[2]["ok"]["rating"]["grades"]["omission"], 2);

    let replies = talk(
        folder.path(),
        &[
            request("list_packets", json!({})),
            request("resume_packet", json!({ "packet": packet.packet })),
        ],
    );
    assert_eq!(replies[0]["ok"]["packets"][0]["progress"]["started"], 1);
    assert_eq!(replies[1]["ok"]["last_shown"], item);
    assert_eq!(names(folder.path()), ["data"], "everything lies in the folder that was named");
}

#[test]
fn arguments_may_be_left_out_where_there_are_none() {
    let folder = tempfile::tempdir().unwrap();
    let replies = talk(folder.path(), &[r#"{"name": "list_packets"}"#.into()]);
    assert_eq!(replies, [json!({ "ok": { "packets": [], "unreadable": [] } })]);
}

#[test]
fn a_line_that_is_wrong_is_answered_and_the_next_one_is_too() {
    let folder = tempfile::tempdir().unwrap();
    let replies = talk(
        folder.path(),
        &[
            "hello".into(),
            "{}".into(),
            request("dance", json!({})),
            request("show_item", json!({ "item": "x" })),
            request("open_packet", json!({ "path": annotation("key.json") })),
            request("list_packets", json!({})),
        ],
    );
    let kinds: Vec<&str> =
        replies.iter().map(|reply| reply["error"]["kind"].as_str().unwrap_or("ok")).collect();
    assert_eq!(kinds, ["misused", "misused", "misused", "misused", "refused", "ok"]);
    assert_eq!(replies[2]["error"]["message"], "no command is called `dance`");
}

#[test]
fn a_line_that_is_no_text_or_has_no_end_is_answered_and_the_next_one_is_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut lines = b"{\"name\": \"\xff\"}\n".to_vec();
    lines.resize(lines.len() + (17 << 20), b'x');
    lines.extend(b"\n{\"name\": \"list_packets\"}\n");
    let run = succeeds(primum_told(folder.path(), &["rpc", "--data", "data"], lines));
    let replies: Vec<Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told = |place: usize| replies[place]["error"]["message"].as_str().unwrap_or_default();
    let expected = "expected one request as JSON, {\"name\": …, \"arguments\": {…}}.";
    assert_eq!(told(0), format!("byte 11 of this line is not UTF-8 text; {expected}"));
    assert_eq!(told(1), format!("this line is longer than 16 MB; {expected}"));
    assert_eq!(replies[2], json!({ "ok": { "packets": [], "unreadable": [] } }));
}
