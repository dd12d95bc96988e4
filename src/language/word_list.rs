//! Words of which those are looked for that begin a text, in a time that does not grow with how many they are.

use std::ops::Range;

use crate::work;

/// Words, each with something that is known of it.
#[derive(Debug)]
pub struct WordList<T> {
    /// In alphabetical order.
    entries: Vec<Entry<T>>,
    /// Which of them begin with a character, in the order of the characters.
    of_first: Vec<(char, Range<usize>)>,
}

#[derive(Debug)]
struct Entry<T> {
    word: Box<str>,
    known: T,
    /// The longest other word that this one begins with.
    within: Option<usize>,
}

impl<T> Default for WordList<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), of_first: Vec::new() }
    }
}

impl<T> WordList<T> {
    /// A list of `words` that are not empty; of one that is written twice the first is kept.
    pub fn new(words: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut words: Vec<(String, T)> = words.into_iter().filter(|(word, _)| !word.is_empty()).collect();
        words.sort_by(|(a, _), (b, _)| a.cmp(b));
        words.dedup_by(|(a, _), (b, _)| a == b);
        let mut list = Self::default();
        let mut around: Vec<usize> = Vec::new();
        for (at, (word, known)) in words.into_iter().enumerate() {
            while around.pop_if(|&mut before| !word.starts_with(&*list.entries[before].word)).is_some() {}
            match (word.chars().next(), list.of_first.last_mut()) {
                (Some(first), Some((last, range))) if first == *last => range.end = at + 1,
                (Some(first), _) => list.of_first.push((first, at..at + 1)),
                (None, _) => {}
            }
            list.entries.push(Entry { word: word.into(), known, within: around.last().copied() });
            around.push(at);
        }
        list
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The words that `text` begins with, the longest first.
    pub fn beginning<'a>(&'a self, text: &str) -> impl Iterator<Item = (&'a str, &'a T)> {
        let longest = self.longest(text);
        let words = std::iter::successors(longest, |&at| self.entries[at].within);
        words.map(|at| (&*self.entries[at].word, &self.entries[at].known))
    }

    fn longest(&self, text: &str) -> Option<usize> {
        let first = text.chars().next()?;
        let of_first = self.of_first.binary_search_by_key(&first, |(first, _)| *first).ok()?;
        let range = self.of_first[of_first].1.clone();
        let not_behind = |entry: &Entry<T>| {
            work::count(1);
            *entry.word <= *text
        };
        // A word that the text begins with is none but this one, or what this one begins with.
        let last = range.start + self.entries[range].partition_point(not_behind);
        let nearest = last.checked_sub(1)?;
        let word = self.entries[nearest].word.as_bytes();
        let common = word.iter().zip(text.as_bytes()).take_while(|(a, b)| a == b).count();
        let mut words = std::iter::successors(Some(nearest), |&at| self.entries[at].within);
        words.find(|&at| {
            work::count(1);
            self.entries[at].word.len() <= common
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beginning(words: &[&str], text: &str) -> Vec<(String, usize)> {
        let list = WordList::new(words.iter().enumerate().map(|(at, word)| ((*word).to_owned(), at)));
        list.beginning(text).map(|(word, known)| (word.to_owned(), *known)).collect()
    }

    #[test]
    fn the_words_that_begin_a_text_are_found_the_longest_first() {
        let words = ["不", "不认可", "不认", "否认", "不认账", "不", ""];
        let owned =
            |words: &[(&str, usize)]| words.iter().map(|(word, at)| ((*word).to_owned(), *at)).collect::<Vec<_>>();
        assert_eq!(beginning(&words, "不认可这一点"), owned(&[("不认可", 1), ("不认", 2), ("不", 0)]));
        assert_eq!(beginning(&words, "不认为"), owned(&[("不认", 2), ("不", 0)]));
        assert_eq!(beginning(&words, "不"), owned(&[("不", 0)]));
        assert_eq!(beginning(&words, "否"), owned(&[]));
        assert_eq!(beginning(&words, "可"), owned(&[]));
        assert_eq!(beginning(&words, ""), owned(&[]));
        assert_eq!(beginning(&[], "不"), owned(&[]));
    }

    #[test]
    fn the_work_of_looking_for_words_grows_with_the_text() {
        work::tests::grows_with_what_is_written("words", |size| {
            let list = WordList::new((0..size).map(|at| (format!("不{at}"), ())));
            for at in 0..size {
                assert_eq!(
                    list.beginning(&format!("不{at}，")).count(),
                    1 + usize::from(at > 9) + usize::from(at > 99)
                );
            }
        });
    }
}
