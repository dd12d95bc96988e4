//! C303: a label that looks like a second definition of the same thing.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{DocumentId, LabelId};
use crate::site::Site;

/// Names the line of the definition that counts.
pub(super) fn check(site: &Site, document: DocumentId) -> Vec<Diagnostic> {
    let this = &site.case.documents[document];
    let definitions = &site.case.definitions[document];
    let source = site.case.source_of(document);
    let finding = |&index: &LabelId| {
        let label = &this.labels[index];
        let winner = definitions.get(&label.key).and_then(|at| definitions.all[at].label)?;
        let line = source.starts_at(this.labels[winner].span).line;
        let message = message!(
            en: "{label} is defined in line {line} already; this is read as a reference",
            zh: "{label}已在第 {line} 行定义；这里按引用处理",
            label = source.slice(label.span)
        );
        let help = message!(
            en: "give the second one another number, or let a word stand before the reference",
            zh: "请给后一个换一个编号，或在引用之前加上文字"
        );
        Some(Diagnostic::at(Code::ShadowedLabel, this.source, label.span, message).help(help))
    };
    definitions.shadowed.iter().filter_map(finding).collect()
}
