//! Source files as people write them, and what is wrong with them.

use super::*;
use crate::settings::load;

fn read(text: &str) -> Result<Source, SettingsError> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("city-hall.toml");
    std::fs::write(&path, text).expect("a file");
    read_source(&path, &load(None, []).expect("the defaults").crawl)
}

#[track_caller]
fn check_error(text: &str, message: &str, hint: &str) {
    let error = read(text).expect_err("it is wrong");
    assert!(error.to_string().contains(message), "{error}");
    assert!(
        error.hint().unwrap_or_default().contains(hint),
        "{:?}",
        error.hint()
    );
}

#[test]
fn a_small_file_takes_the_defaults() {
    let source = read(
        "name = \"City Hall\"\nkind = \"official\"\nhome = \"https://hall.example/\"\n\
         [[channel]]\nkind = \"feed\"\nurl = \"https://hall.example/feed\"\nevery = \"15m\"\n",
    )
    .expect("valid");
    assert_eq!(source.id.as_str(), "city-hall");
    assert_eq!(
        source.cadence.to_string(),
        "every 1h at first, then 10m to 14d by what it brings"
    );
    let cadence = source.channels[0].cadence.as_ref().map(ToString::to_string);
    assert_eq!(cadence.as_deref(), Some("every 15m"));
}

#[test]
fn a_source_may_open_further_ports_of_its_own_hosts() {
    let source = read(
        "name = \"x\"\nkind = \"news\"\nhome = \"https://x.example/\"\nports = [8000]\n\
         aliases = [\"amp.x.example\"]\n\
         [[channel]]\nkind = \"feed\"\nurl = \"https://feeds.x.example:8000/a\"\n",
    )
    .expect("valid");
    assert_eq!(source.ports, [8000]);
    let hosts: Vec<&str> = source.hosts().collect();
    assert_eq!(hosts, ["x.example", "feeds.x.example", "amp.x.example"]);
}

#[test]
fn an_archive_of_another_kind_is_described_by_two_places() {
    let source = read(
        "name = \"City Hall\"\nkind = \"official\"\nhome = \"https://hall.example/\"\n\
         [[channel]]\nkind = \"memento\"\nurl = \"https://hall.example/news\"\nmatch = \"prefix\"\n\
         archive = \"https://archive.example/\"\ncdx = \"/town/cdx\"\nreplay = \"/town/\"\nlimit = 50\n",
    )
    .expect("valid");
    let channel = &source.channels[0];
    assert!(
        channel
            .url
            .as_str()
            .starts_with("https://archive.example/town/cdx?url=https%3A")
    );
    let ChannelKind::Memento(rules) = &channel.kind else {
        panic!("an archive's channel");
    };
    assert_eq!(rules.replay.as_str(), "https://archive.example/town/");
    assert_eq!((rules.is_exact, rules.limit, rules.max_pages), (false, 50, 40));
}

#[test]
fn what_is_wrong_names_its_line_and_what_to_write() {
    let good = "name = \"x\"\nkind = \"news\"\nhome = \"https://x.example/\"\n";
    check_error(
        "name = \"x\"\nkind = \"paper\"\nhome = \"https://x.example\"",
        ":2: \"paper\"",
        "official",
    );
    check_error(
        "name = \"x\"\nkind = \"news\"\nhome = \"x.example\"",
        ":3: ",
        "https://",
    );
    check_error(&format!("{good}time_zone = \"Mars\"\n"), ":4: ", "IANA");
    check_error(
        "name = \" \"\nkind = \"news\"\nhome = \"https://x.example/\"\n",
        ":1: ",
        "readers",
    );
    check_error(
        &format!("{good}language = \"English\"\n"),
        ":4: \"English\"",
        "\"en\"",
    );
    check_error(&format!("{good}[channel]\n"), ":4: ", "[[channel]]");
    let feed = "[[channel]]\nkind = \"feed\"\nurl = \"https://x.example/feed\"\n";
    check_error(
        &format!("{good}{feed}time_zone = \"UTC\"\n"),
        ":7: `time_zone` stands inside another table",
        "above the first [[channel]]",
    );
    check_error(&format!("{good}every = 15\n"), ":4: ", "every = \"15m\"");
    check_error(&format!("{good}office = hall\n"), ":4: ", "office = \"hall\"");
    check_error(
        &format!("{good}offce = \"x\"\n"),
        ":4: unknown field `offce`",
        "`office`",
    );
    check_error(
        &format!("{good}[[channel]]\nkind = \"fed\"\nurl = \"https://x.example\"\nitem = \"li\""),
        ":5: ",
        "feed",
    );
    check_error(
        &format!("{good}[[channel]]\nkind = \"feed\"\nurl = \"https://x.example\"\nitem = \"li\""),
        ":5: a channel of kind \"feed\" takes no `item`",
        "\"listing\"",
    );
    for (kind, key) in [
        ("json", "items = \"\"\nlink = \"/l\"\nnext = \"a\""),
        ("json", "items = \"\"\nlink = \"/l\"\nlimit = 3"),
        ("memento", "title = \"h1\""),
        ("memento", "items = \"/x\""),
        ("sitemap", "max_pages = 3"),
        ("feed", "body = \"/b\""),
        ("listing", "limit = 3"),
    ] {
        let table = format!("[[channel]]\nkind = \"{kind}\"\nurl = \"https://x.example\"\n{key}");
        let message = format!(":5: a channel of kind {kind:?} takes no `");
        check_error(&format!("{good}{table}"), &message, "belongs to kind");
    }
    for (keys, message) in [
        ("body = \"/b\"\nfetch = \"{/l}\"", "\"/b\" stands beside `fetch`"),
        ("author = \"/a\"", "no `body`"),
        ("body = \"b\"", "\"b\" is no JSON pointer"),
    ] {
        let table =
            "[[channel]]\nkind = \"json\"\nurl = \"https://x.example\"\nitems = \"\"\nlink = \"/l\"\n";
        check_error(&format!("{good}{table}{keys}"), message, "");
    }
    for (keys, message) in [
        ("pages = \"https://x.example/?p=2\"", "no place for the number"),
        (
            "pages = \"https://x.example/?p={page}\"\nnext = \"a\"",
            "beside `next`",
        ),
        ("first_page = 0", "no `pages`"),
    ] {
        let table = format!("[[channel]]\nkind = \"listing\"\nurl = \"https://x.example\"\n{keys}");
        check_error(&format!("{good}{table}"), message, "");
    }
    check_error(
        &format!("{good}cron = \"hourly\"\n"),
        ":4: \"hourly\" is no cron",
        "day of week",
    );
    check_error(
        &format!("{good}cron = \"0 0 30 2 *\"\n"),
        ":4: \"0 0 30 2 *\" names a time that never comes",
        "that day",
    );
    for slip in ["0s", "1s", "59s"] {
        check_error(
            &format!("{good}every = \"{slip}\"\n"),
            &format!(":4: `every` is {slip}"),
            "a minute or more",
        );
    }
    check_error(
        &format!("{good}allow_private = true\nevery = \"0s\"\n"),
        ":5: `every` is 0s",
        "a minute or more",
    );
    check_error(
        &format!("{good}every = \"1h\"\ncron = \"0 * * * *\"\n"),
        ":5: ",
        "one of the two",
    );
}
