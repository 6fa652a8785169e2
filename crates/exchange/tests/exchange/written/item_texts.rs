//! The texts of items, for other programs.

use crate::support::blinded;
use exchange::{ItemTexts, encode_item_texts};
use serde_json::Value;

#[test]
fn each_item_is_a_line_with_its_texts_as_raters_read_them() {
    let packet = &blinded().packets[0];
    let scenario = |id: &str| packet.scenarios.iter().find(|known| known.id == id).unwrap();
    let texts: Vec<ItemTexts<'_>> = packet
        .items
        .iter()
        .map(|item| ItemTexts::of(item, scenario(&item.scenario), None))
        .collect();
    let lines = encode_item_texts(&texts).unwrap();
    assert_eq!(lines.lines().count(), 4);
    for (line, item) in lines.lines().zip(&packet.items) {
        let line: Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["item"], item.id.as_str());
        assert_eq!(line["response"], item.response.text);
        assert_eq!(line["filtered"], item.response.filtered);
        assert_eq!(line["prompt"], scenario(&item.scenario).prompt.plain().as_ref());
        assert_eq!(line.get("repeat_of"), None);
    }
}
