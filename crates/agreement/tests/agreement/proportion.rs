//! A proportion and its two intervals.

use crate::support::close;
use agreement::{Method, ProportionInterval, Undefined, Untestable, proportion};
use proptest::prelude::*;

use ProportionInterval::{ClopperPearson, Wilson};

/// By scipy 1.17.1, binomtest().proportion_ci(), for up to 10^12 trials.
#[test]
fn exact_bounds() {
    for (successes, n, lo, hi) in [
        (5, 10, 0.18708602844739855, 0.8129139715526015),
        (37, 100, 0.2755665796145515, 0.47235164055168316),
        (3_599, 3_600, 0.9984533036220362, 0.9999929673002894),
        (1, 1_000_000, 2.5317807663794178e-08, 5.571630655166939e-06),
        (500_000, 1_000_000, 0.49901951919531184, 0.5009804808046882),
        (1_000_000_000, 1_000_000_000_000, 0.0009999380524385495, 0.0010000619504500036),
        (400_000_000_000, 1_000_000_000_000, 0.3999990398174561, 0.4000009601831247),
    ] {
        let measure = proportion(successes, n, ClopperPearson);
        let interval = measure.interval().unwrap();
        close(measure.estimate().unwrap(), successes as f64 / n as f64, 0.0);
        close(interval.lo, lo, 1e-10 * lo);
        close(interval.hi, hi, 1e-10 * hi);
        assert_eq!(interval.method, Method::ClopperPearson);
    }
}

/// 1 − 0.025^(1/n), and 3/n for large n.
#[test]
fn no_success_at_all_has_a_closed_form() {
    for n in [1, 10, 1_000, 1_000_000_000_000] {
        let bound = -(0.025_f64.ln() / n as f64).exp_m1();
        let none = proportion(0, n, ClopperPearson);
        assert_eq!(none.interval().unwrap().lo, 0.0);
        close(none.interval().unwrap().hi / bound, 1.0, 1e-12);
        let all = proportion(n, n, ClopperPearson);
        close(all.interval().unwrap().lo, 1.0 - bound, 1e-15);
        assert_eq!(all.interval().unwrap().hi, 1.0);
    }
}

#[test]
fn impossible_counts_are_undefined() {
    for interval in [Wilson, ClopperPearson] {
        assert_eq!(proportion(0, 0, interval).undefined(), Some(Undefined::NoItems));
        let more = proportion(3, 2, interval).undefined();
        assert_eq!(more, Some(Undefined::MoreSuccesses { successes: 3, n: 2 }));
    }
}

#[test]
fn a_long_exact_interval_is_refused() {
    let endless = proportion(1 << 62, 1 << 63, ClopperPearson);
    assert_eq!(endless.estimate(), Some(0.5));
    assert_eq!(endless.undefined(), Some(Untestable::TooManyItems.into()));
}

proptest! {
    #[test]
    fn the_exact_interval_holds_its_level(successes in 0u64..60, failures in 1u64..60) {
        let n = successes + failures;
        let bound = proportion(successes, n, ClopperPearson).interval().unwrap().hi;
        // P(X ≤ successes) by adding up the terms.
        let mut term = (1.0 - bound).powi(n as i32);
        let mut below = term;
        for k in 0..successes {
            term *= (n - k) as f64 / (k + 1) as f64 * bound / (1.0 - bound);
            below += term;
        }
        close(below, 0.025, 1e-12);
    }

    #[test]
    fn bounds_mirror_and_enclose(successes in 0..=1_000_000u64, failures in 1..=1_000_000u64) {
        let n = successes + failures;
        for kind in [Wilson, ClopperPearson] {
            let (there, back) = (proportion(successes, n, kind), proportion(failures, n, kind));
            let (interval, mirror) = (there.interval().unwrap(), back.interval().unwrap());
            close(interval.lo, 1.0 - mirror.hi, 1e-13);
            let estimate = there.estimate().unwrap();
            prop_assert!(0.0 <= interval.lo && interval.lo <= estimate);
            prop_assert!(estimate <= interval.hi && interval.hi <= 1.0);
        }
    }
}
