//! What is inside: charsets, markup that costs, feeds and sitemaps that are not what they say.

use std::io::Write;

use super::{Case, play, says};
use crate::support::faulty::{FaultSite, answer, article, page, send};

fn typed(media_type: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    answer("200 OK", &[("content-type", media_type)], body)
}

fn encoded(label: &str, text: &str) -> Vec<u8> {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect("a label");
    encoding.encode(text).0.into_owned()
}

#[test]
fn words_are_read_whatever_is_said_of_their_charset() {
    let russian = article("Порт", "Паром пойдёт снова, сказал в понедельник начальник порта");
    let french = article(
        "Le port",
        "Le ferry reprendra lundi, a déclaré à la presse le maire de la cité",
    );
    let declared =
        |page: &str, label: &str| page.replace("<head>", &format!("<head><meta charset=\"{label}\">"));
    let utf_16: Vec<u8> = ['\u{feff}']
        .into_iter()
        .chain(russian.chars())
        .flat_map(|letter| (letter as u16).to_be_bytes())
        .collect();
    let in_russian =
        |name: &str, bytes: Vec<u8>| says(name, bytes).ends(&["changed"]).found("начальник порта");
    let in_french = |name: &str, bytes: Vec<u8>| says(name, bytes).ends(&["changed"]).found("déclaré");
    let windows_1251 = encoded("windows-1251", &russian);
    let late = russian.replace(
        "<head>",
        &format!("<head><!--{}--><meta charset=\"windows-1251\">", "x".repeat(3000)),
    );
    let cases = vec![
        in_russian(
            "named by the header",
            typed("text/html; charset=windows-1251", &windows_1251),
        ),
        in_russian(
            "named in marks",
            typed("text/html; charset='windows-1251'", &windows_1251),
        ),
        in_russian(
            "named by the page",
            typed(
                "text/html",
                encoded("windows-1251", &declared(&russian, "windows-1251")),
            ),
        ),
        in_russian("named late", typed("text/html", encoded("windows-1251", &late))),
        in_russian("named by nobody", typed("text/html", &windows_1251)),
        in_russian(
            "named as nothing known",
            typed("text/html; charset=x-none", &russian),
        ),
        in_russian("UTF-16 by its mark", typed("text/html", utf_16)),
        in_russian(
            "the header against the page",
            typed("text/html; charset=utf-8", declared(&russian, "windows-1251")),
        ),
        in_russian(
            "the mark against the header",
            typed(
                "text/html; charset=windows-1252",
                [b"\xef\xbb\xbf", russian.as_bytes()].concat(),
            ),
        ),
        in_french(
            "said to be UTF-8 and not",
            typed("text/html; charset=utf-8", encoded("windows-1252", &french)),
        ),
        in_french(
            "UTF-8 and said to be not",
            typed("text/html", declared(&french, "iso-8859-1")),
        ),
        in_french("no type at all", answer("200 OK", &[], &french)),
    ];
    play("timeout = \"20s\"", cases);
}

#[test]
fn markup_that_costs_is_bounded() {
    let attributes: String = (0..30_000).map(|number| format!("a{number}=1 ")).collect();
    let links: String = (0..12_000)
        .map(|number| format!("<a href=/{number}>x</a>"))
        .collect();
    let news = article("Ferry to run", "The ferry will run, said the harbor master");
    let kept = |name: &str, body: String| says(name, page(body)).ends(&["changed"]).at_most(1);
    let cases = vec![
        kept(
            "twenty-five thousand boxes in each other",
            "<div>".repeat(25_000) + "x" + &"</div>".repeat(25_000),
        ),
        kept("forty thousand tables in each other", "<table>".repeat(40_000)),
        kept(
            "formatting that is never closed",
            "<b><i><a href=/x><font>".repeat(10_000),
        ),
        kept("thirty thousand attributes", format!("<p {attributes}>x</p>")),
        kept("twelve thousand links", links),
        kept(
            "a comment that never ends",
            format!("{news}<!--{}", "-".repeat(200_000)),
        ),
        kept(
            "a script that never ends",
            format!("{news}<script>{}", "<!--<script>".repeat(15_000)),
        ),
        kept(
            "a tag that never ends",
            format!("{news}<p {}", "x='".repeat(60_000)),
        ),
        kept("zeros between the letters", news.replace("harbor", "har\0bor")),
        kept("nothing but references", "&".repeat(200_000)),
        kept("references to no letter", "&#xffffff;&#0;&#xd800;".repeat(9_000)),
        kept(
            "one word of three hundred thousand letters",
            format!("<p>{}</p>", "a".repeat(290_000)),
        ),
        says("a PDF that is none", typed("application/pdf", "%PDF-1.7\n%%EOF")).ends(&["changed"]),
        says(
            "a PDF said to be a page",
            page([b"%PDF-1.7\n", [0xe2; 500].as_slice()].concat()),
        )
        // It is shown with the notice that it cannot be read, as a scanned order is.
        .ends(&["changed"]),
        says(
            "any bytes at all",
            page((0..=255).cycle().take(60_000).collect::<Vec<u8>>()),
        )
        .ends(&["changed"]),
        says(
            "a page that asks not to be indexed",
            page(news.replace("<head>", "<head><meta name=robots content=noindex>")),
        )
        .ends(&["changed"])
        .documents(0),
        says("an answer that asks not to be indexed", {
            let fields = [
                ("content-type", "text/html"),
                ("x-robots-tag", "otherbot: nofollow, noindex"),
            ];
            answer("200 OK", &fields, &news)
        })
        .ends(&["changed"]),
        says("an answer that asks it of all", {
            let fields = [
                ("content-type", "text/html"),
                ("x-robots-tag", "noindex, nofollow"),
            ];
            answer(
                "200 OK",
                &fields,
                article("Ferry to rest", "The ferry will not run"),
            )
        })
        .ends(&["changed"])
        .documents(0),
        says(
            "an answer that asks it, of bytes that another site sent as well",
            {
                let fields = [
                    ("content-type", "text/html"),
                    ("x-robots-tag", "noindex, nofollow"),
                ];
                answer("200 OK", &fields, &news)
            },
        )
        .ends(&["changed"])
        .documents(0),
    ];
    play("timeout = \"30s\"\nidle_timeout = \"20s\"", cases);
}

#[test]
fn a_feed_or_sitemap_that_misbehaves_costs_only_itself() {
    let canary = FaultSite::start(|_| send(page("reached")));
    let rss =
        |items: &str| format!("<rss version=\"2.0\"><channel><title>Feed</title>{items}</channel></rss>");
    let item = "<item><title>One</title><link>/one</link></item>";
    let entities: String = (1..12)
        .map(|level| {
            format!(
                "<!ENTITY a{level} \"{}\">",
                format!("&a{};", level - 1).repeat(10)
            )
        })
        .collect();
    let laughs = format!(
        "<!DOCTYPE rss [<!ENTITY a0 \"ha\">{entities}]>{}",
        rss("<item><title>&a11;</title><link>/one</link></item>")
    );
    let outside = format!(
        "<!DOCTYPE rss [<!ENTITY x SYSTEM \"{}\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>{}",
        canary.url("/canary"),
        rss("<item><title>&x;&f;</title><link>/one</link></item>")
    );
    let map = |locations: &str| {
        format!("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{locations}</urlset>")
    };
    let mut coder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    coder
        .write_all(map("<url><loc>/page?packed</loc></url>").as_bytes())
        .expect("in memory");
    let packed = coder.finish().expect("in memory");
    let mut coder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    coder.write_all(&vec![b' '; 20_000_000]).expect("in memory");
    let bomb = coder.finish().expect("in memory");
    let feed = |name: &str, body: &str| one(name, "feed", typed("application/rss+xml", body));
    let sitemap = |name: &str, body: &[u8]| one(name, "sitemap", typed("application/xml", body));
    let cases = vec![
        feed("a feed", &rss(item)).ends(&["changed"]).documents(1),
        feed("a feed cut off", &rss(&item.repeat(3))[..150])
            .ends(&["changed"])
            .documents(1),
        feed(
            "a feed with raw ampersands",
            &rss(&item.replace("One", "R&D & more")),
        )
        .ends(&["changed"])
        .documents(1),
        feed("a feed behind blank lines", &format!("\n\n  {}", rss(item)))
            .ends(&["changed"])
            .documents(1),
        feed("a laughing feed", &laughs).ends(&["changed", "malformed"]),
        feed("a feed that reads files", &outside).ends(&["changed", "malformed"]),
        feed("a page in place of a feed", &article("Welcome", "No feed here"))
            .ends(&["malformed"])
            .documents(0),
        feed("a feed of nothing", &rss(""))
            .ends(&["changed", "malformed"])
            .documents(0),
        feed(
            "boxes in each other",
            &format!("<rss>{}", "<item>".repeat(40_000)),
        )
        .ends(&["changed", "malformed"]),
        sitemap("a packed sitemap", &packed)
            .ends(&["changed"])
            .documents(1),
        sitemap("a sitemap that is a bomb", &bomb)
            .ends(&["malformed", "broken", "too_large"])
            .documents(0),
        sitemap(
            "a sitemap of strangers",
            map("<url><loc>http://stranger.example/a</loc></url>").as_bytes(),
        )
        .ends(&["changed"])
        .at_most(1),
        sitemap(
            "a sitemap of private places",
            map("<url><loc>http://10.0.0.1/a</loc></url><url><loc>file:///etc/passwd</loc></url>").as_bytes(),
        )
        .ends(&["changed"])
        .at_most(1),
        sitemap(
            "an index that names itself",
            b"<sitemapindex><sitemap><loc>/page</loc></sitemap></sitemapindex>",
        )
        .ends(&["changed"])
        .at_most(1),
        one("a feed that is empty", "feed", page("")).ends(&["empty"]),
        one("a feed that is gone", "feed", answer("410 Gone", &[], "")).ends(&["gone"]),
    ];
    play("timeout = \"20s\"", cases);
    assert!(
        canary.log().is_empty(),
        "an entity was fetched: {:?}",
        canary.log()
    );
}

#[test]
fn an_interface_gives_what_it_may_and_the_rest_is_asked_for() {
    let words =
        "“The ferry will run again,” said Ana Lima, the harbor master of the town, on Monday morning.";
    let item = |link: &str, text: &str| serde_json::json!({"link": link, "text": text});
    let answer_of = |items: &[serde_json::Value]| serde_json::json!({"items": items}).to_string();
    let given = |name: &str, body: &str| {
        one(name, "json", typed("application/json", body))
            .keys("items = \"/items\"\nlink = \"/link\"\nbody = \"/text\"")
    };
    let whole = answer_of(&[item("/one", &format!("<p>{words}</p>"))]);
    let nested = format!("<p>{words}</p>{}", "<div>".repeat(20_000));
    // Every case of a group is crawled as often as one of them asks for: here twice.
    let cases = vec![
        given("an interface that gives a text", &whole)
            .ends(&["changed"])
            .again(&["unchanged"])
            .documents(1)
            .found("will run again")
            .at_most(2),
        given("an interface cut off", &whole[..whole.len() - 4])
            .ends(&["malformed"])
            .documents(0)
            .at_most(2),
        given(
            "a text given twice",
            &answer_of(&[item("/one", words), item("/one#b", "Something else.")]),
        )
        .ends(&["changed"])
        .documents(1)
        .found("will run again")
        .at_most(2),
        given(
            "texts of nothing",
            &answer_of(&[
                item("/one", " "),
                serde_json::json!({"link": "/two", "text": [1]}),
            ]),
        )
        .ends(&["changed"])
        .documents(2)
        .at_most(6),
        given(
            "a text of a stranger",
            &answer_of(&[item("http://10.0.0.1/one", words)]),
        )
        .ends(&["changed"])
        .documents(0)
        .at_most(2),
        given(
            "a text of boxes in each other",
            &answer_of(&[item("/one", &nested)]),
        )
        .ends(&["changed"])
        .documents(1)
        .found("will run again")
        .at_most(2),
    ];
    play("", cases);
}

/// A channel that answers so, on a site whose every other address is a page.
fn one(name: &str, kind: &'static str, bytes: Vec<u8>) -> Case {
    super::case(name, move |asked| {
        send(match asked.target.as_str() {
            "/page" => bytes.clone(),
            target => page(article(target, "The ferry will run, said the harbor master")),
        })
    })
    .channel(kind)
}
