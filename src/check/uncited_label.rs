//! C304: a label that is defined and that nothing cites.

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::document::DocumentId;
use crate::document::definition::DefinitionId;
use crate::site::{Site, Spot};

/// Nothing unless the case asks for it: most cases list links and exhibits they never cite.
pub(super) fn check(site: &Site, document: DocumentId) -> Vec<Diagnostic> {
    if site.case.config.levels.of(Code::UncitedLabel) == Level::Off {
        return Vec::new();
    }
    let this = &site.case.documents[document];
    let source = site.case.source_of(document);
    let backlinks = &site.backlinks[document];
    let all = DefinitionId::each(&site.case.definitions[document].all);
    all.filter(|(at, _)| backlinks.citing(Spot::Definition(*at)).is_empty())
        .filter_map(|(_, definition)| {
            let label = &this.labels[definition.label?];
            let message = message!(
                en: "nothing cites {label}",
                zh: "没有一处引用{label}",
                label = source.slice(label.span)
            );
            let help = message!(en: "cite it where it matters, or take it out", zh: "请在相关之处引用，或删去");
            Some(Diagnostic::at(Code::UncitedLabel, this.source, label.span, message).help(help))
        })
        .collect()
}
