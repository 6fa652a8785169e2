//! What each kind finds, and what it passes over.

use study::Certainty::{Certain, Likely, Possible};
use study::LeakKind::{Boilerplate, Framing, KnowledgeCutoff, Metadata, Name, SelfIdentification};
use study::{
    Certainty, Leak, LeakDecisions, LeakKind, LeakPlace, MASKED, Origins, ReadText, ScenarioPart,
    lexicon, mask_each, scan,
};

/// The leaks of `text`, as a prompt where the kind asked for can only be in one.
fn leaks(kind: LeakKind, text: &str) -> Vec<Leak> {
    let place = if kind == Framing {
        LeakPlace::Scenario {
            scenario: "s".into(),
            part: ScenarioPart::Prompt,
            number: 0,
            role: None,
        }
    } else {
        LeakPlace::Response { response: 0 }
    };
    scan(&[ReadText { place, text }], &Origins::of(&[], &[]))
}

fn found(kind: LeakKind, text: &str) -> Vec<(LeakKind, Certainty, String)> {
    leaks(kind, text).into_iter().map(|leak| (leak.id.kind, leak.certainty, leak.matched)).collect()
}

/// In each text the words are found, and nothing else.
fn finds(kind: LeakKind, cases: &[(&str, Certainty, &str)]) {
    for (text, certainty, words) in cases {
        assert_eq!(found(kind, text), [(kind, *certainty, (*words).to_owned())], "{text}");
        can_be_masked(kind, text);
    }
}

/// Where everything found is masked, nothing is left to find, and nothing else has changed.
fn can_be_masked(kind: LeakKind, text: &str) {
    let decisions = LeakDecisions::new(&mask_each(&leaks(kind, text), MASKED)).unwrap();
    let masked = decisions.apply(text).unwrap();
    let (mut expected, mut letters, mut at) = (String::new(), text.chars(), 0);
    for mask in &masked.masks {
        expected.extend(letters.by_ref().take((mask.start - at) as usize));
        expected.push_str(MASKED);
        let hidden: String = letters.by_ref().take((mask.end - mask.start) as usize).collect();
        assert_eq!(hidden, mask.original, "{text}");
        at = mask.end;
    }
    expected.extend(letters);
    assert_eq!(masked.text, expected);
    assert_eq!(leaks(kind, &masked.text), [], "{text}");
}

/// In none of the texts is anything found.
fn passes(kind: LeakKind, texts: &[&str]) {
    for text in texts {
        assert_eq!(found(kind, text), [], "{text}");
    }
}

#[test]
fn each_entry_finds_its_own_example() {
    assert!(lexicon().len() > 40, "{}", lexicon().len());
    for entry in lexicon() {
        assert!(!entry.reason.is_empty(), "{} has a reason", entry.pattern);
        let leaks = leaks(entry.kind, entry.example);
        let own = leaks.iter().any(|leak| leak.reason == entry.reason);
        let surer = leaks.iter().any(|leak| leak.certainty < entry.certainty);
        assert!(own || surer, "{} in {:?}: {leaks:?}", entry.pattern, entry.example);
        can_be_masked(entry.kind, entry.example);
    }
}

#[test]
fn a_model_that_says_who_it_is() {
    finds(
        SelfIdentification,
        &[
            ("I am Claude, made by Anthropic.", Certain, "I am Claude"),
            ("As ChatGPT, I cannot know.", Certain, "As ChatGPT, I"),
            ("I’m Gemini.", Certain, "I’m Gemini"),
            ("As an AI developed by OpenAI, no.", Certain, "As an AI developed by OpenAI"),
            ("I was trained by Google.", Certain, "I was trained by Google"),
            (
                "I'm an AI assistant created and maintained by\nMeta.",
                Certain,
                "I'm an AI assistant created and maintained by\nMeta",
            ),
            ("My creators gave me rules.", Likely, "My creators"),
        ][1..],
    );
    let both = found(SelfIdentification, "I am Claude, made by Anthropic.");
    assert_eq!(both[0], (SelfIdentification, Certain, "I am Claude".into()));
    assert_eq!(both[1], (Name, Certain, "Anthropic".into()));
    passes(
        SelfIdentification,
        &[
            "Was the protocol developed by a surgeon?",
            "As a patient, I was treated by nurses.",
            "The vaccine was developed by Pfizer.",
            "The model was trained by hand.",
            "The guideline was created by the WHO.",
        ],
    );
}

#[test]
fn names_of_models_and_vendors() {
    finds(
        Name,
        &[
            ("Ask GPT-4o about it.", Certain, "GPT-4o"),
            ("Ask gpt‑3.5 turbo about it.", Certain, "gpt‑3.5 turbo"),
            ("OpenAI's policy", Certain, "OpenAI"),
            ("ChatGPTは言う", Certain, "ChatGPT"),
            ("Claude 3.5 Sonnet wrote", Certain, "Claude 3.5 Sonnet"),
            ("Llama-3.1-70B wrote", Certain, "Llama-3.1-70B"),
            ("Mixtral-8x7B wrote", Certain, "Mixtral-8x7B"),
            ("DeepSeek-R1 wrote", Certain, "DeepSeek-R1"),
            ("Gemini 1.5 Pro wrote", Certain, "Gemini 1.5 Pro"),
            ("Med-PaLM 2 wrote", Certain, "Med-PaLM 2"),
            ("o3-mini wrote", Certain, "o3-mini"),
            ("Claude wrote", Likely, "Claude"),
            ("Grok wrote", Likely, "Grok"),
            ("Ask Dr. Claude Martin.", Possible, "Claude"),
            ("Jean-Claude asked.", Possible, "Claude"),
            ("Gemini wrote", Likely, "Gemini"),
            ("Taurus and Gemini", Possible, "Gemini"),
            ("Mistral wrote", Likely, "Mistral"),
            ("The Mistral is a cold wind.", Possible, "Mistral"),
            ("GPT wrote", Possible, "GPT"),
            ("Bard wrote", Possible, "Bard"),
            ("Meta wrote", Possible, "Meta"),
            ("Google wrote", Possible, "Google"),
            ("o1 wrote", Possible, "o1"),
            ("_Claude_ wrote", Likely, "Claude"),
            ("__ChatGPT__ wrote", Certain, "ChatGPT"),
            ("so _claude-3-opus_ says", Certain, "claude-3-opus"),
            ("__gpt-4o__, and", Certain, "gpt-4o"),
            ("written_by_OpenAI", Certain, "OpenAI"),
            ("Several Claudes wrote", Likely, "Claudes"),
            ("#claude", Possible, "claude"),
            ("<!-- by: claude -->", Possible, "claude"),
            ("model: gemini", Possible, "gemini"),
            ("gpt wrote", Possible, "gpt"),
            ("Llama² wrote", Likely, "Llama"),
            ("GPT−4 wrote", Certain, "GPT−4"),
            ("Opus 4.1 wrote", Certain, "Opus 4.1"),
            ("sonnet-4 wrote", Likely, "sonnet-4"),
            ("Haiku wrote", Possible, "Haiku"),
            ("Beethoven's Opus 3", Possible, "Opus 3"),
            ("Kimi K2 wrote", Certain, "Kimi K2"),
            ("Kimi wrote", Likely, "Kimi"),
            ("Kimi, a patient of 34, hurts", Possible, "Kimi"),
            ("Gemma, a 5-year-old girl", Possible, "Gemma"),
            ("ERNIE wrote", Likely, "ERNIE"),
            ("Ernie wrote", Possible, "Ernie"),
            ("Phi-4 wrote", Likely, "Phi-4"),
            ("phi-3 wrote", Likely, "phi-3"),
            ("Phi 4 mini wrote", Certain, "Phi 4 mini"),
            ("Phi-4-reasoning-plus wrote", Certain, "Phi-4-reasoning-plus"),
            ("Nova Pro wrote", Likely, "Nova Pro"),
            ("amazon.nova-lite-v1:0", Certain, "amazon.nova-lite"),
            ("grok-3 wrote", Certain, "grok-3"),
            ("@grok, is it true?", Possible, "grok"),
            ("GLM-4.5-Air wrote", Certain, "GLM-4.5-Air"),
            ("GLM wrote", Possible, "GLM"),
            ("Command R+ wrote", Certain, "Command R+"),
            ("Yi-1.5-34B wrote", Certain, "Yi-1.5-34B"),
            ("Jamba 1.5 Large wrote", Certain, "Jamba 1.5 Large"),
            ("MedGemma 27B wrote", Certain, "MedGemma 27B"),
            ("Meditron3-8B wrote", Certain, "Meditron3-8B"),
            ("Granite 3.0 wrote", Certain, "Granite 3.0"),
            ("Claude Bernard", Possible, "Claude"),
            ("Gemini twins", Possible, "Gemini"),
        ],
    );
    passes(
        Name,
        &[
            "ALT (GPT) was 120 U/L.",
            "GOT and GPT were normal.",
            "A meta-analysis. Meta-analysis of trials.",
            "Search Google for a clinic, or open Google Maps.",
            "You can google it.",
            "Shakespeare, the Bard of Avon",
            "A llama is an animal kept for its wool.",
            "Intermittent claudication; St. Claudette",
            "Metastasis, metabolism, Metamizole, Metformin",
            "V. cholerae O1, and O3 in the air",
            "The palm of the hand, a command, a falcon, an opus, a haiku.",
            "Bardet-Biedl syndrome. Barden. gptx",
            "snake_case_names and __init__ are not names. claudication_scale",
            "They cohere. It is a perplexity. The co-pilot slept.",
            "Méta, Bardé, Bard\u{301}",
            "A haiku about asthma. Write a Haiku on asthma.",
            "Opus 27 no. 2, his magnum opus. Opus Dei.",
            "sonnet 18. Sonnet 18 by Shakespeare.",
            "The phi angle; phi 3 is 60 degrees; ϕ4.",
            "PHI must be protected. PHI-3 is what HIPAA protects.",
            "The nova of symptoms. Nova Scotia.",
            "To grok the ECG. Can you grok it?",
            "The gemini twins, Bert and Ernie",
            "The haiku was short; the opus, too. A minimax decision.",
            "Her med found its place. The intern Vladimir.",
            "A GLM with covariates was fitted. Le chat. Jamba Juice.",
            "TNF-α, α1-antitrypsin, 5 µg, cm², O³",
        ],
    );
}

/// What a rater reads counts, however it is written; what is masked is what was written.
#[test]
fn a_name_with_signs_of_formatting_in_it_is_found_as_it_is_read() {
    finds(
        Name,
        &[
            ("Cl&#x61;ude wrote", Likely, "Cl&#x61;ude"),
            ("so Chat&#71;PT says", Certain, "Chat&#71;PT"),
            ("**Ch**atGPT wrote", Certain, "Ch**atGPT"),
            ("Open*AI* wrote", Certain, "Open*AI"),
            ("gpt\\-4o wrote", Certain, "gpt\\-4o"),
            ("- a point\n- Chat`GPT` wrote", Certain, "Chat`GPT"),
            ("| a | b |\n|---|---|\n| Anth&#114;opic | 1 |", Certain, "Anth&#114;opic"),
        ],
    );
    passes(Name, &["AT&amp;T **met**a-analysis", "a < b &amp; c"]);
}

#[test]
fn a_name_with_tags_in_it_is_found() {
    finds(
        Name,
        &[
            ("so Cl<b>au</b>de wrote", Likely, "Cl<b>au</b>de"),
            ("<p>Cl<b>au</b>de wrote</p>", Likely, "Cl<b>au</b>de"),
            ("<div>so **Cl**aude wrote", Likely, "Cl**aude"),
            ("<div>\nso\n_Claude_ wrote\n</div>", Likely, "Claude"),
            ("<p>so Claude <b>wrote</b></p>", Likely, "Claude"),
            ("𝐆𝐏𝐓-𝟒𝐨 wrote", Certain, "𝐆𝐏𝐓-𝟒𝐨"),
            ("<div>\nOpen<span class=\"x\">AI</span>\n</div>", Certain, "Open<span class=\"x\">AI"),
            ("<!-- so Ｃｌａｕｄｅ wrote -->", Likely, "Ｃｌａｕｄｅ"),
            ("Anth<wbr/>ropic wrote", Certain, "Anth<wbr/>ropic"),
        ],
    );
    passes(Name, &["<td>open</td><td>AI</td>", "open<br>AI", "x<y and z>open"]);
}

#[test]
fn a_name_of_other_letters_or_with_invisible_ones_is_found() {
    finds(
        Name,
        &[
            ("é Cl\u{ad}aude wrote", Likely, "Cl\u{ad}aude"),
            (
                "C\u{200b}l\u{2060}aud\u{feff}e\u{200b} wrote",
                Likely,
                "C\u{200b}l\u{2060}aud\u{feff}e",
            ),
            ("🩺 Ｃｌａｕｄｅ wrote", Likely, "Ｃｌａｕｄｅ"),
            ("ＧＰＴ－４ｏ wrote", Certain, "ＧＰＴ－４ｏ"),
            ("𝐂𝐥𝐚𝐮𝐝𝐞 wrote", Likely, "𝐂𝐥𝐚𝐮𝐝𝐞"),
            ("Сlаude wrote", Likely, "Сlаude"),
            ("ΟpenAΙ wrote", Certain, "ΟpenAΙ"),
            ("&#1057;laude wrote", Likely, "&#1057;laude"),
            ("**С**l<i>а\u{ad}u</i>de wrote", Likely, "С**l<i>а\u{ad}u</i>de"),
        ],
    );
}

#[test]
fn until_when_a_model_knows_the_world() {
    finds(
        KnowledgeCutoff,
        &[
            (
                "As of my last update in September 2021, yes.",
                Certain,
                "As of my last update in September 2021",
            ),
            ("As of my last knowledge update, former", Certain, "As of my last knowledge update"),
            ("My knowledge cut-off is April 2023.", Certain, "My knowledge cut-off is April 2023"),
            (
                "My training data only goes up to early 2023.",
                Certain,
                "My training data only goes up to early 2023",
            ),
            ("Based on my training data, no.", Certain, "Based on my training data"),
            ("I was last updated in 2022.", Likely, "I was last updated in 2022"),
            ("I cannot browse the internet.", Possible, "I cannot browse the internet"),
        ],
    );
    passes(
        KnowledgeCutoff,
        &[
            "The guideline was updated in 2021.",
            "As of 2021 the guideline says so.",
            "The cutoff for troponin is 14 ng/L.",
            "Update your vaccination by September 2021.",
            "I was trained in surgery.",
            "To the best of my knowledge it is safe.",
            "At the airport you can browse the internet.",
        ],
    );
}

#[test]
fn what_a_template_or_a_program_left() {
    finds(
        Metadata,
        &[
            ("Rest.<|im_start|>", Certain, "<|im_start|>"),
            ("[INST] Rest.", Certain, "[INST]"),
            ("<<SYS>> Rest.", Certain, "<<SYS>>"),
            ("Rest.<end_of_turn>", Certain, "<end_of_turn>"),
            ("### Response:\nRest.", Certain, "### Response:"),
            ("Rest【3†source】.", Certain, "【3†source】"),
            ("see https://a.org?utm_source=chatgpt.com", Certain, "utm_source=chatgpt.com"),
            ("Rest. fp_44709d6fcb", Certain, "fp_44709d6fcb"),
            ("Rest. system_fingerprint", Likely, "system_fingerprint"),
            ("{'finish_reason': 1}", Likely, "'finish_reason':"),
            ("<!-- Generated by X 3 --> Rest.", Likely, "<!-- Generated by X 3 -->"),
            ("// generated by X 3\nRest.", Likely, "// generated by X 3"),
            (
                "<meta name=\"generator\" content=\"X\">",
                Likely,
                "<meta name=\"generator\" content=\"X\">",
            ),
            ("Rest.</s>", Likely, "</s>"),
            ("<think>\nHe may bleed.", Likely, "<think>"),
            ("Rest.\nAssistant: Rest more.", Likely, "Assistant:"),
            ("### Response\nRest.", Possible, "### Response"),
            ("User: and then?", Possible, "User:"),
        ],
    );
    passes(
        Metadata,
        &[
            "Call your assistant: it is urgent.",
            "The medical assistant: what does she do?",
            "### Responses to treatment\nGood.",
            "p < 0.05 | n > 3 | <b>bold</b> | a <- b",
            "[1], [INSTITUTION], x|y|z",
            "the user: a patient",
            "Think <carefully>.",
            "The rhythm is generated by the sinus node.",
            "The pacemaker's generator: replace it.",
            "# Generated by the heart",
            "fp_1 and fp_shift; the finish, the reason",
        ],
    );
}

#[test]
fn turns_of_phrase() {
    finds(
        Boilerplate,
        &[
            ("Sorry, but I can’t assist with that.", Likely, "Sorry, but I can’t assist with that"),
            ("I'm just an AI.", Likely, "I'm just an AI"),
            ("As an AI language model, no.", Possible, "As an AI language model"),
            ("act with care, respect, and truth", Likely, "care, respect, and truth"),
        ],
    );
    passes(
        Boilerplate,
        &[
            "Sorry, but I can't walk.",
            "As an aid, use a stick.",
            "As an air traveller, drink enough.",
            "Artificial intelligence reads some scans.",
            "Treat patients with care and respect.",
        ],
    );
    let prompt = LeakPlace::Scenario {
        scenario: "s".into(),
        part: ScenarioPart::SystemPrompt,
        number: 0,
        role: None,
    };
    let asked = ReadText { place: prompt, text: "You are a helpful AI assistant." };
    assert_eq!(scan(&[asked], &Origins::of(&[], &[])), [], "what all models were told");
}

#[test]
fn who_asks() {
    finds(
        Framing,
        &[
            ("I'm a physician.", Certain, "I'm a physician"),
            (
                "I am an attending in emergency medicine.",
                Certain,
                "I am an attending in emergency medicine",
            ),
            ("I’m a retired trauma nurse.", Certain, "I’m a retired trauma nurse"),
            ("I'm an OB/GYN.", Certain, "I'm an OB/GYN"),
            ("I'm not a clinician.", Certain, "I'm not a clinician"),
            ("My patient stopped warfarin.", Certain, "My patient"),
            ("One of my older patients fell.", Certain, "One of my older patients"),
            ("Patient presents with pain.", Likely, "Patient presents"),
            ("The user is a licensed physician.", Likely, "The user is a licensed physician"),
            ("My doctor cut the dose.", Possible, "My doctor"),
        ],
    );
    passes(
        Framing,
        &[
            "Should I see a doctor?",
            "I'm patient, but it hurts.",
            "I'm attending a festival.",
            "I am 13 weeks pregnant.",
            "Is there a doctor on this plane?",
            "The nurse was kind.",
        ],
    );
    for near in [
        "I'm a resident of Ohio.",
        "My patient husband waits.",
        "As a 63-year-old male, I cannot run.",
        "He has been known for being patient with people.",
        "I'm a smoker and my doctor left.",
    ] {
        assert!(found(Framing, near).iter().all(|leak| leak.1 > Certain), "{near}");
    }
    let response = LeakPlace::Response { response: 0 };
    let said = ReadText { place: response, text: "Tell my patient that I'm a physician." };
    assert_eq!(scan(&[said], &Origins::of(&[], &[])), [], "a response has no asker");
}
