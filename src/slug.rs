//! Lower-case ASCII from any text, for paths and anchors.

use pinyin::ToPinyin;

use crate::sha256::Sha256;

/// The most characters a slug has.
const MAX_LEN: usize = 60;

/// The most characters that the folders of a path have together, so that no path of a site is longer than two hundred.
const MAX_FOLDERS: usize = 120;

/// How many digits of its SHA-256 sum tell a text from others of the same slug.
const MARK: usize = 7;

/// Turns `text` into lower-case ASCII letters, digits and single hyphens.
///
/// Chinese becomes pinyin, one syllable a part; a letter of another script becomes its code point. What has to be cut ends
/// in a mark of the whole text, so that two texts that begin alike have two slugs.
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
    let whole = out.trim_matches('-');
    if whole.len() > MAX_LEN { cut(whole, MAX_LEN, text) } else { whole.to_owned() }
}

/// The slug of a name, or its code points where that has neither letter nor digit, as `☠`.
pub fn name_slug(name: &str) -> String {
    let slug = slug(name);
    if !slug.is_empty() {
        return slug;
    }
    let points: Vec<String> = name.chars().map(|c| format!("u{:x}", u32::from(c))).collect();
    let points = points.join("-");
    if points.len() > MAX_LEN { cut(&points, MAX_LEN, name) } else { points }
}

/// The slugs of folders, joined, where they are not too long together; else cut, with a mark of `path`.
pub fn short_folders(slugs: String, path: &str) -> String {
    if slugs.len() > MAX_FOLDERS { cut(&slugs, MAX_FOLDERS, path) } else { slugs }
}

/// A slug with a mark of the text it was made from, for a text whose slug is that of another.
pub fn marked(slug: &str, text: &str) -> String {
    cut(slug, MAX_LEN, text)
}

/// At most `max` characters: the beginning of a slug as far as whole words go, and a mark of `text`.
fn cut(slug: &str, max: usize, text: &str) -> String {
    let room = max - MARK - 1;
    let head = if slug.len() > room { &slug[..slug[..=room].rfind(['-', '/']).unwrap_or(room)] } else { slug };
    let sum = Sha256::of(text.as_bytes()).to_string();
    format!("{}-{}", head.trim_end_matches(['-', '/']), &sum[..MARK])
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
    fn a_long_title_is_cut_between_syllables_and_ends_in_a_mark() {
        let title = "很长的标题".repeat(40);
        let slug = slug(&title);
        assert!(slug.len() <= MAX_LEN && slug.starts_with("hen-zhang-de-biao-ti-hen-"), "{slug}");
        let (head, mark) = slug.rsplit_once('-').unwrap();
        assert!(mark.len() == MARK && ["hen", "zhang", "de", "biao", "ti"].iter().any(|end| head.ends_with(end)));
    }

    #[test]
    fn what_is_cut_keeps_its_difference() {
        let long = "关于某某公司合同纠纷一案的情况说明";
        let names: Vec<String> =
            ["", "（一）", "（二）", "(一)", "一", "!", " "].map(|end| format!("{long}{end}")).into();
        let slugs: std::collections::BTreeSet<String> = names.iter().map(|name| slug(name)).collect();
        assert_eq!(slugs.len(), names.len());
        let word = "a".repeat(61);
        assert_eq!(slug(&word).len(), MAX_LEN);
        assert_ne!(slug(&word), slug(&(word.clone() + "b")));
        assert_eq!(slug(&"a".repeat(60)), "a".repeat(60));
    }

    #[test]
    fn folders_that_are_too_long_together_are_cut_to_one_path_of_their_own() {
        let (one, other) = (vec!["abcdefgh"; 30].join("/"), vec!["abcdefgh"; 31].join("/"));
        let (one, other) = (short_folders(one.clone(), &one), short_folders(other.clone(), &other));
        assert!(one != other && one.len() <= MAX_FOLDERS && one.starts_with("abcdefgh/abcdefgh/"), "{one}");
        assert_eq!(short_folders("a/b".to_owned(), "甲/乙"), "a/b");
    }

    #[test]
    fn a_name_without_letters_is_called_by_its_code_points() {
        assert_eq!(name_slug("☠"), "u2620");
        assert_ne!(name_slug(&"☠".repeat(30)), name_slug(&"☠".repeat(31)));
    }
}
