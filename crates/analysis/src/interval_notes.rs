//! What a reader must know of default intervals: what they assume, and where they say little.

use crate::{Effort, Intervals, PairMeasures};

/// With fewer items than this, disagreements of several steps of which hardly any was seen move the
/// interval of quadratic kappa noticeably: docs/coverage.md, "Rare gross disagreement".
const SOME_ITEMS: u64 = 400;

/// With fewer of them seen, how many there are is hardly known.
const FEW_GROSS: f64 = 5.0;

/// With fewer items on which both raters left the commonest grade, kappa is barely estimable.
const FEW_CONCORDANT: f64 = 5.0;

/// With no more items, AC2 is biased upward.
const FEW_FOR_AC2: u64 = 20;

/// Of a coefficient between -1 and 1.
const WIDE: f64 = 1.0;

/// Sentences about the intervals of one axis. `sample` is of the same items, each counting once, by which
/// what the data show is counted where `measures` are weighted.
pub(crate) fn interval_notes(
    measures: &PairMeasures,
    sample: &PairMeasures,
    [first, second]: [&str; 2],
    wanted: Intervals,
) -> Vec<String> {
    let mut notes = Vec::new();
    let Some(interval) = measures.kappa_quadratic.0.interval() else { return notes };
    let (table, n) = (&sample.table, sample.n);
    let gross = gross_disagreements(table);
    if wanted == Intervals::Auto && table.len() > 2 && n < SOME_ITEMS && gross < FEW_GROSS {
        let doubt = if gross > 0.0 { "if they are not" } else { "if you expect some" };
        notes.push(format!(
            "{first} and {second} disagreed by two steps or more on {}: the interval of quadratic kappa \
             assumes that such disagreements are rare; choose cautious intervals {doubt}",
            items(gross)
        ));
    }
    notes.extend(constant_rater(measures, sample).map(Into::into));
    if interval.hi - interval.lo > WIDE {
        notes.push(
            "The data say little about kappa: its interval is wider than 1; read the exact agreement \
             and the table of counts"
                .into(),
        );
    }
    let both = concordant_beside_commonest(table);
    if both < FEW_CONCORDANT && n >= FEW_FOR_AC2 {
        notes.push(format!(
            "{first} and {second} both used a grade other than the commonest on {}: kappa is barely \
             estimable",
            items(both)
        ));
    }
    if n <= FEW_FOR_AC2 {
        notes.push(format!(
            "With {FEW_FOR_AC2} items or fewer, AC1 and AC2 are biased upward where grades are used evenly"
        ));
    }
    notes
}

/// What is said of an interval where one rater gave every item the same grade.
pub(crate) fn constant_rater(
    measures: &PairMeasures,
    sample: &PairMeasures,
) -> Option<&'static str> {
    measures.kappa_quadratic.0.interval()?;
    has_constant_rater(&sample.table).then_some(
        "One rater gave every item the same grade, so kappa is 0 whatever the other did; its interval \
         says nothing about how the two would agree on other grades",
    )
}

/// Whether a row or a column holds everything.
fn has_constant_rater(table: &[Vec<f64>]) -> bool {
    let used = |amounts: &mut dyn Iterator<Item = f64>| amounts.filter(|sum| *sum > 0.0).count();
    let mut rows = table.iter().map(|row| row.iter().sum());
    let mut columns = (0..table.len()).map(|at| table.iter().map(|row| row[at]).sum());
    used(&mut rows) == 1 || used(&mut columns) == 1
}

/// So many items, with a decimal where several humans share some.
fn items(amount: f64) -> String {
    let text = format!("{amount:.1}");
    match text.trim_end_matches(".0") {
        "0" => "no item".into(),
        "1" => "1 item".into(),
        several => format!("{several} items"),
    }
}

/// Items on which the raters are two steps or more apart.
fn gross_disagreements(table: &[Vec<f64>]) -> f64 {
    let rows = table.iter().enumerate();
    let gross = rows.flat_map(|(i, row)| {
        row.iter().enumerate().filter(move |(j, _)| i.abs_diff(*j) >= 2).map(|(_, count)| count)
    });
    gross.sum()
}

/// Items to which neither rater gave the grade that both together gave most often.
fn concordant_beside_commonest(table: &[Vec<f64>]) -> f64 {
    let column = |level: usize| table.iter().map(|row| row[level]).sum::<f64>();
    let used: Vec<f64> =
        table.iter().enumerate().map(|(k, row)| row.iter().sum::<f64>() + column(k)).collect();
    let commonest = (0..used.len()).rev().max_by(|a, b| used[*a].total_cmp(&used[*b]));
    let rows = table.iter().enumerate().filter(|(row, _)| Some(*row) != commonest);
    let others = rows.flat_map(|(_, row)| {
        row.iter().enumerate().filter(|(column, _)| Some(*column) != commonest)
    });
    others.map(|(_, count)| count).sum()
}

/// Scenarios that repeat, and are too few to see how scenarios vary.
pub(crate) fn few_scenarios<'a>(
    mut measures: impl Iterator<Item = &'a PairMeasures>,
    effort: Effort<'_>,
) -> Option<String> {
    let by_scenario =
        matches!(effort.intervals, Intervals::Auto | Intervals::Cautious | Intervals::Plain);
    let few = |found: &PairMeasures| {
        let repeat = found.scenarios.filter(|&count| (count as u64) < found.n);
        repeat.filter(|_| by_scenario && found.intervals != Intervals::Scenarios)
    };
    let scenarios = measures.find_map(few)?;
    let words = if scenarios == 1 { "1 scenario".into() } else { format!("{scenarios} scenarios") };
    Some(format!(
        "The items answer {words}, too few to see how scenarios vary: the intervals treat items as \
         independent and speak of {} only.",
        if scenarios == 1 { "this scenario" } else { "these scenarios" }
    ))
}
