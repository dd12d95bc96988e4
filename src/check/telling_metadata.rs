//! C904: a picture that says where, with what or by whom it was taken. What other files say, [`super::private`] tells.

use super::exhibits::found;
use crate::case::exhibit::{Exhibit, Visibility};
use crate::case::telling;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::source::exhibit::ExhibitFile;
use crate::{Message, joined};

const HELP: Message = Message::fixed(
    "without `strip_metadata: false` in casefile.yaml a copy without it is published",
    "请从 casefile.yaml 中删去 `strip_metadata: false`，公布的就会是去掉这些信息的副本",
);

/// Tells what would be published beside the pixels.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let case = &site.case;
    let mut findings = Vec::new();
    let is_public =
        |exhibit: &Exhibit, path: &str| exhibit.visibility == Visibility::Public && !case.config.allowed.has_file(path);
    for (list, exhibit, named, file) in found(site).filter(|(_, exhibit, _, file)| is_public(exhibit, &file.path)) {
        if let Some(telling) = file.telling(&case.config.allowed).filter(|_| case.exhibits.is_withheld(exhibit)) {
            let message = message!(
                en: "{path} says {telling}, which cannot be taken out of it, so it is not published",
                zh: "{path} 透露了{telling}，又无法去除，因此不公布",
                path = file.path; telling
            );
            findings.push(Diagnostic::at(Code::TellingMetadata, list, named.span, message).help(telling::HELP));
        } else if case.exhibits.is_withheld(exhibit) {
            let message = message!(
                en: "{path} holds metadata that cannot be removed, so it is not published",
                zh: "{path} 中的元数据无法去除，因此不公布",
                path = file.path
            );
            let help = message!(
                en: "convert it to JPEG, PNG or WebP, or describe it only with `visibility: listed`",
                zh: "请转换成 JPEG、PNG 或 WebP，或设为 `visibility: listed`，只作描述"
            );
            findings.push(Diagnostic::at(Code::TellingMetadata, list, named.span, message).help(help));
        } else if let Some(said) = said(site, file) {
            findings.push(Diagnostic::at(Code::TellingMetadata, list, named.span, said).help(HELP));
        }
    }
    let cited = site.files.keys().filter_map(|path| case.cited.get(path));
    findings.extend(cited.filter(|file| !case.config.allowed.has_file(&file.path)).filter_map(|file| {
        let said = said(site, file)?;
        Some(Diagnostic::file(Code::TellingMetadata, &file.path, said).help(HELP))
    }));
    findings
}

/// What a picture says that is published as it is, in words; none if that is nothing.
fn said(site: &Site, file: &ExhibitFile) -> Option<Message> {
    let said = file.facts.metadata.as_ref().filter(|_| site.case.config.keep_metadata)?.in_words();
    let (path, said) = (&file.path, (!said.is_empty()).then(|| joined(said))?);
    Some(message!(en: "{path} {said}", zh: "{path} {said}"; said))
}
