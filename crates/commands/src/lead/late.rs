//! What reports must say of a study that was changed while it ran, or to which something came late.

mod keys;

use super::log_lines::items_added;
use super::open_study::{OpenStudy, StudyRater};
use super::whole_rater::WholeRater;
use crate::harmless;
use crate::names::{count, enumerated};
use std::collections::{BTreeMap, BTreeSet};
use store::{Event, LogEntry};
use study::{Change, Decision, ItemId, counting_decisions};

impl OpenStudy {
    /// Of the raters and items: what was added, whose ratings arrived, and whose were set aside, when the outcome
    /// could be known.
    pub(crate) fn raters_late(&self) -> Vec<String> {
        let said = [self.added_late(), self.added_after_decisions()].into_iter().flatten();
        let items = self.log.iter().filter_map(|entry| self.items_added(entry));
        let raters = self.whole_raters();
        let arrived = raters.iter().filter_map(|rater| self.arrived_late(rater));
        let aside = self.aside.iter().filter_map(set_aside);
        let known = self.keys_sealed().into_iter().chain(self.items_shown_before());
        let known = known.chain(self.named_otherwise());
        let known = known.chain(self.known_to_lead());
        let all = said.chain(items).chain(known).chain(arrived).chain(aside);
        all.map(|sentence| harmless(&sentence).into_owned()).collect()
    }

    /// Of the decisions: those made when the key was open, and those made before all grades were there.
    pub(crate) fn decisions_late(&self) -> Vec<String> {
        let said = [self.decided_after_opening(), self.decided_before_arrival()];
        said.into_iter().flatten().map(|sentence| harmless(&sentence).into_owned()).collect()
    }

    /// How many items of `rater` have ratings that count and arrived after the key was opened.
    pub(crate) fn items_late(&self, rater: &StudyRater) -> usize {
        let Some(opened) = self.opened_entry() else { return 0 };
        let late = rater.arrived(|arrival| arrival.entry > opened).map(|record| &record.item);
        late.collect::<BTreeSet<&ItemId>>().len()
    }

    fn added_late(&self) -> Option<String> {
        let late = self.raters.iter().filter(|rater| was_added_after_opening(rater));
        were_added(late, "after the key was opened")
    }

    fn added_after_decisions(&self) -> Option<String> {
        let late = self.raters.iter().filter(|rater| {
            let amendment = rater.added.as_ref().map(|(_, amendment)| amendment);
            amendment.is_some_and(|made| made.decisions > 0 && !made.after_opening)
        });
        were_added(late, "after disagreements had been decided")
    }

    /// What every report says of items that were added.
    fn items_added(&self, entry: &LogEntry) -> Option<String> {
        let Event::ItemsAdded { items, drawn_from, amendment, .. } = &entry.event else {
            return None;
        };
        let came: Vec<String> = self
            .whole_raters()
            .iter()
            .filter(|rater| rater.packets.iter().any(|packet| packet.arrived_before(entry.number)))
            .map(|rater| rater.label().clone())
            .collect();
        let when = match (amendment.after_opening, amendment.decisions, came.len()) {
            (true, ..) => " after the key was opened".into(),
            (false, 1.., _) => " after disagreements had been decided".into(),
            (false, 0, 2..) => format!(
                " after ratings of {} had arrived, when their agreement could be known",
                enumerated(&came)
            ),
            _ => String::new(),
        };
        let were = if *items == 1 { "was" } else { "were" };
        Some(format!(
            "{} {were} added to the running study{when}.",
            items_added(*items, *drawn_from)
        ))
    }

    /// Nothing of a rater who was added after the opening, or of items: those sentences say it already.
    fn arrived_late(&self, rater: &WholeRater<'_>) -> Option<String> {
        let late = |packet: &&&StudyRater| !self.was_handed_out_after_opening(packet);
        let items = rater.packets.iter().filter(late).map(|packet| self.items_late(packet)).sum();
        (items > 0).then(|| {
            let rater = rater.labelled();
            format!(
                "The ratings of {} by {rater} arrived after the key was opened.",
                count(items, "item")
            )
        })
    }

    fn was_handed_out_after_opening(&self, rater: &StudyRater) -> bool {
        let brought = self.log.iter().find_map(|entry| match &entry.event {
            Event::ItemsAdded { packets, amendment, .. } => {
                packets.contains(&rater.packet.packet).then_some(amendment.after_opening)
            }
            _ => None,
        });
        brought.unwrap_or_else(|| was_added_after_opening(rater))
    }

    fn decided_after_opening(&self) -> Option<String> {
        let opened = self.opened.as_ref()?;
        let counting = counting_decisions(&self.decisions);
        let late = counting.values().filter(|decision| decision.decided_at > opened.opened_at);
        let late = late.count();
        let all = match counting.len() {
            1 => "The decision was".into(),
            several => format!("{late} of {several} decisions were"),
        };
        (late > 0).then(|| {
            format!(
                "{all} made after the key was opened: anyone who made them could know the models."
            )
        })
    }

    fn decided_before_arrival(&self) -> Option<String> {
        let counting = counting_decisions(&self.decisions);
        let mut later: BTreeMap<String, BTreeSet<(&ItemId, &str)>> = BTreeMap::new();
        for rater in &self.raters {
            for (place, decision) in &counting {
                if grade_came_after(rater, decision) {
                    later.entry(rater.labelled()).or_default().insert(*place);
                }
            }
        }
        let early = later.values().flatten().collect::<BTreeSet<_>>().len();
        let whose: Vec<String> = later.into_keys().collect();
        (early > 0).then(|| {
            let were = if early == 1 { "was" } else { "were" };
            format!(
                "{early} of {} {were} made before all grades had arrived: those of {} came later. Look at {} again.",
                count(counting.len(), "decision"),
                enumerated(&whose),
                if early == 1 { "it" } else { "them" }
            )
        })
    }
}

fn was_added_after_opening(rater: &StudyRater) -> bool {
    rater.added.as_ref().is_some_and(|(_, amendment)| amendment.after_opening)
}

fn were_added<'a>(raters: impl Iterator<Item = &'a StudyRater>, when: &str) -> Option<String> {
    let labels: Vec<String> = raters.map(StudyRater::labelled).collect();
    let were = if labels.len() == 1 { "was" } else { "were" };
    (!labels.is_empty()).then(|| {
        format!("{} {were} added {when}: {}.", count(labels.len(), "rater"), enumerated(&labels))
    })
}

fn set_aside(rater: &StudyRater) -> Option<String> {
    let amendment = rater.aside.as_ref()?;
    let when = if amendment.after_opening { " after the key was opened" } else { "" };
    let of = if rater.further { " of further items" } else { "" };
    let (rater, reason) = (rater.labelled(), amendment.reason.trim_end_matches('.'));
    Some(format!("The ratings of {rater}{of} were set aside{when} and do not count: {reason}."))
}

/// Whether a grade of `rater` that counts arrived when its item and axis were decided.
fn grade_came_after(rater: &StudyRater, decision: &Decision) -> bool {
    let on_axis =
        |change: &Change| matches!(change, Change::Grade { axis, .. } if *axis == decision.axis);
    let mut late = rater.arrived(|arrival| arrival.at > decision.decided_at);
    late.any(|record| record.item == decision.item && on_axis(&record.change))
}
