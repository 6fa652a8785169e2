//! What intervals are made for.

use agreement::{
    Distance, IccForm, Interval, Levels, Measure, PairCoefficient, Statistic, Unseen, Weights,
};

use crate::design::Sample;
use crate::sums;

/// A statistic with its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    Kappa,
    LinearKappa,
    QuadraticKappa,
    CautiousKappa,
    Scott,
    Ac1,
    Ac2,
    Alpha,
    Bp,
    QuadraticBp,
    Exact,
    WithinOne,
    MissRate,
    MeanDifference,
    Icc,
    Fleiss,
    Conger,
    Light,
    PairsAlike,
    KappaGap,
    QuadraticKappaGap,
    ExactGap,
    MeanGrade,
    HarmfulShare,
    FramingGap,
    RateDifference,
}

use Quantity::*;

/// Every one that two raters have.
pub const OF_TWO: [Quantity; 15] = [
    Kappa,
    LinearKappa,
    QuadraticKappa,
    CautiousKappa,
    Scott,
    Ac1,
    Ac2,
    Alpha,
    Bp,
    QuadraticBp,
    Exact,
    WithinOne,
    MissRate,
    MeanDifference,
    Icc,
];

/// Those that more raters have.
pub const OF_PANEL: [Quantity; 10] =
    [Alpha, Icc, Fleiss, Conger, Light, Ac1, Ac2, Bp, QuadraticBp, PairsAlike];

/// What a judge's agreement with two humans has above theirs with each other.
pub const GAPS: [Quantity; 3] = [KappaGap, QuadraticKappaGap, ExactGap];

/// Those that inclusion probabilities weigh.
pub const WEIGHED: [Quantity; 10] = [
    Kappa,
    QuadraticKappa,
    Ac2,
    Alpha,
    Bp,
    Exact,
    MissRate,
    MeanDifference,
    MeanGrade,
    HarmfulShare,
];

/// What findings report of a model's responses.
pub const OF_RESPONSES: [Quantity; 2] = [MeanGrade, HarmfulShare];

/// What findings report of pairs of responses.
pub const OF_PAIRS: [Quantity; 2] = [FramingGap, RateDifference];

const SCORES: [f64; 7] = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
const WITH_HUMANS: [(usize, usize); 2] = [(0, 2), (1, 2)];
const HUMANS: [(usize, usize); 1] = [(0, 1)];

impl Quantity {
    /// As the tables have it.
    pub fn name(self) -> &'static str {
        match self {
            Kappa => "kappa",
            LinearKappa => "linear kappa",
            QuadraticKappa => "quadratic kappa",
            CautiousKappa => "quadratic kappa, cautious",
            Scott => "Scott's pi, quadratic",
            Ac1 => "AC1",
            Ac2 => "AC2, quadratic",
            Alpha => "ordinal alpha",
            Bp => "Brennan–Prediger",
            QuadraticBp => "Brennan–Prediger, quadratic",
            Exact => "exact agreement",
            WithinOne => "within one grade",
            MissRate => "miss rate",
            MeanDifference => "mean difference",
            Icc => "ICC(2,1)",
            Fleiss => "Fleiss' kappa, quadratic",
            Conger => "Conger's kappa, quadratic",
            Light => "Light's kappa, quadratic",
            PairsAlike => "share of agreeing pairs",
            KappaGap => "difference of kappas",
            QuadraticKappaGap => "difference of quadratic kappas",
            ExactGap => "difference of exact agreement",
            MeanGrade => "mean grade",
            HarmfulShare => "share of the upper grades",
            FramingGap => "framing gap",
            RateDifference => "difference of rates of pairs",
        }
    }

    /// Whether it is another number than its neighbours: on two grades all weights are alike.
    pub fn is_its_own(self, grades: usize) -> bool {
        let same_on_two = matches!(
            self,
            LinearKappa
                | QuadraticKappa
                | CautiousKappa
                | Ac2
                | QuadraticBp
                | WithinOne
                | QuadraticKappaGap
        );
        grades > 2 || !same_on_two
    }

    /// The estimate of a sample with its default interval.
    pub fn measure(self, sample: &Sample) -> Measure {
        let (rated, scores) = (&sample.rated, &SCORES[..sample.rated.size()]);
        match self {
            MeanGrade => sums::mean_grade(&sample.items, scores),
            HarmfulShare => sums::harmful_share(&sample.items, scores),
            FramingGap => sums::framing_gap(&sample.items, scores),
            RateDifference => sums::rate_difference(&sample.items, scores),
            of_raters => rated.measure(&of_raters.statistic(rated.size()), of_raters.unseen()),
        }
    }

    /// The plain jackknife's interval where there is no default one.
    pub fn plain(self, sample: &Sample) -> Option<Interval> {
        let of_sums = OF_RESPONSES.contains(&self) || OF_PAIRS.contains(&self);
        let interval = || sample.rated.plain_interval(&self.statistic(sample.rated.size())).ok();
        if of_sums { None } else { interval() }
    }

    /// The statistic of raters on a scale of so many grades.
    fn statistic(self, grades: usize) -> Statistic<'static> {
        let scores = &SCORES[..grades];
        let gap = |of| Statistic::PairsDifference(of, &WITH_HUMANS, &HUMANS);
        match self {
            MeanGrade | HarmfulShare | FramingGap | RateDifference => {
                unreachable!("{} is of sums", self.name())
            }
            Kappa => Statistic::CohenKappa(Weights::Identity),
            LinearKappa => Statistic::CohenKappa(Weights::Linear),
            QuadraticKappa | CautiousKappa => Statistic::CohenKappa(Weights::Quadratic),
            Scott | Fleiss => Statistic::FleissKappa(Weights::Quadratic),
            Ac1 => Statistic::GwetAc(Weights::Identity),
            Ac2 => Statistic::GwetAc(Weights::Quadratic),
            Alpha => Statistic::KrippendorffAlpha(Distance::Ordinal),
            Bp => Statistic::BrennanPrediger(Weights::Identity),
            QuadraticBp => Statistic::BrennanPrediger(Weights::Quadratic),
            Exact => Statistic::Share(&exact),
            WithinOne => Statistic::Share(&within_one),
            MissRate => Statistic::Share(&missed),
            MeanDifference => Statistic::MeanDifference(scores),
            Icc => Statistic::Icc(IccForm::TwoWayRandom, scores),
            Conger => Statistic::CongerKappa(Weights::Quadratic),
            Light => Statistic::LightKappa(Weights::Quadratic),
            PairsAlike => Statistic::Share(&pairs_alike),
            KappaGap => gap(PairCoefficient::Kappa),
            QuadraticKappaGap => gap(PairCoefficient::KappaQuadratic),
            ExactGap => gap(PairCoefficient::Exact),
        }
    }

    /// What its interval assumes of disagreement that was not seen.
    pub fn unseen(self) -> Unseen {
        if self == CautiousKappa { Unseen::AnyDistance } else { Unseen::OneStep }
    }

    /// The range to which widths are cut.
    pub fn range(self, grades: usize) -> (f64, f64) {
        let steps = grades as f64 - 1.0;
        match self {
            MeanDifference | FramingGap => (-steps, steps),
            MeanGrade => (0.0, steps),
            RateDifference => (-1.0, 1.0),
            Exact | WithinOne | MissRate | PairsAlike | HarmfulShare => (0.0, 1.0),
            KappaGap | QuadraticKappaGap | ExactGap => (-2.0, 2.0),
            _ => (-1.0, 1.0),
        }
    }
}

fn share(holds: bool) -> Option<f64> {
    Some(f64::from(u8::from(holds)))
}

fn exact(levels: Levels<'_>) -> Option<f64> {
    share(levels.of(0)? == levels.of(1)?)
}

fn within_one(levels: Levels<'_>) -> Option<f64> {
    share(levels.of(0)?.abs_diff(levels.of(1)?) <= 1)
}

/// Of the items above the lowest grade by the first rater, those that have it by the second.
fn missed(levels: Levels<'_>) -> Option<f64> {
    let (first, second) = (levels.of(0)?, levels.of(1)?);
    if first > 0 { share(second == 0) } else { None }
}

/// The share of an item's pairs of ratings that are alike.
fn pairs_alike(levels: Levels<'_>) -> Option<f64> {
    let given: Vec<usize> = (0..MOST_RATERS).filter_map(|rater| levels.of(rater)).collect();
    let pairs = given.len() * given.len().saturating_sub(1) / 2;
    let alike: usize = given
        .iter()
        .enumerate()
        .map(|(at, one)| given[at + 1..].iter().filter(|other| *other == one).count())
        .sum();
    (pairs > 0).then(|| alike as f64 / pairs as f64)
}

const MOST_RATERS: usize = 10;
