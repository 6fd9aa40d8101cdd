//! Names of things. What was observed gets a fresh id (UUIDv7); what was derived gets a derived id,
//! so that processing twice renames nothing.

use std::fmt;

use sha2::{Digest, Sha256};

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Takes an id as it was given by a file, a row or an address.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

text_id!(
    /// A source: the stem of its file in `config/sources`.
    SourceId
);
text_id!(
    /// A capture: the UUID of its WARC record (`WARC-Record-ID` is `<urn:uuid:…>` of it).
    CaptureId
);
text_id!(
    /// A document: derived from its address.
    DocumentId
);
text_id!(
    /// A revision: derived from its document and the capture that first showed it.
    RevisionId
);
text_id!(
    /// A quote: derived from its revision, its words and which occurrence of them it is.
    QuoteId
);
text_id!(
    /// A speaker: the key of an entry in `config/speakers.toml`, or a slug of a name met in a text.
    SpeakerId
);

impl DocumentId {
    /// The id of the document at a canonical address.
    pub fn derive(url: &str) -> Self {
        Self(derived("d", &[url]))
    }
}

impl RevisionId {
    /// The id of the revision that `capture` showed of `document`.
    pub fn derive(document: &DocumentId, capture: &CaptureId) -> Self {
        Self(derived("r", &[document.as_str(), capture.as_str()]))
    }
}

impl QuoteId {
    /// The id of the `occurrence`-th quote (from 0) with exactly these words in a revision.
    pub fn derive(revision: &RevisionId, words: &str, occurrence: usize) -> Self {
        Self(derived("q", &[revision.as_str(), words, &occurrence.to_string()]))
    }
}

impl SpeakerId {
    /// The id of a speaker known only by a printed name: its letters and digits, lower case, the
    /// rest folded to single hyphens.
    pub fn from_name(name: &str) -> Self {
        let mut slug = String::with_capacity(name.len());
        for character in name.chars() {
            if character.is_alphanumeric() {
                slug.extend(character.to_lowercase());
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        Self(slug.trim_end_matches('-').to_string())
    }

    /// The id of several who speak together, in whatever order they are named.
    pub fn joint(members: impl IntoIterator<Item = Self>) -> Self {
        let mut members: Vec<String> = members.into_iter().map(|member| member.0).collect();
        members.sort();
        members.dedup();
        Self(members.join("+"))
    }

    /// The ids of those who speak together; nothing for one alone.
    pub fn members(&self) -> Vec<Self> {
        let is_joint = self.0.contains('+');
        let members = self.0.split('+').filter(|_| is_joint);
        members.map(|member| Self(member.to_owned())).collect()
    }
}

/// A letter for the kind of thing, then 80 bits of the SHA-256 of the parts in lower-case base 32.
///
/// 80 bits keep two of ten million things apart with a chance of error under one in ten thousand
/// million, and give a name short enough to read aloud.
fn derived(kind: &str, parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    let hash = data_encoding::BASE32_NOPAD.encode(&digest.finalize()[..10]);
    format!("{kind}{}", hash.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_ids_depend_on_every_part_and_their_borders() {
        assert_ne!(derived("q", &["ab", "c"]), derived("q", &["a", "bc"]));
        assert_eq!(derived("q", &["ab", "c"]), derived("q", &["ab", "c"]));
        assert_eq!(derived("q", &[]).len(), 17);
    }

    #[test]
    fn a_slug_keeps_letters_of_any_script() {
        assert_eq!(
            SpeakerId::from_name(" José  Núñez, Jr. ").as_str(),
            "josé-núñez-jr"
        );
    }
}
