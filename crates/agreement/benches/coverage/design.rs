//! Samples from a population: how many scenarios with how many items, and which items are graded.

use agreement::{Draw, RatedItem, RatedItems};

use crate::population::{Cuts, Population};

/// Items, and what they are to statistics of raters.
pub struct Sample {
    pub items: Vec<RatedItem>,
    pub rated: RatedItems,
}

/// How a sample is drawn.
#[derive(Clone, Debug)]
pub struct Design {
    /// G, the number of scenarios.
    pub scenarios: usize,
    /// The items of a scenario, on average.
    pub items: usize,
    /// How they are spread over scenarios.
    pub sizes: Sizes,
    /// With which probability an item is graded.
    pub chosen: Chosen,
}

/// How many items scenarios have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sizes {
    /// As many each.
    Equal,
    /// 1, 2, 3, 1, 6, 1, 2, 8, … thirds of the mean, at least one.
    Unequal,
}

/// Which items of the scenarios are graded.
#[derive(Clone, Copy, Debug)]
pub enum Chosen {
    /// All.
    All,
    /// By the last rater's grade: with one probability where it is the lowest, with another elsewhere.
    ByLast { lowest: f64, else_: f64 },
}

/// The sizes of unequal scenarios, in thirds of the mean.
const THIRDS: [usize; 8] = [1, 2, 3, 1, 6, 1, 2, 8];

/// The share of items in scenarios larger than the mean.
pub const IN_LARGE: f64 = 14.0 / 24.0;

impl Design {
    fn size(&self, scenario: usize) -> usize {
        match self.sizes {
            Sizes::Equal => self.items,
            Sizes::Unequal => (THIRDS[scenario % 8] * self.items).div_ceil(3).max(1),
        }
    }

    /// How many items are drawn, graded or not.
    pub fn drawn(&self) -> usize {
        (0..self.scenarios).map(|scenario| self.size(scenario)).sum()
    }

    /// Draws a sample.
    pub fn sample(&self, population: &Population, cuts: &Cuts, draw: &mut Draw) -> Sample {
        let mut items = Vec::with_capacity(self.drawn());
        for cluster in 0..self.scenarios {
            let large = self.sizes == Sizes::Unequal && THIRDS[cluster % 8] > 3;
            let scenario = population.scenario(large, draw);
            for item in 0..self.size(cluster) {
                let grades = population.grades_of(&scenario, item, cuts, draw);
                let weight = match self.chosen {
                    Chosen::All => 1.0,
                    Chosen::ByLast { lowest, else_ } => {
                        let lowest_given = grades.last() == Some(&Some(0));
                        let probability = if lowest_given { lowest } else { else_ };
                        if draw.unit() >= probability {
                            continue;
                        }
                        1.0 / probability
                    }
                };
                items.push(RatedItem { weight, ..RatedItem::new(cluster, grades) });
            }
        }
        Sample::of(population, items)
    }
}

/// A sample of independent items, large enough to represent the population.
pub fn whole(population: &Population, cuts: &Cuts, items: usize, draw: &mut Draw) -> Sample {
    let item = |at: usize, draw: &mut Draw| {
        let scenario = population.scenario(draw.unit() < IN_LARGE, draw);
        RatedItem::new(0, population.grades_of(&scenario, at, cuts, draw))
    };
    Sample::of(population, (0..items).map(|at| item(at, draw)).collect())
}

impl Sample {
    fn of(population: &Population, items: Vec<RatedItem>) -> Self {
        let rated = RatedItems::new(population.raters, population.grades(), &items)
            .unwrap_or_else(|error| panic!("{error}"));
        Self { items, rated }
    }
}
