//! The words by which amounts are recognised, from all languages of a case at once.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::Language;
use super::time_words::add;
use super::words::fold;
use crate::language::words::holds_word;
use crate::slug::half_width;

/// Everything that recognising amounts needs to know about words.
#[derive(Debug, Default)]
pub struct AmountLexicon {
    /// Words and signs with the code of their unit, the longest first.
    units: Vec<(Word, SmolStr)>,
    about_before: Vec<String>,
    about_after: Vec<String>,
    /// Words that multiply, with the power of ten, the longest first.
    factors: Vec<(String, u8)>,
    measures: Vec<String>,
    apart: Vec<String>,
    totals: Vec<String>,
    subtotals: Vec<String>,
    deductions: Vec<String>,
    not_added: Vec<String>,
    unit_columns: Vec<String>,
    /// The units whose words begin, or end, with a character, and the characters that begin or end any other word: most
    /// numbers are no amounts, and one look at their neighbours tells.
    unit_starts: BTreeMap<char, Vec<u32>>,
    unit_ends: BTreeMap<char, Vec<u32>>,
    other_starts: Vec<char>,
    about_ends: Vec<char>,
}

/// A unit's word. A code in capitals counts only in capitals: 3 SOL, but not “3 sol”.
#[derive(Debug)]
struct Word {
    text: String,
    exact: bool,
}

impl Word {
    fn new(text: &str) -> Self {
        let exact = text.len() > 1 && text.bytes().all(|b| b.is_ascii_uppercase());
        Self { text: if exact { text.to_owned() } else { fold(text) }, exact }
    }

    /// How many bytes of `text` the word takes at its start.
    fn at_start(&self, text: &str) -> Option<usize> {
        let len = prefix_len(text, &self.text, self.exact)?;
        let goes_on = |c: char| {
            c.is_ascii_alphanumeric() || (c == '-' && text[len + 1..].starts_with(|c: char| c.is_ascii_alphabetic()))
        };
        let latin = self.text.ends_with(|c: char| c.is_ascii_alphabetic());
        (!latin || !text[len..].starts_with(goes_on)).then_some(len)
    }

    /// How many bytes of `text` the word takes at its end.
    fn at_end(&self, text: &str) -> Option<usize> {
        let count = self.text.chars().count();
        let (from, _) = text.char_indices().rev().nth(count.checked_sub(1)?)?;
        prefix_len(&text[from..], &self.text, self.exact)?;
        let latin = self.text.starts_with(|c: char| c.is_ascii_alphabetic());
        if latin && !self.exact && self.text.bytes().all(|b| b.is_ascii_alphabetic()) {
            // “She won 300 times”: before a number only signs and codes are units.
            return None;
        }
        let joined = text[..from].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/'));
        (!latin || !joined).then_some(text.len() - from)
    }
}

/// The bytes that `word` takes at the start of `text`, compared folded unless `exact`.
fn prefix_len(text: &str, word: &str, exact: bool) -> Option<usize> {
    if exact {
        return text.starts_with(word).then_some(word.len());
    }
    let mut rest = text.chars();
    for wanted in word.chars() {
        let c = rest.next()?;
        let same = half_width(c).to_ascii_lowercase() == wanted;
        if !same {
            return None;
        }
    }
    Some(text.len() - rest.as_str().len())
}

/// The heading of a row or column without what stands in brackets, colons, and the spaces that Chinese sets between two
/// characters: 合　计（元）：.
fn bare_heading(heading: &str) -> String {
    let folded = fold(heading);
    let words = folded.split(['(', '[']).next().unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric());
    match words.is_ascii() {
        true => words.to_owned(),
        false => words.chars().filter(|c| !c.is_whitespace()).collect(),
    }
}

/// Whether one of `words` stands in a folded text.
fn holds_any(folded: &str, words: &[String]) -> bool {
    words.iter().any(|word| holds_word(folded, word))
}

/// Each character once, in order.
fn sorted(chars: impl Iterator<Item = char>) -> Vec<char> {
    let mut chars: Vec<char> = chars.collect();
    chars.sort_unstable();
    chars.dedup();
    chars
}

/// Whether a text begins, or ends, with one of `chars`, folded.
fn is_one_of(c: Option<char>, chars: &[char]) -> bool {
    c.is_some_and(|c| chars.binary_search(&half_width(c).to_ascii_lowercase()).is_ok())
}

impl AmountLexicon {
    /// The words of `languages`.
    pub fn new<'a>(languages: impl IntoIterator<Item = &'a Language>) -> Self {
        let mut lexicon = Self::default();
        for language in languages {
            let words = &language.table.amounts;
            add(&mut lexicon.about_before, &words.about_before);
            add(&mut lexicon.about_after, &words.about_after);
            add(&mut lexicon.measures, &words.measures);
            add(&mut lexicon.apart, &words.apart);
            add(&mut lexicon.totals, &words.totals);
            add(&mut lexicon.subtotals, &words.subtotals);
            add(&mut lexicon.deductions, &words.deductions);
            add(&mut lexicon.not_added, &words.not_added);
            add(&mut lexicon.unit_columns, &words.unit_columns);
            lexicon.factors.extend(words.factors.iter().map(|(word, power)| (fold(word), *power)));
            for (code, words) in &words.units {
                lexicon.add_unit(code, words.iter().map(String::as_str));
            }
        }
        lexicon.factors.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        lexicon.factors.dedup();
        let factors = lexicon.factors.iter().map(|(word, _)| word);
        let others = factors.chain(&lexicon.about_after).chain(&lexicon.measures);
        lexicon.other_starts = sorted(others.filter_map(|word| word.chars().next()));
        lexicon.about_ends = sorted(lexicon.about_before.iter().filter_map(|word| word.chars().next_back()));
        lexicon
    }

    /// Adds a unit that the case itself counts in.
    pub fn add_unit<'a>(&mut self, code: &str, words: impl IntoIterator<Item = &'a str>) {
        let code = SmolStr::new(code);
        self.units
            .extend(words.into_iter().filter(|word| !word.is_empty()).map(|word| (Word::new(word), code.clone())));
        self.units.sort_by(|a, b| b.0.text.len().cmp(&a.0.text.len()).then_with(|| a.0.text.cmp(&b.0.text)));
        (self.unit_starts, self.unit_ends) = (BTreeMap::new(), BTreeMap::new());
        for (at, (word, _)) in (0..).zip(&self.units) {
            let folded = |c: char| half_width(c).to_ascii_lowercase();
            let mut chars = word.text.chars().map(folded);
            if let Some(first) = chars.next() {
                self.unit_starts.entry(first).or_default().push(at);
                self.unit_ends.entry(chars.next_back().unwrap_or(first)).or_default().push(at);
            }
        }
    }

    /// Whether a text between a name and an amount says that the amount is another one.
    pub(crate) fn sets_apart(&self, text: &str) -> bool {
        holds_any(&fold(text), &self.apart)
    }

    /// Whether that, and nothing but a unit in brackets, heads a row that adds up those above.
    pub(crate) fn is_total(&self, heading: &str) -> bool {
        self.totals.contains(&bare_heading(heading))
    }

    /// Whether a row so headed adds up some of those above it, or tells a part of one.
    pub(crate) fn is_subtotal(&self, heading: &str) -> bool {
        let heading = bare_heading(heading);
        self.subtotals.iter().any(|word| heading.starts_with(word.as_str()) || heading.ends_with(word.as_str()))
    }

    /// Whether what a row so headed tells may be taken off.
    pub(crate) fn is_deduction(&self, heading: &str) -> bool {
        holds_any(&fold(heading), &self.deductions)
    }

    /// Whether the numbers of a column so headed are not added up.
    pub(crate) fn is_not_added(&self, heading: &str) -> bool {
        holds_any(&fold(heading), &self.not_added)
    }

    /// Whether a column so headed tells the unit of each row.
    pub(crate) fn is_unit_column(&self, heading: &str) -> bool {
        self.unit_columns.contains(&bare_heading(heading))
    }

    /// The unit that a word names.
    pub fn unit(&self, word: &str) -> Option<&SmolStr> {
        let whole = |candidate: &&(Word, SmolStr)| candidate.0.at_start(word) == Some(word.len());
        self.units.iter().find(whole).map(|(_, code)| code)
    }

    /// The unit at the start of what follows a number, and the bytes up to its end.
    pub(crate) fn unit_after(&self, text: &str) -> Option<(&SmolStr, usize)> {
        let spaced = text.trim_start_matches([' ', '\u{a0}', '\u{3000}', '\n']);
        let first = spaced.chars().next();
        if self.with(first, &self.unit_starts).is_empty() && !is_one_of(first, &self.other_starts) {
            return None;
        }
        let measure = self.measures.iter().find_map(|word| prefix_len(spaced, word, false)).unwrap_or(0);
        let rest = spaced[measure..].trim_start_matches(' ');
        self.at_start(rest).map(|(unit, len)| (unit, text.len() - rest.len() + len))
    }

    /// The unit at the end of what stands before a number, and the bytes from its start.
    pub(crate) fn unit_before(&self, text: &str) -> Option<(&SmolStr, usize)> {
        let trimmed = text.trim_end_matches([' ', '\u{a0}']);
        let found = self.with(trimmed.chars().next_back(), &self.unit_ends).iter().find_map(|&at| {
            let (word, unit) = &self.units[at as usize];
            Some((unit, word.at_end(trimmed)?))
        });
        found.map(|(unit, len)| (unit, len + text.len() - trimmed.len()))
    }

    /// The one unit that a column's heading names, with the power of ten before it: 金额（元）, 金额（万元）, `Amount (CNY)`.
    pub(crate) fn unit_of_column(&self, heading: &str) -> Option<(SmolStr, u8)> {
        let parts = heading.split(['(', '（', ')', '）', '/', '／', ',', '，', ':', '：', ' ']);
        let mut units = parts.skip(1).filter_map(|part| {
            let (power, len) = self.factor(part.trim()).unwrap_or((0, 0));
            Some((self.unit(&part.trim()[len..])?.clone(), power))
        });
        let unit = units.next()?;
        units.all(|other| other == unit).then_some(unit)
    }

    fn at_start(&self, text: &str) -> Option<(&SmolStr, usize)> {
        self.with(text.chars().next(), &self.unit_starts).iter().find_map(|&at| {
            let (word, unit) = &self.units[at as usize];
            Some((unit, word.at_start(text)?))
        })
    }

    /// The units whose words have that character there.
    fn with<'a>(&self, c: Option<char>, index: &'a BTreeMap<char, Vec<u32>>) -> &'a [u32] {
        let found = c.and_then(|c| index.get(&half_width(c).to_ascii_lowercase()));
        found.map_or(&[], Vec::as_slice)
    }

    /// The power of ten of the word that multiplies, and the bytes up to its end.
    pub(crate) fn factor(&self, text: &str) -> Option<(u8, usize)> {
        let rest = text.trim_start_matches(' ');
        if !is_one_of(rest.chars().next(), &self.other_starts) {
            return None;
        }
        let found = self.factors.iter().find_map(|(word, power)| Some((*power, prefix_len(rest, word, false)?)));
        found.map(|(power, len)| (power, len + text.len() - rest.len()))
    }

    /// The bytes of the word that says, after a number, that it is rounded.
    pub(crate) fn about_after(&self, text: &str) -> Option<usize> {
        let rest = text.trim_start_matches(' ');
        if !is_one_of(rest.chars().next(), &self.other_starts) {
            return None;
        }
        let len = self.about_after.iter().find_map(|word| prefix_len(rest, word, false))?;
        Some(text.len() - rest.len() + len)
    }

    /// Whether the text before an amount ends with a word that says that it is rounded.
    pub(crate) fn about_before(&self, text: &str) -> bool {
        let trimmed = text.trim_end_matches([' ', '\u{a0}', '\n']);
        if !is_one_of(trimmed.chars().next_back(), &self.about_ends) {
            return false;
        }
        self.about_before.iter().any(|word| {
            let count = word.chars().count();
            let Some((from, _)) = trimmed.char_indices().rev().nth(count - 1) else { return false };
            let apart = !word.is_ascii() || !trimmed[..from].ends_with(|c: char| c.is_ascii_alphanumeric());
            apart && prefix_len(&trimmed[from..], word, false) == Some(trimmed.len() - from)
        })
    }
}
