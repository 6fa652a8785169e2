//! An item of an open packet: what its records add up to.

use super::discussion::Discussion;
use super::lock::LaterChange;
use crate::ItemSummary;
use store::PacketHeader;
use study::{
    BlindedScenario, CalibrationItem, ItemId, Lock, Rating, Record, Remark, Status, first_answers,
    fold, review, status,
};

/// The first words of what was asked, enough to know an item by.
const EXCERPT_CHARACTERS: usize = 90;

/// An item, its rating as it stands on disk, and its line in the list.
pub(crate) struct OpenItem {
    pub(crate) scenario: String,
    pub(crate) rating: Rating,
    pub(crate) later: Vec<LaterChange>,
    pub(crate) summary: ItemSummary,
    /// Of a calibration item, once it is rated.
    pub(crate) discussion: Option<Discussion>,
}

/// What an item's records are read with.
pub(crate) struct About<'a> {
    pub(crate) header: &'a PacketHeader,
    pub(crate) locked: Option<&'a Lock>,
    pub(crate) scenario: &'a BlindedScenario,
    /// Where it is a calibration item.
    pub(crate) calibration: Option<&'a CalibrationItem>,
}

impl About<'_> {
    /// The item as `records`, all of it, leave it.
    pub(crate) fn item(
        &self,
        id: ItemId,
        number: u32,
        scenario: String,
        records: &[Record],
    ) -> OpenItem {
        let rubric = &self.header.rubric;
        let rating = fold(records);
        let locked = self.locked.filter(|_| self.calibration.is_none());
        let later = LaterChange::all(locked, records);
        let summary = self.summarise(id, number, &rating, &later);
        let discussion = self.calibration.and_then(|item| {
            let first = first_answers(records, rubric, self.scenario)?;
            Some(Discussion::of(item, &first, &rubric.axes))
        });
        OpenItem { scenario, rating, later, summary, discussion }
    }

    fn summarise(
        &self,
        id: ItemId,
        number: u32,
        rating: &Rating,
        later: &[LaterChange],
    ) -> ItemSummary {
        let contradiction = |remark: &Remark| matches!(remark, Remark::Contradiction { .. });
        let status: Status = status(rating, &self.header.rubric, self.scenario);
        ItemSummary {
            id,
            number,
            calibration: self.calibration.is_some(),
            excerpt: excerpt(self.scenario.prompt.question()),
            status,
            grades: rating.grades.clone(),
            flag: rating.flag,
            note: !rating.note.is_empty(),
            changed: !later.is_empty(),
            contradiction: review(rating, &self.header.rubric, self.scenario)
                .iter()
                .any(contradiction),
        }
    }
}

/// The first words of `text`, on one line.
pub(crate) fn excerpt(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(EXCERPT_CHARACTERS) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words,
    }
}
