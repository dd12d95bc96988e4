//! A text as it is searched: full-width digits and letters as half-width ones, characters that HTML writes by their numbers, and
//! what looks like the X at the end of a number as one; without what nobody sees and without emphasis between digits.

use crate::language::script::is_invisible;
use std::borrow::Cow;
use std::ops::Range;

/// A text with the way back to how it was written.
pub(super) struct Plain<'a> {
    /// What is searched.
    pub(super) text: Cow<'a, str>,
    /// For each byte of it, and for its end, where that stands in what was written; empty if nothing was changed.
    origins: Vec<u32>,
}

impl<'a> Plain<'a> {
    /// A text as it is searched. Most texts need no change.
    pub(super) fn of(written: &'a str) -> Self {
        if !needs_change(written.as_bytes()) {
            return Self { text: Cow::Borrowed(written), origins: Vec::new() };
        }
        let mut text = String::with_capacity(written.len());
        let mut origins = Vec::with_capacity(written.len() + 1);
        let mut chars = written.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let is_mark = matches!(c, '*' | '_');
            if is_mark && text.ends_with(|c: char| c.is_ascii_digit()) && joins_digits(&written[at..], c) {
                chars.next();
                continue;
            }
            if c == '<'
                && let Some(len) = emphasis_between_digits(&text, &written[at..])
            {
                while chars.next_if(|(next, _)| *next < at + len).is_some() {}
                continue;
            }
            if c == '&'
                && let Some((c, len)) = numbered(&written[at..])
            {
                while chars.next_if(|(next, _)| *next < at + len).is_some() {}
                text.push(c);
                origins.resize(text.len(), at as u32);
                continue;
            }
            let c = match c {
                c if is_like_x(c) && ends_number(&text, &written[at + c.len_utf8()..]) => 'X',
                c if is_invisible(c) => continue,
                '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
                c => c,
            };
            text.push(c);
            origins.resize(text.len(), at as u32);
        }
        origins.push(written.len() as u32);
        Self { text: Cow::Owned(text), origins }
    }

    /// Where a range of the searched text stands in what was written.
    pub(super) fn origin(&self, range: Range<usize>) -> Range<usize> {
        let at = |at: usize| self.origins.get(at).map_or(at, |&origin| origin as usize);
        let Some(last) = range.end.checked_sub(1).filter(|_| !self.origins.is_empty()) else { return range };
        // The end of the last character, not the beginning of the next: what nobody sees may stand between.
        let start = at(last);
        let end = (range.end..self.origins.len()).map(at).find(|&next| next > start).unwrap_or(start);
        at(range.start)..end
    }
}

/// Whether a text may hold something that is searched in another form.
fn needs_change(bytes: &[u8]) -> bool {
    memchr::memchr3_iter(0xef, 0xe2, 0xc2, bytes).any(|at| match &bytes[at..] {
        [0xef, 0xbc, third, ..] => (0x90..=0x99).contains(third) || (0xa1..=0xba).contains(third),
        [0xef, 0xbd, third, ..] => (0x81..=0x9a).contains(third),
        // The Roman ten.
        [0xe2, 0x85, 0xa9 | 0xb9, ..] => at > 0 && bytes[at - 1].is_ascii_digit(),
        // Of what is not seen, that which editors and chats write.
        [0xe2, 0x80, 0x8b..=0x8f | 0xaa..=0xae, ..] | [0xe2, 0x81, 0xa0..=0xaf, ..] | [0xc2, 0xad, ..] => true,
        [0xef, 0xb8, 0x80..=0x8f, ..] | [0xef, 0xbb, 0xbf, ..] => true,
        _ => false,
    }) || memchr::memmem::find_iter(bytes, b"**")
        .chain(memchr::memmem::find_iter(bytes, b"__"))
        .any(|at| at > 0 && bytes[at - 1].is_ascii_digit() && bytes.get(at + 2).is_some_and(u8::is_ascii_digit))
        || memchr::memchr_iter(b'<', bytes).any(|at| at > 0 && bytes[at - 1].is_ascii_digit())
        || memchr::memmem::find(bytes, b"&#").is_some()
        // The signs for times, and the Greek and Cyrillic letters.
        || memchr::memchr3_iter(0xc3, 0xd0, 0xce, bytes)
            .chain(memchr::memchr2_iter(0xd1, 0xcf, bytes))
            .any(|at| at > 0 && bytes[at - 1].is_ascii_digit())
}

/// Elements that only make letters look otherwise.
const EMPHASIS: &[&str] =
    &["b", "i", "u", "em", "strong", "span", "font", "mark", "s", "del", "ins", "code", "small", "big", "tt", "wbr"];

/// How long the tags of emphasis are with which `rest` begins and behind which the digits that `before` ends with go on. A number
/// that is whole, of a telephone or of identity, is not gone on with.
fn emphasis_between_digits(before: &str, rest: &str) -> Option<usize> {
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    if matches!(digits, 0 | 11 | 18..) {
        return None;
    }
    let mut after = rest;
    while let Some(tag) = after.strip_prefix('<') {
        let name = tag.strip_prefix('/').unwrap_or(tag);
        let len = name.bytes().take_while(u8::is_ascii_alphabetic).count();
        let is_emphasis = EMPHASIS.iter().any(|other| other.eq_ignore_ascii_case(&name[..len]));
        let end = tag.bytes().take(MAX_TAG).position(|byte| byte == b'>').filter(|_| is_emphasis)?;
        after = &tag[end + 1..];
    }
    let goes_on = after
        .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９' | 'X' | 'x' | 'Ｘ' | '&') || is_like_x(c));
    (after.len() < rest.len() && goes_on).then_some(rest.len() - after.len())
}

/// The longest tag of emphasis, in bytes.
const MAX_TAG: usize = 200;

/// The letter or digit that HTML writes by its number at the beginning of a text, and how long that is.
fn numbered(rest: &str) -> Option<(char, usize)> {
    let digits = rest.strip_prefix("&#")?;
    let (digits, radix) = digits.strip_prefix(['x', 'X']).map_or((digits, 10), |digits| (digits, 16));
    let len = digits.bytes().take_while(u8::is_ascii_hexdigit).count();
    let c = u32::from_str_radix(&digits[..len], radix).ok().and_then(char::from_u32)?;
    let is_closed = digits[len..].starts_with(';');
    c.is_ascii_alphanumeric().then(|| (c, rest.len() - digits.len() + len + usize::from(is_closed)))
}

/// Whether people write the sign where the check digit of an identity card is an X.
fn is_like_x(c: char) -> bool {
    matches!(c, '×' | 'Ⅹ' | 'ⅹ' | 'Х' | 'х' | 'Χ' | 'χ')
}

/// Whether a sign between the two may be the last digit of a number: three digits stand before it and none behind.
fn ends_number(before: &str, after: &str) -> bool {
    before.bytes().rev().take_while(u8::is_ascii_digit).count() >= 3
        && !after.trim_start().starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// Whether exactly two marks of emphasis stand here, and then a digit.
fn joins_digits(rest: &str, mark: char) -> bool {
    let after = rest.trim_start_matches(mark);
    rest.len() - after.len() == 2 && after.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_led_back_to_what_was_written() {
        for (written, searched) in [
            ("电话 １３８", "电话 138"),
            ("1\u{200b}2\u{200b}x", "12x"),
            ("1\u{202d}2\u{2066}3\u{fe0f}", "123"),
            ("1**2**3", "123"),
            ("1***2", "1***2"),
            ("2**n", "2**n"),
            ("Ｅ１", "E1"),
            ("，。【1】", "，。【1】"),
            ("&#49;2&#x33;4&#50", "12342"),
            ("1<b>23</b>4<i>X", "1234X"),
            ("1<br>2<td>3", "1<br>2<td>3"),
            ("12345678901<b>2", "12345678901<b>2"),
            ("1<sup>2", "1<sup>2"),
            ("002×，002Ⅹ", "002X，002X"),
            ("3150×2", "3150×2"),
            ("&#20320;", "&#20320;"),
        ] {
            let plain = Plain::of(written);
            assert_eq!(plain.text, searched);
        }
        let plain = Plain::of("电话１\u{200b}２。");
        let at = plain.text.find("12").unwrap();
        assert_eq!(&"电话１\u{200b}２。"[plain.origin(at..at + 2)], "１\u{200b}２");
        let plain = Plain::of("a１\u{200b}b");
        assert_eq!(plain.origin(1..2), 1..4 + "\u{200b}".len());
    }
}
