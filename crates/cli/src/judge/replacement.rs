//! The alternative annotator test as text.

use crate::measure::{SHARE, describe, p_value};
use commands::{AtGrade, Constant, Contest, JudgeAxis, Outcome, Replacement};
use std::fmt::Write;

pub(super) fn write_replacement(text: &mut String, test: &Replacement, axis: &JudgeAxis) {
    if test.single_expert {
        let _ = writeln!(
            text,
            "  Two humans: each in turn is the expert whom the judge and the other are compared with.\n  \
             Less reliable than three."
        );
    }
    for (name, contest) in [("exact agreement", &test.exact), ("distance", &test.distance)] {
        write_contest(text, name, contest, (test.epsilon, axis));
        for one in &contest.humans {
            let won = if one.won { "won" } else { "not won" };
            let _ = writeln!(
                text,
                "  against {}: {:.3} to {:.3}, n = {}, p {}, corrected {}, {won}",
                one.rater,
                one.judge,
                one.human,
                one.n,
                one.p.made().map_or_else(|| "–".into(), |p| p_value(*p)),
                p_value(one.p_adjusted)
            );
            if let Outcome::Undefined { undefined } = &one.p {
                let _ = writeln!(text, "    {undefined}");
            }
        }
        if !contest.left_out.is_empty() {
            let _ = writeln!(text, "  left out, too few items: {}", contest.left_out.join(", "));
        }
    }
    let _ = writeln!(
        text,
        "  Every grade that the other humans agree on counting equally, however rare:"
    );
    write_contest(text, "exact agreement", &test.balanced.exact, (test.epsilon, axis));
    write_contest(text, "distance", &test.balanced.distance, (test.epsilon, axis));
    write_by_grade(text, &test.by_grade, axis);
}

fn write_contest(
    text: &mut String,
    name: &str,
    contest: &Contest,
    (epsilon, axis): (f64, &JudgeAxis),
) {
    let Constant { grade, winning_rate, advantage, passed } = &contest.constant;
    let grade = axis.name_of(*grade);
    let verdict = match (contest.uninformative, contest.passed) {
        (true, _) => format!("which cannot tell this judge from one that always gives {grade}"),
        (false, true) => "passes".into(),
        (false, false) => "does not pass".into(),
    };
    let _ = writeln!(
        text,
        "  by {name}: winning rate {:.3} at ε = {epsilon}, {verdict}",
        contest.winning_rate
    );
    let _ = writeln!(
        text,
        "  {:<28} {}",
        "judge at least as close",
        describe(&contest.advantage, &SHARE)
    );
    let share = advantage.0.estimate().map_or_else(|| "–".into(), |share| format!("{share:.3}"));
    let _ = writeln!(
        text,
        "  a judge that always gives {grade}: at least as close on {share}, winning rate {winning_rate:.3}, {}",
        if *passed { "passes" } else { "does not pass" }
    );
}

fn write_by_grade(text: &mut String, grades: &[AtGrade], axis: &JudgeAxis) {
    let _ = writeln!(text, "  By the grade that most of the other humans give, exact agreement:");
    for at in grades {
        let rate = match at.winning_rate {
            Some(rate) => format!("winning rate {rate:.3}"),
            None => "too few items for the test".into(),
        };
        let judge = at.judge.0.estimate().map_or_else(|| "–".into(), |share| format!("{share:.3}"));
        let _ = writeln!(
            text,
            "  grade {}: judge at least as close on {judge}, human on {:.3}, n = {}, {rate}",
            axis.name_of(at.grade),
            at.human,
            at.n
        );
    }
}
