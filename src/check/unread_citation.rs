//! C740: a bracket that looks like a citation and was not read as one.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::DocumentId;
use crate::site::Site;

/// Only of what is there to be cited: 【3号证据】 where an exhibit 3 is defined.
pub(super) fn check(site: &Site, document: DocumentId) -> Vec<Diagnostic> {
    let case = &site.case;
    let this = &case.documents[document];
    let unread = this.unread.iter().filter(|(key, _)| {
        let mut definitions = DocumentId::all(&case.documents).map(|at| &case.definitions[at]);
        definitions.any(|definitions| definitions.get(key).is_some()) || case.exhibits.of_label(key).is_some()
    });
    let source = case.source_of(document);
    unread
        .map(|(key, span)| {
            let written = source.slice(*span);
            let word = case.languages[this.language].table.kinds.get(key.kind.as_str()).and_then(|words| words.first());
            let word = word.map_or(key.kind.as_str(), String::as_str);
            let (number, en_kind, zh_word) = (&key.number, &key.kind, word);
            let message = message!(
                en: "{written} was not read as a citation, and {en_kind} {number} is defined",
                zh: "{written}没有读作引用，而【{zh_word}{number}】有定义"
            );
            let help = message!(
                en: "write the kind before the number: 【{word}{number}】",
                zh: "请把种类写在编号之前：【{word}{number}】"
            );
            Diagnostic::at(Code::UnreadCitation, this.source, *span, message).help(help)
        })
        .collect()
}
