//! Outline numbers: `一，` `1，` `1-1，` `1 -` before the words of a heading, an item or a paragraph.

use crate::language::lists::outline::{COUNTED, PARTS_OF_DAY};
use crate::slug::half_width;

/// How a number is written; the order is that of rank in legal Chinese (一 above （一） above 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Style {
    /// 一，二，三
    Chinese,
    /// （一）
    Parenthesised,
    /// 1, 1-1, 1-1-1
    Arabic,
}

/// An outline number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Number {
    /// How it is written.
    pub style: Style,
    /// Its parts from the outermost in: `1-3-2` is `[1, 3, 2]`. Never empty; the first is never zero.
    pub parts: Parts,
}

/// The most parts a number has.
const MAX_PARTS: usize = 6;

/// The parts of a number, without memory of their own: there are hundreds of thousands of numbers in a large case.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Parts {
    len: u8,
    values: [u16; MAX_PARTS],
}

impl Parts {
    /// The parts of a number of one part.
    pub(super) fn one(value: u16) -> Self {
        let mut parts = Self { len: 0, values: [0; MAX_PARTS] };
        parts.push(value);
        parts
    }

    /// The first `len` parts: `1-3` of `1-3-2`.
    pub fn upto(mut self, len: usize) -> Self {
        for slot in self.values.iter_mut().skip(len) {
            *slot = 0;
        }
        self.len = self.len.min(len as u8);
        self
    }

    /// These parts and then those of `below`, unless they are too many.
    pub(super) fn followed_by(mut self, below: &Self) -> Option<Self> {
        below.iter().all(|&part| self.push(part)).then_some(self)
    }

    /// Adds a part, unless there are too many.
    fn push(&mut self, value: u16) -> bool {
        let Some(slot) = self.values.get_mut(usize::from(self.len)) else { return false };
        *slot = value;
        self.len += 1;
        true
    }
}

impl std::ops::Deref for Parts {
    type Target = [u16];

    fn deref(&self) -> &[u16] {
        &self.values[..usize::from(self.len)]
    }
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.to_vec().fmt(f)
    }
}

impl Number {
    /// Whether the number gives an item its address: `1-1` and deeper.
    pub fn names_item(&self) -> bool {
        self.parts.len() > 1
    }

    /// The number that comes right before this one: 1-2 before 1-3.
    pub(super) fn before(&self) -> Option<Self> {
        let mut before = self.clone();
        let last = before.parts.values.get_mut(usize::from(self.parts.len).checked_sub(1)?)?;
        *last = last.checked_sub(1)?;
        Some(before)
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, part) in self.parts.iter().enumerate() {
            let hyphen = if index == 0 { "" } else { "-" };
            write!(f, "{hyphen}{part}")?;
        }
        Ok(())
    }
}

/// An outline number found at the start of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct FoundNumber {
    /// The number.
    pub number: Number,
    /// Where the number itself starts and ends, in bytes.
    pub range: std::ops::Range<usize>,
    /// Where the words after it start: past the separator and spaces.
    pub rest: usize,
}

/// What kind of block a number stands in: a heading may have `1 Title`, and one part alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// A heading.
    Heading,
    /// A paragraph or list item.
    Block,
    /// A line inside a paragraph; only an explicit separator makes it an item.
    Line,
}

/// Looks for an outline number at the start of `text`, spaces before it allowed.
///
/// `1.5`, `2031-05-04`, `192.0.2.1` and `1-2 days` are none.
pub fn parse(text: &str, context: Context) -> Option<FoundNumber> {
    let start = text.len() - text.trim_start().len();
    let body = &text[start..];
    let (number, len) = chinese(body).or_else(|| arabic(body))?;
    let after = &body[len..];
    let gap = separator(after, &number, context)?;
    let rest = start + len + gap;
    if number.names_item() && is_clock(&text[rest..]) {
        // `11-14 16:22` is a day and a time.
        return None;
    }
    Some(FoundNumber { number, range: start..start + len, rest })
}

fn chinese(text: &str) -> Option<(Number, usize)> {
    let open = text.chars().next().filter(|&c| c == '（' || c == '(');
    let skip = open.map_or(0, char::len_utf8);
    let (value, len) = chinese_numeral(&text[skip..])?;
    let mut end = skip + len;
    let style = match open {
        None => Style::Chinese,
        Some(_) => {
            let close = text[end..].chars().next().filter(|&c| c == '）' || c == ')')?;
            end += close.len_utf8();
            Style::Parenthesised
        }
    };
    let parts = Parts::one(value);
    Some((Number { style, parts }, end))
}

/// Reads a Chinese numeral from 1 to 999 at the start of `text`: its value and its bytes.
pub fn chinese_numeral(text: &str) -> Option<(u16, usize)> {
    let (mut total, mut digit, mut len) = (0u16, 0u16, 0);
    for c in text.chars() {
        let value = match c {
            '零' | '〇' => 0,
            '一' => 1,
            '二' | '两' => 2,
            '三' => 3,
            '四' => 4,
            '五' => 5,
            '六' => 6,
            '七' => 7,
            '八' => 8,
            '九' => 9,
            '十' => {
                total += digit.max(1) * 10;
                digit = 0;
                len += c.len_utf8();
                continue;
            }
            '百' => {
                total += digit.max(1) * 100;
                digit = 0;
                len += c.len_utf8();
                continue;
            }
            _ => break,
        };
        digit = value;
        len += c.len_utf8();
        if len > 15 {
            return None;
        }
    }
    let value = total + digit;
    (value > 0 && value < 1000).then_some((value, len))
}

fn arabic(text: &str) -> Option<(Number, usize)> {
    let (first, mut end) = arabic_part(text)?;
    let mut parts = Parts::one(first);
    loop {
        let mut rest = text[end..].chars();
        let Some(hyphen) = rest.next().filter(|&c| is_hyphen(c)) else { break };
        if !rest.next().is_some_and(|c| half_width(c).is_ascii_digit()) {
            break;
        }
        end += hyphen.len_utf8();
        let (part, len) = zero(&text[end..]).or_else(|| arabic_part(&text[end..]))?;
        end += len;
        if !parts.push(part) {
            return None;
        }
    }
    Some((Number { style: Style::Arabic, parts }, end))
}

/// One part: one to three digits, no leading zero, so that years, dates and times are none.
fn arabic_part(text: &str) -> Option<(u16, usize)> {
    let (mut value, mut len, mut digits) = (0u16, 0, 0);
    for c in text.chars() {
        let Some(digit) = half_width(c).to_digit(10) else { break };
        if (digits == 0 && digit == 0) || digits == 3 {
            return None;
        }
        value = value * 10 + digit as u16;
        digits += 1;
        len += c.len_utf8();
    }
    (digits > 0).then_some((value, len))
}

/// A part that is nothing but 0, as in `2-0，`.
fn zero(text: &str) -> Option<(u16, usize)> {
    let mut chars = text.chars();
    let first = chars.next().filter(|&c| half_width(c) == '0')?;
    let ends = !chars.next().is_some_and(|c| half_width(c).is_ascii_digit());
    ends.then_some((0, first.len_utf8()))
}

/// The hyphens and dashes that stand between the parts of a number.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '－' | '‐' | '‑' | '–' | '—')
}

/// The bytes of the separator after a number, with the spaces around it; none if the number does not
/// stand apart from what follows.
fn separator(after: &str, number: &Number, context: Context) -> Option<usize> {
    let spaces = after.len() - after.trim_start_matches([' ', '\t', '\u{3000}']).len();
    let rest = &after[spaces..];
    let Some(mark) = rest.chars().next() else {
        return (context == Context::Heading && number.style == Style::Arabic).then_some(spaces);
    };
    let tail = &rest[mark.len_utf8()..];
    if mark == '{' && number.names_item() && (tail.starts_with("by=") || tail.starts_with("private")) {
        // What the author says of the item may stand before the separator: `1-1{by=bank}，`.
        return Some(spaces);
    }
    let explicit = match mark {
        '，' | '、' | '．' => true,
        ',' | '.' => !tail.starts_with(|c: char| c.is_ascii_digit()),
        ':' | '：' => context != Context::Line && number.style == Style::Arabic && number.names_item(),
        c if is_hyphen(c) => context == Context::Heading && tail.starts_with(' ') && !number.names_item(),
        _ => false,
    };
    if explicit {
        let len = spaces + mark.len_utf8();
        return Some(len + after[len..].len() - after[len..].trim_start().len());
    }
    if number.style == Style::Parenthesised {
        return Some(spaces);
    }
    let reads_on = mark.is_ascii_lowercase()
        || is_counted(mark)
        || is_hyphen(mark)
        || names_month(rest)
        || names_statutes(rest)
        || (number.names_item() && names_part_of_day(rest));
    let allowed = match context {
        Context::Heading => !number.parts.contains(&0),
        Context::Block => number.names_item() && !number.parts.contains(&0),
        Context::Line => false,
    };
    (spaces > 0 && allowed && !reads_on).then_some(spaces)
}

/// Whether `text` begins with the English name of a month: `9 April 2031` is a day, not section 9.
fn names_month(text: &str) -> bool {
    let word = text.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
    let months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"];
    let months = months.iter().chain(&["November", "December"]);
    word.len() >= 3 && months.into_iter().any(|month| month.starts_with(word))
}

/// Whether `text` begins with the abbreviation of a code or reporter: 18 U.S.C. § 1956, 28 CFR 16.
fn names_statutes(text: &str) -> bool {
    let word = text.split(char::is_whitespace).next().unwrap_or("");
    let mut letters = word.chars();
    let dotted = letters.next().is_some_and(|c| c.is_ascii_uppercase()) && letters.next() == Some('.');
    word.starts_with('§') || matches!(word, "USC" | "CFR" | "USCA" | "Stat.") || (dotted && word.len() > 2)
}

/// Whether `text` begins with a time of day: `16:22`.
fn is_clock(text: &str) -> bool {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let minutes = text[digits..].strip_prefix([':', '：']);
    (1..=2).contains(&digits)
        && minutes.is_some_and(|rest| rest.bytes().take(2).all(|byte| byte.is_ascii_digit()) && rest.len() > 1)
}

/// Whether `text` begins with a part of the day, before which a month and a day stand.
fn names_part_of_day(text: &str) -> bool {
    PARTS_OF_DAY.iter().any(|word| text.starts_with(word))
}

/// What is counted: `1-2 天` is no item.
fn is_counted(c: char) -> bool {
    COUNTED.contains(c) || matches!(c, '%' | '％')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, context: Context) -> Option<(String, String)> {
        let found = parse(text, context)?;
        Some((found.number.to_string(), text[found.rest..].to_owned()))
    }

    #[test]
    fn every_form_of_the_language_is_read() {
        for (text, number, rest) in [
            ("一，以下链接", "1", "以下链接"),
            ("十一, 法律参考", "11", "法律参考"),
            ("二十三、其他", "23", "其他"),
            ("（二）经过", "2", "经过"),
            ("1，起因", "1", "起因"),
            ("1 - Event overview", "1", "Event overview"),
            ("3- the detailed description", "3", "the detailed description"),
            ("2. Responsibility", "2", "Responsibility"),
            ("1-1，解散", "1-1", "解散"),
            ("1-1-1． 文字", "1-1-1", "文字"),
            ("2-11 文字", "2-11", "文字"),
            ("１－２，文字", "1-2", "文字"),
            ("3 公司信息", "3", "公司信息"),
            ("2-0、提交", "2-0", "提交"),
            ("2-0-1，甲", "2-0-1", "甲"),
            ("11-14，16 份", "11-14", "16 份"),
        ] {
            let expected = Some((number.to_owned(), rest.to_owned()));
            assert_eq!(found(text, Context::Heading), expected, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_number_is_none() {
        for text in [
            "1.5 BTC",
            "2031-05-04 01:09:08",
            "192.0.2.1 和",
            "1-2 天内",
            "1-2 days later",
            "01，文字",
            "1,000 元",
            "一些文字",
            "十分重要",
            "386229.44 出售",
            "1980科技园",
            "5G 网络",
            "9 April 2031, about 04:50",
            "21 Mar 2031",
            "零，文字",
            "11-14 16:22: the valve opens",
            "11-14, 9:05 it closes",
            "11-14 下午付款",
            "18 U.S.C. § 1956",
            "28 CFR 16.5",
            "42 U.S. 137",
            "2-0 领先",
        ] {
            assert_eq!(found(text, Context::Heading), None, "{text}");
            assert_eq!(found(text, Context::Block), None, "{text}");
        }
    }

    #[test]
    fn a_line_inside_a_paragraph_needs_an_explicit_separator() {
        assert!(parse("1-2，文字", Context::Line).is_some());
        assert!(parse("1-2 文字", Context::Line).is_none());
        assert!(parse("1-2 文字", Context::Block).is_some());
        assert!(parse("3 文字", Context::Block).is_none());
    }

    #[test]
    fn the_range_covers_the_number_alone() {
        let text = " 1-3-1，文字";
        assert_eq!(&text[parse(text, Context::Block).unwrap().range], "1-3-1");
    }

    #[test]
    fn a_number_has_no_more_parts_than_are_kept() {
        let number = |parts: usize| vec!["1"; parts].join("-");
        assert!(found(&format!("{}，甲", number(MAX_PARTS)), Context::Block).is_some());
        assert_eq!(found(&format!("{}，甲", number(MAX_PARTS + 1)), Context::Block), None);
    }
}
