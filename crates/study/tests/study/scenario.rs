//! What makes a scenario unusable.

use crate::support::scenario;
use study::Scenario;

fn refused(change: impl FnOnce(&mut Scenario)) -> String {
    let mut scenario = scenario("s1", "What now?");
    assert_eq!(scenario.check(), Ok(()), "the scenario is good before the change");
    change(&mut scenario);
    scenario.check().unwrap_err().to_string()
}

#[test]
fn a_scenario_that_cannot_be_rated_is_refused_with_the_field() {
    assert_eq!(refused(|s| s.id.clear()), "field `id`: found nothing; expected a text");
    assert_eq!(
        refused(|s| s.category = " ".into()),
        "field `category`: found nothing; expected a text"
    );
    assert_eq!(
        refused(|s| s.prompt = "\n".into()),
        "field `prompt`: found nothing; expected a text"
    );
    for weight in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(
            refused(|s| s.acuity_weight = weight),
            format!("field `acuity_weight`: found {weight}; expected a number greater than 0")
        );
    }
    assert_eq!(
        refused(|s| s.critical_actions[1].text.clear()),
        "field `critical_actions`: found an empty action; expected a text for each action"
    );
}

#[test]
fn a_scenario_without_a_reference_answer_can_be_rated() {
    let mut scenario = scenario("s1", "What now?");
    scenario.reference_answer.clear();
    assert_eq!(scenario.check(), Ok(()));
}
