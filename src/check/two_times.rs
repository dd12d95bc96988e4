//! C816: one event at two times.

use std::collections::HashMap;

use super::instants::Clock;
use crate::case::event::Event;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::lexicon::fold;
use crate::site::Site;

/// The fewest columns of words by which two events are the same; 报案 alone says too little.
const MIN_WORDS: usize = 8;

/// Finds events that are told at two times: with the same words, or in two languages.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let case = &site.case;
    let clock = Clock::of(case);
    let mut findings = Vec::new();
    let mut by_words: HashMap<(usize, String), (usize, &Event)> = HashMap::new();
    for (&document, timeline) in &case.timelines {
        for event in &timeline.events {
            let words = fold(&event.title);
            if words.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>() < MIN_WORDS {
                continue;
            }
            let key = (case.documents[document].language, words);
            match by_words.get(&key) {
                Some(&(other, first))
                    if differs(&clock, first, event) && !(other == document && recurs(first, event)) =>
                {
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

/// Whether the same words tell of something that happens again: in one timeline, on another day and at another hour.
fn recurs(a: &Event, b: &Event) -> bool {
    let same_clock = a.has_clock() && b.has_clock() && a.start.time() == b.start.time();
    a.start.date() != b.start.date() && !same_clock
}

fn differs(clock: &Clock, a: &Event, b: &Event) -> bool {
    // The same day told once with and once without the hour is one time.
    let [(start_a, after_a), (start_b, after_b)] = clock.pair(a, b);
    after_a <= start_b || after_b <= start_a || (a.precision == b.precision && start_a != start_b)
}

fn finding(site: &Site, document: usize, event: &Event, other: usize, first: &Event) -> Diagnostic {
    let this = &site.case.documents[document];
    let source = site.case.source_of(other);
    let there = site.case.documents[other].times[first.time as usize].span;
    let line = source.position(there.start as usize).line;
    let message = format!("the same event is at `{}` at {}:{line}", source.slice(there).trim(), source.path);
    let span = this.times[event.time as usize].span;
    Diagnostic::at(Code::TwoTimes, this.source, span, message).help("one of the two is a slip; correct it")
}
