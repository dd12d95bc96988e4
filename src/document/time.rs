//! Points and stretches of time as authors write them, in several forms and both languages.

mod cursor;
mod parse;
mod scan;

use jiff::civil;
use jiff::tz::{Offset, TimeZone};

pub use parse::{Place, parse};
pub use scan::scan;

/// How exactly a time is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// 2031
    Year,
    /// March 2031
    Month,
    /// 2031-03-15
    Day,
    /// 2031年3月15日下午3点
    Hour,
    /// 2031-03-15 15:04
    Minute,
    /// 2031-03-15 15:04:09
    Second,
}

impl Precision {
    /// A time as far as this tells it (ISO 8601): `2031-05`, `2031-05-04T01:09`.
    pub fn iso(self, time: civil::DateTime) -> String {
        let form = match self {
            Precision::Year => "%Y",
            Precision::Month => "%Y-%m",
            Precision::Day => "%Y-%m-%d",
            Precision::Hour => "%Y-%m-%dT%H",
            Precision::Minute => "%Y-%m-%dT%H:%M",
            Precision::Second => "%Y-%m-%dT%H:%M:%S",
        };
        time.strftime(form).to_string()
    }

    /// A time as far as this tells it, for readers: `2031-05-04 01:09`.
    pub fn words(self, time: civil::DateTime) -> String {
        let iso = self.iso(time).replace('T', " ");
        if self == Precision::Hour { format!("{iso}:00") } else { iso }
    }

    /// A time as far as this tells it, as the `datetime` attribute of HTML has it, which knows no hours without minutes.
    pub fn datetime_attribute(self, time: civil::DateTime) -> String {
        let iso = self.iso(time);
        if self == Precision::Hour { format!("{iso}:00") } else { iso }
    }
}

/// A time as written. What is not written is left to what stands before: the year of `3月21日`, the day of `14:20`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moment {
    /// The year, 1000 to 2999.
    pub year: Option<i16>,
    /// The month, 1 to 12.
    pub month: Option<i8>,
    /// The day of the month. It exists, as far as month and year are written.
    pub day: Option<i8>,
    /// Days after the day that was named last: 0 for “the same day”, 1 for “the next day”.
    pub days_later: Option<i8>,
    /// The hour, 0 to 24; 24 is the end of the day and has no minutes.
    pub hour: Option<i8>,
    /// The minute.
    pub minute: Option<i8>,
    /// The second.
    pub second: Option<i8>,
}

impl Moment {
    /// How exactly it is told.
    pub fn precision(&self) -> Precision {
        match self {
            Self { second: Some(_), .. } => Precision::Second,
            Self { minute: Some(_), .. } => Precision::Minute,
            Self { hour: Some(_), .. } => Precision::Hour,
            Self { day: Some(_), .. } | Self { days_later: Some(_), .. } => Precision::Day,
            Self { month: Some(_), .. } => Precision::Month,
            _ => Precision::Year,
        }
    }

    /// Whether it needs nothing of what stands before.
    pub fn is_full(&self) -> bool {
        self.year.is_some() && (self.month.is_some() || self.day.is_none())
    }

    /// Its first instant on the clock, with what is not written taken from `before`; none if there is no such day.
    pub fn start(&self, before: Option<civil::Date>) -> Option<civil::DateTime> {
        let date = match (self.year, self.month, self.day, self.days_later) {
            (_, _, _, Some(days)) => before?.checked_add(jiff::Span::new().days(days)).ok()?,
            (Some(year), month, day, _) => civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?,
            (None, Some(month), day, _) => civil::Date::new(before?.year(), month, day.unwrap_or(1)).ok()?,
            (None, None, Some(day), _) => civil::Date::new(before?.year(), before?.month(), day).ok()?,
            (None, None, None, None) => before?,
        };
        let hour = self.hour.unwrap_or(0);
        if hour == 24 {
            return date.tomorrow().ok().map(|next| next.at(0, 0, 0, 0));
        }
        Some(date.at(hour, self.minute.unwrap_or(0), self.second.unwrap_or(0), 0))
    }
}

/// The zone an author names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Zone {
    /// `+08:00`
    Offset(Offset),
    /// 北京时间, `Asia/Shanghai`
    Named(TimeZone),
}

impl Zone {
    /// The zone as jiff knows it.
    pub fn time_zone(&self) -> TimeZone {
        match self {
            Zone::Offset(offset) => offset.to_time_zone(),
            Zone::Named(zone) => zone.clone(),
        }
    }
}

/// A time or a range of time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expression {
    /// When, or from when.
    pub start: Moment,
    /// Up to when; what it does not say it has from the start.
    pub end: Option<Moment>,
    /// Whether a word such as 左右 or “about” stands beside it.
    pub approximate: bool,
    /// The zone, if one is named.
    pub zone: Option<Zone>,
}

/// What is wrong with something that is clearly meant as a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// There is no such month, day, hour, minute or second; says which.
    NoSuch(String),
    /// `04/05/2031`: the fourth of May, or the fifth of April.
    TwoWays,
}

/// An expression found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it stands, in bytes, with what belongs to it: 左右, （北京时间）.
    pub range: std::ops::Range<usize>,
    /// What it says, or why it says nothing.
    pub expression: Result<Expression, Fault>,
    /// What stands where a zone would, and is none.
    pub no_zone: Option<String>,
}
