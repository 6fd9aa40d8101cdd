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

/// What stands first where a day is printed in digits: "03/12/2026".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DayOrder {
    /// As the language has it; English as in the United States.
    #[default]
    OfLanguage,
    /// The day.
    DayFirst,
}

impl DayOrder {
    /// The order that readers of a BCP 47 tag expect: English puts the day first everywhere but in the United States and where
    /// their usage is followed.
    pub fn of_tag(tag: Option<&str>) -> Self {
        let mut parts = tag.unwrap_or_default().split(['-', '_']).skip(1);
        let region = parts.find(|part| part.len() == 2).map(str::to_ascii_uppercase);
        match region.as_deref() {
            None | Some("US" | "PH" | "PR" | "GU" | "VI" | "AS" | "CA") => Self::OfLanguage,
            Some(_) => Self::DayFirst,
        }
    }
}

fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_region_says_what_stands_first() {
        for (tag, order) in [
            ("en-GB", DayOrder::DayFirst),
            ("en_au", DayOrder::DayFirst),
            ("en-Latn-IE", DayOrder::DayFirst),
            ("en-US", DayOrder::OfLanguage),
            ("en", DayOrder::OfLanguage),
        ] {
            assert_eq!(DayOrder::of_tag(Some(tag)), order, "{tag}");
        }
        assert_eq!(DayOrder::of_tag(None), DayOrder::OfLanguage);
    }

    #[test]
    fn a_tag_is_of_a_known_language_whatever_its_region() {
        assert!(Tongue::knows("en-US") && Tongue::knows("ES_mx"));
        assert!(!Tongue::knows("ar") && !Tongue::knows("est"));
    }
}
