//! The languages that texts are read in.

/// A language whose words are known: those of quotes and of time expressions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tongue {
    /// English, which also stands in where nothing is known of a text's language.
    #[default]
    English,
    /// Spanish.
    Spanish,
}

impl Tongue {
    /// The language of a BCP 47 tag.
    pub fn of_tag(tag: Option<&str>) -> Self {
        match tag.map(primary) {
            Some(primary) if primary.eq_ignore_ascii_case("es") => Self::Spanish,
            _ => Self::English,
        }
    }

    /// Whether a BCP 47 tag is of a language whose words are known.
    pub fn knows(tag: &str) -> bool {
        ["en", "es"]
            .iter()
            .any(|known| primary(tag).eq_ignore_ascii_case(known))
    }
}

fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_of_a_known_language_whatever_its_region() {
        assert!(Tongue::knows("en-US") && Tongue::knows("ES_mx"));
        assert!(!Tongue::knows("ar") && !Tongue::knows("est"));
    }
}
