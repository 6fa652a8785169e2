//! What a packet may hold.

use crate::support::blinded;
use study::{BlindedResponse, Packet};

fn refused(change: impl FnOnce(&mut Packet)) -> String {
    let mut packet = blinded(1).packets.remove(0);
    assert_eq!(packet.check(), Ok(()), "the packet is good before the change");
    change(&mut packet);
    packet.check().unwrap_err().to_string()
}

#[test]
fn a_packet_that_contradicts_itself_is_refused_with_the_reason() {
    let item = blinded(1).packets[0].items[0].clone();
    let scenario = blinded(1).packets[0].scenarios[0].clone();
    assert_eq!(
        refused(|packet| packet.items.clear()),
        "field `items`: found no item; expected at least one response to rate"
    );
    assert_eq!(
        refused(|packet| packet.items.push(item.clone())),
        format!("field `items`: found `{}` twice; expected each once", item.id)
    );
    assert_eq!(
        refused(|packet| packet.scenarios.push(scenario.clone())),
        format!("field `scenarios`: found `{}` twice; expected each once", scenario.id)
    );
    assert_eq!(
        refused(|packet| packet.items[0].scenario = "elsewhere".into()),
        format!(
            "item `{}`, field `scenario`: found `elsewhere`; expected one of the packet's scenarios",
            item.id
        )
    );
    assert_eq!(
        refused(|packet| packet.rubric.axes.clear()),
        "rubric, field `axes`: found no axis; expected at least one axis"
    );
}

#[test]
fn a_blank_response_is_empty_and_a_leftover_is_not() {
    let response = |text: &str, filtered| BlindedResponse { text: text.into(), filtered };
    assert!(response("", false).is_empty());
    assert!(response(" \n\t\u{a0}", false).is_empty(), "white space is nothing to read");
    assert!(response("", true).is_empty());
    assert!(!response("a leftover", true).is_empty(), "what the filter left is read and rated");
    assert!(!response("Sit down.", false).is_empty());
}

#[test]
fn a_field_that_packets_do_not_have_is_refused() {
    let mut packet = serde_json::to_value(&blinded(1).packets[0]).unwrap();
    packet["items"][0]["model_id"] = "gpt".into();
    let error = serde_json::from_value::<Packet>(packet).unwrap_err().to_string();
    assert!(error.starts_with("unknown field `model_id`"), "{error}");
}
