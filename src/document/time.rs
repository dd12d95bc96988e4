//! Points and stretches of time as authors write them, in several forms and both languages.

mod cursor;
mod parse;
mod scan;

use jiff::civil;
use jiff::tz::{Offset, TimeZone};

use crate::Message;
pub use crate::language::time_words::Part;

pub use parse::{Position, parse, zone_in};
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
    /// Years before the one as of which the case is told: 1 for 去年, 0 for 今年.
    pub years_ago: Option<i8>,
    /// Years after the one that was named last: 1 for 次年, 0 for 同年.
    pub years_later: Option<i8>,
    /// The month, 1 to 12.
    pub month: Option<i8>,
    /// The part of the month, or of the year if no month is named, that is meant: 上旬, 年底, autumn.
    pub part: Option<Part>,
    /// The month that was named last, of which only the part is written: 月底.
    pub same_month: bool,
    /// The day of the month. It exists, as far as month and year are written.
    pub day: Option<i8>,
    /// Days after the day that was named last: 0 for “the same day”, 1 for “the next day”.
    pub days_later: Option<i16>,
    /// The hour, 0 to 24; 24 is the end of the day and has no minutes.
    pub hour: Option<i8>,
    /// The minute.
    pub minute: Option<i8>,
    /// The second.
    pub second: Option<i8>,
    /// How a date made of numbers alone tells day and month apart.
    pub order: Order,
}

/// How a date such as `04/05/2031` or `9/28` tells the day from the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By its form, as `2031-05-04` and `4 May` do.
    #[default]
    Plain,
    /// The first number is above twelve.
    DayFirst,
    /// The second number is above twelve.
    MonthFirst,
    /// By nothing: the month is taken to stand first until the document settles it.
    Open,
}

impl Part {
    /// The first month of this part of a year, and how many months it has.
    fn months(self) -> (i8, i8) {
        match self {
            Part::Start => (1, 2),
            Part::Early => (1, 4),
            Part::Middle => (5, 4),
            Part::Late => (9, 4),
            Part::End => (11, 2),
            Part::Spring => (3, 3),
            Part::Summer => (6, 3),
            Part::Autumn => (9, 3),
            Part::Winter => (12, 3),
            Part::Quarter1 => (1, 3),
            Part::Quarter2 => (4, 3),
            Part::Quarter3 => (7, 3),
            Part::Quarter4 => (10, 3),
            Part::Half1 => (1, 6),
            Part::Half2 => (7, 6),
        }
    }

    /// The first day of this part of a month, and the first after it; none if that is the next month.
    fn days(self) -> (i8, Option<i8>) {
        match self {
            Part::Start => (1, Some(6)),
            Part::Early => (1, Some(11)),
            Part::Middle => (11, Some(21)),
            Part::Late => (21, None),
            Part::End => (25, None),
            _ => (1, None),
        }
    }

    /// Whether a month can have such a part.
    pub fn is_of_month(self) -> bool {
        self <= Part::End
    }

    /// Whether its bounds are agreed on, as those of a quarter are.
    fn is_exact(self) -> bool {
        self >= Part::Quarter1
    }
}

impl Moment {
    /// How exactly it is told.
    pub fn precision(&self) -> Precision {
        match self {
            Self { second: Some(_), .. } => Precision::Second,
            Self { minute: Some(_), .. } => Precision::Minute,
            Self { hour: Some(_), .. } => Precision::Hour,
            Self { day: Some(_), .. } | Self { days_later: Some(_), .. } => Precision::Day,
            Self { month: Some(_), .. } | Self { same_month: true, .. } => Precision::Month,
            _ => Precision::Year,
        }
    }

    /// The same day with the hour, minute and second of another time.
    pub fn with_clock(self, clock: &Self) -> Self {
        Self { hour: clock.hour, minute: clock.minute, second: clock.second, ..self }
    }

    /// Whether it needs nothing of what stands before.
    pub fn is_full(&self) -> bool {
        self.year.is_some() && (self.month.is_some() || self.day.is_none())
    }

    /// Whether it needs the very day of what stands before: “the next day”, `14:20`.
    pub fn needs_day(&self) -> bool {
        let alone = !self.same_month && self.part.is_none() && self.year.is_none() && self.years_ago.is_none();
        self.days_later.is_some() || (alone && self.month.is_none() && self.day.is_none())
    }

    /// Its first instant on the clock, with what is not written taken from `before`; none if there is no such day.
    pub fn start(&self, before: Option<civil::Date>) -> Option<civil::DateTime> {
        self.covers(before, None).map(|covered| covered.start)
    }

    /// All that it may mean on the clock: a day for a day, its third for early May. What is not written is taken from
    /// `before`, and the year of 去年 from `as_of`; none if there is no such day, or nothing to take it from.
    pub fn covers(
        &self,
        before: Option<civil::Date>,
        as_of: Option<civil::Date>,
    ) -> Option<std::ops::Range<civil::DateTime>> {
        let year = match (self.year, self.years_ago) {
            (Some(year), _) => Some(year),
            (None, Some(ago)) => Some(as_of?.year() - i16::from(ago)),
            (None, None) => match self.years_later {
                Some(later) => Some(before?.year() + i16::from(later)),
                None => None,
            },
        };
        let date = match (year, self.month, self.day, self.days_later) {
            (_, _, _, Some(days)) => before?.checked_add(jiff::Span::new().days(days)).ok()?,
            (Some(year), month, day, _) => civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?,
            (None, Some(month), day, _) => civil::Date::new(before?.year(), month, day.unwrap_or(1)).ok()?,
            (None, None, Some(day), _) => civil::Date::new(before?.year(), before?.month(), day).ok()?,
            (None, None, None, None) => match self.part {
                Some(_) if self.same_month => before?.first_of_month(),
                Some(_) => before?.first_of_year(),
                None => before?,
            },
        };
        if let Some(part) = self.part {
            return part_of(date, part, self.precision());
        }
        let hour = self.hour.unwrap_or(0);
        let start = match hour {
            24 => date.tomorrow().ok()?.at(0, 0, 0, 0),
            _ => date.at(hour, self.minute.unwrap_or(0), self.second.unwrap_or(0), 0),
        };
        let span = match self.precision() {
            Precision::Year => jiff::Span::new().years(1),
            Precision::Month => jiff::Span::new().months(1),
            Precision::Day => jiff::Span::new().days(1),
            Precision::Hour => jiff::Span::new().hours(1),
            Precision::Minute => jiff::Span::new().minutes(1),
            Precision::Second => jiff::Span::new().seconds(1),
        };
        Some(start..start.checked_add(span).unwrap_or(start))
    }

    /// The same date with day and month exchanged; none where that is no day.
    fn exchanged(self) -> Option<Self> {
        let (month, day) = (self.day?, self.month?);
        civil::Date::new(self.year.unwrap_or(LEAP_YEAR), month, day).ok()?;
        Some(Self { month: Some(month), day: Some(day), ..self })
    }
}

/// Stands for a year that is not written, when a day of a month is checked.
const LEAP_YEAR: i16 = 2000;

/// The days of a part of the month or year that begins at `first`.
fn part_of(first: civil::Date, part: Part, precision: Precision) -> Option<std::ops::Range<civil::DateTime>> {
    let midnight = |date: civil::Date| date.at(0, 0, 0, 0);
    if precision >= Precision::Month {
        let (from, to) = part.days();
        let next_month = first.checked_add(jiff::Span::new().months(1)).ok()?;
        let of_month = |day| civil::Date::new(first.year(), first.month(), day).ok();
        return Some(midnight(of_month(from)?)..midnight(to.map_or(Some(next_month), of_month)?));
    }
    let (from, months) = part.months();
    let start = civil::Date::new(first.year(), from, 1).ok()?;
    Some(midnight(start)..midnight(start.checked_add(jiff::Span::new().months(months)).ok()?))
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
    /// Whether it goes on without an end: 起, 至今, since.
    pub open_end: bool,
    /// Whether it is a date only if the entries around it are such: `3.22`, `9/28`.
    pub loose: bool,
}

impl Expression {
    fn moments(&mut self) -> impl Iterator<Item = &mut Moment> {
        std::iter::once(&mut self.start).chain(&mut self.end)
    }

    /// The order of day and month that it proves, if it does: a number above twelve is no month.
    pub fn proves(&self) -> Option<Order> {
        let orders = std::iter::once(&self.start).chain(&self.end).map(|moment| moment.order);
        orders.into_iter().find(|order| matches!(order, Order::DayFirst | Order::MonthFirst))
    }

    /// Whether nothing in it tells the day from the month.
    pub fn is_open(&self) -> bool {
        self.start.order == Order::Open || self.end.is_some_and(|end| end.order == Order::Open)
    }

    /// Reads day and month in the order that the document proves. Returns whether they are days.
    pub fn settle(&mut self, order: Order) -> bool {
        self.moments().filter(|moment| moment.order == Order::Open).all(|moment| {
            let read = if order == Order::DayFirst { moment.exchanged() } else { Some(*moment) };
            if let Some(read) = read {
                *moment = Moment { order, ..read };
            }
            read.is_some()
        })
    }
}

/// What is wrong with something that is clearly meant as a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// There is no such month, day, hour, minute or second; says which.
    NoSuch(Message),
    /// `04/05/2031`: the fourth of May, or the fifth of April.
    TwoWays,
    /// It looks like a time and is in no form that is known: “Week of May 4”, 几天后.
    Unread,
}

/// An expression found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundTime {
    /// Where it stands, in bytes, with what belongs to it: 左右, （北京时间）.
    pub range: std::ops::Range<usize>,
    /// What it says, or why it says nothing.
    pub expression: Result<Expression, Fault>,
    /// What stands where a zone would, and is none.
    pub no_zone: Option<String>,
}
