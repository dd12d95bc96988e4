//! C501: a document that one of the case's languages lacks.

use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;

/// One finding for each document and language.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let case = &site.case;
    let mut findings = Vec::new();
    for group in &case.groups {
        let Some((_, document)) = group.primary() else { continue };
        let path = &case.source_of(document).path;
        for (language, missing) in group.documents.iter().enumerate() {
            if missing.is_some() {
                continue;
            }
            let language = &case.languages[language];
            let message = format!("there is no {} version", language.table.name);
            let file = [case.content.as_str(), &language.tag, &case.documents[document].path];
            let file = file.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
            findings.push(Diagnostic::file(Code::MissingTranslation, path, message).help(format!("write {file}")));
        }
    }
    findings
}
