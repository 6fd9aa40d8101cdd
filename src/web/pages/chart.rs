//! The drawing of a timeline: lanes of marks over an axis, in units of a drawing that is as wide as the page.

use jiff::civil::Date;

use super::kind_name;
use crate::model::date::When;
use crate::model::event::{Event, LineKind};
use crate::text::days;
use crate::timeline::axis::Window;
use crate::timeline::changed;
use crate::timeline::lanes::{Lane as LaneOf, Lanes};

/// The width of the drawing, and where its days begin and end.
const WIDTH: f64 = 1040.0;
const LEFT: f64 = 190.0;
const RIGHT: f64 = 1020.0;
/// Where the first lane begins, under the labels of the axis.
const TOP: i64 = 34;
/// The height of a lane's marks, and of each row of bars below.
const ROW: i64 = 34;
const BAR_ROW: i64 = 16;
/// Rows of bars in a lane; further ones stand among the marks.
const BAR_ROWS: usize = 4;
/// Marks of a stretch as wide as this are one cluster; so wide is the circle of one.
const NEAR: f64 = 25.0;
/// Half the width of a mark.
const MARK: f64 = 6.0;
/// The most marks; where there are more, clusters are made wider.
const MOST_MARKS: usize = 220;
/// A stretch of time is drawn as a bar from this width on.
const BAR: f64 = 12.0;
/// How much of the drawing a phone shows.
const PHONE: i64 = 450;
/// Lanes with names of their own.
const NAMED_LANES: usize = 9;
/// Letters of a line of a lane's name that have room beside it, and those where the names stay while the drawing moves.
const NAME: usize = 24;
const NARROW_NAME: usize = 17;

/// The drawing.
pub(super) struct Chart {
    pub(super) height: i64,
    pub(super) lanes: Vec<Lane>,
    pub(super) ticks: Vec<TickView>,
    /// Where today is, where that is one of its days.
    pub(super) today: Option<i64>,
    /// The middle of its busiest part, as a share of its width: what a narrow screen shows first.
    pub(super) busiest: f64,
}

/// A line across the drawing.
pub(super) struct TickView {
    pub(super) x: i64,
    pub(super) label: String,
    pub(super) is_major: bool,
}

/// A lane.
pub(super) struct Lane {
    pub(super) name: String,
    /// As much of the name as there is room for, in one line or two, each with its height; and the same where there is less.
    pub(super) lines: Vec<(i64, String)>,
    pub(super) narrow_lines: Vec<(i64, String)>,
    pub(super) y: i64,
    pub(super) height: i64,
    pub(super) marks: Vec<Mark>,
}

/// What is drawn for an event, or for several that lie too near to each other.
pub(super) struct Mark {
    /// The kind whose shape and colour it has; `several` of a cluster of more than one kind.
    pub(super) kind: &'static str,
    pub(super) x: i64,
    pub(super) y: i64,
    /// The bar of a stretch of time: where it begins and how wide it is.
    pub(super) bar: Option<(i64, i64)>,
    pub(super) count: usize,
    pub(super) label: String,
    pub(super) address: String,
    pub(super) is_conflict: bool,
}

/// Where marks lead to, and which of them bear a sign.
pub(super) struct Links<'a> {
    /// The list's entry of an event, by its place.
    pub(super) event: &'a dyn Fn(usize) -> String,
    /// A narrower window.
    pub(super) window: &'a dyn Fn(Window) -> String,
    /// Whether something of an event is told in two ways.
    pub(super) is_disputed: &'a dyn Fn(&Event) -> bool,
}

/// Draws events, each given with its place in the list.
pub(super) fn chart(events: &[Event], window: Window, by: Lanes, links: &Links<'_>, today: Date) -> Chart {
    let lanes = gathered(events, by);
    let mut near = NEAR;
    let mut drawn: Vec<Lane> = lanes
        .iter()
        .map(|lane| draw(events, lane, window, near, links))
        .collect();
    while drawn.iter().map(|lane| lane.marks.len()).sum::<usize>() > MOST_MARKS && near < WIDTH {
        near *= 1.5;
        drawn = lanes
            .iter()
            .map(|lane| draw(events, lane, window, near, links))
            .collect();
    }
    let mut y = TOP;
    for lane in &mut drawn {
        lane.y = y;
        lane.lines = placed(y, &in_lines(&lane.name, NAME));
        lane.narrow_lines = placed(y, &in_lines(&lane.name, NARROW_NAME));
        for mark in &mut lane.marks {
            mark.y += y;
        }
        y += lane.height;
    }
    let ticks = window.ticks().into_iter().map(|tick| TickView {
        x: place(window.share(tick.day)),
        label: tick.label,
        is_major: tick.is_major,
    });
    Chart {
        height: y + 8,
        // In the middle of the day, as its marks.
        today: window.has(today).then(|| {
            let ends = [today, today.tomorrow().unwrap_or(today)].map(|day| x(window.share(day)));
            (f64::midpoint(ends[0], ends[1])).round() as i64
        }),
        busiest: busiest(&drawn),
        lanes: drawn,
        ticks: ticks.collect(),
    }
}

/// The middle of the part as wide as a phone that has most in it, as a share of the whole; 0 where the head has nearly as much.
fn busiest(lanes: &[Lane]) -> f64 {
    let marks = || lanes.iter().flat_map(|lane| &lane.marks);
    let within = |first: i64| {
        let near = marks().filter(|mark| (first..first + PHONE).contains(&mark.x));
        near.fold((0, first), |(count, last), mark| {
            (count + mark.count, last.max(mark.x))
        })
    };
    let best = marks().map(|mark| (within(mark.x), mark.x)).max();
    let middle = match best {
        // Where nearly as much stands at the head, the names of the lanes stand there too.
        Some(((most, _), _)) if within(0).0 * 5 >= most * 4 => 0,
        Some(((_, last), first)) => first.midpoint(last),
        None => 0,
    };
    middle as f64 / WIDTH
}

/// The lanes that are drawn: what many speakers or sources have one event of each is put together.
fn gathered(events: &[Event], by: Lanes) -> Vec<LaneOf> {
    let mut lanes = by.of(events);
    let named = lanes.iter().take_while(|lane| lane.kind.is_none()).count();
    if named > NAMED_LANES {
        let others: Vec<LaneOf> = lanes.drain(NAMED_LANES - 1..named).collect();
        let name = match by {
            Lanes::Speaker => format!("{} other speakers", others.len()),
            Lanes::Source => format!("{} other sources", others.len()),
        };
        let mut events: Vec<usize> = others.into_iter().flat_map(|lane| lane.events).collect();
        events.sort_unstable();
        events.dedup();
        lanes.insert(
            NAMED_LANES - 1,
            LaneOf {
                name,
                id: None,
                kind: None,
                events,
            },
        );
    }
    lanes
}

/// Draws a lane as if it began at the top.
fn draw(events: &[Event], lane: &LaneOf, window: Window, near: f64, links: &Links<'_>) -> Lane {
    let name = &lane.name;
    let mut marks = Vec::new();
    let mut points: Vec<(f64, usize)> = Vec::new();
    let mut bars: Vec<(&When, Vec<usize>)> = Vec::new();
    for index in &lane.events {
        let when = &events[*index].when;
        let (begin, end) = ends(window, when);
        if when.earliest == when.latest || end - begin < BAR {
            // A mark stands in the middle of its day.
            points.push(((begin + end) / 2.0, *index));
        } else {
            match bars.iter_mut().find(|(known, _)| *known == when) {
                Some((_, same)) => same.push(*index),
                None => bars.push((when, vec![*index])),
            }
        }
    }
    // Where each row of bars is free again.
    let mut rows: Vec<f64> = Vec::new();
    for (when, same) in bars {
        let (begin, end) = ends(window, when);
        let free = rows.iter().position(|free| *free + 4.0 <= begin);
        let Some(row) = free.or((rows.len() < BAR_ROWS).then_some(rows.len())) else {
            points.extend(same.iter().map(|index| (begin, *index)));
            continue;
        };
        match rows.get_mut(row) {
            Some(free) => *free = end,
            None => rows.push(end),
        }
        let y = ROW + BAR_ROW * i64::try_from(row).unwrap_or(0) + BAR_ROW / 2 - 2;
        let several = match same.len() {
            1 => String::new(),
            count => format!("{count} events, listed below; one: "),
        };
        let mark = mark(&events[same[0]], same[0], begin + 7.0, y, links);
        marks.push(Mark {
            bar: Some((begin.round() as i64, (end - begin).round() as i64)),
            count: same.len(),
            label: format!("{several}{}", mark.label),
            is_conflict: same.iter().any(|index| (links.is_disputed)(&events[*index])),
            ..mark
        });
    }
    points.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    for (middle, cluster) in clusters(&points, near) {
        marks.push(match cluster {
            [(x, index)] => {
                // Kept off the clusters beside it.
                let room = near / 2.0 - MARK;
                mark(
                    &events[*index],
                    *index,
                    x.clamp(middle - room, middle + room),
                    ROW / 2,
                    links,
                )
            }
            several => cluster_mark(events, several, middle, window, links),
        });
    }
    let height = ROW + BAR_ROW * i64::try_from(rows.len()).unwrap_or(0);
    Lane {
        name: name.clone(),
        lines: Vec::new(),
        narrow_lines: Vec::new(),
        y: 0,
        height,
        marks,
    }
}

/// A name in one line or two of so many letters; what has no room is cut off.
fn in_lines(name: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        let is_last = lines.len() == 2;
        let has_room = |line: &String| is_last || line.chars().count() + 1 + word.chars().count() <= letters;
        match lines.last_mut().filter(|line| has_room(line)) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    for line in &mut lines {
        if let Some((end, _)) = line.char_indices().nth(letters.saturating_sub(1))
            && line.chars().count() > letters
        {
            line.truncate(end);
            *line = format!("{}…", line.trim_end());
        }
    }
    lines
}

/// The lines of a lane's name beside its marks.
fn placed(y: i64, lines: &[String]) -> Vec<(i64, String)> {
    let heights: &[i64] = match lines.len() {
        2 => &[14, 28],
        _ => &[21],
    };
    heights
        .iter()
        .map(|height| y + height)
        .zip(lines.iter().cloned())
        .collect()
}

/// Points in groups by stretches as wide as `near`, each with the middle of its stretch.
fn clusters(points: &[(f64, usize)], near: f64) -> Vec<(f64, &[(f64, usize)])> {
    let stretch = |x: f64| ((x - LEFT) / near).floor();
    points
        .chunk_by(|one, other| stretch(one.0) == stretch(other.0))
        .map(|cluster| (LEFT + (stretch(cluster[0].0) + 0.5) * near, cluster))
        .collect()
}

fn mark(event: &Event, index: usize, x: f64, y: i64, links: &Links<'_>) -> Mark {
    let line = &event.lines[0];
    let speaker = line.speaker_name().filter(|_| event.kind == LineKind::Said);
    let speaker = speaker.map(|name| format!("{name}: ")).unwrap_or_default();
    let expression = line.expression.as_deref().unwrap_or(&line.text);
    let what = line.change.as_ref().map(|change| changed::what(change, line));
    let what = what.map(|what| format!("{what}: ")).unwrap_or_default();
    Mark {
        kind: event.kind.code(),
        x: x.round() as i64,
        y,
        bar: None,
        count: 1,
        label: format!(
            "{} {}: {what}{speaker}{}{}",
            days::in_words(&event.when),
            kind_name(event.kind),
            shortened(expression),
            match event.absent_since() {
                Some(_) => " (its pages are absent)",
                None => "",
            }
        ),
        address: (links.event)(index),
        is_conflict: (links.is_disputed)(event),
    }
}

fn cluster_mark(
    events: &[Event],
    several: &[(f64, usize)],
    middle: f64,
    window: Window,
    links: &Links<'_>,
) -> Mark {
    let of = |(_, index): &(f64, usize)| &events[*index];
    let days = several.iter().map(|point| of(point).when.earliest);
    let first = days.clone().min().unwrap_or(window.first).max(window.first);
    let last = days.max().unwrap_or(window.last).min(window.last);
    let narrower = Window::of(first, last);
    let is_one_day = first == last || narrower == window;
    let when = days::stretch(first, last);
    Mark {
        kind: match several.iter().all(|point| of(point).kind == of(&several[0]).kind) {
            true => of(&several[0]).kind.code(),
            false => "several",
        },
        x: middle.round() as i64,
        y: ROW / 2,
        bar: None,
        count: several.len(),
        label: match is_one_day {
            true => format!("{when}: {} events, listed below", several.len()),
            false => format!("{when}: {} events, zoom in", several.len()),
        },
        address: match is_one_day {
            true => (links.event)(several[0].1),
            false => (links.window)(narrower),
        },
        is_conflict: several.iter().any(|point| (links.is_disputed)(of(point))),
    }
}

/// Where the first day of a stretch of time begins and the last one ends, within the drawing.
fn ends(window: Window, when: &When) -> (f64, f64) {
    let behind = when.latest.tomorrow().unwrap_or(when.latest);
    (x(window.share(when.earliest)), x(window.share(behind)))
}

/// The place of a share of the window, kept within the drawing.
fn x(share: f64) -> f64 {
    LEFT + share.clamp(0.0, 1.0) * (RIGHT - LEFT)
}

fn place(share: f64) -> i64 {
    x(share).round() as i64
}

/// The beginning of a text, for a label.
pub(super) fn shortened(text: &str) -> String {
    const LETTERS: usize = 90;
    match text.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_is_no_wider_than_it_may_be() {
        let points = [(190.0, 0), (200.0, 1), (216.0, 2), (239.0, 3), (300.0, 4)];
        let found = clusters(&points, 25.0);
        let shape: Vec<(f64, usize)> = found
            .iter()
            .map(|(middle, cluster)| (*middle, cluster.len()))
            .collect();
        assert_eq!(shape, [(202.5, 2), (227.5, 2), (302.5, 1)]);
    }

    #[test]
    fn a_long_name_stands_in_two_lines_and_is_cut_only_behind_those() {
        assert_eq!(in_lines("Ana Lima", 17), ["Ana Lima"]);
        assert_eq!(
            in_lines("Department of Harbour Works", 17),
            ["Department of", "Harbour Works"]
        );
        assert_eq!(
            in_lines("Department of Harbour Works and of Lighthouses", 17),
            ["Department of", "Harbour Works an…"]
        );
        assert_eq!(
            in_lines("Hafenverwaltungsgesellschaft", 17),
            ["Hafenverwaltungs…"]
        );
    }

    #[test]
    fn a_narrow_screen_begins_where_most_is() {
        let mark = |x: i64, count: usize| Mark {
            kind: "said",
            x,
            y: 0,
            bar: None,
            count,
            label: String::new(),
            address: String::new(),
            is_conflict: false,
        };
        let lane = |marks| Lane {
            name: String::new(),
            lines: Vec::new(),
            narrow_lines: Vec::new(),
            y: 0,
            height: 0,
            marks,
        };
        let lanes = [
            lane(vec![mark(200, 1), mark(900, 4)]),
            lane(vec![mark(300, 2), mark(1000, 1)]),
        ];
        assert_eq!(busiest(&lanes), 950.0 / WIDTH);
        assert_eq!(
            busiest(&[lane(vec![mark(210, 5), mark(440, 1), mark(640, 1)])]),
            0.0
        );
        assert_eq!(busiest(&[]), 0.0);
    }

    #[test]
    fn what_lies_outside_is_drawn_at_the_edge() {
        assert_eq!((place(-3.0), place(0.5), place(7.0)), (190, 605, 1020));
    }
}
