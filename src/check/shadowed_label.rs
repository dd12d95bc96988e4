//! C303: a label that looks like a second definition of the same thing.

use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;

/// Names the line of the definition that counts.
pub(super) fn check(site: &Site, document: usize) -> Vec<Diagnostic> {
    let this = &site.case.documents[document];
    let definitions = &site.case.definitions[document];
    let source = site.case.source_of(document);
    let finding = |&index: &u32| {
        let label = &this.labels[index as usize];
        let winner = definitions.get(&label.key).and_then(|at| definitions.all[at as usize].label)?;
        let line = source.position(this.labels[winner as usize].span.start as usize).line;
        let message =
            format!("{} is defined in line {line} already; this is read as a reference", source.slice(label.span));
        let help = "give the second one another number, or let a word stand before the reference";
        Some(Diagnostic::at(Code::ShadowedLabel, this.source, label.span, message).help(help))
    };
    definitions.shadowed.iter().filter_map(finding).collect()
}
