//! Which characters make words, and which stand for themselves. `static/search.js` tells them apart by the same ranges.

use std::ops::RangeInclusive;

/// Scripts written without spaces: Thai, Lao, Burmese, Khmer, kana, bopomofo, Chinese characters, and Hangul.
const UNSPACED: [RangeInclusive<char>; 9] = [
    '\u{e00}'..='\u{eff}',
    '\u{1000}'..='\u{109f}',
    '\u{1780}'..='\u{17ff}',
    '\u{2e80}'..='\u{2fff}',
    '\u{3005}'..='\u{3007}',
    '\u{3021}'..='\u{31ff}',
    '\u{3400}'..='\u{9fff}',
    '\u{ac00}'..='\u{d7af}',
    '\u{f900}'..='\u{faff}',
];

/// Signs that somebody may look for: of currencies, arrows, mathematics, emoji.
const SIGNS: [RangeInclusive<char>; 5] = [
    '\u{a2}'..='\u{a5}',
    '\u{20a0}'..='\u{20cf}',
    '\u{2100}'..='\u{2bff}',
    '\u{3200}'..='\u{33ff}',
    '\u{1f000}'..='\u{1faff}',
];

/// Whether a character belongs to a script that sets no space between words.
pub fn is_unspaced(c: char) -> bool {
    c >= '\u{e00}' && (UNSPACED.iter().any(|range| range.contains(&c)) || ('\u{2_0000}'..='\u{3_ffff}').contains(&c))
}

/// Whether a character is a part of a word that ends at a space.
pub fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric() && !is_unspaced(c))
}

/// Whether a character is looked for by itself.
pub fn is_sign(c: char) -> bool {
    matches!(c, '$' | '%' | '+' | '=' | '<' | '>' | '#' | '&' | '@')
        || (!c.is_ascii() && SIGNS.iter().any(|range| range.contains(&c)))
}
