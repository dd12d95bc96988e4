//! The terms of a text in the index; a query matches what has all of its terms.

use std::ops::Range;

use crate::language::alphabet::{is_sign, is_unspaced, is_word};

/// The digits from which on a part of a number is long enough to be looked for by itself.
const LONG: usize = 3;

/// Tells `found` every term of a folded text: every two characters that stand side by side in a script without spaces
/// (and the last of a run alone); words; numbers; signs. What a query finds is compared with the text itself in the
/// end, so terms may be few, but whatever holds a text must have all terms of that text.
///
/// A number that points or hyphens divide gives its parts of three digits and more, and every two shorter parts that
/// meet: `2031-05-14` gives `2031` and `05-14`.
pub fn terms<'a>(folded: &'a str, mut found: impl FnMut(&'a str)) {
    let mut chars = folded.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = |rest: &mut std::iter::Peekable<std::str::CharIndices>| {
            rest.peek().map(|&(at, c)| (at..at + c.len_utf8(), c))
        };
        if is_unspaced(c) {
            match next(&mut chars) {
                Some((next, follows)) if is_unspaced(follows) => found(&folded[at..next.end]),
                _ => found(&folded[at..at + c.len_utf8()]),
            }
        } else if c.is_ascii_digit() || is_word(c) {
            let end = folded[at..].find(|c| !is_word(c)).map_or(folded.len(), |length| at + length);
            let digits = folded[at..end].find(|c: char| !c.is_ascii_digit()).map_or(end, |length| at + length);
            let end = if digits < end && digits > at && has_digit(&folded[digits..end]) {
                found(&folded[at..end]);
                end
            } else if digits > at {
                let end = number_end(folded, at);
                number(folded, at..end, &mut found);
                // `100USDT` is a number and a word.
                end
            } else {
                found(&folded[at..end]);
                end
            };
            while chars.peek().is_some_and(|&(at, _)| at < end) {
                chars.next();
            }
        } else if is_sign(c) {
            found(&folded[at..at + c.len_utf8()]);
        }
    }
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Where the number ends that begins at `at`: digits, with a point or hyphen between them.
pub(super) fn number_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = at;
    loop {
        while is_digit(end) {
            end += 1;
        }
        // The digits of `3-d0c2` belong to a word.
        let joins = matches!(bytes.get(end), Some(b'.' | b'-')) && is_digit(end + 1) && {
            let word = &text[end + 1..];
            let word = &word[..word.find(|c| !is_word(c)).unwrap_or(word.len())];
            let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
            !has_digit(letters)
        };
        if !joins {
            return end;
        }
        end += 1;
    }
}

fn number<'a>(text: &'a str, whole: Range<usize>, found: &mut impl FnMut(&'a str)) {
    let mut before: Option<Range<usize>> = None;
    let mut at = whole.start;
    let mut alone = true;
    for part in text[whole.clone()].split(['.', '-']) {
        let range = at..at + part.len();
        at = range.end + 1;
        if range.end < whole.end {
            alone = false;
        }
        if part.len() >= LONG {
            found(&text[range]);
            before = None;
            continue;
        }
        if let Some(before) = before.replace(range.clone()) {
            found(&text[before.start..range.end]);
        } else if alone {
            found(&text[range]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<&str> {
        let mut all = Vec::new();
        terms(text, |term| all.push(term));
        all
    }

    #[test]
    fn terms_are_pairs_of_characters_words_numbers_and_signs() {
        for (text, expected) in [
            ("交易平台", &["交易", "易平", "平台", "台"][..]),
            ("注1-8,第3页", &["注", "1-8", "第", "3", "页"]),
            ("the bank's fee", &["the", "bank", "s", "fee"]),
            ("1-3-1", &["1-3", "3-1"]),
            ("2031-05-14", &["2031", "05-14"]),
            ("203.0.113.7:8080", &["203", "113", "8080"]),
            ("12345.60", &["12345"]),
            ("5.25", &["5.25"]),
            ("7", &["7"]),
            ("ord-2023-0417", &["ord", "2023", "0417"]),
            ("100usdt", &["100", "usdt"]),
            ("0x12ab34", &["0x12ab34"]),
            ("tx0012", &["tx0012"]),
            ("$5 → 😀", &["$", "5", "→", "😀"]),
            ("--..,,!?()", &[]),
        ] {
            assert_eq!(all(text), expected, "{text}");
        }
    }
}
