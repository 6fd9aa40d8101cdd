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
        match tag.and_then(|tag| tag.split(['-', '_']).next()) {
            Some(primary) if primary.eq_ignore_ascii_case("es") => Self::Spanish,
            _ => Self::English,
        }
    }
}
