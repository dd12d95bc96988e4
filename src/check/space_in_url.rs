//! C412: a URL with a space in it.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::DocumentId;
use crate::document::url::{Scheme, scheme};
use crate::site::Site;
use crate::source::Span;

/// The spaces that people type.
const SPACES: [char; 3] = [' ', '\u{a0}', '\u{3000}'];

/// Finds URLs that hold a space, and those that go on after one: what stands in the round brackets of a link was meant as
/// a whole.
pub(super) fn check(site: &Site, document: DocumentId) -> Vec<Diagnostic> {
    let this = &site.case.documents[document];
    let text = &site.case.source_of(document).text;
    let mut findings = Vec::new();
    for link in this.links.iter().filter(|link| scheme(&link.url) == Scheme::Web) {
        // What stands between `<` and `>` was taken as a whole; there the space was encoded.
        let written = if link.bare { &text[link.span.range()] } else { &link.url };
        let inside = written.trim().contains(SPACES);
        if inside {
            let message = message!(en: "a URL has no spaces", zh: "网址中不能有空格");
            let help = message!(
                en: "take the space out, or write it as `%20` if it belongs there",
                zh: "请删去空格；如果确实需要，请写成 `%20`"
            );
            findings.push(Diagnostic::at(Code::SpaceInUrl, this.source, link.span, message).help(help));
        } else if let Some(whole) = link.bare.then(|| whole(text, link.span)).flatten() {
            let message = message!(
                en: "a URL has no spaces; it was taken to end after `{url}`",
                zh: "网址中不能有空格；现按到 `{url}` 为止处理",
                url = link.url
            );
            let help = message!(
                en: "take the space out, or write it as `%20` if it belongs there",
                zh: "请删去空格；如果确实需要，请写成 `%20`"
            );
            findings.push(Diagnostic::at(Code::SpaceInUrl, this.source, whole, message).help(help));
        }
    }
    findings
}

/// The whole of what the brackets around a bare URL hold, if a space cut it.
fn whole(text: &str, span: Span) -> Option<Span> {
    let (start, end) = (span.start as usize, span.end as usize);
    if !text[..start].ends_with("](") {
        return None;
    }
    let rest = text[end..].split(['\n', '\r']).next().unwrap_or("");
    let inner = &rest[..rest.find(')')?];
    let goes_on = inner.starts_with(SPACES) && !inner.trim().is_empty();
    let is_title = inner.trim_start().starts_with(['"', '\'', '(']);
    let is_url = inner.trim().chars().all(|c| c.is_ascii_graphic() || c == ' ');
    (goes_on && !is_title && is_url && !inner.contains("://")).then(|| Span::new(start, end + inner.len()))
}
