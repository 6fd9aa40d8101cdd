//! The pages of one site as they are served: files with their placeholders filled.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::files::{EDIT, SiteFiles, Text, fields, fill};

/// When a text that names no day of its own was last changed.
const LAST_CHANGE: &str = "2026-03-17T12:00:00-04:00";

/// The addresses of all sites, by name.
pub(super) type Addresses = BTreeMap<&'static str, String>;

/// An answer of a site.
pub(super) struct Page {
    /// Its `Content-Type`.
    pub(super) media_type: String,
    /// Its body.
    pub(super) body: Vec<u8>,
    /// Its `ETag`.
    pub(super) etag: String,
    /// Its `Last-Modified`.
    pub(super) last_modified: String,
}

impl Page {
    fn new(media_type: &str, body: Vec<u8>, changed: &str) -> Self {
        let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(&body));
        let changed: Timestamp = changed.parse().expect("the newsroom's files carry valid times");
        Self {
            media_type: media_type.into(),
            body,
            etag: format!("\"{}\"", &digest[..16]),
            last_modified: changed.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string(),
        }
    }
}

/// The pages of one site, by path, and what the edited one becomes.
pub(super) struct Site {
    pages: BTreeMap<&'static str, Page>,
    edited: BTreeMap<&'static str, Page>,
}

impl Site {
    /// Fills the site's files with the addresses at which the newsroom answers.
    pub(super) fn new(files: &SiteFiles, addresses: &Addresses) -> Self {
        let mut pages: BTreeMap<_, _> = files
            .files
            .iter()
            .map(|(path, text)| (*path, page(files, path, *text, addresses)))
            .collect();
        pages.insert("/", front_page(files));
        let edited = match pages.get(EDIT.path) {
            Some(page) if files.name == EDIT.site => {
                let text = String::from_utf8_lossy(&page.body).replacen(EDIT.before, EDIT.after, 1);
                let page = Page::new(&page.media_type, text.into_bytes(), EDIT.at);
                BTreeMap::from([(EDIT.path, page)])
            }
            _ => BTreeMap::new(),
        };
        Self { pages, edited }
    }

    /// What a path answers, in the first round or after the edit.
    pub(super) fn page(&self, path: &str, edited: bool) -> Option<&Page> {
        let changed = self.edited.get(path).filter(|_| edited);
        changed.or_else(|| self.pages.get(path))
    }
}

fn page(files: &SiteFiles, path: &str, text: Text, addresses: &Addresses) -> Page {
    let address = |name: &str| addresses.get(name).map(String::as_str);
    match text {
        Text::Bytes(bytes, media_type) => Page::new(media_type, bytes.to_vec(), LAST_CHANGE),
        Text::Plain(text, media_type) => Page::new(media_type, fill(text, address).into_bytes(), LAST_CHANGE),
        Text::Article(article) => {
            let (fields, body) = fields(article);
            let charset = fields.get("charset").copied().unwrap_or("utf-8");
            let filled = fill(files.layout, |name| match name {
                "body" => Some(body),
                "path" => Some(path),
                "charset" => Some(charset),
                _ => fields.get(name).copied().or_else(|| address(name)),
            });
            let published = fields.get("published").copied().unwrap_or(LAST_CHANGE);
            Page::new(
                &format!("text/html; charset={charset}"),
                encoded(&fill(&filled, address), charset),
                published,
            )
        }
    }
}

/// The bytes of a text in the encoding that its page declares.
fn encoded(text: &str, charset: &str) -> Vec<u8> {
    match charset {
        "windows-1252" => encoding_rs::WINDOWS_1252.encode(text).0.into_owned(),
        _ => text.as_bytes().to_vec(),
    }
}

/// A front page that links what the site holds, for people who open it in a browser.
fn front_page(files: &SiteFiles) -> Page {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{0}</title></head>\n\
         <body>\n<h1>{0}</h1>\n<p>A site of the sample newsroom. Everything on it is invented.</p>\n<ul>\n",
        files.name
    );
    for (path, text) in &files.files {
        if let Text::Article(article) = text {
            let title = fields(article).0.get("title").copied().unwrap_or(path);
            out.push_str(&format!("<li><a href=\"{path}\">{title}</a></li>\n"));
        }
    }
    out.push_str("</ul>\n</body>\n</html>\n");
    Page::new("text/html; charset=utf-8", out.into_bytes(), LAST_CHANGE)
}
