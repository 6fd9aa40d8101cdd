//! Which answers in an archive are a channel's, where no row tells of them any more: those of its own address however that is
//! written, of where that leads, and of the further pages of a listing, which the answer before names or its source's file does.

use std::collections::HashMap;

use url::Url;

use super::{PipelineError, Tracker};
use crate::archive;
use crate::discover::{canonical, listing};
use crate::fetch::coding;
use crate::model::capture::Capture;
use crate::model::source::{Channel, ChannelKind, ListingRules, Source, source_of};
use crate::text::charset;

/// What is known of it while the answers are gone through in their order.
pub(super) struct ChannelAnswers<'a> {
    tracker: &'a Tracker,
    /// Addresses that answer for a channel besides its own.
    further: HashMap<Url, &'a Channel>,
}

impl<'a> ChannelAnswers<'a> {
    pub(super) fn of(tracker: &'a Tracker) -> Self {
        Self {
            tracker,
            further: HashMap::new(),
        }
    }

    /// Whether an answer is a channel's; then what it leads to is as well.
    pub(super) async fn take(
        &mut self,
        (capture, url): (&Capture, &Url),
        leads_to: Option<&Url>,
    ) -> Result<bool, PipelineError> {
        let known = self.further.get(url).copied();
        let Some(channel) = known.or_else(|| self.named_so(url)) else {
            return Ok(false);
        };
        if let Some(to) = leads_to {
            self.further.insert(to.clone(), channel);
        } else if let ChannelKind::Listing(rules) = &channel.kind {
            let next = match &rules.pages {
                // All of them at the first, since not every one need have answered.
                Some(pages) => (1..rules.max_pages)
                    .filter_map(|ahead| listing::page_address(pages, ahead))
                    .collect(),
                None => self.next_page(capture, url, rules).await?,
            };
            self.further.extend(next.into_iter().map(|next| (next, channel)));
        }
        Ok(true)
    }

    /// The channel of an address.
    fn named_so(&self, url: &Url) -> Option<&'a Channel> {
        let source = source_of(self.tracker.sources.values(), url)?;
        let mut channels = source.channels.iter();
        channels.find(|channel| is_same_place(&channel.url, url, source))
    }

    /// The page after an archived one of a listing, where that names one. One that cannot be read names none.
    async fn next_page(
        &self,
        capture: &Capture,
        url: &Url,
        rules: &ListingRules,
    ) -> Result<Vec<Url>, PipelineError> {
        let (folder, capture) = (self.tracker.workspace.archive(), capture.clone());
        let (url, rules) = (url.clone(), rules.clone());
        let most = self.tracker.settings.crawl.max_decoded_bytes;
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let read = tokio::task::spawn_blocking(move || {
            let record = archive::read(&folder, &capture.location).ok()?;
            let encoding = capture.content_encoding.as_deref();
            let payload = coding::decode(&record.payload, encoding, most).ok()?;
            let html = charset::decode(&payload, capture.content_type.as_deref()).text;
            listing::read(&html, &url, &rules).ok()?.next
        });
        // What makes a reader panic names nothing either.
        Ok(read.await.ok().flatten().into_iter().collect())
    }
}

/// Whether two addresses of a source are one place, as people write them: with or without `www.`, TLS and a last slash.
pub(super) fn is_same_place(one: &Url, other: &Url, source: &Source) -> bool {
    let place = |url: &Url| {
        let url = canonical::within(url, source).url;
        let host = url.host_str().unwrap_or_default();
        let host = host.strip_prefix("www.").unwrap_or(host).to_owned();
        let path = url.path().trim_end_matches('/').to_owned();
        // A port that a scheme has by itself says nothing; any other is another program's.
        (host, url.port(), path, url.query().map(str::to_owned))
    };
    place(one) == place(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::cadence::Cadence;
    use crate::model::id::SourceId;
    use crate::model::source::{SiteRules, SourceKind};

    #[test]
    fn an_address_is_one_place_however_people_write_it() {
        let url = |text: &str| Url::parse(text).expect("an address");
        let source = Source {
            id: SourceId::new("pier"),
            name: "Pier".into(),
            kind: SourceKind::News,
            home: url("https://pier.example/"),
            office: None,
            language: None,
            time_zone: jiff::tz::TimeZone::UTC,
            aliases: vec!["pier-mirror.example".into()],
            ports: Vec::new(),
            allow_private: false,
            enabled: true,
            cadence: Cadence::Every(jiff::SignedDuration::from_hours(1)),
            channels: Vec::new(),
            rules: SiteRules::default(),
        };
        let list = url("https://pier.example/news");
        for (other, is_same) in [
            ("https://pier.example/news/", true),
            ("http://www.pier.example/news", true),
            ("https://pier.example/news?utm_source=letter", true),
            ("https://pier-mirror.example/news", true),
            ("https://pier.example/news?page=2", false),
            ("https://pier.example/news/the-pier-stays", false),
            ("https://pier.example/News", false),
            ("https://pier.example:8443/news", false),
            ("https://harbor.example/news", false),
        ] {
            assert_eq!(is_same_place(&list, &url(other), &source), is_same, "{other}");
        }
    }
}
