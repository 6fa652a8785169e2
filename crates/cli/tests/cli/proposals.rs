//! Every command that `primum inspect` proposes does what it is proposed for, as a shell reads it.
#![cfg(unix)]

use crate::support::primum;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What is left for a person to fill in.
const OPEN: [&str; 5] = ["OTHER_FILE", "SCENARIOS", "COLUMN", "LOWEST", "STUDY"];

/// The commands that are proposed for a file called `name`. Those that are complete are run.
#[track_caller]
fn proposed(name: &str, content: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), content).unwrap();
    let run = primum(folder.path(), &["inspect", name, "--json"]);
    let found: Value = serde_json::from_str(&run.out).unwrap();
    let next = found[0]["next"].as_array().unwrap().iter();
    let next: Vec<String> = next.map(|one| one.as_str().unwrap().to_owned()).collect();
    for command in next.iter().filter(|next| !OPEN.iter().any(|word| next.contains(word))) {
        run_in(folder.path(), command);
    }
    next
}

#[track_caller]
fn run_in(folder: &Path, command: &str) {
    let program = Path::new(env!("CARGO_BIN_EXE_primum"));
    let done = Command::new("/bin/sh")
        .args(["-c", command])
        .current_dir(folder)
        .env("PATH", program.parent().unwrap())
        .env("XDG_DATA_HOME", folder.join("home"))
        .output()
        .unwrap();
    assert!(done.status.success(), "{command}: {}", String::from_utf8_lossy(&done.stderr));
}

fn note_of(name: &str, content: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), content).unwrap();
    primum(folder.path(), &["inspect", name]).out
}

#[test]
fn what_is_proposed_works() {
    let pairs = "item,Ann,Ben\nx,0,0\ny,2.5,1\nz,1,1\n";
    assert_eq!(proposed("d.csv", pairs), ["primum agree d.csv --scale grade=0,0.5,1,1.5,2,2.5"]);
    let tone = "rater,item,axis,value\nA,x,it's a tone,1\nA,y,it's a tone,2\nB,x,it's a tone,1\nB,y,it's a tone,3\n";
    let quoted = r"primum agree 'a b.csv' --scale 'it'\''s a tone=1..3'";
    assert_eq!(proposed("a b.csv", tone), [quoted]);
    assert_eq!(proposed("yes.csv", "item,Ann,Ben\nx,yes,y\ny,n,no\nz,no,no\n").len(), 1);
    assert_eq!(proposed("rows.csv", "r1,r2\n1,1\n2,3\n3,3\n").len(), 2);
    let judge = proposed("judge.csv", "item,Ann,GPT judge\nx,1,1\ny,2,3\nz,3,3\n");
    assert_eq!(judge.len(), 2);
    let one = r#"{"scenario_id": "s", "model_id": "m", "rep_id": 0, "tone": 2}"#;
    let only = "primum agree one.jsonl OTHER_FILE --scale tone=LOWEST..HIGHEST";
    assert_eq!(proposed("one.jsonl", &format!("{one}\n"))[0], only, "the only grade that occurs");
    let counts = r#"{"categories": ["a", "b"], "table": [[3, 1], [1, 4]]}"#;
    assert_eq!(proposed("counts.json", counts).len(), 2);
}

/// In any language: what comes in most ways is the items', and the numbers are the grades.
#[test]
fn columns_of_a_grade_per_row_are_guessed_where_the_guess_reads_the_file() {
    let header = "Prüfer;Fall;Merkmal;Note\n";
    let rows = ["A;f1;Ton;1", "A;f1;Inhalt;1", "A;f2;Ton;2", "A;f2;Inhalt;3", "B;f1;Ton;2"];
    let german = format!("{header}{}\nB;f1;Inhalt;3\nB;f2;Ton;3\n", rows.join("\n"));
    assert_eq!(
        proposed("g.csv", &german),
        [
            "primum agree g.csv --scale Ton=1..3 --scale Inhalt=1..3 --map rater=Prüfer --map item=Fall --map \
             axis=Merkmal --map value=Note"
        ]
    );
    let unknown = german.replace(header, "Wer;Was;Worin;Wie\n");
    let open = "primum agree g.csv OTHER_FILE --map item=";
    assert!(proposed("g.csv", &unknown)[0].starts_with(open), "two of each name nobody");
}

/// What is known of the items or raters beside the grades is not taken for these, nor for an axis.
#[test]
fn a_column_beside_the_grades_leaves_the_guess_open() {
    for header in [
        "Fall,Prüfer,Geschlecht,Note",
        "Wer,Was,Alter,Wie",
        "patient_nr,reviewer_name,visit,severity",
    ] {
        let rows = ["f1,A,0,1", "f1,B,0,2", "f2,A,1,3", "f2,B,1,3", "f3,A,1,2", "f3,B,1,4"];
        let table = format!("{header}\n{}\n", rows.join("\n"));
        proposed("g.csv", &table).iter().for_each(|next| assert_no_grade(next));
    }
    // The same of more rows, of which the column beside the grades has fewer values than these.
    let row = |at: usize| format!("f{},{},{},{}\n", at / 2, at % 2, at / 2 % 2, at * 7 % 5 + 1);
    for header in [
        "Fall,Prüfer,Geschlecht,Note",
        "Wer,Was,Alter,Wie",
        "patient_nr,reviewer_name,visit,severity",
    ] {
        let table = format!("{header}\n{}", (0..20).map(row).collect::<String>());
        proposed("g.csv", &table).iter().for_each(|next| assert_no_grade(next));
    }
}

/// Where rater, item and grades are called so, nothing else in the table is in doubt.
#[test]
fn columns_that_are_called_so_are_taken_whatever_is_beside_them() {
    let rows =
        ["f1,A,41,0,1", "f1,B,41,0,2", "f2,A,50,1,3", "f2,B,50,1,3", "f3,A,62,1,", "f3,B,62,1,4"];
    for header in [
        "case,reader,age,visit,grade",
        "patient,doctor,age,sex,score",
        "Fall,Prüfer,Alter,Geschlecht,Note",
    ] {
        let next = proposed("g.csv", &format!("{header}\n{}\n", rows.join("\n")));
        let [item, rater, _, _, value] = header.split(',').collect::<Vec<_>>()[..] else {
            panic!()
        };
        let map = format!("--map rater={rater} --map item={item} --map value={value}");
        assert!(next[0].contains(&map) && !next[0].contains("OTHER_FILE"), "{next:?}");
    }
    let plain = proposed("g.csv", "case,reader,grade\nP1,Ann,0\nP1,Ben,1\nP2,Ann,3\nP2,Ben,3\n");
    let expected = "primum agree g.csv --scale grade=0..3 --map rater=reader --map item=case --map value=grade";
    assert_eq!(plain, [expected]);
    // A column says who graded: the raters are in this file.
    let open = proposed(
        "g.csv",
        "Nr.,Prüfer,Urteil,Alter\nf1,A,gut,45\nf1,B,,45\nf2,A,schlecht,60\nf2,B,gut,60\n",
    );
    assert!(open[0].starts_with("primum agree g.csv --map rater=Prüfer"), "{open:?}");
}

/// What is known of an item, or of a sitting, is not proposed as its grade.
#[track_caller]
fn assert_no_grade(next: &str) {
    for beside in ["Geschlecht", "Alter", "visit"] {
        assert!(!next.contains(&format!("value={beside}")), "{next}");
    }
}

/// A cell that is empty was not rated: its column is none the less one of grades.
#[test]
fn a_column_with_gaps_beside_numbers_leaves_the_guess_open() {
    let ages = "Fall,Prüfer,Urteil,Alter\nf1,A,gut,45\nf1,B,,45\nf2,A,schlecht,60\nf2,B,gut,60\n";
    for table in [ages.to_owned(), ages.replace("Fall,Prüfer,Urteil", "Was,Wer,Wie")] {
        let next = proposed("g.csv", &table);
        assert!(next[0].contains("value=COLUMN"), "{next:?}");
    }
    // Two columns are called as grades, and one has gaps: each is an axis.
    let two =
        "Fall,Prüfer,Punkte,Note\nf1,A,0,1\nf1,B,,2\nf2,A,1,3\nf2,B,1,2\nf3,A,0,1\nf3,B,2,4\n";
    for table in [two.to_owned(), two.replace("Punkte,Note", "Note,Punkte")] {
        let next = proposed("g.csv", &table);
        let both = ["value=Punkte,Note", "value=Note,Punkte"];
        assert!(both.iter().any(|both| next[0].contains(both)), "{next:?}");
    }
}

#[test]
fn what_no_command_takes_is_not_proposed_and_the_reason_is_said() {
    for (content, why) in [
        (
            "item,A_omission,B_omission\nx,0,0\ny,3.5,3\n",
            "found 3.5; expected one of 0, 1, 2, 3, 4",
        ),
        ("item,rater,omission\nx,A,5\ny,A,2\nx,B,1\ny,B,2\n", "found 5; expected one of 0, 1"),
        ("item,Ann,Ben\nx,1,1\ny,2,99\nz,3,3\n", "found 99; expected one of 1, 2, 3"),
        ("rater,item,axis,value\nA,x,tone,1\nA,x,tone,2\nB,x,tone,1\n", "scores differently"),
    ] {
        assert_eq!(proposed("t.csv", content), [""; 0], "{content}");
        let said = note_of("t.csv", content);
        assert!(said.contains(why), "{said}");
    }
    let raters: Vec<String> = (0..310).map(|rater| format!("R{rater}")).collect();
    let grades = vec!["1"; 310].join(",");
    let crowd = format!("item,{}\nx,{grades}\ny,{}\n", raters.join(","), grades.replace('1', "2"));
    assert_eq!(proposed("crowd.csv", &crowd), [""; 0]);
    // Nothing to compare within the file, but with another.
    for rows in ["B,z,tone,1\nB,w,tone,3\n", "B,x,care,1\nB,y,care,3\n"] {
        let apart = format!("rater,item,axis,value\nA,x,tone,1\nA,y,tone,2\n{rows}");
        let next = proposed("apart.csv", &apart);
        assert!(next[0].starts_with("primum agree apart.csv OTHER_FILE --scale tone="), "{next:?}");
        assert!(note_of("apart.csv", &apart).contains("No item was graded by two of its raters"));
    }
}

#[test]
fn of_very_many_axes_the_first_are_compared() {
    let axes: Vec<String> = (0..25).map(|axis| format!("A_ax{axis},B_ax{axis}")).collect();
    let row = |item: usize| {
        let grades: Vec<String> = (0..50).map(|at| ((item + at) % 3).to_string()).collect();
        format!("i{item},{}\n", grades.join(","))
    };
    let table = format!("item,{}\n{}", axes.join(","), (0..5).map(row).collect::<String>());
    let next = proposed("many.csv", &table);
    assert!(next[0].contains("--scale ax19=0..2 --axis ax0,ax1,"), "{next:?}");
    assert!(note_of("many.csv", &table).contains("leave 5 more axes out"));
    // The axes of harm, whose scales are known, are never among those.
    let names: Vec<String> = (0..23).map(|axis| format!("ax{axis}")).collect();
    let grades =
        |at: usize| (0..25).map(|axis| format!(",{}", (at + axis) % 3)).collect::<String>();
    let row = |at: usize| format!("i{},R{}{}\n", at / 2, at % 2, grades(at));
    let rows: String = (0..6).map(row).collect();
    let harm = format!("item,rater,{},omission,commission\n{rows}", names.join(","));
    let next = proposed("many.csv", &harm);
    assert!(next[0].contains("--scale ax19=0..2 --axis omission,commission,ax0,ax1,"), "{next:?}");
    assert!(note_of("many.csv", &harm).contains("leave 3 more axes out"));
}

/// An axis, and what each item gets on it by each rater.
type Graded = (&'static str, fn(usize, usize) -> String);

/// A tidy table of two raters, of 130 items on each of these axes.
fn tidy(axes: &[Graded]) -> String {
    let row = |at: usize| {
        let (item, rater) = (at / 2, at % 2);
        let grade = |(axis, value): &Graded| {
            format!("R{rater},i{item},\"{axis}\",{}\n", value(item, rater))
        };
        axes.iter().map(grade).collect::<String>()
    };
    format!("rater,item,axis,value\n{}", (0..260).map(row).collect::<String>())
}

#[test]
fn text_among_grades_is_left_out_and_the_others_are_tried() {
    let tone = |item: usize, rater: usize| ((item + rater) % 4).to_string();
    let why = |item: usize, rater: usize| format!("w{item}{rater}");
    let table = tidy(&[("tone", tone), ("why", why)]);
    let next = proposed("t.csv", &table);
    assert_eq!(next, ["primum agree t.csv --scale tone=0..3 --axis tone"]);
    assert!(note_of("t.csv", &table).contains("Left out: `why`. More than 100"));
    let code = |item: usize, _: usize| (if item == 5 { 99 } else { item % 4 }).to_string();
    let table = tidy(&[("tone", code), ("why", why)]);
    assert_eq!(proposed("t.csv", &table), [""; 0], "no command takes the 99");
    assert!(note_of("t.csv", &table).contains("found 99; expected one of 0, 1, 2, 3"));
    assert_eq!(proposed("t.csv", &tidy(&[("why", why)])), [""; 0]);
    // What the one that stays may be called is not what another was called.
    let truth = |item: usize, rater: usize| ["TRUE", "0", "false", "1"][(item + rater) % 4].into();
    let next = proposed("t.csv", &tidy(&[("why", why), ("met", truth)]));
    assert_eq!(next, ["primum agree t.csv --scale met=0..1 --axis met"]);
    // So many different numbers are a scale that is tried.
    let points = |item: usize, rater: usize| (item / 2 * 2 + rater).to_string();
    assert_eq!(
        proposed("t.csv", &tidy(&[("vas", points)])),
        ["primum agree t.csv --scale vas=0..129"]
    );
}

#[test]
fn an_axis_that_no_option_can_name_is_left_out_and_named() {
    let tone = |item: usize, rater: usize| ((item + rater) % 4).to_string();
    let comma: [Graded; 2] = [("clarity, tone", tone), ("ok", tone)];
    assert_eq!(
        proposed("t.csv", &tidy(&comma)),
        ["primum agree t.csv --scale 'clarity, tone=0..3' --scale ok=0..3"],
        "where none is left out"
    );
    let equals = tidy(&[&comma[..], &[("p=0", tone), ("-x", tone)]].concat());
    assert_eq!(proposed("t.csv", &equals), ["primum agree t.csv --scale ok=0..3 --axis ok"]);
    let said = note_of("t.csv", &equals);
    assert!(said.contains("Left out: `clarity, tone`, `p=0` and `-x`. No option can"), "{said}");
}

#[test]
fn a_judge_that_shares_no_item_with_humans_is_not_proposed() {
    let table =
        "rater,item,tone\nAnn,x,1\nAnn,y,2\nBen,x,1\nBen,y,3\nGPT judge,z,2\nGPT judge,w,1\n";
    assert_eq!(proposed("t.csv", table), ["primum agree t.csv --scale tone=1..3"]);
    let said = note_of("t.csv", table);
    assert!(said.contains("No item was graded by a judge and by a human"), "{said}");
    let both = table.replace("judge,z", "judge,x");
    assert_eq!(proposed("t.csv", &both).len(), 2);
    // Nothing in common with another rater of its own kind is not the same.
    let judges = table.replace("Ben", "LLM").replace("Ann,y", "Ann,u");
    assert_eq!(proposed("t.csv", &judges).len(), 2);
}

/// A number that lies far from the others and is no usual code may be a grade: only a person knows the scale.
#[test]
fn of_a_scale_of_which_little_was_used_the_ends_are_asked() {
    let rows = ["x,A,0", "x,B,5", "y,A,80", "y,B,80", "z,A,5", "z,B,0"];
    let table = format!("item,rater,score\n{}\n", rows.join("\n"));
    assert_eq!(proposed("vas.csv", &table), ["primum agree vas.csv --scale grade=LOWEST..HIGHEST"]);
    let said = note_of("vas.csv", &table);
    assert!(said.contains("If it is a grade, put the lowest and the highest grade"), "{said}");
    let halves = table.replace(",5", ",0.5");
    assert_eq!(
        proposed("vas.csv", &halves),
        ["primum agree vas.csv --scale 'grade=LOWEST,…,HIGHEST'"]
    );
}

/// The command for several files is one that reads all of them.
#[test]
fn files_with_other_grades_or_axes_are_compared_on_scales_that_hold_all() {
    let together = |first: &str, second: &str| {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.csv"), first).unwrap();
        fs::write(folder.path().join("b.csv"), second).unwrap();
        let run = primum(folder.path(), &["inspect", "a.csv", "b.csv", "--json"]);
        let found: Value = serde_json::from_str(&run.out).unwrap();
        let next: Vec<String> =
            [0, 1].map(|at| found[at]["next"][0].as_str().unwrap().into()).into();
        for command in next.iter().filter(|next| !next.contains("LOWEST")) {
            run_in(folder.path(), command);
        }
        (next, found[0]["notes"].to_string())
    };
    let (next, notes) = together("item,tone\nx,1\ny,2\nz,3\n", "item,tone\nx,0\ny,2\nz,5\n");
    assert_eq!(
        next,
        ["a.csv b.csv", "b.csv a.csv"]
            .map(|files| format!("primum agree {files} --scale tone=0..5"))
    );
    assert!(
        notes.contains("a.csv has 1 to 3 and b.csv has 0 to 5. The commands below take tone=0..5"),
        "{notes}"
    );
    let more = "item,rater,tone,care\nx,B,2,7\ny,B,2,8\nz,B,2,9\n";
    let (next, notes) = together("item,rater,tone\nx,A,1\ny,A,2\nz,A,3\n", more);
    assert_eq!(next[0], "primum agree a.csv b.csv --scale tone=1..3 --scale care=7..9");
    assert!(notes.contains("b.csv has 2."), "{notes}");
    let words = "item,tone\nx,mild\ny,grave\nz,none\n";
    let (next, notes) = together("item,tone\nx,1\ny,2\nz,3\n", words);
    assert!(next.iter().all(|next| next.ends_with("--scale 'tone=LOWEST,…,HIGHEST'")), "{next:?}");
    assert!(notes.contains("b.csv has words. No range of whole numbers holds them all"), "{notes}");
}

#[test]
fn who_treats_a_patient_is_not_who_grades() {
    let once = "case,doctor,grade\np,X,0\nq,Y,1\nr,X,3\ns,Y,2\n";
    let other =
        "primum agree one.csv OTHER_FILE --scale grade=0..3 --map item=case --map value=grade";
    assert_eq!(proposed("one.csv", once)[0], other);
    let ann = "patient,Arzt,Schwere\np,Ann,0\nq,Ann,1\nr,Ann,3\n";
    let other = "primum agree ann.csv OTHER_FILE --map item=patient --map value=COLUMN";
    assert_eq!(proposed("ann.csv", ann), [other], "one rater has nobody to agree with");
    let visits = "patient,case,reader,grade\np,c1,Ann,1\np,c2,Ben,2\nq,c3,Ann,0\nq,c4,Ben,1\n";
    let other =
        "primum agree v.csv OTHER_FILE --scale grade=0..2 --map item=case --map value=grade";
    assert_eq!(proposed("v.csv", visits)[0], other, "no case was graded twice");
}

#[test]
fn a_column_beside_the_grades_does_not_hide_them() {
    let said = "case,reader,grade,note\np,Ann,1,as it is\np,Ben,2,fine\nq,Ann,0,bad\nq,Ben,0,bad\n";
    let by = "primum agree n.csv --scale grade=0..2 --map rater=reader --map item=case --map value=grade";
    assert_eq!(proposed("n.csv", said), [by]);
    let harm = "patient,doctor,omission,commission\np,Ann,1,0\np,Ben,2,1\nq,Ann,0,0\nq,Ben,0,1\n";
    let by = "primum agree h.csv --map rater=doctor --map item=patient";
    assert_eq!(proposed("h.csv", harm), [by]);
    let with_site = "patient,doctor,omission,site\np,Ann,1,x\np,Ben,2,x\nq,Ann,0,y\nq,Ben,0,y\n";
    assert_eq!(proposed("h.csv", with_site), [format!("{by} --map value=omission")]);
    let own = "patient,doctor,depth,tone\np,Ann,1,0\np,Ben,2,1\nq,Ann,0,0\nq,Ben,2,1\nr,Ann,0,0\nr,Ben,0,1\n";
    let by = "primum agree o.csv --scale depth=0..2 --scale tone=0..1 --map rater=doctor --map item=patient --map value=depth,tone";
    assert_eq!(proposed("o.csv", own), [by]);
}

#[test]
fn which_of_several_columns_is_the_axis_is_left_open() {
    let two = "case,reader,dimension,criterion,grade\np,Ann,a,x,0\np,Ben,b,y,3\nq,Ann,a,x,1\nq,Ben,b,y,1\n";
    let open = "primum agree two.csv --map rater=reader --map item=case --map value=grade --map axis=COLUMN";
    assert_eq!(proposed("two.csv", two), [open]);
    let twice = "case,reader,part,grade\np,Ann,a,1\np,Ann,b,2\np,Ben,a,1\np,Ben,b,0\n";
    let note = note_of("twice.csv", twice);
    assert!(note.contains("found 2 for p on grade, which line 2 scores differently"), "{note}");
    assert!(note.contains("--map rater=reader --map item=COLUMN --map value=COLUMN"), "{note}");
    let long = "doctor,patient,criterion,accuracy,safety\nAnn,p,x,1,0\nBen,p,x,2,1\nAnn,p,y,0,0\nBen,p,y,2,1\n";
    let next = proposed("long.csv", long);
    assert!(next[0].ends_with("--map value=COLUMN --map axis=criterion"), "{next:?}");
}
