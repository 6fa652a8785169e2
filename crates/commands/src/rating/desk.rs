//! Where a rater works: the packets on this computer, and the one that is open.

use super::library::{ItemSummary, Library, LibraryEntry, Progress, Session};
use super::open_packet::OpenPacket;
use crate::Failure;
use crate::own_file::OwnFile;
use jiff::Timestamp;
use std::cmp::Reverse;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use store::Store;
use study::{Digest, Packet, PacketId, StudyId};

/// The state behind the commands.
pub struct Desk {
    folder: PathBuf,
    export_folder: PathBuf,
    open: Option<OpenPacket>,
    /// Where else packets of this computer lie.
    beside: Option<PathBuf>,
}

/// What the window's folders are named by, as tauri.conf.json has it.
const IDENTIFIER: &str = "org.primum.desktop";

impl Desk {
    /// A desk whose packets lie in `folder`. Exports go to `export_folder` unless the rater says
    /// otherwise.
    pub fn new(folder: PathBuf, export_folder: PathBuf) -> Self {
        Self { folder, export_folder, open: None, beside: None }
    }

    /// The same desk, which knows the packets of the window too, where a system has a place for them.
    pub fn beside_the_window(self) -> Self {
        let beside = dirs::data_dir().map(|data| data.join(IDENTIFIER).join("packets"));
        Self { beside, ..self }
    }

    /// The packet that is open.
    pub(crate) fn packet(&mut self) -> Result<&mut OpenPacket, Failure> {
        self.open.as_mut().ok_or_else(|| Failure::misused("no packet is open"))
    }

    /// Opens `packet`: where it was left if this computer has it, from the start otherwise. A packet
    /// of the same name but other content is refused, so that no rating changes its meaning.
    pub(crate) fn receive(
        &mut self,
        packet: &Packet,
        origin: &str,
        now: Timestamp,
    ) -> Result<Session, Failure> {
        let file = self.file(&packet.packet);
        // Who opens the file of a packet that was removed goes on where it was left.
        if !file.exists() && self.removed(&file).exists() {
            move_store(&self.removed(&file), &file)?;
        }
        let store = if file.exists() {
            let store = Store::open(&file)?;
            if store.packet()?.digest != Digest::of(packet) {
                return Err(Failure::refused(format!(
                    "{origin}: a packet named {} with other content is already on this computer; it was \
                     left as it is. Ask the lead author which of the two is meant.",
                    packet.packet
                )));
            }
            store
        } else {
            fs::create_dir_all(&self.folder).map_err(|error| Failure::io(&self.folder, &error))?;
            Store::create(&file, packet, now)?
        };
        self.show(store, now)
    }

    /// Opens a packet of the library.
    pub(crate) fn resume(&mut self, packet: &PacketId, now: Timestamp) -> Result<Session, Failure> {
        let store = Store::open(&self.file(packet))?;
        self.show(store, now)
    }

    /// Takes a packet off the library. Its file stays on this computer, with every answer.
    pub(crate) fn remove(&mut self, packet: &PacketId) -> Result<Library, Failure> {
        let file = self.file(packet);
        // The packet that is open may be this one.
        self.open = None;
        let mut store = Store::open(&file)?;
        // Another window may have it open.
        store.claim()?;
        drop(store);
        let removed = self.folder.join(REMOVED);
        fs::create_dir_all(&removed).map_err(|error| Failure::io(&removed, &error))?;
        move_store(&file, &self.removed(&file))?;
        self.library()
    }

    /// Puts a packet that was removed back.
    pub(crate) fn restore(&mut self, packet: &PacketId) -> Result<Library, Failure> {
        let file = self.file(packet);
        move_store(&self.removed(&file), &file)?;
        self.library()
    }

    fn removed(&self, file: &Path) -> PathBuf {
        let name = file.file_name().unwrap_or_default();
        self.folder.join(REMOVED).join(name)
    }

    fn show(&mut self, mut store: Store, now: Timestamp) -> Result<Session, Failure> {
        // The packet that is open may be this one, and would be in its own way.
        self.open = None;
        store.claim()?;
        store.check_packet()?;
        self.open = Some(OpenPacket::new(store)?);
        // Read first: a damaged file is refused as it is, and is not left open.
        let session = self.session(now).and_then(|session| {
            self.packet()?.remember_shown(None, now)?;
            Ok(session)
        });
        if session.is_err() {
            self.open = None;
        }
        session
    }

    /// The open packet as the screen needs it.
    pub(crate) fn session(&mut self, now: Timestamp) -> Result<Session, Failure> {
        let export_folder = self.export_folder.display().to_string();
        let open = self.packet()?;
        let header = open.header();
        Ok(Session {
            packet: header.packet.clone(),
            study: header.study.clone(),
            title: header.title.clone(),
            rater: header.rater.clone(),
            name: open.rater_name()?,
            rubric: header.rubric.clone(),
            instructions: open.instructions().to_vec(),
            calibration: open.calibration_summaries().cloned().collect(),
            last_shown: open.last_shown()?,
            progress: open.progress(),
            pace: open.pace(),
            locked: open.locked().cloned(),
            items: open.summaries().cloned().collect::<Vec<ItemSummary>>(),
            cautions: open.cautions(now),
            export_folder,
        })
    }

    /// Every stored packet, the most recently used first.
    pub(crate) fn library(&self) -> Result<Library, Failure> {
        let mut library = Library { packets: Vec::new(), unreadable: Vec::new() };
        let files = match stored_packets(&self.folder) {
            Ok(files) => files,
            Err(failure) => {
                library.unreadable.push(failure.to_string());
                return Ok(library);
            }
        };
        for file in files {
            match library_entry(&file) {
                Ok(entry) => library.packets.push(entry),
                Err(failure) => library.unreadable.push(failure.to_string()),
            }
        }
        // As times: written out, they differ in length.
        library
            .packets
            .sort_by_cached_key(|packet| Reverse(packet.last_used.parse::<Timestamp>().ok()));
        Ok(library)
    }

    /// The rater of a packet of `study` that is on this computer and not locked, if there is one for whom
    /// that `counts`. A file that cannot be read may be of any study; the library names it.
    pub(crate) fn unlocked_packet(
        &self,
        study: &StudyId,
        counts: impl Fn(&str) -> bool,
    ) -> Result<Option<(String, PathBuf)>, Failure> {
        for folder in [Some(&self.folder), self.beside.as_ref()].into_iter().flatten() {
            let removed = stored_packets(&folder.join(REMOVED))?;
            for file in stored_packets(folder)?.into_iter().chain(removed) {
                let Ok(store) = Store::open(&file) else { continue };
                let packet = store.packet()?;
                if packet.study == *study && counts(&packet.rater) && store.locked()?.is_none() {
                    return Ok(Some((packet.rater, file)));
                }
            }
        }
        Ok(None)
    }

    /// A file of the program's own, beside the packets.
    pub(crate) fn own_file(&self, name: &str, format: &'static str) -> OwnFile {
        OwnFile::new(self.folder.join(name), format)
    }

    fn file(&self, packet: &PacketId) -> PathBuf {
        // A packet's name comes from outside; a digest of it is a safe file name.
        self.folder.join(format!("{}.{EXTENSION}", Digest::of(packet).short(24)))
    }
}

const EXTENSION: &str = "primum";

/// Where packets lie that were taken off the library.
const REMOVED: &str = "removed";

/// Moves the file of a store that nobody has open: it has nothing beside it then. Nothing is written over.
fn move_store(from: &Path, to: &Path) -> Result<(), Failure> {
    if to.exists() {
        let io = io::Error::from(ErrorKind::AlreadyExists);
        return Err(Failure::io(to, &io));
    }
    fs::rename(from, to).map_err(|error| Failure::io(from, &error))
}

/// The files of the packets in `folder`, which is made when the first one is opened.
fn stored_packets(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Failure::io(folder, &error)),
    };
    let files = entries.filter_map(Result::ok).map(|entry| entry.path());
    Ok(files.filter(|file| file.extension().is_some_and(|end| end == EXTENSION)).collect())
}

fn library_entry(file: &Path) -> Result<LibraryEntry, Failure> {
    let open = OpenPacket::new(Store::open(file)?)?;
    let header = open.header();
    Ok(LibraryEntry {
        packet: header.packet.clone(),
        title: header.title.clone(),
        rubric: header.rubric.title.clone(),
        rater: header.rater.clone(),
        name: open.rater_name()?,
        progress: open.progress(),
        locked_at: open.locked().map(|lock| lock.at.to_string()),
        last_used: open.last_used()?.to_string(),
    })
}

impl Progress {
    pub(crate) fn of<'a>(items: impl Iterator<Item = &'a ItemSummary>) -> Self {
        use study::Status::{Abstained, Complete, Started, Untouched};
        items.fold(Self::default(), |mut progress, item| {
            progress.total += 1;
            progress.flagged += u32::from(item.flag);
            match item.status {
                Untouched => {}
                Started => progress.started += 1,
                Complete => progress.complete += 1,
                Abstained => progress.abstained += 1,
            }
            progress
        })
    }
}
