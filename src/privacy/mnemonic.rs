//! The words that stand for a key to money (BIP 39): twelve to twenty-four of one list, whose last bits are a checksum.

use crate::language::lists::privacy::MNEMONIC_FILLERS;
use std::ops::Range;
use std::sync::LazyLock;

use bip39::{Language, Mnemonic};
use memchr::memchr_iter;
use rustc_hash::FxHashSet;

use super::signs::Signs;
use super::{PrivateKind, PrivateText};

/// How many words there may be.
const COUNTS: [usize; 5] = [24, 21, 18, 15, 12];

/// More words in a row than these are a list of words, or prose.
const MOST: usize = 30;

static ENGLISH: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| Language::English.word_list().iter().copied().collect());

/// Words of the English list that follow each other, with nothing between but spaces, commas, numbers and marks of a list.
pub(super) struct Words<'a> {
    text: &'a str,
    run: Vec<Range<usize>>,
    found: Vec<PrivateText>,
}

impl<'a> Words<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, run: Vec::new(), found: Vec::new() }
    }

    /// Takes the next word of the text.
    pub(super) fn add(&mut self, word: Range<usize>) {
        let is_one = !word.is_empty() && is_known(&self.text[word.clone()]);
        if !is_one {
            if !self.run.is_empty() {
                self.close();
            }
            return;
        }
        let joined = self.run.last().is_none_or(|last| joins(&self.text[last.end..word.start]));
        if !joined {
            self.close();
        }
        self.run.push(word);
    }

    fn close(&mut self) {
        let run = std::mem::take(&mut self.run);
        if (12..=MOST).contains(&run.len()) {
            self.found.extend(of_run(self.text, &run));
        }
    }

    /// All that was found, in every language of which there is a list.
    pub(super) fn finish(mut self, signs: &Signs) -> Vec<PrivateText> {
        self.close();
        self.found.extend(in_chinese(self.text, &signs.mnemonics));
        self.found
    }
}

fn is_known(word: &str) -> bool {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return ENGLISH.contains(word);
    }
    ENGLISH.contains(word.to_ascii_lowercase().as_str())
}

/// Whether this may stand between two words.
fn joins(between: &str) -> bool {
    between.len() <= 12 && between.bytes().all(|byte| byte.is_ascii_digit() || b" \t\r\n,.-*|`\"'()[]_".contains(&byte))
        // A sentence that ends.
        && !between.starts_with(". ")
}

fn of_run(text: &str, run: &[Range<usize>]) -> Option<PrivateText> {
    let words: Vec<String> = run.iter().map(|word| text[word.clone()].to_ascii_lowercase()).collect();
    // The list itself, or a part of it, is no key.
    if words.windows(2).all(|pair| pair[0] < pair[1]) {
        return None;
    }
    for count in COUNTS {
        for (at, some) in words.windows(count).enumerate() {
            let range = run[at].start..run[at + count - 1].end;
            let is_head = text[range.clone()].contains('|') && repeats(some) > MOST_REPEATED;
            let is_key = || Mnemonic::parse_in_normalized(Language::English, &some.join(" ")).is_ok();
            if is_drawn(some) && !is_head && is_key() {
                return Some(PrivateText { kind: PrivateKind::Key, range, value: some.join(" ") });
            }
        }
    }
    None
}

/// Whether words may have been drawn by lot: names of fields and samples say the same again and again. The keys of
/// nothing but zeros or ones, which stand in manuals, say one word and then another.
fn is_drawn(words: &[String]) -> bool {
    let different: FxHashSet<&String> = words.iter().collect();
    let is_of_manuals =
        different.len() == 2 && words.last().is_some_and(|last| words.iter().filter(|word| *word == last).count() == 1);
    different.len() >= FEWEST_DIFFERENT || is_of_manuals
}

/// How many of the words have stood among them before: in the cells of a table's head many do.
fn repeats(words: &[String]) -> usize {
    words.len() - words.iter().collect::<FxHashSet<_>>().len()
}

/// How many words of a key may; among 24 of 2048 more do once in ten thousand keys.
const MOST_REPEATED: usize = 3;

/// How many words of a key differ at least; that fewer do in twelve of 2048 hardly ever happens.
const FEWEST_DIFFERENT: usize = 7;

/// Chinese words are single characters: parted by spaces, or right behind what says that they are such words.
fn in_chinese(text: &str, named: &[usize]) -> Vec<PrivateText> {
    let bytes = text.as_bytes();
    let is_han = |at: usize| bytes.get(at).is_some_and(|byte| (0xe4..=0xe9).contains(byte));
    let mut found: Vec<PrivateText> = Vec::new();
    for at in memchr_iter(b' ', bytes) {
        let before = at.checked_sub(3).is_some_and(is_han);
        if !before
            || !is_han(at + 1)
            || bytes.get(at + 4) != Some(&b' ')
            || found.last().is_some_and(|last| last.range.end > at)
        {
            continue;
        }
        found.extend(chinese_at(text, at - 3, true));
    }
    for &at in named {
        let lead = text[at..].find(|c: char| {
            !(c.is_whitespace()
                || c.is_ascii_punctuation()
                || "：，（）“”‘’".contains(c)
                || MNEMONIC_FILLERS.contains(c))
        });
        found.extend(lead.filter(|&lead| lead < 24).and_then(|lead| chinese_at(text, at + lead, false)));
    }
    found
}

/// The words that begin at byte `start`.
fn chinese_at(text: &str, start: usize, is_spaced: bool) -> Option<PrivateText> {
    let mut words = Vec::new();
    let mut rest = text[start..].char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        if !('\u{4e00}'..='\u{9fff}').contains(&c) || words.len() > MOST {
            break;
        }
        words.push((start + at..start + at + c.len_utf8(), c.to_string()));
        let next_is_space = rest.next_if(|(_, c)| *c == ' ').is_some();
        if is_spaced && !next_is_space {
            break;
        }
    }
    for count in COUNTS {
        let Some(some) = words.get(..count) else { continue };
        if is_spaced && words.len() != count {
            continue;
        }
        let phrase = some.iter().map(|(_, word)| word.as_str()).collect::<Vec<_>>().join(" ");
        for language in [Language::SimplifiedChinese, Language::TraditionalChinese] {
            if Mnemonic::parse_in_normalized(language, &phrase).is_ok() {
                let range = some[0].0.start..some[count - 1].0.end;
                return Some(PrivateText { kind: PrivateKind::Key, range, value: phrase });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tests::{demand, found};
    use super::*;

    /// The words of a key of nothing but `byte`, which is nobody's.
    fn words(language: Language, byte: u8, bytes: usize) -> String {
        Mnemonic::from_entropy_in(language, &vec![byte; bytes]).unwrap().words().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_words_of_a_key_are_found_by_their_checksum() {
        for bytes in [16, 20, 24, 28, 32] {
            for byte in [0, 1, 0x7f, 0xff] {
                let key = words(Language::English, byte, bytes);
                demand(
                    PrivateKind::Key,
                    &[
                        format!("⟦{key}⟧"),
                        format!("助记词：⟦{key}⟧。"),
                        format!("`⟦{}⟧`", key.replace(' ', ", ")),
                        format!("⟦{}⟧", key.replace(' ', "\n")),
                        format!("⟦{}⟧ is what it was", key.to_uppercase()),
                    ],
                );
            }
        }
        let key = words(Language::English, 1, 16);
        let listed: String = key.split(' ').enumerate().map(|(at, word)| format!("{}. {word}\n", at + 1)).collect();
        assert_eq!(found(PrivateKind::Key, &listed).len(), 1, "{listed}");
        for language in [Language::SimplifiedChinese, Language::TraditionalChinese] {
            let key = words(language, 1, 16);
            demand(
                PrivateKind::Key,
                &[format!("⟦{key}⟧"), format!("助记词：⟦{}⟧，", key.replace(' ', "")), format!("助記詞是 ⟦{key}⟧")],
            );
        }
    }

    #[test]
    fn prose_and_lists_of_words_are_left_alone() {
        let key = words(Language::English, 0, 16);
        let list = Language::English.word_list().join(" ");
        let broken = key.replace("about", "above");
        let half = key.split(' ').take(11).collect::<Vec<_>>().join(" ");
        demand(
            PrivateKind::Key,
            &[
                broken,
                half,
                "| unit | initial label | initial risk | final label | final risk | hard negative flag |".to_owned(),
                list,
                Language::English.word_list()[..24].join("\n"),
                "check box ".repeat(6),
                "sample ".repeat(12),
                "sample ".repeat(13),
                "sample ".repeat(15),
                key.replace(' ', "x "),
                key.replace(' ', " the "),
                key.replace(' ', ": "),
                key.replace(' ', ". "),
                "abandon".to_owned(),
                "一 二 三 四 五 六 七 八 九 十 百 千".to_owned(),
                "助记词丢失了，请联系平台客服处理，谢谢你们帮忙".to_owned(),
            ],
        );
    }
}
