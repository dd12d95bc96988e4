//! Where documents name the figures of a case, and the amounts they give them.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use bigdecimal::num_bigint::BigInt;
use bigdecimal::{BigDecimal, Signed};

use crate::config::Config;
use crate::document::tree::NodeKind;
use crate::document::{Amount, AmountId, Document, amount};
use crate::language::amount_lexicon::AmountLexicon;
use crate::language::word_list::WordList;
use crate::language::words::{fold, stands_apart};
use crate::source::Source;

/// A figure that is named, and the amount of its unit that follows.
pub struct Mention {
    /// The figure.
    pub figure: usize,
    /// The amount: an index into the document's.
    pub amount: AmountId,
    /// Whether the sentence gives the figure to the last digit too.
    pub is_given_exactly: bool,
}

/// The mentions of figures in a document, `names` being those of its language. What stands after the name of another figure is
/// that one's, and an amount that is set apart, 净损失不包括9916元, is another.
pub fn mentions(
    config: &Config,
    names: &Names,
    document: &Document,
    source: &Source,
    words: &AmountLexicon,
) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for Passage { range, amounts } in passages(document, source) {
        let text = &source.text[range.clone()];
        let named = names.within(text);
        let mut ends: Vec<usize> = named.iter().map(|&(_, end)| end).collect();
        ends.sort_unstable();
        let mut numbers: Option<HashSet<BigDecimal>> = None;
        for (figure, name_end) in named {
            let unit = config.figures[figure].unit_code(words);
            let from = range.start + name_end;
            // Figures of several units may share a name.
            let next = ends.get(ends.partition_point(|&end| end <= name_end));
            let to = next.map_or(range.end, |next| range.start + next);
            let start = |amount: &Amount| amount.span.start as usize;
            let first = amounts.partition_point(|(_, amount)| start(amount) < from);
            let mut given = amounts[first..].iter().take_while(|(_, amount)| start(amount) < to);
            let Some(&(index, amount)) = given.find(|(_, amount)| amount.unit == unit) else { continue };
            if words.sets_apart(&source.text[from..start(amount)]) {
                continue;
            }
            // The right value may stand in a sum, where it has no unit of its own.
            let numbers = numbers.get_or_insert_with(|| amount::numbers(text).into_iter().collect());
            let is_given_exactly = numbers.contains(&config.figures[figure].value);
            mentions.push(Mention { figure, amount: index, is_given_exactly });
        }
    }
    mentions
}

/// The names of all figures in a language, folded, each with the figures that bear it.
#[derive(Debug)]
pub struct Names(WordList<Vec<usize>>);

impl Names {
    /// The names in the language with that tag.
    pub fn of(config: &Config, tag: &str) -> Self {
        let mut figures: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (figure, declared) in config.figures.iter().enumerate() {
            for name in declared.names.get(tag) {
                figures.entry(fold(name)).or_default().push(figure);
            }
        }
        Self(WordList::new(figures))
    }

    /// The figures that a text names, each with the end of its name, in the order in which they are declared; of names
    /// within one another the longest.
    fn within(&self, text: &str) -> Vec<(usize, usize)> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let folded = fold(text);
        let text = if folded.len() == text.len() { &folded } else { text };
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        // How far names reach that began before: what ends no further stands within one of them.
        let mut reach = 0;
        for (at, _) in text.char_indices() {
            let mut names = self.0.beginning(&text[at..]).map(|(name, figures)| (at..at + name.len(), figures));
            let Some((range, figures)) = names.find(|(range, _)| stands_apart(text, range.clone())) else { continue };
            if range.end > reach {
                reach = range.end;
                found.extend(figures.iter().map(|&figure| (figure, range.clone())));
            }
        }
        found.sort_by_key(|(figure, range)| (*figure, range.start));
        found.into_iter().map(|(figure, range)| (figure, range.end)).collect()
    }
}

/// A sentence, or a row of a table, with the amounts in it.
pub struct Passage<'a> {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// Its amounts: indices into the document's.
    pub amounts: Vec<(AmountId, &'a Amount)>,
}

/// The passages of a document that hold amounts.
pub fn passages<'a>(document: &'a Document, source: &Source) -> Vec<Passage<'a>> {
    let mut passages: Vec<Passage<'a>> = Vec::new();
    let mut before: Option<(&Amount, Range<usize>)> = None;
    for (index, amount) in AmountId::each(&document.amounts) {
        let range = passage_around(document, source, amount, before.as_ref());
        before = Some((amount, range.clone()));
        match passages.iter_mut().rev().take(4).find(|passage| passage.range == range) {
            Some(passage) => passage.amounts.push((index, amount)),
            None => passages.push(Passage { range, amounts: vec![(index, amount)] }),
        }
    }
    passages
}

/// The sentence that holds an amount; of a table the row, which is a line. That of the amount before, in the same block, tells
/// how far must be looked: a sentence may hold very many.
fn passage_around(
    document: &Document,
    source: &Source,
    amount: &Amount,
    before: Option<&(&Amount, Range<usize>)>,
) -> Range<usize> {
    let in_cell = matches!(document.tree.get(amount.block).kind, NodeKind::Cell { .. });
    let text = &source.text;
    let (start, end) = (amount.span.start as usize, amount.span.end as usize);
    if in_cell {
        let line = source.line_of(start);
        return source.line_start(line)..source.line_start(line + 1);
    }
    let block = document.tree.get(amount.block).span.range();
    let (from, to) = (block.start.min(start), block.end.max(end));
    let before = before.filter(|(other, _)| other.block == amount.block && other.span.end <= amount.span.start);
    // Between the start of a sentence and its first amount no other ends.
    let (looked_from, known_start) =
        before.map_or((from, from), |(other, range)| (other.span.start as usize, range.start));
    let last =
        text[looked_from..start].char_indices().rev().find(|&(at, c)| ends_sentence(&text[looked_from..start], at, c));
    let sentence = last.map_or(known_start, |(at, c)| looked_from + at + c.len_utf8());
    let next = before.filter(|(_, range)| sentence < range.end && end < range.end).map(|(_, range)| range.end);
    let after = || text[end..to].char_indices().find(|&(at, c)| ends_sentence(&text[end..to], at, c));
    sentence..next.unwrap_or_else(|| after().map_or(to, |(at, c)| end + at + c.len_utf8()))
}

fn ends_sentence(text: &str, at: usize, c: char) -> bool {
    match c {
        '。' | '！' | '？' | '；' => true,
        '.' | '!' | '?' | ';' => text[at + 1..].starts_with(char::is_whitespace),
        _ => false,
    }
}

/// Whether rounding, or cutting off digits, makes `given` of `declared`: the difference is less than one in the last
/// place that `given` tells, and no more than half of one where it is above.
pub fn rounds_to(declared: &BigDecimal, given: &BigDecimal) -> bool {
    let (_, scale) = given.normalized().into_bigint_and_exponent();
    let place = BigDecimal::new(BigInt::from(1), scale);
    let difference = given - declared;
    let above = if declared.is_negative() { difference.is_negative() } else { difference.is_positive() };
    let difference = difference.abs();
    if above { difference * BigDecimal::from(2) <= place } else { difference < place }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> BigDecimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_rounding_word_covers_rounding_and_cutting_off() {
        for given in ["206539", "206540", "206500", "207000", "206000", "210000", "200000"] {
            assert!(rounds_to(&number("206539.30"), &number(given)), "{given}");
        }
        for given in ["206541", "208000", "190000", "300000", "206538", "206400"] {
            assert!(!rounds_to(&number("206539.30"), &number(given)), "{given}");
        }
    }
}
