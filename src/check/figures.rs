//! What the rules about figures share: which passages of a document hold amounts, and which figures they name.

use std::ops::Range;

use bigdecimal::num_bigint::BigInt;
use bigdecimal::{BigDecimal, Signed, Zero};

use crate::case::Case;
use crate::document::tree::NodeKind;
use crate::document::{Amount, Document};
use crate::language::lexicon::fold;
use crate::source::Source;

/// A sentence, or a row of a table, with the amounts in it.
pub(super) struct Passage<'a> {
    /// Where it stands, in bytes.
    pub(super) range: Range<usize>,
    /// Its amounts: indices into the document's.
    pub(super) amounts: Vec<(u32, &'a Amount)>,
}

/// The passages of a document that hold amounts.
pub(super) fn passages<'a>(document: &'a Document, source: &Source) -> Vec<Passage<'a>> {
    let mut passages: Vec<Passage<'a>> = Vec::new();
    for (index, amount) in (0u32..).zip(&document.amounts) {
        let range = passage_around(document, source, amount);
        match passages.iter_mut().rev().take(4).find(|passage| passage.range == range) {
            Some(passage) => passage.amounts.push((index, amount)),
            None => passages.push(Passage { range, amounts: vec![(index, amount)] }),
        }
    }
    passages
}

/// The sentence that holds an amount; of a table the row, which is a line.
fn passage_around(document: &Document, source: &Source, amount: &Amount) -> Range<usize> {
    let in_cell = matches!(document.tree.get(amount.block).kind, NodeKind::Cell { .. });
    let text = &source.text;
    let (start, end) = (amount.span.start as usize, amount.span.end as usize);
    if in_cell {
        let line = source.line_of(start);
        return source.line_start(line)..source.line_start(line + 1);
    }
    let block = document.tree.get(amount.block).span.range();
    let (from, to) = (block.start.min(start), block.end.max(end));
    let before = text[from..start].char_indices().rev().find(|&(at, c)| ends_sentence(&text[from..start], at, c));
    let after = text[end..to].char_indices().find(|&(at, c)| ends_sentence(&text[end..to], at, c));
    let start = before.map_or(from, |(at, c)| from + at + c.len_utf8());
    start..after.map_or(to, |(at, c)| end + at + c.len_utf8())
}

fn ends_sentence(text: &str, at: usize, c: char) -> bool {
    match c {
        '。' | '！' | '？' | '；' => true,
        '.' | '!' | '?' | ';' => text[at + 1..].starts_with(char::is_whitespace),
        _ => false,
    }
}

/// The figures that a text names, each with the end of its name; of names within one another the longest.
pub(super) fn named(case: &Case, language: usize, text: &str) -> Vec<(usize, usize)> {
    let folded = fold(text);
    if folded.len() != text.len() {
        return named_in(case, language, text);
    }
    named_in(case, language, &folded)
}

fn named_in(case: &Case, language: usize, text: &str) -> Vec<(usize, usize)> {
    let tag = &case.languages[language].tag;
    let mut found: Vec<(usize, Range<usize>)> = Vec::new();
    for (figure, declared) in case.config.figures.iter().enumerate() {
        for name in declared.names.get(tag).map(fold).filter(|name| !name.is_empty()) {
            found.extend(words(text, &name).map(|at| (figure, at..at + name.len())));
        }
    }
    let within = |inner: &Range<usize>| {
        found.iter().any(|(_, outer)| outer.start <= inner.start && inner.end <= outer.end && outer.len() > inner.len())
    };
    found.iter().filter(|(_, range)| !within(range)).map(|(figure, range)| (*figure, range.end)).collect()
}

/// Where a word stands; a Latin one only where no letter touches it.
fn words<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let found = text.match_indices(word).map(|(at, _)| at);
    found.filter(move |&at| {
        let before = word.starts_with(|c: char| c.is_ascii_alphanumeric()) && letter(text[..at].chars().next_back());
        let after =
            word.ends_with(|c: char| c.is_ascii_alphanumeric()) && letter(text[at + word.len()..].chars().next());
        !before && !after
    })
}

/// Whether rounding, or cutting off digits, makes `given` of `declared`: the difference is less than one in the last
/// place that `given` tells, and no more than half of one where it is above.
pub(super) fn rounds_to(declared: &BigDecimal, given: &BigDecimal) -> bool {
    let (_, scale) = given.normalized().into_bigint_and_exponent();
    let place = BigDecimal::new(BigInt::from(1), scale);
    let difference = given - declared;
    let above = if declared.is_negative() { difference.is_negative() } else { difference.is_positive() };
    let difference = difference.abs();
    if above { difference * BigDecimal::from(2) <= place } else { difference < place }
}

/// The digits of a number that tell something, and how many stand after the point.
fn digits(value: &BigDecimal) -> (String, i64) {
    let (mantissa, scale) = value.normalized().into_bigint_and_exponent();
    (mantissa.abs().to_string(), scale)
}

/// Whether a number is so particular that it hardly stands twice by chance: four digits that tell something.
pub(super) fn is_particular(value: &BigDecimal) -> bool {
    !value.is_zero() && digits(value).0.len() >= 4
}

/// Whether two numbers differ by one digit, or by two neighbours transposed.
pub(super) fn is_near(a: &BigDecimal, b: &BigDecimal) -> bool {
    if a == b || a.is_negative() != b.is_negative() {
        return false;
    }
    let scale = digits(a).1.max(digits(b).1).max(0);
    let plain = |value: &BigDecimal| value.abs().with_scale(scale).to_plain_string();
    let (a, b) = (plain(a), plain(b));
    if a.len() != b.len() {
        return false;
    }
    let (a, b): (Vec<u8>, Vec<u8>) = (a.into(), b.into());
    let differing: Vec<usize> = (0..a.len()).filter(|&at| a[at] != b[at]).collect();
    match differing.as_slice() {
        [_] => true,
        [first, second] => {
            // The point may stand between two digits that changed places.
            let neighbours = *second == first + 1 || (*second == first + 2 && a[first + 1] == b'.');
            neighbours && a[*first] == b[*second] && a[*second] == b[*first]
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> BigDecimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_rounding_word_covers_rounding_and_cutting_off() {
        for given in ["206539", "206540", "206500", "207000", "206000", "210000", "200000"] {
            assert!(rounds_to(&number("206539.30"), &number(given)), "{given}");
        }
        for given in ["206541", "208000", "190000", "300000", "206538", "206400"] {
            assert!(!rounds_to(&number("206539.30"), &number(given)), "{given}");
        }
    }

    #[test]
    fn one_digit_or_two_transposed_is_near() {
        for near in ["206539.31", "206593.30", "260539.30", "206539.03", "206533.90", "106539.30"] {
            assert!(is_near(&number("206539.30"), &number(near)), "{near}");
        }
        for far in ["206539.30", "206539.3", "20653.93", "206540.30", "1206539.30", "-206539.31"] {
            assert!(!is_near(&number("206539.30"), &number(far)), "{far}");
        }
    }

    #[test]
    fn round_numbers_are_not_particular() {
        assert!(is_particular(&number("1200.5")) && is_particular(&number("9916.00")));
        assert!(!is_particular(&number("1200.00")) && !is_particular(&number("37")) && !is_particular(&number("0.05")));
    }
}
