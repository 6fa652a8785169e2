//! What the numbers of a planned test can be, so that neither side of a claim is settled beforehand.

use super::{Claim, Estimand, HarmAxis, PlannedTest, RateContrast};
use crate::{Grade, HarmRanges};

impl HarmRanges {
    fn of_axis(self, axis: HarmAxis) -> [Grade; 2] {
        match axis {
            HarmAxis::Omission => self.omission,
            HarmAxis::Commission => self.commission,
        }
    }
}

impl Estimand {
    /// The least and the most that it can be, of axes with these grades.
    pub fn range(&self, grades: HarmRanges) -> [f64; 2] {
        let mean = |axis| grades.of_axis(axis).map(f64::from);
        let difference = |axis| {
            let [lowest, highest] = mean(axis);
            [lowest - highest, highest - lowest]
        };
        match self {
            Self::Harm { axis, .. } => mean(*axis),
            Self::JudgeDifference { axis, .. } => difference(*axis),
            Self::FramingGap {} => difference(HarmAxis::Omission),
            Self::GapByGroup { .. } => difference(HarmAxis::Omission).map(|most| 2.0 * most),
            Self::HitRate { contrast: RateContrast::DifferenceInDifferences, .. } => [-2.0, 2.0],
            Self::HitRate { .. } | Self::FilteredGap {} | Self::GapByRank { .. } => [-1.0, 1.0],
            Self::Share { .. } => [0.0, 1.0],
        }
    }
}

impl PlannedTest {
    /// A number that settles the test before anything is known: the field, what was found, and what is
    /// expected.
    pub fn settled(&self, grades: HarmRanges) -> Option<(&'static str, f64, String)> {
        let [least, most] = self.estimand.range(grades);
        let (value, about) = (self.value, &self.estimand);
        let (open, expected) = match self.direction {
            Claim::Greater => (value < most, format!("a number from {least} to below {most}")),
            Claim::Less => (value > least, format!("a number above {least} and up to {most}")),
            Claim::TwoSided | Claim::Within => (true, format!("a number from {least} to {most}")),
        };
        if !(open && (least..=most).contains(&value)) {
            return Some(("value", value, format!("{expected}, since it is about the {about}")));
        }
        let settled = |field, found, expected: String| {
            Some((field, found, format!("{expected}, since it is about the {about}")))
        };
        match (self.margin, self.smallest_effect) {
            (Some(margin), _) if value - margin <= least && value + margin >= most => {
                let needed = (value - least).max(most - value);
                settled("margin", margin, format!("a number below {needed}"))
            }
            (_, Some(effect)) => {
                let reach = match self.direction {
                    Claim::Greater => most - value,
                    Claim::Less => value - least,
                    Claim::TwoSided | Claim::Within => (value - least).max(most - value),
                };
                let beyond = (effect >= reach).then_some(effect)?;
                settled("smallest_effect", beyond, format!("a number below {reach}"))
            }
            _ => None,
        }
    }
}
