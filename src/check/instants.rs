//! Times of different zones and precision made comparable.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::case::Case;
use crate::case::event::Event;

/// Turns the times of a case into instants; where neither the author nor the case names a zone, as if they were UTC.
pub(super) struct Clock<'a> {
    zone: Option<&'a TimeZone>,
}

impl<'a> Clock<'a> {
    pub(super) fn of(case: &'a Case) -> Self {
        Self { zone: case.config.time_zone.as_ref() }
    }

    pub(super) fn instant(&self, time: DateTime, own: Option<&TimeZone>) -> Timestamp {
        let zone = own.or(self.zone).cloned().unwrap_or(TimeZone::UTC);
        zone.to_ambiguous_timestamp(time).compatible().unwrap_or(Timestamp::MIN)
    }

    /// The first instants of two events, and the first instants after what their starts cover. Where only one names its
    /// zone, nothing tells how far apart they are, and their clocks are compared as they stand.
    pub(super) fn pair(&self, a: &Event, b: &Event) -> [(Timestamp, Timestamp); 2] {
        let zoned = |event: &Event| event.zone.is_some() || self.zone.is_some();
        let comparable = zoned(a) && zoned(b);
        [a, b].map(|event| {
            let own = event.zone.as_ref().filter(|_| comparable);
            let zone = if comparable { own } else { Some(&TimeZone::UTC) };
            (self.instant(event.start, zone), self.instant(event.covers, zone))
        })
    }
}
