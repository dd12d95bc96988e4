//! What kind of character stands where: which script it belongs to, CJK punctuation, what turns the direction of text.

use std::ops::Range;

use unicode_script::{Script, UnicodeScript};

/// Whether `c` is a Han character, kana, bopomofo or hangul.
pub fn is_cjk_letter(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3040}'..='\u{31bf}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Whether a line break beside `c` stands for nothing when the other side is CJK too: letters and
/// full-width punctuation, not Hangul, which puts spaces between words (CSS Text 4, section 4.1.3).
pub fn swallows_line_break(c: char) -> bool {
    let hangul = matches!(c, '\u{ac00}'..='\u{d7a3}');
    let punctuation = matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}' | '—' | '…' | '“' | '”' | '‘' | '’');
    !hangul && (is_cjk_letter(c) || punctuation)
}

/// Whether `c` is a letter that is written from right to left.
pub fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}')
        && !is_bidi_control(c)
}

/// Whether `c` controls the direction of text and is not seen (Unicode Standard Annex 9, section 2).
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether `c` is not seen: what Unicode lets programs ignore (Default_Ignorable_Code_Point in DerivedCoreProperties.txt), such as
/// spaces of no width and soft hyphens, controls of direction, and the marks of annotations. `static/search.js` has those that are met.
pub fn is_invisible(c: char) -> bool {
    is_bidi_control(c)
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a language is written in Chinese characters, kana or hangul, as far as its tag tells.
pub fn is_cjk_language(tag: &str) -> bool {
    matches!(tag.split('-').next(), Some("zh" | "ja" | "ko" | "yue" | "wuu" | "nan" | "hak" | "lzh"))
}

/// The language of a run in a script that the text around it is not written in: a tag, which names the script alone
/// (`und-Cyrl`, BCP 47) where that says nothing of the language.
fn tag_of(script: Script) -> &'static str {
    match script {
        Script::Han | Script::Bopomofo => "zh",
        Script::Hiragana | Script::Katakana => "ja",
        Script::Hangul => "ko",
        Script::Hebrew => "he",
        Script::Greek => "el",
        Script::Thai => "th",
        Script::Cyrillic => "und-Cyrl",
        Script::Arabic => "und-Arab",
        Script::Latin => "en",
        _ => "und",
    }
}

/// The parts of `text` that are in a language of another script than the text, each with the tag of that language.
///
/// In a text in Latin letters any letter of another script counts. In Chinese, single Latin words are names and terms,
/// which belong to no language (WCAG 2.2, success criterion 3.1.2), so a run has two words at least.
pub fn foreign_runs(text: &str, own_is_cjk: bool) -> Vec<(Range<usize>, &'static str)> {
    let mut runs: Vec<(Range<usize>, Script)> = Vec::new();
    if !own_is_cjk && text.is_ascii() {
        return Vec::new();
    }
    // Whether nothing but what belongs to no script stands between the last run and here.
    let mut joined = false;
    for (at, c) in text.char_indices() {
        let script = match c {
            '0'..='9' | ' '..='/' | '’' => Script::Common,
            'a'..='z' | 'A'..='Z' => Script::Latin,
            '\u{4e00}'..='\u{9fff}' => Script::Han,
            // The mark of a long vowel belongs to two scripts.
            'ー' => Script::Katakana,
            _ if c.is_alphabetic() => c.script(),
            _ => Script::Common,
        };
        let end = at + c.len_utf8();
        let is_own = if own_is_cjk { is_cjk_letter(c) } else { script == Script::Latin };
        match script {
            Script::Common | Script::Inherited | Script::Unknown => {
                // Brackets and full stops of another kind end a run.
                joined &= match runs.last() {
                    Some((_, Script::Latin)) => c.is_ascii() && !matches!(c, '\n' | '|' | '<' | '>'),
                    Some(_) => !matches!(c, '(' | ')' | '"' | '“' | '”' | '\n'),
                    None => false,
                };
            }
            _ if is_own => joined = false,
            _ => {
                match runs.last_mut().filter(|(_, last)| joined && is_same_writing(*last, script)) {
                    Some((range, last)) => {
                        range.end = end;
                        // Kana among Chinese characters make them Japanese.
                        if tag_of(script) == "ja" {
                            *last = script;
                        }
                    }
                    None => runs.push((at..end, script)),
                }
                joined = true;
            }
        }
    }
    let is_phrase = |run: &str| {
        let is_word = |word: &&str| {
            let word = word.trim_matches(|c: char| !c.is_alphabetic());
            word.chars().count() >= 2
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
                && word.chars().any(char::is_lowercase)
        };
        run.split_whitespace().filter(is_word).count() >= 2
    };
    runs.retain(|(range, script)| *script != Script::Latin || is_phrase(&text[range.clone()]));
    runs.into_iter().map(|(range, script)| (range, tag_of(script))).collect()
}

fn is_same_writing(one: Script, other: Script) -> bool {
    let japanese = |script| matches!(script, Script::Han | Script::Hiragana | Script::Katakana);
    one == other || (japanese(one) && japanese(other))
}

/// The share of CJK letters among the letters of `text`, from 0 to 1; 0 for a text without letters.
pub fn cjk_share(text: &str) -> f64 {
    let (mut cjk, mut all) = (0u32, 0u32);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        all += 1;
        cjk += u32::from(is_cjk_letter(c));
    }
    if all == 0 { 0.0 } else { f64::from(cjk) / f64::from(all) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_vanish_beside_chinese_letters_and_punctuation_only() {
        assert!("数，。】“—".chars().all(swallows_line_break));
        assert!(!"a1 .한".chars().any(swallows_line_break));
    }

    /// The runs of a text with their tags.
    fn runs(text: &str, own_is_cjk: bool) -> Vec<(&str, &str)> {
        foreign_runs(text, own_is_cjk).into_iter().map(|(range, tag)| (&text[range], tag)).collect()
    }

    #[test]
    fn english_phrases_in_chinese_are_english_and_single_names_are_nothing() {
        assert_eq!(runs("公告写着 read the full text here，共两行", true), [("read the full text here", "en")]);
        assert_eq!(runs("用 Telegram 发来 SHA-256 与 USDT TRC20。", true), []);
        assert_eq!(
            runs("标题“Thirty-seven pallets, one night”见附录", true),
            [("Thirty-seven pallets, one night", "en")]
        );
    }

    #[test]
    fn chinese_in_english_is_chinese_with_what_stands_between_it() {
        assert_eq!(
            runs("the notice 月台功能，体验优化 (dock) and 客服", false),
            [("月台功能，体验优化", "zh"), ("客服", "zh")]
        );
        assert_eq!(runs("nothing — “here”", false), []);
    }

    #[test]
    fn other_scripts_are_told_as_far_as_they_tell_a_language() {
        assert_eq!(runs("名为 Привет мир", true), [("Привет мир", "und-Cyrl")]);
        assert_eq!(runs("the town 東京タワー and שלום עולם", false), [("東京タワー", "ja"), ("שלום עולם", "he")]);
    }

    #[test]
    fn the_share_of_chinese_tells_the_language_of_a_text() {
        assert!(cjk_share("概述 Robot 事件发生在凌晨") > 0.5);
        assert!(cjk_share("The law 法 says") < 0.3);
        assert!(cjk_share("123 !!").abs() < f64::EPSILON);
    }
}
