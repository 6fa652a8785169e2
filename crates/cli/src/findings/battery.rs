//! What became of preregistered hypotheses, as text.

use crate::measure::{ANY, count, describe, number, p_value};
use crate::terminal::print;
use commands::{
    BatteryExclusion, BatteryFindings, Claim, Correction, DisposedHypothesis, DisposedTest,
    Disposition, Requires,
};
use std::fmt::Write;
use std::path::Path;

/// Writes the built-in battery to a new `file`.
pub(super) fn write(file: &Path) -> anyhow::Result<()> {
    commands::write_built_in_battery(file)?;
    print(&format!("{}: the built-in battery, to be changed\n", file.display()))
}

/// The table, then each hypothesis with its tests.
pub(super) fn text(found: &BatteryFindings) -> String {
    let mut text = format!("\nPreregistered hypotheses: {} ({})\n", found.title, found.digest);
    if let Some(registration) = &found.registration {
        let _ = writeln!(text, "  {registration}");
    }
    if !found.note.is_empty() {
        let _ = writeln!(text, "  {}", found.note);
    }
    if let Some(judge) = &found.judge {
        let _ = writeln!(text, "  The judge is {judge}.");
    }
    text.push('\n');
    let width = found.hypotheses.iter().map(|held| held.id.chars().count()).max().unwrap_or(0);
    for held in &found.hypotheses {
        let _ = writeln!(
            text,
            "  {:<width$}  {:<18} {}",
            held.id,
            disposition(held.disposition),
            held.statement
        );
    }
    if let Some(rate) = &found.error_rate {
        let _ = writeln!(text, "\n  {}", rate.sentence);
    }
    for held in &found.hypotheses {
        write_hypothesis(&mut text, held);
    }
    text
}

fn disposition(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Supported => "supported",
        Disposition::NotSupported => "not supported",
        Disposition::OppositeDirection => "opposite direction",
        Disposition::NotTested => "not tested",
    }
}

fn write_hypothesis(text: &mut String, held: &DisposedHypothesis) {
    let DisposedHypothesis { id, alpha, tests, .. } = held;
    let correction = match &held.correction {
        Correction::None => "no correction".to_owned(),
        Correction::Holm(family) => format!("Holm over the tests of {family}"),
    };
    let requires = match (held.requires, tests.len()) {
        (_, 0 | 1) => String::new(),
        (Requires::All, n) => format!(", all {n} tests required"),
        (Requires::Any, n) => format!(", one of {n} tests required"),
    };
    let _ = writeln!(
        text,
        "\n{id}: {} (alpha {alpha}, {correction}{requires})",
        disposition(held.disposition)
    );
    if let Some(rate) = &held.error_rate {
        let _ = writeln!(text, "  {}", rate.sentence);
    }
    for test in tests {
        write_test(text, test);
    }
    for excluded in &held.exclusions {
        let what = match excluded {
            BatteryExclusion::Model { model, .. } => model.clone(),
            BatteryExclusion::Pair { model, pair, .. } => format!("{model}, pair {pair}"),
            BatteryExclusion::Filtered { .. } => "filtered responses".into(),
        };
        let _ = writeln!(text, "  left out: {what} ({})", excluded.reason());
    }
    for remark in &held.remarks {
        let _ = writeln!(text, "  note: {remark}");
    }
    if !held.note.is_empty() {
        let _ = writeln!(text, "  source: {}", held.note);
    }
}

fn write_test(text: &mut String, test: &DisposedTest) {
    let name = test.model.as_deref().unwrap_or("all models");
    let _ = writeln!(text, "  {name:<14} {}", describe(&test.estimate, &ANY));
    if let Some(pooled) = test.pooled.as_ref().filter(|pooled| pooled.0.estimate().is_some()) {
        let (unit, pooled) = (test.unit, describe(pooled, &ANY));
        let _ =
            writeln!(text, "    the mean of {unit}s, which is tested; pooled: {}", pooled.trim());
    }
    if let Some(sample) = test.unweighted.as_ref().filter(|sample| sample.0.estimate().is_some()) {
        let _ = writeln!(text, "    of the rated sample: {}", describe(sample, &ANY).trim());
    }
    let claim = match (test.direction, test.margin) {
        (Claim::Within, Some(margin)) => format!("within {margin} of {}", test.value),
        (direction, _) => format!("{direction} {}", test.value),
    };
    let bound = test.bound.map(|bound| format!(", one-sided bound {bound:.3}")).unwrap_or_default();
    let made = match (test.test.test.statistic(), test.test.test.p()) {
        (Some(statistic), Some(p)) => {
            let holm = test
                .test
                .p_holm
                .map(|p| format!(", p {} after Holm", p_value(p)))
                .unwrap_or_default();
            format!("statistic {}, p {}{holm}{bound}; ", number(statistic), p_value(p))
        }
        _ => String::new(),
    };
    let reason = test.reason.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
    let _ = writeln!(
        text,
        "    {} {claim}; {}; {}: {made}{}{reason}",
        test.about,
        count(test.n, &test.unit.to_string()),
        test.procedure,
        disposition(test.disposition)
    );
}
