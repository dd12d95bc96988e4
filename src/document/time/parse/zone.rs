//! Time zones: `+08:00`, `UTC+8`, `（北京时间）`, `[Asia/Shanghai]`.

use jiff::tz::{Offset, TimeZone};

use super::super::cursor::{Cursor, fold};
use super::super::{Moment, Zone};
use super::{Parser, Read};

/// The longest text in brackets that is compared with the names of zones.
const MAX_ZONE_BYTES: usize = 48;

impl<'a> Parser<'a> {
    /// `+08:00`, `Z`, `UTC+8`, `（北京时间）`, `[Asia/Shanghai]`.
    pub(super) fn zone(&mut self, moment: &Moment) -> Read<Option<Zone>> {
        let clocked = moment.hour.is_some();
        let mut ahead = self.cursor;
        let spaced = ahead.spaces();
        if clocked && ahead.rest().starts_with(if spaced { &['Z'][..] } else { &['Z', 'z'] }) {
            let mut beyond = ahead;
            beyond.bump();
            if !beyond.peek().is_some_and(char::is_alphanumeric) {
                self.cursor = beyond;
                return Ok(Some(Zone::Named(TimeZone::UTC)));
            }
        }
        let open = ahead.peek().filter(|c| matches!(c, '(' | '[' | '【'));
        if open.is_some() {
            ahead.bump();
            ahead.spaces();
        }
        let inside = ahead;
        let saved = std::mem::replace(&mut self.cursor, ahead);
        let mut zone = self.zone_word();
        if zone.is_some() {
            // （北京时间 UTC+8）: the same zone told twice.
            let before_second = self.cursor;
            self.cursor.spaces();
            match self.zone_word() {
                Some(second) => zone = Some(second),
                None => self.cursor = before_second,
            }
        }
        let utc = zone.as_ref().is_some_and(|zone| *zone == Zone::Named(TimeZone::UTC));
        if (zone.is_none() && clocked) || utc {
            // 02:11-02:31 is a range; where seconds are told or UTC is named, a minus is an offset.
            let may_be_minus = utc || open.is_some() || moment.second.is_some();
            let before_offset = self.cursor;
            if utc {
                self.cursor.spaces();
                if !self.cursor.peek().is_some_and(|c| matches!(c, '+' | '-')) {
                    self.cursor = before_offset;
                }
            }
            zone = self.offset(may_be_minus)?.map(Zone::Offset).or(zone);
        }
        if zone.is_none() && (open.is_some() || spaced) {
            zone = self.iana(clocked)?;
        }
        if zone.is_none() && clocked && (open.is_some() || spaced) {
            zone = self.abbreviation();
        }
        if zone.is_some() {
            if open.is_none() {
                return Ok(zone);
            }
            self.cursor.spaces();
            if self.cursor.eat(|c| matches!(c, ')' | ']' | '】')) {
                return Ok(zone);
            }
            // （北京时间，据后台）: the zone counts, and the rest is for readers.
            let named = self.cursor.eat(|c| matches!(c, ',' | ';' | '、'));
            self.cursor = saved;
            return Ok(zone.filter(|_| named));
        }
        if self.no_zone.is_some() {
            if open.is_some() {
                self.cursor.eat(|c| matches!(c, ')' | ']' | '】'));
            }
            return Ok(None);
        }
        self.cursor = saved;
        if open.is_some() && clocked {
            return self.unknown_zone(inside);
        }
        Ok(None)
    }

    /// A bracket after a clock that holds nothing but what is meant as a zone, and names none: an abbreviation, which is
    /// never clear (CST is in China and in America), or the name of a known zone with a slip in it.
    fn unknown_zone(&mut self, inside: Cursor<'a>) -> Read<Option<Zone>> {
        let rest = inside.rest();
        let Some(end) = rest.find([')', '）', ']', '】']).filter(|&end| end <= MAX_ZONE_BYTES) else {
            return Ok(None);
        };
        let name = rest[..end].trim();
        let abbreviation =
            (3..=5).contains(&name.len()) && name.ends_with('T') && name.bytes().all(|b| b.is_ascii_uppercase());
        let folded: String = name.chars().map(fold).collect();
        let names = || self.words.zones.values().flatten();
        let slip = folded.chars().count() >= 4 && names().any(|known| strsim::damerau_levenshtein(known, &folded) == 1);
        if abbreviation || slip {
            self.cursor = inside;
            self.cursor.at += end;
            self.cursor.bump();
            self.no_zone = Some(name.to_owned());
        }
        Ok(None)
    }

    pub(super) fn zone_word(&mut self) -> Option<Zone> {
        let zones = self.words.zones.iter();
        let candidates = zones.flat_map(|(zone, names)| names.iter().map(move |name| (zone, name)));
        let first = self.cursor.first_byte()?;
        let begins_here = |name: &str| name.as_bytes().first() == Some(&first);
        let mut here: Vec<_> =
            candidates.filter(|(_, name)| begins_here(name) && self.cursor.clone().eat_word(name)).collect();
        here.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
        let (zone, name) = here.first()?;
        let found = TimeZone::get(zone).ok()?;
        self.cursor.eat_word(name);
        Some(Zone::Named(found))
    }

    /// `EST`, in capitals. One that means several zones is kept as none.
    pub(super) fn abbreviation(&mut self) -> Option<Zone> {
        let rest = self.cursor.rest();
        let len = rest.bytes().take_while(u8::is_ascii_uppercase).count();
        if len < 2 || rest[len..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return None;
        }
        let name = rest[..len].to_ascii_lowercase();
        if self.words.unclear_zones.contains(&name) {
            self.no_zone = Some(rest[..len].to_owned());
            self.cursor.at += len;
            return None;
        }
        let Some(means) = self.words.abbreviations.get(&name) else {
            // `15:00 QST:` is meant as a zone, whichever that is.
            let ends =
                rest[len..].chars().next().is_none_or(|c| matches!(c, ',' | ':' | ';' | '，' | '：' | '；' | '、'));
            if (3..=5).contains(&len) && name.ends_with('t') && ends {
                self.no_zone = Some(rest[..len].to_owned());
                self.cursor.at += len;
            }
            return None;
        };
        let offset = means.starts_with(['+', '-']).then(|| Parser::offset_of(means)).flatten().map(Zone::Offset);
        let zone = offset.or_else(|| TimeZone::get(means).ok().map(Zone::Named))?;
        self.cursor.at += len;
        Some(zone)
    }

    /// An offset as the tables write it: `-05:00`.
    fn offset_of(written: &str) -> Option<Offset> {
        let (hours, minutes) = written[1..].split_once(':')?;
        let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
        Offset::from_seconds(if written.starts_with('-') { -seconds } else { seconds }).ok()
    }

    /// `+08:00`, `+0800`, `+8`.
    fn offset(&mut self, may_be_minus: bool) -> Read<Option<Offset>> {
        let mut ahead = self.cursor;
        let negative = match ahead.peek() {
            Some('+') => false,
            Some('-') if may_be_minus => true,
            _ => return Ok(None),
        };
        ahead.bump();
        let from = self.cursor;
        let (hours, minutes) = match ahead.digits(1, 4) {
            Some((value, 4)) => (value / 100, value % 100),
            Some((hours, 1 | 2)) => {
                let mut further = ahead;
                match further.eat_char(':').then(|| further.digits(2, 2)).flatten() {
                    Some((minutes, _)) => {
                        ahead = further;
                        (hours, minutes)
                    }
                    None => (hours, 0),
                }
            }
            _ => return Ok(None),
        };
        let seconds = (hours * 3600 + minutes * 60) as i32;
        let bracketed = from.before().is_some_and(|c| matches!(c, '(' | '[' | '【'));
        let closed = ahead.peek().is_none_or(|c| matches!(c, ')' | ']' | '】'));
        if bracketed && !closed {
            return Ok(None);
        }
        self.cursor = ahead;
        // No place on earth is further from UTC (ISO 8601 allows more, the tz database has none).
        if hours > 14 || minutes > 59 {
            self.no_zone = Some(from.rest()[..ahead.at - from.at].to_owned());
            return Ok(None);
        }
        Ok(Offset::from_seconds(if negative { -seconds } else { seconds }).ok())
    }

    /// A name of the tz database: a word with a stroke in it.
    fn iana(&mut self, clocked: bool) -> Read<Option<Zone>> {
        let rest = self.cursor.rest();
        let len = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+')));
        let name = &rest[..len.unwrap_or(rest.len())];
        let parts: Vec<&str> = name.split('/').collect();
        let shaped = parts.len() > 1 && parts.iter().all(|part| part.starts_with(|c: char| c.is_ascii_uppercase()));
        if !shaped {
            return Ok(None);
        }
        match TimeZone::get(name) {
            Ok(zone) => {
                self.cursor.at += name.len();
                Ok(Some(Zone::Named(zone)))
            }
            Err(_) if clocked => {
                self.cursor.at += name.len();
                self.no_zone = Some(name.to_owned());
                Ok(None)
            }
            Err(_) => Ok(None),
        }
    }
}
