//! Scores by item and axis, in order.

use study::{Exclusion, Joined, Score, ScoredItems, joined};

fn grades(items: &[(&'static str, &[(&'static str, i16)])]) -> ScoredItems {
    let on_axes = |axes: &[(&'static str, i16)]| {
        axes.iter().map(|(axis, grade)| (*axis, Score::Grade(*grade))).collect::<Vec<_>>()
    };
    items.iter().map(|(item, axes)| (*item, on_axes(axes))).collect()
}

/// Every score as `item axis grade`.
fn listed(items: &ScoredItems) -> Vec<String> {
    let each = items.iter().flat_map(|(item, on_axes)| {
        on_axes.iter().map(move |(axis, score)| format!("{item} {axis} {score:?}"))
    });
    each.collect()
}

#[test]
fn items_and_axes_are_in_the_order_of_their_names() {
    let items = grades(&[("b", &[("y", 1), ("x", 2)]), ("c", &[]), ("a", &[("z", 3)])]);
    assert_eq!(items.names().collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(items.axes().collect::<Vec<_>>(), ["x", "y", "z"]);
    assert_eq!(listed(&items), ["a z Grade(3)", "b x Grade(2)", "b y Grade(1)"]);
    assert_eq!(items.get("b").unwrap().get("y"), Some(Score::Grade(1)));
    assert_eq!(items.get("b").unwrap().get("z"), None);
    assert!(items.contains("c") && !items.contains("d"));
}

#[test]
fn what_comes_again_is_added_and_the_last_score_counts() {
    let items = grades(&[("a", &[("x", 1), ("y", 1)]), ("b", &[("x", 0)]), ("a", &[("x", 2)])]);
    assert_eq!(listed(&items), ["a x Grade(2)", "a y Grade(1)", "b x Grade(0)"]);
    let once = grades(&[("b", &[("x", 0)]), ("a", &[("y", 1), ("x", 2)])]);
    assert_eq!(items, once, "the order in which they came does not matter");
}

#[test]
fn on_an_axis_an_item_without_a_score_was_not_rated() {
    let items = grades(&[("a", &[("x", 1)]), ("b", &[("y", 1)])]);
    let not_rated = Score::Excluded(Exclusion::NotRated);
    assert_eq!(items.on("x").collect::<Vec<_>>(), [("a", Score::Grade(1)), ("b", not_rated)]);
    assert_eq!(items.on("z").collect::<Vec<_>>(), [("a", not_rated), ("b", not_rated)]);
}

#[test]
fn items_are_walked_through_beside_others_whatever_their_numbers() {
    let first = grades(&[("b", &[("x", 1)]), ("a", &[("x", 2)]), ("d", &[])]);
    let second = grades(&[("c", &[("x", 0)]), ("a", &[("x", 3)]), ("b", &[("x", 4)])]);
    assert_eq!(ScoredItems::numbers([&first, &second]), None);
    assert_eq!(ScoredItems::numbers([&first, &first.clone()]), Some(3));
    let found = |one: &ScoredItems, other: &ScoredItems| {
        let mut all: Vec<String> = one
            .beside(other)
            .map(|(name, found)| match found {
                Joined::First(on) => format!("{name} {on:?} -"),
                Joined::Second(on) => format!("{name} - {on:?}"),
                Joined::Both(on, of) => format!("{name} {on:?} {of:?}"),
            })
            .collect();
        all.sort();
        all
    };
    let expected = [
        r#"a {"x": Grade(2)} {"x": Grade(3)}"#,
        r#"b {"x": Grade(1)} {"x": Grade(4)}"#,
        r#"c - {"x": Grade(0)}"#,
        "d {} -",
    ];
    assert_eq!(found(&first, &second), expected);
    assert_eq!(found(&first, &first.clone())[0], r#"a {"x": Grade(2)} {"x": Grade(2)}"#);
    let on_axis = first.on_axis("x");
    let not_rated = Score::Excluded(Exclusion::NotRated);
    let scores = [0, 2, 3].map(|item| on_axis.score(item));
    assert_eq!(scores, [Some(Score::Grade(1)), Some(not_rated), None]);
}

#[test]
fn two_lists_are_joined_by_name() {
    let (first, second) =
        ([("a", 1), ("b", 2), ("d", 3)], [("b", 4), ("c", 5), ("d", 6), ("e", 7)]);
    let all: Vec<_> = joined(first.into_iter(), second.into_iter()).collect();
    let expected = [
        ("a", Joined::First(1)),
        ("b", Joined::Both(2, 4)),
        ("c", Joined::Second(5)),
        ("d", Joined::Both(3, 6)),
        ("e", Joined::Second(7)),
    ];
    assert_eq!(all, expected);
    assert_eq!(joined(first.into_iter(), [("z", ()); 0].into_iter()).count(), 3);
}
