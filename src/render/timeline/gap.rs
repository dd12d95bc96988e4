//! How long after the event before something happened, in words.

use jiff::tz::TimeZone;

use super::instant;
use crate::case::event::Event;
use crate::document::time::Precision;
use crate::language::phrases::Phrases;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How long after `before` something happened, as exactly as both are told: by the clock up to two days, else by the
/// calendar. None where it happened before that, and where one of them lasts, is told by the month or is open.
pub(super) fn words(before: &Event, event: &Event, case_zone: Option<&TimeZone>, phrases: &Phrases) -> Option<String> {
    let is_point = |event: &Event| {
        event.until.is_none() && !event.open_end && event.part.is_none() && event.precision >= Precision::Day
    };
    // On two clocks of which one is not known nothing can be reckoned.
    let comparable = event.zone_in(case_zone).is_some() == before.zone_in(case_zone).is_some();
    if !is_point(before) || !is_point(event) || !comparable || before.zone_unclear || event.zone_unclear {
        return None;
    }
    let precision = before.precision.min(event.precision);
    let (from, to) = (instant(before, before.start, case_zone), instant(event, event.start, case_zone));
    let seconds = to.as_second() - from.as_second();
    let zone = event.zone_in(case_zone).cloned().unwrap_or(TimeZone::UTC);
    let day = |at: jiff::Timestamp| at.to_zoned(zone.clone()).date();
    let days = i64::from(day(from).until(day(to)).map_or(0, |span| span.get_days()));
    let length = if precision == Precision::Day || seconds >= 2 * DAY {
        match days {
            ..0 => return None,
            0 => return Some(phrases.same_day.clone()),
            1 => phrases.one_day.clone(),
            days => phrases.days.replace("{count}", &days.to_string()),
        }
    } else {
        clock(seconds, precision, phrases)?
    };
    let about = before.approximate || event.approximate;
    let later = phrases.later.replace("{time}", &length);
    Some(if about { format!("{} {later}", phrases.about) } else { later })
}

/// Hours, minutes and seconds, as far as both clocks tell them.
fn clock(seconds: i64, precision: Precision, phrases: &Phrases) -> Option<String> {
    let parts = [
        (seconds / HOUR, &phrases.hours),
        (seconds % HOUR / MINUTE, &phrases.minutes),
        (if precision == Precision::Second { seconds % MINUTE } else { 0 }, &phrases.seconds),
    ];
    let told: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| words.replace("{count}", &count.to_string()))
        .collect();
    (!told.is_empty()).then(|| told.join(" "))
}
