//! Pages for the benchmarks, as news sites build them.

use std::fmt::Write as _;

/// Bytes a page is filled up to.
const PAGE_BYTES: usize = 57_000;

/// A page as news sites build them: much around it, a headline, twenty paragraphs with quotes and dates.
pub(crate) fn markup(host: usize, page: usize) -> String {
    const WORDS: [&str; 24] = [
        "harbor", "ferry", "council", "budget", "storm", "landing", "workers", "winter", "school", "bridge",
        "meeting", "street", "water", "report", "plan", "company", "evening", "market", "office", "village",
        "river", "wages", "summer", "company",
    ];
    let word = |seed: usize| WORDS[seed.wrapping_mul(2_654_435_761) / 7 % WORDS.len()];
    let mut html = format!(
        "<!doctype html><html lang=\"en\"><head><title>The {} and the {} {host}-{page}</title>\
         <meta property=\"article:published_time\" content=\"2026-02-0{}T09:00:00-05:00\"></head><body><nav><ul>",
        word(page),
        word(host + page),
        page % 9 + 1
    );
    for link in 0..120 {
        let _ = write!(
            html,
            "<li class=\"menu-item level-{}\"><a href=\"/section/{link}\">{}</a></li>",
            link % 3,
            word(link)
        );
    }
    let _ = write!(
        html,
        "</ul></nav><main><article><h1>The {} and the {} {host}-{page}</h1>",
        word(page),
        word(host + page)
    );
    for paragraph in 0..20 {
        html.push_str("<p>");
        for sentence in 0..4 {
            let seed = host * 7_919 + page * 104_729 + paragraph * 31 + sentence;
            let _ = write!(
                html,
                "The {} of the {} was told about the {} near the {} before the {} began. ",
                word(seed),
                word(seed + 1),
                word(seed + 2),
                word(seed + 3),
                word(seed + 4)
            );
        }
        if paragraph % 4 == 0 {
            let _ = write!(
                html,
                "“We will mend the {} before the {},” said Mayor Ana Lima on Tuesday.",
                word(page + paragraph),
                word(page)
            );
        }
        html.push_str("</p>\n");
    }
    html.push_str("</article></main><footer>");
    while html.len() < PAGE_BYTES {
        let _ = write!(
            html,
            "<div class=\"teaser card\"><a href=\"/news/{}\"><span>{}</span></a></div>",
            html.len(),
            word(html.len())
        );
    }
    html.push_str("</footer></body></html>");
    html
}
