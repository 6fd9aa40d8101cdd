//! The direction of dependencies: what each chapter may know.

#[path = "layering/tokens.rs"]
mod tokens;

use std::path::{Path, PathBuf};

use tokens::{Token, tokens};

/// The chapters from the ground up. A chapter knows those of lower layers and none of its own.
const LAYERS: [&[&str]; 6] = [
    &["model"],
    &["text", "settings", "trees"],
    &["extract", "discover", "quotes", "dates", "resolve", "timeline"],
    &["fetch", "mail", "archive", "store", "index", "telemetry"],
    &["crawl", "pipeline"],
    &["web", "cli"],
];

/// The only edges inside a layer.
const EDGES: [(&str, &str); 2] = [("pipeline", "crawl"), ("cli", "web")];

/// Outside engines and where they may be named, as beginnings of paths below `src/`.
const ENGINES: [(&str, &[&str]); 11] = [
    ("reqwest", &["fetch/"]),
    ("lettre", &["mail.rs"]),
    ("sqlx", &["store/"]),
    ("tantivy", &["index/"]),
    ("axum", &["web/"]),
    ("clap", &["cli/"]),
    ("scraper", &["extract/", "discover/"]),
    ("html5ever", &["extract/"]),
    ("hayro_interpret", &["extract/pdf/"]),
    ("rayon", &["pipeline/", "cli/filter.rs"]),
    ("zip", &["archive/"]),
];

/// Chapters that take bytes or text and give values, and what they therefore never name.
const PURE: [&str; 9] = [
    "model", "text", "trees", "extract", "discover", "quotes", "dates", "resolve", "timeline",
];
const IMPURE: [&[&str]; 6] = [
    &["async"],
    &["tokio"],
    &["SystemTime"],
    &["Instant"],
    &["Timestamp", "::", "now"],
    &["ZonedDateTime", "::", "now"],
];

/// What of the standard library they never name.
const IMPURE_STD: [&str; 4] = ["env", "fs", "net", "process"];

/// Names that say nothing about what a file holds.
const EMPTY_NAMES: [&str; 8] = [
    "utils", "util", "common", "helpers", "helper", "manager", "managers", "misc",
];

#[test]
fn the_source_keeps_the_direction_of_dependencies() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    assert!(files.len() > LAYERS.concat().len(), "{files:?}");
    let mut found = Vec::new();
    for file in files {
        let below = file.strip_prefix(&root).expect("it was found below");
        let path = below.to_str().expect("source files have plain names");
        let text = std::fs::read_to_string(&file).expect("a readable source");
        found.extend(violations(&path.replace('\\', "/"), &text));
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// What a file below `src/` does against the rules, each with file and line.
fn violations(path: &str, text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let modules = module_path(path);
    let mut found = Vec::new();
    for name in modules.iter().filter(|name| EMPTY_NAMES.contains(name)) {
        found.push(format!("src/{path}:1: `{name}` says nothing about what it holds"));
    }
    let chapter = modules.first().copied();
    if let Some(chapter) = chapter.filter(|chapter| layer(chapter).is_none()) {
        found.push(format!(
            "src/{path}:1: `{chapter}` is in no layer; add it to LAYERS"
        ));
    }
    let mut tell = |line: usize, what: String| found.push(format!("src/{path}:{line}: {what}"));
    let mut walk = Walk::new(&tokens, modules.len());
    while let Some(token) = walk.next() {
        if token.text == "mod"
            && let Some(name) = walk.after(1)
            && EMPTY_NAMES.contains(&name.text)
        {
            tell(
                name.line,
                format!("`{}` says nothing about what it holds", name.text),
            );
        }
        for (engine, owners) in ENGINES {
            let is_path = walk
                .after(1)
                .is_some_and(|next| matches!(next.text, "::" | "as" | ";"));
            let named = token.text == engine && is_path && !walk.inside_path();
            if named && !owners.iter().any(|owner| path.starts_with(owner)) {
                tell(token.line, format!("{engine} belongs to {}", owners.join(", ")));
            }
        }
        let Some(chapter) = chapter else { continue };
        for import in walk.chapters_named() {
            if !may_know(chapter, import.text) {
                tell(import.line, format!("{chapter} may not know {}", import.text));
            }
        }
        if PURE.contains(&chapter) && !walk.in_tests(path) {
            for impure in IMPURE.iter().filter(|impure| walk.here(impure)) {
                tell(token.line, format!("{chapter} is pure, no {}", impure.concat()));
            }
            for name in walk.names_under("std") {
                if IMPURE_STD.contains(&name.text) {
                    tell(name.line, format!("{chapter} is pure, no std::{}", name.text));
                }
            }
        }
    }
    found
}

/// The module a file is: `quotes/mod.rs` is `quotes`, `quotes/cues.rs` is `quotes::cues`.
fn module_path(path: &str) -> Vec<&str> {
    let mut names: Vec<&str> = path.trim_end_matches(".rs").split('/').collect();
    if matches!(names.last(), Some(&("mod" | "lib" | "main"))) {
        names.pop();
    }
    names
}

fn layer(chapter: &str) -> Option<usize> {
    LAYERS.iter().position(|chapters| chapters.contains(&chapter))
}

fn may_know(chapter: &str, other: &str) -> bool {
    match (layer(chapter), layer(other)) {
        _ if chapter == other => true,
        (Some(own), Some(other)) if other < own => true,
        // What is no chapter was made by a macro or re-exported at the root: nothing there may be.
        _ => EDGES.contains(&(chapter, other)),
    }
}

/// A walk over a file's tokens that knows in which inline modules it is.
struct Walk<'a> {
    tokens: &'a [Token<'a>],
    /// The place of the next token.
    next: usize,
    /// How deep below the crate's root the file's own module is.
    depth: usize,
    /// For every open brace: whether it is a module's, and whether that is a module of tests.
    braces: Vec<(bool, bool)>,
}

impl<'a> Walk<'a> {
    fn new(tokens: &'a [Token<'a>], depth: usize) -> Self {
        Self {
            tokens,
            next: 0,
            depth,
            braces: Vec::new(),
        }
    }

    fn next(&mut self) -> Option<&'a Token<'a>> {
        let token = self.tokens.get(self.next)?;
        self.next += 1;
        match token.text {
            "{" => {
                let module = self.before(2) == Some("mod");
                self.braces.push((module, module && self.is_cfg_test()));
            }
            "}" => drop(self.braces.pop()),
            _ => {}
        }
        Some(token)
    }

    /// The token `count` places after the present one.
    fn after(&self, count: usize) -> Option<&'a Token<'a>> {
        self.tokens.get(self.next - 1 + count)
    }

    /// The token `count` places before the present one.
    fn before(&self, count: usize) -> Option<&'a str> {
        let place = (self.next - 1).checked_sub(count)?;
        Some(self.tokens[place].text)
    }

    /// Whether these very words begin at the present token.
    fn here(&self, words: &[&str]) -> bool {
        let present =
            |(count, word): (usize, &&str)| self.after(count).is_some_and(|token| token.text == *word);
        words.iter().enumerate().all(present)
    }

    /// Whether the present token goes on a path (`a::b`) and does not begin one (`::b`).
    fn inside_path(&self) -> bool {
        let begins = |text: &str| matches!(text, "use" | "{" | "(" | "," | "=" | "<" | ";" | "&" | ":");
        self.before(1) == Some("::") && !self.before(2).is_none_or(begins)
    }

    /// Whether `#[cfg(test)]` stands before the module whose brace has just been opened.
    fn is_cfg_test(&self) -> bool {
        let shown: Vec<&str> = (3..=9).rev().filter_map(|count| self.before(count)).collect();
        shown == ["#", "[", "cfg", "(", "test", ")", "]"]
    }

    fn in_tests(&self, path: &str) -> bool {
        path.ends_with("tests.rs") || self.braces.iter().any(|(_, tests)| *tests)
    }

    /// The names right under the crate's root in a path that begins at the present token.
    fn chapters_named(&self) -> Vec<&'a Token<'a>> {
        match self.after(0).map(|token| token.text) {
            Some(root @ ("crate" | "onrecord")) => self.names_under(root),
            Some("super") if self.before(1) != Some("::") => self.names_after(self.supers_to_root()),
            _ => Vec::new(),
        }
    }

    /// The names right under `root` in a path that begins with it at the present token.
    fn names_under(&self, root: &str) -> Vec<&'a Token<'a>> {
        let begins = self.here(&[root]) && !self.inside_path();
        self.names_after(usize::from(begins))
    }

    /// The names that follow `count` tokens of a path; none for none.
    fn names_after(&self, count: usize) -> Vec<&'a Token<'a>> {
        if count == 0 || self.after(count).is_none_or(|token| token.text != "::") {
            return Vec::new();
        }
        match self.after(count + 1) {
            Some(token) if token.text == "{" => self.group(count + 1),
            Some(token) => vec![token],
            None => Vec::new(),
        }
    }

    /// The tokens of `super::super…` when it climbs to the root, else 0.
    fn supers_to_root(&self) -> usize {
        let inline = self.braces.iter().filter(|(module, _)| *module).count();
        let mut climbed = 1;
        while self
            .after(2 * climbed - 1)
            .is_some_and(|token| token.text == "::")
            && self.after(2 * climbed).is_some_and(|token| token.text == "super")
        {
            climbed += 1;
        }
        if climbed == self.depth + inline {
            2 * climbed - 1
        } else {
            0
        }
    }

    /// The first names of a group `{a::b, c}` that opens `count` tokens on.
    fn group(&self, count: usize) -> Vec<&'a Token<'a>> {
        let mut depth = 0;
        let mut names = Vec::new();
        let mut first = false;
        for token in self.tokens.iter().skip(self.next - 1 + count) {
            match token.text {
                "{" => depth += 1,
                "}" => depth -= 1,
                _ if first && depth == 1 && token.text != "," => names.push(token),
                _ => {}
            }
            if depth == 0 {
                break;
            }
            first = depth == 1 && matches!(token.text, "{" | ",");
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::violations;

    #[track_caller]
    fn check(path: &str, text: &str, expected: &[&str]) {
        assert_eq!(violations(path, text), expected);
    }

    #[test]
    fn a_chapter_may_know_lower_layers_only() {
        check(
            "store/rows.rs",
            "use crate::model::id::SourceId;\nuse crate::quotes::find;\n",
            &[],
        );
        check(
            "quotes/mod.rs",
            "//! Text.\n\nuse crate::model::span::Span;\nuse crate::store::Store;\n",
            &["src/quotes/mod.rs:4: quotes may not know store"],
        );
        check(
            "model/id.rs",
            "fn a() { crate::text::lines(); }",
            &["src/model/id.rs:1: model may not know text"],
        );
    }

    #[test]
    fn siblings_do_not_know_each_other_but_for_the_two_edges() {
        check(
            "dates/mod.rs",
            "use crate::quotes::x;",
            &["src/dates/mod.rs:1: dates may not know quotes"],
        );
        check(
            "fetch/mod.rs",
            "use crate::store::x;",
            &["src/fetch/mod.rs:1: fetch may not know store"],
        );
        check("pipeline/mod.rs", "use crate::crawl::x;", &[]);
        check(
            "crawl/mod.rs",
            "use crate::pipeline::x;",
            &["src/crawl/mod.rs:1: crawl may not know pipeline"],
        );
        check("cli/mod.rs", "use crate::web::x;", &[]);
        check(
            "web/mod.rs",
            "use crate::cli::x;",
            &["src/web/mod.rs:1: web may not know cli"],
        );
    }

    #[test]
    fn groups_whole_roots_and_climbing_paths_are_seen() {
        check(
            "dates/mod.rs",
            "use crate::{\n    model::{id, span},\n    store::{a, index},\n    text,\n};",
            &["src/dates/mod.rs:3: dates may not know store"],
        );
        check(
            "dates/mod.rs",
            "use crate::*;",
            &["src/dates/mod.rs:1: dates may not know *"],
        );
        check(
            "dates/zone.rs",
            "use super::super::web::x;",
            &["src/dates/zone.rs:1: dates may not know web"],
        );
        check(
            "dates/zone.rs",
            "mod tests {\n use super::super::web;\n use super::super::super::web;\n}",
            &["src/dates/zone.rs:3: dates may not know web"],
        );
        check("dates/zone.rs", "use super::web;\npub(super) fn f() {}", &[]);
    }

    #[test]
    fn what_is_only_written_about_is_no_import() {
        check(
            "quotes/mod.rs",
            "// crate::store\n/* use sqlx::x; */\nconst A: &str = \"crate::store\";\nlet c = '\"';\n",
            &[],
        );
    }

    #[test]
    fn an_engine_has_one_owner() {
        check("fetch/mod.rs", "use reqwest::Client;", &[]);
        check(
            "crawl/mod.rs",
            "\nuse reqwest::Client;",
            &["src/crawl/mod.rs:2: reqwest belongs to fetch/"],
        );
        check(
            "web/mod.rs",
            "fn f() { ::sqlx::query(); }",
            &["src/web/mod.rs:1: sqlx belongs to store/"],
        );
        check(
            "text/mod.rs",
            "use scraper as s;",
            &["src/text/mod.rs:1: scraper belongs to extract/, discover/"],
        );
        check("cli/filter.rs", "use rayon::prelude::*;", &[]);
        check(
            "cli/find.rs",
            "use rayon::prelude::*;",
            &["src/cli/find.rs:1: rayon belongs to pipeline/, cli/filter.rs"],
        );
        check(
            "main.rs",
            "use clap::Parser;",
            &["src/main.rs:1: clap belongs to cli/"],
        );
        // A module or a value of our own may have such a name.
        check("web/mod.rs", "use crate::model::tantivy::x; let clap = 1;", &[]);
    }

    #[test]
    fn pure_chapters_touch_nothing_outside_but_their_tests_may() {
        check(
            "dates/mod.rs",
            "fn f() { jiff::Timestamp::now(); }",
            &["src/dates/mod.rs:1: dates is pure, no Timestamp::now"],
        );
        check(
            "extract/mod.rs",
            "use std::fs;",
            &["src/extract/mod.rs:1: extract is pure, no std::fs"],
        );
        check(
            "extract/mod.rs",
            "async fn f() {}",
            &["src/extract/mod.rs:1: extract is pure, no async"],
        );
        check("extract/mod.rs", "#[cfg(test)]\nmod tests { use std::fs; }", &[]);
        check(
            "text/mod.rs",
            "use std::{fmt, net::IpAddr};",
            &["src/text/mod.rs:1: text is pure, no std::net"],
        );
        check("settings/mod.rs", "use std::fs;", &[]);
    }

    #[test]
    fn empty_names_and_unknown_chapters_are_refused() {
        check(
            "store/utils.rs",
            "",
            &["src/store/utils.rs:1: `utils` says nothing about what it holds"],
        );
        check(
            "store/mod.rs",
            "\nmod helpers {}",
            &["src/store/mod.rs:2: `helpers` says nothing about what it holds"],
        );
        check(
            "extra/mod.rs",
            "",
            &["src/extra/mod.rs:1: `extra` is in no layer; add it to LAYERS"],
        );
    }
}
