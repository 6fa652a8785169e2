//! Two raters of the same items: `cargo run -p agreement --example kappa`.
//!
//! The first paradox of A. R. Feinstein and D. V. Cicchetti (1990), *Journal of Clinical Epidemiology*
//! 43:543–549: two raters of 100 items mostly agree, and yet kappa is low.

use agreement::{
    ContingencyTable, Measure, RatedItems, Statistic, TableError, Unseen, Weights, cohen_kappa,
    diagnosis, exact_agreement, gwet_ac1, scott_pi,
};

fn main() -> Result<(), TableError> {
    // A row for each level of the first rater, a column for each of the second.
    let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]])?;
    print("exact agreement", &exact_agreement(&table));
    print("Cohen's kappa", &cohen_kappa(&table, Weights::Identity));
    print("Scott's pi", &scott_pi(&table, Weights::Identity));
    print("Gwet's AC1", &gwet_ac1(&table));

    // The interval by formula is too short for few items; this one covers for any number of them.
    let kappa = Statistic::CohenKappa(Weights::Identity);
    print("Cohen's kappa", &RatedItems::from(&table).measure(&kappa, Unseen::OneStep));

    for finding in diagnosis(&table, Weights::Identity) {
        println!("{finding}");
    }
    Ok(())
}

fn print(name: &str, measure: &Measure) {
    match measure {
        Measure::Estimated(found) => match &found.interval {
            Ok(it) => {
                println!("{name} {:.3} [{:.3}, {:.3}] {}", found.estimate, it.lo, it.hi, it.method)
            }
            Err(reason) => println!("{name} {:.3}, no interval: {reason}", found.estimate),
        },
        Measure::Undefined(reason) => println!("no {name}: {reason}"),
    }
}
