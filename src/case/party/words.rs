//! Words that stand for parties, looked for in a text all at once, however many there are.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input};

use super::{Named, PartyId, stands_apart};

/// Words and the party that each stands for.
#[derive(Debug, Default)]
pub(super) struct Words {
    automaton: Option<AhoCorasick>,
    parties: Vec<PartyId>,
}

impl Words {
    pub(super) fn new<'a>(words: impl IntoIterator<Item = (&'a str, PartyId)>) -> Self {
        let (words, parties): (Vec<&str>, Vec<PartyId>) =
            words.into_iter().filter(|(word, _)| !word.is_empty()).unzip();
        let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(words).ok();
        Self { automaton, parties }
    }

    /// Every word that stands apart in a folded text: its place in the list, and whom it names where.
    pub(super) fn find_in(&self, text: &str) -> impl Iterator<Item = (usize, Named)> {
        self.find(text, 0..text.len())
    }

    /// Every word that a folded text begins with.
    pub(super) fn find_at_start_of(&self, text: &str) -> impl Iterator<Item = (usize, Named)> {
        let longest = self.automaton.as_ref().map_or(0, AhoCorasick::max_pattern_len);
        self.find(text, 0..longest.min(text.len())).filter(|(_, named)| named.at.0 == 0)
    }

    fn find(&self, text: &str, range: Range<usize>) -> impl Iterator<Item = (usize, Named)> {
        let found =
            self.automaton.as_ref().map(|automaton| automaton.find_overlapping_iter(Input::new(text).range(range)));
        let apart = found.into_iter().flatten().filter(|found| stands_apart(text, found.range()));
        apart.map(|found| {
            let word = found.pattern().as_usize();
            (word, Named { party: self.parties[word], at: (found.start(), found.end()) })
        })
    }
}
