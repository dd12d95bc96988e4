//! Where in a text something may stand that has a sign of its own: all signs are looked for at once.

use crate::language::lists::privacy::{MNEMONICS, TRAVEL_SIGNS};
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::{key, secret};

/// The places of signs, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Signs {
    /// Those of keys in armour.
    pub(super) armour: Vec<usize>,
    /// Those that say that the words of a key follow: where they end.
    pub(super) mnemonics: Vec<usize>,
    /// The beginnings of secrets: where, and which of [`secret::SHAPES`].
    pub(super) secrets: Vec<(usize, usize)>,
    /// Whether anything is said of travel documents.
    pub(super) travel: bool,
}

#[derive(Debug, Clone, Copy)]
enum Sign {
    Armour,
    Mnemonic,
    Secret(usize),
    Travel,
}

static SIGNS: LazyLock<(AhoCorasick, Vec<Sign>)> = LazyLock::new(|| {
    let all = || {
        let armour = key::ARMOUR.iter().map(|sign| (*sign, Sign::Armour));
        let mnemonics = MNEMONICS.iter().map(|sign| (*sign, Sign::Mnemonic));
        let secrets = secret::SHAPES.iter().enumerate().map(|(at, (sign, ..))| (*sign, Sign::Secret(at)));
        let travel = TRAVEL_SIGNS.iter().map(|sign| (*sign, Sign::Travel));
        armour.chain(mnemonics).chain(secrets).chain(travel)
    };
    // Of beginnings that begin alike, the longer one is meant.
    let kind = aho_corasick::MatchKind::LeftmostLongest;
    let automaton = AhoCorasick::builder().match_kind(kind).build(all().map(|(sign, _)| sign));
    // Lists that are written down here can be built.
    (automaton.unwrap_or_else(|_| unreachable!()), all().map(|(_, sign)| sign).collect())
});

impl Signs {
    pub(super) fn of(text: &str) -> Self {
        let (automaton, kinds) = &*SIGNS;
        let mut signs = Self::default();
        for found in automaton.find_iter(text) {
            match kinds[found.pattern().as_usize()] {
                Sign::Armour => signs.armour.push(found.start()),
                Sign::Mnemonic => signs.mnemonics.push(found.end()),
                Sign::Secret(shape) => signs.secrets.push((found.start(), shape)),
                Sign::Travel => signs.travel = true,
            }
        }
        signs
    }
}
