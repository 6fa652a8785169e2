//! What is in a file is told by its content: dialects, encodings, workbooks, and what is no table at all.

use crate::support::Folder;
use exchange::{ScoreSource, harm_scales};
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};
use study::Score;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const ROWS: &str = "rater,item,axis,value\nRené,x,omission,2\n";

fn open(name: &str, content: &[u8]) -> (Folder, Result<ScoreSource, exchange::Error>) {
    let folder = Folder::new();
    let file = folder.put(name, content);
    let opened = ScoreSource::open(file.to_str().unwrap());
    (folder, opened)
}

fn told(name: &str, content: &[u8]) -> String {
    let (folder, opened) = open(name, content);
    folder.told(opened)
}

/// The grade of x on omission, and what is said of the file.
fn read(content: &[u8]) -> (String, Score, Vec<String>) {
    let (_folder, opened) = open("t.csv", content);
    let source = opened.unwrap();
    let scores = source.scores(&harm_scales()).unwrap();
    (scores.rater.clone(), scores.score("x", "omission"), source.notes().to_vec())
}

/// A workbook with these cells on its only sheet.
fn workbook(cells: &str) -> Vec<u8> {
    workbook_of(&[("S", "visible", cells)])
}

/// Name, state and cells.
type Sheet<'a> = (&'a str, &'a str, &'a str);

/// A workbook with these sheets. Cells of the style 1 are dates.
fn workbook_of(sheets: &[Sheet<'_>]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let each = |part: &dyn Fn(usize, Sheet<'_>) -> String| {
        (1..).zip(sheets).map(|(at, sheet)| part(at, *sheet)).collect::<String>()
    };
    for (name, text) in [
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" \
                 Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>{}</sheets></workbook>",
                each(&|at, (name, state, _)| {
                    format!(
                        "<sheet name=\"{name}\" sheetId=\"{at}\" state=\"{state}\" r:id=\"r{at}\"/>"
                    )
                })
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\">{}</Relationships>",
                each(&|at, _| {
                    format!(
                        "<Relationship Id=\"r{at}\" Type=\"{office}/worksheet\" \
                         Target=\"worksheets/sheet{at}.xml\"/>"
                    )
                })
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{main}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>\
                 </styleSheet>"
            ),
        ),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    for (at, (_, _, cells)) in (1..).zip(sheets) {
        zip.start_file(format!("xl/worksheets/sheet{at}.xml"), SimpleFileOptions::default())
            .unwrap();
        write!(zip, "<worksheet xmlns=\"{main}\"><sheetData>{cells}</sheetData></worksheet>")
            .unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn text(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

#[test]
fn encodings_are_told_by_their_bytes() {
    let mut utf_16: Vec<u8> = vec![0xFF, 0xFE];
    utf_16.extend(ROWS.encode_utf16().flat_map(u16::to_le_bytes));
    let windows: Vec<u8> = ROWS.chars().map(|c| c as u8).collect();
    for bytes in [ROWS.as_bytes(), &utf_16, &utf_16[2..], &windows] {
        let (rater, score, _) = read(bytes);
        assert_eq!((rater.as_str(), score), ("René", Score::Grade(2)));
    }
    let (.., notes) = read(&windows);
    assert!(
        notes[0].contains("was read as Windows-1252; on line 2, for example, as “René”"),
        "{notes:?}"
    );
}

#[test]
fn separators_are_told_by_the_rows() {
    for (from, to) in [(",", ";"), (",", "\t"), (",", "|")] {
        assert_eq!(read(ROWS.replace(from, to).as_bytes()).1, Score::Grade(2), "{to:?}");
    }
    assert_eq!(read(format!("sep=;\r\n{}", ROWS.replace(',', ";")).as_bytes()).1, Score::Grade(2));
}

#[test]
fn a_workbook_is_read_and_a_cell_in_its_farthest_corner_takes_no_memory() {
    let header: String = [("A", "rater"), ("B", "item"), ("C", "axis"), ("D", "value")]
        .map(|(column, name)| text(&format!("{column}1"), name))
        .concat();
    let row = [text("A7", "Ann"), text("B7", "x"), text("C7", "omission")].concat();
    let row =
        format!("<row r=\"1\">{header}</row><row r=\"7\">{row}<c r=\"D7\"><v>3</v></c></row>");
    let (rater, score, notes) = read(&workbook(&row));
    assert_eq!((rater.as_str(), score), ("Ann", Score::Grade(3)));
    assert!(notes[0].ends_with("read from the sheet “S”."), "{notes:?}");
    let corner = text("XFD1048576", "far");
    let far = format!("{row}<row r=\"1048576\">{corner}</row>");
    assert_eq!(
        told("t.xlsx", &workbook(&far)),
        "t.xlsx, line 1048576, the row: found 16384 cells; expected 4, as in the header."
    );
}

#[test]
fn what_is_no_table_is_called_what_it_is_with_the_way_out() {
    assert_eq!(
        told("t.csv", b"%PDF-1.7\n"),
        "t.csv: this is a PDF. Export the table behind it as CSV or as a workbook."
    );
    assert_eq!(
        told("t.csv", b"rater\x01\xFF\n"),
        "t.csv: this is not text: line 1 has a byte that no text has. Check that it is the right file."
    );
}

#[test]
fn two_columns_of_one_name_and_a_missing_quotation_mark_are_refused() {
    assert_eq!(
        told("t.csv", b"rater,item,axis,value,Value\nA,x,omission,1,2\n"),
        "t.csv, line 1, the header: found two columns called `Value`; expected each name once; rename one of \
         them."
    );
    assert_eq!(
        told("t.csv", b"rater,item,axis,value\nA,x,omission,1\nA,y,omission,\"2\n"),
        "t.csv, line 3: the file ends in the middle. Get the whole file again."
    );
    let (_, score, _) = read(b"rater,item,axis,value\n5\" tall,x,omission,1\n");
    assert_eq!(score, Score::Grade(1), "a quotation mark within a cell is a letter");
}

/// Quadratic in the columns, this took minutes.
#[test]
fn many_columns_and_endless_names_end_soon() {
    let start = Instant::now();
    let names: Vec<String> = (0..10_000).map(|column| format!("c{column}")).collect();
    let row = |item: &str| format!("{item}{}\n", ",1".repeat(names.len()));
    let wide = format!("item,{}\n{}{}", names.join(","), row("x"), row("y"));
    let (_folder, opened) = open("t.csv", wide.as_bytes());
    let source = opened.unwrap();
    assert_eq!(source.grades().unwrap().raters().len(), names.len());
    let notes = source.notes().join("\n");
    assert!(notes.contains(", c29 and 9970 more were read as raters"), "{notes}");
    let cell = format!("item,note\nx,{}\n", "long ".repeat(2 << 20));
    let folder = Folder::new();
    let file = folder.put("cell.csv", cell).display().to_string();
    let shown = exchange::inspect(&file, &exchange::Mapping::default()).unwrap().columns;
    assert!(shown[1].samples[0].len() < 100, "a cell of 10 MB is shown by its beginning");
    let unknown = format!("nothing,{}\n", names.join(","));
    let found = told("t.csv", unknown.as_bytes());
    assert!(found.contains("the columns nothing, c0, c1,"), "{found}");
    assert!(found.contains(", c28 and 9971 more and no row below them; expected"), "{found}");
    let long = format!("item,{},B\nx,1,2\n", "a_b ".repeat(3 << 20));
    let found = told("t.csv", long.as_bytes());
    assert!(found.contains("found a name of 11 MB: “a_b a_b "), "{found}");
    assert!(found.ends_with("…”; expected names of at most 1 MB."), "{found}");
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn a_name_that_comes_twice_in_an_object_is_refused_with_its_line() {
    let record = r#"{"rater": "A", "item": "x", "axis": "tone", "value": 1}"#;
    let twice = r#"{"rater": "A", "item": "y", "axis": "tone", "value": 1, "value": 2}"#;
    let expected =
        "field `value`: found it twice in one object; expected each name once; remove one of them.";
    for (text, line) in [
        (format!("{record}\n{twice}\n"), 2),
        (format!("[{record},\n{record},\n{twice}]"), 3),
        (format!("{record}\n{}\n", twice.replace("1,", "NaN,")), 2),
        (format!("{{\"all\":\n{twice}}}"), 2),
    ] {
        assert_eq!(told("t.json", text.as_bytes()), format!("t.json, line {line}, {expected}"));
    }
}

#[test]
fn a_text_that_breaks_off_within_a_character_is_cut() {
    let cut = "t.csv, line 2: the file ends in the middle. Get the whole file again.";
    let utf_16: Vec<u8> = ROWS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&[0xFF, 0xFE], utf_16.as_slice()].concat();
    for bytes in [&utf_16, &marked] {
        assert_eq!(told("t.csv", &bytes[..bytes.len() - 9]), cut);
    }
    let utf_8 = "rater,item,axis,value\nRené,x,tone,good\n";
    let within = utf_8.find('é').unwrap() + 1;
    assert_eq!(
        told("t.csv", &[utf_8.as_bytes(), &utf_8.as_bytes()[22..within]].concat()),
        cut.replace('2', "3")
    );
    let pairless: Vec<u8> =
        [0xD83Du16, 0x41, 0x42].into_iter().flat_map(u16::to_le_bytes).collect();
    assert_eq!(
        told("t.csv", &[&marked[..], &pairless].concat()),
        "t.csv, line 3: found a byte that is not UTF-16LE text; expected UTF-16LE. Save the file again with the \
         encoding UTF-8."
    );
}

#[test]
fn prose_and_a_title_are_told_from_a_header() {
    let prose =
        b"MIT License\n\nCopyright (c) 2026\n\nPermission is granted, free of charge, to all.\n";
    assert_eq!(
        told("LICENSE", prose),
        "LICENSE, line 1, the header: found only “MIT License”; expected the names of several columns, \
         separated by commas, semicolons, tabs or bars. If this is no table, take another file."
    );
    let title = "found the title “Ratings, 2026” above the columns' names; expected the columns' names on the first \
                 line; remove the title.";
    for end in ["\n", ",,,\n", "\n\n"] {
        let text = format!("\"Ratings, 2026\"{end}{ROWS}");
        assert_eq!(told("t.csv", text.as_bytes()), format!("t.csv, line 1, the header: {title}"));
    }
    let cells = ["rater", "item"].map(|name| text(&format!("{}3", &name[..1]), name)).concat();
    let titled =
        format!("<row r=\"1\">{}</row><row r=\"3\">{cells}</row>", text("A1", "Ratings, 2026"));
    assert_eq!(told("t.xlsx", &workbook(&titled)), format!("t.xlsx, line 1, the header: {title}"));
}

#[test]
fn an_inspect_log_without_its_header_is_called_so() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("samples/a_epoch_1.json", SimpleFileOptions::default()).unwrap();
    zip.write_all(b"{}").unwrap();
    assert_eq!(
        told("t.eval", &zip.finish().unwrap().into_inner()),
        "t.eval: this is an Inspect log (.eval) without header.json, which says what was run. Get the whole log, or \
         give the samples in it as JSON."
    );
}

/// The first line has the names of columns, the second a rating on the day 45,000 with an item of 18 digits.
#[test]
fn a_workbook_says_what_is_not_as_it_seems() {
    let names = ["rater", "item", "axis", "value", "scenario", "other"];
    let header: String =
        names.iter().zip("ABCDEF".chars()).map(|(name, c)| text(&format!("{c}1"), name)).collect();
    let cells = [
        text("A2", "Ann"),
        "<c r=\"B2\"><v>123456789012345678</v></c>".into(),
        text("C2", "omission"),
    ];
    let rest =
        "<c r=\"D2\"><v>3</v></c><c r=\"E2\" s=\"1\"><v>45000</v></c><c r=\"F2\"><f>A1</f></c>";
    let rows = format!("<row r=\"1\">{header}</row><row r=\"2\">{}{rest}</row>", cells.concat());
    let (_folder, opened) =
        open("t.xlsx", &workbook_of(&[("S", "visible", &rows), ("H", "hidden", &rows)]));
    let source = opened.unwrap();
    let scores = source.scores(&harm_scales()).unwrap();
    assert_eq!(scores.designs.values().next().unwrap().scenario, "2023-03-15");
    let all = source.notes().join("\n");
    for said in [
        "not read, because hidden: H. To read one, add # and its name to the file's, as in ",
        "a formula without a saved value, read as empty, in the cell F2.",
        "a number of more than 15 digits, of which a spreadsheet keeps 15, in the cell B2.",
    ] {
        assert!(all.contains(said), "{said}: {all}");
    }
    let both = told("t.xlsx", &workbook_of(&[("S", "visible", &rows), ("T", "visible", &rows)]));
    assert!(both.contains("2 sheets with cells (S, T)"), "{both}");
    let hidden = open("t.xlsx", &workbook_of(&[("S", "visible", ""), ("H", "hidden", &rows)]));
    let all = hidden.1.unwrap().notes().join("\n");
    assert!(
        all.contains("the sheet “H” is hidden. It was read because no other sheet has cells."),
        "{all}"
    );
}

#[test]
fn the_sheets_with_cells_are_listed() {
    let cells = format!("<row r=\"1\">{}</row>", text("A1", "x"));
    let folder = crate::support::Folder::new();
    let listed = |name: &str, bytes: &[u8]| {
        let file = folder.put(name, bytes);
        let sheets = exchange::sheets(file.to_str().unwrap()).unwrap();
        sheets.into_iter().map(|sheet| (sheet.name, sheet.hidden)).collect::<Vec<_>>()
    };
    let book = workbook_of(&[
        ("One", "visible", &cells),
        ("Empty", "visible", ""),
        ("Two", "veryHidden", &cells),
    ]);
    assert_eq!(listed("book.xlsx", &book), [("One".into(), false), ("Two".into(), true)]);
    assert_eq!(listed("table.csv", b"PK,b\n1,2\n"), []);
    assert_eq!(listed("table.txt", b"a,b\n1,2\n"), []);
}

/// Each by the marks that its format puts into a file, after which others follow.
#[test]
fn what_other_programs_save_is_named_with_the_way_out() {
    let behind = |start: &[u8]| [start, &[1; 100]].concat();
    let framed = |mark: &[u8], end: &[u8]| [&behind(mark), mark, end].concat();
    let mut sas = vec![0; 12];
    sas.resize(84, 1);
    sas.extend(b"SAS FILE");
    let duckdb = [&[7; 8][..], b"DUCK", &67u64.to_le_bytes()].concat();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(b"X\n\0\0\0\x03").unwrap();
    let parquet = "Save it as Parquet or CSV.";
    let (stata, r) = ("In Stata: `export delimited", "In R: `write.csv(");
    for (content, told, advice) in [
        (behind(b"<stata_dta><header>"), "a Stata file", stata),
        (behind(&[115, 2, 1, 0]), "a Stata file", stata),
        (behind(b"$FL2@(#) SPSS"), "an SPSS file", "In SPSS: File, Save as, CSV."),
        (behind(b"$FL3@(#) SPSS"), "an SPSS file", "In SPSS: File, Save as, CSV."),
        (sas, "a SAS file", "In SAS: `proc export"),
        (behind(b"HEADER RECORD*******LIBRARY"), "a SAS transport file", "In SAS: `proc export"),
        (behind(b"RDX3\nX\n"), "an R workspace", r),
        (packed.finish().unwrap(), "an R object (.rds)", r),
        (behind(b"ARROW1\0\0"), "an Arrow or Feather file", parquet),
        (framed(b"FEA1", b""), "a Feather file", parquet),
        (behind(b"\xFF\xFF\xFF\xFF"), "a stream of Arrow tables", parquet),
        (behind(b"Obj\x01"), "an Avro file", parquet),
        (framed(b"ORC", b"\x09"), "an ORC file", parquet),
        (duckdb, "a DuckDB database", "In DuckDB: `COPY ratings TO"),
        (behind(b"SQLite format 3\0"), "an SQLite database", "Export the table in it as CSV."),
        (behind(b"\x1F\x8B"), "compressed by gzip", "Unpack it first."),
    ] {
        let message = told_of(&content);
        assert!(message.starts_with(&format!("t.csv: this is {told}. {advice}")), "{message}");
    }
    for text in
        ["ORCID,axis\n", "Object,Ann,Ben\n", "RDX,Ann,Ben\n", "FEA1,a,b\n", "raters: DUCK,a\n"]
    {
        assert!(told_of(text.as_bytes()).starts_with("t.csv"), "{text}");
        assert!(!told_of(text.as_bytes()).contains("this is a"), "{text}");
    }
}

/// What is said of a file, whatever is in it.
fn told_of(content: &[u8]) -> String {
    let (folder, opened) = open("t.csv", content);
    let scores = opened.and_then(|source| source.scores(&harm_scales()).map(|_| ()));
    match scores {
        Ok(()) => "t.csv".into(),
        other => folder.told(other),
    }
}

#[test]
fn a_name_that_is_longer_than_a_line_is_cut_in_a_message() {
    let item = "long ".repeat(100);
    let rows = format!("rater,item,axis,value\nA,{item},omission,1\nA,{item},omission,2\n");
    let (folder, opened) = open("t.csv", rows.as_bytes());
    let message = folder.told(opened.unwrap().scores(&harm_scales()));
    assert!(message.contains("found 2 for long long "), "{message}");
    assert!(message.contains("… on omission, which line 2 scores differently"), "{message}");
    assert!(message.len() < 300, "{message}");
}
