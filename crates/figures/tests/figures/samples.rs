//! Reports to draw.

use agreement::Resampling;
use analysis::{
    AgreementReport, Bounds, DecidedGrades, Effort, Findings, FindingsPlan, Intervals,
    JudgeQuestion, JudgeReport, LeftOut, PanelReport, PatternCutoffs, compare, compare_panel,
    findings, pool, validate_judges,
};
use figures::{Figure, of_findings, of_judges, of_pair, of_panel};
use std::ops::ControlFlow;
use study::{
    Checklist, CriticalAction, Framing, Grade, ItemDesign, Origin, RaterScores, Reference, Review,
    Scale, Scenario, Score, ScoredResponses,
};

/// Names as nobody should have them.
pub const DIFFICULT: [&str; 4] = [
    "<b>&\"'</b>",
    "a-very-long-name-of-a-model-that-somebody-gave-it/with-a-version-of-2026-11-29-and-more-of-that",
    "דגם שפה גדול \u{202e}abc",
    "模型 🧑🏽‍⚕️ e\u{301}\u{0}",
];

fn effort() -> Effort<'static> {
    let step = &|_, _| ControlFlow::Continue(());
    Effort { intervals: Intervals::Formula, resampling: Resampling::new(400, 7), step }
}

fn scale(axis: &str, label: &str, most: Grade) -> Scale {
    Scale {
        axis: axis.into(),
        label: label.into(),
        grades: (0..=most).collect(),
        names: Default::default(),
    }
}

fn rater(name: &str, models: &[&str], grades: &[Grade]) -> RaterScores {
    let item = |at: usize| format!("i{at}");
    let score =
        |(at, grade): (usize, &Grade)| (item(at), [("omission".to_owned(), Score::Grade(*grade))]);
    let design = |at: usize| {
        let model = models.get(at % models.len().max(1)).map(ToString::to_string);
        (item(at), ItemDesign { scenario: format!("s{at}"), model, ..ItemDesign::default() })
    };
    RaterScores {
        rater: name.into(),
        scales: vec![scale("omission", "Omission harm", 4)],
        items: grades.iter().enumerate().map(score).collect(),
        designs: (0..grades.len()).map(design).collect(),
        checklist: Checklist {
            codes: ["miss", "partial", "hit"].map(String::from).into(),
            items: (0..grades.len())
                .map(|at| (item(at), vec![Some(at % 3), Some(grades[at] as usize % 3)]))
                .collect(),
        },
        ..RaterScores::default()
    }
}

const ADA: [Grade; 12] = [0, 0, 1, 2, 2, 1, 0, 0, 1, 3, 4, 1];
const BEN: [Grade; 12] = [0, 1, 1, 2, 1, 1, 0, 0, 2, 3, 4, 0];
const EVA: [Grade; 12] = [0, 0, 2, 2, 2, 0, 0, 0, 1, 4, 1, 1];
const JUDGE: [Grade; 12] = [0, 0, 0, 1, 0, 1, 0, 1, 0, 2, 1, 0];

pub fn pair_of(names: [&str; 2], models: &[&str], grades: [&[Grade]; 2]) -> AgreementReport {
    let [first, second] = [0, 1].map(|at| rater(names[at], models, grades[at]));
    compare(&first, &second, false, effort()).unwrap()
}

pub fn pair() -> AgreementReport {
    pair_of(["Ada", "Ben"], &["aster", "borage"], [&ADA, &BEN])
}

pub fn panel_of(names: &[&str]) -> PanelReport {
    let grades = [&ADA, &BEN, &EVA, &JUDGE];
    let raters = names.iter().enumerate().map(|(at, name)| rater(name, &[], grades[at % 4]));
    compare_panel(&raters.collect::<Vec<_>>(), false, effort()).unwrap()
}

pub fn judge_of(names: [&str; 3]) -> JudgeReport {
    let [first, second, judge] = names;
    let humans =
        [rater(first, &["aster", "borage"], &ADA), rater(second, &["aster", "borage"], &BEN)];
    let judges = [rater(judge, &["aster", "borage"], &JUDGE)];
    let question = JudgeQuestion {
        humans: &humans,
        judges: &judges,
        reference: Reference::Average,
        epsilon: 0.2,
        across_rubrics: false,
    };
    validate_judges(question, effort()).unwrap()
}

fn scenario(pair: usize, framing: Framing) -> Scenario {
    let action = |collides| CriticalAction { text: "act".into(), safety_colliding: Some(collides) };
    Scenario {
        format: "primum-scenario/1".into(),
        id: format!("{pair}-{}", framing.name()),
        title: String::new(),
        category: ["golden_hour", "medication_interactions", "control"][pair % 3].into(),
        acuity_weight: 1.0,
        framing: Some(framing),
        pair_id: Some(format!("pair_{pair}")),
        system_prompt: String::new(),
        prompt: "p".into(),
        reference_answer: "r".into(),
        critical_actions: vec![action(true), action(false)],
        commission_risks: Vec::new(),
        clinical_basis: Vec::new(),
        review: Review { status: "draft".into(), note: String::new() },
    }
}

const FRAMINGS: [Framing; 2] = [Framing::Layperson, Framing::Physician];

/// Models that answer so many pairs; none of the first one's is graded on the commission axis.
pub fn findings_of(models: &[&str], pairs: usize, left_out: &[&str]) -> Findings {
    let scenarios: Vec<Scenario> =
        (0..pairs).flat_map(|pair| FRAMINGS.map(|framing| scenario(pair, framing))).collect();
    let (mut scores, mut designs, mut actions) = (Vec::new(), Vec::new(), Vec::new());
    for (which, model) in models.iter().enumerate() {
        for (at, scenario) in scenarios.iter().enumerate() {
            let origin =
                Origin { scenario_id: scenario.id.clone(), model_id: (*model).into(), rep_id: 1 };
            let item = origin.item_name();
            let (pair, is_layperson) = (at / 2, at % 2 == 0);
            let withheld = (which * 7 + pair * 3) % 3 + if is_layperson { which % 3 } else { 0 };
            let wrong = ((which + pair) % 4).saturating_sub(1);
            let mut graded = vec![("omission".to_owned(), Score::Grade(withheld as Grade))];
            graded.extend(
                (which > 0).then(|| ("commission".to_owned(), Score::Grade(wrong as Grade))),
            );
            scores.push((item.clone(), graded));
            actions.push((item.clone(), vec![Some((which + pair) % 3), Some((pair + at) % 3)]));
            let design = ItemDesign {
                scenario: scenario.id.clone(),
                model: Some((*model).into()),
                ..ItemDesign::default()
            };
            designs.push((item, design));
        }
    }
    let scored = ScoredResponses {
        scores: RaterScores {
            rater: "judge".into(),
            scales: vec![
                scale("omission", "Omission harm", 4),
                scale("commission", "Commission harm", 3),
            ],
            items: scores.into_iter().collect(),
            designs: designs.into_iter().collect(),
            checklist: Checklist {
                codes: ["miss", "partial", "hit"].map(String::from).into(),
                items: actions.into_iter().collect(),
            },
            ..RaterScores::default()
        },
        ..ScoredResponses::default()
    };
    let out =
        |model: &&str| LeftOut { model: (*model).into(), pair: None, reason: "its filter".into() };
    let plan = FindingsPlan {
        omission_axis: "omission".into(),
        commission_axis: "commission".into(),
        control_category: "control".into(),
        bounds: Bounds::default(),
        patterns: PatternCutoffs::default(),
        excluded: left_out.iter().map(out).collect(),
        seed: 7,
    };
    let rated = pool(vec![scored], DecidedGrades::new(), Reference::Average).unwrap();
    findings(&rated, &scenarios, &plan, &|_, _| ControlFlow::Continue(())).unwrap()
}

pub fn findings_small() -> Findings {
    findings_of(&["aster", "borage", "clover"], 4, &["borage"])
}

/// So many models, with names alike.
pub fn models(count: usize) -> Vec<String> {
    (1..=count).map(|at| format!("provider/large-model-{at}-2026")).collect()
}

/// Every figure of small, large and difficult reports.
pub fn all() -> Vec<(&'static str, Vec<Figure>)> {
    let many = models(30);
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let [tag, long, hebrew, chinese] = DIFFICULT;
    vec![
        ("pair", of_pair(&pair())),
        ("panel", of_panel(&panel_of(&["Ada", "Ben", "Eva"]))),
        ("judge", of_judges(&judge_of(["Ada", "Ben", "judge"]))),
        ("findings", of_findings(&findings_small())),
        ("difficult-pair", of_pair(&pair_of([tag, long], &[hebrew, chinese, long], [&ADA, &BEN]))),
        ("difficult-panel", of_panel(&panel_of(&DIFFICULT))),
        ("difficult-judge", of_judges(&judge_of([long, hebrew, chinese]))),
        ("difficult-findings", of_findings(&findings_of(&DIFFICULT, 4, &[long]))),
        ("one-item", of_pair(&pair_of(["Ada", "Ben"], &[], [&[1], &[2]]))),
        ("undefined", of_pair(&pair_of(["Ada", "Ben"], &["aster", "borage"], [&[0; 6], &[0; 6]]))),
        ("one-model", of_findings(&findings_of(&["aster"], 1, &[]))),
        ("many-models", of_findings(&findings_of(&many, 6, &[]))),
        ("many-raters", of_panel(&panel_of(&many[..9]))),
    ]
}
