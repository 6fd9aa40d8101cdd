//! A stretch of days and how it is drawn: zooming, moving, and the ticks that divide it.

use jiff::civil::{Date, date};
use jiff::{ToSpan, Unit};

/// Days, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

/// A line across the drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// The day that begins there.
    pub day: Date,
    /// What is written beside it.
    pub label: String,
    /// Whether a month begins among days, or a year among months.
    pub is_major: bool,
}

impl Window {
    /// From one day to another, whichever comes first.
    pub fn of(one: Date, other: Date) -> Self {
        Self {
            first: one.min(other),
            last: one.max(other),
        }
    }

    /// How many days.
    pub fn days(&self) -> i64 {
        days(self.first, self.last) + 1
    }

    /// Where a day begins, from 0 to 1; less or more where it lies outside.
    pub fn share(&self, day: Date) -> f64 {
        days(self.first, day) as f64 / self.days() as f64
    }

    /// Half of it, at least a day, around the middle one of the days on which something is, or around its own middle where
    /// there are none.
    pub fn zoomed_in(&self, days: &[Date]) -> Self {
        let quarter = self.days() / 4;
        let middle = Self::of(moved(self.first, quarter), moved(self.last, -quarter));
        let mut inside: Vec<Date> = days.iter().copied().filter(|day| self.has(*day)).collect();
        inside.sort_unstable();
        let Some(median) = inside.get(inside.len() / 2) else {
            return middle;
        };
        let length = middle.days();
        let latest = moved(self.last, 1 - length);
        let first = moved(*median, -(length / 2)).clamp(self.first, latest.max(self.first));
        Self::of(first, moved(first, length - 1))
    }

    /// Whether a day is one of these.
    pub fn has(&self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// Twice as much around the same middle, and at least a week.
    pub fn zoomed_out(&self) -> Self {
        let more = (self.days() / 2).max(3);
        Self::of(moved(self.first, -more), moved(self.last, more))
    }

    /// Half a window earlier.
    pub fn earlier(&self) -> Self {
        let half = (self.days() / 2).max(1);
        Self::of(moved(self.first, -half), moved(self.last, -half))
    }

    /// Half a window later.
    pub fn later(&self) -> Self {
        let half = (self.days() / 2).max(1);
        Self::of(moved(self.first, half), moved(self.last, half))
    }

    /// The window cut into parts of so many days; the last may be shorter.
    pub fn parts(&self, step: i64) -> Vec<Self> {
        let step = step.max(1);
        let begins = std::iter::successors(Some(self.first), |day| {
            Some(moved(*day, step)).filter(|next| next > day && *next <= self.last)
        });
        begins
            .map(|first| Self::of(first, moved(first, step - 1).min(self.last)))
            .collect()
    }

    /// Ticks at days, months, years or powers of ten of them: no more than some fifteen.
    pub fn ticks(&self) -> Vec<Tick> {
        let mut ticks = self.divided();
        // The first one says which year it is.
        let is_close = ticks.len() > CLOSE;
        let tells_year = |tick: &Tick| tick.label.ends_with(&tick.day.year().to_string());
        match ticks.as_mut_slice() {
            [first, ..] if tells_year(first) => {}
            // Close by stands a year, and the one before is known by it.
            [_, second, ..] if is_close && tells_year(second) => {}
            [first, rest @ ..] => {
                first.label = format!("{} {}", first.label, first.day.year());
                // The year takes the room of the next label where they stand close.
                if let Some(second) = rest.first_mut().filter(|_| is_close) {
                    second.label.clear();
                }
            }
            [] => {}
        }
        ticks
    }

    fn divided(&self) -> Vec<Tick> {
        match self.days() {
            ..=16 => self.each_day(1),
            17..=62 => self.each_day(7),
            63..=460 => self.each_month(1),
            461..=1400 => self.each_month(3),
            all => {
                let years = all / 366 + 1;
                let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
                    .into_iter()
                    .find(|step| years / step <= 15);
                self.each_year(step.unwrap_or(1000))
            }
        }
    }

    fn each_day(&self, step: i64) -> Vec<Tick> {
        // Weeks begin on Mondays.
        let offset = match step {
            1 => 0,
            _ => i64::from((8 - self.first.weekday().to_monday_one_offset()) % 7),
        };
        let first = moved(self.first, offset);
        let days = std::iter::successors(Some(first), |day| {
            Some(moved(*day, step)).filter(|next| next > day)
        });
        days.take_while(|day| *day <= self.last)
            .map(|day| Tick {
                day,
                label: day.strftime("%-d %b").to_string(),
                is_major: day.day() == 1,
            })
            .collect()
    }

    fn each_month(&self, step: i8) -> Vec<Tick> {
        let begin = self.first.first_of_month();
        let months = std::iter::successors(Some(begin), |day| day.checked_add(1.month()).ok());
        months
            .take_while(|day| *day <= self.last)
            .filter(|day| *day >= self.first && (day.month() - 1) % step == 0)
            .map(|day| Tick {
                day,
                label: match day.month() {
                    1 => day.strftime("%b %Y").to_string(),
                    _ => day.strftime("%b").to_string(),
                },
                is_major: day.month() == 1,
            })
            .collect()
    }

    fn each_year(&self, step: i64) -> Vec<Tick> {
        let (first, last) = (i64::from(self.first.year()), i64::from(self.last.year()));
        let years = (first..=last).filter(|year| year % step == 0);
        years
            .filter_map(|year| i16::try_from(year).ok())
            .map(|year| date(year, 1, 1))
            .filter(|day| *day >= self.first)
            .map(|day| Tick {
                day,
                label: day.year().to_string(),
                is_major: i64::from(day.year()) % (step * 10) == 0,
            })
            .collect()
    }
}

fn days(from: Date, to: Date) -> i64 {
    from.until((Unit::Day, to))
        .map_or(0, |span| i64::from(span.get_days()))
}

/// Ticks up to which the first label may be longer than the others.
const CLOSE: usize = 7;

/// A day so many later, within the calendar.
fn moved(day: Date, by: i64) -> Date {
    let end = if by < 0 { Date::MIN } else { Date::MAX };
    day.checked_add(by.days()).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(first: &str, last: &str) -> Window {
        Window::of(first.parse().expect("a day"), last.parse().expect("a day"))
    }

    fn labels(first: &str, last: &str) -> Vec<String> {
        let ticks = window(first, last).ticks();
        ticks.into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn ticks_are_days_weeks_months_or_years() {
        assert_eq!(
            labels("2026-01-30", "2026-02-01"),
            ["30 Jan 2026", "31 Jan", "1 Feb"]
        );
        assert_eq!(
            labels("2026-02-01", "2026-02-28"),
            ["2 Feb 2026", "9 Feb", "16 Feb", "23 Feb"]
        );
        assert_eq!(
            labels("2025-11-15", "2026-02-10"),
            ["Dec 2025", "Jan 2026", "Feb"]
        );
        let close = labels("2026-11-16", "2026-11-27");
        assert_eq!(close[..3], ["16 Nov 2026", "", "18 Nov"]);
        assert_eq!(
            labels("2025-11-15", "2026-08-10")[..3],
            ["Dec", "Jan 2026", "Feb"]
        );
        assert_eq!(labels("1787-01-01", "2026-12-31").len(), 12);
        assert!(window("0001-01-01", "9999-12-31").ticks().len() <= 15);
        assert!(Window::of(Date::MIN, Date::MAX).zoomed_out().ticks().len() <= 25);
    }

    #[test]
    fn zooming_in_goes_to_where_something_is() {
        let month = window("2026-02-01", "2026-02-28");
        let days = |days: &[i8]| -> Vec<Date> { days.iter().map(|day| date(2026, 2, *day)).collect() };
        let zoomed = |at: &[i8]| month.zoomed_in(&days(at));
        assert_eq!(zoomed(&[3, 3, 4, 27]), window("2026-02-01", "2026-02-14"));
        assert_eq!(zoomed(&[27, 28, 28]), window("2026-02-15", "2026-02-28"));
        assert_eq!(zoomed(&[10, 1, 12]), window("2026-02-03", "2026-02-16"));
        // What lies outside counts for nothing.
        let outside = [date(2027, 1, 1), date(2027, 1, 2)];
        assert_eq!(month.zoomed_in(&outside), month.zoomed_in(&[]));
    }

    #[test]
    fn zooming_in_and_out_keeps_the_middle() {
        let month = window("2026-02-01", "2026-02-28");
        assert_eq!(month.zoomed_in(&[]), window("2026-02-08", "2026-02-21"));
        assert_eq!(month.zoomed_out(), window("2026-01-18", "2026-03-14"));
        assert_eq!(month.later(), window("2026-02-15", "2026-03-14"));
        let day = window("2026-02-01", "2026-02-01");
        assert_eq!((day.zoomed_in(&[day.first]), day.days()), (day, 1));
        assert_eq!(day.earlier(), window("2026-01-31", "2026-01-31"));
    }

    #[test]
    fn parts_cover_the_window() {
        let parts = window("2026-02-01", "2026-02-10").parts(4);
        let expected = [
            window("2026-02-01", "2026-02-04"),
            window("2026-02-05", "2026-02-08"),
            window("2026-02-09", "2026-02-10"),
        ];
        assert_eq!(parts, expected);
    }

    #[test]
    fn a_day_lies_where_it_begins() {
        let window = window("2026-02-01", "2026-02-10");
        let share = |day: i8| window.share(date(2026, 2, day));
        assert_eq!((share(1), share(6)), (0.0, 0.5));
        assert_eq!(window.share(date(2026, 2, 11)), 1.0);
    }
}
