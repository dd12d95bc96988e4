//! C605: an amount that is almost a declared figure.

use super::figures::{is_near, is_particular};
use super::wrong_figure::wrong;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;

/// Finds amounts that look like a slip in writing a declared figure.
pub(super) fn check(site: &Site, document: usize) -> Vec<Diagnostic> {
    let case = &site.case;
    let this = &case.documents[document];
    if case.figures.is_empty() {
        return Vec::new();
    }
    let reported = wrong(site, document);
    let figures = || case.figures.iter().zip(&case.config.figures);
    let mut findings = Vec::new();
    for (index, amount) in (0u32..).zip(&this.amounts) {
        let of_unit = || figures().filter(|(figure, _)| figure.unit == amount.unit);
        let declared = of_unit().any(|(_, declared)| declared.value == amount.value);
        if declared || amount.approximate || reported.iter().any(|&(_, other)| other == index) {
            continue;
        }
        let near =
            of_unit().find(|(_, declared)| is_particular(&declared.value) && is_near(&declared.value, &amount.value));
        let Some((_, near)) = near else { continue };
        let name = near.names.first(&case.languages[this.language].tag).unwrap_or(&near.id);
        let message = format!("this is almost {}, which is `{name}`", near.written);
        let help = "if that is meant, correct it";
        findings.push(Diagnostic::at(Code::NearFigure, this.source, amount.span, message).help(help));
    }
    findings
}
