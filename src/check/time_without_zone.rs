//! C813: a clock time without a zone, in a case without one.

use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;

/// Finds the first clock time of a timeline that has no zone, its own or the case's.
pub(super) fn check(site: &Site, document: usize) -> Vec<Diagnostic> {
    let case = &site.case;
    let Some(events) = case.events_of(document).filter(|_| case.config.time_zone.is_none()) else {
        return Vec::new();
    };
    let mut without = events.iter().filter(|event| event.has_clock() && event.zone.is_none() && !event.zone_unclear);
    let Some(first) = without.next() else { return Vec::new() };
    let others = without.count();
    let this = &case.documents[document];
    let message = match others {
        0 => "this time names no zone, and neither does the case".to_owned(),
        1 => "this time names no zone, nor does one other here, and neither does the case".to_owned(),
        _ => format!("this time names no zone, nor do {others} others here, and neither does the case"),
    };
    let help =
        "set `time_zone` in casefile.yaml, such as `time_zone: Asia/Shanghai`, or write the zone beside the time";
    let span = this.times[first.time as usize].span;
    vec![Diagnostic::at(Code::TimeWithoutZone, this.source, span, message).help(help)]
}
