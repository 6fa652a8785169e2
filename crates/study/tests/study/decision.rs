//! Decisions where raters disagreed.

use jiff::Timestamp;
use proptest::prelude::*;
use study::{Cause, Decision, DecisionId, ItemId, counting_decisions};

fn decision(number: u32, item: &str, axis: &str, grade: Option<i16>) -> Decision {
    let id: DecisionId =
        serde_json::from_value(format!("01890000-0000-7000-8000-{number:012}").into()).unwrap();
    Decision {
        id,
        item: ItemId::new(item),
        axis: axis.into(),
        grade,
        cause: Cause::Misread,
        note: String::new(),
        decided_at: Timestamp::UNIX_EPOCH,
        decided_by: "A and B".into(),
    }
}

#[test]
fn the_latest_decision_of_an_item_and_axis_stands() {
    let decisions = [
        decision(3, "i1", "omission", Some(2)),
        decision(1, "i1", "omission", Some(0)),
        decision(2, "i1", "commission", Some(1)),
        decision(4, "i2", "omission", None),
    ];
    let counting = counting_decisions(&decisions);
    let stands: Vec<_> =
        counting.iter().map(|((item, axis), last)| (item.as_str(), *axis, last.grade)).collect();
    assert_eq!(
        stands,
        [("i1", "commission", Some(1)), ("i1", "omission", Some(2)), ("i2", "omission", None)]
    );
}

#[test]
fn a_cause_is_named_in_files_as_its_code_says() {
    for cause in Cause::ALL {
        assert_eq!(serde_json::to_value(cause).unwrap(), cause.code());
    }
}

proptest! {
    #[test]
    fn what_stands_does_not_depend_on_the_order(
        made in prop::collection::vec((0usize..3, 0usize..2, 0i16..4), 0..12),
        seed in any::<prop::sample::Index>(),
    ) {
        let decisions: Vec<Decision> = (0..)
            .zip(&made)
            .map(|(number, (item, axis, grade))| {
                decision(number, ["a", "b", "c"][*item], ["x", "y"][*axis], Some(*grade))
            })
            .collect();
        let mut turned = decisions.clone();
        if !turned.is_empty() {
            let places = seed.index(turned.len());
            turned.rotate_left(places);
            turned.swap(0, places);
        }
        prop_assert_eq!(counting_decisions(&turned), counting_decisions(&decisions));
    }
}
