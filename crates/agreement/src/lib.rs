//! Agreement coefficients and their intervals, as functions of counts.
//!
//! Two raters grade the same items on one ordinal scale. The caller counts the pairs of grades into
//! a [`ContingencyTable`] whose number of levels is declared by the rubric, and asks for a
//! coefficient. The answer is a [`Measure`]: an estimate with its standard error and interval, or
//! the reason why the quantity does not exist. No function here returns NaN or an infinity.
//!
//! | function | estimand | standard error | interval |
//! | --- | --- | --- | --- |
//! | [`cohen_kappa()`] | Cohen's kappa, weighted by [`Weights`] | Fleiss, Cohen & Everitt 1969 | normal |
//! | [`scott_pi()`] | Scott's pi, weighted | Gwet 2014 | normal |
//! | [`gwet_ac1()`], [`gwet_ac2()`] | Gwet's AC1 and AC2 | Gwet 2008 | normal |
//! | [`brennan_prediger()`], [`brennan_prediger_weighted`] | Brennan–Prediger coefficient | binomial | normal |
//! | [`exact_agreement()`] | probability of the same level | binomial | Wilson 1927 |
//! | [`within_agreement()`] | probability of levels at most k apart | binomial | Wilson 1927 |
//! | [`proportion()`] | a probability, from its counts | binomial | Wilson or Clopper–Pearson |
//! | [`specific_agreement()`] | probability that the other rater gives the level too | ratio | normal |
//! | [`lin_concordance()`] | Lin's concordance correlation | as quadratic kappa | normal |
//! | [`prevalence_index`], [`bias_index`] | why kappa is low or high | mean | normal |
//! | [`maximum_kappa()`] | the largest kappa that the margins allow | – | – |
//! | [`mean_difference()`] | mean of first rater minus second | paired | Student's t |
//!
//! Any number of raters, with ratings missing, are a [`RatingMatrix`]:
//!
//! | function | estimand | standard error | interval |
//! | --- | --- | --- | --- |
//! | [`fleiss_kappa()`], [`fleiss_kappa_pooled`] | Fleiss' kappa | influence of items | normal |
//! | [`conger_kappa()`] | Conger's kappa | influence of items | normal |
//! | [`light_kappa()`] | mean of the pairs' Cohen's kappas | influence of items | normal |
//! | [`brennan_prediger_raters()`] | Brennan–Prediger coefficient | influence of items | normal |
//! | [`gwet_ac()`] | Gwet's AC1 and AC2 | influence of items | normal |
//! | [`krippendorff_alpha()`] | Krippendorff's alpha by [`Distance`] | influence of items | normal |
//! | [`icc()`] | intraclass correlation in six forms | – | F |
//! | [`agreement_of_all()`] | probability that all raters are at most k apart | binomial | Wilson 1927 |
//! | [`pairwise_agreement`] | mean agreement of two ratings of an item | mean | normal |
//! | [`kendall_w()`] | Kendall's coefficient of concordance | – | – |
//!
//! | hypothesis test | hypothesis | reference distribution |
//! | --- | --- | --- |
//! | [`bowker`] | symmetry | chi-squared |
//! | [`stuart_maxwell`] | equal margins | chi-squared |
//! | [`bhapkar`] | equal margins | chi-squared |
//! | [`mcnemar`] | equal margins of a dichotomy | chi-squared or binomial |
//! | [`wilcoxon`] | differences symmetric about 0 | normal or exact |
//! | [`mann_whitney`] | one distribution in two samples | normal or exact |
//! | [`spearman`], [`spearman_rho`] | independent ranks | permutations or Student's t |
//! | [`permutation`] | differences symmetric about 0 | all or random signs |
//! | [`permutation_of_groups`] | one distribution in two groups | all or random divisions |
//! | [`mean_test`], [`mean_bound`]; [`mean_test_of`], [`mean_bound_of`] with a known standard error | a mean | Student's t |
//! | [`tost`], [`tost_of`] | a mean difference beyond a margin | Student's t |
//! | [`kappa_zero`] | agreement by chance only | normal |
//! | [`equal_kappas`] | one kappa in all strata | permutations of clusters |
//! | [`kappa_equality`] | one kappa in a few large strata | chi-squared |
//!
//! A judge that is to stand in for raters:
//!
//! | function | estimand | standard error | interval |
//! | --- | --- | --- | --- |
//! | [`miss_rate`], [`sensitivity`], [`specificity`] | what the judge finds of what raters do | binomial | Wilson 1927 |
//! | [`positive_predictive_value`], [`negative_predictive_value`] | what its findings are worth | binomial | Wilson 1927 |
//! | [`alternative_annotator()`] | whether it may replace an annotator | units' influence | Student's t |
//! | [`ppi_mean()`] | the mean grade from few ratings and many predictions | influence | Student's t |
//! | [`ppi_mean_augmented`] | the same with a pseudo-item in λ and interval | influence | augmented jackknife |
//! | [`rogan_gladen()`] | a share, corrected for the judge's errors | delta method | Lee 2025 |
//! | [`corrected_mean()`] | the mean grade, corrected for its errors | bootstrap | bootstrap |
//!
//! [`holm`] and [`benjamini_yekutieli`] correct the p-values of several tests.
//!
//! [`diagnosis()`] says in sentences why a kappa should not be read alone.
//! Uncertainty without a formula comes from resampling: [`jackknife`], [`bootstrap_table`] for any
//! statistic, [`bootstrap_kappa`] for the kappas, [`bootstrap_clusters`] where the items come in
//! clusters, [`bootstrap_difference`] for two coefficients of the same items, and for many raters
//! [`bootstrap_ratings`], [`bootstrap_ratings_clusters`], [`bootstrap_alpha`] and
//! [`bootstrap_alpha_clusters`]. What a replicate costs grows with the number of different items or
//! clusters, not with how many there are, and the same seed draws the same replicates on any machine
//! and any number of threads. Means, rates and their differences over clusters draw nothing: theirs
//! is the jackknife, [`measure_clusters`].
//!
//! How large a study must be is for [`plan_study`]: the smallest [`RatedStudy`] whose interval keeps a
//! [`Goal`], by simulation; [`outlook`] says what a size shows. [`KappaFormula`] approximates kappa's
//! items, [`NormalMeans`] is exact for a mean. Where there is no pilot, [`expected_table`] makes one from
//! shares and an agreement, and [`LatentRater`] any number of raters.
//!
//! The crate knows nothing of medicine and does no input or output.
//!
//! # What may grow
//!
//! Reasons ([`Undefined`], [`Untestable`], the errors), names of methods and results that are only read
//! are `non_exhaustive`: print a reason that you do not know by its `Display`. [`Measure`], [`Estimate`]
//! and [`Interval`] are not, because a statistic of the caller's own returns them.

mod draw;
mod hypothesis;
mod interval;
mod judge;
mod measure;
mod planning;
mod proportion;
mod rated_items;
mod raters;
mod rational;
mod resample;
mod scores;
#[cfg(feature = "serde")]
mod serialize;
mod statistic;
mod two_raters;
mod undefined;
mod weights;

pub use hypothesis::{
    Alternative, Convention, CorrelationDistribution, EqualKappas, McNemar, MonteCarlo, Part,
    Permuted, RankDistribution, SampleMean, Test, Tested, Untestable, Zeros, benjamini_yekutieli,
    bhapkar, bowker, equal_kappas, holm, kappa_equality, kappa_zero, mann_whitney, mcnemar,
    mean_bound, mean_bound_of, mean_test, mean_test_of, permutation, permutation_of_groups,
    spearman, spearman_rho, stuart_maxwell, tost, tost_of, wilcoxon,
};
pub use interval::{Bounds, Interval, LEVEL, Method};
pub use judge::{
    AgainstAnnotator, AlternativeAnnotator, Annotated, AnnotatorTest, AtConsensus, Closeness,
    CorrectedLevels, Dependence, JudgedLevels, Lambda, PpiMean, Rated, RoganGladen, Share, Unrated,
    alternative_annotator, alternative_annotator_by_level, corrected_levels, corrected_mean,
    miss_rate, negative_predictive_value, positive_predictive_value, ppi_mean, ppi_mean_augmented,
    rogan_gladen, sensitivity, specificity,
};
pub use measure::{Estimate, Measure};
pub use planning::{
    Clusters, Disagreements, ExpectationError, Goal, KappaFormula, LatentRater, NormalMeans,
    Outlook, PlanError, Population, Progress, RatedStudy, Shown, SimulatedStudy, Simulation,
    design_effect, expected_table, mean_gap, outlook, pair_table, plan_study,
};
pub use proportion::{ProportionInterval, proportion};
pub use rated_items::{Levels, RatedItem, RatedItems, SharedRatings, Unseen};
pub use raters::{
    Distance, IccForm, RatingError, RatingMatrix, RatingRow, agreement_of_all,
    brennan_prediger_raters, conger_kappa, fleiss_kappa, fleiss_kappa_pooled, gwet_ac, icc,
    kendall_w, krippendorff_alpha, light_kappa, pairwise_agreement,
};
pub use rational::Rational;
pub use resample::{
    Binomial, Bootstrap, Difference, Draw, Jackknife, JointCounts, LevelCounts, Multinomial,
    Resampling, Units, bootstrap_alpha, bootstrap_alpha_clusters, bootstrap_clusters,
    bootstrap_clusters_kappa, bootstrap_corrected_mean, bootstrap_corrected_mean_clusters,
    bootstrap_difference, bootstrap_difference_clusters, bootstrap_kappa, bootstrap_ratings,
    bootstrap_ratings_clusters, bootstrap_table, difference_clusters, gap_clusters, jackknife,
    mean_clusters, measure_clusters, rate_clusters, rate_step, share_clusters,
};
pub use statistic::{OfItem, PairCoefficient, Statistic};
pub use two_raters::{
    ContingencyTable, Finding, TableError, bias_index, brennan_prediger, brennan_prediger_weighted,
    cohen_kappa, diagnosis, exact_agreement, gwet_ac1, gwet_ac2, lin_concordance, maximum_kappa,
    maximum_kappa_of_margins, mean_difference, prevalence_index, scott_pi, specific_agreement,
    within_agreement,
};
pub use undefined::Undefined;
pub use weights::{WeightError, WeightMatrix, Weights};

/// The example of the README is a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// Parts that the tests of this crate look at apart. They may change in any version.
#[doc(hidden)]
pub mod internals {
    pub use crate::resample::{elementary, leave_one_out, leave_one_out_of_many};
}
