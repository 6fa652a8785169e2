//! What a file is, by its first bytes.

use flate2::bufread::GzDecoder;
use std::io::Read;

/// Kinds of content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Characters in some encoding.
    Text,
    /// A spreadsheet: xlsx, xlsm, xlsb, xls or ods.
    Workbook,
    /// Inspect's `.eval`.
    InspectArchive,
    /// Apache Parquet.
    Parquet,
    /// Anything that is not read: a name for it and the way out.
    Other(&'static str, &'static str),
}

/// The ways out of what other programs save.
const SAVE_AS_PARQUET: &str = "Save it as Parquet or CSV";
const FROM_STATA: &str = "In Stata: `export delimited using ratings.csv, nolabel`";
const FROM_SPSS: &str = "In SPSS: File, Save as, CSV";
const FROM_SAS: &str = "In SAS: `proc export data=ratings outfile=\"ratings.csv\" dbms=csv; run;`";
const FROM_R: &str = "In R: `write.csv(ratings, \"ratings.csv\", row.names = FALSE)`";
const FROM_DUCKDB: &str = "In DuckDB: `COPY ratings TO 'ratings.parquet'`";

const UNPACK: &str = "Unpack it first";
const UNPACK_ONE: &str = "Unpack it, and give the file in it";

/// How a kind that is not read begins, what it is called, and what to do with it.
const OTHERS: [(&[u8], &str, &str); 21] = [
    (b"\x89PNG", "a picture (PNG)", "Give the table itself, as CSV or as a workbook"),
    (b"\xFF\xD8\xFF", "a picture (JPEG)", "Give the table itself, as CSV or as a workbook"),
    (b"\xFD7zXZ\0", "compressed by xz", UNPACK),
    (b"\x28\xB5\x2F\xFD", "compressed by zstd", UNPACK),
    (b"Rar!\x1A\x07", "a RAR archive", UNPACK),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive", UNPACK),
    (b"ARROW1\0\0", "an Arrow or Feather file", SAVE_AS_PARQUET),
    (b"\xFF\xFF\xFF\xFF", "a stream of Arrow tables", SAVE_AS_PARQUET),
    (b"Obj\x01", "an Avro file", SAVE_AS_PARQUET),
    (b"<stata_dta>", "a Stata file", FROM_STATA),
    (b"$FL2", "an SPSS file", FROM_SPSS),
    (b"$FL3", "an SPSS file", FROM_SPSS),
    (b"HEADER RECORD*******LIBRARY", "a SAS transport file", FROM_SAS),
    (b"RDX2\n", "an R workspace", FROM_R),
    (b"RDX3\n", "an R workspace", FROM_R),
    (b"RDA2\n", "an R workspace", FROM_R),
    (b"RDA3\n", "an R workspace", FROM_R),
    (b"X\n\0\0", "an R object (.rds)", FROM_R),
    (b"\x89HDF", "an HDF5 file", "Save the table in it as CSV or Parquet"),
    (b"\x93NUMPY", "a numpy array", "Save it with the names of items as CSV"),
    (b"{\\rtf1", "a rich text document", "Save the table in it as CSV or as a workbook"),
];

/// How much of a packed file is looked at.
const UNPACKED: u64 = 1000;

const SEALED: Kind = Kind::Other(
    "a sealed key",
    "Open it in its study first, and give the study’s folder instead of the key",
);

impl Kind {
    /// The kind of the content `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return of_zip(bytes);
        }
        if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            let office = "Save what is in it as CSV or as a workbook (.xlsx)";
            let is_workbook = contains(bytes, b"W\0o\0r\0k\0b\0o\0o\0k\0");
            return if is_workbook {
                Self::Workbook
            } else {
                Self::Other("an old Office file", office)
            };
        }
        if bytes.starts_with(b"PAR1") {
            return Self::Parquet;
        }
        if bytes.starts_with(b"PARE") && bytes.ends_with(b"PARE") {
            return Self::Other("an encrypted Parquet file", "Write it without encryption");
        }
        // Words that text may begin with are known by the end too.
        let framed = |mark: &[u8], end: usize| {
            bytes.starts_with(mark) && bytes[..bytes.len().saturating_sub(end)].ends_with(mark)
        };
        if framed(b"FEA1", 0) {
            return Self::Other("a Feather file", SAVE_AS_PARQUET);
        }
        // Its last byte is a length.
        if framed(b"ORC", 1) && bytes.len() > 7 {
            return Self::Other("an ORC file", SAVE_AS_PARQUET);
        }
        if bytes.starts_with(b"\x1F\x8B") {
            return of_gzip(bytes);
        }
        if bytes.starts_with(b"SQLite format 3\0") {
            return Self::of_sqlite(bytes);
        }
        if bytes.starts_with(b"age-encryption.org/") || bytes.starts_with(b"-----BEGIN AGE") {
            return SEALED;
        }
        if let Some((name, advice)) = by_words(bytes) {
            return Self::Other(name, advice);
        }
        let start = bytes.trim_ascii_start();
        let known =
            OTHERS.iter().find(|(magic, ..)| bytes.starts_with(magic) || start.starts_with(magic));
        if let Some((_, name, advice)) = known {
            return Self::Other(name, advice);
        }
        let old_stata = matches!(bytes, [0x69..=0x73, 1 | 2, 1, 0, ..]);
        if old_stata {
            return Self::Other("a Stata file", FROM_STATA);
        }
        Self::by_later_bytes(bytes)
    }

    /// By a mark that is not at the start.
    fn by_later_bytes(bytes: &[u8]) -> Self {
        if bytes.starts_with(&[0; 12]) && bytes.get(84..92) == Some(b"SAS FILE") {
            return Self::Other("a SAS file", FROM_SAS);
        }
        // A version behind it, which text cannot be.
        if bytes.get(8..12) == Some(b"DUCK") && bytes.get(13..20) == Some(&[0; 7]) {
            return Self::Other("a DuckDB database", FROM_DUCKDB);
        }
        Self::Text
    }

    /// Whether a file that starts with these bytes may be a workbook.
    pub(super) fn may_be_workbook(start: &[u8]) -> bool {
        start.starts_with(b"PK") || start.starts_with(b"\xD0\xCF\x11\xE0")
    }

    /// By the mark that Primum leaves in its own databases.
    fn of_sqlite(bytes: &[u8]) -> Self {
        match bytes.get(68..72) {
            Some(b"PRIM") => Self::Other(
                "a packet as this computer stores it",
                "Export the ratings from it, and give the exported file",
            ),
            Some(b"PRST") => Self::Other("a study", "Give the study’s folder instead"),
            _ => Self::Other("an SQLite database", "Export the table in it as CSV"),
        }
    }

    /// What it is, with an article.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Workbook => "a workbook",
            Self::InspectArchive => "an Inspect log (.eval)",
            Self::Parquet => "a Parquet file",
            Self::Other(name, _) => name,
        }
    }

    /// What to do with one that is not read here.
    pub(crate) fn advice(self) -> &'static str {
        match self {
            Self::Other(_, advice) => advice,
            _ => "Give ratings, scores or responses",
        }
    }

    /// The same where it helps whatever is expected: most ways lead to a table.
    pub(super) fn own_advice(self) -> Option<&'static str> {
        Some(self.advice()).filter(|advice| [UNPACK, UNPACK_ONE].contains(advice))
    }
}

/// What begins with words that a text may begin with too, with what then follows in it: a name and the way out.
fn by_words(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let start = bytes.trim_ascii_start();
    let begins = |word: &str| {
        start.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
    };
    let closes = || {
        let ends = ["</html>", "</head>", "</body>"].map(str::as_bytes);
        let is_end = |end: &[u8]| start.windows(end.len()).any(|at| at.eq_ignore_ascii_case(end));
        ends.into_iter().any(is_end)
    };
    // A page that was cut off closes nothing, and its next tag follows where a text goes on with words.
    let goes_on = || {
        let end = start.iter().position(|byte| *byte == b'>');
        let rest = end.map(|end| start[end + 1..].trim_ascii_start());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(b"<"))
    };
    let digit = |at: usize| start.get(at).is_some_and(u8::is_ascii_digit);
    if begins("%PDF-") && digit(5) && start.get(6) == Some(&b'.') {
        return Some(("a PDF", "Export the table behind it as CSV or as a workbook"));
    }
    if begins("<!doctype html") || begins("<html") && (closes() || goes_on()) {
        return Some(("a web page", "Download the data themselves, as CSV or JSON"));
    }
    if begins("<?xml version") {
        return Some(("XML", "Export the table in it as CSV or as a workbook"));
    }
    // A digit for the size of blocks, and the first block's mark.
    let packed = begins("BZh") && digit(3) && start.get(4..6) == Some(b"1A".as_slice());
    packed.then_some(("compressed by bzip2", UNPACK))
}

/// What R saves is packed by gzip.
fn of_gzip(bytes: &[u8]) -> Kind {
    let mut start = Vec::new();
    // Of a damaged file there is less.
    let _ = GzDecoder::new(bytes).take(UNPACKED).read_to_end(&mut start);
    let of_r =
        |(magic, _, advice): &&(&[u8], _, &str)| *advice == FROM_R && start.starts_with(magic);
    match OTHERS.iter().find(of_r) {
        Some((_, name, advice)) => Kind::Other(name, advice),
        None => Kind::Other("compressed by gzip", UNPACK),
    }
}

/// A zip is told by the names of its members, which the directory at its end lists.
fn of_zip(bytes: &[u8]) -> Kind {
    let has = |name: &[u8]| contains(bytes, name);
    if has(b"xl/workbook") || has(b"application/vnd.oasis.opendocument.spreadsheet") {
        Kind::Workbook
    } else if has(b"_journal/start.json") || has(b"header.json") && has(b"samples/") {
        Kind::InspectArchive
    } else if has(b"samples/") && has(b"_epoch_") {
        Kind::Other(
            "an Inspect log (.eval) without header.json, which says what was run",
            "Get the whole log, or give the samples in it as JSON",
        )
    } else if has(b"word/document") {
        Kind::Other("a Word document", "Save the table in it as CSV or as a workbook")
    } else if has(b"numbers") || has(b"Index/Document.iwa") {
        Kind::Other("a Numbers or Pages document", "Export it as CSV or as a workbook")
    } else if has(END_OF_ZIP) {
        Kind::Other("a zip archive", UNPACK_ONE)
    } else {
        Kind::Other(
            "a workbook or another zip archive without its end, as of a copy that was cut short",
            "Get the whole file",
        )
    }
}

/// Where the directory of a zip ends, and with it the archive.
const END_OF_ZIP: &[u8] = b"PK\x05\x06";

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}
