//! A rater with all their packets: the first, and those of items that were added to the running study.

use super::open_study::{OpenStudy, StudyRater};
use jiff::Timestamp;
use store::StudyPacket;
use study::{ItemId, RaterRatings, RaterScores, ScoredResponses};

/// A rater, with what came back of each packet.
pub(crate) struct WholeRater<'a> {
    /// At least one, in the order in which they were handed out.
    pub(crate) packets: Vec<&'a StudyRater>,
}

/// What came back of `packets`, by rater.
pub(crate) fn whole<'a>(packets: impl Iterator<Item = &'a StudyRater>) -> Vec<WholeRater<'a>> {
    let mut raters: Vec<WholeRater<'a>> = Vec::new();
    for packet in packets {
        match raters.iter_mut().find(|rater| *rater.label() == packet.packet.rater) {
            Some(rater) => rater.packets.push(packet),
            None => raters.push(WholeRater { packets: vec![packet] }),
        }
    }
    raters
}

impl<'a> WholeRater<'a> {
    fn first(&self) -> &'a StudyPacket {
        &self.packets[0].packet
    }

    pub(crate) fn label(&self) -> &'a String {
        &self.first().rater
    }

    /// The packet in which the rater calibrated: the first one of the study's.
    pub(crate) fn calibrated(&self) -> &'a StudyRater {
        let mut packets = self.packets.iter();
        packets.find(|packet| !packet.further).unwrap_or(&self.packets[0])
    }

    /// Whether the rater is the lead author.
    pub(crate) fn lead(&self) -> bool {
        self.first().lead
    }

    /// The rater's own name; empty where no file has come.
    pub(crate) fn name(&self) -> &'a str {
        let names = self.packets.iter().map(|packet| packet.name.as_str());
        names.clone().find(|name| !name.trim().is_empty()).unwrap_or_default()
    }

    /// The name, or the label where there is none.
    pub(crate) fn called(&self) -> &'a str {
        match self.name().trim() {
            "" => self.label(),
            name => name,
        }
    }

    /// The label, and the name where it is known.
    pub(crate) fn labelled(&self) -> String {
        match self.name().trim() {
            "" => self.label().clone(),
            name => format!("{} ({name})", self.label()),
        }
    }

    /// Files received.
    pub(crate) fn files(&self) -> u32 {
        self.packets.iter().map(|packet| packet.files).sum()
    }

    /// The packets of which something has come.
    pub(crate) fn came(&self) -> impl Iterator<Item = &'a StudyRater> {
        self.packets.iter().copied().filter(|packet| packet.files > 0)
    }

    /// Every item, in the order of rating.
    pub(crate) fn items(&self) -> impl Iterator<Item = &'a ItemId> {
        self.packets.iter().flat_map(|packet| &packet.packet.items)
    }

    /// When the last packet was locked; none while one is not.
    pub(crate) fn locked_at(&self) -> Option<Timestamp> {
        let times: Option<Vec<Timestamp>> =
            self.packets.iter().map(|packet| packet.lock.as_ref().map(|lock| lock.at)).collect();
        times?.into_iter().max()
    }

    /// What the rater did, by packet.
    pub(crate) fn ratings(&self, study: &'a OpenStudy) -> Vec<RaterRatings<'a>> {
        self.packets.iter().map(|packet| study.ratings(packet)).collect()
    }

    /// What the rater gave to the items of the packets that came, first and second ratings.
    pub(crate) fn scores(&self, study: &'a OpenStudy) -> Option<RaterScores> {
        let scores = self.came().map(|packet| study.ratings(packet).scores());
        let scores = scores.reduce(RaterScores::with)?;
        Some(RaterScores { rater: self.called().to_owned(), ..scores })
    }

    /// The same with what was noted beside the grades.
    pub(crate) fn responses(&self, study: &'a OpenStudy) -> Option<ScoredResponses> {
        let all = self.came().map(|packet| study.ratings(packet).responses());
        let mut all = all.reduce(|mut all, next| {
            all.observations.extend(next.observations);
            ScoredResponses { scores: all.scores.with(next.scores), ..all }
        })?;
        all.scores.rater = self.called().to_owned();
        Some(all)
    }
}
