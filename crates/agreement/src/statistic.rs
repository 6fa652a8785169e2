//! Statistics of rated items as functions of sums over the items.
//!
//! What an item adds to the sums does not depend on the other items, so that leaving some out, adding
//! a pseudo-item and weighing items are sums and differences, whatever the statistic.

mod alpha;
mod chance;
mod icc;
mod level;
mod mean;
mod pairs;
mod ranks;

use crate::rated_items::{Centre, Levels, Scale};
use crate::{Distance, IccForm, Undefined, Weights};

/// A value of an item by the levels that it was given; none for an item that does not count.
pub type OfItem<'a> = &'a (dyn Fn(Levels<'_>) -> Option<f64> + Sync);

/// A statistic of [`crate::RatedItems`].
///
/// Each coefficient is the one of the function of its name, which has its definition and sources; with
/// weights, items count by them.
///
/// # Example
/// The coefficient of the function with the same name, with the default interval:
/// ```
/// use agreement::{ContingencyTable, Method, RatedItems, Statistic, Unseen, Weights, cohen_kappa};
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// let statistic = Statistic::CohenKappa(Weights::Identity);
/// let kappa = RatedItems::from(&table).measure(&statistic, Unseen::OneStep);
/// assert_eq!(format!("{:.6}", kappa.estimate().unwrap()), "0.318182"); // 7/22
/// assert_eq!(kappa.interval().unwrap().method, Method::AugmentedJackknife);
/// assert_eq!(cohen_kappa(&table, Weights::Identity).interval().unwrap().method, Method::Normal);
/// ```
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Statistic<'a> {
    /// Cohen's kappa of the first two raters, on the items that both rated.
    CohenKappa(Weights<'a>),
    /// Conger's kappa.
    CongerKappa(Weights<'a>),
    /// Light's kappa: the mean of the pairs' Cohen's kappas.
    LightKappa(Weights<'a>),
    /// Fleiss's kappa; Scott's pi of two raters.
    FleissKappa(Weights<'a>),
    /// Brennan and Prediger's coefficient.
    BrennanPrediger(Weights<'a>),
    /// Gwet's AC1 and AC2.
    GwetAc(Weights<'a>),
    /// Krippendorff's alpha.
    KrippendorffAlpha(Distance<'a>),
    /// The intraclass correlation, for levels with these scores. The forms for a mean are not functions that stay
    /// within −1 and 1, so that they have no default interval: step the bounds of one rating up instead.
    Icc(IccForm, &'a [f64]),
    /// Lin's concordance of the first two raters, for levels with these scores.
    LinConcordance(&'a [f64]),
    /// Kendall's W.
    KendallW,
    /// The specific agreement of the first two raters on a level.
    SpecificAgreement(usize),
    /// The prevalence index of a level, of the first two raters.
    PrevalenceIndex(usize),
    /// The bias index of a level, of the first two raters.
    BiasIndex(usize),
    /// The first rater's score minus the second's, averaged over the items that both rated.
    MeanDifference(&'a [f64]),
    /// A share of items, each between 0 and 1: a rate.
    Share(OfItem<'a>),
    /// A mean over pairs of raters, for a kappa weighted by their items, of a coefficient of two raters.
    OfPairs(PairCoefficient, &'a [(usize, usize)]),
    /// The same over some pairs less that over others, with the same items.
    PairsDifference(PairCoefficient, &'a [(usize, usize)], &'a [(usize, usize)]),
}

/// A coefficient of two raters that is averaged over pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairCoefficient {
    /// Cohen's kappa.
    Kappa,
    /// Cohen's kappa with quadratic weights.
    KappaQuadratic,
    /// The share of items graded alike. Its mean over pairs is the mean over items of the share of an
    /// item's pairs that agree, as everywhere where more than two raters agree.
    Exact,
}

impl PairCoefficient {
    /// The weights of a kappa.
    fn weights(self) -> Option<Weights<'static>> {
        match self {
            Self::Kappa => Some(Weights::Identity),
            Self::KappaQuadratic => Some(Weights::Quadratic),
            Self::Exact => None,
        }
    }
}

/// What a statistic needs of items: sums, and a value of the sums.
pub(crate) trait Sums: Sync {
    /// How many sums there are.
    fn width(&self) -> usize;

    /// Adds `amount` items that were rated so.
    fn add(&self, levels: Levels<'_>, amount: f64, sums: &mut [f64]);

    /// The statistic of the items behind the sums.
    fn value(&self, sums: &[f64]) -> Result<f64, Undefined>;

    /// Whether an item rated so is one of the n that the statistic speaks of.
    fn counts(&self, levels: Levels<'_>) -> bool;

    /// Why there is no value without such an item.
    fn nothing(&self) -> Undefined {
        Undefined::NoPairableItems
    }
}

impl<'a> Statistic<'a> {
    pub(crate) fn sums(
        &'a self,
        raters: usize,
        size: usize,
    ) -> Result<Box<dyn Sums + 'a>, Undefined> {
        use chance::{Chance, Corrected};
        use level::OfLevel;
        if let Self::CohenKappa(weights)
        | Self::CongerKappa(weights)
        | Self::LightKappa(weights)
        | Self::FleissKappa(weights)
        | Self::BrennanPrediger(weights)
        | Self::GwetAc(weights) = self
        {
            weights.fit(size)?;
        }
        let corrected = |weights: &Weights<'a>, chance| {
            Box::new(Corrected::new(raters, size, *weights, chance)) as Box<dyn Sums + 'a>
        };
        Ok(match self {
            Self::CohenKappa(weights) => corrected(weights, Chance::OfPair),
            Self::CongerKappa(weights) => corrected(weights, Chance::OfRaters),
            Self::FleissKappa(weights) => corrected(weights, Chance::OfAll),
            Self::BrennanPrediger(weights) => corrected(weights, Chance::Even),
            Self::GwetAc(weights) => corrected(weights, Chance::Gwet),
            Self::KrippendorffAlpha(distance) => Box::new(alpha::Alpha::new(size, *distance)?),
            Self::Icc(form, scores) => Box::new(icc::Icc::new(raters, size, *form, scores)?),
            Self::KendallW => Box::new(ranks::Ranks::new(raters, size)),
            Self::SpecificAgreement(level) => {
                Box::new(level::Level::new(size, *level, OfLevel::Agreement)?)
            }
            Self::PrevalenceIndex(level) => {
                Box::new(level::Level::new(size, *level, OfLevel::Prevalence)?)
            }
            Self::BiasIndex(level) => Box::new(level::Level::new(size, *level, OfLevel::Bias)?),
            Self::LinConcordance(scores) => Box::new(mean::Concordance::new(size, scores)?),
            Self::MeanDifference(scores) => Box::new(mean::Difference::new(size, scores)?),
            Self::Share(of) => Box::new(mean::Share(*of)),
            Self::LightKappa(weights) => Box::new(pairs::Pairs::light(raters, size, *weights)),
            Self::OfPairs(of, pairs) => match of.weights() {
                Some(weights) => Box::new(pairs::Pairs::mean(size, weights, pairs, &[])),
                None => Box::new(pairs::Alike(vec![pairs])),
            },
            Self::PairsDifference(of, first, second) => match of.weights() {
                Some(weights) => Box::new(pairs::Pairs::mean(size, weights, first, second)),
                None => Box::new(pairs::Alike(vec![first, second])),
            },
        })
    }

    pub(crate) fn on_fishers_scale(&self) -> bool {
        matches!(self.scale(2), Scale::Fisher)
    }

    /// On which scale its interval is made, for a scale of `size` levels.
    pub(crate) fn scale(&self, size: usize) -> Scale {
        match self {
            Self::MeanDifference(scores) => {
                let lowest = scores.iter().copied().fold(f64::INFINITY, f64::min);
                let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let range = if size > 1 { highest - lowest } else { 0.0 };
                Scale::Own { lowest: -range, highest: range }
            }
            Self::Share(_)
            | Self::OfPairs(PairCoefficient::Exact, _)
            | Self::SpecificAgreement(_)
            | Self::KendallW => Scale::Own { lowest: 0.0, highest: 1.0 },
            Self::PairsDifference(PairCoefficient::Exact, ..)
            | Self::PrevalenceIndex(_)
            | Self::BiasIndex(_) => Scale::Own { lowest: -1.0, highest: 1.0 },
            Self::PairsDifference(..) => Scale::Own { lowest: -2.0, highest: 2.0 },
            _ => Scale::Fisher,
        }
    }

    /// The least and the largest value on a scale of `size` levels. AC2 and Brennan and Prediger's
    /// coefficient can be lower with weights, which hardly any ratings show: an interval then ends at the
    /// estimate.
    pub fn range(&self, size: usize) -> (f64, f64) {
        match self.scale(size) {
            Scale::Fisher => (-1.0, 1.0),
            Scale::Own { lowest, highest } => (lowest, highest),
        }
    }

    pub(crate) fn centre(&self) -> Centre {
        match self {
            Self::GwetAc(_) => Centre::Corrected,
            Self::MeanDifference(_) => Centre::Estimate,
            _ => Centre::Augmented,
        }
    }
}
