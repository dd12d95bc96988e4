//! Words in brackets by which authors mark for themselves what is not for readers: `【不公开】…`, `[private] …`, `备忘（请勿公开）`.
//! They keep nothing back here, and a stamp that is copied may say the same.

use super::{Found, Kind};

const BRACKETS: [(char, char); 5] = [('【', '】'), ('[', ']'), ('（', '）'), ('(', ')'), ('〔', '〕')];

/// What says so of the text before it as well.
const KEPT_BACK: &[&str] = &["不公开", "非公开", "不发布", "暂不公开", "暂不发布", "private"];

/// What says so only at the head of a text: the title of a paper may end with `（草稿）`.
const AT_HEAD: &[&str] = &[
    "未公开",
    "内部资料",
    "保密",
    "机密",
    "私密",
    "内部",
    "仅内部",
    "草稿",
    "隐藏",
    "draft",
    "hidden",
    "secret",
    "confidential",
    "unpublished",
];

/// What says so within a sentence.
const FORBIDDING: &[&str] = &[
    "请勿公开",
    "不要公开",
    "勿公开",
    "不得公开",
    "请勿外传",
    "勿外传",
    "严禁外传",
    "请勿发布",
    "do not publish",
    "not for publication",
];

/// What stands in every text that such a mark stands in; the words in English also with a capital and in capitals.
pub(super) fn signs() -> impl Iterator<Item = String> {
    let spelled = |word: &&str| {
        let capital = word.is_ascii().then(|| word[..1].to_uppercase() + &word[1..]);
        let capitals = word.is_ascii().then(|| word.to_uppercase());
        [Some((*word).to_owned()), capital, capitals].into_iter().flatten()
    };
    let words = KEPT_BACK.iter().chain(AT_HEAD).flat_map(spelled);
    let opened = words.flat_map(|word| BRACKETS.map(|(open, _)| format!("{open}{word}")));
    let forbidding = FORBIDDING.iter().flat_map(spelled);
    opened.chain(forbidding)
}

/// Finds such marks at the head of lines and at the end of a short text that ends its block.
pub(super) fn find(text: &str, begins_line: bool, ends_block: bool, out: &mut Vec<Found>) {
    let mut at = 0;
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 || begins_line {
            let inside = BRACKETS.iter().find_map(|(open, close)| line.strip_prefix(*open)?.split_once(*close));
            if let Some((_, rest)) = inside.filter(|(words, _)| is_mark(words, true)) {
                out.push((Kind::Bracketed, at..at + line.len() - rest.len()));
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
        out.push((Kind::Bracketed, before.len()..title.len()));
    }
}

/// The longest text that is taken for a title, in characters.
const MAX_TITLE: usize = 40;

fn is_mark(words: &str, at_head: bool) -> bool {
    let words = words.trim().to_lowercase();
    KEPT_BACK.contains(&words.as_str())
        || at_head && AT_HEAD.contains(&words.as_str())
        || words.chars().count() <= MAX_TITLE && FORBIDDING.iter().any(|forbidding| words.contains(forbidding))
}
