//! The words that say what a number is, from all languages of a case at once.

use super::Language;
use super::lexicon::fold;

/// How far before a number its word may stand, in characters.
const REACH: usize = 40;

/// What a word says of the number after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// It is a telephone number.
    Phone,
    /// It is the code of a company.
    Company,
    /// It is the address of a wallet.
    Wallet,
    /// It is the hash of a transaction.
    Transaction,
    /// It is the number of an order.
    Order,
    /// It is something else: a version, a sum of a file, an account.
    Other,
}

/// The word nearest before a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nearest {
    context: Context,
    /// How many characters stand between the two.
    pub distance: usize,
}

impl Nearest {
    /// Whether the word says that.
    pub fn is(&self, context: Context) -> bool {
        self.context == context
    }
}

/// The words, folded.
#[derive(Debug, Clone, Default)]
pub struct IdentifierLexicon(Vec<(String, Context)>);

impl IdentifierLexicon {
    /// The words of `languages`.
    pub fn new(languages: &[Language]) -> Self {
        let mut words: Vec<(String, Context)> = Vec::new();
        for table in languages.iter().map(|language| &language.table.identifiers) {
            for (list, context) in [
                (&table.phone, Context::Phone),
                (&table.company, Context::Company),
                (&table.wallet, Context::Wallet),
                (&table.transaction, Context::Transaction),
                (&table.order, Context::Order),
                (&table.other, Context::Other),
            ] {
                words.extend(list.iter().map(|word| (fold(word), context)));
            }
        }
        Self(words)
    }

    /// The word that ends nearest to the end of `text`, or of `before` where `text` has none; of two that end together the
    /// longer one. A sentence that ends between the two parts them.
    pub fn nearest(&self, before: &str, text: &str) -> Option<Nearest> {
        let start = text.char_indices().rev().nth(REACH - 1).map_or(0, |(at, _)| at);
        let window = &text[start..];
        let window = window.rsplit(['。', '；', '！', '？', '\n']).next().unwrap_or(window);
        let from_start = start == 0 && window.len() == text.len();
        let found = self.last_in(&fold(window));
        found.or_else(|| {
            let reach = self.last_in(&fold(before)).filter(|_| from_start)?;
            Some(Nearest { distance: window.chars().count(), ..reach })
        })
    }

    fn last_in(&self, folded: &str) -> Option<Nearest> {
        let ends = self.0.iter().filter_map(|(word, context)| {
            let ascii = word.is_ascii();
            let at = folded.rmatch_indices(word.as_str()).map(|(at, _)| at).find(|&at| {
                let inside = |c: char| c.is_ascii_alphabetic();
                let end = at + word.len();
                !ascii || !(folded[..at].ends_with(inside) || folded[end..].starts_with(inside))
            })?;
            Some((at + word.len(), word.len(), *context))
        });
        let (end, _, context) = ends.max_by_key(|&(end, len, _)| (end, len))?;
        Some(Nearest { context, distance: folded[end..].chars().count() })
    }
}
