//! Holm's correction: values of R, and what must hold for any list.

use crate::support::close;
use agreement::{Untestable, holm};
use proptest::prelude::*;

/// By R 4.2.2, p.adjust(method = "holm").
#[test]
fn adjusted_values() {
    let adjusted = holm(&[0.01, 0.04, 0.03, 0.005, 0.2, 0.04]).unwrap();
    for (found, expected) in adjusted.into_iter().zip([0.05, 0.12, 0.12, 0.03, 0.2, 0.12]) {
        close(found, expected, 1e-15);
    }
}

#[test]
fn lists_are_checked() {
    assert_eq!(holm(&[]), Ok(vec![]));
    for bad in [f64::NAN, -0.1, 1.1] {
        assert_eq!(holm(&[0.1, bad]), Err(Untestable::Probability { position: 1 }));
    }
}

proptest! {
    #[test]
    fn keeps_the_order_and_never_lowers(p in prop::collection::vec(0.0..=1.0, 1..=20)) {
        let adjusted = holm(&p).unwrap();
        for (i, (before, after)) in p.iter().zip(&adjusted).enumerate() {
            prop_assert!(before <= after && *after <= 1.0);
            for (other, other_after) in p.iter().zip(&adjusted) {
                prop_assert!(before > other || after <= other_after, "{i}");
            }
        }
        let (smallest, bonferroni) = (
            adjusted.iter().fold(1.0, |a: f64, b| a.min(*b)),
            p.iter().fold(1.0, |a: f64, b| a.min(*b)) * p.len() as f64,
        );
        close(smallest, bonferroni.min(1.0), 1e-15);
    }

    #[test]
    fn a_larger_p_never_gives_smaller_ones(
        p in prop::collection::vec(0.0..=1.0, 1..=20), raised in 0usize..20, by in 0.0..=1.0,
    ) {
        let mut larger = p.clone();
        let raised = raised % p.len();
        larger[raised] += by * (1.0 - larger[raised]);
        for (before, after) in holm(&p).unwrap().into_iter().zip(holm(&larger).unwrap()) {
            prop_assert!(before <= after + 1e-15);
        }
    }
}
