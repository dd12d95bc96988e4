//! C904: a picture that says where, with what or by whom it was taken. What other files say, [`super::private`] tells.

use super::exhibits::found;
use crate::case::exhibit::{Exhibit, Visibility};
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::source::exhibit::ExhibitFile;

const HELP: &str = "without `strip_metadata: false` in casefile.yaml a copy without it is published";

/// Tells what would be published beside the pixels.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let case = &site.case;
    let mut findings = Vec::new();
    let is_public =
        |exhibit: &Exhibit, path: &str| exhibit.visibility == Visibility::Public && !case.config.allowed.has_file(path);
    for (list, exhibit, named, file) in found(site).filter(|(_, exhibit, _, file)| is_public(exhibit, &file.path)) {
        if case.exhibits.is_withheld(exhibit) {
            let message = format!("{} holds metadata that cannot be removed, so it is not published", file.path);
            let help = "convert it to JPEG, PNG or WebP, or describe it only with `visibility: listed`";
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
fn said(site: &Site, file: &ExhibitFile) -> Option<String> {
    let said = file.facts.metadata.as_ref().filter(|_| site.case.config.keep_metadata)?.in_words();
    (!said.is_empty()).then(|| format!("{} {}", file.path, said.join(" and ")))
}
