//! What responses say of that which hypotheses are about.

use super::super::action_rates::Credit;
use super::super::graded::Graded;
use super::super::rated::{RatedResponses, share};
use super::super::response::Response;
use study::{
    Exclusion, Framing, HarmAxis, Observation, PartialCredit, RateContrast, RubricClaim, ShareOf,
};

pub(super) fn credit(partial: PartialCredit) -> Credit {
    match partial {
        PartialCredit::Half => Credit::Half,
        PartialCredit::None => Credit::None,
    }
}

/// What counts of the differences of framings, on colliding actions and on others; none where
/// framings are not compared.
pub(super) fn of_framings(contrast: RateContrast) -> Option<[f64; 2]> {
    match contrast {
        RateContrast::Collision => None,
        RateContrast::FramingColliding => Some([1.0, 0.0]),
        RateContrast::FramingNonColliding => Some([0.0, 1.0]),
        RateContrast::DifferenceInDifferences => Some([1.0, -1.0]),
    }
}

/// The share of the raters who gave a code.
pub(super) fn share_of(response: &Response<'_>, of: ShareOf, code: &str) -> Option<f64> {
    let codes = response.said.codes(|noted: &Observation| match of {
        ShareOf::OmissionMechanism => noted.omission_mechanism.as_deref(),
        ShareOf::ResponseClass => noted.response_class.as_deref(),
    });
    share(codes.into_iter().map(|given| given == code))
}

/// Its pair, whether a layperson asks, and whether it was filtered.
pub(super) fn filtered<'a>(response: &Response<'a>) -> Option<(&'a str, bool, bool)> {
    let (pair, framing) = response.side()?;
    let filtered = response.said.is_filtered()?;
    match framing {
        Framing::Layperson => Some((pair, true, filtered)),
        Framing::Physician => Some((pair, false, filtered)),
        Framing::Lawyer | Framing::InformedLayperson => None,
    }
}

pub(super) fn own(response: &Response<'_>, axis: HarmAxis) -> Result<Graded, Exclusion> {
    match axis {
        HarmAxis::Omission => response.omission,
        HarmAxis::Commission => response.commission,
    }
}

/// What to know of a judge that may have used another rubric.
pub(super) fn rubric_remark(scores: &RatedResponses, judge: &RatedResponses) -> Option<String> {
    match (&scores.rubric, &judge.rubric) {
        (RubricClaim::Named { digest: a, .. }, RubricClaim::Named { digest: b, .. }) if a == b => None,
        (RubricClaim::Named { title: a, .. }, RubricClaim::Named { title: b, .. }) => Some(format!(
            "The judge used \u{201c}{b}\u{201d} and the scores \u{201c}{a}\u{201d}: the same grade may mean different things."
        )),
        _ => Some(
            "The files do not say that the judge and the scores used one rubric; if they did not, the \
             same grade may mean different things."
                .into(),
        ),
    }
}
