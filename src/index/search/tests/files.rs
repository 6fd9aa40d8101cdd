//! The index as files: replaced, made anew, damaged, of another version.

use super::*;

#[test]
fn a_document_is_replaced_whole_and_the_last_change_is_known() {
    let folder = tempfile::tempdir().expect("a folder");
    let searcher = filled(folder.path());
    let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
    assert_eq!(writer.change(), 7);
    writer.replace(&DocumentId::new("d1"), &[]).expect("replaced");
    writer.commit(8).expect("committed");
    check(&searcher, "ferry", &["1", "2"]);
    searcher.reload().expect("reloaded");
    check(&searcher, "ferry", &["2"]);
}

#[test]
fn an_index_made_anew_is_searched_from_its_first_commit_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let searcher = filled(folder.path());
    let old = IndexWriter::open(folder.path(), MEMORY).expect("open");
    let mut new = IndexWriter::anew(folder.path(), MEMORY, FrequentPhrases::default(), 0).expect("begun");
    let entry = quote("4", "Ana Lima", "A new ferry", 3);
    new.add(&[entry]).expect("added");
    searcher.reload().expect("reloaded");
    check(&searcher, "ferry", &["1", "2"]);
    assert!(!old.is_superseded());
    new.commit(9).expect("committed");
    // Who has not looked anew sees what was there.
    check(&searcher, "ferry", &["1", "2"]);
    searcher.reload().expect("reloaded");
    check(&searcher, "ferry", &["4"]);
    assert!(old.is_superseded() && !new.is_superseded());
}

#[test]
fn damage_to_any_file_is_seen() {
    let folder = tempfile::tempdir().expect("a folder");
    let searcher = filled(folder.path());
    assert!(!searcher.is_damaged());
    let generation = generations::current(folder.path()).expect("one");
    let files = std::fs::read_dir(generation).expect("a folder").flatten();
    let store = files
        .map(|file| file.path())
        .find(|path| path.extension().is_some_and(|it| it == "store"));
    let store = store.expect("a file of entries");
    let mut bytes = std::fs::read(&store).expect("bytes");
    bytes[5] ^= 0xff;
    std::fs::write(&store, bytes).expect("written");
    let opened = Searcher::open(folder.path()).expect("open");
    assert!(opened.is_damaged());
}

#[test]
fn what_is_no_index_of_this_version_is_begun_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(matches!(
        Searcher::open(folder.path()),
        Err(IndexError::Outdated { .. })
    ));
    std::fs::write(folder.path().join("meta.json"), "{").expect("written");
    assert!(matches!(
        Searcher::open(folder.path()),
        Err(IndexError::Outdated { .. })
    ));
    let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("begun");
    assert_eq!(writer.change(), 0);
    writer.commit(1).expect("committed");
    assert!(matches!(
        IndexWriter::open(folder.path(), MEMORY),
        Err(IndexError::Locked { .. })
    ));
}

#[test]
fn an_index_that_is_opened_again_goes_on_with_its_phrases() {
    let folder = tempfile::tempdir().expect("a folder");
    let phrases = FrequentPhrases::of_sample(["the harbour board met"; 9]);
    let mut writer = IndexWriter::anew(folder.path(), MEMORY, phrases, 9).expect("begun");
    writer
        .add(&[quote("1", "Ana Lima", "The harbour board met.", 1)])
        .expect("added");
    writer.commit(1).expect("committed");
    writer.close().expect("closed");
    let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
    assert_eq!((writer.change(), writer.documents_sampled()), (1, 9));
    writer
        .add(&[quote("2", "Ana Lima", "Who is the harbour board?", 2)])
        .expect("added");
    writer.commit(2).expect("committed");
    writer.close().expect("closed");
    let searcher = Searcher::open(folder.path()).expect("open");
    check(&searcher, "\"harbour board\"", &["1", "2"]);
    check(&searcher, "\"the harbour board met\"", &["1"]);
    // With other phrases than it was begun with it cannot be written any more.
    let generation = std::fs::read_to_string(folder.path().join("CURRENT")).expect("a generation");
    let path = folder.path().join(generation.trim()).join("phrases.txt");
    std::fs::write(&path, "harbour board\n").expect("written");
    assert_eq!(
        IndexWriter::open(folder.path(), MEMORY).expect("begun").change(),
        0
    );
    std::fs::remove_file(&path).expect("removed");
    assert_eq!(
        IndexWriter::open(folder.path(), MEMORY).expect("begun").change(),
        0
    );
    // It is searched all the same.
    let searcher = Searcher::open(folder.path()).expect("open");
    check(&searcher, "\"harbour board\"", &["1", "2"]);
}
