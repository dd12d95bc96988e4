//! What happened when: the events of a timeline.

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};

use crate::diagnostic::{Code, Diagnostic};
use crate::document::label::{self, Bracket};
use crate::document::time::{Fault, Moment, Precision};
use crate::document::tree::{NodeId, NodeKind};
use crate::document::{Document, Time};
use crate::language::lexicon::{Lexicon, fold};
use crate::source::{Source, Span};

/// An event: a heading, list item, paragraph or row that opens with a time.
#[derive(Debug)]
pub struct Event {
    /// The block.
    pub block: NodeId,
    /// One past the last node that belongs to it.
    pub end: NodeId,
    /// Which of the document's times opens it.
    pub time: u32,
    /// When, or from when, on the clock of its zone: the first instant of what is told.
    pub start: DateTime,
    /// Up to when.
    pub until: Option<DateTime>,
    /// How exactly the start is told.
    pub precision: Precision,
    /// How exactly the end is told.
    pub until_precision: Precision,
    /// Whether a word such as 左右 or “about” stands beside it.
    pub approximate: bool,
    /// The zone that the author names.
    pub zone: Option<TimeZone>,
    /// Whether something stands where a zone would, and is none: then that of the case is not meant either.
    pub zone_unclear: bool,
    /// The section it stands in; for a heading the one it opens.
    pub section: Option<u32>,
    /// What happened: the first sentence after the time.
    pub title: String,
}

impl Event {
    /// Whether it tells the time of day.
    pub fn has_clock(&self) -> bool {
        self.precision >= Precision::Hour
    }

    /// Its own zone or else that of the case; none if neither is known.
    pub fn zone_in<'a>(&'a self, case: Option<&'a TimeZone>) -> Option<&'a TimeZone> {
        self.zone.as_ref().or(case).filter(|_| !self.zone_unclear)
    }

    /// The first instant, in its own zone or else in that of the case; none if neither is known.
    pub fn instant(&self, case: Option<&TimeZone>) -> Option<jiff::Timestamp> {
        let zone = self.zone_in(case)?;
        zone.to_ambiguous_timestamp(self.start).compatible().ok()
    }

    /// The first moment after all that the start covers: a day for a day, so that events of different precision compare.
    pub fn covers(&self) -> DateTime {
        end_of(self.start, self.precision)
    }
}

/// The first moment after what is told at `start` as exactly as `precision` says.
fn end_of(start: DateTime, precision: Precision) -> DateTime {
    let span = match precision {
        Precision::Year => jiff::Span::new().years(1),
        Precision::Month => jiff::Span::new().months(1),
        Precision::Day => jiff::Span::new().days(1),
        Precision::Hour => jiff::Span::new().hours(1),
        Precision::Minute => jiff::Span::new().minutes(1),
        Precision::Second => jiff::Span::new().seconds(1),
    };
    start.checked_add(span).unwrap_or(start)
}

/// Reads the events of a timeline. What a time leaves unsaid (the year of `3月21日`, the day of `14:20`) it has from the
/// heading it stands under, or else from the event before.
pub fn of(document: &Document, source: &Source, lexicon: &Lexicon, findings: &mut Vec<Diagnostic>) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    let mut last: Option<(Date, Precision)> = None;
    let mut headed: Vec<(NodeId, (Date, Precision))> = Vec::new();
    for (index, time) in (0u32..).zip(&document.times) {
        let Some(block) = time.opens else { continue };
        let Ok(expression) = &time.expression else { continue };
        while headed.pop_if(|(end, _)| *end <= block).is_some() {}
        let before = headed.last().map(|&(_, date)| date).or(last);
        // Below a heading that names a day, “the next day” counts from the event before all the same.
        let before = if expression.start.days_later.is_some() { last.or(before) } else { before };
        // The day after “May 2031” is no day.
        let Moment { month, day, days_later, .. } = expression.start;
        let needs_day = days_later.is_some() || (month.is_none() && day.is_none() && expression.start.year.is_none());
        let before = before.filter(|(_, precision)| !needs_day || *precision >= Precision::Day).map(|(date, _)| date);
        let Some(start) = expression.start.start(before) else {
            let message = "this time leaves open which year or day it means";
            let help = "write the date, or put the event below a heading or an event that has one";
            findings.push(Diagnostic::at(Code::UnclearTime, document.source, time.span, message).help(help));
            continue;
        };
        let until = expression.end.as_ref().and_then(|end| end.start(Some(start.date())));
        let (section, end) = extent(document, block);
        let is_heading = matches!(document.tree.get(block).kind, NodeKind::Heading(_));
        if is_heading {
            headed.push((end, (start.date(), expression.start.precision())));
        }
        last = Some((start.date(), expression.start.precision()));
        let zone = expression.zone.as_ref().map(|zone| zone.time_zone());
        let gap = |zone: &&TimeZone| matches!(zone.to_ambiguous_timestamp(start).offset(), AmbiguousOffset::Gap { .. });
        if let Some(zone) = zone.as_ref().filter(gap) {
            let name = zone.iana_name().unwrap_or("that zone");
            let message = format!("the clocks of {name} never showed this time: they were put forward over it");
            let finding = Diagnostic::at(Code::UnclearTime, document.source, time.span, message);
            findings.push(finding.help("correct the time or the zone"));
        }
        events.push(Event {
            block,
            end,
            time: index,
            start,
            until,
            precision: expression.start.precision(),
            until_precision: expression.end.map_or(expression.start.precision(), |end| end.precision()),
            approximate: expression.approximate,
            zone,
            zone_unclear: time.no_zone.is_some(),
            section,
            title: title(document, source, time, lexicon),
        });
    }
    events
}

/// The section of an event and the end of what belongs to it: a heading's section, or the block.
fn extent(document: &Document, block: NodeId) -> (Option<u32>, NodeId) {
    match document.tree.get(block).kind {
        NodeKind::Heading(section) => (Some(section), document.section(section).end.max(block + 1)),
        _ => {
            let before = document.sections.partition_point(|section| section.node < block);
            let section = document.sections[..before].iter().rposition(|section| section.top);
            (section.map(|at| at as u32), document.tree.get(block).end)
        }
    }
}

/// What stands after the time, up to the end of the sentence, without what only says where to look: labels in brackets at
/// the end, and a last clause such as 见附录2.
fn title(document: &Document, source: &Source, time: &Time, lexicon: &Lexicon) -> String {
    let tree = &document.tree;
    let holder = time.opens.filter(|&block| matches!(tree.get(block).kind, NodeKind::Row { .. })).unwrap_or(time.block);
    let mut text = String::new();
    for (id, node) in tree.below(holder) {
        match node.kind {
            NodeKind::Cell { .. } => text.push(' '),
            NodeKind::Text if node.span.start < time.span.end && time.span.end < node.span.end => {
                text.push_str(source.slice(Span { start: time.span.end, end: node.span.end }));
            }
            _ if node.span.start >= time.span.end => tree.text_into(source, id, id + 1, &mut text),
            _ => {}
        }
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || "，,、。.：:-–—）)]】".contains(c));
    let sentence = without_pointers_at_end(first_sentence(text), lexicon);
    let clause = sentence.rfind(['，', ',', '；', ';']).map(|at| sentence.split_at(at));
    let pointer = clause.filter(|(before, last)| {
        let last = last.trim_start_matches(['，', ',', '；', ';', ' ']);
        !before.is_empty() && lexicon.lead_in(&fold(last)) > 0
    });
    let title = without_pointers_at_end(pointer.map_or(sentence, |(before, _)| before), lexicon);
    title.trim().trim_end_matches(['，', ',', '；', ';', '：', ':']).to_owned()
}

/// A text without the labels at its end that only point elsewhere; a website or receipt is part of what is said.
fn without_pointers_at_end<'a>(text: &'a str, lexicon: &Lexicon) -> &'a str {
    let mut rest = text.trim_end();
    while let Some(close) = rest.chars().next_back().filter(|c| matches!(c, '】' | ']')) {
        let (open, bracket) = if close == '】' { ('【', Bracket::Full) } else { ('[', Bracket::Square) };
        let Some(at) = rest.rfind(open).filter(|&at| at > 0) else { break };
        let inside = &rest[at + open.len_utf8()..rest.len() - close.len_utf8()];
        let labels = label::parse_bracket(inside, bracket, lexicon);
        let pointers = ["note", "appendix", "exhibit", "link"];
        if labels.is_empty() || !labels.iter().all(|member| pointers.contains(&member.key.kind.as_str())) {
            break;
        }
        rest = rest[..at].trim_end();
    }
    rest
}

/// The first sentence of a text, without its full stop.
pub(crate) fn first_sentence(text: &str) -> &str {
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next();
        let ends = match c {
            '。' | '！' | '？' => true,
            '.' | '!' | '?' => next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if ends {
            return &text[..at];
        }
    }
    text
}

/// What a zone is called in data: its name in the tz database, or its offset.
pub fn zone_name(zone: &TimeZone) -> String {
    match zone.iana_name() {
        Some(name) => name.to_owned(),
        None => zone.to_offset(jiff::Timestamp::UNIX_EPOCH).to_string(),
    }
}

/// What is wrong with the times of a document, wherever they stand.
pub fn faults(document: &Document, findings: &mut Vec<Diagnostic>) {
    for time in &document.times {
        if let Some(zone) = &time.no_zone {
            let message = format!("`{zone}` is no time zone");
            let help = "such as `+08:00`, `Asia/Shanghai` or 北京时间";
            findings.push(Diagnostic::at(Code::UnknownZone, document.source, time.span, message).help(help));
        }
        let Err(fault) = &time.expression else { continue };
        let (code, message, help) = match fault {
            Fault::NoSuch(what) => (Code::UnclearTime, what.clone(), "correct it"),
            Fault::TwoWays => {
                let message = "the day may be the first number or the second".to_owned();
                (Code::UnclearTime, message, "write it as `2031-05-04`, or with the name of the month")
            }
        };
        findings.push(Diagnostic::at(code, document.source, time.span, message).help(help));
    }
}
