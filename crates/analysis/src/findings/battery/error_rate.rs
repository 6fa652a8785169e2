//! How often something is decided where there is nothing to find.

use super::{DisposedHypothesis, DisposedTest};
use serde::Serialize;
use std::collections::BTreeMap;
use study::{Claim, Correction, Requires};
use ts_rs::TS;

/// The largest chances, 0 to 1, of deciding where nothing is there: where the value itself holds, or,
/// for claims of equivalence, the margin is reached. By Bonferroni's inequality from the levels and the
/// corrections used, for tests that keep their level.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ErrorRate {
    /// That what is claimed is reported as supported.
    pub supported: f64,
    /// That the contrary is reported: `opposite_direction`. 0 where it is not tested.
    pub opposite: f64,
    /// That either is.
    pub decided: f64,
    /// The same in a sentence.
    pub sentence: String,
}

impl ErrorRate {
    /// Of one hypothesis, by its tests; none where no test could be made.
    pub(super) fn of_one(
        tests: &[DisposedTest],
        requires: Requires,
        correction: &Correction,
        alpha: f64,
    ) -> Option<Self> {
        let made = tests.iter().filter(|test| test.test.test.p().is_some()).count();
        let supported = match (requires, correction) {
            (Requires::All, _) | (_, Correction::Holm(_)) => alpha,
            (Requires::Any, Correction::None) => alpha * made as f64,
        };
        // The hypothesis is reported as opposite only if every test is.
        let directed = |test: &DisposedTest| matches!(test.direction, Claim::Greater | Claim::Less);
        let opposite = if tests.iter().all(directed) { alpha } else { 0.0 };
        let nothing = match tests.iter().any(|test| test.direction == Claim::Within) {
            true => "If the margin is just reached",
            false => "If there is no effect",
        };
        (made > 0).then(|| Self::said(supported, opposite, nothing, ["a decision", "this"]))
    }

    /// Of all hypotheses together; none where no test could be made. A family corrected by Holm counts
    /// once for what is claimed and once for the contraries.
    pub(super) fn of_all(hypotheses: &[DisposedHypothesis]) -> Option<Self> {
        let mut families: BTreeMap<&str, [f64; 2]> = BTreeMap::new();
        let mut sums = [0.0; 2];
        for hypothesis in hypotheses {
            let Some(rate) = &hypothesis.error_rate else { continue };
            let own = [rate.supported, rate.opposite];
            match &hypothesis.correction {
                Correction::None => sums = [0, 1].map(|side| sums[side] + own[side]),
                Correction::Holm(family) => {
                    let found = families.entry(family).or_default();
                    *found = [0, 1].map(|side| own[side].max(found[side]));
                }
            }
        }
        for family in families.values() {
            sums = [0, 1].map(|side| sums[side] + family[side]);
        }
        let nothing = "Over all hypotheses together, if there is no effect";
        (sums[0] > 0.0)
            .then(|| Self::said(sums[0], sums[1], nothing, ["any decision", "something"]))
    }

    fn said(supported: f64, opposite: f64, nothing: &str, [any, what]: [&str; 2]) -> Self {
        let [supported, opposite, decided] =
            [supported, opposite, supported + opposite].map(|chance| chance.min(1.0));
        let [claimed, contrary, either] = [supported, opposite, decided].map(rounded);
        let sentence = if opposite > 0.0 {
            format!(
                "{nothing}, the chance of {any} either way is at most {either}: {claimed} for what is \
                 claimed and {contrary} for the contrary, which is tested too."
            )
        } else {
            format!(
                "{nothing}, the chance that {what} is reported as supported is at most {claimed}."
            )
        };
        Self { supported, opposite, decided, sentence }
    }
}

/// To at most four decimals.
fn rounded(chance: f64) -> String {
    let text = format!("{chance:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
