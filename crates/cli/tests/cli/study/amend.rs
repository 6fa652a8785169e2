//! A running study is changed on the command line: a further rater, and two people for one packet.

use crate::study::lead::{Lead, Rater, grades};
use std::fs;
use testing::annotation;

const WHY: [&str; 4] = ["--by", "Dr. Lead", "--reason", "B has moved"];

/// The file that a person sends who rated the packet of `label` on a computer of their own.
fn rated(lead: &Lead, label: &str, name: &str) -> String {
    let packet = lead.path(&format!("study/packets/packet-{label}.primum-packet"));
    let rater = Rater::with(&packet);
    rater.is_called(name);
    rater.rates(&grades(&packet, |place| Some(((place % 4) as i16, 1))));
    rater.locks();
    let sent = lead.path(&format!("{name}.ratings.json"));
    fs::copy(rater.exports(), &sent).unwrap();
    sent.display().to_string()
}

#[test]
fn a_third_rater_joins_and_a_packet_that_was_passed_on_is_decided_about() {
    let lead = Lead::of_example();
    lead.says(&["receive", "study", &annotation("A.ratings.json"), &annotation("B.ratings.json")]);
    let told = lead.says(&[&["add-rater", "study", "C", "--like", "A"][..], &WHY].concat());
    assert!(told.starts_with("24 items\npacket  study/packets/packet-C.primum-packet\n"), "{told}");
    let said = "Rater C was added with the items of A, by Dr. Lead: B has moved.";
    assert!(told.contains(said), "{told}");
    lead.says(&["receive", "study", &rated(&lead, "C", "Dr. Cy")]);
    let shown = lead.says(&["show", "study"]);
    assert!(shown.contains("changes to the study\n") && shown.contains(said), "{shown}");
    assert!(lead.says(&["agree", "study"]).contains("Dr. Cy"));

    let file = rated(&lead, "B", "Dr. Dee");
    let before = lead.says(&["agree", "study"]);
    let run = lead.runs(&["receive", "study", &file]);
    for told in [
        "two people seem to have rated the packet of B, Dr. Ben Example and Dr. Dee",
        "is by Dr. Ben Example: 281 records",
    ] {
        assert!(run.out.contains(told), "{}", run.out);
    }
    assert_eq!(run.code, 1);
    assert!(run.err.contains("--take one-person|first|second|both"), "{}", run.err);
    assert_eq!(lead.says(&["agree", "study"]), before, "nothing is received before it is decided");
    let take = ["receive", "study", &file, "--take", "second", "--label", "D"];
    let told = lead.says(&[&take[..], &WHY].concat());
    assert!(told.contains("It counts as that of rater D."), "{told}");
    let agreement = lead.says(&["agree", "study"]);
    let aside =
        "Note: The ratings of B (Dr. Ben Example) were set aside and do not count: B has moved.";
    assert!(agreement.contains(aside) && agreement.contains("Dr. Dee"), "{agreement}");
    let shown = lead.says(&["show", "study"]);
    assert!(shown.contains("set aside: these ratings do not count"), "{shown}");
    lead.says(&["export", "study", "--folder", "exports"]);
    let ratings = fs::read_to_string(lead.path("exports/ratings.csv")).unwrap();
    let raters: Vec<bool> = ["A,", "B,", "C,", "D,"]
        .map(|label| ratings.lines().any(|line| line.starts_with(label)))
        .to_vec();
    assert_eq!(raters, [true, false, true, true]);
}
