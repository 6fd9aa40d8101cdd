//! The one writer of an archive.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use uuid::Uuid;

use super::encode::{self, Entry, Packer};
use super::{ArchiveError, segment};
use crate::model::capture::RecordLocation;
use crate::model::id::CaptureId;

/// The file that whoever writes has locked.
const LOCK: &str = "writer.lock";

/// Appends records to the newest file of an archive. While it lives nobody else can write there.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    segment_bytes: u64,
    current: Option<Segment>,
    /// The newest file's path, whether it is open or full.
    newest: Option<PathBuf>,
    /// The files that are shorter than rows tell.
    shorter: Vec<String>,
    /// The number of the next file.
    next_serial: u32,
    /// Whether something could not be written or synced: how much of it the file holds, nobody knows before it is looked through.
    has_failed: bool,
    packer: Packer,
    /// Held, not read: closing it gives the lock back.
    _lock: File,
}

#[derive(Debug)]
struct Segment {
    name: String,
    path: PathBuf,
    file: File,
    length: u64,
    is_synced: bool,
}

/// Where an answer was put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// The id of its record.
    pub capture: CaptureId,
    /// Where the record lies.
    pub location: RecordLocation,
    /// The SHA-256 of the payload, lower-case hex.
    pub payload_sha256: String,
    /// Bytes of the payload.
    pub payload_bytes: u64,
}

impl Writer {
    /// Takes the archive in `folder` over, mending what a crash left unfinished. A file that has reached
    /// `segment_bytes` is followed by a new one. `on_record` names the files that rows tell of, each with its bytes as far as
    /// they tell, and may name lost ones: new files are numbered higher, because a name is that of one file for good; and a
    /// file that is shorter than rows tell is not appended to.
    pub fn open(
        folder: &Path,
        segment_bytes: u64,
        on_record: &[(String, u64)],
    ) -> Result<Self, ArchiveError> {
        std::fs::create_dir_all(folder).map_err(|source| ArchiveError::Open {
            path: folder.into(),
            source,
        })?;
        let lock = lock(folder)?;
        let segments = segment::segments(folder)?;
        let newest = segment::newest(&segments);
        let after = |serial: u32| serial.saturating_add(1);
        let known = on_record.iter().filter_map(|(name, _)| segment::serial(name));
        let serials = known.chain(newest.map(|(serial, _)| serial));
        let next_serial = serials.max().map_or(0, after);
        let newest = newest.map(|(_, path)| path.clone());
        let shorter = shorter(folder, on_record);
        let current = match &newest {
            None => None,
            Some(path) if shorter.iter().any(|name| path.ends_with(name)) => None,
            Some(path) => match segment::mend(path, known_bytes(path, on_record))? {
                // A damaged file is evidence and stays untouched.
                None => None,
                Some(length) => Some(Segment::reopen(path, length)?),
            },
        };
        Ok(Self {
            folder: folder.into(),
            segment_bytes,
            current,
            newest,
            shorter,
            next_serial,
            has_failed: false,
            packer: Packer::new(),
            _lock: lock,
        })
    }

    /// Appends a request and its answer. After an error nothing more is appended: what the file then holds is looked through
    /// when the archive is opened anew, and what was not finished is cut off.
    pub fn append(&mut self, entry: &Entry<'_>) -> Result<Appended, ArchiveError> {
        let id = Uuid::now_v7().to_string();
        let mut bytes = encode::request(&mut self.packer, entry, &Uuid::now_v7().to_string(), &id);
        let before = bytes.len() as u64;
        bytes.extend(encode::answer(&mut self.packer, entry, &id));
        let segment = self.segment()?;
        let name = segment.name.clone();
        let appended = segment.append(&bytes);
        self.has_failed |= appended.is_err();
        let offset = appended? + before;
        Ok(Appended {
            capture: CaptureId::new(id),
            location: RecordLocation {
                segment: name,
                offset,
                length: bytes.len() as u64 - before,
            },
            payload_sha256: entry.digest.hex(),
            payload_bytes: entry.body.len() as u64,
        })
    }

    /// Makes everything appended durable. What could not be synced is not tried again: a system may say yes to the second try and
    /// have let go of the bytes.
    pub fn sync(&mut self) -> Result<(), ArchiveError> {
        let synced = match &mut self.current {
            Some(segment) => segment.sync(),
            None => Ok(()),
        };
        self.has_failed |= synced.is_err();
        synced
    }

    /// Whether a file is there, as long as rows tell: what is held already is kept once more where its record may be lost.
    pub fn holds(&self, segment: &str) -> bool {
        !self.shorter.iter().any(|name| name == segment) && self.folder.join(segment).is_file()
    }

    /// The file to append to: the newest while it has room, else a new one, unless the archive went away meanwhile: another
    /// one must not begin in its place.
    fn segment(&mut self) -> Result<&mut Segment, ArchiveError> {
        if self.has_failed {
            return Err(ArchiveError::Write {
                path: self.newest.clone().unwrap_or_else(|| self.folder.clone()),
                source: std::io::Error::other("something before this could not be written"),
            });
        }
        let full = self
            .current
            .as_ref()
            .is_none_or(|segment| segment.length >= self.segment_bytes);
        if full {
            self.sync()?;
            if let Some(newest) = self.newest.as_ref().filter(|newest| !newest.is_file()) {
                return Err(ArchiveError::Open {
                    path: newest.clone(),
                    source: std::io::ErrorKind::NotFound.into(),
                });
            }
            let segment = Segment::create(&self.folder, self.next_serial)?;
            self.next_serial = self.next_serial.saturating_add(1);
            self.newest = Some(segment.path.clone());
            self.current = Some(segment);
        }
        Ok(self
            .current
            .as_mut()
            .expect("it was just made where there was none"))
    }
}

impl Segment {
    fn create(folder: &Path, serial: u32) -> Result<Self, ArchiveError> {
        let now = Timestamp::now();
        let name = segment::name(serial, now);
        let path = folder.join(&name);
        let failed = |source| ArchiveError::Open {
            path: path.clone(),
            source,
        };
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .map_err(failed)?;
        // The file's name has to survive a crash as well as its bytes.
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(failed)?;
        let mut segment = Self {
            name,
            path,
            file,
            length: 0,
            is_synced: false,
        };
        let opening = encode::warcinfo(
            &mut Packer::new(),
            &Uuid::now_v7().to_string(),
            &segment.name,
            now,
        );
        segment.append(&opening)?;
        Ok(segment)
    }

    fn reopen(path: &Path, length: u64) -> Result<Self, ArchiveError> {
        let failed = |source| ArchiveError::Open {
            path: path.into(),
            source,
        };
        let mut file = OpenOptions::new().write(true).open(path).map_err(failed)?;
        file.seek(SeekFrom::Start(length)).map_err(failed)?;
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        Ok(Self {
            name,
            path: path.into(),
            file,
            length,
            is_synced: true,
        })
    }

    /// Appends bytes; answers where they begin.
    fn append(&mut self, bytes: &[u8]) -> Result<u64, ArchiveError> {
        self.is_synced = false;
        if let Err(source) = self.file.write_all(bytes) {
            // A disk that is full for the record may have room to forget its beginning; what is not
            // forgotten now is cut off when the archive is next opened.
            let _ = self.file.set_len(self.length);
            return Err(ArchiveError::Write {
                path: self.path.clone(),
                source,
            });
        }
        let offset = self.length;
        self.length += bytes.len() as u64;
        Ok(offset)
    }

    fn sync(&mut self) -> Result<(), ArchiveError> {
        if !self.is_synced {
            self.file.sync_data().map_err(|source| ArchiveError::Write {
                path: self.path.clone(),
                source,
            })?;
            self.is_synced = true;
        }
        Ok(())
    }
}

/// How many bytes of a file rows tell of.
fn known_bytes(path: &Path, on_record: &[(String, u64)]) -> u64 {
    let mut files = on_record.iter();
    files
        .find(|(name, _)| path.ends_with(name))
        .map_or(0, |(_, bytes)| *bytes)
}

/// Whether somebody writes to an archive now, as far as we may look.
pub fn is_written_to(folder: &Path) -> bool {
    let lock = File::open(folder.join(LOCK));
    lock.is_ok_and(|lock| matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// The files that end before what rows tell of them.
fn shorter(folder: &Path, on_record: &[(String, u64)]) -> Vec<String> {
    let files = on_record.iter();
    let shorter = files.filter(|(name, bytes)| {
        let there = std::fs::metadata(folder.join(name));
        there.is_ok_and(|there| there.len() < *bytes)
    });
    shorter.map(|(name, _)| name.clone()).collect()
}

fn lock(folder: &Path) -> Result<File, ArchiveError> {
    let path = folder.join(LOCK);
    let open = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path);
    let file = open.map_err(|source| ArchiveError::Open {
        path: path.clone(),
        source,
    })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(ArchiveError::Locked { path }),
        Err(TryLockError::Error(source)) => Err(ArchiveError::Open { path, source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Digest, Original, Problem, RecordKind, read, records, segments, sha256};

    const MANY: u64 = 1 << 30;

    fn entry(body: &[u8]) -> Entry<'_> {
        Entry {
            url: "https://town.example/news/1",
            fetched_at: "2026-02-06T15:04:05Z".parse().expect("valid"),
            request_head: b"GET /news/1 HTTP/1.1\r\nhost: town.example\r\n\r\n",
            response_head: b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n",
            body,
            digest: Digest::of(body),
            truncated: None,
            ip: Some("192.0.2.7".parse().expect("valid")),
            not_modified: false,
            revisit_of: None,
        }
    }

    fn filled(folder: &Path, bodies: &[&[u8]]) -> Vec<Appended> {
        let mut writer = Writer::open(folder, MANY, &[]).expect("open");
        let appended = bodies
            .iter()
            .map(|body| writer.append(&entry(body)).expect("appended"))
            .collect();
        writer.sync().expect("synced");
        appended
    }

    #[track_caller]
    fn check(folder: &Path, appended: &Appended, body: &[u8]) {
        let record = read(folder, &appended.location).expect("a record");
        assert_eq!(record.payload, body);
        assert_eq!(record.problems(), []);
        assert_eq!(record.id.as_deref(), Some(appended.capture.as_str()));
        assert_eq!(appended.payload_sha256, sha256(body));
    }

    #[test]
    fn what_is_appended_is_read_back_byte_for_byte() {
        let folder = tempfile::tempdir().expect("a folder");
        let bodies: [&[u8]; 3] = [b"<p>one</p>", b"", b"\x1f\x8b\x00WARC/1.1\r\n\r\n\r\n"];
        let appended = filled(folder.path(), &bodies);
        for (appended, body) in appended.iter().zip(bodies) {
            check(folder.path(), appended, body);
        }
        let path = segments(folder.path()).expect("listed").remove(0);
        let kinds: Vec<RecordKind> = records(&path)
            .expect("opened")
            .map(|item| item.expect("sound").1.kind)
            .collect();
        let (asked, answered) = (RecordKind::Request, RecordKind::Response);
        assert_eq!(
            kinds,
            [
                RecordKind::Warcinfo,
                asked,
                answered,
                asked,
                answered,
                asked,
                answered
            ]
        );
    }

    #[test]
    fn a_payload_held_already_is_referred_to() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = filled(folder.path(), &[b"same"]).remove(0);
        let mut writer = Writer::open(folder.path(), MANY, &[]).expect("open");
        let original = Original {
            capture: first.capture.clone(),
            fetched_at: entry(b"").fetched_at,
            url: entry(b"").url.into(),
        };
        let again = Entry {
            revisit_of: Some(original),
            ..entry(b"same")
        };
        let appended = writer.append(&again).expect("appended");
        let record = read(folder.path(), &appended.location).expect("a record");
        assert_eq!(record.kind, RecordKind::Revisit);
        assert!(record.payload.is_empty());
        assert_eq!(
            record.field("WARC-Refers-To"),
            Some(format!("<urn:uuid:{}>", first.capture).as_str())
        );
        assert_eq!(record.problems(), []);
    }

    #[test]
    fn a_304_is_a_revisit_of_what_is_held() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = filled(folder.path(), &[b"held"]).remove(0);
        let mut writer = Writer::open(folder.path(), MANY, &[]).expect("open");
        let again = Entry {
            response_head: b"HTTP/1.1 304 Not Modified\r\netag: \"1\"\r\n\r\n",
            not_modified: true,
            revisit_of: Some(Original {
                capture: first.capture.clone(),
                fetched_at: entry(b"").fetched_at,
                url: entry(b"").url.into(),
            }),
            ..entry(b"")
        };
        let appended = writer.append(&again).expect("appended");
        let record = read(folder.path(), &appended.location).expect("a record");
        assert_eq!(record.kind, RecordKind::Revisit);
        let profile = record.field("WARC-Profile").expect("a profile");
        assert!(profile.ends_with("server-not-modified"), "{profile}");
        assert_eq!(record.problems(), []);
    }

    #[test]
    fn a_record_a_crash_tore_is_cut_off_and_the_next_one_follows() {
        let folder = tempfile::tempdir().expect("a folder");
        let appended = filled(folder.path(), &[b"kept", b"torn"]);
        let path = segments(folder.path()).expect("listed").remove(0);
        let torn = &appended[1].location;
        for length in [torn.offset + 1, torn.offset + torn.length - 1, torn.offset + 30] {
            let file = OpenOptions::new().write(true).open(&path).expect("open");
            file.set_len(length).expect("cut");
            let next = filled(folder.path(), &[b"next"]).remove(0);
            check(folder.path(), &appended[0], b"kept");
            check(folder.path(), &next, b"next");
            assert!(records(&path).expect("opened").all(|item| item.is_ok()));
        }
        assert_eq!(segments(folder.path()).expect("listed").len(), 1);
    }

    #[test]
    fn what_two_crashes_tore_at_one_place_is_kept_both_times() {
        let folder = tempfile::tempdir().expect("a folder");
        let torn = filled(folder.path(), &[b"kept", b"first", b"second"])
            .remove(1)
            .location;
        let path = segments(folder.path()).expect("listed").remove(0);
        let cut_off = |length: u64| {
            let file = OpenOptions::new().write(true).open(&path).expect("open");
            file.set_len(torn.offset + length).expect("cut");
            drop(Writer::open(folder.path(), 1 << 20, &[]).expect("open"));
        };
        let begin = std::fs::read(&path).expect("read");
        cut_off(20);
        // Another record that was begun at the same place.
        std::fs::write(&path, &begin[..usize::try_from(torn.offset).expect("small") + 30]).expect("written");
        cut_off(30);
        let kept = |number: &str| {
            let name = format!("{}.torn-{}{number}", path.display(), torn.offset);
            std::fs::read(name).map(|bytes| bytes.len()).ok()
        };
        assert_eq!([kept(""), kept("-2"), kept("-3")], [Some(20), Some(30), None]);
    }

    #[test]
    fn after_a_failed_write_nothing_is_appended_until_the_archive_is_opened_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut writer = Writer::open(folder.path(), 1 << 20, &[]).expect("open");
        let first = writer.append(&entry(b"first")).expect("appended");
        let path = segments(folder.path()).expect("listed").remove(0);
        // A file that takes nothing, and one that would again.
        let segment = writer.current.as_mut().expect("a file");
        let sound = std::mem::replace(&mut segment.file, File::open(&path).expect("open"));
        assert!(writer.append(&entry(b"second")).is_err());
        writer.current.as_mut().expect("a file").file = sound;
        assert!(
            writer.append(&entry(b"third")).is_err(),
            "where the file ends now nobody looked"
        );
        drop(writer);
        let mut writer = Writer::open(folder.path(), 1 << 20, &[]).expect("open");
        let next = writer.append(&entry(b"fourth")).expect("appended");
        check(folder.path(), &first, b"first");
        check(folder.path(), &next, b"fourth");
        assert_eq!(next.location.segment, first.location.segment);
    }

    #[test]
    fn a_damaged_file_is_left_alone_and_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = filled(folder.path(), &[b"evidence of some length", b"more"]).remove(0);
        let path = segments(folder.path()).expect("listed").remove(0);
        let mut bytes = std::fs::read(&path).expect("read");
        let middle = usize::try_from(first.location.offset + first.location.length / 2).expect("small");
        bytes[middle] ^= 0x55;
        std::fs::write(&path, &bytes).expect("written");
        assert!(matches!(
            read(folder.path(), &first.location),
            Err(ArchiveError::Damaged { .. })
        ));
        let next = filled(folder.path(), &[b"next"]).remove(0);
        check(folder.path(), &next, b"next");
        assert_eq!(std::fs::read(&path).expect("read"), bytes);
        assert_eq!(segments(folder.path()).expect("listed").len(), 2);
    }

    #[test]
    fn a_full_file_is_followed_by_another_in_order() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut writer = Writer::open(folder.path(), 1, &[]).expect("open");
        let appended: Vec<Appended> = (0..12)
            .map(|n| writer.append(&entry(&[n])).expect("appended"))
            .collect();
        let names: Vec<String> = appended
            .iter()
            .map(|appended| appended.location.segment.clone())
            .collect();
        assert!(names.is_sorted());
        assert_eq!(segments(folder.path()).expect("listed").len(), 12);
        check(folder.path(), &appended[11], &[11]);
    }

    #[test]
    fn no_name_is_given_twice() {
        let lost = tempfile::tempdir().expect("a folder");
        let [first, second] = [(); 2].map(|()| {
            let mut writer = Writer::open(lost.path(), 1, &[]).expect("open");
            writer.append(&entry(b"lost")).expect("appended").location.segment
        });
        // Whoever begins an archive in the place of one that was lost may do so within the same second.
        let folder = tempfile::tempdir().expect("a folder");
        // Not one of ours, with a number of its own, and the last by its name.
        std::fs::write(
            folder.path().join("zone-20260101-0.warc.gz"),
            b"no archive of ours",
        )
        .expect("written");
        let names = [second.as_str(), first.as_str(), "zone-20260101-0.warc.gz"];
        let on_record = names.map(|name| (name.to_owned(), 0));
        let mut writer = Writer::open(folder.path(), 1, &on_record).expect("open");
        for serial in ["-000002-", "-000003-"] {
            let name = writer.append(&entry(b"next")).expect("appended").location.segment;
            assert!(name.contains(serial), "{name}");
        }
        drop(writer);
        // What the folder has counts, whatever stands last in it.
        let mut again = Writer::open(folder.path(), 1, &[]).expect("open");
        let name = again.append(&entry(b"again")).expect("appended").location.segment;
        assert!(name.contains("-000004-"), "{name}");
    }

    #[test]
    fn a_file_of_somebody_else_is_not_written_to() {
        let (theirs, ours) = (
            tempfile::tempdir().expect("a folder"),
            tempfile::tempdir().expect("a folder"),
        );
        filled(theirs.path(), &[b"theirs"]);
        let sound = std::fs::read(segments(theirs.path()).expect("listed").remove(0)).expect("read");
        let torn = sound[..sound.len() - 3].to_vec();
        filled(ours.path(), &[b"ours"]);
        // Both stand behind ours by name.
        let beside = [("other-library.warc.gz", sound), ("zone.warc.gz", torn)];
        for (name, bytes) in &beside {
            std::fs::write(ours.path().join(name), bytes).expect("written");
        }
        let appended = filled(ours.path(), &[b"ours again"]);
        assert!(appended[0].location.segment.contains("-000000-"), "{appended:?}");
        for (name, bytes) in &beside {
            assert_eq!(
                &std::fs::read(ours.path().join(name)).expect("read"),
                bytes,
                "{name}"
            );
        }
        assert_eq!(
            std::fs::read_dir(ours.path()).expect("listed").count(),
            4,
            "nothing was set aside"
        );
    }

    #[test]
    fn a_file_that_is_shorter_than_rows_tell_is_not_appended_to() {
        let folder = tempfile::tempdir().expect("a folder");
        filled(folder.path(), &[b"one"]);
        let path = segments(folder.path()).expect("listed").remove(0);
        let (name, bytes) = (
            path.file_name().expect("a name").to_string_lossy().into_owned(),
            std::fs::metadata(&path).expect("there").len(),
        );
        for (known, is_appended_to) in [(bytes, true), (bytes + 1_000_000, false)] {
            let on_record = [(name.clone(), known)];
            let mut writer = Writer::open(folder.path(), MANY, &on_record).expect("open");
            let next = writer.append(&entry(b"next")).expect("appended").location;
            assert_eq!(next.segment == name, is_appended_to, "{known} bytes on record");
            assert_eq!(writer.holds(&name), is_appended_to);
        }
    }

    #[test]
    fn what_rows_tell_of_is_not_read_again_when_a_file_is_opened() {
        let folder = tempfile::tempdir().expect("a folder");
        let appended = filled(folder.path(), &[b"of some length, and known", b"torn"]);
        let path = segments(folder.path()).expect("listed").remove(0);
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let (known, torn) = (&appended[0].location, &appended[1].location);
        // Damaged where nobody looks, and torn at its end.
        let mut bytes = std::fs::read(&path).expect("read");
        let middle = usize::try_from(known.offset + known.length / 2).expect("small");
        bytes[middle] ^= 0x55;
        bytes.truncate(usize::try_from(torn.offset + 30).expect("small"));
        std::fs::write(&path, &bytes).expect("written");
        let end = known.offset + known.length;
        let on_record = [(name.clone(), end)];
        let mut writer = Writer::open(folder.path(), MANY, &on_record).expect("open");
        let next = writer.append(&entry(b"next")).expect("appended").location;
        assert_eq!(next.segment, name);
        drop(writer);
        // A place that is no record's beginning vouches for nothing: then the damage is met.
        let on_record = [(name.clone(), end + 1)];
        let mut writer = Writer::open(folder.path(), MANY, &on_record).expect("open");
        let next = writer.append(&entry(b"next")).expect("appended").location;
        assert_ne!(next.segment, name);
    }

    #[test]
    fn no_other_archive_begins_where_one_went_away() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut writer = Writer::open(folder.path(), 1, &[]).expect("open");
        writer.append(&entry(b"one")).expect("appended");
        let path = segments(folder.path()).expect("listed").remove(0);
        let aside = folder.path().join("aside");
        std::fs::rename(&path, &aside).expect("moved away");
        assert!(matches!(
            writer.append(&entry(b"two")),
            Err(ArchiveError::Open { .. })
        ));
        assert!(segments(folder.path()).expect("listed").is_empty());
        std::fs::rename(&aside, &path).expect("moved back");
        writer.append(&entry(b"two")).expect("appended");
        assert_eq!(segments(folder.path()).expect("listed").len(), 2);
    }

    #[test]
    fn only_one_may_write() {
        let folder = tempfile::tempdir().expect("a folder");
        let writer = Writer::open(folder.path(), MANY, &[]).expect("open");
        assert!(matches!(
            Writer::open(folder.path(), MANY, &[]),
            Err(ArchiveError::Locked { .. })
        ));
        drop(writer);
        assert!(Writer::open(folder.path(), MANY, &[]).is_ok());
    }

    #[test]
    fn changed_bytes_are_told_by_the_digests() {
        let folder = tempfile::tempdir().expect("a folder");
        let appended = filled(folder.path(), &[b"words"]).remove(0);
        let mut record = read(folder.path(), &appended.location).expect("a record");
        record.payload[0] = b'W';
        assert_eq!(record.problems(), [Problem::BlockDigest, Problem::PayloadDigest]);
    }

    #[test]
    fn a_value_never_begins_another_field() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut writer = Writer::open(folder.path(), MANY, &[]).expect("open");
        let hostile = Entry {
            url: "https://town.example/\r\nWARC-Type: request",
            ..entry(b"x")
        };
        let appended = writer.append(&hostile).expect("appended");
        assert_eq!(
            read(folder.path(), &appended.location).expect("a record").kind,
            RecordKind::Response
        );
    }
}
