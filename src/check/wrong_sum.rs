//! C601: a sum between dollar signs that does not come out.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::sum::Verdict;
use crate::site::Site;
use crate::source::Span;

/// The caret stands under the wrong side.
pub(super) fn check(site: &Site, document: usize) -> Vec<Diagnostic> {
    let this = &site.case.documents[document];
    let source = site.case.source_of(document);
    let finding = |sum: &crate::document::Sum| {
        let Verdict::Wrong { computed, range } = &sum.verdict else { return None };
        let written = &sum.formula[range.clone()];
        let lead = source.slice(sum.span).find(sum.formula.as_ref()).map(|at| sum.span.start as usize + at);
        let span = lead.map_or(sum.span, |lead| Span::new(lead + range.start, lead + range.end));
        let message = format!("{written} is wrong; it comes to {computed}");
        let help = "correct the figure, or write `≈` where it is rounded";
        Some(Diagnostic::at(Code::WrongSum, this.source, span, message).help(help))
    };
    this.sums.iter().filter_map(finding).collect()
}
