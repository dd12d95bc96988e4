//! Times in running text: where one may begin, and what stands before it.

use jiff::tz::TimeZone;

use super::cursor::fold;
use super::{FoundTime, Position, Zone, parse};
use crate::language::time_words::TimeWords;

/// Every time in a running text, from byte `from` on, that names its year and month.
pub fn scan(text: &str, from: usize, words: &TimeWords) -> Vec<FoundTime> {
    let mut found = Vec::new();
    let mut at = from;
    while let Some(candidate) = next_candidate(text, at) {
        at = candidate + text[candidate..].chars().next().map_or(1, char::len_utf8);
        if !stands_apart(text, candidate) || !may_begin(&text[candidate..], words) {
            at = end_of_word(text, candidate).max(at);
            continue;
        }
        let Some(mut time) = parse(text, candidate, Position::Running, words) else {
            at = end_of_word(text, candidate).max(at);
            continue;
        };
        at = time.range.end;
        let before = text[..candidate].trim_end();
        if let Ok(expression) = &mut time.expression {
            expression.approximate |=
                words.about_before.iter().chain(words.parts_of_month()).any(|word| ends_with_word(before, word));
            if expression.zone.is_none() {
                expression.zone = zone_before(before, words);
            }
        }
        found.push(time);
    }
    found
}

/// The next place where a time might begin: a digit, a Chinese numeral of a year, or the capital of a month.
fn next_candidate(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            b'0'..=b'9' | b'J' | b'F' | b'M' | b'A' | b'S' | b'O' | b'N' | b'D' => return Some(at),
            byte if byte < 0x80 => at += 1,
            // Chinese text is long: its characters are told by their bytes (UTF-8).
            0xe4 if matches!(&bytes[at + 1..at + 3], [0xb8, 0x80] | [0xba, 0x8c]) => return Some(at), // 一, 二
            0xef if matches!(&bytes[at + 1..at + 3], [0xbc, 0x90..=0x99]) => return Some(at),         // ０ to ９
            0xf0.. => at += 4,
            0xe0.. => at += 3,
            _ => at += 2,
        }
    }
    None
}

/// The end of the run of letters and digits at `at`, none of which can begin a time.
fn end_of_word(text: &str, at: usize) -> usize {
    let run = text[at..].find(|c: char| !c.is_ascii_alphanumeric());
    at + run.unwrap_or(text.len() - at)
}

/// Whether `text` may begin with a time. Most numbers and capitals begin none, and are passed over at once.
fn may_begin(text: &str, words: &TimeWords) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    let next = rest.chars().next().unwrap_or(' ');
    match digits {
        0 => !next.is_ascii() || begins_with_any(text, words.months.iter().flatten()),
        1 | 2 => match next {
            '/' | '.' | '-' | '–' | ':' => true,
            ' ' | '\u{a0}' | '\n' => {
                let word = rest.trim_start();
                let parts = words.morning.iter().chain(&words.afternoon);
                let more = words.months.iter().flatten().chain(parts).chain(&words.through);
                begins_with_any(word, more) || word.starts_with("of ")
            }
            _ => next.is_ascii_alphabetic(),
        },
        4 => matches!(next, '-' | '/' | '.' | '年' | ' ' | '\u{a0}'),
        _ => false,
    }
}

/// Whether the first letters of `text` are those of one of `words`, which are folded.
fn begins_with_any<'a>(text: &str, mut words: impl Iterator<Item = &'a String>) -> bool {
    let text = text.as_bytes();
    words.any(|word| {
        let letters = word.as_bytes().iter().take(3);
        letters.zip(text).all(|(wanted, byte)| *wanted == byte.to_ascii_lowercase())
    })
}

fn stands_apart(text: &str, at: usize) -> bool {
    // A colon as wide as a character follows the name of a field: 日期：2031-05-04.
    let before = text[..at].chars().next_back().filter(|&c| c != '：').map(fold);
    !before
        .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '_' | '.' | ':' | '=' | '#' | '@' | '+'))
}

fn ends_with_word(text: &str, word: &str) -> bool {
    let mut rest = text.chars().rev();
    let matches = word.chars().rev().all(|wanted| rest.next().is_some_and(|c| fold(c) == wanted));
    matches && (!word.is_ascii() || !rest.next().is_some_and(|c| c.is_ascii_alphanumeric()))
}

fn zone_before(text: &str, words: &TimeWords) -> Option<Zone> {
    let zone = words.zones.iter().find(|(_, names)| names.iter().any(|name| ends_with_word(text, name)));
    zone.and_then(|(name, _)| TimeZone::get(name).ok()).map(Zone::Named)
}
