//! Dates: `2031-05-04`, `2031年5月4日`, `4 May 2031`, `04/05/2031`.

use crate::language::chinese::{DIGITS, marks_day};
use crate::language::lists::time::{MEASURES, MEASURING};
use jiff::civil::Date;

use super::super::cursor::{Cursor, is_dash};
use super::super::{Fault, LEAP_YEAR, Moment, Order, Part};
use super::{Parser, Position, Read};
use crate::language::script::is_cjk_letter;

impl<'a> Parser<'a> {
    /// A date, and whether it is only a part of the month or year that it names.
    pub(super) fn date(&mut self, partial: bool) -> Read<Option<(Moment, bool)>> {
        let from = self.cursor;
        self.numeric = false;
        if partial && let Some(found) = self.days_later() {
            return Ok(Some(found));
        }
        if let Some(moment) = self.numeric_date(partial)? {
            self.numeric = moment.month.is_some();
            return Ok(Some((moment, false)));
        }
        self.cursor = from;
        if let Some(moment) = self.chinese_date(partial)? {
            return Ok(Some(self.with_part(moment)));
        }
        self.cursor = from;
        if let Some(found) = self.english_date(partial)? {
            return Ok(Some(found));
        }
        self.cursor = from;
        Ok(if partial { self.relative_date() } else { None })
    }

    /// 三天后, “two weeks later”. A week later is seldom seven days to the day.
    fn days_later(&mut self) -> Option<(Moment, bool)> {
        let mut ahead = self.cursor;
        let number = self.number(&mut ahead)?;
        ahead.spaces();
        let (&unit, _) = self.words.days_later.iter().find(|(_, words)| ahead.eat_any(words))?;
        let days = i16::from(unit) * i16::try_from(number).ok()?;
        self.cursor = ahead;
        Some((Moment { days_later: Some(days), ..Moment::default() }, unit > 1))
    }

    /// 次日, 当晚, 月底.
    fn relative_date(&mut self) -> Option<(Moment, bool)> {
        for (words, days) in [(&self.words.next_day, 1), (&self.words.same_day, 0)] {
            if self.cursor.eat_any(words) {
                return Some((Moment { days_later: Some(days), ..Moment::default() }, false));
            }
        }
        // 当晚 is the day with its part, which a clock may follow.
        let mut ahead = self.cursor;
        if ahead.eat(|c| matches!(c, '当' | '當')) && self.part_of_day(&mut ahead.clone()).is_some() {
            self.cursor = ahead;
            return Some((Moment { days_later: Some(0), ..Moment::default() }, false));
        }
        // 上午，… and “in the morning, …” below the day to which they belong.
        let mut ahead = self.cursor;
        let is_part = if ahead.eat_word("the") {
            ahead.spaces();
            ahead.eat_any(&self.words.parts_of_day)
        } else {
            ahead.peek().is_some_and(is_cjk_letter) && self.part_of_day(&mut ahead).is_some()
        };
        let begins = self.cursor.before().is_none_or(|c| !c.is_alphanumeric() && !is_dash(c));
        if is_part && begins && ahead.peek().is_some_and(|c| matches!(c, ',' | ':')) {
            self.cursor = ahead;
            return Some((Moment { days_later: Some(0), ..Moment::default() }, false));
        }
        // 同月20日, 次年3月.
        let mut ahead = self.cursor;
        if ahead.eat_any(&self.words.same_month) {
            ahead.spaces();
            let day = counted(&mut ahead).filter(|&(day, _)| (1..=31).contains(&day) && ahead.eat(marks_day));
            if let Some((day, _)) = day {
                self.cursor = ahead;
                return Some((Moment { day: Some(day as i8), ..Moment::default() }, false));
            }
            return None;
        }
        for (words, later) in [(&self.words.same_year, 0), (&self.words.next_year, 1)] {
            let mut ahead = self.cursor;
            if ahead.eat_any(words) {
                let from = std::mem::replace(&mut self.cursor, ahead);
                let found = self.chinese_date(true).ok().flatten().unwrap_or_default();
                let (found, about) = self.with_part(found);
                if self.cursor.at == ahead.at {
                    self.cursor = from;
                    return None;
                }
                return Some((Moment { years_later: Some(later), ..found }, about));
            }
        }
        let mut ahead = self.cursor;
        let same_month = match ahead.peek() {
            Some('月') => true,
            Some('年') => false,
            _ => return None,
        };
        ahead.bump();
        let part = self.part(&mut ahead).filter(|part| matches!(part, Part::Start | Part::Middle | Part::End))?;
        self.cursor = ahead;
        Some((Moment { part: Some(part), same_month, ..Moment::default() }, true))
    }

    /// A number in figures or words: 3, 三, 两, three, a.
    fn number(&self, cursor: &mut Cursor) -> Option<u32> {
        let mut ahead = *cursor;
        let found =
            ahead.digits(1, 3).or_else(|| chinese_number(&mut ahead)).map(|(value, _)| value).or_else(|| {
                self.words.numbers.iter().find_map(|(&value, words)| ahead.eat_any(words).then_some(value))
            })?;
        *cursor = ahead;
        Some(found)
    }

    /// A part of what stands before or after: 初, 上旬, early, autumn.
    pub(super) fn part(&self, cursor: &mut Cursor) -> Option<Part> {
        if cursor.clone().eat_any(&self.words.not_parts) {
            return None;
        }
        let first = cursor.first_byte()?;
        let parts = self.words.parts.iter();
        let here = parts.flat_map(|(&part, words)| words.iter().map(move |word| (part, word)));
        let here = here.filter(|(_, word)| word.as_bytes().first() == Some(&first) && cursor.clone().eat_word(word));
        let longest = here.max_by_key(|(_, word)| word.len());
        let (part, word) = longest?;
        cursor.eat_word(word);
        Some(part)
    }

    /// The part of a month or year that stands right after it: 2031年5月上旬, 2031年底, 2031年第三季度.
    fn with_part(&mut self, moment: Moment) -> (Moment, bool) {
        if moment.day.is_some() || moment.days_later.is_some() {
            return (moment, false);
        }
        let mut ahead = self.cursor;
        ahead.spaces();
        let fits = |part: &Part| part.is_of_month() || moment.month.is_none();
        let Some(part) = self.part(&mut ahead).filter(fits) else { return (moment, false) };
        self.cursor = ahead;
        (Moment { part: Some(part), ..moment }, !part.is_exact())
    }

    /// `2031-05-04`, `2031/5/4`, `2031.5.4`, `2031-05`, `04/05/2031`, and at the start of an event `2031`, `2031.5`, `9/28`,
    /// `2031. 5. 4`.
    fn numeric_date(&mut self, partial: bool) -> Read<Option<Moment>> {
        let opening = self.place == Position::Opening;
        let mut ahead = self.cursor;
        let Some((first, len)) = ahead.digits(1, 4) else { return Ok(None) };
        let after_first = ahead;
        let separator = ahead.peek().filter(|&c| is_dash(c) || matches!(c, '/' | '.'));
        if separator.is_some() {
            ahead.bump();
        }
        // Spaces are part of a date only between three numbers.
        let spaced = separator == Some('.') && opening && ahead.spaces();
        let second = separator.and_then(|_| ahead.digits(1, 2));
        let mut further = ahead;
        let third = if separator.is_some_and(|separator| further.eat(|c| c == separator)) {
            let apart = spaced && further.spaces();
            further.digits(1, 4).filter(|_| apart || !spaced)
        } else {
            None
        };
        let second = second.filter(|_| third.is_some() || !spaced);
        let Some((separator, (second, second_len))) = separator.zip(second) else {
            // A year alone opens an event: “2031: …”, “2017-2023”.
            let ends = !after_first.peek().is_some_and(|c| c.is_alphanumeric() || c == '%');
            let year_alone = partial && opening && len == 4 && ends && is_year(first) && !self.is_clock(self.cursor);
            // 2019-nCoV is one word.
            let goes_on = after_first
                .rest()
                .strip_prefix('-')
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
            if !year_alone || goes_on || after_first.rest().trim_start().starts_with(is_cjk_letter) {
                return Ok(None);
            }
            self.cursor = after_first;
            return self.rest_after_year(first as i16).map(Some);
        };
        if len == 4 {
            if !is_year(first) {
                return Ok(None);
            }
            if let Some((third, 1 | 2)) = third {
                if joined_on(&further, separator) || third > 31 || second > 31 {
                    return Ok(None);
                }
                let found = day(first as i16, second, third);
                if found.is_err() && separator == '.' {
                    // A version or a part number, rather than a date that is wrong.
                    return Ok(None);
                }
                self.cursor = further;
                return found.map(Some);
            }
            let told = match separator {
                '-' => second_len == 2,
                '.' => opening && !self.measures(&ahead),
                '/' => opening,
                _ => false,
            };
            if !told || third.is_some() || joined_on(&ahead, separator) || !(1..=12).contains(&second) {
                return Ok(None);
            }
            self.cursor = ahead;
            return Ok(Some(Moment { year: Some(first as i16), month: Some(second as i8), ..Moment::default() }));
        }
        if len > 2 || first > 31 || second > 31 || first == 0 || second == 0 {
            return Ok(None);
        }
        // Day, month, year: in which order, only numbers above twelve tell.
        let year = match third {
            Some((year, 4)) if is_year(year) => Some(year as i16),
            Some((short, 2)) if opening && separator != '.' => Some(full_year(short)),
            Some(_) => return Ok(None),
            None => None,
        };
        let at_end = if year.is_some() { further } else { ahead };
        if year.is_none() && (!partial || is_dash(separator) || self.measures(&at_end)) {
            return Ok(None);
        }
        if joined_on(&at_end, separator) || at_end.peek() == Some('%') {
            return Ok(None);
        }
        let of = year.unwrap_or(LEAP_YEAR);
        let (order, read) = match (first > 12, second > 12) {
            (true, true) => return Ok(None),
            (true, false) => (Order::DayFirst, day(of, second, first)),
            (false, true) => (Order::MonthFirst, day(of, first, second)),
            (false, false) if first == second => (Order::Plain, day(of, first, second)),
            (false, false) => (Order::Open, day(of, first, second)),
        };
        if read.is_err() && year.is_none() {
            return Ok(None);
        }
        self.cursor = at_end;
        self.loose |= year.is_none();
        Ok(Some(Moment { year, order, ..read? }))
    }

    /// `2031, Oct`, `2031 October 4`: the month and day that follow a year.
    fn rest_after_year(&mut self, year: i16) -> Read<Moment> {
        let mut ahead = self.cursor;
        ahead.eat_char(',');
        ahead.spaces();
        let Some(month) = self.month(&mut ahead).filter(|_| !ahead.peek().is_some_and(char::is_alphanumeric)) else {
            // `2031 Q3`: a season stands before its year.
            let part = self.part(&mut ahead).filter(|part| part.is_exact());
            if part.is_some() && !ahead.peek().is_some_and(char::is_alphanumeric) {
                self.cursor = ahead;
                return Ok(Moment { year: Some(year), part, ..Moment::default() });
            }
            return Ok(Moment { year: Some(year), ..Moment::default() });
        };
        self.cursor = ahead;
        ahead.spaces();
        if let Some((of_month, _)) = ahead.digits(1, 2).filter(|_| !ahead.is_clock()) {
            self.cursor = ahead;
            return day(year, month, of_month);
        }
        Ok(Moment { year: Some(year), month: Some(month as i8), ..Moment::default() })
    }

    /// Whether a unit follows, so that the number before is an amount: `2031.05元`, `3.5 kg`.
    fn measures(&self, cursor: &Cursor) -> bool {
        let mut ahead = *cursor;
        ahead.spaces();
        ahead.peek().is_some_and(|c| c == '%' || c == '$' || MEASURING.contains(c))
            || MEASURES.iter().any(|unit| ahead.rest().starts_with(unit))
    }

    /// `2031年5月4日`, `2031年5月`, `5月4日`, `24年5月1日`, `二〇三一年五月四日`, `去年3月`.
    fn chinese_date(&mut self, partial: bool) -> Read<Option<Moment>> {
        let mut ahead = self.cursor;
        let mut moment = Moment::default();
        if partial && let Some(ago) = self.years_ago(&mut ahead) {
            moment.years_ago = Some(ago);
            self.cursor = ahead;
            ahead.spaces();
        }
        let first = ahead.digits(1, 4).or_else(|| chinese_year(&mut ahead));
        let (mut value, mut len) = match first.or_else(|| chinese_number(&mut ahead)) {
            Some(found) => found,
            None => return Ok(self.year_alone(moment)),
        };
        ahead.spaces();
        let year = match len {
            4 if is_year(value) => Some(value as i16),
            2 if self.place == Position::Opening => Some(full_year(value)),
            _ => None,
        };
        let mut beyond = ahead;
        if let Some(year) = year.filter(|_| moment.years_ago.is_none() && beyond.eat_char('年')) {
            let after_year = beyond;
            beyond.spaces();
            let next = beyond.digits(1, 2).or_else(|| chinese_number(&mut beyond));
            beyond.spaces();
            let month_follows = next.is_some() && beyond.peek() == Some('月');
            if len == 2 && !month_follows {
                return Ok(None);
            }
            moment.year = Some(year);
            self.cursor = after_year;
            let Some(next) = next.filter(|_| month_follows) else { return Ok(self.year_alone(moment)) };
            (value, len) = next;
            ahead = beyond;
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
                further.eat(marks_day)
            });
            if let Some((day_of_month, _)) = day_of_month {
                self.cursor = further;
                let found = day(moment.year.unwrap_or(LEAP_YEAR), month, day_of_month)?;
                return Ok(Some(Moment { year: moment.year, years_ago: moment.years_ago, ..found }));
            }
            // 6月某日: which day, the author does not say.
            let mut further = ahead;
            if further.eat(|c| matches!(c, '某' | '×' | 'x' | '?')) && further.eat(|c| c == '天' || marks_day(c)) {
                ahead = further;
            }
            self.cursor = ahead;
            if !(1..=12).contains(&month) {
                return Err(no_month(month));
            }
            moment.month = Some(month as i8);
            return Ok(Some(moment));
        }
        if moment.year.is_some() || moment.years_ago.is_some() {
            return Ok(self.year_alone(moment));
        }
        // As the end of a range: 3月1日至13日.
        if partial && len <= 2 && ahead.eat(marks_day) && (1..=31).contains(&value) {
            // 3日内 counts days.
            if ahead.clone().eat_any(&self.words.after_count) {
                return Ok(None);
            }
            self.cursor = ahead;
            return Ok(Some(Moment { day: Some(value as i8), ..Moment::default() }));
        }
        Ok(None)
    }

    /// Days or months that share what is written before them: 12月16-17日, 2031年5～7月, 12月16、17日, 16日和17日. Gives
    /// `start` the first and returns the last. Those that do not follow each other make no one stretch.
    pub(super) fn series(&mut self, start: &mut Moment) -> Read<Option<Moment>> {
        if start.hour.is_some() || start.part.is_some() || start.days_later.is_some() {
            return Ok(None);
        }
        let mut ahead = self.cursor;
        let days = ['日', '号', '號'];
        let (units, first): (&[char], u32) = match (self.cursor.before(), start.month, start.day) {
            (Some('日' | '号' | '號'), _, Some(day)) => (&days, day as u32),
            (Some('月'), Some(month), None) if ahead.peek().is_some_and(is_list_mark) => (&['月'], month as u32),
            (Some(unit @ ('月' | '年')), _, None) => {
                ahead.spaces();
                let Some((value, _)) = counted(&mut ahead) else { return Ok(None) };
                (if unit == '月' { &days } else { &['月'] }, value)
            }
            _ => return Ok(None),
        };
        let shares_unit =
            ahead.at > self.cursor.at && !self.cursor.rest()[..ahead.at - self.cursor.at].trim().is_empty();
        let (mut last, mut is_closed, mut follows, mut count) = (first, false, true, 1);
        let mut end = ahead;
        loop {
            ahead.spaces();
            let listed = ahead.eat(is_list_mark);
            // A dash behind a whole date is that of any range.
            let may_range = !listed && shares_unit && count == 1;
            let ranged = may_range && (ahead.eat(|c| is_dash(c) || c == '~') || ahead.eat_any(&self.words.through));
            ahead.spaces();
            let Some((value, _)) = counted(&mut ahead).filter(|_| listed || ranged) else { break };
            follows &= if ranged { value > last } else { value == last + 1 };
            (last, count) = (value, count + 1);
            is_closed = ahead.eat(|c| units.contains(&c));
            end = ahead;
        }
        let names_day = units == ['月'] && end.peek().is_some_and(|c| c.is_ascii_digit());
        if count == 1 || !is_closed || names_day {
            return Ok(None);
        }
        self.cursor = end;
        if !follows {
            return Err(Fault::Unread);
        }
        let of = |value: u32| match units {
            ['月'] if (1..=12).contains(&value) => Ok(Moment { month: Some(value as i8), ..*start }),
            ['月'] => Err(no_month(value)),
            _ => {
                let month = start.month.map_or(1, |month| month as u32);
                let found = day(start.year.unwrap_or(LEAP_YEAR), month, value)?;
                Ok(Moment { day: found.day, ..*start })
            }
        };
        let (from, to) = (of(first)?, of(last)?);
        *start = from;
        Ok(Some(to))
    }

    /// 去年, 今年: how many years before the one as of which the case is told.
    fn years_ago(&self, cursor: &mut Cursor) -> Option<i8> {
        self.words.years_ago.iter().find_map(|(&ago, words)| cursor.eat_any(words).then_some(ago))
    }

    /// `2031年` alone opens an event; in running text it says too little to be kept, unless a part of it is named.
    fn year_alone(&self, moment: Moment) -> Option<Moment> {
        moment.year.or(moment.years_ago.map(i16::from))?;
        let part_follows = {
            let mut ahead = self.cursor;
            ahead.spaces();
            self.part(&mut ahead).is_some()
        };
        (self.place == Position::Opening || (part_follows && moment.year.is_some())).then_some(moment)
    }

    /// Months that share a year: `July/August 2031`, `May–November 2031`, `from May to November 2031`.
    pub(super) fn months_of_year(&mut self, partial: bool) -> Option<(Moment, Moment)> {
        let mut ahead = self.cursor;
        let first = self.month(&mut ahead)?;
        let spaced = ahead.spaces();
        let joined = ahead.eat(|c| is_dash(c) || c == '/')
            || (spaced && (ahead.eat_any(&self.words.through) || ahead.eat_word("and") || ahead.eat_char('&')));
        ahead.spaces();
        let second = self.month(&mut ahead).filter(|_| joined)?;
        let end_of_months = ahead;
        ahead.eat_char(',');
        ahead.spaces();
        let year = ahead.digits(1, 4).filter(|&(year, len)| len == 4 && is_year(year)).map(|(year, _)| year as i16);
        if year.is_none() {
            // “September – October 9” names a day, and “May and June” in running text no year.
            let day_follows = ahead.at > end_of_months.at && ahead.peek().is_some_and(|c| c.is_ascii_digit());
            if !partial || day_follows || end_of_months.at == self.cursor.at {
                return None;
            }
            ahead = end_of_months;
        }
        self.cursor = ahead;
        let of = |month: u32, year| Moment { year, month: Some(month as i8), ..Moment::default() };
        // “November–February 2031” began the year before.
        let before = if second < first { 1 } else { 0 };
        Some((of(first, year.map(|year| year - before)), of(second, year)))
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
        let ranged = ahead.eat(is_dash) || (spaced && ahead.eat_any(&self.words.through));
        let listed = !ranged && (ahead.eat_char('&') || (spaced && ahead.eat_word("and")));
        ahead.spaces();
        let Some((second, _)) = ahead.digits(1, 2).filter(|_| ranged || listed) else { return Ok(None) };
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
        let year = written_year(&mut ahead).map(|year| year as i16);
        if year.is_none() {
            // “June 3 and 5 people”.
            let counts = before_year.rest().trim_start().starts_with(char::is_alphanumeric);
            if listed && counts {
                return Ok(None);
            }
            if !partial || before_year.peek().is_some_and(|c| c.is_alphanumeric()) || before_year.is_clock() {
                return Ok(None);
            }
            ahead = before_year;
        }
        self.cursor = ahead;
        if listed && second != first + 1 {
            return Err(Fault::Unread);
        }
        let of = |of_month| day(year.unwrap_or(LEAP_YEAR), month, of_month).map(|found| Moment { year, ..found });
        Ok(Some((of(first)?, of(second)?)))
    }

    /// The name of a month: its number.
    pub(super) fn month(&self, cursor: &mut Cursor) -> Option<u32> {
        let months = self.words.months.iter().zip(1u32..);
        let found = months.into_iter().find_map(|(names, month)| cursor.eat_any(names).then_some(month));
        if found.is_some() {
            cursor.eat_char('.');
        }
        found
    }

    /// `4 May 2031`, `4th of May, 2031`, `May 4, 2031`, `May 2031`, `early May 2031`, `late 2031`, `the third quarter of 2031`.
    fn english_date(&mut self, partial: bool) -> Read<Option<(Moment, bool)>> {
        let mut ahead = self.cursor;
        ahead.eat_word("the ");
        let part = self.part(&mut ahead).filter(|_| ahead.before().is_some_and(|c| c.is_ascii_alphanumeric()));
        if part.is_some() {
            ahead.eat(|c| c == '-' || c == ',');
            ahead.spaces();
            for word in ["in", "of", "the"] {
                if ahead.eat_word(word) {
                    ahead.spaces();
                }
            }
            if let Some((year, _)) = ahead.clone().digits(4, 4).filter(|&(year, _)| is_year(year)) {
                ahead.digits(4, 4);
                if ahead.peek().is_some_and(char::is_alphanumeric) {
                    return Ok(None);
                }
                self.cursor = ahead;
                let exact = part.is_some_and(Part::is_exact);
                return Ok(Some((Moment { year: Some(year as i16), part, ..Moment::default() }, !exact)));
            }
        } else {
            ahead = self.cursor;
        }
        let part = part.filter(|part| part.is_of_month());
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
                if !further.is_clock() {
                    ahead = further;
                    day_of_month = Some(value);
                }
            }
        }
        let before_year = ahead;
        ahead.eat_char(',');
        ahead.spaces();
        ahead.eat_char('-');
        let year = written_year(&mut ahead);
        if year.is_none() {
            ahead = if day_of_month.is_some() { before_year } else { after_month };
            // A month alone opens an event only where nothing goes on: “May I add” tells no month.
            let stands_alone = !after_month.rest().trim_start().starts_with(char::is_alphanumeric);
            let named = day_of_month.is_some() || (self.place == Position::Opening && stands_alone);
            if !partial || !named {
                return Ok(None);
            }
        }
        self.cursor = ahead;
        let written = year.map(|year| year as i16);
        match day_of_month {
            Some(of_month) => {
                let found = day(written.unwrap_or(LEAP_YEAR), month, of_month)?;
                Ok(Some((Moment { year: written, ..found }, part.is_some())))
            }
            None => {
                let moment = Moment { year: written, month: Some(month as i8), part, ..Moment::default() };
                Ok(Some((moment, part.is_some())))
            }
        }
    }
}

/// `2031`, `'31`.
fn written_year(cursor: &mut Cursor) -> Option<u32> {
    let mut ahead = *cursor;
    let year = match ahead.eat(|c| matches!(c, '\'' | '’')) {
        true => full_year(ahead.digits(2, 2)?.0) as u32,
        false => ahead.digits(4, 4)?.0,
    };
    is_year(year).then(|| {
        *cursor = ahead;
        year
    })
}

/// A number in figures or Chinese numerals.
fn counted(cursor: &mut Cursor) -> Option<(u32, usize)> {
    cursor.digits(1, 2).or_else(|| chinese_number(cursor))
}

fn is_list_mark(c: char) -> bool {
    matches!(c, '、' | '和' | '及' | '与' | '與')
}

/// A year written with two digits, as POSIX has it: 1969 to 2068.
fn full_year(short: u32) -> i16 {
    (if short >= 69 { 1900 + short } else { 2000 + short }) as i16
}

fn is_year(value: u32) -> bool {
    (1000..3000).contains(&value)
}

/// Whether the number goes on, so that it is the name of something: `2031-05-04-01`. The other end of a range may follow
/// at once: `2031.3.25-2031.3.27`, `2031/4/1-4/3`, `2031.3.25-27`.
fn joined_on(cursor: &Cursor, separator: char) -> bool {
    let mut ahead = *cursor;
    match ahead.peek() {
        Some(c) if c.is_ascii_digit() || c == '_' => true,
        Some(c) if c.is_ascii_alphabetic() => c != 't' && c != 'z',
        Some('-' | '/' | '.') => {
            let dash = ahead.eat_char('-');
            if !dash {
                ahead.bump();
            }
            let goes_on = ahead.peek().is_some_and(|c| c.is_ascii_alphanumeric());
            goes_on && !(dash && other_end(ahead, separator))
        }
        _ => false,
    }
}

/// Whether a date with the same separator stands here, or after `.` and `/` a day.
fn other_end(mut cursor: Cursor, separator: char) -> bool {
    let Some((_, len)) = cursor.digits(1, 4) else { return false };
    let mut parts = 1;
    let mut ahead = cursor;
    while ahead.eat(|c| c == separator) && ahead.digits(1, 2).is_some() {
        parts += 1;
        cursor = ahead;
    }
    let ends = !cursor.peek().is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '_'));
    let dated = match separator {
        '-' => len == 4 && parts == 3,
        _ => parts > 1 || len <= 2,
    };
    ends && dated
}

fn no_month(month: u32) -> Fault {
    Fault::NoSuch(message!(en: "there is no month {month}", zh: "没有 {month} 月"))
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
            Err(Fault::NoSuch(message!(
                en: "month {month} has {days} days, not {day}",
                zh: "{month} 月只有 {days} 天，没有 {day} 日"
            )))
        }
    }
}

/// `st`, `nd`, `rd`, `th`.
pub(super) fn ordinal(cursor: &mut Cursor) {
    let _ = ["st", "nd", "rd", "th"].iter().any(|ending| cursor.eat_word(ending));
}

/// A year in Chinese numerals, digit by digit: 二〇三一.
fn chinese_year(cursor: &mut Cursor) -> Option<(u32, usize)> {
    let mut ahead = *cursor;
    let mut value = 0;
    for _ in 0..4 {
        let digit = DIGITS
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
