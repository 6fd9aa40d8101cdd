//! One entry of a feed, whichever kind of feed it is.

use url::Url;

use crate::model::moment::Moment;
use crate::model::source::Announcement;

/// What a feed is called in messages.
pub(super) const WANTED: &str = "feed";

/// One entry of a feed; it is an announcement as soon as it has an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The address of what it announces, absolute.
    pub url: Option<Url>,
    /// Its title, without markup.
    pub title: Option<String>,
    /// When it says it was published.
    pub published: Option<Moment>,
    /// When it says it was last changed.
    pub modified: Option<Moment>,
    /// The feed's own name for it.
    pub guid: Option<String>,
}

impl Entry {
    /// The announcement it makes, if it says of what.
    pub fn announcement(self) -> Option<Announcement> {
        let Entry {
            url,
            title,
            published,
            modified,
            guid,
        } = self;
        Some(Announcement {
            url: url?,
            title,
            published,
            modified,
            guid,
        })
    }
}
