//! The words that say what a number is, from all languages of a case at once.

use std::cell::OnceCell;

use aho_corasick::AhoCorasick;

use super::Language;

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
    /// It is the number of a client.
    Client,
    /// It is an IP address.
    Ip,
    /// It is a version, or the number of a clause.
    Version,
    /// It is a sum or a key.
    Sum,
    /// It is something else: an account, an amount.
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

/// The words.
#[derive(Debug, Clone, Default)]
pub struct IdentifierLexicon {
    /// Finds all words in one pass.
    automaton: Option<AhoCorasick>,
    /// What each says, and whether it is of Latin letters, which must stand apart.
    words: Vec<(Context, bool)>,
}

/// A word in a text.
#[derive(Debug, Clone, Copy)]
struct Mention {
    start: usize,
    end: usize,
    context: Context,
}

impl IdentifierLexicon {
    /// The words of `languages`.
    pub fn new(languages: &[Language]) -> Self {
        let mut patterns: Vec<&str> = Vec::new();
        let mut words: Vec<(Context, bool)> = Vec::new();
        for table in languages.iter().map(|language| &language.table.identifiers) {
            for (list, context) in [
                (&table.phone, Context::Phone),
                (&table.company, Context::Company),
                (&table.wallet, Context::Wallet),
                (&table.transaction, Context::Transaction),
                (&table.order, Context::Order),
                (&table.client, Context::Client),
                (&table.ip, Context::Ip),
                (&table.version, Context::Version),
                (&table.sum, Context::Sum),
                (&table.other, Context::Other),
            ] {
                patterns.extend(list.iter().map(String::as_str));
                words.extend(list.iter().map(|word| (context, word.is_ascii())));
            }
        }
        // Without words, or with too many to count, nothing is recognised by them.
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(&patterns);
        Self { automaton: automaton.ok().filter(|_| !patterns.is_empty()), words }
    }

    /// The words in `text`, in the order in which they end.
    fn mentions(&self, text: &str) -> Vec<Mention> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let found = automaton.find_overlapping_iter(text).filter_map(|found| {
            let (context, latin) = self.words[found.pattern().as_usize()];
            let letter = |c: char| c.is_ascii_alphabetic();
            let inside = text[..found.start()].ends_with(letter) || text[found.end()..].starts_with(letter);
            (!(latin && inside)).then_some(Mention { start: found.start(), end: found.end(), context })
        });
        found.collect()
    }

    /// Whether `text` says what a number after it is.
    pub fn says(&self, text: &str) -> bool {
        !self.mentions(text).is_empty()
    }
}

/// How much of what stands before a text is looked at, in bytes: nothing but spaces and signs parts the word from the text.
const MAX_BEFORE: usize = 500;

/// A text, with the words in it that say what a number is. They are looked for when they are first asked for.
#[derive(Debug)]
pub struct Contexts<'a> {
    lexicon: &'a IdentifierLexicon,
    before: &'a str,
    text: &'a str,
    mentions: OnceCell<Vec<Mention>>,
}

impl<'a> Contexts<'a> {
    /// The words in `text`, and before it at the end of `before`.
    pub fn new(lexicon: &'a IdentifierLexicon, before: &'a str, text: &'a str) -> Self {
        let before = &before[before.ceil_char_boundary(before.len().saturating_sub(MAX_BEFORE))..];
        Self { lexicon, before, text, mentions: OnceCell::new() }
    }

    /// The word that ends nearest before byte `at`, in the text or else before it; of two that end together the longer
    /// one. A sentence that ends between the word and the number parts them.
    pub fn nearest(&self, at: usize) -> Option<Nearest> {
        let mentions = self.mentions.get_or_init(|| self.lexicon.mentions(self.text));
        let before = mentions.partition_point(|mention| mention.end <= at);
        if let Some(last) = mentions[..before].last() {
            let same = mentions[..before].iter().rev().take_while(|mention| mention.end == last.end);
            let longest = same.min_by_key(|mention| mention.start)?;
            let between = &self.text[last.end..at];
            let distance = between.chars().take(REACH + 1).count();
            let is_near = distance <= REACH && !between.contains(['。', '；', '！', '？', '\n']);
            return is_near.then_some(Nearest { context: longest.context, distance });
        }
        let lead = &self.text[..at];
        let distance = lead.chars().take(REACH + 1).count();
        let near = distance <= REACH && !lead.contains(['。', '；', '！', '？', '\n']) && !self.before.is_empty();
        let mentions = if near { self.lexicon.mentions(self.before) } else { Vec::new() };
        let last = mentions.last()?.end;
        // 电话次数 is about calls, not about their numbers.
        let ends = self.before[last..]
            .chars()
            .all(|c| c.is_whitespace() || c.is_ascii_punctuation() || "：（）号码".contains(c));
        if !ends {
            return None;
        }
        let longest = mentions.iter().filter(|mention| mention.end == last).min_by_key(|mention| mention.start)?;
        Some(Nearest { context: longest.context, distance })
    }
}
