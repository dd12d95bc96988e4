//! A straight axis, true to scale, on which the events stand; where they bunch, each bunch again on an axis of its own. One
//! bunch is joined to its axis by lines; of several each bears a letter, as lines would cross.

use std::collections::HashSet;
use std::fmt::Write;
use std::ops::Range;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};

use super::instant;
use crate::case::event::Event;
use crate::document::time::Precision;
use crate::render::escape;

/// How near two dots are of which one covers the other on a phone, in per cent of the width.
const COVERED: f64 = 1.2;

/// Events nearer to each other than this, in per cent of the axis, are a bunch, if there are at least so many.
const BUNCHED: f64 = 1.2;
const MIN_BUNCH: usize = 3;

/// Where the axis begins and how long it is, in per cent of the width.
const LEFT: f64 = 2.0;
const LENGTH: f64 = 96.0;

/// Where the axis stands, alone and below letters, in em from the top; and how much of the drawing is below an axis.
const AXIS: f64 = 0.9;
const LETTERED_AXIS: f64 = 1.7;
const BELOW_AXIS: f64 = 1.7;

/// How far from one axis to the next: with lines between them, and with the letter and the day of a bunch alone.
const JOINED: f64 = 4.0;
const APART: f64 = 3.2;

/// The most bunches that are drawn larger, and how near two letters are at the least, in per cent of the width.
const MOST_BUNCHES: usize = 6;
const LETTERS_APART: f64 = 3.6;

/// How far from an axis the words below it end, and the day above it begins, in em.
const BELOW_WORDS: f64 = 1.7;
const ABOVE_WORDS: f64 = 1.6;

/// An event as the drawing needs it, in seconds.
struct Mark {
    from: f64,
    to: f64,
    about: bool,
    /// Whether it is a moment of a day, not a day, a month or a range.
    clocked: bool,
}

/// The row of an event: where it stands, and what it says.
pub(super) struct Row {
    pub(super) href: String,
    pub(super) words: String,
}

/// The most characters of a row that its dot tells.
const MOST_WORDS: usize = 60;

/// Draws the events, which stand in the order of time, as do `rows`, which may be none; none where there is nothing to
/// compare.
pub(super) fn draw(events: &[&Event], rows: &[Row], case_zone: Option<&TimeZone>) -> Option<String> {
    let seconds = |event: &Event, time| instant(event, time, case_zone).as_second() as f64;
    let mark = |event: &&Event| {
        let from = seconds(event, event.start);
        // A month is all of its days, not its first.
        let whole = event.precision <= Precision::Month;
        let until = event.until.or(whole.then_some(event.covers));
        Mark {
            clocked: event.has_clock() && event.until.is_none(),
            from,
            to: until.map_or(from, |until| seconds(event, until).max(from)),
            about: event.approximate,
        }
    };
    let marks: Vec<Mark> = events.iter().map(mark).collect();
    let first = marks.iter().map(|mark| mark.from).fold(f64::INFINITY, f64::min);
    let last = marks.iter().map(|mark| mark.to).fold(f64::NEG_INFINITY, f64::max);
    if marks.len() < 2 || last <= first {
        return None;
    }
    let mut outer = Scale { y: AXIS, first, last };
    let mut found: Vec<Range<usize>> =
        bunches(&marks, &outer).into_iter().filter_map(|run| densest(&marks, run)).collect();
    found.sort_by_key(|bunch| (std::cmp::Reverse(bunch.len()), bunch.start));
    found.truncate(MOST_BUNCHES);
    found.sort_by_key(|bunch| bunch.start);
    let are_lettered = found.len() > 1;
    let step = if are_lettered { APART } else { JOINED };
    outer.y = if are_lettered { LETTERED_AXIS } else { AXIS };
    let axes: Vec<(Scale, Range<usize>)> = (1..)
        .zip(found)
        .map(|(at, bunch)| (inner_scale(&marks, &bunch, outer.y + step * f64::from(at)), bunch))
        .collect();
    let height = axes.last().map_or(outer.y, |(scale, _)| scale.y) + BELOW_AXIS;
    let mut drawing = Drawing { out: String::new(), case_zone, drawn: HashSet::new() };
    let _ = write!(
        drawing.out,
        "<svg class=\"scale\" aria-hidden=\"true\" focusable=\"false\" width=\"100%\" height=\"{height:.1}em\">"
    );
    if let [(inner, _)] = axes.as_slice() {
        drawing.zoom(&outer, inner);
    }
    drawing.axis(&outer);
    drawing.marks(&outer, &marks, rows);
    let mut free = 0.0;
    for (letter, (inner, bunch)) in ('A'..='Z').zip(axes) {
        let letter = are_lettered.then_some(letter);
        if let Some(letter) = letter {
            let x = outer.place(f64::midpoint(inner.first, inner.last)).max(free);
            free = x + LETTERS_APART;
            drawing.letter(letter, x, outer.y);
        }
        drawing.axis(&inner);
        drawing.day(&inner, letter);
        drawing.marks(&inner, &marks[bunch.clone()], rows.get(bunch).unwrap_or_default());
    }
    drawing.out.push_str("</svg>");
    Some(drawing.out)
}

/// Runs of events that follow each other closely on a scale.
fn bunches(marks: &[Mark], scale: &Scale) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (row, mark) in marks.iter().enumerate() {
        // What lasts, and a day as a whole, belongs to no bunch.
        let near = |before: &Mark| {
            scale.place(mark.from) - scale.place(before.from) < BUNCHED && mark.clocked && before.clocked
        };
        match runs.last_mut().filter(|run| near(&marks[run.end - 1])) {
            Some(run) => run.end = row + 1,
            None => runs.push(row..row + 1),
        }
    }
    runs
}

/// The part of a run that is worth an axis of its own: as long as most of its events bunch again on that axis, these.
fn densest(marks: &[Mark], mut run: Range<usize>) -> Option<Range<usize>> {
    loop {
        if run.len() < MIN_BUNCH || marks[run.end - 1].from <= marks[run.start].from {
            return None;
        }
        let inner = inner_scale(marks, &run, AXIS);
        let parts = bunches(&marks[run.clone()], &inner);
        let part = parts.into_iter().max_by_key(ExactSizeIterator::len)?;
        let part = run.start + part.start..run.start + part.end;
        let spans = marks[part.end - 1].from > marks[part.start].from;
        if part == run || !spans || part.len() < MIN_BUNCH || part.len() * 2 < run.len() {
            return Some(run);
        }
        run = part;
    }
}

/// The axis of a bunch, `y` em from the top.
fn inner_scale(marks: &[Mark], rows: &Range<usize>, y: f64) -> Scale {
    Scale { y, first: marks[rows.start].from, last: marks[rows.end - 1].from }
}

/// A stretch of time on an axis.
struct Scale {
    y: f64,
    first: f64,
    last: f64,
}

impl Scale {
    /// Where an instant stands, in per cent of the width.
    fn place(&self, at: f64) -> f64 {
        LEFT + (at - self.first) / (self.last - self.first) * LENGTH
    }

    /// Where the dot of an event stands, likewise.
    fn middle(&self, mark: &Mark) -> f64 {
        (self.place(mark.from) + self.place(mark.to)) / 2.0
    }
}

struct Drawing<'a> {
    out: String,
    case_zone: Option<&'a TimeZone>,
    /// The events that are drawn: of those that fall together to a hundredth of a per cent only one is to be seen.
    drawn: HashSet<String>,
}

impl Drawing<'_> {
    fn axis(&mut self, scale: &Scale) {
        self.out.push_str(&line("axis", LEFT, LEFT + LENGTH, scale.y));
        let mut free = 0.0;
        for (at, words) in ticks(scale.first, scale.last, self.case_zone) {
            let x = scale.place(at);
            let _ = write!(
                self.out,
                "<line class=\"tick\" x1=\"{x:.2}%\" y1=\"{y:.1}em\" x2=\"{x:.2}%\" y2=\"{:.1}em\"/>",
                scale.y + 0.5,
                y = scale.y
            );
            let width = words.len() as f64 * CHARACTER;
            let (anchor, begins) = match x {
                _ if x < LEFT + width / 2.0 => (" class=\"first\"", x),
                _ if x > LEFT + LENGTH - width / 2.0 => (" class=\"last\"", x - width),
                _ => ("", x - width / 2.0),
            };
            if begins < free {
                continue;
            }
            free = begins + width + CHARACTER;
            let _ = write!(self.out, "<text{anchor} x=\"{x:.2}%\" y=\"{:.1}em\">", (scale.y + 1.4) / FONT);
            escape::text(&mut self.out, &words);
            self.out.push_str("</text>");
        }
    }

    /// Events on an axis. One leads to its row unless another that is drawn after it covers it.
    fn marks(&mut self, scale: &Scale, marks: &[Mark], rows: &[Row]) {
        for (at, mark) in marks.iter().enumerate() {
            let is_free = |_: &&Row| {
                let covers = |later: &Mark| (scale.middle(later) - scale.middle(mark)).abs() < COVERED;
                !marks[at + 1..].iter().any(covers)
            };
            self.mark(scale, mark, rows.get(at).filter(is_free));
        }
    }

    /// An event on an axis.
    fn mark(&mut self, scale: &Scale, mark: &Mark, row: Option<&Row>) {
        let (from, to) = (scale.place(mark.from), scale.place(mark.to));
        if to > from {
            let span = line("span", from, to, scale.y);
            self.once(span, None);
        }
        let class = if mark.about { " class=\"about\"" } else { "" };
        let x = scale.middle(mark);
        self.once(format!("<circle{class} cx=\"{x:.2}%\" cy=\"{:.1}em\" r=\".25em\"/>", scale.y), row);
    }

    /// Draws a shape that leads to a row, if it is not drawn yet.
    fn once(&mut self, shape: String, row: Option<&Row>) {
        if self.drawn.contains(&shape) {
            return;
        }
        if let Some(Row { href, words }) = row {
            let _ = write!(self.out, "<a href=\"{href}\" tabindex=\"-1\"><title>");
            let start: String = words.chars().take(MOST_WORDS).collect();
            escape::text(&mut self.out, &start);
            self.out.push_str(if start.len() < words.len() { "…</title>" } else { "</title>" });
            self.out.push_str(&shape);
            self.out.push_str("</a>");
        } else {
            self.out.push_str(&shape);
        }
        self.drawn.insert(shape);
    }

    /// Where a bunch stands on the outer axis, opened to the axis of its own; between the words of both axes.
    fn zoom(&mut self, outer: &Scale, inner: &Scale) {
        let ends = [(outer.place(inner.first), LEFT), (outer.place(inner.last), LEFT + LENGTH)];
        for (from, to) in ends {
            let _ = write!(
                self.out,
                "<line class=\"zoom\" x1=\"{from:.2}%\" y1=\"{:.1}em\" x2=\"{to:.2}%\" y2=\"{:.1}em\"/>",
                outer.y + BELOW_WORDS,
                inner.y - ABOVE_WORDS
            );
        }
    }

    /// The letter of a bunch above the outer axis.
    fn letter(&mut self, letter: char, x: f64, y: f64) {
        let _ =
            write!(self.out, "<text class=\"letter\" x=\"{x:.2}%\" y=\"{:.1}em\">{letter}</text>", (y - 0.7) / FONT);
    }

    /// The day on which a bunch begins, which its ticks do not tell where they tell the time; before it the bunch's letter.
    fn day(&mut self, inner: &Scale, letter: Option<char>) {
        let zone = self.case_zone.cloned().unwrap_or(TimeZone::UTC);
        let Ok(at) = Timestamp::from_second(inner.first as i64) else { return };
        let day = Precision::Day.words(at.to_zoned(zone).datetime());
        let _ = write!(self.out, "<text class=\"first\" x=\"{LEFT}%\" y=\"{:.1}em\">", (inner.y - 0.7) / FONT);
        if let Some(letter) = letter {
            let _ = write!(self.out, "<tspan class=\"letter\">{letter}</tspan> ");
        }
        let _ = write!(self.out, "{day}</text>");
    }
}

fn line(class: &str, from: f64, to: f64, y: f64) -> String {
    format!("<line class=\"{class}\" x1=\"{from:.2}%\" y1=\"{y:.1}em\" x2=\"{to:.2}%\" y2=\"{y:.1}em\"/>")
}

/// The size of the words, in em of the drawing; static/casefile.css sets the same.
const FONT: f64 = 0.75;

/// The steps a scale may have: how long, in seconds at least, the unit it counts, how many of them, and how it is told.
const STEPS: [(f64, Unit, i64, Precision); 14] = [
    (60.0, Unit::Minute, 1, Precision::Minute),
    (300.0, Unit::Minute, 5, Precision::Minute),
    (900.0, Unit::Minute, 15, Precision::Minute),
    (3_600.0, Unit::Hour, 1, Precision::Minute),
    (21_600.0, Unit::Hour, 6, Precision::Minute),
    (86_400.0, Unit::Day, 1, Precision::Day),
    (7.0 * 86_400.0, Unit::Week, 1, Precision::Day),
    (28.0 * 86_400.0, Unit::Month, 1, Precision::Month),
    (90.0 * 86_400.0, Unit::Month, 3, Precision::Month),
    (181.0 * 86_400.0, Unit::Month, 6, Precision::Month),
    (365.0 * 86_400.0, Unit::Year, 1, Precision::Year),
    (730.0 * 86_400.0, Unit::Year, 2, Precision::Year),
    (1_826.0 * 86_400.0, Unit::Year, 5, Precision::Year),
    (3_650.0 * 86_400.0, Unit::Year, 10, Precision::Year),
];

/// The most ticks on an axis.
const MOST_TICKS: f64 = 8.0;

/// The width of a character of a tick's words on the smallest phone, in per cent of the axis.
const CHARACTER: f64 = 2.2;

/// Where the ticks of a scale from `first` to `last` stand, with what to write beside them.
fn ticks(first: f64, last: f64, case_zone: Option<&TimeZone>) -> Vec<(f64, String)> {
    let step = STEPS.iter().find(|(least, ..)| (last - first) / least <= MOST_TICKS);
    let &(_, unit, count, precision) = step.unwrap_or(&STEPS[STEPS.len() - 1]);
    let zone = case_zone.cloned().unwrap_or(TimeZone::UTC);
    let Ok(from) = Timestamp::from_second(first as i64) else { return Vec::new() };
    let from = from.to_zoned(zone.clone()).datetime();
    let date = from.date();
    let start = match unit {
        Unit::Year => {
            jiff::civil::Date::new(date.year() - (date.year() % count as i16), 1, 1).map(|d| d.at(0, 0, 0, 0))
        }
        Unit::Month => {
            let month = (date.month() - 1) / count as i8 * count as i8 + 1;
            jiff::civil::Date::new(date.year(), month, 1).map(|d| d.at(0, 0, 0, 0))
        }
        _ => Ok(date.at(0, 0, 0, 0)),
    };
    let Ok(mut at) = start else { return Vec::new() };
    let span = match unit {
        Unit::Year => jiff::Span::new().years(count),
        Unit::Month => jiff::Span::new().months(count),
        Unit::Week => jiff::Span::new().weeks(count),
        Unit::Day => jiff::Span::new().days(count),
        Unit::Hour => jiff::Span::new().hours(count),
        _ => jiff::Span::new().minutes(count),
    };
    let mut ticks = Vec::new();
    while let Ok(instant) = zone.to_ambiguous_timestamp(at).compatible() {
        let instant = instant.as_second() as f64;
        if instant > last {
            break;
        }
        if instant >= first {
            let words = match precision {
                // Another day than the one where the axis begins.
                Precision::Minute if (at.hour(), at.minute()) == (0, 0) => at.strftime("%m-%d").to_string(),
                Precision::Minute => at.strftime("%H:%M").to_string(),
                Precision::Day => at.strftime("%m-%d").to_string(),
                // The month alone, except where the axis begins and where the year does.
                Precision::Month if at.month() == 1 => at.strftime("%Y").to_string(),
                Precision::Month if !ticks.is_empty() => at.strftime("%m").to_string(),
                _ => precision.words(at),
            };
            ticks.push((instant, words));
        }
        match at.checked_add(span) {
            Ok(next) => at = next,
            Err(_) => break,
        }
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_stand_at_round_times_and_leave_each_other_room() {
        let day = 86_400.0;
        for length in [600.0, day, 40.0 * day, 162.0 * day, 900.0 * day, 9_000.0 * day] {
            let from = 1_900_000_123.0;
            let ticks = ticks(from, from + length, None);
            assert!(!ticks.is_empty() && ticks.len() as f64 <= MOST_TICKS + 1.0, "{length}: {}", ticks.len());
            assert!(ticks.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
    }
}
