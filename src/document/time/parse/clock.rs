//! Times of day: `01:09:08`, `1:09 a.m.`, `下午3点半`.

use super::super::Fault;
use super::super::cursor::{Cursor, is_dash};
use super::date::chinese_number;
use super::{Parser, Read};
use crate::language::chinese::marks_hour;

/// A time of day as far as it is told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    pub(super) hour: i8,
    /// The hour as it is written, and what part of the day stands beside it.
    written: i8,
    part: Option<PartOfDay>,
    /// Whether that part stands behind the hour, so that it may hold for the one before too: `2:30-3:15 PM`.
    trailing: bool,
    pub(super) minute: Option<i8>,
    pub(super) second: Option<i8>,
    /// Whether it says itself that it is not exact: 3点多.
    pub(super) approximate: bool,
}

impl Parser<'_> {
    /// `01:09:08`, `1:09 a.m.`, `凌晨1点`, `下午3点半`, `14时20分`.
    pub(super) fn clock(&mut self, apart: bool) -> Read<Option<Clock>> {
        if let Some(clock) = self.noon_or_run() {
            self.last_clock = Some(clock);
            return Ok(Some(clock));
        }
        let mut ahead = self.cursor;
        let mut part = self.part_of_day(&mut ahead);
        let leading = part.is_some();
        ahead.spaces();
        if part.is_some() {
            while ahead.eat_any(&self.words.about_before) {
                ahead.spaces();
            }
        }
        let digits = ahead.digits(1, 2).or_else(|| midnight(&mut ahead));
        let Some((hour, _)) = digits.or_else(|| part.and_then(|_| chinese_number(&mut ahead))) else { return Ok(None) };
        let (mut minute, mut second) = (None, None);
        let (mut told, mut approximate) = (false, false);
        if ahead.eat_char(':') {
            // Of `14:??` the hour is known.
            if !unknown_digits(&mut ahead) {
                let Some((value, 2)) = ahead.digits(2, 2) else { return Ok(None) };
                minute = Some(value);
            }
            let mut further = ahead;
            if further.eat_char(':')
                && let Some((value, 2)) = further.digits(2, 2)
            {
                second = Some(value);
                ahead = further;
                let mut fraction = ahead;
                if fraction.eat(|c| matches!(c, '.' | ',')) && fraction.digits(3, 9).is_some() {
                    ahead = fraction;
                }
            }
            told = apart || part.is_some();
        } else {
            let mut further = ahead;
            further.spaces();
            if further.eat_any(&self.words.o_clock) {
                ahead = further;
                told = true;
            } else if further.eat(marks_hour) {
                further.eat(|c| matches!(c, '钟' | '鐘'));
                ahead = further;
                told = true;
                further.spaces();
                if further.eat(|c| matches!(c, '多' | '许' | '許')) && further.peek().is_none_or(|c| c != '次') {
                    approximate = true;
                    ahead = further;
                } else if further.eat_char('半') {
                    minute = Some(30);
                    ahead = further;
                } else if further.eat_char('整') {
                    minute = Some(0);
                    ahead = further;
                } else if let Some(quarter) = quarter(&mut further) {
                    minute = Some(quarter);
                    ahead = further;
                } else if let Some((value, len)) = minutes(&mut further) {
                    let marked = further.eat_char('分');
                    if marked || len == 2 {
                        minute = Some(value);
                        ahead = further;
                        further.spaces();
                        if marked
                            && let Some((value, _)) = further.digits(1, 2)
                            && further.eat_char('秒')
                        {
                            second = Some(value);
                            ahead = further;
                        }
                    }
                }
            }
        }
        if part.is_none() {
            let mut further = ahead;
            further.spaces();
            let dotted = further.eat_char('.').then(|| further.digits(2, 2)).flatten();
            if dotted.is_some() {
                further.spaces();
            } else {
                further = ahead;
                further.spaces();
            }
            // After the clock only Latin words stand: 3 p.m., though 3点上午 is nothing.
            let latin = further.peek().is_some_and(|c| c.is_ascii());
            part = if latin { self.part_of_day(&mut further) } else { None };
            if part.is_some() {
                ahead = further;
                told = true;
                minute = minute.or(dotted.map(|(value, _)| value));
            }
        }
        told |= apart && part.is_none() && self.begins_range_of_hours(ahead);
        let follows = ahead.peek().is_some_and(|c| c.is_ascii_alphanumeric() && c != 'z');
        if !told || follows {
            return Ok(None);
        }
        let from = self.cursor;
        self.cursor = ahead;
        let end_of_day = hour == 24 && minute.unwrap_or(0) == 0 && second.unwrap_or(0) == 0;
        if (hour > 23 && !end_of_day) || minute.is_some_and(|m| m > 59) || second.is_some_and(|s| s > 59) {
            let written = from.rest()[..ahead.at - from.at].trim().to_owned();
            return Err(Fault::NoSuch(message!(
                en: "no clock shows `{written}`",
                zh: "没有 `{written}` 这样的时刻"
            )));
        }
        let written = hour as i8;
        let hour = part.map_or(hour, |part| part.hour(hour)) as i8;
        let (minute, second) = (minute.map(|m| m as i8), second.map(|s| s as i8));
        let trailing = part.is_some() && !leading;
        let clock = Clock { hour, written, part, trailing, minute, second, approximate };
        self.last_clock = Some(clock);
        Ok(Some(clock))
    }

    /// `noon`, `1415 hrs`, `0915Z`.
    fn noon_or_run(&mut self) -> Option<Clock> {
        let mut ahead = self.cursor;
        let (hour, minute) = if let Some((run, _)) = ahead.digits(4, 4) {
            let zulu = ahead.peek() == Some('z');
            if !zulu {
                ahead.spaces();
            }
            let marked = zulu || ["hrs", "hours", "hr", "h"].iter().any(|word| ahead.eat_word(word));
            if !marked || run / 100 > 23 || run % 100 > 59 {
                return None;
            }
            (run / 100, Some((run % 100) as i8))
        } else {
            if ahead.digits(2, 2).is_some_and(|(hour, _)| hour == 12) {
                ahead.spaces();
            }
            if !ahead.eat_word("noon") {
                return None;
            }
            (12, None)
        };
        self.cursor = ahead;
        let hour = hour as i8;
        Some(Clock { hour, written: hour, part: None, trailing: false, minute, second: None, approximate: false })
    }

    /// Whether an hour alone, behind which `cursor` stands, begins a range whose end tells the part of the day: `2-3 PM`.
    fn begins_range_of_hours(&self, mut cursor: Cursor) -> bool {
        cursor.spaces();
        if !(cursor.eat(is_dash) || cursor.eat_any(&self.words.through) || (self.between && cursor.eat_word("and"))) {
            return false;
        }
        cursor.spaces();
        if cursor.digits(1, 2).is_none() || (cursor.eat_char(':') && cursor.digits(2, 2).is_none()) {
            return false;
        }
        cursor.spaces();
        cursor.peek().is_some_and(|c| c.is_ascii()) && self.part_of_day(&mut cursor).is_some()
    }

    /// Passes over a clock that tells nothing: `--:--`, `??:??`, `HH:mm`.
    pub(super) fn unknown_clock(&mut self) {
        let mut ahead = self.cursor;
        ahead.spaces();
        if unknown_digits(&mut ahead) && ahead.eat_char(':') && unknown_digits(&mut ahead) {
            self.cursor = ahead;
            ahead.spaces();
            if ahead.peek().is_some_and(|c| c.is_ascii()) && self.part_of_day(&mut ahead).is_some() {
                self.cursor = ahead;
            }
        }
    }

    pub(super) fn part_of_day(&self, cursor: &mut Cursor) -> Option<PartOfDay> {
        let lists = [&self.words.morning, &self.words.noon, &self.words.afternoon, &self.words.night];
        let kinds = [PartOfDay::Morning, PartOfDay::Noon, PartOfDay::Afternoon, PartOfDay::Night];
        lists.iter().zip(kinds).find(|(words, _)| cursor.eat_any(words)).map(|(_, kind)| kind)
    }
}

/// Reads the two clocks of a range in the light of each other: the part of the day that one of them names holds for the
/// other (下午2点到4点, `2:30-3:15 PM`). Returns whether the range ends on the next day; none if it would end before it
/// begins, or the better part of a day later.
pub(super) fn join(start: &mut Clock, end: &mut Clock) -> Option<bool> {
    match (start.part, end.part) {
        (Some(_), None) if start.written <= 12 && end.written <= 12 => {
            let hours = [end.written % 12, end.written % 12 + 12];
            let later = hours.into_iter().find(|&hour| Clock { hour, ..*end }.minutes() >= start.minutes());
            end.hour = later.unwrap_or(end.written % 12);
        }
        (None, Some(part)) if end.trailing && start.written <= 12 => {
            let hour = part.hour(start.written as u32) as i8;
            if (Clock { hour, ..*start }).minutes() <= end.minutes() {
                start.hour = hour;
            }
        }
        _ => {}
    }
    if end.minutes() >= start.minutes() {
        return Some(false);
    }
    let over_midnight = match (start.part, end.part) {
        (Some(part), None) => matches!(part, PartOfDay::Night) || start.written > 12,
        (None, Some(_)) => !end.trailing || start.written > 12,
        _ => true,
    };
    (over_midnight && end.minutes() + DAY_MINUTES - start.minutes() < DAY_MINUTES / 2).then_some(true)
}

const DAY_MINUTES: i32 = 24 * 60;

impl Clock {
    fn minutes(&self) -> i32 {
        i32::from(self.hour) * 60 + i32::from(self.minute.unwrap_or(0))
    }
}

/// 零点, 零时.
fn midnight(cursor: &mut Cursor) -> Option<(u32, usize)> {
    let mut ahead = *cursor;
    let found = ahead.eat(|c| matches!(c, '零' | '〇')) && ahead.peek().is_some_and(marks_hour);
    found.then(|| {
        *cursor = ahead;
        (0, 2)
    })
}

/// 一刻, 三刻: the minutes.
fn quarter(cursor: &mut Cursor) -> Option<u32> {
    let mut ahead = *cursor;
    let minutes = match ahead.peek()? {
        '一' | '1' => 15,
        '三' | '3' => 45,
        _ => return None,
    };
    ahead.bump();
    ahead.eat_char('刻').then(|| {
        *cursor = ahead;
        minutes
    })
}

/// `20`, 零5, 二十分: the minutes and how many digits they have. In words only with 分, since 3点一 may go on in any way.
fn minutes(cursor: &mut Cursor) -> Option<(u32, usize)> {
    let mut ahead = *cursor;
    let leading_zero = ahead.eat(|c| matches!(c, '零' | '〇'));
    let found = match ahead.digits(1, 2) {
        Some((value, len)) => (value, len + usize::from(leading_zero)),
        None => (chinese_number(&mut ahead).filter(|_| ahead.peek() == Some('分'))?.0, 2),
    };
    *cursor = ahead;
    Some(found)
}

/// Two signs that stand where digits would: `??`, `--`, `xx`, `HH`.
fn unknown_digits(cursor: &mut Cursor) -> bool {
    let mut ahead = *cursor;
    let Some(sign) = ahead.peek().filter(|c| matches!(c, '?' | '-' | 'x' | '_' | 'h' | 'm' | '×' | '*')) else {
        return false;
    };
    ahead.bump();
    let is_pair = ahead.eat_char(sign) && !ahead.peek().is_some_and(|c| c.is_alphanumeric() || c == sign);
    if is_pair {
        *cursor = ahead;
    }
    is_pair
}

/// A part of the day, which tells what an hour of twelve means.
#[derive(Debug, Clone, Copy)]
pub(super) enum PartOfDay {
    Morning,
    Noon,
    Afternoon,
    Night,
}

impl PartOfDay {
    /// The hour of twenty-four that an hour of twelve means.
    fn hour(self, hour: u32) -> u32 {
        match (self, hour) {
            (PartOfDay::Morning, 12) => 0,
            (PartOfDay::Afternoon, 1..=11) | (PartOfDay::Noon, 1..=3) | (PartOfDay::Night, 6..=11) => hour + 12,
            (PartOfDay::Night, 12) => 24,
            _ => hour,
        }
    }
}
