//! Claims about a judge.

use study::{Quantity, Relation};

#[test]
fn a_relation_holds_on_its_side_and_says_whether_the_value_is_on_it() {
    for (relation, below, equal, above) in [
        (Relation::AtLeast, false, true, true),
        (Relation::Above, false, false, true),
        (Relation::AtMost, true, true, false),
        (Relation::Below, true, false, false),
    ] {
        let found = [0.4, 0.5, 0.6].map(|found| relation.holds(found, 0.5));
        assert_eq!(found, [below, equal, above], "{relation}");
        assert_eq!(relation.is_upward(), above, "{relation}");
        assert!(!relation.holds(f64::NAN, 0.5));
    }
}

#[test]
fn only_what_is_measured_at_a_cut_has_a_grade() {
    assert!(Quantity::Sensitivity.has_grade() && Quantity::NegativePredictiveValue.has_grade());
    assert!(!Quantity::MissRate.has_grade() && !Quantity::WinningRate.has_grade());
}
