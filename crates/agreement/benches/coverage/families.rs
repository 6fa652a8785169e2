//! What is simulated: populations, designs, quantities, one family a section of the tables.

use crate::design::{Chosen, Design, Sizes};
use crate::grid::{
    AGREEMENTS, HIGH, LOW, MODERATE, NEAR, PREVALENCES, clustered, independent, named, pair,
    with_view,
};
use crate::population::{Population, Unlike};
use crate::quantity::{GAPS, OF_PAIRS, OF_PANEL, OF_RESPONSES, OF_TWO, Quantity, WEIGHED};

/// Set-ups that one section of the tables shows.
pub struct Family {
    /// Its heading.
    pub title: &'static str,
    /// What the first column holds.
    pub rows: &'static str,
    pub quantities: &'static [Quantity],
    pub lines: Vec<Line>,
}

/// A population and how samples are drawn from it, one per column.
pub struct Line {
    pub population: Population,
    pub designs: Vec<(String, Design)>,
}

/// The family that is known to fail.
pub const GROSS: &str = "Rare gross disagreement";

/// All set-ups.
pub fn families() -> Vec<Family> {
    vec![
        two_raters(),
        scenarios(),
        many_scenarios_of_few(),
        panels(),
        missing(),
        gaps(),
        weighed(),
        responses(),
        pairs(),
        unlike(),
        other_grades(),
        gross(),
    ]
}

fn two_raters() -> Family {
    let mut lines = Vec::new();
    for grades in [2, 5] {
        for prevalence in PREVALENCES {
            for agreement in AGREEMENTS {
                let population = pair(grades, prevalence, agreement);
                lines.push(Line { population, designs: independent(&[8, 20, 50, 100, 400]) });
            }
        }
    }
    Family {
        title: "Two raters, independent items",
        rows: "grades, prevalence, agreement",
        quantities: &OF_TWO,
        lines,
    }
}

fn scenarios() -> Family {
    let mut lines = Vec::new();
    for grades in [2, 5] {
        for prevalence in PREVALENCES {
            for (agreement, view) in [(HIGH, 0.0), (MODERATE, 0.5)] {
                for items in [5, 20] {
                    for sizes in [Sizes::Equal, Sizes::Unequal] {
                        let how = if sizes == Sizes::Equal { "equal" } else { "unequal" };
                        let population = with_view(pair(grades, prevalence, agreement), view);
                        let designs = clustered(&[3, 4, 8, 20], items, sizes)
                            .into_iter()
                            .map(|(_, design)| (format!("{} scenarios", design.scenarios), design))
                            .collect();
                        let population = named(population, &format!("{items} items, {how}"));
                        lines.push(Line { population, designs });
                    }
                }
            }
        }
    }
    Family {
        title: "Two raters, scenarios of several items",
        rows: "grades, prevalence, agreement, items per scenario",
        quantities: &OF_TWO,
        lines,
    }
}

fn many_scenarios_of_few() -> Family {
    let mut lines = Vec::new();
    for grades in [2, 5] {
        for prevalence in PREVALENCES {
            for (agreement, view) in [(NEAR, 0.0), (LOW, 0.5)] {
                let population =
                    named(with_view(pair(grades, prevalence, agreement), view), "large");
                let mut designs = clustered(&[10, 40, 100], 5, Sizes::Unequal);
                designs.extend(clustered(&[12], 20, Sizes::Equal));
                lines.push(Line { population, designs });
            }
        }
    }
    Family {
        title: "Two raters, more scenarios, agreement near perfect or low",
        rows: "grades, prevalence, agreement",
        quantities: &OF_TWO,
        lines,
    }
}

fn panels() -> Family {
    let mut lines = Vec::new();
    for raters in [3, 6] {
        for grades in [2, 5] {
            for prevalence in PREVALENCES {
                for (agreement, view) in [(MODERATE, 0.5), (NEAR, 0.0)] {
                    let population = Population {
                        raters,
                        ..with_view(pair(grades, prevalence, agreement), view)
                    };
                    let population = named(population, &format!("{raters} raters"));
                    let mut designs = independent(&[20, 50, 200]);
                    designs.extend(clustered(&[4, 8, 20], 5, Sizes::Equal));
                    designs.extend(clustered(&[16], 10, Sizes::Unequal));
                    lines.push(Line { population, designs });
                }
            }
        }
    }
    Family {
        title: "Three and six raters",
        rows: "grades, prevalence, agreement, raters",
        quantities: &OF_PANEL,
        lines,
    }
}

fn missing() -> Family {
    let mut lines = Vec::new();
    for grades in [2, 5] {
        for prevalence in PREVALENCES {
            for agreement in [MODERATE, NEAR] {
                for (raters, graders, missing, how) in [
                    (3, None, 0.3, "3 raters, 30 % missing"),
                    (6, None, 0.5, "6 raters, 50 % missing"),
                    (10, Some(2), 0.0, "2 of 10 raters"),
                    (10, Some(3), 0.0, "3 of 10 raters"),
                ] {
                    let population = pair(grades, prevalence, agreement);
                    let population =
                        named(Population { raters, graders, missing, ..population }, how);
                    let mut designs = independent(&[20, 50, 200]);
                    designs.extend(clustered(&[8, 20], 5, Sizes::Equal));
                    lines.push(Line { population, designs });
                }
            }
        }
    }
    Family {
        title: "Ratings missing",
        rows: "grades, prevalence, agreement, raters",
        quantities: &OF_PANEL,
        lines,
    }
}

fn gaps() -> Family {
    let mut lines = Vec::new();
    for grades in [2, 5] {
        for prevalence in PREVALENCES {
            for (judge, how) in [
                (None, "judge as humans"),
                (Some((0.3, 0.0)), "judge better"),
                (Some((1.8, 0.4)), "judge worse"),
            ] {
                for (humans, view) in [(MODERATE, 0.0), (MODERATE, 0.5), (HIGH, 0.2)] {
                    let population = with_view(pair(grades, prevalence, humans), view);
                    let population = named(Population { raters: 3, judge, ..population }, how);
                    let mut designs = independent(&[20, 50, 200]);
                    designs.extend(clustered(&[4, 8, 20], 5, Sizes::Equal));
                    designs.extend(clustered(&[8], 20, Sizes::Equal));
                    designs.extend(clustered(&[24], 10, Sizes::Unequal));
                    lines.push(Line { population, designs });
                }
            }
        }
    }
    Family {
        title: "Judge with humans minus human with human",
        rows: "grades, prevalence, agreement of humans, judge",
        quantities: &GAPS,
        lines,
    }
}

fn weighed() -> Family {
    let mut lines = Vec::new();
    for grades in [2, 5] {
        for prevalence in PREVALENCES {
            for (agreement, view) in [(MODERATE, 0.0), (MODERATE, 0.5), (HIGH, 0.2)] {
                let population = with_view(pair(grades, prevalence, agreement), view);
                let population = named(population, "drawn by the second's grade");
                let design = |scenarios, items, lowest, else_| {
                    let chosen = Chosen::ByLast { lowest, else_ };
                    let design = Design { scenarios, items, sizes: Sizes::Equal, chosen };
                    (format!("{scenarios} × {items}, {else_}/{lowest}"), design)
                };
                let designs = vec![
                    design(1000, 1, 0.05, 0.5),
                    design(3000, 1, 0.05, 0.5),
                    design(3000, 1, 0.02, 0.1),
                    design(600, 1, 0.2, 0.5),
                    design(20, 50, 0.05, 0.5),
                    design(60, 50, 0.05, 0.5),
                    design(20, 30, 0.2, 0.5),
                ];
                lines.push(Line { population, designs });
            }
        }
    }
    Family {
        title: "Items drawn with known probabilities, weighed by their inverse",
        rows: "grades, prevalence, agreement",
        quantities: &WEIGHED,
        lines,
    }
}

fn responses() -> Family {
    let mut lines = Vec::new();
    for grades in [2, 5] {
        for prevalence in PREVALENCES {
            let population = named(pair(grades, prevalence, MODERATE), "responses");
            let mut designs = independent(&[8, 20, 50, 200]);
            designs.extend(clustered(&[4, 8, 20, 60], 5, Sizes::Equal));
            let unequal = clustered(&[8, 20, 60], 5, Sizes::Unequal);
            designs.extend(unequal.into_iter().map(|(name, design)| (name + ", unequal", design)));
            lines.push(Line { population, designs });
        }
    }
    Family {
        title: "Grades of a model's responses",
        rows: "grades, prevalence",
        quantities: &OF_RESPONSES,
        lines,
    }
}

fn pairs() -> Family {
    let mut lines = Vec::new();
    for grades in [2, 5] {
        for prevalence in PREVALENCES {
            for (told_less, how) in [(0.0, "told alike"), (0.5, "one told less")] {
                for likeness in [LOW, MODERATE] {
                    let alike = pair(grades, prevalence, likeness);
                    let judge = Some((likeness.1, -told_less));
                    let population = named(Population { judge, ..alike }, how);
                    let mut designs = independent(&[8, 10, 20, 60]);
                    designs.extend(clustered(&[8, 20, 60], 3, Sizes::Equal));
                    designs.extend(clustered(&[8, 20], 6, Sizes::Unequal));
                    lines.push(Line { population, designs });
                }
            }
        }
    }
    Family {
        title: "Two responses to one case",
        rows: "grades, prevalence, likeness of the two responses, framing",
        quantities: &OF_PAIRS,
        lines,
    }
}

fn unlike() -> Family {
    let mut lines = Vec::new();
    for grades in [2, 5] {
        for prevalence in PREVALENCES {
            let base = pair(grades, prevalence, MODERATE);
            let scenarios = Population { unlike: Unlike::Scenarios, ..base.clone() };
            let sizes = Population { unlike: Unlike::Sizes, ..base.clone() };
            let framed = Population { scenario: 0.3, framing: 0.3, view: 0.3, ..base };
            for (population, sizes) in [
                (named(scenarios, "unlike scenarios"), Sizes::Equal),
                (named(sizes, "larger scenarios harder"), Sizes::Unequal),
                (named(framed, "two framings"), Sizes::Equal),
            ] {
                let designs = clustered(&[8, 20, 60], 6, sizes);
                lines.push(Line { population, designs });
            }
        }
    }
    Family {
        title: "Scenarios that are not alike",
        rows: "grades, prevalence, agreement, how scenarios differ",
        quantities: &OF_TWO,
        lines,
    }
}

fn other_grades() -> Family {
    let mut lines = Vec::new();
    for grades in [3, 4, 7] {
        for prevalence in ["even", "rare"] {
            for agreement in [MODERATE, NEAR] {
                let population = pair(grades, prevalence, agreement);
                let mut designs = independent(&[20, 50, 200]);
                designs.extend(clustered(&[8, 20], 5, Sizes::Equal));
                lines.push(Line { population, designs });
            }
        }
    }
    Family {
        title: "Three, four and seven grades",
        rows: "grades, prevalence, agreement",
        quantities: &OF_TWO,
        lines,
    }
}

fn gross() -> Family {
    let mut lines = Vec::new();
    for prevalence in PREVALENCES {
        for slip in [0.01, 0.03] {
            let population = Population { slip, ..pair(5, prevalence, NEAR) };
            let population = named(population, &format!("{} % slips", slip * 100.0));
            let mut designs = independent(&[20, 30, 60, 100, 200, 400]);
            designs.extend(clustered(&[20], 5, Sizes::Equal));
            lines.push(Line { population, designs });
        }
    }
    Family {
        title: GROSS,
        rows: "grades, prevalence, agreement but for slips",
        quantities: &OF_TWO,
        lines,
    }
}
