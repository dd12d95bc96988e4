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

    /// The first instant of an event.
    pub(super) fn start(&self, event: &Event) -> Timestamp {
        self.instant(event.start, event.zone.as_ref())
    }

    /// The first instant after all that the start of an event covers.
    pub(super) fn after(&self, event: &Event) -> Timestamp {
        self.instant(event.covers(), event.zone.as_ref())
    }
}
