//! What says how a channel is read, under names of its own: digests of it are kept in rows. So it is written down here field by
//! field, and stays the same however the types are called that hold it.

use serde_json::{Value, json};

use crate::model::source::{ChannelKind, JsonRules, ListingPages, ListingRules, MementoRules};

/// What says how a channel of this kind is read.
pub(super) fn facts_of_kind(kind: &ChannelKind) -> Value {
    let rules = match kind {
        ChannelKind::Feed | ChannelKind::Sitemap => Value::Null,
        ChannelKind::Listing(rules) => facts_of_listing(rules),
        ChannelKind::Json(rules) => facts_of_interface(rules),
        ChannelKind::Memento(rules) => facts_of_archive(rules),
    };
    json!([kind.code(), rules])
}

/// The same of a JSON interface. Taken apart, as the others are, so that a field that is added cannot be forgotten.
pub fn facts_of_interface(rules: &JsonRules) -> Value {
    let JsonRules {
        items,
        link,
        title,
        date,
        modified,
        id,
        body,
        author,
        fetch,
        replace,
        window,
        window_format,
        first_page,
        max_pages,
        total_pages,
    } = rules;
    json!({
        "items": items,
        "link": link,
        "title": title,
        "date": date,
        "modified": modified,
        "id": id,
        "body": body,
        "author": author,
        "fetch": fetch,
        "replace": replace,
        "window_s": window.as_secs(),
        "window_format": window_format,
        "first_page": first_page,
        "max_pages": max_pages,
        "total_pages": total_pages,
    })
}

fn facts_of_listing(rules: &ListingRules) -> Value {
    let ListingRules {
        item,
        link,
        title,
        date,
        next,
        max_pages,
        pages,
    } = rules;
    let pages = pages.as_ref().map(|pages| {
        let ListingPages { template, first } = pages;
        json!({"template": template, "first": first})
    });
    json!({
        "item": item,
        "link": link,
        "title": title,
        "date": date,
        "next": next,
        "max_pages": max_pages,
        "pages": pages,
    })
}

fn facts_of_archive(rules: &MementoRules) -> Value {
    let MementoRules {
        replay,
        is_exact,
        limit,
        max_pages,
    } = rules;
    json!({
        "replay": replay.as_str(),
        "is_exact": is_exact,
        "limit": limit,
        "max_pages": max_pages,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever changes these makes every tracker ask for all that its channels announce, once more and whole.
    #[test]
    fn what_is_kept_as_a_digest_stays_the_same() {
        let check = |kind: ChannelKind, facts: &str| assert_eq!(facts_of_kind(&kind).to_string(), facts);
        check(ChannelKind::Feed, r#"["feed",null]"#);
        check(
            ChannelKind::Listing(ListingRules {
                item: Some("li".into()),
                link: None,
                title: None,
                date: None,
                next: None,
                max_pages: 2,
                pages: None,
            }),
            r#"["listing",{"item":"li","link":null,"title":null,"date":null,"next":null,"max_pages":2,"pages":null}]"#,
        );
        let rules = JsonRules {
            items: "/results".into(),
            replace: vec![("a".into(), "b".into())],
            ..JsonRules::default()
        };
        check(
            ChannelKind::Json(Box::new(rules)),
            r#"["json",{"items":"/results","link":"","title":null,"date":null,"modified":null,"id":null,"body":null,"author":null,"fetch":null,"replace":[["a","b"]],"window_s":2592000,"window_format":"%Y-%m-%d","first_page":1,"max_pages":3,"total_pages":null}]"#,
        );
    }
}
