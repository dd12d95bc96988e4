//! Reading times: `2031-05-04 01:09:08 +08:00`, `2031年5月4日凌晨1:00左右（北京时间）`, `4 May 2031, about 1:09 a.m.`,
//! `2030年3月1日，至2031年2月13日`.

mod clock;
mod date;
mod zone;

use super::cursor::Cursor;
use super::{Expression, Fault, Found, Moment, Zone};
use crate::language::script::is_cjk_letter;
use crate::language::time_words::TimeWords;
use clock::Clock;

/// Where a time is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// At the start of an event, where `14:20` and `3月21日` are times too.
    Opening,
    /// In running text, where only a time with its year is one.
    Running,
}

/// A part that is clearly meant as a time, but is none.
type Read<T> = Result<T, Fault>;

/// Reads the time that stands right at byte `at` of `text`, if one does.
pub fn parse(text: &str, at: usize, place: Place, words: &TimeWords) -> Option<Found> {
    let mut parser = Parser { cursor: Cursor::new(text, at), words, place, no_zone: None };
    let expression = match parser.expression() {
        Ok(None) => return None,
        Ok(Some(expression)) => Ok(expression),
        Err(fault) => Err(fault),
    };
    let end = parser.cursor.at;
    (end > at).then_some(Found { range: at..end, expression, no_zone: parser.no_zone })
}

struct Parser<'a> {
    cursor: Cursor<'a>,
    words: &'a TimeWords,
    place: Place,
    /// What stands where a zone would, and is none.
    no_zone: Option<String>,
}

impl<'a> Parser<'a> {
    fn expression(&mut self) -> Read<Option<Expression>> {
        let opening = self.place == Place::Opening;
        let mut approximate = false;
        let mut zone = None;
        if opening {
            if self.cursor.eat_any(&self.words.lead_ins) {
                self.cursor.spaces();
            }
            zone = self.zone_word();
            self.cursor.spaces();
            approximate = self.about();
        }
        if let Some((start, end)) = self.days_of_month(opening)? {
            let (about, zone) = self.after(&end)?;
            return Ok(Some(Expression { start, end: Some(end), approximate: approximate || about, zone }));
        }
        let Some((start, start_about)) = self.moment(None)? else { return Ok(None) };
        approximate |= start_about;
        let (about, named) = self.after(&start)?;
        approximate |= about;
        let mut zone = named.or(zone);
        let end = self.range_end(&start)?;
        if let Some((_, end_about, end_zone)) = &end {
            approximate |= end_about;
            zone = end_zone.clone().or(zone);
        }
        Ok(Some(Expression { start, end: end.map(|(end, ..)| end), approximate, zone }))
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
        let partial = self.place == Place::Opening || range_start.is_some();
        let mut about = false;
        if range_start.is_some() {
            about = self.about();
        }
        self.weekday();
        if let Some((moment, part)) = self.clock_before_date()? {
            return Ok(Some((moment, about || part)));
        }
        let mut moment = Moment::default();
        let mut month_is_partial = false;
        let dated = match self.date(partial)? {
            Some((date, part)) => {
                moment = date;
                month_is_partial = part;
                true
            }
            None => false,
        };
        if dated && moment.day.is_some() {
            self.weekday_after();
        }
        let before_clock = self.cursor;
        let gap = dated && self.gap();
        let clock_about = self.about();
        let may_tell_clock = if dated { moment.day.is_some() || moment.days_later.is_some() } else { partial };
        let apart = gap || !dated || self.cursor.before().is_some_and(is_cjk_letter);
        match if may_tell_clock { self.clock(apart)? } else { None } {
            Some(Clock { hour, minute, second }) => {
                let clocked_alone = !dated && (!partial || range_start.is_some_and(|start| start.hour.is_none()));
                if clocked_alone {
                    self.cursor = from;
                    return Ok(None);
                }
                moment.hour = Some(hour);
                moment.minute = minute;
                moment.second = second;
                about |= clock_about;
            }
            None if !dated => {
                self.cursor = from;
                return Ok(None);
            }
            None => {
                self.cursor = before_clock;
                // 2031年4月9日凌晨: the part of the day belongs to the date, though it tells no hour.
                let mut ahead = self.cursor;
                ahead.spaces();
                if moment.day.is_some() && self.part_of_day(&mut ahead).is_some() {
                    self.cursor = ahead;
                }
            }
        }
        Ok(Some((moment, about || month_is_partial)))
    }

    /// `1:00 a.m. on March 21, 2031`.
    fn clock_before_date(&mut self) -> Read<Option<(Moment, bool)>> {
        let from = self.cursor;
        if !from.peek().is_some_and(|c| c.is_ascii_digit()) {
            return Ok(None);
        }
        if let Ok(Some(Clock { hour, minute, second })) = self.clock(true) {
            self.cursor.eat_char(',');
            self.cursor.spaces();
            if self.cursor.eat_word("on") {
                self.cursor.spaces();
                self.weekday();
                if let Some((date, part)) = self.date(self.place == Place::Opening)?
                    && date.day.is_some()
                {
                    return Ok(Some((Moment { hour: Some(hour), minute, second, ..date }, part)));
                }
            }
        }
        self.cursor = from;
        Ok(None)
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
        if self.cursor.eat_char(',') {
            self.cursor.spaces();
        }
        if self.cursor.eat_word("at") {
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

    /// （星期三） after a date.
    fn weekday_after(&mut self) {
        let mut ahead = self.cursor;
        ahead.spaces();
        let open = ahead.eat_char('(');
        if ahead.eat_any(&self.words.weekdays) && (!open || ahead.eat_char(')')) {
            self.cursor = ahead;
        }
    }

    /// What may follow a time: 左右, the zone.
    fn after(&mut self, moment: &Moment) -> Read<(bool, Option<Zone>)> {
        let mut about = self.about_after();
        let zone = self.zone(moment)?;
        about |= zone.is_some() && self.about_after();
        Ok((about, zone))
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

    /// The other end of a range: 至2031年2月13日, `to 8 April 2031`, ` - 02:31`.
    fn range_end(&mut self, start: &Moment) -> Read<Option<(Moment, bool, Option<Zone>)>> {
        let from = self.cursor;
        let spaced = self.cursor.spaces();
        let mut ahead = self.cursor;
        if ahead.eat_char(',') {
            ahead.spaces();
        }
        let by_word = ahead.eat_any(&self.words.through);
        if by_word {
            self.cursor = ahead;
            self.cursor.spaces();
        } else {
            let dash = self.cursor.peek().filter(|c| matches!(c, '-' | '–' | '—' | '~' | '～'));
            let Some(dash) = dash else {
                self.cursor = from;
                return Ok(None);
            };
            // Between words a hyphen is a pause, between two clocks a range.
            let means_range = dash != '-' || spaced || start.hour.is_some();
            self.cursor.bump();
            self.cursor.eat_char(dash);
            self.cursor.spaces();
            if !means_range {
                self.cursor = from;
                return Ok(None);
            }
        }
        let wide = self.cursor;
        match self.moment(Some(start)) {
            Ok(Some((mut end, about))) => {
                let (after, zone) = self.after(&end)?;
                let clock_alone =
                    !end.is_full() && end.month.is_none() && end.day.is_none() && end.days_later.is_none();
                complete_end(&mut end, start);
                if clock_alone {
                    past_midnight(&mut end, start);
                }
                let backwards = end.start(None).zip(start.start(None)).is_some_and(|(end, start)| end < start);
                if backwards && (!by_word || self.place == Place::Running) {
                    self.cursor = from;
                    return Ok(None);
                }
                if backwards {
                    let written = wide.rest()[..self.cursor.at - wide.at].trim().to_owned();
                    return Err(Fault::NoSuch(format!("the range ends at `{written}`, before it begins")));
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
}

/// Puts the end of a range on the next day if its clock shows less than that of the start: 23:30至01:10.
fn past_midnight(end: &mut Moment, start: &Moment) {
    let (Some(from), Some(to)) = (start.start(None), end.start(None)) else { return };
    if let Some(next) = to.date().tomorrow().ok().filter(|_| to < from) {
        (end.year, end.month, end.day) = (Some(next.year()), Some(next.month()), Some(next.day()));
    }
}

/// Gives the end of a range what only its start says.
fn complete_end(end: &mut Moment, start: &Moment) {
    if end.days_later.is_some() || end.year.is_some() {
        return;
    }
    end.year = start.year;
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
        let hour = if moment.hour.is_some() { "T" } else { "" };
        let clock = [part(hour, moment.hour), part(":", moment.minute), part(":", moment.second)].concat();
        [later, year, part("-", moment.month), part("-", moment.day), clock].concat()
    }

    /// `start[/end][~][ zone]` and what was not taken, after a bar.
    fn told(text: &str, place: Place) -> String {
        let Some(found) = parse(text, 0, place, &words()) else { return "nothing".to_owned() };
        let rest = &text[found.range.end..];
        let bar = if rest.is_empty() { String::new() } else { format!("|{rest}") };
        match found.expression {
            Err(Fault::NoSuch(_)) => format!("no such{bar}"),
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
                format!("{}{end}{about}{zone}{none}{bar}", show(&expression.start))
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
            ("2031年5月上旬", "2031-05~"),
            ("2031年5月底", "2031-05~"),
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
            ("early May 2031", "2031-05~"),
            ("mid-May 2031", "2031-05~"),
            ("on 4 May 2031", "2031-05-04"),
            ("于2031年5月4日", "2031-05-04"),
            ("13/05/2031", "2031-05-13"),
            ("05/13/2031", "2031-05-13"),
            ("13.05.2031", "2031-05-13"),
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
            assert_eq!(told(text, Place::Opening), expected, "{text}");
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
            assert_eq!(told(text, Place::Opening), expected, "{text}");
        }
    }

    #[test]
    fn a_range_takes_from_its_start_what_its_end_does_not_say() {
        for (text, expected) in [
            ("2030年3月1日至2031年2月13日", "2030-03-01/2031-02-13"),
            ("2030年3月1日，至 2031年2月13日", "2030-03-01/2031-02-13"),
            ("2031年3月1日至13日", "2031-03-01/2031-03-13"),
            ("2031年3月1日到4月2日", "2031-03-01/2031-04-02"),
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
            ("2031-04-09 - 第一次放货", "2031-04-09| - 第一次放货"),
            ("2031-04-09 to Vorqualand", "2031-04-09| to Vorqualand"),
            ("2031-04-09 - 37 pallets", "2031-04-09| - 37 pallets"),
        ] {
            assert_eq!(told(text, Place::Opening), expected, "{text}");
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
            ("04/05/2031", "two ways"),
            ("2031-05-04 01:09 +25:00", "2031-05-04T01:09 but no zone +25:00"),
            ("2031-05-04 01:09 Asia/Shangai", "2031-05-04T01:09 but no zone Asia/Shangai"),
            ("2031-05-04 01:09 (XYZT)", "2031-05-04T01:09 but no zone XYZT"),
            ("2031-05-04 01:09（背京时间）", "2031-05-04T01:09 but no zone 背京时间"),
            ("2031-05-04 01:09 (Bejing time)", "2031-05-04T01:09 but no zone Bejing time"),
        ] {
            assert_eq!(told(text, Place::Opening), expected, "{text}");
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
            let told = told(text, Place::Running);
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
