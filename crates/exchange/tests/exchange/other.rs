//! Another kind of file than the one of ours that is expected is told as what it is, with the way out, by every
//! reader.

use crate::support::Folder;
use exchange::{
    Unseal, decode_battery, decode_ratings, decode_thresholds, open_sealed_key, read_calibration,
    read_document, read_packet, read_ratings, read_rubric, read_text,
};
use std::path::Path;

const PDF: &[u8] = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
const TABLE: &str = "rater,item,axis,value\nA,x,omission,2\n";

/// The start of a workbook: what is in it is not looked at where none is expected.
const WORKBOOK: &[u8] = b"PK\x03\x04\xFFxl/workbook.xml";

/// What each reader of a file of ours says of these bytes, without the file's name.
#[track_caller]
fn told_by_each(bytes: &[u8], found: &str) {
    let folder = Folder::new();
    let file = folder.put("f", bytes);
    let name = file.to_str().unwrap();
    let rubric = read_rubric("gated").unwrap();
    let said = [
        folder.told(read_packet(&file)),
        folder.told(read_ratings(&file)),
        folder.told(read_rubric(name)),
        folder.told(read_calibration(&file, &rubric)),
        folder.told(exchange::read_battery(name)),
        folder.told(exchange::read_thresholds(&file)),
        folder.told(read_document(&file, 1 << 20, "a draft")),
        folder.told(decode_ratings("f", bytes)),
        folder.told(decode_battery(Path::new("f"), bytes)),
        folder.told(decode_thresholds(Path::new("f"), bytes)),
    ];
    for said in said {
        assert!(said.starts_with(&format!("f: this is {found}; expected ")), "{said}");
        assert!(said.contains(". Give ") || said.contains(". Name ") || said.contains(". Check "));
    }
}

#[test]
fn no_text_is_told_by_its_kind() {
    told_by_each(PDF, "a PDF");
    told_by_each(WORKBOOK, "a workbook");
    told_by_each(b"{\\rtf1 dear colleague}", "a rich text document");
}

#[test]
fn text_that_is_no_json_is_told_as_a_table_or_as_text() {
    let table = "a table with the columns rater, item, axis, value";
    told_by_each(TABLE.as_bytes(), table);
    let windows: Vec<u8> = TABLE.replace('A', "René").chars().map(|c| c as u8).collect();
    told_by_each(&windows, table);
    let utf_16 = TABLE.encode_utf16().flat_map(u16::to_le_bytes);
    told_by_each(&[0xFF, 0xFE].into_iter().chain(utf_16).collect::<Vec<u8>>(), table);
    told_by_each(b"Dear colleague, thank you, and goodbye.\n", "text that is not JSON");
}

#[test]
fn json_of_another_shape_is_told_by_its_shape() {
    told_by_each(b"[{\"item\": \"x\"}]", "a list in JSON");
    told_by_each(b"{\"item\": 1}\n\n{\"item\": 2}\n", "JSON with one object on each line");
}

#[test]
fn the_way_out_names_the_command_that_reads_it() {
    let folder = Folder::new();
    let file = folder.put("wide.xlsx", WORKBOOK);
    assert_eq!(
        folder.told(read_ratings(&file)),
        "wide.xlsx: this is a workbook; expected a ratings file. Give the file that the rater exported from \
         Primum; ratings from a spreadsheet or another table come in by `primum study ratings`."
    );
    let packed = folder.put("A.json.gz", b"\x1F\x8B\x08");
    assert_eq!(
        folder.told(read_packet(&packed)),
        "A.json.gz: this is compressed by gzip; expected a packet. Unpack it first."
    );
    let text = folder.put("notes.pdf", PDF);
    assert_eq!(
        folder.told(read_text(&text, 1 << 20, "instructions")),
        "notes.pdf: this is a PDF; expected instructions. Check that it is the right file; only plain text is \
         read here."
    );
    assert_eq!(
        folder.told(open_sealed_key(&text, &Unseal::Passphrase("secret".into()))),
        "notes.pdf: found a PDF; expected a sealed key, a file in the age format."
    );
}

#[test]
fn a_secret_may_begin_as_another_file_does() {
    let folder = Folder::new();
    let file = folder.put("secret", "BZh is how mine begins");
    assert_eq!(exchange::read_secret(&file, "a passphrase").unwrap(), "BZh is how mine begins");
    let file = folder.put("secret.xlsx", WORKBOOK);
    let told = folder.told(exchange::read_secret(&file, "a passphrase"));
    assert!(told.starts_with("secret.xlsx: this is a workbook; expected a passphrase."), "{told}");
}

#[test]
fn a_text_may_begin_with_the_mark_of_another_kind() {
    let folder = Folder::new();
    let read = |text: &str| {
        read_text(&folder.put("instructions.md", text), 1 << 20, exchange::INSTRUCTIONS)
    };
    for text in [
        "<html> and other tags are shown as they are written.\n",
        "%PDF is how such a file begins.\n",
        "<?xml? No, read the case first.\n",
        "Rar! A cat.\n",
        "BZhang asked for this.\n",
        "{\\rtf} is a mark.\n",
    ] {
        assert_eq!(read(text).unwrap(), text);
    }
    for (text, kind) in [
        ("%PDF-1.7\n", "a PDF"),
        ("\n%PDF-2.0\n", "a PDF"),
        ("<!DocType HTML>\n<p>Rate.", "a web page"),
        ("<HTML lang=\"en\">\n<body>Rate.</body></HTML>", "a web page"),
        ("<html lang=\"en\">\n<body>\n<table><tr><td>1", "a web page"),
        ("<?xml version=\"1.0\"?>\n<a/>", "XML"),
        ("Rar!\u{1a}\u{7}\0", "a RAR archive"),
        ("BZh91AY&SY", "compressed by bzip2"),
    ] {
        let told = folder.told(read(text));
        assert!(
            told.starts_with(&format!(
                "instructions.md: this is {kind}; expected what raters read"
            )),
            "{told}"
        );
    }
    assert_eq!(
        folder.told(read("%PDF-1.7\n")),
        "instructions.md: this is a PDF; expected what raters read before the first item. Copy the text into a plain \
         text file, such as instructions.md, and give that."
    );
}

#[test]
fn a_table_in_place_of_a_draft_is_told_with_what_a_draft_is_made_of() {
    let folder = Folder::new();
    let file = folder.put("draft.csv", "scenario_id,model_id,response\ns,m,Rest\n");
    assert_eq!(
        folder.told(read_document(&file, 1 << 20, exchange::DRAFT)),
        "draft.csv: this is a table with the columns scenario_id, model_id, response; expected a draft, as `primum \
         study draft` writes it. Give the draft in JSON, such as draft.json; `primum study draft` makes one from a file \
         of scenarios and one of responses."
    );
}
