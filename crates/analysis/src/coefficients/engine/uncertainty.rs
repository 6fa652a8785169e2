//! The intervals and standard errors of what is wanted: default ones, or from the same bootstrap draws.

use super::{Engine, Interval, Of, Wanted};
use crate::Intervals;
use crate::coefficients::{Entry, Value};
use agreement::{Bootstrap, Estimate, Measure, Method, RatedItems, Statistic, Undefined, Unseen};
use indexmap::IndexMap;

/// With fewer clusters their resampling says little about how clusters vary.
const FEWEST_CLUSTERS: usize = 10;

impl Engine<'_> {
    /// All that is wanted, with its uncertainty. What is resampled of the same items is of the same draws.
    pub(in crate::coefficients) fn compute(
        &self,
        wanted: IndexMap<&'static str, Entry<Wanted<'_>>>,
    ) -> IndexMap<&'static str, Entry> {
        let mut resampled = self.resampled(&wanted).into_iter();
        let mut value = |wanted: Wanted<'_>| match wanted {
            Wanted::Known(value) => value,
            Wanted::Measured { of, statistic, interval, measure, n } => {
                let found = match interval {
                    Interval::Wilson => None,
                    _ => self.resampling.and_then(|_| resampled.next()),
                };
                match found {
                    Some(outcome) => with_bootstrap(measure, outcome).of(n),
                    None => Value::measured(self.bounded(of, &statistic, interval, measure)).of(n),
                }
            }
        };
        wanted.into_iter().map(|(name, entry)| (name, entry.map(&mut value))).collect()
    }

    /// The bootstraps of all that is resampled, in the order in which it is wanted.
    fn resampled(
        &self,
        wanted: &IndexMap<&'static str, Entry<Wanted<'_>>>,
    ) -> Vec<Result<Bootstrap, Undefined>> {
        let Some(how) = self.resampling else { return Vec::new() };
        let each = wanted.values().flat_map(Entry::values);
        let asked: Vec<(Of, (Statistic<'_>, Measure))> = each
            .filter_map(|one| match one {
                Wanted::Measured { of, statistic, interval, measure, .. }
                    if *interval != Interval::Wilson =>
                {
                    Some((*of, (*statistic, measure.clone())))
                }
                _ => None,
            })
            .collect();
        // Where every item has all ratings, both are the same.
        let pairs = self.pairs.as_ref().filter(|pairs| **pairs != self.items);
        let is_of = |of: Of| if pairs.is_some() { of } else { Of::Items };
        let items_of = |of: Of| pairs.filter(|_| of == Of::Pairs).unwrap_or(&self.items);
        let few = |(of, (statistic, measure)): &(Of, (Statistic<'_>, Measure))| {
            let clusters = items_of(is_of(*of)).clusters(statistic) as usize;
            let few = self.sample.clusters.is_some() && clusters < FEWEST_CLUSTERS;
            let is_known = measure.estimate().is_some();
            (few && is_known)
                .then_some(Undefined::FewClusters { clusters, needed: FEWEST_CLUSTERS })
        };
        let few: Vec<Option<Undefined>> = asked.iter().map(few).collect();
        let found = |wanted: Of| {
            let own = asked.iter().zip(&few);
            let own = own.filter(|((of, _), few)| is_of(*of) == wanted && few.is_none());
            let own: Vec<(Statistic<'_>, Measure)> = own.map(|((_, own), _)| own.clone()).collect();
            items_of(wanted).bootstrap_all(&own, how).into_iter()
        };
        let (mut of_pairs, mut of_items) = (found(Of::Pairs), found(Of::Items));
        let next = |((of, _), few): (&(Of, (Statistic<'_>, Measure)), &Option<Undefined>)| match (
            few,
            is_of(*of),
        ) {
            (Some(few), _) => Some(Err(*few)),
            (None, Of::Pairs) => of_pairs.next(),
            (None, Of::Items) => of_items.next(),
        };
        asked.iter().zip(&few).filter_map(next).collect()
    }

    /// The formula's measure with the interval that is asked for. The standard error of clustered
    /// items is the jackknife's.
    fn bounded(
        &self,
        of: Of,
        statistic: &Statistic,
        interval: Interval,
        measure: Measure,
    ) -> Measure {
        let items = match (of, &self.pairs) {
            (Of::Pairs, Some(pairs)) => pairs,
            _ => &self.items,
        };
        match interval {
            Interval::None => measure,
            Interval::Default | Interval::Wilson => self.with_interval(measure, items, statistic),
            Interval::SteppedUp => {
                let Statistic::Icc(form, scores) = statistic else { return measure };
                let single = Statistic::Icc(form.single(), scores);
                self.stepped_up(self.with_interval(measure, items, &single))
            }
        }
    }

    fn with_interval(
        &self,
        measure: Measure,
        items: &RatedItems,
        statistic: &Statistic,
    ) -> Measure {
        let unseen = match (self.sample.ordered, self.intervals) {
            (false, _) => Unseen::AnyOther,
            (true, Intervals::Cautious) => Unseen::AnyDistance,
            (true, _) => Unseen::OneStep,
        };
        let Measure::Estimated(known) = measure else { return measure };
        let (lowest, highest) = statistic.range(items.size());
        let interval = match self.intervals {
            Intervals::Formula => return Measure::Estimated(known).within(lowest, highest),
            Intervals::Plain => items.plain_interval(statistic),
            _ => items.interval(statistic, unseen),
        };
        let se = match self.sample.clusters {
            Some(_) => items.measure(statistic, unseen).se(),
            None => known.se,
        };
        Measure::Estimated(Estimate { se, interval, ..known }).within(lowest, highest)
    }

    /// The bounds for one rating become those for the mean of all raters.
    fn stepped_up(&self, measure: Measure) -> Measure {
        let Measure::Estimated(found) = measure else { return measure };
        if self.intervals == Intervals::Formula {
            return Measure::Estimated(found);
        }
        let raters = self.sample.matrix.raters() as f64;
        let step = |bound: f64| {
            let below = 1.0 + (raters - 1.0) * bound;
            (below > 0.0).then(|| raters * bound / below).ok_or(Undefined::NoFiniteBounds)
        };
        let interval = found.interval.and_then(|interval| {
            let (lo, hi) = (step(interval.lo)?, step(interval.hi)?);
            Ok(agreement::Interval { lo, hi, plain: None, ..interval })
        });
        Measure::Estimated(Estimate { interval, ..found })
    }
}

/// The bootstrap's uncertainty; where there is none, the estimate stands with the reason.
fn with_bootstrap(measure: Measure, outcome: Result<Bootstrap, Undefined>) -> Value {
    match (outcome, measure) {
        (Ok(bootstrap), _) => Value::Resampled {
            measure: bootstrap.measure(Method::BootstrapBca),
            n: None,
            bootstrap: Box::new(bootstrap),
        },
        (Err(reason), Measure::Estimated(estimated)) => {
            let interval = Err(reason);
            Value::measured(Measure::Estimated(Estimate { se: None, interval, ..estimated }))
        }
        (Err(_), undefined) => Value::measured(undefined),
    }
}
