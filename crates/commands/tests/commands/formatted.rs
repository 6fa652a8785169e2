//! What a response's text becomes on screen: a tree that runs nothing, loads nothing, and knows
//! where each of its words is in the text.

use crate::support::{Window, example_packet};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use study::BlindedResponse;

/// The formatted trees of `texts`, each shown as the response of an item.
fn formatted(texts: &[String]) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let mut packet = exchange::read_packet(&example_packet()).unwrap();
    let template = packet.items[0].clone();
    packet.items = texts
        .iter()
        .enumerate()
        .map(|(number, text)| study::Item {
            id: study::ItemId::new(format!("i{number}")),
            response: BlindedResponse { text: text.clone(), filtered: false },
            ..template.clone()
        })
        .collect();
    let file = folder.path().join("p.json");
    exchange::write_packet(&file, &packet).unwrap();
    let mut window = Window::on(folder.path());
    window.open(&file);
    (0..texts.len())
        .map(|number| {
            let view = window.call("show_item", json!({ "item": format!("i{number}") }));
            assert_eq!(view["response"]["text"], texts[number], "the text itself is always there");
            view["response"]["formatted"].clone()
        })
        .collect()
}

fn one(text: &str) -> Value {
    formatted(&[text.to_owned()]).remove(0)
}

/// Every object with a kind, anywhere in the tree.
fn nodes(tree: &Value) -> Vec<&Value> {
    let mut found = Vec::new();
    let mut open = vec![tree];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                if fields.contains_key("kind") {
                    found.push(value);
                }
                open.extend(fields.values());
            }
            Value::Array(values) => open.extend(values),
            _ => {}
        }
    }
    found
}

fn kinds(tree: &Value) -> BTreeSet<&str> {
    nodes(tree).into_iter().map(|node| node["kind"].as_str().unwrap()).collect()
}

/// All words of the tree, in no order.
fn words(tree: &Value) -> String {
    nodes(tree).iter().filter_map(|node| node["text"].as_str()).collect::<Vec<_>>().join("\n")
}

/// What is in `source` from the character `start` on.
fn from(source: &str, start: &Value) -> String {
    source.chars().skip(usize::try_from(start.as_u64().unwrap()).unwrap()).collect()
}

/// Each piece of text is in the source where it says it is. Code may lose what a list or a
/// quotation puts before its further lines, so its first line is compared.
#[track_caller]
fn assert_places(source: &str, tree: &Value) {
    for node in
        nodes(tree).into_iter().filter(|node| node.get("start").is_some_and(Value::is_number))
    {
        let Some(text) = node["text"].as_str() else { continue };
        let text = match node["kind"].as_str() {
            Some("code") => text.split(['\n', ' ']).next().unwrap_or_default(),
            _ => text,
        };
        assert!(
            from(source, &node["start"]).starts_with(text),
            "{text:?} is said to begin at {} of {source:?}\n{tree}",
            node["start"]
        );
    }
}

#[test]
fn markdown_becomes_a_tree() {
    assert_eq!(
        one("## Now\n\nCall **119** *now*.\n\n1. sit\n2. wait"),
        json!([
            { "kind": "heading", "level": 2, "content": [{ "kind": "text", "text": "Now", "start": 3 }] },
            { "kind": "paragraph", "content": [
                { "kind": "text", "text": "Call ", "start": 8 },
                { "kind": "strong", "content": [{ "kind": "text", "text": "119", "start": 15 }] },
                { "kind": "text", "text": " ", "start": 20 },
                { "kind": "emphasis", "content": [{ "kind": "text", "text": "now", "start": 22 }] },
                { "kind": "text", "text": ".", "start": 26 },
            ] },
            { "kind": "list", "start": 1, "items": [
                [{ "kind": "paragraph", "content": [{ "kind": "text", "text": "sit", "start": 32 }] }],
                [{ "kind": "paragraph", "content": [{ "kind": "text", "text": "wait", "start": 39 }] }],
            ] },
        ])
    );
}

#[test]
fn tables_quotes_rules_and_code_have_their_nodes() {
    let tree =
        one("> said\n\n---\n\n```sh\nls\n```\n\n|a|b|\n|-|-|\n|c|d|\n\n~~old~~ `x` end  \nnext");
    assert_eq!(
        kinds(&tree),
        BTreeSet::from(["quote", "rule", "code", "table", "strike", "text", "break", "paragraph"])
    );
    let table = nodes(&tree).into_iter().find(|node| node["kind"] == "table").unwrap();
    assert_eq!(table["head"].as_array().unwrap().len(), 2);
    assert_eq!(table["rows"].as_array().unwrap().len(), 1);
}

#[test]
fn html_is_words_and_never_an_element() {
    let hostile = [
        "<script>alert(1)</script>",
        "a <script>alert(1)</script> b",
        "<img src=x onerror=alert(1)>",
        "text <img src=x onerror=alert(1)> text",
        "<iframe src=\"https://example.org\"></iframe>",
        "<style>*{display:none}</style>",
        "<!-- comment -->",
        "<svg/onload=alert(1)>",
        "<![CDATA[x]]>",
        "| <b>a</b> |\n|-|\n| <script>x</script> |",
        "- <div>\n  <script>x</script>",
        "> <object data=x>",
    ];
    let allowed = BTreeSet::from(["paragraph", "text", "break", "table", "list", "quote"]);
    for (source, tree) in hostile.iter().zip(formatted(&hostile.map(String::from))) {
        assert!(kinds(&tree).is_subset(&allowed), "{source}: {tree}");
        let shown: String = words(&tree).split_whitespace().collect();
        for piece in source.split(['<', '>', '|', '-', ' ', '\n']).filter(|piece| !piece.is_empty())
        {
            assert!(shown.contains(piece), "{piece} of {source} is shown as written: {tree}");
        }
    }
}

#[test]
fn a_tag_that_begins_a_line_is_text_and_keeps_nothing_from_being_formatted() {
    let text = |text: &str, start: u32| json!({ "kind": "text", "text": text, "start": start });
    let strong = json!({ "kind": "strong", "content": [text("now", 12)] });
    let br = json!({ "kind": "break" });
    assert_eq!(
        one("<p>Call\n5 **now**\n</p>\n- <div>one\n\n> <!-- two"),
        json!([
            { "kind": "paragraph", "content": [
                text("<p>Call", 0), br, text("5 ", 8), strong, br, text("</p>", 18),
            ] },
            { "kind": "list", "start": null, "items": [
                [{ "kind": "paragraph", "content": [text("<div>one", 25)] }],
            ] },
            { "kind": "quote", "blocks": [
                { "kind": "paragraph", "content": [text("<!-- two", 37)] },
            ] },
        ])
    );
    // What is code or an address stays so, and a tag in code is written as it is.
    let tree = one("<https://a.example>\n\n```\n<b>x</b>\n```\n\n`<i>\n<u>`");
    assert_eq!(tree[0]["content"][0]["address"], "https://a.example");
    assert_eq!(tree[1]["text"], "<b>x</b>\n");
    assert_eq!(tree[2]["content"][0]["text"], "<i> <u>");
}

#[test]
fn links_and_images_are_their_words_and_an_address_that_nothing_follows() {
    let tree = one(
        "[click](javascript:alert(1)) ![pain](https://example.org/track.png) <https://a.example>",
    );
    let link = |content: &str, start: u32, address: &str, kind: &str| {
        json!({
            "kind": kind, "address": address,
            "content": [{ "kind": "text", "text": content, "start": start }],
        })
    };
    let content = tree[0]["content"].as_array().unwrap();
    assert_eq!(content[0], link("click", 1, "javascript:alert(1)", "link"));
    assert_eq!(content[2], link("pain", 31, "https://example.org/track.png", "image"));
    assert_eq!(content[4], link("https://a.example", 69, "https://a.example", "link"));
}

#[test]
fn a_node_has_its_own_fields_and_no_other() {
    let tree = one(
        "# h\n\np *e* **s** ~~d~~ `c` [l](u \"title\") ![i](u)  \nb\n\n- x\n\n> q\n\n---\n\n    code\n\n|a|\n|-|\n|b|",
    );
    for node in nodes(&tree) {
        let fields: Vec<&str> = node.as_object().unwrap().keys().map(String::as_str).collect();
        let expected: &[&str] = match node["kind"].as_str().unwrap() {
            "heading" => &["kind", "level", "content"],
            "paragraph" | "emphasis" | "strong" | "strike" => &["kind", "content"],
            "text" | "code" => &["kind", "text", "start"],
            "link" | "image" => &["kind", "content", "address"],
            "list" => &["kind", "start", "items"],
            "quote" => &["kind", "blocks"],
            "table" => &["kind", "head", "rows"],
            "rule" | "break" => &["kind"],
            "plain" => &["kind", "text", "reason"],
            other => panic!("a node of a new kind, {other}: can it run or load anything?"),
        };
        assert_eq!(fields, expected);
    }
}

#[test]
fn positions_count_characters_whatever_stands_before() {
    for (before, characters) in
        [("", 0), ("é ", 2), ("🩺 ", 2), ("👩‍⚕️ ", 5), ("مرحبا ", 6), ("e\u{301} ", 3), ("𝒳𝒴 ", 3)]
    {
        let tree = one(&format!("{before}**here** `code`"));
        let places: Vec<(&Value, &Value)> = nodes(&tree)
            .into_iter()
            .filter(|node| matches!(node["text"].as_str(), Some("here" | "code")))
            .map(|node| (&node["text"], &node["start"]))
            .collect();
        for (text, offset) in [("here", 2), ("code", 10)] {
            assert!(
                places.contains(&(&json!(text), &json!(characters + offset))),
                "{before:?} is {characters} characters long: {tree}"
            );
        }
    }
}

#[test]
fn code_in_a_line_begins_at_its_first_character() {
    for (source, text, start) in [
        ("`x`", "x", 1),
        ("a `` ` `` b", "`", 5),
        ("a `` `b` `` c", "`b`", 5),
        ("`  x  `", " x ", 2),
        ("` x`", " x", 1),
        ("`\nx y\n`", "x y", 2),
    ] {
        let tree = one(source);
        let code = nodes(&tree).into_iter().find(|node| node["kind"] == "code").unwrap();
        assert_eq!((&code["text"], &code["start"]), (&json!(text), &json!(start)), "{source:?}");
    }
}

#[test]
fn an_empty_response_is_an_empty_tree() {
    assert_eq!(formatted(&[String::new(), " \n\n".into()]), [json!([]), json!([])]);
}

/// A response may be made to break what shows it.
#[test]
fn nesting_without_end_is_shown_without_end_of_the_program() {
    let hostile = [
        ">".repeat(20_000),
        "> ".repeat(10_000) + "deep",
        "- ".repeat(10_000) + "deep",
        (0..150).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect(),
        "*a ".repeat(6_000) + &"b*".repeat(6_000),
        "**a ".repeat(5_000) + &"b**".repeat(5_000),
        "[".repeat(10_000) + &"](u)".repeat(2_500),
        "![".repeat(5_000) + &"](u)".repeat(2_500),
        "~~a *b ".repeat(2_000),
        "`".repeat(20_000),
        "<div>\n".repeat(3_000),
        "|".repeat(10_000) + "\n" + &"|-".repeat(5_000),
        "1. > ".repeat(4_000) + "deep",
    ];
    for (source, tree) in hostile.iter().zip(formatted(&hostile)) {
        let text = tree.to_string();
        assert!(text.len() > 20, "{} is shown", &source[..10]);
        assert!(
            serde_json::from_str::<Value>(&text).is_ok(),
            "{}: a tree that is no deeper than a reader of JSON will follow",
            &source[..10]
        );
    }
    let deep = formatted(&["> ".repeat(10_000) + "deep", "- ".repeat(9_000) + "deep"]);
    for tree in &deep {
        assert!(words(tree).contains("deep"), "what is nested deepest is still shown");
    }
}

#[test]
fn marks_that_open_nothing_are_part_of_the_text_around_them() {
    for source in ["[".repeat(4_000), "a [b] *c_ <d> ![e".into(), "<b>x</b> [y".into()] {
        let content = json!([{ "kind": "text", "text": source, "start": 0 }]);
        assert_eq!(one(&source), json!([{ "kind": "paragraph", "content": content }]));
    }
}

/// What represents other characters than itself keeps a place of its own.
#[test]
fn an_escape_and_an_entity_part_the_text() {
    let text = |text: &str, start: u32| json!({ "kind": "text", "text": text, "start": start });
    for (source, expected) in [
        (r"a\[b", [text("a", 0), text("[b", 2)].to_vec()),
        ("a&amp;[b", [text("a", 0), text("&", 1), text("[b", 6)].to_vec()),
    ] {
        assert_eq!(one(source)[0]["content"], json!(expected), "{source}");
    }
}

const TOO_LONG: &str = "it has more than 40,000 characters";
const TOO_FINE: &str = "it has more than 4,000 pieces of formatted text";
const TOO_MANY_DIRECTIONS: &str = "it has more than 100 characters that set a direction";
const TOO_MANY_TURNS: &str =
    "it goes from one direction of writing to the other more than 2,000 times";
const TOO_MANY_CONTROLS: &str = "it has too many kinds of control characters";
const TOO_MARKED: &str = "it stacks more than 20 marks on one letter";

/// Each would hold up the window if it were formatted, for the reason beside it.
fn heavy() -> Vec<(String, &'static str)> {
    let table = |columns: usize, rows: usize| {
        format!("|{}\n|{}\n", "a|".repeat(columns), "-|".repeat(columns))
            + &format!("|{}\n", "b|".repeat(columns)).repeat(rows)
    };
    vec![
        ("*a* **b** ".repeat(4_000), TOO_FINE),
        (table(5_000, 1), TOO_FINE),
        (table(3, 1_300), TOO_FINE),
        ("`a` ".repeat(10_000), TOO_FINE),
        ("a\n".repeat(20_000), TOO_FINE),
        ("- a\n".repeat(10_000), TOO_FINE),
        ("> a\n\n".repeat(8_000), TOO_FINE),
        ("# a\n".repeat(10_000), TOO_FINE),
        ("---\n\n".repeat(8_000), TOO_FINE),
        ("&amp;".repeat(8_000), TOO_FINE),
        ("![a](b) ".repeat(5_000), TOO_FINE),
        (('\u{1}'..='\u{8}').collect(), TOO_MANY_CONTROLS),
        (table(100, 1_000), TOO_LONG),
        ("*a **b ".repeat(20_000), TOO_LONG),
        ("[a](".repeat(30_000), TOO_LONG),
        ("`".repeat(150_000), TOO_LONG),
        ("[".repeat(900_000), TOO_LONG),
        ("Words and no mark of any kind. ".repeat(30_000), TOO_LONG),
        ("a\u{202e}b\u{202c}".repeat(51), TOO_MANY_DIRECTIONS),
        ("a م ".repeat(1_001), TOO_MANY_TURNS),
        ("א 1 ".repeat(1_001), TOO_MANY_TURNS),
        ("e".to_owned() + &"\u{301}".repeat(20), TOO_MARKED),
    ]
}

#[test]
fn an_entity_is_what_it_stands_for_beside_a_tag_too() {
    let blocks = formatted(&["<i>one &#1;b>two".into()])[0].to_string();
    assert!(blocks.contains("<i>one ") && blocks.contains("\\u0001"), "{blocks}");
}

#[test]
fn a_text_that_is_too_much_to_format_stays_as_it_was_written() {
    let (heavy, reasons): (Vec<String>, Vec<&str>) = heavy().into_iter().unzip();
    for ((text, reason), tree) in heavy.iter().zip(reasons).zip(formatted(&heavy)) {
        let expected = json!([{ "kind": "plain", "text": text, "reason": reason }]);
        assert!(tree == expected, "{:?}: {reason}", text.chars().take(20).collect::<String>());
    }
}

#[test]
fn a_text_is_formatted_up_to_the_most_there_is_room_for() {
    // A paragraph, and a text and a break for each line but the last, which has a text alone.
    let fine = |pieces: usize| "a\n".repeat((pieces - 2) / 2) + "a";
    let texts = [
        "é".repeat(40_000),
        fine(4_000),
        "a\u{202e}b\u{202c}".repeat(50),
        "a م ".repeat(1_000),
        "e".to_owned() + &"\u{301}".repeat(19),
    ];
    let trees = formatted(&texts);
    assert!(trees.iter().all(|tree| tree[0]["kind"] == "paragraph"), "each is formatted");
    assert_eq!(nodes(&trees[1]).len(), 4_000);
    assert_eq!(one(&"é".repeat(40_001))[0]["reason"], TOO_LONG);
    assert_eq!(one(&fine(4_002))[0]["reason"], TOO_FINE);
}

#[test]
fn marks_fences_and_json_cost_few_nodes() {
    let json = "[\n  { \"a_name\": \"**bold** [x]\", \"list\": [1, 2, 3] },\n]\n".repeat(300);
    for (text, most) in [
        ("[a](".repeat(10_000), 2),
        ("*a **b ".repeat(5_000), 2),
        ("`".repeat(40_000), 2),
        ((1..280).map(|ticks| "`".repeat(ticks) + " ").collect(), 600),
        ("```\n".to_owned() + &"let x = [1];\n".repeat(3_000), 1),
        (json, 3_500),
    ] {
        let tree = one(&text);
        assert!(!kinds(&tree).contains("plain"), "{} is formatted", &text[..10]);
        assert!(nodes(&tree).len() <= most, "{}: {} nodes", &text[..10], nodes(&tree).len());
    }
}

/// Pieces of Markdown without escapes and entities, which represent other characters than themselves.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-zé🩺م]{1,4}",
        4 => prop::sample::select(vec![
            " ", "\n", "\n\n", "*", "**", "_", "~~", "`", "``", "# ", "> ", "- ", "1. ", "    ", "```\n",
            "[", "](", ")", "![", "<b>", "</b>", "<", ">", "|", "|-|\n", "---\n", "  \n", "http://x.y",
        ]).prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..25).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_word_knows_its_place(texts in prop::collection::vec(markdown(), 40)) {
        for (source, tree) in texts.iter().zip(formatted(&texts)) {
            assert_places(source, &tree);
        }
    }

    #[test]
    fn any_text_has_a_tree(texts in prop::collection::vec("\\PC{0,60}|[\\x00-\\x7f]{0,60}", 40)) {
        let trees = formatted(&texts);
        prop_assert_eq!(trees.len(), texts.len());
    }
}
