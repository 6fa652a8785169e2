//! What a judge finds of what raters do, and whether it may stand in for them.

mod alternative_annotator;
mod corrected_mean;
mod detection;
mod ppi_mean;
mod rogan_gladen;

pub use alternative_annotator::{
    AgainstAnnotator, AlternativeAnnotator, Annotated, AnnotatorTest, AtConsensus, Closeness,
    alternative_annotator, alternative_annotator_by_level,
};
pub use corrected_mean::{CorrectedLevels, JudgedLevels, corrected_levels, corrected_mean};
pub use detection::{
    miss_rate, negative_predictive_value, positive_predictive_value, sensitivity, specificity,
};
pub use ppi_mean::{Dependence, Lambda, PpiMean, Rated, Unrated, ppi_mean, ppi_mean_augmented};
pub use rogan_gladen::{RoganGladen, Share, rogan_gladen};
