//! The texts that must not occur anywhere in the public edition.

use crate::sha256::Sha256;

/// What must stand nowhere in the public edition, for the seal to look for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Secrets {
    /// Names and strings, in one of their spellings.
    pub names: Vec<String>,
    /// Longer texts that hold one and may be published.
    pub kept: Vec<String>,
    /// Pieces of withheld passages that are long enough to stand in no other text by chance.
    pub passages: Vec<Passage>,
    /// The files of private exhibits, by their path from the case folder.
    pub files: Vec<String>,
    /// The names of files that are published by others.
    pub file_names: Vec<String>,
    /// The files that are published nowhere, or not as they are.
    pub originals: Vec<Original>,
}

/// A file that must be in nothing that is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Its sum.
    pub sha256: Sha256,
    /// Its size in bytes.
    pub size: u64,
    /// Its path from the case folder.
    pub path: String,
}

/// A piece of a withheld passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it says.
    pub text: String,
    /// Where it is withheld: the path of a file and a line, from 1.
    pub place: String,
}

/// The fewest characters of a piece: two make a word in Chinese, and a short phrase has ten.
const MIN_UNSPACED: usize = 10;
const MIN_SPACED: usize = 30;

/// The pieces of a withheld text that its author can only have meant to withhold with it: whole sentences, without
/// addresses and marks, which may well stand elsewhere.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let parts = |c: char| "。！？；\n\r|<>()（）[]【】{}".contains(c);
    let long = |piece: &&str| {
        let letters = piece.chars().filter(|c| c.is_alphanumeric());
        let unspaced = letters.clone().filter(|&c| crate::language::alphabet::is_unspaced(c)).count();
        unspaced >= MIN_UNSPACED || letters.count() >= MIN_SPACED
    };
    let pieces = text.split(parts).map(str::trim).filter(|piece| !piece.contains("://")).filter(long);
    pieces.map(str::to_owned).collect()
}
