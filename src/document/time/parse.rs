//! Reading times: `2031-05-04 01:09:08 +08:00`, `2031年5月4日凌晨1:00左右（北京时间）`, `4 May 2031, about 1:09 a.m.`,
//! `2030年3月1日，至2031年2月13日`.

mod clock;
mod cut;
mod date;
mod range;
mod zone;

use super::cursor::{Cursor, is_dash};
use super::{Expression, Fault, FoundTime, Moment, Zone};
use crate::language::script::is_cjk_letter;
use crate::language::time_words::TimeWords;
use clock::Clock;
use range::put_on_next_day;

/// Where a time is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// At the start of an event, where `14:20` and `3月21日` are times too.
    Opening,
    /// In running text, where only a time with its year is one.
    Running,
}

/// A part that is clearly meant as a time, but is none.
type Read<T> = Result<T, Fault>;

/// Reads the time that stands right at byte `at` of `text`, if one does.
pub fn parse(text: &str, at: usize, place: Position, words: &TimeWords) -> Option<FoundTime> {
    let mut parser = Parser::new(text, at, place, words);
    let expression = match parser.expression() {
        Ok(None) => return None,
        Ok(Some(expression)) => Ok(expression),
        Err(fault) => Err(fault),
    };
    let end = parser.cursor.at;
    (end > at).then_some(FoundTime { range: at..end, expression, no_zone: parser.no_zone })
}

/// The zone that a text names, wherever in it: “All times are UTC”, 时间（北京时间）.
pub fn zone_in(text: &str, words: &TimeWords) -> Option<Zone> {
    let clock = Moment { hour: Some(0), second: Some(0), ..Moment::default() };
    text.char_indices().find_map(|(at, _)| {
        let begins = text[..at].chars().next_back().is_none_or(|c| !c.is_ascii_alphanumeric());
        // A lone Z, or a number after a sign, is a zone only right after a clock.
        let mut parser = Parser::new(text, at, Position::Running, words);
        if !begins || !parser.cursor.peek().is_some_and(|c| c.is_alphabetic() && c != 'z') {
            return None;
        }
        parser.zone(&clock).ok().flatten().or_else(|| parser.abbreviation())
    })
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, at: usize, place: Position, words: &'a TimeWords) -> Self {
        let cursor = Cursor::new(text, at);
        Self::at(cursor, place, words)
    }

    fn at(cursor: Cursor<'a>, place: Position, words: &'a TimeWords) -> Self {
        let (no_zone, zone_in_brackets, last_clock) = (None, None, None);
        let (between, numeric, loose) = (false, false, false);
        Self { cursor, words, place, no_zone, zone_in_brackets, last_clock, between, numeric, loose }
    }
}

struct Parser<'a> {
    cursor: Cursor<'a>,
    words: &'a TimeWords,
    place: Position,
    /// What stands where a zone would, and is none.
    no_zone: Option<String>,
    /// The zone that stands in brackets with a clock: `4 May 2031 (16:40 UTC)`.
    zone_in_brackets: Option<Zone>,
    /// The clock that was read last.
    last_clock: Option<Clock>,
    /// Whether “between” leads in, so that “and” joins the ends.
    between: bool,
    /// Whether the last date is made of numbers alone.
    numeric: bool,
    /// Whether a date without year is made of numbers alone, so that it may be none.
    loose: bool,
}

impl<'a> Parser<'a> {
    fn expression(&mut self) -> Read<Option<Expression>> {
        let read = self.as_far_as_known()?;
        match &read {
            Some(read) if self.place == Position::Opening && self.goes_on(read) => Err(Fault::Unread),
            _ => Ok(read),
        }
    }

    fn as_far_as_known(&mut self) -> Read<Option<Expression>> {
        let opening = self.place == Position::Opening;
        let mut approximate = false;
        let mut since = false;
        let mut zone = None;
        if opening {
            self.unknown_clock();
            self.cursor.spaces();
            // “On or about”, 截至, 北京时间, in whatever order.
            for _ in 0..MAX_LEAD_INS {
                if self.about() {
                    approximate = true;
                } else if self.cursor.eat_any(&self.words.since) {
                    since = true;
                    self.cursor.spaces();
                } else if self.cursor.eat_word("between") {
                    self.between = true;
                    self.cursor.spaces();
                } else if self.cursor.eat_any(&self.words.lead_ins) {
                    self.cursor.spaces();
                } else if let Some(named) = self.zone_word() {
                    zone = Some(named);
                    self.cursor.spaces();
                } else {
                    break;
                }
            }
        }
        if let Some((start, end)) = self.days_or_months(opening)? {
            let (about, named) = self.after(end.as_ref().unwrap_or(&start))?;
            approximate |= about;
            let zone = named.or(self.zone_in_brackets.take()).or(zone);
            let open_end = end.is_none() && (self.onwards() || since);
            return Ok(Some(Expression { start, end, approximate, zone, open_end, loose: self.loose }));
        }
        let Some((mut start, start_about)) = self.moment(None)? else { return Ok(None) };
        approximate |= start_about;
        let last = self.series(&mut start)?;
        let (about, named) = self.after(&start)?;
        approximate |= about;
        let mut zone = named.or(self.zone_in_brackets.take()).or(zone);
        let onwards = last.is_none() && self.onwards();
        let end = if onwards || last.is_some() { None } else { self.range_end(&mut start)? };
        if let Some((_, end_about, end_zone)) = &end {
            approximate |= end_about;
            zone = end_zone.clone().or(self.zone_in_brackets.take()).or(zone);
        }
        let end = last.or(end.map(|(end, ..)| end));
        if end.is_some() {
            self.cursor.eat_any(&self.words.after_range);
        }
        let open_end = end.is_none() && (onwards || since);
        // A year at either end makes a date of both.
        let loose = self.loose && start.year.is_none() && end.is_none_or(|end| end.year.is_none());
        Ok(Some(Expression { start, end, approximate, zone, open_end, loose }))
    }

    /// A stretch whose ends share what is written once: `9 to 12 May`, `May–November 2031`, `10:00–11:00, 9 May 2031`.
    fn days_or_months(&mut self, partial: bool) -> Read<Option<(Moment, Option<Moment>)>> {
        if let Some((start, end)) = self.days_of_month(partial)? {
            return Ok(Some((start, Some(end))));
        }
        if let Some((start, end)) = self.months_of_year(partial) {
            return Ok(Some((start, Some(end))));
        }
        self.clock_before_date()
    }

    /// 约, about, `~`.
    fn about(&mut self) -> bool {
        let found = self.cursor.eat_any(&self.words.about_before) || self.cursor.eat_char('~');
        if found {
            self.cursor.spaces();
        }
        found
    }

    /// A day, a clock or both, and whether a word between them says that it is not exact. As the end of a range it
    /// needs less than at its start.
    fn moment(&mut self, range_start: Option<&Moment>) -> Read<Option<(Moment, bool)>> {
        let from = self.cursor;
        let partial = self.place == Position::Opening || range_start.is_some();
        let mut about = range_start.is_some() && self.about();
        self.weekday();
        let (mut moment, dated) = match self.date(partial)? {
            Some((date, part)) => {
                about |= part;
                (date, true)
            }
            None => (Moment::default(), false),
        };
        let has_day = moment.day.is_some() || moment.days_later.is_some();
        if has_day {
            self.weekday_after();
            self.unknown_clock();
        }
        let before_clock = self.cursor;
        if has_day && let Some(clock) = self.clock_in_brackets()? {
            return Ok(Some((with_clock(moment, clock), about || clock.approximate)));
        }
        let apart = !dated || self.gap() || self.cursor.before().is_some_and(|c| is_cjk_letter(c) || c == ')');
        let clock_about = self.about();
        match if has_day || (!dated && partial) { self.clock(apart)? } else { None } {
            Some(_) if !dated && range_start.is_some_and(|start| start.hour.is_none()) => {
                self.cursor = from;
                return Ok(None);
            }
            Some(clock) => {
                about |= clock_about || clock.approximate;
                moment = with_clock(moment, clock);
            }
            None if !dated => {
                self.cursor = from;
                return Ok(None);
            }
            None => {
                self.cursor = before_clock;
                // 2031年4月9日凌晨: the part of the day belongs to the date, though it tells no hour.
                if has_day {
                    self.part_of_day_alone();
                }
            }
        }
        Ok(Some((moment, about)))
    }

    /// 凌晨, `evening`, `(evening)`, `– morning` behind a day.
    fn part_of_day_alone(&mut self) {
        let mut ahead = self.cursor;
        ahead.spaces();
        let apart = ahead.eat(|c| matches!(c, '(' | ',') || is_dash(c));
        ahead.spaces();
        if ahead.eat_word("at") || ahead.eat_word("in the") {
            ahead.spaces();
        }
        let latin = ahead.peek().is_some_and(|c| c.is_ascii_alphabetic());
        if (apart && !latin) || (self.part_of_day(&mut ahead).is_none() && !ahead.eat_any(&self.words.parts_of_day)) {
            return;
        }
        // “June 3, evening classes” goes on.
        if !latin || !ahead.rest().trim_start().starts_with(char::is_alphanumeric) {
            ahead.eat_char(')');
            self.cursor = ahead;
        }
    }

    /// `(16:40)`, `（16:40，北京时间）` after a day. A zone that stands inside is kept.
    fn clock_in_brackets(&mut self) -> Read<Option<Clock>> {
        let from = self.cursor;
        self.cursor.spaces();
        if self.cursor.eat_char('(') {
            self.cursor.spaces();
            let about = self.about();
            if let Some(mut clock) = self.clock(true)? {
                clock.approximate |= about;
                if self.cursor.eat_char(',') {
                    self.cursor.spaces();
                }
                let zone = self.zone(&with_clock(Moment::default(), clock))?;
                self.cursor.spaces();
                if self.cursor.eat_char(')') {
                    self.zone_in_brackets = zone;
                    return Ok(Some(clock));
                }
            }
        }
        self.cursor = from;
        Ok(None)
    }

    /// `1:00 a.m. on March 21, 2031`, `10:00–11:00, 9 December 2031`, 下午3点，5月7日. What 14:20，5月4日的合同 tells is the
    /// hour of a day that was named before.
    fn clock_before_date(&mut self) -> Read<Option<(Moment, Option<Moment>)>> {
        let from = self.cursor;
        let read = self.clocks_and_date();
        match read {
            Ok(Some(_)) | Err(Fault::Unread) => read,
            // What is no clock may still be a date.
            _ => {
                self.cursor = from;
                Ok(None)
            }
        }
    }

    fn clocks_and_date(&mut self) -> Read<Option<(Moment, Option<Moment>)>> {
        let Some(mut first) = self.clock(true)? else { return Ok(None) };
        let after_first = self.cursor;
        self.cursor.spaces();
        let joined = self.cursor.eat(is_dash) || self.cursor.eat_any(&self.words.through);
        self.cursor.spaces();
        let mut second = if joined { self.clock(true)? } else { None };
        if second.is_none() {
            self.cursor = after_first;
        }
        let next_day = second.as_mut().map(|second| clock::join(&mut first, second));
        self.zone_in_brackets = self.zone(&with_clock(Moment::default(), first))?;
        let bracketed = {
            let mut ahead = self.cursor;
            ahead.spaces();
            ahead.eat_char('(')
        };
        self.cursor.spaces();
        let paused = self.cursor.eat(|c| matches!(c, ',' | '(') || (c == '-' && second.is_none()));
        self.cursor.spaces();
        if self.cursor.eat_word("on") {
            self.cursor.spaces();
        }
        self.weekday();
        let in_chinese = {
            let mut ahead = self.cursor;
            ahead.digits(1, 4).is_some() && {
                ahead.spaces();
                ahead.peek().is_some_and(|c| matches!(c, '年' | '月'))
            }
        };
        let Some((date, _)) = self.date(self.place == Position::Opening)?.filter(|(date, _)| date.day.is_some()) else {
            return Ok(None);
        };
        if bracketed && !self.cursor.eat_char(')') {
            return Ok(None);
        }
        let in_text = in_chinese && !bracketed;
        if in_text && self.cursor.peek() == Some('的') {
            return Ok(None);
        }
        // 14:20，5月4日签的合同: the day of the call or that of the contract.
        if next_day == Some(None) || (in_text && paused && self.cursor.peek().is_some_and(is_cjk_letter)) {
            return Err(Fault::Unread);
        }
        let start = with_clock(date, first);
        let end = second.map(|clock| {
            let mut end = with_clock(date, clock);
            if next_day == Some(Some(true)) {
                put_on_next_day(&mut end, &start);
            }
            end
        });
        Ok(Some((start, end)))
    }

    /// What may stand between a day and its clock.
    fn gap(&mut self) -> bool {
        let from = self.cursor.at;
        self.cursor.spaces();
        if self.cursor.peek() == Some('t') {
            let mut ahead = self.cursor;
            ahead.bump();
            if ahead.peek().is_some_and(|c| c.is_ascii_digit()) {
                self.cursor = ahead;
                return true;
            }
        }
        let spaced = self.cursor.at > from;
        let is_mark = |c: char| is_dash(c) || c == '·';
        if self.cursor.eat_char(',') || (spaced && self.place == Position::Opening && self.cursor.eat(is_mark)) {
            self.cursor.spaces();
        }
        self.between |= self.cursor.eat_word("between");
        if self.between || self.cursor.eat_word("at") || self.cursor.eat_word("from") || self.cursor.eat_char('@') {
            self.cursor.spaces();
        }
        self.cursor.at > from
    }

    fn weekday(&mut self) {
        let from = self.cursor;
        if from.peek().is_some_and(|c| c.is_ascii_digit()) {
            return;
        }
        if !self.cursor.eat_any(&self.words.weekdays) {
            return;
        }
        self.cursor.eat(|c| matches!(c, ',' | '.'));
        self.cursor.spaces();
        if !self.cursor.peek().is_some_and(|c| c.is_ascii_alphanumeric()) {
            self.cursor = from;
        }
    }

    /// （星期三） or `, Thursday` after a date.
    fn weekday_after(&mut self) {
        let mut ahead = self.cursor;
        if ahead.eat_char(',') || ahead.spaces() {
            ahead.spaces();
        }
        let open = ahead.eat_char('(');
        if ahead.eat_any(&self.words.weekdays) {
            ahead.eat_char('.');
            if !open || ahead.eat_char(')') {
                self.cursor = ahead;
            }
        }
    }

    /// What may follow a time: 左右, the zone, and a question mark of somebody who is not sure.
    fn after(&mut self, moment: &Moment) -> Read<(bool, Option<Zone>)> {
        let mut about = self.about_after() || self.doubted();
        let zone = self.zone(moment)?;
        about |= zone.is_some() && self.about_after();
        Ok((about, zone))
    }

    /// `1 March 2031?`
    fn doubted(&mut self) -> bool {
        let mut ahead = self.cursor;
        let doubted = ahead.eat_char('?') && ahead.peek().is_none_or(|c| c.is_whitespace() || ",:;)".contains(c));
        if doubted {
            self.cursor = ahead;
        }
        doubted
    }

    fn about_after(&mut self) -> bool {
        let mut ahead = self.cursor;
        ahead.spaces();
        let open = ahead.eat_char('(');
        let word = ahead.eat_any(&self.words.about_after) || (open && ahead.eat_any(&self.words.about_before));
        if word && (!open || ahead.eat_char(')')) {
            self.cursor = ahead;
            return true;
        }
        false
    }
}

/// How many words may lead in to a time: “On or about”, 约 and a zone.
const MAX_LEAD_INS: usize = 3;

fn with_clock(date: Moment, clock: Clock) -> Moment {
    Moment { hour: Some(clock.hour), minute: clock.minute, second: clock.second, ..date }
}

#[cfg(test)]
mod tests;
