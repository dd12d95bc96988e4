//! C411: a URL with a `%` that is no percent-encoding.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::DocumentId;
use crate::document::url::{Scheme, scheme};
use crate::site::Site;

/// Names the first `%` of each URL that is none.
pub(super) fn check(site: &Site, document: DocumentId) -> Vec<Diagnostic> {
    let this = &site.case.documents[document];
    let links = this.links.iter().filter(|link| link.url.contains('%') && scheme(&link.url) == Scheme::Web);
    let finding = |link: &crate::document::Link| {
        let at = malformed(&link.url)?;
        let around: String = link.url[at..].chars().take(4).collect();
        let message = message!(en: "`{around}` is no percent-encoding", zh: "`{around}` 不是有效的百分号编码");
        let help = message!(
            en: "after `%` stand two hexadecimal digits; copy the address anew from the browser",
            zh: "`%` 后面应有两位十六进制数字；请从浏览器重新复制这个地址"
        );
        Some(Diagnostic::at(Code::MalformedUrl, this.source, link.span, message).help(help))
    };
    links.filter_map(finding).collect()
}

/// The first `%` without two hexadecimal digits after it. Behind `#` an archive may note a place of the page: `#74%`.
fn malformed(url: &str) -> Option<usize> {
    let url = url.split('#').next().unwrap_or(url);
    let bytes = url.as_bytes();
    let is_right = |at: usize| bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
    memchr::memchr_iter(b'%', bytes).find(|&at| !is_right(at))
}
