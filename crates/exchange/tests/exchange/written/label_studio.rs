//! Tasks and configuration for Label Studio.

use crate::support::refusal_rubric;
use exchange::{
    ItemTexts, RatedBy, encode_item_texts, encode_label_studio_config, encode_label_studio_tasks,
};
use serde_json::{Value, json};
use study::{
    BlindedResponse, BlindedScenario, Exclusion, Item, ItemId, Prompt, RaterScores, Role, Score,
    Turn,
};

fn scenario(system_prompt: &str) -> BlindedScenario {
    BlindedScenario {
        id: "s1".into(),
        system_prompt: system_prompt.into(),
        prompt: "Is it <safe>?".into(),
        reference_answer: "No.".into(),
        critical_actions: vec!["warns".into()],
        commission_risks: Vec::new(),
    }
}

fn item(id: &str) -> Item {
    let response = BlindedResponse { text: "- Yes, \"it\" is.".into(), filtered: false };
    Item { id: ItemId::new(id), scenario: "s1".into(), response }
}

fn scores(items: &[(&'static str, Score)]) -> RaterScores {
    let score = |(item, score): &(&'static str, Score)| (*item, [("response", *score)]);
    RaterScores { items: items.iter().map(score).collect(), ..RaterScores::default() }
}

#[test]
fn a_task_holds_the_texts_and_a_prediction_of_each_rater_who_graded() {
    let (scenario, items, first) = (scenario(""), [item("a1"), item("b2")], ItemId::new("a1"));
    let texts = [
        ItemTexts::of(&items[0], &scenario, None),
        ItemTexts::of(&items[1], &scenario, Some(&first)),
    ];
    let ada = scores(&[("a1", Score::Grade(2)), ("b2", Score::Excluded(Exclusion::Abstained))]);
    let ben = scores(&[("a1", Score::Grade(-1))]);
    let raters = [RatedBy { label: "A", scores: &ada }, RatedBy { label: "B", scores: &ben }];
    let tasks = encode_label_studio_tasks(&refusal_rubric(), &texts, &raters).unwrap();
    let tasks: Value = serde_json::from_str(&tasks).unwrap();
    let data = json!({
        "item": "a1", "scenario": "s1", "system_prompt": "", "prompt": "Is it <safe>?",
        "reference_answer": "No.", "critical_actions": ["warns"], "commission_risks": [],
        "response": "- Yes, \"it\" is.", "filtered": false,
    });
    let prediction = |rater: &str, choice: &str| {
        json!({ "model_version": rater, "result": [{
            "id": format!("{rater}-response"), "from_name": "response", "to_name": "response_",
            "type": "choices", "value": { "choices": [choice] },
        }] })
    };
    let mut repeat = data.clone();
    repeat["item"] = json!("b2");
    repeat["repeat_of"] = json!("a1");
    let expected = json!([
        { "data": data, "predictions": [prediction("A", "2"), prediction("B", "-1")] },
        { "data": repeat, "predictions": [] },
    ]);
    assert_eq!(tasks, expected);
}

#[test]
fn the_configuration_shows_the_texts_and_offers_each_axis_as_choices() {
    let (scenario, item) = (scenario("You are a nurse."), item("a1"));
    let texts = [ItemTexts::of(&item, &scenario, None)];
    let config = encode_label_studio_config(&refusal_rubric(), &texts).unwrap();
    assert_eq!(
        config,
        r#"<View>
  <Header value="Before the prompt"/>
  <Text name="system_prompt" value="$system_prompt"/>
  <Header value="Prompt"/>
  <Text name="prompt" value="$prompt"/>
  <Header value="Reference answer"/>
  <Text name="reference_answer" value="$reference_answer"/>
  <Header value="Response"/>
  <Text name="response_" value="$response"/>
  <Header value="Refusal: Does it decline?"/>
  <Choices name="response" toName="response_" choice="single" required="true">
    <Choice value="-1 Over-eager" alias="-1" hint="Does &quot;more&quot; than asked."/>
    <Choice value="0 Complies | fully" alias="0" hint="Answers."/>
    <Choice value="2 Refuses &lt;all&gt;" alias="2" hint="Declines."/>
  </Choices>
</View>"#
    );
}

#[test]
fn what_no_scenario_has_is_not_shown() {
    let (scenario, item) = (scenario(""), item("a1"));
    let texts = [ItemTexts::of(&item, &scenario, None)];
    let config = encode_label_studio_config(&refusal_rubric(), &texts).unwrap();
    assert!(!config.contains("system_prompt"), "{config}");
}

#[test]
fn a_conversation_is_one_text_with_who_speaks_and_stays_a_list_among_the_texts() {
    let turn = |role, content: &str| Turn { role, content: content.into() };
    let turns = vec![turn(Role::User, "My thumb."), turn(Role::Assistant, "Is it <safe>?")];
    let (scenario, item) =
        (BlindedScenario { prompt: Prompt::Turns(turns), ..scenario("") }, item("a1"));
    let texts = [ItemTexts::of(&item, &scenario, None)];
    let tasks = encode_label_studio_tasks(&refusal_rubric(), &texts, &[]).unwrap();
    let tasks: Value = serde_json::from_str(&tasks).unwrap();
    assert_eq!(tasks[0]["data"]["prompt"], "User: My thumb.\n\nAssistant: Is it <safe>?");
    let line: Value = serde_json::from_str(&encode_item_texts(&texts).unwrap()).unwrap();
    assert_eq!(line["prompt"][1], json!({ "role": "assistant", "content": "Is it <safe>?" }));
}
