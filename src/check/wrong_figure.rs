//! C603: a declared figure with another value.

use super::figures::{Passage, named, passages, rounds_to};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Amount, amount};
use crate::site::Site;

/// Finds places that name a declared figure and give another value.
pub(super) fn check(site: &Site, document: usize) -> Vec<Diagnostic> {
    let case = &site.case;
    let this = &case.documents[document];
    wrong(site, document)
        .into_iter()
        .map(|(figure, amount)| {
            let declared = &case.config.figures[figure];
            let name = declared.names.first(&case.languages[this.language].tag).unwrap_or(&declared.id);
            let written = case.source_of(document).slice(this.amounts[amount as usize].span);
            let message = format!("`{name}` is declared to be {}, not `{}`", declared.written, written.trim());
            let help = "correct the one that is wrong; a word such as 约 or “about” covers rounding";
            Diagnostic::at(Code::WrongFigure, this.source, this.amounts[amount as usize].span, message).help(help)
        })
        .collect()
}

/// The figures that are named with another value: each with the amount given.
pub(super) fn wrong(site: &Site, document: usize) -> Vec<(usize, u32)> {
    let case = &site.case;
    if case.figures.is_empty() {
        return Vec::new();
    }
    let this = &case.documents[document];
    let source = case.source_of(document);
    let mut wrong = Vec::new();
    for Passage { range, amounts } in passages(this, source) {
        let names = named(case, this.language, &source.text[range.clone()]);
        for (at, &(figure, name_end)) in names.iter().enumerate() {
            let of_unit = |(_, amount): &&(u32, &Amount)| amount.unit == case.figures[figure].unit;
            let declared = &case.config.figures[figure].value;
            // The right value may stand in a sum, where it has no unit of its own.
            if amount::numbers(&source.text[range.clone()]).contains(declared) {
                continue;
            }
            // What stands after the next figure's name is that figure's.
            let from = range.start + name_end;
            let to = names.get(at + 1).map_or(range.end, |&(_, next)| range.start + next);
            let mut given = amounts.iter().filter(of_unit).filter(|(_, a)| {
                let start = a.span.start as usize;
                from <= start && start < to
            });
            let Some(&(index, amount)) = given.next() else { continue };
            if case.amount_words.sets_apart(&source.text[from..amount.span.start as usize]) {
                continue;
            }
            let rounded = amount.approximate && rounds_to(declared, &amount.value);
            if !rounded {
                wrong.push((figure, index));
            }
        }
    }
    wrong
}
