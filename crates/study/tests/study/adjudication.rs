//! From several raters' grades to one.

use crate::support::built_in;
use jiff::Timestamp;
use study::{
    Adjudication, Axis, Cause, Consensus, Decision, DecisionId, Exclusion, Grade, ItemId, PacketId,
    RaterScores, Score, Standing, StudyId, under_aliases,
};
use uuid::Uuid;

/// A rater's omission grades; -1 where they abstained.
fn rater(grades: &[(&str, Grade)]) -> RaterScores {
    let score = |grade| match grade {
        -1 => Score::Excluded(Exclusion::Abstained),
        grade => Score::Grade(grade),
    };
    let items = grades.iter().map(|(item, grade)| (*item, [("omission", score(*grade))]));
    RaterScores { items: items.collect(), ..RaterScores::default() }
}

fn decision(item: &str, grade: Option<Grade>) -> Decision {
    Decision {
        id: DecisionId::new(Uuid::from_u128(1)),
        item: ItemId::new(item),
        axis: "omission".into(),
        grade,
        cause: Cause::Misread,
        note: String::new(),
        decided_at: Timestamp::UNIX_EPOCH,
        decided_by: "A and B".into(),
    }
}

/// Runs `ask` on the items a to f.
fn of<T>(
    scores: &[RaterScores],
    decisions: &[Decision],
    ask: impl FnOnce(&Adjudication<'_>) -> T,
) -> T {
    let items: Vec<ItemId> = ["a", "b", "c", "d", "e", "f"].map(ItemId::new).to_vec();
    let axes: Vec<Axis> = built_in("gated").axes;
    ask(&Adjudication { items: items.iter().collect(), axes: &axes, scores, decisions })
}

#[test]
fn the_widest_disagreement_comes_first_then_the_first_item() {
    let scores = [
        rater(&[("a", 1), ("b", 2), ("c", 0), ("d", 3), ("e", -1)]),
        rater(&[("a", 2), ("b", 1), ("c", 3), ("d", 3), ("e", 4)]),
        rater(&[("c", 1), ("x", 0)]),
    ];
    of(&scores, &[decision("b", None)], |adjudication| {
        let found = adjudication.disagreements();
        let lines: Vec<_> = found
            .iter()
            .map(|one| (one.item.as_str(), one.spread(), one.grades.clone(), one.decided))
            .collect();
        assert_eq!(
            lines,
            [
                ("c", 3, vec![0, 1, 3], false),
                ("a", 1, vec![1, 2], false),
                ("b", 1, vec![1, 2], true),
            ],
            "a rater who abstains disagrees with nobody"
        );
        assert!(found.iter().all(|one| one.axis.label == "Omission harm"));
    });
}

#[test]
fn a_grade_stands_by_decision_or_because_nobody_gave_another() {
    let scores = [
        rater(&[("a", 1), ("b", 2), ("c", 0), ("d", 3), ("e", -1)]),
        rater(&[("a", 1), ("b", 1), ("c", 3), ("d", -1), ("e", -1)]),
    ];
    let decisions = [decision("c", Some(2)), decision("f", None)];
    let expected = [
        ("a", Some(1), Standing::Agreed, "agreed"),
        ("b", None, Standing::Undecided, "undecided"),
        ("c", Some(2), Standing::Decided, "decided"),
        ("d", Some(3), Standing::OneRater, "one rater"),
        ("e", None, Standing::NotRated, "not rated"),
        ("f", None, Standing::Decided, "decided"),
    ];
    of(&scores, &decisions, |adjudication| {
        let consensus = adjudication.consensus();
        for (item, grade, standing, name) in expected {
            let found = consensus[&(&ItemId::new(item), "omission")];
            assert_eq!(found, Consensus { grade, standing }, "item {item}");
            assert_eq!(standing.name(), name);
        }
        let other = consensus[&(&ItemId::new("a"), "commission")];
        assert_eq!(other.standing, Standing::NotRated, "each axis has its own grade");
        assert_eq!(consensus.len(), 12, "every item on every axis");
    });
}

#[test]
fn a_decision_on_one_axis_leaves_the_other_open() {
    let scores = [rater(&[("a", 1)]), rater(&[("a", 2)])];
    let other = Decision { axis: "commission".into(), ..decision("a", Some(0)) };
    of(&scores, &[other], |adjudication| {
        assert!(!adjudication.disagreements()[0].decided);
        let found = adjudication.consensus()[&(&ItemId::new("a"), "omission")];
        assert_eq!(found.standing, Standing::Undecided);
    });
}

#[test]
fn aliases_are_the_same_whatever_the_order_and_differ_from_item_to_item() {
    let study = StudyId::new("study");
    let packets: Vec<PacketId> = ["p", "q", "r"].map(PacketId::new).to_vec();
    let shown = |item: &str, packets: Vec<&PacketId>| -> Vec<(String, String)> {
        under_aliases(&study, &ItemId::new(item), packets, |packet| packet)
            .into_iter()
            .map(|(alias, packet)| (alias, packet.to_string()))
            .collect()
    };
    let mut first = Vec::new();
    for item in ["a", "b", "c", "d", "e", "f", "g", "h"] {
        let found = shown(item, packets.iter().collect());
        assert_eq!(found, shown(item, packets.iter().rev().collect()), "item {item}");
        let names: Vec<&str> = found.iter().map(|(alias, _)| alias.as_str()).collect();
        assert_eq!(names, ["Rater 1", "Rater 2", "Rater 3"]);
        first.push(found[0].1.clone());
    }
    first.sort();
    first.dedup();
    assert!(first.len() > 1, "`Rater 1` is not always the same person: {first:?}");
}
