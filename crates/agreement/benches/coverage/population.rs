//! Populations of graded items: a latent severity, raters who see it with noise, cut points.

use agreement::Draw;

/// How items are graded.
///
/// The latent severity of an item is the sum of its scenario's, its framing's and its own; each rater
/// sees it with a view of the scenario that is theirs alone and with noise, and cuts what they see into
/// grades. Severities have variance 1.
#[derive(Clone, Debug)]
pub struct Population {
    /// What the tables call it; its draws follow from it.
    pub name: String,
    /// The share of each grade, lowest first.
    pub shares: &'static [f64],
    /// How many raters.
    pub raters: usize,
    /// The standard deviation of a rater's noise.
    pub noise: f64,
    /// The share of severity's variance that lies between scenarios.
    pub scenario: f64,
    /// The share that lies between framings of one scenario.
    pub framing: f64,
    /// The standard deviation of a rater's view of a scenario.
    pub view: f64,
    /// The share of ratings that are any grade at random: rare gross disagreement.
    pub slip: f64,
    /// The last rater's noise and shift, where they are unlike the others'.
    pub judge: Option<(f64, f64)>,
    /// Where noise varies.
    pub unlike: Unlike,
    /// How many of the raters grade an item: all, or this many drawn again for each.
    pub graders: Option<usize>,
    /// The share of ratings that are missing.
    pub missing: f64,
}

/// Where raters' noise varies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlike {
    /// Nowhere.
    Nowhere,
    /// Halved in every other scenario and doubled in the rest, at random.
    Scenarios,
    /// Halved in small scenarios and doubled in large ones.
    Sizes,
}

/// The grade at and above which a latent severity falls, from the second grade on.
pub type Cuts = Vec<f64>;

/// What a scenario's items have in common.
pub struct Scenario {
    severity: f64,
    framings: [f64; 2],
    views: Vec<f64>,
    noise: f64,
}

impl Population {
    /// How many grades.
    pub fn grades(&self) -> usize {
        self.shares.len()
    }

    /// The cut points that give the first rater the declared shares.
    pub fn cuts(&self, draw: &mut Draw) -> Cuts {
        const DRAWN: usize = 200_000;
        let mut seen: Vec<f64> = (0..DRAWN)
            .map(|at| {
                let scenario = self.scenario(at % 2 == 0, draw);
                self.severity(&scenario, 0, draw) + self.own(&scenario, 0, draw)
            })
            .collect();
        seen.sort_unstable_by(f64::total_cmp);
        let mut below = 0.0;
        let inner = &self.shares[..self.shares.len() - 1];
        inner
            .iter()
            .map(|share| {
                below += share;
                seen[(below * DRAWN as f64) as usize]
            })
            .collect()
    }

    /// Draws a scenario.
    pub fn scenario(&self, large: bool, draw: &mut Draw) -> Scenario {
        let doubled = match self.unlike {
            Unlike::Nowhere => None,
            Unlike::Scenarios => Some(draw.unit() < 0.5),
            Unlike::Sizes => Some(large),
        };
        let factor = doubled.map_or(1.0, |doubled| if doubled { 2.0 } else { 0.5 });
        Scenario {
            severity: self.scenario.sqrt() * bell(draw),
            framings: [0; 2].map(|_| self.framing.sqrt() * bell(draw)),
            views: (0..self.raters).map(|_| self.view * bell(draw)).collect(),
            noise: self.noise * factor,
        }
    }

    fn severity(&self, scenario: &Scenario, item: usize, draw: &mut Draw) -> f64 {
        let own = (1.0 - self.scenario - self.framing).sqrt() * bell(draw);
        scenario.severity + scenario.framings[item % 2] + own
    }

    /// What a rater adds to severity.
    fn own(&self, scenario: &Scenario, rater: usize, draw: &mut Draw) -> f64 {
        let (noise, shift) = match self.judge {
            Some((noise, shift)) if rater + 1 == self.raters => (noise, shift),
            _ => (scenario.noise, 0.0),
        };
        scenario.views[rater] + noise * bell(draw) + shift
    }

    /// Draws the grades of one item of a scenario: all raters'.
    pub fn grades_of(
        &self,
        scenario: &Scenario,
        item: usize,
        cuts: &Cuts,
        draw: &mut Draw,
    ) -> Vec<Option<usize>> {
        let severity = self.severity(scenario, item, draw);
        let mut grades: Vec<Option<usize>> = (0..self.raters)
            .map(|rater| {
                let seen = severity + self.own(scenario, rater, draw);
                if self.slip > 0.0 && draw.unit() < self.slip {
                    return Some((draw.unit() * self.grades() as f64) as usize);
                }
                Some(cuts.iter().filter(|&&cut| seen >= cut).count())
            })
            .collect();
        if let Some(graders) = self.graders {
            let mut kept: Vec<usize> = (0..self.raters).collect();
            for at in 0..graders {
                kept.swap(at, at + (draw.unit() * (self.raters - at) as f64) as usize);
            }
            kept[graders..].iter().for_each(|&rater| grades[rater] = None);
        }
        if self.missing > 0.0 {
            grades
                .iter_mut()
                .for_each(|grade| *grade = grade.filter(|_| draw.unit() >= self.missing));
        }
        grades
    }
}

/// A number with mean 0, variance 1 and nearly the normal distribution: the sum of four uniform ones,
/// taken from one draw with additions alone, so that no library of functions changes a digit.
fn bell(draw: &mut Draw) -> f64 {
    const STEPS: u64 = 1 << 13;
    let bits = (draw.unit() * (1_u64 << 52) as f64) as u64;
    let sum: u64 = (0..4).map(|part| (bits >> (13 * part)) % STEPS).sum();
    let variance = 4.0 * ((STEPS * STEPS - 1) as f64) / 12.0;
    (sum as f64 - 2.0 * (STEPS - 1) as f64) / variance.sqrt()
}
