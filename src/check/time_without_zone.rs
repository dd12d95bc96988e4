//! C813: a clock time without a zone, in a case without one.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::DocumentId;
use crate::site::Site;

/// Finds the first clock time of a timeline that has no zone, its own or the case's.
pub(super) fn check(site: &Site, document: DocumentId) -> Vec<Diagnostic> {
    let case = &site.case;
    let Some(events) = case.events_of(document).filter(|_| case.config.time_zone.is_none()) else {
        return Vec::new();
    };
    let mut without = events.iter().filter(|event| event.has_clock() && event.zone.is_none() && !event.zone_unclear);
    let Some(first) = without.next() else { return Vec::new() };
    let others = without.count();
    let this = &case.documents[document];
    let message = match others {
        0 => message!(
            en: "this time names no zone, and neither does the case",
            zh: "这个时间没有写时区，案卷也没有设定时区"
        ),
        1 => message!(
            en: "this time names no zone, nor does one other here, and neither does the case",
            zh: "这个时间和本文另外 1 个时间没有写时区，案卷也没有设定时区"
        ),
        _ => message!(
            en: "this time names no zone, nor do {others} others here, and neither does the case",
            zh: "这个时间和本文另外 {others} 个时间没有写时区，案卷也没有设定时区"
        ),
    };
    let help = message!(
        en: "set `time_zone` in casefile.yaml, such as `time_zone: Asia/Shanghai`, or write the zone beside \
             the time",
        zh: "请在 casefile.yaml 中设 `time_zone`，例如 `time_zone: Asia/Shanghai`，或在时间旁写明时区"
    );
    let span = this.times[first.time].span;
    vec![Diagnostic::at(Code::TimeWithoutZone, this.source, span, message).help(help)]
}
