//! C605: an amount that is almost a declared figure.

use std::collections::HashSet;

use bigdecimal::BigDecimal;
use smol_str::SmolStr;

use super::near_number::{Plain, is_particular};
use super::wrong_figure::wrong;
use crate::case::figure::mention::{Passage, passages};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{AmountId, DocumentId, amount};
use crate::site::Site;
use crate::source::Span;

/// Finds amounts that look like a slip in writing a declared figure.
pub(super) fn check(site: &Site, document: DocumentId) -> Vec<Diagnostic> {
    let case = &site.case;
    let this = &case.documents[document];
    if case.figures.is_empty() {
        return Vec::new();
    }
    let source = case.source_of(document);
    let reported: HashSet<AmountId> = wrong(site, document).into_iter().map(|(_, amount)| amount).collect();
    let figures = || case.figures.iter().zip(&case.config.figures);
    let values: HashSet<(&SmolStr, &BigDecimal)> =
        figures().map(|(figure, declared)| (&figure.unit, &declared.value)).collect();
    let particular: Vec<_> = figures()
        .filter(|(_, declared)| is_particular(&declared.value))
        .map(|(figure, declared)| (&figure.unit, Plain::of(&declared.value), declared))
        .collect();
    let formulas = this.sums.iter().map(|sum| sum.span);
    let sums = Sums::new(formulas.chain(this.calculations.iter().map(|calculation| calculation.span)).collect());
    let mut findings = Vec::new();
    for Passage { range, amounts } in passages(this, source) {
        // What else the passage holds, once something in it is near: the amounts, and the numbers without a unit.
        let mut amounts_held: Option<HashSet<(&SmolStr, &BigDecimal)>> = None;
        let mut numbers_held: Option<HashSet<BigDecimal>> = None;
        for &(index, amount) in &amounts {
            let declared = values.contains(&(&amount.unit, &amount.value));
            // A sum is right or wrong by itself.
            if declared || amount.approximate || sums.hold(amount.span) || reported.contains(&index) {
                continue;
            }
            let plain = Plain::of(&amount.value);
            let near = particular.iter().find(|(unit, figure, _)| **unit == amount.unit && figure.is_near(&plain));
            let Some((.., near)) = near else { continue };
            // Who writes both, or what lies between them, knows that they are two.
            let difference = (&near.value - &amount.value).abs();
            let others = || amounts.iter().map(|(_, other)| (&other.unit, &other.value)).collect();
            let numbers = || amount::numbers(&source.text[range.clone()]).into_iter().collect();
            let (others, numbers) = (amounts_held.get_or_insert_with(others), numbers_held.get_or_insert_with(numbers));
            if others.contains(&(&amount.unit, &difference)) || numbers.contains(&near.value) {
                continue;
            }
            let name = near.names.first(&case.languages[this.language].tag).unwrap_or(&near.id);
            let message = message!(
                en: "this is almost {written}, which is `{name}`",
                zh: "这与“{name}”的 {written} 十分接近",
                written = near.written
            );
            let help = message!(en: "if that is meant, correct it", zh: "如果指的是它，请改正");
            findings.push(Diagnostic::at(Code::NearFigure, this.source, amount.span, message).help(help));
        }
    }
    findings
}

/// Where formulas stand.
struct Sums {
    /// In their order, each with the end of the one that reaches furthest up to it.
    spans: Vec<(u32, u32)>,
}

impl Sums {
    fn new(spans: Vec<Span>) -> Self {
        let mut spans: Vec<(u32, u32)> = spans.into_iter().map(|span| (span.start, span.end)).collect();
        spans.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut spans {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self { spans }
    }

    /// Whether a span begins within one of them.
    fn hold(&self, span: Span) -> bool {
        let before = self.spans.partition_point(|(start, _)| *start <= span.start);
        before.checked_sub(1).is_some_and(|last| span.start < self.spans[last].1)
    }
}
