//! A text as it is searched: full-width digits and letters as half-width ones, without what nobody sees and without marks
//! of emphasis between digits.

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
            let c = match c {
                '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => continue,
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
        [0xef, 0xbb, 0xbf, ..] | [0xe2, 0x80, 0x8b..=0x8f, ..] | [0xe2, 0x81, 0xa0, ..] | [0xc2, 0xad, ..] => true,
        _ => false,
    }) || memchr::memmem::find_iter(bytes, b"**")
        .chain(memchr::memmem::find_iter(bytes, b"__"))
        .any(|at| at > 0 && bytes[at - 1].is_ascii_digit() && bytes.get(at + 2).is_some_and(u8::is_ascii_digit))
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
            ("1**2**3", "123"),
            ("1***2", "1***2"),
            ("2**n", "2**n"),
            ("Ｅ１", "E1"),
            ("，。【1】", "，。【1】"),
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
