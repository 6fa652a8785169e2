//! Words that the lead author marks by hand, in texts of every kind.

use proptest::prelude::*;
use study::{
    Leak, LeakDecision, LeakDecisions, LeakKind, LeakPlace, ReadText, Words, marked_by_hand,
    mask_all,
};

fn read(text: &str) -> [ReadText<'_>; 1] {
    [ReadText { place: LeakPlace::Response { response: 0 }, text }]
}

fn found(words: &str, text: &str) -> Vec<Leak> {
    Words::new(words).unwrap().find(&read(text))
}

fn matched(words: &str, text: &str) -> Vec<String> {
    found(words, text).into_iter().map(|leak| leak.matched).collect()
}

/// The characters of `text` from `start` to `end`.
fn slice(text: &str, start: u32, end: u32) -> String {
    text.chars().skip(start as usize).take((end - start) as usize).collect()
}

#[test]
fn whole_words_are_found_in_any_case_and_across_lines() {
    let text = "As ChatGPT\n I help. as chatgpt  i cannot. Atlas ChatGPT i.";
    assert_eq!(matched("as ChatGPT I", text), ["As ChatGPT\n I", "as chatgpt  i"]);
    assert_eq!(matched("Al", "Al also; al."), ["Al", "al"]);
    assert_eq!(matched("ChatGPT", "ChatGPT's, ChatGPT-4, ChatGPT4."), ["ChatGPT", "ChatGPT"]);
    assert_eq!(matched("(a+b)*", "x (A+B)* y"), ["(A+B)*"], "no regular expression");
    assert_eq!(matched("врач", "Врач, врача, ВРАЧ"), ["Врач", "ВРАЧ"]);
    assert_eq!(matched("İzmir", "İzmir izmir"), ["İzmir"]);
    assert!(Words::new(" \n").is_none());
    assert!(Words::new("gpt").unwrap().stand_in("ChatGPTs"), "a search looks within words");
}

#[test]
fn scripts_without_spaces_and_accents_apart_are_read_as_they_are() {
    assert_eq!(matched("通义千问", "我是通义千问开发的"), ["通义千问"]);
    assert_eq!(matched("Claude", "Claude\u{301} Claude"), ["Claude"], "another letter");
    let leak = found("اسمي كلود", "مرحبا، اسمي كلود 🩺").remove(0);
    assert_eq!((leak.id.start, leak.id.end), (7, 16), "right to left is counted as it is stored");
    let text = "\u{0}a\u{0} 👩\u{200d}⚕️ Zorblax\u{0}\r\nZorblax";
    let leaks = found("zorblax", text);
    assert_eq!(leaks.len(), 2, "nothing ends a text but its end");
    let masked =
        LeakDecisions::new(&mask_all(&leaks, "zorblax", "x")).unwrap().apply(text).unwrap();
    assert_eq!(masked.text, "\u{0}a\u{0} 👩\u{200d}⚕️ x\u{0}\r\nx");
}

#[test]
fn what_is_marked_by_hand_is_listed_in_its_sentence_until_it_is_taken_back() {
    let text = "One. I am a Zorblax 🩺 model. Two.";
    let marks =
        [(12, 18), (10, 19), (1, 97)].map(|(start, end)| LeakDecision::by_hand(text, start, end));
    let listed = marked_by_hand(&read(text), &marks);
    let words: Vec<&str> = listed.iter().map(|leak| leak.matched.as_str()).collect();
    assert_eq!(words, ["a Zorblax", "Zorbla"], "in the order of the text, and only what is there");
    assert_eq!(listed[0].sentence, "I am a Zorblax 🩺 model.");
    assert_eq!((listed[1].id.kind, listed[1].offset), (LeakKind::ByHand, 7));
    assert_eq!(marked_by_hand(&read("another text"), &marks), []);
}

proptest! {
    #[test]
    fn any_part_of_any_text_is_marked_to_the_character(
        text: String, from in any::<prop::sample::Index>(), length in 1usize..6,
    ) {
        let count = text.chars().count();
        prop_assume!(count > 0);
        let start = from.index(count);
        let (start, end) = (start as u32, (start + length).min(count) as u32);
        let decision = LeakDecision::by_hand(&text, start, end);
        let listed = marked_by_hand(&read(&text), std::slice::from_ref(&decision));
        prop_assert_eq!(&listed[0].id, &decision.leak);
        prop_assert_eq!(&listed[0].matched, &slice(&text, start, end));
        let masked = LeakDecisions::new(&[decision]).unwrap().apply(&text).unwrap();
        prop_assert_eq!(&masked.masks[0].original, &listed[0].matched);
    }

    #[test]
    fn what_is_found_is_what_was_asked_for(text in "[aA\u{0}🩺é\u{301}ا \n-]{0,20}", words in "[a🩺éا ]{1,4}") {
        let looked = Words::new(&words);
        prop_assume!(looked.is_some());
        for leak in looked.unwrap().find(&read(&text)) {
            prop_assert_eq!(&slice(&text, leak.id.start, leak.id.end), &leak.matched);
            let plain = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
            prop_assert_eq!(plain(&leak.matched), plain(&words));
        }
    }
}
