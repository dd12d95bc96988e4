//! C605: an amount that is almost a declared figure.

use super::near_number::{is_near, is_particular};
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
    let reported = wrong(site, document);
    let figures = || case.figures.iter().zip(&case.config.figures);
    let formulas = this.sums.iter().map(|sum| sum.span);
    let sums: Vec<Span> = formulas.chain(this.calculations.iter().map(|calculation| calculation.span)).collect();
    let mut findings = Vec::new();
    for Passage { range, amounts } in passages(this, source) {
        for &(index, amount) in &amounts {
            let of_unit = || figures().filter(|(figure, _)| figure.unit == amount.unit);
            let declared = of_unit().any(|(_, declared)| declared.value == amount.value);
            // A sum is right or wrong by itself.
            let in_sum = sums.iter().any(|sum| sum.start <= amount.span.start && amount.span.start < sum.end);
            if declared || amount.approximate || in_sum || reported.iter().any(|&(_, other)| other == index) {
                continue;
            }
            let near = of_unit()
                .find(|(_, declared)| is_particular(&declared.value) && is_near(&declared.value, &amount.value));
            let Some((_, near)) = near else { continue };
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
