//! A key as a table: which item is which response.

use crate::support::Folder;
use exchange::{Mapping, inspect, read_key};
use study::{Framing, Key};

fn read(name: &str, text: &str) -> Key {
    let folder = Folder::new();
    read_key(&folder.put(name, text)).unwrap()
}

fn told(text: &str) -> String {
    let folder = Folder::new();
    folder.told(read_key(&folder.put("key.csv", text)))
}

#[test]
fn items_and_their_origins_are_read_from_tables_and_json() {
    let table = "blind_id,scenario_id,model_id,rep_id\nB0,s1,m,0\nB1,s1,m,1\nB1,s1,m,1\n";
    let lines = "{\"item\": \"B0\", \"scenario\": \"s1\", \"model\": \"m\"}\n\
                 {\"item\": \"B1\", \"scenario\": \"s1\", \"model\": \"m\", \"rep\": 1}\n";
    for key in [read("key.csv", table), read("key.jsonl", lines)] {
        let named = |item: &study::KeyItem| (item.item.to_string(), item.origin.item_name());
        let items: Vec<_> = key.items.iter().map(named).collect();
        let expected = [("B0", "s1/m/0"), ("B1", "s1/m/1")];
        assert_eq!(items, expected.map(|(item, name)| (item.to_owned(), name.to_owned())));
        assert_eq!((key.study.as_str(), key.scenarios.len()), ("", 0));
    }
}

#[test]
fn the_place_in_the_design_is_read_where_it_is_there() {
    let key = read(
        "key.csv",
        "item,scenario_id,model_id,rep_id,category,framing,pair_id,inclusion_probability,repeat_of\n\
         a,s1,m,0,urgent,layperson,p,0.25,\nb,s1,m,0,urgent,layperson,p,0.25,a\nc,s2,m,0,,,,1,\n",
    );
    assert_eq!(key.scenarios.len(), 2);
    let scenario = &key.scenarios[0];
    assert_eq!(
        (scenario.category.as_str(), scenario.framing),
        ("urgent", Some(Framing::Layperson))
    );
    assert_eq!(scenario.pair_id.as_deref(), Some("p"));
    assert_eq!((key.scenarios[1].category.as_str(), key.scenarios[1].framing), ("none", None));
    assert_eq!(key.items[0].inclusion_probability, Some(0.25));
    assert_eq!(key.items[1].repeat_of.as_ref().unwrap().as_str(), "a");
}

#[test]
fn what_is_wrong_in_one_is_told_with_its_line() {
    const HEADER: &str = "blind_id,scenario_id,model_id";
    for (text, expected) in [
        (
            "item,omission\nx,1\n".to_owned(),
            "key.csv, line 1, the header: found the columns item, omission; expected a key: a column for the item \
             (item or blind_id), for the scenario (scenario_id) and for the model (model_id).",
        ),
        (
            format!("{HEADER}\nB0,,m\n"),
            "key.csv, line 2, field `scenario_id`: found nothing; expected a name.",
        ),
        (
            format!("{HEADER}\nB0,s,m\nB0,s,n\n"),
            "key.csv, line 3, field `blind_id`: found `B0` with another origin than on line 2; expected one origin \
             for each item.",
        ),
        (
            format!("{HEADER}\nB0,s,m\nB1,s,m\n"),
            "key.csv, line 3, field `blind_id`: found s of m, repetition 0, again, as on line 2; expected each \
             response once, or repetitions numbered in `rep_id`.",
        ),
        (
            format!("{HEADER},category\nB0,s,m,urgent\nB1,s,n,chronic\n"),
            "key.csv, line 3, field `scenario_id`: found s with another category, framing or pair than on line 2; \
             expected the same for each response to a scenario.",
        ),
        (
            format!("{HEADER},rep\nB0,s,m,first\n"),
            "key.csv, line 2, field `rep`: found `first`; expected a whole number.",
        ),
        (
            format!("{HEADER},framing\nB0,s,m,plumber\n"),
            "key.csv, line 2, field `framing`: found `plumber`; expected one of layperson, physician, lawyer, \
             informed_layperson.",
        ),
        (format!("{HEADER}\n"), "key.csv: found no item; expected a key of at least one."),
    ] {
        assert_eq!(told(&text), expected);
    }
}

#[test]
fn a_table_that_holds_nothing_else_is_known_as_a_key() {
    let is_key = |text: &str| {
        let folder = Folder::new();
        let file = folder.put("t.csv", text);
        inspect(file.to_str().unwrap(), &Mapping::default()).unwrap().is_key
    };
    assert!(is_key("blind_id,scenario_id,model_id,framing\nB0,s,m,layperson\n"));
    assert!(!is_key("item,scenario_id,model_id,response\nB0,s,m,Go there now.\n"));
    assert!(!is_key("item,scenario,omission\nB0,s,1\nB1,s,2\n"));
}
