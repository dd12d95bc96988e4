//! The words by which labels are recognised, from all languages of a case at once: a Chinese document
//! may cite `[Note 1]`, an English one 【注1】.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use smol_str::SmolStr;

use super::Language;
use super::amount_lexicon::AmountLexicon;
use super::identifier_lexicon::IdentifierLexicon;
use super::time_words::TimeWords;
use crate::language::words::fold;
use crate::slug::half_width;

/// What stands before the number by which a paragraph is cited.
const PARAGRAPHS: &[&str] = &["paragraph", "para.", "para", "第"];

/// Everything that recognising labels needs to know about words.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Folded words with the kind they name, the longest first.
    kinds: Vec<(String, SmolStr)>,
    /// The characters that begin those words.
    initials: Vec<char>,
    /// Finds those words, and then [`PARAGRAPHS`], in running text.
    finder: Option<AhoCorasick>,
    joiners: Vec<String>,
    lead_ins: Vec<String>,
    judging: Vec<String>,
    judging_ends: Vec<String>,
    /// What lists of evidence are called.
    evidence_lists: Vec<String>,
    /// The words for times.
    pub times: TimeWords,
    /// The words for numbers that identify.
    pub identifiers: IdentifierLexicon,
    /// The words for amounts.
    pub amounts: AmountLexicon,
}

impl Lexicon {
    /// Whether a heading says that what stands below it is a list of evidence: 证据目录, “List of exhibits (claimant)”.
    pub fn is_evidence_list(&self, title: &str) -> bool {
        let title = fold(title.split(['（', '(', '：', ':']).next().unwrap_or(title).trim());
        self.evidence_lists.contains(&title)
    }

    /// Whether the words behind the label of an exhibit say something of it, and do not tell what it is: 真实性不予认可, “is a
    /// forgery”, “we do not accept”.
    pub fn is_judgement(&self, words: &str) -> bool {
        let line = fold(words.trim().lines().next().unwrap_or(""));
        let line = line.trim_start_matches(|c: char| c.is_whitespace() || ":,、.-–—".contains(c));
        let clause = line.split(['。', '；', ';', '，', ',']).next().unwrap_or(line).trim_end_matches(['.', '!', '！']);
        let begins = |word: &String| {
            let rest = clause.strip_prefix(word.as_str());
            rest.is_some_and(|rest| !word.is_ascii() || !rest.starts_with(|c: char| c.is_alphanumeric()))
        };
        let ends = |word: &String| clause.ends_with(word.as_str());
        self.judging.iter().any(begins) || self.judging_ends.iter().any(ends)
    }

    /// The words of `languages`.
    pub fn new(languages: &[Language]) -> Self {
        let mut lexicon = Self {
            amounts: AmountLexicon::new(languages),
            identifiers: IdentifierLexicon::new(languages),
            ..Self::default()
        };
        for language in languages {
            for (kind, words) in &language.table.kinds {
                let kind = SmolStr::new(kind);
                lexicon.kinds.extend(words.iter().map(|word| (fold(word), kind.clone())));
            }
            lexicon.joiners.extend(language.table.joiners.iter().map(|word| fold(word)));
            lexicon.times.add(&language.table.times);
            lexicon.lead_ins.extend(language.table.lead_ins.iter().map(|word| fold(word)));
            lexicon.judging.extend(language.table.judging.iter().map(|word| fold(word)));
            lexicon.evidence_lists.extend(language.table.exhibits.lists.iter().map(|word| fold(word)));
            lexicon.judging_ends.extend(language.table.judging_ends.iter().map(|word| fold(word)));
        }
        lexicon.kinds.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        lexicon.kinds.dedup();
        lexicon.initials = lexicon.kinds.iter().filter_map(|(word, _)| word.chars().next()).collect();
        lexicon.initials.sort_unstable();
        lexicon.initials.dedup();
        let words = lexicon.kinds.iter().map(|(word, _)| word.as_str()).chain(PARAGRAPHS.iter().copied());
        let mut finder = AhoCorasick::builder();
        finder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest);
        lexicon.finder = finder.build(words).ok();
        lexicon.joiners.sort_by_key(|word| std::cmp::Reverse(word.len()));
        lexicon.lead_ins.sort_by_key(|word| std::cmp::Reverse(word.len()));
        lexicon
    }

    /// The kind whose word ends `folded`, and where that word starts. The word must stand apart: at the
    /// start, after a space, or where Latin turns into Chinese; so 备注 is no 注.
    pub fn kind_at_end(&self, folded: &str) -> Option<(usize, &SmolStr)> {
        self.kinds.iter().find_map(|(word, kind)| {
            let start = folded.len().checked_sub(word.len())?;
            let apart = match folded.get(..start)?.chars().next_back() {
                None => true,
                Some(before) => before.is_whitespace() || (before.is_ascii() && !word.is_ascii()),
            };
            (folded.ends_with(word.as_str()) && apart).then_some((start, kind))
        })
    }

    /// Whether a word for a kind may begin with `c`.
    pub fn may_begin_kind(&self, c: char) -> bool {
        self.initials.binary_search(&half_width(c).to_ascii_lowercase()).is_ok()
    }

    /// The kind whose word begins `folded`, and where that word ends.
    pub fn kind_at_start(&self, folded: &str) -> Option<(usize, &SmolStr)> {
        let mut kinds = self.kinds.iter();
        let (word, kind) = kinds.find(|(word, _)| folded.starts_with(word.as_str()))?;
        Some((word.len(), kind))
    }

    /// The first word for a kind in `text` from byte `from` on, or a word for a paragraph, which is none.
    pub fn find_kind(&self, text: &str, from: usize) -> Option<(Range<usize>, Option<&SmolStr>)> {
        let found = self.finder.as_ref()?.find(aho_corasick::Input::new(text).range(from..))?;
        Some((found.range(), self.kinds.get(found.pattern().as_usize()).map(|(_, kind)| kind)))
    }

    /// Whether `text` is nothing but what joins two labels: a word (和, and), a separator, or nothing.
    pub fn is_joiner(&self, text: &str) -> bool {
        let folded = fold(text.trim());
        folded.chars().all(is_list_separator) || self.joiners.contains(&folded)
    }

    /// Splits at the first joining word that stands between two other parts.
    pub fn split_joiner<'a>(&self, text: &'a str) -> Option<(&'a str, &'a str)> {
        self.joiners.iter().find_map(|word| {
            let (at, found) = text.match_indices(word.as_str()).next()?;
            let (before, after) = (&text[..at], &text[at + found.len()..]);
            let apart = !word.is_ascii() || (before.ends_with(' ') && after.starts_with(' '));
            (apart && !before.is_empty() && !after.is_empty()).then_some((before, after))
        })
    }

    /// How many bytes at the start of `folded` are a word such as 见 or “see”, with the space after it.
    pub fn lead_in(&self, folded: &str) -> usize {
        let found = self.lead_ins.iter().find(|word| {
            folded
                .strip_prefix(word.as_str())
                .is_some_and(|rest| !word.is_ascii() || rest.starts_with(char::is_whitespace))
        });
        found.map_or(0, |word| {
            let rest = &folded[word.len()..];
            word.len() + rest.len() - rest.trim_start().len()
        })
    }
}

/// What may stand between the word and the number of a label on one line: Word writes spaces that do not break, and
/// authors of Chinese those of their letters' width.
pub const SPACES: [char; 4] = [' ', '\u{a0}', '\u{202f}', '\u{3000}'];

/// What separates the labels of a list in one bracket.
pub fn is_list_separator(c: char) -> bool {
    matches!(c, '，' | ',' | '、' | ';' | '；' | '/' | '／' | '&' | '＆')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon {
        Lexicon::new(&[Language::new("zh", None), Language::new("en", None)])
    }

    #[test]
    fn a_kind_word_must_stand_apart() {
        let lexicon = lexicon();
        assert_eq!(lexicon.kind_at_end("注").map(|(at, k)| (at, k.as_str())), Some((0, "note")));
        assert_eq!(lexicon.kind_at_end("orion 网站").map(|(at, _)| at), Some(6));
        assert_eq!(lexicon.kind_at_end("orion网站").map(|(at, _)| at), Some(5));
        assert_eq!(lexicon.kind_at_end("备注"), None);
        assert_eq!(lexicon.kind_at_end("footnote"), None);
    }

    #[test]
    fn joiners_are_words_and_separators_of_both_languages() {
        let lexicon = lexicon();
        for text in ["和", " and ", "、", "", "，", "與"] {
            assert!(lexicon.is_joiner(text), "{text:?}");
        }
        assert!(!lexicon.is_joiner("说明"));
    }

    #[test]
    fn a_lead_in_is_measured_with_its_space() {
        let lexicon = lexicon();
        assert_eq!(lexicon.lead_in("see note 1"), 4);
        assert_eq!(lexicon.lead_in("详见注1"), "详见".len());
        assert_eq!(lexicon.lead_in("seek note 1"), 0);
    }
}
