//! The lines of an input, read by a thread of its own while those before them are worked on.

use std::io::{BufRead, Read};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes that are read ahead; enough to keep the cores busy, little enough to stream.
const AHEAD_BYTES: usize = 4 << 20;
/// Lines that are handed on at once, so that answers come while a long input is worked on.
const AT_ONCE: usize = 256;

/// A line that is not blank.
pub(super) struct Line {
    /// Its number in the input, from one.
    pub(super) number: usize,
    /// What it says; nothing where it is longer than is read.
    pub(super) text: Option<Vec<u8>>,
}

/// The lines of an input, as they come.
pub(super) struct Lines(Arc<Shared>);

#[derive(Default)]
struct Shared {
    read: Mutex<Ahead>,
    /// Something was read, or nothing more will be.
    came: Condvar,
    /// What was read was taken, or nobody wants more.
    went: Condvar,
}

#[derive(Default)]
struct Ahead {
    lines: Vec<Line>,
    bytes: usize,
    ended: Option<std::io::Result<()>>,
    is_wanted_no_more: bool,
}

impl Lines {
    /// Begins to read; what is longer than `longest` bytes is passed over to its end.
    pub(super) fn of(input: impl BufRead + Send + 'static, longest: usize) -> Self {
        let shared = Arc::new(Shared::default());
        let reader = Arc::clone(&shared);
        // Nobody waits for it: whoever stops asking ends before a pipe that stays open is closed.
        std::thread::spawn(move || reader.read_all(input, longest));
        Self(shared)
    }

    /// What has come and was not handed on, at least one line; none at the end.
    pub(super) fn next(&self) -> std::io::Result<Vec<Line>> {
        let mut ahead = self.0.ahead();
        while ahead.lines.is_empty() {
            match ahead.ended.take() {
                // Who asks again is told again.
                Some(Ok(())) => {
                    ahead.ended = Some(Ok(()));
                    return Ok(Vec::new());
                }
                Some(Err(error)) => return Err(error),
                None => ahead = waited(self.0.came.wait(ahead)),
            }
        }
        let rest = match ahead.lines.len() {
            count if count > AT_ONCE => ahead.lines.split_off(AT_ONCE),
            _ => Vec::new(),
        };
        ahead.bytes = rest.iter().map(Line::bytes).sum();
        self.0.went.notify_one();
        Ok(std::mem::replace(&mut ahead.lines, rest))
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        self.0.ahead().is_wanted_no_more = true;
        self.0.went.notify_one();
    }
}

impl Shared {
    fn ahead(&self) -> MutexGuard<'_, Ahead> {
        waited(self.read.lock())
    }

    fn read_all(&self, mut input: impl BufRead, longest: usize) {
        let mut number = 0;
        let ended = loop {
            number += 1;
            let text = match text(&mut input, longest) {
                Ok(Some(text)) => text,
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            };
            if text.as_ref().is_some_and(|text| text.trim_ascii().is_empty()) {
                continue;
            }
            let mut ahead = self.ahead();
            while ahead.bytes >= AHEAD_BYTES && !ahead.is_wanted_no_more {
                ahead = waited(self.went.wait(ahead));
            }
            if ahead.is_wanted_no_more {
                return;
            }
            let line = Line { number, text };
            ahead.bytes += line.bytes();
            ahead.lines.push(line);
            self.came.notify_one();
        };
        self.ahead().ended = Some(ended);
        self.came.notify_one();
    }
}

impl Line {
    fn bytes(&self) -> usize {
        self.text.as_ref().map_or(0, Vec::len)
    }
}

/// The next line; nothing at the end, and nothing of one that is too long.
fn text(input: &mut impl BufRead, longest: usize) -> std::io::Result<Option<Option<Vec<u8>>>> {
    let mut text = Vec::new();
    let most = u64::try_from(longest).unwrap_or(u64::MAX);
    if input.by_ref().take(most).read_until(b'\n', &mut text)? == 0 {
        return Ok(None);
    }
    if text.len() < longest || text.ends_with(b"\n") {
        return Ok(Some(Some(text)));
    }
    let further = input.skip_until(b'\n')?;
    Ok(Some((further == 0).then_some(text)))
}

/// Nothing panics while it holds the lock.
fn waited<T>(guard: Result<T, PoisonError<T>>) -> T {
    guard.unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// The numbers and texts of all lines, as they are handed on.
    fn all(input: &str, longest: usize) -> Vec<(usize, Option<String>)> {
        let lines = Lines::of(Cursor::new(input.as_bytes().to_vec()), longest);
        let mut all = Vec::new();
        loop {
            let some = lines.next().expect("readable");
            if some.is_empty() {
                return all;
            }
            let text = |text: Vec<u8>| String::from_utf8_lossy(&text).trim_end().to_owned();
            all.extend(some.into_iter().map(|line| (line.number, line.text.map(text))));
        }
    }

    #[test]
    fn blank_lines_are_passed_over_and_counted() {
        let told = all("one\n\n  \nfour", 99);
        assert_eq!(told, [(1, Some("one".into())), (4, Some("four".into()))]);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over_to_its_end() {
        let told = all("12345\n123456789\n12", 6);
        let (five, two) = ((1, Some("12345".into())), (3, Some("12".into())));
        assert_eq!(told, [five, (2, None), two]);
        assert_eq!(all("123456", 6), [(1, Some("123456".into()))]);
    }

    #[test]
    fn many_lines_come_in_their_order_and_a_few_at_once() {
        let input: String = (0..1000).map(|number| format!("{number}\n")).collect();
        let lines = Lines::of(Cursor::new(input.into_bytes()), 99);
        let mut next = 1;
        loop {
            let some = lines.next().expect("readable");
            assert!(some.len() <= AT_ONCE);
            if some.is_empty() {
                break;
            }
            for line in some {
                assert_eq!(line.number, next);
                next += 1;
            }
        }
        assert_eq!(next, 1001);
        assert!(
            lines.next().expect("readable").is_empty(),
            "the end stays the end"
        );
    }
}
