//! Names that stand where they may be a part of something else: 王明 in 王明珠, 张三 in 主张三项, Victoria in Victorian.
//!
//! Nothing tells for certain. A name is withheld wherever its letters stand, and where it looks like a part the author is told.

use crate::language::lists::names::{BEFORE_SURNAMES, GIVEN};
use std::ops::Range;

use crate::language::alphabet::is_unspaced;

/// The longest name in Chinese that is taken for a surname and one character more.
const SHORT: usize = 2;

/// Whether the name at `range` of `text`, which withholds `name`, may be a part of a longer name or word, or a word in small
/// letters that a name is written like.
pub(super) fn is_part(text: &str, range: &Range<usize>, name: &str) -> bool {
    let written = &text[range.clone()];
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let (Some(first), Some(last)) = (written.chars().next(), written.chars().next_back()) else { return false };
    let is_latin = |c: char| c.is_alphabetic() && !is_unspaced(c);
    let goes_on = |a: Option<char>, b: char| a.is_some_and(is_latin) && is_latin(b);
    if goes_on(before, first) || goes_on(after, last) {
        return true;
    }
    if written.chars().all(is_latin) {
        // Rose, and prices rose.
        return name.starts_with(char::is_uppercase) && written.chars().all(char::is_lowercase);
    }
    if !is_unspaced(first) {
        return false;
    }
    let makes_word = before.is_some_and(|before| {
        BEFORE_SURNAMES.iter().any(|(surname, words)| *surname == first && words.contains(before))
    });
    makes_word || (written.chars().count() == SHORT && after.is_some_and(|after| GIVEN.contains(after)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_part_is_told_apart_from_the_name() {
        for (name, text, expected) in [
            ("王明", "⟦王明⟧珠说", true),
            ("张三", "原告主⟦张三⟧项", true),
            ("Victoria", "⟦Victoria⟧n houses", true),
            ("Rose", "prices ⟦rose⟧", true),
            ("王明", "⟦王明⟧说", false),
            ("王明", "与⟦王明⟧起诉", false),
            ("林晓芸", "⟦林晓芸⟧香", false),
            ("Rose", "⟦Rose⟧ said", false),
            ("rose", "a ⟦rose⟧", false),
            ("Ann Lee", "⟦ann lee⟧", false),
            ("1384", "x⟦1384⟧", false),
        ] {
            let start = text.find('⟦').unwrap();
            let plain = text.replace(['⟦', '⟧'], "");
            let range = start..text.find('⟧').unwrap() - '⟦'.len_utf8();
            assert_eq!(is_part(&plain, &range, name), expected, "{text}");
        }
    }
}
