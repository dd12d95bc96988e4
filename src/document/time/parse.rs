//! Reading times: `2031-05-04 01:09:08 +08:00`, `2031年5月4日凌晨1:00左右（北京时间）`, `4 May 2031, about 1:09 a.m.`,
//! `2030年3月1日，至2031年2月13日`.

mod clock;
mod date;
mod zone;

use super::cursor::{Cursor, is_dash};
use super::{Expression, Fault, FoundTime, Moment, Order, Zone};
use crate::language::chinese::{marks_day, marks_hour};
use crate::language::script::is_cjk_letter;
use crate::language::time_words::TimeWords;
use clock::Clock;

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

    /// What says after a time that it begins something that has no end yet: 起, 至今, `onwards`, `–present`.
    fn onwards(&mut self) -> bool {
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
    fn says_onwards(&self, ahead: &mut Cursor<'a>) -> bool {
        let apart = ahead.at > self.cursor.at;
        let mut beyond = *ahead;
        let said = beyond.eat_any(&self.words.onwards)
            && !(apart && beyond.before().is_some_and(is_cjk_letter) && beyond.peek().is_some_and(is_cjk_letter));
        if said {
            *ahead = beyond;
        }
        said
    }

    /// Whether what follows at once still belongs to the time, so that only a part of it was read: `、5月6日`,
    /// `and 5, 2031`, `10:2`.
    fn goes_on(&self, read: &Expression) -> bool {
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
    fn is_cut(&self, last: &Moment) -> bool {
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
    fn is_time(&self, at: Cursor<'a>) -> bool {
        let date = Self::at(at, self.place, self.words).date(true);
        matches!(date, Ok(Some((moment, _))) if moment.days_later.is_none()) || self.is_clock(at)
    }

    fn is_clock(&self, at: Cursor<'a>) -> bool {
        Self::at(at, self.place, self.words).clock(true).is_ok_and(|clock| clock.is_some())
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

    /// The other end of a range: 至2031年2月13日, `to 8 April 2031`, ` - 02:31`, `2031.3.25-27`.
    fn range_end(&mut self, start: &mut Moment) -> Read<Option<(Moment, bool, Option<Zone>)>> {
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
    fn day_alone(&mut self, start: &Moment) -> Option<Moment> {
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

/// The most bytes of what may be the mistyped rest of a date.
const MAX_CUT: usize = 6;

/// How many words may lead in to a time: “On or about”, 约 and a zone.
const MAX_LEAD_INS: usize = 3;

/// Whether two dates joined by a hyphen without spaces are the ends of a range: both tell a day, or both a year alone.
fn alike(start: &Moment, end: &Moment) -> bool {
    if start.day.is_some() { end.day.is_some() } else { end.day.is_none() && end.hour.is_none() }
}

fn with_clock(date: Moment, clock: Clock) -> Moment {
    Moment { hour: Some(clock.hour), minute: clock.minute, second: clock.second, ..date }
}

/// Puts the end of a range on the day after its start: 23:30至01:10.
fn put_on_next_day(end: &mut Moment, start: &Moment) {
    let is_whole = start.year.is_some() && start.day.is_some();
    let next = start.start(None).filter(|_| is_whole).and_then(|from| from.date().tomorrow().ok());
    (end.year, end.month, end.day) = match next {
        Some(next) => (Some(next.year()), Some(next.month()), Some(next.day())),
        // The day itself is known only from what stands before.
        None => (None, None, None),
    };
    end.days_later = next.is_none().then_some(1);
}

/// Whether a number of one or two digits stands at a place, and no word after it that it might count.
fn number_alone(mut at: Cursor) -> bool {
    if at.digits(1, 2).is_none() {
        return false;
    }
    date::ordinal(&mut at);
    let rest = at.rest().trim_start();
    !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '%' | '％' | '.'))
}

/// Gives the end of a range what only its start says.
fn complete_end(end: &mut Moment, start: &Moment) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::time::scan;
    use crate::language::Language;
    use crate::language::lexicon::Lexicon;

    fn words() -> TimeWords {
        Lexicon::new(&[Language::new("zh", None), Language::new("en", None)]).times
    }

    fn show(moment: &Moment) -> String {
        let part = |sign: &str, value: Option<i8>| value.map_or(String::new(), |value| format!("{sign}{value:02}"));
        let later = moment.days_later.map_or(String::new(), |days| format!("+{days}d"));
        let year = moment.year.map_or(String::new(), |year| year.to_string());
        let named = moment.part.map_or(String::new(), |part| format!(" {part:?}"));
        let ago = moment.years_ago.map_or(String::new(), |ago| format!("{ago}y ago "));
        let same = if moment.same_month { "same month" } else { "" };
        let hour = if moment.hour.is_some() { "T" } else { "" };
        let clock = [part(hour, moment.hour), part(":", moment.minute), part(":", moment.second)].concat();
        let order = match moment.order {
            Order::Plain => "",
            Order::DayFirst => " day first",
            Order::MonthFirst => " month first",
            Order::Open => " open",
        };
        let date = [ago, later, year, part("-", moment.month), part("-", moment.day), same.to_owned()].concat();
        [date, clock, named, order.to_owned()].concat()
    }

    /// `start[/end][~][ zone]` and what was not taken, after a bar.
    fn told(text: &str, place: Position) -> String {
        let Some(found) = parse(text, 0, place, &words()) else { return "nothing".to_owned() };
        let rest = &text[found.range.end..];
        let bar = if rest.is_empty() { String::new() } else { format!("|{rest}") };
        match found.expression {
            Err(Fault::NoSuch(_)) => format!("no such{bar}"),
            Err(Fault::Unread) => format!("unread{bar}"),
            Err(Fault::TwoWays) => format!("two ways{bar}"),
            Ok(expression) => {
                let end = expression.end.map_or(String::new(), |end| format!("/{}", show(&end)));
                let about = if expression.approximate { "~" } else { "" };
                let zone = match &expression.zone {
                    None => String::new(),
                    Some(Zone::Offset(offset)) => format!(" {offset}"),
                    Some(Zone::Named(zone)) => format!(" {}", zone.iana_name().unwrap_or("?")),
                };
                let none = found.no_zone.map_or(String::new(), |zone| format!(" but no zone {zone}"));
                let loose = if expression.loose { " loose" } else { "" };
                let end = if expression.open_end { "/..".to_owned() } else { end };
                format!("{}{end}{about}{zone}{loose}{none}{bar}", show(&expression.start))
            }
        }
    }

    #[test]
    fn dates_and_times_are_read_in_many_spellings() {
        for (text, expected) in [
            ("2031-05-04", "2031-05-04"),
            ("2031-5-4", "2031-05-04"),
            ("2031/05/04", "2031-05-04"),
            ("2031.5.4", "2031-05-04"),
            ("2031-05", "2031-05"),
            ("2031", "2031"),
            ("2031年", "2031"),
            ("2031年5月", "2031-05"),
            ("2031年5月份", "2031-05"),
            ("2031年5月上旬", "2031-05 Early~"),
            ("2031年5月底", "2031-05 End~"),
            ("2031年5月4日", "2031-05-04"),
            ("2031 年 5 月 4 日", "2031-05-04"),
            ("2031年05月04号", "2031-05-04"),
            ("２０３１年５月４日", "2031-05-04"),
            ("二〇三一年五月四日", "2031-05-04"),
            ("二零三一年十二月二十八日", "2031-12-28"),
            ("5月4日", "-05-04"),
            ("五月四日", "-05-04"),
            ("4 May 2031", "2031-05-04"),
            ("4th May 2031", "2031-05-04"),
            ("4th of May, 2031", "2031-05-04"),
            ("4 May, 2031", "2031-05-04"),
            ("04-May-2031", "2031-05-04"),
            ("May 4, 2031", "2031-05-04"),
            ("May 4th 2031", "2031-05-04"),
            ("Sept. 4, 2031", "2031-09-04"),
            ("MAY 4, 2031", "2031-05-04"),
            ("Sunday, 4 May 2031", "2031-05-04"),
            ("Sun 4 May 2031", "2031-05-04"),
            ("2031年5月4日（星期日）", "2031-05-04"),
            ("2031-05-04 周日 14:20", "2031-05-04T14:20"),
            ("May 2031", "2031-05"),
            ("early May 2031", "2031-05 Early~"),
            ("mid-May 2031", "2031-05 Middle~"),
            ("on 4 May 2031", "2031-05-04"),
            ("于2031年5月4日", "2031-05-04"),
            ("13/05/2031", "2031-05-13 day first"),
            ("05/13/2031", "2031-05-13 month first"),
            ("13.05.2031", "2031-05-13 day first"),
            ("05/05/2031", "2031-05-05"),
            ("2031-05-04 01:09:08", "2031-05-04T01:09:08"),
            ("2031-05-04T01:09:08", "2031-05-04T01:09:08"),
            ("2031-05-04T01:09:08Z", "2031-05-04T01:09:08 UTC"),
            ("2031-05-04 01:09:08.250", "2031-05-04T01:09:08"),
            ("2031-05-04 1:09", "2031-05-04T01:09"),
            ("2031-05-04 01：09：08", "2031-05-04T01:09:08"),
            ("2031-05-04, 01:09", "2031-05-04T01:09"),
            ("4 May 2031 at 1:09 a.m.", "2031-05-04T01:09"),
            ("4 May 2031, 1:09 pm", "2031-05-04T13:09"),
            ("May 4, 2031 3PM", "2031-05-04T15"),
            ("1:09 am on May 4, 2031", "2031-05-04T01:09"),
            ("At around 1:09 a.m., on 4 May 2031", "2031-05-04T01:09~"),
            ("May 4, 2031, 3.05 p.m.", "2031-05-04T15:05"),
            ("May 4, 2031 12:30 am", "2031-05-04T00:30"),
            ("2031年5月4日01:09:08", "2031-05-04T01:09:08"),
            ("2031年5月4日凌晨1:00左右", "2031-05-04T01:00~"),
            ("2031年5月4日凌晨 1:00 左右", "2031-05-04T01:00~"),
            ("2031年5月4日上午10点30分", "2031-05-04T10:30"),
            ("2031年5月4日下午3点", "2031-05-04T15"),
            ("2031年5月4日下午三点半", "2031-05-04T15:30"),
            ("2031年5月4日15时04分09秒", "2031-05-04T15:04:09"),
            ("2031年5月4日15时", "2031-05-04T15"),
            ("2031年5月4日晚8点整", "2031-05-04T20:00"),
            ("2031年5月4日中午12点", "2031-05-04T12"),
            ("2031年5月4日凌晨", "2031-05-04"),
            ("2031-05-04 24:00", "2031-05-04T24:00"),
            ("14:20", "T14:20"),
            ("凌晨1点", "T01"),
            ("约2031年5月", "2031-05~"),
            ("大约 2031-05-04 01:09", "2031-05-04T01:09~"),
            ("About 2031-05-04 15:00", "2031-05-04T15:00~"),
            ("4 May 2031, about 04:50", "2031-05-04T04:50~"),
            ("c. 1931", "1931~"),
            ("2031-05-04 01:09 (approx.)", "2031-05-04T01:09~"),
            ("同日14:20", "+0dT14:20"),
            ("次日", "+1d"),
            ("the next day, 14:20", "+1dT14:20"),
        ] {
            assert_eq!(told(text, Position::Opening), expected, "{text}");
        }
    }

    #[test]
    fn any_hyphen_joins_the_parts_of_a_date() {
        for dash in ["-", "\u{2010}", "\u{2011}", "\u{2012}", "–", "—", "\u{2212}", "－"] {
            let text = format!("2031{dash}05{dash}04 14:00");
            assert_eq!(told(&text, Position::Opening), "2031-05-04T14:00", "{text}");
        }
    }

    #[test]
    fn what_a_spelling_leaves_out_or_puts_elsewhere_is_read_all_the_same() {
        for (text, expected) in [
            ("2031. 5. 4 付款", "2031-05-04| 付款"),
            ("4. 5. 2031", "2031-04-05 open"),
            ("August 29:", "-08-29|:"),
            ("August 29: the shop denies", "-08-29|: the shop denies"),
            ("October 14-16: the yard", "-10-14/-10-16|: the yard"),
            ("October 14–16", "-10-14/-10-16"),
            ("14-16 October: the yard", "-10-14/-10-16|: the yard"),
            ("September 4 - October 9: goods", "-09-04/-10-09|: goods"),
            ("September 4 – October 9, 2031", "-09-04/2031-10-09"),
            ("July/August 2031: visit", "2031-07/2031-08|: visit"),
            ("May-November 2031", "2031-05/2031-11"),
            ("May to November 2031", "2031-05/2031-11"),
            ("November–February 2031", "2030-11/2031-02"),
            ("May and June 2031", "2031-05/2031-06"),
            ("November 14, 2031 - 16:22: valve", "2031-11-14T16:22|: valve"),
            ("2031-11-14 - 16:30 - the alarm", "2031-11-14T16:30| - the alarm"),
            ("2031-11-14 — 16:30", "2031-11-14T16:30"),
            ("November 14, 2031 (16:40): pump", "2031-11-14T16:40|: pump"),
            ("2031年5月4日（16:40，北京时间）", "2031-05-04T16:40 Asia/Shanghai"),
            ("2031年5月17日（周四）09:30，开庭", "2031-05-17T09:30|，开庭"),
            ("2031年5月17日 星期四 上午9点", "2031-05-17T09"),
            ("Thursday, May 17, 2031, 9:30 a.m.", "2031-05-17T09:30"),
            ("May 17, 2031, Thursday, 9:30", "2031-05-17T09:30"),
            ("3 p.m., 19 March 2031, second", "2031-03-19T15|, second"),
            ("10:00–11:00, 9 December 2031, third", "2031-12-09T10:00/2031-12-09T11:00|, third"),
            ("23:30-00:30, 9 December 2031", "2031-12-09T23:30/2031-12-10T00:30"),
            ("14:05 UTC on 9 December 2031", "2031-12-09T14:05 UTC"),
            ("14:20，2031年5月4日的合同作废", "T14:20|，2031年5月4日的合同作废"),
            ("14:20（2031年5月4日）", "2031-05-04T14:20"),
            ("2031年5月4日下午3点多", "2031-05-04T15~"),
            ("2031年5月4日下午3点钟左右", "2031-05-04T15~"),
            ("2031年5月4日多次", "2031-05-04|多次"),
            ("24年5月1日", "2024-05-01"),
            ("98年5月", "1998-05"),
            ("2024.4", "2024-04"),
            ("2024.04，签约", "2024-04|，签约"),
            ("2024.4元", "nothing"),
            ("2024/4", "2024-04"),
            ("9/28", "-09-28 month first loose"),
            ("28/9", "-09-28 day first loose"),
            ("3.22 付款", "-03-22 month first loose| 付款"),
            ("3.2 付款", "-03-02 open loose| 付款"),
            ("3.5万元", "nothing"),
            ("31/04", "nothing"),
            ("04/05/2031", "2031-04-05 open"),
            ("08/07/31", "2031-08-07 open"),
            ("31/03/31", "2031-03-31 day first"),
            ("On or About May 3, 2031 — the", "2031-05-03~| — the"),
            ("On or around 3 May 2031", "2031-05-03~"),
            ("Later in July 2031 — the", "2031-07 Late~| — the"),
            ("截至2031年8月10日，没有", "2031-08-10|，没有"),
            ("2031年底，失联", "2031 End~|，失联"),
            ("2031 年初", "2031 Start~"),
            ("2031年中国公司", "2031|中国公司"),
            ("5月初步调查", "-05|初步调查"),
            ("5月初", "-05 Start~"),
            ("月底", "same month End~"),
            ("年底", " End~"),
            ("2031年第三季度", "2031 Quarter3"),
            ("2031年三季度", "2031 Quarter3"),
            ("2031年上半年", "2031 Half1"),
            ("2031年夏天", "2031 Summer~"),
            ("2031年春节", "2031|春节"),
            ("Fall 2031: the", "2031 Autumn~|: the"),
            ("Late 2031", "2031 Late~"),
            ("End of May 2031", "2031-05 End~"),
            ("the third quarter of 2031", "2031 Quarter3"),
            ("Q3 2031", "2031 Quarter3"),
            ("2017-2023: the loans", "2017/2023|: the loans"),
            ("2017–2023", "2017/2023"),
            ("2017年至2023年", "2017/2023"),
            ("2017年-2023年", "2017/2023"),
            ("当晚，货到", "+0d|，货到"),
            ("当晚8点", "+0dT20"),
            ("三天后，失联", "+3d|，失联"),
            ("3日后", "+3d"),
            ("两天后", "+2d"),
            ("一周后", "+7d~"),
            ("Two days later: notice", "+2d|: notice"),
            ("a week later", "+7d~"),
            ("去年3月", "1y ago -03"),
            ("今年5月4日", "0y ago -05-04"),
            ("May I add", "nothing"),
            ("May: the yard", "-05|: the yard"),
            ("March on the office", "nothing"),
            ("March", "-03"),
            ("1971, Oct\tvote", "1971-10|\tvote"),
            ("2031 October 4, vote", "2031-10-04|, vote"),
            ("2031 Mayor elected", "2031| Mayor elected"),
        ] {
            assert_eq!(told(text, Position::Opening), expected, "{text}");
        }
    }

    #[test]
    fn a_time_is_read_whole_or_not_at_all() {
        for (text, expected) in [
            ("2031年12月16-17日 开会", "2031-12-16/2031-12-17| 开会"),
            ("12月16～17日前后，通报", "-12-16/-12-17~|，通报"),
            ("2031年12月16、17日 开会", "2031-12-16/2031-12-17| 开会"),
            ("2031年12月16日、17日、18日开会", "2031-12-16/2031-12-18|开会"),
            ("2031年12月16日和17日，开会", "2031-12-16/2031-12-17|，开会"),
            ("2031年12月16、19日 开会", "unread| 开会"),
            ("2031年12月16日和19日 开会", "unread| 开会"),
            ("2031年12月16日和客户开会", "2031-12-16|和客户开会"),
            ("2031年12月16日、三家公司", "2031-12-16|、三家公司"),
            ("2031年5～7月，行动", "2031-05/2031-07|，行动"),
            ("2031年11月、12月", "2031-11/2031-12"),
            ("2031年11月、12月3日", "unread|、12月3日"),
            ("2031年1～6日", "unread|1～6日"),
            ("2031年3人到场", "2031|3人到场"),
            ("2031年11月3日、12月1日，停工", "unread|、12月1日，停工"),
            ("6月1日14:30、15:20，来电", "unread|、15:20，来电"),
            ("2031年第一季度至第三季度", "unread|至第三季度"),
            ("2031年6月3日 10：2", "unread| 10：2"),
            ("June 3 and 5, 2031: hearing", "unread|: hearing"),
            ("June 3 and 4, 2031: hearing", "2031-06-03/2031-06-04|: hearing"),
            ("June 3 and 5 people", "-06-03| and 5 people"),
            ("June 3, 5 and 7, 2031: hearing", "unread|, 5 and 7, 2031: hearing"),
            ("June 3, 5 people came", "-06-03|, 5 people came"),
            ("April 30, May 23, May 29: late", "unread|, May 23, May 29: late"),
            ("June 3, 2031 and July 5, 2031: two", "unread| and July 5, 2031: two"),
            ("June 3, 2031 and he left", "2031-06-03| and he left"),
            ("Late 2031 / early 2032", "unread| / early 2032"),
            ("Winter 2031/32: snow", "unread|/32: snow"),
            ("6 Jun '31: call", "2031-06-06|: call"),
            ("Jun 6 ’31", "2031-06-06"),
            ("20:11, 20:15, 00:15: calls", "unread|, 20:15, 00:15: calls"),
            ("20:11, 3 calls", "T20:11|, 3 calls"),
            ("2031-02 → 2031-03: repair", "2031-02/2031-03|: repair"),
            ("2031-02 → 03-14", "unread| → 03-14"),
            ("2031-02-03 → repair", "2031-02-03| → repair"),
            ("2031年5月10日，11日、12日来电", "unread|，11日、12日来电"),
            ("2031年5月10日，11日的会取消", "2031-05-10|，11日的会取消"),
            ("2031-11-03 to 05: talks", "2031-11-03/2031-11-05|: talks"),
            ("1415 hrs, 3 June 2031: call", "2031-06-03T14:15|: call"),
            ("3 June 2031, 1415h: call", "2031-06-03T14:15|: call"),
            ("2031-06-04 0915Z", "2031-06-04T09:15 UTC"),
            ("2031-03-13 14:?? | scaled", "2031-03-13T14| | scaled"),
            ("2031-03-13 --:-- | moved", "2031-03-13| | moved"),
            ("2031-03-13 HH:mm", "2031-03-13"),
            ("xx:xx PM March 13, 2031: patch", "2031-03-13|: patch"),
            ("2031年6月9日零时", "2031-06-09T00"),
            ("凌晨1点一刻", "T01:15"),
            ("2031年6月3日10点零5分", "2031-06-03T10:05"),
            ("June 3, 2031 noon", "2031-06-03T12"),
            ("12 noon, 3 June 2031", "2031-06-03T12"),
            ("June 3, 2031 at midnight: fire", "2031-06-03|: fire"),
            ("June 3, 2031 (evening): fire", "2031-06-03|: fire"),
            ("June 3, 2031 – morning", "2031-06-03"),
            ("June 3, 2031, evening classes", "2031-06-03|, evening classes"),
            ("June 3, 2031 @ 9:15am ET", "2031-06-03T09:15 America/New_York"),
            ("2031 Q3: growth", "2031 Quarter3|: growth"),
            ("2031年6月某日，来电", "2031-06|，来电"),
            ("6月到8月间，停工", "-06/-08|，停工"),
            ("3日内退款", "nothing"),
            ("5日前付款", "nothing"),
            ("12月号", "unread|号"),
            ("5月工资未发", "unread|工资未发"),
            ("5月签约", "-05|签约"),
            ("12.5公里外", "nothing"),
            ("6/8 的人同意", "nothing"),
        ] {
            assert_eq!(told(text, Position::Opening), expected, "{text}");
        }
    }

    #[test]
    fn a_part_of_the_day_holds_for_both_ends_of_a_range() {
        for (text, expected) in [
            ("2031年6月1日下午2:30至3:15，开会", "2031-06-01T14:30/2031-06-01T15:15|，开会"),
            ("6月1日下午2点到4点", "-06-01T14/-06-01T16"),
            ("下午2点到4点", "T14/T16"),
            ("上午9点至5点，上班", "T09/T17|，上班"),
            ("上午11点到1点", "T11/T13"),
            ("中午12点到2点", "T12/T14"),
            ("下午2点到16点", "T14/T16"),
            ("2031年6月1日晚上11点至1点", "2031-06-01T23/2031-06-02T01"),
            ("2031年6月1日晚11点至凌晨2点", "2031-06-01T23/2031-06-02T02"),
            ("3月1日23:30至01:10", "-03-01T23:30/+1dT01:10"),
            ("2031年6月1日9:00-8:00", "unread"),
            ("下午3点至1点", "unread"),
            ("June 1, 2031, 2:30-3:15 PM", "2031-06-01T14:30/2031-06-01T15:15"),
            ("June 1, 2031, 2:30 to 3:15pm", "2031-06-01T14:30/2031-06-01T15:15"),
            ("June 1, 2031, 11:30-1:00 PM", "2031-06-01T11:30/2031-06-01T13:00"),
            ("June 1, 2031, 11 PM–1 AM", "2031-06-01T23/2031-06-02T01"),
            ("June 1, 2031, 2-3 PM: call", "2031-06-01T14/2031-06-01T15|: call"),
            ("June 1, 2031, between 2 and 3 PM: call", "2031-06-01T14/2031-06-01T15|: call"),
            ("2-3 PM, June 1, 2031", "2031-06-01T14/2031-06-01T15"),
            ("June 1, 2031, 2-3 parcels", "2031-06-01|, 2-3 parcels"),
        ] {
            assert_eq!(told(text, Position::Opening), expected, "{text}");
        }
    }

    #[test]
    fn what_goes_on_without_an_end_says_so() {
        for (text, expected) in [
            ("2031年12月1日起，停止发货", "2031-12-01/..|，停止发货"),
            ("2031年12月1日起停止发货", "2031-12-01/..|停止发货"),
            ("自2031年12月1日起，停止发货", "2031-12-01/..|，停止发货"),
            ("从2031年12月1日开始，停止发货", "2031-12-01/..|，停止发货"),
            ("2031年12月起", "2031-12/.."),
            ("6月1日至今，未付", "-06-01/..|，未付"),
            ("2031年6月以来", "2031-06/.."),
            ("2031年6月—今", "2031-06/.."),
            ("June 3, 2031 onwards: denied", "2031-06-03/..|: denied"),
            ("June 2031–present: work", "2031-06/..|: work"),
            ("2031–present", "2031/.."),
            ("2031 to date: nothing", "2031/..|: nothing"),
            ("Since June 3, 2031: nothing", "2031-06-03/..|: nothing"),
            ("From May 4, 2031 to May 6, 2031", "2031-05-04/2031-05-06"),
            ("2031年12月1日起诉", "2031-12-01|起诉"),
            ("2031年12月1日 起点", "2031-12-01| 起点"),
            ("2031年12月1日起点", "2031-12-01|起点"),
            ("2031年12月1日 起，各家", "2031-12-01/..|，各家"),
            ("2031年12月1日起火", "2031-12-01|起火"),
            ("2031年12月1日开始施工", "2031-12-01|开始施工"),
            ("2031年5月4日到今年6月", "2031-05-04/0y ago -06"),
            ("June 3, 2031 present: three people", "2031-06-03| present: three people"),
        ] {
            assert_eq!(told(text, Position::Opening), expected, "{text}");
        }
    }

    #[test]
    fn a_clock_before_its_date_is_that_of_the_date() {
        for (text, expected) in [
            ("15:30 2031年5月6日，来电", "2031-05-06T15:30|，来电"),
            ("15:30 2031年5月6日来电", "2031-05-06T15:30|来电"),
            ("下午3点，2031年5月7日，来电", "2031-05-07T15|，来电"),
            ("10:00 5月8日 来电", "-05-08T10:00| 来电"),
            ("14:20，2031年5月4日的合同作废", "T14:20|，2031年5月4日的合同作废"),
            ("14:20，2031年5月4日签的合同作废", "unread|签的合同作废"),
        ] {
            assert_eq!(told(text, Position::Opening), expected, "{text}");
        }
    }

    #[test]
    fn zones_are_read_as_offsets_names_and_words() {
        for (text, expected) in [
            ("2031-05-04 01:09:08 +08:00", "2031-05-04T01:09:08 +08"),
            ("2031-05-04 01:09 +0530", "2031-05-04T01:09 +05:30"),
            ("2031-05-04T01:09:08-05:00", "2031-05-04T01:09:08 -05"),
            ("2031-05-04 01:09 UTC", "2031-05-04T01:09 UTC"),
            ("2031-05-04 01:09 UTC+8", "2031-05-04T01:09 +08"),
            ("2031-05-04 01:09 (UTC+08:00)", "2031-05-04T01:09 +08"),
            ("2031-05-04 01:09（UTC时间）", "2031-05-04T01:09 UTC"),
            ("2031-05-04 01:09（UTC +8）", "2031-05-04T01:09 +08"),
            ("2031-05-04 01:09（北京时间 UTC+8）", "2031-05-04T01:09 +08"),
            ("2031-05-04 01:09 (Beijing: UTC+8)", "2031-05-04T01:09 +08"),
            ("UTC时间2031年5月4日1时", "2031-05-04T01 UTC"),
            ("2031-05-04 01:09 GMT", "2031-05-04T01:09 UTC"),
            ("2031-05-04 01:09（北京时间）", "2031-05-04T01:09 Asia/Shanghai"),
            ("2031-03-01 15:00 EST, a", "2031-03-01T15:00 -05|, a"),
            ("2031-03-01 3:00 PM PDT", "2031-03-01T15:00 -07"),
            ("2031-03-01 15:00 (CET)", "2031-03-01T15:00 +01"),
            ("2031-03-01 15:00 ET", "2031-03-01T15:00 America/New_York"),
            ("2031-03-01 15:00 Z, e", "2031-03-01T15:00 UTC|, e"),
            ("2031-03-01 15:00 BST, c", "2031-03-01T15:00 but no zone BST|, c"),
            ("2031-03-01 15:00（CST）", "2031-03-01T15:00 but no zone CST"),
            ("2031-03-01 15:00 est vivant", "2031-03-01T15:00| est vivant"),
            ("2031-05-04 01:09:08 (北京时间)", "2031-05-04T01:09:08 Asia/Shanghai"),
            ("2031-05-04 01:09 Beijing time", "2031-05-04T01:09 Asia/Shanghai"),
            ("北京时间2031年5月4日1时", "2031-05-04T01 Asia/Shanghai"),
            ("2031-05-04 01:09[Asia/Tokyo]", "2031-05-04T01:09 Asia/Tokyo"),
            ("2031-05-04 01:09 Europe/Berlin", "2031-05-04T01:09 Europe/Berlin"),
            ("2031-05-04 01:09左右（北京时间）", "2031-05-04T01:09~ Asia/Shanghai"),
            ("2031-05-04 01:09（当时的截图）", "2031-05-04T01:09|（当时的截图）"),
            ("2031-05-04 01:09（北京时间，据后台）", "2031-05-04T01:09 Asia/Shanghai|（北京时间，据后台）"),
            ("2031-05-04 01:09（+25件）", "2031-05-04T01:09|（+25件）"),
            ("2031-05-04 01:09（ATM）", "2031-05-04T01:09|（ATM）"),
            ("2031-05-04 01:09（到账时间）", "2031-05-04T01:09|（到账时间）"),
        ] {
            assert_eq!(told(text, Position::Opening), expected, "{text}");
        }
    }

    #[test]
    fn a_range_takes_from_its_start_what_its_end_does_not_say() {
        for (text, expected) in [
            ("2030年3月1日至2031年2月13日", "2030-03-01/2031-02-13"),
            ("2030年3月1日，至 2031年2月13日", "2030-03-01/2031-02-13"),
            ("2031年3月1日至13日", "2031-03-01/2031-03-13"),
            ("2031年3月1日到4月2日", "2031-03-01/2031-04-02"),
            ("2031年12月31日至1月2日", "2031-12-31/2032-01-02"),
            ("5 February 2031 to 8 April 2031", "2031-02-05/2031-04-08"),
            ("from 5 February to 8 April 2031", "-02-05/2031-04-08"),
            ("2031-04-09 02:11至02:31", "2031-04-09T02:11/2031-04-09T02:31"),
            ("2031-04-09 02:11-02:31", "2031-04-09T02:11/2031-04-09T02:31"),
            ("2031-04-30 23:30至01:10", "2031-04-30T23:30/2031-05-01T01:10"),
            ("2031-04-30 23:30-01:10", "2031-04-30T23:30/2031-05-01T01:10"),
            ("2031-04-09 02:11 – 2031-04-10 02:31", "2031-04-09T02:11/2031-04-10T02:31"),
            ("2031-04 - 2031-06", "2031-04/2031-06"),
            ("9 to 12 May 2031", "2031-05-09/2031-05-12"),
            ("9–12 May 2031", "2031-05-09/2031-05-12"),
            ("May 9 to 12, 2031", "2031-05-09/2031-05-12"),
            ("May 9-12, 2031", "2031-05-09/2031-05-12"),
            ("from 9th to 12th May", "-05-09/-05-12"),
            ("2031年3月1日-3日，甲", "2031-03-01/2031-03-03|，甲"),
            ("2031年3月1日—3日", "2031-03-01/2031-03-03"),
            ("3月1日-3日", "-03-01/-03-03"),
            ("2031年3月22日-2031年3月24日，乙", "2031-03-22/2031-03-24|，乙"),
            ("2031.3.25-2031.3.27，丙", "2031-03-25/2031-03-27|，丙"),
            ("2031.3.25-27", "2031-03-25/2031-03-27"),
            ("2031.3.25-3.27", "2031-03-25/2031-03-27"),
            ("2031/4/1-4/3，丁", "2031-04-01/2031-04-03|，丁"),
            ("2031-04-01-2031-04-03", "2031-04-01/2031-04-03"),
            ("2031年5月-7月，戊", "2031-05/2031-07|，戊"),
            ("2031年6月1日~3日和2031年6月5日~7日", "2031-06-01/2031-06-03|和2031年6月5日~7日"),
            ("2031年6月1日~3日和5日", "unread|和5日"),
            ("10.1～10.7", "-10-01 open/-10-07 open loose"),
            ("2031年3月1日-3件货", "2031-03-01|-3件货"),
            ("2031-04-09-第一次放货", "2031-04-09|-第一次放货"),
            ("2031-04-09 - 第一次放货", "2031-04-09| - 第一次放货"),
            ("2031-04-09 to Vorqualand", "2031-04-09| to Vorqualand"),
            ("2031-04-09 - 37 pallets", "2031-04-09| - 37 pallets"),
        ] {
            assert_eq!(told(text, Position::Opening), expected, "{text}");
        }
    }

    #[test]
    fn what_is_meant_as_a_time_but_is_none_says_why() {
        for (text, expected) in [
            ("2031-13-05", "no such"),
            ("2031-02-30", "no such"),
            ("2031-00-10", "no such"),
            ("2031年13月5日", "no such"),
            ("2031年2月30日", "no such"),
            ("30 February 2031", "no such"),
            ("February 29, 2031", "no such"),
            ("2031-05-04 25:00", "no such"),
            ("2031-05-04 23:61", "no such"),
            ("2031-05-04 23:59:60", "no such"),
            ("2031年5月4日至3日", "no such"),
            ("2031-05-04 01:09 +25:00", "2031-05-04T01:09 but no zone +25:00"),
            ("2031-05-04 01:09 Asia/Shangai", "2031-05-04T01:09 but no zone Asia/Shangai"),
            ("2031-05-04 01:09 (XYZT)", "2031-05-04T01:09 but no zone XYZT"),
            ("2031-05-04 01:09（背京时间）", "2031-05-04T01:09 but no zone 背京时间"),
            ("2031-05-04 01:09 (Bejing time)", "2031-05-04T01:09 but no zone Bejing time"),
        ] {
            assert_eq!(told(text, Position::Opening), expected, "{text}");
        }
    }

    #[test]
    fn numbers_that_are_no_times_are_left_alone() {
        for text in [
            "1-1，",
            "203.0.113.4",
            "2031托",
            "37",
            "2031.05",
            "1200.50",
            "2031-0409",
            "8:1",
            "mayor",
            "May",
            "3月的账单里",
            "1 - 2",
            "60:40",
            "2031.13.05",
            "20310504",
            "12%",
            "2031-05-04-01-09",
            "第3号",
        ] {
            let told = told(text, Position::Running);
            assert_eq!(told, "nothing", "{text}");
        }
        let text = "见 IMG_2031-05-04.png、https://a.example/2031-05-04、ISO-2031-05-04，以及v2031.5.4";
        assert_eq!(scan(text, 0, &words()), []);
    }

    #[test]
    fn running_text_is_scanned_for_full_times() {
        let text = "约2031年4月9日 4:50，北京时间 2031-04-09 02:11至02:31，以及 24 March 2031, about 10:30 or May 2031. In \
                    March nothing. 2031-02-30";
        let found: Vec<&str> = scan(text, 0, &words()).iter().map(|found| &text[found.range.clone()]).collect();
        assert_eq!(
            found,
            ["2031年4月9日 4:50", "2031-04-09 02:11至02:31", "24 March 2031, about 10:30", "May 2031", "2031-02-30"]
        );
        let first = scan(text, 0, &words())[0].expression.clone().unwrap();
        assert!(first.approximate);
        let second = scan(text, 0, &words())[1].expression.clone().unwrap();
        assert!(second.zone.is_some());
    }
}
