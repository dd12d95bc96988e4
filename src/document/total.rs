//! Totals of tables: a row headed 合计 or Total is compared with what stands above it.
//!
//! A total is judged only where there is one way to add up: every cell above is an amount of one unit, or empty, and no row
//! adds up or takes off others. Where another way comes out (parts that are listed below their sum, amounts that are taken
//! off), the total is right too.

use std::collections::BTreeSet;

use bigdecimal::{BigDecimal, Zero};
use smol_str::SmolStr;

use super::sum::Verdict;
use super::tree::{NodeId, NodeKind, Tree};
use super::{Calculation, CalculationKind, amount};
use crate::language::amount_lexicon::AmountLexicon;
use crate::source::{Source, Span};

/// The most rows that are added up in more than one way.
const MAX_ROWS: usize = 200;

/// A cell of a table, with what stands in it.
struct Cell {
    node: NodeId,
    text: String,
}

/// What a cell of a column of amounts holds.
struct AmountInCell {
    value: BigDecimal,
    unit: Option<SmolStr>,
}

/// The totals of the tables in a document, as far as they can be recomputed.
pub(super) fn recompute(tree: &Tree, source: &Source, words: &AmountLexicon) -> Vec<Calculation> {
    let tables = tree.iter().filter(|(_, node)| node.kind == NodeKind::Table);
    tables.flat_map(|(id, _)| in_table(tree, source, words, id)).collect()
}

fn in_table(tree: &Tree, source: &Source, words: &AmountLexicon, table: NodeId) -> Vec<Calculation> {
    let mut head: Vec<Cell> = Vec::new();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut is_head = false;
    for (id, node) in tree.below(table) {
        match node.kind {
            NodeKind::Row { header } => {
                is_head = header;
                rows.extend((!header).then(Vec::new));
            }
            NodeKind::Cell { .. } => {
                let cell = Cell { node: id, text: tree.text(source, id).trim().to_owned() };
                match rows.last_mut().filter(|_| !is_head) {
                    Some(row) => row.push(cell),
                    None => head.push(cell),
                }
            }
            _ => {}
        }
    }
    let heading =
        |row: &Vec<Cell>| row.iter().find(|cell| !cell.text.is_empty()).map_or("", |cell| &cell.text).to_owned();
    let Some(at) = rows.iter().position(|row| words.is_total(&heading(row))) else { return Vec::new() };
    let (above, total) = (&rows[..at], &rows[at]);
    let headings: Vec<String> = above.iter().map(heading).collect();
    let straight = total.len() == head.len() && above.iter().all(|row| row.len() == head.len());
    if !(2..=MAX_ROWS).contains(&above.len())
        || !straight
        || headings.iter().any(|row| words.is_subtotal(row) || is_left_out(row))
    {
        return Vec::new();
    }
    let is_mixed = |column: &usize| {
        words.is_unit_column(&head[*column].text) && {
            let units: BTreeSet<&str> = above.iter().map(|row| row[*column].text.as_str()).collect();
            units.len() > 1
        }
    };
    let mixed = (0..head.len()).any(|column| is_mixed(&column));
    let columns = (0..head.len()).filter_map(|column| {
        let name = &head[column].text;
        let given = &total[column];
        if words.is_not_added(name) {
            return None;
        }
        let unit = words.unit_of_column(name);
        let entry = |cell: &Cell| entry(&cell.text, unit.as_ref(), words);
        let total = entry(given)??;
        let entries: Vec<Option<AmountInCell>> = above.iter().map(|row| entry(&row[column])).collect::<Option<_>>()?;
        let units: BTreeSet<&SmolStr> =
            entries.iter().flatten().chain([&total]).filter_map(|entry| entry.unit.as_ref()).collect();
        let known = units.len() == 1;
        if units.len() > 1 || (mixed && !known) || entries.iter().flatten().count() < 2 {
            return None;
        }
        let takes_off: Vec<bool> = headings.iter().map(|row| words.is_deduction(row)).collect();
        let verdict = judge(&entries, &takes_off, &total.value, &given.text, unit.map_or(0, |(_, power)| power))?;
        let span = text_span(tree, given.node);
        Some(Calculation { kind: CalculationKind::Total, text: given.text.as_str().into(), verdict, span })
    });
    columns.collect()
}

/// Whether a heading says that rows were left out: ….
fn is_left_out(heading: &str) -> bool {
    !heading.is_empty() && heading.chars().all(|c| matches!(c, '.' | '…' | '⋮'))
}

/// What a cell holds: nothing if it is no amount, and no entry if it is empty.
fn entry(text: &str, column: Option<&(SmolStr, u8)>, words: &AmountLexicon) -> Option<Option<AmountInCell>> {
    let text = text.trim_end_matches(['。', '，']).trim();
    if text.chars().all(|c| matches!(c, '-' | '—' | '–' | '/' | '／' | '\\' | ' ' | '无')) {
        return Some(None);
    }
    if let Some(value) = amount::plain_number(text) {
        let power = column.map_or(0, |(_, power)| *power);
        let value = value * BigDecimal::new(1.into(), -i64::from(power));
        return Some(Some(AmountInCell { value, unit: column.map(|(unit, _)| unit.clone()) }));
    }
    let found = amount::scan(text, 0, words);
    let [amount] = found.as_slice() else { return None };
    let whole = amount.range == (0..text.len()) && !amount.approximate;
    whole.then(|| Some(AmountInCell { value: amount.value.clone(), unit: Some(amount.unit.clone()) }))
}

/// What adding up says of a total; nothing where it may have been added up in a way that is not known.
fn judge(
    entries: &[Option<AmountInCell>],
    takes_off: &[bool],
    total: &BigDecimal,
    text: &str,
    power: u8,
) -> Option<Verdict> {
    let values: Vec<BigDecimal> =
        entries.iter().map(|entry| entry.as_ref().map_or_else(BigDecimal::zero, |entry| entry.value.clone())).collect();
    let sum: BigDecimal = values.iter().sum();
    if sum == *total {
        return Some(Verdict::Right);
    }
    // A mean, a count, the last of several balances: no sum is less than what it is of.
    let largest = values.iter().max()?;
    if total <= largest && values.iter().all(|value| *value >= BigDecimal::zero()) {
        return None;
    }
    let taken: BigDecimal = values.iter().zip(takes_off).filter(|(_, off)| **off).map(|(value, _)| value).sum();
    if !taken.is_zero() {
        return (&sum - &taken - &taken == *total).then_some(Verdict::Right);
    }
    let summed = sums_of_others(&values);
    if !summed.is_empty() {
        let parts: BigDecimal = summed.iter().map(|&at| &values[at]).sum();
        return (&sum - parts == *total).then_some(Verdict::Right);
    }
    // What is told in 万 was rounded, row by row.
    let rounded = BigDecimal::new((values.len() as u64).into(), 0) * unit_in_last_place(text, power);
    if power > 0 && (&sum - total).abs() < rounded {
        return None;
    }
    let shown = sum * BigDecimal::new(1.into(), i64::from(power));
    let decimals = total.fractional_digit_count().max(decimals_of(text)).max(0);
    let shown =
        if shown.normalized().fractional_digit_count() <= decimals { shown.with_scale(decimals) } else { shown };
    Some(Verdict::Wrong { computed: shown.to_plain_string(), range: 0..text.len() })
}

/// The rows that come to what the rows right below or above them come to together.
fn sums_of_others(values: &[BigDecimal]) -> Vec<usize> {
    let comes_to = |value: &BigDecimal, others: &mut dyn Iterator<Item = &BigDecimal>| {
        let mut sum = BigDecimal::zero();
        others.enumerate().any(|(count, other)| {
            sum += other;
            count > 0 && sum == *value
        })
    };
    (0..values.len())
        .filter(|&at| !values[at].is_zero())
        .filter(|&at| {
            comes_to(&values[at], &mut values[at + 1..].iter()) || comes_to(&values[at], &mut values[..at].iter().rev())
        })
        .collect()
}

fn decimals_of(text: &str) -> i64 {
    text.rsplit_once(['.', '．']).map_or(0, |(_, after)| after.chars().take_while(|c| c.is_numeric()).count() as i64)
}

fn unit_in_last_place(text: &str, power: u8) -> BigDecimal {
    BigDecimal::new(1.into(), decimals_of(text) - i64::from(power))
}

/// Where the words of a cell stand.
fn text_span(tree: &Tree, cell: NodeId) -> Span {
    let mut spans = tree.below(cell).filter(|(_, node)| matches!(node.kind, NodeKind::Text | NodeKind::Decoded(_)));
    let first = spans.next().map_or(tree.get(cell).span, |(_, node)| node.span);
    let end = spans.last().map_or(first.end, |(_, node)| node.span.end);
    Span { start: first.start, end }
}
