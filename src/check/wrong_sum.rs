//! C601: a sum that does not come out, between dollar signs or in running text.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::sum::Verdict;
use crate::document::{Calculation, CalculationKind, DocumentId};
use crate::site::Site;
use crate::source::Span;

/// The caret stands under the wrong side.
pub(super) fn check(site: &Site, document: DocumentId) -> Vec<Diagnostic> {
    let this = &site.case.documents[document];
    let source = site.case.source_of(document);
    let finding = |text: &str, verdict: &Verdict, whole: Span| {
        let Verdict::Wrong { computed, range } = verdict else { return None };
        let written = &text[range.clone()];
        let lead = source.slice(whole).find(text).map(|at| whole.start as usize + at);
        let span = lead.map_or(whole, |lead| Span::new(lead + range.start, lead + range.end));
        let message = message!(
            en: "{written} is wrong; it comes to {computed}",
            zh: "{written} 算错了，应为 {computed}"
        );
        let help = message!(
            en: "correct the figure, or write `≈` where it is rounded",
            zh: "请改正数字；取整之处请写 `≈`"
        );
        Some(Diagnostic::at(Code::WrongSum, this.source, span, message).help(help))
    };
    let formulas = this.sums.iter().filter_map(|sum| finding(&sum.formula, &sum.verdict, sum.span));
    let is_sum = |calculation: &&Calculation| calculation.kind == CalculationKind::Sum;
    let in_text = this.calculations.iter().filter(is_sum);
    formulas.chain(in_text.filter_map(|sum| finding(&sum.text, &sum.verdict, sum.span))).collect()
}
