//! Relative URLs from a page to anchors and exhibits. On the page that holds a whole dossier, what it holds is on the page.

use crate::case::exhibit::ExhibitId;
use crate::case::group::GroupId;
use crate::document::DocumentId;
use crate::language::LanguageId;
use crate::site::Site;
use crate::site::exhibit::anchor;
use crate::site::pages::{Generated, relative};

/// The way from the page `from` to an anchor in the document of a group in a language; an empty anchor is the document
/// itself.
pub(super) fn to_place(site: &Site, from: &str, (group, language): (GroupId, LanguageId), anchor: &str) -> String {
    let found = &site.case.groups[group];
    if holds_all(site, from, language) && found.documents[language].is_some() {
        return format!("#{}/{anchor}", site.pages.address(group));
    }
    let hash = if anchor.is_empty() { "" } else { "#" };
    format!("{}{hash}{anchor}", relative(from, site.group_path(group, language)))
}

/// The way from the page `from` to an anchor in a document.
pub(super) fn to_document(site: &Site, from: &str, document: DocumentId, anchor: &str) -> String {
    let group = site.case.group_of(document).unwrap_or_default();
    to_place(site, from, (group, site.case.documents[document].language), anchor)
}

/// The way from the page `from` to an exhibit in a language.
pub(super) fn to_exhibit(site: &Site, from: &str, exhibit: ExhibitId, language: LanguageId) -> String {
    let page = match holds_all(site, from, language) {
        true => String::new(),
        false => relative(from, site.exhibit_path(exhibit, language)),
    };
    format!("{page}#{}", anchor(&site.case.exhibits.all[exhibit]))
}

/// Whether that is the page of the whole dossier in a language.
fn holds_all(site: &Site, path: &str, language: LanguageId) -> bool {
    Some(path) == site.generated_path(Generated::Print, language)
}
