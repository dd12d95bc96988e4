//! What every stage asks of a text: its letters in one form, where a word stands in it, its first sentence.

use std::ops::Range;

use crate::slug::half_width;

/// Adds words to a list that is looked through for the longest that fits: folded, the longest first, each once.
pub fn add_words(list: &mut Vec<String>, more: &[String]) {
    list.extend(more.iter().map(|word| fold(word)));
    list.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    list.dedup();
}

/// Lower case and half width, character by character, so that byte offsets into text that has neither
/// capitals beyond ASCII nor full-width forms stay what they are.
pub fn fold(text: &str) -> String {
    folded(text).collect()
}

/// The characters of [`fold`], for a comparison that needs no copy.
pub fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(|c| half_width(c).to_ascii_lowercase())
}

/// Where a word stands in a text; a Latin one only where no letter touches it.
pub fn find_words<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(word).map(|(at, _)| at).filter(move |&at| stands_apart(text, at..at + word.len()))
}

/// Whether a text holds a word, by the rule of [`find_words`].
pub fn holds_word(text: &str, word: &str) -> bool {
    find_words(text, word).next().is_some()
}

/// Whether no Latin letter or digit touches a word that begins or ends with one.
pub fn stands_apart(text: &str, word: Range<usize>) -> bool {
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let (before, within, after) = (&text[..word.start], &text[word.clone()], &text[word.end..]);
    let joins_before = is_latin(within.chars().next()) && is_latin(before.chars().next_back());
    let joins_after = is_latin(within.chars().next_back()) && is_latin(after.chars().next());
    !(joins_before || joins_after)
}

/// The first sentence of a text, without its full stop. A full stop after an initial or an abbreviation ends none.
pub fn first_sentence(text: &str) -> &str {
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let ends = match c {
            '。' | '！' | '？' => true,
            '.' => rest.chars().next().is_none_or(char::is_whitespace) && !is_abbreviated(&text[..at], rest),
            '!' | '?' => rest.chars().next().is_none_or(char::is_whitespace),
            _ => false,
        };
        if ends {
            return &text[..at];
        }
    }
    text
}

/// Latin abbreviations before which a capital may follow without a new sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "messrs", "dr", "prof", "st", "jr", "sr", "vs", "v", "no", "nos", "art", "sec", "para", "fig",
    "ex", "approx", "ca", "cf", "al", "inc", "ltd", "co", "corp", "bros", "dept", "ave", "rd", "hon", "gov", "gen",
    "col", "capt", "sgt", "lt", "rev", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov",
    "dec",
];

/// Whether the full stop between `before` and `after` belongs to an abbreviation.
fn is_abbreviated(before: &str, after: &str) -> bool {
    let next = after.trim_start().chars().next();
    let word = before.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
    let known = word.len() == 1 || ABBREVIATIONS.contains(&word.to_ascii_lowercase().as_str());
    next.is_some_and(|next| next.is_ascii_lowercase() || (known && !word.is_empty()))
}
