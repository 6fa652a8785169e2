//! Logarithm and exponential, against the standard library's.

use agreement::internals::elementary::{exp, ln, ln_1p};

#[track_caller]
fn relative(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 2e-15 * expected.abs(), "{found} for {expected}");
}

#[test]
fn near_those_of_the_standard_library() {
    for step in 1..2000 {
        let x = f64::from(step) / 100.0;
        relative(exp(-x), (-x).exp());
        relative(ln_1p(x), x.ln_1p());
        relative(ln_1p(-x / 20.1), (-x / 20.1).ln_1p());
        if step != 100 {
            relative(ln(x), x.ln());
        }
    }
    relative(ln_1p(-1e-12), (-1e-12f64).ln_1p());
    relative(ln(1e-300), 1e-300f64.ln());
    assert_eq!((ln(1.0), ln_1p(0.0), exp(0.0)), (0.0, 0.0, 1.0));
}
