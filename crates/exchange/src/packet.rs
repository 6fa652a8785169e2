//! Packets and keys.

use crate::door::{self, Content, read_document};
use crate::envelope::{Format, way_out};
use crate::file::{COLLECTED, write_new_private};
use crate::score_source::split_name;
use crate::{Error, key_table};
use std::path::Path;
use study::{Key, Packet};

const PACKET: Format = Format { name: "packet", version: 3 };
const KEY: Format = Format { name: "key", version: 4 };

/// Reads a packet.
pub fn read_packet(file: &Path) -> Result<Packet, Error> {
    decode(file, &read_document(file, COLLECTED, PACKET.noun())?)
}

/// Reads the packet in `text`, which messages call `name`.
pub fn decode_packet(name: &str, text: &str) -> Result<Packet, Error> {
    decode(Path::new(name), text)
}

fn decode(file: &Path, text: &str) -> Result<Packet, Error> {
    let format = PACKET.as_in(text, 1).as_in(text, 2);
    format.decode(file, text, |packet: &Packet| {
        format.refuse_below(packet.version(), file)?;
        packet.check().map_err(|why| Error::inconsistent(file, why))
    })
}

/// Writes a packet to a new file, unless no rater could open it.
pub fn write_packet(file: &Path, packet: &Packet) -> Result<(), Error> {
    packet.check().map_err(|why| Error::inconsistent(file, why))?;
    PACKET.at(packet.version()).write(file, packet)
}

/// Reads a key in clear text: Primum's own, or a table of items with their origins, of which a sheet may be chosen
/// as [`crate::ScoreSource::open`] has it. A sealed one is opened with [`crate::open_sealed_key`].
pub fn read_key(name: &Path) -> Result<Key, Error> {
    let named = name.to_str().map(split_name);
    let (file, sheet) = named.map_or((name, None), |named| (named.file, named.sheet));
    if crate::is_sealed(file)? {
        return Err(Error::Sealed { file: file.to_owned() });
    }
    match door::open(file, sheet, KEY.noun())?.content {
        Content::Document(text) => decode_key(file, &text),
        Content::Table(table) => key_table::read(file, &table),
        Content::Records(records) => key_table::read(file, &records.table(file, KEY.noun())?),
        Content::Archive(_) => Err(Error::OtherKind {
            file: file.to_owned(),
            found: "an Inspect log (.eval)".into(),
            expected: KEY.noun().into(),
            advice: way_out(KEY.noun()),
        }),
    }
}

/// The key in `text`; `file` is its name in messages.
pub(crate) fn decode_key(file: &Path, text: &str) -> Result<Key, Error> {
    let format = KEY.as_in(text, 1).as_in(text, 2).as_in(text, 3);
    format.decode(file, text, |key: &Key| {
        format.refuse_below(key.version(), file)?;
        key.check().map_err(|why| Error::inconsistent(file, why))
    })
}

/// The text of a key file, unless it could not be read again; `file` is its name in messages.
pub(crate) fn encode_key(file: &Path, key: &Key) -> Result<String, Error> {
    key.check().map_err(|why| Error::inconsistent(file, why))?;
    KEY.at(key.version()).encode(file, key)
}

/// Writes a key in clear text to a new file, which its owner alone may read.
pub fn write_key(file: &Path, key: &Key) -> Result<(), Error> {
    write_new_private(file, encode_key(file, key)?.as_bytes())
}
