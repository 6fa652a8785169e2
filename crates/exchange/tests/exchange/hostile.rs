//! No bytes make a reader panic.

use crate::support::Folder;
use exchange::{
    Mapping, ScoreSource, harm_scales, read_key, read_packet, read_ratings, read_responses,
    read_rubric, read_scenarios,
};
use proptest::prelude::*;

/// Reads `bytes` as every kind of file there is.
fn read_everywhere(bytes: &[u8]) {
    let folder = Folder::new();
    for name in ["x.json", "x.jsonl", "x.csv"] {
        let file = folder.put(name, bytes);
        let path = file.to_str().unwrap();
        let _ = read_packet(&file);
        let _ = read_key(&file);
        let _ = read_ratings(&file);
        let _ = read_responses(&file);
        let _ = read_rubric(path);
        let _ = ScoreSource::open(path).and_then(|source| source.scores(&harm_scales()));
        let _ = ScoreSource::open(&format!("{path}@A")).and_then(|source| source.scores(&[]));
    }
    let _ = read_scenarios(folder.path(), &Mapping::default());
    folder.put("safety_colliding_map.json", bytes);
    let _ = read_scenarios(folder.path(), &Mapping::default());
}

/// Bits of what our files are made of, in any order.
fn almost_ours() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\n",
        "\r\n",
        "'",
        "null",
        "true",
        "-1",
        "2.0",
        "1e999",
        "\"format\"",
        "\"primum-packet/1\"",
        "\"primum-ratings/2\"",
        "\"digest\"",
        "\"content\"",
        "\"scenario_id\"",
        "\"model_id\"",
        "\"rep_id\"",
        "\"omission_harm\"",
        "\"response\"",
        "rater,item,axis,value\n",
        "A,x,omission,",
        "scenario_id,model_id,rep_id,response\n",
        "\u{feff}",
        "\0",
        "😀",
        "\\u0000",
        "\\ud800",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read_everywhere(&bytes);
    }

    #[test]
    fn almost_files_of_ours_are_read_or_refused(text in almost_ours()) {
        read_everywhere(text.as_bytes());
    }
}

#[test]
fn json_nested_without_end_is_refused() {
    for text in [
        "[".repeat(100_000),
        "{\"content\":".repeat(100_000),
        format!("{{\"format\": {}", "[".repeat(100_000)),
    ] {
        read_everywhere(text.as_bytes());
    }
}
