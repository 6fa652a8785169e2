//! What was said of the columns of all files, or of one.

use crate::support::Folder;
use exchange::{Mappings, ScoreSource};

fn mappings(said: &[&str], files: &[&str]) -> Result<Mappings, String> {
    let owned = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
    Mappings::read(&owned(said), &owned(files))
}

#[test]
fn each_file_is_read_by_what_was_said_of_it() {
    let folder = Folder::new();
    let first = folder.put("a=b.csv", "Fall,Note\nx,1\n").display().to_string();
    let second = folder.put("c.csv", "Case,Grade,Extra\nx,2,7\n").display().to_string();
    let own: Vec<String> = ["item=Case", "value=Grade", "axis=:tone"]
        .iter()
        .map(|said| format!("{second}:{said}"))
        .collect();
    let mut said: Vec<&str> = own.iter().map(String::as_str).collect();
    said.extend(["item=Fall", "value=Note", "axis=:tone"]);
    let mappings = mappings(&said, &[&first, &format!("{second}@c")]).unwrap();
    for name in [first, format!("{second}@c")] {
        let source = ScoreSource::open_mapped(&name, &mappings.of(&name)).unwrap();
        let grades = source.grades().unwrap();
        assert_eq!((grades.axes(), grades.items()), (vec!["tone"], ["x"].into()), "{name}");
    }
}

/// What `said` makes of `text`: raters, axes, and where the first item is.
fn read_by(said: &[&str], text: &str) -> String {
    let folder = Folder::new();
    let file = folder.put("lee.csv", text).display().to_string();
    let mappings = mappings(said, &[&file]).unwrap();
    match ScoreSource::open_mapped(&file, &mappings.of(&file)) {
        Ok(source) => {
            let grades = source.grades().unwrap();
            let design = grades.items().into_iter().next().and_then(|item| grades.design_of(item));
            let place = design.map_or("no place".into(), |design| {
                format!("{} {}", design.scenario, design.model.as_deref().unwrap_or("–"))
            });
            let raters: Vec<&str> = grades.raters().into_iter().collect();
            format!("{} on {}: {place}", raters.join(" "), grades.axes().join(" "))
        }
        Err(error) => folder.told::<()>(Err(error)),
    }
}

#[test]
fn columns_that_are_named_leave_the_others_to_be_recognised() {
    let wide = "item,Ann,Ben,Fall,KI\nx,1,2,S1,m\ny,2,1,S2,m\nz,0,0,S1,n\n";
    for (said, text, found) in [
        (&["scenario=Fall", "model=KI"][..], wide, "Ann Ben on grade: S1 m"),
        (&["scenario=Fall", "model=:gpt"], wide, "Ann Ben on grade: S1 gpt"),
        (&["scenario=Fall", "axis=:omission"], wide, "Ann Ben on omission: S1 –"),
        (
            &["scenario=Fall"],
            "rater,item,axis,value,Fall\nA,x,omission,1,S1\n",
            "A on omission: S1 –",
        ),
        (&["axis=:tone"], "rater,item,value\nA,x,1\n", "A on tone: no place"),
        (
            &["rater=:Kim"],
            "item,omission,commission\nx,1,0\n",
            "Kim on omission commission: no place",
        ),
        (&["rater=:Kim"], "item,tone,ease\nx,1,0\ny,2,1\n", "Kim on tone ease: no place"),
        (&["rater=:"], "item,tone,ease\nx,1,0\ny,2,1\n", "lee on tone ease: no place"),
        (&["rater=who"], "who,item,tone\nA,x,1\nB,x,2\n", "A B on tone: no place"),
        (&["item=Nr"], "item,Nr,omission\nsame,x,1\nsame,y,2\n", "lee on omission: no place"),
        (&["value=Ann,Ben", "axis=:tone"], wide, "Ann Ben on tone: no place"),
        (&["scenario=:x"], "item,omission,scenario\ni,1,S1\n", "lee on omission: x –"),
        (&["scenario=:"], "item,omission,scenario\ni,1,S1\n", "lee on omission: no place"),
        (&["rater=:Kim"], "item,rater,omission\ni,A,1\n", "Kim on omission: no place"),
        (&["axis=:tone", "rater=:Kim"], "item,score\ni,1\nj,2\n", "Kim on tone: no place"),
        (&["axis=:tone"], "item,score\ni,1\nj,2\n", "lee on tone: no place"),
        (
            &["value=value"],
            "rater,item,axis,value\nA,i,tone,1\nB,i,tone,2\n",
            "A B on tone: no place",
        ),
        (
            &["item=Nr", "scenario=Nr"],
            "item,Nr,scenario,Ann,Ben\n1,a,1,0,1\n2,b,1,1,1\n3,c,2,2,2\n",
            "Ann Ben on grade: a –",
        ),
        (
            &["item=:"],
            "item,scenario,model,omission\n9,S1,m,1\n8,S2,m,0\n",
            "lee on omission: S1 m",
        ),
        (
            &["omission=Unterlassung", "commission=Schaden"],
            "item,Unterlassung,Schaden\ni,1,2\nj,0,1\n",
            "lee on omission commission: no place",
        ),
        (&["omission=final"], "item,final,b,c\ni,1,2,0\nj,0,1,1\n", "lee on omission: no place"),
        (&["item=:", "value=score"], "scenario,model,score\ns,m,1\nt,m,2\n", "lee on score: s m"),
        (&["item=Nr"], "Nr,score\na,1\nb,2\n", "lee on grade: no place"),
    ] {
        assert_eq!(read_by(said, text), found, "{said:?}");
    }
}

/// A judge's table as programs write it: no column names an item, but scenario and model do together.
#[test]
fn items_without_a_name_are_named_by_scenario_model_and_repetition() {
    for (header, row, item) in [
        ("scenario_id,model_id,omission", "s,m,1", "s/m/0"),
        ("scenario_id,model_id,rep_id,omission,commission", "s,m,2,1,0", "s/m/2"),
        ("judge,scenario,model,epoch,axis,value", "gpt,s/1,m,3,omission,1", "s\\/1/m/3"),
        ("scenario_id,model_id,run,omission", "s,m,1,1", "s/m/1"),
    ] {
        let folder = Folder::new();
        let file = folder.put("j.csv", format!("{header}\n{row}\n")).display().to_string();
        let source = ScoreSource::open(&file).unwrap();
        let grades = source.grades().unwrap();
        assert_eq!(grades.items(), [item].into(), "{header}");
        assert_eq!(grades.design_of(item).unwrap().model.as_deref(), Some("m"), "{header}");
        let said =
            grades.notes().iter().any(|note| note.contains("named by their scenario, model"));
        assert!(said || header.contains("axis"), "{:?}", grades.notes());
    }
    // A column with a name for each row names the items, whatever it is called.
    let rows = "Fall,scenario,model,Ann,Ben\nx,s,m,1,2\ny,s,n,2,2\n";
    assert_eq!(read_by(&[], rows), "Ann Ben on grade: s m");
    let two = "item,omission,scenario\nx,1,S1\nx,1,S4\n";
    let told = "lee.csv, field `scenario`: found `S1` and `S4` for `x`; expected one scenario, and one model, for each \
                item.";
    assert_eq!(read_by(&[], two), told);
    let folder = Folder::new();
    let file = folder.put("j.csv", "scenario_id,model_id,omission\ns,,1\n").display().to_string();
    let told = folder.told(ScoreSource::open(&file));
    assert_eq!(told, "j.csv, line 2, field `item`: found nothing; expected a name.");
}

#[test]
fn a_mapping_that_does_not_say_enough_says_what_is_missing() {
    for (said, text, told) in [
        (
            &["axis=:tone"][..],
            "word,other\na,b\na,b\n",
            "lee.csv, field `item`: found a mapping that names axis and not the items; expected --map item=COLUMN as \
             well.",
        ),
        (
            &["item=word"],
            "word,other,more\nx,a long text that says something,1\ny,another text of many words,2\n",
            "lee.csv, field `value`: found a mapping that names item and not the grades; expected --map value=COLUMN \
             as well.",
        ),
    ] {
        assert_eq!(read_by(said, text), told, "{said:?}");
    }
}

#[test]
fn what_is_said_of_no_file_or_twice_is_refused() {
    assert_eq!(
        mappings(&["z.csv:item=ID"], &["a.csv", "b.csv"]).unwrap_err(),
        "found `z.csv:`; expected one of the files that are read: a.csv, b.csv"
    );
    let twice = "found item twice; expected it once";
    assert_eq!(mappings(&["item=A", "item=B"], &["a.csv"]).unwrap_err(), twice);
    assert_eq!(mappings(&["a.csv:item=A", "a.csv:item=B"], &["a.csv"]).unwrap_err(), twice);
    assert!(mappings(&["a.csv:item=A", "item=B"], &["a.csv"]).is_ok(), "once of one, once of all");
    assert!(
        mappings(&["a.csv:colour=A"], &["a.csv"]).unwrap_err().contains("expected FIELD=COLUMN")
    );
}

#[test]
fn fields_that_score_lines_do_not_have_are_refused() {
    let folder = Folder::new();
    let line = r#"{"scenario_id": "s", "model_id": "m", "rep_id": 0, "omission_harm": 1}"#;
    let file = folder.put("j.jsonl", line).display().to_string();
    let mappings = mappings(&[&format!("{file}:item=ID")], &[&file]).unwrap();
    assert_eq!(
        folder.told(ScoreSource::open_mapped(&file, &mappings.of(&file))),
        "j.jsonl, line 1, the header: found no column `ID`; expected one of scenario_id, model_id, rep_id, omission_harm."
    );
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_called_one() {
    let folder = Folder::new();
    let there = folder.put("t.csv", "");
    let link = there.with_file_name("link.csv");
    std::os::unix::fs::symlink(there.with_file_name("gone.csv"), &link).unwrap();
    let told = folder.told(ScoreSource::open(link.to_str().unwrap()));
    assert!(
        told.starts_with("link.csv: this is a link to ") && told.contains("where nothing is"),
        "{told}"
    );
}
