//! C607: a total of a table that is not what stands above it comes to.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::sum::Verdict;
use crate::document::{CalculationKind, DocumentId};
use crate::site::Site;

/// The caret stands under the total.
pub(super) fn check(site: &Site, document: DocumentId) -> Vec<Diagnostic> {
    let this = &site.case.documents[document];
    let totals = this.calculations.iter().filter(|calculation| calculation.kind == CalculationKind::Total);
    let finding = |total: &crate::document::Calculation| {
        let Verdict::Wrong { computed, .. } = &total.verdict else { return None };
        let message = message!(
            en: "the rows above come to {computed}, not {written}",
            zh: "上面各行合计是 {computed}，不是 {written}",
            written = total.text
        );
        let help = message!(
            en: "correct the total, or the row that is wrong",
            zh: "请改正合计，或改正写错的那一行"
        );
        Some(Diagnostic::at(Code::WrongTotal, this.source, total.span, message).help(help))
    };
    totals.filter_map(finding).collect()
}
