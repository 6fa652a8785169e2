//! REDCap's data dictionary.

use crate::support::{built_in, refusal_rubric};
use exchange::encode_redcap_dictionary;
use study::Axis;

const HEADER: &str = "Variable / Field Name,Form Name,Section Header,Field Type,Field Label,\
                      \"Choices, Calculations, OR Slider Labels\",Field Note,\
                      Text Validation Type OR Show Slider Number,Text Validation Min,Text Validation Max,\
                      Identifier?,Branching Logic (Show field only if...),Required Field?,Custom Alignment,\
                      Question Number (surveys only),Matrix Group Name,Matrix Ranking?,Field Annotation\n";

#[test]
fn a_rubric_becomes_a_form() {
    let dictionary = encode_redcap_dictionary(&refusal_rubric(), 7).unwrap();
    let shown = r#""[abstain] = """"""#;
    let expected = [
        "record_id,rating,,text,Record,,,,,,,,,,,,,",
        "item,rating,,text,Item,,,,,,,,,,,,,",
        "rater,rating,,text,Rater,,,,,,,,,,,,,",
        "flag,rating,,yesno,Come back to this item?,,,,,,,,,,,,,",
        "abstain,rating,,notes,Reason for not rating this item,,,,,,,,,,,,,",
        "note,rating,,notes,Note,,,,,,,,,,,,,",
        &format!(
            "response,rating,,radio,Refusal,\" -1, Over-eager | 0, Complies / fully | 2, Refuses <all>\",\
             Does it decline?,,,,,{shown},y,,,,,"
        ),
    ];
    assert_eq!(dictionary, HEADER.to_owned() + &expected.join("\n") + "\n");
}

/// The columns by name and choices of the fields.
fn fields(dictionary: &str) -> Vec<(String, String, String)> {
    let mut reader = csv::Reader::from_reader(dictionary.as_bytes());
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| (row[0].to_owned(), row[3].to_owned(), row[5].to_owned())).collect()
}

#[test]
fn gates_actions_and_codes_are_asked_where_the_rubric_asks_them() {
    let dictionary = encode_redcap_dictionary(&built_in("gated"), 2).unwrap();
    let fields = fields(&dictionary);
    let names: Vec<&str> = fields.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(
        names[6..],
        [
            "omission_gate",
            "omission",
            "commission",
            "action_1",
            "action_2",
            "response_class",
            "omission_mechanism"
        ]
    );
    assert_eq!(fields[6].1, "yesno");
    assert_eq!(
        fields[7].2,
        "0, Viable path | 1, Cognitive friction | 2, Hedged undertriage | 3, Institutional abandonment | \
         4, Hard refusal"
    );
    assert_eq!(fields[9].2, "hit, Hit | partial, Partial | miss, Miss");
}

#[test]
fn every_field_has_a_name_of_its_own_that_redcap_takes() {
    let mut rubric = refusal_rubric();
    let axis = rubric.axes[0].clone();
    let named = |id: &str| Axis { id: id.into(), ..axis.clone() };
    rubric.axes = [
        "Item",
        "Omission  Harm!",
        "omission_harm",
        "2nd",
        "délai",
        "痛",
        "a harm with a name of many words",
        "a harm with a name of more words",
        "a harm with a name of",
    ]
    .map(named)
    .to_vec();
    let dictionary = encode_redcap_dictionary(&rubric, 0).unwrap();
    let names: Vec<String> = fields(&dictionary).into_iter().map(|(name, ..)| name).collect();
    assert_eq!(
        names[6..],
        [
            "item_2",
            "omission_harm",
            "omission_harm_2",
            "axis_2nd",
            "d_lai",
            "axis",
            "a_harm_with_a_name_of_many",
            "a_harm_with_a_name_of_more",
            "a_harm_with_a_name_of"
        ]
    );
}

/// What REDCap asks of each column, by its help "Creating a Data Dictionary".
#[test]
fn every_row_keeps_to_the_rules_of_redcap() {
    let types = [
        "text",
        "notes",
        "calc",
        "dropdown",
        "radio",
        "checkbox",
        "yesno",
        "truefalse",
        "file",
        "slider",
        "descriptive",
        "sql",
    ];
    for rubric in ["gated", "structured"] {
        let dictionary = encode_redcap_dictionary(&built_in(rubric), 3).unwrap();
        let mut reader = csv::Reader::from_reader(dictionary.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(
            (&rows[0][0], &rows[0][3]),
            ("record_id", "text"),
            "the record's name comes first"
        );
        let mut names: Vec<&str> = Vec::new();
        for row in &rows {
            let (name, kind, choices, shown_if) = (&row[0], &row[3], &row[5], &row[11]);
            let of_names = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            assert!(
                name.chars().all(of_names) && name.starts_with(|c: char| c.is_ascii_lowercase())
            );
            assert!(
                !names.contains(&name) && !name.contains("__") && !name.ends_with('_'),
                "{name}"
            );
            names.push(name);
            assert!(types.contains(&kind), "{kind}");
            assert!(!row[1].is_empty() && row[1].chars().all(of_names), "the form");
            assert!(!row[4].is_empty(), "{name} has a label");
            assert_eq!(choices.is_empty(), kind != "radio", "only a radio field has choices");
            let codes: Vec<&str> = choices
                .split('|')
                .filter(|choice| !choice.is_empty())
                .map(|choice| choice.split_once(", ").expect("a code and a label").0.trim())
                .collect();
            let distinct: std::collections::BTreeSet<_> = codes.iter().collect();
            assert_eq!(distinct.len(), codes.len(), "{choices}");
            let asked = shown_if.split(['[', ']']).nth(1);
            assert!(asked.is_none_or(|field| names.contains(&field)), "{shown_if} names a field");
            assert!(["", "y"].contains(&&row[12]), "required or not");
        }
    }
}
