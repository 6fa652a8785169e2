//! The upper tail of Student's t distribution.

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::normal;

/// Up to here statrs 0.19.1 is right to 2e-12 of the probability; beyond, it loses digits with the
/// degrees of freedom, 1e-6 of the probability at 10^9.
const LARGE_FREEDOM: f64 = 1_000.0;

/// P(T ≥ t) with `freedom` > 0 degrees of freedom.
pub(crate) fn student_t(t: f64, freedom: f64) -> f64 {
    let beyond = match StudentsT::new(0.0, 1.0, freedom) {
        Ok(distribution) if freedom <= LARGE_FREEDOM => distribution.sf(t.abs()),
        _ => normal(normal_equivalent(t.abs(), freedom)),
    };
    if t < 0.0 { 1.0 - beyond } else { beyond }
}

/// The standard normal deviate with the same tail, by its expansion in inverse powers of the
/// degrees of freedom.
///
/// Source: G. W. Hill (1970), Algorithm 395: Student's t-distribution, *Communications of the ACM*
/// 13:617–619.
fn normal_equivalent(t: f64, freedom: f64) -> f64 {
    let y = (freedom - 0.5) * (t / freedom * t).ln_1p();
    let b = 48.0 * (freedom - 0.5).powi(2);
    let third = ((-0.4 * y - 3.3) * y - 24.0) * y - 85.5;
    ((third / (0.8 * y * y + 100.0 + b) + y + 3.0) / b + 1.0) * y.sqrt()
}
