//! What the sites of the sample newsroom hold: which file answers which path.

use std::collections::BTreeMap;

/// The people and bodies of the newsroom, as `config/speakers.toml`.
pub(super) const SPEAKERS: &str = include_str!("speakers.toml");

/// A file of the newsroom as it was written, before placeholders are filled.
#[derive(Clone, Copy)]
pub(super) enum Text {
    /// Fields and a body that the site's layout is laid around.
    Article(&'static str),
    /// A whole text, with its media type.
    Plain(&'static str, &'static str),
    /// Bytes that are served as they are, with their media type.
    Bytes(&'static [u8], &'static str),
}

/// One site of the newsroom.
pub(super) struct SiteFiles {
    /// The placeholder that stands for its address, and the name of its source file.
    pub(super) name: &'static str,
    /// Its source file.
    pub(super) source: &'static str,
    /// What its articles are set in.
    pub(super) layout: &'static str,
    /// Path and file.
    pub(super) files: Vec<(&'static str, Text)>,
}

/// A file that changes without a word between the two rounds.
pub(super) struct SilentEdit {
    pub(super) site: &'static str,
    pub(super) path: &'static str,
    pub(super) before: &'static str,
    pub(super) after: &'static str,
    /// When the site's server says it was changed.
    pub(super) at: &'static str,
}

/// The one edit: a quotation is brought in line with the department's own release.
pub(super) const EDIT: SilentEdit = SilentEdit {
    site: "herald",
    path: "/2026/03/11/department-hits-back.html",
    before: "an open invitation to disorder",
    after: "a direct invitation to disorder",
    at: "2026-03-16T08:12:00-04:00",
};

const HTML: &str = "text/html; charset=utf-8";
const XML: &str = "application/xml";
const ROBOTS: &str = "text/plain; charset=utf-8";

macro_rules! article {
    ($file:literal) => {
        Text::Article(include_str!($file))
    };
}

macro_rules! plain {
    ($file:literal, $media_type:expr) => {
        Text::Plain(include_str!($file), $media_type)
    };
}

/// The five sites.
pub(super) fn sites() -> [SiteFiles; 5] {
    [hall(), dsh(), herald(), courier(), wire()]
}

fn hall() -> SiteFiles {
    SiteFiles {
        name: "hall",
        source: include_str!("hall/source.toml"),
        layout: include_str!("hall/layout.html"),
        files: vec![
            ("/robots.txt", plain!("hall/robots.txt", ROBOTS)),
            ("/press/", plain!("hall/press.html", HTML)),
            ("/press/page-2.html", plain!("hall/press-2.html", HTML)),
            (
                "/press/2026/03/mayor-signs-order-7.html",
                article!("hall/mayor-signs-order-7.html"),
            ),
            (
                "/orders/2026/executive-order-7.html",
                article!("hall/executive-order-7.html"),
            ),
            (
                "/orders/2026/executive-order-7.pdf",
                Text::Bytes(include_bytes!("hall/executive-order-7.pdf"), "application/pdf"),
            ),
            (
                "/press/2026/03/transcript-order-7.html",
                article!("hall/transcript-order-7.html"),
            ),
            (
                "/press/2026/03/statement-on-the-departments-letter.html",
                article!("hall/statement-on-the-departments-letter.html"),
            ),
            (
                "/orders/2026/executive-order-8.html",
                article!("hall/executive-order-8.html"),
            ),
            (
                "/press/2026/03/mayor-signs-order-8.html",
                article!("hall/mayor-signs-order-8.html"),
            ),
            (
                "/press/2026/02/one-hundred-winter-beds.html",
                article!("hall/one-hundred-winter-beds.html"),
            ),
            (
                "/press/2026/02/renn-named-deputy-mayor.html",
                article!("hall/renn-named-deputy-mayor.html"),
            ),
        ],
    }
}

fn dsh() -> SiteFiles {
    SiteFiles {
        name: "dsh",
        source: include_str!("dsh/source.toml"),
        layout: include_str!("dsh/layout.html"),
        files: vec![
            ("/robots.txt", plain!("dsh/robots.txt", ROBOTS)),
            (
                "/news/feed.json",
                plain!("dsh/feed.json", "application/feed+json"),
            ),
            (
                "/news/2026/02/26/secretary-remarks-lakeside",
                article!("dsh/secretary-remarks-lakeside.html"),
            ),
            (
                "/news/2026/03/11/statement-on-harbor-falls-order",
                article!("dsh/statement-on-harbor-falls-order.html"),
            ),
            (
                "/news/2026/03/13/letter-to-the-city-of-harbor-falls",
                article!("dsh/letter-to-the-city-of-harbor-falls.html"),
            ),
            // Announced, but its robots.txt keeps crawlers out.
            (
                "/internal/draft-guidance-19",
                article!("dsh/draft-guidance-19.html"),
            ),
        ],
    }
}

fn herald() -> SiteFiles {
    SiteFiles {
        name: "herald",
        source: include_str!("herald/source.toml"),
        layout: include_str!("herald/layout.html"),
        files: vec![
            ("/robots.txt", plain!("herald/robots.txt", ROBOTS)),
            ("/rss.xml", plain!("herald/rss.xml", "application/rss+xml")),
            // Its feed also announces /2026/03/09/order-expected.html, which is gone.
            (
                "/2026/03/10/mayor-signs-shelter-order.html",
                article!("herald/mayor-signs-shelter-order.html"),
            ),
            (EDIT.path, article!("herald/department-hits-back.html")),
            (
                "/2026/03/12/what-order-7-does.html",
                article!("herald/what-order-7-does.html"),
            ),
            (
                "/2026/03/13/council-hearing.html",
                article!("herald/council-hearing.html"),
            ),
            (
                "/2026/03/14/editorial-a-bed-is-not-a-reward.html",
                article!("herald/editorial.html"),
            ),
        ],
    }
}

fn courier() -> SiteFiles {
    SiteFiles {
        name: "courier",
        source: include_str!("courier/source.toml"),
        layout: include_str!("courier/layout.html"),
        files: vec![
            ("/robots.txt", plain!("courier/robots.txt", ROBOTS)),
            ("/atom.xml", plain!("courier/atom.xml", "application/atom+xml")),
            (
                "/news/harbor-falls-order-signed",
                article!("courier/harbor-falls-order-signed.html"),
            ),
            (
                "/news/department-warns-harbor-falls",
                article!("courier/department-warns-harbor-falls.html"),
            ),
            ("/news/cafe-lumiere", article!("courier/cafe-lumiere.html")),
            // A page that answers with nothing.
            (
                "/news/photographs-terminal",
                plain!("courier/photographs-terminal.html", HTML),
            ),
            (
                "/news/night-ferry-pass",
                article!("courier/night-ferry-pass.html"),
            ),
            (
                "/news/county-looks-at-order",
                article!("courier/county-looks-at-order.html"),
            ),
        ],
    }
}

fn wire() -> SiteFiles {
    SiteFiles {
        name: "wire",
        source: include_str!("wire/source.toml"),
        layout: include_str!("wire/layout.html"),
        files: vec![
            ("/robots.txt", plain!("wire/robots.txt", ROBOTS)),
            ("/sitemap.xml", plain!("wire/sitemap.xml", XML)),
            ("/sitemap-news.xml", plain!("wire/sitemap-news.xml", XML)),
            ("/sitemap-2026-02.xml", plain!("wire/sitemap-2026-02.xml", XML)),
            ("/story/1019-thrale-sets-date", article!("wire/1019.html")),
            (
                "/story/1041-harbor-falls-shelter-order",
                article!("wire/1041.html"),
            ),
            ("/story/1044-papers-at-the-door", article!("wire/1044.html")),
            ("/story/1052-letter-and-answer", article!("wire/1052.html")),
            ("/story/1058-thirty-days", article!("wire/1058.html")),
            ("/story/1061-night-ferry", article!("wire/1061.html")),
        ],
    }
}

/// The fields above an article's first empty line, and its body below.
pub(super) fn fields(article: &'static str) -> (BTreeMap<&'static str, &'static str>, &'static str) {
    let (head, body) = article.split_once("\n\n").unwrap_or((article, ""));
    let fields = head.lines().filter_map(|line| line.split_once(": ")).collect();
    (fields, body.trim_end())
}

/// Fills the placeholders `{{name}}` of a text; an unknown one is left as it stands.
pub(super) fn fill<'a>(text: &str, value: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        match after.split_once("}}") {
            Some((name, tail)) if value(name).is_some() => {
                out.push_str(value(name).unwrap_or_default());
                rest = tail;
            }
            _ => {
                out.push_str("{{");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}
