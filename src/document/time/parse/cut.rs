//! What shows that only a part of a time was read, which is then none: `、5月6日`, `10:2`, `2031-O8-02`.

use super::super::Expression;
use super::super::Moment;
use super::super::cursor::{Cursor, is_dash};
use super::{Parser, date};
use crate::language::chinese::{marks_day, marks_hour};
use crate::language::script::is_cjk_letter;

/// The most bytes of what may be the mistyped rest of a date.
const MAX_CUT: usize = 6;

impl<'a> Parser<'a> {
    /// Whether what follows at once still belongs to the time, so that only a part of it was read: `、5月6日`,
    /// `and 5, 2031`, `10:2`.
    pub(super) fn goes_on(&self, read: &Expression) -> bool {
        let last = read.end.unwrap_or(read.start);
        if self.is_cut(&last) {
            return true;
        }
        let mut after = self.cursor;
        after.spaces();
        let mut clock = after;
        let is_hour = last.hour.is_none() && clock.digits(1, 2).is_some() && clock.eat_char(':');
        if is_hour && clock.peek().is_some_and(|c| c.is_ascii_digit() || c == '?') {
            return true;
        }
        // 12月号 is a magazine, and 3月工资 are wages.
        let month_alone = last.day.is_none() && self.cursor.before() == Some('月');
        if month_alone && self.cursor.clone().eat_any(&self.words.of_month) {
            return true;
        }
        // 2031年1～6日.
        let mut bare = self.cursor;
        if self.cursor.before().is_some_and(is_cjk_letter)
            && bare.digits(1, 2).is_some()
            && bare.eat(|c| is_dash(c) || matches!(c, '~' | '、'))
            && bare.digits(1, 2).is_some()
            && bare.eat(|c| c == '月' || marks_day(c))
        {
            return true;
        }
        // `20:11, 20:15`.
        let mut clocks = after;
        if last.hour.is_some() && clocks.eat_char(',') {
            clocks.spaces();
            if clocks.clone().digits(1, 2).is_some() && self.is_clock(clocks) {
                return true;
            }
        }
        let mut joined = after;
        if joined.eat(|c| matches!(c, '、' | '/' | '&' | '+' | '和' | '及' | '与' | '與' | '或'))
            || joined.eat_word("and")
            || joined.eat_word("or")
        {
            joined.spaces();
            // Behind a whole stretch another that needs nothing of it stands for itself.
            let date = Self::at(joined, self.place, self.words).date(true);
            let stands_alone = matches!(date, Ok(Some((moment, _))) if moment.is_full() && moment.day.is_some());
            return !(read.end.is_some() && stands_alone) && (self.is_time(joined) || number_alone(joined));
        }
        // 10日，11日、12日.
        let mut days = after;
        if last.day.is_some() && last.hour.is_none() && days.eat_char(',') {
            let is_day = days.digits(1, 2).is_some() && days.eat(marks_day);
            if is_day && days.eat(|c| matches!(c, '、' | '和' | '及')) && days.digits(1, 2).is_some() {
                return true;
            }
        }
        // `June 3, 5 and 7`, `April 30, May 23`: a year would follow the comma.
        let mut listed = after;
        if last.hour.is_none() && last.day.is_some() && last.year.is_none() && listed.eat_char(',') {
            listed.spaces();
            let mut month = listed;
            if self.month(&mut month).is_some() {
                month.spaces();
                return month.digits(1, 2).is_some();
            }
            if listed.digits(1, 2).is_some() {
                let paused = listed.eat_char(',');
                listed.spaces();
                let joined = listed.eat_word("and") || listed.eat_char('&');
                listed.spaces();
                return (paused || joined) && number_alone(listed);
            }
        }
        // What is no end of a range, though it begins as one: 至第三季度.
        let mut through = after;
        if through.eat(|c| is_dash(c) || c == '~') || through.eat_any(&self.words.through) {
            through.spaces();
            let mut unit = through;
            let is_counted = unit.digits(1, 2).is_some() && unit.eat(|c| c == '月' || marks_day(c) || marks_hour(c));
            let mut day = through;
            let is_day = day.digits(2, 2).is_some() && day.eat_char('-') && day.digits(2, 2).is_some();
            return is_counted
                || (is_day && last.hour.is_none())
                || (read.start.part.is_some() && self.part(&mut through).is_some());
        }
        false
    }

    /// Whether a month or year ends where its day or month may be mistyped: `2031年3月1O日`, `2031-O8-02`, `2031-04-??`,
    /// `2031年7月__日`, `2036 - 7`.
    pub(super) fn is_cut(&self, last: &Moment) -> bool {
        if last.day.is_some() || last.hour.is_some() || last.days_later.is_some() {
            return false;
        }
        let mut ahead = self.cursor;
        if ahead.before().is_some_and(is_cjk_letter) {
            // 2031年5月3人到场 counts people; 曰 is a slip for 日.
            let mut day = ahead;
            let is_day = last.month.is_some() && day.digits(1, 2).is_some() && {
                let next = day.peek();
                let mut beyond = day;
                beyond.bump();
                let is_figure = next.is_some_and(|c| matches!(c, '.' | ',') || is_dash(c))
                    && beyond.peek().is_some_and(|c| c.is_ascii_digit());
                !is_figure && next.is_none_or(|c| c == '曰' || !is_cjk_letter(c))
            };
            return is_day || ahead.peek().is_some_and(|c| matches!(c, '_' | '?'));
        }
        let spaced = ahead.spaces();
        if !ahead.eat(is_dash) {
            return false;
        }
        if spaced {
            return ahead.spaces() && last.month.is_none() && number_alone(ahead);
        }
        let token = ahead.rest().split(|c: char| c.is_whitespace() || "，,：:；;。".contains(c)).next().unwrap_or("");
        let is_code = token.bytes().all(|b| b.is_ascii_alphanumeric() || b"-?_".contains(&b));
        is_code && token.contains(|c: char| c.is_ascii_digit() || matches!(c, '?' | '_')) && token.len() <= MAX_CUT
    }

    /// Whether a date or clock stands at a place.
    pub(super) fn is_time(&self, at: Cursor<'a>) -> bool {
        let date = Self::at(at, self.place, self.words).date(true);
        matches!(date, Ok(Some((moment, _))) if moment.days_later.is_none()) || self.is_clock(at)
    }

    pub(super) fn is_clock(&self, at: Cursor<'a>) -> bool {
        Self::at(at, self.place, self.words).clock(true).is_ok_and(|clock| clock.is_some())
    }
}

/// Whether a number of one or two digits stands at a place, and no word after it that it might count.
pub(super) fn number_alone(mut at: Cursor) -> bool {
    if at.digits(1, 2).is_none() {
        return false;
    }
    date::ordinal(&mut at);
    let rest = at.rest().trim_start();
    !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '%' | '％' | '.'))
}
