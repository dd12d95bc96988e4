//! C603: a declared figure with another value.

use crate::case::figure::mention::{Mention, mentions, rounds_to};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{AmountId, DocumentId};
use crate::site::Site;

/// Finds places that name a declared figure and give another value.
pub(super) fn check(site: &Site, document: DocumentId) -> Vec<Diagnostic> {
    let case = &site.case;
    let this = &case.documents[document];
    wrong(site, document)
        .into_iter()
        .map(|(figure, amount)| {
            let declared = &case.config.figures[figure];
            let name = declared.names.first(&case.languages[this.language].tag).unwrap_or(&declared.id);
            let written = case.source_of(document).slice(this.amounts[amount].span);
            let message = message!(
                en: "`{name}` is declared to be {declared}, not `{written}`",
                zh: "“{name}”登记的是 {declared}，这里是“{written}”",
                declared = declared.written, written = written.trim()
            );
            let help = message!(
                en: "correct the one that is wrong; a word such as 约 or “about” covers rounding",
                zh: "请改正写错的一处；“约”一类的词可以容许取整"
            );
            Diagnostic::at(Code::WrongFigure, this.source, this.amounts[amount].span, message).help(help)
        })
        .collect()
}

/// The figures that are named with another value: each with the amount given.
pub(super) fn wrong(site: &Site, document: DocumentId) -> Vec<(usize, AmountId)> {
    let case = &site.case;
    if case.figures.is_empty() {
        return Vec::new();
    }
    let this = &case.documents[document];
    let names = &case.figure_names[this.language.place()];
    let mentions = mentions(&case.config, names, this, case.source_of(document), &case.amount_words);
    let is_wrong = |mention: &Mention| {
        let amount = &this.amounts[mention.amount];
        let declared = &case.config.figures[mention.figure].value;
        !(mention.is_given_exactly || amount.approximate && rounds_to(declared, &amount.value))
    };
    mentions.into_iter().filter(is_wrong).map(|mention| (mention.figure, mention.amount)).collect()
}
