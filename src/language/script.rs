//! What kind of character stands where: Han, CJK punctuation, or something else.

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

    #[test]
    fn the_share_of_chinese_tells_the_language_of_a_text() {
        assert!(cjk_share("概述 Robot 事件发生在凌晨") > 0.5);
        assert!(cjk_share("The law 法 says") < 0.3);
        assert!(cjk_share("123 !!").abs() < f64::EPSILON);
    }
}
