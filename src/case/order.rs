//! The order in which people look for names: numbers by value, Chinese by pinyin.

use crate::language::chinese::is_numeral;
use crate::language::lists::order::COUNTED;
use pinyin::ToPinyin;

use crate::document::outline::chinese_numeral;
use crate::slug::half_width;

/// A part of a name; the order is that of parts of unlike kinds.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// What stands between words.
    Gap,
    /// A number: how many digits it has without leading zeros, and these.
    Number(usize, String),
    /// A letter of any script but the Chinese.
    Letter(char),
    /// A Chinese character: its syllable with the tone, and itself.
    Character(&'static str, char),
}

/// What `name` is sorted by: 笔录2 before 笔录10, 二 before 十, 阿里 before 张三.
pub(crate) fn sort_key(name: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(c) = name[at..].chars().next() {
        let (part, len) = number(&name[at..], parts.last()).unwrap_or_else(|| (letter(c), c.len_utf8()));
        if part != Part::Gap || parts.last() != Some(&Part::Gap) {
            parts.push(part);
        }
        at += len;
    }
    parts
}

fn letter(c: char) -> Part {
    let c = half_width(c);
    match c.to_pinyin() {
        Some(syllable) => Part::Character(syllable.with_tone_num_end(), c),
        None if c.is_alphanumeric() => Part::Letter(c.to_lowercase().next().unwrap_or(c)),
        None => Part::Gap,
    }
}

/// The number that `text` begins with, and its bytes; `before` is what stands before it.
fn number(text: &str, before: Option<&Part>) -> Option<(Part, usize)> {
    let of = |digits: &str| {
        let digits = digits.trim_start_matches('0');
        Part::Number(digits.len(), digits.to_owned())
    };
    let end = |holds: fn(char) -> bool| text.find(|c| !holds(c)).unwrap_or(text.len());
    let arabic = end(|c| half_width(c).is_ascii_digit());
    if arabic > 0 {
        let digits: String = text[..arabic].chars().map(half_width).collect();
        return Some((of(&digits), arabic));
    }
    let circled = text.chars().next().filter(|c| matches!(c, '①'..='⑳'));
    if let Some(c) = circled {
        let value = u32::from(c) - u32::from('①') + 1;
        return Some((of(&value.to_string()), c.len_utf8()));
    }
    let chinese = end(is_numeral);
    let after = text[chinese..].chars().next();
    // In 一般 and 三方 they are no numbers.
    let counts = after.is_none_or(|c| {
        c.is_whitespace() || c.is_ascii_punctuation() || COUNTED.contains(c) || "、，．：）】》".contains(c)
    }) || matches!(before, Some(Part::Character(_, '第')));
    if chinese == 0 || !counts {
        return None;
    }
    let run = &text[..chinese];
    let digits = if run.contains(['十', '百']) {
        chinese_numeral(run).filter(|(_, len)| *len == chinese)?.0.to_string()
    } else {
        // 二〇三一 is written digit by digit.
        let digit = |c: char| chinese_numeral(c.encode_utf8(&mut [0; 4])).map_or(0, |(value, _)| value);
        run.chars().map(|c| digit(c).to_string()).collect()
    };
    Some((of(&digits), chinese))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether `names`, whatever order they come in, are sorted as they are written here.
    fn sorted(names: &[&str]) {
        let mut found = names.to_vec();
        found.reverse();
        found.sort_by_cached_key(|name| sort_key(name));
        assert_eq!(found, names);
    }

    #[test]
    fn numbers_are_sorted_by_value() {
        sorted(&["笔录2", "笔录10", "笔录100"]);
        sorted(&["笔录一", "笔录二", "笔录三", "笔录十", "笔录十一", "笔录二十", "笔录一百"]);
        sorted(&["一、概述", "二、经过", "十、附件", "十一、其他"]);
        sorted(&["第一章", "第二章", "第10章", "第十一章"]);
        sorted(&["一审判决", "二审判决", "再审申请"]);
        sorted(&["note 2", "note 10", "Note 11"]);
        sorted(&["2", "09", "10-a", "１１"]);
        sorted(&["证据②", "证据⑩"]);
        sorted(&["二〇三〇年三月", "二〇三一年二月", "二〇三一年十月"]);
        sorted(&["99999999999999999999998", "99999999999999999999999"]);
    }

    #[test]
    fn chinese_is_sorted_by_pinyin_behind_latin() {
        sorted(&["A公司", "z", "阿里", "笔录", "一般说明", "张三"]);
        sorted(&["妈", "麻", "马", "骂"]);
        sorted(&["一般说明", "医院", "以前", "义务"]);
        sorted(&["list", "list-b", "lista"]);
    }

    #[test]
    fn any_name_has_a_key() {
        for name in ["", "☠", "百百", "第", "零", "三", "日本語", "한국어", "العربية", "\u{0}"] {
            let _ = sort_key(name);
        }
    }
}
