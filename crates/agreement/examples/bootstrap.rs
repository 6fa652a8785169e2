//! Uncertainty by resampling: `cargo run --release -p agreement --example bootstrap`.
//!
//! Two clinicians diagnose 200 patients (J. L. Fleiss, J. Cohen and B. S. Everitt 1969, *Psychological
//! Bulletin* 72:323–327). The same seed gives the same numbers on any machine and number of threads.

use agreement::{
    Bootstrap, ContingencyTable, Measure, Resampling, Weights, bootstrap_kappa, bootstrap_table,
    cohen_kappa, gwet_ac2,
};
use std::error::Error;
use std::thread::available_parallelism;

fn main() -> Result<(), Box<dyn Error>> {
    let rows = vec![vec![106, 10, 4], vec![22, 28, 10], vec![2, 12, 6]];
    let table = ContingencyTable::from_rows(rows)?;
    let resampling = Resampling::new(10_000, 1).on_threads(available_parallelism()?);

    print("kappa", &bootstrap_kappa(&table, Weights::Identity, resampling)?);
    // Any statistic of the table that may be undefined in some replicates.
    let ac2 = |table: &ContingencyTable| gwet_ac2(table, Weights::Quadratic);
    print("AC2", &bootstrap_table(&table, ac2, resampling)?);

    if let Measure::Estimated(by_formula) = cohen_kappa(&table, Weights::Identity) {
        println!("kappa's standard error by formula: {:.4}", by_formula.se.unwrap_or_default());
    }
    Ok(())
}

fn print(name: &str, found: &Bootstrap) {
    println!("{name} {:.3}, standard error {:.4}", found.estimate, found.se.unwrap_or_default());
    for (method, interval) in
        [("percentile", &found.percentile), ("basic", &found.basic), ("BCa", &found.bca)]
    {
        match interval {
            Ok(it) => println!("  {method} [{:.3}, {:.3}]", it.lo, it.hi),
            Err(reason) => println!("  {method}: {reason}"),
        }
    }
}
