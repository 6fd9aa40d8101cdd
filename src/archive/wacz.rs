//! A web archive in one file (WACZ 1.1.1): a ZIP of WARC files, their index, their pages, and a list of all of it with digests.
//!
//! What is written is the same for the same files, byte for byte. What is read may come from anybody: no file of it is
//! written anywhere, its names are looked at before its bytes, and what it unpacks to is bounded.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Seek, Write};

use serde::Deserialize;
use serde_json::{Value, json};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

use super::sha256;

/// Files by their paths in the pack.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The list of the files with their digests.
pub const LIST: &str = "datapackage.json";
/// The digest of the list.
const LIST_DIGEST: &str = "datapackage-digest.json";

/// Files that a pack may have.
const MOST_FILES: usize = 10_000;
/// Bytes that all of them may have together, once they are unpacked.
pub const MOST_BYTES: u64 = 1 << 30;

/// What keeps a pack from being read or written.
#[derive(Debug, thiserror::Error)]
pub enum WaczError {
    /// There is no ZIP in it.
    #[error("it is no ZIP file, or its end is missing: {0}")]
    NoZip(ZipError),
    /// One of its files cannot be read.
    #[error("its file {path:?} cannot be read: {reason}")]
    File {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// A name leads out of the pack, or is no name.
    #[error("it holds a file by the name {0:?}, which a pack has no use for")]
    Name(String),
    /// Two files have one name, or share their bytes: which one is meant nobody can tell.
    #[error("several of its files have the same name or the same bytes")]
    Ambiguous,
    /// It would take up too much.
    #[error("it unpacks to more than {MOST_BYTES} bytes or holds more than {MOST_FILES} files")]
    TooLarge,
    /// It cannot be put together.
    #[error("the pack cannot be written: {0}")]
    Write(ZipError),
}

/// What people are told of a pack before they open it.
#[derive(Clone, Debug)]
pub struct About {
    /// What it is.
    pub title: String,
    /// What is in it.
    pub description: String,
    /// The page to begin with, and when it was captured.
    pub main_page: Option<(String, String)>,
}

/// The bytes of a pack. Nothing in it tells when it was made (the standard's `created`): it would prove nothing, and the same
/// files would not make the same pack.
pub fn packed(files: &Files, about: &About) -> Result<Vec<u8>, WaczError> {
    let list = in_lines(&list(files, about));
    let digest = json!({ "path": LIST, "hash": format!("sha256:{}", sha256(&list)) });
    let digest = in_lines(&digest);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // WARC files are packed already; what else there is is small, and stored it can be read with any tool.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::DEFAULT)
        .system(System::Unix)
        .unix_permissions(0o644);
    let whole = [(LIST, &list), (LIST_DIGEST, &digest)];
    let own = files.iter().map(|(path, bytes)| (path.as_str(), bytes));
    for (path, bytes) in whole.into_iter().chain(own) {
        zip.start_file(path, options).map_err(WaczError::Write)?;
        zip.write_all(bytes)
            .map_err(|error| WaczError::Write(error.into()))?;
    }
    Ok(zip.finish().map_err(WaczError::Write)?.into_inner())
}

fn list(files: &Files, about: &About) -> Value {
    let resources = files.iter().map(|(path, bytes)| {
        json!({
            "name": name(path),
            "path": path,
            "hash": format!("sha256:{}", sha256(bytes)),
            "bytes": bytes.len(),
        })
    });
    let mut list = json!({
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": about.title,
        "description": about.description,
        "software": format!("Onrecord/{}", env!("CARGO_PKG_VERSION")),
        "resources": resources.collect::<Vec<_>>(),
    });
    if let Some((url, at)) = &about.main_page {
        list["mainPageUrl"] = json!(url);
        list["mainPageDate"] = json!(at);
    }
    list
}

/// The name of a file in the list, which has small letters only (Data Package).
fn name(path: &str) -> String {
    let is_kept = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '-' | '.' | '_' | '/');
    let lower = path.to_lowercase();
    lower.chars().map(|c| if is_kept(c) { c } else { '-' }).collect()
}

/// JSON that people can read as well.
pub fn in_lines(value: &impl serde::Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The files of a pack that anybody may have made.
pub fn unpacked(source: impl Read + Seek) -> Result<Files, WaczError> {
    let mut zip = ZipArchive::new(source).map_err(WaczError::NoZip)?;
    if zip.has_duplicate_names() || zip.has_overlapping_entries().map_err(WaczError::NoZip)? {
        return Err(WaczError::Ambiguous);
    }
    if zip.len() > MOST_FILES {
        return Err(WaczError::TooLarge);
    }
    let (mut files, mut room) = (Files::new(), MOST_BYTES);
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).map_err(WaczError::NoZip)?;
        let path = String::from_utf8_lossy(file.name_raw()).into_owned();
        if file.is_dir() {
            continue;
        }
        if !is_plain(&path) || file.is_symlink() {
            return Err(WaczError::Name(path));
        }
        // Believed no further than it is looked at: what it says of its size may be wrong.
        if file.size() > room {
            return Err(WaczError::TooLarge);
        }
        let mut bytes = Vec::new();
        let read = (&mut file).take(room + 1).read_to_end(&mut bytes);
        let read = read.map_err(|error| WaczError::File {
            path: path.clone(),
            reason: error.to_string(),
        })?;
        room = room.checked_sub(read as u64).ok_or(WaczError::TooLarge)?;
        files.insert(path, bytes);
    }
    Ok(files)
}

/// Whether a path leads to a file below the pack's own folder, on any system.
fn is_plain(path: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part != "." && part != "..";
    path.split('/').all(is_part) && !path.contains(|c: char| matches!(c, '\\' | ':') || c.is_control())
}

/// What the list says.
#[derive(Deserialize)]
struct List {
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    path: String,
    hash: String,
    bytes: Option<u64>,
}

#[derive(Deserialize)]
struct ListDigest {
    hash: String,
}

/// What is not as the pack's own list says, by the file; how many are.
pub fn problems(files: &Files) -> (u64, Vec<(String, String)>) {
    let mut problems = Vec::new();
    let mut tell = |path: &str, problem: String| problems.push((path.to_string(), problem));
    let Some(bytes) = files.get(LIST) else {
        tell(LIST, "it is missing: nothing says what the pack holds".into());
        return (0, problems);
    };
    match files
        .get(LIST_DIGEST)
        .map(|bytes| serde_json::from_slice::<ListDigest>(bytes))
    {
        None => {}
        Some(Err(error)) => tell(LIST_DIGEST, error.to_string()),
        Some(Ok(digest)) if !is_digest(&digest.hash, bytes) => {
            tell(LIST, format!("its SHA-256 is not the one in {LIST_DIGEST}"));
        }
        Some(Ok(_)) => {}
    }
    let list: List = match serde_json::from_slice(bytes) {
        Ok(list) => list,
        Err(error) => {
            tell(LIST, format!("it cannot be read: {error}"));
            return (0, problems);
        }
    };
    let (mut sound, mut listed) = (0, BTreeSet::from([LIST, LIST_DIGEST]));
    for resource in &list.resources {
        listed.insert(&resource.path);
        let Some(bytes) = files.get(&resource.path) else {
            tell(&resource.path, format!("{LIST} lists it, and it is missing"));
            continue;
        };
        let is_long = resource.bytes.is_none_or(|length| length == bytes.len() as u64);
        match is_long && is_digest(&resource.hash, bytes) {
            true => sound += 1,
            false => tell(
                &resource.path,
                format!("its SHA-256 or length is not the one in {LIST}"),
            ),
        }
    }
    for path in files.keys().filter(|path| !listed.contains(path.as_str())) {
        tell(path, format!("{LIST} does not list it"));
    }
    (sound, problems)
}

fn is_digest(stated: &str, bytes: &[u8]) -> bool {
    let hash = stated.strip_prefix("sha256:");
    hash.is_some_and(|hash| hash.eq_ignore_ascii_case(&sha256(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about() -> About {
        About {
            title: "A pack".into(),
            description: "Two files.".into(),
            main_page: None,
        }
    }

    fn two() -> Files {
        let file = |path: &str, text: &str| (path.to_string(), text.as_bytes().to_vec());
        Files::from([file("claims.json", "{}"), file("texts/r1.txt", "The ferry runs.")])
    }

    /// A ZIP of files as a stranger might write it.
    fn foreign(files: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(method);
        for (path, bytes) in files {
            zip.start_file(*path, options).expect("begun");
            zip.write_all(bytes).expect("written");
        }
        zip.finish().expect("ended").into_inner()
    }

    #[test]
    fn a_pack_is_the_same_for_the_same_files_and_as_its_list_says() {
        let pack = packed(&two(), &about()).expect("packed");
        assert_eq!(pack, packed(&two(), &about()).expect("packed"));
        let files = unpacked(Cursor::new(&pack)).expect("unpacked");
        assert_eq!(files.len(), 4);
        assert_eq!(problems(&files), (2, Vec::new()));
    }

    #[test]
    fn the_list_names_files_as_data_packages_do() {
        assert_eq!(name("README.txt"), "readme.txt");
        assert_eq!(name("texts/r 1é.txt"), "texts/r-1-.txt");
    }

    #[test]
    fn every_file_that_is_not_as_listed_is_told() {
        let pack = packed(&two(), &about()).expect("packed");
        let mut files = unpacked(Cursor::new(&pack)).expect("unpacked");
        files.insert("texts/r1.txt".into(), b"The ferry rests.".to_vec());
        files.insert("more.txt".into(), Vec::new());
        files.remove("claims.json");
        let (sound, told) = problems(&files);
        let of: Vec<&str> = told.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!((sound, of), (0, vec!["claims.json", "texts/r1.txt", "more.txt"]));
        files.insert(LIST.into(), b"{\"resources\": []}".to_vec());
        let (_, told) = problems(&files);
        assert!(
            told.iter()
                .any(|(path, problem)| path == LIST && problem.contains("SHA-256")),
            "{told:?}"
        );
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        for name in [
            "../x",
            "/etc/x",
            "a/../../x",
            "a\\x",
            "c:x",
            "a//x",
            "./x",
            "a\nb",
        ] {
            assert!(!is_plain(name), "{name}");
            let pack = foreign(&[(name, b"x")], CompressionMethod::Stored);
            let error = unpacked(Cursor::new(pack)).expect_err("it is refused");
            assert!(matches!(error, WaczError::Name(_)), "{name}: {error}");
        }
        assert!(is_plain("archive/record.warc.gz") && is_plain("a..b/c.d"));
    }

    #[test]
    fn packed_files_are_read_and_damage_is_told() {
        let long = b"The ferry runs. ".repeat(400);
        let pack = foreign(&[("a.txt", &long)], CompressionMethod::Deflated);
        assert!(pack.len() < 1000);
        assert_eq!(unpacked(Cursor::new(&pack)).expect("unpacked")["a.txt"], long);
        assert!(matches!(
            unpacked(Cursor::new(&pack[..pack.len() / 2])),
            Err(WaczError::NoZip(_))
        ));
        assert!(matches!(
            unpacked(Cursor::new(b"nonsense")),
            Err(WaczError::NoZip(_))
        ));
        let mut altered = pack.clone();
        altered[60] ^= 0xff;
        assert!(matches!(
            unpacked(Cursor::new(&altered)),
            Err(WaczError::File { .. })
        ));
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused_before_it_is_unpacked() {
        let pack = foreign(&[("a.txt", &vec![0; 1 << 20])], CompressionMethod::Deflated);
        // The same file under a size that no pack has, as the directory at the end says it.
        let directory = memchr::memmem::rfind(&pack, b"PK\x01\x02").expect("a directory");
        let mut bomb = pack.clone();
        bomb[directory + 24..directory + 28].copy_from_slice(&0x7fff_ffff_u32.to_le_bytes());
        assert!(matches!(unpacked(Cursor::new(bomb)), Err(WaczError::TooLarge)));
    }
}
