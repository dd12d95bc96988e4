//! Times of day: `01:09:08`, `1:09 a.m.`, `下午3点半`.

use super::super::Fault;
use super::super::cursor::Cursor;
use super::date::chinese_number;
use super::{Parser, Read};

/// A time of day as far as it is told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    pub(super) hour: i8,
    pub(super) minute: Option<i8>,
    pub(super) second: Option<i8>,
    /// Whether it says itself that it is not exact: 3点多.
    pub(super) approximate: bool,
}

impl Parser<'_> {
    /// `01:09:08`, `1:09 a.m.`, `凌晨1点`, `下午3点半`, `14时20分`.
    pub(super) fn clock(&mut self, apart: bool) -> Read<Option<Clock>> {
        let mut ahead = self.cursor;
        let mut part = self.part_of_day(&mut ahead);
        ahead.spaces();
        if part.is_some() {
            while ahead.eat_any(&self.words.about_before) {
                ahead.spaces();
            }
        }
        let digits = ahead.digits(1, 2);
        let Some((hour, _)) = digits.or_else(|| part.and_then(|_| chinese_number(&mut ahead))) else { return Ok(None) };
        let (mut minute, mut second) = (None, None);
        let (mut told, mut approximate) = (false, false);
        if ahead.eat_char(':') {
            let Some((value, 2)) = ahead.digits(2, 2) else { return Ok(None) };
            minute = Some(value);
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
            if further.eat(|c| matches!(c, '点' | '點' | '时' | '時')) {
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
                } else if let Some((value, len)) = further.digits(1, 2) {
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
        let follows = ahead.peek().is_some_and(|c| c.is_ascii_alphanumeric() && c != 'z');
        if !told || follows {
            return Ok(None);
        }
        let from = self.cursor;
        self.cursor = ahead;
        let end_of_day = hour == 24 && minute.unwrap_or(0) == 0 && second.unwrap_or(0) == 0;
        if (hour > 23 && !end_of_day) || minute.is_some_and(|m| m > 59) || second.is_some_and(|s| s > 59) {
            let written = from.rest()[..ahead.at - from.at].trim().to_owned();
            return Err(Fault::NoSuch(format!("no clock shows `{written}`")));
        }
        let hour = part.map_or(hour, |part| part.hour(hour)) as i8;
        let (minute, second) = (minute.map(|m| m as i8), second.map(|s| s as i8));
        Ok(Some(Clock { hour, minute, second, approximate }))
    }

    pub(super) fn part_of_day(&self, cursor: &mut Cursor) -> Option<PartOfDay> {
        let lists = [&self.words.morning, &self.words.noon, &self.words.afternoon, &self.words.night];
        let kinds = [PartOfDay::Morning, PartOfDay::Noon, PartOfDay::Afternoon, PartOfDay::Night];
        lists.iter().zip(kinds).find(|(words, _)| cursor.eat_any(words)).map(|(_, kind)| kind)
    }
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
