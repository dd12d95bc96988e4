//! Dates: `2031-05-04`, `2031年5月4日`, `4 May 2031`, `04/05/2031`.

use jiff::civil::Date;

use super::super::cursor::Cursor;
use super::super::{Fault, Moment};
use super::{Parser, Place, Read};
use crate::language::script::is_cjk_letter;

impl Parser<'_> {
    /// A date, and whether it is only a part of the month that it names.
    pub(super) fn date(&mut self, partial: bool) -> Read<Option<(Moment, bool)>> {
        let from = self.cursor;
        let found = self.numeric_date(partial)?;
        let found = match found {
            Some(found) => Some(found),
            None => {
                self.cursor = from;
                self.chinese_date(partial)?
            }
        };
        let found = match found {
            Some(found) => Some(found),
            None => {
                self.cursor = from;
                self.english_date(partial)?
            }
        };
        if found.is_none() {
            self.cursor = from;
            if partial {
                let days = if self.cursor.eat_any(&self.words.next_day) {
                    Some(1)
                } else if self.cursor.eat_any(&self.words.same_day) {
                    Some(0)
                } else {
                    None
                };
                return Ok(days.map(|days| (Moment { days_later: Some(days), ..Moment::default() }, false)));
            }
        }
        Ok(found)
    }

    /// `2031-05-04`, `2031/5/4`, `2031.5.4`, `2031-05`, `04/05/2031`.
    fn numeric_date(&mut self, partial: bool) -> Read<Option<(Moment, bool)>> {
        let mut ahead = self.cursor;
        let Some((first, len)) = ahead.digits(1, 4) else { return Ok(None) };
        let separator = ahead.peek().filter(|c| matches!(c, '-' | '/' | '.'));
        let Some(separator) = separator else {
            // A year alone opens an event: “2031: …”.
            let ends = !ahead.peek().is_some_and(|c| c.is_alphanumeric() || c == '%');
            let year_alone = partial && self.place == Place::Opening && len == 4 && ends && is_year(first);
            if !year_alone || ahead.rest().trim_start().starts_with(is_cjk_letter) {
                return Ok(None);
            }
            self.cursor = ahead;
            return Ok(Some((Moment { year: Some(first as i16), ..Moment::default() }, false)));
        };
        ahead.bump();
        let Some((second, second_len)) = ahead.digits(1, 2) else { return Ok(None) };
        if len == 4 {
            if !is_year(first) {
                return Ok(None);
            }
            let mut further = ahead;
            let third = if further.eat_char(separator) { further.digits(1, 2) } else { None };
            return match third {
                Some((third, _)) => {
                    if joined_on(&further) || third > 31 || second > 31 {
                        return Ok(None);
                    }
                    let found = day(first as i16, second, third);
                    if found.is_err() && separator == '.' {
                        // A version or a part number, rather than a date that is wrong.
                        return Ok(None);
                    }
                    self.cursor = further;
                    found.map(|moment| Some((moment, false)))
                }
                None => {
                    let whole = separator == '-' && second_len == 2 && !joined_on(&ahead) && (1..=12).contains(&second);
                    if !whole {
                        return Ok(None);
                    }
                    self.cursor = ahead;
                    let month = Some(second as i8);
                    Ok(Some((Moment { year: Some(first as i16), month, ..Moment::default() }, false)))
                }
            };
        }
        // Day, month, year: in which order, only numbers above twelve tell.
        if len > 2 || !ahead.eat_char(separator) {
            return Ok(None);
        }
        let Some((year, 4)) = ahead.digits(4, 4) else { return Ok(None) };
        if !is_year(year) || joined_on(&ahead) || first > 31 || second > 31 || first == 0 || second == 0 {
            return Ok(None);
        }
        self.cursor = ahead;
        match (first > 12, second > 12) {
            (true, false) => day(year as i16, second, first).map(|moment| Some((moment, false))),
            (false, true) => day(year as i16, first, second).map(|moment| Some((moment, false))),
            (false, false) if first == second => day(year as i16, first, second).map(|moment| Some((moment, false))),
            _ => Err(Fault::TwoWays),
        }
    }

    /// `2031年5月4日`, `2031年5月`, `5月4日`, `二〇三一年五月四日`.
    fn chinese_date(&mut self, partial: bool) -> Read<Option<(Moment, bool)>> {
        let mut ahead = self.cursor;
        let mut moment = Moment::default();
        let first = ahead.digits(1, 4).or_else(|| chinese_year(&mut ahead));
        let (mut value, mut len) = match first.or_else(|| chinese_number(&mut ahead)) {
            Some(found) => found,
            None => return Ok(None),
        };
        ahead.spaces();
        if len == 4 && is_year(value) && ahead.eat_char('年') {
            moment.year = Some(value as i16);
            self.cursor = ahead;
            ahead.spaces();
            (value, len) = match ahead.digits(1, 2).or_else(|| chinese_number(&mut ahead)) {
                Some(found) => found,
                None => return Ok(self.year_alone(moment)),
            };
            ahead.spaces();
        }
        if moment.year.is_none() && !partial {
            return Ok(None);
        }
        if len <= 2 && ahead.eat_char('月') {
            let month = value;
            ahead.eat_char('份');
            let mut further = ahead;
            further.spaces();
            let day_of_month = further.digits(1, 2).or_else(|| chinese_number(&mut further)).filter(|_| {
                further.spaces();
                further.eat(|c| matches!(c, '日' | '号' | '號'))
            });
            if let Some((day_of_month, _)) = day_of_month {
                self.cursor = further;
                let found = day(moment.year.unwrap_or(LEAP_YEAR), month, day_of_month)?;
                return Ok(Some((Moment { year: moment.year, ..found }, false)));
            }
            self.cursor = ahead;
            if !(1..=12).contains(&month) {
                return Err(no_month(month));
            }
            moment.month = Some(month as i8);
            let part = self.cursor.eat_any(&self.words.parts_of_month);
            return Ok(Some((moment, part)));
        }
        if moment.year.is_some() {
            return Ok(self.year_alone(moment));
        }
        // As the end of a range: 3月1日至13日.
        if partial && len <= 2 && ahead.eat(|c| matches!(c, '日' | '号' | '號')) && (1..=31).contains(&value) {
            self.cursor = ahead;
            return Ok(Some((Moment { day: Some(value as i8), ..Moment::default() }, false)));
        }
        Ok(None)
    }

    /// `2031年` alone opens an event; in running text it says too little to be kept.
    fn year_alone(&self, moment: Moment) -> Option<(Moment, bool)> {
        (self.place == Place::Opening).then_some((moment, false))
    }

    /// Two days of one month: `9 to 12 May 2031`, `May 9–12, 2031`.
    pub(super) fn days_of_month(&mut self, partial: bool) -> Read<Option<(Moment, Moment)>> {
        let mut ahead = self.cursor;
        let begins_with_month = ahead.peek().is_some_and(|c| c.is_ascii_alphabetic());
        let month_first = begins_with_month.then(|| self.month(&mut ahead)).flatten();
        if month_first.is_some() && !ahead.spaces() {
            return Ok(None);
        }
        let Some((first, _)) = ahead.digits(1, 2) else { return Ok(None) };
        ordinal(&mut ahead);
        let spaced = ahead.spaces();
        let joined = ahead.eat(|c| matches!(c, '-' | '–' | '—')) || (spaced && ahead.eat_any(&self.words.through));
        ahead.spaces();
        let Some((second, _)) = ahead.digits(1, 2).filter(|_| joined) else { return Ok(None) };
        ordinal(&mut ahead);
        let month = match month_first {
            Some(month) => month,
            None if ahead.spaces() => match self.month(&mut ahead) {
                Some(month) => month,
                None => return Ok(None),
            },
            None => return Ok(None),
        };
        let before_year = ahead;
        ahead.eat_char(',');
        ahead.spaces();
        let year = ahead.digits(4, 4).map(|(year, _)| year as i16).filter(|&year| is_year(u32::from(year as u16)));
        if year.is_none() {
            if !partial || month_first.is_some() {
                return Ok(None);
            }
            ahead = before_year;
        }
        self.cursor = ahead;
        let of = |of_month| day(year.unwrap_or(LEAP_YEAR), month, of_month).map(|found| Moment { year, ..found });
        Ok(Some((of(first)?, of(second)?)))
    }

    /// The name of a month: its number.
    fn month(&self, cursor: &mut Cursor) -> Option<u32> {
        let months = self.words.months.iter().zip(1u32..);
        let found = months.into_iter().find_map(|(names, month)| cursor.eat_any(names).then_some(month));
        if found.is_some() {
            cursor.eat_char('.');
        }
        found
    }

    /// `4 May 2031`, `4th of May, 2031`, `May 4, 2031`, `May 2031`, `early May 2031`.
    fn english_date(&mut self, partial: bool) -> Read<Option<(Moment, bool)>> {
        let mut ahead = self.cursor;
        let part = ahead.eat_any(&self.words.parts_of_month);
        if part {
            ahead.eat(|c| c == '-');
            ahead.spaces();
        }
        let mut day_of_month = None;
        if let Some((value, _)) = ahead.digits(1, 2) {
            ordinal(&mut ahead);
            if !ahead.spaces() && !ahead.eat_char('-') {
                return Ok(None);
            }
            if ahead.eat_word("of") {
                ahead.spaces();
            }
            day_of_month = Some(value);
        }
        let Some(month) = self.month(&mut ahead) else { return Ok(None) };
        let after_month = ahead;
        let spaced = ahead.spaces() || ahead.eat_char('-');
        if day_of_month.is_none() && spaced {
            let mut further = ahead;
            if let Some((value, _)) = further.digits(1, 2) {
                ordinal(&mut further);
                if further.peek() != Some(':') {
                    ahead = further;
                    day_of_month = Some(value);
                }
            }
        }
        let before_year = ahead;
        ahead.eat_char(',');
        ahead.spaces();
        ahead.eat_char('-');
        let year = ahead.digits(4, 4).map(|(year, _)| year).filter(|&year| is_year(year));
        if year.is_none() {
            ahead = if day_of_month.is_some() { before_year } else { after_month };
            let named = day_of_month.is_some() || self.place == Place::Opening;
            if !partial || !named {
                return Ok(None);
            }
        }
        self.cursor = ahead;
        let written = year.map(|year| year as i16);
        match day_of_month {
            Some(of_month) => {
                let found = day(written.unwrap_or(LEAP_YEAR), month, of_month)?;
                Ok(Some((Moment { year: written, ..found }, part)))
            }
            None => Ok(Some((Moment { year: written, month: Some(month as i8), ..Moment::default() }, part))),
        }
    }
}

/// Stands in for a year that is not written, when a day of a month is checked.
const LEAP_YEAR: i16 = 2000;

fn is_year(value: u32) -> bool {
    (1000..3000).contains(&value)
}

/// Whether the number goes on: `2031-05-04-01` is the name of something.
fn joined_on(cursor: &Cursor) -> bool {
    let mut ahead = *cursor;
    match ahead.peek() {
        Some(c) if c.is_ascii_digit() || c == '_' => true,
        Some(c) if c.is_ascii_alphabetic() => c != 't' && c != 'z',
        Some('-' | '/' | '.') => {
            ahead.bump();
            ahead.peek().is_some_and(|c| c.is_ascii_alphanumeric())
        }
        _ => false,
    }
}

fn no_month(month: u32) -> Fault {
    Fault::NoSuch(format!("there is no month {month}"))
}

/// A day that exists.
fn day(year: i16, month: u32, day: u32) -> Read<Moment> {
    if !(1..=12).contains(&month) {
        return Err(no_month(month));
    }
    match Date::new(year, month as i8, day as i8) {
        Ok(date) => Ok(Moment {
            year: Some(date.year()),
            month: Some(date.month()),
            day: Some(date.day()),
            ..Moment::default()
        }),
        Err(_) => {
            let days = Date::new(year, month as i8, 1).map_or(31, |first| first.days_in_month());
            Err(Fault::NoSuch(format!("month {month} has {days} days, not {day}")))
        }
    }
}

/// `st`, `nd`, `rd`, `th`.
fn ordinal(cursor: &mut Cursor) {
    let _ = ["st", "nd", "rd", "th"].iter().any(|ending| cursor.eat_word(ending));
}

/// A year in Chinese numerals, digit by digit: 二〇三一.
fn chinese_year(cursor: &mut Cursor) -> Option<(u32, usize)> {
    let mut ahead = *cursor;
    let mut value = 0;
    for _ in 0..4 {
        let digit = "〇一二三四五六七八九"
            .chars()
            .position(|c| Some(c) == ahead.peek())
            .or_else(|| matches!(ahead.peek(), Some('零' | '○')).then_some(0))?;
        ahead.bump();
        value = value * 10 + digit as u32;
    }
    if ahead.peek() != Some('年') {
        return None;
    }
    *cursor = ahead;
    Some((value, 4))
}

/// A Chinese numeral below one hundred, as of a month, day or hour.
pub(super) fn chinese_number(cursor: &mut Cursor) -> Option<(u32, usize)> {
    let (value, len) = crate::document::outline::chinese_numeral(cursor.rest())?;
    if value > 99 {
        return None;
    }
    cursor.at += len;
    Some((u32::from(value), 2))
}
