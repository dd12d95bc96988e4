//! Words that stand for parties, looked for in a text all at once, however many there are.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input};

use super::{Named, PartyId};
use crate::language::words::stands_apart;

/// The most words of one automaton: the library takes a time to make one that grows with the square of them.
const MAX_WORDS: usize = 2000;

/// Words and the party that each stands for.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// One for each [`MAX_WORDS`] of them.
    automata: Vec<AhoCorasick>,
    parties: Vec<PartyId>,
}

impl Words {
    pub(super) fn new<'a>(words: impl IntoIterator<Item = (&'a str, PartyId)>) -> Self {
        let (words, parties): (Vec<&str>, Vec<PartyId>) =
            words.into_iter().filter(|(word, _)| !word.is_empty()).unzip();
        let builder = || AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).clone();
        let automata = words.chunks(MAX_WORDS).filter_map(|words| builder().build(words).ok()).collect();
        Self { automata, parties }
    }

    /// Every word that stands apart in a folded text: its place in the list, and whom it names where.
    pub(super) fn find_in(&self, text: &str) -> impl Iterator<Item = (usize, Named)> {
        self.find(text, 0..text.len())
    }

    /// Every word that a folded text begins with.
    pub(super) fn find_at_start_of(&self, text: &str) -> impl Iterator<Item = (usize, Named)> {
        let longest = self.automata.iter().map(AhoCorasick::max_pattern_len).max().unwrap_or(0);
        self.find(text, 0..longest.min(text.len())).filter(|(_, named)| named.at.0 == 0)
    }

    fn find(&self, text: &str, range: Range<usize>) -> impl Iterator<Item = (usize, Named)> {
        let found = self.automata.iter().enumerate().flat_map(move |(at, automaton)| {
            let found = automaton.find_overlapping_iter(Input::new(text).range(range.clone()));
            found.map(move |found| (at * MAX_WORDS + found.pattern().as_usize(), found.range()))
        });
        let apart = found.filter(|(_, range)| stands_apart(text, range.clone()));
        apart.map(|(word, range)| (word, Named { party: self.parties[word], at: (range.start, range.end) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_beyond_those_of_one_automaton_are_found_as_the_first_are() {
        let names: Vec<String> = (0..2 * MAX_WORDS + 5).map(|at| format!("甲{at}公司")).collect();
        let words = Words::new(PartyId::each(&names).map(|(id, name)| (name.as_str(), id)));
        for at in [0, MAX_WORDS - 1, MAX_WORDS, 2 * MAX_WORDS + 4] {
            let text = format!("{}来了", names[at]);
            let found: Vec<(usize, PartyId)> =
                words.find_at_start_of(&text).map(|(word, named)| (word, named.party)).collect();
            assert_eq!(found, [(at, PartyId::new(at))]);
        }
    }
}
