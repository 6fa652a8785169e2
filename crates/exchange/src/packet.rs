//! Packets and keys.

use crate::Error;
use crate::envelope::Format;
use std::collections::HashSet;
use std::path::Path;
use study::{Key, KeyItem, Packet};

const PACKET: Format = Format { name: "packet", version: 1, noun: "a packet" };
const KEY: Format = Format { name: "key", version: 1, noun: "a key" };

/// Reads a packet.
pub fn read_packet(file: &Path) -> Result<Packet, Error> {
    PACKET.read(file, |packet| check(file, packet))
}

/// Reads the packet in `text`, which messages call `name`.
pub fn decode_packet(name: &str, text: &str) -> Result<Packet, Error> {
    let name = Path::new(name);
    PACKET.decode(name, text, |packet| check(name, packet))
}

fn check(file: &Path, packet: &Packet) -> Result<(), Error> {
    packet.check().map_err(|why| Error::inconsistent(file, why))
}

/// Writes a packet to a new file.
pub fn write_packet(file: &Path, packet: &Packet) -> Result<(), Error> {
    PACKET.write(file, packet)
}

/// Reads a key in clear text. A sealed one is opened with [`crate::open_sealed_key`].
pub fn read_key(file: &Path) -> Result<Key, Error> {
    if crate::is_sealed(file)? {
        return Err(Error::Sealed { file: file.to_owned() });
    }
    KEY.read(file, |key| check_key(file, key))
}

/// The key in `text`; `file` is its name in messages.
pub(crate) fn decode_key(file: &Path, text: &str) -> Result<Key, Error> {
    KEY.decode(file, text, |key| check_key(file, key))
}

/// The text of a key file; `file` is its name in messages.
pub(crate) fn encode_key(file: &Path, key: &Key) -> Result<String, Error> {
    KEY.encode(file, key)
}

fn check_key(file: &Path, key: &Key) -> Result<(), Error> {
    let (mut items, mut origins) = (HashSet::new(), HashSet::new());
    for KeyItem { item, origin } in &key.items {
        if !items.insert(item) || !origins.insert(origin) {
            let found = format!("`{item}`, {} twice", origin.item_name());
            return Err(Error::field(file, "", "items", found, "each item and origin once"));
        }
    }
    Ok(())
}

/// Writes a key in clear text to a new file.
pub fn write_key(file: &Path, key: &Key) -> Result<(), Error> {
    KEY.write(file, key)
}
