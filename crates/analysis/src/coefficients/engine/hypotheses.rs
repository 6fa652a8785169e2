//! The tests of hypotheses beside the coefficients.

use super::Engine;
use crate::coefficients::{Entry, Value};
use agreement::{
    Alternative, ContingencyTable, McNemar, Test, bhapkar, bowker, kappa_zero, mcnemar,
    stuart_maxwell,
};
use indexmap::IndexMap;

const TEST_OF_TWO: &str = "defined for two raters only";
const TWO_CATEGORIES: &str = "McNemar's test is one of two categories; read Bowker's";

impl Engine<'_> {
    pub(in crate::coefficients) fn tests(&self, found: &mut IndexMap<&'static str, Entry>) {
        let test = |of: fn(&ContingencyTable) -> Test| {
            Entry::One(match &self.table {
                Some(table) => Value::Tested(of(table)),
                None => Value::Inapplicable { undefined: TEST_OF_TWO },
            })
        };
        let zero = |weights| match &self.table {
            Some(table) => Value::Tested(kappa_zero(table, weights, Alternative::TwoSided)),
            None => Value::Inapplicable { undefined: TEST_OF_TWO },
        };
        found.insert("kappa_zero", self.by_weight(zero, |value| value));
        found.insert("bowker", test(bowker));
        found.insert("stuart_maxwell", test(stuart_maxwell));
        found.insert("bhapkar", test(bhapkar));
        let two_categories = |form| {
            Entry::One(match &self.table {
                Some(table) if table.size() == 2 => Value::Tested(mcnemar(table, 1, form)),
                Some(_) => Value::Inapplicable { undefined: TWO_CATEGORIES },
                None => Value::Inapplicable { undefined: TEST_OF_TWO },
            })
        };
        found.insert("mcnemar", two_categories(McNemar::ChiSquared));
        found.insert("mcnemar_continuity_corrected", two_categories(McNemar::ContinuityCorrected));
        found.insert("mcnemar_exact", two_categories(McNemar::Exact));
        found.insert("mcnemar_mid_p", two_categories(McNemar::MidP));
    }
}
