//! Lower-case ASCII from any text, for paths and anchors.

use pinyin::ToPinyin;

/// The most characters a slug has.
const MAX_LEN: usize = 60;

/// Turns `text` into lower-case ASCII letters, digits and single hyphens.
///
/// Chinese becomes pinyin, one syllable a part; a letter of another script becomes its code point.
/// The result is empty only if `text` has no letter and no digit. It depends on nothing but `text`.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut push = |part: &str, apart: bool| {
        if (gap || apart) && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        gap = false;
        out.push_str(part);
        if apart {
            gap = true;
        }
        out.len()
    };
    for c in text.chars() {
        let c = half_width(c);
        let len = if c.is_ascii_alphanumeric() {
            push(c.to_ascii_lowercase().encode_utf8(&mut [0; 4]), false)
        } else if let Some(syllable) = c.to_pinyin() {
            push(&syllable.plain().replace('ü', "v"), true)
        } else if c.is_alphanumeric() {
            push(&format!("{:x}", u32::from(c)), true)
        } else {
            push("", true)
        };
        if len > MAX_LEN {
            break;
        }
    }
    if out.len() > MAX_LEN {
        let end = out[..MAX_LEN].rfind('-').unwrap_or(MAX_LEN);
        out.truncate(end);
    }
    out.trim_matches('-').to_owned()
}

/// The half-width form of a full-width Latin letter, digit or sign (U+FF01 to U+FF5E).
pub fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_becomes_pinyin_and_latin_stays() {
        assert_eq!(slug("事件概述"), "shi-jian-gai-shu");
        assert_eq!(slug("Fast API 授权"), "fast-api-shou-quan");
        assert_eq!(slug("附录１"), "fu-lu-1");
        assert_eq!(slug("  What, now? "), "what-now");
    }

    #[test]
    fn only_lower_case_ascii_comes_out() {
        for text in ["ÄÖÜ é", "Привет", "重庆2031", "☠️", "../x", "a\u{202e}b"] {
            let slug = slug(text);
            let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            assert!(slug.bytes().all(allowed), "{slug}");
        }
        assert_eq!(slug("☠️"), "");
    }

    #[test]
    fn a_long_title_is_cut_between_syllables() {
        let slug = slug(&"很长的标题".repeat(40));
        assert!(slug.len() <= MAX_LEN && slug.ends_with(|c: char| c.is_ascii_lowercase()));
    }
}
