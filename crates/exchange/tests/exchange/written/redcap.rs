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
