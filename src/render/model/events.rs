//! What happened when, as data.

use std::borrow::Cow;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Serialize;

use crate::case::event::{Event, EventId, zone_name};
use crate::case::ground::Ground;
use crate::document::DocumentId;
use crate::document::time::{Part, Precision};
use crate::site::{Site, Spot};

/// An event of a timeline.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EventModel<'a> {
    /// The anchor on the page.
    pub anchor: &'a str,
    /// The time as written.
    pub written: Cow<'a, str>,
    /// When, or from when, as far as it is told (ISO 8601), on the clock of its zone.
    pub start: String,
    /// Up to when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// All of it as an Extended Date/Time Format string (ISO 8601-2:2019, level 1). It has no hours without seconds; where
    /// the clock is told less exactly, it names the day.
    pub edtf: String,
    /// What the day rests on: its year stands there, or is read from what stands before.
    pub ground: Ground,
    /// How exactly the start is told.
    pub precision: Told,
    /// Whether a word such as 左右 or “about” stands beside it.
    pub approximate: bool,
    /// The zone: the author's, or else that of the case; none if neither is named.
    pub zone: Option<String>,
    /// Whether the author names the zone beside the time.
    pub zone_written: bool,
    /// The start in UTC (RFC 3339), if the time of day and the zone are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utc: Option<String>,
    /// What happened: the first sentence after the time.
    pub title: &'a str,
    /// The addresses of what it cites.
    pub cites: Vec<String>,
    /// How many links lead to it.
    pub cited: usize,
    /// The line of its time.
    pub line: u32,
}

/// How exactly a time is told.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Told {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

impl From<Precision> for Told {
    fn from(precision: Precision) -> Self {
        match precision {
            Precision::Year => Told::Year,
            Precision::Month => Told::Month,
            Precision::Day => Told::Day,
            Precision::Hour => Told::Hour,
            Precision::Minute => Told::Minute,
            Precision::Second => Told::Second,
        }
    }
}

/// The events of a document.
pub(super) fn events(site: &Site, document: DocumentId) -> Vec<EventModel<'_>> {
    let Some(events) = site.case.events_of(document) else { return Vec::new() };
    EventId::each(events).map(|(at, event)| model(site, document, event, at)).collect()
}

fn model<'a>(site: &'a Site, document: DocumentId, event: &'a Event, at: EventId) -> EventModel<'a> {
    let this = &site.case.documents[document];
    let spot = Spot::Event(at);
    let source = site.case.source_of(document);
    let span = this.times[event.time].span;
    let expression = this.times[event.time].expression.as_ref();
    let is_written = expression.is_ok_and(|told| told.start.year.is_some());
    let case_zone = site.case.config.time_zone.as_ref();
    let zone = event.zone_in(case_zone);
    let instant = event.instant(case_zone).filter(|_| event.has_clock());
    EventModel {
        anchor: site.addresses[document].of(spot),
        written: this.written_time(event.time, source),
        start: event.precision.iso(event.start),
        end: event.until.map(|until| event.until_precision.iso(until)),
        edtf: edtf(event, zone),
        ground: if is_written { Ground::Written } else { Ground::Read },
        precision: event.precision.into(),
        approximate: event.approximate,
        zone: zone.map(zone_name),
        zone_written: event.zone.is_some(),
        utc: instant.map(|instant| instant.to_string()),
        title: &event.title,
        cites: cites(site, document, event),
        cited: site.backlinks[document].citing(spot).len(),
        line: source.starts_in_edition(span).line,
    }
}

/// An event's time in EDTF.
fn edtf(event: &Event, zone: Option<&TimeZone>) -> String {
    let about = if event.approximate { "~" } else { "" };
    if let Some(part) = event.part {
        let year = event.start.year();
        let division = match part {
            _ if event.precision != Precision::Year => None,
            Part::Spring => Some(21),
            Part::Summer => Some(22),
            Part::Autumn => Some(23),
            Part::Winter => Some(24),
            Part::Quarter1 => Some(33),
            Part::Quarter2 => Some(34),
            Part::Quarter3 => Some(35),
            Part::Quarter4 => Some(36),
            Part::Half1 => Some(40),
            Part::Half2 => Some(41),
            Part::Start | Part::Early | Part::Middle | Part::Late | Part::End => None,
        };
        let last = event.covers.date().yesterday().unwrap_or(event.covers.date());
        if let Some(until) = event.until {
            let start = division
                .map_or_else(|| format!("{}~", event.start.date()), |division| format!("{year}-{division}{about}"));
            return format!("{start}/{}{about}", event.until_precision.min(Precision::Day).iso(until));
        }
        return match division {
            Some(division) if event.open_end => format!("{year}-{division}/.."),
            Some(division) => format!("{year}-{division}"),
            None if event.open_end => format!("{}~/..", event.start.date()),
            None => format!("{}~/{last}~", event.start.date()),
        };
    }
    let told = |time: DateTime, precision: Precision| match precision {
        Precision::Second if about.is_empty() => {
            let offset = zone.and_then(|zone| {
                let instant = zone.to_ambiguous_timestamp(time).compatible().ok()?;
                Some(zone.to_offset(instant).seconds())
            });
            let offset = offset.map_or(String::new(), |seconds| {
                let sign = if seconds < 0 { '-' } else { '+' };
                format!("{sign}{:02}:{:02}", seconds.abs() / 3600, seconds.abs() / 60 % 60)
            });
            format!("{}{offset}", precision.iso(time))
        }
        _ => format!("{}{about}", precision.min(Precision::Day).iso(time)),
    };
    let start = told(event.start, event.precision);
    let end = event.until.map(|until| told(until, event.until_precision)).filter(|end| *end != start);
    match end {
        Some(end) => format!("{start}/{end}"),
        None if event.open_end => format!("{start}/.."),
        None => start,
    }
}

/// The addresses of what the labels and links of an event lead to.
fn cites(site: &Site, document: DocumentId, event: &Event) -> Vec<String> {
    let this = &site.case.documents[document];
    let references = &site.references[document];
    let within = |node: u32| event.block <= node && node < event.end;
    let from = this.labels.partition_point(|label| label.node < event.block);
    let labels = this.labels.iter().zip(&references.labels).skip(from).take_while(|(label, _)| within(label.node));
    let labels = labels.flat_map(|(_, resolution)| super::targets(site, document, resolution, this.language));
    let from = this.links.partition_point(|link| link.node < event.block);
    let links = this.links.iter().zip(&references.links).skip(from).take_while(|(link, _)| within(link.node));
    let links = links.filter_map(|(_, target)| super::destination(site, target, this.language).1);
    let mut cites: Vec<String> = labels.chain(links).collect();
    cites.dedup();
    cites
}
