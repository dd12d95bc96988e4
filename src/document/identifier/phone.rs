//! Telephone numbers, as they are written in China and abroad (ITU-T E.123).

use crate::language::lists::identifier::{COUNTED, INTRODUCING};

/// How near the word that says so must stand, in characters.
pub(super) const NEAR: usize = 8;

/// The longest number that is looked at, in characters.
const MAX_WRITTEN: usize = 40;

/// What may stand between the parts of a number.
const SEPARATORS: &[char] = &[' ', '-', '(', ')', '（', '）', '\u{a0}', '.'];

/// What may stand between the word that says so and the number.
pub(super) fn may_introduce(c: char) -> bool {
    c.is_whitespace() || c.is_ascii_punctuation() || "：，、。（）【】“”".contains(c) || INTRODUCING.contains(c)
}

/// The telephone number that begins at byte `at`: where it ends, and its digits. `said` tells that the words before it
/// say that it is one; else only shapes are taken that nothing else has.
pub(super) fn read(text: &str, at: usize, said: bool) -> Option<(usize, String)> {
    let (end, digits) = grouped(text, at)?;
    let written = &text[at..end];
    let apart = written.contains([' ', '-', '(']);
    if is_date(written) || counts(&text[end..]) {
        return None;
    }
    let number = digits.as_str();
    if let Some(abroad) = number.strip_prefix('+') {
        let is_mobile = abroad.len() == 13 && abroad.starts_with("861");
        let fits = (8..=15).contains(&abroad.len()) && !abroad.starts_with('0') && (apart || is_mobile || said);
        return fits.then_some((end, digits));
    }
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| number.starts_with(prefix));
    let is_mobile = number.len() == 11 && number.starts_with('1') && !starts(&["10", "11", "12"]);
    if is_mobile && (said || is_grouped(written, &[3, 4, 4])) {
        return Some((end, format!("+86{number}")));
    }
    let is_free = number.len() == 10 && starts(&["400", "800"]);
    if is_free && (said || is_grouped(written, &[3, 3, 4]) || is_grouped(written, &[3, 4, 3])) {
        return Some((end, written.trim().replace(' ', "-")));
    }
    if let Some((area, local)) = written.split_once('-').filter(|(area, _)| area.starts_with('0')) {
        let known = area == "010" || (area.len() == 3 && area.starts_with("02")) || (area.len() == 4);
        let plausible = (7..=8).contains(&local.len()) && local.starts_with(|c| ('2'..='8').contains(&c));
        let plain = local.bytes().all(|b| b.is_ascii_digit());
        if known && plausible && plain && !is_date(local) {
            return Some((end, written.to_owned()));
        }
    }
    if written.starts_with(['(', '（']) && number.starts_with('0') && said {
        // The area code in brackets.
        let area = written.find([')', '）']).map_or(0, |at| written[..at].bytes().filter(u8::is_ascii_digit).count());
        if (3..=4).contains(&area) && (10..=12).contains(&number.len()) {
            return Some((end, format!("{}-{}", &number[..area], &number[area..])));
        }
    }
    let is_service = number.len() == 5 && starts(&["95", "96"]);
    let fits = is_service || (7..=14).contains(&number.len());
    (said && fits && !written.contains('.')).then_some((end, digits))
}

/// The digits that begin at byte `at`, with single separators between them: where they end, and they alone with a `+`.
fn grouped(text: &str, at: usize) -> Option<(usize, String)> {
    let mut digits = String::new();
    let mut end = at;
    let mut gap = 0;
    for (offset, c) in text[at..].char_indices().take(MAX_WRITTEN) {
        match c {
            '+' if offset == 0 => digits.push('+'),
            '0'..='9' => {
                digits.push(c);
                end = at + offset + 1;
                gap = 0;
            }
            c if SEPARATORS.contains(&c) && gap < 2 => gap += 1,
            _ => break,
        }
    }
    let after = text[end..].chars().next();
    let runs_on = after.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '/' | ':' | '@'));
    let fraction =
        after.is_some_and(|c| c == '.' || c == ',') && text[end + 1..].starts_with(|c: char| c.is_ascii_digit());
    (digits.len() >= 5 && !runs_on && !fraction).then_some((end, digits))
}

/// Whether the digits stand in groups of these lengths.
fn is_grouped(written: &str, lengths: &[usize]) -> bool {
    let groups = written.split([' ', '-']).map(str::len);
    groups.eq(lengths.iter().copied())
}

/// Whether it is a date, perhaps with more after it: `2031-04-09`, `20310409`, `2031-04-09 10`.
pub(super) fn is_date(written: &str) -> bool {
    let year =
        written.get(..4).and_then(|year| year.parse().ok()).is_some_and(|year: u16| (1900..2100).contains(&year));
    let rest = written.get(4..).unwrap_or("").trim_start_matches(['-', '/', '.', ' ']);
    let month = rest.get(..2).and_then(|month| month.parse().ok()).is_some_and(|month: u8| (1..=12).contains(&month));
    let day = rest.get(2..).unwrap_or("").trim_start_matches(['-', '/', '.']);
    let runs_on = day.get(2..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
    let day = day.get(..2).and_then(|day| day.parse().ok()).is_some_and(|day: u8| (1..=31).contains(&day));
    year && month && day && !runs_on
}

/// Whether what follows a number says that it counts something: a unit, a currency.
pub(super) fn counts(after: &str) -> bool {
    let after = after.trim_start_matches(' ');
    let currency = after.bytes().take(3).filter(u8::is_ascii_uppercase).count() == 3;
    after.starts_with(|c| COUNTED.contains(c)) || after.starts_with('%') || currency
}
