//! What an element is to the bounds, by its name: looked up once a tag, because there are thousands on a page and a dozen
//! lists that it may be in.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

use super::{
    DROPPED, END_PARAGRAPH, FORMATTING, IMPLIED_ENDS, KEEP_PARAGRAPH, MAY_STAY_OPEN, OF_TABLES, VOID,
};

/// Letters of the longest name in the lists.
const LONGEST: usize = 10;

/// Rules of elements that end others without saying so: that of paragraphs, and [`IMPLIED_ENDS`].
pub(super) const RULES: usize = IMPLIED_ENDS.len() + 1;

/// The lists that a name is in, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sorts(u32);

impl Sorts {
    pub(super) const VOID: Self = Self(1);
    pub(super) const FORMATTING: Self = Self(1 << 1);
    pub(super) const DROPPED: Self = Self(1 << 2);
    pub(super) const MAY_STAY_OPEN: Self = Self(1 << 3);
    pub(super) const SCRIPT: Self = Self(1 << 4);
    pub(super) const TITLE: Self = Self(1 << 5);
    pub(super) const SVG: Self = Self(1 << 6);

    /// What an element of a name is, in whatever case that is written.
    pub(super) fn of(name: &str) -> Self {
        match name.len() <= LONGEST {
            true => KNOWN.get(&number(name)).copied().unwrap_or_default(),
            false => Self::default(),
        }
    }

    /// What begins and so ends others by a rule, what is ended by it, and what keeps it from looking further out.
    pub(super) fn begins(rule: usize) -> Self {
        Self(1 << (7 + 3 * rule))
    }

    pub(super) fn is_ended(rule: usize) -> Self {
        Self(1 << (8 + 3 * rule))
    }

    pub(super) fn keeps(rule: usize) -> Self {
        Self(1 << (9 + 3 * rule))
    }

    pub(super) fn has(self, sort: Self) -> bool {
        self.0 & sort.0 != 0
    }
}

const _: () = assert!(7 + 3 * RULES <= u32::BITS as usize);

/// Whether a rule is about elements that mean nothing outside a table.
pub(super) fn is_of_tables(rule: usize) -> bool {
    let ended = rule.checked_sub(1).map(|at| IMPLIED_ENDS[at].1[0]);
    ended.is_some_and(|ended| OF_TABLES.contains(&ended))
}

/// A name of at most [`LONGEST`] letters as a number, in whatever case it is written: its length and its letters.
fn number(name: &str) -> u128 {
    let letters = name.bytes().map(|letter| u128::from(letter.to_ascii_lowercase()));
    letters.fold(name.len() as u128, |number, letter| number << 8 | letter)
}

const _: () = assert!(8 * (LONGEST + 1) <= u128::BITS as usize);

static KNOWN: LazyLock<HashMap<u128, Sorts>> = LazyLock::new(|| {
    let mut known: HashMap<u128, Sorts> = HashMap::new();
    let mut add = |names: &[&'static str], sort: Sorts| {
        for name in names {
            debug_assert!(name.len() <= LONGEST, "{name}");
            known.entry(number(name)).or_default().0 |= sort.0;
        }
    };
    add(&VOID, Sorts::VOID);
    add(&FORMATTING, Sorts::FORMATTING);
    add(&DROPPED, Sorts::DROPPED);
    add(&MAY_STAY_OPEN, Sorts::MAY_STAY_OPEN);
    add(&["script"], Sorts::SCRIPT);
    add(&["title"], Sorts::TITLE);
    add(&["svg"], Sorts::SVG);
    add(&END_PARAGRAPH, Sorts::begins(0));
    add(&["p"], Sorts::is_ended(0));
    add(&KEEP_PARAGRAPH, Sorts::keeps(0));
    for (at, (begins, ended, kept_by)) in IMPLIED_ENDS.iter().enumerate() {
        add(begins, Sorts::begins(at + 1));
        add(ended, Sorts::is_ended(at + 1));
        add(kept_by, Sorts::keeps(at + 1));
    }
    known
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_in_all_its_lists_however_it_is_written() {
        let item = Sorts::of("LI");
        assert!(item.has(Sorts::MAY_STAY_OPEN) && item.has(Sorts::begins(1)) && item.has(Sorts::is_ended(1)));
        assert!(!item.has(Sorts::begins(0)) && !item.has(Sorts::VOID));
        assert!(Sorts::of("blockquote").has(Sorts::begins(0)), "the longest");
        assert!(Sorts::of("p").has(Sorts::is_ended(0)) && Sorts::of("td").has(Sorts::keeps(0)));
        for unknown in ["", "span", "article-teaser", "ſtyle", "blockquotes"] {
            assert_eq!(Sorts::of(unknown), Sorts::default(), "{unknown}");
        }
        assert!(is_of_tables(3) && !is_of_tables(0) && !is_of_tables(1));
    }
}
