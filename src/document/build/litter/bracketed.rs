//! Words in brackets by which authors mark for themselves what is not for readers: `【不公开】…`, `[private] …`, `备忘（请勿公开）`.
//! They keep nothing back here, and a stamp that is copied may say the same.

use super::{FoundLitter, LitterKind};
use crate::language::lists::publicity::{FORBIDDING, KEPT_BACK, KEPT_BACK_AT_HEAD};

const BRACKETS: [(char, char); 5] = [('【', '】'), ('[', ']'), ('（', '）'), ('(', ')'), ('〔', '〕')];

/// What stands in every text that such a mark stands in; the words in English also with a capital and in capitals.
pub(super) fn signs() -> impl Iterator<Item = String> {
    let spelled = |word: &&str| {
        let capital = word.is_ascii().then(|| word[..1].to_uppercase() + &word[1..]);
        let capitals = word.is_ascii().then(|| word.to_uppercase());
        [Some((*word).to_owned()), capital, capitals].into_iter().flatten()
    };
    let words = KEPT_BACK.iter().chain(KEPT_BACK_AT_HEAD).flat_map(spelled);
    let opened = words.flat_map(|word| BRACKETS.map(|(open, _)| format!("{open}{word}")));
    let forbidding = FORBIDDING.iter().flat_map(spelled);
    opened.chain(forbidding)
}

/// Finds such marks at the head of lines and at the end of a short text that ends its block.
pub(super) fn scan(text: &str, begins_line: bool, ends_block: bool, out: &mut Vec<FoundLitter>) {
    let mut at = 0;
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 || begins_line {
            let inside = BRACKETS.iter().find_map(|(open, close)| line.strip_prefix(*open)?.split_once(*close));
            if let Some((_, rest)) = inside.filter(|(words, _)| is_mark(words, true)) {
                out.push((LitterKind::Bracketed, at..at + line.len() - rest.len()));
            }
        }
        at += line.len() + 1;
    }
    let title = text.trim_end();
    if !ends_block || title.contains('\n') || title.chars().count() > MAX_TITLE {
        return;
    }
    let last = BRACKETS.iter().find_map(|(open, close)| title.strip_suffix(*close)?.rsplit_once(*open));
    if let Some((before, _)) = last.filter(|(before, words)| !before.is_empty() && is_mark(words, false)) {
        out.push((LitterKind::Bracketed, before.len()..title.len()));
    }
}

/// The longest text that is taken for a title, in characters.
const MAX_TITLE: usize = 40;

fn is_mark(words: &str, at_head: bool) -> bool {
    let words = words.trim().to_lowercase();
    KEPT_BACK.contains(&words.as_str())
        || at_head && KEPT_BACK_AT_HEAD.contains(&words.as_str())
        || words.chars().count() <= MAX_TITLE && FORBIDDING.iter().any(|forbidding| words.contains(forbidding))
}
