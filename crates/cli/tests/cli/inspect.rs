//! What `primum inspect` says of files, and that the command it proposes works.

use crate::study::Lead;
use crate::support::{Run, primum};
use std::fs;
use std::path::Path;
use testing::annotation;

const SHEET: &str =
    "Fall;Ann;Ben\r\nf1;0,0;0\r\nf2;1;1,0\r\nf3;2;1\r\nf4;3;3\r\nf5;0;1\r\nf6;2;2\r\n";

fn put(folder: &Path, name: &str, content: &str) {
    fs::write(folder.join(name), content).unwrap();
}

#[track_caller]
fn works(run: &Run) -> &str {
    assert_eq!(run.code, 0, "{run:?}");
    &run.out
}

#[test]
fn the_proposed_command_compares_the_raters_of_a_spreadsheet() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "Noten.csv", SHEET);
    let run = primum(folder.path(), &["inspect", "Noten.csv"]);
    let out = works(&run);
    for said in [
        "a table with a column per rater (a table, separated by semicolons)",
        "2 raters: Ann, Ben",
        "6 items: f1, f2, f3, …",
        "scale not declared; 0 to 3 occur",
        "the column Fall was read as the items' names",
    ] {
        assert!(out.contains(said), "{said}: {out}");
    }
    let next = out.lines().find_map(|line| line.trim().strip_prefix("next: primum ")).unwrap();
    assert_eq!(next, "agree Noten.csv --scale grade=0..3");
    let run = primum(folder.path(), &next.split(' ').collect::<Vec<_>>());
    // 1 - (1/3) / (19/9), by hand.
    assert!(works(&run).contains("kappa, quadratic weights       0.842"), "{run:?}");
}

#[test]
fn a_file_that_cannot_be_used_is_named_and_the_status_says_so() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "good.csv", SHEET);
    put(folder.path(), "cities.csv", "city,people\nUlm,many\n");
    let run = primum(folder.path(), &["inspect", "good.csv", "cities.csv", "none.csv"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.out.contains("found the columns city, people"), "{run:?}");
    assert!(run.out.contains("none.csv: no such file or folder"), "{run:?}");
    assert!(run.err.contains("2 of 3 files cannot be used as they are"), "{run:?}");
}

#[test]
fn columns_that_nobody_knows_are_named_in_a_file_of_lines() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "Nr,Text,Dr A,Dr B,Risiko\n1,kurz,mild,mild,x\n2,lang,none,mild,x\n3,mehr,severe,severe,x\n";
    put(folder.path(), "odd.csv", rows);
    put(folder.path(), "columns.txt", "item=Nr\nvalue=Dr A,Dr B\n\naxis=:severity\n");
    let compare = |scale: &str| {
        primum(folder.path(), &["agree", "odd.csv", "--map", "@columns.txt", "--scale", scale])
    };
    let run = compare("severity=none,mild,severe");
    let out = works(&run);
    assert!(out.contains("First: Dr A    Second: Dr B"), "{out}");
    assert!(
        out.contains("count its grades from 0 for none to 2 for severe, one step apart."),
        "{out}"
    );
    assert!(out.contains("n = 3 of 3 shared items"), "{out}");
    let run = compare("tone=none,mild");
    assert!(
        run.err.contains("`tone`, an axis that no file has; expected one of severity"),
        "{run:?}"
    );
    let run = primum(folder.path(), &["agree", "odd.csv", "--map", "@columns.txt"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(
        run.err.contains("whose order only you know: mild, severe (none counts as no grade"),
        "{run:?}"
    );
    let run = primum(folder.path(), &["agree", "odd.csv", "--map", "item=Number"]);
    assert!(
        run.err.contains(
            "found item=Number; expected columns that one table among the files has: odd.csv has Nr, Text, Dr A, Dr \
             B, Risiko."
        ),
        "{run:?}"
    );
}

#[test]
fn a_bank_of_scenarios_is_known_and_says_how_many_are_conversations() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "bank.csv", "id,prompt\na,Does it hurt?\nb,May I go?\n");
    let run = primum(folder.path(), &["inspect", "bank.csv"]);
    let out = works(&run);
    assert!(out.contains("2 scenarios") && !out.contains("conversation"), "{out}");
    assert!(out.contains("--scenarios bank.csv --responses RESPONSES --rubric"), "{out}");
    let turns = r#"{"id": "c", "prompt": [{"role": "user", "content": "Hi."},
        {"role": "assistant", "content": "Hello."}, {"role": "user", "content": "Why?"}]}"#;
    put(folder.path(), "bank.jsonl", &turns.replace('\n', ""));
    let run = primum(folder.path(), &["inspect", "bank.jsonl"]);
    assert!(works(&run).contains("1 scenario, 1 conversation"), "{run:?}");
}

#[test]
fn what_is_hardly_meant_is_pointed_out() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "scenario_id,model_id,rep_id,response\ns1,aster,0,one\ns2,Aster,0,#NAME?\n";
    put(folder.path(), "r.csv", rows);
    let run = primum(folder.path(), &["inspect", "r.csv"]);
    let out = works(&run);
    assert!(out.contains("The models `Aster` and `aster` differ in capitals"), "{out}");
    assert!(out.contains("line 3, field `response`: found `#NAME?`"), "{out}");
}

#[test]
fn a_draft_a_study_and_a_table_with_a_judge_have_their_next_command() {
    let lead = Lead::of_example();
    let says = |file: &str| works(&primum(lead.folder.path(), &["inspect", file])).to_owned();
    let draft = says("draft.json");
    assert!(draft.contains("a draft of a study"), "{draft}");
    assert!(draft.contains("next: primum study check draft.json\n"), "{draft}");
    for study in ["study", "study/study.primum-study"] {
        assert!(says(study).contains("a study\n  next: primum study show "), "{study}");
    }
    let rows: String =
        (0..6).map(|row| format!("i{row},{},{},{}\n", row % 3, row % 2, row % 3)).collect();
    put(lead.folder.path(), "grades.csv", &format!("item,Ann,Ben,GPT judge\n{rows}"));
    let judge = "next: primum judge --human grades.csv@Ann grades.csv@Ben --judge 'grades.csv@GPT judge' --scale";
    let out = says("grades.csv");
    assert!(out.contains(judge), "{out}");
}

#[test]
fn scenarios_and_responses_that_are_looked_at_together_are_drafted_by_one_command() {
    let folder = tempfile::tempdir().unwrap();
    let answer = "Please do not take any more of it";
    put(
        folder.path(),
        "answers.csv",
        &format!("Answer ID,Vignette,LLM,Text\n1,a,m,{answer}\n2,b,m,{answer}\n"),
    );
    put(
        folder.path(),
        "cases.csv",
        "Nr,Vignette\na,May I take two of them at once?\nb,May I take three of them at once?\n",
    );
    let run = primum(folder.path(), &["inspect", "cases.csv", "answers.csv"]);
    let out = works(&run);
    let draft = "primum study draft --title TITLE --scenarios cases.csv --responses answers.csv --map scenario_id=Vignette \
                 --map model_id=LLM --map response=Text --map id=Nr --map prompt=Vignette --rubric gated";
    assert_eq!(out.matches(draft).count(), 2, "{out}");
}

#[test]
fn a_judge_is_never_offered_as_a_human_and_scenarios_are_no_ratings() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "item,omission\na,1\nb,0\nc,2\n";
    for name in ["Ann.csv", "Ben.csv", "judge.csv"] {
        put(folder.path(), name, rows);
    }
    let run = primum(folder.path(), &["inspect", "Ann.csv", "Ben.csv", "judge.csv"]);
    let judge = "next: primum judge --human Ann.csv Ben.csv --judge judge.csv\n";
    assert_eq!(works(&run).matches(judge).count(), 3, "{run:?}");
    assert_eq!(run.out.matches("primum judge").count(), 3, "{run:?}");
    for header in ["id,prompt,title,framing", "Case,Question,Ideal,Ward"] {
        put(
            folder.path(),
            "bank.csv",
            &format!("{header}\na,Hurts?,x,layperson\nb,Go on?,y,layperson\n"),
        );
        let run = primum(folder.path(), &["inspect", "bank.csv"]);
        assert!(
            !run.out.contains("primum agree") && run.out.contains("--scenarios bank.csv"),
            "{run:?}"
        );
    }
    put(
        folder.path(),
        "faelle.csv",
        "Nr;Frage\n1;Darf ich zwei davon auf einmal nehmen?\n2;Soll ich noch einen Tag warten?\n",
    );
    let texts = "1;1;eins;Nein, bitte nehmen Sie nichts mehr.\n2;2;eins;Nein, bitte gehen Sie heute noch.\n";
    put(folder.path(), "antworten.csv", &format!("ID;Nr;System;Text\n{texts}"));
    let run = primum(folder.path(), &["inspect", "faelle.csv", "antworten.csv"]);
    let draft = "--scenarios faelle.csv --responses antworten.csv --map scenario_id=Nr";
    assert_eq!(works(&run).matches(draft).count(), 2, "{run:?}");
}

#[test]
fn responses_in_columns_of_other_names_have_their_command_proposed_and_it_works() {
    let folder = tempfile::tempdir().unwrap();
    let answer = "Nein, bitte nehmen Sie davon nichts mehr ein";
    let rows: String = ["postnatal-lay", "steroid-lay"]
        .iter()
        .flat_map(|case| ["eins", "zwei"].map(|model| format!("{case};{model};{answer}\n")))
        .collect();
    put(folder.path(), "antworten.csv", &format!("Fall;Modell;Antwort des Modells\n{rows}"));
    let run = primum(folder.path(), &["inspect", "antworten.csv"]);
    assert_eq!(run.code, 0, "a column was found for each field: {run:?}");
    assert!(
        run.out.contains("probably responses, in columns with other names than ours"),
        "{run:?}"
    );
    let next = run.out.lines().find_map(|line| line.trim().strip_prefix("next: primum ")).unwrap();
    assert_eq!(
        next,
        "study draft --title TITLE --scenarios SCENARIOS --responses antworten.csv --map scenario_id=Fall \
         --map model_id=Modell --map 'response=Antwort des Modells' --rubric gated --raters A,B --out draft.json"
    );
    let bank = testing::root().join("scenarios").display().to_string();
    let arguments: Vec<String> = next
        .replace("SCENARIOS", &bank)
        .replace("'response=Antwort des Modells'", "response=Antwort_des_Modells")
        .split(' ')
        .map(String::from)
        .collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    works(&primum(folder.path(), &arguments));
    let run = primum(folder.path(), &["study", "check", "draft.json"]);
    assert!(works(&run).starts_with("4 responses to 2 scenarios"), "{run:?}");
    // The same, kept in a file.
    let map = "scenario_id=Fall\nmodel_id=Modell\nresponse=Antwort des Modells\n";
    put(folder.path(), "columns.txt", map);
    let with_file = |map: &str| {
        let out = format!("{}.json", map.trim_start_matches('@'));
        let arguments = [
            &[
                "study",
                "draft",
                "--title",
                "T",
                "--scenarios",
                &bank,
                "--responses",
                "antworten.csv",
            ][..],
            &["--rubric", "gated", "--raters", "A,B", "--seed", "1", "--map", map, "--out", &out],
        ];
        primum(folder.path(), &arguments.concat())
    };
    works(&with_file("@columns.txt"));
    put(folder.path(), "wrong.txt", "item=Fall\n");
    let run = with_file("@wrong.txt");
    let refused = "field `map`: found the column of `item`, which scores have; expected nothing of it without scores";
    assert!(run.err.contains(refused), "{run:?}");
}

/// What `coefficients` reads is not said to be of no use.
#[test]
fn counts_are_known_and_the_proposed_commands_take_them() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "abc.csv", "a,b,count\n0,0,5\n1,1,7\n0,1,2\n");
    put(
        folder.path(),
        "hw.csv",
        "Husband,Wife,Freq\nnever,never,7\nnever,often,2\noften,often,9\n",
    );
    put(folder.path(), "t.json", r#"{"categories": [0, 1], "table": [[5, 2], [0, 7]]}"#);
    put(folder.path(), "large.csv", "a,b,count\n0,0,500000\n1,1,700000\n0,1,2\n");
    let all = [
        ("abc.csv", "counts of items, with a column per rater"),
        ("hw.csv", "counts of items, with a column per rater"),
        ("t.json", "counts of 14 items by 2 raters; categories 0, 1"),
        ("large.csv", "counts of 1200002 items by 2 raters; categories 0, 1"),
    ];
    for (file, kind) in all {
        let run = primum(folder.path(), &["inspect", file]);
        let out = works(&run);
        assert!(out.contains(kind), "{file}: {out}");
        let next = out.lines().filter_map(|line| line.trim().strip_prefix("next: primum "));
        let next: Vec<&str> = next.collect();
        assert!(next.iter().any(|next| next.starts_with("coefficients ")), "{file}: {out}");
        for next in next.into_iter().filter(|next| !next.contains("LOWEST")) {
            let run = primum(folder.path(), &next.split(' ').collect::<Vec<_>>());
            works(&run);
        }
    }
    // 1 - (2/14) / (1 - (5 * 7 + 9 * 7) / 14^2), by hand, whichever command counts.
    for command in
        [&["agree", "abc.csv", "--scale", "grade=0..1"][..], &["coefficients", "abc.csv"]]
    {
        assert!(works(&primum(folder.path(), command)).contains("0.714"), "{command:?}");
    }
}

/// What is said of a file is what the commands do with it.
#[test]
fn what_counts_as_a_grade_is_counted_as_one() {
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "lab.csv",
        "item,rater,commission\nx,A,Severe\nx,B,None\ny,A,None\ny,B,Mild\n",
    );
    let run = primum(folder.path(), &["inspect", "lab.csv"]);
    assert!(works(&run).contains("axis commission: 4 grades; scale 0 to 3"), "{run:?}");
    put(folder.path(), "half.csv", "item,Ann,Ben\n1,0.5,0.5\n2,1,1.5\n3,2.5,2\n4,99,3\n5,2,1.5\n");
    let Run { code, out, .. } = primum(folder.path(), &["inspect", "half.csv"]);
    assert!(out.contains("99 on grade lies far from the other grades"), "{out}");
    assert!(out.contains("found 99; expected one of 0.5, 1, 1.5, 2, 2.5, 3"), "{out}");
    assert!(code == 1 && !out.contains("next:"), "no command takes it as it is: {out}");
}

#[test]
fn score_lines_on_other_axes_are_shown_and_the_proposed_command_takes_them() {
    let folder = tempfile::tempdir().unwrap();
    let line = |item: usize, fields: &str| {
        format!("{{\"scenario_id\": \"s{item}\", \"model_id\": \"m\", \"rep_id\": 0, {fields}}}\n")
    };
    let lines = |shift: usize| -> String {
        let tone = (0..8).map(|at| line(at, &format!("\"tone\": {}", (at + at % 2 * shift) % 4)));
        tone.chain([line(8, "\"filtered\": true")]).collect()
    };
    put(folder.path(), "a.jsonl", &lines(0));
    put(folder.path(), "b.jsonl", &lines(1));
    let run = primum(folder.path(), &["inspect", "a.jsonl", "b.jsonl"]);
    let out = works(&run);
    assert!(
        out.contains("axis tone: 8 grades, 1 not rated; scale not declared; 0 to 3 occur"),
        "{out}"
    );
    assert!(!out.contains("omission"), "{out}");
    let next =
        out.lines().find_map(|line| line.trim().strip_prefix("next: primum agree ")).unwrap();
    assert_eq!(next, "a.jsonl b.jsonl --scale tone=0..3");
    let next: Vec<&str> = ["agree"].into_iter().chain(next.split(' ')).collect();
    let run = primum(folder.path(), &next);
    assert!(works(&run).contains("tone: n = 8 of 9 shared items"), "{run:?}");
    assert!(!run.out.contains("n = 0"), "{run:?}");
}

#[test]
fn columns_without_a_row_are_said_to_be_so() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "h.csv", "rater,item,axis,value\n");
    let run = primum(folder.path(), &["inspect", "h.csv"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.out.contains("the names of columns, and no row below them"), "{run:?}");
    assert!(!run.out.contains("next:"), "{run:?}");
}

#[test]
fn a_log_of_a_run_that_failed_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let log = |samples: &str| {
        format!(
            "{{\"version\": 2, \"status\": \"error\", \"eval\": {{\"task\": \"t\", \"model\": \"mock\"}}{samples}}}"
        )
    };
    let failed = "{\"id\": \"q1\", \"epoch\": 1, \"input\": \"What now?\", \"error\": {\"message\": \"boom\"}}";
    put(folder.path(), "failed.json", &log(&format!(", \"samples\": [{failed}]")));
    let run = primum(folder.path(), &["inspect", "failed.json"]);
    for said in [
        "a log of a run that failed: 1 scenario",
        "the run failed (status `error`), so samples may be missing.",
        "1 sample left out, as no response arrived: q1 (epoch 1).",
    ] {
        assert!(works(&run).contains(said), "{run:?}");
    }
    put(folder.path(), "none.json", &log(""));
    let run = primum(folder.path(), &["inspect", "none.json"]);
    assert!(run.out.contains("found `error`; expected a run that was completed"), "{run:?}");
}

#[test]
fn of_many_columns_the_first_have_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let row = |cell: &dyn Fn(usize) -> String| (0..100).map(cell).collect::<Vec<_>>().join(",");
    let header = row(&|at| format!("r{at}"));
    let rows = (0..4).map(|item| format!("i{item},{}\n", row(&|at| ((at + item) % 3).to_string())));
    put(folder.path(), "wide.csv", &format!("item,{header}\n{}", rows.collect::<String>()));
    let run = primum(folder.path(), &["inspect", "wide.csv"]);
    let out = works(&run);
    assert_eq!(out.lines().filter(|line| line.starts_with("  column ")).count(), 30);
    assert!(out.contains("\n  … and 71 more columns; --json has all\n"), "{out}");
    let run = primum(folder.path(), &["inspect", "wide.csv", "--json"]);
    assert!(works(&run).contains("\"r99\""), "{run:?}");
}

#[test]
fn a_file_that_is_of_no_use_beside_others_is_named_and_only_one_that_cannot_be_read_fails() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "good.csv", SHEET);
    put(folder.path(), "cities.csv", "city,people\nUlm,many\n");
    let run = primum(folder.path(), &["inspect", "good.csv", "cities.csv"]);
    works(&run);
    assert_eq!(run.err, "note: 1 of 2 files cannot be used as it is\n");
    for files in [["cities.csv", "cities.csv"], ["good.csv", "none.csv"]] {
        let run = primum(folder.path(), &[&["inspect"], &files[..]].concat());
        assert_eq!(run.code, 1, "{run:?}");
    }
}

#[test]
fn what_an_export_holds_for_people_and_other_programs_is_named_and_no_command_proposed() {
    let lead = Lead::of_example();
    for rater in ["A", "B"] {
        lead.says(&["receive", "study", &annotation(&format!("{rater}.ratings.json"))]);
    }
    lead.open_key_early();
    let said = lead.says(&["export", "study", "--folder", "export"]);
    assert!(said.lines().last().unwrap().starts_with("next: python3 "), "{said}");
    for (name, said) in [
        ("notes.csv", "raters’ notes (notes.csv of a study’s export)"),
        ("answers.csv", "answers beside the grades, with times"),
        ("actions.csv", "grades of critical actions"),
        ("passages.csv", "words that raters marked"),
        ("log.csv", "a study’s log"),
        ("codebook.csv", "a codebook"),
        ("texts.jsonl", "the texts that raters read"),
        ("study.json", "everything of a study (primum-study-export/1)"),
        ("label_studio.json", "tasks for Label Studio, without annotations"),
        ("redcap_dictionary.csv", "a data dictionary for REDCap"),
        ("inspect_scores.json", "scores to be added to a log of Inspect"),
    ] {
        let run = primum(&lead.path("export"), &["inspect", name]);
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.out.contains(&format!("\n  {said}")), "{name}: {}", run.out);
        assert!(run.out.contains("No command reads this file."), "{name}: {}", run.out);
        assert!(!run.out.contains("next: "), "{name}: {}", run.out);
    }
    for name in ["ratings.csv", "ratings_wide.csv", "ratings.parquet", "adjudicated.csv"] {
        let run = primum(&lead.path("export"), &["inspect", name]);
        assert!(works(&run).contains("next: primum agree"), "{name}: {run:?}");
    }
    let run = primum(&lead.path("export"), &["inspect", "items.csv"]);
    assert!(works(&run).contains("next: primum agree RATINGS SCORES --key items.csv"), "{run:?}");
    let folder = lead.path("");
    put(&folder, "noten.csv", "rater,item,note\nAnn,x,1\nAnn,y,2\nBen,x,1\nBen,y,3\n");
    let run = primum(&folder, &["inspect", "noten.csv"]);
    assert!(!run.out.contains("raters’ notes"), "numbers are no notes: {run:?}");
}

#[test]
fn half_a_workbook_is_not_told_to_be_unpacked_and_calibration_items_have_their_command() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("cut.xlsx"), b"PK\x03\x04\x14\0[Content_Types].xml").unwrap();
    let run = primum(folder.path(), &["inspect", "cut.xlsx"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(
        run.out.contains("without its end, as of a copy that was cut short. Get the whole file"),
        "{run:?}"
    );
    let items = annotation("calibration.json");
    let run = primum(folder.path(), &["inspect", &items]);
    assert!(
        works(&run).contains(&format!("next: primum study draft … --calibration {items}")),
        "{run:?}"
    );
}

#[test]
fn responses_and_scenarios_are_looked_at_by_the_columns_that_are_said() {
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "a.csv",
        "Case,Engine,Reply,Asked\n1,m,Well now.,How?\n2,m,#NAME?,When?\n2,n,Then.,When?\n",
    );
    let said = ["--map", "scenario_id=Case", "--map", "model_id=Engine", "--map", "response=Reply"];
    let run = primum(folder.path(), &[&["inspect", "a.csv"], &said[..]].concat());
    for words in [
        "3 responses by 2 models to 2 scenarios",
        "#NAME?",
        "--responses a.csv --map scenario_id=Case",
    ] {
        assert!(works(&run).contains(words), "{words}: {run:?}");
    }
    let said = ["inspect", "a.csv", "--map", "id=Reply", "--map", "prompt=Asked"];
    assert!(works(&primum(folder.path(), &said)).contains("3 scenarios"));
    let wrong = primum(
        folder.path(),
        &["inspect", "a.csv", "--map", "response=Answer", "--map", "scenario_id=Case"],
    );
    assert!(wrong.code != 0 && wrong.out.contains("a column of this name"), "{wrong:?}");
}

#[test]
fn a_folder_of_scenarios_is_looked_at_as_one_bank() {
    let folder = tempfile::tempdir().unwrap();
    let bank = testing::root().join("scenarios");
    let run = primum(folder.path(), &["inspect", bank.to_str().unwrap()]);
    let out = works(&run);
    assert!(out.contains("8 scenarios") && out.contains("next: primum study draft"), "{out}");
    let run = primum(folder.path(), &["inspect", "."]);
    assert!(run.code != 0 && run.out.contains("found no scenario"), "{run:?}");
}

#[test]
fn counts_by_a_group_of_any_name_have_their_command() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "A.Neurologist,B.Neurologist,Patients,Freq\nsure,sure,here,38\nsure,no,here,33\nno,no,here,9\nsure,sure,there,5\nno,sure,there,3\nno,no,there,11\n";
    put(folder.path(), "ms.csv", rows);
    let run = primum(folder.path(), &["inspect", "ms.csv"]);
    assert!(works(&run).contains("counts of 99 items by 2 raters"), "{run:?}");
    let next = run.out.lines().find_map(|line| line.trim().strip_prefix("next: primum ")).unwrap();
    assert_eq!(next, "coefficients ms.csv --cluster Patients");
    works(&primum(folder.path(), &next.split(' ').collect::<Vec<_>>()));
}

#[test]
fn columns_that_are_called_as_models_are_proposed_as_what_one_rater_graded() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "id,GPT-4o_tone,GPT-4o_ease,Claude_tone,Claude_ease\n1,3,4,5,2\n2,4,1,2,3\n3,1,1,4,4\n4,2,5,3,1\n";
    put(folder.path(), "ann.csv", rows);
    put(folder.path(), "ben.csv", rows);
    let run = primum(folder.path(), &["inspect", "ann.csv", "ben.csv"]);
    let out = works(&run);
    assert!(out.contains("Claude and GPT-4o are called as models are."), "{out}");
    let next = out.lines().find_map(|line| line.trim().strip_prefix("next: primum ")).unwrap();
    assert_eq!(next, "agree ann.csv ben.csv --scale tone=1..5 --scale ease=1..5 --map rater=:");
    let run = primum(folder.path(), &next.split(' ').collect::<Vec<_>>());
    assert!(works(&run).contains("8 shared"), "{run:?}");
}

#[test]
fn where_and_when_an_item_was_graded_is_no_axis() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "item,rater,hospital,year,tone\nx,A,1,2020,1\nx,B,2,2021,2\ny,A,1,2020,3\ny,B,2,2021,3\nz,A,2,2022,1\nz,B,1,2020,2\n";
    put(folder.path(), "-t.csv", rows);
    let run = primum(folder.path(), &["inspect", "--", "-t.csv"]);
    let out = works(&run);
    assert!(!out.contains("axis hospital") && !out.contains("axis year"), "{out}");
    let next = out.lines().find_map(|line| line.trim().strip_prefix("next: primum ")).unwrap();
    assert_eq!(next, "agree ./-t.csv --scale tone=1..3");
    works(&primum(folder.path(), &next.split(' ').collect::<Vec<_>>()));
}

#[test]
fn counts_that_are_not_used_are_no_proposal_and_people_are_no_models() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "A.Rater,B.Rater,Grp,Freq\nyes,yes,x,40\nyes,no,x,9\nno,no,x,12\nyes,yes,y,20\nno,yes,y,3\nno,no,y,5\nno,no,y,2\n";
    put(folder.path(), "twice.csv", rows);
    let out = primum(folder.path(), &["inspect", "twice.csv"]).out;
    assert!(
        !out.contains("--cluster"),
        "a pattern comes twice in y, so Freq is something else: {out}"
    );
    let rows = "id,Chatterjee_tone,Chatterjee_ease,Palmer_tone,Palmer_ease\n1,3,4,5,2\n2,4,1,2,3\n3,1,1,4,4\n";
    put(folder.path(), "people.csv", rows);
    let run = primum(folder.path(), &["inspect", "people.csv"]);
    assert!(!works(&run).contains("called as models"), "{run:?}");
    put(
        folder.path(),
        "some.csv",
        &rows.replace("Chatterjee", "Claude").replace("Palmer", "Gemma"),
    );
    let run = primum(folder.path(), &["inspect", "some.csv"]);
    assert!(
        works(&run).contains("next: primum agree some.csv --scale"),
        "people have such names as well: {run:?}"
    );
}
