//! Days as pages show them: words for people, and beside them the same for programs.

use std::fmt;

use askama::filters::{Html, HtmlSafe, escape};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::date::When;
use crate::model::moment::Moment;
use crate::text::days;

/// A day, a moment or a stretch of time; it writes its own element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Day {
    words: String,
    /// What HTML takes for `datetime`.
    machine: Option<String>,
    /// EDTF of what HTML has no form for.
    edtf: Option<String>,
}

impl Day {
    /// The days of a value.
    pub(super) fn of(when: &When) -> Self {
        let machine = is_machine_readable(&when.edtf).then(|| when.edtf.clone());
        Self {
            words: days::in_words(when),
            edtf: machine.is_none().then(|| when.edtf.clone()),
            machine,
        }
    }

    /// A day.
    pub(super) fn date(date: Date) -> Self {
        Self::of(&When::day(date))
    }

    /// What a time expression of a text means: with its time of day, where it has one; in words alone, where it is no day.
    pub(super) fn meant(value: &str, when: Option<&When>) -> Self {
        let moment = Moment::parse(value).filter(|moment| moment.time.is_some());
        match (moment, when) {
            (Some(moment), Some(_)) => Self::moment(moment),
            (None, Some(when)) => Self::of(when),
            (_, None) => Self::words(days::timex(value)),
        }
    }

    /// A moment as it was printed.
    pub(super) fn moment(moment: Moment) -> Self {
        Self {
            words: days::moment(moment),
            machine: (moment.date.year() >= 1).then(|| moment.to_string()),
            edtf: None,
        }
    }

    /// An instant.
    pub(super) fn instant(at: Timestamp) -> Self {
        Self {
            words: days::instant(at),
            machine: Some(at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
            edtf: None,
        }
    }

    /// Words of ours where there is no day.
    pub(super) fn none(words: &'static str) -> Self {
        Self::words(words.into())
    }

    /// Words of ours about a time that is no day.
    pub(super) fn words(words: String) -> Self {
        Self {
            words,
            machine: None,
            edtf: None,
        }
    }

    /// The day, where there is one, or that there is none.
    pub(super) fn published(date: Option<Date>) -> Self {
        date.map_or(Self::none("undated"), Self::date)
    }

    /// The words alone.
    pub(super) fn text(&self) -> &str {
        &self.words
    }
}

/// Whether HTML takes an EDTF value for a day, month or year: it has four digits and no sign there.
fn is_machine_readable(edtf: &str) -> bool {
    let parts: Vec<&str> = edtf.split('-').collect();
    let is_number = |(part, digits): (&&str, usize)| {
        part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_month = parts.get(1).is_none_or(|month| *month <= "12");
    parts.len() <= 3 && is_month && parts[0] != "0000" && parts.iter().zip([4, 2, 2]).all(is_number)
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let safe = |text| escape(text, Html).map_err(|_| fmt::Error);
        let words = safe(self.words.as_str())?;
        match (&self.machine, &self.edtf) {
            (Some(machine), _) => write!(f, "<time datetime=\"{}\">{words}</time>", safe(machine)?),
            (None, Some(edtf)) => write!(f, "<span title=\"EDTF {}\">{words}</span>", safe(edtf)?),
            (None, None) => write!(f, "{words}"),
        }
    }
}

// What it writes is escaped already.
impl HtmlSafe for Day {}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(edtf: &str, expected: &str) {
        let day = jiff::civil::date(2026, 2, 6);
        let when = When {
            edtf: edtf.into(),
            earliest: day,
            latest: day,
        };
        assert_eq!(Day::of(&when).to_string(), expected);
    }

    #[test]
    fn what_html_has_a_form_for_is_machine_readable() {
        check(
            "2026-02-06",
            "<time datetime=\"2026-02-06\">6 February 2026</time>",
        );
        check("2026-02", "<time datetime=\"2026-02\">February 2026</time>");
        check("2026", "<time datetime=\"2026\">2026</time>");
        check("2026-21", "<span title=\"EDTF 2026-21\">spring 2026</span>");
        check("2019~", "<span title=\"EDTF 2019~\">about 2019</span>");
        check("-0043", "<span title=\"EDTF -0043\">44 BC</span>");
    }

    #[test]
    fn no_word_of_it_is_markup() {
        let told = Day::words("<b>".into()).to_string();
        assert_eq!(told, "&#60;b&#62;");
    }
}
