//! Figures of small reports, byte for byte. `UPDATE_FIGURES=1` writes them again; look at each before you keep it.

use crate::samples::{findings_small, judge_of, pair};
use figures::{Curve, Figure, of_findings, of_judges, of_pair};
use std::fs;
use std::path::Path;

fn golden() -> Vec<Figure> {
    let kept = |figures: Vec<Figure>, of: &[&str]| -> Vec<Figure> {
        figures.into_iter().filter(|figure| of.contains(&figure.of.as_str())).collect()
    };
    let curve = Curve {
        title: "Half-width of the interval by number of items".into(),
        across: "Items rated by both raters".into(),
        up: "Half-width".into(),
        most: None,
        points: vec![[20.0, 0.35], [40.0, 0.24], [80.0, 0.17], [160.0, 0.12]],
        planned: 80.0,
    };
    let judge = judge_of(["Ada", "Ben", "judge"]);
    [
        kept(of_pair(&pair()), &["axes/omission/table", "axes/omission/coefficients", "strata/0"]),
        kept(of_judges(&judge), &["judges/judge/axes/omission/kappa"]),
        kept(of_findings(&findings_small()), &["framing", "plane", "categories"]),
        vec![curve.draw()],
    ]
    .concat()
}

#[test]
fn figures_stay_as_they_are() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let figures = golden();
    assert_eq!(figures.len(), 8);
    for figure in figures {
        let file = folder.join(format!("{}.svg", figure.name));
        if std::env::var_os("UPDATE_FIGURES").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&file, figure.svg()).unwrap();
        }
        let kept = fs::read_to_string(&file).unwrap();
        assert_eq!(figure.svg(), kept, "{}", figure.name);
    }
}
