//! The events of a timeline as one list: each where the author tells it, with the time since the one before, its time in
//! UTC and in the zone of the case, and above them all of them on an axis true to scale. Where the text does not follow
//! time, a list that does stands above it.

mod gap;
mod scale;

use std::borrow::Cow;
use std::fmt::Write;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::escape;
use crate::case::event::{Event, EventId, zone_name};
use crate::document::DocumentId;
use crate::document::time::Precision;
use crate::language::Language;
use crate::language::kind::DocumentKind;
use crate::language::phrases::Phrases;
use crate::site::{Site, Spot};

/// From how many events on a timeline without sections has its months for contents.
const MANY_EVENTS: usize = 20;

/// The most events that have links on the axis.
const MOST_LINKED: usize = 200;

/// What the page of a timeline shows above the text.
#[derive(Serialize)]
pub(super) struct TimelineView<'a> {
    /// The zone of the clock in words; none if neither the author nor the case names one for all.
    zone: Option<String>,
    /// Whether that is UTC.
    is_utc: bool,
    /// Whether the zone of a time is not known.
    is_unzoned: bool,
    /// All events in the order of time, where the text has them in another one.
    events: Vec<EventEntry<'a>>,
    /// What looks dated and was not read: the time as written, and the words.
    undated: Vec<(Cow<'a, str>, &'a str)>,
    /// The axis; none where there is nothing to compare.
    scale: Option<tera::Value>,
    /// Whether some event lasts, or is known by its month alone, and whether some time is not exact: the axis shows both.
    has_spans: bool,
    has_about: bool,
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
pub(super) fn view<'a>(site: &'a Site, document: DocumentId, prefix: &str) -> Option<TimelineView<'a>> {
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
    let case_zone = clock(site, events);
    let order = order(events, case_zone);
    let entries = order.iter().map(|&at| {
        let event = &events[at];
        let written = this.written_time(event.time, source);
        entry(
            event,
            written,
            format!("{prefix}{}", site.addresses[document].of(Spot::Event(EventId::new(at)))),
            case_zone,
            &language.table.phrases,
        )
    });
    let ordered: Vec<&Event> = order.iter().map(|&at| &events[at]).collect();
    // A dot leads to its row, and says which that is, where there are few enough to hit one.
    let rows: Vec<scale::Row> = order
        .iter()
        .filter(|_| events.len() <= MOST_LINKED)
        .map(|&at| scale::Row {
            href: format!("{prefix}{}", site.addresses[document].of(Spot::Event(EventId::new(at)))),
            words: format!("{} {}", this.written_time(events[at].time, source), events[at].title),
        })
        .collect();
    let scale = scale::draw(&ordered, &rows, case_zone);
    Some(TimelineView {
        zone: case_zone.map(|zone| zone_words(zone, language)),
        is_utc: case_zone == Some(&TimeZone::UTC),
        is_unzoned: events.iter().any(|event| event.has_clock() && event.zone_in(case_zone).is_none()),
        events: if follows_time(events, case_zone) { Vec::new() } else { entries.collect() },
        undated: timeline
            .undated
            .iter()
            .map(|entry| (this.written_time(entry.time, source), entry.title.as_str()))
            .collect(),
        scale: scale.map(|scale| tera::Value::safe_string(&scale)),
        has_spans: events.iter().any(|event| event.until.is_some() || event.precision <= Precision::Month),
        has_about: events.iter().any(|event| event.approximate),
    })
}

/// The events of the timeline `document` by their months, as a table of contents, where it has no sections but so many
/// events that one looks for one; empty otherwise.
pub(super) fn months(site: &Site, document: DocumentId) -> String {
    let this = &site.case.documents[document];
    let timeline = site.case.timelines.get(&document).filter(|_| this.kind == DocumentKind::Timeline);
    let events = timeline.map_or(&[][..], |timeline| &timeline.events);
    let case_zone = clock(site, events);
    if events.len() < MANY_EVENTS || !follows_time(events, case_zone) {
        return String::new();
    }
    let mut out = String::new();
    let mut last = String::new();
    for (id, event) in EventId::each(events) {
        let anchor = site.addresses[document].of(Spot::Event(id));
        let month = event.precision.min(Precision::Month).words(event.start);
        if month == last {
            continue;
        }
        out.push_str(if last.is_empty() { "<ol>" } else { "</li>" });
        let _ = write!(out, "\n<li><a href=\"#{anchor}\"><time datetime=\"{month}\">{month}</time></a>");
        last = month;
    }
    out + "</li></ol>"
}

/// What the program says beside each event of a timeline, as HTML in the order of the text: how long after the one before
/// it happened, its time on the clock of the case where it is written otherwise, and in UTC. Empty for other documents.
pub(super) fn moments(site: &Site, document: DocumentId) -> Vec<String> {
    let this = &site.case.documents[document];
    let timeline = site.case.timelines.get(&document).filter(|_| this.kind == DocumentKind::Timeline);
    let events = timeline.map_or(&[][..], |timeline| &timeline.events);
    let case_zone = clock(site, events);
    let phrases = &site.case.languages[this.language].table.phrases;
    let source = site.case.source_of(document);
    let moment = |at: usize| {
        let event = &events[at];
        let written = this.written_time(event.time, source);
        let before = at.checked_sub(1).map(|before| &events[before]);
        let gap = before.and_then(|before| gap::words(before, event, case_zone, phrases));
        let entry = entry(event, written.clone(), String::new(), case_zone, phrases);
        let local = (event.has_clock() && !written.contains(&entry.local)).then_some(entry.local);
        let about = if entry.about { format!("{} ", phrases.about) } else { String::new() };
        let local = local.map(|local| format!("{about}{local}"));
        let utc = entry.utc.map(|utc| match entry.utc_until {
            Some(until) => format!("{utc} – {until} UTC"),
            None => format!("{utc} UTC"),
        });
        let mut out = String::new();
        let mut part = |class: &str, words: &str| {
            let time = if class.is_empty() {
                format!("<time datetime=\"{}\">", entry.datetime)
            } else {
                format!("<span class=\"{class}\">")
            };
            out.push_str(if out.is_empty() { "" } else { " " });
            out.push_str(&time);
            escape::text(&mut out, words);
            out.push_str(if class.is_empty() { "</time>" } else { "</span>" });
        };
        if let Some(gap) = gap {
            part("gap", &gap);
        }
        let clocks = [local, utc];
        for words in clocks.iter().flatten() {
            part("", words);
        }
        if let Some(words) = entry.unzoned {
            part("unzoned", words);
        }
        out
    };
    (0..events.len()).map(moment).collect()
}

/// The zone in which the times of a timeline are told.
fn clock<'a>(site: &'a Site, events: &'a [Event]) -> Option<&'a TimeZone> {
    site.case.config.time_zone.as_ref().or_else(|| common_zone(events))
}

/// The events in the order of time.
fn order(events: &[Event], case_zone: Option<&TimeZone>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by_key(|&at| (instant(&events[at], events[at].start, case_zone), at));
    order
}

/// Whether no event of the text must have happened before one that stands above it.
fn follows_time(events: &[Event], case_zone: Option<&TimeZone>) -> bool {
    let mut latest = Timestamp::MIN;
    events.iter().all(|event| {
        let follows = instant(event, event.covers, case_zone) > latest;
        latest = latest.max(instant(event, event.start, case_zone));
        follows
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
