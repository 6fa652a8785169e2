//! Any number of raters, with ratings missing: `cargo run -p agreement --example many_raters`.
//!
//! Four coders and twelve units (K. Krippendorff 2011, *Computing Krippendorff's alpha-reliability*).

use agreement::{
    Distance, Measure, RatingError, RatingMatrix, Weights, agreement_of_all, fleiss_kappa, gwet_ac,
    krippendorff_alpha, light_kappa, pairwise_agreement,
};

/// A dot is a missing rating.
const UNITS: &str = "11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 .3..";

fn main() -> Result<(), RatingError> {
    // Levels count from 0.
    let level = |grade: char| grade.to_digit(10).map(|grade| grade as usize - 1);
    let rows = UNITS.split(' ').map(|unit| unit.chars().map(level).collect());
    let matrix = RatingMatrix::from_rows(5, &rows.collect::<Vec<_>>())?;
    for (name, measure) in [
        ("all coders alike", agreement_of_all(&matrix, 0)),
        ("pairs of coders alike", pairwise_agreement(&matrix, Weights::Identity)),
        ("Fleiss' kappa", fleiss_kappa(&matrix, Weights::Identity)),
        ("Light's kappa", light_kappa(&matrix, Weights::Identity)),
        ("Gwet's AC2, quadratic", gwet_ac(&matrix, Weights::Quadratic)),
        ("Krippendorff's alpha, nominal", krippendorff_alpha(&matrix, Distance::Nominal)),
        ("Krippendorff's alpha, ordinal", krippendorff_alpha(&matrix, Distance::Ordinal)),
    ] {
        match measure {
            Measure::Estimated(found) => println!("{name}: {:.3}", found.estimate),
            Measure::Undefined(reason) => println!("{name}: {reason}"),
        }
    }
    Ok(())
}
