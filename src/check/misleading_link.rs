//! C415: a link that shows another address than the one it leads to.

use super::shown_address::{Shown, leads_there, shown};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::url::{Scheme, scheme};
use crate::document::{DocumentId, LinkId};
use crate::site::Site;

/// Compares the words of links with where they lead.
pub(super) fn check(site: &Site, document: DocumentId) -> Vec<Diagnostic> {
    let this = &site.case.documents[document];
    let mut findings = Vec::new();
    for (at, link) in LinkId::each(&this.links) {
        let target = link.url.trim();
        // C401 tells of a link without an address.
        if target.is_empty() {
            continue;
        }
        let other = match (shown(site, document, at), scheme(target)) {
            (Some(Shown::Web(words)), Scheme::Web) => !leads_there(&words, target),
            (Some(Shown::Mail(words)), Scheme::Contact) => {
                let address = target.get(7..).unwrap_or("").split('?').next().unwrap_or("");
                !address.eq_ignore_ascii_case(&words)
            }
            // A path of the case under the address of another site, if that does not end with the same path.
            (Some(Shown::Web(words)), Scheme::Relative) => {
                let path = target.split(['#', '?']).next().unwrap_or("").trim_matches(['/', '.']);
                words.contains("://") && (path.is_empty() || !words.trim_end_matches('/').ends_with(path))
            }
            _ => false,
        };
        if other {
            let message = message!(
                en: "these words are an address, but the link leads to `{target}`",
                zh: "这些文字是一个地址，链接却通向 `{target}`"
            );
            let help = message!(
                en: "let both be the same, or write in words where the link leads",
                zh: "请让两者一致，或用文字说明链接通向哪里"
            );
            findings.push(Diagnostic::at(Code::MisleadingLink, this.source, link.span, message).help(help));
        }
    }
    findings
}
