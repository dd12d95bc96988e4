//! C816: one event at two times.

use std::collections::HashMap;

use super::instants::Clock;
use crate::case::event::Event;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::DocumentId;
use crate::document::tree::NodeKind;
use crate::language::LanguageId;
use crate::language::words::fold;
use crate::site::Site;

/// The fewest columns of words by which two events are the same; 报案 and “alert triggered” say too little.
const MIN_WORDS: usize = 16;

/// Finds events that are told at two times: with the same words, or in two languages.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let case = &site.case;
    let clock = Clock::of(case);
    let mut findings = Vec::new();
    let mut by_words: HashMap<(LanguageId, String), (DocumentId, &Event)> = HashMap::new();
    for (&document, timeline) in &case.timelines {
        let this = &case.documents[document];
        for event in &timeline.events {
            // A day above what happened on it is no event to compare.
            let is_day = matches!(this.tree.get(event.block).kind, NodeKind::Heading(_))
                && this.times[event.time].words.start == this.times[event.time].words.end;
            if is_day {
                continue;
            }
            let words = fold(&event.title);
            if words.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>() < MIN_WORDS {
                continue;
            }
            let key = (case.documents[document].language, words);
            match by_words.get(&key) {
                Some(&(other, first)) if differs(&clock, first, event) && is_slip(first, event, other == document) => {
                    findings.push(finding(site, document, event, other, first));
                }
                Some(_) => {}
                None => {
                    by_words.insert(key, (document, event));
                }
            }
        }
    }
    for group in &case.groups {
        let mut told = group.documents.iter().flatten().filter_map(|&at| Some((at, case.events_of(at)?)));
        let Some((first, originals)) = told.next() else { continue };
        for (document, events) in told.filter(|(_, events)| events.len() == originals.len()) {
            let pairs = originals.iter().zip(events).filter(|(original, event)| differs(&clock, original, event));
            // Where most pairs differ, they are no pairs.
            if pairs.clone().count() * 2 > events.len().max(2) {
                continue;
            }
            findings.extend(pairs.map(|(original, event)| finding(site, document, event, first, original)));
        }
    }
    findings
}

/// Whether two times of the same words are likely to be one that was written wrongly. In one timeline what is told again
/// further on happened again; elsewhere a slip of the pen leaves all of the time but a digit, or two that are exchanged.
fn is_slip(first: &Event, event: &Event, in_one: bool) -> bool {
    if in_one && event.start >= first.start {
        return false;
    }
    let told = first.precision.min(event.precision);
    let digits = |event: &Event| -> Vec<char> { told.iso(event.start).chars().filter(char::is_ascii_digit).collect() };
    let (a, b) = (digits(first), digits(event));
    let apart: Vec<usize> = (0..a.len().min(b.len())).filter(|&at| a[at] != b[at]).collect();
    match apart[..] {
        [] | [_] => true,
        [at, next] => next == at + 1 && a[at] == b[next] && a[next] == b[at],
        _ => false,
    }
}

fn differs(clock: &Clock, a: &Event, b: &Event) -> bool {
    // The same day told once with and once without the hour is one time.
    let [(start_a, after_a), (start_b, after_b)] = clock.pair(a, b);
    after_a <= start_b || after_b <= start_a || (a.precision == b.precision && start_a != start_b)
}

fn finding(site: &Site, document: DocumentId, event: &Event, other: DocumentId, first: &Event) -> Diagnostic {
    let this = &site.case.documents[document];
    let source = site.case.source_of(other);
    let there = site.case.documents[other].times[first.time].span;
    let line = source.starts_at(there).line;
    let message = message!(
        en: "the same event is at `{there}` at {path}:{line}",
        zh: "同一件事在 {path}:{line} 的时间是“{there}”",
        there = source.slice(there).trim(), path = source.path
    );
    let span = this.times[event.time].span;
    Diagnostic::at(Code::TwoTimes, this.source, span, message).help(message!(
        en: "one of the two is a slip; correct it",
        zh: "两者必有一误，请改正"
    ))
}
