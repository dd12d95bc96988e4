//! C605: an amount that is almost a declared figure.

use std::collections::HashSet;

use bigdecimal::BigDecimal;
use smol_str::SmolStr;

use super::near_number::{Plain, is_particular};
use super::wrong_figure::wrong;
use crate::case::figure::mention::{Passage, passages};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Amount, amount};
use crate::site::Site;
use crate::source::Span;

/// Finds amounts that look like a slip in writing a declared figure.
pub(super) fn check(site: &Site, document: usize) -> Vec<Diagnostic> {
    let case = &site.case;
    let this = &case.documents[document];
    if case.figures.is_empty() {
        return Vec::new();
    }
    let source = case.source_of(document);
    let reported: HashSet<u32> = wrong(site, document).into_iter().map(|(_, amount)| amount).collect();
    let figures = || case.figures.iter().zip(&case.config.figures);
    let values: HashSet<(&SmolStr, &BigDecimal)> =
        figures().map(|(figure, declared)| (&figure.unit, &declared.value)).collect();
    let particular: Vec<_> = figures()
        .filter(|(_, declared)| is_particular(&declared.value))
        .map(|(figure, declared)| (&figure.unit, Plain::of(&declared.value), declared))
        .collect();
    let formulas = this.sums.iter().map(|sum| sum.span);
    let sums: Vec<Span> = formulas.chain(this.calculations.iter().map(|calculation| calculation.span)).collect();
    let mut findings = Vec::new();
    for Passage { range, amounts } in passages(this, source) {
        for &(index, amount) in &amounts {
            let declared = values.contains(&(&amount.unit, &amount.value));
            // A sum is right or wrong by itself.
            let in_sum = sums.iter().any(|sum| sum.start <= amount.span.start && amount.span.start < sum.end);
            if declared || amount.approximate || in_sum || reported.contains(&index) {
                continue;
            }
            let plain = Plain::of(&amount.value);
            let near = particular.iter().find(|(unit, figure, _)| **unit == amount.unit && figure.is_near(&plain));
            let Some((.., near)) = near else { continue };
            // Who writes both, or what lies between them, knows that they are two.
            let difference = (&near.value - &amount.value).abs();
            let is_between = |other: &(u32, &Amount)| other.1.unit == amount.unit && other.1.value == difference;
            if amounts.iter().any(is_between) || amount::numbers(&source.text[range.clone()]).contains(&near.value) {
                continue;
            }
            let name = near.names.first(&case.languages[this.language].tag).unwrap_or(&near.id);
            let message = format!("this is almost {}, which is `{name}`", near.written);
            let help = "if that is meant, correct it";
            findings.push(Diagnostic::at(Code::NearFigure, this.source, amount.span, message).help(help));
        }
    }
    findings
}
