//! Leaks: places, sentences, the study's own names, decisions, and a packet's own bytes.

use crate::support::{built_in, bytes, raters, response, small_study};
use proptest::prelude::*;
use study::{
    Certainty, Leak, LeakAction, LeakDecision, LeakDecisions, LeakError, LeakKind, LeakPlace,
    MASKED, Mask, OriginPart, Origins, ReadText, Response, ScenarioPart, accept_all, blind,
    mask_all, scan, scan_packet, texts_read,
};

fn read(text: &str) -> ReadText<'_> {
    ReadText { place: LeakPlace::Response { response: 0 }, text }
}

fn of_models(models: &[&str]) -> Origins {
    let responses: Vec<Response> =
        (0..).zip(models).map(|(rep, model)| response("s1", model, rep, "text")).collect();
    Origins::of(&[], &responses)
}

fn leaks(text: &str) -> Vec<Leak> {
    scan(&[read(text)], &of_models(&[]))
}

/// What is found of a study with `model`, kinds and words.
fn names(model: &str, text: &str) -> Vec<(LeakKind, Certainty, String)> {
    scan(&[read(text)], &of_models(&[model]))
        .into_iter()
        .map(|leak| (leak.id.kind, leak.certainty, leak.matched))
        .collect()
}

/// The characters of `text` from `start` to `end`.
fn slice(text: &str, start: u32, end: u32) -> String {
    text.chars().skip(start as usize).take((end - start) as usize).collect()
}

#[test]
fn a_leak_is_shown_in_its_sentence() {
    let text = "Höre zu. 🩺 I think that Dr Šimek asked ChatGPT today!  Then he left.";
    let leak = leaks(text).remove(0);
    assert_eq!(leak.matched, "ChatGPT");
    assert_eq!(slice(text, leak.id.start, leak.id.end), "ChatGPT", "counted in characters");
    assert_eq!(leak.sentence, "🩺 I think that Dr Šimek asked ChatGPT today!");
    let shown = slice(&leak.sentence, leak.offset, leak.offset + leak.id.end - leak.id.start);
    assert_eq!(shown, "ChatGPT");
    let lines = leaks("one\nAsk\nChatGPT\nnow").remove(0);
    assert_eq!((lines.sentence.as_str(), lines.offset), ("ChatGPT", 0), "a line is a sentence");
}

#[test]
fn a_leak_in_code_of_several_lines_is_found_whatever_letters_stand_there() {
    for text in ["`Say\nChatGPT ଅ`", "`` ଅ\nChatGPT`ଅ ``"] {
        let found: Vec<_> = leaks(text).into_iter().map(|leak| leak.matched).collect();
        assert_eq!(found, ["ChatGPT"]);
    }
}

#[test]
fn overlapping_finds_are_one_leak_called_after_the_surest() {
    let found = leaks("As an AI language model developed by OpenAI, I must refuse.");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].matched, "As an AI language model developed by OpenAI");
    assert_eq!(
        (found[0].id.kind, found[0].certainty),
        (LeakKind::SelfIdentification, Certainty::Certain)
    );
}

#[test]
fn the_surest_come_first_then_the_order_of_the_texts() {
    let texts = ["Meta and Claude", "OpenAI; o1", "Claude"];
    let texts: Vec<ReadText<'_>> = (0..)
        .zip(texts)
        .map(|(response, text)| ReadText { place: LeakPlace::Response { response }, text })
        .collect();
    let words: Vec<String> =
        scan(&texts, &of_models(&[])).into_iter().map(|leak| leak.matched).collect();
    assert_eq!(words, ["OpenAI", "Claude", "Claude", "Meta", "o1"]);
}

#[test]
fn every_text_that_a_rater_reads_is_searched() {
    let (mut scenarios, mut responses) = small_study();
    responses.truncate(1);
    scenarios.truncate(1);
    responses[0].text = "OpenAI 1".into();
    let scenario = &mut scenarios[0];
    scenario.system_prompt = "OpenAI 2".into();
    scenario.prompt = "OpenAI 3".into();
    scenario.reference_answer = "OpenAI 4".into();
    scenario.critical_actions[1].text = "OpenAI 5".into();
    scenario.commission_risks[0] = "OpenAI 6".into();
    let leaks = scan(&texts_read(&scenarios, &responses), &of_models(&[]));
    let part =
        |part, number| LeakPlace::Scenario { scenario: "s1".into(), part, number, role: None };
    let expected = [
        LeakPlace::Response { response: 0 },
        part(ScenarioPart::SystemPrompt, 0),
        part(ScenarioPart::Prompt, 0),
        part(ScenarioPart::ReferenceAnswer, 0),
        part(ScenarioPart::CriticalAction, 1),
        part(ScenarioPart::CommissionRisk, 0),
    ];
    let places: Vec<LeakPlace> = leaks.into_iter().map(|leak| leak.place).collect();
    assert_eq!(places, expected);
}

#[test]
fn the_studys_own_names_are_always_found() {
    use Certainty::{Certain, Likely, Possible};
    use LeakKind::StudyName;
    for (model, text, certainty, words) in [
        ("gpt-5.2", "GPT 5.2 says", Certain, "GPT 5.2"),
        ("gpt-5.2", "gpt5.2 says", Certain, "gpt5.2"),
        ("gpt35", "GPT-3.5 says", Certain, "GPT-3.5"),
        ("gpt-5.2", "GPT says", Possible, "GPT"),
        ("openai/gpt-5.2", "OpenAI says", Certain, "OpenAI"),
        ("google/gemini-2.5-pro", "Gemini says", Likely, "Gemini"),
        ("claude-opus-4-1", "Claude Opus says", Certain, "Claude Opus"),
        ("meta-llama/Llama-3.3-70B", "Llama 3.3 says", Certain, "Llama 3.3"),
        ("mistralinstruct", "MistralInstruct says", Certain, "MistralInstruct"),
        ("chattogovar", "ChatTogoVar says", Certain, "ChatTogoVar"),
        ("zebra-7b", "Zebra says", Likely, "Zebra"),
        ("zorblat-7b", "__zorblat-7b__ says", Certain, "zorblat-7b"),
        ("model 0", "Model 0 says", Certain, "Model 0"),
        ("o3", "o3 says", Possible, "o3"),
        ("opus", "opus says", Possible, "opus"),
        ("moonshotai/kimi-k2", "kimi says", Possible, "kimi"),
        ("ernie-4.5", "ernie says", Possible, "ernie"),
        ("zorblat-7b", "Zor\u{ad}blat-7b says", Certain, "Zor\u{ad}blat-7b"),
    ] {
        assert_eq!(
            names(model, text),
            [(StudyName, certainty, words.to_owned())],
            "{model}: {text}"
        );
    }
    for (model, text) in [
        ("model 0", "A model of care, model 01"),
        ("A", "A patient"),
        ("gpt-5.2", "ALT (GPT) was 80 U/L"),
        ("meta-llama/Llama-3", "a meta-analysis"),
        ("google/gemini-2.5-pro", "search Google for it"),
        ("a1", "a 1 year old"),
        ("pro-large", "a large professional body"),
    ] {
        assert_eq!(names(model, text), [], "{model}: {text}");
    }
    assert_eq!(of_models(&["A", "model", "gpt-4"]).not_searched(), ["A", "model"]);
}

#[test]
fn a_decision_outlives_reading_the_files_again_but_not_a_changed_text() {
    let text = "OpenAI made it.";
    let decisions = accept_all(&leaks(text), LeakKind::Name, "the vendor is public");
    let json = serde_json::to_string(&decisions).unwrap();
    let decisions: Vec<LeakDecision> = serde_json::from_str(&json).unwrap();
    let decisions = LeakDecisions::new(&decisions).unwrap();
    let elsewhere = ReadText { place: LeakPlace::Response { response: 7 }, text };
    assert_eq!(decisions.undecided(&scan(&[elsewhere], &of_models(&[]))), Vec::<&Leak>::new());
    let changed = leaks("OpenAI made it!");
    assert_eq!(decisions.undecided(&changed), changed.iter().collect::<Vec<_>>());
    assert_eq!(decisions.strays([text]), Vec::<&LeakDecision>::new());
    assert_eq!(decisions.strays(["OpenAI made it!"]).len(), 1);
}

#[test]
fn masks_leave_every_other_word_and_remember_what_stood_there() {
    let text = "Claude e\u{301}crit 🩺 que ChatGPT ment, dit OpenAI";
    let decisions: Vec<LeakDecision> = ["claude", "CHATGPT", "OpenAI"]
        .iter()
        .flat_map(|words| mask_all(&leaks(text), words, MASKED))
        .collect();
    let masked = LeakDecisions::new(&decisions).unwrap().apply(text).unwrap();
    assert_eq!(masked.text, "[masked] e\u{301}crit 🩺 que [masked] ment, dit [masked]");
    let mask = |start, end, original: &str| Mask { start, end, original: original.into() };
    assert_eq!(
        masked.masks,
        [mask(0, 6, "Claude"), mask(20, 27, "ChatGPT"), mask(38, 44, "OpenAI")]
    );
}

#[test]
fn what_the_scan_missed_is_masked_by_hand() {
    let text = "Yours, Sparrow";
    assert_eq!(leaks(text), []);
    let decision = LeakDecision::by_hand(text, 7, 14);
    let masked = LeakDecisions::new(&[decision]).unwrap().apply(text).unwrap();
    assert_eq!(masked.text, "Yours, [masked]");
}

#[test]
fn masks_that_overlap_become_one_and_cover_what_they_touch() {
    let text = "say OpenAI now";
    let decisions = [LeakDecision::by_hand(text, 0, 7), LeakDecision::by_hand(text, 4, 10)];
    let accepted = accept_all(&leaks(text), LeakKind::Name, "harmless");
    let all: Vec<LeakDecision> = decisions.iter().cloned().chain(accepted).collect();
    let decisions = LeakDecisions::new(&all).unwrap();
    let masked = decisions.apply(text).unwrap();
    assert_eq!(masked.text, "[masked] now", "a mask counts for more than an acceptance");
    assert_eq!(masked.masks, [Mask { start: 0, end: 10, original: "say OpenAI".into() }]);
    let by_hand = LeakDecisions::new(&all[1..2]).unwrap();
    assert!(by_hand.undecided(&leaks(text)).is_empty(), "a mask settles the leak beneath it");
}

#[test]
fn decisions_that_make_no_sense_are_refused_with_the_remedy() {
    let text = "OpenAI";
    let empty = LeakDecision::by_hand(text, 3, 3);
    assert_eq!(
        LeakDecisions::new(&[empty]).unwrap_err(),
        LeakError::EmptySpan { number: 1, start: 3, end: 3 }
    );
    let blank = accept_all(&leaks(text), LeakKind::Name, " ");
    assert_eq!(LeakDecisions::new(&blank).unwrap_err(), LeakError::NoReason { number: 1 });
    let mut two = accept_all(&leaks(text), LeakKind::Name, "public");
    two.extend(two.clone());
    assert!(LeakDecisions::new(&two).is_ok(), "the same twice");
    two.extend(mask_all(&leaks(text), "openai", "[x]"));
    assert_eq!(
        LeakDecisions::new(&two).unwrap_err().to_string(),
        "leak decision 3: found another decision than decision 1 about the same leak; expected one of the two"
    );
    let long = LeakDecisions::new(&[LeakDecision::by_hand(text, 4, 9)]).unwrap();
    assert_eq!(long.apply(text).unwrap_err(), LeakError::OutsideText { end: 9, length: 6 });
    let unknown = r#"{"do":"mask","replacement":"x","colour":"red"}"#;
    assert!(serde_json::from_str::<LeakAction>(unknown).is_err(), "no unknown field");
    let bare: LeakAction = serde_json::from_str(r#"{"do":"mask"}"#).unwrap();
    assert_eq!(bare, LeakAction::Mask { replacement: MASKED.into() });
}

#[test]
fn three_hundred_leaks_are_decided_in_two_steps() {
    let texts: Vec<String> =
        (0..150).map(|n| format!("Text {n}: ChatGPT. I'm just an AI.")).collect();
    let texts: Vec<ReadText<'_>> = texts.iter().map(|text| read(text)).collect();
    let leaks = scan(&texts, &of_models(&[]));
    assert_eq!(leaks.len(), 300);
    let mut decisions = mask_all(&leaks, "ChatGPT", "the assistant");
    decisions.extend(accept_all(&leaks, LeakKind::Boilerplate, "masking would leave nothing"));
    let decisions = LeakDecisions::new(&decisions).unwrap();
    assert!(decisions.undecided(&leaks).is_empty());
    assert_eq!(
        decisions.apply(texts[3].text).unwrap().text,
        "Text 3: the assistant. I'm just an AI."
    );
}

fn packet_of(change: impl FnOnce(&mut serde_json::Value)) -> (String, Origins) {
    let (scenarios, responses) = small_study();
    let blinded =
        blind("Small study", &scenarios, &responses, &built_in("gated"), &raters(&["A"]), 1)
            .unwrap();
    let mut packet: serde_json::Value = serde_json::from_str(&bytes(&blinded.packets[0])).unwrap();
    change(&mut packet);
    (packet.to_string(), Origins::of(&scenarios, &responses))
}

#[test]
fn a_packet_of_the_blinding_holds_no_origin() {
    let (packet, origins) = packet_of(|_| {});
    assert_eq!(scan_packet(&packet, &origins).unwrap(), []);
}

#[test]
fn an_origin_in_a_packets_structure_is_found_wherever_it_stands() {
    let at = |pointer: &'static str, value: &'static str| {
        let (packet, origins) =
            packet_of(|packet| *packet.pointer_mut(pointer).unwrap() = value.into());
        let leaks = scan_packet(&packet, &origins).unwrap();
        leaks.into_iter().map(|leak| (leak.path, leak.part)).collect::<Vec<_>>()
    };
    let one = |path: &str, part| vec![(path.to_owned(), part)];
    assert_eq!(at("/items/3/id", "model 2-17"), one("items[3].id", OriginPart::Model));
    assert_eq!(at("/title", "On MODEL 1"), one("title", OriginPart::Model));
    assert_eq!(at("/items/0/scenario", "s2"), one("items[0].scenario", OriginPart::Scenario));
    assert_eq!(at("/scenarios/0/id", "golden_hour"), one("scenarios[0].id", OriginPart::Category));
    assert_eq!(at("/scenarios/0/id", "x-pair of s1"), one("scenarios[0].id", OriginPart::Pair));
    assert_eq!(at("/scenarios/1/id", "Layperson"), one("scenarios[1].id", OriginPart::Framing));
    assert_eq!(at("/rater", "golden_hour"), [], "a rater's label tells nothing about an item");
    let (packet, origins) = packet_of(|packet| packet["items"][0]["model_id"] = 1.into());
    let leaks = scan_packet(&packet, &origins).unwrap();
    assert_eq!((leaks[0].path.as_str(), leaks[0].part), ("items[0].model_id", OriginPart::Field));
}

#[test]
fn a_text_that_raters_read_is_left_to_the_scan() {
    let (packet, origins) =
        packet_of(|packet| packet["items"][0]["response"]["text"] = "Model 2 answers".into());
    assert_eq!(scan_packet(&packet, &origins).unwrap(), []);
    let error = scan_packet("{", &origins).unwrap_err();
    assert!(matches!(error, LeakError::NotJson(_)), "{error}");
}

#[test]
fn of_a_text_without_a_full_stop_each_find_is_told_with_what_is_near() {
    let text = "Claude é ".repeat(4_000);
    let found = leaks(&text);
    assert_eq!(found.len(), 4_000);
    for leak in &found {
        assert!(leak.sentence.len() <= 900, "{}", leak.sentence.len());
        assert_eq!(slice(&leak.sentence, leak.offset, leak.offset + 6), "Claude");
    }
}

/// Texts in which something is found, among letters of every kind.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        Just("OpenAI".to_owned()),
        Just(" As an AI developed by Google, ".to_owned()),
        Just("Claude\u{301}".to_owned()),
        Just("<|im_end|>".to_owned()),
        Just("<p>Ｏpen<b>A\u{ad}I</b>".to_owned()),
        Just("&#1057;lаude ".to_owned()),
        Just(" ChatGPT-4 ".to_owned()),
        Just("\r\n🩺é\u{200d}".to_owned()),
        Just(" As of my last update in ".to_owned()),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// One of the ways to write `letter` that a reader does not see, or sees through.
fn disguised(letter: char, way: u8) -> String {
    let wide = char::from_u32(letter as u32 + 0xfee0).unwrap();
    match way {
        0 => format!("\u{ad}{letter}"),
        1 => format!("{letter}\u{200b}"),
        2 => wide.into(),
        3 => format!("<b>{letter}</b>"),
        4 => format!("&#{};", letter as u32),
        5 => letter.to_string().replace('a', "а").replace('e', "е").replace('C', "С"),
        _ => letter.into(),
    }
}

proptest! {
    #[test]
    fn a_name_is_masked_whole_however_it_is_written(
        name in prop::sample::select(vec!["Claude", "ChatGPT", "OpenAI", "Anthropic"]),
        ways in proptest::collection::vec(0u8..9, 9),
        before in "[é🩺ж(>]{0,3} ",
        after in " [é🩺ж)<]{0,3}",
    ) {
        let written: String = name.chars().zip(ways).map(|(letter, way)| disguised(letter, way)).collect();
        let text = format!("So{before}{written}{after}");
        let decisions = mask_all(&leaks(&text), &leaks(&text)[0].matched, MASKED);
        let masked = LeakDecisions::new(&decisions).unwrap().apply(&text).unwrap();
        prop_assert_eq!(leaks(&masked.text), []);
        let [mask] = &masked.masks[..] else { panic!("{masked:?}") };
        prop_assert!(written.contains(&mask.original), "nothing but the name");
        prop_assert_eq!(masked.text, text.replacen(&mask.original, MASKED, 1));
    }

    #[test]
    fn spans_point_at_the_words_found(text in texts(), model in "[a-zA-Z0-9./:é-]{0,12}") {
        let leaks = scan(&[read(&text)], &of_models(&[&model]));
        for leak in &leaks {
            prop_assert_eq!(&slice(&text, leak.id.start, leak.id.end), &leak.matched);
            let length = leak.id.end - leak.id.start;
            prop_assert_eq!(&slice(&leak.sentence, leak.offset, leak.offset + length), &leak.matched);
            prop_assert!(text.contains(&leak.sentence));
        }
        let mut spans: Vec<_> = leaks.iter().map(|leak| (leak.id.start, leak.id.end)).collect();
        spans.sort_unstable();
        prop_assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0), "no two overlap");
    }

    #[test]
    fn masks_taken_back_give_the_original(
        text in texts(),
        spans in proptest::collection::vec((0u32..60, 1u32..9), 0..5),
        replacement in "[a-z\u{301}🩺]{0,3}",
    ) {
        let length = text.chars().count() as u32;
        let mut list: Vec<LeakDecision> = spans
            .iter()
            .filter(|(start, length_of)| start + length_of <= length)
            .map(|(start, length_of)| LeakDecision::by_hand(&text, *start, start + length_of))
            .collect();
        list.extend(leaks(&text).iter().map(|leak| LeakDecision {
            leak: leak.id.clone(),
            action: LeakAction::Mask { replacement: MASKED.into() },
        }));
        for decision in &mut list {
            decision.action = LeakAction::Mask { replacement: replacement.clone() };
        }
        let masked = LeakDecisions::new(&list).unwrap().apply(&text).unwrap();
        let mut rest = masked.text.as_str();
        let mut restored = String::new();
        for mask in &masked.masks {
            let kept = mask.start as usize - restored.chars().count();
            let (before, after) = rest.split_at(rest.char_indices().nth(kept).map_or(rest.len(), |at| at.0));
            restored.push_str(before);
            restored.push_str(&mask.original);
            rest = after.strip_prefix(replacement.as_str()).unwrap();
        }
        restored.push_str(rest);
        prop_assert_eq!(restored, text);
    }
}
