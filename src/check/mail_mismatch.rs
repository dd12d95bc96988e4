//! C414: a mail address and a web address that are taken for each other.

use super::shown_address::{Shown, shown};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::url::{Scheme, scheme};
use crate::document::{DocumentId, LinkId};
use crate::site::Site;

/// Finds links that open a mail where their words are a web address, and the other way round.
pub(super) fn check(site: &Site, document: DocumentId) -> Vec<Diagnostic> {
    let this = &site.case.documents[document];
    let mut findings = Vec::new();
    for (at, link) in LinkId::each(&this.links) {
        let target = link.url.trim();
        let mailbox = target.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:")).map(|_| &target[7..]);
        let shown = shown(site, document, at);
        let (message, help) = match (mailbox, shown) {
            (Some(mailbox), Some(Shown::Web(_))) => (
                message!(
                    en: "these words are a web address, but the link opens a mail to `{mailbox}`",
                    zh: "这些文字是网址，链接却是发邮件给 `{mailbox}`"
                ),
                message!(en: "write `https://` in place of `mailto:`", zh: "请把 `mailto:` 换成 `https://`"),
            ),
            (Some(mailbox), _) if !is_mailbox(mailbox) => (
                message!(en: "`{mailbox}` is no mail address", zh: "`{mailbox}` 不是邮箱地址"),
                message!(
                    en: "write `https://` in place of `mailto:`, or correct the address",
                    zh: "请把 `mailto:` 换成 `https://`，或改正地址"
                ),
            ),
            (None, Some(Shown::Mail(words))) if scheme(target) == Scheme::Web => (
                message!(
                    en: "`{words}` is a mail address, but the link leads to a web page",
                    zh: "`{words}` 是邮箱地址，链接却通向网页"
                ),
                message!(
                    en: "write `mailto:` and the address, or write in words where the link leads",
                    zh: "请写成 `mailto:` 加地址，或用文字说明链接通向哪里"
                ),
            ),
            _ => continue,
        };
        findings.push(Diagnostic::at(Code::MailMismatch, this.source, link.span, message).help(help));
    }
    findings
}

/// Whether text is the address of a mailbox, or several, as far as its shape tells (RFC 6068).
fn is_mailbox(text: &str) -> bool {
    let addresses = text.split('?').next().unwrap_or("");
    // A mail to nobody yet, with a subject.
    (addresses.is_empty() && text.len() > 1)
        || addresses.split(',').all(|address| {
            let parts = address.rsplit_once('@');
            parts.is_some_and(|(name, host)| !name.is_empty() && !name.contains('/') && host.contains('.'))
        })
}
