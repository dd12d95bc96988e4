//! Where a range of times ends, and what each end takes from the other: `2031.3.25-27`, 至2月13日, `onwards`.

use super::super::cursor::{Cursor, is_dash};
use super::super::{Fault, Moment, Order, Zone};
use super::{Parser, Position, Read, clock};
use crate::language::script::is_cjk_letter;

impl<'a> Parser<'a> {
    /// What says after a time that it begins something that has no end yet: 起, 至今, `onwards`, `–present`.
    pub(super) fn onwards(&mut self) -> bool {
        let mut ahead = self.cursor;
        ahead.spaces();
        if ahead.clone().eat_any(&self.words.not_onwards) {
            return false;
        }
        let mut alone = ahead;
        if alone.eat_any(&self.words.onwards_alone)
            && alone.peek().is_some_and(|c| c.is_whitespace() || ",、:;".contains(c))
        {
            ahead = alone;
        } else if !self.says_onwards(&mut ahead) {
            let joined = ahead.eat(|c| is_dash(c) || c == '~') || ahead.eat_any(&self.words.through);
            ahead.spaces();
            let begins_other = ahead.clone().eat_any(&self.words.not_onwards);
            if !joined || begins_other || !ahead.eat_any(&self.words.present) {
                return false;
            }
            // “June 3, 2031 – present findings” goes on.
            if ahead.rest().trim_start().starts_with(|c: char| c.is_ascii_alphabetic()) {
                return false;
            }
        }
        self.cursor = ahead;
        true
    }

    /// 起, `onwards`. Behind a space a Chinese word may begin so (起点), unless a pause follows.
    pub(super) fn says_onwards(&self, ahead: &mut Cursor<'a>) -> bool {
        let apart = ahead.at > self.cursor.at;
        let mut beyond = *ahead;
        let said = beyond.eat_any(&self.words.onwards)
            && !(apart && beyond.before().is_some_and(is_cjk_letter) && beyond.peek().is_some_and(is_cjk_letter));
        if said {
            *ahead = beyond;
        }
        said
    }

    /// The other end of a range: 至2031年2月13日, `to 8 April 2031`, ` - 02:31`, `2031.3.25-27`.
    pub(super) fn range_end(&mut self, start: &mut Moment) -> Read<Option<(Moment, bool, Option<Zone>)>> {
        let from = self.cursor;
        let first_clock = self.last_clock.take();
        let spaced = self.cursor.spaces();
        let mut ahead = self.cursor;
        if ahead.eat_char(',') {
            ahead.spaces();
        }
        let by_word = ahead.eat_any(&self.words.through) || (self.between && ahead.eat_word("and"));
        // Between words a hyphen is a pause; between numbers that it touches a range, if both are dates alike.
        let mut tight = false;
        if by_word {
            self.cursor = ahead;
            self.cursor.spaces();
        } else {
            let Some(dash) = self.cursor.peek().filter(|&c| is_dash(c) || c == '~') else {
                self.cursor = from;
                return Ok(None);
            };
            tight = dash == '-' && !spaced && start.hour.is_none() && !from.before().is_some_and(is_cjk_letter);
            self.cursor.bump();
            self.cursor.eat_char(dash);
            self.cursor.spaces();
        }
        let wide = self.cursor;
        let read = match self.day_alone(start) {
            Some(day) => Ok(Some((day, false))),
            None => self.moment(Some(start)),
        };
        match read {
            Ok(Some((end, _))) if tight && !alike(start, &end) => {
                self.cursor = from;
                Ok(None)
            }
            Ok(Some((mut end, about))) => {
                let (after, zone) = self.after(&end)?;
                let clock_alone =
                    !end.is_full() && end.month.is_none() && end.day.is_none() && end.days_later.is_none();
                let mut next_day = false;
                if let Some((mut first, mut second)) = first_clock.zip(self.last_clock).filter(|_| clock_alone) {
                    let Some(later) = clock::join(&mut first, &mut second) else { return Err(Fault::Unread) };
                    (start.hour, end.hour) = (Some(first.hour), Some(second.hour));
                    next_day = later;
                }
                complete_end(&mut end, start);
                if next_day {
                    put_on_next_day(&mut end, start);
                }
                let backwards = end.start(None).zip(start.start(None)).is_some_and(|(end, start)| end < start);
                if backwards && (!by_word || self.place == Position::Running) {
                    self.cursor = from;
                    return Ok(None);
                }
                if backwards {
                    let written = wide.rest()[..self.cursor.at - wide.at].trim().to_owned();
                    return Err(Fault::NoSuch(message!(
                        en: "the range ends at `{written}`, before it begins",
                        zh: "时间段止于 `{written}`，早于开始"
                    )));
                }
                Ok(Some((end, about || after, zone)))
            }
            Ok(None) => {
                self.cursor = from;
                Ok(None)
            }
            Err(fault) => Err(fault),
        }
    }

    /// The day that ends a range of one month: the 27 of `2031.3.25-27`.
    pub(super) fn day_alone(&mut self, start: &Moment) -> Option<Moment> {
        let first = start.day.filter(|_| start.hour.is_none() && self.numeric)?;
        let mut ahead = self.cursor;
        let (value, _) = ahead.digits(1, 2)?;
        let last = i8::try_from(value).ok().filter(|&day| day > first && day <= 31)?;
        if ahead.is_clock() || ahead.peek().is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '.')) {
            return None;
        }
        self.cursor = ahead;
        Some(Moment { day: Some(last), ..Moment::default() })
    }
}

/// Whether two dates joined by a hyphen without spaces are the ends of a range: both tell a day, or both a year alone.
pub(super) fn alike(start: &Moment, end: &Moment) -> bool {
    if start.day.is_some() { end.day.is_some() } else { end.day.is_none() && end.hour.is_none() }
}

/// Puts the end of a range on the day after its start: 23:30至01:10.
pub(super) fn put_on_next_day(end: &mut Moment, start: &Moment) {
    let is_whole = start.year.is_some() && start.day.is_some();
    let next = start.start(None).filter(|_| is_whole).and_then(|from| from.date().tomorrow().ok());
    (end.year, end.month, end.day) = match next {
        Some(next) => (Some(next.year()), Some(next.month()), Some(next.day())),
        // The day itself is known only from what stands before.
        None => (None, None, None),
    };
    end.days_later = next.is_none().then_some(1);
}

/// Gives the end of a range what only its start says.
pub(super) fn complete_end(end: &mut Moment, start: &Moment) {
    if end.days_later.is_some() || end.year.is_some() || end.years_ago.is_some() {
        return;
    }
    // 2031年12月31日至1月2日 ends in the year after.
    let turns = end.month.is_some() && end.month < start.month;
    end.year = start.year.map(|year| year + i16::from(turns));
    end.years_ago = start.years_ago.map(|ago| ago - i8::from(turns));
    if start.year.is_some() && start.order == Order::Plain {
        end.order = Order::Plain;
    }
    if end.month.is_none() {
        end.month = start.month;
        if end.day.is_none() {
            end.day = start.day;
            end.days_later = start.days_later;
        }
    }
}
