//! What is given for a file and is none, or is one in name only.

use super::Put;

type Placed = (&'static str, fn() -> Put);

/// All of them, by what they are.
pub(super) const PLACED: [Placed; 10] = [
    ("empty", || Put::Bytes(Vec::new())),
    ("missing", || Put::Missing),
    ("a folder", || Put::Folder),
    ("a pipe", || Put::Pipe),
    ("a device without an end", || Put::Link("/dev/zero".into())),
    ("an empty device", || Put::Link("/dev/null".into())),
    ("nobody may read it", || Put::Unreadable),
    ("a link to a very long name", || Put::Link("x".repeat(300))),
    ("a link to nothing", || Put::Link("nothing".into())),
    ("2 MB of `[`", || Put::Bytes(vec![b'['; 2 << 20])),
];
