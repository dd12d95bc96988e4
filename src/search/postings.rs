//! Posting lists: which blocks hold which terms, and their encoding.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use smol_str::{SmolStr, format_smolstr};

use crate::language::alphabet::is_unspaced;

/// Stands before a term of a heading, label or name.
const STRONG: char = '^';

/// About how many blocks are named in one script of terms.
const SCRIPT: usize = 32_000;

/// The blocks of each term, in order.
#[derive(Default)]
pub(super) struct Postings(FxHashMap<SmolStr, Vec<u32>>);

impl Postings {
    /// Notes that a block holds a term. Blocks come in order.
    pub(super) fn add(&mut self, term: &str, block: u32) {
        match self.0.get_mut(term) {
            Some(blocks) if blocks.last() == Some(&block) => {}
            Some(blocks) => blocks.push(block),
            None => {
                self.0.insert(SmolStr::new(term), vec![block]);
            }
        }
    }

    /// Notes that a heading, label or name in a block holds a term.
    pub(super) fn add_strong(&mut self, term: &str, block: u32) {
        self.add(&format_smolstr!("{STRONG}{term}"), block);
    }

    /// The characters of all terms.
    pub(super) fn letters(&self) -> impl Iterator<Item = char> {
        self.0.keys().flat_map(|term| term.chars())
    }
}

/// The scripts of terms: all that may be needed for one query word stand in one of them. The blocks of each part are
/// counted from its start on.
pub(super) fn merge(parts: &[Postings], starts: &[u32]) -> Vec<String> {
    let postings: usize = parts.iter().flat_map(|part| part.0.values()).map(Vec::len).sum();
    let count = postings.div_ceil(SCRIPT).max(1);
    let sorted: Vec<Vec<(usize, &SmolStr, &Vec<u32>)>> = parts
        .par_iter()
        .map(|part| {
            let mut all: Vec<_> = part.0.iter().map(|(term, blocks)| (script_of(term, count), term, blocks)).collect();
            all.sort_unstable_by_key(|&(script, term, _)| (script, term));
            all
        })
        .collect();
    (0..count).into_par_iter().map(|script| write(&sorted, starts, script)).collect()
}

/// A script of terms: `term blocks!term blocks!…`.
fn write(parts: &[Vec<(usize, &SmolStr, &Vec<u32>)>], starts: &[u32], script: usize) -> String {
    let mut terms: BTreeMap<&SmolStr, Numbers> = BTreeMap::new();
    for (part, start) in parts.iter().zip(starts) {
        let first = part.partition_point(|&(other, ..)| other < script);
        for &(_, term, blocks) in part[first..].iter().take_while(|&&(other, ..)| other == script) {
            let numbers = terms.entry(term).or_default();
            blocks.iter().for_each(|block| numbers.push(start + block));
        }
    }
    let mut out = String::new();
    for (term, Numbers { written, .. }) in terms {
        out.push_str(term);
        out.push(' ');
        out.push_str(&written);
        out.push('!');
    }
    out
}

/// The script that holds a term: one for all terms that begin with the same Chinese character, the same two digits, or
/// the same two letters (FNV-1a of those, modulo the number of scripts).
fn script_of(term: &str, count: usize) -> usize {
    let term = term.strip_prefix(STRONG).unwrap_or(term);
    let is_number = term.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    let length = if term.starts_with(is_unspaced) { 1 } else { 2 };
    let key = term.chars().take(length).take_while(|c| !is_number || c.is_ascii_digit());
    let hash = key.fold(0x811c_9dc5_u32, |hash, c| (hash ^ c as u32).wrapping_mul(0x0100_0193));
    hash as usize % count
}

/// Rising numbers, written as the distances between them. A distance is one character if it is small, as most are; else the
/// lower digits come first, each in one of the characters that say that more follows.
#[derive(Default)]
pub(super) struct Numbers {
    written: String,
    /// The least that the next one can be.
    next: u32,
}

/// The characters of a last digit, and those of the digits before it. A string holds them all as they are.
const LAST: &[u8; 58] = b"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]";
const MORE: &[u8; 32] = b"^_`abcdefghijklmnopqrstuvwxyz{|}";

impl Numbers {
    /// Those numbers, written.
    pub(super) fn of(numbers: impl Iterator<Item = u32>) -> String {
        let mut all = Self::default();
        numbers.for_each(|number| all.push(number));
        all.written
    }

    fn push(&mut self, number: u32) {
        let mut distance = (number - self.next) as usize;
        self.next = number + 1;
        while distance >= LAST.len() {
            distance -= LAST.len();
            self.written.push(char::from(MORE[distance % MORE.len()]));
            distance /= MORE.len();
        }
        self.written.push(char::from(LAST[distance]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_distances_take_one_character_and_large_ones_more() {
        assert_eq!(Numbers::of([0, 1, 2, 60].into_iter()), "###]");
        assert_eq!(Numbers::of([58].into_iter()), "^#");
        assert_eq!(Numbers::of([58 + 33].into_iter()), "_$");
    }

    #[test]
    fn what_one_word_may_need_stands_in_one_script() {
        for terms in
            [&["交易", "交", "^交易"][..], &["12", "12.5", "12-05", "^12345"], &["ba", "bank", "banking", "^bank"]]
        {
            let scripts: Vec<usize> = terms.iter().map(|term| script_of(term, 997)).collect();
            assert!(scripts.iter().all(|script| *script == scripts[0]), "{terms:?}: {scripts:?}");
        }
    }
}
