//! McNemar's test in its four forms, on two levels and on a dichotomy.

use crate::support::{close, close_test, table};
use agreement::{ContingencyTable, McNemar, Undefined, Untestable, mcnemar};

const FORMS: [McNemar; 4] =
    [McNemar::ChiSquared, McNemar::ContinuityCorrected, McNemar::Exact, McNemar::MidP];

/// Approval of the Prime Minister at two surveys of 1,600 people, z² = 17.36: A. Agresti,
/// *Categorical Data Analysis*, 2nd ed., Wiley 2002, section 10.1. Digits by scipy 1.17.1.
#[test]
fn published_table() {
    let approval = table([[794, 150], [86, 570]]);
    close_test(
        &mcnemar(&approval, 1, McNemar::ChiSquared),
        [17.35593220338983, 1.0, 3.099293441045215e-5],
    );
}

#[test]
fn a_cut_divides_the_scale() {
    let graded = table([[10, 3, 1], [2, 10, 4], [0, 1, 10]]);
    for form in FORMS {
        assert_eq!(mcnemar(&graded, 1, form), mcnemar(&table([[10, 4], [2, 25]]), 1, form));
        assert_eq!(mcnemar(&graded, 2, form), mcnemar(&table([[25, 5], [1, 10]]), 1, form));
    }
    for cut in [0, 3, usize::MAX] {
        let reason = mcnemar(&graded, cut, McNemar::Exact).undefined();
        assert_eq!(reason, Some(Untestable::Cut { cut, levels: 3 }.into()));
    }
}

#[test]
fn the_correction_stops_at_zero() {
    let balanced = mcnemar(&table([[0, 10], [10, 0]]), 1, McNemar::ContinuityCorrected);
    close_test(&balanced, [0.0, 1.0, 1.0]);
}

/// By scipy 1.17.1, binom.cdf and binom.pmf; the first also by mpmath 1.3, betainc.
#[test]
fn the_exact_tail_keeps_its_digits() {
    let million_million = 400_000_000_000;
    let tails = [
        (86, 150, 3.715936139571442e-5, 2.893389517615428e-5),
        (3, 17, 0.0025768280029296875, 0.0014896392822265647),
        (1_000_000, 1_003_000, 0.034088365079432, 0.0340287438922856),
        (million_million, million_million + 1_000_000, 0.2635532531666694, 0.2635527756801832),
    ];
    for (fewer, more, exact, mid) in tails {
        for table in [table([[7, fewer], [more, 1]]), table([[7, more], [fewer, 1]])] {
            let p = |form| mcnemar(&table, 1, form).p().unwrap();
            close(p(McNemar::Exact) / exact, 1.0, 1e-9);
            close(p(McNemar::MidP) / mid, 1.0, 1e-9);
        }
    }
}

/// 2 · 2⁻ⁿ, and 2 · 2⁻ⁿ (1 + n).
#[test]
fn far_tails_are_not_zero() {
    let p = |fewer, more| mcnemar(&table([[0, fewer], [more, 0]]), 1, McNemar::Exact).p().unwrap();
    close(p(0, 1000) / 2f64.powi(-999), 1.0, 1e-11);
    close(p(1, 999) / (1001.0 * 2f64.powi(-999)), 1.0, 1e-11);
}

#[test]
fn without_discordant_items_only_the_exact_forms_exist() {
    let complete = table([[5, 0], [0, 5]]);
    for form in [McNemar::Exact, McNemar::MidP] {
        let test = mcnemar(&complete, 1, form);
        assert_eq!((test.statistic(), test.df(), test.p()), (Some(0.0), None, Some(1.0)));
    }
    for form in [McNemar::ChiSquared, McNemar::ContinuityCorrected] {
        let reason = mcnemar(&complete, 1, form).undefined();
        assert_eq!(reason, Some(Untestable::NoDiscordantItems.into()));
    }
    for form in FORMS {
        let empty = mcnemar(&ContingencyTable::empty(2).unwrap(), 1, form);
        assert_eq!(empty.undefined(), Some(Undefined::NoSharedItems));
    }
}

#[test]
fn a_long_exact_tail_is_refused() {
    let endless = table([[0, 1 << 62], [1 << 63, 0]]);
    for form in [McNemar::Exact, McNemar::MidP] {
        let reason = mcnemar(&endless, 1, form).undefined();
        assert_eq!(reason, Some(Untestable::TooManyItems.into()));
    }
    assert_eq!(mcnemar(&endless, 1, McNemar::ChiSquared).p(), Some(0.0));
}
