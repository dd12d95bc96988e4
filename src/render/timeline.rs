//! All events in one ordered list, each in the zone of the case and in UTC, with the gaps between them drawn to scale.

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};
use serde::Serialize;

use super::escape;
use crate::case::event::{Event, zone_name};
use crate::document::kind::DocumentKind;
use crate::document::time::Precision;
use crate::language::Language;
use crate::language::phrases::Phrases;
use crate::site::Site;

/// What the page of a timeline shows above the text.
#[derive(Serialize)]
pub(super) struct TimelineView<'a> {
    /// The zone of the clock in words; none if neither the author nor the case names one for all.
    zone: Option<String>,
    /// Whether that is UTC.
    is_utc: bool,
    /// Whether the zone of a time is not known.
    is_unzoned: bool,
    events: Vec<EventEntry<'a>>,
    /// What looks dated and was not read: the time as written, and the words.
    undated: Vec<(Cow<'a, str>, &'a str)>,
    /// The drawing beside the list; none where there is nothing to compare.
    scale: Option<tera::Value>,
}

#[derive(Serialize)]
struct EventEntry<'a> {
    href: String,
    title: &'a str,
    /// For machines: ISO 8601, with the offset where the zone is known.
    datetime: String,
    /// On the clock of the case, or as written where no zone is known.
    local: String,
    until: Option<String>,
    /// In UTC, where the time of day is told and the zone known.
    utc: Option<String>,
    utc_until: Option<String>,
    about: bool,
    /// What is said where the time of day is told and no zone is known.
    unzoned: Option<&'a str>,
}

/// The view of the timeline of `document`, if it holds events, for a page where its addresses begin with `prefix`.
pub(super) fn view<'a>(site: &'a Site, document: usize, prefix: &str) -> Option<TimelineView<'a>> {
    // A timeline within another document is read where it stands.
    let timeline = site.case.timelines.get(&document)?;
    if site.case.documents[document].kind != DocumentKind::Timeline {
        return None;
    }
    let events = &timeline.events;
    if events.is_empty() && timeline.undated.is_empty() {
        return None;
    }
    let this = &site.case.documents[document];
    let language = &site.case.languages[this.language];
    let source = site.case.source_of(document);
    let case_zone = site.case.config.time_zone.as_ref().or_else(|| common_zone(events));
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by_key(|&at| (instant(&events[at], events[at].start, case_zone), at));
    let entries = order.iter().map(|&at| {
        let event = &events[at];
        let written = this.written_time(event.time, source);
        entry(
            event,
            written,
            format!("{prefix}{}", site.pages[document].events[at]),
            case_zone,
            &language.table.phrases,
        )
    });
    let ordered: Vec<&Event> = order.iter().map(|&at| &events[at]).collect();
    let scale = draw(&ordered, case_zone);
    Some(TimelineView {
        zone: case_zone.map(|zone| zone_words(zone, language)),
        is_utc: case_zone == Some(&TimeZone::UTC),
        is_unzoned: events.iter().any(|event| event.has_clock() && event.zone_in(case_zone).is_none()),
        events: entries.collect(),
        undated: timeline
            .undated
            .iter()
            .map(|entry| (this.written_time(entry.time, source), entry.title.as_str()))
            .collect(),
        scale: scale.map(|scale| tera::Value::safe_string(&scale)),
    })
}

/// The zone of all events that tell a time of day, if it is one and the author names it with each.
fn common_zone(events: &[Event]) -> Option<&TimeZone> {
    let mut zones = events.iter().filter(|event| event.has_clock()).map(|event| event.zone.as_ref());
    let first = zones.next()??;
    zones.all(|zone| zone == Some(first)).then_some(first)
}

fn entry<'a>(
    event: &'a Event,
    written: Cow<'a, str>,
    href: String,
    case_zone: Option<&TimeZone>,
    phrases: &'a Phrases,
) -> EventEntry<'a> {
    let zone = event.zone_in(case_zone);
    let clocked = event.has_clock();
    let shown = |time: DateTime, precision: Precision| -> (String, Option<String>) {
        let instant = zone.and_then(|zone| zone.to_ambiguous_timestamp(time).compatible().ok());
        let clocked = precision >= Precision::Hour;
        let local = match (instant, case_zone) {
            (Some(instant), Some(case_zone)) if clocked => instant.to_zoned(case_zone.clone()).datetime(),
            _ => time,
        };
        let utc = instant.filter(|_| clocked).map(|instant| instant.to_zoned(TimeZone::UTC).datetime());
        // On a clock that shows UTC it is said already.
        let utc = utc.filter(|_| case_zone != Some(&TimeZone::UTC));
        let utc = utc.map(|utc| {
            // The day only where it is another one than beside it.
            let words = precision.words(utc);
            let skip = if utc.date() == local.date() { "2031-05-04 ".len() } else { 0 };
            words[skip..].to_owned()
        });
        (precision.words(local), utc)
    };
    let (local, utc) = shown(event.start, event.precision);
    // A part of a year has a name and no number.
    let local = if event.part.is_some() { written.clone().into_owned() } else { local };
    let until = event.until.filter(|_| event.part.is_none()).map(|until| shown(until, event.until_precision));
    let (until, utc_until) = until.map_or((None, None), |(local, utc)| (Some(local), utc));
    let offset = zone.filter(|_| clocked).and_then(|zone| {
        zone.to_ambiguous_timestamp(event.start).compatible().ok().map(|instant| zone.to_offset(instant))
    });
    let mut datetime = event.precision.datetime_attribute(event.start);
    if let Some(offset) = offset {
        let seconds = offset.seconds();
        let sign = if seconds < 0 { '-' } else { '+' };
        let minutes = seconds.abs() / 60;
        let _ = write!(datetime, "{sign}{:02}:{:02}", minutes / 60, minutes % 60);
    }
    let until = if event.open_end { Some("…".to_owned()) } else { until };
    EventEntry {
        href,
        title: &event.title,
        datetime,
        local,
        until,
        utc,
        utc_until,
        about: event.approximate && event.part.is_none(),
        unzoned: (clocked && zone.is_none()).then_some(match event.zone_unclear {
            true => phrases.zone_unclear.as_str(),
            false => phrases.zone_unknown.as_str(),
        }),
    }
}

fn instant(event: &Event, time: DateTime, case_zone: Option<&TimeZone>) -> Timestamp {
    let zone = event.zone.as_ref().or(case_zone).cloned().unwrap_or(TimeZone::UTC);
    zone.to_ambiguous_timestamp(time).compatible().unwrap_or(Timestamp::MIN)
}

/// What a zone is called in a language: its word, else its name.
pub(super) fn zone_words(zone: &TimeZone, language: &Language) -> String {
    let name = zone_name(zone);
    let words = language.table.times.zones.get(&name).and_then(|words| words.first());
    words.cloned().unwrap_or(name)
}

/// The height of a row of the list, in em; static/casefile.css sets the same.
const ROW: f64 = 3.5;

/// The width of the drawing, in em.
const WIDTH: f64 = 8.0;

/// Where the axis runs, and where that of a bunch of events runs, which are drawn again on a scale of their own.
const AXIS: f64 = 3.0;
const INNER_AXIS: f64 = 6.2;

/// The longest label of an axis that has room beside it in any face: a time or a day. The month of a year is set smaller.
const SHORT_TICK: usize = 5;

/// Events nearer to each other than this, in em, are a bunch, if there are at least so many.
const BUNCHED: f64 = 0.7;
const MIN_BUNCH: usize = 3;

/// An event as the drawing needs it, in seconds.
struct Mark {
    from: f64,
    to: f64,
    about: bool,
    /// Whether it is a moment of a day, not a day, a month or a range.
    clocked: bool,
}

/// Draws the events on an axis true to scale, each joined to its row in the list. Where they bunch, a second axis shows
/// the bunch on a larger scale.
fn draw(events: &[&Event], case_zone: Option<&TimeZone>) -> Option<String> {
    let seconds = |event: &Event, time: DateTime| instant(event, time, case_zone).as_second() as f64;
    let marks: Vec<Mark> = events
        .iter()
        .map(|event| {
            let from = seconds(event, event.start);
            // A month is all of its days, not its first.
            let whole = event.precision <= Precision::Month;
            let until = event.until.or(whole.then_some(event.covers));
            let clocked = event.has_clock() && event.until.is_none();
            Mark {
                clocked,
                from,
                to: until.map_or(from, |until| seconds(event, until).max(from)),
                about: event.approximate,
            }
        })
        .collect();
    let first = marks.iter().map(|mark| mark.from).fold(f64::INFINITY, f64::min);
    let last = marks.iter().map(|mark| mark.to).fold(f64::NEG_INFINITY, f64::max);
    if marks.len() < 2 || last <= first {
        return None;
    }
    let height = ROW * marks.len() as f64;
    let mut drawing = Drawing { out: String::new(), marks: &marks, case_zone };
    let _ = write!(
        drawing.out,
        "<svg class=\"scale\" aria-hidden=\"true\" focusable=\"false\" width=\"{WIDTH}em\" height=\"{height}em\" \
         viewBox=\"0 0 {WIDTH} {height}\">"
    );
    let scale = Scale { x: AXIS, first, last, top: ROW / 2.0, bottom: height - ROW / 2.0 };
    let found: Vec<_> = bunches(&marks, &scale).into_iter().filter_map(|run| densest(&marks, run)).collect();
    for bunch in &found {
        drawing.zoom(&scale, bunch);
    }
    drawing.axis(&scale);
    for row in (0..marks.len()).filter(|row| !found.iter().any(|bunch| bunch.contains(row))) {
        drawing.join(&scale, row);
    }
    for bunch in found {
        let inner = inner_scale(&marks, &bunch);
        drawing.axis(&inner);
        for row in bunch {
            drawing.join(&inner, row);
        }
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
        let inner = inner_scale(marks, &run);
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

/// The axis of a bunch, beside its rows.
fn inner_scale(marks: &[Mark], rows: &Range<usize>) -> Scale {
    let (first, last) = (marks[rows.start].from, marks[rows.end - 1].from);
    Scale { x: INNER_AXIS, first, last, top: ROW * (rows.start as f64 + 0.5), bottom: ROW * (rows.end as f64 - 0.5) }
}

/// A stretch of time on an axis.
struct Scale {
    x: f64,
    first: f64,
    last: f64,
    top: f64,
    bottom: f64,
}

impl Scale {
    /// Where an instant stands, in em from the top.
    fn place(&self, at: f64) -> f64 {
        self.top + (at - self.first) / (self.last - self.first) * (self.bottom - self.top)
    }
}

struct Drawing<'a> {
    out: String,
    marks: &'a [Mark],
    case_zone: Option<&'a TimeZone>,
}

impl Drawing<'_> {
    fn axis(&mut self, scale: &Scale) {
        let Scale { x, top, bottom, .. } = scale;
        let _ = write!(self.out, "<path class=\"axis\" d=\"M{x:.2} {top:.2}V{bottom:.2}\"/>");
        for (at, words) in ticks(scale.first, scale.last, bottom - top, self.case_zone) {
            let y = scale.place(at);
            let _ = write!(self.out, "<path class=\"tick\" d=\"M{:.2} {y:.2}h.3\"/>", x - 0.3);
            let class = if words.len() > SHORT_TICK { "tick long" } else { "tick" };
            let _ = write!(self.out, "<text class=\"{class}\" x=\"{:.2}\" y=\"{:.2}\">", x - 0.45, y + 0.22);
            escape::text(&mut self.out, &words);
            self.out.push_str("</text>");
        }
    }

    /// An event on an axis, joined to its row.
    fn join(&mut self, scale: &Scale, row: usize) {
        let mark = &self.marks[row];
        let (from, to) = (scale.place(mark.from), scale.place(mark.to));
        let (x, y, at_row) = (scale.x, (from + to) / 2.0, ROW * (row as f64 + 0.5));
        if to > from {
            let _ = write!(self.out, "<path class=\"span\" d=\"M{x:.2} {from:.2}V{to:.2}\"/>");
        }
        let class = if mark.about { "join about" } else { "join" };
        let bend = (x + WIDTH) / 2.0;
        let _ = write!(
            self.out,
            "<path class=\"{class}\" d=\"M{x:.2} {y:.2}C{bend:.2} {y:.2} {bend:.2} {at_row:.2} {WIDTH} {at_row:.2}\"/>\
             <circle class=\"{class}\" cx=\"{x:.2}\" cy=\"{y:.2}\" r=\".22\"/>"
        );
    }

    /// Where a bunch stands on the outer axis, opened to the axis of its own.
    fn zoom(&mut self, outer: &Scale, rows: &Range<usize>) {
        let inner = inner_scale(self.marks, rows);
        let (x, from, to) = (outer.x, outer.place(inner.first), outer.place(inner.last));
        let _ = write!(
            self.out,
            "<path class=\"zoom\" d=\"M{x:.2} {from:.2}L{:.2} {:.2}V{:.2}L{x:.2} {to:.2}Z\"/>",
            inner.x, inner.top, inner.bottom
        );
        let y = (from + to) / 2.0;
        let _ = write!(self.out, "<circle class=\"join\" cx=\"{x:.2}\" cy=\"{y:.2}\" r=\".22\"/>");
    }
}

/// The steps a scale may have: how long, in seconds at least, the unit it counts, how many of them, and how it is told.
const STEPS: [(f64, Unit, i64, Precision); 11] = [
    (60.0, Unit::Minute, 1, Precision::Minute),
    (300.0, Unit::Minute, 5, Precision::Minute),
    (900.0, Unit::Minute, 15, Precision::Minute),
    (3_600.0, Unit::Hour, 1, Precision::Minute),
    (21_600.0, Unit::Hour, 6, Precision::Minute),
    (86_400.0, Unit::Day, 1, Precision::Day),
    (7.0 * 86_400.0, Unit::Week, 1, Precision::Day),
    (28.0 * 86_400.0, Unit::Month, 1, Precision::Month),
    (90.0 * 86_400.0, Unit::Month, 3, Precision::Month),
    (365.0 * 86_400.0, Unit::Year, 1, Precision::Year),
    (3_650.0 * 86_400.0, Unit::Year, 10, Precision::Year),
];

/// The least distance of two ticks, in em.
const TICK_GAP: f64 = 2.2;

/// Where the ticks of a scale from `first` to `last` stand, with what to write beside them.
fn ticks(first: f64, last: f64, height: f64, case_zone: Option<&TimeZone>) -> Vec<(f64, String)> {
    let most = (height / TICK_GAP).max(2.0);
    let step = STEPS.iter().find(|(least, ..)| (last - first) / least <= most);
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
                Precision::Minute => at.strftime("%H:%M").to_string(),
                Precision::Day => at.strftime("%m-%d").to_string(),
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
        for (length, height) in
            [(600.0, 20.0), (day, 20.0), (40.0 * day, 30.0), (900.0 * day, 100.0), (9_000.0 * day, 20.0)]
        {
            let from = 1_900_000_123.0;
            let ticks = ticks(from, from + length, height, None);
            assert!(!ticks.is_empty() && ticks.len() as f64 <= height / TICK_GAP + 1.0, "{length}: {}", ticks.len());
            assert!(ticks.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
    }
}
