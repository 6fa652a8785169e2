//! Benjamini and Yekutieli's correction: values of R, and what must hold for any list.

use crate::support::close;
use agreement::{Untestable, benjamini_yekutieli, holm};
use proptest::prelude::*;

/// By R 4.2.2, p.adjust(method = "BY").
#[test]
fn adjusted_values() {
    let adjusted = benjamini_yekutieli(&[0.01, 0.04, 0.03, 0.005, 0.2, 0.04]).unwrap();
    for (found, expected) in
        adjusted.into_iter().zip([0.0735, 0.1176, 0.1176, 0.0735, 0.49, 0.1176])
    {
        close(found, expected, 1e-15);
    }
}

#[test]
fn lists_are_checked() {
    assert_eq!(benjamini_yekutieli(&[]), Ok(vec![]));
    let reason = benjamini_yekutieli(&[f64::NAN]);
    assert_eq!(reason, Err(Untestable::Probability { position: 0 }));
}

proptest! {
    #[test]
    fn keeps_the_order_and_never_lowers(p in prop::collection::vec(0.0..=1.0, 1..=20)) {
        let adjusted = benjamini_yekutieli(&p).unwrap();
        for (before, after) in p.iter().zip(&adjusted) {
            prop_assert!(*before <= after + 1e-15 && *after <= 1.0);
            for (other, other_after) in p.iter().zip(&adjusted) {
                prop_assert!(before > other || after <= other_after);
            }
        }
        if let [single] = p[..] {
            prop_assert_eq!(holm(&p), Ok(vec![single]));
            prop_assert_eq!(adjusted, vec![single]);
        }
    }
}
