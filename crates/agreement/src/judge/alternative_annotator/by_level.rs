//! The alternative annotator test on the items of one consensus.

use super::against::Against;
use super::{
    AlternativeAnnotator, Annotated, AnnotatorTest, FEWEST_ITEMS, Panel, advantage, check_items,
    decided,
};
use crate::{Measure, Undefined};

/// The judge on the items whose consensus is one level.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AtConsensus {
    /// The level that most of the other annotators gave.
    pub level: usize,
    /// Items of that consensus, added up over the annotators; an item with several levels given
    /// equally often counts for each.
    pub n: u64,
    /// The share on which the judge is at least as close as the annotator, averaged over annotators.
    pub judge: Measure,
    /// The share on which the annotator is, averaged likewise.
    pub human: f64,
    /// The test on these items; undefined unless each annotator has 30 of them.
    pub test: Result<AlternativeAnnotator, Undefined>,
}

/// [`alternative_annotator`](super::alternative_annotator) on the items of each level that is the
/// consensus of an annotator's others on some item, ascending: where a judge is no worse than people
/// on the items that most people call harmless, it may be much worse on the others. Balancing does
/// not matter here.
///
/// # Errors
/// Those of [`alternative_annotator`](super::alternative_annotator).
///
/// # Example
/// A judge who never gives the upper level is perfect on the lower one, and always wrong on the other:
/// ```
/// use agreement::{Annotated, AnnotatorTest, Closeness, alternative_annotator_by_level};
///
/// let item = |item: usize| {
///     let level = Some(item % 2);
///     Annotated { levels: vec![Some(0), level, level, level], weight: 1.0, cluster: item }
/// };
/// let items: Vec<Annotated> = (0..80).map(item).collect();
/// let test = AnnotatorTest { closeness: Closeness::Exact, epsilon: 0.1, balanced: false };
/// let levels = alternative_annotator_by_level(&items, &[0.0, 1.0], test).unwrap();
/// let judge: Vec<_> = levels.iter().map(|at| (at.level, at.judge.estimate())).collect();
/// assert_eq!(judge, [(0, Some(1.0)), (1, Some(0.0))]);
/// ```
pub fn alternative_annotator_by_level(
    items: &[Annotated],
    scores: &[f64],
    test: AnnotatorTest,
) -> Result<Vec<AtConsensus>, Undefined> {
    check_items(items, scores, test.epsilon)?;
    let panel = Panel { items, scores, closeness: test.closeness };
    let kept = panel.annotators()?;
    let all: Vec<Against> =
        kept.iter().map(|&annotator| Against::of(panel, annotator, &kept)).collect();
    let at = |level: usize| {
        let parts = all.iter().map(|against| against.clone().at(level));
        let compared: Vec<Against> = parts.filter(|against| against.items() > 0).collect();
        (!compared.is_empty()).then(|| at_consensus(level, &compared, kept.len(), test.epsilon))
    };
    Ok((0..scores.len()).filter_map(at).collect())
}

fn at_consensus(
    level: usize,
    compared: &[Against],
    annotators: usize,
    epsilon: f64,
) -> AtConsensus {
    let enough = compared.iter().filter(|against| against.items() >= FEWEST_ITEMS).count();
    let few =
        Undefined::FewAnnotators { annotators: enough, needed: annotators, items: FEWEST_ITEMS };
    AtConsensus {
        level,
        n: compared.iter().map(Against::items).sum(),
        judge: advantage(compared).0,
        human: compared.iter().map(Against::human).sum::<f64>() / compared.len() as f64,
        test: if enough == annotators { decided(compared, epsilon) } else { Err(few) },
    }
}
