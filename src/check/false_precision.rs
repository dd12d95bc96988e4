//! C815: a time that is exact here and approximate elsewhere.

use std::collections::HashMap;

use jiff::Timestamp;

use super::instants::Clock;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::time::{Expression, Precision};
use crate::document::{DocumentId, TimeId};
use crate::site::Site;

/// Finds times that are told to the minute or second here and only roughly elsewhere.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let case = &site.case;
    let clock = Clock::of(case);
    let mut rough: HashMap<Timestamp, (DocumentId, TimeId)> = HashMap::new();
    let mut exact: Vec<(Timestamp, DocumentId, TimeId)> = Vec::new();
    for (document, this) in DocumentId::each(&case.documents) {
        let events = case.events_of(document).unwrap_or_default();
        for (index, time) in TimeId::each(&this.times) {
            let Ok(expression) = &time.expression else { continue };
            // An event has from its heading what its time leaves out.
            let event = events.binary_search_by_key(&index, |event| event.time).ok().map(|at| &events[at]);
            let instant = match event {
                Some(event) => event.has_clock().then(|| clock.instant(event.start, event.zone.as_ref())),
                None => instant(&clock, expression),
            };
            let Some(instant) = instant else { continue };
            let precise = expression.start.precision() >= Precision::Minute;
            if expression.approximate {
                rough.entry(instant).or_insert((document, index));
            } else if precise && expression.end.is_none() {
                exact.push((instant, document, index));
            }
        }
    }
    let told = |document: DocumentId, index: TimeId| {
        let span = case.documents[document].times[index].span;
        let source = case.source_of(document);
        (source.slice(span).trim().to_owned(), source.path.clone(), source.starts_at(span).line)
    };
    exact
        .into_iter()
        .filter_map(|(instant, document, index)| {
            let &(other, other_index) = rough.get(&instant)?;
            let this = &case.documents[document];
            let (words, path, line) = told(other, other_index);
            let message = message!(
                en: "the time is exact here, but `{words}` at {path}:{line}",
                zh: "这里的时间是确切的，{path}:{line} 却写作“{words}”"
            );
            let help = message!(
                en: "say here too that it is approximate, or say there how it is known exactly",
                zh: "请在这里也写明是大约的时间，或在那里写明确切时间从何得知"
            );
            let span = this.times[index].span;
            Some(Diagnostic::at(Code::FalsePrecision, this.source, span, message).help(help))
        })
        .collect()
}

/// The instant of a time of day on a day that is written out.
fn instant(clock: &Clock, expression: &Expression) -> Option<Timestamp> {
    let start = &expression.start;
    let full = start.year.is_some() && start.day.is_some() && start.hour.is_some();
    let time = start.start(None).filter(|_| full)?;
    let zone = expression.zone.as_ref().map(|zone| zone.time_zone());
    Some(clock.instant(time, zone.as_ref()))
}
