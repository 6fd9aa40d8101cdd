//! What a pattern noted while it was read: a small number in each slot it filled.

use super::vocabulary::Class;

/// A place for one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(super) enum Slot {
    Year,
    Month,
    Day,
    Weekday,
    Unit,
    Count,
    Season,
    Part,
    Ordinal,
    Tens,
    Deictic,
    Toward,
    /// Which way the year lies that a month, quarter or season is of.
    YearToward,
    Share,
    Approx,
    Often,
    Vague,
    Hour,
    Minute,
    Half,
    Zone,
    Feast,
    /// 1 for years before Christ.
    Era,
    /// The sign of a direction, or 0.
    Sign,
    /// Weeks from the one meant: "Tuesday of last week".
    Week,
    /// 1 where the year is a fiscal one.
    Fiscal,
    /// The second of two, for the slot of the same name.
    Year2,
    Month2,
    Day2,
    Weekday2,
    Count2,
    Season2,
    Ordinal2,
    Hour2,
    Minute2,
    Unit2,
    /// The token after the first of two expressions, and the one the second begins with.
    FirstEnd,
    SecondStart,
    /// Of no interest.
    Nothing,
}

impl Slot {
    const NAMES: &'static [(&'static str, Slot)] = &[
        ("year", Slot::Year),
        ("month", Slot::Month),
        ("day", Slot::Day),
        ("weekday", Slot::Weekday),
        ("unit", Slot::Unit),
        ("count", Slot::Count),
        ("season", Slot::Season),
        ("part", Slot::Part),
        ("ordinal", Slot::Ordinal),
        ("tens", Slot::Tens),
        ("deictic", Slot::Deictic),
        ("toward", Slot::Toward),
        ("year_toward", Slot::YearToward),
        ("share", Slot::Share),
        ("approx", Slot::Approx),
        ("often", Slot::Often),
        ("vague", Slot::Vague),
        ("hour", Slot::Hour),
        ("minute", Slot::Minute),
        ("half", Slot::Half),
        ("zone", Slot::Zone),
        ("feast", Slot::Feast),
        ("era", Slot::Era),
        ("sign", Slot::Sign),
        ("week", Slot::Week),
        ("fiscal", Slot::Fiscal),
        ("year2", Slot::Year2),
        ("month2", Slot::Month2),
        ("day2", Slot::Day2),
        ("weekday2", Slot::Weekday2),
        ("count2", Slot::Count2),
        ("season2", Slot::Season2),
        ("ordinal2", Slot::Ordinal2),
        ("hour2", Slot::Hour2),
        ("minute2", Slot::Minute2),
        ("unit2", Slot::Unit2),
        ("nothing", Slot::Nothing),
    ];

    /// Where a second value goes, and what it is the second of.
    const SECONDS: [(Slot, Slot); 9] = [
        (Slot::Year2, Slot::Year),
        (Slot::Month2, Slot::Month),
        (Slot::Day2, Slot::Day),
        (Slot::Weekday2, Slot::Weekday),
        (Slot::Count2, Slot::Count),
        (Slot::Season2, Slot::Season),
        (Slot::Ordinal2, Slot::Ordinal),
        (Slot::Hour2, Slot::Hour),
        (Slot::Minute2, Slot::Minute),
    ];

    /// The slot of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, slot)| *slot)
    }

    /// The slot a class fills unless a pattern says otherwise.
    pub(super) fn of(class: Class) -> Self {
        match class {
            Class::Month => Slot::Month,
            Class::Weekday | Class::Weekdays => Slot::Weekday,
            Class::Unit | Class::Units => Slot::Unit,
            Class::Season => Slot::Season,
            Class::Part | Class::Parts => Slot::Part,
            Class::Ordinal => Slot::Ordinal,
            Class::Tens => Slot::Tens,
            Class::Deictic => Slot::Deictic,
            Class::Toward => Slot::Toward,
            Class::Share | Class::ShareNoun => Slot::Share,
            Class::Approx => Slot::Approx,
            Class::Often => Slot::Often,
            Class::Vague => Slot::Vague,
            Class::Half => Slot::Half,
            Class::Zone => Slot::Zone,
            _ => Slot::Nothing,
        }
    }
}

/// The numbers noted, the last one of a slot counting.
#[derive(Clone, Copy, Debug)]
pub(super) struct Captures {
    slots: [Slot; ROOM],
    values: [i32; ROOM],
    length: u8,
    /// The count that was read last: at which token, and what it is with the token after it. Many patterns ask at the same
    /// place.
    count: Option<(usize, Option<(i32, usize)>)>,
}

/// More than any pattern notes on one way through it.
const ROOM: usize = 24;

impl Captures {
    /// Nothing noted.
    pub(super) const EMPTY: Captures = Captures {
        slots: [Slot::Nothing; ROOM],
        values: [0; ROOM],
        length: 0,
        count: None,
    };

    /// Forgets what was noted, for the next pattern in the same paragraph.
    pub(super) fn forget(&mut self) {
        self.length = 0;
    }

    /// The count at a token, read once where several patterns ask in turn.
    pub(super) fn count_at(
        &mut self,
        token: usize,
        read: impl FnOnce() -> Option<(i32, usize)>,
    ) -> Option<(i32, usize)> {
        if let Some((_, count)) = self.count.filter(|(at, _)| *at == token) {
            return count;
        }
        let count = read();
        self.count = Some((token, count));
        count
    }

    /// Notes a number.
    pub(super) fn set(&mut self, slot: Slot, value: i32) {
        let next = usize::from(self.length);
        if slot != Slot::Nothing && next < ROOM {
            self.slots[next] = slot;
            self.values[next] = value;
            self.length += 1;
        }
    }

    /// How much is noted, to forget what comes after.
    pub(super) fn mark(&self) -> u8 {
        self.length
    }

    /// Forgets what was noted after `mark`.
    pub(super) fn back_to(&mut self, mark: u8) {
        self.length = mark.min(self.length);
    }

    /// The number in a slot.
    pub(super) fn get(&self, slot: Slot) -> Option<i32> {
        let noted = &self.slots[..usize::from(self.length)];
        noted
            .iter()
            .rposition(|own| *own == slot)
            .map(|at| self.values[at])
    }

    /// The number in a slot where it is small.
    pub(super) fn small(&self, slot: Slot) -> Option<i8> {
        self.get(slot).and_then(|value| i8::try_from(value).ok())
    }

    /// The tokens after the first of two expressions and at the second, where there are two.
    pub(super) fn parted(&self) -> Option<(usize, usize)> {
        let token = |slot| self.get(slot).and_then(|token| usize::try_from(token).ok());
        token(Slot::FirstEnd).zip(token(Slot::SecondStart))
    }

    /// Whether the first of two expressions has a year of its own.
    pub(super) fn first_has_year(&self) -> bool {
        let noted = &self.slots[..usize::from(self.length)];
        let own = noted.iter().take_while(|slot| **slot != Slot::FirstEnd);
        own.into_iter().any(|slot| *slot == Slot::Year)
    }

    /// What was noted of the first of two expressions: its own numbers, and the second's for the rest.
    pub(super) fn first(mut self) -> Self {
        let own = self
            .slots
            .iter()
            .position(|slot| *slot == Slot::FirstEnd)
            .unwrap_or(0);
        for at in 0..own {
            self.set(self.slots[at], self.values[at]);
        }
        self
    }

    /// What was noted of the second of two expressions: its own numbers, and the first's for the rest.
    pub(super) fn second(mut self) -> Self {
        for (second, first) in Slot::SECONDS {
            if let Some(value) = self.get(second) {
                self.set(first, value);
            }
        }
        self
    }
}
