//! What numbers a heading and is no outline number of the document: 第一部分 买方, `Part I: Buyer`, `II. Seller`, `A. Buyer`. It is
//! no part of the name of a party.

use crate::document::outline::chinese_numeral;
use crate::language::chinese::{STEMS, is_formal_numeral};

/// What stands between such a number and the words of the heading.
const JOINTS: [char; 12] = [' ', '\t', '\u{3000}', '、', '，', ',', '.', '．', ':', '：', '-', '—'];

/// How a letter counts: as one of its alphabet, as a Roman figure, or as one of the ten stems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LetterKind {
    Letter,
    Roman,
    Stem,
}

/// The heading without what numbers it by itself. `parts` are the words for a part of a text: 部分, chapter.
pub(super) fn without_number<'a>(title: &'a str, parts: &[String]) -> &'a str {
    let title = title.trim_start();
    let rest = part(title, parts).or_else(|| circled(title)).or_else(|| bracketed(title)).or_else(|| formal(title));
    rest.or_else(|| roman(title).filter(|(order, _)| *order > 1).map(|(_, rest)| rest))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(title)
}

/// The headings without a letter that numbers them, which is none unless they begin with one after another of a row: `J. Smith`
/// is a name.
pub(super) fn without_letters(titles: &mut [String]) {
    for kind in [LetterKind::Roman, LetterKind::Letter, LetterKind::Stem] {
        let numbered: Vec<(usize, u16, usize)> = titles
            .iter()
            .enumerate()
            .filter_map(|(at, title)| {
                let (order, rest) = lettered(title, kind)?;
                Some((at, order, title.len() - rest.len()))
            })
            .collect();
        let follow = numbered.iter().zip(1..).all(|((_, order, _), wanted)| *order == wanted);
        if numbered.len() > 1 && follow {
            for (at, _, len) in numbered {
                titles[at].drain(..len);
            }
            return;
        }
    }
}

/// The heading without a letter that may number it.
pub(super) fn without_letter(title: &str) -> Option<&str> {
    [LetterKind::Roman, LetterKind::Letter, LetterKind::Stem]
        .into_iter()
        .find_map(|kind| lettered(title, kind))
        .map(|(_, rest)| rest)
}

/// 第一部分 and `Part I`, with the words behind it.
fn part<'a>(title: &'a str, parts: &[String]) -> Option<&'a str> {
    if let Some(rest) = title.strip_prefix('第') {
        let len = chinese_numeral(rest).map(|(_, len)| len).or_else(|| digits(rest))?;
        let unit =
            parts.iter().filter(|part| !part.is_ascii()).find_map(|part| rest[len..].strip_prefix(part.as_str()))?;
        return Some(unit.trim_start_matches(JOINTS));
    }
    let (word, rest) = title.split_once(' ')?;
    parts.iter().find(|part| part.eq_ignore_ascii_case(word))?;
    let (number, rest) = rest.split_at(rest.find(|c: char| !c.is_ascii_alphanumeric())?);
    let is_number = digits(number) == Some(number.len())
        || figures(number).is_some()
        || ["one", "two", "three", "four", "five", "six"].iter().any(|word| number.eq_ignore_ascii_case(word));
    is_number.then(|| rest.trim_start_matches(JOINTS))
}

/// ① and its like.
fn circled(title: &str) -> Option<&str> {
    title
        .strip_prefix(|c| ('①'..='⑳').contains(&c) || ('㈠'..='㈩').contains(&c))
        .map(|rest| rest.trim_start_matches(JOINTS))
}

/// `【一】`, `(A)`, `1)`.
fn bracketed(title: &str) -> Option<&str> {
    let inner = title.trim_start_matches(['【', '[', '(', '（']);
    let end = inner.find(['】', ']', ')', '）'])?;
    let number = &inner[..end];
    let is_number = digits(number) == Some(number.len())
        || chinese_numeral(number).is_some_and(|(_, len)| len == number.len())
        || (number.len() == 1 && number.starts_with(|c: char| c.is_ascii_alphabetic()))
        || figures(number).is_some();
    let rest = inner[end..].trim_start_matches(['】', ']', ')', '）']);
    (is_number && !number.is_empty()).then(|| rest.trim_start_matches(JOINTS))
}

/// 壹、
fn formal(title: &str) -> Option<&str> {
    let rest = title.trim_start_matches(is_formal_numeral);
    let is_marked = rest.len() < title.len() && rest.starts_with(['、', '，', '．', '.', ' ']);
    is_marked.then(|| rest.trim_start_matches(JOINTS))
}

/// `II. `, and what it counts.
fn roman(title: &str) -> Option<(u16, &str)> {
    let len = title.find(|c: char| !c.is_ascii_uppercase())?;
    let rest = title[len..].strip_prefix(['.', ')', '、', ':'])?;
    Some((figures(&title[..len])?, rest.trim_start_matches(JOINTS)))
}

fn lettered(title: &str, kind: LetterKind) -> Option<(u16, &str)> {
    match kind {
        LetterKind::Roman => roman(title),
        LetterKind::Letter => {
            let letter = title.chars().next().filter(char::is_ascii_uppercase)?;
            let rest = title[1..].strip_prefix(['.', ')', '、', ':'])?;
            Some((letter as u16 - u16::from(b'A') + 1, rest.trim_start_matches(JOINTS)))
        }
        LetterKind::Stem => {
            let stem = title.chars().next()?;
            let order = STEMS.chars().position(|other| other == stem)? as u16 + 1;
            let rest = title[stem.len_utf8()..].strip_prefix(['、', '．', '.'])?;
            Some((order, rest.trim_start_matches(JOINTS)))
        }
    }
}

/// The value of a Roman figure up to XXXIX, as it is written by the rules.
fn figures(text: &str) -> Option<u16> {
    let tens = text.bytes().take_while(|byte| *byte == b'X').count();
    let units = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let unit = units.iter().position(|unit| *unit == &text[tens..])?;
    (tens <= 3 && !text.is_empty()).then_some((10 * tens + unit) as u16)
}

/// How many bytes are digits; none if the text begins with no one.
fn digits(text: &str) -> Option<usize> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&len).then_some(len)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(title: &str) -> &str {
        without_number(title, &["部分", "章", "节", "part", "chapter"].map(str::to_owned))
    }

    #[test]
    fn what_numbers_a_heading_by_itself_is_no_part_of_a_name() {
        for title in [
            "第一部分 买方",
            "第一部分买方",
            "第2章：买方",
            "① 买方",
            "壹、买方",
            "【一】买方",
            "II. 买方",
            "(A) 买方",
            "1) 买方",
            "买方",
        ] {
            assert_eq!(bare(title), "买方", "{title}");
        }
        for title in ["Part I: Buyer", "Part One - Buyer", "CHAPTER 2 Buyer", "IV) Buyer"] {
            assert_eq!(bare(title), "Buyer", "{title}");
        }
        for title in [
            "第三人",
            "第三方平台",
            "J. Smith",
            "I. Ivanov",
            "Part-time staff",
            "Party A",
            "(平台)",
            "甲、乙双方",
            "第一部分",
        ] {
            assert_eq!(bare(title), title);
        }
    }

    #[test]
    fn a_letter_numbers_headings_only_where_they_follow_each_other() {
        let told = |titles: &[&str]| {
            let mut titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
            without_letters(&mut titles);
            titles
        };
        assert_eq!(told(&["A. Buyer", "B. Seller"]), ["Buyer", "Seller"]);
        assert_eq!(told(&["I. Buyer", "II. Seller", "Notes"]), ["Buyer", "Seller", "Notes"]);
        assert_eq!(told(&["甲、买方", "乙、卖方"]), ["买方", "卖方"]);
        assert_eq!(told(&["J. Smith", "A. Jones"]), ["J. Smith", "A. Jones"]);
        assert_eq!(told(&["A. Jones"]), ["A. Jones"]);
    }
}
