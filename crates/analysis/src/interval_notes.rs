//! What a reader must know of default intervals: what they suppose, and where they say little.

use crate::{Effort, Intervals, PairMeasures};
use agreement::ContingencyTable;

/// With fewer items than this, disagreements of several steps of which hardly any was seen move the
/// interval of quadratic kappa noticeably: docs/coverage.md, "Rare gross disagreement".
const SOME_ITEMS: u64 = 400;

/// With fewer of them seen, how many there are is hardly known.
const FEW_GROSS: u64 = 5;

/// With fewer items on which both raters left the commonest grade, kappa is barely estimable.
const FEW_CONCORDANT: u64 = 5;

/// With no more items, AC2 is biased upward.
const FEW_FOR_AC2: u64 = 20;

/// Of a coefficient between -1 and 1.
const WIDE: f64 = 1.0;

/// Sentences about the intervals of one axis.
pub(crate) fn interval_notes(
    measures: &PairMeasures,
    table: &ContingencyTable,
    wanted: Intervals,
) -> Vec<String> {
    let mut notes = Vec::new();
    let Some(interval) = measures.kappa_quadratic.0.interval() else { return notes };
    let gross = gross_disagreements(table);
    if wanted == Intervals::Auto && table.size() > 2 && measures.n < SOME_ITEMS && gross < FEW_GROSS
    {
        notes.push(format!(
            "The raters disagreed by two steps or more on {}: the interval of quadratic kappa assumes \
             that such disagreements are rare; cautious intervals do not",
            match gross {
                0 => "no item".into(),
                1 => "1 item".into(),
                several => format!("{several} items"),
            }
        ));
    }
    if has_constant_rater(table) {
        notes.push(
            "A rater who gives one grade throughout makes kappa 0 whatever the other does: its interval \
             lies around 0, too low for raters who would agree well on the grades not used"
                .into(),
        );
    }
    if interval.hi - interval.lo > WIDE {
        notes.push(
            "The data say little about kappa: its interval is wider than 1; read the exact agreement \
             and the table of counts"
                .into(),
        );
    }
    let both = concordant_beside_commonest(table);
    if both < FEW_CONCORDANT && measures.n >= FEW_FOR_AC2 {
        notes.push(format!(
            "Both raters used a grade other than the commonest on {both} {}: kappa is barely estimable",
            if both == 1 { "item" } else { "items" }
        ));
    }
    if measures.n <= FEW_FOR_AC2 {
        notes.push(format!(
            "With {FEW_FOR_AC2} items or fewer, AC1 and AC2 are biased upward where grades are used evenly"
        ));
    }
    notes
}

fn has_constant_rater(table: &ContingencyTable) -> bool {
    let used = |margins: Vec<u64>| margins.iter().filter(|count| **count > 0).count();
    used(table.row_margins()) == 1 || used(table.column_margins()) == 1
}

/// Items on which the raters are two steps or more apart.
fn gross_disagreements(table: &ContingencyTable) -> u64 {
    let rows = table.rows().enumerate();
    let gross = rows.flat_map(|(i, row)| {
        row.iter().enumerate().filter(move |(j, _)| i.abs_diff(*j) >= 2).map(|(_, count)| count)
    });
    gross.sum()
}

/// Items to which neither rater gave the grade that both together gave most often.
fn concordant_beside_commonest(table: &ContingencyTable) -> u64 {
    let used = table.row_margins().into_iter().zip(table.column_margins());
    let used: Vec<u64> = used.map(|(row, column)| row.saturating_add(column)).collect();
    let commonest = (0..used.len()).max_by_key(|&level| (used[level], usize::MAX - level));
    let rows = table.rows().enumerate().filter(|(row, _)| Some(*row) != commonest);
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
        "The items answer {words}, too few to see how scenarios vary: the intervals take items as \
         independent and speak of {} only.",
        if scenarios == 1 { "this scenario" } else { "these scenarios" }
    ))
}
